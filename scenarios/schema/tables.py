"""The tables of a scenario, each key with its unit, range, role, prior and source."""

from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from scenarios.schema.fields import LAST_MONTH, Table, lever, uncertainty
from scenarios.schema.funders import CoFunder

MOST_MEMBERS = 1_000_000

NEVER: Literal["never"] = "never"

Month = Annotated[int, Field(ge=1, le=LAST_MONTH)]  # month 1 is the first month of the network's life

Months = Annotated[int, Field(ge=0, le=240)]

MonthOrNever = Month | Literal["never"]


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]

Weight = Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False)]

Weights = Annotated[tuple[Weight, ...], BeforeValidator(_as_tuple)]  # files write lists


def _does_not_rise(shares: tuple[float, ...]) -> tuple[float, ...]:
    if any(after > before for before, after in pairwise(shares)):
        raise ValueError("a taper goes down, or stays for a month; it does not rise")
    return shares


Taper = Annotated[
    tuple[Share, ...], BeforeValidator(_as_tuple), Field(max_length=240), AfterValidator(_does_not_rise)
]  # what is left of a share, month by month

_TRIAL = (
    "assumption: in a trial of these rules, this value gave the patterns that the studies report (docs/evidence.md)"
)

_SALEX_UNPUBLISHED = "assumption: not in the SALEX publications we could read"


class Network(Table):
    """How many organizations, for how long, and how they knew each other before."""

    members: int = lever(
        22,
        "member organizations at the start",
        unit="organizations",
        bounds=(2, MOST_MEMBERS),
        prior=(10, 60),
        source="estimate: SALEX's 22 founding members (R4D 2024)",
    )
    months: Month | None = Field(
        None,
        description="last month simulated; left out: closing plus follow-up, or 60 if the network never closes",
        json_schema_extra={
            "unit": "months",
            "role": "lever",
            "prior": [24, 120],
            "source": "assumption: follows from the closing",
        },
    )
    topics: int = uncertainty(
        8, "topics that members can be interested in", unit="topics", bounds=(1, 64), prior=(4, 12), source=_TRIAL
    )
    regions: int = uncertainty(
        6,
        "regions that members come from",
        unit="regions",
        bounds=(1, 64),
        prior=(1, 8),
        source="estimate: SALEX's six continents (R4D 2024)",
    )
    prior_ties: float = uncertainty(
        0.0,
        "earlier ties that a member brings, on average",
        unit="ties per member",
        bounds=(0, 50),
        prior=(0, 3),
        source="assumption: none, as SALEX's members could not just knock on a door (R4D 2024); "
        "but Farm to Plate mostly built on existing ties (Scheinert et al. 2017)",
    )
    prior_trust: float = uncertainty(
        0.5, "trust in an earlier tie", unit="level, 0 to 1", bounds=(0.01, 1), prior=(0.2, 0.8), source=_TRIAL
    )
    joining: float = lever(
        0.0,
        "members that join later",
        unit="organizations/month",
        bounds=(0, 1000),
        prior=(0, 3),
        source="estimate: none in SALEX; Farm to Plate grew from 125 to nearly 300 in 2 years (Scheinert et al. 2017)",
    )
    leaders: int = lever(
        5,
        "members of the leadership group",
        unit="organizations",
        bounds=(0, 1000),
        prior=(0, 10),
        source=_SALEX_UNPUBLISHED,
    )
    flexibility: float = lever(
        0.5,
        "how freely members change representatives, share leadership and adapt to a changed agenda",
        unit="share",
        bounds=(0, 1),
        prior=(0, 1),
        source="assumption: SALEX's designers name flexibility as a lesson (R4D 2024); no size published",
    )
    today: int = lever(
        0,
        "month at whose end the network stands as its files say, and from which the run goes on; 0: the founding",
        unit="months",
        bounds=(0, LAST_MONTH),
        source="assumption: a run begins with the founding",
    )
    so_far: str = Field(
        "",
        description="a so_far.csv with what was spent and what came of it until today; empty: counted from today on",
        json_schema_extra={"unit": "path", "role": "uncertainty", "prior": None, "source": "assumption: not known"},
    )


