"""Luck: the random number of an event is a pure function of the event's identity.

Who computes what, and in which order, can therefore not change a result; and two scenarios that share a seed share the
luck of every event that happens in both. The identity of an event is (seed, replicate, kind, month, member, other).
A drawn member goes by its number, one of a roster by a word made of its name, see `identities`.

Source:
    Salmon, Moraes, Dror & Shaw 2011, Parallel random numbers: as easy as 1, 2, 3, SC'11, doi:10.1145/2063384.2063405:
    Philox4x32-10. Ours: which word holds what, and that a call's four words make two uniforms.
"""

from collections.abc import Sequence
from copy import copy
from typing import Self

import numpy as np
from numpy.typing import NDArray

from scenarios.schema.whole_numbers import LARGEST, whole_number
from simulation.compiling import compiled, small

# Kinds of event, each with the meaning of (member, other) and of its two uniforms.
MAKEUP = 1  # (member, 0..5): who a member is; see founding.py
TOPIC = 2  # (member, topic): rank of the topic among its interests; weight
PRIOR = 3  # (member, slot): partner of a tie from before; whether it is that one
ORDER = 4  # (member): its place in the order of the month
JOINING = 5  # (): whether the fraction of a member joins
ATTENDANCE = 6  # (member): attends the convening; fraction of an encounter
CONVENING = 7  # (member, slot): whom it meets there
SESSION = 8  # (topic): whether the challenge group meets
GROUP_ATTENDANCE = 9  # (member, topic): comes to the session; fraction of an encounter
GROUP = 10  # (member, topic and slot): whom it works with there
INTRODUCTION = 11  # (member): fraction of an introduction
CANDIDATE = 12  # (member, introduction, candidate and slot): who might be introduced to it
CONTACT = 13  # (member, 0): makes a contact; to a friend of a friend. (member, 1): in its own region; to one it knows
FRIEND = 14  # (member, friend): whom it asks
FRIENDS_FRIEND = 15  # (member, friend's friend): whom it is pointed to
STRANGER = 16  # (member, slot): which stranger; whether it is that one
SEARCH = 17  # (member): looks for a partner; asks a stranger
PARTNER = 18  # (one, other): race of the other in the one's choice; of the one in the other's
YES = 19  # (one, other): the one says yes; the other says yes
AWARDS = 20  # (): whether the fraction of a grant is awarded
AWARD = 21  # (one, other): race of the application
WORK = 22  # (one, other): a month's work becomes evidence; the collaboration ends
UPTAKE = 23  # (taker, maker) and the maker's partner: takes the piece up; it is translated one day
LEAVING = 24  # (member): leaves for its own reasons; leaves because engagement stays low
PLEA = 25  # (): the champions' plea wins a renewal
LAPSE = 26  # (one, other): the tie lapses
FADING = 27  # (one, other), month 0: how fast the tie decays, compared with others
TURNOVER = 28  # (member): its representative leaves; kind of the next one
KEEPING = 29  # (member, other): with whom it keeps in touch
COLD = 30  # (member, slot): which stranger it asks; whether it is that one. (member, ATTEMPTS): in its own region
STEWARD = 34  # (), month 0: somebody takes the network over when it closes, whenever that is
STEWARD_ENDS = 35  # (), months since the closing in the place of the month: the steward gives up
DRIFT = 36  # (member): drifts away from a network that nobody holds

KINDS = 256
"""A third party travels above the kind: kind + KINDS x third, which stays under 2^32 for 2^24 members."""
ATTEMPTS = 64
"""Slots redrawn before an open set counts as empty: with one usable in ten, all miss once in 850."""

NETWORKS = frozenset({JOINING, SESSION, AWARDS, PLEA, STEWARD, STEWARD_ENDS})
"""Kinds of events that happen to no member."""
PAIRS = frozenset({FRIEND, FRIENDS_FRIEND, PARTNER, YES, AWARD, WORK, UPTAKE, LAPSE, FADING, KEEPING})
"""Kinds whose other is a member."""
OF_TOPICS = frozenset({TOPIC, GROUP_ATTENDANCE})
"""Kinds whose other is a topic."""

_MULTIPLIER_0, _MULTIPLIER_1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_WEYL_0, _WEYL_1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_LOW, _HALF = np.uint64(0xFFFFFFFF), np.uint64(32)
_UP, _DOWN = np.uint64(20), np.uint64(12)
_ONE = np.uint64(0x3FF0000000000000)
"""The bits of 1.0: with 52 more below them, those of a number from 1 up to 2."""
_HALF_STEP = 2.0**-53


