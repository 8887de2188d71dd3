"""Predicted against happened: verdicts on patterns, and on the assumptions behind the model."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from results.necessity import Necessity, effect, judge_assumption
from results.studies import Believed, Prediction, Replication, predict
from results.verdicts import Verdict, judge
from scenarios import ASSUMPTIONS, Assumption
from scenarios.observed import Observed

NETWORKS_A_PARTICLE = 5
"""Networks that share one possible set of the parameters."""


@dataclass(frozen=True)
class Check:
    """What came of a check.

    Attributes:
        predictions: one a pattern, with its draws.
        verdicts: on the patterns, in the order of the studies.
        assumptions: verdicts on the assumptions; empty where they were not asked.
    """

    predictions: tuple[Prediction, ...]
    verdicts: tuple[Verdict, ...]
    assumptions: tuple[Necessity, ...] = ()


def check_patterns(
    studies: Sequence[Observed],
    believed: Sequence[Believed],
    *,
    networks: int,
    seed: int = 1,
    workers: int | None = None,
    progress: Callable[[int], None] = lambda _particles: None,
) -> Check:
    """Predict every pattern, and judge.

    Args:
        studies: what happened.
        believed: possible sets of the parameters; (empty,) is the scenarios' own values.
        networks: of each set (count).
        seed: of the luck.
        workers: threads.
        progress: hears of parameter sets as they are finished, once a study.
    """
    found = predict(studies, believed, networks=networks, seed=seed, workers=workers, progress=progress)
    return Check(found, tuple(judge(one) for one in found))


def check_assumptions(
    studies: Sequence[Observed],
    believed: Sequence[Believed],
    base: Sequence[Prediction],
    *,
    networks: int,
    seed: int = 1,
    workers: int | None = None,
    known: Mapping[str, Necessity] | None = None,
    skip: Collection[str] = (),
    assumptions: Sequence[Assumption] = ASSUMPTIONS,
) -> Iterator[Necessity]:
    """Switch off each assumption in turn; they come one by one.

    Args:
        studies: what happened.
        believed: possible sets of the parameters.
        base: predictions with every assumption in force, of the same sets, networks and seed.
        networks: of each set (count).
        seed: of the luck.
        workers: threads.
        known: verdicts that an interrupted check has found already.
        skip: ids of assumptions to leave out.
        assumptions: to switch off.
    """
    by_id = {(one.study, one.pattern.id): one for one in base}
    for assumption in assumptions:
        if assumption.id in skip:
            continue
        if known and assumption.id in known:
            yield known[assumption.id]
            continue
        touched = [
            study for study in studies if any(Replication(study).is_changed(one, assumption.off) for one in believed)
        ]
        off = predict(touched, believed, networks=networks, seed=seed, off=assumption.off, workers=workers)
        yield judge_assumption(assumption, [effect(by_id[one.study, one.pattern.id], one) for one in off])


def particles(scenario_posterior: Any, count: int) -> tuple[Believed, ...]:
    """The first `count` possible sets of a posterior, evenly spread over it; the one empty set without a posterior."""
    if scenario_posterior is None:
        return ({},)
    return tuple(scenario_posterior.settings(scenario_posterior.particle_of(2 * number)) for number in range(count))
