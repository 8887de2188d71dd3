"""Introductions as part of a plan: a scenario with some more of them, and what its networks come to."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations

from scenarios import Scenario

Group = tuple[int, ...]
"""Members that are introduced to each other, by number, ascending: two of them, or up to five."""


def with_introductions(scenario: Scenario, groups: Iterable[Group], month: int) -> Scenario:
    """The scenario in which, besides what it plans, all members of each group are introduced to each other."""
    roster = scenario.roster
    assert roster is not None, "only members with names are introduced"
    more = {(month, one, other) for group in groups for one, other in combinations(group, 2)}
    whole = tuple(sorted({*roster.introductions, *more}))
    return scenario.with_roster(replace(roster, introductions=whole))
