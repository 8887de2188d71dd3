"""One simulated network as patterns look at it: its pairs, their groups, who works with whom, its members."""

from functools import cached_property
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from results.estimates.predicted_pairs import pairs_at_work
from scenarios import Scenario
from scenarios.observed.groups import Exposure, MemberGroup
from scenarios.schema.roster import SIZES
from simulation import History, rules
from simulation.draws import JOINING, draw, whole
from simulation.founding import Founding, found
from simulation.outcomes import MONTHLY_NAMES
from simulation.structure import statistics

Table = NDArray[np.float64]
"""Something of each pair: float[members, members], of which one < other counts."""

_MEETINGS = {
    "convening": (rules.CONVENING,),
    "group": (rules.GROUP,),
    "introduction": (rules.INTRODUCTION,),
    "contact": (rules.CONTACT,),
    "facilitated": (rules.CONVENING, rules.GROUP, rules.INTRODUCTION),
    "any": (rules.CONVENING, rules.GROUP, rules.INTRODUCTION, rules.CONTACT),
}
_ENCOUNTERS = (rules.CONVENING, rules.GROUP, rules.INTRODUCTION, rules.CONTACT, rules.BEFORE)
_NEVER = np.inf


class Grant(NamedTuple):
    """A grant of a pair.

    Attributes:
        pair: its members, the lower number first.
        begun: month in which they began to collaborate under it.
        over: first month after it.
        end: month in which the collaboration ended; infinity if it never did.
    """

    pair: tuple[int, int]
    begun: int
    over: int
    end: float


