"""How member organizations behave: the uncertain numbers of the rules, one field each.

Most were set once, together, so that one shared set of values meets the patterns of the evidence table; such a value
is an assumption compared with facts, not an estimate. `docs/odd.md` says for each rule what comes from
the literature and what is ours.
"""

from scenarios.schema.fields import Table, uncertainty

_SET = "assumption: set together with the other behaviour so that the shipped patterns are met (docs/evidence.md)"
_SET_ENCOUNTERS = (
    f"{_SET}; the prior is the same for convenings, groups and introductions, because no study says which of them "
    "builds more trust, and a session of a small group should be worth at least what a plenary talk is"
)


class Behaviour(Table):
    """Trust, search for partners, working together, evidence, engagement: what nobody decides."""

    # Trust: what an encounter adds, as a share of the trust still missing.
    trust_convening: float = uncertainty(
        0.2,
        "trust that meeting at a convening adds",
        unit="share of missing trust",
        bounds=(0, 1),
        prior=(0.05, 0.45),
        source=_SET_ENCOUNTERS,
    )
    trust_group: float = uncertainty(
        0.23,
        "trust that a challenge group's session adds",
        unit="share of missing trust",
        bounds=(0, 1),
        prior=(0.05, 0.45),
        source=_SET_ENCOUNTERS,
    )
    trust_introduction: float = uncertainty(
        0.27,
        "trust that an introduction by the facilitator adds",
        unit="share of missing trust",
        bounds=(0, 1),
        prior=(0.05, 0.45),
        source=_SET_ENCOUNTERS,
    )
    trust_contact: float = uncertainty(
        0.41,
        "trust that a contact without facilitation adds",
        unit="share of missing trust",
        bounds=(0, 1),
        prior=(0.03, 0.45),
        source="assumption: learned from waves of real networks, of people at one workplace and of one research "
        "infrastructure (docs/evidence.md); a meeting that two sought may be worth as much as an arranged one, so the "
        "range is as wide",
    )
    trust_work: float = uncertainty(
        0.06,
        "trust that a month of joint work adds",
        unit="share of missing trust",
        bounds=(0, 1),
        prior=(0.03, 0.10),
        source=_SET,
    )
    trust_application: float = uncertainty(
        0.20,
        "trust that writing a joint application adds, won or lost",
        unit="share of missing trust",
        bounds=(0, 1),
        prior=(0.05, 0.35),
        source="assumption: direction from Davies et al. 2022, Research Policy 51(2) and Ayoubi et al. 2019: "
        "taking part matters, not only winning",
    )
    contact_rate: float = uncertainty(
        0.48,
        "chance that a member contacts somebody without facilitation",
        unit="1/month",
        bounds=(0, 1),
        prior=(0.02, 0.6),
        source="assumption: learned from waves of real networks, of people at one workplace and of one research "
        "infrastructure (docs/evidence.md); organizations far apart may have far less. The prior is wide because "
        "people at one workplace form ties without anybody's help, 120 in seven months (Kapferer 1972)",
    )
    friend_of_friend: float = uncertainty(
        0.5,
        "share of such contacts that go to a friend of a friend (triadic closure)",
        unit="share",
        bounds=(0, 1),
        prior=(0.2, 0.8),
        source="assumption: direction from Gulati & Gargiulo 1999, Am. J. Sociology 104(5)",
    )
    contact_known: float = uncertainty(
        0.15,
        "share of contacts without facilitation that go to somebody the member knows already",
        unit="share",
        bounds=(0, 1),
        prior=(0, 0.8),
        source="assumption: learned from waves of real networks (docs/evidence.md); no other source found",
    )
    contact_interest: float = uncertainty(
        1.9,
        "how strongly contacts with strangers are led by common interests: a stranger found is contacted with chance "
        "exp(-this x (1 - overlap))",
        unit="1",
        bounds=(0, 30),
        prior=(0, 4),
        source="assumption: the middle of the range; waves of real networks leave it open, and no source was found",
    )
    region_odds: float = uncertainty(
        6.3,
        "odds of a contact with a stranger from the own region, against one with a stranger from elsewhere",
        unit="ratio",
        bounds=(1, 100),
        prior=(1, 10),
        source="assumption: learned from all studies together (docs/evidence.md); direction from Catalini 2018, "
        "Management Science 64(9), on co-location",
    )
    own_region: float = uncertainty(
        0.0,
        "share of contacts with strangers that stay in the member's own region, however many regions there are",
        unit="share",
        bounds=(0, 1),
        source="assumption: direction from Catalini 2018, Management Science 64(9), on co-location",
    )

    # Decay of trust.
    decay: float = uncertainty(
        0.02,
        "monthly loss of trust in a young tie without shared contacts",
        unit="1/month",
        bounds=(0, 1),
        prior=(0.01, 0.04),
        source="assumption: Burt 2002, Social Networks 24, gives an upper bound (bankers), "
        "far too fast for organizations",
    )
    embedding: float = uncertainty(
        0.6,
        "share of the loss that four or more shared contacts prevent",
        unit="share",
        bounds=(0, 1),
        prior=(0.3, 0.9),
        source="assumption: direction from Burt 2002, Social Networks 24",
    )
    ageing: float = uncertainty(
        0.01,
        "how a tie's age slows its decay: the loss is divided by 1 + ageing x age",
        unit="1/month",
        bounds=(0, 1),
        prior=(0.0, 0.05),
        source="assumption: direction from Burt 2002 and Scheinert et al. 2017, J. Policy & Complex Systems 3(1)",
    )
    event_decay: float = uncertainty(
        6.0,
        "how much faster a tie from convenings alone decays",
        unit="ratio",
        bounds=(1, 50),
        prior=(3, 8),
        source="assumption: direction from Giese et al. 2020, Social Networks 62: easy come, easy go",
    )

    decay_spread: float = uncertainty(
        0.45,
        "how much ties differ in how fast they decay: standard deviation of the logarithm; 0: all are alike",
        unit="1",
        bounds=(0, 3),
        prior=(0, 1),
        source="assumption: the middle of the range; waves of real networks leave it open",
    )
    lapse: float = uncertainty(
        0.22,
        "hazard that a tie without trust, shared contacts and joint work lapses, all at once",
        unit="1/month",
        bounds=(0, 10),
        prior=(0, 0.3),
        source="assumption: learned from waves of real networks, which lose up to half of their ties within a year "
        "(docs/second-edition.md)",
    )
    lapse_trust: float = uncertainty(
        2.7,
        "how trust protects a tie from lapsing: hazard x exp(-this x trust)",
        unit="1",
        bounds=(0, 30),
        prior=(1, 8),
        source="assumption: no source found; ties with little trust lapse, those with much hardly do. About the median "
        "of what was learned from waves of real networks, which say something of it (docs/evidence.md)",
    )

    # Who represents a member changes.
    turnover: float = uncertainty(
        0.19,
        "chance within a year that a member's representative leaves",
        unit="1/year",
        bounds=(0, 0.99),
        prior=(0, 0.35),
        source="assumption: as staff in general: of that of nonprofits in the "
        "United States 21 % left in a year, 13 % in education (Opportunity Knocks 2008, Nonprofit Retention and "
        "Vacancy Report, as reported by Philanthropy Journal), 13 to 21 % in later surveys (Nonprofit HR); nothing "
        "found for representatives in networks",
    )
    trust_kept: float = uncertainty(
        0.6,
        "share of the trust in its ties that a member keeps when its representative leaves",
        unit="share",
        bounds=(0, 1),
        prior=(0.3, 0.9),
        source="assumption: direction from Broschak & Block 2014, Academy of Management J. 57(3), on firms; no size",
    )

    # Looking for partners, and saying yes.
    initiative: float = uncertainty(
        0.24,
        "chance that a fully engaged member with spare capacity looks for a partner",
        unit="1/month",
        bounds=(0, 1),
        prior=(0.15, 0.5),
        source=_SET,
    )
    closed_initiative: float = uncertainty(
        0.3,
        "initiative once the network has closed, compared with before",
        unit="ratio",
        bounds=(0, 1),
        prior=(0.1, 1.0),
        source="assumption: without a network nobody reminds members to look for partners in it; no source found",
    )
    trust_power: float = uncertainty(
        2.0,
        "how strongly trust decides whom a member asks: weight = trust ^ power",
        unit="1",
        bounds=(0, 10),
        prior=(1.2, 2.5),
        source=_SET,
    )
    yes_base: float = uncertainty(
        -3.0,
        "readiness to say yes to a stranger without common interests",
        unit="log odds",
        bounds=(-20, 20),
        prior=(-4, -1.2),
        source="assumption: learned from all studies together, which say little of it (docs/evidence.md)",
    )
    cold_share: float = uncertainty(
        0.15,
        "share of searches for a partner in which a stranger is asked directly",
        unit="share",
        bounds=(0, 1),
        prior=(0, 0.3),
        source="assumption: the middle of the range; SALEX's members would not knock on a stranger's door (R4D 2024), "
        "and strangers hardly ever say yes (yes_cold)",
    )
    yes_cold: float = uncertainty(
        -5.0,
        "readiness to say yes to a stranger who asks directly, without common interests",
        unit="log odds",
        bounds=(-20, 20),
        prior=(-8, -2),
        source="assumption: below yes_base, as nobody vouches for a stranger; no source found",
    )
    yes_trust: float = uncertainty(
        5.0, "what full trust adds to saying yes", unit="log odds", bounds=(0, 30), prior=(2, 6), source=_SET
    )
    yes_interest: float = uncertainty(
        1.5,
        "what common interests add to saying yes",
        unit="log odds",
        bounds=(0, 30),
        prior=(0.5, 2.5),
        source="assumption: direction from Lane et al. 2021, SMJ 42(6): some common ground does most",
    )
    yes_grant: float = uncertainty(
        4.0,
        "what the prospect of a grant adds to saying yes, for a fully needy, fully aligned pair",
        unit="log odds",
        bounds=(0, 30),
        prior=(1, 5),
        source=_SET,
    )
    yes_rivalry: float = uncertainty(
        8.0,
        "what full rivalry for outside money takes away from saying yes",
        unit="log odds",
        bounds=(0, 50),
        prior=(1, 10),
        source="assumption: direction from Lane et al. 2021, SMJ 42(6): the very same field keeps apart",
    )
    rivalry_relief: float = uncertainty(
        0.6,
        "share of rivalry that a strong prospect of grants removes",
        unit="share",
        bounds=(0, 1),
        prior=(0.2, 1.0),
        source="assumption: SALEX designers, R4D 2024: grants 'helped organizations overcome the inherent "
        "competition for external funding'",
    )
    yes_load: float = uncertainty(
        0.4,
        "what each current collaboration takes away from saying yes",
        unit="log odds",
        bounds=(0, 10),
        prior=(0.2, 0.7),
        source=_SET,
    )
    capacity_softness: float = uncertainty(
        0.0,
        "how gradually a member that carries more looks and is asked less; 0: not at all once it is full",
        unit="collaborations",
        bounds=(0, 20),
        source="assumption: a busy organization still takes on what is worth it; no source found",
    )
    search_breadth: float = uncertainty(
        0.45,
        "how the chance to look for a partner grows with the partners in view; 0: not at all; 1: each is asked as "
        "often as if it were the only one",
        unit="1",
        bounds=(0, 3),
        prior=(0, 1),
        source="assumption: whoever knows more possible partners sees more occasions; no source found",
    )
    award_focus: float = uncertainty(
        6.0,
        "how strictly awards follow alignment with the agenda: weight = exp(focus x alignment)",
        unit="1",
        bounds=(0, 50),
        prior=(2, 12),
        source="assumption: no source found",
    )
    funded_load: float = uncertainty(
        0.5,
        "weight of a funded collaboration in a member's load (an unfunded one weighs 1)",
        unit="share",
        bounds=(0, 1),
        prior=(0.2, 1.0),
        source="assumption: a grant pays for staff, so that capacity is freed",
    )
    need_met: float = uncertainty(
        0.5,
        "share of a member's funding need that a grant meets while it lasts",
        unit="share",
        bounds=(0, 1),
        prior=(0.2, 0.8),
        source="assumption: no source found",
    )

    grant_strength: float = uncertainty(
        0.49,
        "how what a grant does grows with its money: in proportion to its power; 0: every grant does the same",
        unit="1 (elasticity)",
        bounds=(0, 3),
        prior=(0, 1),
        source="assumption: between no effect of the amount and one in proportion to it; no study found for "
        "grants to pairs of organizations",
    )

    # How collaborations end.
    end_hazard: float = uncertainty(
        0.09,
        "monthly hazard that an unfunded collaboration without trust ends",
        unit="1/month",
        bounds=(0, 5),
        prior=(0.03, 0.12),
        source="assumption: set in the first edition so that 3 to 8 % a year end long after a grant "
        "(Feinberg et al. 2008, Am. J. Prev. Med. 34(6))",
    )
    end_trust: float = uncertainty(
        2.5,
        "how trust protects a collaboration: hazard x exp(-it x trust)",
        unit="1",
        bounds=(0, 20),
        prior=(1.5, 3.5),
        source=_SET,
    )
    grant_end_hazard: float = uncertainty(
        0.8,
        "extra hazard in the month a grant ends, without trust",
        unit="1",
        bounds=(0, 10),
        prior=(0.5, 1.5),
        source="assumption: set in the first edition so that 90 % continue after the grant (Feinberg et al. 2008, Am. "
        "J. Prev. Med. 34(6))",
    )
    end_disengagement: float = uncertainty(
        2.0,
        "how partners' lost engagement raises the hazard: x exp(it x (0.6 - engagement))",
        unit="1",
        bounds=(0, 20),
        prior=(1, 3),
        source=_SET,
    )
    funded_hazard: float = uncertainty(
        0.1,
        "hazard while a grant lasts, as a ratio to that without",
        unit="ratio",
        bounds=(0, 1),
        prior=(0.05, 0.3),
        source=_SET,
    )
    closed_hazard: float = uncertainty(
        2.0,
        "hazard once the network has closed, compared with before",
        unit="ratio",
        bounds=(1, 20),
        prior=(1, 4),
        source="assumption: direction from European Court of Auditors 2009: "
        "only a minority of networks of excellence continued",
    )
    capstone_cut: float = uncertainty(
        0.4,
        "share of the hazard after closing that a capstone prevents",
        unit="share",
        bounds=(0, 1),
        prior=(0.1, 0.6),
        source="assumption: SALEX designers, R4D 2024: from closing to legacy; no study gives the size",
    )
    handover_cut: float = uncertainty(
        0.3,
        "share of the hazard after closing that a handover plan prevents",
        unit="share",
        bounds=(0, 1),
        prior=(0.1, 0.6),
        source="assumption: direction from Feinberg et al. 2008: planning for sustainability helps; the size is ours",
    )

    # After the money: work that nobody pays for any longer.
    unpaid_hazard: float = uncertainty(
        0.029,
        "extra hazard of work that nobody pays for any longer, for partners that must raise all their money outside; "
        "trust does not shield from it",
        unit="1/month",
        bounds=(0, 5),
        prior=(0.0, 0.06),
        source="assumption: of pairs with a first joint Horizon 2020 project 10 % begin another within three years "
        "after it (CORDIS, computed by us); no study gives a hazard by need",
    )
    unpaid_distance: float = uncertainty(
        2.5,
        "this extra hazard between two regions, compared with within one",
        unit="ratio",
        bounds=(1, 20),
        prior=(1, 4),
        source="assumption: direction from Horizon 2020 (CORDIS, computed by us): 11 % of pairs in one country begin "
        "another joint project within half a year, 2.5 % across countries",
    )

    # Stewardship: whether somebody takes the network over when its funder closes it.
    steward_chance: float = uncertainty(
        0.44,
        "chance that somebody takes a network of 20 members over at its closing, without a handover plan or champions",
        unit="chance a closing",
        bounds=(0, 1),
        prior=(0.1, 0.9),
        source="assumption: between two studies: only a minority of about 167 networks of excellence went on by "
        "themselves (European Court of Auditors 2009), 90 % of 110 coalitions did (Feinberg et al. 2008, "
        "Am. J. Prev. Med. 34(6))",
    )
    steward_handover: float = uncertainty(
        1.0,
        "what a handover plan adds to that chance",
        unit="log odds",
        bounds=(0, 10),
        prior=(0, 2),
        source="assumption: direction from Feinberg et al. 2008: planning for sustainability helps; the size is ours",
    )
    steward_champion: float = uncertainty(
        0.52,
        "what each engaged champion adds to that chance",
        unit="log odds a champion",
        bounds=(0, 10),
        prior=(0, 1),
        source="assumption: SALEX's champions advocated for it (R4D 2024); no study gives a size",
    )
    steward_size: float = uncertainty(
        1.0,
        "how the odds fall with the members still in: x (members / 20) ^ -it",
        unit="1",
        bounds=(0, 10),
        prior=(0, 2),
        source="assumption: coalitions of 15 to 20 members went on far more often (Feinberg et al. 2008) than large "
        "networks of excellence (European Court of Auditors 2009), which differ in more than size",
    )
    steward_end: float = uncertainty(
        0.015,
        "chance that a steward gives up",
        unit="1/month",
        bounds=(0, 5),
        prior=(0.002, 0.03),
        source="assumption: 3 to 8 % of coalitions ended in each year after their grant (Feinberg et al. 2008), up to "
        "three in ten for weaker ones",
    )
    steward_intensity: float = uncertainty(
        0.2,
        "what a steward can do of what a full backbone does: convenings only, which the funder does not pay for",
        unit="share of a full backbone",
        bounds=(0, 1),
        prior=(0, 0.4),
        source="assumption: members meet on their own account, as after COST actions; no study gives a size",
    )

    # Fading and drift: a network that nobody holds any longer.
    fading: float = uncertainty(
        0.054,
        "how fast initiative, and what membership is worth, fade once nobody holds the network; half is left after "
        "0.69 / it months",
        unit="1/month",
        bounds=(0, 5),
        prior=(0.0, 0.1),
        source="assumption: half-lives from 7 months on; that few networks outlive their money is known of large ones "
        "(European Court of Auditors 2009), how fast they fade is not",
    )
    drift: float = uncertainty(
        0.031,
        "hazard that a member without any engagement drifts away once nobody holds the network",
        unit="1/month",
        bounds=(0, 5),
        prior=(0.0, 0.06),
        source="assumption: no source found; at engagement .5 it is at most 30 % a year",
    )

    # Evidence.
    evidence_rate: float = uncertainty(
        0.08,
        "chance that a month's work of an unfunded collaboration leads to a piece of evidence",
        unit="1/month",
        bounds=(0, 1),
        prior=(0.02, 0.2),
        source="assumption: no source found",
    )
    funded_evidence: float = uncertainty(
        2.0,
        "how much more evidence a funded collaboration yields",
        unit="ratio",
        bounds=(1, 20),
        prior=(1.2, 4),
        source="assumption: direction from Davies et al. 2022, Research Policy 51(2)",
    )
    evidence_lag: int = uncertainty(
        9,
        "months between the work and the evidence",
        unit="months",
        bounds=(0, 120),
        prior=(3, 36),
        source="assumption: some 9 for practice evidence; 24 to 36 for papers (Davies et al. 2022)",
    )
    uptake: float = uncertainty(
        0.3,
        "chance that a fully trusting contact takes up a new piece of evidence",
        unit="chance a piece",
        bounds=(0, 1),
        prior=(0.1, 0.6),
        source="assumption: no source found",
    )
    practice_gain: float = uncertainty(
        0.02,
        "what a meeting adds to shared practice, at full trust",
        unit="share of what is missing",
        bounds=(0, 1),
        prior=(0.005, 0.05),
        source="assumption: no source found",
    )
    practice_evidence: float = uncertainty(
        0.08,
        "what a piece of evidence taken up adds to shared practice",
        unit="share of what is missing",
        bounds=(0, 1),
        prior=(0.02, 0.2),
        source="assumption: no source found",
    )
    practice_improved: float = uncertainty(
        0.3,
        "level from which practice counts as improved",
        unit="level, 0 to 1",
        bounds=(0.01, 1),
        prior=(0.1, 0.5),
        source="assumption: a definition of the outcome, not a fact",
    )
    translation_chance: float = uncertainty(
        0.03,
        "chance that a piece of evidence taken up is ever translated into schools, systems or policy",
        unit="chance a piece",
        bounds=(0, 1),
        prior=(0.005, 0.1),
        source="assumption: 'rarely'; no source found",
    )
    translation_lag: int = uncertainty(
        18,
        "months between uptake and translation",
        unit="months",
        bounds=(0, 240),
        prior=(6, 36),
        source="assumption: 'late'; no source found",
    )

    # Engagement, fit, leaving.
    notice_shock: float = uncertainty(
        0.5,
        "share of engagement lost when closing is announced without notice",
        unit="share",
        bounds=(0, 1),
        prior=(0.2, 0.8),
        source="assumption: no study gives the effect of notice",
    )
    notice_softening: float = uncertainty(
        3.0,
        "months of notice that halve the shock",
        unit="months",
        bounds=(0.1, 120),
        prior=(1, 12),
        source="assumption: no study gives the effect of notice",
    )
    engagement_rate: float = uncertainty(
        0.1,
        "how fast engagement moves towards what membership offers",
        unit="1/month",
        bounds=(0, 1),
        prior=(0.03, 0.25),
        source=_SET,
    )
    engagement_base: float = uncertainty(
        0.45,
        "engagement of a member that gets nothing out of membership",
        unit="level, 0 to 1",
        bounds=(0, 1),
        prior=(0.3, 0.6),
        source=_SET,
    )
    engagement_collaborations: float = uncertainty(
        0.3, "engagement from collaborating", unit="level, 0 to 1", bounds=(0, 1), prior=(0.1, 0.5), source=_SET
    )
    engagement_facilitation: float = uncertainty(
        0.25, "engagement from full facilitation", unit="level, 0 to 1", bounds=(0, 1), prior=(0.1, 0.4), source=_SET
    )
    engagement_relevance: float = uncertainty(
        0.3,
        "engagement from a fully relevant agenda",
        unit="level, 0 to 1",
        bounds=(0, 1),
        prior=(0.1, 0.5),
        source=_SET,
    )
    engagement_uptake: float = uncertainty(
        0.1, "engagement from evidence taken up", unit="level, 0 to 1", bounds=(0, 1), prior=(0.0, 0.2), source=_SET
    )
    leadership_burden: float = uncertainty(
        0.15,
        "engagement that a leader loses by leading a demand-driven network alone",
        unit="level, 0 to 1",
        bounds=(0, 1),
        prior=(0.05, 0.3),
        source="assumption: direction from the SALEX designers, R4D 2024; no size published",
    )
    leadership_fit: float = uncertainty(
        0.27,
        "share of the relevance that an agenda lacks which a large leadership group adds, if members decide alone",
        unit="share",
        bounds=(0, 1),
        prior=(0, 0.5),
        source="assumption: a leadership group carried SALEX's demand-driven agenda (R4D 2024); no size published",
    )
    leadership_work: float = uncertainty(
        0.024,
        "part of the backbone's work that each leader carries, unpaid, of what the backbone cannot do",
        unit="share per leader",
        bounds=(0, 1),
        prior=(0, 0.05),
        source="assumption: at .05 five leaders carry a fifth of what is missing to a full backbone; no source found",
    )
    heavy_hand: float = uncertainty(
        0.14,
        "engagement that a member loses where the funder alone decides the agenda",
        unit="level, 0 to 1",
        bounds=(0, 1),
        prior=(0, 0.3),
        source="assumption: direction from the SALEX designers, R4D 2024: agendas driven by members' demand; no "
        "size published",
    )
    fundraising_burden: float = uncertainty(
        0.15,
        "engagement lost by having to raise the whole budget from outside",
        unit="level, 0 to 1",
        bounds=(0, 1),
        prior=(0.05, 0.3),
        source="assumption: no source found",
    )
    fit_gap: float = uncertainty(
        0.3,
        "how much the least fitting representative falls short",
        unit="share",
        bounds=(0, 1),
        prior=(0.0, 0.6),
        source="assumption: direction from the SALEX designers, R4D 2024; no size published",
    )
    fit_rate: float = uncertainty(
        0.15,
        "how fast a fully flexible member switches to a fitting representative",
        unit="1/month",
        bounds=(0, 1),
        prior=(0.05, 0.3),
        source="assumption: direction from the SALEX designers, R4D 2024: representatives change as goals become clear",
    )
    relational_months: int = uncertainty(
        12,
        "months until the network's work has moved from building relationships to producing evidence",
        unit="months",
        bounds=(1, 240),
        prior=(6, 24),
        source="assumption: SALEX designers, R4D 2024: relational spaces came before evidence; no month published",
    )
    leave_below: float = uncertainty(
        0.37,
        "engagement below which a member considers leaving",
        unit="level, 0 to 1",
        bounds=(0, 1),
        prior=(0.2, 0.6),
        source="assumption: no source found; about the median of the posterior, hardly more than the middle of its "
        "range",
    )
    leave_patience: int = uncertainty(
        3,
        "months of low engagement before a member may leave",
        unit="months",
        bounds=(1, 120),
        prior=(1, 12),
        source="assumption: no source found",
    )
    leave_chance: float = uncertainty(
        0.1,
        "chance that a member whose engagement stays low leaves",
        unit="1/month",
        bounds=(0, 1),
        prior=(0.02, 0.3),
        source="assumption: no source found",
    )
    attrition: float = uncertainty(
        0.005,
        "chance that any member leaves for reasons of its own",
        unit="1/month",
        bounds=(0, 1),
        prior=(0.0, 0.01),
        source="assumption: 5 to 10 % a year; no source found",
    )
    champion_engaged: float = uncertainty(
        0.5,
        "least engagement with which a champion still speaks up for the network",
        unit="level, 0 to 1",
        bounds=(0, 1),
        prior=(0.3, 0.7),
        source="assumption: no source found",
    )
    renewal_chance: float = uncertainty(
        0.02,
        "chance that one engaged champion wins a renewal",
        unit="chance a champion",
        bounds=(0, 1),
        prior=(0.0, 0.1),
        source="assumption: small; SALEX's champions did not succeed (R4D 2024), Linked's did",
    )
