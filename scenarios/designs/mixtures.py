"""Mixtures of two scenarios: what one changes of the other, and the scenarios in which only some of it is changed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import replace as with_fields
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from scenarios.files.faults import ScenarioError
from scenarios.reading.layers import FILES
from scenarios.reading.reading import OF_A_ROSTER, replace
from scenarios.reading.replicates import check_particles
from scenarios.reading.writing import to_dict
from scenarios.schema.contradictions import TOGETHER
from scenarios.schema.keys import KEYS, value_of
from scenarios.schema.posterior import Posterior
from scenarios.schema.scenario import Scenario

LONGEST_NAME = 120
"""Characters of a mixture's name, at the most: it is part of file names."""


@dataclass(frozen=True)
class Change:
    """Keys that change together, from one scenario to another.

    Attributes:
        keys: dotted; one, unless they belong to one roster, or one without another would contradict the scenario.
        before: their values in the first scenario.
        after: their values in the second.
        was_open: of each, whether a posterior varies it over replicates in the first scenario, around that value.
        is_open: the same of the second.
    """

    keys: tuple[str, ...]
    before: tuple[Any, ...]
    after: tuple[Any, ...]
    was_open: tuple[bool, ...]
    is_open: tuple[bool, ...]


@dataclass(frozen=True)
class Mixtures:
    """Two scenarios, and all that lies between them.

    A coalition is a set of changes, written as a whole number: bit i says whether change i is made. 0 is the first
    scenario as it is, and all bits the second.

    Attributes:
        base: the first scenario.
        scenario: the second.
        changes: what differs, in the order of the schema.
    """

    base: Scenario
    scenario: Scenario
    changes: tuple[Change, ...]

    @property
    def whole(self) -> int:
        """The coalition of all changes."""
        return (1 << len(self.changes)) - 1

    def mixture(self, coalition: int) -> Scenario:
        """The scenario in which the changes of a coalition are made, and no other.

        Raises:
            ScenarioError: if it contradicts itself.
        """
        if coalition in (0, self.whole):
            return self.scenario if coalition else self.base
        keys = [key for place, one in enumerate(self.changes) if coalition >> place & 1 for key in one.keys]
        return _mixed(self.base, self.scenario, keys, self._names[coalition])

    @cached_property
    def _names(self) -> "_Names":
        return _Names(self)


class _Names:
    """Names of mixtures: the baseline's, and the keys that are changed; numbers of changes, where any is too long."""

    def __init__(self, mixtures: Mixtures) -> None:
        self._base = mixtures.base.name
        self._parts = ["+".join(change.keys) for change in mixtures.changes]
        if len("+".join([self._base, *self._parts])) > LONGEST_NAME:
            self._parts = [str(number) for number in range(1, len(self._parts) + 1)]
        self._taken = {mixtures.base.name, mixtures.scenario.name}

    def __getitem__(self, coalition: int) -> str:
        made = [part for place, part in enumerate(self._parts) if coalition >> place & 1]
        name = "+".join([self._base, *made])
        return f"{name}+" if name in self._taken else name


def mixtures_of(base: Scenario, scenario: Scenario) -> Mixtures:
    """What differs between two scenarios, as fine as every mixture of it is a scenario without contradiction.

    Members and ties from files, and what they settle, are one change. Of other keys, each is one by itself, unless a
    mixture contradicts itself: then the two are joined that leave the fewest mixtures contradictory, of equals two of
    one table, then the first in the order of the schema; and so on until none is left.

    Args:
        base: the first scenario.
        scenario: the second; of the same posterior, if any, but for what either of them settles.

    Raises:
        ScenarioError: if they do not differ, or carry different posteriors.
    """
    _union(base.posterior, scenario.posterior)
    groups = _joined(base, scenario, _groups(base, scenario))
    if not groups:
        raise ScenarioError(
            f"{base.name} and {scenario.name} do not differ in any value, so there is nothing to explain; change a "
            "value in the file of one of them (--set changes it in both)"
        )
    return Mixtures(base, scenario, tuple(_change(base, scenario, keys) for keys in groups))


def _change(base: Scenario, scenario: Scenario, keys: Sequence[str]) -> Change:
    sides = base, scenario
    before, after = (tuple(_named(key, value_of(side, key)) for key in keys) for side in sides)
    was_open, is_open = (tuple(_is_open(side, key) for key in keys) for side in sides)
    return Change(tuple(keys), before, after, was_open, is_open)


def _named(key: str, value: Any) -> Any:
    return Path(value).name if key in FILES else value


