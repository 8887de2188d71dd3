"""Simple rules give chances that add up, look only at what they may, and a logistic regression that is one."""

from collections.abc import Callable
from dataclasses import replace
from math import log
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from results.estimates.scores import auc
from results.studies.baselines import (
    BASELINES,
    FEATURES,
    RIDGE,
    RULES,
    SHIPPED,
    TOLD_THE_TOTALS,
    Logistic,
    Seen,
    chances,
    drawn,
    features,
    fit_logistic,
    fitted_without,
    knowing_the_totals,
    seen_in,
    with_strengths,
)
from scenarios.observed.waves import read_waves

EXAMPLES = Path(__file__).resolve().parents[3] / "docs" / "examples"
MEMBERS = 30


def network(luck: np.random.Generator, chance: NDArray[np.float64]) -> NDArray[np.bool_]:
    upper = np.triu(luck.random(chance.shape) < chance, 1)
    return upper | upper.T


def seen(seed: int = 1, truth: Logistic | None = None, members: int = MEMBERS, missing: float = 0.1) -> Seen:
    """Two waves, the second by a logistic regression, or else by chance."""
    luck = np.random.default_rng(seed)
    interests = np.abs(luck.normal(size=(members, 4)))
    region = luck.integers(0, 3, members)
    near = 0.1 + 0.25 * (region[:, None] == region)
    before = network(luck, near)
    asked = np.triu(luck.random((members, members)) > missing, 1)
    both = asked | asked.T
    blank = Seen(before & both, before, asked, interests, region)
    chance = np.full(before.shape, 0.2) if truth is None else chances("logistic", blank, truth)
    return replace(blank, now=network(luck, chance) & both)


def test_chances_that_know_the_totals_add_up_to_them_and_rank_as_before() -> None:
    one = seen()
    told = np.where(one.before, 0.9, 0.3) * chances("partners", one)
    told[0, 1:] = told[1:, 0] = 0.0
    found = knowing_the_totals(told, one, 100)
    for group in (one.before[one.asked], ~one.before[one.asked]):
        mine = found[one.asked][group]
        assert mine.sum() == pytest.approx(one.now[one.asked][group].sum())
        np.testing.assert_array_equal(
            np.argsort(mine, kind="stable"), np.argsort(told[one.asked][group], kind="stable")
        )
    np.testing.assert_array_equal(found, found.T)
    again = knowing_the_totals(chances("partners", one), one, 10**9)
    np.testing.assert_allclose(again[one.asked], chances("partners", one)[one.asked], atol=1e-6)


@pytest.mark.parametrize("name", BASELINES)
def test_chances_are_chances_of_pairs(name: str) -> None:
    found = chances(name, seen())
    assert ((found >= 0) & (found <= 1)).all()
    np.testing.assert_array_equal(found, found.T)
    assert (np.diag(found) == 0).all()
    assert set(BASELINES) == set(RULES)


@pytest.mark.parametrize("name", sorted(TOLD_THE_TOTALS))
def test_rules_that_know_the_totals_add_up_to_them(name: str) -> None:
    one = seen()
    found = chances(name, one)[one.asked]
    tied, now = one.before[one.asked], one.now[one.asked]
    assert found[tied].sum() == pytest.approx(now[tied].sum())
    assert found[~tied].sum() == pytest.approx(now[~tied].sum())


@pytest.mark.parametrize("name", BASELINES)
def test_no_rule_looks_at_which_pairs_changed(name: str) -> None:
    """The same numbers of ties that formed and ended, but other pairs."""
    one = seen()
    luck, other = np.random.default_rng(9), one.now.copy()
    for group in (one.asked & one.before, one.asked & ~one.before):
        other[group] = luck.permutation(one.now[group])
    other = np.triu(other, 1)
    shuffled = replace(one, now=other | other.T)
    assert (shuffled.now != one.now).any()
    np.testing.assert_array_equal(chances(name, one), chances(name, shuffled))


def test_nothing_changes_and_rates_are_what_they_are_called() -> None:
    one = seen()
    np.testing.assert_array_equal(chances("no_change", one)[one.asked], one.before[one.asked])
    by_rates, tied = chances("rates", one), one.before & one.asked
    assert by_rates[tied] == pytest.approx(one.now[tied].mean())
    free = ~one.before & one.asked
    assert by_rates[free] == pytest.approx(one.now[free].mean())


def test_pairs_not_observed_before_have_its_share_of_ties() -> None:
    one = seen()
    unknown = ~(one.asked | one.asked.T) & ~np.eye(MEMBERS, dtype=np.bool_)
    share = one.before[one.asked].mean()
    assert chances("partners", one)[unknown] == pytest.approx(share)
    assert (chances("no_change", one)[unknown] == 0).all()


@pytest.mark.parametrize(
    ("name", "measure"),
    [
        ("partners", lambda before: before @ before),
        ("degree", lambda before: np.outer(before.sum(axis=1) + 1, before.sum(axis=1) + 1)),
    ],
)
def test_a_rule_ranks_pairs_by_what_it_is_named_for(
    name: str, measure: Callable[[NDArray[np.float64]], NDArray[np.float64]]
) -> None:
    one = seen()
    rank = measure(one.before.astype(np.float64))[one.asked]
    found = chances(name, one)[one.asked]
    for group in (one.before[one.asked], ~one.before[one.asked]):
        order = np.argsort(rank[group], kind="stable")
        assert (np.diff(found[group][order]) >= -1e-12).all()
        assert np.ptp(found[group]) > 0


