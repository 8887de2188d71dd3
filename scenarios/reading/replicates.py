"""A scenario that carries a posterior, with the values of one of its particles."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from scenarios.files.faults import ScenarioError, refusal
from scenarios.schema.contradictions import contradictions
from scenarios.schema.scenario import Scenario

_CONTRADICTORY = ("members.", "behaviour.renewal_chance")
"""Beginnings of keys whose values could contradict others', or change how long a run is."""


def at_particle(scenario: Scenario, particle: int) -> Scenario:
    """The scenario with the values of one particle of its posterior, and without the posterior."""
    posterior = scenario.posterior
    return scenario if posterior is None else _with(scenario, posterior.settings(particle))


def at_replicate(scenario: Scenario, replicate: int) -> Scenario:
    """The scenario as a replicate lives through it: with its particle, where there is a posterior, else as it is."""
    posterior = scenario.posterior
    return scenario if posterior is None else at_particle(scenario, posterior.particle_of(replicate))


def check_particles(scenario: Scenario) -> None:
    """Refuse a posterior with which replicates would contradict themselves, or be of different size.

    Raises:
        ScenarioError: with every particle concerned, up to a number.
    """
    posterior = scenario.posterior
    if posterior is None:
        return
    concerned = posterior.without([key for key in posterior.keys if not key.startswith(_CONTRADICTORY)])
    if concerned is None:
        return
    faults = []
    for particle in np.unique(posterior.draws).tolist():
        one = _with(scenario, concerned.settings(particle))
        faults += [f"particle {particle}: {fault.text}" for fault in contradictions(one, one.observed)]
        if one.can_be_renewed != scenario.can_be_renewed:
            faults.append(
                f"particle {particle}: behaviour.renewal_chance is {one.behaviour.renewal_chance:g}, and "
                f"{scenario.behaviour.renewal_chance:g} in the scenario: a renewal that is possible in some networks "
                f"only gives them another length ({one.last_month} and {scenario.last_month} months); "
                "leave out particles with 0, or set behaviour.renewal_chance"
            )
    if faults:
        raise ScenarioError(refusal(f"posterior '{posterior.name}' with '{scenario.name}'", faults))


def _with(scenario: Scenario, values: Mapping[str, Any]) -> Scenario:
    """The scenario with values that are each allowed, as fast as can be: thousands of particles are made."""
    one = scenario.with_posterior(None)
    tables: dict[str, dict[str, Any]] = {}
    for key, value in values.items():
        table, _, field = key.rpartition(".")
        tables.setdefault(table, {})[field] = value
    for table, fields in tables.items():
        one = _changed(one, table.split("."), fields)
    return one


def _changed(table: Any, path: list[str], fields: Mapping[str, Any]) -> Any:
    """A copy of a table with other fields in the table that a path leads to."""
    if not path:
        return table.model_copy(update=fields)
    return table.model_copy(update={path[0]: _changed(getattr(table, path[0]), path[1:], fields)})
