"""The state of a network as the compiled engine holds it: arrays of records instead of objects.

Sparse: a tie exists once two members have met. Whom a member knows stands in a slice of one common pool; a slice that
is full moves to the pool's end with twice the room. Everything is preallocated and used again by the next replicate;
pages never touched cost nothing.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation import rules
from simulation.compiling import borrowed, internal
from simulation.identities import Identities

NONE, COLLABORATING, APPLIED = 0, 1, 2
"""Status of a tie."""

# Places in `counts`
TIES, HIGH, FREE, KNOWN = 0, 1, 2, 3  # live ties; places ever used; places free again; top of the pool
ACTIVE, APPLICATIONS, FIRST_PIECE, PIECES = (
    4,
    5,
    6,
    7,
)  # collaborations; applications; evidence that has not appeared yet
EVER, PRESENT, ORDERED = 8, 9, 10  # members so far; in the network; in this month's order
FORMED, FORMED_BY_FACILITATION, FULL, EVENTS, COUNTS = 11, 12, 13, 14, 15


MEMBER = np.dtype(
    [
        ("engagement", np.float64),
        ("adapted", np.float64),
        ("practice", np.float64),
        ("relevance", np.float64),
        ("alignment", np.float64),
        ("need", np.float64),
        ("activity", np.float64),
        ("lot", np.float64),  # scratch: a second uniform kept from a first look
        ("unfunded", np.int64),
        ("funded", np.int64),
        ("applications", np.int64),
        ("taken_up", np.int64),
        ("low_months", np.int64),
        ("capacity", np.int64),
        ("region", np.int64),
        ("representative", np.int64),
        ("start", np.int64),  # it knows known[start : start + degree]
        ("degree", np.int32),
        ("room", np.int32),
        ("joined", np.int16),
        ("present", np.bool_),
        ("champion", np.bool_),
        ("leader", np.bool_),
        ("ever", np.bool_),
        ("from_others", np.bool_),
        ("there", np.bool_),  # scratch: attends
    ],
    align=True,
)
KNOWN_MEMBER = np.dtype([("member", np.int32), ("tie", np.int32)])
TIE = np.dtype(
    [
        ("trust", np.float64),
        ("overlap", np.float64),
        ("fading", np.float64),  # 0: not drawn yet
        ("one", np.int32),  # -1: the place is free
        ("other", np.int32),
        ("met", np.int16),
        ("begun", np.int16),
        ("grant_end", np.int16),
        ("origin", np.int8),
        ("status", np.int8),
        ("event_only", np.bool_),
        ("strong", np.bool_),
        ("at_closing", np.bool_),
    ],
    align=True,
)
APPLICATION = np.dtype([("aligned", np.float64), ("tie", np.int32), ("willing", np.bool_)], align=True)
PIECE = np.dtype([("maker", np.int32), ("partner", np.int32), ("appears", np.int16)], align=True)
EVENT = np.dtype(
    [("trust", np.float64), ("month", np.int16), ("kind", np.int8), ("one", np.int32), ("other", np.int32)], align=True
)
"""What happened between two members; `chronicle` names the kinds. Trust is noted by `note_month`, else nan."""


class State(NamedTuple):
    """A network. Members by number, ties by place; see `model/member.py` and `model/ties.py` for what each thing is.

    Attributes:
        members: MEMBER records.
        interests: float[members, topics].
        parts: how much each takes part in the challenge group of each topic, float[members, topics].
        known: KNOWN_MEMBER records, the pool of whom members know.
        ties: TIE records.
        free: places in `ties` to be used again.
        active: places of the ties with an active collaboration.
        waiting: APPLICATION records for the open call.
        pieces: PIECE records, evidence in order of appearance.
        translated: pieces translated in each month, int[months + 1].
        topic_start, topic_members, region_start, region_members: `founding.Places` by topic and by region.
        agenda: weight of each topic, float[topics].
        order: members in the order of the month; ORDERED of them count.
        words: what the luck of each member goes by, int[members]; see `identities`.
        topic_words: the same of each topic, int[topics].
        marks: of the members of a roster, empty where members are drawn, uint64[members].
        everybody: numbers of all that ever come, in order, or in order of marks where there are any, int[members].
        order_words: words of the members in the order of the month, int[members].
        first, second: scratch, the uniforms of a row of events, float[members].
        tries, accepts: scratch, the luck of the next attempts at an open set, float[MANY_TRIES].
        nobody: the number 0 as often as there are members: the other of events that have none, int[members].
        ones, others, candidates: scratch, pairs of members by their words, and their ties, int[members, or FEW if that
            is more].
        race_one, race_other: scratch, the luck of such pairs, as many.
        common: overlap of the interests of each two, where members are FEW, float[members, members]; else empty.
        met: chance that each (row) meets each whom it finds, where members are FEW and none join, float[members,
            members]; else not used.
        likely: the same at most, with everything in common: for who finds a member from another region, and from its
            own, float[members, 2].
        worth: `rules.saturating` by collaborations, and by pieces of evidence taken up, float[2, COUNTED].
        wider: `rules.times_wider` by how many are in view, float[members].
        contacts: scratch, a bit for each strong contact, uint64[members].
        mark: scratch, who or what was here last, int[members].
        strong_start, strong: scratch, the strong contacts of each member, as `founding.Places`.
        events: EVENT records, what has happened between two, where it is told at all: no room, and nothing is noted.
        watched: months whose end `note_month` notes, where anything is noted, bool[months + 1].
        counts: the sizes in use, and what has been counted so far; FULL says that an array was too small.
    """

    members: Any
    interests: NDArray[np.float64]
    parts: NDArray[np.float64]
    known: Any
    ties: Any
    free: NDArray[np.int32]
    active: NDArray[np.int32]
    waiting: Any
    pieces: Any
    translated: NDArray[np.int64]
    topic_start: NDArray[np.int64]
    topic_members: NDArray[np.int64]
    region_start: NDArray[np.int64]
    region_members: NDArray[np.int64]
    agenda: NDArray[np.float64]
    order: NDArray[np.int64]
    words: NDArray[np.int64]
    topic_words: NDArray[np.int64]
    marks: NDArray[np.uint64]
    everybody: NDArray[np.int64]
    order_words: NDArray[np.int64]
    first: NDArray[np.float64]
    second: NDArray[np.float64]
    tries: NDArray[np.float64]
    accepts: NDArray[np.float64]
    nobody: NDArray[np.int64]
    ones: NDArray[np.int64]
    others: NDArray[np.int64]
    candidates: NDArray[np.int64]
    race_one: NDArray[np.float64]
    race_other: NDArray[np.float64]
    common: NDArray[np.float64]
    met: NDArray[np.float64]
    likely: NDArray[np.float64]
    worth: NDArray[np.float64]
    wider: NDArray[np.float64]
    contacts: NDArray[np.uint64]
    mark: NDArray[np.int32]
    strong_start: NDArray[np.int64]
    strong: NDArray[np.int32]
    events: Any
    watched: NDArray[np.bool_]
    counts: NDArray[np.int64]


FIRST_ROOM = 24
"""Whom a member has room to know before its slice of the pool has to grow; enough for SALEX to never grow."""
TRIES, MANY_TRIES = 4, 16
"""Attempts at an open set whose luck is drawn at once: where most are found soon, and where most are refused."""
COUNTED = 32
"""Collaborations, and pieces of evidence taken up, up to which what they are worth is worked out once a run."""
FEW = 64
"""Members up to which the strong contacts of each fit into one word."""


def _records(size: int, kind: np.dtype[Any]) -> Any:
    return np.empty(size, kind).view(np.recarray)


def allocate(who: Identities, regions: int, last_month: int, ties: int, pieces: int, events: int = 0) -> State:
    """An empty state of these members and topics, with room for so many regions, months, ties, pieces and events."""
    members, topics = len(who.words), len(who.topics)
    pairs, few = max(members, FEW), members if members <= FEW else 0
    return State(
        members=_records(members, MEMBER),
        interests=np.empty((members, topics)),
        parts=np.empty((members, topics)),
        known=_records(4 * ties + FIRST_ROOM * members, KNOWN_MEMBER),
        ties=_records(ties, TIE),
        free=np.empty(ties, np.int32),
        active=np.empty(ties, np.int32),
        waiting=_records(ties, APPLICATION),
        pieces=_records(pieces, PIECE),
        translated=np.empty(last_month + 1, np.int64),
        topic_start=np.empty(topics + 1, np.int64),
        topic_members=np.empty(members * topics, np.int64),
        region_start=np.empty(regions + 1, np.int64),
        region_members=np.empty(members, np.int64),
        agenda=np.empty(topics),
        order=np.empty(members, np.int64),
        words=who.words,
        topic_words=who.topics,
        marks=who.marks,
        everybody=who.by_mark,
        order_words=np.empty(members, np.int64),
        first=np.empty(members),
        second=np.empty(members),
        tries=np.empty(MANY_TRIES),
        accepts=np.empty(MANY_TRIES),
        nobody=np.zeros(members, np.int64),
        ones=np.empty(pairs, np.int64),
        others=np.empty(pairs, np.int64),
        candidates=np.empty(pairs, np.int64),
        race_one=np.empty(pairs),
        race_other=np.empty(pairs),
        common=np.empty((few, few)),
        met=np.empty((few, few)),
        likely=np.empty((members, 2)),
        worth=np.empty((2, COUNTED)),
        wider=np.empty(members),
        contacts=np.empty(members, np.uint64),
        mark=np.empty(members, np.int32),
        strong_start=np.empty(members + 1, np.int64),
        strong=np.empty(2 * ties, np.int32),
        events=_records(events, EVENT),
        watched=np.zeros(last_month + 1, np.bool_),
        counts=np.zeros(COUNTS, np.int64),
    )


@internal
def lend(state: State) -> State:
    """The same state with its arrays borrowed, see `compiling.borrowed`; the caller's own keeps them alive."""
    return State(
        borrowed(state.members),
        borrowed(state.interests),
        borrowed(state.parts),
        borrowed(state.known),
        borrowed(state.ties),
        borrowed(state.free),
        borrowed(state.active),
        borrowed(state.waiting),
        borrowed(state.pieces),
        borrowed(state.translated),
        borrowed(state.topic_start),
        borrowed(state.topic_members),
        borrowed(state.region_start),
        borrowed(state.region_members),
        borrowed(state.agenda),
        borrowed(state.order),
        borrowed(state.words),
        borrowed(state.topic_words),
        borrowed(state.marks),
        borrowed(state.everybody),
        borrowed(state.order_words),
        borrowed(state.first),
        borrowed(state.second),
        borrowed(state.tries),
        borrowed(state.accepts),
        borrowed(state.nobody),
        borrowed(state.ones),
        borrowed(state.others),
        borrowed(state.candidates),
        borrowed(state.race_one),
        borrowed(state.race_other),
        borrowed(state.common),
        borrowed(state.met),
        borrowed(state.likely),
        borrowed(state.worth),
        borrowed(state.wider),
        borrowed(state.contacts),
        borrowed(state.mark),
        borrowed(state.strong_start),
        borrowed(state.strong),
        borrowed(state.events),
        borrowed(state.watched),
        borrowed(state.counts),
    )


