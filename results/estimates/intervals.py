"""How sure a mean is: of luck, which more replicates even out, and of parameters, which a posterior leaves open."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, fsum, inf, isnan, nan, sqrt

import numpy as np

from results.estimates.parameter_uncertainty import Flags, Unknown, Values, carried
from results.estimates.quantiles import t_quantile
from results.estimates.sums import exact_mean
from results.estimates.yes_or_no import least_variance


@dataclass(frozen=True)
class Interval:
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
    low: float = nan
    high: float = nan
    between: float = 0.0
    of_mean: float = 0.0
    reach: float = nan

    @property
    def luck_share(self) -> float | None:
        """Share of the variance behind it that more replicates would take away; None without an interval."""
        whole = self.between + self.of_mean
        return None if isnan(self.low) else self.of_mean / whole if whole > 0 else 1.0

    def more_values(self, count: int) -> int | None:
        """How many more than these would carry the interval off zero if the mean stays; see `Difference`."""
        if self.mean == 0 or isnan(self.mean) or isnan(self.low):
            return None
        if self.low > 0 or self.high < 0:
            return 0
        factor = ((self.high - self.low) / 2 / abs(self.mean)) ** 2
        if self.between > 0:
            # (reach / mean)^2 (between + of_mean x count / n) = 1, solved for n: of the two only the second shrinks.
            room = (self.mean / self.reach) ** 2 - self.between
            factor = self.of_mean / room if room > 0 else inf
        return max(1, ceil(count * factor) - count) if factor < inf else None


def interval(
    values: Values,
    telling: Sequence[Flags],
    unknown: Unknown | None = None,
    kept: Flags | None = None,
    *,
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
        return Interval(nan)
    mean = exact_mean(values)
    freedom = min(int(some.sum()) for some in telling) - 1
    between, of_mean = 0.0, variance(values) / len(values)
    if unknown is not None:
        there = np.ones(len(unknown.groups), dtype=np.bool_) if kept is None else kept
        groups = unknown.groups[there]
        freedom = min(freedom, *(int(np.count_nonzero(np.bincount(groups[some]))) - 1 for some in telling))
        apart = np.zeros((len(there), 1))
        own = values if own is None else own
        middle = exact_mean(own)
        apart[there, 0] = own - middle
        found = carried(apart, there[:, np.newaxis], unknown)
        between = float(found.between[0] - found.caution[0]) + (middle - mean) ** 2
        of_mean = float(found.of_mean[0] + found.caution[0])
    if freedom < 1:
        return Interval(mean)
    if yes_or_no:
        of_mean = max(of_mean, float(least_variance(float(np.sum(values)), len(values))))
    reach = t_quantile(freedom, several)
    half = reach * sqrt(between + of_mean)
    return Interval(mean, mean - half, mean + half, between, of_mean, reach)


def variance(values: Values) -> float:
    """Sample variance (n - 1 below); summed exactly, so that no order of replicates can change it."""
    if len(values) < 2:
        return 0.0
    mean = exact_mean(values)
    return fsum(((values - mean) ** 2).tolist()) / (len(values) - 1)
