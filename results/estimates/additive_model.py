"""An additive model of effects: what a factor does where points are missing, the others as the whole design has them.

Plain means mislead there: if a long notice has no value in an early closing, the mean over notices of a late closing
is over others than that of an early one, and the difference between the two may turn round.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from results.estimates.factor_bins import Parts
from results.estimates.quantiles import t_quantile
from results.estimates.sums import sum_rows

Values = NDArray[np.float64]
_SAME = 1e-9
"""Share of a column that must be left beside the others; less is rounding, and its part cannot be told."""
MOST_COLUMNS = 600
"""Parts of all factors together beyond which no model is fitted: it would take too long."""


@dataclass(frozen=True, eq=False)
class Additive:
    """A model fitted by least squares: a constant, and what each part of each factor adds.

    Attributes:
        means: of each factor, the estimate in each of its parts, the other factors averaged as the whole design has
            them, float[parts]; nan where a part has no value.
        halves: half of the 95 % t interval of each, from what the model leaves over.
        fit: how much of the variance between points it explains (share, R squared).
        points: points it was fitted to (count).
    """

    means: tuple[Values, ...]
    halves: tuple[Values, ...]
    fit: float
    points: int


def additive(values: Values, cuts: Sequence[Parts]) -> Additive | None:
    """Fit the model; None where the points with a value cannot tell the parts' effects from each other.

        value at a point = constant + effect of its part of the first factor + effect of its part of the second + ...

    Args:
        values: of each point, nan where it has none, float[points].
        cuts: each factor's parts, over all points.

    Source:
        Least squares over unbalanced layouts: Searle (1987), Linear Models for Unbalanced Data, chapters 4 and 9
        (population marginal means). Ours: to weigh the other factors' parts as the design has them, missing points too.
    """
    known = np.isfinite(values)
    there = [np.bincount(cut.of[known], minlength=len(cut)) > 0 for cut in cuts]
    # The first part with a value of each factor is what the others are measured from.
    columns = [np.flatnonzero(some)[1:] for some in there]
    starts = np.cumsum([1, *map(len, columns)])
    count, wanted = int(known.sum()), int(starts[-1])
    if wanted > MOST_COLUMNS or count <= wanted:
        return None
    places = [
        _places(len(cut), which, int(start)) for cut, which, start in zip(cuts, columns, starts[:-1], strict=True)
    ]
    of = np.column_stack(
        [np.zeros(count, dtype=np.int64), *(p[cut.of[known]] for p, cut in zip(places, cuts, strict=True))]
    )
    own = values[known]
    middle = sum_rows(own) / count
    squares, right = np.zeros((wanted, wanted)), np.zeros(wanted)
    for one in of.T:
        inside = one >= 0
        right += np.bincount(one[inside], weights=own[inside] - middle, minlength=wanted)
        for other in of.T:
            both = inside & (other >= 0)
            squares += np.bincount(one[both] * wanted + other[both], minlength=wanted**2).reshape(wanted, wanted)
    inverse = _inverse(squares)
    if inverse is None:
        return None
    effects = _product(inverse, right)
    fitted = middle + sum_rows(np.where(of >= 0, effects[np.maximum(of, 0)], 0.0).T)
    left, whole = sum_rows((own - fitted) ** 2), sum_rows((own - middle) ** 2)
    freedom = count - wanted
    noise = left / freedom
    shares = [
        np.where(some, np.bincount(cut.of, minlength=len(cut)), 0) / np.bincount(cut.of, minlength=len(cut))[some].sum()
        for cut, some in zip(cuts, there, strict=True)
    ]
    means, halves = [], []
    for place, cut in enumerate(cuts):
        mean, half = np.full(len(cut), np.nan), np.full(len(cut), np.nan)
        for part in np.flatnonzero(there[place]).tolist():
            weights = np.zeros(wanted)
            weights[0] = 1.0
            for other, share in enumerate(shares):
                at = places[other]
                told = share if other != place else (np.arange(len(cut)) == part).astype(np.float64)
                weights[at[at >= 0]] = told[at >= 0]
            mean[part] = middle + sum_rows(weights * effects)
            own_noise = float(noise * sum_rows(weights * _product(inverse, weights)))
            half[part] = t_quantile(freedom) * sqrt(max(0.0, own_noise))
        means.append(mean)
        halves.append(half)
    return Additive(tuple(means), tuple(halves), 1 - float(left / whole) if whole > 0 else 1.0, count)


def _places(parts: int, columns: NDArray[np.int64], start: int) -> NDArray[np.int64]:
    """Column of each part, -1 of the one that others are measured from and of those without a value."""
    places = np.full(parts, -1, dtype=np.int64)
    places[columns] = start + np.arange(len(columns))
    return places


def _inverse(squares: Values) -> Values | None:
    """Inverse of a matrix of counts by Gauss and Jordan, in an order that is the same on every processor.

    None where it has none: some effects cannot be told from each other.
    """
    size = len(squares)
    work = np.concatenate([squares, np.eye(size)], axis=1)
    for pivot in range(size):
        if work[pivot, pivot] <= _SAME * squares[pivot, pivot]:
            return None
        work[pivot] /= work[pivot, pivot]
        others = work[:, pivot].copy()
        others[pivot] = 0.0
        work -= others[:, np.newaxis] * work[pivot]
    return work[:, size:]


def _product(matrix: Values, vector: Values) -> Values:
    return np.asarray(sum_rows((matrix * vector).T))
