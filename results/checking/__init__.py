"""Predictions compared with what happened: `check`."""
