"""An emulator of points, checked on points held out: what it explains, by how much it misses, and whether it knows.

Each tenth of the points is predicted by an emulator that has not seen it. Of few points lengths are learned again each
time; of many the lengths are those of all points. Of more columns than a process can take, a process of those that go
with the outcome most, and boosted trees, are tried: the better at held-out points is taken.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from results.emulators.process import Process, fit_process, fit_process_of_some
from results.emulators.trees import Trees, fit_trees

Values = NDArray[np.float64]
Emulator = Process | Trees
FOLDS = 10
MOST_OF_PROCESS = 1000
"""Points, beyond which a Gaussian process takes too long."""
MOST_COLUMNS = 20
"""Columns, of a Gaussian process: each has a length of its own to be learned."""
CHOSEN = 6
"""Columns that a process takes where there are more, those that go with the outcome most. Ours, after trials."""
FEW = 120
"""Points up to which lengths are learned again for each tenth."""
WIDE = 1.6448536269514722
"""Standard errors of half a 90 % interval."""
LEAST_POINTS = 20
"""Points that it takes at the least."""


@dataclass(frozen=True, eq=False)
class Checked:
    """An emulator, and what it said of the points when it had not seen them.

    Attributes:
        emulator: that has seen all points.
        predicted: of each held-out point, float[points].
        error: standard error of a simulated mean there, with its luck.
        simulated: the points' own means.
        luck: variance of these by luck; None where nobody can tell.
        possible: share of the variance that is no luck; 1 where nobody can tell.
    """

    emulator: Emulator
    predicted: Values
    error: Values
    simulated: Values
    luck: Values | None
    possible: float

    @property
    def explained(self) -> float:
        """Share of the variance of held-out points that it predicts; below 0 where it does worse than a mean."""
        return 1 - float(np.mean((self.simulated - self.predicted) ** 2)) / max(float(np.var(self.simulated)), 1e-300)

    @property
    def missed(self) -> float:
        """By how much it misses a held-out point (root of the mean square)."""
        return float(np.sqrt(np.mean((self.simulated - self.predicted) ** 2)))

    @property
    def missed_by_luck(self) -> float | None:
        """By how much luck alone would make it miss; None where nobody can tell."""
        return None if self.luck is None else float(np.sqrt(np.mean(self.luck)))

    @property
    def beyond_luck(self) -> float:
        """By how much it misses what very many networks would come to, as far as that can be told."""
        return float(np.sqrt(max(self.missed**2 - (self.missed_by_luck or 0.0) ** 2, 0.0)))

    @property
    def low(self) -> Values:
        """Lower end of the 90 % interval of each held-out point."""
        return np.asarray(self.predicted - WIDE * self.error)

    @property
    def high(self) -> Values:
        """Its upper end."""
        return np.asarray(self.predicted + WIDE * self.error)

    @property
    def covered(self) -> float:
        """Share of held-out points within their 90 % interval."""
        return float(np.mean((self.low <= self.simulated) & (self.simulated <= self.high)))


def fit_and_check(points: Values, outcome: Values, noise: Values | None = None, *, seed: int = 1) -> Checked:
    """Learn an emulator, and check it.

    Args:
        points: float[points, columns], each from 0 to 1; LEAST_POINTS or more.
        outcome: float[points].
        noise: variance of the outcome by luck at each point; None where nobody can tell.
        seed: of the parts into which the points are split.

    Raises:
        MissingExtraError: if scikit-learn is not installed.
    """
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):  # type: ignore[no-untyped-call]  # so that digits do not depend on processors
        return _fit_and_check(points, outcome, noise, seed)


def _fit_and_check(points: Values, outcome: Values, noise: Values | None, seed: int) -> Checked:
    count, wide = points.shape
    fold = np.random.default_rng(seed).permutation(count) % FOLDS
    if count > MOST_OF_PROCESS:
        return _of_trees(points, outcome, noise, fold)
    if wide <= MOST_COLUMNS:
        whole = fit_process(points, outcome, noise, seed=seed)

        def part(kept: NDArray[np.bool_]) -> Process:
            luck = None if noise is None else noise[kept]
            like, start = (None, whole) if count <= FEW else (whole, None)
            return fit_process(points[kept], outcome[kept], luck, seed=seed, like=like, start=start)

        return _of_process(whole, part, points, outcome, noise, fold)
    some = fit_process_of_some(points, outcome, noise, CHOSEN, seed=seed)

    def part_of_some(kept: NDArray[np.bool_]) -> Process:  # chosen again each time, without what is held out
        luck = None if noise is None else noise[kept]
        return fit_process_of_some(points[kept], outcome[kept], luck, CHOSEN, seed=seed, like=some)

    found = _of_process(some, part_of_some, points, outcome, noise, fold)
    other = _of_trees(points, outcome, noise, fold)
    return found if found.explained >= other.explained else other


def _of_process(
    whole: Process, part: Callable[[NDArray[np.bool_]], Process], points: Values, outcome: Values,
    noise: Values | None, fold: NDArray[np.int64],
) -> Checked:  # fmt: skip
    predicted, error = np.empty(len(points)), np.zeros(len(points))
    for one in range(FOLDS):
        out = fold == one
        fitted = part(~out)
        predicted[out], latent = fitted.predict_with_error(points[out])
        rough = 0.0 if fitted.luck_known else fitted.rough * fitted.spread**2
        error[out] = np.sqrt(latent**2 + rough + (0.0 if noise is None else noise[out]))
    return Checked(whole, predicted, error, outcome, noise, _possible(outcome, noise))


def _of_trees(points: Values, outcome: Values, noise: Values | None, fold: NDArray[np.int64]) -> Checked:
    predicted = np.empty(len(points))
    for one in range(FOLDS):
        out = fold == one
        predicted[out] = fit_trees(points[~out], outcome[~out]).predict(points[out])
    whole = fit_trees(points, outcome)
    found = Checked(whole, predicted, np.zeros(len(points)), outcome, noise, _possible(outcome, noise))
    error = np.sqrt(found.beyond_luck**2 + (np.zeros(len(points)) if noise is None else noise))
    return replace(found, emulator=replace(whole, error=found.beyond_luck), error=np.asarray(error))


def _possible(outcome: Values, noise: Values | None) -> float:
    if noise is None:
        return 1.0
    return max(0.0, 1 - float(np.mean(noise)) / max(float(np.var(outcome)), 1e-300))
