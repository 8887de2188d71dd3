"""The scale on which what studies find is compared: that on which errors are alike either way."""

from math import inf, isfinite, log

import numpy as np
from numpy.typing import NDArray

from scenarios.observed.study import Pattern


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
