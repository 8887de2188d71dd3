"""The sides of an experiment: settings, groups of pairs, groups of members, and which outcome can be asked of which."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

MEETINGS = ("convening", "group", "introduction", "contact")
MET = (*MEETINGS, "facilitated", "any", "none")
ONLY = (*MEETINGS, "facilitated")
ORIGINS = (*MEETINGS, "facilitated", "other")
REGIONS = ("same", "other")
GROUPS_OF: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "acquainted": ("origin", "region", "overlap", "event", "attended"),
        "output": ("region", "overlap", "tie_before", "applied", "won", "event", "attended"),
        **dict.fromkeys(
            ("going_on", "ending", "funded_again"),
            (
                *("met", "by", "meetings", "met_only", "tie_before", "origin", "begun", "region", "overlap"),
                *("event", "attended"),
            ),
        ),
    }
)
"""What groups of pairs can go by, where it is not everything: how two first met is the outcome itself, for example."""


@dataclass(frozen=True)
class Exposure:
    """A group of pairs. What is not said does not matter.

    Attributes:
        met: how the two had met up to month `by`, one of MET.
        by: that month; None is the first month of the outcome, of grants the month in which the grant began.
        meetings: how often they had met by then, from-to; no end is open. Where `met` says how, only such meetings
            count. Two encounters of one kind in one month are one meeting.
        met_only: how they had met by then, and in no other way; one of ONLY.
        tie_before: whether they had a tie before the network was founded.
        origin: how their tie began, one of ORIGINS ("other": not at a convening).
        begun: months in which it began, from-to.
        region: whether both are from one region, one of REGIONS.
        overlap: of their interests, from-to, 0 to 1.
        applied: whether they had applied together by then (pair-years before and after are told apart).
        won: whether they ever had a grant together.
        event: month of a convening.
        attended: whether both came to it; where it was cancelled, whether both would have come.
    """

    met: str | None = None
    by: int | None = None
    meetings: tuple[int, int | None] | None = None
    met_only: str | None = None
    tie_before: bool | None = None
    origin: str | None = None
    begun: tuple[int, int] | None = None
    region: str | None = None
    overlap: tuple[float, float] | None = None
    applied: bool | None = None
    won: bool | None = None
    event: int | None = None
    attended: bool | None = None


@dataclass(frozen=True)
class MemberGroup:
    """A group of members. What is not said does not matter.

    Attributes:
        size: size class, one of SIZES of a roster.
        need: share of its budget that it must raise outside, from-to.
        champion: whether it pleads for the network.
        region: its name in the roster, or its number from 1 on where members are drawn.
        joined_later: whether it joined after the founding.
        event: month of a convening.
        attended: whether it came to it; where it was cancelled, whether it would have come.
    """

    size: str | None = None
    need: tuple[float, float] | None = None
    champion: bool | None = None
    region: str | int | None = None
    joined_later: bool | None = None
    event: int | None = None
    attended: bool | None = None


@dataclass(frozen=True)
class Arm:
    """One side of an experiment.

    Attributes:
        name: what it is called.
        settings: dotted key -> value, in force in this arm.
        pairs: the group of pairs that is looked at; None where it is the whole network.
        members: the group of members that is looked at; None where it is all of them.
    """

    name: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    pairs: Exposure | None = None
    members: MemberGroup | None = None
