"""Surveys among what happened: how well the model foretells their later waves, and what they say of the parameters."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log, pi, sqrt

import numpy as np
from numpy.typing import NDArray

import scenarios
from results.fit import SIGNIFICANT, Fit, StatisticFit, fit, judged_statistics, simulate
from results.fit_statistics import survey as surveyed_ties
from results.mahalanobis import cloud_of
from results.necessity import Effect
from results.studies import Believed
from results.verdicts import Verdict
from scenarios import Assumption, Posterior, Scenario, ScenarioError
from scenarios.observed import Measured, Observed
from scenarios.waves import Waves, at_first_wave, read_waves
from simulation import historian

FLOOR = -200.0
"""Least log likelihood of a survey, so that the worst parameters can still be ranked."""
SINGLE = ("ties", "transitivity", "inside_topic", "jaccard", "trust")
"""Statistics by which parameters are learned, the first component of each: few enough for few networks."""
FIT = "fit"
"""Statistic of a verdict on a survey's statistic."""
SEEN = 10
"""Simulated networks at least as far out as the observed, below which their share is too rough to be compared."""
LEAST = -30.0
"""Least logarithm of a p."""
SHRUNK = 0.5
"""Weight of the diagonal in the covariance of a few networks (Ledoit & Wolf 2004 for the idea; the weight is ours)."""


@dataclass(frozen=True, eq=False)
class Surveyed:
    """A study with a survey.

    Attributes:
        study: its name, scenario and settings.
        waves: what members said.
    """

    study: Observed
    waves: Waves

    def scenario(self, posterior: Posterior | None = None) -> Scenario:
        """The study's scenario, with what is known of the parameters that it does not settle."""
        known = posterior.without(self.study.settled) if posterior is not None else None
        return self.study.scenario.with_posterior(known)


def read_surveys(studies: Sequence[Observed]) -> tuple[Surveyed, ...]:
    """The surveys of those studies that have one.

    Raises:
        ScenarioError: with every fault of the tables, or if the scenario cannot begin at the first wave.
    """
    found = []
    for study in studies:
        if (one := study.survey) is not None:
            waves = read_waves(one.members, one.ties, one.answered, levels=one.levels, tied_from=one.tied_from)
            at_first_wave(study.scenario, waves)
            found.append(Surveyed(study, waves))
    return tuple(found)


def verdicts(name: str, found: Fit) -> tuple[Verdict, ...]:
    """The statistics of a survey as patterns: a number where it is one, else the distance from what is simulated."""
    return tuple(_verdict(name, one) for one in found.statistics)


def _verdict(name: str, one: StatisticFit) -> Verdict:
    if len(one.components) == 1:
        value, simulated = float(one.observed[0]), one.simulated[:, 0]
        low, high = np.quantile(simulated, [0.025, 0.975], method="inverted_cdf").tolist()
        text = one.label
    else:
        value, simulated = one.distance, cloud_of(one.simulated).distances(one.simulated)
        low, high = 0.0, float(np.quantile(simulated, 0.95, method="inverted_cdf"))
        text = f"{one.label}, as the distance from the simulated mean"
    measured = value if np.isfinite(value) else None
    return Verdict(
        id=f"{one.name}-month-{one.wave_month}",
        study=name,
        text=text,
        about="this network",
        source="the survey",
        statistic=FIT,
        observed=Measured(measured, measured, measured),
        predicted=float(np.median(simulated)),
        predicted_low=low,
        predicted_high=high,
        inside=one.p,
        studies=len(one.simulated),
        score=log(one.p),
        verdict=one.verdict,
        why=one.why,
    )


def overall(found: Fit) -> tuple[float, float]:
    """Logarithm of the smallest p of a survey's statistics, adjusted for how many they are, and its standard error.

    Where hardly any simulated network lies as far out as the observed, so that its share says little, p is taken from
    the chi-square tail of the squared distance.
    """
    worst = min((_tail(one) for one in found.statistics), key=lambda one: one[0])
    return min(0.0, worst[0] + log(len(found.statistics))), worst[1]


def _tail(one: StatisticFit) -> tuple[float, float]:
    """Logarithm of p, and its standard error from the luck of the simulated networks."""
    networks = len(one.simulated)
    if one.p * (networks + 1) > SEEN:
        return log(one.p), sqrt((1 - one.p) / (networks * one.p))
    directions = len(cloud_of(one.simulated).width)
    if not np.isfinite(one.distance) or not directions:
        return LEAST, 1.0
    from scipy.special import gammaincc

    squared = one.distance**2
    chance = float(gammaincc(directions / 2, squared / 2))
    found = min(log(one.p), max(LEAST, log(chance) if chance > 0 else LEAST))
    return found, abs(found) * sqrt(2 / networks)  # a squared distance from a mean and covariance of so many


