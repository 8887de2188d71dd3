"""Figures of `calibrate`."""
