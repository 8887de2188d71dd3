"""Topics out of cells: which sign separates them, how many there may be, and what a member without any is given."""

import re
from collections import Counter
from collections.abc import Sequence

from scenarios.files.faults import shown
from scenarios.files.listing import counted
from scenarios.reading.roster import same
from scenarios.reading.written_cells import COMMAS, SEPARATORS, SLASHES, is_nothing, written_number
from scenarios.schema.roster import MOST_TOPICS

DEFAULT = "collaboration"
"""The topic of all where nobody has one."""
REST = "other topics"
_NOT_IN_NAMES = re.compile(r"\s*[;|:]")


_WEIGHT = r":\s*[0-9.]+(?:[eE][-+]?[0-9]+)?"
_WEIGHTED = re.compile(rf"(?:(?![^;|]*{_WEIGHT}\s*[,/])[^;|]+{_WEIGHT}\s*(?:[;|]|$))+")
"""Topics that have a weight each, in which no comma or slash follows a weight."""


def topic_cells(
    cells: Sequence[str], label: str, notes: list[str], more: Sequence[Sequence[str]] = ()
) -> tuple[list[str], list[str]]:
    """Cells of members.csv, `a;b:2`, for cells as people write them, and the topics that there are.

    Args:
        cells: a cell for each member.
        label: of the file.
        notes: to which it is added what was settled.
        more: further topics of each member, a name each.
    """
    asked = ["" if is_nothing(cell) or cell == "0" else cell for cell in cells]
    if nothing := [cell for cell, one in zip(cells, asked, strict=True) if cell and not one]:
        words = ", ".join(map(shown, dict.fromkeys(nothing)))
        notes.append(f"{label}: {words} stands for no topic in {counted(len(nothing), 'row')}")
    apart = [_items(cell.split("\0")) for cell in _separated(asked, label, notes)]
    for items, names in zip(apart, more, strict=False):
        there = {same(topic) for topic, _ in items}
        plain = dict.fromkeys(_NOT_IN_NAMES.sub(" -", name) for name in names)
        items += [(name, "") for name in plain if same(name) not in there]
    if not any(apart):
        notes.append(
            f"{label}: no topics are given, so all have the one topic {DEFAULT!r}: the model then takes all of "
            "them for alike, and whom they have interests in common with decides nothing"
        )
        return [DEFAULT] * len(cells), [DEFAULT]
    apart = _grouped(apart, label, notes)
    spelled: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for items in apart:
        for topic, _ in items:
            spelled.setdefault(same(topic), topic)
            counts[same(topic)] += 1
    average = ";".join(f"{topic}:{counts[key]}" for key, topic in spelled.items())
    if empty := sum(not items for items in apart):
        notes.append(
            f"{label}: {counted(empty, 'member')} without a topic get all topics, each with the weight of how many "
            "others name it, which brings them somewhat closer to everyone than an average member is; fill in their "
            "topics if you can"
        )
    made = [";".join(topic + weight for topic, weight in items) if items else average for items in apart]
    return made, list(spelled.values())


def _separated(cells: Sequence[str], label: str, notes: list[str]) -> list[str]:
    """The cells with one sign, NUL, between topics."""
    if any(cells) and all(_WEIGHTED.fullmatch(cell) for cell in cells if cell):
        return [re.sub("[;|]", "\0", cell) for cell in cells]  # as members.csv has them: nothing else separates
    if any(SEPARATORS.search(cell) for cell in cells):
        commas = sum(bool(COMMAS.search(cell)) for cell in cells)
        if commas:
            where = f"in {counted(commas, 'cell')}"
            notes.append(f"{label}: topics are apart by semicolons or bars; commas, {where}, belong to their names")
        return [SEPARATORS.sub("\0", cell) for cell in cells]
    if any(COMMAS.search(cell) for cell in cells):
        made = [COMMAS.sub("\0", cell) for cell in cells]
        number = len({same(item.strip()) for cell in made for item in cell.split("\0") if item.strip()})
        notes.append(
            f"{label}: topics are apart by commas, which makes {counted(number, 'topic')}; where a comma belongs to a "
            "name, put semicolons between topics"
        )
        return made
    if slashed := {cell for cell in cells if SLASHES.search(cell)}:
        pieces = [same(piece.strip()) for cell in slashed for piece in SLASHES.split(cell)]
        among = Counter(same(piece.strip()) for cell in set(cells) for piece in SLASHES.split(cell))
        if 2 * sum(among[piece] > 1 for piece in pieces) >= len(pieces):
            notes.append(f"{label}: topics are apart by slashes, for the parts of most of them stand elsewhere as well")
            return [SLASHES.sub("\0", cell) for cell in cells]
        notes.append(f"{label}: a slash, as in {shown(min(slashed))}, belongs to the topic's name; where it separates "
                     "topics, put semicolons")  # fmt: skip
    return list(cells)


def _items(written: Sequence[str]) -> list[tuple[str, str]]:
    """Topics of a cell, each once, with `:weight` or nothing."""
    found: dict[str, tuple[str, str]] = {}
    for item in written:
        before, colon, after = item.strip().rpartition(":")
        weight = written_number(after) if colon and before.strip() else None
        topic = before if weight is not None else item.replace(":", " -")
        text = " ".join(topic.split())
        if text and (weight is not None or not is_nothing(text)):
            found.setdefault(same(text), (text, f":{_plain(after)}" if weight is not None else ""))
    return list(found.values())


def _plain(number: str) -> str:
    try:
        float(number)
    except ValueError:
        return repr(written_number(number))
    return number.strip()


def _grouped(apart: list[list[tuple[str, str]]], label: str, notes: list[str]) -> list[list[tuple[str, str]]]:
    """At most as many topics as the model knows: the rarest become one."""
    counts = Counter(same(topic) for items in apart for topic, _ in items)
    if len(counts) <= MOST_TOPICS:
        return apart
    often = {topic for topic, _ in counts.most_common(MOST_TOPICS - 1)}
    notes.append(
        f"{label}: {len(counts)} topics are more than the {MOST_TOPICS} that the model knows; the {MOST_TOPICS - 1} "
        f"that most members name stay, the other {len(counts) - MOST_TOPICS + 1} become {REST!r}"
    )
    return [
        [one for one in items if same(one[0]) in often]
        + ([(REST, "")] if any(same(topic) not in often for topic, _ in items) else [])
        for items in apart
    ]
