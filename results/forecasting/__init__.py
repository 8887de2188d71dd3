"""Forecasts that are written down before the facts are known, and scored when they are: `forecast` and `score`."""
