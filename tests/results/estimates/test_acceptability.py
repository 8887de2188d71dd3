"""How likely a plan is worth it: held against draws of a bivariate normal, and against the intervals of prices."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

import scenarios
from results.estimates.acceptability import Curve, curves, horizon_of, root_of
from results.estimates.incremental import incrementals
from simulation.outcomes import MONTHLY_NAMES, NAMES
from simulation.running.ensemble import Ensemble

PLAIN = scenarios.load("salex", posterior=None)
Values = NDArray[np.float64]


def ensemble(name: str, cost: Values, evidence: Values) -> Ensemble:
    """Networks in which nothing but cost and evidence was counted, to the last month."""
    values, months = np.zeros((len(cost), len(NAMES))), np.zeros((2, len(MONTHLY_NAMES)))
    values[:, NAMES.index("cost_year_after")] = np.nan  # they go on
    values[:, NAMES.index("total_cost")], values[:, NAMES.index("evidence_in_all")] = cost, evidence
    of = scenarios.replace(PLAIN, {"name": name})
    return Ensemble(of, 1, 0, values, months, np.zeros((len(cost), *months.shape)))


def plans(pairs: int = 300, seed: int = 2) -> list[Ensemble]:
    """A baseline and two that cost and yield more, which go together."""
    luck = np.random.default_rng(seed)
    shared = luck.normal(size=pairs)
    nothing = np.zeros(pairs)
    small = 2 + 4 * shared + 4 * luck.normal(size=pairs)
    great = 5 + 6 * shared + 12 * luck.normal(size=pairs)
    return [
        ensemble("base", nothing, nothing),
        ensemble("small", 1e5 + 1e5 * luck.normal(size=pairs), small),
        ensemble("great", 4e5 + 2e4 * great + 1e5 * luck.normal(size=pairs), great),
    ]


def curve_of(ensembles: Sequence[Ensemble], worth: float | None = None) -> Curve:
    bought = incrementals(ensembles, ensembles[0])
    found = curves(ensembles, ensembles[0], bought, {} if worth is None else {"evidence": worth})
    return next(one for one in found if (one.effect, one.payer) == ("evidence", "funder"))


def test_the_chance_to_be_the_best_is_that_of_many_draws_of_the_means() -> None:
    """200,000 draws of both plans' means by numpy: standard error .001, and .005 of our own 10,000 draws."""
    ensembles = plans()
    found = curve_of(ensembles)
    columns = [one[name] for name in ("total_cost", "evidence_in_all") for one in ensembles[1:]]
    rows = np.column_stack(columns)
    draws = np.random.default_rng(5).multivariate_normal(rows.mean(axis=0), np.cov(rows.T) / len(rows), 200_000)
    for place in range(0, len(found.worths), 8):
        net = found.worths[place] * draws[:, 2:] - draws[:, :2]
        ahead = np.column_stack((np.zeros(len(net)), net)).argmax(axis=1)
        wanted = np.bincount(ahead, minlength=3) / len(net)
        assert [one.best[place] for one in found.plans] == pytest.approx(wanted.tolist(), abs=0.02)
        for row, one in enumerate(found.plans[1:]):
            assert one.chance[place] == pytest.approx(float((net[:, row] > 0).mean()), abs=0.01)


def test_the_chances_to_be_the_best_add_up_to_one() -> None:
    for ensembles in (plans(), plans()[:2]):
        for each in zip(*(one.best for one in curve_of(ensembles).plans), strict=True):
            assert sum(each) == pytest.approx(1.0)


def test_with_two_plans_the_best_is_the_one_that_is_worth_it() -> None:
    base, other = curve_of(plans()[:2]).plans
    assert other.best == other.chance
    assert base.best == pytest.approx([1 - chance for chance in other.chance])


def test_the_frontier_is_the_greatest_average_and_not_the_likeliest_to_be_the_best() -> None:
    """Two plans alike and independent share what one alone would win: just below their price each is likelier.

    The baseline is the best where both lose, a chance of about a quarter, and yet ahead on average (Fenwick, Claxton &
    Sculpher 2001).
    """
    luck, nothing = np.random.default_rng(2), np.zeros(300)
    alike = [ensemble(name, nothing + 4e5, 5 + 12 * luck.normal(size=300)) for name in ("one", "other")]
    found = curve_of([ensemble("base", nothing, nothing), *alike])
    assert found.ahead[0] == "base"
    turn = next(place for place, name in enumerate(found.ahead) if name != "base") - 1
    assert found.ahead[turn] == "base"
    assert found.plans[0].best[turn] < max(one.best[turn] for one in found.plans[1:])


def test_whoever_pays_more_goes_along_the_frontier() -> None:
    assert list(dict.fromkeys(curve_of(plans()).ahead)) == ["base", "small", "great"]


def test_an_amount_that_is_wanted_is_on_the_curve_and_its_net_benefit_is_plain_arithmetic() -> None:
    ensembles = plans()
    found = curve_of(ensembles, worth=123_456.0)
    place = found.worths.index(123_456.0)
    small = found.plans[1]
    assert found.worths[-1] > 123_456.0
    gain, cost = ensembles[1]["evidence_in_all"].mean(), ensembles[1]["total_cost"].mean()
    assert small.benefit[place] == pytest.approx(123_456.0 * gain - cost)
    assert small.low[place] < small.benefit[place] < small.high[place]


def test_the_curve_crosses_at_the_ends_of_the_prices_interval() -> None:
    ensembles = plans()[:2]
    (one,) = (
        one
        for one in incrementals(ensembles, ensembles[0])
        if (one.horizon, one.effect, one.payer) == ("end", "evidence", "funder")
    )
    for end, chance in ((one.low, 0.025), (one.high, 0.975)):
        found = curve_of(ensembles, worth=end)
        assert found.plans[1].chance[found.worths.index(end)] == pytest.approx(chance)


def test_amounts_begin_at_nothing_and_go_by_round_steps_beyond_the_price() -> None:
    found = curve_of(plans())
    assert found.worths[0] == 0
    assert 20 <= len(found.worths) <= 45
    steps = np.diff(found.worths)
    assert steps == pytest.approx(np.full(len(steps), steps[0]))
    assert found.worths[-1] > 2 * 4e5 / 5


def test_where_no_plan_has_another_effect_there_is_no_curve() -> None:
    same = [ensemble(name, np.full(9, cost), np.ones(9)) for name, cost in (("base", 1e5), ("other", 2e5))]
    assert curves(same, same[0], incrementals(same, same[0]), {}) == ()


def test_one_pair_alone_has_no_curve() -> None:
    alone = [ensemble(name, np.array([cost]), np.array([cost])) for name, cost in (("base", 1.0), ("other", 2.0))]
    assert curves(alone, alone[0], incrementals(alone, alone[0]), {}) == ()


def test_a_plan_that_goes_on_takes_all_to_the_last_month() -> None:
    assert horizon_of(incrementals(plans(), plans()[0])) == "end"


def test_the_root_of_covariances_is_numpys_and_takes_none_that_is_negative() -> None:
    some = np.cov(np.random.default_rng(1).normal(size=(4, 30)))
    assert root_of(some) == pytest.approx(np.linalg.cholesky(some))
    assert root_of(np.array([[1.0, 2.0], [2.0, 1.0]])) == pytest.approx(np.array([[1.0, 0.0], [2.0, 0.0]]))
