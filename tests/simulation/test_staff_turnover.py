"""Representatives leave: how often, what of the trust is kept, who comes, in both twins."""

from math import sqrt

import numpy as np
import pytest

import scenarios
import simulation
from simulation import historian, rules
from simulation.model.network import CollaborationNetwork
from tests.shared import still, twins_agree


def test_twelve_months_make_the_chance_of_a_year() -> None:
    assert 1 - (1 - rules.monthly_chance(0.2)) ** 12 == pytest.approx(0.2)
    assert rules.monthly_chance(0.0) == 0.0


def test_what_is_kept_is_worked_out_on_paper() -> None:
    assert rules.trust_kept(0.6, 0.0, False, 0.3) == pytest.approx(0.6)
    assert rules.trust_kept(0.6, 1.0, False, 0.3) == pytest.approx(0.8), "full flexibility saves half of the loss"
    assert rules.trust_kept(0.6, 0.5, True, 0.3) == pytest.approx(1 - 0.4 * 0.75 * 0.7)
    assert rules.trust_kept(1.0, 0.0, False, 0.0) == 1.0


def test_as_many_leave_as_the_chance_says_and_each_leaves_its_mark_on_its_ties() -> None:
    """Nothing else moves trust: it is .5 x .6^k after k departures on either side, of which 24 months have a share."""
    asked = still(**{"behaviour.turnover": 0.3, "behaviour.trust_kept": 0.6, "network.months": 24})
    told, departures, sides = historian(asked, seed=1, months=[24]), 0.0, 0
    for replicate in range(60):
        ties = told(replicate).ties[24]
        marks = np.log(ties.trust / 0.5) / np.log(0.6)
        np.testing.assert_allclose(marks, np.round(marks), atol=1e-6)
        departures += float(marks.sum())
        sides += 2 * len(ties.one)
    chance = rules.monthly_chance(0.3)
    members = 60 * 22  # whose departures are independent; each counts in about four ties
    expected, spread = 24 * chance, sqrt(24 * chance * (1 - chance) / members)
    assert departures / sides == pytest.approx(expected, abs=5 * spread * sqrt(1.5))


def test_the_next_representative_is_of_any_kind_and_has_yet_to_adapt() -> None:
    asked = still(
        **{"behaviour.turnover": 0.99, "network.flexibility": 0.5, "network.members": 60, "network.months": 8}
    )
    network = CollaborationNetwork(asked, seed=4)
    before = [member.representative for member in network.organizations]
    network.step()
    adapted = [member.adapted for member in network.organizations]
    changed = [member for member in network.organizations if member.adapted == 0.0]
    assert 5 <= len(changed) <= 40, "a third of 60, give or take 4 standard deviations"
    assert max(adapted) > 0.0
    assert {member.representative for member in changed} == {0, 1, 2}
    kept = [m.representative == before[m.number] for m in network.organizations if m.adapted > 0.0]
    assert all(kept)


def test_a_handover_plan_keeps_more_once_the_network_has_closed() -> None:
    """Until the closing the two are the same network; afterwards every tie has as much trust, and some have more."""
    keys = {"behaviour.turnover": 0.4, "closing.month": 6, "closing.notice": 1, "closing.follow_up": 12}
    with_plan, without = (
        historian(still(**keys, **{"closing.handover": plan}), seed=2, months=[6, 18])(0).ties
        for plan in ("true", "false")
    )
    np.testing.assert_array_equal(with_plan[6].trust, without[6].trust)
    assert (with_plan[18].trust >= without[18].trust).all()
    assert (with_plan[18].trust > without[18].trust).any()


def test_both_twins_agree() -> None:
    keys = {"behaviour.turnover": 0.5, "behaviour.trust_kept": 0.4, "network.joining": 0.3, "behaviour.attrition": 0.03}
    keys |= {"closing.month": 10, "closing.notice": 2, "closing.follow_up": 8, "network.prior_ties": 2}
    asked = scenarios.load("graceful-closing", [f"{key}={value}" for key, value in keys.items()], posterior=None)
    twins_agree(asked, replicates=2)


def test_fewer_collaborations_outlive_the_closing_where_people_leave() -> None:
    """On the same luck, 200 replicates: two years after the closing the number active is lower with turnover."""
    stay = scenarios.load("salex", posterior=None)
    leave = scenarios.replace(stay, {"behaviour.turnover": 0.35, "behaviour.trust_kept": 0.3})
    active = [simulation.run(one, seed=1, replicates=200).course("collaborations")[:, -1] for one in (stay, leave)]
    difference = active[1] - active[0]
    assert difference.mean() < -3.0 * difference.std() / sqrt(len(difference))
