"""Where virtual studies land: their middle, and how many are inside the observed interval."""

from math import log, nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.observed.study import Pattern

MIDDLE = (0.025, 0.975)


def quantiles(told: NDArray[np.float64]) -> tuple[float, float, float]:
    """2.5 %, median, 97.5 %: each one of the values, so that infinite ones do no harm; nan if there are none."""
    if not len(told):
        return nan, nan, nan
    low, middle, high = np.quantile(told, [MIDDLE[0], 0.5, MIDDLE[1]], method="inverted_cdf").tolist()
    return low, middle, high


def landed(pattern: Pattern, draws: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which virtual studies land in the observed interval, bool[studies]; one that cannot tell does not.

    Where the interval ends at no difference, what was observed is a direction, and no difference at all is outside.
    """
    return np.asarray(~(np.isnan(draws) | _is_below(pattern, draws) | _is_above(pattern, draws)))


def _is_below(pattern: Pattern, draws: NDArray[np.float64] | float) -> Any:
    """Which values lie below the observed interval; none where it is open."""
    low = pattern.observed.low
    if low is None:
        return np.zeros(np.shape(draws), np.bool_)
    return draws <= low if low == pattern.null else draws < low


def _is_above(pattern: Pattern, draws: NDArray[np.float64] | float) -> Any:
    """Which values lie above it."""
    high = pattern.observed.high
    if high is None:
        return np.zeros(np.shape(draws), np.bool_)
    return draws >= high if high == pattern.null else draws > high


def log_score(inside: NDArray[np.bool_]) -> float:
    """Logarithm of the share of virtual studies inside, smoothed by half a study."""
    return log((int(inside.sum()) + 0.5) / (len(inside) + 1.0))
