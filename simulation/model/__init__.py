"""The reference model, on Mesa: written to be read and subclassed."""
