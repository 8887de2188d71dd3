"""Surveys among what happened: how well the model foretells their later waves, and what they say of the parameters."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log, nan, pi, sqrt

import numpy as np
from numpy.typing import NDArray

import scenarios
from results.fit import Fit, fit, judged_statistics, simulate
from results.fit_statistics import survey as surveyed_ties
from results.necessity import BY_LUCK, Effect
from results.statistic_fit import SIGNIFICANT, StatisticFit
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
        value, simulated = one.distance, one.cloud.distances(one.simulated[:, one.varies])
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
        judged=one.judged,
        left_out=one.left_out,
    )


def evidence(one: StatisticFit, statistics: int) -> tuple[float, float]:
    """What a statistic says against the model: the logarithm of p below 5 %, 0 above; and its standard error.

    p is adjusted for how many statistics there are. Where hardly any simulated network lies as far out as the observed,
    so that its share says little, p is taken from the chi-square tail of the squared distance.
    """
    found, error = _tail(one)
    found = min(0.0, found + log(statistics) - log(SIGNIFICANT))
    return found, error if found < 0 else 0.0


def _tail(one: StatisticFit) -> tuple[float, float]:
    """Logarithm of p, and its standard error from the luck of the simulated networks."""
    networks = len(one.simulated)
    if not _is_rough(one):
        return log(one.p), sqrt((1 - one.p) / (networks * one.p))
    if not np.isfinite(one.distance):
        return LEAST, 1.0
    from scipy.special import gammaincc

    squared = one.distance**2
    chance = float(gammaincc(len(one.cloud.width) / 2, squared / 2))
    found = min(log(one.p), max(LEAST, log(chance) if chance > 0 else LEAST))
    return found, abs(found) * sqrt(2 / networks)  # a squared distance from a mean and covariance of so many


def _is_rough(one: StatisticFit) -> bool:
    """Whether hardly any simulated network lies as far out as the observed."""
    return one.p * (len(one.simulated) + 1) <= SEEN


def effects_of(
    one: Surveyed,
    base: Fit,
    assumption: Assumption,
    *,
    posterior: Posterior | None,
    workers: int | None = None,
) -> tuple[Effect, ...]:
    """What switching an assumption off does to the fit of a survey; empty where the scenario cannot do without it.

    See `effects_between`.

    Args:
        one: the survey.
        base: how well it is predicted with every assumption in force; without it, it is by as many networks, with the
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
        return ()
    return effects_between(one.study.name, base, found)


def effects_between(name: str, with_it: Fit, without: Fit) -> tuple[Effect, ...]:
    """Of the statistics of a survey the one that speaks most for an assumption and the one that speaks most against it.

    Statistics of one network go together, so their evidence does not add up: one for each side counts. A statistic that
    is missed with the assumption and without it, and not known to be missed by less either way, says nothing of it and
    does not stand in the way of the others; nor does one that cannot be judged.

    Args:
        name: of the survey.
        with_it: its fit with the assumption in force.
        without: the same without it.
    """
    pairs = list(zip(with_it.statistics, without.statistics, strict=True))
    moved = any(not np.array_equal(mine.simulated, theirs.simulated) for mine, theirs in pairs)
    asked = [pair for pair in pairs if pair[0].judged and pair[1].judged]
    found = [_effect(name, *pair, statistics=len(asked), moved=moved) for pair in asked]
    telling = [one for one in found if not one.missed]
    sides = [one for one in (*_most(telling, 1), *_most(telling, -1)) if one.gain]
    if sides:
        return tuple(sides)
    # Nothing speaks for either side; the statistic least sure of it stands for all.
    return tuple(sorted(telling or found, key=lambda one: min(one.with_it, one.without))[:1]) or (
        Effect(f"the survey {name}", nan, nan, 0.0, 0.0, moved, missed=True),
    )


def _most(found: Sequence[Effect], side: int) -> list[Effect]:
    """The effect of the greatest gain on one side, 1 for the assumption and -1 against it; empty if there is none."""
    return sorted((one for one in found if one.gain * side > 0), key=lambda one: -side * one.gain)[:1]


def _effect(name: str, with_it: StatisticFit, without: StatisticFit, *, statistics: int, moved: bool) -> Effect:
    (on, doubt), (off, other) = evidence(with_it, statistics), evidence(without, statistics)
    gain, error = on - off, sqrt(doubt**2 + other**2)
    both = all(_is_rough(one) and against < 0 for one, against in ((with_it, on), (without, off)))
    missed = both and abs(gain) <= BY_LUCK * error
    return Effect(
        id=f"p of {with_it.name}-month-{with_it.wave_month} in the survey {name}",
        with_it=with_it.p,
        without=without.p,
        gain=0.0 if missed else gain,
        error=0.0 if missed else error,
        moved=moved,
        missed=missed,
    )


# What a survey says of the parameters.


def log_likelihood(one: Surveyed, believed: Believed, *, networks: int, seed: int, workers: int | None = None) -> float:
    """Log likelihood of a survey's later waves under a set of parameters: normal, by the networks' mean and covariance.

    What is observed is known to one tie at best: a report may be in error, which the model does not have yet. So a
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
    simulated = simulate(scenario, waves, seed=seed, networks=networks, workers=workers)
    told = waves.on_scale(waves.strength)
    columns, observed, one_tie = [], [], []
    for one, values in zip(judged_statistics(waves), simulated, strict=True):
        if one.statistic.name in SINGLE:
            columns.append(values[:, 0])
            observed.append(float(one.measure(told[one.wave][None], told[one.wave - 1][None])[0, 0]))
            ties = max(1.0, float(one.view.tied(told[one.wave][None]).sum()) / 2)
            one_tie.append(1.0 if one.statistic.name == "ties" else 1.0 / ties)
    return np.stack(columns, axis=1), np.array(observed), np.array(one_tie)


def made_up(one: Surveyed, truth: Believed, *, seed: int, replicate: int) -> Surveyed:
    """The survey as it would have come out with known parameters: its first wave, then the ties of a network."""
    scenario = scenarios.replace(one.study.scenario, truth)
    begun = one.waves.months[0]
    months = [month - begun for month in one.waves.months]
    history = historian(at_first_wave(scenario, one.waves, 0, seed), seed=seed, months=months)(replicate)
    members = len(one.waves.roster.names)
    drawn = one.waves.on_scale(np.stack([surveyed_ties(history.ties[month], members) for month in months]))
    strength = np.where(np.isnan(one.waves.strength), np.nan, drawn)
    strength[0] = one.waves.strength[0]
    return replace(one, waves=replace(one.waves, strength=strength))
