"""Cells of tables about members: numbers, shares, yes or no, and the names of members."""

from collections.abc import Mapping
from difflib import get_close_matches
from math import isfinite

from scenarios.files.faults import MOST_SHOWN, near_miss, shown
from scenarios.files.spreadsheet import Spreadsheet
from scenarios.schema.roster import same

_YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_HINTS = 20  # near misses are slow to find; whoever has more unknown names than this has another problem


def finite_number(written: str) -> float | None:
    """The number that is written; None where it is none, or not a finite one."""
    try:
        value = float(written)
    except ValueError:
        return None
    return value if isfinite(value) and "_" not in written else None


def share(sheet: Spreadsheet, line: int, column: str, written: str) -> float:
    """The share that is written, 0 to 1; 0.0, and a fault, where it is none."""
    value = finite_number(written)
    if value is None or not 0 <= value <= 1:
        comma = finite_number(written.replace(",", "."))
        hint = "; write the decimal point as a point" if value is None and comma is not None else ""
        hint = hint or ("; write 80 % as 0.8" if written.endswith("%") else "")
        sheet.blame(line, f"{column} is {shown(written)}: allowed is 0 to 1{hint}")
        return 0.0
    return value


def stands_wrong(
    sheet: Spreadsheet, line: int, row: Mapping[str, str], ends: tuple[int, int], first: int | None
) -> bool:
    """Whether a row is a tie of a member to itself, or of a pair that stands in line `first` already; it is blamed."""
    if ends[0] == ends[1]:
        sheet.blame(line, f"{shown(row['from'])} has a tie to itself; leave the row out")
    elif first is not None:
        sheet.blame(
            line,
            f"{shown(row['from'])} and {shown(row['to'])} stand in {sheet.at(first)} already; "
            "ties have no direction, keep one row",
        )
    return ends[0] == ends[1] or first is not None


def yes_or_no(sheet: Spreadsheet, line: int, column: str, row: Mapping[str, str], *, empty: bool) -> bool | None:
    """Whether a cell says yes; `empty` where nothing stands in it, None, and a fault, where it says neither."""
    written = row.get(column, "").casefold()
    if not written:
        return empty
    if written not in _YES:
        sheet.blame(line, f"{column} is {shown(row[column])}: allowed is yes or no, true or false, 1 or 0, or empty")
    return _YES.get(written)


def member_number(
    sheet: Spreadsheet, line: int, column: str, name: str, members: Spreadsheet, numbers: dict[str, int]
) -> int | None:
    """Number of the member that a cell names; None, and a fault, where nobody is called that."""
    number = numbers.get(same(name))
    if number is None and name not in members.torn:
        hint = _hint(name, _alike(name, members)) if len(sheet.blamed) < _HINTS else ""
        sheet.blame(line, f"{column} is {shown(name)}, which is no member in {members.label}{hint}")
    return number


def _hint(name: str, known: list[str]) -> str:
    """The near miss among names, whatever their case."""
    spelled = {same(one): one for one in known}
    close = get_close_matches(same(name)[:100], list(spelled), n=1, cutoff=0.6)
    return near_miss(name, known, '"') or (f'; did you mean "{spelled[close[0]]}"?' if close else "")


def _alike(name: str, members: Spreadsheet) -> list[str]:
    """Members worth comparing a mistyped name with: of very many only those that begin alike."""
    names = [row.get("name", "") for row in members.rows]
    if len(names) <= 10 * MOST_SHOWN:
        return names
    return [one for one in names if same(one)[:2] == same(name)[:2]][: 10 * MOST_SHOWN]


def whole(written: str, low: int, high: int) -> int | None:
    """The whole number that is written; None where it is none, or out of range."""
    value = finite_number(written)
    return int(value) if value is not None and value == int(value) and low <= value <= high else None
