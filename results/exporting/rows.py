"""Members and ties of a snapshot as rows, each value under its name: what every format writes is taken from here."""

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence

from simulation.snapshot import Snapshot, SnapshotMember, SnapshotTie

Row = Mapping[str, str | float | bool]

ORGANIZATION = "organization"
"""The type of every member."""
COLLABORATION, TIE = "collaboration", "tie"
"""The types of ties: whether the two work together now, or not."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a text for a formula.

Source: OWASP, CSV Injection."""
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def present(snapshot: Snapshot) -> tuple[SnapshotMember, ...]:
    """Members that are in the network; those that have left, and their ties, are not exported."""
    return tuple(member for member in snapshot.members if member.present)


def ties_among(snapshot: Snapshot) -> list[SnapshotTie]:
    """Ties between members that are in the network."""
    there = [member.present for member in snapshot.members]
    return [tie for tie in snapshot.ties if there[tie.one] and there[tie.other]]


def formulas(snapshot: Snapshot) -> tuple[str, ...]:
    """Names that a spreadsheet would take for formulas."""
    return tuple(member.name for member in present(snapshot) if member.name.startswith(FORMULA))


def with_bars(snapshot: Snapshot) -> tuple[str, ...]:
    """Names that Kumu would take for several names where they stand at the end of a connection in its sheets."""
    return tuple(member.name for member in present(snapshot) if "|" in member.name)


def differ_in_activity(snapshot: Snapshot) -> bool:
    """Whether members differ in activity; where none does, files do not settle it for whoever reads them."""
    return any(member.activity != 1.0 for member in snapshot.members)


def member_rows(snapshot: Snapshot, members: Sequence[SnapshotMember]) -> list[Row]:
    """A row for each of some members of a snapshot."""
    activity = differ_in_activity(snapshot)
    return [
        {
            "name": member.name,
            "type": ORGANIZATION,
            "topic": member.topic,
            "interests": written(member.interests),
            "region": member.region,
            "size": member.size,
            "need": float(member.need),
            "champion": bool(member.champion),
            "engagement": float(member.engagement),
            "present": bool(member.present),
            **({"activity": float(member.activity)} if activity else {}),
        }
        for member in members
    ]


def tie_rows(snapshot: Snapshot, ties: Sequence[SnapshotTie]) -> list[Row]:
    """A row for each of some ties of a snapshot; `trust`, from 0 to 1, is its weight."""
    names = [member.name for member in snapshot.members]
    return [
        {
            "from": names[tie.one],
            "to": names[tie.other],
            "type": COLLABORATION if tie.collaborating else TIE,
            "trust": float(tie.trust),
            "overlap": float(tie.overlap),
            "origin": tie.origin,
            "collaborating": bool(tie.collaborating),
            "funded": bool(tie.funded),
        }
        for tie in ties
    ]


def written(interests: Sequence[tuple[str, float]]) -> str:
    """Topics with their weights, as members.csv has them: `literacy:0.8;teachers:0.6`."""
    return ";".join(f"{topic}:{weight!r}" for topic, weight in interests)


def as_text(value: str | float | bool) -> str:
    """A value as tables of text have it: yes or no, and numbers to the last digit."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else repr(value)


def fit_for_xml(words: str) -> str:
    """Words without the characters that no XML file may hold."""
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", words)


def for_spreadsheets(text: str) -> str:
    """With an apostrophe before what a spreadsheet would take for a formula, whatever apostrophes it has already."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULA) else text


def csv_sheet(columns: Mapping[str, str], rows: Sequence[Row], cell: Callable[[str], str] = str) -> bytes:
    """A CSV file.

    Args:
        columns: header -> name of the value below it.
        rows: of members or ties.
        cell: what is done to a text before it is written.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell(as_text(row[name])) for name in columns.values()] for row in rows)
    return text.getvalue().encode()