class Members(Table):
    """Who the members are: from a file, or drawn from these."""

    file: str = Field(
        "",
        description="a members.csv with the real members, beside the scenario file; empty: members are drawn at random",
        json_schema_extra={"unit": "path", "role": "lever", "prior": None, "source": "assumption: drawn members"},
    )
    ties: str = Field(
        "",
        description="a ties.csv with their earlier ties; empty: as network.prior_ties says",
        json_schema_extra={"unit": "path", "role": "uncertainty", "prior": None, "source": "assumption: drawn ties"},
    )
    contacts: str = Field(
        "",
        description="a contacts.csv with who met whom in which month, as measured; empty: nothing was measured",
        json_schema_extra={"unit": "path", "role": "uncertainty", "prior": None, "source": "assumption: not measured"},
    )
    introductions: str = Field(
        "",
        description="an introductions.csv with whom the facilitator introduces in which month by plan; empty: nobody",
        json_schema_extra={"unit": "path", "role": "lever", "prior": None, "source": "assumption: none planned"},
    )
    groups: str = Field(
        "",
        description="a groups.csv with who sits in which topic's challenge group by plan; empty: as interests say",
        json_schema_extra={"unit": "path", "role": "lever", "prior": None, "source": "assumption: none planned"},
    )
    collaborations: str = Field(
        "",
        description="a collaborations.csv with who works with whom today, and did before; empty: nobody",
        json_schema_extra={"unit": "path", "role": "uncertainty", "prior": None, "source": "assumption: none so far"},
    )
    attendance: str = Field(
        "",
        description="an attendance.csv with who came to which event so far; empty: nobody has written it down",
        json_schema_extra={"unit": "path", "role": "uncertainty", "prior": None, "source": "assumption: not known"},
    )
    representatives: str = Field(
        "",
        description="a representatives.csv with who represents whom, and since when; empty: since the founding",
        json_schema_extra={"unit": "path", "role": "uncertainty", "prior": None, "source": "assumption: not known"},
    )
    without: str = Field(
        "",
        description="members of the file to leave out, several separated by ;, each with the month it leaves in or "
        "from the start: Hub Institute from 10; empty: nobody",
        json_schema_extra={"unit": "names", "role": "lever", "prior": None, "source": "assumption: all are members"},
    )
    interests_fewest: int = uncertainty(
        1, "fewest interests of a member", unit="topics", bounds=(1, 64), prior=(1, 2), source=_TRIAL
    )
    interests_most: int = uncertainty(
        3, "most interests of a member", unit="topics", bounds=(1, 64), prior=(1, 5), source=_TRIAL
    )
    need: float = uncertainty(
        0.5,
        "share of its programme budget that a member must raise from outside, on average",
        unit="share",
        bounds=(0, 1),
        prior=(0.2, 0.8),
        source=_SALEX_UNPUBLISHED,
    )
    need_spread: float = uncertainty(
        0.3,
        "half the width of the range of needs around their mean",
        unit="share",
        bounds=(0, 0.5),
        prior=(0, 0.5),
        source="assumption: no source found",
    )
    engagement: float = uncertainty(
        0.65,
        "engagement at the start, on average",
        unit="level, 0 to 1",
        bounds=(0, 1),
        prior=(0.4, 0.85),
        source="assumption: below the 74 to 79 % of members active in NORC/ASPE 2012",
    )
    engagement_spread: float = uncertainty(
        0.15,
        "half the width of the range of engagement at the start",
        unit="level, 0 to 1",
        bounds=(0, 0.5),
        prior=(0, 0.3),
        source="assumption: no source found",
    )
    activity_spread: float = uncertainty(
        0.59,
        "how much members differ in activity: standard deviation of its logarithm; 0: all are alike",
        unit="1",
        bounds=(0, 3),
        prior=(0, 1.2),
        source="assumption: about the middle of the range and the median of the posterior, which are nearly the same; "
        "numbers of ties differ far more in six of eight real networks "
        "than they would if members were alike (docs/second-edition.md)",
    )
    capacity: int = uncertainty(
        3,
        "collaborations that a medium-sized member can carry",
        unit="collaborations",
        bounds=(1, 100),
        prior=(2, 5),
        source=_TRIAL,
    )
    capacity_step: int = uncertainty(
        1,
        "how many more a large member can carry, and how many fewer a small one",
        unit="collaborations",
        bounds=(0, 50),
        prior=(0, 2),
        source="assumption: no source found",
    )
    champions: int = lever(
        2,
        "members that champion the network to its funder",
        unit="organizations",
        bounds=(0, 1000),
        prior=(0, 8),
        source=_SALEX_UNPUBLISHED,
    )
    replacement: float = lever(
        0.0,
        "share of what an exit takes from the backbone and the grants that members pay instead, out of other money",
        unit="share",
        bounds=(0, 1),
        prior=(0, 0.5),
        source="assumption: nothing; SALEX's members found no other funding (R4D 2024: additional funding proved "
        "difficult)",
    )


