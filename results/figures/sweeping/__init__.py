"""Figures of `sweep` and `sensitivity`."""
