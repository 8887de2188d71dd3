"""Off means off: a mechanism switched off leaves no trace, one that has not begun changes nothing, each number counts.

All of this is exact. A replicate lives through the same luck in every scenario, so that what a scenario does not use
cannot change a single bit of its outcomes; a tolerance would only hide a leak.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, get_args, get_origin

import numpy as np
import pytest
from pydantic import BaseModel

import scenarios
import simulation
from scenarios import ASSUMPTIONS, KEYS, Assumption, Scenario, ScenarioError
from scenarios.schema.funders import CoFunder
from scenarios.schema.keys import PRICES
from simulation import Ensemble
from simulation.outcomes import CLOCK, COST_PARTS, MONTHLY_NAMES, NAMES
from tests.shared import USUAL

Ensembles = Callable[..., Ensemble]
Changes = Mapping[str, Any]

REPLICATES = 40

RICH: Changes = {
    **USUAL,
    # Small and short, so that many settings can be tried, and with every mechanism at work.
    "network.members": 10,
    "network.topics": 4,
    "network.regions": 3,
    "network.months": 34,
    "network.prior_ties": 1.0,
    "network.joining": 0.2,
    "network.leaders": 3,
    "members.champions": 3,
    "members.need": 0.7,
    "members.need_spread": 0.2,
    "members.engagement": 0.5,
    "members.engagement_spread": 0.3,
    "members.activity_spread": 0.4,
    "facilitation.convening_effort": 0.0,  # else the calendar of the whole run sets the staff time from month 1 on
    "facilitation.session_effort": 0.4,
    "facilitation.introduction_effort": 0.2,
    "grants.per_call": 3,
    "grants.first": 5,
    "grants.every": 5,
    "grants.months": 6,
    "grants.window": 2,
    "grants.size": 60_000.0,
    "behaviour.grant_strength": 0.7,
    "funder.priorities": (1.0, 1.0, 0.0, 0.0),
    "funder.shift.month": 8,
    "funder.shift.priorities": (0.0, 0.0, 1.0, 2.0),
    "funder.shift.facilitation": 0.8,
    "funder.shift.grants": 0.7,
    "funder.entry": 2,
    "funder.exit": 14,
    "funder.notice": 2,
    "funder.taper": 1,
    "funder.others": (CoFunder("Second funder"),),
    "members.replacement": 0.3,
    "closing.month": 16,
    "closing.notice": 4,
    "closing.wind_down": 0.7,
    "closing.capstone": True,
    "closing.handover": True,
    "closing.renewal_months": 3,
    "behaviour.renewal_chance": 0.1,
    "behaviour.decay_spread": 0.5,
    "behaviour.lapse": 0.03,
    "behaviour.turnover": 0.2,
    "behaviour.contact_rate": 0.15,
    "behaviour.contact_known": 0.2,
    "behaviour.contact_interest": 0.5,
    "behaviour.region_odds": 2.0,
    "behaviour.own_region": 0.5,
    "behaviour.cold_share": 0.2,
    "behaviour.yes_cold": -2.0,
    "behaviour.end_hazard": 0.4,
    "behaviour.end_trust": 1.0,
    "behaviour.evidence_rate": 0.3,
    "behaviour.evidence_lag": 2,
    "behaviour.translation_chance": 0.5,
    "behaviour.translation_lag": 2,
    "behaviour.leave_below": 0.4,
    "behaviour.leadership_fit": 0.3,
    "behaviour.leadership_work": 0.05,
    "behaviour.heavy_hand": 0.1,
    "behaviour.unpaid_hazard": 0.2,
    "behaviour.unpaid_distance": 2.0,
    "behaviour.steward_chance": 0.5,
    "behaviour.steward_end": 0.1,
    "behaviour.fading": 0.05,
    "behaviour.drift": 0.1,
    "behaviour.capacity_softness": 0.5,
    "behaviour.search_breadth": 0.5,
}


@pytest.fixture
def rich(ensemble: Ensembles) -> Callable[[Changes], Ensemble]:
    """The rich scenario with changes."""
    return lambda changes: ensemble({**RICH, **changes}, replicates=REPLICATES)


def assert_same(one: Ensemble, other: Ensemble) -> None:
    """Every outcome of every replicate in every month is the same, to the last bit; missing stays missing."""
    np.testing.assert_array_equal(one.kept_months, other.kept_months)
    np.testing.assert_array_equal(one.values, other.values)


def differ(one: Ensemble, other: Ensemble) -> bool:
    """Whether any outcome of any replicate differs; runs of another length do."""
    return not (
        np.array_equal(one.kept_months, other.kept_months) and np.array_equal(one.values, other.values, equal_nan=True)
    )


def changed(one: Ensemble, other: Ensemble) -> set[str]:
    """The outcomes that differ in any month or at the end."""
    monthly = {name for name in MONTHLY_NAMES if not np.array_equal(one.course(name), other.course(name))}
    return monthly | {name for name in NAMES if not np.array_equal(one[name], other[name], equal_nan=True)}


# A switched-off mechanism makes its other parameters idle.

_NEVER = {"closing.month": "never"}
_NO_COLLABORATIONS = {"behaviour.initiative": 0.0}

OFF: dict[str, tuple[Changes, Changes]] = {
    "facilitation": (
        {"facilitation.intensity": 0.0, "behaviour.steward_intensity": 0.0},
        {
            "facilitation.reference": 0.9,
            "facilitation.convening_every": 2,
            "facilitation.encounters": 9.0,
            "facilitation.group_rate": 2.0,
            "facilitation.group_encounters": 9.0,
            "facilitation.introductions": 2.0,
            "facilitation.convening_effort": 9.0,
            "facilitation.session_effort": 9.0,
            "facilitation.introduction_effort": 9.0,
            "behaviour.trust_convening": 0.9,
            "behaviour.trust_group": 0.9,
            "behaviour.trust_introduction": 0.9,
            "behaviour.event_decay": 20.0,
            "behaviour.leadership_work": 0.9,
            "behaviour.engagement_facilitation": 0.9,
            "costs.backbone": 1.0,
            "costs.introduction": 1.0,
            "costs.session": 1.0,
            "funder.shift.facilitation": 0.1,
        },
    ),
    "convenings": (
        {"facilitation.encounters": 0.0},
        {"facilitation.reference": 0.9, "behaviour.trust_convening": 0.9, "behaviour.event_decay": 20.0},
    ),
    "challenge groups": (
        {"facilitation.group_rate": 0.0},
        {
            "facilitation.group_encounters": 9.0,
            "behaviour.trust_group": 0.9,
            "facilitation.session_effort": 9.0,
            "costs.session": 1.0,
        },
    ),
    "introductions": (
        {"facilitation.introductions": 0.0},
        {"behaviour.trust_introduction": 0.9, "costs.introduction": 1.0, "facilitation.introduction_effort": 9.0},
    ),
    "unfacilitated contact": (
        {"behaviour.contact_rate": 0.0},
        {"behaviour.friend_of_friend": 0.1, "behaviour.contact_known": 0.9},
    ),
    "contact and the cold channel": (
        {"behaviour.contact_rate": 0.0, "behaviour.cold_share": 0.0},
        {
            "behaviour.trust_contact": 0.9,
            "behaviour.own_region": 0.9,
            "behaviour.contact_interest": 4.0,
            "behaviour.region_odds": 9.0,
        },
    ),
    "the cold channel": ({"behaviour.cold_share": 0.0}, {"behaviour.yes_cold": 2.0}),
    "prior ties": ({"network.prior_ties": 0.0}, {"network.prior_trust": 0.9}),
    "grants": (
        {"grants.per_call": 0},
        {
            "grants.first": 3,
            "grants.every": 2,
            "grants.months": 20,
            "grants.window": 3,
            "grants.size": 1.0,
            "behaviour.yes_grant": 20.0,
            "behaviour.rivalry_relief": 0.0,
            "behaviour.award_focus": 0.0,
            "behaviour.trust_application": 0.9,
            "behaviour.funded_load": 1.0,
            "behaviour.need_met": 1.0,
            "behaviour.funded_hazard": 1.0,
            "behaviour.grant_end_hazard": 9.0,
            "behaviour.funded_evidence": 9.0,
            "behaviour.grant_strength": 0.2,
            "funder.shift.grants": 9.0,
        },
    ),
    "rivalry": ({"behaviour.yes_rivalry": 0.0}, {"behaviour.rivalry_relief": 1.0}),
    "need": (
        {"members.need": 0.0, "members.need_spread": 0.0},
        {
            "behaviour.yes_grant": 20.0,
            "behaviour.yes_rivalry": 40.0,
            "behaviour.rivalry_relief": 0.0,
            "behaviour.need_met": 1.0,
            "behaviour.fundraising_burden": 0.9,
        },
    ),
    "the funder's weight": (
        {"funder.weight": 0.0},
        {
            "funder.priorities": (0.0, 1.0, 1.0, 0.0),
            "funder.shift.priorities": (5.0, 1.0, 0.0, 0.0),
            "behaviour.heavy_hand": 0.9,
        },
    ),
    "the shift": (
        {"funder.shift.month": "never"},
        {
            "funder.shift.priorities": (5.0, 1.0, 0.0, 0.0),
            "funder.shift.facilitation": 0.1,
            "funder.shift.grants": 5.0,
        },
    ),
    "the entry": ({"funder.entry": 1}, {}),
    "the exit": ({"funder.exit": "never"}, {"funder.notice": 9, "funder.taper": 4, "members.replacement": 0.9}),
    "moving engagement": (
        {"behaviour.engagement_rate": 0.0, "behaviour.leadership_work": 0.0},
        {
            "behaviour.engagement_base": 0.1,
            "behaviour.engagement_collaborations": 0.9,
            "behaviour.engagement_facilitation": 0.9,
            "behaviour.engagement_relevance": 0.9,
            "behaviour.engagement_uptake": 0.9,
            "behaviour.leadership_burden": 0.9,
            "behaviour.fundraising_burden": 0.9,
            "network.leaders": 8,
        },
    ),
    "what leaders do": (
        {"behaviour.leadership_burden": 0.0, "behaviour.leadership_fit": 0.0, "behaviour.leadership_work": 0.0},
        {"network.leaders": 8},
    ),
    "leaders": (
        {"network.leaders": 0},
        {
            "behaviour.leadership_burden": 0.9,
            "behaviour.leadership_fit": 0.9,
            "behaviour.leadership_work": 0.9,
        },
    ),
    "leaving": ({"behaviour.leave_chance": 0.0}, {"behaviour.leave_below": 0.9, "behaviour.leave_patience": 1}),
    "flexibility": ({"network.flexibility": 0.0}, {"behaviour.fit_rate": 0.9}),
    "misfit": ({"behaviour.fit_gap": 0.0}, {"behaviour.fit_rate": 0.9, "behaviour.relational_months": 2}),
    "closing": (
        {**_NEVER, "funder.exit": "never"},  # else the notice of the exit is a shock, too
        {
            "closing.notice": 1,
            "closing.wind_down": 0.1,
            "closing.wind_down_months": 9,
            "closing.capstone": False,
            "closing.handover": False,
            "closing.follow_up": 3,
            "closing.renewal_months": 9,
            "members.champions": 9,
            "behaviour.renewal_chance": 0.9,
            "behaviour.champion_engaged": 0.95,
            "behaviour.notice_shock": 0.9,
            "behaviour.notice_softening": 30.0,
            "behaviour.closed_hazard": 9.0,
            "behaviour.closed_initiative": 1.0,
            "behaviour.capstone_cut": 0.9,
            "behaviour.handover_cut": 0.9,
            "behaviour.steward_chance": 0.9,
            "behaviour.fading": 0.5,
            "behaviour.drift": 0.5,
            "costs.capstone": 1.0,
            "costs.handover": 1.0,
        },
    ),
    "stewardship": (
        {"behaviour.steward_chance": 0.0},
        {
            "behaviour.steward_handover": 9.0,
            "behaviour.steward_champion": 9.0,
            "behaviour.steward_size": 9.0,
            "behaviour.steward_end": 1.0,
            "behaviour.steward_intensity": 0.9,
        },
    ),
    "unpaid work": ({"behaviour.unpaid_hazard": 0.0}, {"behaviour.unpaid_distance": 9.0}),
    "the capstone": ({"closing.capstone": False}, {"behaviour.capstone_cut": 0.9, "costs.capstone": 1.0}),
    "the handover": ({"closing.handover": False}, {"behaviour.handover_cut": 0.9, "costs.handover": 1.0}),
    "winding down": ({"closing.wind_down": 1.0}, {"closing.wind_down_months": 9}),
    "the shock of notice": ({"behaviour.notice_shock": 0.0}, {"behaviour.notice_softening": 30.0}),
    "champions": (
        {"members.champions": 0},
        {
            "behaviour.renewal_chance": 0.9,
            "behaviour.champion_engaged": 0.95,
            "closing.renewal_months": 9,
        },
    ),
    "renewal": (
        {"behaviour.renewal_chance": 0.0, "behaviour.steward_champion": 0.0},
        {"members.champions": 9, "behaviour.champion_engaged": 0.95, "closing.renewal_months": 9},
    ),
    "renewal months": (
        {"closing.renewal_months": 0, "behaviour.steward_champion": 0.0},
        {"members.champions": 9, "behaviour.champion_engaged": 0.95, "behaviour.renewal_chance": 0.9},
    ),
    "evidence": (
        {"behaviour.evidence_rate": 0.0},
        {
            "behaviour.funded_evidence": 9.0,
            "behaviour.evidence_lag": 9,
            "behaviour.uptake": 0.9,
            "behaviour.practice_evidence": 0.9,
            "behaviour.translation_chance": 0.9,
            "behaviour.translation_lag": 1,
            "behaviour.engagement_uptake": 0.9,
        },
    ),
    "translation": ({"behaviour.translation_chance": 0.0}, {"behaviour.translation_lag": 1}),
    "shared practice": (
        {"behaviour.practice_gain": 0.0, "behaviour.practice_evidence": 0.0},
        {"behaviour.practice_improved": 0.9},
    ),
    "staff turnover": ({"behaviour.turnover": 0.0}, {"behaviour.trust_kept": 0.1}),
    "lapsing": ({"behaviour.lapse": 0.0}, {"behaviour.lapse_trust": 1.0}),
    "decay": (
        {"behaviour.decay": 0.0, "behaviour.lapse": 0.0},
        {
            "behaviour.decay_spread": 2.0,
            "behaviour.embedding": 0.1,
            "behaviour.ageing": 0.5,
            "behaviour.event_decay": 20.0,
        },
    ),
    "the end of collaborations": (
        {"behaviour.end_hazard": 0.0, "behaviour.grant_end_hazard": 0.0, "behaviour.turnover": 0.0},
        {
            "behaviour.end_trust": 0.1,
            "behaviour.end_disengagement": 9.0,
            "behaviour.funded_hazard": 1.0,
            "behaviour.closed_hazard": 9.0,
            "behaviour.capstone_cut": 0.9,
            "behaviour.handover_cut": 0.9,
        },
    ),
    "looking for partners": (
        _NO_COLLABORATIONS,
        {
            "behaviour.closed_initiative": 1.0,
            "behaviour.cold_share": 0.9,
            "behaviour.trust_power": 0.5,
            "behaviour.yes_base": 5.0,
            "behaviour.yes_trust": 20.0,
            "behaviour.yes_interest": 20.0,
            "behaviour.yes_grant": 20.0,
            "behaviour.yes_rivalry": 0.0,
            "behaviour.yes_load": 10.0,
            "behaviour.trust_work": 0.9,
            "behaviour.trust_application": 0.9,
            "behaviour.award_focus": 0.0,
            "behaviour.end_hazard": 2.0,
            "behaviour.evidence_rate": 0.9,
            "behaviour.engagement_collaborations": 0.9,
            "members.capacity": 2,
            "grants.size": 1.0,
        },
    ),
}

IDLE = [
    pytest.param(off, key, value, id=f"{name}: {key}")
    for name, (off, idle) in OFF.items()
    for key, value in idle.items()
]


@pytest.mark.parametrize(("off", "key", "value"), IDLE)
def test_where_a_mechanism_is_off_what_carries_it_is_idle(
    rich: Callable[[Changes], Ensemble], off: Changes, key: str, value: Any
) -> None:
    assert scenarios.value_of(rich(off).scenario, key) != value, "else nothing is compared"
    assert_same(rich(off), rich({**off, key: value}))


# network.months settles the length of these runs, so that follow-up cannot count; the test of all numbers covers it.
TRIED = dict.fromkeys((key, value) for _, idle in OFF.values() for key, value in idle.items())
COUNTING = [pytest.param(*pair, id=f"{pair[0]} = {pair[1]}") for pair in TRIED if pair[0] != "closing.follow_up"]


@pytest.mark.parametrize(("key", "value"), COUNTING)
def test_where_the_mechanism_is_on_the_same_value_counts(
    rich: Callable[[Changes], Ensemble], key: str, value: Any
) -> None:
    """So that the test above compares values that could have made a difference."""
    assert differ(rich({}), rich({key: value}))


NOTHING_TO_DO = [
    pytest.param(one, all_of, id=f"{one.id}: {' and '.join(all_of)}")
    for one in ASSUMPTIONS
    for all_of in (*({key: value} for key, value in one.idle.items()), *one.neutral)
]


@pytest.mark.parametrize(("assumption", "all_of"), NOTHING_TO_DO)
def test_an_assumption_with_nothing_to_do_is_not_missed(
    rich: Callable[[Changes], Ensemble], assumption: Assumption, all_of: Changes
) -> None:
    """A check of assumptions relies on it: where one has nothing to do, nothing is run again without it."""
    assert_same(rich(all_of), rich({**all_of, **assumption.off}))


# What is off leaves nothing behind.

EMPTY = [
    ("looking for partners", _NO_COLLABORATIONS, ("collaborations", "collaborations_formed", "evidence")),
    ("evidence", {"behaviour.evidence_rate": 0.0}, ("evidence", "uptake", "translation")),
    ("uptake", {"behaviour.uptake": 0.0}, ("uptake",)),
    ("translation", {"behaviour.translation_chance": 0.0}, ("translation",)),
    ("practice", {"behaviour.practice_gain": 0.0, "behaviour.practice_evidence": 0.0}, ("practice",)),
    (
        "every way to meet",
        {
            "facilitation.intensity": 0.0,
            "behaviour.contact_rate": 0.0,
            "behaviour.cold_share": 0.0,
            "behaviour.steward_intensity": 0.0,
            "network.prior_ties": 0.0,
        },
        ("tie_density", "trust", "new_relationships", "collaborations_formed"),
    ),
    (
        "everything that costs",
        {
            "facilitation.intensity": 0.0,
            "grants.per_call": 0,
            "closing.capstone": False,
            "closing.handover": False,
        },
        ("cost",),
    ),
]


@pytest.mark.parametrize(("off", "outcomes"), [pytest.param(off, left, id=name) for name, off, left in EMPTY])
def test_what_is_off_leaves_nothing_behind(
    rich: Callable[[Changes], Ensemble], off: Changes, outcomes: tuple[str, ...]
) -> None:
    for outcome in outcomes:
        assert rich({}).course(outcome)[:, -1].any(), f"{outcome} must be there while the mechanism is on"
        assert not rich(off).course(outcome).any(), outcome


def test_without_attrition_and_leaving_nobody_leaves(rich: Callable[[Changes], Ensemble]) -> None:
    stay = rich({"behaviour.attrition": 0.0, "behaviour.leave_chance": 0.0, "behaviour.drift": 0.0})
    assert (stay.course("retention") == 1.0).all()
    assert (rich({}).course("retention")[:, -1] < 1.0).any()


def test_without_hazards_no_collaboration_of_members_that_stay_ends(rich: Callable[[Changes], Ensemble]) -> None:
    lasting = rich(
        {
            "behaviour.end_hazard": 0.0,
            "behaviour.grant_end_hazard": 0.0,
            "behaviour.unpaid_hazard": 0.0,
            "behaviour.attrition": 0.0,
            "behaviour.leave_chance": 0.0,
            "behaviour.drift": 0.0,
        }
    )
    np.testing.assert_array_equal(lasting.course("collaborations"), lasting.course("collaborations_formed"))


# What a mechanism cannot reach stays as it is.

LABELS: Changes = {
    "costs.price_year": 2020, "costs.staff": 5.0, "costs.begins": "2026-09", "costs.financial_year": "04",
}  # fmt: skip
"""What says when and how money is told, and moves none of it."""
COST_OUTCOMES = {"cost", "total_cost", "cost_per_collaboration", "cost_per_collaboration_month", "cost_per_surviving"}
COST_OUTCOMES |= set(COST_PARTS)
COST_OUTCOMES |= {CLOCK[horizon][quantity] for horizon in CLOCK for quantity in ("cost", "members_cost")}
TRANSLATIONS = {CLOCK[horizon]["translation"] for horizon in CLOCK}
EVIDENCE_OUTCOMES = {"uptake", "practice", *TRANSLATIONS, *(CLOCK[horizon]["evidence"] for horizon in CLOCK)}


@pytest.mark.parametrize("key", PRICES)
def test_prices_change_only_costs(rich: Callable[[Changes], Ensemble], key: str) -> None:
    alike = {"behaviour.grant_strength": 0.0}  # else grants of another size do something else
    before = scenarios.value_of(rich(alike).scenario, key)
    assert changed(rich(alike), rich({**alike, key: 2.0 * before})) <= COST_OUTCOMES


def test_a_rate_changes_only_costs(rich: Callable[[Changes], Ensemble]) -> None:
    alike = {"behaviour.grant_strength": 0.0, "costs.currency": "EUR"}
    one, two = (rich({**alike, "costs.rate": rate}) for rate in (1.0, 2.0))
    assert changed(one, two) <= COST_OUTCOMES
    assert (two["total_cost"] > one["total_cost"]).all()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("behaviour.evidence_rate", 0.9),
        ("behaviour.funded_evidence", 9.0),
        ("behaviour.evidence_lag", 9),
        ("behaviour.uptake", 0.9),
        ("behaviour.practice_gain", 0.9),
        ("behaviour.practice_evidence", 0.9),
        ("behaviour.practice_improved", 0.9),
        ("behaviour.translation_chance", 0.9),
        ("behaviour.translation_lag", 9),
    ],
)
def test_evidence_reaches_the_rest_only_through_the_engagement_that_uptake_gives(
    rich: Callable[[Changes], Ensemble], key: str, value: Any
) -> None:
    deaf = {"behaviour.engagement_uptake": 0.0}
    assert changed(rich(deaf), rich({**deaf, key: value})) <= EVIDENCE_OUTCOMES


@pytest.mark.parametrize(
    ("key", "value", "outcome"),
    [
        ("behaviour.translation_chance", 0.9, "translation"),
        ("behaviour.translation_lag", 9, "translation"),
        ("behaviour.practice_gain", 0.9, "practice"),
        ("behaviour.practice_evidence", 0.9, "practice"),
        ("behaviour.practice_improved", 0.9, "practice"),
    ],
)
def test_translation_and_practice_move_nothing_else(
    rich: Callable[[Changes], Ensemble], key: str, value: Any, outcome: str
) -> None:
    reached = TRANSLATIONS if outcome == "translation" else {outcome}
    assert outcome in changed(rich({}), rich({key: value})) <= reached


# What has not begun changes nothing yet. In `RICH` the shift comes in month 8, the announcement in 12, the end of 16.

NOT_YET = [
    ("capstone", {"closing.capstone": False}, 12),
    ("capstone cut", {"behaviour.capstone_cut": 0.9}, 17),
    ("handover", {"closing.handover": False}, 12),
    ("handover cut", {"behaviour.handover_cut": 0.9}, 17),
    ("closed hazard", {"behaviour.closed_hazard": 9.0}, 17),
    ("closed initiative", {"behaviour.closed_initiative": 1.0}, 17),
    ("stewardship", {"behaviour.steward_chance": 0.0}, 17),
    ("the end of stewardship", {"behaviour.steward_end": 0.0}, 18),
    ("fading", {"behaviour.fading": 0.0}, 17),
    ("drift", {"behaviour.drift": 0.0}, 17),
    ("unpaid work", {"behaviour.unpaid_hazard": 0.0}, 11),
    ("softness of capacity", {"behaviour.capacity_softness": 0.0}, 1),
    ("breadth of search", {"behaviour.search_breadth": 0.0}, 1),
    ("longer notice", {"closing.notice": 6}, 10),
    ("no notice", {"closing.notice": 0}, 12),
    ("notice shock", {"behaviour.notice_shock": 0.9}, 12),
    ("notice softening", {"behaviour.notice_softening": 30.0}, 12),
    ("wind-down", {"closing.wind_down": 0.1}, 12),
    ("a longer wind-down", {"closing.wind_down_months": 8}, 8),
    ("champions", {"members.champions": 8}, 12),
    ("renewal", {"behaviour.renewal_chance": 0.9}, 12),
    ("closing at all", _NEVER, 12),
    ("later closing", {"closing.month": 20}, 12),
    ("no shift", {"funder.shift.month": "never"}, 8),
    ("other shift", {"funder.shift.priorities": (1.0, 0.0, 0.0, 0.0)}, 8),
    ("shift of facilitation", {"funder.shift.facilitation": 0.1}, 8),
    ("shift of grants", {"funder.shift.grants": 5.0}, 8),
    ("no grants", {"grants.per_call": 0}, 4),
    ("more grants", {"grants.per_call": 9}, 4),
    ("later grants", {"grants.first": 7}, 4),
    ("grant size", {"grants.size": 1.0}, 4),
    ("trust of application", {"behaviour.trust_application": 0.9}, 4),
    ("award focus", {"behaviour.award_focus": 0.0}, 5),
    ("second call", {"grants.every": 3}, 7),
    ("convening", {"facilitation.encounters": 0.0}, 1),
    ("second convening", {"facilitation.convening_every": 2}, 3),
    ("cancelled convening", {"facilitation.cancelled": 4}, 4),
    ("evidence", {"behaviour.evidence_rate": 0.0}, 3),
    ("translation", {"behaviour.translation_chance": 0.0}, 5),
    ("patience", {"behaviour.leave_chance": 0.9}, 3),
]


@pytest.mark.parametrize(("change", "month"), [pytest.param(change, month, id=name) for name, change, month in NOT_YET])
def test_what_has_not_begun_changes_nothing_yet(
    rich: Callable[[Changes], Ensemble], change: Changes, month: int
) -> None:
    """Months before the first in which it could act are the same in every outcome; later ones are not."""
    before, after = rich({}), rich(change)
    np.testing.assert_array_equal(before.kept_months[:, :month], after.kept_months[:, :month])
    assert differ(before, after)


def test_evidence_appears_only_after_its_lag(rich: Callable[[Changes], Ensemble]) -> None:
    """A collaboration works from month 1 at the earliest."""
    lag = 7
    evidence = rich({"behaviour.evidence_lag": lag, "behaviour.evidence_rate": 1.0}).course("evidence")
    assert not evidence[:, : lag + 1].any()
    assert evidence[:, -1].all()


# No number is decoration.


def numbers_of(table: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """Dotted keys of all fields that carry a number, or a yes or no."""
    for name, field in table.model_fields.items():
        kind: Any = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from numbers_of(kind, f"{prefix}{name}.")
        elif kind in (int, float, bool) or (get_origin(kind) is not dict and _holds_number(kind)):
            yield prefix + name


def _holds_number(kind: Any) -> bool:
    inner = get_args(kind)[:1] if get_origin(kind) is Annotated else get_args(kind)
    return kind in (int, float) or any(_holds_number(one) for one in inner)


NUMBERS = tuple(numbers_of(Scenario))
SPECIAL: dict[str, tuple[Changes, Changes]] = {
    # key -> the setting in which it counts, beyond `RICH`, and the change.
    "closing.follow_up": ({"network.months": None}, {"closing.follow_up": 13}),
    "closing.month": ({}, {"closing.month": 18}),
    "facilitation.cancelled": ({}, {"facilitation.cancelled": 1}),  # a month in which a convening is due
    "funder.backbone": ({}, {"funder.backbone": 0.3}),
    "funder.grants": ({}, {"funder.grants": 0.3}),
    "funder.priorities": ({}, {"funder.priorities": (0.0, 1.0, 1.0, 0.0)}),
    "funder.shift.month": ({}, {"funder.shift.month": 10}),
    "funder.shift.priorities": ({}, {"funder.shift.priorities": (1.0, 0.0, 0.0, 0.0)}),
    "network.topics": ({"funder.priorities": (), "funder.shift.priorities": ()}, {"network.topics": 6}),
}


def another(key: str, value: Any) -> Iterator[Any]:
    """Values to try: the ends of the prior, those of the range, then halfway to them."""
    if isinstance(value, bool):
        yield not value
        return
    known = KEYS[key]
    ends: list[Any] = [*(known.prior or ()), known.low, known.high]
    for end in ends + [(value + end) / 2 for end in ends if isinstance(value, float) and end is not None]:
        if end is not None and end != value:
            yield float(end) if isinstance(value, float) else int(end)


def test_the_walk_over_the_schema_finds_every_number() -> None:
    assert set(NUMBERS) == {key for key, known in KEYS.items() if known.kind not in ("str", "funders")}


@pytest.mark.parametrize("key", [key for key in NUMBERS if key not in (*LABELS, "costs.rate", "network.today")])
def test_every_number_changes_some_outcome(rich: Callable[[Changes], Ensemble], key: str) -> None:
    setting, change = SPECIAL.get(key, ({}, None))
    before = rich(setting)
    tried = []
    for value in [change[key]] if change else another(key, scenarios.value_of(before.scenario, key)):
        try:
            after = rich({**setting, key: value})
        except ScenarioError:
            continue
        if differ(before, after):
            return
        tried.append(value)
    pytest.fail(f"{key} changes nothing: tried {tried} instead of {scenarios.value_of(before.scenario, key)}")


@pytest.mark.parametrize(("key", "value"), LABELS.items())
def test_what_says_how_money_is_told_changes_nothing(rich: Callable[[Changes], Ensemble], key: str, value: Any) -> None:
    assert_same(rich({}), rich({key: value}))


@pytest.mark.parametrize("assumption", ASSUMPTIONS, ids=lambda one: one.id)
def test_switching_an_assumption_off_changes_some_outcome(
    rich: Callable[[Changes], Ensemble], assumption: Assumption
) -> None:
    assert differ(rich({}), rich(assumption.off))


# Luck repeats itself where it should, and only there.


def test_the_same_seed_gives_the_same_values() -> None:
    scenario = scenarios.replace(scenarios.load("salex", posterior=None), RICH)
    assert_same(simulation.run(scenario, seed=7, replicates=2), simulation.run(scenario, seed=7, replicates=2))


def test_another_seed_gives_other_values(ensemble: Ensembles) -> None:
    one, other = (ensemble(RICH, replicates=REPLICATES, seed=seed) for seed in (1, 2))
    assert differ(one, other)


def test_replicates_differ_from_each_other(rich: Callable[[Changes], Ensemble]) -> None:
    assert len({tuple(row) for row in rich({}).kept_months[:, -1]}) == REPLICATES


@pytest.mark.parametrize("replicate", range(REPLICATES))
def test_a_replicate_alone_is_the_same_as_among_others(rich: Callable[[Changes], Ensemble], replicate: int) -> None:
    together = rich({})
    alone = simulation.run(together.scenario, seed=1, replicates=1, first=replicate)
    np.testing.assert_array_equal(alone.values[0], together.values[replicate])
    np.testing.assert_array_equal(alone.kept_months[0], together.kept_months[replicate])
