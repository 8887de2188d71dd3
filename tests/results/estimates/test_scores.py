"""Scores, held against closed forms, scoringrules' numbers and what a proper score must do."""

from collections.abc import Callable
from math import inf, isnan, log, pi, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from scipy.special import ndtr

from results.estimates.scores import (
    MOST_PAIRS,
    auc,
    brier_score,
    calibration,
    crps,
    crps_of_each,
    energy_score,
    log_score,
    ranks,
    skill,
    smoothed,
)


def test_the_numbers_of_scoringrules() -> None:
    """`crps_ensemble` and `es_ensemble` with estimator="fair", version 0.10.0."""
    luck = np.random.default_rng(7)
    ensemble, vectors = luck.normal(size=30), luck.normal(size=(30, 3))
    assert crps(ensemble, 0.4) == pytest.approx(0.4328123226729962, rel=1e-12)
    assert energy_score(vectors, np.array([0.1, -0.2, 0.3])) == pytest.approx(0.5585592540339804, rel=1e-12)


@pytest.mark.parametrize("observed", [-1.7, 0.0, 0.6])
def test_the_crps_of_a_normal_is_its_closed_form(observed: float) -> None:
    """A million members: the distance has a standard deviation of at most 1, so its mean an error of .001."""
    exact = observed * (2 * ndtr(observed) - 1) + 2 * np.exp(-(observed**2) / 2) / sqrt(2 * pi) - 1 / sqrt(pi)
    assert crps(np.random.default_rng(1).normal(size=10**6), observed) == pytest.approx(exact, abs=0.004)


def test_the_crps_of_two_members_by_hand() -> None:
    """Distances 1 and 2 from what was observed, 3 from each other: 1.5 less 1.5."""
    assert crps(np.array([0.0, 3.0]), 1.0) == pytest.approx(0.0)
    assert crps(np.array([0.0, 3.0]), 5.0) == pytest.approx(2.0)
    assert crps(np.array([0.0]), 5.0) == 5.0


def test_the_crps_of_many_values_is_that_of_each() -> None:
    luck = np.random.default_rng(2)
    ensemble, values = np.round(luck.normal(size=40), 1), np.round(luck.normal(size=9), 1)
    distances = np.abs(ensemble[:, None] - ensemble).sum() / (40 * 39)
    slow = [np.abs(ensemble - value).mean() - distances / 2 for value in values]
    np.testing.assert_allclose(crps_of_each(ensemble, values), slow, atol=1e-12)


def test_the_energy_score_of_one_component_is_the_crps_and_does_not_depend_on_parts() -> None:
    luck = np.random.default_rng(3)
    ensemble = luck.normal(size=(MOST_PAIRS + 50, 2))
    assert energy_score(ensemble[:, :1], np.array([0.3])) == crps(ensemble[:, 0], 0.3)
    flat = np.column_stack([ensemble[:, 0], np.zeros(len(ensemble))])
    assert energy_score(flat, np.array([0.3, 0.0])) == pytest.approx(crps(ensemble[:, 0], 0.3), rel=1e-9)


def test_small_ensembles_score_like_large_ones_on_average() -> None:
    """Fair: 4,000 ensembles of 5 of a standard normal, observed 0: the exact score is .2337, its error .005."""
    luck = np.random.default_rng(4)
    found = [crps(luck.normal(size=5), 0.0) for _ in range(4000)]
    assert np.mean(found) == pytest.approx(2 / sqrt(2 * pi) - 1 / sqrt(pi), abs=4 * float(np.std(found)) / sqrt(4000))


CHANCE_SCORES: dict[str, Callable[[float, bool], float]] = {
    "log": lambda chance, happened: float(log_score(np.array([chance]), np.array([happened]), 10**9)[0]),
    "brier": lambda chance, happened: float(brier_score(np.array([chance]), np.array([happened]))[0]),
}


@pytest.mark.parametrize("name", CHANCE_SCORES)
@given(truth=some.floats(0.01, 0.99), told=some.floats(0.01, 0.99))
def test_no_chance_scores_better_than_the_true_one(name: str, truth: float, told: float) -> None:
    def expected(chance: float) -> float:
        return truth * CHANCE_SCORES[name](chance, True) + (1 - truth) * CHANCE_SCORES[name](chance, False)

    assert expected(truth) <= expected(told) + 1e-9
    if abs(truth - told) > 0.05:
        assert expected(truth) < expected(told)


