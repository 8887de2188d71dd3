"""A network as files that other programs read: our own CSV, GraphML, or the two sheets of Kumu.

members.csv and ties.csv are what `legato new` reads again, to 15 digits. Spreadsheets take a cell that begins with
`=`, `+`, `-` or `@` for a formula; in the sheets for Kumu such a text gets an apostrophe in front, which is how a
spreadsheet is told that it is none. members.csv and ties.csv are exact, and `formulas` says which names to mind.
"""

import csv
import io
from collections.abc import Callable, Mapping, Sequence

from results.exporting.graphml import differ_in_activity, graphml, written
from simulation.snapshot import Snapshot, SnapshotMember, SnapshotTie

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a text for a formula.

Source: OWASP, CSV Injection."""


def present(snapshot: Snapshot) -> tuple[SnapshotMember, ...]:
    """Members that are in the network; those that have left, and their ties, are not exported."""
    return tuple(member for member in snapshot.members if member.present)


def formulas(snapshot: Snapshot) -> tuple[str, ...]:
    """Names that a spreadsheet would take for formulas."""
    return tuple(member.name for member in present(snapshot) if member.name.startswith(FORMULA))


def as_csv(snapshot: Snapshot) -> dict[str, bytes]:
    """members.csv and ties.csv, as `legato new` reads them, and what they have no columns for."""
    more, activity = _activity(snapshot)
    members = [
        (one.name, written(one.interests), one.region, one.size, repr(one.need), _yes(one.champion), *activity(one))
        for one in present(snapshot)
    ]
    names, ties = [one.name for one in snapshot.members], ties_among(snapshot)
    full = [
        (names[tie.one], names[tie.other], repr(tie.overlap), tie.origin, _yes(tie.collaborating), _yes(tie.funded))
        for tie in ties
    ]
    return {
        "members.csv": _sheet(("name", "interests", "region", "size", "need", "champion", *more), members),
        "ties.csv": _sheet(
            ("from", "to", "strength"), [(names[tie.one], names[tie.other], repr(tie.trust)) for tie in ties]
        ),
        "ties-in-full.csv": _sheet(("from", "to", "overlap", "origin", "collaborating", "funded"), full),
    }


def as_graphml(snapshot: Snapshot) -> dict[str, bytes]:
    """network.graphml, members that have left with it: their attribute `present` is false."""
    return {"network.graphml": graphml(snapshot)}


def as_kumu(snapshot: Snapshot) -> dict[str, bytes]:
    """The two sheets of a Kumu project: elements and connections."""
    more, activity = _activity(snapshot)
    elements = [
        (
            _plain(one.name),
            "organization",
            _plain("|".join(topic for topic, _ in one.interests)),
            _plain(written(one.interests)),
            _plain(one.region),
            one.size,
            repr(one.need),
            _yes(one.champion),
            *activity(one),
        )
        for one in present(snapshot)
    ]
    names = [_plain(one.name) for one in snapshot.members]
    connections = [
        (
            names[tie.one],
            names[tie.other],
            "undirected",
            "collaboration" if tie.collaborating else "tie",
            repr(tie.trust),
            repr(tie.overlap),
            tie.origin,
            _yes(tie.funded),
        )
        for tie in ties_among(snapshot)
    ]
    return {
        "elements.csv": _sheet(
            (
                *("Label", "Type", "Tags", "Interests", "Region", "Size", "Need", "Champion"),
                *(name.capitalize() for name in more),
            ),
            elements,
        ),
        "connections.csv": _sheet(
            ("From", "To", "Direction", "Type", "Strength", "Overlap", "Origin", "Funded"), connections
        ),
    }


FORMS: Mapping[str, Callable[[Snapshot], dict[str, bytes]]] = {
    "csv": as_csv,
    "graphml": as_graphml,
    "kumu": as_kumu,
}
"""Name -> what makes the files of a snapshot: name of a file -> its content."""


def ties_among(snapshot: Snapshot) -> list[SnapshotTie]:
    """Ties between members that are in the network."""
    there = [member.present for member in snapshot.members]
    return [tie for tie in snapshot.ties if there[tie.one] and there[tie.other]]


def _sheet(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


def _activity(snapshot: Snapshot) -> tuple[tuple[str, ...], Callable[[SnapshotMember], tuple[str, ...]]]:
    """The column of activity, if there is one, and what stands in it."""
    if not differ_in_activity(snapshot):
        return (), lambda _member: ()
    return ("activity",), lambda member: (repr(member.activity),)


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def _yes(value: bool) -> str:
    return "yes" if value else "no"
