"""How likely a difference is above 0, whatever its size: over sets of parameters, and over the luck of its average.

An interval that ends where an average might be 0 hides that the direction can be all but certain: where a difference is
small with most sets of parameters and great with a few, its spread reaches past 0 although hardly any set does.
"""

from math import isnan, nan, sqrt

import numpy as np

from results.estimates.intervals import Interval
from results.estimates.parameter_uncertainty import Flags, Unknown, Values
from results.estimates.quantiles import t_below
from results.estimates.sums import exact_mean, sum_rows


def chance_above_zero(
    found: Interval,
    values: Values,
    unknown: Unknown | None = None,
    kept: Flags | None = None,
    own: Values | None = None,
) -> float:
    """How likely the true difference is above 0, from 0 to 1; nan where there is no interval.

    Parameters fixed, the mean is off the truth by luck alone, with v the variance of the mean:

        chance = T(mean / sqrt(v))

    Where they vary, each set s has a difference of its own, d_s, of luck and of its parameters. Drawn in towards the
    mean until they vary as much as parameters make them vary (sigma_p^2, of `intervals.interval`),

        e_s = mean + sqrt(sigma_p^2 / variance of d) (d_s - mean)      chance = average over s of T(e_s / sqrt(v))

    so that sets which parameters make nothing of say what luck says, and a skewed spread stays skewed. A truth of
    exactly 0 counts half.

    Args:
        found: the interval of the difference.
        values: differences of which it is the mean, float[kept].
        unknown: what the replicates live with; None where parameters are fixed.
        kept: which replicates the values are of, bool[replicates]; all if left out.
        own: of a ratio, the values that say how far parameters carry it, see `intervals.interval`.

    Source:
        Louis (1984), Journal of the American Statistical Association 79(386), 393-398, doi:10.2307/2288281: estimates
        drawn in so that their spread is that of what they estimate. Ours: to read a chance off them, and luck on top.
        How often the chances come true is in docs/uncertainty.md.
    """
    if isnan(found.low):
        return nan
    if unknown is None:
        return float(_t(np.array([found.mean]), found.of_mean, len(values) - 1)[0])
    groups = unknown.groups if kept is None else unknown.groups[kept]
    carrying = values if own is None else own
    middle = exact_mean(carrying)
    sizes = np.bincount(groups).astype(np.float64)
    apart = np.bincount(groups, weights=carrying - middle)[sizes > 0] / sizes[sizes > 0]
    weights = sizes[sizes > 0] / len(groups)
    spread = float(sum_rows(weights * apart**2))
    between = max(found.between - (middle - found.mean) ** 2, 0.0)
    drawn_in = min(1.0, sqrt(between / spread)) if spread > 0 else 0.0
    above = _t(middle + drawn_in * apart, found.of_mean, len(apart) - 1)
    return min(max(float(sum_rows(weights * above)), 0.0), 1.0)


def _t(means: Values, variance: float, freedom: int) -> Values:
    """How likely what is true is above 0 if a mean came out so; 0, 1/2 or 1 where it is known exactly."""
    if variance <= 0:
        return (np.sign(means) + 1) / 2
    return t_below(means / sqrt(variance), freedom)
