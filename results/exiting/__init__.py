"""How to leave a network: `exit`."""
