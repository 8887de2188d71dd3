"""How likely a survey is under a set of parameters, by networks simulated with it."""

from dataclasses import dataclass, replace
from math import log, pi

import numpy as np
from numpy.typing import NDArray

from results.studies.simulated_reports import reports_of
from results.studies.survey_networks import Judged, judged_statistics, simulate, ties_asked_for, watched_months
from results.studies.surveys import Surveyed
from results.studies.virtual_studies import Believed
from scenarios import Scenario
from scenarios.observed.beginning import at_wave
from scenarios.observed.waves import Waves
from simulation import historian

FLOOR = -200.0
"""Least log likelihood of a survey, so that the worst parameters can still be ranked."""


TIES = "ties"
SINGLE = (TIES, "transitivity", "inside_topic", "jaccard", "trust")
"""Statistics by which parameters are learned, the first component of each: few enough for few networks."""


SHRUNK = 0.5
"""Weight of the diagonal in the covariance of a few networks (Ledoit & Wolf 2004 for the idea; the weight is ours)."""


def log_likelihood(one: Surveyed, believed: Believed, *, networks: int, seed: int, workers: int | None = None) -> float:
    """Log likelihood of a survey's later waves under a set of parameters: normal, by the networks' mean and covariance.

    What is observed is known to one tie at best: a report may be in error. So a
    statistic in which the networks do not differ cannot make a set of parameters impossible by itself.

    Source:
        Wood 2010, as in `likelihood`.
    """
    found = singles(one.believed(believed), one.waves, networks=networks, seed=seed, workers=workers)
    middle = found.simulated.mean(axis=0)
    whole = np.atleast_2d(np.cov(found.simulated, rowvar=False))
    spread = (1 - SHRUNK) * whole + SHRUNK * np.diag(np.diag(whole))
    spread = (1 + 1 / networks) * spread + np.diag(found.one_tie**2)
    away = found.observed - middle
    _, size = np.linalg.slogdet(spread)
    logged = -0.5 * (float(away @ np.linalg.solve(spread, away)) + float(size) + len(away) * log(2 * pi))
    return max(FLOOR, logged)


@dataclass(frozen=True, eq=False)
class Singles:
    """The statistics that parameters are learned by.

    Attributes:
        simulated: float[networks, statistics].
        observed: float[statistics].
        one_tie: what one tie makes of each, float[statistics].
    """

    simulated: NDArray[np.float64]
    observed: NDArray[np.float64]
    one_tie: NDArray[np.float64]


def singles(
    scenario: Scenario, waves: Waves, *, networks: int, seed: int, first: int = 0, workers: int | None = None
) -> Singles:
    """The statistics that parameters are learned by, of simulated networks from number `first` on, and as observed."""
    simulated = simulate(scenario, waves, seed=seed, networks=networks, first=first, workers=workers).statistics
    columns = [
        values[:, 0] for one, values in zip(judged_statistics(waves), simulated, strict=True) if _is_learned_by(one)
    ]
    return Singles(np.stack(columns, axis=1), *observed_singles(waves))


def observed_singles(waves: Waves) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The same statistics as they were observed, and what one tie makes of each."""
    told = waves.on_scale(waves.strength)
    observed, one_tie = [], []
    for one in judged_statistics(waves):
        if _is_learned_by(one):
            observed.append(float(one.measure(told[one.wave][None], told[one.begun][None])[0, 0]))
            ties = max(1.0, float(one.view.tied(told[one.wave][None]).sum()) / 2)
            one_tie.append(1.0 if one.statistic.name == TIES else 1.0 / ties)
    return np.array(observed), np.array(one_tie)


def singles_named(waves: Waves) -> list[str]:
    """What these statistics are called, with their wave."""
    return [f"{one.statistic.name}/{one.wave}" for one in judged_statistics(waves) if _is_learned_by(one)]


def _is_learned_by(one: Judged) -> bool:
    return one.statistic.name in SINGLE and one.begun == one.wave - 1


def made_up(one: Surveyed, truth: Believed, *, seed: int, replicate: int) -> Surveyed:
    """The survey as it would have come out with known parameters: its first wave, then what a network would report."""
    waves = one.waves
    begun = at_wave(one.believed(truth), waves, 0, 0, seed)
    months = [month - waves.months[0] for month in waves.months]
    history = historian(begun.scenario, seed=seed, months=watched_months(waves, months))(replicate)
    told = waves.told.copy()
    for wave, month in enumerate(months[1:], start=1):
        trust = np.zeros(told.shape[1:])
        trust[np.ix_(begun.members, begun.members)] = ties_asked_for(history, month, len(begun.members), waves)
        found = reports_of(trust, waves, wave, begun.habits, seed=seed, replicate=replicate)
        told[wave] = np.where(np.isnan(told[wave]), np.nan, found)
    return replace(one, waves=replace(waves, told=told))
