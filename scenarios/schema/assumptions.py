"""The register: every mechanism of the model is an assumption, with its parameters and the values that switch it off.

Code, `docs/odd.md`, `legato check` and the reports read this one list, which is why it is long. Switching a mechanism
off and comparing shows whether the facts support it, contradict it, or say nothing about it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

Value = float | int | bool | str | tuple[()] | None
Standing = Literal["no study", "designers say so", "direction", "size"]
"""What is known of a mechanism: nothing; the word of those who designed a network; from a study its direction, or a
size too. Most studies are of individuals: that what they found transfers to organizations is itself an assumption."""
STANDINGS: Mapping[Standing, str] = MappingProxyType({
    "no study": "no study supports it",
    "designers say so": "network designers say so, no study supports it",
    "direction": "a study supports the direction, but not the size",
    "size": "a study gives a size",
})  # fmt: skip
"""In a few words."""

# Values under which the mechanisms of one kind are at work at all, and how strongly: they act through these.
_CLOSED = ("closing.month",)
_WOUND_DOWN = (*_CLOSED, "closing.notice", "closing.wind_down", "closing.wind_down_months")
_FUNDED = ("funder.exit", "funder.taper", "funder.others", "members.replacement")
_FACILITATED = (
    *("facilitation.intensity", "funder.shift.month", "funder.shift.facilitation", *_WOUND_DOWN),
    *("funder.backbone", *_FUNDED),
)
_CALLED = (
    *(f"grants.{of}" for of in ("per_call", "first", "every", "window")),
    *("funder.shift.month", "funder.shift.grants", *_WOUND_DOWN, "funder.grants", *_FUNDED),
)
_WEIGHED = ("funder.exit", "funder.others")

_NEVER_CLOSED: Mapping[str, Value] = MappingProxyType({"closing.month": "never"})
_NOT_FACILITATED: Mapping[str, Value] = MappingProxyType({"facilitation.intensity": 0.0})
# After the closing a steward may convene its members, so that no facilitation is not enough.
_NEVER_CONVENED: tuple[Mapping[str, Value], ...] = tuple(
    MappingProxyType({**_NOT_FACILITATED, key: value})
    for key, value in (("closing.month", "never"), ("behaviour.steward_intensity", 0.0),
                       ("behaviour.steward_chance", 0.0))
)  # fmt: skip
_NOT_CALLED: Mapping[str, Value] = MappingProxyType({"grants.per_call": 0})
_REFERENCE_GRANT: Mapping[str, Value] = MappingProxyType({"grants.size": 50_000.0, "grants.months": 12})

_NO_STUDY = "no study found"


@dataclass(frozen=True)
class Assumption:
    """A mechanism that designers of networks rely on.

    Attributes:
        id: short name, for tables and JSON.
        title: the mechanism as a claim.
        lesson: what network designers say, or what the field has found, that it rests on.
        mechanism: what the model does.
        parameters: dotted keys that carry it.
        off: dotted key -> value under which the mechanism does nothing.
        standing: what is known of it.
        evidence: what supports it, and what does not.
        within: dotted keys of other mechanisms on which it depends when, for how long or how strongly it is at work.
        idle: dotted key -> value, any of which leaves it nothing to do.
        neutral: sets of dotted key -> value, all of any of which together leave it nothing to do.
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
    neutral: tuple[Mapping[str, Value], ...]

    def is_at_work(self, values: Mapping[str, object]) -> bool:
        """Whether the mechanism can do anything under these values: key -> value."""
        has_occasion = not any(values[key] == value for key, value in self.idle.items())
        has_effect = all(any(_in_usd(values, key) != value for key, value in all_of.items()) for all_of in self.neutral)
        return has_occasion and has_effect and any(values[key] != off for key, off in self.off.items())

    @property
    def is_studied(self) -> bool:
        """Whether a study supports it, its direction at least."""
        return self.standing in ("direction", "size")

    def touched_by(self, keys: Collection[str]) -> tuple[str, ...]:
        """Those of some keys that it goes through: its own, and those that it is at work within."""
        return tuple(dict.fromkeys(key for key in (*self.parameters, *self.within) if key in keys))