@small
def philox(
    c0: np.uint64, c1: np.uint64, c2: np.uint64, c3: np.uint64, k0: np.uint64, k1: np.uint64
) -> tuple[np.uint64, np.uint64, np.uint64, np.uint64]:
    """Philox4x32-10: four random words of 32 bits from a counter of four words and a key of two.

    Each word travels in a uint64, so that products of two words keep their high half.
    """
    for _ in range(10):
        product_0 = _MULTIPLIER_0 * c0
        product_1 = _MULTIPLIER_1 * c2
        c0, c1, c2, c3 = (
            (product_1 >> _HALF) ^ c1 ^ k0,
            product_1 & _LOW,
            (product_0 >> _HALF) ^ c3 ^ k1,
            product_0 & _LOW,
        )
        k0 = (k0 + _WEYL_0) & _LOW
        k1 = (k1 + _WEYL_1) & _LOW
    return c0, c1, c2, c3


@small
def uniform(high: np.uint64, low: np.uint64) -> float:
    """A number strictly between 0 and 1 from two words: (52 bits + 1/2) x 2^-52."""
    bits = (high << _UP) | (low >> _DOWN)
    # By way of its bits, exactly: many processors cannot convert four whole numbers at once, which slows rows.
    return float(np.uint64(bits | _ONE).view(np.float64) - 1.0 + _HALF_STEP)


@small
def draw(seed: int, replicate: int, kind: int, month: int, member: int, other: int) -> tuple[float, float]:
    """The two uniforms of an event.

    Args:
        seed: of the whole comparison, 0 to 2^32 - 1.
        replicate: number of the run, 0 to 2^32 - 1.
        kind: kind of event, one of the constants above, perhaps with a third party.
        month: month of the event; 0 at the founding.
        member: number of the member (or topic) it happens to.
        other: number of the other member, or of the slot.

    Returns:
        Two independent numbers, each strictly inside (0, 1).
    """
    # By way of uint32, so that the compiler knows the upper halves to be empty and multiplies 32 bits by 32.
    w0, w1, w2, w3 = philox(
        np.uint64(np.uint32(member)),
        np.uint64(np.uint32(other)),
        np.uint64(np.uint32(month)),
        np.uint64(np.uint32(kind)),
        np.uint64(np.uint32(seed)),
        np.uint64(np.uint32(replicate)),
    )
    return uniform(w0, w1), uniform(w2, w3)


@compiled
def draw_row(
    seed: int,
    replicate: int,
    kind: int,
    month: int,
    members: NDArray[np.int64],
    others: NDArray[np.int64],
    first: NDArray[np.float64],
    second: NDArray[np.float64],
) -> None:
    """`draw` for many events of a kind at once, into `first` and `second`: a third of the time, or less.

    Args:
        seed: as in `draw`.
        replicate: as in `draw`.
        kind: as in `draw`.
        month: as in `draw`.
        members: numbers of the members that the events happen to, int[events].
        others: numbers of the others or of the slots, int[events].
        first: takes the first uniform of each event, float[at least events].
        second: takes the second one, float[at least events].
    """
    for event in range(members.shape[0]):
        first[event], second[event] = draw(seed, replicate, kind, month, members[event], others[event])


@compiled
def draw_slots(
    seed: int,
    replicate: int,
    kind: int,
    month: int,
    member: int,
    slot_from: int,
    first: NDArray[np.float64],
    second: NDArray[np.float64],
) -> None:
    """`draw` for slots of a member that follow each other, as many as `first` has places for, in a row.

    Args:
        seed: as in `draw`.
        replicate: as in `draw`.
        kind: as in `draw`.
        month: as in `draw`.
        member: as in `draw`.
        slot_from: number of the first slot.
        first: takes the first uniform of each slot, float[slots].
        second: takes the second one, float[at least slots].
    """
    for ahead in range(first.shape[0]):
        first[ahead], second[ahead] = draw(seed, replicate, kind, month, member, slot_from + ahead)


@small
def slots_for(places: int) -> int:
    """How many slots there are for so many places: the next power of two."""
    slots = 1
    while slots < places:
        slots *= 2
    return slots


@small
def slot(chance: float, places: int) -> int:
    """The place that a uniform points at among the next power of two above `places`; it may lie beyond the last one.

    The power of two only changes when the set doubles, so that a member keeps its luck when others come or go. `places`
    counts those who have come so far: what is still to come, such as a later closing, changes no luck of today.
    """
    return int(chance * slots_for(places))


@small
def mixed(word: np.uint64) -> np.uint64:
    """Another word of 32 bits for each word of 32 bits, as if drawn (the finalizer of MurmurHash3, Appleby 2011)."""
    word = np.uint64(word ^ (word >> np.uint64(16)))
    word = np.uint64((word * np.uint64(0x85EBCA6B)) & _LOW)
    word = np.uint64(word ^ (word >> np.uint64(13)))
    word = np.uint64((word * np.uint64(0xC2B2AE35)) & _LOW)
    return np.uint64(word ^ (word >> np.uint64(16)))


