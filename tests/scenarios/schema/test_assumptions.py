"""The register of assumptions: complete, and each of them can be switched off."""

import dataclasses
from collections import Counter
from typing import Any

import pytest

from scenarios import ASSUMPTIONS, KEYS, Assumption, load, replace, value_of
from scenarios.schema.funders import CoFunder
from simulation.rules import grant_effects

EACH = pytest.mark.parametrize("assumption", ASSUMPTIONS, ids=lambda one: one.id)

NO_MECHANISM = {
    # how large, how long, what is recorded, what money is worth, how it stands today: carried by no mechanism
    "network.members",
    "network.months",
    "network.today",
    "network.so_far",
    "funder.name",
    "members.collaborations",
    "members.attendance",
    "members.representatives",
    "members.file",
    "members.without",
    "closing.follow_up",
    "costs.price_year",
    "costs.currency",
    "costs.rate",
    "costs.staff",
    "costs.begins",
    "costs.financial_year",
    "costs.attendance",
    "costs.member_attendance",
    "costs.member_work",
}


OFF_BY_DEFAULT = {"own-region", "soft-capacity", "co-funding", "funder-entry", "funder-exit", "members-replace"}


def test_every_mechanism_of_the_specification_stands_in_the_register() -> None:
    expected = [
        "convenings",
        "challenge-groups",
        "introductions",
        "unfacilitated-contact",
        "triadic-closure",
        "trust-choice",
        "common-interests",
        "rivalry",
        "grants-pull",
        "grants-relieve-rivalry",
        "applying-builds-trust",
        "work-builds-trust",
        "funded-collaborations-last",
        "grant-end-cliff",
        "trust-protects",
        "engagement-protects",
        "notice",
        "wind-down",
        "capstone",
        "handover",
        "closed-hazard",
        "embedding",
        "ageing",
        "easy-come-easy-go",
        "decay",
        "evidence-uptake",
        "translation",
        "practice",
        "flexibility",
        "leadership-burden",
        "fundraising-burden",
        "relevance",
        "champions",
        "attrition",
        "joining",
        "prior-ties",
    ]
    assert set(expected) <= {one.id for one in ASSUMPTIONS}


def test_ids_and_titles_tell_assumptions_apart() -> None:
    assert max(Counter(one.id for one in ASSUMPTIONS).values()) == 1
    assert max(Counter(one.title for one in ASSUMPTIONS).values()) == 1


@EACH
def test_an_assumption_is_carried_by_parameters_that_exist(assumption: Assumption) -> None:
    assert assumption.parameters
    assert set(assumption.parameters) <= KEYS.keys()
    assert len(set(assumption.parameters)) == len(assumption.parameters)
    assert assumption.off.keys() <= set(assumption.parameters)


@EACH
def test_an_assumption_can_be_switched_off_in_salex(assumption: Assumption) -> None:
    off = replace(load("salex", posterior=None), assumption.off)
    assert assumption.off
    assert all(value_of(off, key) == value for key, value in assumption.off.items())


def test_switching_off_changes_something_where_the_mechanism_is_on() -> None:
    salex = load("salex", posterior=None)
    off_already = {one.id for one in ASSUMPTIONS if all(value_of(salex, key) == off for key, off in one.off.items())}
    assert off_already <= {"joining", "prior-ties", *OFF_BY_DEFAULT}


@EACH
def test_an_assumption_says_what_it_claims_and_what_speaks_for_it(assumption: Assumption) -> None:
    assert all((assumption.title, assumption.lesson, assumption.mechanism, assumption.evidence))


# Read from /docs/evidence.md by hand, entry by entry; what is named nowhere here has no study.
DESIGNED = {
    "grants-relieve-rivalry", "funder-agenda", "leadership-burden", "leadership-fits", "heavy-hand", "flexibility",
    "wind-down", "capstone", "champions",
}  # fmt: skip
DIRECTION = {
    "introductions", "triadic-closure", "own-region", "prior-ties", "trust-consent", "decay", "embedding", "ageing",
    "easy-come-easy-go", "common-interests", "rivalry", "grants-pull", "applying-builds-trust",
    "grants-yield-evidence", "evidence", "closed-hazard", "handover", "lapsing", "staff-turnover", "region-odds",
    "unpaid-work-ends", "stewardship",
}  # fmt: skip
SIZE = {"convenings", "grant-end-cliff", "collaborations-end", "joining"}


