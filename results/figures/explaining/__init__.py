"""Figures of `explain`."""