def _in_usd(values: Mapping[str, Any], key: str) -> object:
    """A value; of a grant what it is worth in US dollars, by which its effects are known."""
    rate = values.get("costs.rate")
    if key != "grants.size" or rate is None:
        return values[key]
    return round(values[key] / rate, 6)


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
    neutral: tuple[Mapping[str, Value], ...] = (),
    standing: Standing,
    evidence: str,
) -> Assumption:
    others = tuple(key for key in within if key not in (*off, *also))
    carried = (*off, *also)
    return Assumption(
        id, title, lesson, mechanism, carried, MappingProxyType(dict(off)), standing, evidence, others, idle, neutral
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
        evidence="no randomized estimate of a facilitator compared with none: what the model says is a prediction",
    ),
    _assume(
        "convenings",
        "Convenings bring very different members together",
        lesson="Relational spaces came before evidence (SALEX, R4D 2024)",
        mechanism="members that attend meet some of the others there by chance; each meeting adds trust",
        off={"facilitation.encounters": 0.0},
        also=("facilitation.convening_every", "facilitation.cancelled", "behaviour.trust_convening"),
        within=_FACILITATED,
        neutral=_NEVER_CONVENED,
        standing="size",
        evidence="one shared session raises joint applications 1.75 times (Boudreau et al. 2017, "
        "Rev. Econ. Stat. 99(4); individuals)",
    ),
    _assume(
        "challenge-groups",
        "Challenge groups let members work together on a topic",
        lesson="Common interests among very different members (SALEX, R4D 2024)",
        mechanism="how often a topic's group meets depends on the agenda and the intensity; each session adds trust",
        off={"facilitation.group_rate": 0.0},
        also=("facilitation.group_encounters", "behaviour.trust_group", "costs.session", "members.groups"),
        within=(*_FACILITATED, "funder.weight", "funder.priorities", "funder.shift.priorities"),
        idle=_NOT_FACILITATED,
        standing="no study",
        evidence="facilitated small groups have 2 to 10 people (Scialog); no study found for organizations",
    ),
    _assume(
        "introductions",
        "The facilitator introduces members that fit and do not know each other",
        lesson='"You don\'t just knock on the door of an organization..." (SALEX, R4D 2024)',
        mechanism="out of a handful, the facilitator picks the member with most interests in common and least trust "
        "so far",
        off={"facilitation.introductions": 0.0},
        also=("behaviour.trust_introduction", "costs.introduction", "members.introductions"),
        within=_FACILITATED,
        idle=_NOT_FACILITATED,
        standing="direction",
        evidence="the direction: a shared session helps more within one specialization (Boudreau et al. 2017; "
        "individuals)",
    ),
    _assume(
        "staff-time",
        "Facilitation takes staff time",
        lesson="Backbones are stretched: an event more is an introduction less",
        mechanism="convenings, sessions and introductions take months of a full backbone; where the plan takes more "
        "than there are, all three are cut by the same share",
        off={
            "facilitation.convening_effort": 0.0,
            "facilitation.session_effort": 0.0,
            "facilitation.introduction_effort": 0.0,
        },
        within=(
            *_FACILITATED,
            *(f"facilitation.{of}" for of in ("convening_every", "group_rate", "introductions")),
            "network.members",
            "network.topics",
        ),
        idle=_NOT_FACILITATED,
        standing="no study",
        evidence="no study found of what a backbone's staff time goes to",
    ),
    _assume(
        "unfacilitated-contact",
        "Members also meet without a facilitator, if rarely",
        lesson="Early members would not knock on the door (SALEX, R4D 2024)",
        mechanism="each month there is a small chance that a member contacts a friend of a friend, or a stranger",
        off={"behaviour.contact_rate": 0.0},
        also=("behaviour.trust_contact", "members.contacts"),
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
        "keeping-in-touch",
        "Members keep up the ties they have, without a facilitator too",
        lesson="Ties need upkeep, and most contact is with those one knows",
        mechanism="a share of unfacilitated contacts renews a tie: whom a member trusts, and who is active, more often",
        off={"behaviour.contact_known": 0.0},
        within=("behaviour.contact_rate",),
        idle={"behaviour.contact_rate": 0.0},
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "contact-by-interest",
        "Members contact strangers with whom they have something in common",
        lesson="Like seeks like",
        mechanism="a stranger found is contacted the more readily, the more interests the two have in common",
        off={"behaviour.contact_interest": 0.0},
        within=("behaviour.contact_rate", "behaviour.cold_share"),
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "region-odds",
        "A stranger from the own region is likelier to be met than one from elsewhere",
        lesson="Those who are near meet more often",
        mechanism="a stranger from elsewhere who is found is contacted with chance 1/odds, else another is looked for",
        off={"behaviour.region_odds": 1.0},
        within=("network.regions", "behaviour.contact_rate", "behaviour.cold_share"),
        standing="direction",
        evidence="the direction: co-location raises joint work (Catalini 2018, Management Science 64(9); individuals)",
    ),
    _assume(
        "own-region",
        "Members meet strangers near home",
        lesson="Those who are near meet more often",
        mechanism="a share of contacts with strangers stays in the member's own region",
        off={"behaviour.own_region": 0.0},
        also=("network.regions",),
        standing="direction",
        evidence="the direction: co-location raises joint work 3.5 times (Catalini 2018, Management Science 64(9); "
        "individuals); it does not say which strangers meet",
    ),
    _assume(
        "activity",
        "Some members reach out, and are reached, far more than others",
        lesson="In real networks a few know many, and many know few",
        mechanism="a member's activity multiplies the contacts that it makes and receives without a facilitator, its "
        "search for partners, and its earlier ties",
        off={"members.activity_spread": 0.0},
        within=("behaviour.contact_rate", "behaviour.initiative", "network.prior_ties"),
        standing="no study",
        evidence="numbers of ties differ more in real networks than without it, in six of eight "
        "(docs/real-networks.md); no study found that measures activity itself",
    ),
    _assume(
        "prior-ties",
        "Networks build on earlier ties",
        lesson="A network mostly builds on existing ties (Farm to Plate)",
        mechanism="members bring earlier ties and the trust in them",
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
        "Members ask those they trust",
        lesson="Trust takes time",
        mechanism="a member chooses among those it knows, weighted by a power of trust",
        off={"behaviour.trust_power": 0.0},
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "cold-channel",
        "Now and then a member asks a stranger directly",
        lesson="Seldom, somebody does knock on the door of an organization",
        mechanism="a share of searches goes to a stranger with spare capacity; both must say yes without any trust",
        off={"behaviour.cold_share": 0.0},
        also=("behaviour.yes_cold",),
        within=("behaviour.initiative", "behaviour.own_region"),
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
        evidence="people who once shared a building keep working together (Catalini 2018, Management Science 64(9); "
        "individuals): the direction",
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
        mechanism="every month a tie loses a share of its trust",
        off={"behaviour.decay": 0.0},
        standing="direction",
        evidence="Burt 2002, Social Networks 24: an upper limit (bankers), far too fast for organizations",
    ),
    _assume(
        "embedding",
        "Shared contacts preserve trust",
        lesson="Embedded ties last",
        mechanism="up to four shared contacts slow the decay",
        off={"behaviour.embedding": 0.0},
        standing="direction",
        evidence="Burt 2002, Social Networks 24: the direction",
    ),
    _assume(
        "ageing",
        "Old ties fade more slowly",
        lesson="What has lasted tends to last",
        mechanism="decay is divided by 1 + ageing x age of the tie",
        off={"behaviour.ageing": 0.0},
        standing="direction",
        evidence="Burt 2002; Scheinert et al. 2017, J. Policy & Complex Systems 3(1): the direction",
    ),
    _assume(
        "easy-come-easy-go",
        "Ties from convenings alone fade faster",
        lesson="Easy come, easy go",
        mechanism="such a tie decays several times as fast until the two meet in another way",
        off={"behaviour.event_decay": 1.0},
        standing="direction",
        evidence="Giese et al. 2020, Social Networks 62: the direction (individuals)",
    ),
)

