"""Kinds of plans: what a plan does without, and how much it takes of the rest.

A kind says of each of a few levers whether it stands at nothing, or else in which third of what may be chosen; of a
lever without an order, which of its values it has. Two plans of one kind differ in degree only.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol

import numpy as np

from scenarios.designs.factors import Factor

THIRDS = 3
MOVES = 0.1
"""Share of the budget by which a lever must move the cost, from one end to the other, to tell plans apart."""
MOST = 3
"""Levers that tell plans apart where nobody says which."""
NOTHING = -1
"""Part of a lever that is at nothing."""

Kind = tuple[int, ...]
"""Of each lever that tells plans apart, the part in which it stands: NOTHING, or from 0."""


class Tried(Protocol):
    """What is asked of a candidate."""

    @property
    def values(self) -> Mapping[str, Any]:
        """Key -> value of each lever."""

    @property
    def cost(self) -> float:
        """Mean whole cost (USD); nan where it could not be run."""


@dataclass(frozen=True)
class Kinds:
    """The levers by which plans are told apart in kind.

    Attributes:
        levers: in the order in which they were asked for.
    """

    levers: tuple[Factor, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Their keys."""
        return tuple(lever.key for lever in self.levers)

    def of(self, values: Mapping[str, Any]) -> Kind:
        """The kind of a plan."""
        return tuple(part_of(lever, values[lever.key]) for lever in self.levers)


def part_of(lever: Factor, value: Any) -> int:
    """The part of a lever's range in which a value stands: NOTHING, a third from 0, or a place of its levels."""
    if not lever.is_numeric:
        return NOTHING if is_nothing(value) else [*lever.levels, value].index(value)
    if is_nothing(value):
        return NOTHING
    parts = parts_of(lever)
    inside = [place for place, (_, high) in enumerate(parts) if isinstance(value, (int, float)) and value <= high]
    return inside[0] if inside else len(parts) - 1


def parts_of(lever: Factor) -> list[tuple[Any, Any]]:
    """The thirds of a lever with an order, each from its least to its greatest value; nothing is none of them."""
    if not lever.levels and not lever.whole:
        assert lever.low is not None
        assert lever.high is not None
        ends = [lever.value(place / THIRDS) for place in range(THIRDS + 1)]
        return list(pairwise(ends))
    there = lever.levels or range(int(lever.low or 0), int(lever.high or 0) + 1)
    some = sorted(value for value in there if not is_nothing(value))
    cuts = [round(place * len(some) / THIRDS) for place in range(THIRDS + 1)]
    return [(some[low], some[high - 1]) for low, high in pairwise(cuts) if high > low]


def is_nothing(value: Any) -> bool:
    """Whether a value of a lever is none of it: 0, false, or an empty text."""
    return value in (0, False, "") and value is not None


def can_be_nothing(lever: Factor) -> bool:
    """Whether a lever may be set to nothing and to something."""
    if lever.levels:
        return any(is_nothing(level) for level in lever.levels)
    return lever.low is not None and lever.low <= 0


def kinds_of(levers: Sequence[Factor], budget: float, tried: Iterable[Tried]) -> Kinds:
    """The levers that the cost depends on most, at most three, by what was tried.

    One that moves the cost from one end to the other by a tenth of the budget, by least squares over all candidates;
    if none does, those that can be set to nothing; if none can, all.

    Args:
        levers: that may be changed.
        budget: USD.
        tried: candidates of the search.
    """
    moved = cost_moved(levers, [one for one in tried if np.isfinite(one.cost)])
    telling = [lever for lever in levers if moved[lever.key] > MOVES * budget]
    telling = telling or [lever for lever in levers if can_be_nothing(lever)] or list(levers)
    telling = sorted(telling, key=lambda lever: -moved[lever.key])[:MOST]
    return Kinds(tuple(lever for lever in levers if lever in telling))


def cost_moved(levers: Sequence[Factor], tried: Sequence[Tried]) -> dict[str, float]:
    """By how much the cost moves over what may be chosen of each lever, by least squares (USD)."""
    # A plan may have a word, or nothing, where what may be chosen are numbers: it has no place on the line then.
    tried = [one for one in tried if all(_has_a_place(lever, one.values[lever.key]) for lever in levers)]
    columns, owners = [np.ones(len(tried))], [""]
    for lever in levers:
        values = [one.values[lever.key] for one in tried]
        if lever.is_numeric:
            numbers = np.array(values, dtype=np.float64)
            reach = float(np.ptp(numbers)) if len(numbers) else 0.0
            columns.append((numbers - numbers.min()) / reach if reach > 0 else np.zeros(len(tried)))
            owners.append(lever.key)
            continue
        for level in dict.fromkeys(values):
            columns.append(np.array([value == level for value in values], dtype=np.float64))
            owners.append(lever.key)
    slopes = np.linalg.lstsq(np.array(columns).T, np.array([one.cost for one in tried]), rcond=None)[0]
    found = {}
    for lever in levers:
        own = [float(slope) for slope, owner in zip(slopes, owners, strict=True) if owner == lever.key]
        found[lever.key] = abs(own[0]) if len(own) == 1 else max(own) - min(own) if own else 0.0
    return found


def _has_a_place(lever: Factor, value: Any) -> bool:
    return not lever.is_numeric or isinstance(value, (int, float))
