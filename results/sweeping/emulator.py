"""First and total effects by an emulator: a smooth stand-in for the model, learned from points that are there already.

The emulator is a Gaussian process, whose noise is the luck that is left at the points; of many points or inputs,
boosted trees (`results.emulators`). It is fitted ten times, each time without a tenth of the points, which it then has
to predict: what it explains of them is said, and where it explains too little, no index is. From the same ten fits
comes the error of each index (jackknife by blocks). Indices are those of the emulator, over inputs that are drawn
independently of each other: from their range, or of a posterior from their own values.

Source:
    Oakley & O'Hara 2004, J. R. Stat. Soc. B 66, doi:10.1111/j.1467-9868.2004.05304.x, and Marrel et al. 2009,
    Reliability Engineering & System Safety 94, doi:10.1016/j.ress.2008.07.008 (indices of a Gaussian process); Saltelli
    et al. 2010, doi:10.1016/j.cpc.2009.09.018, and Jansen 1999 (estimators); Tukey 1958 (jackknife). Ours: the error
    from the fits that the held-out points need anyway, and from what they miss.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from results.emulators.coding import Coding, coded
from results.emulators.effects import DRAWS, draws, effects
from results.emulators.held_out import FOLDS, MOST_COLUMNS, MOST_OF_PROCESS, Emulator
from results.emulators.process import Process, fit_process
from results.emulators.trees import fit_trees
from results.estimates.quantiles import t_quantile

Values = NDArray[np.float64]
Kind = Literal["Gaussian process", "boosted trees"]
LEAST_EXPLAINED = 0.5
"""Share of what can be explained at held-out points, below which no index is given. Ours."""


@dataclass(frozen=True)
class EmulatedIndex:
    """First and total effect of one input, or of a group of them, as shares of the emulator's variance.

    Attributes:
        key: of the input, or the name of the group.
        first: alone.
        first_low: lower end of its 95 % interval.
        first_high: upper end.
        total: with all that it does with others.
        total_low: lower end of its interval.
        total_high: upper end.
        keys: inputs in it (count).
    """

    key: str
    first: float
    first_low: float
    first_high: float
    total: float
    total_low: float
    total_high: float
    keys: int = 1


@dataclass(frozen=True)
class Emulated:
    """What an emulator says.

    Attributes:
        kind: what it is.
        explained: share of the variance of held-out points that it predicts; below 0 where it does worse than a mean.
        possible: share that could be explained, the rest being luck.
        indices: of each input, the greatest total first; () where it explains too little.
        groups: of each group of inputs; () where there is but one, or a group has no more than one input.
        together: the greatest rank correlation between two inputs, which the indices take as independent.
    """

    kind: Kind
    explained: float
    possible: float
    indices: tuple[EmulatedIndex, ...]
    groups: tuple[EmulatedIndex, ...]
    together: float

    @property
    def is_enough(self) -> bool:
        """Whether it explains enough for its indices to be said."""
        return self.explained >= LEAST_EXPLAINED * self.possible


def emulate(
    keys: Sequence[str], inputs: Values, outcome: Values, *, names: Sequence[bool] = (), ranges: Sequence[bool] = (),
    left: float = 0.0, groups: Mapping[str, str] | None = None, seed: int = 1,
) -> Emulated:  # fmt: skip
    """Learn the outcome from the points, and say what each input does to what was learned.

    Args:
        keys: of the inputs.
        inputs: float[points, inputs], numbers or codes of levels.
        outcome: float[points].
        names: of each input, whether its values are names without an order; none is if left out.
        ranges: of each input, whether any number between its values may be; none if left out.
        left: luck that is left in the differences between points (share of their variance).
        groups: key -> group, of those that are to be taken together too.
        seed: of the parts into which the points are split, and of the draws.

    Raises:
        MissingExtraError: if scikit-learn is not installed.
    """
    count, wide = inputs.shape
    levels = [_levels(inputs[:, place]) if place < len(names) and names[place] else () for place in range(wide)]
    coding = coded(keys, inputs, levels)
    columns = coding.columns(inputs)
    is_process = count <= MOST_OF_PROCESS and coding.width <= MOST_COLUMNS
    fold = np.random.default_rng(seed).permutation(count) % FOLDS
    drawn = draws(inputs, ranges or [False] * wide, seed)
    members = [(key, [place]) for place, key in enumerate(keys)]
    grouped: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        if groups and key in groups:
            grouped.setdefault(groups[key], []).append(place)
    several = [(name, places) for name, places in grouped.items() if len(grouped) > 1]
    several = several if any(len(places) > 1 for _, places in several) else []
    predicted = np.empty(count)
    middle, spread = float(outcome.mean()), float(outcome.std()) or 1.0
    scaled = (outcome - middle) / spread
    noise = np.full(count, left) if left > 0 else None
    whole: Emulator = fit_process(columns, scaled, noise, seed=seed) if is_process else fit_trees(columns, scaled)
    without: list[Emulator] = []
    for one in range(FOLDS):
        kept = fold != one
        part: Emulator = (
            fit_process(columns[kept], scaled[kept], None if noise is None else noise[kept], seed=seed, like=whole)
            if isinstance(whole, Process)
            else fit_trees(columns[kept], scaled[kept])
        )
        predicted[~kept] = part.predict(columns[~kept])
        without.append(part)
    explained = 1 - float(np.mean((scaled - predicted) ** 2)) / float(np.var(scaled))
    kind: Kind = "Gaussian process" if is_process else "boosted trees"
    found = Emulated(kind, explained, 1 - left, (), (), _together(inputs))
    if not found.is_enough:
        return found
    missed = max(0.0, 1 - explained / found.possible) if found.possible > 0 else 1.0
    sets = [places for _, places in (*members, *several)]
    each = [_effects(fit, coding, drawn, sets) for fit in (whole, *without)]
    indices = [
        _index(name, len(places), each[0][:, at], np.array([some[:, at] for some in each[1:]]), missed)
        for at, (name, places) in enumerate([*members, *several])
    ]
    ranked = sorted(indices[: len(members)], key=lambda one: (-one.total, one.key))
    of_groups = sorted(indices[len(members) :], key=lambda one: (-one.total, one.key))
    return Emulated(found.kind, explained, 1 - left, tuple(ranked), tuple(of_groups), found.together)


def _index(key: str, keys: int, value: Values, without: Values, missed: float) -> EmulatedIndex:
    """An index and its interval, from the fits that lack a tenth of the points each.

    What the emulator misses of held-out points, a share that any input may have made, is in the interval too.
    """
    error = np.sqrt((FOLDS - 1) / FOLDS * np.sum((without - without.mean(axis=0)) ** 2, axis=0))
    half = t_quantile(FOLDS - 1) * np.hypot(error, 1 / (4 * np.sqrt(DRAWS)))
    half = np.hypot(half, missed)
    (first, total), (of_first, of_total) = value.tolist(), half.tolist()
    ends = [min(1.0, max(0.0, end)) for end in (first - of_first, first + of_first, total - of_total, total + of_total)]
    return EmulatedIndex(key, first, ends[0], ends[1], total, ends[2], ends[3], keys)


def _effects(fit: Emulator, coding: Coding, drawn: tuple[Values, Values], sets: Sequence[Sequence[int]]) -> Values:
    """First and total effect of each set of inputs on what an emulator has learned, float[2, sets]."""
    return effects(lambda some: fit.predict(coding.columns(some)), drawn, sets)


def _levels(column: Values) -> tuple[str, ...]:
    """Names of levels that are known by their codes only."""
    return tuple(f"level {code}" for code in range(int(column.max()) + 1))


def _together(inputs: Values) -> float:
    """The greatest rank correlation between two inputs, 0 to 1."""
    if inputs.shape[1] < 2:
        return 0.0
    ranks = np.argsort(np.argsort(inputs, axis=0, kind="stable"), axis=0)
    apart = np.abs(np.corrcoef(ranks.T))
    np.fill_diagonal(apart, 0.0)
    return float(np.nanmax(apart))