def _is_open(scenario: Scenario, key: str) -> bool:
    return scenario.posterior is not None and key in scenario.posterior.keys


def _groups(base: Scenario, scenario: Scenario) -> list[tuple[str, ...]]:
    """Keys that differ, in value or in whether it is known, one by one; those of rosters that differ, together."""

    def differs(key: str) -> bool:
        one, other = ((value_of(side, key), _is_open(side, key)) for side in (base, scenario))
        return one != other

    different = [key for key in KEYS if key not in FILES and differs(key)]
    if to_dict(base)["roster"] == to_dict(scenario)["roster"]:
        return [(key,) for key in different if base.roster is None or key not in OF_A_ROSTER]
    roster = (*(key for key in FILES if value_of(base, key) != value_of(scenario, key)),)
    roster += tuple(key for key in different if key in OF_A_ROSTER)
    return [roster, *((key,) for key in different if key not in OF_A_ROSTER)]


def _joined(base: Scenario, scenario: Scenario, groups: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The groups, joined where one without the other would contradict the scenario."""
    found: list[tuple[str, ...]] = []
    for component in _components(groups):
        bad = {
            made
            for size in range(1, len(component))
            for made in map(frozenset, combinations(component, size))
            if not _stands(base, scenario, made)
        }
        parts = [frozenset([group]) for group in component]
        while _contradictory(parts, bad):
            parts = min(_with_two_joined(parts), key=lambda some: (_contradictory(some[1], bad), some[0]))[1]
        found += [tuple(key for group in groups if group in part for key in group) for part in parts]
    order = list(KEYS)
    return sorted((tuple(sorted(keys, key=order.index)) for keys in found), key=lambda keys: order.index(keys[0]))


Part = frozenset[tuple[str, ...]]


def _components(groups: Iterable[tuple[str, ...]]) -> list[list[tuple[str, ...]]]:
    """Groups that can contradict each other, together."""
    components: list[list[tuple[str, ...]]] = []
    for group in groups:
        touched = {number for number, keys in enumerate(TOGETHER) if set(keys).intersection(group)}
        near = [
            one
            for one in components
            if any(set(TOGETHER[number]).intersection(key for other in one for key in other) for number in touched)
        ]
        components = [one for one in components if one not in near]
        components.append([*(other for one in near for other in one), group])
    return components


def _stands(base: Scenario, scenario: Scenario, made: Iterable[tuple[str, ...]]) -> bool:
    try:
        _mixed(base, scenario, [key for group in made for key in group], "mixture")
    except ScenarioError:
        return False
    return True


def _contradictory(parts: Sequence[Part], bad: set[Part]) -> int:
    """How many mixtures contradict themselves (count)."""
    return sum(frozenset().union(*made) in bad for size in range(1, len(parts)) for made in combinations(parts, size))


def _with_two_joined(parts: Sequence[Part]) -> Iterator[tuple[bool, list[Part]]]:
    """Each way to join two parts, and whether they are of different tables."""
    for one, other in combinations(parts, 2):
        tables = [{key.partition(".")[0] for group in part for key in group} for part in (one, other)]
        rest = [part for part in parts if part not in (one, other)]
        yield tables[0].isdisjoint(tables[1]), [one | other, *rest]


def _mixed(base: Scenario, scenario: Scenario, keys: Sequence[str], name: str) -> Scenario:
    values = {key: value_of(scenario, key) for key in keys}
    mixed = replace(base.with_posterior(None), {"name": name, **values})
    if (everything := _union(base.posterior, scenario.posterior)) is not None:
        known = [key for key in everything.keys if not _is_open(scenario if key in keys else base, key)]
        mixed = mixed.with_posterior(everything.without(known))
        check_particles(mixed)
    return mixed


def _union(one: Posterior | None, other: Posterior | None) -> Posterior | None:
    """What neither of two scenarios of one posterior has settled alone."""
    if one is None or other is None:
        return one or other
    if one.keys == other.keys and one == other:
        return one
    same = np.array_equal(one.weights, other.weights) and all(
        np.array_equal(one.values[:, one.keys.index(key)], other.values[:, other.keys.index(key)])
        for key in one.keys
        if key in other.keys
    )
    if not same:
        raise ScenarioError("the two scenarios carry different posteriors; load both of them with the same one")
    more = [place for place, key in enumerate(other.keys) if key not in one.keys]
    return with_fields(
        one,
        keys=(*one.keys, *(other.keys[place] for place in more)),
        values=np.column_stack([one.values, other.values[:, more]]),
    )