def effect_of(
    one: Surveyed,
    base: Fit,
    assumption: Assumption,
    *,
    posterior: Posterior | None,
    workers: int | None = None,
) -> Effect | None:
    """What switching an assumption off does to the fit of a survey; None where the scenario cannot do without it.

    A p above 5 in 100 is no evidence against a model, however far above; the gain is the logarithm of what lies below.

    Args:
        one: the survey.
        base: how well it is foretold with every assumption in force; without it, it is by as many networks, with the
            same seed, and of the same waves.
        assumption: to switch off.
        posterior: what is known of the parameters.
        workers: threads.
    """
    try:
        scenario = scenarios.replace(one.scenario(posterior), assumption.off)
        found = fit(
            scenario, one.waves, seed=base.seed, networks=base.networks, workers=workers, hold_out=base.hold_out
        )
    except ScenarioError:
        return None
    (with_it, doubt), (without, other) = overall(base), overall(found)
    telling = [min(0.0, one - log(SIGNIFICANT)) for one in (with_it, without)]
    doubts = [error if one < 0 else 0.0 for one, error in zip(telling, (doubt, other), strict=True)]
    pairs = zip(base.statistics, found.statistics, strict=True)
    return Effect(
        id=f"p of the survey {one.study.name}",
        with_it=float(np.exp(with_it)),
        without=float(np.exp(without)),
        gain=telling[0] - telling[1],
        error=sqrt(doubts[0] ** 2 + doubts[1] ** 2),
        moved=any(not np.array_equal(mine.simulated, theirs.simulated) for mine, theirs in pairs),
    )


# What a survey says of the parameters.


def log_likelihood(one: Surveyed, believed: Believed, *, networks: int, seed: int, workers: int | None = None) -> float:
    """Log likelihood of a survey's later waves under a set of parameters: normal, by the networks' mean and covariance.

    Source:
        Wood 2010, as in `likelihood`.
    """
    own = {key: value for key, value in believed.items() if key not in one.study.settled}
    scenario = scenarios.replace(one.study.scenario, own)
    simulated, observed = _singles(scenario, one.waves, networks=networks, seed=seed, workers=workers)
    middle = simulated.mean(axis=0)
    whole = np.atleast_2d(np.cov(simulated, rowvar=False))
    spread = (1 - SHRUNK) * whole + SHRUNK * np.diag(np.diag(whole))
    spread = (1 + 1 / networks) * spread + np.diag(1e-6 + 1e-4 * np.abs(middle))
    away = observed - middle
    _, size = np.linalg.slogdet(spread)
    found = -0.5 * (float(away @ np.linalg.solve(spread, away)) + float(size) + len(away) * log(2 * pi))
    return max(FLOOR, found)


def _singles(
    scenario: Scenario, waves: Waves, *, networks: int, seed: int, workers: int | None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The statistics that parameters are learned by: simulated float[networks, them], and observed float[them]."""
    simulated = simulate(scenario, waves, seed=seed, networks=networks, workers=workers)
    told = waves.on_scale(waves.strength)
    columns, observed = [], []
    for one, values in zip(judged_statistics(waves), simulated, strict=True):
        if one.statistic.name in SINGLE:
            columns.append(values[:, 0])
            observed.append(float(one.measure(told[one.wave][None], told[one.wave - 1][None])[0, 0]))
    return np.stack(columns, axis=1), np.array(observed)


def made_up(one: Surveyed, truth: Believed, *, seed: int, replicate: int) -> Surveyed:
    """The survey as it would have come out with known parameters: its first wave, then the ties of a network."""
    scenario = scenarios.replace(one.study.scenario, truth)
    begun = one.waves.months[0]
    months = [month - begun for month in one.waves.months]
    history = historian(at_first_wave(scenario, one.waves, 0, seed), seed=seed, months=months)(replicate)
    strength = one.waves.strength.copy()
    for wave, month in enumerate(months[1:], start=1):
        drawn = one.waves.on_scale(surveyed_ties(history.ties[month], len(one.waves.roster.names)))
        strength[wave] = np.where(np.isnan(strength[wave]), np.nan, drawn)
    return replace(one, waves=replace(one.waves, strength=strength))
