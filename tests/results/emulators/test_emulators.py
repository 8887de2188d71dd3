"""Emulators: they find known functions again, they know luck from what they miss, and they say how unsure they are."""

import numpy as np
import pytest
from numpy.typing import NDArray

from results.emulators.coding import coded
from results.emulators.effects import draws, effects
from results.emulators.held_out import WIDE, fit_and_check
from results.emulators.noise import noise_of
from results.emulators.process import fit_process
from results.emulators.trees import fit_trees
from tests.shared import needs

Values = NDArray[np.float64]
pytestmark = needs("sklearn")


def branin(x: Values) -> Values:
    """Of inputs from 0 to 1. Source: Branin 1972."""
    a, b = 15 * x[:, 0] - 5, 15 * x[:, 1]
    curve = b - 5.1 / (4 * np.pi**2) * a**2 + 5 / np.pi * a - 6
    return np.asarray(curve**2 + 10 * (1 - 1 / (8 * np.pi)) * np.cos(a) + 10)


def ishigami(x: Values) -> Values:
    """Of inputs from 0 to 1."""
    one, two, three = (2 * np.pi * x[:, place] - np.pi for place in range(3))
    return np.asarray(np.sin(one) + 7 * np.sin(two) ** 2 + 0.1 * three**4 * np.sin(one))


def latin(count: int, wide: int, seed: int = 1) -> Values:
    from scipy.stats import qmc

    return np.asarray(qmc.LatinHypercube(wide, rng=np.random.default_rng(seed)).random(count))


def test_forty_points_give_branin_everywhere() -> None:
    """Of 2,000 places it has not seen it explains 99.9 %; what held-out points say of that is no better than it is."""
    points = latin(40, 2)
    found = fit_and_check(points, branin(points))
    places = np.random.default_rng(2).random((2000, 2))
    mean, error = found.emulator.predict_with_error(places)
    off = mean - branin(places)
    assert found.emulator.kind == "Gaussian process"
    assert 1 - np.var(off) / np.var(branin(places)) > 0.999
    assert found.explained > 0.99
    assert np.mean(np.abs(off) < 3 * WIDE * error) > 0.99, "it knows how unsure it is"


def test_luck_is_told_from_what_is_missed() -> None:
    """200 points of Branin, ten networks each, whose luck differs between points threefold.

    What is missed at held-out points is luck, nearly; 90 % intervals hold 90 % of 200, give or take 2.6 standard
    errors; those of the function itself hold it at 2,000 fresh places.
    """
    points, luck = latin(200, 2), np.random.default_rng(5)
    spread = 15 + 30 * points[:, 0]
    values = branin(points)[:, None] + spread[:, None] * luck.normal(size=(200, 10))
    noise = noise_of(values, same_luck=False)
    assert noise is not None
    assert np.corrcoef(noise, spread**2)[0, 1] > 0.6, "points of much luck are known from those of little"
    assert np.mean(noise) == pytest.approx(np.mean(spread**2) / 10, rel=0.1)
    found = fit_and_check(points, values.mean(axis=1), noise)
    assert found.missed_by_luck is not None
    assert found.missed_by_luck < found.missed < 1.5 * found.missed_by_luck
    assert abs(found.covered - 0.9) < 2.6 * np.sqrt(0.09 / 200)
    places = luck.random((2000, 2))
    mean, error = found.emulator.predict_with_error(places)
    assert 0.8 < np.mean(np.abs(mean - branin(places)) < WIDE * error) < 0.99


def test_luck_that_all_points_share_is_no_noise() -> None:
    """The same networks everywhere: their luck moves all points alike, which says nothing against any of them."""
    luck = np.random.default_rng(3)
    shared, own = luck.normal(size=(1, 20)), 0.1 * luck.normal(size=(50, 20))
    values = np.linspace(0, 1, 50)[:, None] + 3 * shared + own
    apart, blind = noise_of(values, same_luck=True), noise_of(values, same_luck=False)
    assert apart is not None
    assert blind is not None
    assert np.mean(apart) == pytest.approx(0.1**2 / 20, rel=0.2)
    assert np.mean(blind) > 100 * np.mean(apart)


def test_one_network_a_point_tells_nothing_of_luck() -> None:
    assert noise_of(np.ones((5, 1)), same_luck=True) is None


def test_nothing_is_explained_of_nothing_but_luck() -> None:
    points, values = latin(60, 2), np.random.default_rng(4).normal(size=(60, 5))
    found = fit_and_check(points, values.mean(axis=1), noise_of(values, same_luck=False))
    assert found.explained < 0.2
    assert found.possible < 0.3


