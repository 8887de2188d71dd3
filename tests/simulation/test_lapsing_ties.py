"""Ties lapse and differ in their decay: the closed forms, what protects them, both twins."""

from math import exp, sqrt

import numpy as np
import pytest

import scenarios
from simulation import historian, rules
from simulation.draws import FADING, draw
from tests.shared import still, twins_agree


def test_the_hazard_is_worked_out_on_paper() -> None:
    assert rules.lapse_hazard(0.0, 0, 0.2, 4.0, 0.6) == pytest.approx(0.2)
    assert rules.lapse_hazard(0.5, 2, 0.2, 4.0, 0.6) == pytest.approx(0.2 * exp(-2.0) * 0.7)
    assert rules.lapse_hazard(0.5, 9, 0.2, 4.0, 1.0) == 0.0, "more than four shared contacts count as four"


def test_ties_are_lost_at_the_rate_of_the_closed_form() -> None:
    """Trust stays at .5, nothing embeds: of n ties exp(-12 hazard) are left after a year."""
    asked = still(
        **{"behaviour.lapse": 0.3, "behaviour.lapse_trust": 2.0, "behaviour.embedding": 0, "network.months": 12}
    )
    told, begun, left, lost = historian(asked, seed=1, months=[0, 12]), 0, 0, 0
    for replicate in range(40):
        history = told(replicate)
        begun += len(history.ties[0].one)
        left += len(history.ties[12].one)
        lost += len(history.chronicle.of(rules.LOST).one)
    share = exp(-12 * 0.3 * exp(-1.0))
    assert begun - left == lost
    assert abs(left - begun * share) < 4.0 * sqrt(begun * share * (1 - share))


def test_joint_work_holds_a_tie() -> None:
    """At this hazard a tie lapses in a month or two; those who collaborate keep theirs."""
    willing = {"behaviour.initiative": 1, "behaviour.yes_base": 20, "behaviour.end_hazard": 0}
    fleeting = {"behaviour.lapse": 10, "behaviour.lapse_trust": 0, "behaviour.embedding": 0}
    asked = still(**willing, **fleeting, **{"network.months": 6})
    history = historian(asked, seed=1, months=[6])(0)
    ties = set(zip(history.ties[6].one.tolist(), history.ties[6].other.tolist(), strict=True))
    begun = history.chronicle.of(rules.UNFUNDED)
    assert ties
    assert ties == set(zip(begun.one.tolist(), begun.other.tolist(), strict=True))


def test_each_pair_decays_at_its_own_pace_from_month_to_month() -> None:
    paced = {"behaviour.decay": 0.05, "behaviour.decay_spread": 0.8, "behaviour.embedding": 0, "behaviour.ageing": 0}
    asked = still(**paced, **{"network.months": 3})
    ties = historian(asked, seed=5, months=[3])(2).ties[3]
    for one, other, trust in zip(ties.one.tolist(), ties.other.tolist(), ties.trust.tolist(), strict=True):
        pace = rules.lognormal(draw(5, 2, FADING, 0, one, other)[0], 0.8)
        assert trust == pytest.approx(0.5 * (1 - 0.05 * pace) ** 3)
    assert np.std(ties.trust) > 0.01


@pytest.mark.parametrize("members", [12, 80])
def test_both_twins_agree(members: int) -> None:
    keys = {"behaviour.lapse": 0.2, "behaviour.lapse_trust": 3, "behaviour.decay_spread": 0.9, "network.prior_ties": 2}
    keys |= {"network.members": members, "closing.month": 8, "closing.notice": 2, "closing.follow_up": 4}
    asked = scenarios.load("salex", [f"{key}={value}" for key, value in keys.items()], posterior=None)
    twins_agree(asked, replicates=1)


def test_more_trust_loses_fewer_ties_on_the_same_luck() -> None:
    """Every tie that lapses where trust is high lapses where it is low, and in the same month or an earlier one."""
    lost = []
    for trust in (0.3, 0.8):
        keys = {"behaviour.lapse": 0.2, "network.prior_trust": trust, "behaviour.embedding": 0, "network.months": 12}
        found = historian(still(**keys), seed=3, months=[12])(0).chronicle.of(rules.LOST)
        lost.append(
            {(one, other): month for one, other, month in zip(found.one, found.other, found.month, strict=True)}
        )
    assert lost[1].keys() < lost[0].keys()
    assert all(lost[0][pair] <= month for pair, month in lost[1].items())
