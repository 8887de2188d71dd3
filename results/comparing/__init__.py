"""What a scenario leads to, and several side by side: `run`, `compare`."""
