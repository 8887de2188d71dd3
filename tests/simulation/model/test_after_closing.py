"""After the closing: whether somebody takes the network over, and how one fades that nobody holds."""

from math import exp, sqrt
from typing import Any

import numpy as np
import pytest

import scenarios
from scenarios import Scenario
from simulation import CollaborationNetwork, draws, rules, run
from simulation.model.stewardship import Stewardship
from simulation.outcomes import MONTHLY_NAMES
from tests.shared import PLAIN

CLOSING = 3
BASE = scenarios.replace(
    scenarios.load("salex", posterior=None),
    {
        **PLAIN,
        "closing.month": CLOSING,
        "closing.notice": 1,
        "closing.follow_up": 40,
        "closing.capstone": False,
        "members.champions": 0,
        "network.prior_ties": 3.0,
        "behaviour.attrition": 0.0,
        "behaviour.leave_chance": 0.0,
    },
)


def asked(**changes: Any) -> Scenario:
    return scenarios.replace(BASE, {f"behaviour.{key}": value for key, value in changes.items()})


def held(scenario: Scenario, replicate: int, seed: int = 1) -> list[bool]:
    """Of each month whether a steward holds the network."""
    network = CollaborationNetwork(scenario, seed=seed, replicate=replicate)
    found = []
    while network.month < scenario.last_month:
        network.step()
        found.append(network.stewardship.lasts)
    return found


def test_stewards_come_at_their_chance_and_give_up_at_their_hazard() -> None:
    """The members present are 22: odds .4 / .6 at size exponent 0. Tolerance: 4 standard errors."""
    scenario = asked(steward_chance=0.4, steward_size=0.0, steward_end=0.1)
    small = scenarios.replace(scenario, {"network.members": 4, "network.leaders": 0, "closing.follow_up": 6})
    courses = np.array([held(small, replicate) for replicate in range(600)])
    assert not courses[:, :CLOSING].any()
    first = courses[:, CLOSING]
    assert abs(first.mean() - 0.4) < 4 * sqrt(0.24 / 600)
    assert not courses[~first].any(), "nobody takes over later"
    last, expected = courses[first][:, -1], exp(-0.1 * 5)  # the sixth month after the closing: five chances to give up
    assert abs(last.mean() - expected) < 4 * sqrt(expected * (1 - expected) / first.sum())
    assert (np.diff(courses[:, CLOSING:].astype(int), axis=1) <= 0).all(), "who has given up does not come back"


def test_the_luck_of_stewards_does_not_depend_on_the_month_of_closing() -> None:
    scenario = asked(steward_chance=0.5, steward_end=0.05, steward_size=0.0)
    later = scenarios.replace(scenario, {"closing.month": 5, "closing.follow_up": 38})
    for replicate in range(12):
        assert held(scenario, replicate)[CLOSING:41] == held(later, replicate)[5:43]


def test_a_plan_and_engaged_champions_bring_stewards() -> None:
    chances = []
    for champions, handover in ((0, False), (6, False), (6, True)):
        changes = {"members.champions": champions, "closing.handover": handover, "members.engagement": 0.8}
        scenario = scenarios.replace(asked(steward_chance=0.2, champion_engaged=0.4, renewal_chance=0.0), changes)
        network = CollaborationNetwork(scenario, seed=3)
        while network.month <= CLOSING:
            network.step()
        assert network.funder.engaged_champions == champions
        b = scenario.behaviour
        chances.append(
            rules.steward_chance(22, champions, handover, 0.2, b.steward_handover, b.steward_champion, b.steward_size)
        )
    assert chances == sorted(set(chances))


def test_a_held_network_is_searched_and_worked_in_as_an_open_one_and_the_funder_pays_nothing() -> None:
    scenario = asked(steward_chance=1.0, steward_end=0.0, steward_intensity=0.4, closed_hazard=8.0)
    ensemble, left = run(scenario, replicates=60), run(asked(closed_hazard=8.0), replicates=60)
    np.testing.assert_array_equal(ensemble["total_cost"], left["total_cost"])
    np.testing.assert_array_equal(ensemble.course("active_rate")[:, : CLOSING + 1], left.course("active_rate")[:, :4])
    for outcome in ("active_rate", "tie_density", "engagement", "trust", "collaborations_formed", "network_alive"):
        gained = ensemble.course(outcome)[:, -1] - left.course(outcome)[:, -1]
        assert gained.mean() > 3 * gained.std(ddof=1) / sqrt(60), outcome
    survived = ensemble["surviving"].sum() / ensemble["active_at_closing"].sum()
    assert survived > left["surviving"].sum() / left["active_at_closing"].sum()


