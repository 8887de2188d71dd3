"""How a network stands when a run does not begin with its founding: what files tell, and what follows. For both twins.

What files do not tell is inferred by the rules of the model, with the parameters and the luck of the replicate: trust
from what is known of a tie's history, engagement from attendance, how far a representative has adapted from since when
it is there, evidence that has not appeared yet from the collaborations that made it.
"""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.schema.roster import Roster
from simulation import draws, rules
from simulation.compiling import compiled, small
from simulation.draws import draw

EVENTS_WORTH = 2.0
"""Events attended that what is thought of a member beforehand is worth. Ours."""
ENGAGEMENT = 2
"""Which draw of a member's make-up its engagement at the founding comes from; see `founding`."""
BEGAN, ONE, OTHER, GRANT_END, ENDED = 0, 1, 2, 3, 4
"""Columns of `works`."""


class StandingArrays(NamedTuple):
    """`scenarios.schema.standing.Standing` as arrays, with the ties of the roster; all empty at the founding.

    `works`: columns BEGAN to ENDED. `waiting`: month, one, other, 1 if they would go on without a grant. `meetings`:
    month, tie, kind. `attended`: month, member, 1 if it came.
    """

    works: NDArray[np.int64]
    met: NDArray[np.int64]
    origin: NDArray[np.int64]
    events_only: NDArray[np.bool_]
    meetings: NDArray[np.int64]
    engagement: NDArray[np.float64]
    practice: NDArray[np.float64]
    uptake: NDArray[np.int64]
    from_others: NDArray[np.bool_]
    low_months: NDArray[np.int64]
    since: NDArray[np.int64]
    kind: NDArray[np.int64]
    attended: NDArray[np.int64]
    waiting: NDArray[np.int64]
    counted: NDArray[np.float64]


def standing_arrays(roster: Roster | None) -> StandingArrays:
    """What is known of a roster today; empty where its run begins with the founding."""
    known = roster.standing if roster is not None else None
    if known is None:
        whole, real, yes = np.empty(0, np.int64), np.empty(0), np.empty(0, np.bool_)
        rows = np.empty((0, 3), np.int64)
        return StandingArrays(
            np.empty((0, 5), np.int64), whole, whole, yes, rows, real, real, whole, yes, whole, whole, whole, rows,
            np.empty((0, 4), np.int64), np.zeros(4),
        )  # fmt: skip
    works = [
        (work.began, work.one, work.other, work.funded_until + 1 if work.funded_until else 0, work.ended)
        for work in known.works
    ]
    return StandingArrays(
        np.array(works, np.int64).reshape(-1, 5),
        np.ascontiguousarray(known.met, np.int64),
        np.ascontiguousarray(known.origin, np.int64),
        np.ascontiguousarray(known.events_only, np.bool_),
        np.array(known.meetings, np.int64).reshape(-1, 3),
        np.ascontiguousarray(known.engagement, np.float64),
        np.ascontiguousarray(known.practice, np.float64),
        np.ascontiguousarray(known.uptake, np.int64),
        np.ascontiguousarray(known.from_others, np.bool_),
        np.ascontiguousarray(known.low_months, np.int64),
        np.ascontiguousarray(known.since, np.int64),
        np.ascontiguousarray(known.kind, np.int64),
        np.array(known.attended, np.int64).reshape(-1, 3),
        np.array(known.waiting, np.int64).reshape(-1, 4),
        np.ascontiguousarray(known.counted, np.float64),
    )


@small
def worked_in(works: NDArray[np.int64], place: int, month: int) -> bool:
    """Whether two worked together in a month, that in which they ended among them."""
    return bool(works[place, BEGAN] <= month and (works[place, ENDED] == 0 or month <= works[place, ENDED]))


@compiled
def months_worked(works: NDArray[np.int64], today: int) -> int:
    """Months of collaboration so far, as they are counted at the ends of months."""
    worked = 0
    for place in range(works.shape[0]):
        last = today if works[place, ENDED] == 0 else min(today, works[place, ENDED] - 1)
        worked += max(0, last - works[place, BEGAN] + 1)
    return int(worked)


