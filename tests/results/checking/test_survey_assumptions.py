"""What a survey says of an assumption: statistics that tell count, those that are missed either way do not blind it."""

from dataclasses import replace
from math import log

import numpy as np
import pytest

import scenarios
from results.checking.necessity import BY_LUCK, NOTABLE, judge_assumption
from results.checking.statistic_fit import StatisticFit
from results.checking.survey_fit import Fit
from results.checking.survey_verdicts import LEAST, effects_between, evidence

SOME = scenarios.ASSUMPTIONS[0]
NETWORKS = 400


def statistic(name: str, away: float, *, seed: int = 1, varies: bool = True) -> StatisticFit:
    """A number that spreads as the normal over the simulated networks, observed so many standard deviations away."""
    luck = np.random.default_rng(seed)
    simulated = luck.normal(size=(NETWORKS, 1)) if varies else np.zeros((NETWORKS, 1))
    one = StatisticFit(12, 0, name, name, (name,), np.array([away]), simulated, np.array([varies]), 0.0, 1.0, 1.0, 0.0)
    if not varies:
        return one
    far, p = (float(found(np.array([[away]]))[0]) for found in (one.cloud.distances, one.cloud.p_values))
    return replace(one, distance=far, p=p)


def fitted(**away: float) -> Fit:
    """A fit of statistics observed so many standard deviations away."""
    found = tuple(statistic(name, far, seed=number + 1) for number, (name, far) in enumerate(away.items()))
    return Fit("x", 1, NETWORKS, 1, (0, 12), False, found)


def off(fit: Fit) -> Fit:
    """The same, with other luck in a hair: something moved."""
    return replace(fit, statistics=tuple(replace(one, simulated=one.simulated + 1e-9) for one in fit.statistics))


def verdict(with_it: Fit, without: Fit) -> tuple[str, str, float]:
    found = judge_assumption(SOME, effects_between("mine", with_it, without))
    return found.verdict, found.why, found.gain


@pytest.mark.parametrize("missed", [5.0, 12.0, 200.0])
def test_a_statistic_that_is_missed_either_way_does_not_blind_the_others(missed: float) -> None:
    """Trust is missed with and without the assumption; transitivity only without it, five spreads away: p is 6e-7."""
    word, why, gain = verdict(
        fitted(trust=missed, transitivity=0.3, jaccard=0.5), off(fitted(trust=missed, transitivity=5, jaccard=0.5))
    )
    assert word == "supported"
    assert "transitivity-month-12 in the survey mine" in why, "it says by which statistic"
    assert gain > NOTABLE
    word, why, _ = verdict(fitted(trust=missed, transitivity=5), off(fitted(trust=missed, transitivity=0.3)))
    assert word == "contradicted"
    assert "transitivity-month-12" in why


def test_a_statistic_missed_by_far_less_tells_where_the_difference_is_beyond_luck() -> None:
    word, _, gain = verdict(fitted(trust=4.5, ties=0.1), off(fitted(trust=7, ties=0.1)))
    assert (word, gain > NOTABLE) == ("supported", True)


def test_what_speaks_for_and_what_speaks_against_are_both_reckoned_with() -> None:
    found = effects_between("mine", fitted(trust=0, ties=5), off(fitted(trust=5, ties=0)))
    assert sorted(one.gain > 0 for one in found) == [False, True]
    judged = judge_assumption(SOME, found)
    assert judged.verdict == "undecided"
    assert abs(judged.gain) < BY_LUCK * judged.error < max(abs(one.gain) for one in found)


def test_statistics_of_one_network_do_not_add_up() -> None:
    """Five that all say the same are one network: the gain is that of the one that says most."""
    names = ("ties", "trust", "jaccard", "new_ties", "transitivity")
    with_it, without = fitted(**dict.fromkeys(names, 0.2)), off(fitted(**dict.fromkeys(names, 4.0)))
    _, _, gain = verdict(with_it, without)
    assert gain == pytest.approx(max(-evidence(one, 5)[0] for one in without.statistics))


def test_where_all_is_missed_either_way_nobody_can_tell() -> None:
    word, why, gain = verdict(fitted(trust=40, ties=60), off(fitted(trust=40, ties=60)))
    assert (word, gain) == ("undecided", 0.0)
    assert "misses the facts with it and without it" in why
    assert "not needed" not in why


def test_where_all_fits_with_it_and_without_it_the_facts_do_without() -> None:
    word, why, gain = verdict(fitted(trust=1, ties=0.5), off(fitted(trust=0.5, ties=1)))
    assert (word, gain) == ("undecided", 0.0)
    assert "not needed" in why


def test_what_cannot_be_judged_is_no_evidence() -> None:
    flat = statistic("lost_ties", 3.0, varies=False)
    with_it = replace(fitted(ties=0.1), statistics=(*fitted(ties=0.1).statistics, flat))
    without = off(replace(fitted(ties=5), statistics=(*fitted(ties=5).statistics, statistic("lost_ties", 3.0))))
    found = effects_between("mine", with_it, without)
    assert [one.id for one in found] == ["p of ties-month-12 in the survey mine"]
    alone = replace(with_it, statistics=(flat,))
    (nothing,) = effects_between("mine", alone, off(alone))
    assert nothing.missed
    assert nothing.gain == 0


def test_evidence_is_none_where_p_is_above_5_in_100_and_ends_at_the_least() -> None:
    assert evidence(statistic("ties", 1.0), 10) == (0.0, 0.0)
    assert evidence(statistic("ties", 1e6), 1)[0] == pytest.approx(LEAST - log(0.05))
