"""What simulated networks say of the future, given what was observed of one so far.

Networks are simulated from the founding, and each is looked at as the real one was: by the same numbers, with the same
errors. A regression says how a number of the future hangs together with what was seen. Of all networks those for
which it predicts nearly the same as for the real one are kept, the nearer the more weight; what is left of the
difference is added to them.

Source:
    Beaumont, Zhang & Balding 2002, Genetics 162(4): kernel weights and local regression on simulated data. Fearnhead &
    Prangle 2012, J. R. Stat. Soc. B 74(3): the regression's prediction as the summary.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

KEPT = 0.3
"""Share of the networks that are kept."""
FEWEST = 50
"""Networks that are kept at least, if there are so many."""
RIDGE = 1.0
"""Penalty on each squared coefficient but the constant's, on columns with a standard deviation of 1."""
_ALIKE = 1e-9
"""What sums may differ by that are the same."""


@dataclass(frozen=True, eq=False)
class Given:
    """A number of the future, given what was observed.

    Attributes:
        values: of the networks that are kept, float[kept].
        weights: of these networks; their sum is 1, float[kept].
        rows: which networks they are, int[kept].
    """

    values: Values
    weights: Values
    rows: NDArray[np.int64]

    @property
    def effective(self) -> float:
        """How many networks of equal weight say as much (count)."""
        return float(1 / np.sum(self.weights**2))

    @property
    def mean(self) -> float:
        """Its mean."""
        return float(self.weights @ self.values)

    def quantiles(self, levels: Sequence[float]) -> list[float]:
        """Its quantiles."""
        order = np.argsort(self.values, kind="stable")
        below = np.cumsum(self.weights[order]) - self.weights[order] / 2
        return [float(value) for value in np.interp(levels, below, self.values[order])]

    def share(self, holds: NDArray[np.bool_]) -> float:
        """Share of the weight for which something holds, bool[kept]."""
        return float(min(1.0, self.weights[holds].sum()))


class Conditioning:
    """Simulated networks, held to what was observed of a real one.

    Args:
        seen: what would have been observed of each network, with errors as the real one was, float[networks, numbers].
        observed: what was observed, float[numbers].
    """

    def __init__(self, seen: Values, observed: Values) -> None:
        spread = seen.std(axis=0)
        tells = spread > 0
        scaled = (seen[:, tells] - seen[:, tells].mean(axis=0)) / spread[tells]
        real = (observed[tells] - seen[:, tells].mean(axis=0)) / spread[tells]
        # Beyond what any network came to, a square would go anywhere.
        real = np.clip(real, scaled.min(axis=0, initial=np.inf), scaled.max(axis=0, initial=-np.inf))
        self.networks = len(seen)
        self._terms, self._real = _terms(scaled), _terms(real[None])[0]

    @cached_property
    def _solved(self) -> tuple[Values, Values]:
        """What turns values into coefficients, float[terms, networks]; and each network's say in its own prediction."""
        penalty = np.full(self._terms.shape[1], RIDGE)
        penalty[0] = 0.0
        solved = np.linalg.solve(self._terms.T @ self._terms + np.diag(penalty), self._terms.T)
        return np.asarray(solved), np.asarray(np.einsum("nt,tn->n", self._terms, solved))

    def explained(self, future: Values) -> float:
        """Share of the variance of a number that is known from what was seen, 0 to 1; each network left out once."""
        whole = float(np.var(future))
        if whole == 0:
            return 0.0
        solved, own = self._solved
        without = (future - self._terms @ (solved @ future)) / (1 - own)
        return max(0.0, 1 - float(np.mean(without**2)) / whole)

    def given(self, future: Values) -> Given:
        """A number of the future, given what was observed.

        Args:
            future: of each network, float[networks]; all are known.
        """
        solved, _ = self._solved
        coefficients = solved @ future
        told, real = self._terms @ coefficients, float(self._real @ coefficients)
        away = np.abs(told - real)
        count = min(self.networks, max(FEWEST, round(KEPT * self.networks)))
        reach = float(np.partition(away, count - 1)[count - 1])
        rows = np.flatnonzero(away <= reach + _ALIKE)  # of networks that look the same none is left out
        weights = 1 - (away[rows] / (1.01 * reach + _ALIKE)) ** 2
        weights = np.maximum(weights, 0.0) / weights.sum()
        middle, level = weights @ told[rows], weights @ future[rows]
        around = weights @ (told[rows] - middle) ** 2
        slope = weights @ ((told[rows] - middle) * (future[rows] - level)) / around if around > 0 else 0.0
        return Given(future[rows] + slope * (real - told[rows]), weights, rows)


def _terms(scaled: Values) -> Values:
    return np.concatenate([np.ones((len(scaled), 1)), scaled, scaled**2], axis=1)
