"""Plans of the networks tried: what each costs, and what it adds to what would come about without funding."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from results.apportioning.asked import PLANNED, UNFUNDED_NUMBER, Asked, Slot
from results.estimates.parameter_uncertainty import Values
from results.optimising.search import COST, Luck
from scenarios import Scenario
from scenarios.files.faults import FailedError
from simulation.outcomes import NAMES
from simulation.own_outcomes.catalogue import outcomes_of

Try = Callable[[Scenario, Sequence[Mapping[str, Any]], Luck], Sequence[Values | str]]
"""A network, values of its plans, luck -> outcomes of each, float[replicates, len(NAMES)], or why there are none."""
SHORTLIST = 12
"""Plans of a network that come into the choice, at the most, besides the one as it is planned."""


@dataclass(frozen=True, eq=False)
class Tried:
    """A plan of a network, tried in a slot.

    Attributes:
        number: of the plan, see `Asked.plans_of`.
        values: of its levers.
        outcomes: of its networks, float[replicates, len(NAMES)].
        gain: what it adds, against the same networks without funding, float[replicates]; nan where it was not counted.
    """

    number: int
    values: Mapping[str, Any]
    outcomes: Values
    gain: Values

    @property
    def costs(self) -> Values:
        """Whole cost of each network (USD), float[replicates]."""
        return self.outcomes[:, NAMES.index(COST)]

    @property
    def cost(self) -> float:
        """Its average (USD)."""
        return float(self.costs.mean())

    @property
    def added(self) -> float:
        """What it adds on average, in the outcome's unit."""
        return float(np.nanmean(self.gain)) if not np.isnan(self.gain).all() else float("nan")


@dataclass(frozen=True, eq=False)
class Menu:
    """The plans of one slot, on one luck.

    Attributes:
        slot: whose they are.
        unfunded: outcomes without funding, float[replicates, len(NAMES)].
        plans: those that could be run, by number.
        failed: number -> why it could not.
    """

    slot: Slot
    unfunded: Values
    plans: Mapping[int, Tried]
    failed: Mapping[int, str]


def menu(asked: Asked, network: Scenario, cohort: int, stage: str, numbers: Sequence[int], tries: Try) -> Menu:
    """Try some plans of a network in a slot.

    Raises:
        FailedError: if it cannot be run without funding, which everything is counted against.
    """
    slot = Slot(network.name, cohort)
    plans = asked.plans_of(network)
    wanted = [UNFUNDED_NUMBER, *(one for one in numbers if one != UNFUNDED_NUMBER)]
    found = dict(zip(wanted, tries(network, [plans[one] for one in wanted], asked.luck(stage, slot)), strict=True))
    unfunded = found.pop(UNFUNDED_NUMBER)
    if isinstance(unfunded, str):
        raise FailedError(f"{network.name} could not be run without funding: {unfunded}")
    place = outcomes_of(network.outcomes).names.index(asked.outcome)
    tried = {
        number: Tried(number, plans[number], outcomes, outcomes[:, place] - unfunded[:, place])
        for number, outcomes in found.items()
        if not isinstance(outcomes, str)
    }
    return Menu(slot, unfunded, tried, {one: why for one, why in found.items() if isinstance(why, str)})


def shortlist(tried: Menu) -> tuple[int, ...]:
    """Plans that may be worth their money: no other adds more for less. Of very many, some at all costs.

    The plan as it is comes first, whatever it is worth: what is chosen is compared with it.
    """
    ranked = sorted(
        (one for one in tried.plans.values() if one.added == one.added), key=lambda one: (one.cost, -one.added)
    )
    best, front = 0.0, []
    for one in ranked:
        if one.added > best:
            best = one.added
            front.append(one.number)
    if len(front) > SHORTLIST:
        front = [front[round(place * (len(front) - 1) / (SHORTLIST - 1))] for place in range(SHORTLIST)]
    return (PLANNED, *(one for one in front if one != PLANNED))


def plan_means(outcomes: Values | str, count: int) -> list[float]:
    """The average of every outcome over the networks that have it; nan where none has, or the plan could not be run."""
    if isinstance(outcomes, str):
        return [float("nan")] * count
    there = ~np.isnan(outcomes)
    pairs = zip(outcomes.T, there.T, strict=True)
    return [float(column[own].mean()) if own.any() else float("nan") for column, own in pairs]
