"""Figures of `run` and `compare`."""
