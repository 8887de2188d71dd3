"""Sheets of workbooks of Excel and LibreOffice (xlsx, xlsm, ods), as they were last computed: no formula is run."""

import datetime
from collections.abc import Iterable, Sequence

from scenarios.files.faults import CONTROL, ScenarioError, control
from scenarios.files.listing import counted
from scenarios.files.network_file import Grid, Row
from scenarios.files.workbook_guard import checked

MARK = b"PK\x03\x04"
_SHOWN = 5


def read_workbook(data: bytes, label: str) -> list[Grid]:
    """The sheets that have anything in them, in their order; hidden ones are named as such.

    Raises:
        ScenarioError: if it is no workbook, or a formula in it was never computed.
    """
    import python_calamine as calamine

    made = checked(data, label)
    if made.uncomputed:
        raise ScenarioError(
            f"{label}: {_cells(made.uncomputed)} a formula whose value was never stored; open the workbook, save it, "
            "and try again"
        )
    grids: list[Grid] = []
    try:
        with calamine.CalamineWorkbook.from_filelike(made.archive) as book:
            for sheet in book.sheets_metadata:
                if sheet.typ != calamine.SheetTypeEnum.WorkSheet:
                    continue
                rows = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
                where = label if len(book.sheet_names) == 1 else f"{label}, sheet {sheet.name}"
                hidden = sheet.visible != calamine.SheetVisibleEnum.Visible
                grid = _grid(rows, where, (f"{where} is hidden, and is read all the same",) if hidden else ())
                if grid.rows:
                    grids.append(grid)
    except (calamine.CalamineError, ValueError, OSError) as error:
        if isinstance(error, ScenarioError):
            raise
        raise ScenarioError(f"{label} is no workbook of Excel or LibreOffice, or a damaged one: {error}") from None
    if not grids:
        raise ScenarioError(f"{label} is empty: there is nothing in its sheets")
    if made.errors:
        note = f"{label}: {_cells(made.errors)} an error, such as #N/A, which counts as empty"
        grids[0] = Grid(grids[0].label, grids[0].rows, (*grids[0].notes, note))
    return grids


def _grid(rows: Iterable[Sequence[object]], label: str, notes: tuple[str, ...]) -> Grid:
    found = []
    for number, cells in enumerate(rows, 1):
        texts = tuple(map(_text, cells))
        if odd := CONTROL.search("".join(texts)):
            raise ScenarioError(f"{label}, row {number}: holds {control(odd[0])}; leave it out")
        if any(text.strip() for text in texts):
            found.append(Row(texts, f"row {number}"))
    return Grid(label, tuple(found), notes)


def _text(value: object) -> str:
    """A cell as a table of text would have it: whole numbers without a decimal point, dates as 2024-03-01."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    return str(value)


def _cells(references: list[str]) -> str:
    named = ", ".join(references[:_SHOWN]) + (" and others" if references[_SHOWN:] else "")
    return f"{counted(len(references), 'cell')} ({named}) {'holds' if len(references) == 1 else 'hold'}"
