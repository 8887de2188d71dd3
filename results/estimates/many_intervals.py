"""Means and 95 % intervals of many values at a time, each as `intervals.interval` has it of one."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from results.estimates.intervals import Interval
from results.estimates.parameter_uncertainty import Unknown, Values, carried
from results.estimates.quantiles import t_quantile
from results.estimates.sums import sum_rows

_AT_ONCE = 2_000
"""Cells that are worked on at a time, for the memory."""


@dataclass(frozen=True, eq=False)
class Intervals:
    """Means with their intervals, each float[cells]; both ends nan where one replicate, or particle, tells nothing.

    Attributes:
        mean: over replicates.
        low: lower end.
        high: upper end.
        between: variance that parameters surely give what is true.
        of_mean: the rest, see `intervals.Interval`.
        reach: of an interval to either side, in standard errors.
    """

    mean: Values
    low: Values
    high: Values
    between: Values
    of_mean: Values
    reach: float

    def of(self, cell: int) -> Interval:
        """The interval of one cell."""
        return Interval(*self.ends(cell), float(self.between[cell]), float(self.of_mean[cell]), self.reach)

    def ends(self, cell: int) -> tuple[float, float, float]:
        """Mean, lower and upper end of one cell."""
        return float(self.mean[cell]), float(self.low[cell]), float(self.high[cell])

    def spread_over(self, cells: NDArray[np.int64], many: int, otherwise: "Intervals") -> "Intervals":
        """The same as some of many cells; all other cells as the only one of `otherwise`."""

        def spread(name: str) -> Values:
            whole = np.full(many, getattr(otherwise, name)[0])
            whole[cells] = getattr(self, name)
            return whole

        names = "mean", "low", "high", "between", "of_mean"
        mean, low, high, between, of_mean = map(spread, names)
        return Intervals(mean, low, high, between, of_mean, self.reach)


def many_intervals(
    values: Values, unknown: Unknown | None = None, *, least: float = -np.inf, most: float = np.inf
) -> Intervals:
    """The mean of each cell and its 95 % interval.

    Where a share is the same in all replicates, all yes or all no, the interval is that of so many yes or no in a row.

    Args:
        values: float[replicates, cells].
        unknown: what the replicates live with; None where parameters are fixed.
        least: what no value can be below; intervals end there.
        most: what no value can be above.

    Source:
        Clopper & Pearson (1934), Biometrika 26(4), 404-413, doi:10.1093/biomet/26.4.404: of n alike, the other end is
        where they come so in 2.5 of 100 cases, 1 - .025^(1/n).
    """
    count, cells = values.shape
    freedom = count - 1 if unknown is None else len(np.unique(unknown.groups)) - 1
    reach = t_quantile(freedom) if freedom > 0 else np.nan
    found = [_some(values[:, start : start + _AT_ONCE], unknown) for start in range(0, cells, _AT_ONCE)]
    mean, between, of_mean = (np.concatenate([part[place] for part in found] or [np.empty(0)]) for place in range(3))
    half = reach * np.sqrt(between + of_mean)
    low, high = np.clip(mean - half, least, most), np.clip(mean + half, least, most)
    if (least, most) == (0.0, 1.0) and freedom > 0:
        unseen = 1.0 - 0.025 ** (1.0 / count)
        low, high = np.where(mean == 1.0, 1.0 - unseen, low), np.where(mean == 0.0, unseen, high)
    return Intervals(mean, low, high, between, of_mean, float(reach))


def _some(values: Values, unknown: Unknown | None) -> tuple[Values, Values, Values]:
    """Mean, and the two variances, of some cells."""
    count = len(values)
    mean = sum_rows(values) / count
    apart = values - mean
    if unknown is None:
        spread = sum_rows(apart**2) / max(count - 1, 1)
        return mean, np.zeros_like(mean), spread / count
    parts = carried(apart, np.ones_like(apart, dtype=np.bool_), unknown)
    return mean, parts.between - parts.caution, parts.of_mean + parts.caution
