"""What a difference in cost buys, as the JSON of `compare` and its table say it."""

from collections.abc import Sequence
from math import isnan
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from results.comparing.acceptability_documents import TO, places_of
from results.estimates.acceptability import horizon_of
from results.estimates.incremental import EFFECTS, PAYERS, Effect, Incremental, Payer, Verdict
from results.words.document import finite
from results.words.narrative import Block
from results.words.numbers import digits, num
from results.words.schema import Count, Number
from results.words.sentence import in_turn, told
from results.words.table import Table
from simulation.outcomes import Horizon


class IncrementalDocument(TypedDict):
    """What an added unit of an effect costs, or one given up saves, compared with the baseline."""

    scenario: str
    horizon: Annotated[Horizon, Field(description="month to which both are counted")]
    effect: Effect
    payer: Payer
    cost: Annotated[Number, Field(description="average difference in cost, USD")]
    gain: Annotated[Number, Field(description="average difference in effect")]
    ratio: Annotated[Number, Field(description="USD a unit; null where it means nothing")]
    low: Annotated[Number, Field(description="lower end of its 95 % interval, by Fieller's theorem")]
    high: Number
    verdict: Verdict
    replicates: Count


def incremental_document(one: Incremental) -> IncrementalDocument:
    """One of them."""
    return {
        "scenario": one.scenario,
        "horizon": one.horizon,
        "effect": one.effect,
        "payer": one.payer,
        "cost": finite(one.cost),
        "gain": finite(one.gain),
        "ratio": finite(one.ratio),
        "low": finite(one.low),
        "high": finite(one.high),
        "verdict": one.verdict,
        "replicates": one.replicates,
    }


def incremental_blocks(found: Sequence[Incremental]) -> tuple[Block, ...]:
    """What the difference in cost buys, counted to one month: a table, and a line of what cannot be told.

    That month is a year after closing if all networks have closed, else the last one.
    """
    horizon = horizon_of(found)
    shown = [one for one in found if one.horizon == horizon and one.verdict not in ("missing", "same effect")]
    by_place = {(one.scenario, one.effect, one.payer): one for one in shown}
    asked = [
        (scenario, effect)
        for scenario in dict.fromkeys(one.scenario for one in shown)
        for effect in EFFECTS
        if (scenario, effect, "funder") in by_place
    ]
    clear = [place for place in asked if any(by_place[(*place, payer)].verdict != "effect unclear" for payer in PAYERS)]
    rows = tuple(
        (scenario, told(f"buys.{effect}"), *(_cell(by_place[scenario, effect, payer]) for payer in PAYERS))
        for scenario, effect in clear
    )
    header = ("", *(told(f"buys.{what}") for what in ("each", "funder", "both")))
    table = [Table(told(f"buys.{TO[horizon]}"), header, rows)] if rows else []
    line = _untold([place for place in asked if place not in clear])
    return (*table, *([(line,)] if line else []))


def _untold(places: Sequence[tuple[str, Effect]]) -> str:
    """Where no price can be given, in one line; "" where one can everywhere."""
    if not places:
        return ""
    each = []
    for scenario in dict.fromkeys(scenario for scenario, _ in places):
        things = tuple(told(f"buys.{effect}") for name, effect in places if name == scenario)
        each.append(told("buys.untold.plan", plan=scenario, things=things))
    return told("buys.untold", each=in_turn(each, "comma"))


def _cell(one: Incremental) -> str:
    if isnan(one.ratio) or one.verdict == "cost unclear":
        return _what(one.verdict)
    half = (one.high - one.low) / 2
    places = places_of(one.ratio) or digits(max(abs(one.low), abs(one.high)), "usd", half)
    middle, low, high = (num(value, "usd", places) for value in (one.ratio, one.low, one.high))
    return told("buys.price", what=_what(one.verdict), middle=middle, low=low, high=high)


def _what(verdict: Verdict) -> str:
    return told("missing" if verdict == "missing" else f"buys.{verdict.replace(' ', '_')}")
