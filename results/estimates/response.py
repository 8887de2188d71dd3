"""A response: what one outcome does over the points of a design; and how the mean at a point is estimated."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from results.estimates.bounds import YES_OR_NO
from results.estimates.parameter_uncertainty import Flags, Groups, Unknown, Values, carried, unknown_of
from results.estimates.quantiles import t_quantile
from results.estimates.ratios import at_own_parameters, of_sums
from results.estimates.sums import sum_rows
from results.estimates.yes_or_no import least_variance
from scenarios.designs.design import Design


@dataclass(frozen=True, eq=False)
class Response:
    """One outcome at every point of a design, replicate by replicate; the luck of a replicate is the same everywhere.

    Attributes:
        design: the points.
        outcome: name of the outcome, one of `simulation.outcomes.NAMES` where it comes from the model.
        values: float[points, replicates], such that the mean over replicates is the estimate at a point: the outcome
            itself, or a ratio `linearized`. nan where it is missing; a whole row of nan where the point failed or has
            no value.
        own: of a ratio whose parameters vary, the same `ratios.at_own_parameters`; None of other outcomes.
    """

    design: Design
    outcome: str
    values: Values
    own: Values | None = None

    @property
    def replicates(self) -> int:
        """Replicates at each point (count)."""
        return int(self.values.shape[1])

    @property
    def present(self) -> NDArray[np.int64]:
        """Replicates that have a value, int[points]."""
        counts: NDArray[np.int64] = np.sum(~np.isnan(self.values), axis=1)
        return counts

    @property
    def mean(self) -> Values:
        """Estimate at each point, float[points]; nan where there is none."""
        return self._intervals[0]

    @property
    def half(self) -> Values:
        """Half the 95 % t interval of the mean at each point, float[points]; nan where too little is there.

        What is not known of parameters is in it, where the scenarios carry a posterior.
        """
        return self._intervals[1]

    @property
    def luck_share(self) -> Values:
        """Share of the variance behind each interval that more replicates would take away; nan without an interval."""
        return self._intervals[2]

    @cached_property
    def _intervals(self) -> tuple[Values, Values, Values]:
        own = None if self.own is None else self.own.T
        unknown = unknown_of(self.design.bases, 0, self.replicates)
        return _intervals(self.values.T, unknown=unknown, own=own, yes_or_no=self.outcome in YES_OR_NO)


def mean_and_half(
    values: Values, telling: Flags | None = None, unknown: Unknown | None = None, own: Values | None = None,
    yes_or_no: bool = False,
) -> tuple[Values, Values]:  # fmt: skip
    """Mean and half its 95 % t interval over replicates, for many cells at a time.

    The same as `comparison.estimate` says of one scenario, to the last digits: that adds exactly, this one replicate
    after the other, which is the same on every processor, and a hundred times as fast.

    Args:
        values: float[replicates, ...]; nan where missing.
        telling: bool[replicates, ...], which say anything, where those are not all that have a value (0 out of 0).
        unknown: what the replicates live with; None where parameters are fixed.
        own: of ratios whose parameters vary, their values `ratios.at_own_parameters`, float[replicates, ...].
        yes_or_no: see `interval`.

    Returns:
        Two float[...]; the mean is nan where nothing is present, the half where fewer than two replicates tell, or
        fewer than two particles do.
    """
    return _intervals(values, telling, unknown, own, yes_or_no)[:2]


def _intervals(
    values: Values, telling: Flags | None = None, unknown: Unknown | None = None, own: Values | None = None,
    yes_or_no: bool = False,
) -> tuple[Values, Values, Values]:  # fmt: skip
    """See `mean_and_half`; and `Interval.luck_share` of each, nan where there is no half."""
    there = ~np.isnan(values)
    telling = there if telling is None else telling
    present = there.sum(axis=0)
    known = np.where(there, values, 0.0)
    mean = np.where(present > 0, sum_rows(known) / np.maximum(present, 1), np.nan)
    apart = np.where(there, values - mean, 0.0)
    spread = sum_rows(apart**2)
    sure = np.maximum(present, 2)
    freedom, squared = telling.sum(axis=0) - 1, spread / (sure - 1) / sure
    luck = squared
    if unknown is not None:
        freedom = np.minimum(freedom, (_by_group(telling, unknown.groups) > 0).sum(axis=0) - 1)
        cells, off = (len(values), -1), np.zeros_like(mean)
        if own is not None:
            middle = sum_rows(np.where(there, own, 0.0)) / np.maximum(present, 1)
            apart, off = np.where(there, own - middle, 0.0), np.where(present > 0, middle - mean, 0.0)
        found = carried(apart.reshape(cells), there.reshape(cells), unknown)
        squared = (found.between + found.of_mean).reshape(spread.shape) + off**2
        luck = (found.of_mean + found.caution).reshape(spread.shape)
    enough = np.maximum(freedom, 1)
    counts = np.unique(enough)
    quantile = np.array([t_quantile(int(count)) for count in counts])[np.searchsorted(counts, enough)]
    if yes_or_no:
        more = np.maximum(least_variance(sum_rows(known), present) - luck, 0.0)
        squared, luck = squared + more, luck + more
    share = np.divide(luck, squared, out=np.ones_like(mean), where=squared > 0)
    there_is_one = freedom > 0
    return mean, np.where(there_is_one, quantile * np.sqrt(squared), np.nan), np.where(there_is_one, share, np.nan)


def _by_group(values: Flags, groups: Groups) -> Values:
    """Sums over the replicates of each group, float[groups, ...]."""
    sums = np.zeros((int(groups.max()) + 1, *values.shape[1:]))
    for group, value in zip(groups.tolist(), values, strict=True):
        sums[group] += value
    return sums


def ratio_at_own_parameters(numerator: Values, denominator: Values, unknown: Unknown | None) -> Values | None:
    """`ratios.at_own_parameters` of many cells, float[replicates, cells]; None where parameters are fixed."""
    if unknown is None:
        return None
    return at_own_parameters(numerator, denominator, ~(np.isnan(numerator) | np.isnan(denominator)), unknown)


def linearized(numerator: Values, denominator: Values) -> tuple[Values, Flags]:
    """Values whose plain mean is the ratio of the sums, and which replicates say anything of it.

    See `comparison.linearized` for the formula and its source. Not that one: it adds exactly, one cell at a time, and
    sweeps, whose folders keep the digits of this sum, have a hundred thousand cells.

    Args:
        numerator: float[replicates, ...].
        denominator: float[replicates, ...].

    Returns:
        float[replicates, ...], nan throughout where the denominators sum to 0; and bool[replicates, ...].
    """
    there = ~(np.isnan(numerator) | np.isnan(denominator))
    above, below = np.where(there, numerator, 0.0), np.where(there, denominator, 0.0)
    ratio, whole = of_sums(above, below)
    each = ratio + (above - ratio * below) / (np.where(whole != 0, whole, 1.0) / np.maximum(there.sum(axis=0), 1))
    telling: Flags = there & ((above != 0) | (below != 0))
    return np.where(there, each, np.nan), telling
