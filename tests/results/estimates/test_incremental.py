"""What more money buys, held against Fieller's closed form and against a truth that is known."""

from collections.abc import Mapping
from math import inf, sqrt

import numpy as np
import pytest

import scenarios
import simulation
from results.estimates.incremental import EFFECTS, Incremental, fieller, incremental, incrementals
from results.estimates.quantiles import t_quantile
from scenarios import Scenario
from simulation.outcomes import MONTHLY_NAMES, NAMES
from simulation.running.ensemble import Ensemble

PLAIN = scenarios.load("salex", posterior=None)


def textbook(costs: np.ndarray, gains: np.ndarray) -> tuple[float, float]:
    """Fieller's interval as Zerbe 1978 writes it, by g and the two variances, not by polarization."""
    n = len(costs)
    moments = np.cov(costs, gains) / n
    quantile = t_quantile(n - 1)
    middle = costs.mean() / gains.mean()
    g = quantile**2 * moments[1, 1] / gains.mean() ** 2
    inner = moments[0, 0] - 2 * middle * moments[0, 1] + middle**2 * moments[1, 1]
    inner -= g * (moments[0, 0] - moments[0, 1] ** 2 / moments[1, 1])
    centre = middle - g * moments[0, 1] / moments[1, 1]
    half = quantile / abs(gains.mean()) * sqrt(inner)
    return (centre - half) / (1 - g), (centre + half) / (1 - g)


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_the_interval_is_fiellers(sign: float) -> None:
    luck = np.random.default_rng(7)
    gains = sign * luck.normal(3.0, 2.0, 40)
    costs = 5e4 + 2e4 * gains + luck.normal(0.0, 3e4, 40)
    assert fieller(costs, gains) == pytest.approx(textbook(costs, gains), rel=1e-9)


def test_it_has_no_end_where_the_gain_may_be_nothing() -> None:
    luck = np.random.default_rng(8)
    assert fieller(luck.normal(5.0, 1.0, 30), luck.normal(0.0, 1.0, 30)) == (-inf, inf)


def test_it_holds_the_truth_in_95_of_100_cases() -> None:
    """1,000 data sets of 30 pairs, true ratio 4: by the binomial law 932 to 967 hold it in 99 of 100 such tests.

    An interval that forgot that cost and gain go together (correlation .9) would hold it in all but a few.
    """
    luck, held = np.random.default_rng(9), 0
    for _ in range(1000):
        gains = luck.normal(2.0, 1.0, 30)
        costs = 4.0 * gains + luck.normal(0.0, 2.0, 30)
        low, high = fieller(costs, gains)
        held += low <= 4.0 <= high
    assert 932 <= held <= 967


def ensemble(scenario: Scenario, columns: Mapping[str, np.ndarray]) -> Ensemble:
    """Networks in which nothing but these outcomes was counted."""
    replicates = len(next(iter(columns.values())))
    values, months = np.zeros((replicates, len(NAMES))), np.zeros((2, len(MONTHLY_NAMES)))
    for name, column in columns.items():
        values[:, NAMES.index(name)] = column
    return Ensemble(scenario, 1, 0, values, months, np.zeros((replicates, *months.shape)))


@pytest.mark.parametrize(
    ("cost", "gain", "verdict"),
    [
        (1e5, 2.0, "added"),
        (-1e5, -2.0, "saved"),
        (-1e5, 2.0, "better"),
        (1e5, -2.0, "worse"),
        (0.0, 2.0, "cost unclear"),
        (1e5, 0.0, "effect unclear"),
        (1e5, None, "same effect"),
    ],
)
def test_what_a_difference_buys_is_said_by_both_signs(cost: float, gain: float | None, verdict: str) -> None:
    luck = np.random.default_rng(3).permutation(np.repeat([-1.0, 1.0], 10))
    nothing = np.zeros(20)
    base = ensemble(PLAIN, {"total_cost": nothing, "evidence_in_all": nothing})
    other = ensemble(
        PLAIN,
        {"total_cost": cost + 1e3 * luck, "evidence_in_all": nothing if gain is None else gain + 0.1 * luck[::-1]},
    )
    found = incremental(other, base, "end", "evidence", "funder")
    assert found.verdict == verdict
    if verdict in ("added", "saved"):
        assert found.ratio == pytest.approx(5e4)
        assert found.low < 5e4 < found.high


def test_members_own_spending_is_added_to_the_funders() -> None:
    luck = np.linspace(-1.0, 1.0, 20)
    base = ensemble(PLAIN, {"total_cost": np.zeros(20)})
    other = ensemble(
        PLAIN, {"total_cost": 1e4 + luck, "members_cost_in_all": 5e3 + luck, "evidence_in_all": 1.0 + 0.01 * luck}
    )
    alone, both = (incremental(other, base, "end", "evidence", payer) for payer in ("funder", "funder and members"))
    assert both.ratio - alone.ratio == pytest.approx(5e3)


def test_a_network_that_goes_on_has_no_year_after() -> None:
    open_ended = scenarios.load("joint-learning-network", posterior=None)
    one = simulation.run(open_ended, seed=1, replicates=4, workers=1)
    two = simulation.run(scenarios.replace(open_ended, {"grants.per_call": 0}), seed=1, replicates=4, workers=1)
    found = incrementals([one, two], one)
    assert {each.effect for each in found} == set(EFFECTS)
    assert {each.verdict for each in found if each.horizon == "year after"} == {"missing"}
    assert all(isinstance(each, Incremental) and each.scenario == two.scenario.name for each in found)
