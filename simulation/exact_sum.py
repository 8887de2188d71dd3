"""Sums that are the same to the last bit with every version of Python."""

from collections.abc import Iterable


def total(values: Iterable[float]) -> float:
    """A sum, number by number: Python's own adds floats in another way from 3.12 on, and the bytes would differ."""
    result = 0.0
    for value in values:
        result += value
    return result