class Facilitation(Table):
    """What the backbone organization does."""

    intensity: float = lever(
        0.6,
        "facilitation intensity; 1 is a fully resourced backbone, 0 none",
        unit="share of a full backbone",
        bounds=(0, 1),
        prior=(0, 1),
        source="assumption: no source gives intensity; SALEX's budget is not published",
    )
    reference: float = uncertainty(
        0.6,
        "intensity at which a convening gives `encounters`",
        unit="share of a full backbone",
        bounds=(0.01, 1),
        prior=(0.4, 1.0),
        source=_TRIAL,
    )
    convening_every: int = lever(
        3,
        "months between convenings, the first in month 1",
        unit="months",
        bounds=(1, 240),
        prior=(2, 12),
        source=_SALEX_UNPUBLISHED,
    )
    cancelled: int = lever(
        0,
        "month in which no convening is held although one is due; 0 if none is cancelled",
        unit="month",
        bounds=(0, LAST_MONTH),
        prior=(0, 24),
        source="assumption: no convening of SALEX is known to have been cancelled",
    )
    encounters: float = uncertainty(
        5.0,
        "others that an attending member meets if they attend too, at the reference intensity",
        unit="members",
        bounds=(0, 30),
        prior=(2, 8),
        source="assumption: Hypertext 2009 (Isella et al. 2011) gives 4 % of pairs by free mixing; "
        "facilitated small groups have 2 to 10 (Scialog)",
    )
    group_rate: float = lever(
        0.5,
        "sessions of a topic's challenge group, at full intensity and with an even agenda",
        unit="1/month",
        bounds=(0, 10),
        prior=(0, 1),
        source=_TRIAL,
    )
    group_encounters: float = uncertainty(
        4.0,
        "group members that a member works with in a session, if they attend too",
        unit="members",
        bounds=(0, 30),
        prior=(2, 8),
        source="assumption: topical groups have about 10 (Scialog)",
    )
    introductions: float = lever(
        0.27,
        "introductions that the facilitator makes, at full intensity",
        unit="1/month per member",
        bounds=(0, 10),
        prior=(0, 0.6),
        source=_TRIAL,
    )
    convening_effort: float = uncertainty(
        0.9,
        "staff time that a convening takes; with all three efforts at 0 staff time never runs short",
        unit="months of a full backbone per convening",
        bounds=(0, 24),
        prior=(0.3, 2),
        source="assumption: about .9 fits SALEX's plan: some 45 working days of a backbone of 2 to 3 people (50 "
        "working days a month) for an event of 22 organizations in person; no study found",
    )
    session_effort: float = uncertainty(
        0.1,
        "staff time that a session of a challenge group takes",
        unit="months of a full backbone per session",
        bounds=(0, 12),
        prior=(0.03, 0.25),
        source="assumption: about .1 fits SALEX's plan: 5 working days to prepare, hold and follow up a session; "
        "no study found",
    )
    introduction_effort: float = uncertainty(
        0.05,
        "staff time that an introduction takes",
        unit="months of a full backbone per introduction",
        bounds=(0, 12),
        prior=(0.01, 0.12),
        source="assumption: about .05 fits SALEX's plan: 2 to 3 working days to find a match, speak with both "
        "sides and follow up; no study found",
    )