@pytest.mark.quick_cases("0.0-0.4", "-0.5-1.5")
@pytest.mark.parametrize(("shift", "wide"), [(0.7, 1.0), (0.0, 2.0), (0.0, 0.4), (-0.5, 1.5)])
def test_no_ensemble_scores_better_than_the_true_one(shift: float, wide: float) -> None:
    luck = np.random.default_rng(5)
    truth, seen = luck.normal(size=4000), luck.normal(size=4000)
    assert crps_of_each(truth, seen).mean() < crps_of_each(shift + wide * truth, seen).mean() - 0.01
    vectors, observed = luck.normal(size=(120, 2)), luck.normal(size=(400, 2))
    true = np.mean([energy_score(vectors, one) for one in observed])
    other = np.mean([energy_score(shift + wide * vectors, one) for one in observed])
    assert true < other - 0.005


def test_chances_that_were_counted_are_never_none_or_all() -> None:
    assert smoothed(np.array([0.0, 0.5, 1.0]), 9).tolist() == pytest.approx([0.05, 0.5, 0.95])
    assert log_score(np.array([0.0, 0.0]), np.array([True, False]), 9).tolist() == pytest.approx(
        [-log(0.05), -log(0.95)]
    )


def test_chances_counted_in_few_networks_score_like_the_true_ones_on_average() -> None:
    """20,000 events with a chance of .3, each counted in five networks: .21, with a standard error of about .0025."""
    luck = np.random.default_rng(9)
    counted, happened = luck.binomial(5, 0.3, 20_000) / 5, luck.random(20_000) < 0.3
    found = brier_score(counted, happened, 5)
    assert found.mean() == pytest.approx(0.21, abs=4 * found.std() / sqrt(20_000))
    assert brier_score(counted, happened).mean() > 0.21 + 0.03


def test_the_auc_by_hand() -> None:
    happened = np.array([True, True, False, False])
    assert auc(np.array([0.9, 0.8, 0.2, 0.1]), happened) == 1.0
    assert auc(np.array([0.1, 0.2, 0.8, 0.9]), happened) == 0.0
    assert auc(np.array([0.5, 0.5, 0.5, 0.5]), happened) == 0.5
    assert auc(np.array([0.9, 0.5, 0.5, 0.1]), happened) == pytest.approx(3.5 / 4)
    assert isnan(auc(np.array([0.5, 0.6]), np.array([True, True])))


def test_the_auc_counts_all_pairs_and_ties_half() -> None:
    luck = np.random.default_rng(6)
    chance, happened = luck.integers(0, 5, 60) / 5, luck.random(60) < 0.4
    yes, no = chance[happened], chance[~happened]
    slow = np.mean((yes[:, None] > no) + 0.5 * (yes[:, None] == no))
    assert auc(chance, happened) == pytest.approx(slow)


def test_ranks_share_their_mean() -> None:
    assert ranks(np.array([3.0, 1.0, 3.0, 2.0])).tolist() == [3.5, 1.0, 3.5, 2.0]


def test_the_calibration_curve_by_hand() -> None:
    chance = np.array([0.0, 0.05, 0.5, 0.55, 1.0])
    low, _, middle, _, high = calibration(chance, np.array([False, True, True, False, True]), 5)
    assert [low.events, low.mean_chance, low.happened] == pytest.approx([2, 0.025, 0.5])
    assert [middle.events, middle.mean_chance, middle.happened] == pytest.approx([2, 0.525, 0.5])
    assert [high.events, high.mean_chance, high.happened] == [1, 1.0, 1.0]
    assert (high.low, high.high) == (0.8, 1.0)
    assert sum(one.events for one in calibration(chance, chance > 0.5, [0, 0.02, 0.6, 1])) == 5


def test_chances_that_are_true_lie_on_the_curve() -> None:
    """In a bin of 2,000 events a share has a standard error of at most .011."""
    luck = np.random.default_rng(8)
    chance = luck.random(20_000)
    for one in calibration(chance, luck.random(20_000) < chance):
        assert one.happened == pytest.approx(one.mean_chance, abs=4 * 0.5 / sqrt(one.events))


def test_skill_is_what_is_left_of_the_references_error() -> None:
    assert skill(0.0, 2.0) == 1.0
    assert skill(2.0, 2.0) == 0.0
    assert skill(3.0, 2.0) == -0.5
    assert skill(0.0, 0.0) == 0.0
    assert skill(0.1, 0.0) == -inf
