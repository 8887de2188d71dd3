"""A forecast from a network as it stands: simulated from today on, with parameters by what happened so far.

Networks that go on from today are weighed by the parameters that they live with: a set of parameters has the weight of
the plan's networks with it that look like the real one so far. Where that would leave few sets, all weights are
flattened (w^g, with g below 1) until enough are left.

Source:
    Neal 2001, Statistics and Computing 11(2): weights by steps, g from 0 to 1. Ours: to stop where sets become few.
"""

import numpy as np
from numpy.typing import NDArray

from results.estimates.conditioning import Conditioning, Given
from simulation.running.ensemble import Ensemble

FEW = 100.0
"""Sets of parameters of equal weight that are left at least, where there are so many."""
_STEPS = 40


class FromToday:
    """Networks that go on from today, weighed by what happened so far.

    Args:
        now: simulated from today on.
        held: the same replicates, simulated by the plan from the founding on and held to what was observed.
        future: the number that is to be forecast, of each network of the plan, float[networks].
    """

    def __init__(self, now: Ensemble, held: Conditioning, future: NDArray[np.float64]) -> None:
        self._rows = np.arange(now.replicates)
        self._before = float(np.var(future))
        self.weights = np.full(now.replicates, 1 / now.replicates)
        known = now.scenario.posterior
        if known is not None:
            given = held.given(future)
            sets = known.particles_of(now.first, now.replicates)
            of_set = np.bincount(sets[given.rows], given.weights, minlength=len(known)) / np.maximum(
                1, np.bincount(sets, minlength=len(known))
            )
            weights = tempered(of_set, np.bincount(sets, minlength=len(known)))[sets]
            self.weights = weights / weights.sum()

    def given(self, future: NDArray[np.float64]) -> Given:
        """A number of the future, of each network, float[networks]."""
        return Given(future, self.weights, self._rows)

    def explained(self, future: NDArray[np.float64]) -> float:
        """Share of the plan's variance of the number to be forecast that is settled today, 0 to 1."""
        if self._before == 0:
            return 0.0
        middle = self.weights @ future
        return max(0.0, 1 - float(self.weights @ (future - middle) ** 2) / self._before)


def tempered(weights: NDArray[np.float64], counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Weights of sets of parameters, flattened until enough sets are left; how often each is lived with is counted."""
    used = counts > 0
    floor = weights[used].max() * 1e-6
    raised, wanted = np.maximum(weights, floor), min(FEW, 0.5 * used.sum())

    def effective(power: float) -> float:
        flat = np.where(used, raised**power, 0.0)
        return float(flat.sum() ** 2 / (flat**2).sum())

    if effective(1.0) >= wanted:
        return np.asarray(np.where(used, raised, 0.0))
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if effective(middle) >= wanted else (low, middle)
    return np.asarray(np.where(used, raised**low, 0.0))
