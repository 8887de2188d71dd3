"""A network as files that other programs read: tables, workbooks, GraphML, Kumu.

members.csv and ties.csv are what `legato new` reads again, to 15 digits. Spreadsheets take a cell that begins with
`=`, `+`, `-` or `@` for a formula; in the sheets for Kumu such a text gets an apostrophe in front, which is how a
spreadsheet is told that it is none, and in a workbook it is a text cell. members.csv and ties.csv are exact, and
`formulas` says which names to mind.
"""

from collections.abc import Callable, Mapping

from results.exporting.graphml import drawn_graphml, graphml
from results.exporting.kumu import as_kumu, as_kumu_json
from results.exporting.parquet_tables import as_parquet
from results.exporting.rows import (
    FORMULA,
    csv_sheet,
    differ_in_activity,
    formulas,
    member_rows,
    present,
    tie_rows,
    ties_among,
)
from results.exporting.workbook import as_xlsx
from simulation.snapshot import Snapshot

__all__ = ["FORMS", "FORMULA", "as_csv", "as_graphml", "as_kumu", "formulas", "present", "ties_among"]

_MEMBERS = ("name", "interests", "region", "size", "need", "champion")
_TIES = {"from": "from", "to": "to", "strength": "trust"}
_IN_FULL = ("from", "to", "overlap", "origin", "collaborating", "funded", "type")


def as_csv(snapshot: Snapshot) -> dict[str, bytes]:
    """members.csv and ties.csv, as `legato new` reads them, and what they have no columns for."""
    members = (*_MEMBERS, *(["activity"] if differ_in_activity(snapshot) else []))
    ties = tie_rows(snapshot, ties_among(snapshot))
    return {
        "members.csv": csv_sheet({name: name for name in members}, member_rows(snapshot, present(snapshot))),
        "ties.csv": csv_sheet(_TIES, ties),
        "ties-in-full.csv": csv_sheet({name: name for name in _IN_FULL}, ties),
    }


def as_graphml(snapshot: Snapshot) -> dict[str, bytes]:
    """network.graphml, members that have left with it: their attribute `present` is false."""
    return {"network.graphml": graphml(snapshot)}


def as_yed(snapshot: Snapshot) -> dict[str, bytes]:
    """network.graphml with members and their names drawn, which yEd shows as it opens the file."""
    return {"network.graphml": drawn_graphml(snapshot)}


FORMS: Mapping[str, Callable[[Snapshot], dict[str, bytes]]] = {
    "csv": as_csv,
    "xlsx": as_xlsx,
    "graphml": as_graphml,
    "yed": as_yed,
    "kumu": as_kumu,
    "kumu-json": as_kumu_json,
    "parquet": as_parquet,
}
"""Name -> what makes the files of a snapshot: name of a file -> its content."""
