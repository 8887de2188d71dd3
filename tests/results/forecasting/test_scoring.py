"""Forecasts are scored properly: by hand, by theory, and never by an impossible count."""

from math import exp, log, pi, sqrt

import numpy as np
import pytest

from results.forecasting.facts import Fact
from results.forecasting.predicting import LEVELS
from results.forecasting.scoring import crps_of_quantiles, log_score_of_count, score_outcome


def test_the_score_of_quantiles_is_the_crps_of_the_distribution() -> None:
    """Truth: the closed form for a uniform distribution, x^3/3 + (1-x)^3/3; quantiles .005 apart come within .003."""
    for value in (0.0, 0.3, 0.5, 1.0):
        wanted = value**3 / 3 + (1 - value) ** 3 / 3
        assert crps_of_quantiles(list(LEVELS), value) == pytest.approx(wanted, abs=0.003)


def test_one_sure_value_is_scored_by_its_distance() -> None:
    assert crps_of_quantiles([0.4] * len(LEVELS), 0.9) == pytest.approx(0.5)


def test_the_truth_has_the_best_expected_score() -> None:
    """Truth: 1 / sqrt(pi) of a normal distribution. 400 facts: s.e. .02; half a spread off loses .07, s.e. .015."""
    luck = np.random.default_rng(1)
    ordered = np.sort(luck.normal(size=100_000))
    truth = ordered[(np.array(LEVELS) * len(ordered)).astype(int)]
    facts = luck.normal(size=400)
    own = np.array([crps_of_quantiles(truth.tolist(), float(one)) for one in facts])
    off = np.array([crps_of_quantiles((truth + 0.5).tolist(), float(one)) for one in facts])
    assert own.mean() == pytest.approx(1 / sqrt(pi), abs=0.08)
    assert (off - own).mean() > 0.01


@pytest.mark.parametrize("members", [22, None, 10])
def test_chances_of_all_counts_add_up_to_one(members: int | None) -> None:
    """Whether those asked are a random part of the members, or each is independent."""
    quantiles, asked = np.linspace(0.5, 0.95, len(LEVELS)).tolist(), 17
    scores = [log_score_of_count(quantiles, Fact(count / asked, asked), members) for count in range(asked + 1)]
    assert sum(exp(-one) for one in scores) == pytest.approx(1)
    assert scores[12] < scores[7] < scores[2], "half to nearly all was predicted"


def test_no_count_is_impossible() -> None:
    sure = [1.0] * len(LEVELS)
    assert log_score_of_count(sure, Fact(0.0, 22), 22) == pytest.approx(log(200 * 23))
    assert log_score_of_count(sure, Fact(1.0, 22), 22) < 0.01


def test_a_yes_is_scored_by_its_chance() -> None:
    said = {
        "name": "network_alive@36", "score": "brier", "members": None,
        "forecasts": {"legato": {"chance": 0.8}, "random answers": {"chance": 0.5}},
    }  # fmt: skip
    scored = score_outcome(said, Fact(1.0))
    assert scored.scores == pytest.approx({"legato": 0.04, "random answers": 0.25})
    assert scored.best == "random answers"
    assert scored.against("random answers") == pytest.approx(0.84)
    assert scored.inside is None


def test_whether_the_fact_lies_in_the_interval_is_told() -> None:
    said = {"name": "survival", "score": "crps", "members": None, "forecasts": {"legato": {"quantiles": list(LEVELS)}}}
    assert score_outcome(said, Fact(0.5)).inside
    assert not score_outcome(said, Fact(0.96)).inside
    assert score_outcome(said, Fact(0.5)).best is None
