"""What is asked of a portfolio: networks, their levers, one budget, and what is to come of it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from types import MappingProxyType
from typing import Any

from results.optimising.search import Luck
from scenarios import Scenario
from scenarios.designs.design import plan
from scenarios.designs.factors import Factor
from scenarios.files.faults import RequestError, near_miss
from scenarios.schema.keys import value_of
from simulation.outcomes import OUTCOMES, outcome_named
from simulation.own_outcomes.catalogue import outcomes_of

LEVERS = ("facilitation.intensity=0.2:1:0.2", "grants.per_call=0:8:2")
"""What may be changed where nobody says it: what most of the money of a network goes to."""
UNFUNDED: Mapping[str, Any] = MappingProxyType(
    {"facilitation.intensity": 0.0, "grants.per_call": 0, "closing.capstone": False, "closing.handover": False}
)
"""A network for which nobody pays: its members are there, and meet and work together as they would anyway."""
UNFUNDED_NUMBER, PLANNED = -1, 0
"""Numbers of two plans; those of the design follow."""
A_MEMBER = ("new_relationships", "unexpected_relationships")
"""Counts that are averages over members, and add up to nothing."""
ADDABLE = tuple(one.name for one in OUTCOMES if one.scale == "count" and one.name not in A_MEMBER)
"""Outcomes of which two networks together have the sum."""


@dataclass(frozen=True)
class Slot:
    """A place in a portfolio: a cohort of a network.

    Attributes:
        network: name of its scenario.
        cohort: 1 for the first, 2 for a second one with other members, and so on.
    """

    network: str
    cohort: int


@dataclass(frozen=True)
class Asked:
    """What is asked.

    Attributes:
        networks: as they are planned.
        levers: what may be changed in each of them.
        budget: that the whole costs of all together may have on average (USD).
        outcome: what is to be much, summed over the networks; one of `ADDABLE`.
        fewest: cohorts of each network that are funded in any case (count).
        most: cohorts that may be (count).
        seed: of the luck, and of the choice of plans where not all can be tried.
        trials: plans of each network that are tried, at the most, besides the two of `plans_of` (count).
        replicates: networks of each of them (count).
        final: networks of each plan that is left, to choose the split, and again to report it (count).
    """

    networks: tuple[Scenario, ...]
    levers: tuple[Factor, ...]
    budget: float
    outcome: str
    fewest: int = 0
    most: int = 2
    seed: int = 1
    trials: int = 60
    replicates: int = 100
    final: int = 1000

    def __post_init__(self) -> None:
        """Take the name as the catalogue of the networks has it, wherever it comes from."""
        object.__setattr__(self, "outcome", outcomes_of(self.networks[0].outcomes).called(self.outcome))

    def luck(self, stage: str, slot: Slot) -> Luck:
        """Of a slot: all its plans live through the same luck, two slots never."""
        name = f"{stage} {slot.network} {slot.cohort}"
        digest = hashlib.sha256(f"legato portfolio {name} {self.seed}".encode()).digest()
        count = self.replicates if stage == "search" else self.final
        return Luck(name, int.from_bytes(digest[:4], "big"), count)

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Every cohort that may be funded, those of a network in a row."""
        return tuple(Slot(one.name, cohort) for one, cohort in product(self.networks, range(1, self.most + 1)))

    def plans_of(self, network: Scenario) -> dict[int, dict[str, Any]]:
        """Plans of a network by number: without funding, as it is planned, and others with other levers."""
        planned = {lever.key: value_of(network, lever.key) for lever in self.levers}
        found = {UNFUNDED_NUMBER: dict(UNFUNDED), PLANNED: planned}
        for values in self._tried(network):
            if values not in found.values():
                found[len(found) - 1] = values
        return found

    def _tried(self, network: Scenario) -> list[dict[str, Any]]:
        """All combinations of the levers' steps, or where that is too many, some that are spread out evenly."""
        if prod(len(lever.steps()) for lever in self.levers) <= self.trials:
            design = plan(network, self.levers, kind="grid")
        else:
            design = plan(network, self.levers, kind="lhs", points=self.trials, seed=self.seed)
        return [design.values(point) for point in range(len(design))]


def check_outcome(networks: Sequence[Scenario], outcome: str) -> None:
    """See that an outcome can be added up over networks, and is counted in each.

    Raises:
        RequestError: if not, with those that can.
    """
    known = outcomes_of(networks[0].outcomes)
    if outcome not in known:
        raise RequestError("outcome", f"'{outcome}' is no outcome{near_miss(outcome, known.names)}; {_those()}")
    outcome = known.called(outcome)
    is_own_count = outcome in known.own_names and outcome_named(outcome).scale == "count"
    if (outcome not in ADDABLE and not is_own_count) or outcome_named(outcome).over is not None:
        what = "money" if outcome_named(outcome).scale == "usd" else outcome_named(outcome).scale
        why = "an average over members" if outcome in A_MEMBER else "a cost" if what == "money" else f"a {what}"
        raise RequestError("outcome", f"'{outcome}' is {why}, and cannot be added up over networks; {_those()}")
    for one in networks:
        if after_a_closing(outcome) and not one.closing_month:
            raise RequestError(
                "outcome",
                f"'{outcome}' is counted at or after a closing, and '{one.name}' goes on (closing.month is never); "
                "name another one, such as collaboration_months",
            )


def after_a_closing(outcome: str) -> bool:
    """Whether an outcome is missing where a network goes on."""
    return outcome in ("active_at_closing", "surviving") or outcome.endswith("_year_after")


def _those() -> str:
    return f"those that can be are {', '.join(ADDABLE)}"