class Grants(Table):
    """Catalytic funding for pairs of members."""

    per_call: int = lever(
        4,
        "grants per call; 0 is no catalytic funding",
        unit="grants",
        bounds=(0, 100_000),
        prior=(0, 8),
        source=_SALEX_UNPUBLISHED,
    )
    first: int = lever(
        6, "month of the first call", unit="month", bounds=(1, LAST_MONTH), prior=(3, 12), source=_SALEX_UNPUBLISHED
    )
    every: int = lever(
        6, "months between calls", unit="months", bounds=(1, 240), prior=(3, 12), source=_SALEX_UNPUBLISHED
    )
    months: int = lever(
        12, "months that a grant lasts", unit="months", bounds=(1, 240), prior=(6, 36), source=_SALEX_UNPUBLISHED
    )
    window: int = lever(
        3,
        "months that a call is open; awards are made in the last",
        unit="months",
        bounds=(1, 240),
        prior=(1, 4),
        source="assumption: no source found",
    )
    size: float = lever(
        50_000.0,
        "size of a grant, for the pair",
        unit="USD",
        bounds=(0, 1e12),
        prior=(20_000, 100_000),
        source="assumption: USD 43,000 a project (Tufts), 50,000 to 55,000 a partner (Harvard Catalyst, Scialog); "
        "SALEX's is not published",
    )


class Shift(Table):
    """A change of the funder's priorities and budgets."""

    month: MonthOrNever = Field(
        NEVER,
        description="first month under the new priorities and budgets, or 'never'",
        json_schema_extra={"unit": "month", "role": "uncertainty", "prior": [6, 24], "source": "assumption: no shift"},
    )
    priorities: Weights = Field(
        (),
        description="the new weight of each topic; empty: unchanged",
        json_schema_extra={"unit": "weights", "role": "uncertainty", "prior": None, "source": "assumption: as before"},
    )
    facilitation: float = uncertainty(
        1.0,
        "facilitation after the shift, compared with before",
        unit="ratio",
        bounds=(0, 1),
        prior=(0, 1),
        source="assumption: unchanged",
    )
    grants: float = uncertainty(
        1.0,
        "grants per call after the shift, compared with before",
        unit="ratio",
        bounds=(0, 10),
        prior=(0, 1),
        source="assumption: unchanged",
    )


