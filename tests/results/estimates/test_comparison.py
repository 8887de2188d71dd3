"""Paired comparison, as a reader of the tables understands it."""

from collections.abc import Sequence
from dataclasses import replace
from math import isnan, nan, sqrt
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import stdtrit

import scenarios
from results.estimates.comparison import compare, difference, estimate
from simulation.outcomes import MONTHLY_NAMES, NAMES
from simulation.running.ensemble import Ensemble

SALEX = scenarios.load("salex", posterior=None)
RATE = "collaboration_rate"
Column = Sequence[float] | NDArray[np.floating[Any]]


def ensemble(seed: int = 1, first: int = 0, **columns: Column) -> Ensemble:
    """Replicates with these outcomes; the others are 0."""
    replicates = len(next(iter(columns.values())))
    values = np.zeros((replicates, len(NAMES)))
    for name, column in columns.items():
        values[:, NAMES.index(name)] = column
    months = np.zeros((2, len(MONTHLY_NAMES)))
    return Ensemble(SALEX, seed, first, values, months, np.zeros((replicates, *months.shape)))


def test_an_estimate_is_the_mean_with_its_t_interval() -> None:
    found = estimate(ensemble(collaboration_rate=[0.4, 0.5, 0.6, 0.9]), RATE)

    # By hand: mean 0.6, sum of squares 0.14, standard error sqrt(0.14 / 3 / 4), t(3) = 3.182446.
    half = 3.182446305284263 * sqrt(0.14 / 12)
    assert found.mean == pytest.approx(0.6, rel=1e-15)
    assert (found.low, found.high) == pytest.approx((0.6 - half, 0.6 + half), rel=1e-12)
    assert (found.replicates, found.missing) == (4, 0)


def test_the_spread_is_that_of_single_networks_and_does_not_narrow_with_more_of_them() -> None:
    found = estimate(ensemble(collaboration_rate=np.linspace(0, 1, 1001)), RATE)

    assert (found.spread_low, found.spread_high) == pytest.approx((0.025, 0.975))
    assert found.high - found.low < 0.04


def test_a_difference_pairs_replicates_of_one_number() -> None:
    ours, base = ensemble(collaboration_rate=[0.4, 0.6, 0.8]), ensemble(collaboration_rate=[0.5, 0.8, 0.8])

    found = difference(ours, base, RATE, scenario="ours")

    # By hand: differences -0.1, -0.2, 0: mean -0.1, variance 0.01; variances 0.04 and 0.03; t(2) = 4.302653.
    half = 4.302652729749464 * sqrt(0.01 / 3)
    assert found.mean == pytest.approx(-0.1)
    assert (found.low, found.high) == pytest.approx((-0.1 - half, -0.1 + half))
    assert found.variance_ratio == pytest.approx(0.07 / 0.01)
    assert found.probability_greater == pytest.approx(1 / 6), "the tie counts half"
    assert found.more_replicates == 16, "3 * (0.24841 / 0.1)^2 = 18.5, 19 in all"


def test_a_scenario_against_itself_differs_by_exactly_nothing() -> None:
    luck = np.random.default_rng(3)
    same = ensemble(
        collaboration_rate=luck.random(101), surviving=luck.integers(0, 9, 101) * 1.0,
        active_at_closing=luck.integers(9, 20, 101) * 1.0,
    )  # fmt: skip
    for one in compare({"salex": same, "again": same}, "salex").differences:
        if isnan(one.mean):
            continue
        assert (one.mean, one.low, one.high) == (0.0, 0.0, 0.0)
        assert (one.probability_greater, one.variance_ratio, one.more_replicates) == (0.5, None, None)


def test_a_clear_difference_takes_no_more_replicates() -> None:
    found = difference(
        ensemble(collaboration_rate=[0.8, 0.9, 0.8]), ensemble(collaboration_rate=[0.1, 0.2, 0.11]), RATE, scenario="x"
    )
    assert found.is_clear
    assert found.more_replicates == 0


def test_a_ratio_is_that_of_the_sums_with_the_interval_of_its_linearization() -> None:
    found = estimate(
        ensemble(surviving=[1, 6, 2] * 4, active_at_closing=[2, 8, 10] * 4, survival=[0.5, 0.75, 0.2] * 4), "survival"
    )

    # By hand: 9 / 20 = 0.45, not the mean of ratios 0.483; z = 0.465, 0.81, 0.075 (mean denominator 20 / 3).
    z = [0.45 + (1 - 0.9) * 0.15, 0.45 + (6 - 3.6) * 0.15, 0.45 + (2 - 4.5) * 0.15]
    half = 2.200985160082949 * np.std(z * 4, ddof=1) / sqrt(12)
    assert found.mean == pytest.approx(0.45)
    assert (found.low, found.high) == pytest.approx((0.45 - half, 0.45 + half))
    assert found.spread_low == 0.2, "the spread is of the ratios of single networks"
    assert found.spread_high == 0.75


def test_a_ratio_without_anything_below_is_missing() -> None:
    found = estimate(ensemble(surviving=[0, 0], active_at_closing=[0, 0], survival=[nan, nan]), "survival")

    assert isnan(found.mean)
    assert (found.replicates, found.missing) == (0, 2)


def test_one_network_that_says_something_gives_a_ratio_no_interval() -> None:
    found = estimate(ensemble(surviving=[0, 3, 0], active_at_closing=[0, 4, 0], survival=[nan, 0.75, nan]), "survival")
    assert found.mean == 0.75
    assert isnan(found.low), "nothing over nothing, twice, must not make the interval narrow"


