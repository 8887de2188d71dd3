"""In what networks differ that are compared with each other, so that not everything about them is alike."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from results.estimates.same_luck import have_same_members
from results.words.numbers import as_num
from results.words.sentence import in_turn, told
from scenarios import Scenario


def unlike(scenarios: Sequence[Scenario]) -> list[str]:
    """In what they differ, a sentence each."""
    found: list[str] = []
    if not all(have_same_members(one, other) for one, other in pairwise(scenarios)):
        found.append(told("unlike.members", each=_each(scenarios, _members)))
    if len({one.reporting_month for one in scenarios}) > 1:
        found.append(told("unlike.months", each=_each(scenarios, _reported)))
    if len({one.last_month for one in scenarios}) > 1:
        found.append(told("unlike.lengths", each=_each(scenarios, _length)))
    return found


def _each(scenarios: Sequence[Scenario], word: Callable[[Scenario], str]) -> str:
    return in_turn([told("unlike.each", plan=one.name, value=word(one)) for one in scenarios], "comma")


def _members(scenario: Scenario) -> str:
    members: str = told("level.plain", level=scenario.network.members)
    if scenario.roster is not None:
        members = told("unlike.file", members=members)
    if scenario.network.joining:
        members = told("unlike.joining", members=members, joining=as_num(f"{scenario.network.joining:g}"))
    return members


def _length(scenario: Scenario) -> str:
    return told("unlike.length", count=scenario.last_month)


def _reported(scenario: Scenario) -> str:
    kind = "closing" if scenario.closes else "last"
    return told(f"unlike.month.{kind}", month=str(scenario.reporting_month))