class Parameters(NamedTuple):
    """What the rules of this file need of a scenario: keys of the same name, and `funded_evidence` of its grants."""

    engagement: float
    engagement_rate: float
    relational_months: int
    fit_gap: float
    fit_rate: float
    flexibility: float
    prior_trust: float
    trust_convening: float
    trust_group: float
    trust_introduction: float
    trust_contact: float
    trust_work: float
    trust_application: float
    decay: float
    decay_spread: float
    embedding: float
    ageing: float
    event_decay: float
    evidence_rate: float
    evidence_lag: int
    funded_evidence: float


class Stood(NamedTuple):
    """What follows of members and ties, besides what the files say.

    Attributes:
        engagement: float[members].
        representative: kind, int[members].
        adapted: share of its lack of fit that the representative has mended, float[members].
        trust: in the ties of the roster, float[ties].
        pieces: evidence that has not appeared yet: appears, one, other; in order, int[pieces, 3].
    """

    engagement: NDArray[np.float64]
    representative: NDArray[np.int64]
    adapted: NDArray[np.float64]
    trust: NDArray[np.float64]
    pieces: NDArray[np.int64]


@small
def adapted_since(months: int, rate: float, flexibility: float) -> float:
    """Share of the lack of fit that a representative has mended in so many months."""
    adapted = 0.0
    for _ in range(months):
        adapted = rules.adapted_after(adapted, rate, flexibility)
    return adapted


@compiled
def engagement_seen(
    known: StandingArrays, n: Parameters, today: int, member: int, representative: int, drawn: float, lot: float
) -> float:
    """A member's engagement, from which events it came to: it comes with chance engagement x fit.

        mean = (2 x members.engagement + came) / (2 + invited x fit),  sd^2 = mean x (1 - mean) / (3 + invited x fit)

    Each event counts (1 - engagement_rate) ^ months ago, since engagement moves. Within what so few events leave open
    it is drawn, evenly. As drawn for the founding where there was no event; as it is said where somebody says it.
    Ours: that what is thought beforehand is worth two events.
    """
    if known.engagement[member] >= 0.0:
        return float(known.engagement[member])
    came, invited = 0.0, 0.0
    for place in range(known.attended.shape[0]):
        if known.attended[place, 1] == member:
            month = known.attended[place, 0]
            adapted = adapted_since(max(0, month - known.since[member]), n.fit_rate, n.flexibility)
            weight = (1.0 - n.engagement_rate) ** (today - month)
            came += weight * known.attended[place, 2]
            invited += weight * rules.fit(representative, month, n.relational_months, n.fit_gap, adapted)
    if invited == 0.0:
        return drawn
    mean = min(1.0, (EVENTS_WORTH * n.engagement + came) / (EVENTS_WORTH + invited))
    spread = sqrt(3.0 * mean * (1.0 - mean) / (EVENTS_WORTH + 1.0 + invited))
    return min(1.0, max(0.0, mean + spread * (2.0 * lot - 1.0)))


@small
def gain_of(kind: int, n: Parameters) -> float:
    """Trust that an encounter of `kind` adds (share of missing trust)."""
    if kind == rules.CONVENING:
        return n.trust_convening
    if kind == rules.GROUP:
        return n.trust_group
    if kind == rules.INTRODUCTION:
        return n.trust_introduction
    if kind == rules.CONTACT:
        return n.trust_contact
    if kind == rules.WORK:
        return n.trust_work
    return n.trust_application


