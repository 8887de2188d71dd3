"""Where two networks have the same luck.

Random numbers go by seed, replicate, month and member (its number, or its name in a roster), so two networks of one
seed have the same luck as far as they have the same members in the same months, and no further.
"""

from collections.abc import Iterable

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
