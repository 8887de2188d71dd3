"""What a pattern counts in one network: of each arm a numerator and a denominator, so that networks can be added up."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from scenarios import Scenario
from scenarios.observed.study import Arm, Exposure, Pattern
from simulation import History, rules
from simulation.founding import Founding, found
from simulation.outcomes import BY_NAME, FINAL, MONTHLY_NAMES, NAMES
from simulation.structure import statistics

Counts = NDArray[np.float64]
"""Numerator and denominator, float[2]."""
Table = NDArray[np.float64]
"""Something of each pair: float[members, members], of which one < other counts."""

NONE = np.zeros(2)
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
_STRUCTURE = frozenset(outcome.name for outcome in FINAL if outcome.scale == "index")


def months_to_watch(pattern: Pattern, month: int | None, scenario: Scenario) -> tuple[int, ...]:
    """Months at whose end the ties are needed.

    Args:
        pattern: what is asked.
        month: where the arms are two months, the arm's; else None.
        scenario: that is run.
    """
    months = calendar(pattern, month, scenario)
    if pattern.outcome == "tied" or (pattern.outcome in _STRUCTURE and months != (scenario.reporting_month,)):
        return months[:1]
    return ()


def calendar(pattern: Pattern, month: int | None, scenario: Scenario) -> tuple[int, ...]:
    """The months of a pattern, or the one of an arm, counted from the start if their clock is the closing."""
    months = pattern.months if month is None else (month,)
    offset = scenario.closing_month if pattern.clock == "closing" else 0
    return tuple(offset + one for one in months)


def counts(pattern: Pattern, arm: Arm, month: int | None, network: "Network") -> Counts:
    """What one network counts for one arm.

    Args:
        pattern: what is asked.
        arm: of whom.
        month: where the arms are two months, the arm's; else None.
        network: that is asked.
    """
    months = calendar(pattern, month, network.scenario)
    if pattern.outcome in _OF_GRANTS:
        return _OF_GRANTS[pattern.outcome](network, months)
    if pattern.outcome == "output":
        return _output(network, pattern, arm.pairs or Exposure(), months)
    if pattern.outcome == "acquainted":  # the origin says how they met, not which pairs are asked
        return _acquainted(network, arm.pairs or Exposure(), months)
    if pattern.outcome in _OF_PAIRS:
        group = network.group(arm.pairs or Exposure(), months[0])
        reached, asked = _OF_PAIRS[pattern.outcome](network, pattern, months)
        asked = asked & group
        return np.array([np.count_nonzero(reached & asked), np.count_nonzero(asked)], dtype=np.float64)
    return _of_network(network, pattern, months)


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
        interests, found = self._founding.interests, np.zeros((self.size, self.size))
        for one, other in zip(*np.nonzero(self.pairs), strict=True):
            found[one, other] = rules.overlap(interests[one], interests[other])
        return found

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
            low, high = wanted.overlap
            chosen &= (self.overlap >= low - 1e-12) & (self.overlap <= high + 1e-12)
        if wanted.applied is not None:
            chosen &= (self.first_application <= by) == wanted.applied
        if wanted.won is not None:
            chosen &= np.isfinite(self.first_grant) == wanted.won
        return chosen

    def collaborating(self, month: int) -> NDArray[np.bool_]:
        """Pairs that collaborate at the end of a month, bool[members, members]."""
        told = self.history.chronicle.of(rules.FUNDED, rules.UNFUNDED, rules.ENDED)
        until = told.month <= month
        balance = np.zeros((self.size, self.size), np.int64)
        step = np.where(told.kind[until] == rules.ENDED, -1, 1)
        np.add.at(balance, (told.one[until], told.other[until]), step)
        return balance > 0

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
    def grants(self) -> list[tuple[int, float]]:
        """Of each grant: the first month after it, and the month in which the collaboration ended."""
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
        return [
            (start + length, float(min((end for end in ends.get(pair, ()) if end > start), default=_NEVER)))
            for pair, start in starts
        ]


Asked = tuple[NDArray[np.bool_], NDArray[np.bool_]]
"""Of each pair, whether the outcome is reached, and whether it is asked of the pair at all."""


def _acquainted(network: Network, wanted: Exposure, months: Sequence[int]) -> Counts:
    """Pairs that first met in the months, in the way that is wanted, of those without a tie from before."""
    began, kind = network.begun
    strangers = network.pairs & (kind != rules.BEFORE)
    reached = network.group(Exposure(origin=wanted.origin), months[1]) & (began >= months[0]) & (began <= months[1])
    strangers &= network.group(Exposure(region=wanted.region, overlap=wanted.overlap), months[1])
    return np.array([np.count_nonzero(reached & strangers), np.count_nonzero(strangers)], dtype=np.float64)


def _applied(network: Network, _pattern: Pattern, months: Sequence[int]) -> Asked:
    return _happened(network, months, rules.APPLICATION), network.pairs


def _collaborated(network: Network, _pattern: Pattern, months: Sequence[int]) -> Asked:
    return _happened(network, months, rules.FUNDED, rules.UNFUNDED), network.pairs


def _happened(network: Network, months: Sequence[int], *kinds: int) -> NDArray[np.bool_]:
    told = network.history.chronicle.of(*kinds)
    inside = (told.month >= months[0]) & (told.month <= months[1])
    reached = np.zeros((network.size, network.size), np.bool_)
    reached[told.one[inside], told.other[inside]] = True
    return reached


def _collaborating(network: Network, _pattern: Pattern, months: Sequence[int]) -> Asked:
    return network.collaborating(months[0]), network.pairs


def _tied(network: Network, pattern: Pattern, months: Sequence[int]) -> Asked:
    ties = network.history.ties[months[0]]
    strong = ties.trust >= pattern.tied_from
    reached = np.zeros((network.size, network.size), np.bool_)
    reached[ties.one[strong], ties.other[strong]] = True
    return reached, network.pairs


_OF_PAIRS: Mapping[str, Callable[[Network, Pattern, Sequence[int]], Asked]] = {
    "applied": _applied,
    "collaborated": _collaborated,
    "collaborating": _collaborating,
    "tied": _tied,
}


def _output(network: Network, pattern: Pattern, wanted: Exposure, months: Sequence[int]) -> Counts:
    """Pair-years with evidence out of joint work, and pair-years in all, among pairs that ever applied or had any.

    On the clock `application` a year is counted from the pair's first application. On the calendar, pair-years of a
    group that had applied are those after the first application, of one that had not those before it.
    """
    told = network.history.chronicle.of(rules.OUTPUT)
    application = network.first_application
    either = np.isfinite(application)
    either[told.one, told.other] = True
    group = network.group(Exposure(region=wanted.region, overlap=wanted.overlap, won=wanted.won), months[0]) & either
    last = network.scenario.last_month
    if pattern.clock == "application":
        group &= np.isfinite(application)
        start, end = application + months[0], np.minimum(application + months[1], last)
    elif wanted.applied is True:
        group &= np.isfinite(application)
        start, end = np.maximum(application + 1, months[0]), np.full_like(application, min(months[1], last))
    elif wanted.applied is False:
        start, end = np.full_like(application, months[0]), np.minimum(application, min(months[1], last))
    else:
        start, end = np.full_like(application, months[0]), np.full_like(application, min(months[1], last))
    with np.errstate(invalid="ignore"):
        years = np.where(group, np.floor(np.maximum(end - start + 1, 0) / 12), 0)
    since = told.month - start[told.one, told.other]
    year = np.floor(since / 12)
    counted = group[told.one, told.other] & (since >= 0) & (year < years[told.one, told.other])
    places = np.stack([told.one[counted], told.other[counted], year[counted].astype(np.int64)])
    return np.array([np.unique(places, axis=1).shape[1], years.sum()], dtype=np.float64)


def _going_on(network: Network, months: Sequence[int]) -> Counts:
    after = months[0]
    ran_out = [
        (over, end) for over, end in network.grants if end >= over and over + after <= network.scenario.last_month
    ]
    return np.array([sum(end > over + after for over, end in ran_out), len(ran_out)], dtype=np.float64)


def _ending(network: Network, months: Sequence[int]) -> Counts:
    """Those that go on in the later month, and in the earlier one; `rate` makes a yearly share of it."""
    first, last = months
    seen = [(over, end) for over, end in network.grants if end >= over and over + last <= network.scenario.last_month]
    return np.array(
        [sum(end > over + last for over, end in seen), sum(end > over + first for over, end in seen)], dtype=np.float64
    )


_OF_GRANTS: Mapping[str, Callable[[Network, Sequence[int]], Counts]] = {"going_on": _going_on, "ending": _ending}


def _of_network(network: Network, pattern: Pattern, months: Sequence[int]) -> Counts:
    """An outcome of the network itself; of a ratio what is above and below its line."""
    above, below = BY_NAME[pattern.outcome].over or (pattern.outcome, "")
    numerator = _value(network, above, months)
    denominator = _value(network, below, months) if below else 1.0
    if np.isnan(numerator) or np.isnan(denominator):
        return NONE
    if pattern.at_least is not None:
        return np.array([denominator > 0 and numerator / denominator >= pattern.at_least, denominator > 0], np.float64)
    return np.array([numerator, denominator])


def _value(network: Network, outcome: str, months: Sequence[int]) -> float:
    if not months:
        return float(network.history.values[NAMES.index(outcome)])
    if outcome in MONTHLY_NAMES:
        return float(network.history.course[months[0], MONTHLY_NAMES.index(outcome)])
    if outcome in _STRUCTURE and months[0] != network.scenario.reporting_month:
        return network.structure(months[0])[outcome]
    return float(network.history.values[NAMES.index(outcome)])


def rate(pattern: Pattern, numerator: Table, denominator: Table) -> Table:
    """What an arm comes to, from its sums; nan where nothing was counted."""
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(denominator > 0, numerator / denominator, np.nan)
    if pattern.outcome == "ending":
        first, last = pattern.months
        return np.asarray(1.0 - share ** (12.0 / (last - first)))
    return share


def statistic(pattern: Pattern, arms: Table) -> Table:
    """What is made of the arms.

    Args:
        pattern: says what.
        arms: what each comes to, float[..., arms].

    Returns:
        float[...]; nan where it cannot be told.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        if pattern.statistic == "value":
            return arms[..., 0]
        if pattern.statistic == "ratio":
            return arms[..., 0] / arms[..., 1]
        if pattern.statistic == "difference":
            return arms[..., 0] - arms[..., 1]
        if pattern.statistic == "odds_ratio":
            odds = arms / (1.0 - arms)
            return odds[..., 0] / odds[..., 1]
        return arms[..., 1] / np.maximum(arms[..., 0], arms[..., 2])
