"""Figures of `compare --over`."""
