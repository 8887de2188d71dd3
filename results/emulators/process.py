"""A Gaussian process of an outcome, with luck that differs from point to point.

How long and how smooth is learned by likelihood (scikit-learn), from no more than LEARNED_FROM points; the process then
rests on all of them. It is kept as plain numbers, so that a page can ask it too: the mean at a place is a sum over the
points, weighted by how alike they are to it.

Source:
    Rasmussen & Williams 2006, Gaussian Processes for Machine Learning, equations 2.25, 2.26 and 5.8.
"""

import warnings
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from scenarios.files.faults import MissingExtraError

Values = NDArray[np.float64]
Smooth = Literal["squared exponential", "Matern 5/2"]
LEARNED_FROM = 300
"""Points at the most that lengths are learned from, chosen at random."""
WITHOUT = 1e300
"""Length of a column that makes no difference."""
JITTER = 1e-10
"""Added to each variance, so that a matrix can be split."""
AT_ONCE = 2048
"""Places asked at a time."""


@dataclass(frozen=True, eq=False)
class Process:
    """A Gaussian process that has seen its points. Variances are of the outcome, scaled to variance 1.

    Attributes:
        smooth: how it is smooth.
        size: variance of the outcome before anything was seen.
        lengths: how far two points are alike, of each column.
        rough: variance at a point that is neither luck nor smooth.
        luck: variance by luck at each point, float[points]; 0 where nobody can tell, and all of it is then in `rough`.
        points: float[points, columns].
        outcome: float[points], scaled.
        weights: of the points, in the mean.
        root: lower triangular root of the points' covariance.
        middle: mean of the outcome.
        spread: its standard deviation; both undo the scaling.
        luck_known: whether luck is told apart from what is rough.
    """

    smooth: Smooth
    size: float
    lengths: Values
    rough: float
    luck: Values
    points: Values
    outcome: Values
    weights: Values
    root: Values
    middle: float
    spread: float
    luck_known: bool

    @property
    def kind(self) -> Literal["Gaussian process"]:
        """What it is."""
        return "Gaussian process"

    def predict(self, places: Values) -> Values:
        """Mean at some places, float[places]."""
        parts = [self._alike(places[first : first + AT_ONCE]) @ self.weights for first in _firsts(places)]
        return np.asarray(self.middle + self.spread * np.concatenate(parts))

    def predict_with_error(self, places: Values) -> tuple[Values, Values]:
        """Mean at some places, and its standard error: of very many networks there, luck apart."""
        from scipy.linalg import solve_triangular

        means, errors = [], []
        for first in _firsts(places):
            alike = self._alike(places[first : first + AT_ONCE])
            known = solve_triangular(self.root, alike.T, lower=True, check_finite=False)
            means.append(alike @ self.weights)
            errors.append(self.size - np.einsum("pn,pn->n", known, known))
        rough = self.rough if self.luck_known else 0.0
        variance = np.maximum(np.concatenate(errors), 0.0) + rough
        return self.middle + self.spread * np.concatenate(means), self.spread * np.sqrt(variance)

    def covariance(self, places: Values, others: Values) -> Values:
        """Covariance of the smooth part between places and others, after what was seen; scaled."""
        from scipy.linalg import solve_triangular

        of_places, of_others = (
            solve_triangular(self.root, self._alike(some).T, lower=True, check_finite=False)
            for some in (places, others)
        )
        return np.asarray(kernel(self.smooth, self.size, self.lengths, places, others) - of_places.T @ of_others)

    def _alike(self, places: Values) -> Values:
        return kernel(self.smooth, self.size, self.lengths, places, self.points)

    def seen(self, points: Values, outcome: Values, luck: Values) -> "Process":
        """The same lengths with other points: outcome and luck are scaled."""
        from scipy.linalg import cholesky, solve_triangular

        covariance = kernel(self.smooth, self.size, self.lengths, points, points)
        covariance[np.diag_indices(len(points))] += self.rough + luck + JITTER
        root = cholesky(covariance, lower=True, check_finite=False)
        half = solve_triangular(root, outcome, lower=True, check_finite=False)
        weights = solve_triangular(root, half, lower=True, trans=1, check_finite=False)
        return replace(self, points=points, outcome=outcome, luck=luck, weights=weights, root=root)


def _firsts(places: Values) -> range:
    return range(0, max(len(places), 1), AT_ONCE)


def kernel(smooth: Smooth, size: float, lengths: Values, ones: Values, others: Values) -> Values:
    """Covariance between points, float[ones, others]."""
    squared = np.zeros((len(ones), len(others)))
    for column, length in enumerate(lengths.tolist()):
        if length >= WITHOUT:
            continue
        squared += ((ones[:, column, None] - others[None, :, column]) / length) ** 2
    if smooth == "squared exponential":
        return np.asarray(size * np.exp(-0.5 * squared))
    far = np.sqrt(5 * squared)
    return np.asarray(size * (1 + far + 5 / 3 * squared) * np.exp(-far))


