"""Least squares in an order of additions that is the same on every processor, where a library's own is not."""

import numpy as np

from results.estimates.parameter_uncertainty import Values
from results.estimates.sums import sum_rows

_SAME = 1e-8
"""Share of a column that must be left beside the others; less is rounding, and the column says nothing new."""


def fitted(columns: Values, targets: Values) -> Values:
    """Coefficients that come nearest to the targets; 0 for a column that says nothing new.

    Gram and Schmidt, twice for each column.

    Args:
        columns: float[rows, columns].
        targets: float[rows, cells].

    Returns:
        float[columns, cells].
    """
    count = columns.shape[1]
    along, upper, kept = np.zeros_like(columns), np.zeros((count, count)), np.zeros(count, dtype=np.bool_)
    for place in range(count):
        left = columns[:, place]
        for _ in range(2):
            for before in np.flatnonzero(kept[:place]):
                share = float(sum_rows(along[:, before] * left))
                upper[before, place] += share
                left = left - share * along[:, before]
        length, whole = (float(np.sqrt(sum_rows(one**2))) for one in (left, columns[:, place]))
        if length > _SAME * whole:
            along[:, place], upper[place, place], kept[place] = left / length, length, True
    found = np.zeros((count, targets.shape[1]))
    onto = np.array([sum_rows(one[:, np.newaxis] * targets) for one in along.T])
    for place in reversed(np.flatnonzero(kept)):
        rest = onto[place]
        for after in np.flatnonzero(kept[place + 1 :]) + place + 1:
            rest = rest - upper[place, after] * found[after]
        found[place] = rest / upper[place, place]
    return found
