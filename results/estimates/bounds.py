"""What an outcome can be: intervals end there, at 0 and 100 % for a share, and at 0 for counts and money."""

from math import inf

import numpy as np
from numpy.typing import NDArray

from simulation.outcomes import Scale, is_outcome, outcome_named

Values = NDArray[np.float64]
YES_OR_NO = ("network_alive",)
"""Outcomes that are yes or no in one network."""
_LIMITS: dict[Scale, tuple[float, float]] = {
    "share": (0.0, 1.0),
    "level": (0.0, 1.0),
    "count": (0.0, inf),
    "usd": (0.0, inf),
    "index": (-inf, inf),
}


def limits(outcome: str, *, change: bool = False) -> tuple[float, float]:
    """The least and the greatest that an outcome can be, in its unit; of a change of it, what both allow."""
    low, high = _LIMITS[outcome_named(outcome).scale] if is_outcome(outcome) else (-inf, inf)
    return (low - high, high - low) if change else (low, high)


def bounded(outcome: str, low: float, high: float, *, change: bool = False) -> tuple[float, float]:
    """An interval without what the outcome, or a change of it, cannot be; nan stays nan."""
    least, most = limits(outcome, change=change)
    return within(low, high, least, most)


def within(low: float, high: float, least: float, most: float) -> tuple[float, float]:
    """An interval without what is below the least or above the most; nan stays nan."""
    return max(low, least), min(high, most)


def bounded_ends(outcome: str, mean: Values, half: Values) -> tuple[Values, Values]:
    """Both ends of many intervals without what the outcome cannot be; nan stays nan."""
    least, most = limits(outcome)
    return np.clip(mean - half, least, None), np.clip(mean + half, None, most)


def is_cut(low: float, high: float, scale: Scale) -> bool:
    """Whether an interval ends at what its outcome, or a change of it, cannot go beyond, so that it has two sides."""
    least, most = _LIMITS[scale]
    return low < high and (low in (least, least - most) or high in (most, most - least))
