"""How sure a mean difference in cost and one in effect are together: what a price, a chance and an ellipse come from.

Both are means over the same networks with the same parameters, so they go together, and neither interval alone says how
sure their ratio is. One variance of each and one covariance say it, and everything said of money is read off these
three: the interval of a price, the chance that a plan is worth it, the ellipse in the plane. So they never disagree.
"""

from dataclasses import dataclass
from math import atan2, cos, inf, isnan, nan, pi, sin, sqrt

import numpy as np

from results.estimates.many_intervals import many_intervals
from results.estimates.parameter_uncertainty import Flags, Unknown, Values, basis_of, distinct, smoothed
from results.estimates.quantiles import t_below, t_quantile
from results.estimates.sums import exact_mean, sum_rows

_MOST_SWEEPS = 40
"""Of Jacobi's rotations; some eight are enough."""


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

    On the diagonal stand the variances that the intervals of the means have: b_i that parameters give, and the rest.
    Of two columns i and j,

        shared = R_ij sqrt(b_i b_j) + r_ij sqrt(rest_i rest_j)

    with r the correlations of what the regression of `parameter_uncertainty.carried` leaves over, and R those of what
    parameters give: of its sums of products E, less the luck in them, q times what is left over for each degree of
    freedom. What of R no correlations can be is taken away (`whole`), so that no combination of columns has a variance
    below 0, however many there are. Where parameters are fixed, shared is the covariance of means.

    Args:
        columns: float[pairs, columns].
        unknown: what the pairs live with; None where parameters are fixed.

    Source:
        Ours, for covariances that fit the variances of `intervals.interval`. How often prices then hold the truth is in
        docs/what-money-buys.md.
    """
    count = len(columns)
    means = np.array([exact_mean(column) for column in columns.T])
    found = many_intervals(columns, unknown)
    variances, given = found.between + found.of_mean, np.zeros(columns.shape[1])
    fitted, left = apart_by_parameters(columns, unknown)
    luck = _products(left)
    shared = np.zeros_like(luck)
    if unknown is not None:
        given, q = found.between, basis_of(unknown, np.ones(count, dtype=np.bool_)).columns.shape[1]
        noise = luck * (q / max(count - 1 - q, 1))
        shared = whole(_products(fitted) - noise) * np.sqrt(np.outer(given, given))
    rest = np.maximum(variances - given, 0.0)
    shared = shared + _correlations(luck) * np.sqrt(np.outer(rest, rest))
    np.fill_diagonal(shared, variances)
    return means, shared, freedom_of(count, unknown)


def whole(products: Values) -> Values:
    """The correlations nearest to sums of products that may be those of nothing: eigenvalues below 0 are taken as 0.

    Source:
        Higham 1988, Linear Algebra and its Applications 103: the nearest matrix without them. Jacobi's rotations find
        them, in an order of additions that is the same on every processor.
    """
    size = np.sqrt(np.maximum(np.diag(products), 0.0))
    rows = np.divide(products, np.outer(size, size), out=np.zeros_like(products), where=np.outer(size, size) > 0)
    values, vectors = eigen(rows)
    kept = vectors * np.sqrt(np.maximum(values, 0.0))
    return _correlations(_products(kept.T))


def eigen(matrix: Values) -> tuple[Values, Values]:
    """Eigenvalues of a symmetric matrix and their vectors, in columns, by Jacobi's rotations; in no order."""
    rows, count = matrix.copy(), len(matrix)
    vectors = np.eye(count)
    for _ in range(_MOST_SWEEPS):
        if np.abs(rows - np.diag(np.diag(rows))).max(initial=0.0) <= 1e-14 * np.abs(rows).max(initial=1e-300):
            break
        for one in range(count - 1):
            for other in range(one + 1, count):
                if rows[one, other] == 0.0:
                    continue
                turn = 0.5 * atan2(2.0 * rows[one, other], rows[one, one] - rows[other, other])
                near, far = cos(turn), sin(turn)
                for of in (rows, vectors):
                    of[:, one], of[:, other] = (
                        near * of[:, one] + far * of[:, other],
                        near * of[:, other] - far * of[:, one],
                    )
                rows[one], rows[other] = near * rows[one] + far * rows[other], near * rows[other] - far * rows[one]
    return np.diag(rows).copy(), vectors


def _correlations(products: Values) -> Values:
    """Products of columns over their sizes; 0 of those that have none."""
    size = np.sqrt(np.maximum(np.diag(products), 0.0))
    sizes = np.outer(size, size)
    found: Values = np.divide(products, sizes, out=np.zeros_like(products), where=sizes > 0)
    return found


def apart_by_parameters(columns: Values, unknown: Unknown | None = None) -> tuple[Values, Values]:
    """What the regression on parameters lets expect of each value, less the mean, and what it leaves over.

    Both float[pairs, columns]; nothing is expected where parameters are fixed.
    """
    apart = columns - sum_rows(columns) / max(len(columns), 1)
    if unknown is None:
        return np.zeros_like(apart), apart
    fitted = smoothed(apart, np.ones(apart.shape, dtype=np.bool_), unknown)
    return fitted, apart - fitted


def by_parameters(columns: Values, unknown: Unknown) -> Values:
    """What parameters are taken to make of each value, less the mean, float[pairs, columns].

    It is drawn in towards the mean until it varies as much as the interval says that parameters make a mean vary; see
    `direction.chance_above_zero`.
    """
    fitted, _ = apart_by_parameters(columns, unknown)
    spread = sum_rows(fitted**2) / max(len(columns), 1)
    between = many_intervals(columns, unknown).between
    drawn_in = np.sqrt(np.divide(between, spread, out=np.zeros_like(spread), where=spread > 0))
    found: Values = np.minimum(drawn_in, 1.0) * fitted
    return found


def _products(columns: Values) -> Values:
    """Sums of products of any two columns, float[columns, columns]."""
    count = columns.shape[1]
    return np.array([sum_rows(columns[:, [place]] * columns) for place in range(count)]).reshape(count, count)


def freedom_of(count: int, unknown: Unknown | None) -> int:
    """Degrees of freedom: one less than pairs, or where parameters vary than sets of them; see `intervals.interval`."""
    return (count if unknown is None else len(distinct(unknown.groups))) - 1


def of_kept(unknown: Unknown | None, kept: Flags) -> Unknown | None:
    """What the replicates that are kept live with."""
    return unknown if unknown is None or kept.all() else Unknown(unknown.groups[kept], unknown.values)