class Network:
    """One network as patterns look at it; what several of them need is worked out once."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.scenario: Scenario = history.chronicle.scenario

    @cached_property
    def size(self) -> int:
        """Members ever (count)."""
        return len(self._founding.region)

    @cached_property
    def _founding(self) -> Founding:
        told = self.history.chronicle
        return found(told.scenario, told.seed, told.replicate)

    @cached_property
    def pairs(self) -> NDArray[np.bool_]:
        """Each pair once, bool[members, members]."""
        return np.triu(np.ones((self.size, self.size), np.bool_), 1)

    @cached_property
    def overlap(self) -> Table:
        """Overlap of the interests of each pair; 0 where one is not less than the other."""
        interests, total = self._founding.interests, np.zeros((self.size, self.size))
        for topic in interests.T:  # topic by topic, as `rules.overlap` adds them up: to the last digit
            total += topic[:, None] * topic
        return np.triu(np.minimum(1.0, total), 1)

    @cached_property
    def same_region(self) -> NDArray[np.bool_]:
        """Whether both are from one region, bool[members, members]."""
        region = self._founding.region
        return np.asarray(region[:, None] == region[None, :])

    def first(self, *kinds: int) -> Table:
        """Month of the first such event of each pair; infinity where there was none."""
        told = self.history.chronicle.of(*kinds)
        months = np.full((self.size, self.size), _NEVER)
        np.minimum.at(months, (told.one, told.other), told.month.astype(np.float64))
        return months

    @cached_property
    def begun(self) -> tuple[Table, NDArray[np.int64]]:
        """When and how the tie of each pair first began: month, infinity if never; kind of encounter, -1 if never."""
        month, kind = np.full((self.size, self.size), _NEVER), np.full((self.size, self.size), -1, np.int64)
        told = self.history.chronicle.of(*_ENCOUNTERS)
        # Not by writing them backwards: numpy may turn a negative stride round, and keep the last event of a pair.
        _, firsts = np.unique(told.one * self.size + told.other, return_index=True)
        places = told.one[firsts], told.other[firsts]
        month[places], kind[places] = told.month[firsts], told.kind[firsts]
        return month, kind

    @cached_property
    def first_application(self) -> Table:
        """Month of the first joint application of each pair."""
        return self.first(rules.APPLICATION)

    @cached_property
    def first_grant(self) -> Table:
        """Month in which each pair first began to collaborate under a grant."""
        return self.first(rules.FUNDED)

    def meetings(self, kinds: tuple[int, ...], by: int) -> NDArray[np.int64]:
        """How often each pair had met up to a month; encounters of one kind in one month are one meeting."""
        told = self.history.chronicle.of(*kinds)
        until = told.month <= by
        events = np.stack([told.one[until], told.other[until], told.month[until], told.kind[until]])
        one, other, _, _ = np.unique(events, axis=1)
        often = np.zeros((self.size, self.size), np.int64)
        np.add.at(often, (one, other), 1)
        return often

    @cached_property
    def tied_before(self) -> NDArray[np.bool_]:
        """Pairs that had a tie before the network was founded, bool[members, members]."""
        return np.isfinite(self.first(rules.BEFORE))

    def group(self, wanted: Exposure, month: int) -> NDArray[np.bool_]:
        """The pairs of a group, bool[members, members].

        Args:
            wanted: which.
            month: up to which they may have met, where the group does not say.
        """
        chosen = self.pairs.copy()
        by = month if wanted.by is None else wanted.by
        if wanted.met is not None:
            kinds = _MEETINGS.get(wanted.met, _MEETINGS["any"])
            chosen &= (self.first(*kinds) <= by) != (wanted.met == "none")
        if wanted.meetings is not None:
            often = self.meetings(_MEETINGS[wanted.met or "any"], by)
            low, high = wanted.meetings
            chosen &= (often >= low) & (often <= (_NEVER if high is None else high))
        if wanted.met_only is not None:
            kinds = _MEETINGS[wanted.met_only]
            others = tuple(kind for kind in _MEETINGS["any"] if kind not in kinds)
            chosen &= (self.first(*kinds) <= by) & (self.first(*others) > by)
        if wanted.tie_before is not None:
            chosen &= self.tied_before == wanted.tie_before
        if wanted.origin is not None or wanted.begun is not None:
            began, kind = self.begun
            if wanted.origin == "other":
                chosen &= (kind >= 0) & (kind != rules.CONVENING)
            elif wanted.origin is not None:
                chosen &= np.isin(kind, _MEETINGS[wanted.origin])
            if wanted.begun is not None:
                chosen &= (began >= wanted.begun[0]) & (began <= wanted.begun[1])
        if wanted.region is not None:
            chosen &= self.same_region == (wanted.region == "same")
        if wanted.overlap is not None:
            least, most = wanted.overlap
            chosen &= (self.overlap >= least - 1e-12) & (self.overlap <= most + 1e-12)
        if wanted.applied is not None:
            chosen &= (self.first_application <= by) == wanted.applied
        if wanted.won is not None:
            chosen &= np.isfinite(self.first_grant) == wanted.won
        if wanted.event is not None:
            came = self.came(wanted.event)
            chosen &= (came[:, None] & came[None, :]) == wanted.attended
        return chosen

    def collaborating(self, month: int) -> NDArray[np.bool_]:
        """Pairs that collaborate at the end of a month, bool[members, members]."""
        found = np.zeros((self.size, self.size), np.bool_)
        found[pairs_at_work(self.history, month)] = True
        return found

    def partners(self, month: int) -> NDArray[np.int64]:
        """With how many each member collaborates at the end of a month, int[members]."""
        at_work = self.collaborating(month)
        return np.asarray(at_work.sum(axis=0) + at_work.sum(axis=1))

    def is_alive(self, month: int) -> bool:
        """Whether three members or more are connected by collaborations at the end of a month."""
        return rules.is_alive(int(self.partners(month).max()))

    def members(self, wanted: MemberGroup, month: int) -> NDArray[np.bool_]:
        """Those of a group that have joined up to a month, bool[members]; who has left counts on, as in all shares."""
        founding, numbers = self._founding, np.arange(self.size)
        chosen = numbers < self.joined(month)
        if wanted.size is not None:
            chosen &= founding.size == SIZES.index(wanted.size)
        if wanted.need is not None:
            chosen &= (founding.need >= wanted.need[0]) & (founding.need <= wanted.need[1])
        if wanted.champion is not None:
            chosen &= founding.champion == wanted.champion
        if wanted.region is not None:
            chosen &= founding.region == self._region(wanted.region)
        if wanted.joined_later is not None:
            chosen &= (numbers >= self.scenario.network.members) == wanted.joined_later
        if wanted.event is not None:
            chosen &= self.came(wanted.event) == wanted.attended
        return chosen

    def came(self, month: int) -> NDArray[np.bool_]:
        """Who came to the convening of a month, or would have come if it had not been cancelled, bool[members]."""
        attending = np.zeros(self.size, np.bool_)
        attending[self.history.attended.get(month, np.empty(0, np.int64))] = True
        return attending

    def _region(self, named: str | int) -> int:
        """Number of a region, from 0 on, that a study names as the roster does or counts from 1 on."""
        if isinstance(named, int):
            return named - 1
        roster = self.scenario.roster
        return roster.regions.index(named) if roster is not None else -1

    def joined(self, month: int) -> int:
        """How many have joined up to a month, the founders among them (count).

        The share of members that ever collaborated says it. Where nobody has yet, it is drawn again, up to the planned
        closing.
        """
        founders, joining = self.scenario.network.members, self.scenario.network.joining
        if joining == 0.0:
            return founders
        rate = float(self.history.course[month, MONTHLY_NAMES.index("collaboration_rate")])
        if rate > 0.0:
            told = self.history.chronicle.of(rules.FUNDED, rules.UNFUNDED)
            until = told.month <= month
            ever = np.union1d(told.one[until], told.other[until])
            return round(len(ever) / rate)
        of, closing = self.history.chronicle, self.scenario.closing_month
        months = [one for one in range(1, month + 1) if rules.is_open(one, closing)]
        return founders + sum(whole(joining, draw(of.seed, of.replicate, JOINING, one, 0, 0)[0]) for one in months)

    def structure(self, month: int) -> dict[str, float]:
        """Statistics of the ties that stand at the end of a month that is watched, by outcome."""
        ties = self.history.ties[month]
        so_far = self.scenario.network.members
        if len(ties.one):  # how many have joined by then is told by the density of ties
            density = float(self.history.course[month, MONTHLY_NAMES.index("tie_density")])
            so_far = round((1.0 + sqrt(1.0 + 8.0 * len(ties.one) / density)) / 2.0)
        topic = np.argmax(self._founding.interests[:so_far], axis=1)
        return statistics(np.stack([ties.one, ties.other], axis=1), topic, self._founding.region[:so_far])

    @cached_property
    def grants(self) -> list[Grant]:
        """All grants, in the order in which they began."""
        told = self.history.chronicle.of(rules.FUNDED, rules.ENDED)
        ends: dict[tuple[int, int], list[int]] = {}
        starts: list[tuple[tuple[int, int], int]] = []
        for month, kind, one, other in zip(told.month, told.kind, told.one, told.other, strict=True):
            pair = int(one), int(other)
            if kind == rules.ENDED:
                ends.setdefault(pair, []).append(int(month))
            else:
                starts.append((pair, int(month)))
        length = self.scenario.grants.months
        return [Grant(pair, start, start + length, _end_after(start, ends.get(pair, []))) for pair, start in starts]


def _end_after(start: int, ends: list[int]) -> float:
    return float(min((end for end in ends if end > start), default=_NEVER))
