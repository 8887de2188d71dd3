"""How sure a mean is: of luck, which more replicates even out, and of parameters, which a posterior leaves open."""

from collections.abc import Sequence
from math import inf, isnan, nan, sqrt
from typing import NamedTuple

import numpy as np

from results.estimates.parameter_uncertainty import Flags, Unknown, Values, carried
from results.estimates.quantiles import t_quantile
from results.estimates.sums import exact_mean, exact_sum
from results.estimates.yes_or_no import least_variance


class Interval(NamedTuple):
    """A mean and its 95 % t interval.

    Attributes:
        mean: of the values.
        low: lower end; nan where there is too little to say.
        high: its upper end.
        between: variance that parameters surely give what is true, 0 where they are fixed; it stays, however many
            replicates there are.
        of_mean: the rest: variance of the mean itself, and caution about the former; see `carried`.
        reach: of the interval to either side, in standard errors.
    """

    mean: float
    low: float
    high: float
    between: float
    of_mean: float
    reach: float

    @property
    def luck_share(self) -> float | None:
        """Share of the variance behind it that more replicates would take away; None without an interval."""
        share = share_of_luck(self)
        return None if isnan(share) else share

    def more_values(self, count: int) -> int | None:
        """How many more than these would carry the interval off zero if the mean stays; see `Difference`."""
        enough = enough_values(self, count)
        return None if isnan(enough) else int(enough) - count


def only_mean(mean: float) -> Interval:
    """A mean of which nothing says how sure it is."""
    return Interval(mean, nan, nan, 0.0, 0.0, nan)


def share_of_luck(found: Interval) -> float:
    """`Interval.luck_share`; nan without an interval."""
    whole = found.between + found.of_mean
    if isnan(found.low):
        return nan
    return found.of_mean / whole if whole > 0 else 1.0


def enough_values(found: Interval, count: int) -> float:
    """How many in all, instead of this count, would carry the interval off zero if the mean stays; nan where none."""
    if found.mean == 0 or isnan(found.mean) or isnan(found.low):
        return nan
    if found.low > 0 or found.high < 0:
        return float(count)
    factor = ((found.high - found.low) / 2 / abs(found.mean)) ** 2
    if found.between > 0:
        # (reach / mean)^2 (between + of_mean x count / n) = 1, solved for n: of the two only the second shrinks.
        room = (found.mean / found.reach) ** 2 - found.between
        factor = found.of_mean / room if room > 0 else inf
    return max(float(count + 1), float(np.ceil(count * factor))) if factor < inf else nan


def interval(
    values: Values,
    telling: Sequence[Flags],
    unknown: Unknown | None = None,
    kept: Flags | None = None,
    own: Values | None = None,
    several: int = 1,
    yes_or_no: bool = False,
) -> Interval:
    """Mean and 95 % t interval; nan where there is nothing to say.

    What is true of a network whose parameters are unknown is off the mean of the values by its own parameters
    (sigma_p^2) and by the error of the mean (v), see `carried`. Both are independent, so, with a particles,

        interval = mean +- t(a - 1) sqrt(sigma_p^2 + v)

    Args:
        values: float[kept].
        telling: for each scenario, which of them say anything, bool[kept].
        unknown: what the replicates live with; None where parameters are fixed.
        kept: which replicates the values are of, bool[replicates]; all if left out.
        own: of a ratio, the values that say how far parameters carry it, `ratios.at_own_parameters`, float[kept]; the
            distance of their mean counts as spread.
        several: intervals of which this is one and all are to hold in 95 of 100 cases (count).
        yes_or_no: whether the values are 1 or 0 for yes or no; then the mean is as unsure as `yes_or_no` says at the
            least.

    Source:
        Ours: to read sigma_p^2 + v as the variance of a prediction, and the degrees of freedom, which are those of
        particles. How often it holds the truth is in docs/uncertainty.md.
    """
    if not values.size:
        return only_mean(nan)
    mean = exact_mean(values)
    freedom = len(values) - 1
    for some in telling:
        freedom = min(freedom, int(some.sum()) - 1)
    between, of_mean = 0.0, variance(values) / len(values)
    if unknown is not None:
        there = np.ones(len(unknown.groups), dtype=np.bool_) if kept is None else kept
        groups = unknown.groups[there]
        for some in telling:
            freedom = min(freedom, int((np.bincount(groups[some]) > 0).sum()) - 1)
        apart = np.zeros((len(there), 1))
        carrying = values if own is None else own
        middle = exact_mean(carrying)
        apart[there, 0] = carrying - middle
        found = carried(apart, there[:, np.newaxis], unknown)
        between = float(found.between[0] - found.caution[0]) + (middle - mean) ** 2
        of_mean = float(found.of_mean[0] + found.caution[0])
    if freedom < 1:
        return only_mean(mean)
    if yes_or_no:
        of_mean = max(of_mean, least_variance(exact_sum(values), len(values)))
    reach = t_quantile(freedom, several)
    half = reach * sqrt(between + of_mean)
    return Interval(mean, mean - half, mean + half, between, of_mean, reach)


def variance(values: Values) -> float:
    """Sample variance (n - 1 below); summed exactly, so that no order of replicates can change it."""
    if len(values) < 2:
        return 0.0
    mean = exact_mean(values)
    return exact_sum((values - mean) ** 2) / (len(values) - 1)
