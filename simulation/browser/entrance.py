"""The entrance to the compiled engine for those who have nothing but memory: a web page.

Whoever calls hands over one list of places, an address and a length each, in the order of PLACES. `layout` says what
lies there. Only `build` compiles this; what runs here enters by `engine.run.Engine`.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
from numba.extending import overload, register_jitable
from numba.np.numpy_support import carray

from scenarios.schema import months
from simulation import founding, funding, identities, ledger, rules
from simulation.browser.memory import pointer
from simulation.compiling import entrance, internal, woven
from simulation.engine import arrays, numbers
from simulation.engine.numbers import GIVEN, RECORDS, Numbers
from simulation.engine.run import COLUMNS, MONTHLY_COLUMNS, first_room, run_block
from simulation.founding import RosterArrays
from simulation.running import ensemble
from simulation.standing import StandingArrays

TABLES: tuple[str, ...] = (*RECORDS, "given")
_KINDS: Mapping[str, tuple[type[np.generic], int]] = MappingProxyType({
    "interests": (np.float64, 0),
    "champion": (np.bool_, 1),
    **dict.fromkeys(("need", "activity", "trust"), (np.float64, 1)),
    **dict.fromkeys(("region", "size", "joins", "leaves"), (np.int64, 1)),
    **dict.fromkeys(("ties", "groups"), (np.int64, 2)),
    **dict.fromkeys(("contacts", "introductions"), (np.int64, 3)),
})  # fmt: skip
_STANDING_KINDS: Mapping[str, tuple[type[np.generic], int]] = MappingProxyType({
    "works": (np.int64, 5),
    "waiting": (np.int64, 4),
    **dict.fromkeys(("meetings", "attended"), (np.int64, 3)),
    **dict.fromkeys(("met", "origin", "uptake", "low_months", "since", "kind"), (np.int64, 1)),
    **dict.fromkeys(("events_only", "from_others"), (np.bool_, 1)),
    **dict.fromkeys(("engagement", "practice", "counted"), (np.float64, 1)),
})  # fmt: skip
ARRAYS: Mapping[str, tuple[type[np.generic], int]] = MappingProxyType({
    "priorities": (np.float64, 1),
    "shifted_priorities": (np.float64, 1),
    "taper": (np.float64, 1),
    "other_funders": (np.float64, funding.COLUMNS),
    "other_tapers": (np.float64, 1),
    "other_priorities": (np.float64, 0),
    "other_shifted_priorities": (np.float64, 0),
    **{name: _KINDS[name] for name in RosterArrays._fields if name not in ("has_ties", "standing")},
    **{f"today_{name}": _STANDING_KINDS[name] for name in StandingArrays._fields},
    "words": (np.int64, 1),
    "topic_words": (np.int64, 1),
    "watched": (np.bool_, 1),
})  # fmt: skip
"""What is read: kind of number, and numbers in a row; 0 for one a topic. Where members are drawn most are empty."""
TAKEN: Mapping[str, str] = MappingProxyType({
    "values": "a row per replicate, one number an outcome",
    "sum_months": "a row per month from the founding on, one number a monthly outcome; added to",
    "kept_months": "the same for each of the first replicates, as many as its length says",
    "told": "1 number: how many events there are; where months are `watched`, of the last replicate",
    "events": "a row per event: month, kind, one, other, trust; as many as its length says, or fewer",
    "who": "a row per member, those among them who may yet join: main topic, region, whether a champion",
})  # fmt: skip
"""What is written, float64."""
PLACES: tuple[str, ...] = (*TABLES, *ARRAYS, *TAKEN)

(
    NETWORK, MEMBERS, FACILITATION, GRANTS, FUNDER, SHIFT, CLOSING, BEHAVIOUR, COSTS, DERIVED, GIVEN_AT,
    PRIORITIES, SHIFTED, TAPER, OTHER_FUNDERS, OTHER_TAPERS, OTHER_PRIORITIES, OTHER_SHIFTED, WORDS, TOPIC_WORDS,
    WATCHED, VALUES, SUM_MONTHS, KEPT_MONTHS, TOLD, EVENTS, WHO,
) = (
    PLACES.index(name)
    for name in (
        "network", "members", "facilitation", "grants", "funder", "shift", "closing", "behaviour", "costs", "derived",
        "given", "priorities", "shifted_priorities", "taper", "other_funders", "other_tapers", "other_priorities",
        "other_shifted_priorities", "words", "topic_words", "watched", "values", "sum_months", "kept_months", "told",
        "events", "who",
    )
)  # fmt: skip
(
    INTERESTS, REGION, SIZE, NEED, CHAMPION, ACTIVITY, TIES, TRUST, CONTACTS, JOINS, LEAVES, INTRODUCTIONS, GROUPS,
) = (PLACES.index(name) for name in RosterArrays._fields if name not in ("has_ties", "standing"))  # fmt: skip
(
    WORKS, MET, ORIGIN, EVENTS_ONLY, MEETINGS, ENGAGEMENT, PRACTICE, UPTAKE, FROM_OTHERS, LOW_MONTHS, SINCE, KIND,
    ATTENDED, WAITING, COUNTED,
) = (PLACES.index(f"today_{name}") for name in StandingArrays._fields)  # fmt: skip
_NETWORK, _MEMBERS, _FACILITATION = RECORDS["network"], RECORDS["members"], RECORDS["facilitation"]
_GRANTS, _FUNDER, _SHIFT, _CLOSING = RECORDS["grants"], RECORDS["funder"], RECORDS["shift"], RECORDS["closing"]
_BEHAVIOUR, _COSTS, _DERIVED = RECORDS["behaviour"], RECORDS["costs"], RECORDS["derived"]

for _plain in (
    months.announcement_month, months.can_be_renewed, months.last_month, months.members_ever, months.reporting_month,
    months.wind_down_month, rules.grant_effects, founding.priorities, funding.settle_shares, funding.joined,
    funding.stacked, identities.drawn, identities.named,
    numbers.settle, arrays.allocate, first_room, ensemble.rows_of_block,
):  # fmt: skip
    register_jitable(_plain)


@overload(arrays._records)
def _records(size: Any, kind: Any) -> Any:  # noqa: ARG001  numba compares names
    """Records as compiled code holds them, which knows nothing of `recarray`."""

    def made(size: Any, kind: Any) -> Any:
        return np.empty(size, kind)

    return made


@internal
def _floats(at: Any, place: int) -> Any:
    return carray(pointer(at[place, 0]), at[place, 1], np.float64)


@internal
def _whole(at: Any, place: int) -> Any:
    return carray(pointer(at[place, 0]), at[place, 1], np.int64)


@internal
def _flags(at: Any, place: int) -> Any:
    return carray(pointer(at[place, 0]), at[place, 1], np.bool_)


@internal
def _rows(at: Any, place: int, width: int) -> Any:
    return carray(pointer(at[place, 0]), (at[place, 1], width), np.int64)


@internal
def _topic_rows(at: Any, place: int, topics: int) -> Any:
    """Rows with a number a topic; none where the number of topics is not known yet."""
    return carray(pointer(at[place, 0]), (at[place, 1] if topics > 0 else 0, topics), np.float64)


@woven
def _numbers(at: Any, topics_known: bool) -> Any:
    """The scenario's numbers, and priorities where the number of topics is known."""
    network = carray(pointer(at[NETWORK, 0]), 1, _NETWORK)[0]
    topics = network.topics if topics_known else 0
    first, shift, derived = (
        carray(pointer(at[FUNDER, 0]), 1, _FUNDER)[0],
        carray(pointer(at[SHIFT, 0]), 1, _SHIFT)[0],
        carray(pointer(at[DERIVED, 0]), 1, _DERIVED)[0],
    )
    others = carray(pointer(at[OTHER_FUNDERS, 0]), (at[OTHER_FUNDERS, 1], funding.COLUMNS), np.float64)
    before, after = founding.priorities(_floats(at, PRIORITIES), _floats(at, SHIFTED), topics)
    funders = funding.joined(first, shift, derived, others, _floats(at, TAPER), _floats(at, OTHER_TAPERS))
    return Numbers(
        network,
        carray(pointer(at[MEMBERS, 0]), 1, _MEMBERS)[0],
        carray(pointer(at[FACILITATION, 0]), 1, _FACILITATION)[0],
        carray(pointer(at[GRANTS, 0]), 1, _GRANTS)[0],
        first,
        shift,
        carray(pointer(at[CLOSING, 0]), 1, _CLOSING)[0],
        carray(pointer(at[BEHAVIOUR, 0]), 1, _BEHAVIOUR)[0],
        carray(pointer(at[COSTS, 0]), 1, _COSTS)[0],
        derived,
        funders,
        funding.stacked(before, _topic_rows(at, OTHER_PRIORITIES, topics), funders.shape[0]),
        funding.stacked(after, _topic_rows(at, OTHER_SHIFTED, topics), funders.shape[0]),
    )


