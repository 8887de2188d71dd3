"""Whole numbers that Python hands over: seeds, numbers of networks, how many. From whoever asks, a plain int."""

from operator import index
from typing import Any

LARGEST = 2**32 - 1
"""Largest seed, and largest number of a replicate: each is one word of 32 bits."""


def whole_number(name: str, value: Any, low: int | None = 0, high: int | None = LARGEST) -> int:
    """The number as a plain int, whatever kind of integer it comes as: NumPy's would make the engine compile again.

    Args:
        name: what it is called, for the refusal.
        value: an integer of Python's or NumPy's; True, 1.0 and "1" are none.
        low: smallest that is allowed; None where whoever asks judges that by itself, and no number is too large then.
        high: largest that is allowed; None where none is too large.

    Raises:
        ValueError: if it is no whole number, or out of range.
    """
    allowed = "" if low is None else f"{low} or more" if high is None else f"{low} to {high}"
    try:
        if type(value).__name__ in ("bool", "bool_"):  # Python's and NumPy's
            raise TypeError
        number = index(value)
    except TypeError:
        raise ValueError(f"{name} is {value!r}; allowed is a whole number{allowed and ', '}{allowed}") from None
    if low is not None and not (low <= number and (high is None or number <= high)):
        raise ValueError(f"{name} is {number}; allowed is {allowed}")
    return number
