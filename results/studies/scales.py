"""The scale on which what studies find is compared: that on which errors are alike either way."""

from math import inf, isfinite, log

import numpy as np
from numpy.typing import NDArray

from scenarios.observed.study import Measured, Pattern
from scenarios.schema.measured import Z_95

WIDTH_OF_95 = 2 * Z_95
"""Standard deviations between the ends of a 95 % interval."""


def scaled(pattern: Pattern, value: float) -> float:
    """A value on the scale on which its errors are alike either way: ratios by their logarithm."""
    if not pattern.is_ratio:
        return value
    if value > 0 and isfinite(value):
        return log(value)
    return -inf if value <= 0 else value  # infinity and nan stay


def on_scale(pattern: Pattern, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """`scaled` of each value, float[values]."""
    return np.array([scaled(pattern, value) for value in values.tolist()], dtype=np.float64)


def observed_normal(pattern: Pattern, observed: Measured) -> tuple[float, float]:
    """Mean and standard deviation of what was observed, on the pattern's scale."""
    if observed.value is None or observed.low is None or observed.high is None:
        raise ValueError(f"{pattern.id} has no value with an interval")
    low, high = (scaled(pattern, end) for end in (observed.low, observed.high))
    return scaled(pattern, observed.value), max(high - low, 1e-9) / WIDTH_OF_95