def test_a_ratio_missing_on_one_side_cannot_be_compared() -> None:
    ours = ensemble(surviving=[0, 0], active_at_closing=[0, 0], survival=[nan, nan])
    base = ensemble(surviving=[1, 2], active_at_closing=[2, 2], survival=[0.5, 1.0])

    found = difference(ours, base, "survival", scenario="ours")

    assert isnan(found.mean)
    assert found.probability_greater is None
    assert found.replicates == 0


def test_missing_replicates_are_left_out_in_pairs_and_counted() -> None:
    ours, base = ensemble(legacy_rate=[0.4, nan, 0.8, 0.6]), ensemble(legacy_rate=[0.3, 0.9, nan, 0.4])

    found = difference(ours, base, "legacy_rate", scenario="ours")
    alone = estimate(ours, "legacy_rate")

    assert found.mean == pytest.approx(0.15)
    assert (found.replicates, found.missing) == (2, 2)
    assert alone.mean == pytest.approx(0.6)
    assert (alone.replicates, alone.missing) == (3, 1)


def test_one_replicate_has_a_mean_and_no_interval() -> None:
    ours, base = ensemble(collaboration_rate=[0.5]), ensemble(collaboration_rate=[0.7])

    assert estimate(ours, RATE).mean == 0.5
    assert isnan(estimate(ours, RATE).low)
    assert difference(ours, base, RATE, scenario="ours").more_replicates is None


def test_the_interval_holds_the_truth_95_times_in_100() -> None:
    """Uniform shares on 0 to 1 have the mean 1/2; 2,000 intervals of 12 replicates each."""
    trials, replicates = 2_000, 12
    luck = np.random.default_rng(11)
    draws = luck.random((trials, replicates))

    found = [estimate(ensemble(collaboration_rate=draw), RATE) for draw in draws]
    share = np.mean([one.low <= 0.5 <= one.high for one in found])

    # 4 standard errors are 1.9 points; normal instead of t quantiles would hold 92.4 in 100, one sd instead of a
    # standard error 100, and a 90 % interval 90: all outside.
    assert share == pytest.approx(0.95, abs=4 * sqrt(0.95 * 0.05 / trials))


def test_the_interval_of_a_ratio_holds_the_truth_95_times_in_100() -> None:
    """Denominators Poisson(20), each surviving with chance 0.6: the ratio of expectations is 0.6."""
    trials, replicates = 1_500, 40
    luck = np.random.default_rng(12)
    below = luck.poisson(20, (trials, replicates))
    above = luck.binomial(below, 0.6)

    found = [
        estimate(ensemble(surviving=a.astype(float), active_at_closing=b.astype(float)), "survival")
        for a, b in zip(above, below, strict=True)
    ]
    share = np.mean([one.low <= 0.6 <= one.high for one in found])

    # 4 standard errors are 2.3 points; without linearizing (variance of the numerator alone) the share is above 0.99.
    assert share == pytest.approx(0.95, abs=4 * sqrt(0.95 * 0.05 / trials))


def test_the_sums_do_not_depend_on_the_order_of_replicates() -> None:
    draws = np.random.default_rng(5).random(997) * 1e6

    assert estimate(ensemble(cost=draws), "cost") == estimate(ensemble(cost=draws[::-1]), "cost")


def test_only_the_same_luck_can_be_paired() -> None:
    ours = ensemble(collaboration_rate=[0.5, 0.6])
    with pytest.raises(
        ValueError, match=r"'b' has replicates 0 to 1 of seed 2 but 'a' has replicates 0 to 1 of seed 1"
    ):
        compare({"a": ours, "b": ensemble(seed=2, collaboration_rate=[0.5, 0.6])}, "a")
    with pytest.raises(ValueError, match="'b' has replicates 2 to 3"):
        compare({"a": ours, "b": ensemble(first=2, collaboration_rate=[0.5, 0.6])}, "a")
    with pytest.raises(ValueError, match="baseline 'c' is not among the scenarios compared: a"):
        compare({"a": ours}, "c")
    with pytest.raises(ValueError, match="two ensembles have one name"):
        compare([ours, ours], "salex")


def test_t_quantiles_are_those_of_the_tables() -> None:
    """Student's table: t(0.975) with 1, 10 and 200 degrees of freedom."""
    assert [round(float(stdtrit(df, 0.975)), 3) for df in (1, 10, 200)] == [12.706, 2.228, 1.972]


def test_what_is_not_known_of_the_parameters_is_in_the_interval_unless_luck_alone_is_asked_for() -> None:
    """Replicates whose outcome is that of their particle: luck alone would be sure of what one particle more moves."""
    posterior = scenarios.shipped_posterior()
    open_to = SALEX.with_posterior(posterior)
    particles = posterior.particles_of(0, 400)
    levels = np.random.default_rng(7).normal(size=(2, len(posterior)))
    one, other = (replace(ensemble(trust=level[particles]), scenario=open_to) for level in levels)
    for whole, luck in (
        (estimate(one, "trust"), estimate(one, "trust", luck_only=True)),
        (difference(one, other, "trust", scenario="a"), difference(one, other, "trust", scenario="a", luck_only=True)),
    ):
        assert whole.mean == pytest.approx(luck.mean)
        assert whole.high - whole.low > 1.2 * (luck.high - luck.low)


def test_a_difference_that_was_not_made_is_asked_for_in_vain() -> None:
    one = ensemble(collaboration_rate=[0.5, 0.6])
    compared = compare([one, replace(one, scenario=scenarios.load("sparc", posterior=None))], "salex")
    with pytest.raises(KeyError, match="no difference of 'salex' in 'trust'; compared: sparc"):
        compared.difference("salex", "trust")
