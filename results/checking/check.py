"""Predicted against happened: verdicts on patterns, and on the assumptions behind the model."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from results.checking.necessity import Necessity, Noticing, effect, judge_assumption
from results.checking.noticing import best, noticing
from results.checking.pattern_skill import PatternSkill, pattern_skills
from results.checking.survey_fit import Fit
from results.checking.survey_verdicts import FIT, effects_between, fit_without
from results.checking.verdicts import Verdict, judge
from results.studies.surveys import Surveyed
from results.studies.virtual_studies import Believed, InForce, Prediction, predict
from scenarios import ASSUMPTIONS, Assumption, Posterior
from scenarios.observed.study import Observed


@dataclass(frozen=True)
class Check:
    """What came of a check.

    Attributes:
        predictions: one a pattern, with its draws.
        verdicts: on the patterns, in the order of the studies.
        assumptions: verdicts on the assumptions; empty where they were not asked.
        fits: how well surveys are predicted; their statistics are among the verdicts.
        skills: how much better patterns are predicted than by somebody who knows of no difference, or of nothing.
    """

    predictions: tuple[Prediction, ...]
    verdicts: tuple[Verdict, ...]
    assumptions: tuple[Necessity, ...] = ()
    fits: tuple[Fit, ...] = ()
    skills: tuple[PatternSkill, ...] = ()

    @property
    def surveys(self) -> list[str]:
        """Names of the studies with a survey, in the order of `fits`."""
        return list(dict.fromkeys(one.study for one in self.verdicts if one.statistic == FIT))

    @property
    def replicates_of_parameters(self) -> int:
        """Replicates that would live with as many particles as the check does, two with each (count)."""
        sets = [2 * one.counts.shape[0] for one in self.predictions]
        return max(sets, default=0) or max((one.networks for one in self.fits), default=0)


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
    return Check(found, tuple(judge(one) for one in found), skills=pattern_skills(found))


def check_assumptions(
    studies: Sequence[Observed],
    believed: Sequence[Believed],
    base: Sequence[Prediction],
    *,
    networks: int,
    surveys: Sequence[tuple[Surveyed, Fit]] = (),
    posterior: Posterior | None = None,
    seed: int = 1,
    workers: int | None = None,
    known: Mapping[str, Necessity] | None = None,
    assumptions: Sequence[Assumption] = ASSUMPTIONS,
) -> Iterator[Necessity]:
    """Switch off each assumption in turn; they come one by one.

    Args:
        studies: what happened.
        believed: possible sets of the parameters.
        base: predictions with every assumption in force, of the same sets, networks and seed.
        networks: of each set (count).
        surveys: with how well they are predicted with every assumption in force.
        posterior: what is known of the parameters, for the surveys.
        seed: of the luck.
        workers: threads.
        known: verdicts that an interrupted check has found already.
        assumptions: to switch off.
    """
    in_force = InForce(studies, believed, base, seed)
    by_id = {(one.study, one.pattern.id): one for one in base}
    for assumption in assumptions:
        if known and assumption.id in known:
            yield known[assumption.id]
            continue
        off = predict(
            in_force.touched(assumption.off), believed, networks=networks, seed=seed, off=assumption.off,
            without=partial(in_force.without, assumption), workers=workers,
        )  # fmt: skip
        effects = [effect(by_id[one.study, one.pattern.id], one) for one in off]
        noticed: list[Noticing] = []
        for one, fit in surveys:
            without = fit_without(one, fit, assumption, posterior=posterior, workers=workers)
            if without is not None:
                effects += effects_between(one.study.name, fit, without)
                noticed.append(noticing(one.study.name, fit, without))
        yield judge_assumption(assumption, effects, best(noticed))


def first_sets(base: Sequence[Prediction], count: int) -> tuple[Prediction, ...]:
    """The predictions of the first sets of parameters only."""
    return tuple(Prediction(one.pattern, one.study, one.counts[:count]) for one in base)