# How ties differ, and end.
_LOSS = (
    _assume(
        "uneven-decay",
        "Some ties fade faster than others",
        lesson="No two relationships are alike",
        mechanism="each pair's decay is multiplied by a factor of its own, 1 on average",
        off={"behaviour.decay_spread": 0.0},
        within=("behaviour.decay",),
        idle={"behaviour.decay": 0.0},
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "lapsing",
        "Ties that nobody uses are dropped",
        lesson="Contacts change from one survey to the next",
        mechanism="each month a tie without joint work may lapse, the less likely the more trust and the more shared "
        "contacts it has",
        off={"behaviour.lapse": 0.0},
        also=("behaviour.lapse_trust",),
        within=("behaviour.embedding",),
        standing="direction",
        evidence="the direction: ties without shared contacts go first (Burt 2002, Social Networks 24; bankers); real "
        "networks lose up to half of their ties within a year (docs/real-networks.md)",
    ),
    _assume(
        "staff-turnover",
        "Trust leaves with the people who earned it",
        lesson="Relationships are between people; organizations change theirs",
        mechanism="when a member's representative leaves, its ties keep a share of their trust, and the next one has "
        "yet to adapt; flexibility, and a handover plan after the closing, save a part of the loss",
        off={"behaviour.turnover": 0.0},
        also=("behaviour.trust_kept",),
        within=("network.flexibility", "closing.handover", "behaviour.handover_cut"),
        standing="direction",
        evidence="the direction: ties between firms dissolve more often when managers leave (Broschak & Block 2014, "
        "Academy of Management J. 57(3)); of nonprofits' staff 13 to 21 % leave in a year (Opportunity Knocks 2008; "
        "Nonprofit HR), nothing found for representatives",
    ),
)