@internal
def note(state: State, month: int, kind: int, one: int, other: int, trust: float = np.nan) -> None:
    """Note what has happened between two members, where it is told at all."""
    room = state.events.shape[0]
    if room > 0:
        place = state.counts[EVENTS]
        if place >= room:
            state.counts[FULL] = 1
            return
        event = state.events[place]
        event.month, event.kind, event.trust = month, kind, trust
        event.one, event.other = min(one, other), max(one, other)
        state.counts[EVENTS] = place + 1


@internal
def note_month(state: State, month: int, is_open: bool) -> None:
    """Note how a month that is watched ends: members, ties with their trust, collaborations, and whether it is open.

    A collaboration has 1 in place of trust under a grant, else 0.
    """
    if state.watched[month]:
        if is_open:
            note(state, month, rules.OPEN, 0, 0)
        for number in range(state.counts[EVER]):
            note(state, month, rules.PRESENT if state.members[number].present else rules.LEFT, number, number)
        for place in range(state.counts[HIGH]):
            tie = state.ties[place]
            if tie.one >= 0:
                note(state, month, rules.STANDS, tie.one, tie.other, tie.trust)
                if tie.status == COLLABORATING:
                    note(state, month, rules.COLLABORATES, tie.one, tie.other, 1.0 if month < tie.grant_end else 0.0)


