"""Figures of `exit`."""
