"""Boxes: regions of a design, each a limit or two on a few factors, and how much of what fails lies in them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil, floor, inf, isinf, log10
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.designs.design import Design
from scenarios.designs.factors import Factor
from scenarios.schema.keys import key_named

Flags = NDArray[np.bool_]
Values = NDArray[np.float64]
FINEST = 50
"""Parts of a range to which limits are rounded: finer than that no sentence needs them."""


@dataclass(frozen=True, eq=False)
class Axis:
    """A factor as something that limits can be put on.

    Attributes:
        factor: what is varied.
        levels: its levels in the order that limits go by, numbers before "never"; empty where it is a range, or has so
            many levels, all numbers, that it is taken for one.
        along: where each point lies: the value in a range, else the place of its level, float[points].
    """

    factor: Factor
    levels: tuple[Any, ...]
    along: Values

    @property
    def is_ordered(self) -> bool:
        """Whether limits are from here to there, and not these and those."""
        return not self.levels or all(_has_order(self.factor, level) for level in self.levels)

    @cached_property
    def ends(self) -> tuple[float, float]:
        """The least and the greatest value."""
        if self.levels:
            return 0.0, len(self.levels) - 1.0
        if self.factor.levels:
            return float(min(self.factor.levels)), float(max(self.factor.levels))
        if not self.factor.is_even:  # where it ends, hardly any point is
            return float(self.along.min()), float(self.along.max())
        assert self.factor.low is not None
        assert self.factor.high is not None
        return float(self.factor.low), float(self.factor.high)

    def rounded(self, limit: float, *, upper: bool) -> float:
        """A limit that can be read: of whole numbers one of them, in any other range a number with a digit or two.

        Whole numbers are rounded inward: "3.5 or less" is 3 or less. 4 or less would let in points that the box was
        found without.

        Args:
            limit: as it was found, often halfway between two values.
            upper: whether it is an upper limit.
        """
        low, high = self.ends
        if isinf(limit):
            return limit
        if self.factor.levels and not self.levels and all(isinstance(level, int) for level in self.factor.levels):
            inside = [level for level in self.factor.levels if (level <= limit if upper else level >= limit)]
            return float(max(inside) if upper else min(inside)) if inside else limit
        if self.levels or self.factor.whole:
            return float(floor(limit) if upper else ceil(limit))
        return round(limit, -floor(log10((high - low) / FINEST))) + 0.0


def axes_of(design: Design) -> tuple[Axis, ...]:
    """The factors of a design."""
    return tuple(_axis(factor, design.shares[:, place]) for place, factor in enumerate(design.factors))


def _axis(factor: Factor, shares: Values) -> Axis:
    found = [factor.value(share) for share in shares.tolist()]
    if not factor.levels or (len(factor.levels) > FINEST and factor.is_numeric):
        return Axis(factor, (), np.array(found, dtype=np.float64))
    ordered = factor.levels
    if all(_has_order(factor, level) for level in ordered):
        ordered = tuple(sorted(ordered, key=lambda level: inf if isinstance(level, str) else level))
    place = {level: float(number) for number, level in enumerate(ordered)}
    return Axis(factor, ordered, np.array([place[value] for value in found]))


def _has_order(factor: Factor, level: Any) -> bool:
    """A number has one, and "never" comes after all months."""
    if isinstance(level, str):
        known = key_named(factor.key)
        return known is not None and bool(known.word) and level == known.word
    return isinstance(level, (int, float)) and not isinstance(level, bool)


@dataclass(frozen=True)
class Limit:
    """What a box says of one factor, in the terms of its axis.

    Attributes:
        key: of the factor.
        low: least value within; -inf where there is no such limit.
        high: greatest value within; inf where there is none.
        places: levels within, by their places, of a factor without order; None of others.
    """

    key: str
    low: float = -inf
    high: float = inf
    places: frozenset[int] | None = None

    def holds(self, axis: Axis) -> Flags:
        """Which points it lets in, bool[points]."""
        if self.places is not None:
            return np.isin(axis.along, list(self.places))
        return (axis.along >= self.low) & (axis.along <= self.high)

    def parts(self) -> tuple["Limit", ...]:
        """Its lower and its upper side, each a limit by itself."""
        if self.places is not None:
            return (self,)
        low = (replace(self, high=inf),) if not isinf(self.low) else ()
        return (*low, replace(self, low=-inf)) if not isinf(self.high) else low


Box = tuple[Limit, ...]
"""Limits, each on a factor of its own; without any it holds everything."""


def within(box: Sequence[Limit], axes: Sequence[Axis]) -> Flags:
    """Which points lie in a box, bool[points]."""
    named = {axis.factor.key: axis for axis in axes}
    inside = np.ones(len(axes[0].along), dtype=bool)
    for limit in box:
        inside &= limit.holds(named[limit.key])
    return inside


def joined(sides: Sequence[Limit]) -> Box:
    """Sides put together again, one limit a factor."""
    limits: dict[str, Limit] = {}
    for side in sides:
        there = limits.get(side.key)
        limits[side.key] = (
            side if there is None else replace(there, low=max(there.low, side.low), high=min(there.high, side.high))
        )
    return tuple(limits.values())


def information(inside: Flags, fails: Flags) -> float:
    """How much it says of a point's failing to know whether it lies in a box (nats, over all points).

    The log-likelihood ratio of one chance of failing inside and another outside against one everywhere. It weighs a
    box that holds much of what fails against one in which nearly all fails by what each tells, without a weight of
    ours. Below 0 where less fails inside than outside.

    Source: the deviance by which Breiman et al. (1984), Classification and Regression Trees, split; taking it to choose
    from a peeling trajectory, which Friedman & Fisher leave to the reader's eye, is ours.

    Args:
        inside: which points lie in the box, bool[points].
        fails: which fail, bool[points].
    """
    points, failing = len(fails), int(fails.sum())
    held, held_failing = int(inside.sum()), int((inside & fails).sum())
    told = (
        _likelihood(held, held_failing)
        + _likelihood(points - held, failing - held_failing)
        - _likelihood(points, failing)
    )
    return told if held_failing * points > failing * held else -told


def _likelihood(points: int, failing: int) -> float:
    from scipy.special import xlogy

    share = failing / points if points else 0.0
    return float(xlogy(failing, share) + xlogy(points - failing, 1 - share))


def quasi_p(box: Sequence[Limit], side: Limit, axes: Sequence[Axis], fails: Flags) -> float:
    """How easily chance would make a box as dense as it is without one of its limits.

    The chance that so many of the box's points fail if each failed as often as the points do that the box would hold
    without that side. "Quasi", because the search has looked at many boxes before.

    Source: Bryant & Lempert (2010), Technological Forecasting & Social Change 77, doi:10.1016/j.techfore.2009.08.002.

    Args:
        box: with that side.
        side: one of `parts` of one of its limits.
        axes: the factors.
        fails: which points fail, bool[points].
    """
    from scipy.special import bdtrc

    others = [one for limit in box for one in limit.parts() if one != side]
    inside, wider = within(box, axes), within(joined(others), axes)
    share = float((wider & fails).sum() / wider.sum())
    failing, points = int((inside & fails).sum()), int(inside.sum())
    return float(bdtrc(failing - 1, points, share)) if failing else 1.0
