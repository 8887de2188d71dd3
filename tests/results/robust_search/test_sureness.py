"""How often the intervals of robustness hold what is true, where that is known."""

from collections.abc import Callable
from math import exp, pi, sqrt

import numpy as np
import pytest
from scipy.special import ndtri

from results.robust_search import criteria
from results.robust_search.criteria import Values
from results.robust_search.sureness import (
    by_resampling,
    difference_by_resampling,
    difference_of_shares,
    share,
)

TRIALS, FUTURES = 120, 200
"""Of 120 trials with a true coverage of 94 %, 86 or more of 100 hold in 999 of 1,000 cases; with 80 % in 6 of 100."""


def held(count: int) -> bool:
    return count >= 0.86 * TRIALS


TENTH = float(ndtri(0.1))
TAIL = -exp(-(TENTH**2) / 2) / sqrt(2 * pi) / 0.1
TRUE: dict[str, tuple[Callable[[Values], Values], float]] = {
    "mean": (criteria.mean, 0.0),
    "worst tenth": (criteria.worst_tenth, TAIL),  # mean of the lowest tenth of a standard normal
    "percentile": (criteria.percentile, TENTH),
}


@pytest.mark.parametrize("name", TRUE)
def test_intervals_over_futures_hold_the_truth(name: str) -> None:
    score, true = TRUE[name]
    drawn = np.random.default_rng(7).normal(size=(TRIALS, FUTURES))
    found = [by_resampling(score, row) for row in drawn]
    inside = sum(one.low <= true <= one.high for one in found)
    assert held(inside), inside


@pytest.mark.parametrize("name", TRUE)
def test_differences_in_the_same_futures_hold_the_truth(name: str) -> None:
    score, true = TRUE[name]
    random = np.random.default_rng(8)
    shared = random.normal(size=(TRIALS, FUTURES))
    other = 0.5 * shared + 0.1
    inside = 0
    for one, two in zip(shared, other, strict=True):
        found = difference_by_resampling(score, two, one)
        inside += found.low <= 0.1 - 0.5 * true <= found.high
    assert held(inside), inside


@pytest.mark.parametrize(("one", "other"), [(0.84, 0.61), (0.99, 0.97), (0.5, 0.5)])
def test_differences_of_shares_of_the_same_futures_hold_the_truth(one: float, other: float) -> None:
    drawn = np.random.default_rng(9).random((TRIALS, FUTURES))
    inside = 0
    for row in drawn:
        found = difference_of_shares(row < one, row < other)
        inside += found.low <= one - other <= found.high
    assert inside >= 0.9 * TRIALS, inside


def test_two_plans_that_are_the_same_in_all_futures_drawn_are_not_said_to_be_the_same_in_all() -> None:
    met = np.ones(50, dtype=bool)
    found = difference_of_shares(met, met)
    assert found.value == 0
    assert found.low < 0 < found.high
    assert found.high == pytest.approx(0.0549, abs=0.01)  # (1 + 1) / 52 under the root: t sqrt(2 / 52 / 52)


def test_more_intervals_at_a_time_are_wider_and_few_futures_have_none() -> None:
    random = np.random.default_rng(1)
    one, other = random.normal(size=60), random.normal(size=60)
    narrow = difference_by_resampling(criteria.mean, one, other)
    wide = difference_by_resampling(criteria.mean, one, other, several=12)
    assert wide.low < narrow.low < narrow.high < wide.high
    few = difference_by_resampling(criteria.mean, one[:9], other[:9])
    assert np.isnan(few.low)
    assert not few.is_clear


def test_a_share_of_futures_is_wilsons() -> None:
    found = share(np.array([True] * 84 + [False] * 16))
    assert (found.value, round(found.low, 3), round(found.high, 3)) == (0.84, 0.756, 0.899)
