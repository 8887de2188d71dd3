"""Tables of how to leave a network: the kinds of plans, what each element changes, and what that rests on."""

from collections.abc import Sequence

from results.estimates.comparison import Estimate
from results.exiting.changes_told import change_told, sure_told
from results.exiting.choosing import Exits, Finalist
from results.exiting.elements import grounds
from results.exiting.exits import Found
from results.exiting.plans import Plan
from results.exiting.telling import down_told, element_told, left_shortly
from results.words.numbers import label, with_half
from results.words.shares import counted_in, number_of
from results.words.table import Table
from scenarios.schema.assumptions import STANDINGS
from simulation.outcomes import outcome_named

MOST_SHOWN = 2
"""Outcomes that a terminal has room for; a page has all."""


def plan_tables(found: Exits) -> tuple[Table, tuple[Table, ...]]:
    """A row for each kind of plan in the final, the best first, then as planned; and further outcomes for a page."""
    outcomes = found.question.outcomes
    further = outcomes[MOST_SHOWN:]
    shown = _plan_table(found, "Kinds of plans, with fresh luck", outcomes[:MOST_SHOWN])
    more = (_plan_table(found, "Kinds of plans: further outcomes", further),) if further else ()
    return shown, more


def _plan_table(found: Exits, title: str, outcomes: Sequence[str]) -> Table:
    funded = any(one.replaced for one in found.question.grid.plans)
    header = (
        "plan", "told in month (months ahead)", "money at the end", "left behind", *(["others pay"] if funded else []),
        *(label(one) for one in outcomes), "rest (k USD)", "best's lead",
    )  # fmt: skip
    numbers = {one.plan.number for one in found.finalists}
    shown = [*found.finalists, *([] if found.planned.plan.number in numbers else [found.planned])]
    rows = tuple(
        (
            _called(found, one, place),
            _told(one.plan, _row(one)),
            _down(_row(one)),
            left_shortly(one.plan),
            *([f"{100 * one.plan.replaced:.0f} %"] if funded else []),
            *(level_told(one, outcome) for outcome in outcomes),
            thousand(one.report.rest_estimate()),
            change_told(one.leads[0]) if one.leads else "-",
        )
        for place, one in enumerate(shown, start=1)
    )
    return Table(title, header, rows, frozenset(range(len(header) - 2 - len(outcomes), len(header))))


def _called(found: Exits, one: Finalist, place: int) -> str:
    names = (["best"] if one is found.winner else []) + (["as planned"] if one.plan.number == 0 else [])
    return ", ".join(names) or f"{place}"


def _row(one: Finalist) -> tuple[Plan, ...]:
    """Plans that a row stands for: as planned is what is planned, and nothing like it."""
    return (one.plan,) if one.plan.number == 0 else one.alike


def _told(plan: Plan, alike: tuple[Plan, ...]) -> str:
    return f"{plan.told} ({_span([one.notice for one in alike])})"


def _down(alike: tuple[Plan, ...]) -> str:
    if alike[0].shape == "full":
        return "in full"
    return down_told(alike[0], _span([one.going_down for one in alike]))


def _span(values: Sequence[int]) -> str:
    low, high = min(values), max(values)
    return f"{low}" if low == high else f"{low} to {high}"


def element_table(found: Found) -> Table:
    """A row for each element: what it changes by itself in the first two outcomes, and what it costs."""
    outcomes = found.exits.question.outcomes[:MOST_SHOWN]
    header = ("by itself", *(label(one) for one in outcomes), "cost (k USD)", "tells")
    rows = tuple(
        (
            element_told(one),
            *(change_told(apart) for apart in one.differences[:MOST_SHOWN]),
            change_told(one.cost),
            sure_told(one.differences[0]),
        )
        for one in found.elements
    )
    return Table("What each element changes by itself", header, rows, frozenset(range(1, len(header) - 1)))


def rests_table(found: Found) -> Table:
    """What each element rests on, as the register of assumptions has it."""
    rows = tuple((one.title, STANDINGS[one.standing], one.evidence) for one in grounds(found.elements))
    return Table("What this rests on", ("assumption", "what is known", "evidence"), rows)


def level_told(one: Finalist, outcome: str) -> str:
    """What a plan comes to, and of a share with a moving base its number."""
    estimate = one.report.estimate(outcome)
    level = with_half(estimate.mean, estimate.low, estimate.high, outcome_named(outcome).scale)
    counts = {name: one.report.estimate(name) for name in counted_in(outcome)}
    return f"{level}, {number_of(counts, outcome)}" if counts else level


def thousand(one: Estimate) -> str:
    """Money in thousand USD, with half its interval."""
    return with_half(one.mean, one.low, one.high, "usd")
