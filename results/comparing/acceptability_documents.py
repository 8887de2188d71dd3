"""How likely plans are worth their cost, and which are worth considering: JSON, table of the run folder, and words."""

from collections.abc import Iterator, Mapping, Sequence
from math import isnan
from typing import Annotated, Any

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from results.estimates.acceptability import Curve, PlanCurve
from results.estimates.frontier import Placed, Standing
from results.estimates.incremental import Effect, Payer
from results.estimates.plan_points import Frontier
from results.folders.parquet import Columns
from results.words.counts import percent
from results.words.document import finite
from results.words.numbers import digits, num
from results.words.schema import Number
from results.words.sentence import told
from results.words.table import Table
from simulation.outcomes import Horizon

TO: Mapping[Horizon, str] = {"closing": "closing", "year after": "year", "end": "end"}
"""How the catalogue calls the month to which things are counted."""
SMALL = 10_000.0
"""USD up to which a digit after the point is shown."""


class PlanCurveDocument(TypedDict):
    """One plan along a curve: a number for each amount of `worth`; of the baseline nothing but `best`."""

    scenario: str
    chance: Annotated[list[Number], Field(description="that it is worth its cost instead of the baseline")]
    best: Annotated[list[Number], Field(description="that no other plan is worth more")]
    net_benefit: Annotated[list[Number], Field(description="average, against the baseline, USD")]


class AcceptabilityDocument(TypedDict):
    """How likely each plan is worth it, by what one is ready to pay for a unit of one effect."""

    horizon: Annotated[Horizon, Field(description="month to which cost and effect are counted")]
    effect: Effect
    payer: Payer
    worth: Annotated[list[Number], Field(description="amounts that a unit may be worth, USD")]
    plans: list[PlanCurveDocument]
    ahead: Annotated[list[str], Field(description="the plan of the greatest average net benefit, for each amount")]


class PlacedDocument(TypedDict):
    """Where a plan stands among all of them, by averages."""

    scenario: str
    cost: Annotated[Number, Field(description="average, USD")]
    amount: Annotated[Number, Field(description="average of the effect")]
    standing: Standing
    by: Annotated[list[str], Field(description="what dominates it; of a step up the frontier, the plan before")]
    ratio: Annotated[Number, Field(description="USD for each unit more than the plan before it; null elsewhere")]


class FrontierDocument(TypedDict):
    """Which plans are worth considering at all, whatever a unit of one effect is worth."""

    horizon: Horizon
    effect: Effect
    payer: Payer
    plans: list[PlacedDocument]


def acceptability_document(one: Curve) -> AcceptabilityDocument:
    """One curve."""
    return {
        "horizon": one.horizon,
        "effect": one.effect,
        "payer": one.payer,
        "worth": list(one.worths),
        "plans": [
            {
                "scenario": plan.scenario,
                "chance": [finite(value) for value in plan.chance],
                "best": [finite(value) for value in plan.best],
                "net_benefit": [finite(value) for value in plan.benefit],
            }
            for plan in one.plans
        ],
        "ahead": list(one.ahead),
    }


def frontier_document(one: Frontier) -> FrontierDocument:
    """One frontier."""
    return {
        "horizon": one.horizon,
        "effect": one.effect,
        "payer": one.payer,
        "plans": [
            {
                "scenario": plan.name,
                "cost": finite(plan.cost),
                "amount": finite(plan.effect),
                "standing": plan.standing,
                "by": list(plan.by),
                "ratio": finite(plan.ratio),
            }
            for plan in one.plans
        ],
    }


def acceptability_columns(curves: Sequence[Curve]) -> Columns:
    """A row per effect, payer, plan and amount; what the baseline has none of is missing."""
    rows = list(_rows(curves))
    words: dict[str, Any] = {
        name: [row[place] for row in rows] for place, name in enumerate(("horizon", "effect", "payer", "scenario"))
    }
    names = ("worth", "net_benefit", "low", "high", "chance", "best")
    numbers = {name: np.array([row[4 + place] for row in rows], dtype=np.float64) for place, name in enumerate(names)}
    return {**words, **numbers, "ahead": np.array([row[10] for row in rows], dtype=np.bool_)}


def _rows(curves: Sequence[Curve]) -> Iterator[tuple[Any, ...]]:
    for one in curves:
        for plan in one.plans:
            for place, worth in enumerate(one.worths):
                numbers = (plan.benefit, plan.low, plan.high, plan.chance, plan.best)
                yield (
                    one.horizon, one.effect, one.payer, plan.scenario, worth, *(each[place] for each in numbers),
                    one.ahead[place] == plan.scenario,
                )  # fmt: skip


def frontier_blocks(found: Sequence[Frontier]) -> tuple[Table, ...]:
    """Of three plans or more: which are worth considering, a row for each plan, a column for each effect."""
    shown = [one for one in found if one.payer == "funder" and len(one.plans) > 2]
    if not shown:
        return ()
    names = [plan.name for plan in shown[0].plans]
    cells = [{plan.name: _standing(plan) for plan in one.plans} for one in shown]
    header = ("", *(told(f"buys.{one.effect}") for one in shown))
    rows = tuple((name, *(each[name] for each in cells)) for name in names)
    return (Table(told(f"frontier.{TO[shown[0].horizon]}"), header, rows),)


def _standing(one: Placed) -> str:
    match one.standing:
        case "frontier" if not one.by:
            return told("frontier.first")
        case "frontier":
            return told("frontier.step", price=num(one.ratio, "usd", places_of(one.ratio)), plan=one.by[0])
        case "extended":
            return told("frontier.extended", one=one.by[0], other=one.by[1])
        case _:
            return told(f"frontier.{one.standing}", plan=one.by[0])


def worth_blocks(curves: Sequence[Curve], worth: Mapping[Effect, float]) -> tuple[Table, ...]:
    """Net benefit and chances of each plan at what a unit is worth to whoever asks; nothing where nobody said it."""
    shown = [one for one in curves if one.payer == "funder" and one.effect in worth]
    if not shown:
        return ()
    rows = []
    for one in shown:
        place, what = one.worths.index(worth[one.effect]), told(f"buys.{one.effect}")
        each = told("level.plain", level=num(worth[one.effect], "usd", places_of(worth[one.effect])))
        for plan in one.plans:
            rows.append((plan.scenario, what, each, *_worth_cells(plan, place)))
    header = ("", *(told(f"worth.{name}") for name in ("each", "amount", "net", "chance", "best")))
    return (Table(told(f"worth.{TO[shown[0].horizon]}"), header, tuple(rows), frozenset({2, 3, 4, 5})),)


def _worth_cells(plan: PlanCurve, place: int) -> tuple[str, str, str]:
    best = percent(plan.best[place])
    if isnan(plan.benefit[place]):
        return told("missing"), told("missing"), best
    mean, low, high = plan.benefit[place], plan.low[place], plan.high[place]
    places = digits(max(abs(low), abs(high)), "usd", (high - low) / 2)
    middle, near, far = (num(value, "usd", places) for value in (mean, low, high))
    net = told("worth.range", middle=middle, low=near, high=far)
    return net, percent(plan.chance[place]), best


def places_of(amount: float) -> int:
    """Digits after the point of an amount in thousand USD."""
    return 1 if abs(amount) < SMALL else 0