# Who says yes to whom.
_PARTNERS = (
    _assume(
        "common-interests",
        "Common interests bring partners together",
        lesson="Common interests despite great differences in size, geography and mission (SALEX, R4D 2024)",
        mechanism="the log odds of saying yes rise with shared interests, most of all with the first ones",
        off={"behaviour.yes_interest": 0.0},
        also=("members.interests_fewest", "members.interests_most", "network.topics"),
        standing="direction",
        evidence="some shared interest helps (Lane et al. 2021, SMJ 42(6); individuals): the direction",
    ),
    _assume(
        "rivalry",
        "Organizations that are alike and in need compete",
        lesson="The inherent competition for external funding (SALEX, R4D 2024)",
        mechanism="the log odds of saying yes fall with both needs times the fourth power of shared interests",
        off={"behaviour.yes_rivalry": 0.0},
        also=("members.need", "members.need_spread"),
        standing="direction",
        evidence="the direction: working in the very same field keeps people apart (Lane et al. 2021, SMJ 42(6); "
        "individuals)",
    ),
    _assume(
        "limited-capacity",
        "Busy members take on little more",
        lesson="Small organizations are stretched",
        mechanism="each current collaboration lowers the log odds of saying yes; above its capacity a member does "
        "not look for partners",
        off={"behaviour.yes_load": 0.0, "members.capacity": 100},
        also=("members.capacity_step",),
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "soft-capacity",
        "Capacity is a soft limit",
        lesson="Organizations make room for what is worth it",
        mechanism="the more a member carries, the less it looks for partners and is asked, but it never stops",
        off={"behaviour.capacity_softness": 0.0},
        within=("members.capacity", "members.capacity_step", "behaviour.funded_load"),
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "search-breadth",
        "Whoever knows more possible partners looks more often",
        lesson="New acquaintances add to old ones rather than taking their place",
        mechanism="the chance that a member looks for a partner rises with the number it could ask",
        off={"behaviour.search_breadth": 0.0},
        within=("behaviour.initiative", "behaviour.trust_power"),
        standing="no study",
        evidence=_NO_STUDY,
    ),
)

