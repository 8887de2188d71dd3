"""Ratios where parameters are not known: how far they carry the ratio itself, and not its numerator and denominator.

Linearized at the average denominator (see `comparison.linearized`), a ratio of 5 over 50 collaborations and one over 2
count by their denominators. For how sure a ratio of sums is that is right. But what is true of a network whose
parameters nobody knows is the ratio at its own parameters, however small the denominator is there, so that intervals
of costs per collaboration were too narrow: they held the truth in 70 to 82 of 100 cases where collaborations vary much.
"""

import numpy as np

from results.estimates.parameter_uncertainty import Flags, Unknown, Values, smoothed
from results.estimates.sums import sum_rows

LEAST = 0.1
"""Share of the average denominator that an expected one is taken to be at the least. Ours, by the coverage it gives."""


def of_sums(numerator: Values, denominator: Values) -> tuple[Values, Values]:
    """The ratio of the sums over replicates, nan where the denominators sum to 0; and that sum. float[...] each."""
    whole = sum_rows(denominator)
    return np.where(whole != 0, sum_rows(numerator) / np.where(whole != 0, whole, 1.0), np.nan), whole


def at_own_parameters(numerator: Values, denominator: Values, there: Flags, unknown: Unknown) -> Values:
    """Values whose mean over the luck of one set of parameters is the ratio there, to first order.

        y_r = R + (numerator_r - R denominator_r) / D_p      R = sum(numerator) / sum(denominator)

    with D_p the denominator that the parameters p of replicate r let expect: what a regression on them gives, and a
    tenth of the average at the least. The mean of y_r over all replicates is off R where denominator and ratio go
    together; the distance counts as spread, see `intervals.interval`.

    Args:
        numerator: float[replicates, cells].
        denominator: float[replicates, cells]; not summing to 0 in any cell that is to have a value.
        there: which replicates are in each cell, bool[replicates, cells].
        unknown: what the replicates live with.

    Source:
        Cochran (1977), Sampling Techniques, 3rd ed., chapter 6, for separate and combined ratio estimators: that the
        separate one follows strata of different denominators. Ours: parameters as strata, and their denominators by
        regression. How often intervals then hold the truth is in docs/uncertainty.md.
    """
    above, below = np.where(there, numerator, 0.0), np.where(there, denominator, 0.0)
    ratio, whole = of_sums(above, below)
    middle = whole / np.maximum(there.sum(axis=0), 1)
    expected = middle + smoothed(np.where(there, denominator - middle, 0.0), there, unknown)
    expected = np.maximum(expected, LEAST * np.where(whole != 0, middle, 1.0))
    return np.where(there, ratio + (above - ratio * below) / expected, np.nan)
