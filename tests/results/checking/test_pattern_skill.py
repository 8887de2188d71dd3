"""Skill among patterns: against arms that do not differ, and against answers of somebody who knows nothing."""

from dataclasses import replace
from math import log
from typing import Any

import numpy as np
import pytest

from results.checking.pattern_skill import pattern_skill, pattern_skills, pooled_draws
from results.checking.skill_words import pattern_skill_sentence, pattern_skill_table
from results.estimates.scores import crps
from results.studies.virtual_studies import Prediction, predict
from scenarios.observed.reading import read_observed
from scenarios.observed.study import Measured, Pattern
from simulation.outcomes import NAMES

PARTICLES, NETWORKS = 6, 40


def pattern(statistic: str, observed: Measured, outcome: str = "applied", **more: Any) -> Pattern:
    made: Any = statistic
    return Pattern("x", "", outcome, (1, 12), "start", made, (), observed, "none", "individuals", **more)


def pairs(first: float, second: float, of: int = 200, seed: int = 1) -> np.ndarray:
    """Two groups of so many pairs, which apply together with these chances."""
    counts = np.full((PARTICLES, NETWORKS, 2, 2), float(of))
    counts[..., 0] = np.random.default_rng(seed).binomial(of, [first, second], (PARTICLES, NETWORKS, 2))
    return counts


def test_the_pooled_arms_do_not_differ_and_are_as_large_as_the_study() -> None:
    """Rates .3 and .1 pool to .2; a difference of two shares of 200 has a standard deviation of .04."""
    found = pooled_draws(Prediction(pattern("difference", Measured(0.2, 0.1, 0.3)), "s", pairs(0.3, 0.1)))
    assert found.shape == (PARTICLES, NETWORKS)
    assert found.mean() == pytest.approx(0.0, abs=4 * 0.04 / np.sqrt(240))
    assert found.std() == pytest.approx(0.04, rel=4 / np.sqrt(2 * 240))


def test_arms_of_whole_networks_change_places() -> None:
    counts = np.ones((PARTICLES, NETWORKS, 2, 2))
    counts[..., 0] = np.random.default_rng(1).normal([0.7, 0.4], 0.05, (PARTICLES, NETWORKS, 2))
    one = Prediction(pattern("difference", Measured(0.3, 0.2, 0.4), "trust"), "s", counts)
    found = pooled_draws(one)
    np.testing.assert_allclose(np.abs(found), np.abs(one.draws))
    assert 0.3 < (found > 0).mean() < 0.7


def test_of_a_difference_of_differences_months_may_differ_and_arms_may_not() -> None:
    """After and before of one arm, then of the other: .6 and .1, .2 and .1 pool to .4 after and .1 before."""
    counts = np.full((PARTICLES, NETWORKS, 4, 2), 500.0)
    shares = [0.6, 0.1, 0.2, 0.1]
    counts[..., 0] = np.random.default_rng(3).binomial(500, shares, (PARTICLES, NETWORKS, 4))
    asked = pattern("difference_of_differences", Measured(0.4, 0.3, 0.5), "collaborating")
    found = pooled_draws(Prediction(asked, "s", counts))
    exact = np.sqrt(2 * 0.4 * 0.6 / 500 + 2 * 0.1 * 0.9 / 500)
    assert found.mean() == pytest.approx(0.0, abs=4 * exact / np.sqrt(240))
    assert found.std() == pytest.approx(exact, rel=4 / np.sqrt(2 * 240))


def test_a_model_that_knows_of_the_difference_has_skill_and_one_that_errs_has_less_than_none() -> None:
    ratio = pattern("ratio", Measured(3.0, 2.0, 4.5))
    right = pattern_skill(Prediction(ratio, "s", pairs(0.3, 0.1)))
    wrong = pattern_skill(Prediction(ratio, "s", pairs(0.1, 0.3)))
    assert right is not None
    assert wrong is not None
    assert right.reference == "pooled arms"
    assert right.margin.better
    assert wrong.margin.worse
    draws = np.log(Prediction(ratio, "s", pairs(0.3, 0.1)).draws.ravel())
    assert right.score == pytest.approx(crps(draws, log(3.0)))


def test_it_is_said_which_patterns_are_predicted_worse() -> None:
    ratio = pattern("ratio", Measured(3.0, 2.0, 4.5))
    found = pattern_skills([Prediction(ratio, "good", pairs(0.3, 0.1))])
    assert pattern_skill_sentence(found) == ""
    wrong = pattern_skills([Prediction(replace(ratio, id="amiss"), "bad", pairs(0.1, 0.3))])
    assert pattern_skill_sentence([*found, *wrong]).endswith("amiss.")
    (table,) = pattern_skill_table([*found, *wrong])
    assert [row[:2] for row in table.rows] == [("x", "pooled arms"), ("amiss", "pooled arms")]
    assert f"{wrong[0].margin.value:.2f}" in table.rows[1][2]
    assert pattern_skill_table([]) == []


def test_a_direction_is_scored_by_landing_in_it() -> None:
    """All 240 studies show it, about half of those without a difference do."""
    found = pattern_skill(Prediction(pattern("difference", Measured(None, 0.0, None)), "s", pairs(0.4, 0.1)))
    assert found is not None
    assert found.score_name == "log"
    assert found.score == pytest.approx(-log(240.5 / 241))
    assert found.reference_score == pytest.approx(log(2), abs=0.2)
    assert found.margin.better


def test_a_value_is_held_against_random_answers() -> None:
    counts = np.ones((PARTICLES, NETWORKS, 1, 2))
    counts[..., 0] = np.random.default_rng(2).normal(0.75, 0.03, (PARTICLES, NETWORKS, 1))
    share = pattern("value", Measured(0.77, 0.6, 0.9), "trust")
    found = pattern_skill(Prediction(share, "s", counts))
    assert found is not None
    assert found.reference == "random answers"
    even = (np.arange(10_000) + 0.5) / 10_000
    assert found.reference_score == pytest.approx(crps(even, 0.77))
    assert found.margin.low < found.margin.value < 1


def test_nothing_is_scored_where_studies_often_cannot_tell() -> None:
    counts = pairs(0.3, 0.1)
    counts[:, : NETWORKS // 2, 1, 0] = 0.0
    assert pattern_skill(Prediction(pattern("ratio", Measured(3.0, 2.0, 4.5)), "s", counts)) is None
    unknown = pattern("value", Measured(None, 2.0, None), "collaborations")
    assert pattern_skill(Prediction(unknown, "s", np.ones((PARTICLES, NETWORKS, 1, 2)))) is None


def test_shipped_studies_are_scored_the_same_way_every_time() -> None:
    studies = read_observed("handover", NAMES)
    asked = predict(studies, [{}], networks=6, workers=1)
    found = pattern_skills(asked)
    assert found == pattern_skills(asked)
    assert [one.id for one in found] == ["planning-helps"]
