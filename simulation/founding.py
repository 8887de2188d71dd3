"""Who the members are, and whom they knew before: drawn, or read from a roster. Shared by both twins."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios import Scenario
from scenarios.schema import months
from simulation.compiling import compiled
from simulation.draws import ATTEMPTS, MAKEUP, PRIOR, TOPIC, draw, preferred, slot, whole
from simulation.identities import Identities, Ordered, identities, in_order
from simulation.rules import lognormal, unit
from simulation.sorting import sort_by_lot
from simulation.standing import ENGAGEMENT, StandingArrays, standing_arrays

REGION_AND_INTERESTS, SIZE_AND_NEED, ROLES, ACQUAINTANCE, ACTIVITY = 0, 1, 3, 4, 5


class Founding(NamedTuple):
    """Everybody who is ever a member, the later joiners too, as they are when they come in.

    Attributes:
        interests: weight of each topic, rows of unit length, float[members, topics].
        region: int[members].
        size: size class, int[members].
        need: share of the budget to be raised outside, float[members].
        engagement: at the start, float[members].
        representative: kind of representative, int[members].
        champion: whether it pleads for the network, bool[members].
        leader: whether it is in the leadership group, bool[members].
        activity: how much it reaches out and is reached, 1 on average, float[members].
        ties: pairs (one, other) that knew each other before, one < other, int[ties, 2].
        trust: in each of them, float[ties].
    """

    interests: NDArray[np.float64]
    region: NDArray[np.int64]
    size: NDArray[np.int64]
    need: NDArray[np.float64]
    engagement: NDArray[np.float64]
    representative: NDArray[np.int64]
    champion: NDArray[np.bool_]
    leader: NDArray[np.bool_]
    activity: NDArray[np.float64]
    ties: NDArray[np.int64]
    trust: NDArray[np.float64]


@compiled
def _interests(seed: int, replicate: int, member: int, of_topics: NDArray[np.int64], count: int) -> NDArray[np.float64]:
    """Weights of `count` topics, each as likely as any other, of unit length, float[topics]."""
    topics = of_topics.shape[0]
    rank = np.empty(topics)
    weights = np.zeros(topics)
    weight = np.empty(topics)
    for topic in range(topics):
        luck, size = draw(seed, replicate, TOPIC, 0, member, of_topics[topic])
        rank[topic], weight[topic] = luck, 0.5 + 0.5 * size
    for _ in range(min(count, topics)):
        best = np.argmin(rank)
        weights[best] = weight[best]
        rank[best] = np.inf
    return unit(weights)


@compiled
def draw_members(
    seed: int,
    replicate: int,
    who: Identities,
    regions: int,
    fewest: int,
    most: int,
    need: float,
    need_spread: float,
    engagement: float,
    engagement_spread: float,
) -> tuple[
    NDArray[np.float64],
    NDArray[np.int64],
    NDArray[np.int64],
    NDArray[np.float64],
    NDArray[np.float64],
    NDArray[np.int64],
    NDArray[np.float64],
    NDArray[np.float64],
]:
    """Interests, region, size, need, engagement, representative, and the two lots for champion and leader."""
    members = who.words.shape[0]
    interests = np.empty((members, who.topics.shape[0]))
    region, size = np.empty(members, np.int64), np.empty(members, np.int64)
    needs, engaged = np.empty(members), np.empty(members)
    representative = np.empty(members, np.int64)
    champion_lot, leader_lot = np.empty(members), np.empty(members)
    for member in range(members):
        word = who.words[member]
        where, how_many = draw(seed, replicate, MAKEUP, 0, word, REGION_AND_INTERESTS)
        region[member] = int(where * regions)
        count = fewest + int(how_many * (most - fewest + 1))
        interests[member] = _interests(seed, replicate, word, who.topics, count)
        big, needy = draw(seed, replicate, MAKEUP, 0, word, SIZE_AND_NEED)
        size[member] = int(big * 3)
        needs[member] = min(1.0, max(0.0, need + need_spread * (2.0 * needy - 1.0)))
        keen, kind = draw(seed, replicate, MAKEUP, 0, word, ENGAGEMENT)
        engaged[member] = min(1.0, max(0.0, engagement + engagement_spread * (2.0 * keen - 1.0)))
        representative[member] = int(kind * 3)
        champion_lot[member], leader_lot[member] = draw(seed, replicate, MAKEUP, 0, word, ROLES)
    return interests, region, size, needs, engaged, representative, champion_lot, leader_lot


@compiled
def draw_activity(seed: int, replicate: int, words: NDArray[np.int64], spread: float) -> NDArray[np.float64]:
    """How much each member reaches out and is reached, lognormal with mean 1, float[members]."""
    activity = np.ones(words.shape[0])
    if spread > 0.0:
        for member in range(words.shape[0]):
            activity[member] = lognormal(draw(seed, replicate, MAKEUP, 0, words[member], ACTIVITY)[0], spread)
    return activity


@compiled
def draw_ties(
    seed: int, replicate: int, founders: int, per_member: float, activity: NDArray[np.float64], who: Identities
) -> NDArray[np.int64]:
    """Pairs of founders that knew each other before, `per_member` ties for each on average, int[ties, 2].

    Each founder draws half of its ties, the other half it is drawn into; a pair drawn twice is one tie. Who is more
    active draws more, and is drawn more often.
    """
    most, busiest = 0, np.max(activity[:founders])
    for member in range(founders):
        most += int(per_member / 2.0 * activity[member]) + 1
    pairs = np.empty((most, 2), np.int64)
    count = 0
    for member in range(founders):
        word = who.words[member]
        _, fraction = draw(seed, replicate, MAKEUP, 0, word, ACQUAINTANCE)
        for tie in range(whole(per_member / 2.0 * activity[member], fraction)):
            for attempt in range(ATTEMPTS):
                luck, accepts = draw(seed, replicate, PRIOR, 0, word, tie * ATTEMPTS + attempt)
                other = slot(luck, founders)
                if who.marks.shape[0] > 0:
                    other = preferred(luck, who.by_mark, founders, who.marks)
                if 0 <= other < founders and other != member and accepts * busiest < activity[other]:
                    pairs[count, 0], pairs[count, 1] = min(member, other), max(member, other)
                    count += 1
                    break
    return pairs[:count].copy()


@compiled
def lowest(lots: NDArray[np.float64], count: int) -> NDArray[np.bool_]:
    """Who holds one of the `count` lowest lots, bool[members]."""
    chosen, holders, sorted_lots = np.zeros(lots.shape[0], np.bool_), np.arange(lots.shape[0]), lots.copy()
    sort_by_lot(sorted_lots, holders, lots.shape[0])
    for place in range(min(count, lots.shape[0])):
        chosen[holders[place]] = True
    return chosen


def members_ever(scenario: Scenario) -> int:
    """How many organizations can be members at the most: the founders, and all that could join while it lives."""
    if scenario.roster is not None and scenario.roster.joins:
        return len(scenario.roster.names)  # who joins later is named, and nobody else joins
    network = scenario.network
    return months.members_ever(
        network.members, network.joining, scenario.closing_month, scenario.renewal_months, scenario.last_month
    )


class RosterArrays(NamedTuple):
    """A roster's members, ties and contacts as arrays; without a roster all are empty.

    `activity`: 0 where it names none. `has_ties`: whether it names ties. `contacts`, `introductions`: month, one, other
    of each, in order of months. `joins`, `leaves`: month of each member, 0 for none; empty where nobody has one.
    `groups`: topic and member of each seat in a challenge group by plan.
    `standing`: what is known of the network today, where a run goes on from there.
    """

    interests: NDArray[np.float64]
    region: NDArray[np.int64]
    size: NDArray[np.int64]
    need: NDArray[np.float64]
    champion: NDArray[np.bool_]
    activity: NDArray[np.float64]
    ties: NDArray[np.int64]
    trust: NDArray[np.float64]
    has_ties: bool
    contacts: NDArray[np.int64]
    joins: NDArray[np.int64]
    leaves: NDArray[np.int64]
    introductions: NDArray[np.int64]
    groups: NDArray[np.int64]
    standing: StandingArrays


def roster_arrays(scenario: Scenario) -> RosterArrays:
    """The scenario's roster, empty where members are drawn."""
    roster = scenario.roster
    if roster is None:
        none, nobody = np.empty(0), np.empty(0, np.int64)
        empty = np.empty((0, scenario.network.topics))
        pairs, met, no = np.empty((0, 2), np.int64), np.empty((0, 3), np.int64), np.empty(0, np.bool_)
        return RosterArrays(
            empty, nobody, nobody, none, no, none, pairs, none, False, met, nobody, nobody, met, pairs,
            standing_arrays(None),
        )  # fmt: skip
    ties = roster.ties or ()
    return RosterArrays(
        np.ascontiguousarray(roster.interests, np.float64),
        np.ascontiguousarray(roster.region, np.int64),
        np.ascontiguousarray(roster.size, np.int64),
        np.ascontiguousarray(roster.need, np.float64),
        np.ascontiguousarray(roster.champion, np.bool_),
        np.ascontiguousarray(roster.activity, np.float64),
        np.array([(one, other) for one, other, _ in ties], np.int64).reshape(-1, 2),
        np.array([strength for _, _, strength in ties], np.float64),
        roster.ties is not None,
        np.array(roster.contacts, np.int64).reshape(-1, 3),
        np.array(roster.joins, np.int64),
        np.array(roster.leaves, np.int64),
        np.array(roster.introductions, np.int64).reshape(-1, 3),
        np.array(roster.groups, np.int64).reshape(-1, 2),
        standing_arrays(roster),
    )


