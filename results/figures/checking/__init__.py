"""Figures of `check`."""
