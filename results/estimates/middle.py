"""Where the middle of single networks lies: how far luck, and parameters that are not known, carry one of them."""

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

OF_COURSES = (0.05, 0.95)
"""Shares of networks below which a course's band ends: the middle 90 %."""


def ends_of_middle(values: Values, low: float, high: float) -> tuple[float, float]:
    """The values below which these shares of all lie, float[values] of at least one, none nan."""
    ends = np.quantile(values, [low, high]).tolist()
    return ends[0], ends[1]


def course_ends(kept: Values) -> tuple[Values, Values]:
    """Both ends of the middle 90 % of networks at each place, over those that have a value there; nan where none has.

    Args:
        kept: float[networks, ...].
    """
    percent = [100 * share for share in OF_COURSES]
    missing = np.isnan(kept)
    known, whole = ~missing.all(axis=0), ~missing.any(axis=0)
    ends = np.full((2, *kept.shape[1:]), np.nan)
    ends[:, whole] = np.percentile(kept[:, whole], percent, axis=0)  # the same, and ten times as fast
    if (some := known & ~whole).any():
        ends[:, some] = np.nanpercentile(kept[:, some], percent, axis=0)
    return ends[0], ends[1]
