"""Contact without a facilitator: ties are kept up, interest leads it, strangers are asked directly; by closed forms."""

from math import exp, sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import scenarios
import simulation
from scenarios import Scenario
from simulation import historian, rules
from tests.shared import PLAIN, twins_agree

QUIET: dict[str, Any] = {
    **PLAIN,
    "facilitation.intensity": 0,
    "behaviour.initiative": 0,
    "behaviour.attrition": 0,
    "behaviour.leave_chance": 0,
    "behaviour.friend_of_friend": 0,
    "grants.per_call": 0,
    "closing.month": "never",
}
ALWAYS_STRANGERS: dict[str, Any] = {"behaviour.decay": 1, "behaviour.ageing": 0, "behaviour.embedding": 0}


def three(folder: Path, interests: str, ties: str = "", **more: Any) -> Scenario:
    """Three members, A to C; `interests` is one letter for each."""
    rows = "".join(f"{name},{topic}\n" for name, topic in zip("ABC", interests, strict=True))
    (folder / "members.csv").write_text("name,interests\n" + rows, encoding="utf-8")
    (folder / "ties.csv").write_text("from,to,strength\n" + ties, encoding="utf-8")
    files = {"members.file": str(folder / "members.csv"), "members.ties": str(folder / "ties.csv")}
    keys = {**files, **QUIET, **more}
    return scenarios.load("salex", [f"{key}={value}" for key, value in keys.items()], posterior=None)


def contacts(asked: Scenario, replicates: int) -> dict[tuple[int, int], int]:
    """How often each pair was in contact, over all months and replicates."""
    told, counts = historian(asked, seed=1, months=[asked.last_month]), np.zeros((3, 3), int)
    for replicate in range(replicates):
        met = told(replicate).chronicle.of(rules.CONTACT)
        np.add.at(counts, (met.one, met.other), 1)
    return {(0, 1): counts[0, 1], (0, 2): counts[0, 2], (1, 2): counts[1, 2]}


def assert_counted(found: dict[tuple[int, int], int], expected: dict[tuple[int, int], float]) -> None:
    """Within 4 standard deviations of a Poisson count."""
    for pair, mean in expected.items():
        assert abs(found[pair] - mean) <= 4.0 * sqrt(mean), (pair, found, expected)


def test_ties_are_kept_up_by_trust_and_nobody_new_is_met(tmp_path: Path) -> None:
    """A trusts B .8 and C .2, and asks them 4 to 1; B and C know only A. Nothing moves trust."""
    still = {"behaviour.decay": 0, "behaviour.trust_contact": 0, "behaviour.contact_known": 1}
    rate, months, replicates = 0.1, 200, 10
    asked = three(tmp_path, "xxx", "A,B,0.8\nA,C,0.2\n", **still,
                  **{"behaviour.contact_rate": rate, "network.months": months})  # fmt: skip
    each = rate * months * replicates
    assert_counted(contacts(asked, replicates), {(0, 1): 1.8 * each, (0, 2): 1.2 * each, (1, 2): 0.0})


def test_a_share_of_contacts_keeps_ties_up_and_the_rest_is_as_before(tmp_path: Path) -> None:
    """A and B know each other and C nobody: B and C meet only by the contacts that are with strangers."""
    still = {"behaviour.decay": 0, "behaviour.trust_contact": 0, "network.months": 1, "behaviour.contact_rate": 0.5}
    asked = three(tmp_path, "xxx", "A,B,0.8\n", **still, **{"behaviour.contact_known": 0.6})
    found = contacts(asked, 1500)
    assert abs(found[0, 1] - 1500 * 2 * 0.5 * 0.6) < 4 * sqrt(1500 * 2 * 0.3 * 0.7)


def test_interest_leads_contacts_with_strangers(tmp_path: Path) -> None:
    """A and B share their interest, C shares none: each of the two prefers the other by exp(k)."""
    rate, months, replicates, k = 0.05, 400, 10, 1.5
    keys = {"behaviour.contact_interest": k, "network.months": months, "behaviour.contact_rate": rate}
    asked = three(tmp_path, "xxy", **{**ALWAYS_STRANGERS, **keys})
    each, like = rate * months * replicates, 1 / (1 + exp(-k))
    expected = {(0, 1): 2 * like * each, (0, 2): (1 - like + 0.5) * each, (1, 2): (1 - like + 0.5) * each}
    assert_counted(contacts(asked, replicates), expected)
    assert rules.stranger_chance(1.0, 1.0, 0.25, 2.0, True, 1.0) == pytest.approx(exp(-1.5))