@compiled
def marks_of(words: NDArray[np.int64]) -> NDArray[np.uint64]:
    """What `preferred` knows members by, uint64[members]: as if drawn, and each another where the words are."""
    marks = np.empty(words.shape[0], np.uint64)
    for number in range(words.shape[0]):
        marks[number] = mixed(np.uint64(words[number]))
    return marks


RANKED = 512
"""Members up to which `preferred` ranks all of them. Of more it ranks a page, with room for twice as many on it."""


@small
def _first_on(page: int, pages: int, listed: NDArray[np.int64], marks: NDArray[np.uint64]) -> int:
    """Where a page of a list begins: pages are equal parts of the marks, in order of which the list is."""
    low, high = 0, listed.shape[0]
    while low < high:
        middle = (low + high) // 2
        if np.int64(marks[listed[middle]]) * pages < page << 32:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def preferred(chance: float, listed: NDArray[np.int64], ever: int, marks: NDArray[np.uint64]) -> int:
    """The member that a uniform ranks first, each as likely as any other; -1 for nobody.

    The rank of a member is a function of the uniform and of its own mark. Who comes or goes changes nothing but the
    draws that rank it first.

    Args:
        chance: the uniform.
        listed: members to choose from, in order of their marks, int[listed].
        ever: members with numbers from here on have not come yet.
        marks: of all members, uint64[members].

    Source:
        Thaler & Ravishankar 1998, Using name-based mappings to increase hit rates, IEEE/ACM Transactions on Networking
        6(1), doi:10.1109/90.663936: the highest of scores made of both names. Ours: the pages, which keep the time from
        growing with the members; with one page more than half of the draws change once, when a list doubles beyond 512.
    """
    count, pages, place = listed.shape[0], 1, 0
    first, last = 0, count
    while pages * RANKED < count:
        pages *= 2
    if pages > 1:
        scaled = chance * (pages * 2 * RANKED)
        place = int(scaled)
        chance = scaled - place
        page = place // (2 * RANKED)
        first, last = _first_on(page, pages, listed, marks), _first_on(page + 1, pages, listed, marks)
    drawn = np.uint64(int(chance * 2.0**32))
    chosen, best, on_page = -1, np.uint64(0), 0
    for position in range(first, last):
        number = listed[position]
        if number < ever:
            on_page += 1
            score = mixed(drawn ^ marks[number])
            if chosen < 0 or score > best:
                chosen, best = int(number), score
    return chosen if pages == 1 or place % (2 * RANKED) < on_page else -1


@small
def whole(amount: float, chance: float) -> int:
    """A whole number that is `amount` on average: rounded up with the chance of its fraction."""
    below = int(amount)
    return below + 1 if amount - below + chance >= 1.0 else below  # a whole amount is never rounded up


MOST = LARGEST


def identity(seed: int, replicate: int) -> tuple[int, int]:
    """Seed and replicate as plain numbers; refused where one does not fit its word: cut off, it would share luck.

    Raises:
        ValueError: if one of them is no whole number, or out of range.
    """
    return whole_number("seed", seed), whole_number("replicate", replicate)


def any_seed() -> int:
    """A seed that nobody could guess, for those who want any luck."""
    return int(np.random.SeedSequence().generate_state(1)[0])


class Luck:
    """The luck of one replicate, for those who read and subclass the model; the engine calls `draw` itself.

    It is asked by the numbers of members and topics. Once it knows their identity words, it draws by these.
    """

    def __init__(self, seed: int, replicate: int) -> None:
        self.seed, self.replicate = identity(seed, replicate)
        self._words: Sequence[int] = ()
        self._topics: Sequence[int] = ()

    def of(self, words: Sequence[int], topics: Sequence[int]) -> Self:
        """The same luck, of members and topics with these identity words."""
        known = copy(self)
        known._words, known._topics = words, topics
        return known

    def pair(self, kind: int, month: int, member: int = 0, other: int = 0) -> tuple[float, float]:
        """The two uniforms of an event; the other of a new kind (100 or more) is a slot, not a member."""
        if self._words:
            third, plain = divmod(kind, KINDS)
            if plain == UPTAKE:
                kind = plain + KINDS * self._words[third]
            if plain in PAIRS:
                other = self._words[other]
            elif plain in OF_TOPICS:
                other = self._topics[other]
            if plain == SESSION:
                member = self._topics[member]
            elif plain not in NETWORKS:
                member = self._words[member]
        return draw(self.seed, self.replicate, kind, month, member, other)

    def one(self, kind: int, month: int, member: int = 0, other: int = 0) -> float:
        """The first uniform of an event."""
        return self.pair(kind, month, member, other)[0]
