"""Splits of a budget: which plan each cohort gets, and the split that adds most within the budget.

The best split is a knapsack with several choices: of each network so many cohorts, each with one of its plans, the
costs within the budget, and what they add together as much as can be. It is solved exactly, as a linear program in
whole numbers, by HiGHS.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.apportioning.asked import Slot
from results.apportioning.plans import Tried

Offers = Mapping[str, Mapping[int, Tried]]
"""Network -> its plans by number; all its cohorts may have any of them."""
Cohorts = Mapping[str, int]
"""Network -> cohorts (count)."""


@dataclass(frozen=True)
class Split:
    """Which plan each funded cohort gets.

    Attributes:
        plans: slot and number of its plan, networks as they were given, cohorts of a network by their plans.
    """

    plans: tuple[tuple[Slot, int], ...]

    def cohorts(self, network: str) -> int:
        """Cohorts of a network that it funds (count)."""
        return sum(slot.network == network for slot, _ in self.plans)

    def cost(self, offers: Offers) -> float:
        """What it costs on average (USD)."""
        return sum(offers[slot.network][number].cost for slot, number in self.plans)

    def added(self, offers: Offers) -> float:
        """What it adds on average, in the outcome's unit."""
        return sum(offers[slot.network][number].added for slot, number in self.plans)


def best_split(offers: Offers, budget: float, *, fewest: Cohorts, most: Cohorts) -> Split | None:
    """The split that adds most within the budget; None where nothing keeps it.

    Args:
        offers: plans of each network.
        budget: that the average costs together may have (USD).
        fewest: that each network gets in any case.
        most: that it may get.
    """
    choices = [
        (network, one)
        for network, plans in offers.items()
        for one in plans.values()
        if np.isfinite([one.cost, one.added]).all()
    ]
    if not choices:
        return None if any(fewest.values()) else Split(())
    belongs = np.array([[float(network == name) for network, _ in choices] for name in offers])
    cost = np.array([one.cost for _, one in choices]) / budget
    added = np.array([one.added for _, one in choices])
    low, high = [0.0, *(float(fewest[name]) for name in offers)], [1.0, *(float(most[name]) for name in offers)]
    counts = _solved(added / (float(np.abs(added).max()) or 1.0), np.vstack([cost, belongs]), low, high)
    if counts is None:
        return None
    plans: list[tuple[Slot, int]] = []
    for (network, one), count in zip(choices, counts, strict=True):
        before = sum(slot.network == network for slot, _ in plans)
        plans += [(Slot(network, before + more + 1), one.number) for more in range(count)]
    return Split(tuple(plans))


def _solved(
    worth: NDArray[np.float64], rows: NDArray[np.float64], low: list[float], high: list[float]
) -> list[int] | None:
    """How often each choice is made so that the whole is worth most, each row between its ends; None where none is."""
    from scipy import optimize as untyped

    optimize: Any = untyped
    found = optimize.milp(
        -worth,
        integrality=np.ones(len(worth)),
        bounds=optimize.Bounds(0, np.inf),
        constraints=optimize.LinearConstraint(rows, low, high),
        options={"mip_rel_gap": 0.0},
    )
    return None if found.x is None else [round(count) for count in found.x.tolist()]


def planned_split(networks: Cohorts, number: int) -> Split:
    """One cohort of each network, each with the plan of this number."""
    return Split(tuple((Slot(network, 1), number) for network in networks))


def equal_split(offers: Offers, budget: float) -> Split | None:
    """One cohort of each network, each with the best plan for an equal part of the budget; None where one has none."""
    whole: list[tuple[Slot, int]] = []
    for network, plans in offers.items():
        one = best_split({network: plans}, budget / len(offers), fewest={network: 1}, most={network: 1})
        if one is None:
            return None
        whole += one.plans
    return Split(tuple(whole))
