"""Values that can do nothing are said, and what is said to do nothing changes nothing that is simulated."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import scenarios
import simulation
from results.sweeping.design_notes import design_notes
from scenarios.designs.design import plan
from scenarios.reading.idle_values import _GATES, always_without_effect, idle, without_effect
from scenarios.schema.funders import CoFunder

SALEX = scenarios.load("salex", posterior=None)

SHUT: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "a shift of nothing": ({}, {"funder.shift.month": 12}),
    "a shift to the priorities of before": (
        {"network.topics": 8, "funder.priorities": (2.0,) * 8},
        {"funder.shift.month": 12, "funder.shift.priorities": (1.0,) * 8},
    ),
    "a shift of grants where there are none": (
        {"grants.per_call": 0},
        {"funder.shift.month": 12, "funder.shift.grants": 0.0},
    ),
    "a shift of facilitation where there is none": (
        {"facilitation.intensity": 0.0},
        {"funder.shift.month": 12, "funder.shift.facilitation": 0.0},
    ),
    "a shift that never comes": ({}, {"funder.shift.grants": 0.0, "funder.shift.facilitation": 0.5}),
    "priorities without weight": ({"funder.weight": 0.0}, {"funder.priorities": (1.0, 0, 0, 0, 0, 0, 0, 9.0)}),
    "no funder's hand": ({"funder.weight": 0.0}, {"behaviour.heavy_hand": 0.3}),
    "no hand of any funder": (
        {"funder.weight": 0.0, "funder.others": (CoFunder("Second funder"),)},
        {"behaviour.heavy_hand": 0.3},
    ),
    "an exit that never comes": ({}, {"funder.notice": 3, "funder.taper": 9, "members.replacement": 0.5}),
    "an exit after the closing": ({"funder.exit": 26}, {"members.replacement": 0.5}),
    "shares of one funder": ({}, {"funder.backbone": 1.0, "funder.grants": 1.0}),
    "leadership of nobody": (
        {"network.leaders": 0},
        {"behaviour.leadership_burden": 0.3, "behaviour.leadership_fit": 0.5, "behaviour.leadership_work": 0.05},
    ),
    "new priorities without weight": (
        {"funder.weight": 0.0},
        {"funder.shift.month": 12, "funder.shift.priorities": (1.0, 0, 0, 0, 0, 0, 0, 9.0)},
    ),
    "grants that are never given": (
        {"grants.per_call": 0},
        {"grants.first": 3, "grants.every": 4, "grants.months": 24, "grants.window": 5, "grants.size": 9_000.0,
         "behaviour.grant_strength": 0.7},
    ),
    "what no facilitator does": (
        {"facilitation.intensity": 0.0, "behaviour.steward_chance": 0.0},
        {
            "facilitation.reference": 0.9, "facilitation.convening_every": 5, "facilitation.encounters": 9.0,
            "facilitation.group_rate": 0.9, "facilitation.group_encounters": 9.0, "facilitation.introductions": 9.0,
            "costs.backbone": 1.0, "costs.attendance": 1.0, "costs.session": 1.0, "costs.introduction": 1.0,
            "facilitation.convening_effort": 0.9, "facilitation.session_effort": 0.1,
            "facilitation.introduction_effort": 0.1,
        },
    ),
    "contacts that nobody makes": (
        {"behaviour.contact_rate": 0.0, "behaviour.cold_share": 0.0},
        {"behaviour.friend_of_friend": 0.1, "behaviour.contact_known": 0.5, "behaviour.own_region": 0.1,
         "behaviour.region_odds": 4.0, "behaviour.contact_interest": 2.0},
    ),
    "strangers whom nobody asks": ({"behaviour.cold_share": 0.0}, {"behaviour.yes_cold": -2.0}),
    "ties that never lapse": ({"behaviour.lapse": 0.0}, {"behaviour.lapse_trust": 1.0}),
    "representatives who stay": ({"behaviour.turnover": 0.0}, {"behaviour.trust_kept": 0.1}),
    "ties that do not decay": ({"behaviour.decay": 0.0}, {"behaviour.decay_spread": 0.5}),
    "groups that never meet": (
        {"facilitation.group_rate": 0.0},
        {"facilitation.group_encounters": 9.0, "facilitation.session_effort": 9.0, "costs.session": 1.0},
    ),
    "introductions that are not made": (
        {"facilitation.introductions": 0.0},
        {"costs.introduction": 1.0, "facilitation.introduction_effort": 9.0},
    ),
    "a closing that never comes": (
        {"closing.month": "never", "closing.capstone": False, "members.champions": 0},
        {
            "closing.notice": 3, "closing.wind_down": 0.1, "closing.capstone": True, "closing.handover": True,
            "closing.follow_up": 6, "closing.renewal_months": 24, "members.champions": 5,
            "behaviour.steward_chance": 0.9, "behaviour.fading": 0.1, "behaviour.drift": 0.1,
        },
    ),
    "a follow-up of a run whose length is set": ({"network.months": 40}, {"closing.follow_up": 6}),
    "a renewal that nobody pleads for": ({"members.champions": 0}, {"closing.renewal_months": 24}),
    "winding down without notice": ({"closing.notice": 0, "members.champions": 0}, {"closing.wind_down": 0.1}),
    "winding down for no month": (
        {"closing.wind_down_months": 0, "members.champions": 0},
        {"closing.wind_down": 0.1},
    ),
    "winding down to the same level": ({"closing.wind_down": 1.0}, {"closing.wind_down_months": 9}),
    "stewards that never come": (
        {"behaviour.steward_chance": 0.0},
        {
            "behaviour.steward_handover": 2.0, "behaviour.steward_champion": 2.0, "behaviour.steward_size": 2.0,
            "behaviour.steward_end": 0.1, "behaviour.steward_intensity": 0.9,
        },
    ),
    "a plan for stewards that is not made": ({"behaviour.steward_chance": 0.5}, {"behaviour.steward_handover": 2.0}),
    "distance of unpaid work without a hazard": (
        {"behaviour.unpaid_hazard": 0.0},
        {"behaviour.unpaid_distance": 3.0},
    ),
    "work that was never paid for": (
        {"closing.month": "never", "closing.capstone": False, "members.champions": 0, "grants.per_call": 0},
        {"behaviour.unpaid_hazard": 0.1, "behaviour.unpaid_distance": 3.0},
    ),
    "a capstone that is not held": ({"closing.capstone": False}, {"costs.capstone": 1.0}),
    "a handover that is not made": ({}, {"costs.handover": 1.0}),
    "trust in ties that nobody has": ({"network.prior_ties": 0.0}, {"network.prior_trust": 0.9}),
}  # fmt: skip


@pytest.mark.parametrize(("at", "values"), SHUT.values(), ids=SHUT.keys())
def test_what_is_said_to_do_nothing_does_nothing(at: dict[str, Any], values: dict[str, Any]) -> None:
    plain = scenarios.replace(SALEX, at)
    tried = scenarios.replace(plain, values)
    sentences = " ".join(idle(tried))
    named = {key for key in values if key in without_effect(tried)}
    assert named
    assert all(key in sentences for key in named if scenarios.value_of(tried, key) != scenarios.KEYS[key].default)
    if "funder.shift.month" not in values:
        assert named == set(values)
    one, other = (simulation.run(scenario, replicates=2, workers=1).values for scenario in (plain, tried))
    assert np.array_equal(one, other, equal_nan=True)


def test_every_gate_is_tried_by_the_test_above() -> None:
    tried = [scenarios.replace(SALEX, {**at, **values}) for at, values in SHUT.values()]
    tried.append(scenarios.replace(SALEX, {"network.prior_ties": 2.0}))  # all others have none
    opened = {"behaviour.cold_share": 0.1, "behaviour.lapse": 0.1, "behaviour.turnover": 0.1, "funder.exit": 12}
    tried.append(scenarios.replace(SALEX, opened))
    for gate in _GATES:
        assert any(gate.why(one) for one in tried), gate.behind
        assert not all(gate.why(one) for one in tried), gate.behind


@pytest.mark.parametrize(
    "values",
    [
        {"funder.shift.month": 12, "funder.shift.grants": 0.5},
        {"funder.shift.month": 12, "funder.shift.facilitation": 0.5},
        {"funder.shift.month": 12, "funder.shift.priorities": (1.0, 0, 0, 0, 0, 0, 0, 9.0)},
        {"closing.renewal_months": 24},
        {"grants.size": 9_000.0},
    ],
)
def test_nothing_is_said_of_what_does_something(values: dict[str, Any]) -> None:
    assert not idle(scenarios.replace(SALEX, values))


@pytest.mark.parametrize("name", scenarios.names())
def test_no_shipped_scenario_sets_anything_in_vain(name: str) -> None:
    assert idle(scenarios.load(name, posterior=None)) == []


def test_a_shift_in_which_nothing_shifts_says_what_could() -> None:
    (sentence,) = idle(scenarios.replace(SALEX, {"funder.shift.month": 12}))
    for part in ("salex: funder.shift.month (12) does nothing", "priorities", "facilitation", "grants"):
        assert part in sentence


def test_a_factor_without_effect_at_any_point_is_said_of_a_design() -> None:
    (note,) = design_notes(plan(SALEX, ["funder.shift.month=6,12,18", "closing.notice=0:6:3"]))
    assert note.startswith("funder.shift.month is varied, but has no effect at any point, because nothing shifts")
    assert design_notes(plan(SALEX, ["funder.shift.month=6,12", "funder.shift.grants=0,1"])) == []


def test_what_has_an_effect_at_one_point_is_not_without() -> None:
    none, some = (scenarios.replace(SALEX, {"grants.per_call": count}) for count in (0, 4))
    assert set(always_without_effect([none], ["grants.size", "funder.weight"])) == {"grants.size"}
    assert always_without_effect([none, some], ["grants.size"]) == {}
    assert always_without_effect([], ["grants.size"]) == {}


@pytest.mark.parametrize(
    ("written", "ends"),
    [
        ("grants.per_call=0:8:3", "grants.per_call=0:8:3 ends at 6, not at 8: steps of 3 from 0 do not reach it."),
        ("funder.weight=0.1:1:0.4", "funder.weight=0.1:1:0.4 ends at 0.9, not at 1: steps of 0.4 from 0.1 do not"),
        ("grants.per_call=0:8:2", ""),
        ("funder.weight=0:0.3:0.1", ""),
        ("grants.per_call=0:8", ""),
    ],
)
def test_steps_that_do_not_reach_the_end_say_where_they_end(written: str, ends: str) -> None:
    notes = design_notes(plan(SALEX, [written]))
    assert [note.startswith(ends) for note in notes] == ([True] if ends else [])


def test_whole_numbers_that_a_grid_takes_unevenly_are_said() -> None:
    """0:5 was run at 0, 1, 2, 4 and 5, and nothing said that 3 is missing."""
    (note,) = design_notes(plan(SALEX, ["closing.notice=0:5"]))
    assert "closing.notice from 0 to 5 is tried at 0, 1, 2, 4, 5 only" in note
    assert "closing.notice=0:5:1" in note
    for written in (
        "closing.notice=0:4",
        "closing.notice=0:8",
        "closing.notice=0:5:1",
        "closing.notice=0,2,5",
        "facilitation.intensity=0:1",
    ):
        assert design_notes(plan(SALEX, [written])) == []


def test_contacts_after_the_last_month_are_said_to_be_left_out(tmp_path: Path) -> None:
    (tmp_path / "members.csv").write_text("name,interests\nAda,x\nBea,x\n", encoding="utf-8")
    (tmp_path / "contacts.csv").write_text("month,from,to\n1,Ada,Bea\n24,Ada,Bea\n25,Ada,Bea\n", encoding="utf-8")
    text = (
        'extends = "salex"\nmembers.file = "members.csv"\nmembers.contacts = "contacts.csv"\n'
        'members.champions = 0\nclosing.month = "never"\nnetwork.leaders = 1\nnetwork.months = {}\n'
    )
    said = []
    for months in (24, 25):
        (tmp_path / "mine.toml").write_text(text.format(months), encoding="utf-8")
        said.append(" ".join(idle(scenarios.load(tmp_path / "mine.toml"))))
    assert "1 of 3 contacts after the last month simulated, 24" in said[0]
    assert "contacts" not in said[1]
