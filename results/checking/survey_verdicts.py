"""Surveys among the facts: how well the model predicts their later waves, and what they say about the parameters."""

from collections.abc import Sequence
from math import log, nan, sqrt

import numpy as np

import scenarios
from results.checking.necessity import BY_LUCK, Effect
from results.checking.statistic_fit import SIGNIFICANT, StatisticFit
from results.checking.survey_fit import Fit, fit
from results.checking.verdicts import Verdict
from results.studies.surveys import Surveyed
from results.studies.virtual_studies import may_be_at_work
from scenarios import Assumption, Posterior, ScenarioError
from scenarios.observed.study import Measured

FIT = "fit"
"""Statistic of a verdict on a survey's statistic."""
SEEN = 10
"""Simulated networks at least as far out as the observed, below which their share is too rough to be compared."""
LEAST = -30.0
"""Least logarithm of a p."""


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


def fit_without(
    one: Surveyed,
    base: Fit,
    assumption: Assumption,
    *,
    posterior: Posterior | None,
    workers: int | None = None,
) -> Fit | None:
    """How well a survey is predicted with an assumption switched off; None where the scenario cannot do without it.

    Args:
        one: the survey.
        base: how well it is predicted with every assumption in force; without it, it is by as many networks, with the
            same seed, and of the same waves.
        assumption: to switch off.
        posterior: what is known of the parameters.
        workers: threads.
    """
    with_it = one.scenario(posterior)
    try:
        without = scenarios.replace(with_it, assumption.off)
        if not may_be_at_work(assumption, with_it):
            return base
        return fit(
            without, one.waves, seed=base.seed, networks=base.networks, workers=workers, hold_out=base.hold_out,
            logistic=None,
        )  # fmt: skip
    except ScenarioError:
        return None


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