@EACH
def test_what_is_known_of_an_assumption_is_what_its_sources_give(assumption: Assumption) -> None:
    known = [(DESIGNED, "designers say so"), (DIRECTION, "direction"), (SIZE, "size")]
    expected = next((standing for some, standing in known if assumption.id in some), "no study")
    assert assumption.standing == expected
    assert assumption.is_studied is (assumption.id in DIRECTION | SIZE)


@EACH
def test_what_is_known_of_an_assumption_does_not_depend_on_how_its_evidence_is_worded(assumption: Assumption) -> None:
    for evidence in ("no study found", "direction from the SALEX designers", "the direction", "Somebody 2020"):
        assert dataclasses.replace(assumption, evidence=evidence).standing == assumption.standing


@EACH
def test_what_an_assumption_is_at_work_within_are_keys_of_others(assumption: Assumption) -> None:
    assert set(assumption.within) <= KEYS.keys() - set(assumption.parameters)


@EACH
def test_an_assumption_without_an_occasion_is_not_at_work(assumption: Assumption) -> None:
    """In SALEX with all that each needs; then with one thing missing at a time."""
    has_all: dict[str, Any] = {
        "closing.handover": True,
        "members.champions": 2,
        "network.joining": 1.0,
        "network.prior_ties": 1.0,
    }
    has_all |= {"members.activity_spread": 0.5}
    has_all |= {"behaviour.decay_spread": 0.5, "behaviour.lapse": 0.1}
    has_all |= {"behaviour.turnover": 0.2}
    has_all |= {"behaviour.contact_known": 0.3, "behaviour.contact_interest": 1.0, "behaviour.cold_share": 0.2}
    has_all |= {"behaviour.region_odds": 3.0, "behaviour.own_region": 0.5}
    has_all |= {"facilitation.session_effort": 0.1, "behaviour.grant_strength": 0.5, "grants.size": 20_000.0}
    has_all |= {f"behaviour.{key}": 0.05 for key in ("leadership_fit", "leadership_work", "heavy_hand")}
    has_all |= {"members.activity_spread": 0.5, "behaviour.unpaid_hazard": 0.03, "behaviour.steward_chance": 0.5}
    has_all |= {"behaviour.fading": 0.05, "behaviour.drift": 0.03, "behaviour.capacity_softness": 0.7}
    has_all |= {"behaviour.search_breadth": 0.5, "members.replacement": 0.2}
    has_all |= {"funder.entry": 2, "funder.exit": 12, "funder.others": (CoFunder("Second funder"),)}
    scenario = replace(load("salex", posterior=None), has_all)
    values = {key: value_of(scenario, key) for key in KEYS}
    assert assumption.is_at_work(values)
    for key, value in (*assumption.idle.items(), *(assumption.off.items() if len(assumption.off) == 1 else ())):
        assert not assumption.is_at_work({**values, key: value}), key


def test_every_parameter_of_behaviour_is_carried_by_an_assumption() -> None:
    carried = {key for one in ASSUMPTIONS for key in one.parameters}
    assert KEYS.keys() - carried - NO_MECHANISM == set()


def test_no_two_assumptions_are_switched_off_alike() -> None:
    assert max(Counter(frozenset(one.off.items()) for one in ASSUMPTIONS).values()) == 1


def test_what_grants_do_by_their_money_is_not_at_work_while_all_are_the_reference_grant() -> None:
    (by_money,) = (one for one in ASSUMPTIONS if one.id == "grants-by-their-money")
    salex = replace(load("salex", posterior=None), {"behaviour.grant_strength": 0.5})
    (reference,) = by_money.neutral
    size, months = float(str(reference["grants.size"])), int(str(reference["grants.months"]))
    found = grant_effects(size, months, 0.5, load=0.3, need_met=0.4, evidence=2.0, hazard=0.1)
    assert found == (0.3, 0.4, 2.0, 0.1, 1.0)
    at_reference = {key: value_of(replace(salex, reference), key) for key in KEYS}
    assert not by_money.is_at_work(at_reference)
    assert by_money.is_at_work({**at_reference, "grants.months": 24})
    assert by_money.is_at_work({**at_reference, "grants.size": 25_000.0})
