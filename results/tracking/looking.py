"""Simulated networks looked at as the real one was: the same outcomes and months, with the same errors."""

import numpy as np
from numpy.typing import NDArray

from results.forecasting.asked import OF_MEMBERS
from results.tracking.observation import SO_FAR, Observation, Progress
from scenarios import Scenario
from simulation.outcomes import outcome_named
from simulation.running.ensemble import Ensemble

Values = NDArray[np.float64]

_LUCK = 0x10CAD
"""Beside the seed: the luck of who answers."""
WHOLE = ("collaborations", "collaborations_formed", "evidence", "translation", "months_worked")
"""Outcomes that are whole numbers in one network."""


def evened(outcome: str, values: Values) -> Values:
    """Values on a scale on which small and large ones spread alike: shares by their angle, the rest by their root."""
    if outcome_named(outcome).scale in ("share", "level"):
        return np.asarray(np.arcsin(np.sqrt(np.clip(values, 0, 1))))
    return np.asarray(np.sqrt(np.maximum(values, 0)))


def from_even(outcome: str, values: Values) -> Values:
    """Values back on the outcome's own scale."""
    values = np.maximum(values, 0)
    if outcome_named(outcome).scale in ("share", "level"):
        return np.asarray(np.sin(np.minimum(values, np.pi / 2)) ** 2)
    return np.asarray(values**2)


def possible(outcome: str, values: Values, scenario: Scenario, last: Observation | None) -> Values:
    """The nearest values that an outcome can take: whole members, whole numbers, never below what has happened."""
    if outcome in OF_MEMBERS and scenario.network.joining == 0:
        values = np.rint(values * scenario.network.members) / scenario.network.members
    elif outcome in WHOLE:
        values = np.rint(values)
    if outcome in SO_FAR and last is not None and last.is_exact:
        values = np.maximum(values, last.value)
    return np.asarray(values)


def seen_as(ensemble: Ensemble, progress: Progress, seed: int) -> Values:
    """What would have been observed of each network, evened, float[networks, observations].

    Of a share of those that were asked, as many members of the network are asked, by lot; what has a standard error
    gets a normal one.
    """
    members = ensemble.scenario.network.members
    columns = []
    for place, one in enumerate(progress.observed):
        luck = np.random.default_rng([seed, _LUCK, place])
        true = ensemble.course(one.outcome)[:, one.month]
        if one.of is not None:
            asked = min(one.of, members)
            yes = np.clip(np.rint(true * members), 0, members).astype(np.int64)
            true = luck.hypergeometric(yes, members - yes, asked) / asked
        elif one.error:
            true = true + luck.normal(0, one.error, len(true))
        columns.append(evened(one.outcome, true))
    return np.stack(columns, axis=1)


def observed_as(progress: Progress) -> Values:
    """What was observed, evened, float[observations]."""
    return np.array([float(evened(one.outcome, np.array(one.value))) for one in progress.observed])
