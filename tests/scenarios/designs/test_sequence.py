"""A sequence: any first part of it is a design by itself, and more of it moves no point."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import qmc

import scenarios
from scenarios.designs.design import plan

SALEX = scenarios.load("salex", posterior=None)
THREE = ["facilitation.intensity=0:1", "members.engagement=0:1", "behaviour.decay=0:0.5"]
WHERE = ["facilitation.intensity <= members.engagement"]


def shares(points: int, seed: int = 1, vary: list[str] = THREE, where: list[str] | None = None) -> NDArray[np.float64]:
    return plan(SALEX, vary, kind="sequence", points=points, seed=seed, where=where or []).shares


def uneven(points: NDArray[np.float64]) -> float:
    return float(qmc.discrepancy(points, method="CD"))


def test_more_points_begin_with_the_same_ones() -> None:
    whole = shares(400)
    for count in (1, 2, 100, 256, 399):
        assert np.array_equal(shares(count), whole[:count])
    allowed = shares(300, where=WHERE)
    assert np.array_equal(shares(50, where=WHERE), allowed[:50])
    assert (allowed[:, 0] <= allowed[:, 1]).all()
    assert not np.array_equal(shares(400, seed=2), whole)


def test_it_is_the_scrambled_sequence_of_scipy() -> None:
    expected = qmc.Sobol(3, scramble=True, rng=np.random.default_rng(1)).random_base2(8)
    assert np.array_equal(shares(256), expected)


@pytest.mark.parametrize("count", [32, 50, 64, 100, 128, 200, 256])
def test_a_first_part_is_more_even_than_the_first_points_of_a_hypercube_or_by_chance(count: int) -> None:
    """Centred discrepancies, averaged over ten seeds: chance gives 2.5 times as much at 32 points, and 20 at 256."""
    ours = np.mean([uneven(shares(count, seed)) for seed in range(10)])
    latin = [plan(SALEX, THREE, kind="lhs", points=512, seed=seed).shares[:count] for seed in range(10)]
    chance = [np.random.default_rng(seed).random((count, 3)) for seed in range(10)]
    for others in (latin, chance):
        assert 1.5 * ours < np.mean([uneven(points) for points in others])


def test_points_are_allowed_evenly() -> None:
    """Below the diagonal, the mean of x is 1/3 and of y 2/3; by chance 256 points would miss by 0.015."""
    x, y = shares(256, where=WHERE)[:, :2].T
    assert (x.mean(), y.mean()) == pytest.approx((1 / 3, 2 / 3), abs=0.01)