COLD: dict[str, Any] = {
    **QUIET,
    "behaviour.contact_rate": 0,
    "behaviour.initiative": 0.05,
    "members.engagement": 1,
    "members.engagement_spread": 0,
    "behaviour.engagement_rate": 0,
    "members.capacity": 100,
    "network.members": 40,
    "network.months": 12,
    "behaviour.yes_interest": 0,
    "behaviour.yes_rivalry": 0,
    "behaviour.yes_load": 0,
}


def cold(**more: Any) -> Scenario:
    """Nobody knows anybody or ever meets: only strangers can be asked."""
    return scenarios.load("salex", [f"{key}={value}" for key, value in {**COLD, **more}.items()], posterior=None)


def test_strangers_who_are_asked_begin_at_the_rate_of_the_closed_form() -> None:
    """40 members, 12 months, each looks with chance .05, both say yes by half: 6 begin; a tie begins with each."""
    told = historian(cold(**{"behaviour.cold_share": 1, "behaviour.yes_cold": 0}), seed=1, months=[12])
    begun = 0
    for replicate in range(60):
        happened = told(replicate).chronicle
        starts, met = happened.of(rules.UNFUNDED), happened.of(rules.CONTACT)
        begun += len(starts.one)
        first_work = {(one, other) for one, other in zip(starts.one.tolist(), starts.other.tolist(), strict=True)}
        assert {(one, other) for one, other in zip(met.one.tolist(), met.other.tolist(), strict=True)} == first_work
    expected = 60 * 40 * 12 * 0.05 * 0.25
    assert abs(begun - expected) < 4 * sqrt(expected) + 0.02 * expected, "few pairs are strangers no longer"


def test_nobody_begins_where_no_stranger_is_asked_or_none_says_yes() -> None:
    for none in (
        {"behaviour.cold_share": 0, "behaviour.yes_cold": 5},
        {"behaviour.cold_share": 1, "behaviour.yes_cold": -20},
    ):
        assert not simulation.run(cold(**none), seed=1, replicates=20).course("collaborations_formed").any()


def test_strangers_apply_where_a_call_is_open() -> None:
    keys = {
        "grants.per_call": 5,
        "grants.first": 6,
        "grants.window": 6,
        "behaviour.cold_share": 1,
        "behaviour.yes_cold": 0,
    }
    happened = historian(cold(**keys), seed=1, months=[6])(0).chronicle
    applied, met = happened.of(rules.APPLICATION), happened.of(rules.CONTACT)
    assert len(applied.one)
    pairs = [set(zip(some.month, some.one, some.other, strict=True)) for some in (applied, met)]
    assert pairs[0] <= pairs[1]
    assert len(happened.of(rules.FUNDED).one)


def test_trust_is_kept_up_where_members_keep_in_touch() -> None:
    """On the same luck: after three years without a facilitator trust is higher in nearly every network."""
    base = {**QUIET, "network.prior_ties": 4, "network.months": 36, "behaviour.contact_rate": 0.4}
    trust = []
    for share in (0, 0.8):
        keys = [f"{key}={value}" for key, value in {**base, "behaviour.contact_known": share}.items()]
        trust.append(
            simulation.run(scenarios.load("salex", keys, posterior=None), seed=1, replicates=40).course("trust")[:, 36]
        )
    assert (trust[1] > trust[0]).sum() >= 36


def test_both_twins_agree() -> None:
    keys = {"behaviour.contact_rate": 0.5, "behaviour.contact_known": 0.5, "behaviour.contact_interest": 1.5}
    keys |= {"behaviour.cold_share": 0.4, "behaviour.yes_cold": -1, "members.activity_spread": 0.7}
    keys |= {"closing.month": 12, "closing.notice": 2, "closing.follow_up": 3, "network.joining": 0.3}
    asked = scenarios.load("salex", [f"{key}={value}" for key, value in keys.items()], posterior=None)
    twins_agree(asked, replicates=3)