@compiled
def found_members(
    seed: int,
    replicate: int,
    founders: int,
    regions: int,
    fewest: int,
    most: int,
    need: float,
    need_spread: float,
    engagement: float,
    engagement_spread: float,
    activity_spread: float,
    champions: int,
    leaders: int,
    prior_ties: float,
    prior_trust: float,
    roster: RosterArrays,
    who: Identities,
) -> Founding:
    """The members of one replicate, and their ties from before; a roster overrules what would be drawn."""
    interests, region, size, needs, engaged, representative, champion_lot, leader_lot = draw_members(
        seed, replicate, who, regions, fewest, most, need, need_spread, engagement, engagement_spread
    )
    ever = who.words.shape[0]
    champion, leader = np.zeros(ever, np.bool_), np.zeros(ever, np.bool_)
    champion[:founders] = lowest(champion_lot[:founders], champions)
    leader[:founders] = lowest(leader_lot[:founders], leaders)
    listed = roster.need.shape[0]
    interests[:listed], region[:listed], size[:listed] = roster.interests, roster.region, roster.size
    needs[:listed] = roster.need
    if listed > 0:
        champion[:listed] = roster.champion
    activity = draw_activity(seed, replicate, who.words, activity_spread)
    for member in range(listed):
        if roster.activity[member] > 0.0:
            activity[member] = roster.activity[member]
    if roster.has_ties:
        ties, trust = roster.ties.copy(), roster.trust.copy()
    else:
        ties = draw_ties(seed, replicate, founders, prior_ties, activity, who)
        trust = np.full(ties.shape[0], prior_trust)
    return Founding(interests, region, size, needs, engaged, representative, champion, leader, activity, ties, trust)


