"""How sure a mean difference in cost and one in effect are together: what a price, a chance and an ellipse come from.

Both are means over the same networks with the same parameters, so they go together, and neither interval alone says how
sure their ratio is. One variance of each and one covariance say it, and everything said of money is read off these
three: the interval of a price, the chance that a plan is worth it, the ellipse in the plane. So they never disagree.
"""

from dataclasses import dataclass
from math import cos, inf, isnan, nan, pi, sin, sqrt

import numpy as np

from results.estimates.many_intervals import many_intervals
from results.estimates.parameter_uncertainty import Flags, Unknown, Values, distinct
from results.estimates.quantiles import t_below, t_quantile
from results.estimates.sums import exact_mean


@dataclass(frozen=True)
class Joint:
    """Two means that were found together.

    Attributes:
        cost: mean difference in cost, USD.
        gain: mean difference in effect, in the effect's unit.
        of_cost: variance of the former.
        of_gain: variance of the latter.
        shared: their covariance.
        reach: standard errors that a 95 % interval reaches to either side; nan where there is too little to say.
        freedom: degrees of freedom behind the variances (count).
    """

    cost: float
    gain: float
    of_cost: float
    of_gain: float
    shared: float
    reach: float
    freedom: int

    @property
    def half_cost(self) -> float:
        """Half the 95 % interval of the cost."""
        return self.reach * sqrt(self.of_cost)

    @property
    def half_gain(self) -> float:
        """Half the 95 % interval of the effect."""
        return self.reach * sqrt(self.of_gain)

    @property
    def price(self) -> float:
        """Cost of a unit, USD; nan where the effect does not differ."""
        return self.cost / self.gain if self.gain else nan

    def ends_of_price(self) -> tuple[float, float]:
        """The 95 % interval of the price: every r for which the mean of cost - r x gain is not clearly off 0.

        Half the interval of that mean, squared, is a quadratic in r, and the ends are where it meets the mean.

        Returns:
            Both ends; infinite where the effect is not clearly off 0, nan where nothing says how sure it is.

        Source:
            Fieller 1954, J. R. Stat. Soc. B 16(2): the theorem; Willan & O'Brien 1996, Health Economics 5(4): that it
            suits cost-effectiveness ratios. Ours: variances that hold what is not known of the parameters.
        """
        if isnan(self.reach):
            return nan, nan
        squared = self.reach**2
        a = self.gain**2 - squared * self.of_gain
        b = self.cost * self.gain - squared * self.shared
        c = self.cost**2 - squared * self.of_cost
        if not a > 0.0:
            return -inf, inf
        root = sqrt(max(0.0, b**2 - a * c))
        return (b - root) / a, (b + root) / a

    def net_benefit(self, worth: float) -> tuple[float, float, float]:
        """What the difference is worth to whoever pays so much for a unit, less its cost, USD, and its 95 % interval.

        Source:
            Stinnett & Mullahy 1998, Medical Decision Making 18(2): net benefit, which unlike a ratio has a sign.
        """
        mean = worth * self.gain - self.cost
        half = self.reach * sqrt(self._variance(worth))
        return mean, mean - half, mean + half

    def chance(self, worth: float) -> float:
        """How likely it is worth its cost to whoever pays so much for a unit; 1/2 where it makes no difference.

        At an end of the interval of the price it is 2.5 or 97.5 %.

        Source:
            Van Hout et al. 1994, Health Economics 3(5): the acceptability curve; Löthgren & Zethraeus 2000, Health
            Economics 9(7): as the chance that net benefit is above 0, here by Student's t.
        """
        if isnan(self.reach):
            return nan
        mean, variance = worth * self.gain - self.cost, self._variance(worth)
        if variance <= 0.0:
            return (float(np.sign(mean)) + 1) / 2
        return float(t_below(np.array([mean / sqrt(variance)]), self.freedom)[0])

    def ellipse(self, points: int = 90) -> list[tuple[float, float]]:
        """A closed line of (gain, cost) around both means within which the true ones are in 95 of 100 cases.

        It reaches 2 F(.95; 2, freedom) squared standard errors; of F with 2 degrees of freedom above the quantile is
        known in closed form. Wider than each interval alone: it has to hold both.
        """
        if isnan(self.reach):
            return []
        reach = sqrt(self.freedom * (0.05 ** (-2.0 / self.freedom) - 1.0))
        of_gain, of_cost = sqrt(self.of_gain), sqrt(self.of_cost)
        along = self.shared / of_gain if of_gain > 0 else 0.0
        beside = sqrt(max(0.0, self.of_cost - along**2)) if of_gain > 0 else of_cost
        turns = [2.0 * pi * step / points for step in range(points + 1)]
        return [
            (self.gain + reach * of_gain * cos(turn), self.cost + reach * (along * cos(turn) + beside * sin(turn)))
            for turn in turns
        ]

    def _variance(self, worth: float) -> float:
        return max(0.0, worth**2 * self.of_gain - 2.0 * worth * self.shared + self.of_cost)


def joint(costs: Values, gains: Values, unknown: Unknown | None = None) -> Joint:
    """What paired differences in cost and in effect say of both means.

    Args:
        costs: float[pairs], at least one.
        gains: float[pairs].
        unknown: what the pairs live with; None where parameters are fixed.
    """
    means, shared, freedom = covariances(np.column_stack((costs, gains)), unknown)
    reach = t_quantile(freedom) if freedom > 0 else nan
    cost, gain = means.tolist()
    return Joint(cost, gain, float(shared[0, 0]), float(shared[1, 1]), float(shared[0, 1]), reach, freedom)


def covariances(columns: Values, unknown: Unknown | None = None) -> tuple[Values, Values, int]:
    """Means of some columns, float[columns], their covariances, float[columns, columns], and degrees of freedom.

    Of two columns, in units of their sizes, the covariance comes by polarization of the variances that the interval of
    a mean has:

        shared = (variance of their sum - variance of their difference) / 4

    Where parameters are fixed that is exact. Where they vary it nearly is, as those variances are not quite quadratic:
    searched for one by one, ends of prices moved by less than a tenth of the interval in 25 of 27 comparisons of SALEX.

    Args:
        columns: float[pairs, columns].
        unknown: what the pairs live with; None where parameters are fixed.
    """
    count = columns.shape[1]
    sizes = np.abs(columns).max(axis=0)
    sizes = np.where(sizes > 0, sizes, 1.0)
    even = columns / sizes
    first, second = np.triu_indices(count, 1)
    cells = np.concatenate((even, even[:, first] + even[:, second], even[:, first] - even[:, second]), axis=1)
    found = many_intervals(cells, unknown)
    variances = found.between + found.of_mean
    summed, apart = variances[count : count + len(first)], variances[count + len(first) :]
    shared = np.diag(variances[:count])
    most = np.sqrt(variances[first] * variances[second])
    shared[first, second] = shared[second, first] = np.clip((summed - apart) / 4.0, -most, most)
    means = np.array([exact_mean(column) for column in columns.T])
    return means, shared * np.outer(sizes, sizes), freedom_of(len(columns), unknown)


def freedom_of(count: int, unknown: Unknown | None) -> int:
    """Degrees of freedom: one less than pairs, or where parameters vary than sets of them; see `intervals.interval`."""
    return (count if unknown is None else len(distinct(unknown.groups))) - 1


def of_kept(unknown: Unknown | None, kept: Flags) -> Unknown | None:
    """What the replicates that are kept live with."""
    return unknown if unknown is None or kept.all() else Unknown(unknown.groups[kept], unknown.values)
