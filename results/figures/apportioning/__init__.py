"""Figures of `portfolio`."""
