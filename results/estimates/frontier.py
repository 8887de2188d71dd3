"""Which of several plans are worth considering at all, whatever a unit is worth, and what each step up costs.

Plans are ordered by cost. One that costs no less than another and yields no more is *dominated*. One that a mix of two
others would beat, so many networks of the one and so many of the other, is dominated *by extension*. What is left is
the frontier: each step along it costs more for each unit than the step before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import nan
from typing import Literal

Standing = Literal["frontier", "dominated", "extended", "same"]


@dataclass(frozen=True)
class Point:
    """A plan in the plane: its name, average cost (USD) and average effect."""

    name: str
    cost: float
    effect: float


@dataclass(frozen=True)
class Placed:
    """Where a plan stands.

    Attributes:
        name: of the plan.
        cost: average, USD.
        effect: average, in the effect's unit.
        standing: on the frontier; dominated by one other; by a mix of two ("extended"); "same" as one before it.
        by: names of those that dominate it, or of the same one; on the frontier, the one from which it is a step up.
        ratio: on the frontier, cost of each unit more than that one yields, USD; nan for the cheapest, and elsewhere.
    """

    name: str
    cost: float
    effect: float
    standing: Standing
    by: tuple[str, ...]
    ratio: float


def frontier(points: Sequence[Point]) -> tuple[Placed, ...]:
    """Where each plan stands, in the order of cost; of equals the one that is given first.

    Source:
        Weinstein & Zeckhauser 1973, J. Public Economics 2(2), and Karlsson & Johannesson 1996, PharmacoEconomics 9(2):
        the rule; Drummond et al. 2015, Methods for the Economic Evaluation of Health Care Programmes, 4th ed.,
        chapter 4.
    """
    order = sorted(points, key=lambda one: (one.cost, -one.effect))  # sorted leaves equals as they are given
    left: list[Point] = []
    out: dict[str, tuple[Standing, tuple[str, ...]]] = {}
    for one in order:
        best = left[-1] if left else None
        if best is None or one.effect > best.effect:
            left.append(one)
        else:
            same = (one.cost, one.effect) == (best.cost, best.effect)
            out[one.name] = ("same" if same else "dominated"), (best.name,)
    hull: list[Point] = []
    for one in left:
        while len(hull) > 1 and _ratio(hull[-2], hull[-1]) >= _ratio(hull[-1], one):
            out[hull.pop().name] = "extended", ()
        hull.append(one)
    steps = {one.name: (before, _ratio(before, one)) for before, one in pairwise(hull)}
    placed = []
    for one in order:
        standing, by = out.get(one.name, ("frontier", ()))
        ratio = nan
        if standing == "frontier" and one.name in steps:
            before, ratio = steps[one.name]
            by = (before.name,)
        if standing == "extended":
            by = _around(one, hull)
        placed.append(Placed(one.name, one.cost, one.effect, standing, by, ratio))
    return tuple(placed)


def _ratio(one: Point, other: Point) -> float:
    return (other.cost - one.cost) / (other.effect - one.effect)


def _around(one: Point, hull: Sequence[Point]) -> tuple[str, ...]:
    """The two of the frontier between which it lies, by effect."""
    below = [other for other in hull if other.effect < one.effect]
    above = [other for other in hull if other.effect > one.effect]
    return below[-1].name, above[0].name
