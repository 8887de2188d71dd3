"""Figures of `discover`."""