def test_the_same_interests_in_all_leave_the_rates() -> None:
    one = replace(seen(), interests=np.ones((MEMBERS, 3)))
    np.testing.assert_allclose(chances("interest", one), chances("rates", one), atol=1e-9)


def test_one_standard_deviation_is_e_times_the_odds() -> None:
    """Two pairs that might form a tie, of which one did: ranks are one deviation below and above the mean."""
    before, interests = np.zeros((3, 3), np.bool_), np.array([[1.0, 0.0], [1.0, 0.1], [0.0, 1.0]])
    asked = np.array([[False, True, True], [False, False, False], [False, False, False]])
    now = np.array([[False, True, False], [True, False, False], [False, False, False]])
    found = chances("interest", Seen(before, now, asked, interests, np.zeros(3, np.int64)))
    odds = found[0, 1:] / (1 - found[0, 1:])
    assert [log(value) for value in odds] == pytest.approx([1.0, -1.0])


TRUTH = Logistic((-2.0, 2.5, 0.8, 0.3, 1.5, 0.5), "made up")


def test_the_logistic_regression_is_that_of_scikit_learn() -> None:
    linear_model = pytest.importorskip("sklearn.linear_model")
    some = [seen(seed, TRUTH, members) for seed, members in enumerate((20, 30, 40))]
    ours = fit_logistic(some)
    known, happened = np.concatenate([features(one) for one in some]), np.concatenate([o.now[o.asked] for o in some])
    sizes = [np.count_nonzero(one.asked) for one in some]
    weights = np.concatenate([np.full(size, sum(sizes) / (3 * size)) for size in sizes])
    theirs = linear_model.LogisticRegression(C=1 / RIDGE, tol=1e-10, max_iter=1000)
    theirs.fit(known[:, 1:], happened, sample_weight=weights)
    assert ours.coefficients == pytest.approx([*theirs.intercept_, *theirs.coef_[0]], abs=1e-5)


def test_the_logistic_regression_finds_what_made_the_waves() -> None:
    """Of 24 networks, some 9,400 pairs; standard errors by the curvature of the likelihood."""
    some = [seen(seed, TRUTH) for seed in range(24)]
    known = np.concatenate([features(one) for one in some])
    chance = np.concatenate([chances("logistic", one, TRUTH)[one.asked] for one in some])
    errors = np.sqrt(np.diag(np.linalg.inv((known * (chance * (1 - chance))[:, None]).T @ known)))
    found = np.array(fit_logistic(some).coefficients)
    assert (np.abs(found - TRUTH.coefficients) < 4 * errors).all()


def test_a_logistic_regression_stays_finite_where_every_tie_lasts() -> None:
    one = seen()
    fitted = fit_logistic([replace(one, now=one.before)])
    assert np.isfinite(fitted.coefficients).all()
    assert fitted.coefficients[FEATURES.index("tied")] > 5


def test_a_network_is_left_out() -> None:
    networks = {name: [seen(seed, TRUTH)] for seed, name in enumerate("abc")}
    without = fitted_without(dict(networks), "b")
    assert without.source == "a, c"
    assert without.coefficients == fit_logistic([*networks["a"], *networks["c"]]).coefficients


def test_the_shipped_coefficients_tell_who_is_tied() -> None:
    """They are of real networks, so a tie, common partners and common interests all speak for a tie."""
    named = dict(zip(FEATURES, SHIPPED.coefficients, strict=True))
    assert min(named["tied"], named["partners"], named["interest"]) > 0
    one = seen(3, TRUTH)
    assert auc(chances("logistic", one)[one.asked], one.now[one.asked]) > 0.7


def test_networks_are_drawn_by_the_chances_and_again() -> None:
    one = seen()
    found = drawn("degree", one, 400, seed=5)
    assert found.shape == (400, MEMBERS, MEMBERS)
    np.testing.assert_array_equal(found, np.swapaxes(found, 1, 2))
    chance = chances("degree", one)
    off = np.triu(found.mean(axis=0) - chance, 1)
    assert np.abs(off).max() < 5 * 0.5 / np.sqrt(400)
    np.testing.assert_array_equal(found, drawn("degree", one, 400, seed=5))
    assert (found != drawn("degree", one, 400, seed=6)).any()
    assert len(drawn("no_change", one, 400, seed=5)) == 1


def test_lasting_ties_keep_their_strength_and_new_ones_take_one_of_the_old() -> None:
    one = seen()
    luck = np.random.default_rng(3)
    before = np.triu(luck.choice([0.3, 0.6, 0.9], (MEMBERS, MEMBERS)), 1)
    before = np.where(one.before, before + before.T, 0.0)
    found = with_strengths(drawn("rates", one, 5, seed=5), before, one, seed=5)
    ties = found > 0
    np.testing.assert_array_equal(found, np.swapaxes(found, 1, 2))
    assert (found[ties & one.before] == np.broadcast_to(before, found.shape)[ties & one.before]).all()
    assert set(np.unique(found[ties & ~one.before])) == {0.3, 0.6, 0.9}


def test_a_survey_is_seen_as_it_is_judged() -> None:
    folder = EXAMPLES / "survey"
    waves = read_waves(folder / "members.csv", folder / "ties.csv", folder / "answered.csv")
    found = seen_in(waves, 1)
    assert found.asked.sum() < 30 * 29 / 2, "some did not answer"
    assert not (found.now & ~waves.observed[1]).any()
    assert found.now[found.asked].sum() > found.before[found.asked].sum() > 0
