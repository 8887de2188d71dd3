"""A network as a workbook of Excel: members, ties and collaborations, each a table that can be sorted and filtered."""

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from results.exporting.rows import (
    COLLABORATION,
    FORMULA,
    Row,
    as_text,
    differ_in_activity,
    fit_for_xml,
    member_rows,
    present,
    tie_rows,
    ties_among,
)
from scenarios.files.faults import RefusedError, shown
from simulation.snapshot import Snapshot

_MEMBERS = ("name", "type", "interests", "region", "size", "need", "champion")
_TIES = ("from", "to", "strength", "type", "overlap", "origin", "funded")
_COLLABORATIONS = ("from", "to", "strength", "type", "funded")
MOST_ROWS, LONGEST = 1_048_575, 32_767
"""Rows below a header, and characters of a cell, that Excel can hold. Source: Excel specifications and limits."""
_LOOKS_LIKE_AN_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""What Excel would read as a character, `_x0041_` as A: the line before it is to be written so, too."""
_WHEN = datetime.datetime(2000, 1, 1)
_WIDEST = 60
_WAY_OUT = "take another format, such as csv"


class WorkbookError(RefusedError):
    """A network does not fit into a workbook."""


def as_xlsx(snapshot: Snapshot) -> dict[str, bytes]:
    """network.xlsx; the strength of a tie is the trust in it, 0 to 1, to 15 digits.

    Raises:
        WorkbookError: if a sheet has more rows, or a cell more characters, than Excel can hold.
    """
    from openpyxl.workbook.workbook import Workbook  # here, not above: who wants another format need not wait
    from openpyxl.writer.excel import ExcelWriter

    members = (*_MEMBERS, *(["activity"] if differ_in_activity(snapshot) else []))
    ties: list[Row] = [{**row, "strength": row["trust"]} for row in tie_rows(snapshot, ties_among(snapshot))]
    work = [row for row in ties if row["type"] == COLLABORATION]
    sheets = (("members", members, member_rows(snapshot, present(snapshot))), ("ties", _TIES, ties),
              ("collaborations", _COLLABORATIONS, work))  # fmt: skip
    for title, _, rows in sheets:
        _check_fits(title, rows)
    book = Workbook(write_only=True)
    book.properties.creator, book.properties.created, book.properties.modified = "Legato", _WHEN, _WHEN
    for title, columns, rows in sheets:
        _write_sheet(book, title, columns, rows)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:  # not `book.save`: it would date the workbook by the clock
        ExcelWriter(book, archive).save()
    return {"network.xlsx": _without_dates(written)}


def _check_fits(title: str, rows: Sequence[Row]) -> None:
    if len(rows) > MOST_ROWS:
        raise WorkbookError(
            f"{len(rows):,} {title} are more than the {MOST_ROWS:,} rows that a sheet can hold; {_WAY_OUT}"
        )
    longest = max((value for row in rows for value in row.values() if isinstance(value, str)), key=len, default="")
    if len(longest) > LONGEST:
        raise WorkbookError(
            f"{shown(longest)} has {len(longest):,} characters, and a cell can hold {LONGEST:,}; {_WAY_OUT}"
        )


def _write_sheet(book: Any, title: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """A sheet with one table, its header in sight wherever one scrolls."""
    from openpyxl.utils.cell import get_column_letter
    from openpyxl.worksheet.filters import AutoFilter
    from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, name in enumerate(columns, 1):
        longest = max((len(str(row[name])) for row in rows[:1000]), default=0)
        sheet.column_dimensions[get_column_letter(number)].width = min(max(len(name), longest) + 4, _WIDEST)
    sheet.append(columns)
    for row in rows:
        sheet.append(_cells(sheet, [row[name] for name in columns]))
    table = Table(displayName=title, name=title, ref=f"A1:{get_column_letter(len(columns))}{max(len(rows), 1) + 1}")
    table.tableColumns = [TableColumn(id=number, name=name) for number, name in enumerate(columns, 1)]
    table.autoFilter = AutoFilter(ref=table.ref)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight9", showRowStripes=True)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "In write-only mode you must add table columns manually")  # as is done above
        sheet.add_table(table)


def _cells(sheet: Any, values: Iterable[str | float | bool]) -> list[Any]:
    """Numbers as numbers, and whatever is text as text, however much it looks like a formula or an error."""
    cells: list[Any] = []
    for value in values:
        if isinstance(value, bool):
            cells.append(as_text(value))
        elif not isinstance(value, str):
            cells.append(value)
        else:
            text = _LOOKS_LIKE_AN_ESCAPE.sub("_x005F_", fit_for_xml(value))
            cells.append(_text_cell(sheet, text) if text.startswith((*FORMULA, "#")) else text)
    return cells


def _text_cell(sheet: Any, text: str) -> Any:
    from openpyxl.cell.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.number_format = "@"  # so that it stays a text when somebody edits the cell
    return cell


def _without_dates(written: io.BytesIO) -> bytes:
    """The same workbook with one date for all its parts: the same network gives the same bytes."""
    again = io.BytesIO()
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as dated:
        for name in parts.namelist():
            dated.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), parts.read(name), zipfile.ZIP_DEFLATED)
    return again.getvalue()