def found(scenario: Scenario, seed: int, replicate: int) -> Founding:
    """The members of one replicate of a scenario, and their ties from before; those of a roster in order of rows."""
    ordered = in_order(scenario)
    return _in_rows(ordered, found_in_order(ordered.scenario, seed, replicate))


def _in_rows(ordered: Ordered, who: Founding) -> Founding:
    """A founding with members, topics and regions by the numbers that they have in the roster that was read."""
    if not len(ordered.members):
        return who
    number = np.argsort(ordered.rows(np.arange(len(who.region))))
    topic = np.argsort(ordered.topics)
    ties = np.sort(ordered.rows(who.ties.ravel()).reshape(-1, 2), axis=1)
    return Founding(
        who.interests[number][:, topic],
        ordered.regions[who.region[number]],
        who.size[number],
        who.need[number],
        who.engagement[number],
        who.representative[number],
        who.champion[number],
        who.leader[number],
        who.activity[number],
        ties,
        who.trust,
    )


def found_in_order(scenario: Scenario, seed: int, replicate: int) -> Founding:
    """As `found`, of a scenario that `in_order` gave, with members by the numbers that they have while it runs."""
    network, members = scenario.network, scenario.members
    return found_members(
        seed,
        replicate,
        network.members,
        network.regions,
        members.interests_fewest,
        members.interests_most,
        members.need,
        members.need_spread,
        members.engagement,
        members.engagement_spread,
        members.activity_spread,
        members.champions,
        network.leaders,
        network.prior_ties,
        network.prior_trust,
        roster_arrays(scenario),
        identities(scenario, members_ever(scenario)),
    )


