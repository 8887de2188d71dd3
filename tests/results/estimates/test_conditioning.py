"""Networks held to what was observed: against closed forms of normal numbers, and against counting."""

from math import sqrt

import numpy as np
import pytest

from results.estimates.conditioning import Conditioning, Given

NETWORKS = 4000


def normal_world(networks: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Two looks at a hidden standard normal, each with an error of variance 1/2, and a future with one of 1/4."""
    luck = np.random.default_rng(seed)
    hidden = luck.normal(size=networks)
    seen = hidden[:, None] + luck.normal(0, sqrt(0.5), (networks, 2))
    return seen, hidden + luck.normal(0, 0.5, networks)


def test_mean_and_spread_are_those_of_the_normal_law() -> None:
    """Given two looks, the hidden number has the variance 1 / (1 + 2 / .5) = .2 and the mean .2 x 2 x (sum of looks).

    A weighted mean of some 1,000 effective networks of standard deviation .67 errs by .02; four of these are allowed,
    as for the quantiles (standard error of the 5 % quantile: .67 x sqrt(.05 x .95 / 1000) / .103 = .045).
    """
    seen, future = normal_world(NETWORKS, 1)
    given = Conditioning(seen, np.array([1.0, 0.6])).given(future)
    mean, sd = 0.2 * 2 * 1.6, sqrt(0.2 + 0.25)
    assert given.effective > 900
    assert given.mean == pytest.approx(mean, abs=0.085)
    low, middle, high = given.quantiles((0.05, 0.5, 0.95))
    assert middle == pytest.approx(mean, abs=0.11)
    assert (low, high) == pytest.approx((mean - 1.645 * sd, mean + 1.645 * sd), abs=0.18)


def test_what_is_explained_is_the_squared_correlation() -> None:
    """Of the future's variance, 1.25, the looks tell .8: .64. Its standard error with 4,000 networks is .01."""
    seen, future = normal_world(NETWORKS, 2)
    held = Conditioning(seen, seen[0])
    assert held.explained(future) == pytest.approx(0.64, abs=0.04)
    assert held.explained(np.random.default_rng(3).normal(size=NETWORKS)) < 0.01
    assert held.explained(np.zeros(NETWORKS)) == 0.0


def test_nine_of_ten_intervals_hold_the_truth() -> None:
    """Of 400 worlds, 90 % +- 1.5 (one standard error); 84 to 96 is four of these, and 80 % would fail in 98 of 100."""
    seen, future = normal_world(1000, 4)
    looks, truths = normal_world(400, 5)
    inside = 0
    for look, truth in zip(looks, truths, strict=True):
        low, high = Conditioning(seen, look).given(future).quantiles((0.05, 0.95))
        inside += low <= truth <= high
    assert 336 <= inside <= 384


def test_of_networks_that_look_alike_none_is_left_out() -> None:
    """Where what was seen tells nothing, the forecast is what the networks come to, whichever of them came first."""
    future = np.arange(200.0)
    given = Conditioning(np.zeros((200, 2)), np.zeros(2)).given(future)
    assert len(given.rows) == 200
    assert given.mean == pytest.approx(future.mean())
    half = np.repeat([0.0, 1.0], 100)
    given = Conditioning(half[:, None], np.array([0.0])).given(future)
    assert set(range(100)) <= set(given.rows.tolist())
    assert given.mean == pytest.approx(49.5, abs=3)


def test_far_out_it_goes_no_further_than_the_networks() -> None:
    """An observation that no network comes to is taken as the furthest that one does: squares do not run away."""
    seen, future = normal_world(1000, 6)
    far = Conditioning(seen, np.array([50.0, 50.0])).given(future)
    assert far.mean < 3 * future.std() + future.max()
    assert np.isfinite(far.values).all()


def test_quantiles_and_shares_follow_the_weights() -> None:
    given = Given(np.array([3.0, 1.0, 2.0]), np.array([0.5, 0.25, 0.25]), np.arange(3))
    assert given.share(given.values >= 2) == 0.75
    assert given.quantiles([0.125, 0.375, 0.75]) == [1.0, 2.0, 3.0]
    assert given.effective == pytest.approx(1 / (0.25 + 2 * 0.0625))