# What catalytic grants do.
_GRANTS = (
    _assume(
        "grants-pull",
        "The prospect of a grant brings partners together",
        lesson="Catalytic funding (SALEX, R4D 2024)",
        mechanism="while a call is open, the log odds of saying yes rise with the number of grants, need and "
        "alignment with the agenda",
        off={"behaviour.yes_grant": 0.0},
        also=("grants.per_call", "grants.first", "grants.every", "grants.window", "grants.size", "funder.shift.grants"),
        within=_CALLED,
        idle=_NOT_CALLED,
        standing="direction",
        evidence="the direction: taking part in a call (Boudreau et al. 2017; Davies et al. 2022, Research Policy "
        "51(2); individuals); no study compares a call with none",
    ),
    _assume(
        "grants-relieve-rivalry",
        "Partners that can win together need not compete",
        lesson='Grants "helped organizations overcome the inherent competition for external funding" (SALEX, R4D 2024)',
        mechanism="the prospect of grants reduces rivalry",
        off={"behaviour.rivalry_relief": 0.0},
        within=_CALLED,
        idle=_NOT_CALLED,
        standing="designers say so",
        evidence="the SALEX designers give the direction (R4D 2024); no size published",
    ),
    _assume(
        "applying-builds-trust",
        "Applying together builds trust, whether it succeeds or not",
        lesson="Taking part matters, not only winning",
        mechanism="a joint application adds trust, as a meeting does",
        off={"behaviour.trust_application": 0.0},
        within=_CALLED,
        idle=_NOT_CALLED,
        standing="direction",
        evidence="the direction: applying together raises joint papers, won or lost (Davies et al. 2022, Research "
        "Policy 51(2); Ayoubi et al. 2019; individuals); neither measured trust",
    ),
    _assume(
        "award-focus",
        "Awards follow the agenda",
        lesson="Funders pay for their priorities",
        mechanism="the chance of an award rises with alignment with the agenda",
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
        mechanism="a funded collaboration takes up less of its partners' capacity",
        off={"behaviour.funded_load": 1.0},
        within=_CALLED,
        idle=_NOT_CALLED,
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "grants-meet-need",
        "A grant meets part of the need",
        lesson="Money won need not be raised elsewhere",
        mechanism="while a grant lasts, the need of its partners is lower",
        off={"behaviour.need_met": 0.0},
        within=_CALLED,
        idle=_NOT_CALLED,
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "grants-by-their-money",
        "Larger grants do more, thinner ones less",
        lesson="Money buys time",
        mechanism="what a month of a grant does grows with its money per month, and the pull of a call with the size "
        "of its grants",
        off={"behaviour.grant_strength": 0.0},
        within=(*_CALLED, "grants.size", "grants.months"),
        idle=_NOT_CALLED,
        neutral=(_REFERENCE_GRANT,),
        standing="no study",
        evidence="no study found of what a grant to a pair of organizations does by its size",
    ),
    _assume(
        "funded-collaborations-last",
        "Funded collaborations rarely end before their grant",
        lesson="A contract holds",
        mechanism="while a grant lasts, the hazard of ending is a fraction of the usual one",
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
        mechanism="in the month its grant ends, a collaboration has an extra chance of ending",
        off={"behaviour.grant_end_hazard": 0.0},
        within=_CALLED,
        idle=_NOT_CALLED,
        standing="size",
        evidence="90 % of coalitions continue after their grant (Feinberg et al. 2008, Am. J. Prev. Med. 34(6))",
    ),
    _assume(
        "grants-yield-evidence",
        "Funded collaborations yield more evidence",
        lesson="Money buys the time to write things down",
        mechanism="a funded collaboration produces more pieces of evidence",
        off={"behaviour.funded_evidence": 1.0},
        within=_CALLED,
        idle=_NOT_CALLED,
        standing="direction",
        evidence="the direction, after some years: winning a grant (Davies et al. 2022, Research Policy 51(2); "
        "individuals)",
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
        evidence="3 to 8 % of coalitions end a year after a grant (Feinberg et al. 2008, Am. J. Prev. Med. 34(6))",
    ),
    _assume(
        "trust-protects",
        "Trust protects collaborations",
        lesson="Trust takes time, and pays off",
        mechanism="the hazard of ending falls exponentially with trust",
        off={"behaviour.end_trust": 0.0},
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "engagement-protects",
        "Engaged partners continue",
        lesson="Notice affects survival through engagement",
        mechanism="the hazard of ending rises as the partners' engagement falls",
        off={"behaviour.end_disengagement": 0.0},
        also=("members.engagement", "members.engagement_spread"),
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "unpaid-work-ends",
        "Work that nobody pays for any longer ends",
        lesson="Money gone, work gone",
        mechanism="once its grant has run out, or the network has closed, a collaboration has a further hazard that "
        "rises with its partners' unmet need and with distance, however much they trust each other",
        off={"behaviour.unpaid_hazard": 0.0},
        also=("behaviour.unpaid_distance",),
        within=(*_CALLED, "members.need", "members.need_spread", "behaviour.need_met", "network.regions"),
        standing="direction",
        evidence="the direction of distance: of pairs with a joint Horizon 2020 project 11 % begin another within "
        "half a year after it in one country, 2.5 % across countries (CORDIS, computed by us; organizations)",
    ),
    _assume(
        "evidence",
        "Joint work leads to evidence, later",
        lesson="Relational spaces came before evidence (SALEX, R4D 2024)",
        mechanism="a month's work may lead to a piece of evidence that appears some months later",
        off={"behaviour.evidence_rate": 0.0},
        also=("behaviour.evidence_lag",),
        standing="direction",
        evidence="the direction, and that it comes late: funded pairs overtake unfunded ones only after 3 to 4 years "
        "(Davies et al. 2022, Research Policy 51(2); individuals)",
    ),
    _assume(
        "evidence-uptake",
        "Evidence spreads through trusted ties",
        lesson="Evidence travels with people",
        mechanism="members take up evidence from those they know, in proportion to trust",
        off={"behaviour.uptake": 0.0},
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "translation",
        "Evidence is translated into practice rarely and late",
        lesson="From evidence to schools, systems and policy",
        mechanism="a piece of evidence taken up may be translated into practice some months later",
        off={"behaviour.translation_chance": 0.0},
        also=("behaviour.translation_lag",),
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "practice",
        "Encounters and evidence improve practice",
        lesson="Monitoring, evaluation and learning are shared",
        mechanism="each meeting and each piece of evidence taken up adds to shared practice",
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
        "Engagement follows the benefits of membership",
        lesson="Members stay where they gain",
        mechanism="each month, engagement moves part of the way towards what membership offers",
        off={"behaviour.engagement_rate": 0.0},
        also=("behaviour.engagement_base",),
        standing="no study",
        evidence="no study found of what changes it; 74 to 79 % of members are active (NORC/ASPE 2012)",
    ),
    _assume(
        "collaborations-engage",
        "Collaborating keeps members engaged",
        lesson="Members stay where they gain",
        mechanism="collaborations raise the engagement that a member moves towards",
        off={"behaviour.engagement_collaborations": 0.0},
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "facilitation-engages",
        "Facilitation keeps members engaged",
        lesson="Neutral facilitation",
        mechanism="facilitation raises the engagement that a member moves towards",
        off={"behaviour.engagement_facilitation": 0.0},
        within=_FACILITATED,
        neutral=_NEVER_CONVENED,
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "relevance",
        "A relevant agenda keeps members engaged",
        lesson="Demand-driven agendas",
        mechanism="the better the agenda fits a member's interests, the more engaged it becomes",
        off={"behaviour.engagement_relevance": 0.0},
        also=("funder.priorities", "funder.shift.month", "funder.shift.priorities"),
        within=(*_CLOSED, "funder.weight", *_WEIGHED),
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "uptake-engages",
        "Learning keeps members engaged",
        lesson="Members come to learn",
        mechanism="evidence taken up raises the engagement that a member moves towards",
        off={"behaviour.engagement_uptake": 0.0},
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "funder-agenda",
        "The funder's priorities shape the agenda",
        lesson="A member leadership group carries a demand-driven agenda (SALEX, R4D 2024)",
        mechanism="the agenda is a weighted average of the funder's priorities and the members' interests",
        off={"funder.weight": 0.0},
        within=(*_CLOSED, "funder.priorities", "funder.shift.month", "funder.shift.priorities", *_WEIGHED),
        standing="designers say so",
        evidence="the SALEX designers give the direction (R4D 2024); no size published",
    ),
    _assume(
        "leadership-burden",
        "Leading a network is a burden",
        lesson="A member leadership group carries the agenda, and its burden (SALEX, R4D 2024)",
        mechanism="leaders lose engagement, more so in a demand-driven network",
        off={"behaviour.leadership_burden": 0.0},
        also=("network.leaders",),
        within=(*_CLOSED, "funder.weight", "network.flexibility", *_WEIGHED),
        idle={"network.leaders": 0},
        standing="designers say so",
        evidence="the SALEX designers give the direction (R4D 2024); no size published",
    ),
    _assume(
        "leadership-fits",
        "A leadership group brings the agenda closer to what members ask for",
        lesson="A member leadership group carries a demand-driven agenda (SALEX, R4D 2024)",
        mechanism="leaders add a share of the relevance that the agenda lacks, as far as members decide it",
        off={"behaviour.leadership_fit": 0.0},
        within=(*_CLOSED, "network.leaders", "funder.weight", *_WEIGHED),
        idle={"network.leaders": 0},
        standing="designers say so",
        evidence="the SALEX designers give the direction (R4D 2024); no size published",
    ),
    _assume(
        "leadership-works",
        "Leaders carry a part of the backbone's work",
        lesson="Member leadership makes a network less dependent on its backbone",
        mechanism="convenings, sessions and introductions are carried out as by a larger backbone, unpaid",
        off={"behaviour.leadership_work": 0.0},
        within=(*_FACILITATED, "network.leaders"),
        idle={**_NOT_FACILITATED, "network.leaders": 0},
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "heavy-hand",
        "A funder's heavy hand costs engagement",
        lesson="Demand-driven agendas",
        mechanism="the more of the agenda the funder decides, the less engaged members are, whatever its priorities",
        off={"behaviour.heavy_hand": 0.0},
        within=(*_CLOSED, "funder.weight", *_WEIGHED),
        neutral=({"funder.weight": 0.0, "funder.others": ()},),
        standing="designers say so",
        evidence="the SALEX designers give the direction (R4D 2024); no size published",
    ),
    _assume(
        "fundraising-burden",
        "Raising money is a burden",
        lesson="Competition for external funding (SALEX, R4D 2024)",
        mechanism="members with unmet funding needs lose engagement",
        off={"behaviour.fundraising_burden": 0.0},
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "flexibility",
        "Flexible networks adapt",
        lesson="Representatives change as goals become clear (SALEX, R4D 2024)",
        mechanism="with flexibility, fitting representatives come sooner, leadership is shared, and less relevance is "
        "lost when priorities shift",
        off={"network.flexibility": 0.0},
        also=("behaviour.fit_gap", "behaviour.fit_rate", "behaviour.relational_months"),
        within=("funder.shift.month", "funder.shift.priorities", "network.leaders"),
        standing="designers say so",
        evidence="the SALEX designers give the direction (R4D 2024); no size published",
    ),
    _assume(
        "leaving-when-disengaged",
        "Members that stay disengaged leave",
        lesson="Members stay where they gain",
        mechanism="after some months of low engagement, a member may leave",
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
        evidence="no study found; 5 to 10 % a year is an assumption",
    ),
    _assume(
        "joining",
        "Members join later",
        lesson="Networks grow (Farm to Plate, Joint Learning Network)",
        mechanism="new members join at a given rate",
        off={"network.joining": 0.0},
        within=_CLOSED,
        standing="size",
        evidence="one network: Farm to Plate had about 125 organizations at launch, nearly 300 two years later",
    ),
)