def test_a_smooth_outcome_of_two_of_many_inputs_is_a_process_of_some() -> None:
    points, luck = latin(150, 21), np.random.default_rng(1)
    smooth = np.sin(3 * points[:, 0]) * (1 + points[:, 7]) + 0.05 * luck.normal(size=150)
    found = fit_and_check(points, smooth)
    assert found.emulator.kind == "Gaussian process"
    assert found.explained > 0.9
    places = luck.random((500, 21))
    mean, _ = found.emulator.predict_with_error(places)
    off = mean - np.sin(3 * places[:, 0]) * (1 + places[:, 7])
    assert np.mean(off**2) < 0.1 * np.var(smooth)


@pytest.mark.slow
def test_an_outcome_of_steps_in_many_inputs_is_for_trees() -> None:
    points, luck = latin(150, 21), np.random.default_rng(1)
    steps = np.sum(points[:, :8] > 0.5, axis=1) + 0.05 * luck.normal(size=150)
    stepped = fit_and_check(points, steps)
    assert stepped.emulator.kind == "boosted trees"
    assert abs(stepped.covered - 0.9) < 2.6 * np.sqrt(0.09 / 150)


def test_trees_are_those_of_scikit_learn() -> None:
    from sklearn.ensemble import HistGradientBoostingRegressor
    from threadpoolctl import threadpool_limits

    points = latin(300, 3)
    points[:, 2] = np.round(3 * points[:, 2]) / 3
    with threadpool_limits(1):  # type: ignore[no-untyped-call]
        same = HistGradientBoostingRegressor(
            max_iter=200, learning_rate=0.05, max_leaf_nodes=8, l2_regularization=1.0, early_stopping=False,
            random_state=0,
        ).fit(points, ishigami(points))  # fmt: skip
    places = np.random.default_rng(2).random((500, 3))
    assert fit_trees(points, ishigami(points)).predict(places) == pytest.approx(same.predict(places), abs=1e-12)


def test_a_process_is_that_of_scikit_learn() -> None:
    """With its lengths, its mean and standard error at any place are those of another implementation."""
    from sklearn.gaussian_process import GaussianProcessRegressor
    from sklearn.gaussian_process.kernels import RBF, ConstantKernel, Matern

    points = latin(30, 2)
    noise = 1 + points[:, 0]
    mine = fit_process(points, branin(points), noise)
    alike = RBF(mine.lengths) if mine.smooth == "squared exponential" else Matern(mine.lengths, nu=2.5)
    theirs = GaussianProcessRegressor(
        ConstantKernel(mine.size) * alike, alpha=noise / mine.spread**2 + mine.rough + 1e-10, optimizer=None
    ).fit(points, (branin(points) - mine.middle) / mine.spread)
    places = np.random.default_rng(2).random((200, 2))
    mean, error = theirs.predict(places, return_std=True)
    found, unsure = mine.predict_with_error(places)
    assert found == pytest.approx(mine.middle + mine.spread * mean, rel=1e-7)
    assert unsure == pytest.approx(mine.spread * np.sqrt(error**2 + mine.rough), rel=1e-4)


def test_never_stands_beside_the_months_and_names_beside_each_other() -> None:
    coding = coded(
        ["funder.exit", "scenario", "closing.capstone", "grants.per_call"],
        np.array([[0, 0, 0, 2.0], [3, 2, 1, 6.0]]),
        [(12, 24, 36, "never"), ("a", "b", "c"), (False, True), ()],
    )
    assert coding.width == 2 + 3 + 1 + 1
    found = coding.columns(np.array([[1, 1, 1, 4.0], [3, 2, 0, 2.0]]))
    assert found.tolist() == [[0.5, 0, 0, 1, 0, 1, 0.5], [1, 1, 0, 0, 1, 0, 0]]


def test_effects_of_ishigami_are_those_of_its_closed_form() -> None:
    """First .314, .442, 0 and total .558, .442, .244; 1,024 draws leave about .02."""
    inputs = latin(500, 3)
    found = effects(ishigami, draws(inputs, [True] * 3, 1), [[0], [1], [2], [0, 2]])
    assert found[0] == pytest.approx([0.314, 0.442, 0, 0.558], abs=0.05)
    assert found[1] == pytest.approx([0.558, 0.442, 0.244, 0.558], abs=0.05)
