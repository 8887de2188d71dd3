"""One outcome of two networks with the same luck, replicate by replicate: how much more one has of it, and how sure.

`comparison` asks this of ensembles by the names of their outcomes. Here are only numbers, so that the same functions
can be compiled for a page; `results.browser` does.
"""

from math import nan
from typing import NamedTuple

import numpy as np

from results.estimates import ratios
from results.estimates.bounds import within
from results.estimates.direction import chance_above_zero
from results.estimates.intervals import enough_values, interval, share_of_luck, variance
from results.estimates.middle import ends_of_middle
from results.estimates.parameter_uncertainty import Flags, Unknown, Values
from results.estimates.sums import exact_mean, exact_sum


class Counted(NamedTuple):
    """An outcome of every replicate, nan where it is missing.

    Attributes:
        own: its values, float[replicates].
        above: of a ratio, its numerator; of others, the values again, float[replicates].
        below: of a ratio, its denominator; of others, the values again, float[replicates].
        is_ratio: whether it is estimated as the ratio of the sums.
        yes_or_no: whether each value is 1 or 0 for yes or no.
        least: what it cannot be below.
        most: what it cannot be above.
    """

    own: Values
    above: Values
    below: Values
    is_ratio: bool
    yes_or_no: bool
    least: float
    most: float


class Estimated(NamedTuple):
    """The numbers of a `comparison.Estimate`."""

    mean: float
    low: float
    high: float
    spread_low: float
    spread_high: float
    replicates: int
    missing: int


class Compared(NamedTuple):
    """The numbers of a `comparison.Difference`, nan where that has None; and how many replicates would be enough.

    Attributes:
        enough: replicates in all, of which `more_replicates` are more than there are pairs.
    """

    mean: float
    low: float
    high: float
    probability_greater: float
    variance_ratio: float
    enough: float
    replicates: int
    missing: int
    higher: int
    equal: int
    lower: int
    level: float
    baseline_level: float
    chance_higher: float
    luck_share: float


def estimated(one: Counted, unknown: Unknown | None) -> Estimated:
    """One outcome of one scenario; see `comparison.estimate`."""
    single = one.own[~np.isnan(one.own)]
    kept = present(one)
    values = linearized(one, kept)
    found = interval(
        values, (telling(one, kept),), unknown, kept, own=carrying(one, kept, unknown), yes_or_no=one.yes_or_no
    )
    spread_low, spread_high = nan, nan
    if single.size:
        spread_low, spread_high = ends_of_middle(single, 0.025, 0.975)
    low, high = within(found.low, found.high, one.least, one.most)
    return Estimated(found.mean, low, high, spread_low, spread_high, len(values), one.own.size - single.size)


def compared(this: Counted, base: Counted, unknown: Unknown | None, several: int = 1) -> Compared:
    """One outcome of a scenario less the baseline's, from the replicates in which both have it.

    See `comparison.difference`.
    """
    kept = present(this) & present(base)
    ours, theirs = linearized(this, kept), linearized(base, kept)
    pairs = ours - theirs if ours.size == theirs.size else np.empty(0)  # empty: one of the two ratios is missing
    own = carrying(this, kept, unknown) - carrying(base, kept, unknown)
    found = interval(pairs, (telling(this, kept), telling(base, kept)), unknown, kept, own=own, several=several)
    paired = variance(pairs)
    both = ~(np.isnan(this.own) | np.isnan(base.own))
    higher = int((this.own[both] > base.own[both]).sum())
    equal = int((this.own[both] == base.own[both]).sum())
    count = int(both.sum())
    low, high = within(found.low, found.high, this.least - this.most, this.most - this.least)
    return Compared(
        mean=found.mean,
        low=low,
        high=high,
        probability_greater=(higher + equal / 2) / count if count else nan,
        variance_ratio=(variance(ours) + variance(theirs)) / paired if paired > 0 else nan,
        enough=enough_values(found, len(pairs)),
        replicates=len(pairs),
        missing=both.size - count,
        higher=higher,
        equal=equal,
        lower=count - higher - equal,
        level=exact_mean(ours) if pairs.size else nan,
        baseline_level=exact_mean(theirs) if pairs.size else nan,
        chance_higher=chance_above_zero(found, pairs, unknown, kept, own),
        luck_share=share_of_luck(found),
    )


def present(one: Counted) -> Flags:
    """Replicates in which the outcome, or what its ratio is made of, was counted, bool[replicates]."""
    return ~(np.isnan(one.above) | np.isnan(one.below))


def telling(one: Counted, kept: Flags) -> Flags:
    """Which replicates say anything, bool[kept]: 0 out of 0 adds nothing to a ratio, and gives no degree of freedom."""
    said: Flags = (one.above[kept] != 0) | (one.below[kept] != 0)
    return said if one.is_ratio else np.ones(len(said), dtype=np.bool_)


def linearized(one: Counted, kept: Flags) -> Values:
    """Values whose plain mean is the estimate and whose variance is the estimate's, float[kept].

    For a plain outcome they are its own. For a ratio R = sum(numerator) / sum(denominator) they are, to first order,

        z_r = R + (numerator_r - R * denominator_r) / mean(denominator)

    and empty where the denominators sum to 0: such a ratio is missing.

    Not `response.linearized`: this one adds exactly, and run folders keep digits that the faster sum of that one moves.

    Source:
        Cochran (1977), Sampling Techniques, 3rd ed., chapter 6: the variance of a ratio estimator. Ours: one value
        per replicate, so that ratios, too, can be paired.
    """
    if not one.is_ratio:
        return one.own[kept]
    numerator, denominator = one.above[kept], one.below[kept]
    whole = exact_sum(denominator)
    if whole == 0:
        return np.empty(0)
    ratio = exact_sum(numerator) / whole
    return ratio + (numerator - ratio * denominator) / (whole / len(denominator))


def carrying(one: Counted, kept: Flags, unknown: Unknown | None) -> Values:
    """Values that say how far parameters carry an outcome, float[kept]; see `results.estimates.ratios`.

    Of an outcome that is no ratio, its own values say it; where parameters are fixed, nobody asks.
    """
    if unknown is None:
        return one.own[kept]
    if not one.is_ratio:
        return one.own[kept]
    above, below = one.above.reshape(-1, 1), one.below.reshape(-1, 1)
    values: Values = ratios.at_own_parameters(above, below, kept.reshape(-1, 1), unknown)[kept, 0]
    return values
