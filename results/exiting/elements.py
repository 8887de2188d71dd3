"""What each element of an exit is worth by itself: plans that differ in nothing else, with the same luck.

Every plan that has the element is paired with the one that is the same but for it. Network by network the two groups
are averaged over these pairs, so that one difference is left for each network; its interval is that of any other.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from results.estimates.comparison import Difference, difference
from results.exiting.plans import Plan
from results.exiting.question import Lived, Question
from results.optimising.search import COST
from scenarios.schema.assumptions import ASSUMPTIONS, Assumption
from simulation.running.ensemble import Ensemble

ElementName = Literal["notice", "taper", "capstone", "handover", "co-funder", "end"]
ELEMENTS: Mapping[ElementName, tuple[str, ...]] = {
    "notice": ("notice",),
    "taper": ("taper",),
    "capstone": ("capstone",),
    "handover": ("handover",),
    "co-funder": ("replaced",),
    "end": ("stops",),
}
"""Element -> what of a plan it is made of."""
RESTS_ON: Mapping[str, tuple[str, ...]] = {
    "notice": ("notice",),
    "reduced": ("wind-down",),
    "steps": ("funder-exit",),
    "full": (),
    "capstone": ("capstone",),
    "handover": ("handover", "stewardship"),
    "co-funder": ("members-replace",),
    "end": ("closed-initiative", "closed-hazard"),
}
"""Element -> what it rests on: mechanisms of the register of assumptions."""


@dataclass(frozen=True, eq=False)
class Element:
    """One element of an exit, compared with its absence, or with what is planned.

    Attributes:
        name: which.
        plan: a plan that has it.
        other: the same plan but for it.
        differences: with it less without it, an outcome each; the intervals hold for all elements at once.
        cost: the same of the cost of the rest (USD).
        pairs: plans that differ in nothing else, with and without (count).
    """

    name: ElementName
    plan: Plan
    other: Plan
    differences: tuple[Difference, ...]
    cost: Difference
    pairs: int

    @property
    def is_clear(self) -> bool:
        """Whether it can be told from nothing in the outcome that decides."""
        return self.differences[0].is_clear


def elements(asked: Question, tried: Sequence[Lived]) -> tuple[Element, ...]:
    """What each element is worth, over all plans, whatever they cost."""
    named = [(name, level, pairs) for name in ELEMENTS for level, pairs in _pairs(name, tried).items()]
    return tuple(_worth(asked, name, pairs, len(named)) for name, _, pairs in named)


def _level(name: ElementName, plan: Plan) -> tuple[Any, ...]:
    return tuple(getattr(plan, part) for part in ELEMENTS[name])


def _rest(name: ElementName, plan: Plan) -> tuple[Any, ...]:
    return tuple(_level(other, plan) for other in ELEMENTS if other != name)


def _pairs(name: ElementName, tried: Sequence[Lived]) -> dict[tuple[Any, ...], list[tuple[Lived, Lived]]]:
    """By level of an element other than the reference, plans that have it and their twins that have the reference."""
    reference = _reference(name, [one.plan for one in tried])
    twins = {_rest(name, one.plan): one for one in tried if _level(name, one.plan) == reference}
    found: dict[tuple[Any, ...], list[tuple[Lived, Lived]]] = {}
    for one in sorted(tried, key=lambda one: _level(name, one.plan)):
        level = _level(name, one.plan)
        twin = twins.get(_rest(name, one.plan))
        if level != reference and twin is not None:
            found.setdefault(level, []).append((one, twin))
    return found


def _reference(name: ElementName, plans: Sequence[Plan]) -> tuple[Any, ...]:
    """What an element is compared with: that it is not there; else what is planned, if more than one plan has that."""
    if name in ("capstone", "handover"):
        return (False,)
    counts = Counter(_level(name, one) for one in plans)
    planned = _level(name, plans[0])
    return planned if counts[planned] > 1 else max(sorted(counts), key=lambda level: counts[level])


def _worth(asked: Question, name: ElementName, pairs: Sequence[tuple[Lived, Lived]], several: int) -> Element:
    one, twin = (_together(asked, [pair[side] for pair in pairs]) for side in (0, 1))
    apart = [difference(one, twin, outcome, scenario=name, several=several) for outcome in (*asked.outcomes, COST)]
    plan, other = pairs[0][0].plan, pairs[0][1].plan
    return Element(name, plan, other, tuple(apart[:-1]), apart[-1], len(pairs))


def _together(asked: Question, several: Sequence[Lived]) -> Ensemble:
    """Networks that are the average over plans, one by one; a ratio is that of the averages."""
    values = np.zeros_like(several[0].ensemble.values)
    for one in several:  # in their order, so that the sum is the same everywhere
        values = values + one.ensemble.values
    values = values / len(several)
    known = several[0].ensemble.outcomes
    for outcome in known.all:
        if outcome.over is not None:
            above, below = (values[:, known.names.index(name)] for name in outcome.over)
            safe = np.where(below > 0, below, 1.0)
            values[:, known.names.index(outcome.name)] = np.where(below > 0, above / safe, np.nan)
    return replace(several[0].ensemble, scenario=asked.scenario, values=values)


def grounds(elements: Sequence[Element]) -> list[Assumption]:
    """Mechanisms that elements act through, as the register of assumptions has them."""
    wanted: dict[str, None] = {}
    for one in elements:
        names = (one.plan.shape, one.other.shape) if one.name == "taper" else (one.name,)
        wanted |= dict.fromkeys(name for part in names for name in RESTS_ON[part])
    by_id = {one.id: one for one in ASSUMPTIONS}
    return [by_id[name] for name in wanted]
