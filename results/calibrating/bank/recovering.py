"""Whether parameters that are known are found again by a bank: the same bank for every data set, so that each is cheap.

The data sets are made as in `recovery`, by networks that no draw of the bank has, and each finding is off by a
discrepancy besides, as the likelihood believes: else its intervals would be called too wide for being honest.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from math import exp, log
from typing import Any

import numpy as np

from results.calibrating.bank.emulator import Emulator
from results.calibrating.bank.keeping import ATTEMPTS, believed_of
from results.calibrating.bank.learning import MORE, SPARE, STEPS, Learner
from results.calibrating.bank.prior_draws import from_unit
from results.calibrating.bank.sources import OfPatterns
from results.calibrating.bank.study_likelihood import Finding, findings_of, patterns_found
from results.calibrating.range_likelihood import discrepancy_of
from results.calibrating.recovery import APART, Recovered, made_up, recovered, usable
from results.calibrating.survey_likelihood import made_up as surveyed
from scenarios import ScenarioError
from scenarios.observed.study import Measured, Observed, Pattern

TELLING = 400
"""Chains from which on they tell whether they have settled (count): of fewer some coordinate seems not to, by luck."""


def recover(
    learner: Learner,
    *,
    data_sets: int,
    particles: int,
    seed: int,
    steps: int = STEPS,
    workers: int | None = None,
    known: Mapping[str, Any] | None = None,
    keep: Callable[[str, Any], None] = lambda _name, _finding: None,
) -> Iterator[Recovered]:
    """Make data sets from known parameters and learn from each; they come one by one.

    Args:
        learner: of the bank.
        data_sets: how many.
        particles: of each posterior.
        seed: of everything.
        steps: of each chain.
        workers: threads.
        known: findings of an interrupted recovery, by name.
        keep: gets each finding.
    """
    for number in range(data_sets):
        name = f"data set {number}"
        if known and name in known:
            yield Recovered(**{part: np.array(values) for part, values in known[name].items()})
            continue
        luck = np.random.default_rng([seed, number, APART])
        truth, findings = data_set(learner, luck, seed=seed, first=APART * (number + 1), workers=workers)
        walk = learner.walk(findings, chains=round(SPARE * particles), steps=steps, seed=seed + number)
        if not walk.settled and len(walk.states) >= TELLING:
            walk = learner.walk_on(findings, walk.states, steps=MORE, seed=seed + number)
        one = recovered(learner.calibration(walk.states, particles, settled=walk.settled), truth)
        keep(name, {part: getattr(one, part).tolist() for part in ("truth", "low", "high", "ranks")})
        yield one


def data_set(
    learner: Learner, luck: np.random.Generator, *, seed: int, first: int, workers: int | None = None
) -> tuple[Any, dict[str, tuple[Finding, ...]]]:
    """Known parameters, and what the sources would have found."""
    for _ in range(ATTEMPTS):
        truth = _drawn(learner, luck)
        believed = believed_of(learner.free, truth)
        try:
            return truth, _found(learner, believed, luck, seed=seed, first=first, workers=workers)
        except ScenarioError as error:
            refused = error
    raise ScenarioError(f"none of {ATTEMPTS} sets of parameters could be run; the last one: {refused}")


def _found(
    learner: Learner, believed: Mapping[str, float], luck: np.random.Generator, *, seed: int, first: int,
    workers: int | None,
) -> dict[str, tuple[Finding, ...]]:  # fmt: skip
    found: dict[str, tuple[Finding, ...]] = {}
    for emulator in learner.emulators:
        source = emulator.source
        here = {**believed, **_own(learner, emulator, luck)}
        if not isinstance(source, OfPatterns):
            made = surveyed(source.surveyed, here, seed=seed, replicate=first)
            found[source.name] = findings_of(replace(emulator, source=replace(source, surveyed=made)))
            continue
        for study in made_up(_asked(source.study, first), here, luck, seed=seed, first=first, workers=workers):
            off = [_off(one, luck, learner.discrepancy) for one in study.patterns]
            found[source.name] = patterns_found(source, off)
    return found


def _own(learner: Learner, emulator: Emulator, luck: np.random.Generator) -> dict[str, float]:
    """What a network is by itself, drawn for one study."""
    keys = [learner.free[emulator.places[place]].key for place in learner.own(emulator)]
    if not keys:
        return {}
    values = believed_of(learner.free, _drawn(learner, luck))
    return {key: values[key] for key in keys}


def _drawn(learner: Learner, luck: np.random.Generator) -> Any:
    """Parameters drawn from what is believed beforehand: the first of some sets whose values can stand together."""
    drawn = from_unit(learner.free, luck.random((ATTEMPTS, len(learner.free))))
    return drawn[int(np.argmax(learner.standing(drawn)))]


def _asked(study: Observed, number: int) -> tuple[Observed, ...]:
    """The study with the patterns that have a size, its unsure settings drawn once for the whole data set."""
    from scenarios import replace as changed
    from scenarios.observed.uncertain import drawn

    settled = changed(study.scenario, drawn(study.uncertain, study.name, number))
    keys = {one.key for one in study.uncertain}
    return usable([replace(study, scenario=settled, settled=study.settled | keys, uncertain=())])


def _off(pattern: Pattern, luck: np.random.Generator, times: float) -> Pattern:
    """The pattern as it is found where the model is not quite the world."""
    observed = pattern.observed
    value = 0.0 if observed.value is None else observed.value
    away = times * float(discrepancy_of(pattern, np.array(abs(value)))) * luck.standard_normal()
    if observed.of is not None:
        successes = round(min(max(value + away, 0.0), 1.0) * observed.of)
        return replace(pattern, observed=replace(observed, value=successes / observed.of, successes=successes))
    assert observed.low is not None
    assert observed.high is not None
    ends = (value, observed.low, observed.high)
    value, low, high = (exp(log(end) + away) if pattern.is_ratio else end + away for end in ends)
    return replace(pattern, observed=Measured(value, low, high))
