"""Replicates of the Mesa model: the reference that the compiled engine is compared with."""

import mesa
import numpy as np
from numpy.typing import NDArray

from scenarios import Scenario, check_particles
from simulation import ledger
from simulation.model.member import MemberOrganization
from simulation.model.network import CollaborationNetwork
from simulation.outcomes import COUNTS, FINAL, MONTHLY_NAMES, NAMES
from simulation.own_outcomes.catalogue import outcomes_of
from simulation.own_outcomes.loading import fill_ratios


def run_replicate(
    scenario: Scenario, seed: int, replicate: int, member_class: type[MemberOrganization] = MemberOrganization
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """One run of the reference model.

    Returns:
        Its values, and its months float[months + 1, monthly outcomes], in the order of the scenario's outcomes.
    """
    values, months, _ = run_with_ledger(scenario, seed, replicate, member_class)
    return values, months


def run_with_ledger(
    scenario: Scenario, seed: int, replicate: int, member_class: type[MemberOrganization] = MemberOrganization
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """The same, and what was spent up to each month, float[months + 1, ledger.COLUMNS]."""
    network = CollaborationNetwork(scenario, seed=seed, replicate=replicate, member_class=member_class)
    network.run()
    months = np.array(network.stock)
    run = network.stocktaking.whole_run
    reported, monthly = months[scenario.reporting_month], len(MONTHLY_NAMES)
    shipped = [*reported[:monthly], *(run[outcome.name] for outcome in FINAL + COUNTS)]
    assert len(shipped) == len(NAMES)
    outcomes, values = network.outcomes, np.full((1, len(network.outcomes.names)), np.nan)
    values[0, : len(NAMES)] = shipped
    if network.stocktaking.own is not None:
        given, end = network.stocktaking.own.carried, len(outcomes.own_monthly)
        values[0, len(NAMES) : len(NAMES) + end] = reported[monthly:]
        values[0, len(NAMES) + end : len(NAMES) + len(given) - 1] = given[end:-1]
        fill_ratios(scenario.outcomes, values, replicate)
    entered = network.stocktaking.ledger
    spent = ledger.empty(1, scenario.last_month)[0]
    spent[len(spent) - len(entered) :] = entered  # a run that goes on from today enters nothing before it
    let_go(network)
    return values[0], months, spent


class Reference:
    """Runs blocks of replicates with the reference model, as `engine.Engine` does with the compiled one."""

    def __init__(
        self, scenario: Scenario, seed: int, member_class: type[MemberOrganization] = MemberOrganization
    ) -> None:
        check_particles(scenario)
        self.scenario = scenario
        self.seed = seed
        self.member_class = member_class

    def run_block(
        self,
        first: int,
        values: NDArray[np.float64],
        kept_months: NDArray[np.float64],
        ledgers: NDArray[np.float64] | None = None,
    ) -> NDArray[np.float64]:
        """Replicates `first` on into the rows of `values`, and the courses of the first ones into `kept_months`.

        Where somebody asks for them, what they spent up to each month into `ledgers`, which `ledger.empty` makes.

        Returns:
            The sum of their monthly courses, float[months + 1, monthly outcomes].
        """
        monthly = len(outcomes_of(self.scenario.outcomes).monthly_names)
        sum_months = np.zeros((self.scenario.last_month + 1, monthly))
        for row in range(len(values)):
            values[row], months, spent = run_with_ledger(self.scenario, self.seed, first + row, self.member_class)
            if ledgers is not None:
                ledgers[row] = spent
            sum_months += months
            if row < len(kept_months):
                kept_months[row] = months
        return sum_months


def let_go(network: CollaborationNetwork) -> None:
    """Let a finished model be forgotten: Mesa 3.3 keeps every model it ever numbered agents for."""
    ids = getattr(mesa.Agent, "_ids", None)
    if ids is not None:
        ids.pop(network, None)
