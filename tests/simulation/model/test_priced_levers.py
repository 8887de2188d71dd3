"""Levers have a price: what is more of one is less of another, or costs more, and what costs nothing gains nothing."""

from collections.abc import Callable, Mapping
from math import sqrt
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from simulation import Ensemble
from tests.shared import PLAIN

Ensembles = Callable[..., Ensemble]
Changes = Mapping[str, Any]

TO_CLOSING: Changes = {**PLAIN, "network.months": 25}


def assert_higher(more: NDArray[np.float64], less: NDArray[np.float64]) -> None:
    """The mean paired difference lies 4 standard errors above 0: by luck alone once in 30,000."""
    difference = more - less
    error = float(difference.std(ddof=1)) / sqrt(len(difference))
    assert difference.mean() > 4.0 * error, f"{difference.mean():g}, with a standard error of {error:g}"


# Staff time.

EFFORTS: Changes = {
    "facilitation.convening_effort": 0.9,
    "facilitation.session_effort": 0.1,
    "facilitation.introduction_effort": 0.05,
}
SESSIONS_COUNTED: Changes = {"costs.attendance": 0.0, "costs.session": 1.0}
"""Prices under which `cost_convenings` is the number of sessions held."""


def test_with_staff_time_more_introductions_are_fewer_sessions(ensemble: Ensembles) -> None:
    """Measured: 27 of 42 sessions are left, z 14; without it their number does not move at all."""
    counted = {**TO_CLOSING, **SESSIONS_COUNTED}
    many = {"facilitation.introductions": 1.0}
    free, many_free, few, many_priced = (
        ensemble({**counted, **changes}, replicates=24)["cost_convenings"]
        for changes in ({}, many, EFFORTS, {**EFFORTS, **many})
    )
    np.testing.assert_array_equal(free, many_free)
    np.testing.assert_array_equal(free, few)  # the plan of SALEX fits into a full backbone exactly
    assert_higher(few, many_priced)


@pytest.mark.parametrize("outcome", ["new_relationships", "trust"])
def test_with_staff_time_more_sessions_help_less(ensemble: Ensembles, outcome: str) -> None:
    """Twice the sessions, and half as many introductions and encounters at convenings."""
    twice = {**TO_CLOSING, "facilitation.group_rate": 2.0}
    free, priced = (ensemble({**twice, **changes}, replicates=24)[outcome] for changes in ({}, EFFORTS))
    assert_higher(free, priced)


def test_a_session_costs_what_it_costs(ensemble: Ensembles) -> None:
    free, priced = (ensemble({**TO_CLOSING, "costs.session": price}, replicates=4) for price in (0.0, 1_000.0))
    held = ensemble({**TO_CLOSING, **SESSIONS_COUNTED}, replicates=4)["cost_convenings"]
    assert held.all()
    np.testing.assert_allclose(priced["cost_convenings"] - free["cost_convenings"], 1_000.0 * held)
    np.testing.assert_allclose(priced["total_cost"] - free["total_cost"], 1_000.0 * held)


# Grants by their money.

STRONG: Changes = {**TO_CLOSING, "behaviour.grant_strength": 1.0, "behaviour.evidence_lag": 3}
LARGER: Changes = {"grants.size": 100_000.0}
LONGER: Changes = {"grants.months": 24}


@pytest.mark.parametrize("outcome", ["evidence", "collaborations", "total_cost"])
def test_a_grant_of_twice_the_size_does_more_and_costs_more(ensemble: Ensembles, outcome: str) -> None:
    larger, plain = (ensemble({**STRONG, **changes}, replicates=56)[outcome] for changes in (LARGER, {}))
    assert_higher(larger, plain)


def test_without_elasticity_only_costs_follow_the_size(ensemble: Ensembles) -> None:
    larger, plain = (ensemble({**TO_CLOSING, **changes}, replicates=8) for changes in (LARGER, {}))
    for outcome in ("evidence", "collaborations_formed", "engagement"):
        np.testing.assert_array_equal(larger[outcome], plain[outcome])


def test_a_longer_grant_of_the_same_money_is_thinner(ensemble: Ensembles) -> None:
    """Of a grant twice as long more evidence comes where length is free, and less of that where it is not."""
    long = {**TO_CLOSING, "behaviour.evidence_lag": 3, **LONGER}
    free, priced = (
        ensemble({**long, "behaviour.grant_strength": elasticity}, replicates=56)["evidence"]
        for elasticity in (0.0, 1.0)
    )
    assert_higher(free, priced)


# Notice, and winding down.


def test_left_out_winding_down_goes_with_notice(ensemble: Ensembles) -> None:
    plain, same = (ensemble({"network.months": 38, **changes}, replicates=8) for changes in ({}, WOUND_DOWN))
    np.testing.assert_array_equal(plain.kept_months, same.kept_months)


WOUND_DOWN: Changes = {"closing.wind_down_months": 6}
"""As long as SALEX's notice."""