def fit_process(
    points: Values, outcome: Values, noise: Values | None = None, *, seed: int = 1, like: Process | None = None,
    start: Process | None = None, learned_from: int = LEARNED_FROM,
) -> Process:  # fmt: skip
    """Learn a process from points.

    Args:
        points: float[points, columns], each column from 0 to 1.
        outcome: float[points].
        noise: variance by luck at each point; None where nobody can tell.
        seed: of the points that lengths are learned from, where there are too many.
        like: one whose lengths are taken over, learned from these points and others; None learns them.
        learned_from: points at the most that lengths are learned from.
        start: one that is as smooth, and at whose lengths learning begins; None tries each kind.

    Raises:
        MissingExtraError: if scikit-learn is not installed.
    """
    from threadpoolctl import threadpool_limits

    middle, spread = float(outcome.mean()), float(outcome.std()) or 1.0
    if like is not None:
        middle, spread = like.middle, like.spread
    scaled = (outcome - middle) / spread
    luck = np.zeros(len(points)) if noise is None else noise / spread**2
    with threadpool_limits(1):  # type: ignore[no-untyped-call]  # so that digits do not depend on processors
        if like is not None:
            return like.seen(points, scaled, luck)
        chosen = np.arange(len(points))
        if len(points) > learned_from:
            chosen = np.sort(np.random.default_rng(seed).permutation(len(points))[:learned_from])
        tried = _SMOOTH if start is None else (start.smooth,)
        learned = [_learned(one, points[chosen], scaled[chosen], luck[chosen], start) for one in tried]
        smooth, (size, lengths, rough), _ = max(learned, key=lambda one: one[2])
        empty = np.empty(0)
        bare = Process(
            smooth, size, lengths, rough, empty, points, empty, empty, empty, middle, spread, noise is not None
        )
        return bare.seen(points, scaled, luck)


def fit_process_of_some(
    points: Values, outcome: Values, noise: Values | None, most: int, *, seed: int, like: Process | None = None
) -> Process:
    """A process of those columns alone that go with the outcome most, by ranks; the others make no difference.

    Args:
        points: float[points, columns].
        outcome: float[points].
        noise: variance by luck at each point; None where nobody can tell.
        most: columns.
        seed: see `fit_process`.
        like: one whose lengths are where learning begins, if the same columns are chosen.
    """
    ranks = np.argsort(np.argsort(points, axis=0, kind="stable"), axis=0, kind="stable").astype(np.float64)
    of_outcome = np.argsort(np.argsort(outcome, kind="stable"), kind="stable")
    spread = np.ptp(points, axis=0) > 0
    together = np.zeros(points.shape[1])
    for some in (ranks, np.abs(ranks - ranks.mean(axis=0))):  # up or down, and there and back
        apart = np.corrcoef(np.column_stack([some[:, spread], of_outcome]).T)[-1, :-1]
        together[spread] = np.maximum(together[spread], np.abs(apart))
    chosen = np.sort(np.argsort(-together, kind="stable")[:most])
    start = None
    if like is not None and np.array_equal(np.flatnonzero(like.lengths < WITHOUT), chosen):
        start = replace(like, lengths=like.lengths[chosen])
    found = fit_process(points[:, chosen], outcome, noise, seed=seed, start=start)
    lengths = np.full(points.shape[1], WITHOUT)
    lengths[chosen] = found.lengths
    return replace(found, points=points, lengths=lengths)


_SMOOTH: tuple[Smooth, ...] = ("squared exponential", "Matern 5/2")


def _learned(
    smooth: Smooth, points: Values, scaled: Values, luck: Values, begin: Process | None
) -> tuple[Smooth, tuple[float, Values, float], float]:
    try:
        from sklearn.gaussian_process import GaussianProcessRegressor
        from sklearn.gaussian_process.kernels import RBF, ConstantKernel, Matern, WhiteKernel
    except ImportError:
        raise MissingExtraError("an emulator", "scikit-learn", "emulate") from None
    bounds = (5e-2, 1e2)
    size, start, rough = (1.0, np.full(points.shape[1], 0.5), 1e-2) if begin is None else (
        begin.size, begin.lengths, begin.rough
    )  # fmt: skip
    alike: Any = RBF(start, bounds) if smooth == "squared exponential" else Matern(start, bounds, nu=2.5)
    whole: Any = ConstantKernel(size, (1e-2, 1e3)) * alike + WhiteKernel(rough, (1e-8, 2.0))
    with warnings.catch_warnings():  # a length at its bound: an input without effect
        warnings.simplefilter("ignore")
        found = GaussianProcessRegressor(whole, alpha=luck + JITTER).fit(points, scaled)
    fitted = found.kernel_
    lengths = np.atleast_1d(np.asarray(fitted.k1.k2.length_scale, dtype=np.float64))
    return (
        smooth,
        (float(fitted.k1.k1.constant_value), lengths, float(fitted.k2.noise_level)),
        float(found.log_marginal_likelihood_value_),
    )
