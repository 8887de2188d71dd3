"""A scenario that carries a posterior, with the values of one of its particles."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np

from scenarios.files.faults import ScenarioError, refusal
from scenarios.schema.behaviour import Behaviour
from scenarios.schema.contradictions import TOGETHER, contradictions
from scenarios.schema.observation import Observation
from scenarios.schema.posterior import Posterior
from scenarios.schema.scenario import Scenario
from scenarios.schema.settings import Settings

_Tables = TypeVar("_Tables", bound=Settings)

_CONTRADICTORY: frozenset[str] = frozenset().union(*TOGETHER)
"""Keys whose values could contradict others', or change how long a run is."""


def at_particle(scenario: Scenario, particle: int) -> Scenario:
    """The scenario with the values of one particle of its posterior, and without the posterior."""
    posterior = scenario.posterior
    return scenario if posterior is None else _with(scenario.with_posterior(None), posterior.settings(particle))


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
    concerned = posterior and posterior.without([key for key in posterior.keys if key not in _CONTRADICTORY])
    if posterior is None or concerned is None:
        return
    looked_at = Settings.model_construct(
        network=scenario.network,
        members=scenario.members,
        funder=scenario.funder,
        closing=scenario.closing,
        behaviour=Behaviour.model_construct(renewal_chance=scenario.behaviour.renewal_chance),
    )
    if faults := _faults(concerned, looked_at, tuple(scenario.observed)):
        raise ScenarioError(refusal(f"posterior '{posterior.name}' with '{scenario.name}'", faults))


@lru_cache(maxsize=1_000)
def _faults(posterior: Posterior, settings: Settings, observed: tuple[Observation, ...]) -> tuple[str, ...]:
    """What particles contradict. Thousands of points of a design differ in nothing that is looked at here."""
    faults = []
    for particle in np.unique(posterior.draws).tolist():
        one = _with(settings, posterior.settings(particle))
        faults += [f"particle {particle}: {fault.text}" for fault in contradictions(one, observed)]
        if one.can_be_renewed != settings.can_be_renewed:
            faults.append(
                f"particle {particle}: behaviour.renewal_chance is {one.behaviour.renewal_chance:g}, and "
                f"{settings.behaviour.renewal_chance:g} in the scenario: a renewal that is possible in some networks "
                f"only gives them another length ({one.last_month} and {settings.last_month} months); "
                "leave out particles with 0, or set behaviour.renewal_chance"
            )
    return tuple(faults)


def _with(settings: _Tables, values: Mapping[str, Any]) -> _Tables:
    """Settings with values that are each allowed, as fast as can be: thousands of particles are made."""
    tables: dict[str, dict[str, Any]] = {}
    for key, value in values.items():
        table, _, field = key.rpartition(".")
        tables.setdefault(table, {})[field] = value
    for table, fields in tables.items():
        settings = _changed(settings, table.split("."), fields)
    return settings


def _changed(table: Any, path: list[str], fields: Mapping[str, Any]) -> Any:
    """A copy of a table with other fields in the table that a path leads to."""
    if not path:
        return table.model_copy(update=fields)
    return table.model_copy(update={path[0]: _changed(getattr(table, path[0]), path[1:], fields)})