class Funder(Table):
    """Who pays, and what for: the one funder, or the first of several."""

    weight: float = lever(
        0.4,
        "weight of the funder's priorities in the agenda; at 0 the members' demand decides",
        unit="share",
        bounds=(0, 1),
        prior=(0, 1),
        source="assumption: SALEX had a member leadership group beside the funder (R4D 2024)",
    )
    priorities: Weights = Field(
        (),
        description="the funder's weight for each topic; empty: all equal",
        json_schema_extra={"unit": "weights", "role": "lever", "prior": None, "source": "assumption: all topics alike"},
    )
    name: str = Field(
        "",
        description="what the funder is called; empty: the first funder",
        json_schema_extra={"unit": "name", "role": "lever", "prior": None, "source": "assumption: without a name"},
    )
    backbone: Share | None = Field(
        None,
        description="share of the backbone that the funder pays; left out: an equal part of what the others leave",
        json_schema_extra={"unit": "share", "role": "lever", "prior": None, "source": "assumption: equal parts"},
    )
    grants: Share | None = Field(
        None,
        description="share of the grants that the funder pays; left out: an equal part of what the others leave",
        json_schema_extra={"unit": "share", "role": "lever", "prior": None, "source": "assumption: equal parts"},
    )
    entry: int = lever(
        1,
        "first month in which the funder pays and has its say in the agenda",
        unit="month",
        bounds=(1, LAST_MONTH),
        source="assumption: the funder is there from the founding on",
    )
    exit: MonthOrNever = Field(
        NEVER,
        description="last month in which the funder pays, or 'never': until the network closes",
        json_schema_extra={
            "unit": "month",
            "role": "lever",
            "prior": [12, 24],
            "source": "assumption: the funder stays until the network closes",
        },
    )
    notice: int = lever(
        6,
        "months between the funder's saying that it leaves and its exit",
        unit="months",
        bounds=(0, 240),
        prior=(0, 12),
        source="assumption: as closing.notice; no study gives the notice of funders that leave",
    )
    taper: Months | Taper = Field(
        0,
        description="last months before the exit in which the funder pays less, going down in equal steps; or, as a "
        "list, what is left of its shares in each",
        json_schema_extra={
            "unit": "months",
            "role": "lever",
            "prior": [0, 12],
            "source": "assumption: the funder pays in full until it leaves",
        },
    )
    others: Annotated[tuple[CoFunder, ...], BeforeValidator(_as_tuple)] = Field(
        (),
        description="further funders: each a [[funder]] table of its own in the file; empty: there is one funder",
        json_schema_extra={"unit": "funders", "role": "lever", "prior": None, "source": "assumption: one funder"},
    )
    shift: Shift = Shift()


class Closing(Table):
    """The end of the network, and what is done so that something survives."""

    month: MonthOrNever = Field(
        NEVER,
        description="last month of the network's life, or 'never'",
        json_schema_extra={
            "unit": "month",
            "role": "lever",
            "prior": [12, 60],
            "source": "assumption: the network goes on",
        },
    )
    notice: int = lever(
        6,
        "months between the announcement and the closing",
        unit="months",
        bounds=(0, 240),
        prior=(0, 12),
        source="assumption: SALEX's date of announcement is not published; R4D 2024 says 'acted quickly'",
    )
    wind_down: float = lever(
        0.6,
        "facilitation and grants in the months of winding down, compared with before",
        unit="ratio",
        bounds=(0, 1),
        prior=(0, 1),
        source="assumption: SALEX had a reduced work plan (R4D 2024); no size published",
    )
    wind_down_months: Months | None = Field(
        None,
        description="last months of the network's life at the wind-down level; left out: all after the announcement",
        json_schema_extra={
            "unit": "months",
            "role": "lever",
            "prior": [0, 12],
            "source": "assumption: winding down begins with the announcement",
        },
    )
    capstone: bool = Field(
        False,
        description="a capstone event in the last month turns closing into legacy",
        json_schema_extra={"unit": "yes or no", "role": "lever", "prior": [False, True], "source": "assumption: none"},
    )
    handover: bool = Field(
        False,
        description="a plan hands over to the members what is to continue",
        json_schema_extra={"unit": "yes or no", "role": "lever", "prior": [False, True], "source": "assumption: none"},
    )
    follow_up: int = lever(
        24,
        "months simulated after the closing, to see what survives",
        unit="months",
        bounds=(0, 600),
        prior=(12, 60),
        source="assumption: long enough for the figure a year after closing",
    )
    renewal_months: int = lever(
        12,
        "months that a renewal adds, at the wind-down level",
        unit="months",
        bounds=(0, 240),
        prior=(6, 24),
        source="assumption: the Linked Immunisation Action Network was extended by two years; half of that here",
    )


Rate = Annotated[float, Field(ge=1e-6, le=1e9, allow_inf_nan=False)]

_MOST = 1e12
"""The largest price: a full backbone costs some billions of the currencies of which a dollar is worth thousands."""


