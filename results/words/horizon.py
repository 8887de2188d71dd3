"""Up to which month things are counted."""

from collections.abc import Iterable, Sequence

from results.words.sentence import in_turn, told
from scenarios import Scenario

ENDS = frozenset(
    (
        "closing.month",
        "network.months",
        "closing.follow_up",
        "closing.renewal_months",
        "behaviour.renewal_chance",
        "members.champions",
    )
)
"""Keys that decide in which month things are counted, or with which the whole run ends."""


def horizon(scenarios: Sequence[Scenario]) -> str:
    """Up to which month things are counted, and what a cost per collaboration is."""
    return in_turn([counted_until(scenarios), told("until.cost")])


def counted_until(scenarios: Sequence[Scenario]) -> str:
    """Up to which month things are counted: what is for the planned closing, and what is for the whole run."""
    ends: dict[tuple[int, int, bool], list[str]] = {}
    for one in scenarios:
        closes = 0 < one.closing_month == one.reporting_month
        ends.setdefault((one.reporting_month, one.last_month, closes), []).append(one.name)
    parts: list[str] = []
    for (reporting, last, closes), names in ends.items():
        part = told(f"until.{'closing' if closes else 'last'}", month=str(reporting), last=str(last))
        parts.append(part if len(ends) == 1 else told("until.of", part=part, plans=in_turn(names, "comma")))
    renewed = any(one.can_be_renewed for one in scenarios)
    return told("until.renewed" if renewed else "until", parts=in_turn(parts, "semicolon"))


def counted_until_each(scenarios: Sequence[Scenario], keys: Iterable[str], those: str) -> str:
    """The same of scenarios of which something is varied, which may be when they end.

    Args:
        scenarios: before anything is varied.
        keys: that are varied.
        those: what they are varied over, such as "points".
    """
    if ENDS.isdisjoint(keys):
        return counted_until(scenarios)
    return (
        "Unless a row says otherwise, numbers are for the end of the month in which a network is planned to close, or "
        f"of its last month if it does not close. That month, or the length of the whole run, may differ between "
        f"{those}: with more time, more can happen and more is spent."
    )
