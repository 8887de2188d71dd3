"""Each study predicted from the others: what is learned without it, and whether what it found lies where it should.

Source:
    Vehtari, Gelman & Gabry 2017, Statistics and Computing 27: leaving out by weights, and learning again where they
    are not to be trusted.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from results.calibrating.bank.learning import Learner
from results.calibrating.bank.smoothed_weights import smoothed
from results.calibrating.bank.study_likelihood import Finding, spread_of
from results.calibrating.posterior_summary import weighted_quantile
from results.studies.possible_answers import possible_part

SHARE = 0.9
"""Of what is predicted that an interval holds."""
LEAST_EFFECTIVE = 100
"""Effective draws (count) below which chains walk again: enough for the ends of an interval, not for a posterior."""
CHAINS, STEPS = 400, 40
"""Of those; they go on if they have not settled."""
REPEATS = 5
"""Draws of luck, error and discrepancy for each chain."""

Values = NDArray[np.float64]


@dataclass(frozen=True)
class PredictedStudy:
    """A finding, and what was predicted of it without its study, in its own unit.

    Attributes:
        study: its name.
        finding: the pattern, or the statistic of a survey.
        value: found; None where only a range was.
        low: lower end of what was found; None where it is open, or nothing is said.
        high: its upper end.
        predicted_low: lower end of the 90 % interval.
        predicted: its middle.
        predicted_high: its upper end.
        holds: whether the value lies inside, or the range overlaps it.
    """

    study: str
    finding: str
    value: float | None
    low: float | None
    high: float | None
    predicted_low: float
    predicted: float
    predicted_high: float
    holds: bool


def predict(
    learner: Learner, states: Values, *, seed: int, progress: Callable[[int], None] = lambda _studies: None
) -> tuple[PredictedStudy, ...]:
    """Leave out each study in turn and predict what it found, with luck, discrepancy and the finding's own error.

    What is learned without a study is the posterior with its likelihood taken back, as weights of the states. Where
    that leaves too few of them, or weights that are not to be trusted, chains walk on from there without it.

    Args:
        learner: of all studies.
        states: draws from the posterior of all of them, float[states, dimensions].
        seed: of what is drawn.
        progress: hears of studies.
    """
    found: list[PredictedStudy] = []
    each = learner.log_likelihoods(learner.findings)(states)
    for study in dict.fromkeys(map(study_of, learner.names)):
        known, weights = without(learner, study, states, each, seed=seed)
        names = [name for name in learner.names if study_of(name) == study]
        luck = np.random.default_rng([seed, len(found), REPEATS])
        inputs = learner.inputs(known, names)
        for emulator in learner.emulators:
            name = emulator.source.name
            if name not in names:
                continue
            moments = emulator.moments(inputs[name])
            for one in learner.findings[name]:
                middle, variance = spread_of(emulator, moments, one, learner.discrepancy)
                whole = np.sqrt(variance + one.error**2)
                drawn = middle + whole * luck.standard_normal((REPEATS, len(middle)))
                told = one.pattern.id if one.pattern else emulator.source.columns[one.place].removeprefix(f"{name}/")
                found.append(_predicted(study, told, one, drawn.ravel(), np.tile(weights, REPEATS)))
        progress(1)
    return tuple(found)


def without(
    learner: Learner, study: str, states: Values, each: Mapping[str, Values], *, seed: int
) -> tuple[Values, Values]:
    """Draws from what is learned without a study, and their weights.

    Args:
        learner: of all studies.
        study: to be left out.
        states: draws from the posterior of all of them, float[states, dimensions].
        each: log likelihood of the states in each source, float[states].
        seed: of the chains that walk on.
    """
    weights = smoothed(-np.sum([one for name, one in each.items() if study_of(name) == study], axis=0))
    if weights.trusted and weights.effective >= LEAST_EFFECTIVE:
        return states, weights.each
    known = {name: one for name, one in learner.findings.items() if study_of(name) != study}
    luck = np.random.default_rng([seed, CHAINS])
    here = states[luck.choice(len(states), CHAINS, p=weights.each)]
    walk = learner.walk_on(known, here, steps=STEPS, seed=seed)
    return walk.states, np.full(CHAINS, 1 / CHAINS)


def study_of(name: str) -> str:
    """The study of a source, by its name."""
    return name.partition("/")[0]


def _predicted(study: str, told: str, one: Finding, drawn: Values, weights: Values) -> PredictedStudy:
    low, middle, high = (weighted_quantile(drawn, weights, share) for share in ((1 - SHARE) / 2, 0.5, (1 + SHARE) / 2))
    holds = low <= one.high and one.low <= high if one.value is None else low <= one.value <= high
    observed = one.pattern.observed if one.pattern else None
    low, middle, high = (_in_its_unit(one, end) for end in (low, middle, high))
    if one.pattern is not None:
        low, high = possible_part(one.pattern, low, high)
        middle = min(max(middle, low), high)
    value = None if one.value is None else _in_its_unit(one, one.value)
    ends = (observed.low, observed.high) if observed else (None, None)
    return PredictedStudy(study, told, value, *ends, low, middle, high, bool(holds))


def _in_its_unit(one: Finding, value: float) -> float:
    """Of a ratio, instead of its logarithm."""
    is_ratio = one.pattern is not None and one.pattern.is_ratio
    return float(np.exp(min(value, 700.0))) if is_ratio else value