def test_winding_down_begins_when_it_should_whatever_the_notice(ensemble: Ensembles) -> None:
    """What the backbone costs, month by month, for SALEX's notice of 6 months and for none."""
    backbone: Changes = {
        **PLAIN, "network.months": 26, "grants.per_call": 0, "costs.attendance": 0.0, "costs.introduction": 0.0,
        "costs.capstone": 0.0, "behaviour.renewal_chance": 0.0, "closing.wind_down_months": 10,
    }  # fmt: skip
    for notice in (0, 6, 24):
        cost = ensemble({**backbone, "closing.notice": notice}, replicates=2).course("cost")[0]
        spent = np.diff(cost)
        np.testing.assert_allclose(spent[:15], 0.6 * 300_000.0 / 12.0)
        np.testing.assert_allclose(spent[15:25], 0.6 * 0.6 * 300_000.0 / 12.0)
        assert spent[25] == 0.0


def test_a_renewal_goes_on_at_the_wind_down_level_even_without_one_before(ensemble: Ensembles) -> None:
    renewed: Changes = {
        **PLAIN, "network.months": 30, "grants.per_call": 0, "costs.attendance": 0.0, "costs.introduction": 0.0,
        "costs.capstone": 0.0, "behaviour.renewal_chance": 1.0, "closing.wind_down_months": 0,
        "behaviour.champion_engaged": 0.0, "behaviour.attrition": 0.0, "members.champions": 22,
    }  # fmt: skip
    spent = np.diff(ensemble(renewed, replicates=2).course("cost")[0])
    np.testing.assert_allclose(spent[:24], 0.6 * 300_000.0 / 12.0)
    np.testing.assert_allclose(spent[25:], 0.6 * 0.6 * 300_000.0 / 12.0)


def test_with_notice_apart_from_winding_down_more_notice_is_only_gained(ensemble: Ensembles) -> None:
    """Welded together, each month of notice is one of less facilitation too; apart, ties at closing are not lost."""
    at_closing = {**TO_CLOSING, "closing.notice": 18}
    welded, apart = (ensemble({**at_closing, **changes}, replicates=56)["tie_density"] for changes in ({}, WOUND_DOWN))
    assert_higher(apart, welded)


# Leadership.

LED: Changes = {**TO_CLOSING, "behaviour.leadership_fit": 0.5, "behaviour.leadership_work": 0.05}
LEADERS = "network.leaders"


def test_leaders_without_benefit_only_harm(ensemble: Ensembles) -> None:
    ten, none = (ensemble({**TO_CLOSING, LEADERS: leaders}, replicates=24)["engagement"] for leaders in (10, 0))
    assert_higher(none, ten)


def test_an_agenda_that_fits_demand_pays_for_the_burden(ensemble: Ensembles) -> None:
    fits = {**TO_CLOSING, LEADERS: 10, "behaviour.leadership_burden": 0.0}
    more, less = (ensemble({**fits, "behaviour.leadership_fit": share}, replicates=24) for share in (0.5, 0.0))
    assert_higher(more["engagement"], less["engagement"])


@pytest.mark.parametrize("outcome", ["new_relationships", "collaborations_formed"])
def test_leaders_carry_work_that_the_funder_does_not_pay(ensemble: Ensembles, outcome: str) -> None:
    works = {**TO_CLOSING, LEADERS: 10}
    more, less = (ensemble({**works, "behaviour.leadership_work": each}, replicates=56) for each in (0.05, 0.0))
    assert_higher(more[outcome], less[outcome])
    np.testing.assert_allclose(more["cost_backbone"], less["cost_backbone"])


def test_leaders_do_not_replace_a_backbone(ensemble: Ensembles) -> None:
    bare = {**TO_CLOSING, "facilitation.intensity": 0.0, LEADERS: 10}
    plain, led = (ensemble({**bare, "behaviour.leadership_work": each}, replicates=8) for each in (0.0, 0.5))
    np.testing.assert_array_equal(plain.kept_months, led.kept_months)


# A heavy hand.

FUNDER = "funder.weight"


def test_with_a_heavy_hand_more_weight_of_the_funder_costs_engagement(ensemble: Ensembles) -> None:
    """Under SALEX's even priorities engagement rises with the funder's weight, unless its hand weighs."""
    at = {hand: {**TO_CLOSING, "behaviour.heavy_hand": hand} for hand in (0.0, 0.2)}
    light, heavy = (
        [ensemble({**changes, FUNDER: weight}, replicates=24)["engagement"] for weight in (0.0, 0.5, 1.0)]
        for changes in at.values()
    )
    assert_higher(light[2], light[0])
    assert_higher(heavy[0], heavy[1])
    assert_higher(heavy[1], heavy[2])


def test_a_heavy_hand_is_gone_with_the_network(ensemble: Ensembles) -> None:
    """Two years after the closing, what is lost while it was open has been mended."""
    late = {**PLAIN, "network.months": 120, "behaviour.engagement_rate": 0.25, "behaviour.renewal_chance": 0.0}
    plain, heavy = (
        ensemble({**late, FUNDER: 1.0, "behaviour.heavy_hand": hand, **STILL}, replicates=4).course("engagement")
        for hand in (0.0, 0.3)
    )
    assert (plain[:, 24] - heavy[:, 24] > 0.1).all()
    np.testing.assert_allclose(plain[:, -1], heavy[:, -1], atol=1e-6)


STILL: Changes = {"behaviour.initiative": 0.0, "behaviour.attrition": 0.0, "behaviour.leave_chance": 0.0}
"""Nobody collaborates and nobody leaves, so that engagement goes where nothing keeps it from going."""