@internal
def overlap_of(state: State, one: int, other: int) -> float:
    """What two have in common; of a FEW it has been worked out before."""
    if state.common.shape[0] > 0:
        return float(state.common[one, other])
    return rules.overlap(state.interests[one], state.interests[other])


@internal
def find_tie(state: State, one: int, other: int) -> int:
    """Place of the tie of two members, looked up with the one that knows fewer; -1 if they don't know each other."""
    if state.members[other].degree < state.members[one].degree:
        one, other = other, one
    start = state.members[one].start
    for place in range(start, start + state.members[one].degree):
        if state.known[place].member == other:
            return int(state.known[place].tie)
    return -1


@internal
def _room_to_grow(state: State, number: int) -> int:
    """What a member needs at the pool's end before it can know one more; 0 while its slice has room."""
    member = state.members[number]
    return max(FIRST_ROOM, 2 * int(member.room)) if member.degree == member.room else 0


@internal
def _acquaint(state: State, number: int, other: int, tie: int) -> None:
    """A member knows another from now on; a slice that is full moves to the pool's end with twice the room."""
    counts, member, room = state.counts, state.members[number], _room_to_grow(state, number)
    if room > 0:
        top = counts[KNOWN]
        for place in range(member.degree):
            old = state.known[member.start + place]
            state.known[top + place].member, state.known[top + place].tie = old.member, old.tie
        member.start, member.room = top, room
        counts[KNOWN] = top + room
    new = state.known[member.start + member.degree]
    new.member, new.tie = other, tie
    member.degree += 1


