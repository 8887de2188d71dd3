"""How much of a difference each change makes: `explain`."""
