"""What the live page asks: `explore`."""
