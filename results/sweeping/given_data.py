"""How much inputs matter for an outcome, from points that are there already, however they were chosen.

Five measures, each with a 95 % interval, and held against inputs that are shuffled: what the best of all shuffled
inputs reaches by luck is no finding.

    delta       how far knowing the input moves the outcome's distribution, on average: half the area between the two
                densities, 0 to 1 (Borgonovo), less its bias.
    pawn        the same with the greatest distance of two distribution functions (Kolmogorov-Smirnov), the median over
                ten parts of the input.
    first       share of the variance that the input makes alone: by RBD-FAST; of an input with few different values, by
                the means at each.
    lowest      regional: how far the input's distribution at the quarter of points with the lowest outcomes is from
                that at all others.
    highest     the same of the quarter with the highest.

Source:
    Borgonovo 2007, Reliability Engineering & System Safety 92, doi:10.1016/j.ress.2006.04.015; Plischke, Borgonovo &
    Smith 2013, European Journal of Operational Research 226, doi:10.1016/j.ejor.2012.11.047 (delta of given data, and
    its bias); Pianosi & Wagener 2018, Environmental Modelling & Software 108, doi:10.1016/j.envsoft.2018.07.019 (PAWN);
    Tarantola et al. 2006, doi:10.1016/j.ress.2005.06.003, Plischke 2010, doi:10.1016/j.ress.2009.11.005, Tissot &
    Prieur 2012, doi:10.1016/j.ress.2012.06.010 (RBD-FAST); Spear & Hornberger 1980, Water Research 14 (regional); Shao
    & Wu 1989, Annals of Statistics 17 (errors from halves); Westfall & Young 1993 (the best of all, shuffled). The
    tests hold delta, PAWN and RBD-FAST against SALib. Ours: many resamples at a time; a part whose outcomes are all the
    same counts, where SALib leaves it out; ties of an input are broken by lot.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil, tanh
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from results.sweeping.variance import is_same

Values = NDArray[np.float64]
Orders = NDArray[np.int64]
Measure = Literal["delta", "pawn", "first", "lowest", "highest"]
MEASURES: tuple[Measure, ...] = get_args(Measure)
LEAST_POINTS = 30
"""Points below which parts of an input hold too few outcomes to be compared. Ours."""
RESAMPLES = 100
SHUFFLES = 199
FEWEST = 39
"""Resamples, and shuffles, of very many points."""
MOST_DRAWN = 500_000
"""Points in all resamples together beyond which there are fewer of them."""
SURE = 0.05
"""Chance at which the best of all inputs, shuffled, may look as good as what was found."""
SLICES = 10
"""Parts of an input, of PAWN."""
FEW = 10
"""Different values up to which each is a part of its own."""
MOST_BINS = 12
"""Parts of an input, of delta, with few points. The published rule has 4 up to 200 points: too few where an outcome
rises and falls along the input."""
HARMONICS = 10
QUARTER = 4
_GRID = 128
_HALF = 1.96
_MOST = 2_000_000
"""Numbers worked on at a time."""


class GivenDataError(ValueError):
    """Points from which nothing can be said; the message says why, and what it takes."""


@dataclass(frozen=True)
class Reach:
    """One measure of one input.

    Attributes:
        value: the measure.
        low: lower end of its 95 % interval.
        high: upper end.
        nothing: what the best of all inputs, shuffled, stays below in 95 of 100 shuffles; of delta less the same bias.
        is_clear: whether that is seldom as much.
    """

    value: float
    low: float
    high: float
    nothing: float
    is_clear: bool


@dataclass(frozen=True)
class Influence:
    """What one input does to an outcome.

    Attributes:
        key: of the input.
        by: measure -> how much.
    """

    key: str
    by: Mapping[Measure, Reach]

    @property
    def is_clear(self) -> bool:
        """Whether any of the measures sees more than luck."""
        return any(reach.is_clear for reach in self.by.values())


def influences(
    keys: Sequence[str], inputs: Values, outcome: Values, *, left: float = 0.0, seed: int = 1
) -> list[Influence]:
    """How much each input matters: first those that can be told from luck, of these and the others by their delta.

    Args:
        keys: of the inputs.
        inputs: float[points, inputs], numbers or codes of levels; each takes two values or more.
        outcome: float[points], all there.
        left: luck that is left in the differences between points (share of their variance); `first` is of the rest.
        seed: of resamples and shuffles.

    Raises:
        GivenDataError: if there are too few points, or the outcome is the same everywhere.
    """
    count = len(outcome)
    if count < LEAST_POINTS:
        raise GivenDataError(f"{count:,} points have a value; sensitivity of given data takes {LEAST_POINTS} or more")
    if is_same(outcome):
        raise GivenDataError(f"the outcome is the same at all {count:,} points")
    luck = np.random.default_rng(seed)
    draws, orders = (max(FEWEST, min(most, MOST_DRAWN // count)) for most in (RESAMPLES, SHUFFLES))
    halves = np.array([luck.permutation(count)[: count // 2] for _ in range(draws)])
    again = luck.integers(count, size=(draws, count))
    shuffled = np.array([luck.permutation(count) for _ in range(orders)])
    whole = np.arange(count)[None]
    found: list[dict[Measure, tuple[float, float]]] = []
    best = {measure: np.full(orders, -np.inf) for measure in MEASURES}
    raw: list[dict[Measure, float]] = []
    for column in inputs.T:
        # Equal values in an order by lot, the same for every resample: their own order may be that of a grid.
        ranks = np.empty(count, dtype=np.int64)
        ranks[np.lexsort((luck.random(count), column))] = np.arange(count)
        few = np.unique(column)
        levels = np.searchsorted(few, column) if len(few) <= FEW else None
        one: dict[Measure, tuple[float, float]] = {}
        plain: dict[Measure, float] = {}
        for measure in MEASURES:
            estimate = partial(_ESTIMATES[measure], ranks, levels, outcome)
            value = float(estimate(whole, whole)[0])
            plain[measure] = value
            nothing = _in_stretches(estimate, np.broadcast_to(whole, shuffled.shape), shuffled)
            best[measure] = np.maximum(best[measure], nothing)
            if measure == "delta":
                resampled = _in_stretches(estimate, again, again)
                one[measure] = (2 * value - float(resampled.mean()), float(resampled.std(ddof=1)))
            else:
                one[measure] = (value, float(_in_stretches(estimate, halves, halves).std(ddof=1)))
        found.append(one)
        raw.append(plain)
    influence = [
        Influence(
            key, {measure: _reach(measure, *one[measure], plain[measure], best[measure], left) for measure in MEASURES}
        )
        for key, one, plain in zip(keys, found, raw, strict=True)
    ]
    return sorted(influence, key=lambda one: (not one.is_clear, -one.by["delta"].value, one.key))


def _reach(measure: Measure, value: float, error: float, plain: float, best: Values, left: float) -> Reach:
    times = 1 / (1 - left) if measure == "first" and left < 1 else 1.0
    p = float(1 + np.count_nonzero(best >= plain)) / (1 + len(best))
    half = _HALF * error
    low, high = (min(1.0, max(0.0, end * times)) for end in (value - half, value + half))
    nothing = max(0.0, float(np.quantile(best, 1 - SURE)) + value - plain)
    return Reach(
        max(value, 0.0) * times if measure == "delta" else value * times, low, high, nothing * times, p <= SURE
    )


def _in_stretches(estimate: Callable[[Orders, Orders], Values], inputs: Orders, outcomes: Orders) -> Values:
    return np.concatenate([estimate(some, others) for some, others in _stretches(inputs, outcomes)])


def _stretches(inputs: Orders, outcomes: Orders) -> Iterator[tuple[Orders, Orders]]:
    each = max(1, _MOST // (inputs.shape[1] * SLICES))
    for start in range(0, len(inputs), each):
        yield inputs[start : start + each], outcomes[start : start + each]


def _parts(ranks: Orders, levels: Orders | None, which: Orders, parts: int) -> tuple[Orders, int]:
    """Part of the input in which each chosen point lies, int[resamples, points], and how many parts there are."""
    if levels is not None and levels.max() < max(parts, 2):
        return levels[which], int(levels.max()) + 1
    places = np.argsort(np.argsort(ranks[which], axis=1, kind="stable"), axis=1, kind="stable")
    return places * parts // which.shape[1], parts


def _counts(parts: Orders, count: int, weights: Values | None = None) -> Values:
    """Points in each part, or the sum of their weights, float[resamples, parts]."""
    flat = (parts + count * np.arange(len(parts))[:, None]).ravel()
    found = np.bincount(flat, None if weights is None else weights.ravel(), minlength=count * len(parts))
    return found.astype(np.float64).reshape(len(parts), count)


def _delta(ranks: Orders, levels: Orders | None, outcome: Values, which: Orders, whose: Orders) -> Values:
    """Half the area between the density of the outcome and that in a part, averaged over parts, float[resamples].

    Densities are of a normal kernel with Silverman's width, as SALib has them, on a grid from least to greatest.
    """
    points = which.shape[1]
    many = max(min(ceil(points ** (2 / (7 + tanh((1500 - points) / 500)))), 48), min(MOST_BINS, points // 15))
    parts, count = _parts(ranks, levels, which, many)
    y = outcome[whose]
    low, step = float(outcome.min()), float(np.ptp(outcome)) / (_GRID - 1)
    at = (outcome - low) / step
    left = np.minimum(at.astype(np.int64), _GRID - 2)
    share = (at - left)[whose]
    cells = (parts + count * np.arange(len(parts))[:, None]) * _GRID + left[whose]
    size = len(parts) * count * _GRID
    flat = np.bincount(cells.ravel(), (1 - share).ravel(), size)
    flat = flat + np.bincount(cells.ravel() + 1, share.ravel(), size + 1)[:size]
    mass: Values = np.asarray(flat, dtype=np.float64).reshape(len(parts), count, _GRID)
    there = _counts(parts, count)
    safe = np.maximum(there, 1)
    middle = _counts(parts, count, y) / safe
    spread = _counts(parts, count, (y - np.take_along_axis(middle, parts, axis=1)) ** 2)
    of_all = _smooth(mass.sum(axis=1), np.full(len(parts), float(points)), y.std(axis=1, ddof=1), step)
    apart = np.abs(of_all[:, None] - _smooth(mass, there, np.sqrt(spread / np.maximum(there - 1, 1)), step))
    area = step * (apart.sum(axis=2) - (apart[..., 0] + apart[..., -1]) / 2)
    return np.asarray((there * area).sum(axis=1) / (2 * points))


def _smooth(mass: Values, count: Values, spread: Values, step: float) -> Values:
    """Densities on the grid, from the mass at each of its points."""
    wide = np.maximum(spread * (0.75 * np.maximum(count, 1)) ** -0.2, step / 2)
    rates = np.fft.rfftfreq(2 * _GRID, step)
    kernel = np.exp(-2 * (np.pi * rates * wide[..., None]) ** 2)
    smooth = np.fft.irfft(np.fft.rfft(mass, 2 * _GRID, axis=-1) * kernel, 2 * _GRID, axis=-1)[..., :_GRID]
    return np.asarray(np.maximum(smooth, 0.0) / (np.maximum(count, 1)[..., None] * step))


def _pawn(ranks: Orders, levels: Orders | None, outcome: Values, which: Orders, whose: Orders) -> Values:
    """Median over parts of the distance between the outcome's distribution there and everywhere, float[resamples]."""
    parts, count = _parts(ranks, levels, which, SLICES)
    y = outcome[whose]
    order = np.argsort(y, axis=1, kind="stable")
    return np.asarray(
        np.nanmedian(_distances(np.take_along_axis(parts, order, 1), count, np.take_along_axis(y, order, 1)), 1)
    )


