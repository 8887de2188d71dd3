"""A network as it stands at the end of a month, from which a run goes on: `network.today`."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, field, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

ORIGINS = ("convening", "group", "introduction", "contact", "work", "application", "prior")
"""How a tie began, by its number in `simulation.rules`; "prior" is from before the network."""
PRIOR, CONTACT = ORIGINS.index("prior"), ORIGINS.index("contact")
KINDS = ("executive", "research", "partnership")
"""Kinds of representatives, by their number in `simulation.rules`."""
COUNTED = ("cost", "members_cost", "evidence", "translation")
"""Outcomes that count from the founding on and that no other file tells."""
UNKNOWN = -1
"""Of what is not said: the trust in a tie, a member's engagement, a kind of representative."""


@dataclass(frozen=True, order=True)
class Work:
    """A collaboration of two members, one < other.

    Attributes:
        began: its first month.
        one: number of the first member.
        other: number of the second.
        funded_until: last month that a grant pays for; 0 without one.
        ended: first month in which it was over; 0 where it goes on.
    """

    began: int
    one: int
    other: int
    funded_until: int = 0
    ended: int = 0


@dataclass(frozen=True, eq=False)
class Standing:
    """What is known of members and ties at the end of a month, besides who they are.

    Attributes:
        month: today.
        works: collaborations so far, by the month in which they began, then as their file has them.
        waiting: (month, one, other, 1 or 0), pairs that have applied for an open call in that month, and whether they
            would work together without a grant too; in order of months, then as their file has them.
        met: month in which each tie of the roster began, 0 for one from before the network, int[ties].
        origin: how it began, int[ties], as in ORIGINS.
        events_only: whether the two have met at convenings only, bool[ties].
        meetings: (month, tie, kind), encounters over ties so far, in order of months; kind as in ORIGINS.
        engagement: of each member, UNKNOWN where nobody says, float[members].
        practice: shared practice, 0 to 1, float[members].
        uptake: pieces of evidence taken up so far, int[members].
        from_others: whether any came from another member, bool[members].
        low_months: months in a row with low engagement, int[members].
        since: month since which it has its representative, 0 from the founding on, int[members].
        kind: of the representative, as in KINDS; UNKNOWN where nobody says, int[members].
        attended: (month, member, 1 if it came else 0), of each event and each that was a member then, in order.
        counted: COUNTED so far, float[4].
        notes: what was done with the files that a reader may not expect, in sentences.
    """

    month: int
    works: tuple[Work, ...]
    met: NDArray[np.int64]
    origin: NDArray[np.int64]
    events_only: NDArray[np.bool_]
    meetings: tuple[tuple[int, int, int], ...]
    engagement: NDArray[np.float64]
    practice: NDArray[np.float64]
    uptake: NDArray[np.int64]
    from_others: NDArray[np.bool_]
    low_months: NDArray[np.int64]
    since: NDArray[np.int64]
    kind: NDArray[np.int64]
    attended: tuple[tuple[int, int, int], ...] = ()
    waiting: tuple[tuple[int, int, int, int], ...] = ()
    counted: NDArray[np.float64] = field(default_factory=lambda: np.zeros(len(COUNTED)))
    notes: tuple[str, ...] = ()

    def of(self, members: NDArray[np.int64], ties: Sequence[int]) -> "Standing":
        """What is known of these members alone, in this order, and of these ties among them."""
        number = {member: place for place, member in enumerate(members.tolist())}
        place_of = {tie: place for place, tie in enumerate(ties)}
        kept = np.array(ties, np.int64)
        works = [
            replace(work, one=min(ends), other=max(ends))
            for work in self.works
            if work.one in number and work.other in number
            for ends in [(number[work.one], number[work.other])]
        ]
        waiting = [
            (month, min(ends), max(ends), anyway)
            for month, one, other, anyway in self.waiting
            if one in number and other in number
            for ends in [(number[one], number[other])]
        ]
        return Standing(
            self.month,
            tuple(works),
            self.met[kept],
            self.origin[kept],
            self.events_only[kept],
            tuple(sorted((month, place_of[tie], kind) for month, tie, kind in self.meetings if tie in place_of)),
            self.engagement[members],
            self.practice[members],
            self.uptake[members],
            self.from_others[members],
            self.low_months[members],
            self.since[members],
            self.kind[members],
            tuple(sorted((month, number[who], came) for month, who, came in self.attended if who in number)),
            tuple(waiting),
            self.counted,
            self.notes,
        )

    def said(self) -> list[Any]:
        """Everything that moves a number, as plain data."""
        found: list[Any] = []
        for one in fields(self):
            value = getattr(self, one.name)
            if one.name == "works":
                found.append([astuple(work) for work in value])
            elif one.name != "notes":
                found.append(value.tolist() if isinstance(value, np.ndarray) else value)
        return found

    def __eq__(self, other: object) -> bool:
        """Equal where everything in them is: scenarios read twice from the same files are equal."""
        if not isinstance(other, Standing):
            return NotImplemented
        pairs = ((getattr(self, one.name), getattr(other, one.name)) for one in fields(self))
        return all(np.array_equal(a, b) if isinstance(a, np.ndarray) else a == b for a, b in pairs)

    def __hash__(self) -> int:
        return hash((self.month, self.works, self.meetings, self.attended))
