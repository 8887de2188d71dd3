"""Whole numbers that Python hands over: seeds, numbers of networks, how many. From whoever asks, a plain int."""

from operator import index
from typing import Any

LARGEST = 2**32 - 1
"""Largest seed, and largest number of a replicate: each is one word of 32 bits."""


def whole_number(name: str, value: Any, low: int = 0, high: int = LARGEST) -> int:
    """The number as a plain int, whatever kind of integer it comes as: NumPy's would make the engine compile again.

    Args:
        name: what it is called, for the refusal.
        value: an integer of Python's or NumPy's; True, 1.0 and "1" are none.
        low: smallest that is allowed.
        high: largest that is allowed.

    Raises:
        ValueError: if it is no whole number, or out of range.
    """
    try:
        if type(value).__name__ in ("bool", "bool_"):  # Python's and NumPy's
            raise TypeError
        number = index(value)
    except TypeError:
        raise ValueError(f"{name} is {value!r}; allowed is a whole number, {low} to {high}") from None
    if not low <= number <= high:
        raise ValueError(f"{name} is {number}; allowed is {low} to {high}")
    return number