@internal
def add_tie(state: State, one: int, other: int, origin: int, month: int) -> int:
    """A new tie without trust; its place, or -1 if there is no room left.

    A tie that only one of the two knew of would be added again, and again, until lists of a member's length overflow.
    """
    counts = state.counts
    if counts[KNOWN] + _room_to_grow(state, one) + _room_to_grow(state, other) > state.known.shape[0]:
        counts[FULL] = 1
        return -1
    if counts[FREE] > 0:
        counts[FREE] -= 1
        place = int(state.free[counts[FREE]])
    else:
        place = int(counts[HIGH])
        if place >= state.ties.shape[0]:
            counts[FULL] = 1
            return -1
        counts[HIGH] += 1
    tie = state.ties[place]
    tie.one, tie.other = min(one, other), max(one, other)
    tie.trust, tie.overlap = 0.0, overlap_of(state, one, other)
    tie.fading = 0.0
    tie.origin, tie.met, tie.event_only, tie.strong = origin, month, origin == rules.CONVENING, False
    tie.status, tie.begun, tie.grant_end, tie.at_closing = NONE, 0, 0, False
    _acquaint(state, one, other, place)
    _acquaint(state, other, one, place)
    counts[TIES] += 1
    return place


@internal
def _estrange(state: State, number: int, tie: int) -> None:
    """A member no longer knows whom it knew over `tie`."""
    member = state.members[number]
    last = state.known[member.start + member.degree - 1]
    for place in range(member.start, member.start + member.degree):
        if state.known[place].tie == tie:
            state.known[place].member, state.known[place].tie = last.member, last.tie
            break
    member.degree -= 1


@internal
def forget_tie(state: State, place: int) -> None:
    """The two no longer know each other; the place is used again."""
    tie = state.ties[place]
    _estrange(state, tie.one, place)
    _estrange(state, tie.other, place)
    tie.one = -1
    state.free[state.counts[FREE]] = place
    state.counts[FREE] += 1
    state.counts[TIES] -= 1