@internal
def _roster(at: Any, topics: int) -> Any:
    return RosterArrays(
        carray(pointer(at[INTERESTS, 0]), (at[INTERESTS, 1], topics), np.float64),
        _whole(at, REGION),
        _whole(at, SIZE),
        _floats(at, NEED),
        _flags(at, CHAMPION),
        _floats(at, ACTIVITY),
        _rows(at, TIES, 2),
        _floats(at, TRUST),
        at[TIES, 0] != 0,
        _rows(at, CONTACTS, 3),
        _whole(at, JOINS),
        _whole(at, LEAVES),
        _rows(at, INTRODUCTIONS, 3),
        _rows(at, GROUPS, 2),
        StandingArrays(
            _rows(at, WORKS, 5),
            _whole(at, MET),
            _whole(at, ORIGIN),
            _flags(at, EVENTS_ONLY),
            _rows(at, MEETINGS, 3),
            _floats(at, ENGAGEMENT),
            _floats(at, PRACTICE),
            _whole(at, UPTAKE),
            _flags(at, FROM_OTHERS),
            _whole(at, LOW_MONTHS),
            _whole(at, SINCE),
            _whole(at, KIND),
            _rows(at, ATTENDED, 3),
            _rows(at, WAITING, 4),
            _floats(at, COUNTED),
        ),
    )


