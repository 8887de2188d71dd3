"""Points of an adaptive design: a space-filling batch, then rounds in which an emulator says where the next ones go.

Every round is a function of what came out before it, of nothing else: the same request ends in the same points.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

import numpy as np
from numpy.typing import NDArray

from results.emulating.toward import Toward
from results.emulators.coding import CodedInput, Coding, coded
from results.emulators.held_out import MOST_COLUMNS, MOST_OF_PROCESS
from results.emulators.next_points import next_points, sides
from results.emulators.noise import noise_of
from results.emulators.process import Process, fit_process
from scenarios.designs.design import Design
from scenarios.designs.factors import Factor
from scenarios.designs.fresh_points import fresh
from scenarios.files.faults import RequestError

Values = NDArray[np.float64]
LEAST, A_FACTOR, ROUNDS = 20, 4, 10
"""First batch: so many points at the least, so many for each factor, but no more than half; rounds that follow. Ours,
after trials on known functions (docs/emulators.md)."""
CANDIDATES = 1000
"""Places among which points are chosen, drawn again for each round; they stand for the space too."""
LEARNED_FROM = 200
"""Points at the most that lengths are learned from, round by round."""
UNSURE = 0.05
"""A side is sure where the other has less than that chance. Ours."""


@dataclass(frozen=True)
class Rounds:
    """How many points each round has: the first batch, then the others."""

    sizes: tuple[int, ...]

    @classmethod
    def of(cls, points: int, factors: int) -> "Rounds":
        """For so many points over so many factors."""
        first = min(max(LEAST, A_FACTOR * factors), max(points // 2, min(points, LEAST)))
        rest, sizes = points - first, [first]
        while rest > 0:
            sizes.append(min(rest, ceil((points - first) / ROUNDS)))
            rest -= sizes[-1]
        return cls(tuple(sizes))

    def starts(self) -> Iterator[tuple[int, int, int]]:
        """Number of each round, its first point, and the one after its last."""
        first = 0
        for number, size in enumerate(self.sizes):
            yield number, first, first + size
            first += size


def check_size(points: int, coding: Coding) -> None:
    """See that a Gaussian process can take as many points and columns.

    Raises:
        RequestError: if not.
    """
    if points > MOST_OF_PROCESS:
        raise RequestError("points", f"{points:,}; an adaptive design has {MOST_OF_PROCESS:,} at the most")
    if points <= LEAST:
        raise RequestError("points", f"{points:,}; an adaptive design has more than {LEAST}, its first batch")
    if coding.width > MOST_COLUMNS:
        raise RequestError(
            "vary", f"these take {coding.width} columns; an adaptive design has {MOST_COLUMNS} at the most: a number "
            "is one, a choice among three or more names one each"
        )  # fmt: skip


def coding_of(factors: Sequence[Factor]) -> Coding:
    """How factors become columns, over the whole of their ranges."""
    numbers = np.array([[0.0] * len(factors), [1.0] * len(factors)])
    bare = coded([one.key for one in factors], numbers, [() if one.is_numeric else one.levels for one in factors])
    made = []
    for factor, one in zip(factors, bare.inputs, strict=True):
        if one.rows:
            made.append(one)
            continue
        ends = [float(factor.value(share)) for share in (0.0, 0.001, 0.999, 1.0)]
        ends = [end for end in ends if np.isfinite(end)] or [0.0, 1.0]
        made.append(CodedInput(factor.key, min(ends), max(ends)))
    return Coding(tuple(made))


def numbers_at(factors: Sequence[Factor], shares: Values) -> Values:
    """Values of the factors at points, numbers or codes of levels, float[points, factors]."""
    columns = []
    for place, factor in enumerate(factors):
        values = [factor.value(share) for share in shares[:, place].tolist()]
        if not factor.is_numeric:
            code = {level: number for number, level in enumerate(factor.levels)}
            values = [code[value] for value in values]
        columns.append(np.array(values, dtype=np.float64))
    return np.column_stack(columns)


def learned(design: Design, shares: Values, values: Values, seed: int) -> Process | None:
    """What is known after some points; None where too few have a value.

    Args:
        design: whose factors they are over.
        shares: float[points, factors].
        values: of the outcome, float[points, networks]; nan where missing.
        seed: of the points that lengths are learned from.
    """
    there = np.isfinite(values).any(axis=1)
    if there.sum() < LEAST // 2:
        return None
    coding = coding_of(design.factors)
    columns = coding.columns(numbers_at(design.factors, shares[there]))
    means = np.nanmean(values[there], axis=1)
    noise = noise_of(values[there], same_luck=True)
    return fit_process(columns, means, noise, seed=seed, learned_from=LEARNED_FROM)


def added(design: Design, shares: Values, values: Values, toward: Toward, count: int) -> Values:
    """The next points, as shares; see `learned` for the arguments.

    Raises:
        ScenarioError: if hardly any point is allowed.
    """
    process = learned(design, shares, values, design.seed)
    tried = places(replace(design, shares=shares), len(shares))
    known = {tuple(row) for row in numbers_at(design.factors, shares).tolist()}
    numbers = numbers_at(design.factors, tried)
    new = []
    for place, row in enumerate(numbers.tolist()):
        if tuple(row) not in known:  # the same values with the same luck tell nothing new
            known.add(tuple(row))
            new.append(place)
    if len(new) < count:  # hardly any values are left: points that come again fill what was asked for
        new += [place for place in range(len(tried)) if place not in set(new)][: count - len(new)]
    tried, numbers = tried[new], numbers[new]
    if process is None:
        return tried[:count]
    columns = coding_of(design.factors).columns(numbers)
    chosen: list[int] = []
    for place in next_points(process, columns, 2 * count, threshold=toward.value).tolist():
        if len(chosen) < count and not _contradicts(design, tried[place]):
            chosen.append(place)
    for place in range(len(tried)):
        if len(chosen) < count and place not in chosen:
            chosen.append(place)
    return np.asarray(tried[chosen])


def places(design: Design, turn: int) -> Values:
    """Places all over what is allowed, as shares; others for each turn."""
    seed = int(np.random.SeedSequence([design.seed, turn]).generate_state(1)[0])
    return fresh(design, CANDIDATES, seed).shares


def _contradicts(design: Design, shares: Values) -> bool:
    one = Design("lhs", design.factors, design.bases, shares[None, :], 1, design.seed)
    return bool(one.contradiction(0))


@dataclass(frozen=True)
class Told:
    """What an adaptive design says of the space.

    Attributes:
        toward: what it was after.
        rounds: points of each round.
        met: share of the space in which the threshold is met, as far as known; None without one.
        unsure: share in which either side has a chance of UNSURE or more; None without one.
        error: root mean square of the emulator's standard error over the space.
    """

    toward: Toward
    rounds: tuple[int, ...]
    met: float | None
    unsure: float | None
    error: float | None


def told(design: Design, values: Values, toward: Toward, rounds: Rounds) -> Told:
    """What is known when all points are there."""
    process = learned(design, design.shares, values, design.seed)
    if process is None:
        return Told(toward, rounds.sizes, None, None, None)
    columns = coding_of(design.factors).columns(numbers_at(design.factors, places(design, len(design))))
    error = float(np.sqrt(np.mean(process.predict_with_error(columns)[1] ** 2)))
    if toward.value is None:
        return Told(toward, rounds.sizes, None, None, error)
    chance = sides(process, columns, toward.value)
    chance = chance if toward.side == ">=" else 1 - chance
    unsure = float(np.mean((chance >= UNSURE) & (chance <= 1 - UNSURE)))
    return Told(toward, rounds.sizes, float(np.mean(chance >= 0.5)), unsure, error)
