"""Outcomes of one's own in the compiled engine: the network as `network_state` has it, and what is counted of it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation import rules
from simulation.compiling import internal, where_given
from simulation.engine import arrays
from simulation.engine.arrays import State
from simulation.network_state import Collaborations, Members, NetworkState, Ties


@internal
def members_now(state: State) -> Members:
    """All members so far."""
    ever = state.counts[arrays.EVER]
    found = Members(
        np.empty(ever, np.bool_),
        np.empty(ever, np.int64),
        np.empty(ever),
        np.empty(ever),
        np.empty((ever, state.interests.shape[1])),
        np.empty(ever, np.int64),
        np.empty(ever),
        np.empty(ever, np.int64),
        np.empty(ever, np.int64),
        np.empty(ever, np.int64),
        np.empty(ever, np.int64),
        np.empty(ever, np.bool_),
        np.empty(ever),
        np.empty(ever, np.int64),
        np.empty(ever, np.bool_),
        np.empty(ever, np.bool_),
        np.empty(ever, np.bool_),
    )
    for number in range(ever):
        member = state.members[number]
        found.present[number], found.joined[number] = member.present, member.joined
        found.engagement[number], found.need[number] = member.engagement, member.need
        for topic in range(state.interests.shape[1]):
            found.interests[number, topic] = state.interests[number, topic]
        found.region[number], found.activity[number] = member.region, member.activity
        found.capacity[number], found.applications[number] = member.capacity, member.applications
        found.funded[number], found.unfunded[number] = member.funded, member.unfunded
        found.ever_collaborated[number], found.practice[number] = member.ever, member.practice
        found.taken_up[number], found.from_others[number] = member.taken_up, member.from_others
        found.champion[number], found.leader[number] = member.champion, member.leader
    return found


@internal
def ties_in_order(state: State) -> NDArray[np.int64]:
    """Places of the ties, in order of their members: each member, in turn, is entered with those of lesser number."""
    ever = state.counts[arrays.EVER]
    first = np.zeros(ever + 1, np.int64)
    for place in range(state.counts[arrays.HIGH]):
        if state.ties[place].one >= 0:
            first[state.ties[place].one + 1] += 1
    for number in range(ever):
        first[number + 1] += first[number]
    found = np.empty(first[ever], np.int64)
    for number in range(ever):
        start = state.members[number].start
        for known in range(start, start + state.members[number].degree):
            lesser = state.known[known].member
            if lesser < number:
                found[first[lesser]] = state.known[known].tie
                first[lesser] += 1
    return found


@internal
def ties_now(state: State, places: NDArray[np.int64]) -> Ties:
    """All pairs that know each other."""
    count = len(places)
    found = Ties(
        np.empty(count, np.int64),
        np.empty(count, np.int64),
        np.empty(count),
        np.empty(count),
        np.empty(count, np.int64),
        np.empty(count, np.bool_),
        np.empty(count, np.bool_),
        np.empty(count, np.bool_),
    )
    for row in range(count):
        tie = state.ties[places[row]]
        found.one[row], found.other[row] = tie.one, tie.other
        found.trust[row], found.overlap[row], found.met[row] = tie.trust, tie.overlap, tie.met
        found.prior[row] = tie.origin == rules.BEFORE
        found.facilitated[row] = rules.is_facilitated(tie.origin)
        found.collaborating[row] = tie.status == arrays.COLLABORATING
    return found


@internal
def collaborations_now(state: State, places: NDArray[np.int64]) -> Collaborations:
    """The collaborations that are active."""
    count, row = state.counts[arrays.ACTIVE], 0
    found = Collaborations(
        np.empty(count, np.int64),
        np.empty(count, np.int64),
        np.empty(count, np.int64),
        np.empty(count, np.int64),
        np.empty(count, np.int64),
    )
    for place in range(len(places)):
        tie = state.ties[places[place]]
        if tie.status == arrays.COLLABORATING:
            found.one[row], found.other[row], found.tie[row] = tie.one, tie.other, place
            found.began[row], found.funded_until[row] = tie.begun, max(tie.grant_end - 1, 0)
            row += 1
    return found


@internal
def state_now(state: State, so_far: Any, month: int, is_open: bool) -> NetworkState:
    """The network at the end of a month."""
    places = ties_in_order(state)
    agenda = np.empty(state.agenda.shape[0])
    for topic in range(state.agenda.shape[0]):
        agenda[topic] = state.agenda[topic]
    return NetworkState(
        month, is_open, members_now(state), ties_now(state, places), collaborations_now(state, places), agenda,
        int(state.counts[arrays.FORMED]), so_far.evidence, so_far.translated, so_far.spent, so_far.own,
    )  # fmt: skip


@internal
def _begin(own: Any) -> bool:
    for place in range(own.start.shape[0]):
        own.carried[place] = own.start[place]
    return True


@internal
def _observe(
    own: Any, state: State, so_far: Any, month: int, is_open: bool, replicate: int, row: NDArray[np.float64], begin: int
) -> bool:
    told = own.function(state_now(state, so_far, month, is_open), own.carried)
    if told < 1:
        place = int(own.carried[own.start.shape[0]])
        value = own.carried[place] if told < 0 else np.inf
        own.wrong[0], own.wrong[1], own.wrong[2], own.wrong[3] = place + 1, month, replicate, value
        return False
    for place in range(row.shape[0] - begin):
        row[begin + place] = own.carried[place]
    return True


@internal
def _keep_last(own: Any, values: NDArray[np.float64], begin: int, monthly: int) -> bool:
    for place in range(monthly, own.start.shape[0]):
        values[begin + place] = own.carried[place]
    return True


begin_to_observe: Any = where_given(_begin)
"""A run begins: nothing is carried from a month before. Nothing where no outcomes are one's own."""
observe: Any = where_given(_observe)
"""The month that has just ended into what is left of its row from `begin` on. False where a value is out of its range:
which, and where, then stands in `own.wrong`. Nothing, and True, where no outcomes are one's own."""
keep_last: Any = where_given(_keep_last)
"""What is said of a whole run, and not by the month, into the values from `begin + monthly` on."""
