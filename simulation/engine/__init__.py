"""The compiled twin of the Mesa model, written to be fast. It imports nothing of the reference."""
