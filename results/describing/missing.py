"""Whom the network misses: topics and regions without members, who is named but is no member, who did not answer."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from results.describing.groups import topics_of
from scenarios.observed.network_today import NOT_GIVEN, NetworkToday, Outsider
from scenarios.reading.roster import same

EXPECTED = 2.0
"""Members of a region that would work on a topic, if topics and regions had nothing to do with each other, from which
on it is worth a word that none does. Ours."""


@dataclass(frozen=True)
class Gap:
    """A region in which nobody works on a topic, and how many would if the two had nothing to do with each other."""

    topic: str
    region: str
    expected: float


@dataclass(frozen=True)
class Silent:
    """A member that did not answer, and how many of those who did name it."""

    member: int
    named_by: int


@dataclass(frozen=True)
class Missing:
    """Whom the network misses.

    Attributes:
        topics: that were asked for, and that no member works on.
        regions: that were asked for, and that no member is from.
        lone_topics: (topic, member): that hang on one member.
        lone_regions: (region, member): that only one member is from.
        gaps: regions without anybody on a topic, those where most would be expected first.
        outsiders: who is named and is no member.
        silent: who did not answer, those whom most name first.
        without_topics: members of which no topic is given.
        without_region: members of which no region is given, where one is given of others.
    """

    topics: tuple[str, ...]
    regions: tuple[str, ...]
    lone_topics: tuple[tuple[str, int], ...]
    lone_regions: tuple[tuple[str, int], ...]
    gaps: tuple[Gap, ...]
    outsiders: tuple[Outsider, ...]
    silent: tuple[Silent, ...]
    without_topics: tuple[int, ...]
    without_region: tuple[int, ...]


def missing(network: NetworkToday, topics: Sequence[str], regions: Sequence[str]) -> Missing:
    """Whom the network misses, of topics and regions that it should have too."""
    roster, works_on = network.roster, topics_of(network)
    from_there = roster.region[:, None] == np.arange(len(roster.regions))[None, :]
    known = [name for number, name in enumerate(roster.topics) if works_on[:, number].any()]
    here = roster.regions if network.has_regions else ()
    nowhere = here.index(NOT_GIVEN) if NOT_GIVEN in here else -1
    counted = works_on.T.astype(np.int64) @ from_there.astype(np.int64)
    expected = works_on.sum(axis=0)[:, None] * from_there.sum(axis=0)[None, :] / len(roster.names)
    gaps = [
        Gap(roster.topics[topic], here[region], float(expected[topic, region]))
        for topic, region in zip(*np.nonzero((counted == 0) & (expected >= EXPECTED)), strict=True)
        if here and region != nowhere
    ]
    return Missing(
        topics=_absent(topics, known),
        regions=_absent(regions, [name for name in here if name != NOT_GIVEN]),
        lone_topics=_lone(roster.topics, works_on) if len(known) > 1 else (),
        lone_regions=tuple(one for one in _lone(here, from_there) if one[0] != NOT_GIVEN) if len(here) > 1 else (),
        gaps=tuple(sorted(gaps, key=lambda gap: (-gap.expected, gap.topic, gap.region))),
        outsiders=network.outsiders,
        silent=_silent(network),
        without_topics=tuple(sorted(network.without_topics)),
        without_region=tuple(np.flatnonzero(roster.region == nowhere).tolist()) if nowhere >= 0 else (),
    )


def _absent(wanted: Sequence[str], there: Sequence[str]) -> tuple[str, ...]:
    known = {same(name) for name in there}
    return tuple(dict.fromkeys(name for name in wanted if same(name) not in known))


def _lone(names: Sequence[str], belongs: NDArray[np.bool_]) -> tuple[tuple[str, int], ...]:
    return tuple(
        (name, int(np.flatnonzero(belongs[:, number])[0]))
        for number, name in enumerate(names)
        if belongs[:, number].sum() == 1
    )


def _silent(network: NetworkToday) -> tuple[Silent, ...]:
    reports = network.reports
    if reports is None or reports.answered.all():
        return ()
    named = (np.nan_to_num(reports.told) >= reports.tied_from).sum(axis=0)
    found = [Silent(one, int(named[one])) for one in np.flatnonzero(~reports.answered).tolist()]
    return tuple(sorted(found, key=lambda one: (-one.named_by, one.member)))