@compiled
def trust_of_history(
    known: StandingArrays, n: Parameters, today: int, tie: int, one: int, other: int, common: float, fading: float
) -> float:
    """Trust in a tie of which nobody has reported it: what its known history comes to by the rules.

    It begins with the encounter that the tie began with (from before the network: with prior trust), grows with every
    encounter that is known, the monthly ones of joint work among them, and decays each month. That the tie stands says
    that it was not forgotten.
    """
    origin, met, works = known.origin[tie], known.met[tie], known.works
    trust = n.prior_trust if origin == rules.BEFORE else 0.0
    for month in range(met, today + 1):
        if month == met and origin != rules.BEFORE:
            trust = rules.trust_after(trust, gain_of(origin, n), common)
        for place in range(known.meetings.shape[0]):
            if known.meetings[place, 0] == month and known.meetings[place, 1] == tie:
                trust = rules.trust_after(trust, gain_of(known.meetings[place, 2], n), common)
        for place in range(works.shape[0]):
            if works[place, ONE] == one and works[place, OTHER] == other and worked_in(works, place, month):
                trust = rules.trust_after(trust, n.trust_work, common)
        if month > 0:
            trust *= rules.decay_factor(
                month - met, 0, known.events_only[tie], n.decay * fading, n.embedding, n.ageing, n.event_decay
            )
    return max(rules.FORGOTTEN, trust)


@compiled
def pieces_on_their_way(
    works: NDArray[np.int64], n: Parameters, today: int, words: NDArray[np.int64], seed: int, replicate: int
) -> NDArray[np.int64]:
    """Evidence made by collaborations so far that has not appeared yet, by the luck of its month: appears, one, other.

    Rows are in order of months, and within a month of collaborations.
    """
    pieces = np.empty((works.shape[0] * n.evidence_lag, 3), np.int64)
    count = 0
    for month in range(max(1, today - n.evidence_lag + 1), today + 1):
        for place in range(works.shape[0]):
            if worked_in(works, place, month):
                one, other = works[place, ONE], works[place, OTHER]
                work = draw(seed, replicate, draws.WORK, month, words[one], words[other])[0]
                if work < rules.evidence_chance(n.evidence_rate, month < works[place, GRANT_END], n.funded_evidence):
                    pieces[count, 0], pieces[count, 1], pieces[count, 2] = month + n.evidence_lag, one, other
                    count += 1
    return pieces[:count].copy()


@compiled
def stand(
    known: StandingArrays,
    n: Parameters,
    today: int,
    ties: NDArray[np.int64],
    trust: NDArray[np.float64],
    interests: NDArray[np.float64],
    drawn: NDArray[np.int64],
    engaged: NDArray[np.float64],
    words: NDArray[np.int64],
    seed: int,
    replicate: int,
) -> Stood:
    """What follows from what is known of a network today.

    Args:
        known: what files tell.
        n: the parameters.
        today: the month.
        ties: one, other of each tie of the roster, int[ties, 2].
        trust: in each, below 0 where nobody has reported it, float[ties].
        interests: float[members, topics].
        drawn: kinds of representatives as drawn for the founding, int[members].
        engaged: engagement as drawn for the founding, float[members].
        words: what the luck of the members goes by, int[members].
        seed: of the luck.
        replicate: number of the network.
    """
    members, count = known.since.shape[0], ties.shape[0]
    representative, adapted, engagement = drawn.copy(), np.zeros(drawn.shape[0]), engaged.copy()
    for member in range(members):
        if known.kind[member] >= 0:
            representative[member] = known.kind[member]
        elif known.since[member] > 0:
            who = draw(seed, replicate, draws.TURNOVER, known.since[member], words[member], 0)[1]
            representative[member] = int(who * 3)
        adapted[member] = adapted_since(today - known.since[member], n.fit_rate, n.flexibility)
        lot = draw(seed, replicate, draws.MAKEUP, 0, words[member], ENGAGEMENT)[0]
        engagement[member] = engagement_seen(known, n, today, member, representative[member], engaged[member], lot)
    inferred = trust.copy()
    for tie in range(count):
        if trust[tie] < 0.0:
            one, other = ties[tie, 0], ties[tie, 1]
            fading = 1.0
            if n.decay_spread > 0.0:
                lot = draw(seed, replicate, draws.FADING, 0, words[one], words[other])[0]
                fading = rules.lognormal(lot, n.decay_spread)
            common = rules.overlap(interests[one], interests[other])
            inferred[tie] = trust_of_history(known, n, today, tie, one, other, common, fading)
    pieces = pieces_on_their_way(known.works, n, today, words, seed, replicate)
    return Stood(engagement, representative, adapted, inferred, pieces)
