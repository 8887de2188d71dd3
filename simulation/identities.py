"""Who is who: members of a roster keep their luck by name, and stand in an order that no row of a file decides.

A member's identity word stands where the number of a drawn member stands: in the keys of its random numbers. It is made
of its `id` or its name, so that it stays when others come or go.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios import Scenario
from scenarios.schema.roster import Roster, same
from simulation.draws import marks_of
from simulation.sorting import sort_by_lot

WORDS, TOPIC_WORDS = 2**24, 2**20
"""How many there are: a third party must fit above the kind of an event, a topic above the slots of a group."""


class Identities(NamedTuple):
    """Keys of luck, by number; those of drawn members and topics are their numbers.

    Attributes:
        words: of all that are ever members, int[members], each another.
        topics: of the topics, int[topics], each another.
        marks: of the members, for `draws.preferred`; empty where they are drawn, uint64[members].
        by_mark: their numbers in order of marks; in order of number where they are drawn, int[members].
    """

    words: NDArray[np.int64]
    topics: NDArray[np.int64]
    marks: NDArray[np.uint64]
    by_mark: NDArray[np.int64]


class Ordered(NamedTuple):
    """A scenario with its roster in an order of its own, and where everything stands in the files.

    Attributes:
        scenario: members, topics and regions in alphabetical order, members that join later after the founders and in
            order of their months; the funder's priorities go with the topics.
        members: row of each member, int[members of the roster]; empty where members are drawn.
        topics: place of each topic, int[topics], in the roster that was read.
        regions: place of each region, int[regions], in the roster that was read.
    """

    scenario: Scenario
    members: NDArray[np.int64]
    topics: NDArray[np.int64]
    regions: NDArray[np.int64]

    def rows(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Rows of members by their numbers; later joiners, who stand in no file, keep theirs."""
        rows = np.array(numbers, np.int64)
        named = rows < len(self.members)
        rows[named] = self.members[rows[named]]
        return rows


def in_order(scenario: Scenario) -> Ordered:
    """The scenario with the members of its roster in an order that does not depend on their rows."""
    roster = scenario.roster
    if roster is None:
        none = np.empty(0, np.int64)
        return Ordered(scenario, none, none, none)
    members = _alphabetical(roster.identities)
    members = np.concatenate([members[members < roster.founders], _by_arrival(roster, members)])
    topics, regions = _alphabetical(roster.topics), _alphabetical(roster.regions)
    ordered = scenario.with_roster(_reordered(roster, members, topics, regions))
    funder = scenario.funder
    if funder.priorities or funder.shift.priorities or funder.others:
        shift = funder.shift.model_copy(update={"priorities": _at(funder.shift.priorities, topics)})
        others = tuple(
            replace(one, priorities=_at(one.priorities, topics), shift_priorities=_at(one.shift_priorities, topics))
            for one in funder.others
        )
        changed = funder.model_copy(
            update={"priorities": _at(funder.priorities, topics), "others": others, "shift": shift}
        )
        ordered = ordered.model_copy(update={"funder": changed})
    return Ordered(ordered, members, topics, regions)


def _alphabetical(names: Sequence[str]) -> NDArray[np.int64]:
    """Places of names, in alphabetical order."""
    return np.array(sorted(range(len(names)), key=lambda place: (same(names[place]), place)), np.int64)


def _by_arrival(roster: Roster, members: NDArray[np.int64]) -> NDArray[np.int64]:
    """Those that join later, in order of the months in which they do."""
    later = members[members >= roster.founders]
    return np.array(sorted(later, key=lambda member: roster.joins[member]), np.int64)


def _at(values: tuple[float, ...], places: NDArray[np.int64]) -> tuple[float, ...]:
    return tuple(values[place] for place in places) if values else ()


def _reordered(
    roster: Roster, members: NDArray[np.int64], topics: NDArray[np.int64], regions: NDArray[np.int64]
) -> Roster:
    region, of_members = np.argsort(regions), roster.of(members)
    return replace(
        of_members,
        topics=tuple(roster.topics[place] for place in topics),
        regions=tuple(roster.regions[place] for place in regions),
        interests=of_members.interests[:, topics],
        region=region[of_members.region],
    )


def identities(scenario: Scenario, ever: int) -> Identities:
    """The keys of luck of a scenario's members and topics.

    Args:
        scenario: as `in_order` gives it.
        ever: how many are ever members, later joiners among them.
    """
    if scenario.roster is None:
        return drawn(ever, scenario.network.topics)
    return named(*roster_words(scenario.roster, ever))


def drawn(ever: int, topics: int) -> Identities:
    """The keys of members and topics that no roster names: their numbers."""
    return Identities(np.arange(ever), np.arange(topics), np.empty(0, np.uint64), np.arange(ever))


def named(words: NDArray[np.int64], topics: NDArray[np.int64]) -> Identities:
    """The keys of members and topics with words of their own."""
    marks, by_mark = marks_of(words), np.arange(words.shape[0])
    sort_by_lot(marks.astype(np.float64), by_mark, words.shape[0])
    return Identities(words, topics, marks, by_mark)


def roster_words(roster: Roster, ever: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Words of all that are ever members, int[ever], and of the topics; the first ones are the same for any `ever`."""
    members = [f"member {same(one)}" for one in roster.identities]
    words = words_of(members + [f"joiner {later}" for later in range(ever - len(members))], WORDS)
    return words, words_of([f"topic {same(topic)}" for topic in roster.topics], TOPIC_WORDS)


def words_of(texts: Sequence[str], most: int) -> NDArray[np.int64]:
    """A word below `most` for each text, int[texts]: made of the text alone, unless an earlier text has the same one.

    Args:
        texts: each another, in an order that does not depend on rows: where two make the same word, the later one
            takes its next.
        most: how many words there are, 2^24 at the most; more than there are texts.
    """
    taken: set[int] = set()
    words = np.empty(len(texts), np.int64)
    for place, text in enumerate(texts):
        again = 0
        while (word := _word(text, again) % most) in taken:
            again += 1
        taken.add(word)
        words[place] = word
    return words


def _word(text: str, again: int) -> int:
    said = f"{again} {text}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(said, digest_size=3).digest(), "little")