# How closing is lived through, and that a funder leaves before it.
_CLOSING = (
    _assume(
        "co-funding",
        "Several funders pay in shares",
        lesson="Funders seldom act alone",
        mechanism="facilitation and grants are the sum of what each funder's share pays for; the agenda weighs the "
        "priorities of each",
        off={"funder.others": (), "funder.backbone": None, "funder.grants": None},
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "funder-entry",
        "A funder may come later",
        lesson="Funders seldom act alone",
        mechanism="before its entry a funder pays nothing and has no say in the agenda, and nobody pays in its place",
        off={"funder.entry": 1},
        within=("funder.backbone", "funder.grants", "funder.others", *_CLOSED),
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "funder-exit",
        "A funder that leaves takes its share with it",
        lesson="Priorities move, and funders leave",
        mechanism="after its exit a funder's share of facilitation and grants is missing, in the months of a taper a "
        "growing part of it; its priorities no longer count; that it leaves lowers engagement as the announcement of "
        "a closing does, in proportion to what goes with it",
        off={"funder.exit": "never"},
        also=("funder.notice", "funder.taper"),
        within=("funder.backbone", "funder.grants", "behaviour.notice_shock", *_CLOSED),
        standing="no study",
        evidence="no study measures what follows when a funder leaves, tapers or gives notice: a prediction",
    ),
    _assume(
        "members-replace",
        "Members replace a part of what a funder takes away",
        lesson="Additional funding proved difficult (SALEX, R4D 2024)",
        mechanism="members pay a share of what an exit takes from facilitation and grants, out of other money; what "
        "they pay is their own spending",
        off={"members.replacement": 0.0},
        within=("funder.exit", "funder.taper", "funder.others"),
        standing="no study",
        evidence="no study found; the SALEX designers found additional funding difficult (R4D 2024)",
    ),
    _assume(
        "notice",
        "Closing without notice is a shock",
        lesson="Clear and early communication (SALEX, R4D 2024)",
        mechanism="the announcement lowers engagement; the more notice, the less",
        off={"behaviour.notice_shock": 0.0},
        also=("closing.notice", "behaviour.notice_softening"),
        within=(*_CLOSED, "funder.exit", "funder.notice", "funder.others"),
        neutral=({**_NEVER_CLOSED, "funder.exit": "never", "funder.others": ()},),
        standing="no study",
        evidence="no study measures the effect of a funder's notice: what the model says is a prediction",
    ),
    _assume(
        "wind-down",
        "Less is done in the last months",
        lesson="A reduced work plan (SALEX, R4D 2024)",
        mechanism="facilitation and grants run at a reduced level, from the announcement on or for the last months",
        off={"closing.wind_down": 1.0},
        also=("closing.wind_down_months",),
        within=(*_CLOSED, "closing.notice"),
        idle=_NEVER_CLOSED,
        standing="designers say so",
        evidence="the SALEX designers give the direction (R4D 2024); no size published",
    ),
    _assume(
        "closed-initiative",
        "Without the network, members look for new partners less often",
        lesson="Only a minority moved to self-sustained work",
        mechanism="once the network has closed, members look for partners at a fraction of the usual rate",
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
        mechanism="the hazard of ending is higher once the network has closed",
        off={"behaviour.closed_hazard": 1.0},
        also=("closing.month",),
        within=_CLOSED,
        idle=_NEVER_CLOSED,
        standing="direction",
        evidence="European Court of Auditors 2009 (large networks): the direction",
    ),
    _assume(
        "capstone",
        "A capstone turns closing into legacy",
        lesson='Celebration, "from closure to legacy" (SALEX, R4D 2024)',
        mechanism="a capstone event lowers the hazard of ending after the closing",
        off={"behaviour.capstone_cut": 0.0},
        also=("closing.capstone", "costs.capstone"),
        within=_CLOSED,
        idle={**_NEVER_CLOSED, "closing.capstone": False},
        standing="designers say so",
        evidence="the SALEX designers give the direction (R4D 2024); no size published",
    ),
    _assume(
        "handover",
        "A handover plan keeps collaborations going",
        lesson="Planning for what comes after",
        mechanism="a handover plan lowers the hazard of ending after the closing",
        off={"behaviour.handover_cut": 0.0},
        also=("closing.handover", "costs.handover"),
        within=_CLOSED,
        idle={**_NEVER_CLOSED, "closing.handover": False},
        standing="direction",
        evidence="the direction: sustainability planning helps (Feinberg et al. 2008, Am. J. Prev. Med. 34(6); "
        "coalitions)",
    ),
    _assume(
        "stewardship",
        "Somebody may take the network over when it closes",
        lesson="Some networks go on by themselves, most large ones do not",
        mechanism="at the closing a steward may take over: likelier with a handover plan and engaged champions, less "
        "likely in a large network; until it gives up, members convene by themselves, go on looking for partners, "
        "and keep their collaborations as before",
        off={"behaviour.steward_chance": 0.0},
        also=(
            *("behaviour.steward_handover", "behaviour.steward_champion", "behaviour.steward_size"),
            *("behaviour.steward_end", "behaviour.steward_intensity"),
        ),
        within=(*_CLOSED, "closing.handover", "members.champions", "behaviour.champion_engaged"),
        idle=_NEVER_CLOSED,
        standing="direction",
        evidence="the directions: a minority of about 167 large networks of excellence went on by themselves (European "
        "Court of Auditors 2009), 90 % of 110 coalitions, more with a plan (Feinberg et al. 2008, Am. J. Prev. Med. "
        "34(6)); no study of champions",
    ),
    _assume(
        "fading",
        "A network that nobody holds fades",
        lesson="Out of sight, out of mind",
        mechanism="from the closing on, or once its steward gives up, initiative and the engagement that members move "
        "towards shrink month by month",
        off={"behaviour.fading": 0.0},
        within=_CLOSED,
        idle=_NEVER_CLOSED,
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "drift",
        "Members drift away from a network that nobody holds",
        lesson="Members stay where they gain",
        mechanism="the less engaged a member is, the sooner it leaves; its collaborations without a grant end",
        off={"behaviour.drift": 0.0},
        within=_CLOSED,
        idle=_NEVER_CLOSED,
        standing="no study",
        evidence=_NO_STUDY,
    ),
    _assume(
        "champions",
        "Champions sometimes win a renewal",
        lesson="Champions advocated, but additional funding proved difficult (SALEX, R4D 2024)",
        mechanism="each engaged champion has a chance of winning an extension, at the wind-down level",
        off={"behaviour.renewal_chance": 0.0},
        also=("members.champions", "behaviour.champion_engaged", "closing.renewal_months"),
        within=_CLOSED,
        idle={**_NEVER_CLOSED, "members.champions": 0},
        standing="designers say so",
        evidence="two reported cases: SALEX's champions did not succeed (R4D 2024); the Linked Immunisation Action "
        "Network was extended by two years",
    ),
)

ASSUMPTIONS: tuple[Assumption, ...] = (
    *_MEETING,
    *_TRUST,
    *_LOSS,
    *_PARTNERS,
    *_GRANTS,
    *_WORK,
    *_ENGAGEMENT,
    *_CLOSING,
)
"""Every assumption, in the order in which a network lives through them."""