@internal
def _tell(at: Any, state: Any) -> None:
    """What has happened, and who the members are, as `engine.run.Engine.watch` knows it."""
    _floats(at, TOLD)[0] = state.counts[arrays.EVENTS]
    rows = carray(pointer(at[EVENTS, 0]), (at[EVENTS, 1], 5), np.float64)
    for place in range(min(rows.shape[0], state.counts[arrays.EVENTS])):
        event = state.events[place]
        rows[place, 0], rows[place, 1], rows[place, 4] = event.month, event.kind, event.trust
        rows[place, 2], rows[place, 3] = event.one, event.other
    who = carray(pointer(at[WHO, 0]), (at[WHO, 1], 3), np.float64)
    for number in range(min(who.shape[0], state.members.shape[0])):
        member = state.members[number]
        who[number, 0] = np.argmax(state.interests[number])
        who[number, 1], who[number, 2] = member.region, member.champion


@entrance
def prepare(places: Any) -> int:
    """Fill in what follows from the scenario's fields, `engine.numbers.settle`; how many replicates a block has."""
    at = carray(places, (len(PLACES), 2))
    p = _numbers(at, False)
    numbers.settle(p, carray(pointer(at[GIVEN_AT, 0]), 1, GIVEN)[0])
    return int(ensemble.rows_of_block(p.derived.members_ever, p.derived.last_month))


@entrance
def run(places: Any, seed: int, first: int) -> int:
    """Replicates `first` on, as many as there is room for values, with numbers that `prepare` has filled in.

    With `watched`, whether each month is, events are told, too: for one replicate at a time.

    Returns:
        Replicates done; -1 if the roster has too few words for all that could join.
    """
    at = carray(places, (len(PLACES), 2))
    p = _numbers(at, True)
    topics, ever, last = p.network.topics, p.derived.members_ever, p.derived.last_month
    who = identities.drawn(ever, topics)
    if at[WORDS, 1] > 0:
        if at[WORDS, 1] < ever:
            return -1
        who = identities.named(_whole(at, WORDS)[:ever].copy(), _whole(at, TOPIC_WORDS))
    roster, watched, room, done = _roster(at, topics), _flags(at, WATCHED), first_room(ever), 0
    events = 16 * room if watched.shape[0] > 0 else 0
    values = carray(pointer(at[VALUES, 0]), (at[VALUES, 1], COLUMNS), np.float64)
    total = carray(pointer(at[SUM_MONTHS, 0]), (last + 1, MONTHLY_COLUMNS), np.float64)
    kept = carray(pointer(at[KEPT_MONTHS, 0]), (at[KEPT_MONTHS, 1], last + 1, MONTHLY_COLUMNS), np.float64)
    while True:
        state = arrays.allocate(who, p.network.regions, last, room, room, events)
        state.watched[: watched.shape[0]] = watched
        done = run_block(p, roster, state, seed, first, values, total, kept, done, np.empty((0, 0, ledger.COLUMNS)))
        if done == values.shape[0]:
            break
        room, events = 2 * room, 2 * events
    if watched.shape[0] > 0:
        _tell(at, state)
    return int(done)