class Places(NamedTuple):
    """Who could be met where: all that ever come, by topic of interest and by region; fixed lists for keyed slots.

    `members[start[k] : start[k + 1]]` are those of class k, in order of their number, or of their marks where a roster
    names them.
    """

    start: NDArray[np.int64]
    members: NDArray[np.int64]


@compiled
def by_class(belongs: NDArray[np.bool_], everybody: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """`Places` of a table bool[members, classes], with members in the order of `everybody`."""
    start = np.zeros(belongs.shape[1] + 1, np.int64)
    listed = np.empty(np.count_nonzero(belongs), np.int64)
    count = 0
    for place in range(belongs.shape[1]):
        for member in everybody:
            if belongs[member, place]:
                listed[count] = member
                count += 1
        start[place + 1] = count
    return start, listed


@compiled
def take_part(interests: NDArray[np.float64], groups: NDArray[np.int64], parts: NDArray[np.float64]) -> None:
    """How much members take part in each topic's challenge group, into `parts`, float[members, topics].

    As much as they are interested in the topic; where it is planned who sits in its group, those fully, nobody else.

    Args:
        interests: weight of each topic for each member, float[members, topics].
        groups: topic and member of each seat by plan, int[seats, 2].
        parts: to fill.
    """
    parts[:, :] = interests
    for seat in range(groups.shape[0]):
        parts[:, groups[seat, 0]] = 0.0
    for seat in range(groups.shape[0]):
        parts[groups[seat, 1], groups[seat, 0]] = 1.0


def by_topic(parts: NDArray[np.float64], everybody: NDArray[np.int64]) -> Places:
    """Members by the topics in whose challenge groups they take part."""
    return Places(*by_class(parts > 0.0, everybody))


def by_region(region: NDArray[np.int64], regions: int, everybody: NDArray[np.int64]) -> Places:
    """Members by region."""
    return Places(*by_class(region[:, None] == np.arange(regions)[None, :], everybody))


def priorities(
    given: NDArray[np.float64], shifted: NDArray[np.float64], topics: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights of the topics before and after the funder's priorities shift, each float[topics].

    Args:
        given: as the scenario gives them, float[topics]; empty where all topics are alike.
        shifted: the same after the shift; empty where they stay.
        topics: how many there are.
    """
    before = given.copy() if given.shape[0] > 0 else np.ones(topics)
    return before, shifted.copy() if shifted.shape[0] > 0 else before.copy()
