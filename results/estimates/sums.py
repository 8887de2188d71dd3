"""Sums that come out the same on every processor: numpy's own sum adds in an order that goes by it.

One number is summed exactly, so that not even the order of the replicates matters; many at a time in their order.
"""

from math import fsum

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


def exact_sum(values: Values) -> float:
    """The sum of float[values], rounded once and not on the way."""
    return fsum(values.tolist())


def exact_mean(values: Values) -> float:
    """The mean of float[values], of at least one, summed without rounding on the way."""
    return exact_sum(values) / len(values)


def sum_rows(values: Values) -> Values:
    """Sums over the first axis, one row after the other, float[...]; 0 of no rows."""
    total: Values = np.cumsum(values, axis=0)[-1] if len(values) else np.zeros(values.shape[1:])
    return total + 0.0  # 0 and not -0 where all are -0
