"""Figures of `emulate`."""
