"""The levers of a search as whole numbers, places on each; and where it begins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from scenarios.designs.factors import Factor

STEPS = 200
"""Steps into which a range is cut: a split that nobody could tell from its neighbour need not be looked for."""


@dataclass(frozen=True)
class Space:
    """The levers as whole numbers: places on each."""

    levers: tuple[Factor, ...]

    @property
    def counts(self) -> tuple[int, ...]:
        """Places of each lever (count)."""
        return tuple(_count(lever) for lever in self.levers)

    @property
    def size(self) -> int:
        """Candidates that there are (count)."""
        return prod(self.counts)

    def values(self, places: Sequence[int]) -> dict[str, Any]:
        """Key -> value at some places."""
        return {lever.key: lever.value(_share(lever, place)) for lever, place in zip(self.levers, places, strict=True)}

    def named(self, places: Sequence[int]) -> dict[str, int]:
        """Key -> place."""
        return {lever.key: place for lever, place in zip(self.levers, places, strict=True)}

    def nearest(self, values: Mapping[str, Any]) -> tuple[int, ...] | None:
        """Where the values stand; None where one is outside of what may be chosen."""
        places = []
        for lever, count in zip(self.levers, self.counts, strict=True):
            value, there = values[lever.key], [lever.value(_share(lever, place)) for place in range(count)]
            if value in there:
                places.append(there.index(value))
            elif lever.is_numeric and isinstance(value, (int, float)) and min(there) <= value <= max(there):
                places.append(int(np.argmin(np.abs(np.array(there, dtype=np.float64) - value))))
            else:
                return None
        return tuple(places)


def _count(lever: Factor) -> int:
    if lever.levels:
        return len(lever.levels)
    if lever.whole:
        return int(lever.high or 0) - int(lever.low or 0) + 1
    return STEPS + 1


def _share(lever: Factor, place: int) -> float:
    return (place + 0.5) / _count(lever) if lever.levels or lever.whole else place / STEPS


def first_places(space: Space, planned: Mapping[str, Any], trials: int, seed: int) -> list[tuple[int, ...]]:
    """Candidates to begin with: as planned, everything on one lever, nothing, everything; then spread evenly.

    Args:
        space: where they stand.
        planned: values of the levers as planned.
        trials: at the most (count).
        seed: of the spread.
    """
    from scipy.stats import qmc

    counts = space.counts
    corners = [
        tuple(count - 1 if place == only else 0 for place, count in enumerate(counts)) for only in range(len(counts))
    ]
    ends = [tuple(0 for _ in counts), tuple(count - 1 for count in counts)]
    as_planned = space.nearest(planned)
    spread = qmc.LatinHypercube(len(counts), rng=np.random.default_rng(seed)).random(max(10, trials // 5))
    even = [
        tuple(min(count - 1, int(share * count)) for share, count in zip(row, counts, strict=True)) for row in spread
    ]
    first = ([as_planned] if as_planned else []) + [*corners, *ends, *even]
    return list(dict.fromkeys(first))[:trials]
