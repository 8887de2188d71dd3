"""Members and ties from files of other programs, as our own members.csv and ties.csv have them.

What the model has no use for is named, so that nothing is left out in silence.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scenarios.files.bytes import read_bytes
from scenarios.files.faults import ScenarioError, printable, shown
from scenarios.files.graphml import ENDINGS, Graph, read_graphml
from scenarios.schema.roster import SIZES

MEMBER_WORDS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "label", "organization", "organisation"),
    "interests": ("interests", "interest", "topics", "topic", "tags"),
    "region": ("region", "country"),
    "size": ("size",),
    "need": ("need", "funding_need", "funding need"),
    "champion": ("champion",),
    "activity": ("activity",),
}
"""Our column -> what others call it, the best first."""
TIE_WORDS: Mapping[str, tuple[str, ...]] = {
    "from": ("from", "source"),
    "to": ("to", "target"),
    "strength": ("strength", "trust", "weight"),
}
_MORE = ""  # no column is called that: what stands under no column of its own
_KUMU_TIES = {"direction", "type", "label", "tags", "description"}


@dataclass(frozen=True)
class Exchanged:
    """Tables as `read_roster` takes them.

    Attributes:
        members: content of members.csv.
        ties: content of ties.csv; None where there are none.
        notes: what was left out or settled, in words.
    """

    members: bytes
    ties: bytes | None
    notes: tuple[str, ...] = ()


def exchanged(members: Path, ties: Path | None) -> Exchanged | None:
    """The tables that foreign files come to; None where both are our own already.

    Args:
        members: GraphML, a Kumu sheet of elements, or our members.csv.
        ties: a Kumu sheet of connections, our ties.csv, or None; of GraphML the ties are in the same file.

    Raises:
        ScenarioError: if a file cannot be read.
    """
    if members.suffix.casefold() in ENDINGS:
        if ties is not None:
            raise ScenarioError(f"{members.name} holds its ties itself; leave {ties.name} out")
        return _of_graph(read_graphml(members), members.name)
    notes: list[str] = []
    rows, tie_rows = _sheet(members), None if ties is None else _sheet(ties)
    foreign = _is_kumu(rows, "label", "name")
    _check_whole(rows or [] if foreign else [], members.name)
    foreign_ties = tie_rows is not None and bool(_KUMU_TIES.intersection(_words(tie_rows)))
    _check_whole(tie_rows or [] if foreign_ties else [], ties.name if ties else "")
    if not foreign and not foreign_ties:
        return None
    made = _members(rows or [], members.name, notes) if foreign else read_bytes(members)
    if ties is None:
        return Exchanged(made, None, tuple(notes))
    made_ties = _ties(tie_rows or [], ties.name, notes) if foreign_ties else read_bytes(ties)
    return Exchanged(made, made_ties, tuple(notes))


def _of_graph(graph: Graph, label: str) -> Exchanged:
    notes: list[str] = []
    nodes = [{"id": number, **attributes} for number, attributes in graph.nodes.items()]
    left = [one.get("present", "").casefold() == "false" for one in nodes]
    if any(left):
        notes.append(f"{label}: {sum(left)} organizations have left the network (present is false), and are left out")
    here = [node for node, gone in zip(nodes, left, strict=True) if not gone]
    names = {one["id"]: _first(one, MEMBER_WORDS["name"]) or one["id"] for one in here}
    members = _members([{**one, "name": names[one["id"]]} for one in here], label, notes, known=("id", "present"))
    edges = [
        {"from": names[one], "to": names[other], **attributes}
        for one, other, attributes in graph.edges
        if one in names and other in names
    ]
    return Exchanged(members, _ties(edges, label, notes) if edges else None, tuple(notes))


def _members(
    rows: Sequence[Mapping[str, str]], label: str, notes: list[str], known: Iterable[str] = ("type", "description")
) -> bytes:
    table = [{column: _first(row, words) for column, words in MEMBER_WORDS.items()} for row in rows]
    strange = list(dict.fromkeys(row["size"] for row in table if row["size"].casefold() not in ("", *SIZES)))
    if strange:
        notes.append(
            f"{label}: size is {', '.join(map(shown, strange[:5]))}{' and others' if strange[5:] else ''} where the "
            f"model knows {', '.join(SIZES)}; these count as medium"
        )
    for row in table:
        row["interests"] = row["interests"].replace("|", ";")
        row["size"] = "" if row["size"] in strange else row["size"]
    _say_unused(rows, MEMBER_WORDS, label, notes, known)
    return _table(tuple(MEMBER_WORDS), table)


def _ties(rows: Sequence[Mapping[str, str]], label: str, notes: list[str]) -> bytes:
    """Each pair once: of two directions, or of several connections, the stronger one counts."""
    strongest: dict[tuple[str, str], dict[str, str]] = {}
    for row in rows:
        one = {column: _first(row, words) for column, words in TIE_WORDS.items()}
        one["strength"] = one["strength"] or "1"
        first, second = sorted((one["from"], one["to"]))
        there = strongest.get((first, second))
        if there is None or _number(there["strength"]) < _number(one["strength"]):
            strongest[first, second] = one
    if len(strongest) < len(rows):
        notes.append(
            f"{label}: {len(rows) - len(strongest)} connections join a pair that another one joins; ties have no "
            "direction, and the stronger one counts"
        )
    if any(not _first(row, TIE_WORDS["strength"]) for row in rows):
        notes.append(f"{label}: connections without a strength have trust 1")
    _say_unused(rows, TIE_WORDS, label, notes, ("id",))
    return _table(tuple(TIE_WORDS), list(strongest.values()))


def _say_unused(
    rows: Sequence[Mapping[str, str]], used: Mapping[str, tuple[str, ...]], label: str, notes: list[str],
    known: Iterable[str],
) -> None:  # fmt: skip
    every = dict.fromkeys(word for row in rows for word, text in row.items() if text)
    named = {word for words in used.values() for word in words} | {_MORE, *known}
    if unused := [word for word in every if word not in named]:
        notes.append(f"{label}: the model has no use for {', '.join(map(printable, unused))}; left out")


def _sheet(path: Path) -> list[dict[str, str]] | None:
    """A CSV as rows by lower-case column; None where it cannot be read as one: whoever reads it next says why."""
    try:
        text = read_bytes(path).decode("utf-8-sig")
        header, *rows = csv.reader(io.StringIO(text, newline=""))
    except (OSError, ValueError, csv.Error):
        return None
    columns = [column.strip().casefold() for column in header]
    places = {column: columns.index(column) for column in columns if column}
    cells = [[" ".join(cell.split()) for cell in row] for row in rows]
    return [
        {column: row[place] for column, place in places.items() if place < len(row)}
        | {_MORE: "".join(cell for place, cell in enumerate(row) if place not in places.values())}
        for row in cells
        if any(row)
    ]


def _check_whole(rows: Sequence[Mapping[str, str]], label: str) -> None:
    """Refuse rows with cells that have no column of their own: nobody could say what they are."""
    for number, row in enumerate(rows, 1):
        if row.get(_MORE):
            raise ScenarioError(
                f"{label}: its row {number} has a cell without a column of its own: beyond the header, under no name, "
                "or under a name that stands twice; quote a cell that contains a comma, name each column once"
            )


def _words(rows: Sequence[Mapping[str, str]]) -> set[str]:
    return set(rows[0]) if rows else set()


def _is_kumu(rows: Sequence[Mapping[str, str]] | None, theirs: str, ours: str) -> bool:
    words = _words(rows or [])
    return theirs in words and ours not in words


def _first(row: Mapping[str, str], words: Sequence[str]) -> str:
    """What stands under the first of some names; an apostrophe that keeps a text from being a formula goes."""
    text = next((row[word] for word in words if row.get(word)), "")
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("-inf")


def _table(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
