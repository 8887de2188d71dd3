"""Luck in the mean at each point, from its networks: each point has its own, steadied by what all points have.

Source:
    Ankenman, Nelson & Staum 2010, Operations Research 58(2), doi:10.1287/opre.1090.0754 (stochastic kriging: the
    variance of each point's mean is known from its replicates); Bühlmann 1967, ASTIN Bulletin 4(3) (credibility: how
    much of a point's own variance to believe, after how far variances differ by more than chance).
"""

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
LEAST = 0.05
"""A point's variance is at least that share of what all have: a few networks that happen to agree prove little."""


def noise_of(values: Values, *, same_luck: bool) -> Values | None:
    """Variance of the mean at each point.

    Args:
        values: float[points, networks]; nan where missing, and somewhere at each point.
        same_luck: whether a network has the same luck at every point; what luck does to all alike is then no noise.

    Returns:
        float[points]; None where no point has two networks.
    """
    there = np.isfinite(values)
    count = there.sum(axis=1)
    twice = count > 1
    if not twice.any():
        return None
    known = np.where(there, values, 0.0)
    if same_luck:
        known = np.where(there, values - known.sum(axis=0) / np.maximum(there.sum(axis=0), 1), 0.0)
    means = known.sum(axis=1) / np.maximum(count, 1)
    squares = np.where(there, known - means[:, None], 0.0) ** 2
    freedom = np.maximum(count - 1, 1)
    each = squares.sum(axis=1) / freedom
    pooled = float(squares[twice].sum() / freedom[twice].sum())
    by_chance = float(np.mean(2 * pooled**2 / freedom[twice]))
    apart = max(0.0, float(np.var(each[twice])) - by_chance)
    believed = np.where(twice, apart / (apart + 2 * pooled**2 / freedom + 1e-300), 0.0)
    steadied = np.maximum(pooled + believed * (each - pooled), LEAST * pooled)
    return np.asarray(steadied / np.maximum(count, 1))
