"""The delta-ODD of a scenario: what of the model's description it changes against the one that it builds on.

Everything comes from the schema and the register of assumptions, so it says no more and no less than they do.

Source: Grimm et al. (2020), JASSS 23(2) 7, doi:10.18564/jasss.4259, for describing a variant by its differences.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from scenarios.reading.reading import parent_of
from scenarios.reading.writing import source_of
from scenarios.schema.assumptions import ASSUMPTIONS, Assumption
from scenarios.schema.keys import KEYS, value_of
from scenarios.schema.scenario import Scenario

ELEMENTS = {
    1: "Purpose and patterns",
    2: "Entities, state variables and scales",
    3: "Process overview and scheduling",
    4: "Design concepts",
    5: "Initialization",
    6: "Input data",
    7: "Submodels",
}
"""The seven elements of an ODD."""
DEFAULTS = "the defaults"
_SCALES = ("network.members", "network.months", "network.topics", "network.regions", "network.leaders")
_SCHEDULE = (
    "facilitation.convening_every",
    "facilitation.cancelled",
    "grants.first",
    "grants.every",
    "grants.window",
    "funder.shift.month",
    "funder.exit",
    "funder.notice",
    "funder.taper",
    "closing.month",
    "closing.notice",
    "closing.wind_down_months",
    "closing.follow_up",
    "closing.renewal_months",
)
_INPUT = ("members.file", "members.ties", "members.contacts")

State = Literal["switched on", "switched off", "changed"]


@dataclass(frozen=True)
class Changed:
    """A value that is another one.

    Attributes:
        key: dotted.
        before: under the base.
        after: under the scenario.
        element: of the ODD that it belongs to, 1 to 7.
        source: where the new value comes from.
    """

    key: str
    before: Any
    after: Any
    element: int
    source: str


@dataclass(frozen=True)
class Touched:
    """A mechanism that the scenario switches on or off, or gives other values.

    Attributes:
        assumption: of the register.
        state: what becomes of it.
        keys: of its parameters, those that differ.
    """

    assumption: Assumption
    state: State
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Delta:
    """What a scenario changes.

    Attributes:
        scenario: it.
        base: name of what it builds on, or DEFAULTS.
        base_question: what that asks; "" of the defaults.
        changed: values, in the order of the schema.
        touched: mechanisms, in the order of the register.
    """

    scenario: Scenario
    base: str
    base_question: str
    changed: tuple[Changed, ...]
    touched: tuple[Touched, ...]

    def of(self, element: int) -> tuple[Changed, ...]:
        """The changed values of an element."""
        return tuple(one for one in self.changed if one.element == element)

    @property
    def unchanged(self) -> tuple[str, ...]:
        """Elements of which nothing differs."""
        asks_anew = self.base_question != self.scenario.question
        return tuple(
            name for number, name in ELEMENTS.items() if not self.of(number) and not (number == 1 and asks_anew)
        )


def delta(scenario: Scenario, name_or_path: str | os.PathLike[str]) -> Delta:
    """What a scenario changes against what its file extends, or against the defaults where it extends nothing.

    Args:
        scenario: as it was read, with overrides.
        name_or_path: from where.

    Raises:
        ScenarioError: if what it extends cannot be read.
    """
    parent = parent_of(name_or_path)
    if parent is None:
        base, question, before = DEFAULTS, "", {key: one.default for key, one in KEYS.items()}
    else:
        base, question = parent.name, parent.question
        before = {key: value_of(parent, key) for key in KEYS}
    after = {key: value_of(scenario, key) for key in KEYS}
    changed = tuple(
        Changed(key, _shown(before[key]), _shown(after[key]), element_of(key), source_of(scenario, key))
        for key in KEYS
        if before[key] != after[key]
    )
    named = {one.key for one in changed}
    touched = tuple(
        Touched(one, _state(one, before, after), tuple(key for key in one.parameters if key in named))
        for one in ASSUMPTIONS
        if named.intersection(one.parameters)
    )
    return Delta(scenario, base, question, changed, touched)


def element_of(key: str) -> int:
    """The element of the ODD that a key belongs to, 1 to 7."""
    if key in _INPUT:
        return 6
    if key in _SCALES:
        return 2
    if key in _SCHEDULE:
        return 3
    return 5 if key.startswith(("members.", "network.prior_")) else 7


def _state(one: Assumption, before: Mapping[str, Any], after: Mapping[str, Any]) -> State:
    was, is_now = one.is_at_work(before), one.is_at_work(after)
    if was == is_now:
        return "changed"
    return "switched on" if is_now else "switched off"


def _shown(value: Any) -> Any:
    """A file by its name: where it lies is nobody's concern."""
    return Path(value).name if isinstance(value, str) and os.sep in value else value