class Costs(Table):
    """What the funder pays, in `currency` of `price_year`."""

    currency: str = Field(
        "USD",
        pattern="^[A-Z]{3}$",
        description="currency of every amount that the scenario gives, an ISO code or a sign that means one of them",
        json_schema_extra={
            "unit": "currency", "role": "lever", "prior": None, "source": "assumption: as the library's prices are"
        },
    )  # fmt: skip
    rate: Rate | None = Field(
        None,
        description="units of `currency` for one US dollar, for prices in USD that the scenario does not give itself; "
        "left out: nothing is converted",
        json_schema_extra={
            "unit": "1", "role": "lever", "prior": None, "source": "assumption: none, nothing is converted"
        },
    )  # fmt: skip
    price_year: int = uncertainty(
        2024, "year of the prices", unit="year", bounds=(1900, 2100), source="assumption: the year SALEX closed"
    )
    backbone: float = uncertainty(
        300_000.0,
        "a fully resourced backbone",
        unit="USD/year",
        bounds=(0, _MOST),
        prior=(150_000, 500_000),
        source="assumption: EUR 125,000 to 150,000 (COST), USD 250,000 to 500,000 commonly quoted",
    )
    attendance: float = uncertainty(
        1_500.0,
        "one member's attendance at a convening",
        unit="USD",
        bounds=(0, _MOST),
        prior=(300, 4_000),
        source="assumption: no source found",
    )
    session: float = uncertainty(
        1000.0,
        "a session of a challenge group, beyond the backbone",
        unit="USD",
        bounds=(0, _MOST),
        prior=(0, 3_000),
        source="assumption: a room and a meal, or a platform; no source found",
    )
    member_attendance: float = uncertainty(
        500.0,
        "what a member spends of its own when it attends a convening, such as staff time",
        unit="USD",
        bounds=(0, _MOST),
        prior=(0, 2_000),
        source="assumption: a day or two of a professional's time; no source found",
    )
    member_work: float = uncertainty(
        1_000.0,
        "what the two partners spend of their own in a month of joint work that no grant pays for",
        unit="USD/month",
        bounds=(0, _MOST),
        prior=(0, 4_000),
        source="assumption: some days of staff time a month; a grant of 50,000 pays 4,200 a month; no source found",
    )
    introduction: float = uncertainty(
        200.0,
        "an introduction, beyond the backbone",
        unit="USD",
        bounds=(0, _MOST),
        prior=(0, 1_000),
        source="assumption: no source found",
    )
    capstone: float = uncertainty(
        40_000.0,
        "the capstone event, beyond attendance",
        unit="USD",
        bounds=(0, _MOST),
        prior=(10_000, 100_000),
        source="assumption: no source found",
    )
    handover: float = uncertainty(
        25_000.0,
        "making and carrying out the handover plan",
        unit="USD",
        bounds=(0, _MOST),
        prior=(5_000, 80_000),
        source="assumption: no source found",
    )
    begins: str = Field(
        "",
        pattern=r"^([0-9]{4}-(0[1-9]|1[0-2]))?$",
        description="when month 1 is, such as 2026-09: cash flow is then by financial years; empty: by the network's",
        json_schema_extra={"unit": "date", "role": "uncertainty", "prior": None, "source": "assumption: not known"},
    )
    financial_year: str = Field(
        "01",
        pattern="^(0[1-9]|1[0-2])$",
        description="month in which financial years begin, such as 4 or April; they count where costs.begins is known",
        json_schema_extra={
            "unit": "month of the year", "role": "uncertainty", "prior": None, "source": "assumption: calendar years"
        },
    )  # fmt: skip
    staff: float = lever(
        3.0,
        "people that a fully resourced backbone employs, full time",
        unit="people",
        bounds=(0, 10_000),
        prior=(1, 8),
        source="assumption: a project manager, a data manager and a facilitator at least (Kania and Kramer 2011, "
        "Stanford Social Innovation Review 9(1), on collective impact); no study found that counts them",
    )

    @property
    def per_usd(self) -> float:
        """Units of the currency for one US dollar; 1 where nothing is converted."""
        return 1.0 if self.rate is None else self.rate