def test_members_convene_by_themselves_in_the_months_of_the_calendar() -> None:
    network = CollaborationNetwork(asked(steward_chance=1.0, steward_end=0.0), seed=2)
    network.run()
    assert [month for month in network.attended if month > CLOSING] == list(range(4, 44, 3))
    silent = CollaborationNetwork(asked(steward_chance=1.0, steward_end=0.0, steward_intensity=0.0), seed=2)
    silent.run()
    assert [month for month in silent.attended if month > CLOSING] == []
    assert silent.stewardship.lasts


def test_nothing_is_drawn_where_nobody_ever_takes_over(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = []
    drawn = draws.Luck.one

    def noted(luck: draws.Luck, kind: int, *rest: int) -> float:
        kinds.append(kind)
        return drawn(luck, kind, *rest)

    monkeypatch.setattr(draws.Luck, "one", noted)
    CollaborationNetwork(asked(), seed=1).run()
    assert kinds
    assert not {draws.STEWARD, draws.STEWARD_ENDS} & set(kinds)
    assert Stewardship(CollaborationNetwork(asked(), seed=1)).lasts is False


def engagement(**changes: Any) -> list[float]:
    """Of a network in which it follows at once what membership is worth, and nobody collaborates."""
    still = {"engagement_rate": 1.0, "initiative": 0.0, "engagement_uptake": 0.0}
    network = CollaborationNetwork(asked(**still, **changes), seed=1)
    network.run()
    return [row[MONTHLY_NAMES.index("engagement")] for row in network.stock]


def test_engagement_fades_from_the_first_month_in_which_nobody_holds_the_network() -> None:
    unfaded, fading = engagement(), engagement(fading=0.1)
    assert fading[: CLOSING + 1] == unfaded[: CLOSING + 1]
    for months in (1, 13, 40):
        assert fading[CLOSING + months] == pytest.approx(exp(-0.1 * months) * unfaded[CLOSING + months])


def test_nothing_fades_while_a_steward_holds_the_network() -> None:
    steward = {"steward_chance": 1.0, "steward_end": 0.0}
    assert engagement(fading=0.1, **steward) == engagement(**steward)


def test_members_drift_away_at_their_hazard_and_take_unfunded_work_with_them() -> None:
    """Engagement stays .5, so that the hazard is .05 a month over 24 months. Tolerance: 4 standard errors."""
    changes = {"drift": 0.1, "engagement_rate": 0.0, "end_hazard": 0.0, "grant_end_hazard": 0.0, "notice_shock": 0.0}
    still = scenarios.replace(asked(**changes), {"members.engagement": 0.5, "members.engagement_spread": 0.0})
    members = left = 0
    for replicate in range(20):
        network = CollaborationNetwork(still, seed=1, replicate=replicate)
        while network.month < CLOSING + 24:
            network.step()
            for one, other in network.collaborations:
                assert network.organizations[one].present
                assert network.organizations[other].present
        members += len(network.organizations)
        left += network.present_count
        assert network.present_count == len(network.present_members())
    expected = exp(-0.05 * 24)
    assert abs(left / members - expected) < 4 * sqrt(expected * (1 - expected) / members)


def test_a_grant_keeps_the_work_of_a_member_that_drifts_away() -> None:
    still = scenarios.replace(
        asked(drift=5.0, engagement_rate=0.0, end_hazard=0.0, grant_end_hazard=0.0),
        {"members.engagement": 0.0, "members.engagement_spread": 0.0},
    )
    network = CollaborationNetwork(still, seed=1)
    first, second = list(network.ties)[:2]
    for pair, grant_end in ((first, 30), (second, 0)):
        network.start_collaboration(*(network.organizations[number] for number in pair), grant_end=grant_end)
    while network.month < CLOSING + 3:
        network.step()
    assert network.present_count == 0
    assert list(network.collaborations) == [first]
    assert (CLOSING + 1, rules.ENDED, *second) in network.chronicle


def test_a_network_that_nobody_holds_ends_sooner_with_fading_and_drift() -> None:
    """The directions, network by network with the same luck, 40 months after the closing."""
    plain = run(asked(), replicates=60)
    of_work = ("active_rate", "collaborations")
    for changes, outcomes in (({"fading": 0.05}, (*of_work, "engagement")), ({"drift": 0.03}, (*of_work, "retention"))):
        ending = run(asked(**changes), replicates=60)
        np.testing.assert_array_equal(ending.kept_months[:, : CLOSING + 1], plain.kept_months[:, : CLOSING + 1])
        for outcome in outcomes:
            lost = plain.course(outcome)[:, -1] - ending.course(outcome)[:, -1]
            assert lost.mean() > 3 * lost.std(ddof=1) / sqrt(60), (changes, outcome)
