"""The key below the network: which colour is which topic, which shape which region, and what the ties mean."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from results.figures.kit.fonts import legible, shortened, width
from results.figures.kit.page import LEADING, MARGIN, Page
from results.figures.kit.style import DARK, FILLS, OTHER, SMALL, WIDTH
from simulation.snapshot import Snapshot

SHAPES = ("o", "s", "^", "D", "v", "P")
"""As many as can be told apart at the size of a member; more regions than that share the disc."""
HEADING = 60.0
HANDLE, SPACE, LINE = 23.0, 6.0, SMALL * LEADING + 3


@dataclass(frozen=True)
class Key:
    """Topics and regions in the order of their colours and shapes; what comes after the last has the common one."""

    topics: tuple[str, ...]
    regions: tuple[str, ...]
    somebody_left: bool
    more_topics: bool

    def colour(self, topic: str) -> str:
        """Fill of members with that main topic."""
        return FILLS[self.topics.index(topic)] if topic in self.topics else OTHER

    def shape(self, region: str) -> str:
        """Sign of members from that region."""
        return SHAPES[self.regions.index(region)] if region in self.regions else "o"


def _as_counted(name: str) -> list[tuple[int, str]]:
    """Sorts topic 2 before topic 10."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", name)]


def key_of(snapshots: Sequence[Snapshot]) -> Key:
    """The key for some snapshots: the commonest topics of the largest get the colours."""
    largest = max(snapshots, key=lambda one: len(one.members))
    members = [member for one in snapshots for member in one.members]
    return key_of_names(
        [member.topic for member in largest.members],
        [member.region for member in members],
        more={member.topic for member in members},
        somebody_left=any(not member.present for member in members),
    )


def key_of_names(
    topics: Sequence[str], regions: Sequence[str], *, more: Collection[str] = (), somebody_left: bool = False
) -> Key:
    """The key for members: the commonest topics get the colours; regions get shapes if there are few enough.

    Args:
        topics: main topic of each member.
        regions: region of each member.
        more: further topics that may be drawn.
        somebody_left: whether members that have left are drawn.
    """
    coloured = [topic for topic, _ in Counter(topics).most_common(len(FILLS))]
    shaped = sorted(set(regions), key=_as_counted)
    return Key(
        tuple(sorted(coloured, key=_as_counted)),
        tuple(shaped) if 1 < len(shaped) <= len(SHAPES) else (),
        somebody_left,
        len({*topics, *more}) > len(coloured),
    )


@dataclass(frozen=True)
class Entry:
    """A sign and its words. A line has a width and perhaps a core; a member has a shape."""

    words: str
    shape: str = ""
    fill: str = DARK
    edge: str = DARK
    line: float = 0.0
    core: str = ""


Entries = Sequence[tuple[str, Sequence[Entry]]]
"""Heading -> the signs that stand behind it."""


def network_key(key: Key) -> Entries:
    """The signs of a network as it is simulated."""
    ties = [
        Entry("knows, little trust", line=0.5, fill="#BBBBBB"),
        Entry("much trust", line=1.4, fill="#777777"),
        Entry("collaborates", line=2.0),
        Entry("collaborates under a grant", line=3.8, core="#F0E442"),
    ]
    left = [Entry("has left the network", "o", "white", FILLS[4])] if key.somebody_left else []
    return [one for one in (*member_key(key), ("Ties", ties), ("Members", left)) if one[1]]


def member_key(key: Key) -> Entries:
    """Which colour is which topic, and which shape which region; a heading without signs where there is nothing."""
    topics = [Entry(legible(topic, f"topic {i}"), "o", FILLS[i - 1]) for i, topic in enumerate(key.topics, start=1)]
    if key.more_topics:
        topics.append(Entry("another topic", "o", OTHER))
    regions = [
        Entry(legible(region, f"region {i}"), SHAPES[i - 1], "white") for i, region in enumerate(key.regions, start=1)
    ]
    return [("Main topic", topics), ("Region", regions)]


def _lines(entries: Sequence[Entry]) -> list[list[tuple[float, Entry, str]]]:
    """Entries set in lines across the page: (left, entry, words as they fit)."""
    room = WIDTH - 2 * MARGIN - HEADING
    lines: list[list[tuple[float, Entry, str]]] = [[]]
    left = 0.0
    for entry in entries:
        words = shortened(entry.words, room - HANDLE, SMALL, 1)[0]
        takes = HANDLE + width(words, SMALL)
        if lines[-1] and left + takes > room:
            lines.append([])
            left = 0.0
        lines[-1].append((left, entry, words))
        left += takes + SPACE
    return lines


def key_height(signs: Entries) -> float:
    """Room that the key takes (points)."""
    return sum(len(_lines(entries)) for _, entries in signs) * LINE + 10


def draw_key(page: Page, top: float, signs: Entries) -> None:
    """Write the key across the page from `top` down."""
    y = top + 2 + LINE / 2
    for heading, entries in signs:
        page.write(MARGIN, y, [heading], middle=True, weight="bold")
        for line in _lines(entries):
            for left, entry, words in line:
                x = MARGIN + HEADING + left
                _draw_sign(page, x, y, entry)
                page.write(x + HANDLE - 3, y, [words], middle=True, label="key")
            y += LINE


def _draw_sign(page: Page, x: float, y: float, entry: Entry) -> None:
    if entry.shape:
        wide = 1.4 if entry.edge != DARK else 0.7
        page.sheet.plot(
            x + 12,
            y,
            entry.shape,
            markersize=7,
            markerfacecolor=entry.fill,
            markeredgecolor=entry.edge,
            markeredgewidth=wide,
        )
        return
    ends = [x, x + HANDLE - 7]
    page.sheet.plot(ends, [y, y], color=entry.fill, linewidth=entry.line, solid_capstyle="butt")
    if entry.core:
        page.sheet.plot(ends, [y, y], color=entry.core, linewidth=1.8, solid_capstyle="butt")
