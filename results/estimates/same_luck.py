"""Where two networks have the same luck, and in what else networks differ that are compared with each other.

Random numbers go by seed, replicate, month and member (its number, or its name in a roster), so two networks of one
seed have the same luck as far as they have the same members in the same months, and no further.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from scenarios import Scenario

MEMBERSHIP = ("network.members", "network.joining", "members.file", "members.without")
"""Keys that say who the members are."""


def have_same_members(one: Scenario, other: Scenario) -> bool:
    """Whether both networks have the same members, so that all of their luck can be the same."""
    names = [None if scenario.roster is None else scenario.roster.names for scenario in (one, other)]
    counts = [(scenario.network.members, scenario.network.joining) for scenario in (one, other)]
    return names[0] == names[1] and counts[0] == counts[1]


def change_members(keys: Iterable[str]) -> bool:
    """Whether networks that differ in these keys may have different members."""
    return not set(MEMBERSHIP).isdisjoint(keys)


def same_luck(keys: Iterable[str]) -> str:
    """What networks that differ in some keys share: `the same luck`, and for whom where that is not everybody."""
    return "the same luck for members that all of them have" if change_members(keys) else "the same luck"


def unlike(scenarios: Sequence[Scenario]) -> list[str]:
    """In what networks that are compared differ so that not everything about them is alike, a sentence each."""
    found = []
    if not all(have_same_members(one, other) for one, other in pairwise(scenarios)):
        found.append(
            f"Networks differ in their members ({_each(scenarios, _members)}): luck is the same only for members that "
            "both have."
        )
    if len({one.reporting_month for one in scenarios}) > 1:
        found.append(f"Outcomes for which no month is given are for different months ({_each(scenarios, _reported)}).")
    if len({one.last_month for one in scenarios}) > 1:
        found.append(
            f"Networks are simulated for different lengths ({_each(scenarios, _length)}): "
            "totals over the whole run, such as its cost, cover different lengths of time."
        )
    return found


def _each(scenarios: Sequence[Scenario], word: Callable[[Scenario], str]) -> str:
    return ", ".join(f"{one.name} {word(one)}" for one in scenarios)


def _members(scenario: Scenario) -> str:
    joining = f" and {scenario.network.joining:g} per month" if scenario.network.joining else ""
    named = " from a file" if scenario.roster is not None else ""
    return f"{scenario.network.members:,}{named}{joining}"


def _length(scenario: Scenario) -> str:
    return f"{scenario.last_month} months"


def _reported(scenario: Scenario) -> str:
    return f"month {scenario.reporting_month}, {'its closing' if scenario.closes else 'its last, as it goes on'}"
