"""The register: every mechanism of the model is an assumption, with parameters that carry it and values that end it.

Code, `docs/odd.md`, `legato check` and the reports read this one list, which is why it is long. Switching a mechanism
off and comparing is how one learns whether what happened supports it, contradicts it, or says nothing about it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Value = float | int | bool | str
Standing = Literal["no study", "designers say so", "direction", "size"]
"""What is known of a mechanism: nothing; the word of those who designed a network; from a study its direction, or a
size too. Most studies are of individuals: that what they found transfers to organizations is itself an assumption."""
STANDINGS: Mapping[Standing, str] = MappingProxyType({
    "no study": "no study supports it",
    "designers say so": "designers say so, no study supports it",
    "direction": "a study supports the direction, none the size",
    "size": "a study gives a size",
})  # fmt: skip
"""In a few words."""

# Values under which the mechanisms of one kind are at work at all, and how strongly: they act through these.
_CLOSED = ("closing.month",)
_WOUND_DOWN = (*_CLOSED, "closing.notice", "closing.wind_down")
_FACILITATED = ("facilitation.intensity", "funder.shift.month", "funder.shift.facilitation", *_WOUND_DOWN)
_CALLED = (
    *(f"grants.{of}" for of in ("per_call", "first", "every", "window")),
    *("funder.shift.month", "funder.shift.grants", *_WOUND_DOWN),
)

_NEVER_CLOSED: Mapping[str, Value] = MappingProxyType({"closing.month": "never"})
_NOT_FACILITATED: Mapping[str, Value] = MappingProxyType({"facilitation.intensity": 0.0})
_NOT_CALLED: Mapping[str, Value] = MappingProxyType({"grants.per_call": 0.0})

_NO_STUDY = "no study found"


@dataclass(frozen=True)
class Assumption:
    """A mechanism that designers of networks rely on.

    Attributes:
        id: short name, for tables and JSON.
        title: the mechanism as a claim.
        lesson: what designers of networks say, or what the field found, that stands behind it.
        mechanism: what the model does.
        parameters: dotted keys that carry it.
        off: dotted key -> value under which the mechanism does nothing.
        standing: what is known of it.
        evidence: what speaks for it, and for what not.
        within: dotted keys of other mechanisms on which it depends when, for how long or how strongly it is at work.
        idle: dotted key -> value, of any of them, under which it has no occasion to do anything.
    """

    id: str
    title: str
    lesson: str
    mechanism: str
    parameters: tuple[str, ...]
    off: Mapping[str, Value]
    standing: Standing
    evidence: str
    within: tuple[str, ...]
    idle: Mapping[str, Value]

    def is_at_work(self, values: Mapping[str, object]) -> bool:
        """Whether the mechanism can do anything under these values: key -> value."""
        has_occasion = not any(values[key] == value for key, value in self.idle.items())
        return has_occasion and any(values[key] != off for key, off in self.off.items())

    @property
    def is_studied(self) -> bool:
        """Whether a study supports it, its direction at least."""
        return self.standing in ("direction", "size")

    def touched_by(self, keys: Collection[str]) -> tuple[str, ...]:
        """Those of some keys that it goes through: its own, and those that it is at work within."""
        return tuple(dict.fromkeys(key for key in (*self.parameters, *self.within) if key in keys))


def _assume(
    id: str,
    title: str,
    *,
    lesson: str,
    mechanism: str,
    off: dict[str, Value],
    also: tuple[str, ...] = (),
    within: tuple[str, ...] = (),
    idle: Mapping[str, Value] = MappingProxyType({}),
    standing: Standing,
    evidence: str,
) -> Assumption:
    others = tuple(key for key in within if key not in (*off, *also))
    carried = (*off, *also)
    return Assumption(
        id, title, lesson, mechanism, carried, MappingProxyType(dict(off)), standing, evidence, others, idle
    )


# How members meet.
_MEETING = (
    _assume(
        "facilitation",
        "A neutral facilitator brings organizations together",
        lesson='Neutral facilitation: "if this CF had not been there, we may not have done that" (SALEX, R4D 2024)',
        mechanism="convenings, challenge groups and introductions all scale with the intensity of facilitation",
        off={"facilitation.intensity": 0.0},
        also=("facilitation.reference", "funder.shift.facilitation", "costs.backbone"),
        within=_FACILITATED,
        standing="no study",
        evidence="no randomized estimate of a facilitator against none: what the model says is a prediction",
    ),
    _assume(
        "convenings",
        "Convenings bring together the very different",
        lesson="Relational spaces came before evidence (SALEX, R4D 2024)",
        mechanism="members that attend meet others by chance, some of those invited; each meeting adds trust",
        off={"facilitation.encounters": 0.0},
        also=("facilitation.convening_every", "behaviour.trust_convening"),
        within=_FACILITATED,
        idle=_NOT_FACILITATED,
        standing="size",
        evidence="search-costs: one shared session raises joint applications 1.75 times (Boudreau et al. 2017, "
        "Rev. Econ. Stat. 99(4); individuals)",
    ),
    _assume(
        "challenge-groups",
        "Challenge groups let members with a topic work together",
        lesson="Common interests amid great difference (SALEX, R4D 2024)",
        mechanism="the group of a topic meets at a rate that follows agenda and intensity; each session adds trust",
        off={"facilitation.group_rate": 0.0},
        also=("facilitation.group_encounters", "behaviour.trust_group"),
        within=(*_FACILITATED, "funder.weight", "funder.priorities", "funder.shift.priorities"),
        idle=_NOT_FACILITATED,
        standing="no study",
        evidence="facilitated small groups have 2 to 10 (Scialog); no study found of their effect on organizations",
    ),
    _assume(
        "introductions",
        "The facilitator introduces those who fit and do not know each other",
        lesson='"You don\'t just knock on the door of an organization..." (SALEX, R4D 2024)',
        mechanism="for a member, the facilitator picks among a handful the one with common interests and little "
        "trust so far",
        off={"facilitation.introductions": 0.0},
        also=("behaviour.trust_introduction", "costs.introduction"),
        within=_FACILITATED,
        idle=_NOT_FACILITATED,
        standing="direction",
        evidence="the direction: a shared session helps more within one specialization (Boudreau et al. 2017; "
        "individuals)",
    ),
    _assume(
        "unfacilitated-contact",
        "Members also meet without a facilitator, rarely",
        lesson="Early members would not knock on the door (SALEX, R4D 2024)",
        mechanism="with a small chance a month a member contacts a friend of a friend, or a stranger",
        off={"behaviour.contact_rate": 0.0},
        also=("behaviour.trust_contact",),
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "triadic-closure",
        "Partners of partners meet",
        lesson="Organizations ally more readily with common third parties",
        mechanism="a share of unfacilitated contacts goes to a friend of a friend",
        off={"behaviour.friend_of_friend": 0.0},
        standing="direction",
        evidence="Gulati & Gargiulo 1999, Am. J. Sociology 104(5): the direction",
    ),
    _assume(
        "own-region",
        "Strangers are met near home",
        lesson="Who is near meets more often",
        mechanism="a share of contacts with strangers stays in the member's own region",
        off={"behaviour.own_region": 0.0},
        also=("network.regions",),
        standing="direction",
        evidence="the direction: co-location raises joint work 3.5 times (Catalini 2018, Management Science 64(9); "
        "individuals), not whom strangers meet",
    ),
    _assume(
        "prior-ties",
        "Networks build on ties from before",
        lesson="A network mostly builds on existing ties (Farm to Plate)",
        mechanism="members bring ties with trust in them",
        off={"network.prior_ties": 0.0},
        also=("network.prior_trust", "members.ties"),
        standing="direction",
        evidence="Scheinert et al. 2017, J. Policy & Complex Systems 3(1): the direction",
    ),
)

# What trust does, and how it goes.
_TRUST = (
    _assume(
        "trust-choice",
        "Trust steers whom a member asks",
        lesson="Trust takes time",
        mechanism="a member picks among those it knows by trust to a power",
        off={"behaviour.trust_power": 0.0},
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "trust-consent",
        "Trust makes partners say yes",
        lesson="Trust takes time",
        mechanism="the log odds of saying yes rise with trust",
        off={"behaviour.yes_trust": 0.0},
        also=("behaviour.yes_base", "behaviour.initiative"),
        standing="direction",
        evidence="co-location memory (Catalini 2018, Management Science 64(9); individuals): the direction",
    ),
    _assume(
        "work-builds-trust",
        "Working together builds trust",
        lesson="Trust takes time",
        mechanism="each month of a collaboration adds trust",
        off={"behaviour.trust_work": 0.0},
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "decay",
        "Trust fades without care",
        lesson="Ties need upkeep",
        mechanism="trust is multiplied by the tie's factor every month",
        off={"behaviour.decay": 0.0},
        standing="direction",
        evidence="Burt 2002, Social Networks 24: an upper bound (bankers), far too fast for organizations",
    ),
    _assume(
        "embedding",
        "Shared contacts keep trust",
        lesson="Embedded ties last",
        mechanism="shared contacts, at most four, take away part of the decay",
        off={"behaviour.embedding": 0.0},
        standing="direction",
        evidence="Burt 2002, Social Networks 24: the direction",
    ),
    _assume(
        "ageing",
        "Old ties fade more slowly",
        lesson="What has lasted lasts",
        mechanism="decay is divided by 1 + ageing x age of the tie",
        off={"behaviour.ageing": 0.0},
        standing="direction",
        evidence="Burt 2002; Scheinert et al. 2017, J. Policy & Complex Systems 3(1): the direction",
    ),
    _assume(
        "easy-come-easy-go",
        "Ties known from convenings only fade faster",
        lesson="Easy come, easy go",
        mechanism="such a tie decays several times as fast until a contact of another kind",
        off={"behaviour.event_decay": 1.0},
        standing="direction",
        evidence="Giese et al. 2020, Social Networks 62: the direction (individuals)",
    ),
)

# Who says yes to whom.
_PARTNERS = (
    _assume(
        "common-interests",
        "Common interests bring partners together",
        lesson="Common interests amid great difference in size, geography and mission (SALEX, R4D 2024)",
        mechanism="the log odds of saying yes rise with overlap of interests, most with the first of it",
        off={"behaviour.yes_interest": 0.0},
        also=("members.interests_fewest", "members.interests_most", "network.topics"),
        standing="direction",
        evidence="shared interests, interior (Lane et al. 2021, SMJ 42(6); individuals): the direction",
    ),
    _assume(
        "rivalry",
        "Alike and in need, organizations compete",
        lesson="The inherent competition for external funding (SALEX, R4D 2024)",
        mechanism="the log odds of saying yes fall with the needs of both times overlap to the fourth power",
        off={"behaviour.yes_rivalry": 0.0},
        also=("members.need", "members.need_spread"),
        standing="direction",
        evidence="shared interests, interior: the very same field keeps apart (Lane et al. 2021, SMJ 42(6); "
        "individuals)",
    ),
    _assume(
        "limited-capacity",
        "Who carries much takes on little more",
        lesson="Small organizations are stretched",
        mechanism="each collaboration carried lowers the log odds of saying yes; above capacity nobody looks "
        "for a partner",
        off={"behaviour.yes_load": 0.0, "members.capacity": 100},
        also=("members.capacity_step",),
        standing="no study",
        evidence=_NO_STUDY,
    ),
)

# What catalytic grants do.
_GRANTS = (
    _assume(
        "grants-pull",
        "A grant in sight brings partners together",
        lesson="Catalytic funding (SALEX, R4D 2024)",
        mechanism="while a call is open, the log odds of saying yes rise with grants, need and alignment with "
        "the agenda",
        off={"behaviour.yes_grant": 0.0},
        also=("grants.per_call", "grants.first", "grants.every", "grants.window", "grants.size", "funder.shift.grants"),
        within=_CALLED,
        idle=_NOT_CALLED,
        standing="direction",
        evidence="the direction: taking part in a call (Boudreau et al. 2017; Davies et al. 2022, Research Policy "
        "51(2); individuals); no study has a call against none",
    ),
    _assume(
        "grants-relieve-rivalry",
        "Partners who can win together need not compete",
        lesson='Grants "helped organizations overcome the inherent competition for external funding" (SALEX, R4D 2024)',
        mechanism="the prospect of grants takes away part of the rivalry",
        off={"behaviour.rivalry_relief": 0.0},
        within=_CALLED,
        idle=_NOT_CALLED,
        standing="designers say so",
        evidence="direction from the SALEX designers, R4D 2024; no size published",
    ),
    _assume(
        "applying-builds-trust",
        "Applying together builds trust, won or not",
        lesson="Taking part matters, not only winning",
        mechanism="a joint application is an encounter",
        off={"behaviour.trust_application": 0.0},
        within=_CALLED,
        idle=_NOT_CALLED,
        standing="direction",
        evidence="the direction: applying together raises joint papers, won or not (Davies et al. 2022, Research "
        "Policy 51(2); Ayoubi et al. 2019; individuals); neither measured trust",
    ),
    _assume(
        "award-focus",
        "Awards follow the agenda",
        lesson="Funders pay for their priorities",
        mechanism="the chance of an award rises with alignment to the agenda",
        off={"behaviour.award_focus": 0.0},
        within=_CALLED,
        idle=_NOT_CALLED,
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "grants-free-capacity",
        "A grant frees capacity",
        lesson="Grants pay for staff",
        mechanism="a funded collaboration weighs less in the load of its partners",
        off={"behaviour.funded_load": 1.0},
        within=_CALLED,
        idle=_NOT_CALLED,
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "grants-meet-need",
        "A grant meets part of the need",
        lesson="Money won need not be raised",
        mechanism="while a grant lasts, the need of its partners is lower",
        off={"behaviour.need_met": 0.0},
        within=_CALLED,
        idle=_NOT_CALLED,
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "funded-collaborations-last",
        "Funded collaborations hardly end before their grant",
        lesson="A contract holds",
        mechanism="while a grant lasts the hazard is a fraction of the ordinary one",
        off={"behaviour.funded_hazard": 1.0},
        also=("grants.months",),
        within=_CALLED,
        idle=_NOT_CALLED,
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "grant-end-cliff",
        "Some collaborations end with their grant",
        lesson="Money gone, work gone",
        mechanism="in the month its grant ends a collaboration has an extra chance to end",
        off={"behaviour.grant_end_hazard": 0.0},
        within=_CALLED,
        idle=_NOT_CALLED,
        standing="size",
        evidence="after the grant: 90 % of coalitions go on (Feinberg et al. 2008, Am. J. Prev. Med. 34(6))",
    ),
    _assume(
        "grants-yield-evidence",
        "Funded collaborations yield more evidence",
        lesson="Money buys the time to write things down",
        mechanism="a funded collaboration makes more pieces of evidence",
        off={"behaviour.funded_evidence": 1.0},
        within=_CALLED,
        idle=_NOT_CALLED,
        standing="direction",
        evidence="taking part, winning (Davies et al. 2022, Research Policy 51(2); individuals): the direction, "
        "after years",
    ),
)

# How long collaborations last, and what they yield.
_WORK = (
    _assume(
        "collaborations-end",
        "Collaborations end",
        lesson="Nothing lasts by itself",
        mechanism="a monthly hazard ends a collaboration",
        off={"behaviour.end_hazard": 0.0},
        standing="size",
        evidence="after the grant: 3 to 8 % of coalitions end a year (Feinberg et al. 2008, Am. J. Prev. Med. 34(6))",
    ),
    _assume(
        "trust-protects",
        "Trust protects collaborations",
        lesson="Trust takes time, and pays",
        mechanism="the hazard falls exponentially with trust",
        off={"behaviour.end_trust": 0.0},
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "engagement-protects",
        "Engaged partners go on",
        lesson="Notice reaches survival through engagement",
        mechanism="the hazard rises as the partners' engagement falls",
        off={"behaviour.end_disengagement": 0.0},
        also=("members.engagement", "members.engagement_spread"),
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "evidence",
        "Joint work becomes evidence, later",
        lesson="Relational spaces came before evidence (SALEX, R4D 2024)",
        mechanism="a month's work may become a piece of evidence that appears after a lag",
        off={"behaviour.evidence_rate": 0.0},
        also=("behaviour.evidence_lag",),
        standing="direction",
        evidence="the direction, that it comes late: funded pairs exceed unfunded ones only after 3 to 4 years "
        "(Davies et al. 2022, Research Policy 51(2); individuals)",
    ),
    _assume(
        "evidence-uptake",
        "Evidence spreads through trusted ties",
        lesson="Evidence travels with people",
        mechanism="members take up evidence of those they know, in proportion to trust",
        off={"behaviour.uptake": 0.0},
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "translation",
        "Evidence taken up is translated, rarely and late",
        lesson="From evidence to schools, systems and policy",
        mechanism="a piece taken up may be translated after a lag",
        off={"behaviour.translation_chance": 0.0},
        also=("behaviour.translation_lag",),
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "practice",
        "Encounters and evidence improve practice",
        lesson="Monitoring, evaluation and learning are shared",
        mechanism="each encounter and each piece taken up adds to shared practice",
        off={"behaviour.practice_gain": 0.0, "behaviour.practice_evidence": 0.0},
        also=("behaviour.practice_improved",),
        standing="no study",
        evidence=_NO_STUDY,
    ),
)

# What keeps members in.
_ENGAGEMENT = (
    _assume(
        "engagement-moves",
        "Engagement follows what membership gives",
        lesson="Members stay where they gain",
        mechanism="engagement moves towards what membership gives, a share of the way a month",
        off={"behaviour.engagement_rate": 0.0},
        also=("behaviour.engagement_base",),
        standing="no study",
        evidence="no study found of what moves it; 74 to 79 % of members are active (NORC/ASPE 2012)",
    ),
    _assume(
        "collaborations-engage",
        "Collaborating engages",
        lesson="Members stay where they gain",
        mechanism="collaborations raise the engagement that membership leads to",
        off={"behaviour.engagement_collaborations": 0.0},
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "facilitation-engages",
        "Facilitation engages",
        lesson="Neutral facilitation",
        mechanism="facilitation raises the engagement that membership leads to",
        off={"behaviour.engagement_facilitation": 0.0},
        within=_FACILITATED,
        idle=_NOT_FACILITATED,
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "relevance",
        "A relevant agenda engages",
        lesson="Demand-driven agendas",
        mechanism="the fit of the agenda to a member's interests raises its engagement",
        off={"behaviour.engagement_relevance": 0.0},
        also=("funder.priorities", "funder.shift.month", "funder.shift.priorities"),
        within=(*_CLOSED, "funder.weight"),
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "uptake-engages",
        "Learning engages",
        lesson="Members come to learn",
        mechanism="evidence taken up raises the engagement that membership leads to",
        off={"behaviour.engagement_uptake": 0.0},
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "funder-agenda",
        "The funder's priorities steer the agenda",
        lesson="A member leadership group carries a demand-driven agenda (SALEX, R4D 2024)",
        mechanism="the agenda is a mean of the funder's priorities and the members' interests",
        off={"funder.weight": 0.0},
        within=(*_CLOSED, "funder.priorities", "funder.shift.month", "funder.shift.priorities"),
        standing="designers say so",
        evidence="direction from the SALEX designers, R4D 2024; no size published",
    ),
    _assume(
        "leadership-burden",
        "Leading a network is a burden",
        lesson="A member leadership group carries the agenda, and its burden (SALEX, R4D 2024)",
        mechanism="leading costs leaders engagement, more in a demand-driven network",
        off={"behaviour.leadership_burden": 0.0},
        also=("network.leaders",),
        within=(*_CLOSED, "funder.weight", "network.flexibility"),
        idle={"network.leaders": 0},
        standing="designers say so",
        evidence="direction from the SALEX designers, R4D 2024; no size published",
    ),
    _assume(
        "fundraising-burden",
        "Raising money is a burden",
        lesson="Competition for external funding (SALEX, R4D 2024)",
        mechanism="unmet need costs engagement",
        off={"behaviour.fundraising_burden": 0.0},
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "flexibility",
        "Flexible networks adapt",
        lesson="Who represents a member shifts as goals clear up (SALEX, R4D 2024)",
        mechanism="flexibility speeds the fit of representatives, shares leadership and softens the loss of "
        "relevance after a shift",
        off={"network.flexibility": 0.0},
        also=("behaviour.fit_gap", "behaviour.fit_rate", "behaviour.relational_months"),
        within=("funder.shift.month", "funder.shift.priorities", "network.leaders"),
        standing="designers say so",
        evidence="direction from the SALEX designers, R4D 2024; no size published",
    ),
    _assume(
        "leaving-when-disengaged",
        "Members that stay disengaged leave",
        lesson="Members stay where they gain",
        mechanism="after months of low engagement a member may leave",
        off={"behaviour.leave_chance": 0.0},
        also=("behaviour.leave_below", "behaviour.leave_patience"),
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "attrition",
        "Members leave for reasons of their own",
        lesson="Organizations move on, merge, close",
        mechanism="any member may leave in any month",
        off={"behaviour.attrition": 0.0},
        standing="no study",
        evidence="not found; 5 to 10 % a year is an assumption",
    ),
    _assume(
        "joining",
        "Members join later",
        lesson="Networks grow (Farm to Plate, Joint Learning Network)",
        mechanism="new members join at a rate",
        off={"network.joining": 0.0},
        within=_CLOSED,
        standing="size",
        evidence="one network: Farm to Plate had about 125 organizations at launch, nearly 300 two years later",
    ),
)

# How closing is lived through.
_CLOSING = (
    _assume(
        "notice",
        "Closing without notice is a shock",
        lesson="Clear and early communication (SALEX, R4D 2024)",
        mechanism="the announcement takes away engagement, the less the more notice there is",
        off={"behaviour.notice_shock": 0.0},
        also=("closing.notice", "behaviour.notice_softening"),
        within=_CLOSED,
        idle=_NEVER_CLOSED,
        standing="no study",
        evidence="no dose-response for a funder's notice: what the model says is a prediction",
    ),
    _assume(
        "wind-down",
        "Between announcement and closing less is done",
        lesson="A reduced work plan (SALEX, R4D 2024)",
        mechanism="facilitation and grants run at a reduced level",
        off={"closing.wind_down": 1.0},
        within=(*_CLOSED, "closing.notice"),
        idle=_NEVER_CLOSED,
        standing="designers say so",
        evidence="direction from the SALEX designers, R4D 2024; no size published",
    ),
    _assume(
        "closed-initiative",
        "Without the network, members look less for new partners",
        lesson="Only a minority moved to self-sustained work",
        mechanism="once the network has closed, members look for partners at a fraction of the ordinary rate",
        off={"behaviour.closed_initiative": 1.0},
        within=_CLOSED,
        idle=_NEVER_CLOSED,
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "closed-hazard",
        "Without the network, collaborations end sooner",
        lesson="Only a minority moved to self-sustained work",
        mechanism="the hazard is higher once the network has closed",
        off={"behaviour.closed_hazard": 1.0},
        also=("closing.month",),
        within=_CLOSED,
        idle=_NEVER_CLOSED,
        standing="direction",
        evidence="counterweight (European Court of Auditors 2009; large networks): the direction",
    ),
    _assume(
        "capstone",
        "A capstone turns closing into legacy",
        lesson='Celebration, "from closure to legacy" (SALEX, R4D 2024)',
        mechanism="a capstone lowers the hazard after closing",
        off={"behaviour.capstone_cut": 0.0},
        also=("closing.capstone", "costs.capstone"),
        within=_CLOSED,
        idle={**_NEVER_CLOSED, "closing.capstone": False},
        standing="designers say so",
        evidence="direction from the SALEX designers, R4D 2024; no size published",
    ),
    _assume(
        "handover",
        "A handover plan keeps collaborations going",
        lesson="Planning for what comes after",
        mechanism="a plan lowers the hazard after closing",
        off={"behaviour.handover_cut": 0.0},
        also=("closing.handover", "costs.handover"),
        within=_CLOSED,
        idle={**_NEVER_CLOSED, "closing.handover": False},
        standing="direction",
        evidence="the direction: sustainability planning helps (Feinberg et al. 2008, Am. J. Prev. Med. 34(6); "
        "coalitions)",
    ),
    _assume(
        "champions",
        "Champions win renewals, sometimes",
        lesson="Champions advocate, additional funding proved difficult (SALEX, R4D 2024)",
        mechanism="each engaged champion's plea may win an extension at the wind-down level",
        off={"behaviour.renewal_chance": 0.0},
        also=("members.champions", "behaviour.champion_engaged", "closing.renewal_months"),
        within=_CLOSED,
        idle={**_NEVER_CLOSED, "members.champions": 0},
        standing="designers say so",
        evidence="two reported cases: SALEX's did not succeed (R4D 2024); the Linked Immunisation Action Network was "
        "extended by two years",
    ),
)

ASSUMPTIONS: tuple[Assumption, ...] = (*_MEETING, *_TRUST, *_PARTNERS, *_GRANTS, *_WORK, *_ENGAGEMENT, *_CLOSING)
"""Every assumption, in the order in which a network lives through them."""
