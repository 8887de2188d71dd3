"""Values for every uncertain parameter, written down: what a test shows with them, no later calibration changes."""

from collections.abc import Mapping
from typing import Any

STEADY: dict[str, Any] = {
    "network.prior_ties": 0.0, "network.prior_trust": 0.5,
    "members.interests_fewest": 1, "members.interests_most": 3, "members.need": 0.5, "members.need_spread": 0.3,
    "members.engagement": 0.65, "members.engagement_spread": 0.15, "members.activity_spread": 0.0,
    "members.capacity": 3, "members.capacity_step": 1,
    "facilitation.reference": 0.6, "facilitation.encounters": 5.0, "facilitation.group_encounters": 4.0,
    "facilitation.convening_effort": 0.0, "facilitation.session_effort": 0.0, "facilitation.introduction_effort": 0.0,
    "behaviour.trust_convening": 0.4, "behaviour.trust_group": 0.1, "behaviour.trust_introduction": 0.3,
    "behaviour.trust_contact": 0.07, "behaviour.trust_work": 0.06, "behaviour.trust_application": 0.2,
    "behaviour.contact_rate": 0.05, "behaviour.friend_of_friend": 0.5, "behaviour.contact_known": 0.0,
    "behaviour.contact_interest": 0.0, "behaviour.region_odds": 1.0, "behaviour.own_region": 0.5,
    "behaviour.decay": 0.02, "behaviour.embedding": 0.6, "behaviour.ageing": 0.01, "behaviour.event_decay": 6.0,
    "behaviour.decay_spread": 0.0, "behaviour.lapse": 0.0, "behaviour.lapse_trust": 4.0, "behaviour.turnover": 0.0,
    "behaviour.trust_kept": 0.6, "behaviour.initiative": 0.24, "behaviour.closed_initiative": 0.3,
    "behaviour.trust_power": 2.0, "behaviour.yes_base": -3.2, "behaviour.cold_share": 0.0, "behaviour.yes_cold": -5.0,
    "behaviour.yes_trust": 5.0, "behaviour.yes_interest": 1.5, "behaviour.yes_grant": 4.0,
    "behaviour.yes_rivalry": 8.0, "behaviour.rivalry_relief": 0.6, "behaviour.yes_load": 0.4,
    "behaviour.capacity_softness": 0.0, "behaviour.search_breadth": 0.0, "behaviour.award_focus": 6.0,
    "behaviour.funded_load": 0.5, "behaviour.need_met": 0.5, "behaviour.grant_strength": 0.0,
    "behaviour.end_hazard": 0.09, "behaviour.end_trust": 2.5, "behaviour.grant_end_hazard": 0.8,
    "behaviour.end_disengagement": 2.0, "behaviour.funded_hazard": 0.1, "behaviour.closed_hazard": 2.0,
    "behaviour.capstone_cut": 0.4, "behaviour.handover_cut": 0.3, "behaviour.unpaid_hazard": 0.0,
    "behaviour.unpaid_distance": 1.0, "behaviour.steward_chance": 0.0, "behaviour.steward_handover": 1.0,
    "behaviour.steward_champion": 0.3, "behaviour.steward_size": 1.0, "behaviour.steward_end": 0.005,
    "behaviour.steward_intensity": 0.2, "behaviour.fading": 0.0, "behaviour.drift": 0.0,
    "behaviour.evidence_rate": 0.08, "behaviour.funded_evidence": 2.0, "behaviour.evidence_lag": 9,
    "behaviour.uptake": 0.3, "behaviour.practice_gain": 0.02, "behaviour.practice_evidence": 0.08,
    "behaviour.practice_improved": 0.3, "behaviour.translation_chance": 0.03, "behaviour.translation_lag": 18,
    "behaviour.notice_shock": 0.5, "behaviour.notice_softening": 3.0, "behaviour.engagement_rate": 0.1,
    "behaviour.engagement_base": 0.45, "behaviour.engagement_collaborations": 0.3,
    "behaviour.engagement_facilitation": 0.25, "behaviour.engagement_relevance": 0.3,
    "behaviour.engagement_uptake": 0.1, "behaviour.leadership_burden": 0.15, "behaviour.leadership_fit": 0.0,
    "behaviour.leadership_work": 0.0, "behaviour.heavy_hand": 0.0, "behaviour.fundraising_burden": 0.15,
    "behaviour.fit_gap": 0.3, "behaviour.fit_rate": 0.15, "behaviour.relational_months": 12,
    "behaviour.leave_below": 0.25, "behaviour.leave_patience": 3, "behaviour.leave_chance": 0.1,
    "behaviour.attrition": 0.005, "behaviour.champion_engaged": 0.5, "behaviour.renewal_chance": 0.02,
    "costs.backbone": 300000.0, "costs.attendance": 1500.0, "costs.session": 0.0, "costs.member_attendance": 500.0,
    "costs.member_work": 1000.0, "costs.introduction": 200.0, "costs.capstone": 40000.0, "costs.handover": 25000.0,
}  # fmt: skip
"""The mechanisms that were there first are on, those that came later are off."""
BEHAVIOUR = {key: value for key, value in STEADY.items() if key.startswith("behaviour.")}


def options(values: Mapping[str, Any]) -> list[str]:
    """As options of a command."""
    return [word for key, value in values.items() for word in ("--set", f"{key}={value}")]


def setting() -> str:
    """Lines of the table [setting] of a study's file."""
    return "".join(f"{key} = {value}\n" for key, value in STEADY.items())
