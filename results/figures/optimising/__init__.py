"""Figures of `optimise`."""