def _distances(parts: Orders, count: int, values: Values) -> Values:
    """Kolmogorov-Smirnov distance of each part from the whole, in the order of the values, float[resamples, parts]."""
    points = values.shape[1]
    last = np.ones(values.shape, dtype=bool)
    last[:, :-1] = np.diff(values, axis=1) > 0  # of equal values only the last counts
    every = np.arange(1, points + 1) / points
    found = np.full((len(parts), count), np.nan)
    for part in range(count):
        inside = parts == part
        there = inside.sum(axis=1)
        of_part = np.cumsum(inside, axis=1) / np.maximum(there, 1)[:, None]
        far = np.max(np.where(last, np.abs(of_part - every), 0.0), axis=1)
        found[:, part] = np.where(there > 0, far, np.nan)
    return found


def _first(ranks: Orders, levels: Orders | None, outcome: Values, which: Orders, whose: Orders) -> Values:
    """Share of the variance that the input makes alone, without its bias, float[resamples]."""
    y, points = outcome[whose], which.shape[1]
    if levels is not None:
        parts, count = levels[which], int(levels.max()) + 1
        there = _counts(parts, count)
        apart = y - y.mean(axis=1, keepdims=True)
        between = np.sum(_counts(parts, count, apart) ** 2 / np.maximum(there, 1), axis=1)
        return _less_bias(between / np.maximum(np.sum(apart**2, axis=1), 1e-300), (count - 1) / (points - 1))
    harmonics = min(HARMONICS, points // 10)
    ordered = np.take_along_axis(y, np.argsort(ranks[which], axis=1, kind="stable"), axis=1)
    there_and_back = np.concatenate([ordered[:, ::2], ordered[:, 1::2][:, ::-1]], axis=1)
    power = np.abs(np.fft.rfft(there_and_back - there_and_back.mean(axis=1, keepdims=True), axis=1)) ** 2
    power[:, 1:] *= 2
    if points % 2 == 0:
        power[:, -1] /= 2
    whole = np.maximum(power[:, 1:].sum(axis=1), 1e-300)
    return _less_bias(power[:, 1 : harmonics + 1].sum(axis=1) / whole, 2 * harmonics / points)


def _less_bias(share: Values, by_luck: float) -> Values:
    """A share without what luck alone explains on average."""
    return np.asarray(share - by_luck / (1 - by_luck) * (1 - share))


def _regional(
    highest: bool, ranks: Orders, _levels: Orders | None, outcome: Values, which: Orders, whose: Orders
) -> Values:
    """How far the input is spread otherwise where the outcome is low, or high, float[resamples]."""
    x, y = ranks[which], outcome[whose]
    quarter = max(1, which.shape[1] // QUARTER)
    places = np.argsort(np.argsort(-y if highest else y, axis=1, kind="stable"), axis=1, kind="stable")
    order = np.argsort(x, axis=1, kind="stable")
    chosen = np.take_along_axis(places < quarter, order, axis=1)
    of_input = x if _levels is None else _levels[which]
    ties = np.take_along_axis(of_input, order, axis=1)
    last = np.ones(ties.shape, dtype=bool)
    last[:, :-1] = np.diff(ties, axis=1) > 0
    inside, outside = (np.cumsum(some, axis=1) for some in (chosen, ~chosen))
    apart = np.abs(inside / quarter - outside / (which.shape[1] - quarter))
    return np.asarray(np.max(np.where(last, apart, 0.0), axis=1))


_ESTIMATES: Mapping[Measure, Callable[[Orders, Orders | None, Values, Orders, Orders], Values]] = {
    "delta": _delta,
    "pawn": _pawn,
    "first": _first,
    "lowest": partial(_regional, False),
    "highest": partial(_regional, True),
}
