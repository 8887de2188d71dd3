"""The network as it stood at the end of one month: what is drawn, and what GraphML files hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from scenarios.schema.roster import Roster
from scenarios.schema.standing import Work


def member_names(roster: Roster | None, members: int) -> tuple[str, ...]:
    """What members are called, in order of their number: as the roster has it, and who is not in it by its number."""
    known = roster.names if roster else ()
    return (*known[:members], *(f"member {number}" for number in range(len(known) + 1, members + 1)))


@dataclass(frozen=True)
class SnapshotMember:
    """A member organization as seen in one month; `topic` is its main interest, `region` and `size` its classes.

    `interests` are all of its topics, each with its weight, of unit length together; `activity` is 1 on average.
    """

    name: str
    topic: str
    region: str
    size: str
    need: float
    engagement: float
    champion: bool
    present: bool
    interests: tuple[tuple[str, float], ...] = ()
    activity: float = 1.0


@dataclass(frozen=True)
class SnapshotTie:
    """A tie as seen in one month: between members `one` < `other`, numbers into the snapshot's members.

    `origin` is how it began: "prior", "convening", "group", "introduction" or "contact". `collaborating` and `funded`
    say whether the two work together now, and under a grant.
    """

    one: int
    other: int
    trust: float
    overlap: float
    origin: str
    collaborating: bool
    funded: bool


@dataclass(frozen=True)
class MemberState:
    """What a run that goes on from here needs to know of a member besides; see `model.member.MemberOrganization`."""

    joined: int
    left: int
    practice: float
    uptake: int
    from_others: bool
    low_months: int
    representative: int
    since: int


@dataclass(frozen=True)
class SnapshotState:
    """What a run that goes on from here needs to know besides.

    Attributes:
        members: of each member.
        ties: of each tie the month in which it began, and whether the two have met at convenings only.
        works: collaborations so far, in the order in which they began.
        attended: month of a convening -> numbers of the members that came.
        counted: `scenarios.schema.standing.COUNTED` so far.
        waiting: month, one, other of pairs that wait for an open call, and whether they would go on without a grant.
        translating: pieces of evidence that will be translated (count).
    """

    members: tuple[MemberState, ...] = ()
    ties: tuple[tuple[int, bool], ...] = ()
    works: tuple[Work, ...] = ()
    attended: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    counted: tuple[float, ...] = ()
    waiting: tuple[tuple[int, int, int, bool], ...] = ()
    translating: int = 0


@dataclass(frozen=True)
class Snapshot:
    """The network at the end of `month` of one replicate; members in order of their number."""

    scenario: str
    seed: int
    replicate: int
    month: int
    members: tuple[SnapshotMember, ...]
    ties: tuple[SnapshotTie, ...]
    state: SnapshotState = SnapshotState()
