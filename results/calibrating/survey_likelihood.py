"""How likely a survey is under a set of parameters, by networks simulated with it."""

from dataclasses import replace
from math import log, pi

import numpy as np
from numpy.typing import NDArray

import scenarios
from results.studies.simulated_reports import reports_of
from results.studies.survey_networks import judged_statistics, simulate, ties_asked_for, watched_months
from results.studies.surveys import Surveyed
from results.studies.virtual_studies import Believed
from scenarios import Scenario
from scenarios.observed.beginning import at_wave
from scenarios.observed.waves import Waves
from simulation import historian

FLOOR = -200.0
"""Least log likelihood of a survey, so that the worst parameters can still be ranked."""


SINGLE = ("ties", "transitivity", "inside_topic", "jaccard", "trust")
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
    own = {key: value for key, value in believed.items() if key not in one.study.settled}
    scenario = scenarios.replace(one.study.scenario, own)
    simulated, observed, one_tie = _singles(scenario, one.waves, networks=networks, seed=seed, workers=workers)
    middle = simulated.mean(axis=0)
    whole = np.atleast_2d(np.cov(simulated, rowvar=False))
    spread = (1 - SHRUNK) * whole + SHRUNK * np.diag(np.diag(whole))
    spread = (1 + 1 / networks) * spread + np.diag(one_tie**2)
    away = observed - middle
    _, size = np.linalg.slogdet(spread)
    found = -0.5 * (float(away @ np.linalg.solve(spread, away)) + float(size) + len(away) * log(2 * pi))
    return max(FLOOR, found)


def _singles(
    scenario: Scenario, waves: Waves, *, networks: int, seed: int, workers: int | None
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """The statistics that parameters are learned by: simulated float[networks, them], observed, and what one tie makes.

    The last two are float[them].
    """
    simulated = simulate(scenario, waves, seed=seed, networks=networks, workers=workers).statistics
    told = waves.on_scale(waves.strength)
    columns, observed, one_tie = [], [], []
    for one, values in zip(judged_statistics(waves), simulated, strict=True):
        if one.statistic.name in SINGLE and one.begun == one.wave - 1:
            columns.append(values[:, 0])
            observed.append(float(one.measure(told[one.wave][None], told[one.begun][None])[0, 0]))
            ties = max(1.0, float(one.view.tied(told[one.wave][None]).sum()) / 2)
            one_tie.append(1.0 if one.statistic.name == "ties" else 1.0 / ties)
    return np.stack(columns, axis=1), np.array(observed), np.array(one_tie)


def made_up(one: Surveyed, truth: Believed, *, seed: int, replicate: int) -> Surveyed:
    """The survey as it would have come out with known parameters: its first wave, then what a network would report."""
    waves = one.waves
    begun = at_wave(scenarios.replace(one.study.scenario, truth), waves, 0, 0, seed)
    months = [month - waves.months[0] for month in waves.months]
    history = historian(begun.scenario, seed=seed, months=watched_months(waves, months))(replicate)
    told = waves.told.copy()
    for wave, month in enumerate(months[1:], start=1):
        trust = np.zeros(told.shape[1:])
        trust[np.ix_(begun.members, begun.members)] = ties_asked_for(history, month, len(begun.members), waves)
        found = reports_of(trust, waves, wave, begun.habits, seed=seed, replicate=replicate)
        told[wave] = np.where(np.isnan(told[wave]), np.nan, found)
    return replace(one, waves=replace(waves, told=told))
