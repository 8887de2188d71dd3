"""Sheets of workbooks (xlsx, xlsm, xlsb, xls, ods), as they were last computed: no formula is run."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace

from scenarios.files.faults import CONTROL, ScenarioError, control
from scenarios.files.graphml import DRAWN_SIZE
from scenarios.files.listing import counted
from scenarios.files.network_file import Grid, Row
from scenarios.files.parts_wanted import PartsWanted
from scenarios.files.without_panics import is_panic, without_panics
from scenarios.files.workbook_guard import ZIPPED, checked

MARKS = (ZIPPED, b"\xd0\xcf\x11\xe0")
"""What workbooks begin with: those of today, and those of before 2007 (xls)."""
_SHOWN = 5
_NODEXL = ("Edges", "Vertices")


def read_workbook(data: bytes, label: str, wanted: PartsWanted) -> list[Grid]:
    """The sheets that have anything in them, or those that are wanted; hidden ones are named as such.

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
        with without_panics(), calamine.CalamineWorkbook.from_filelike(made.archive) as book:
            sheets = [one for one in book.sheets_metadata if one.typ == calamine.SheetTypeEnum.WorkSheet]
            is_nodexl = {*_NODEXL} <= {one.name for one in sheets}
            chosen, notes = _chosen([one.name for one in sheets], label, wanted)
            for sheet in [sheets[number] for number in chosen]:
                cells = book.get_sheet_by_name(sheet.name)
                where = label if len(book.sheet_names) == 1 else f"{label}, sheet {sheet.name}"
                hidden = sheet.visible != calamine.SheetVisibleEnum.Visible
                said = (f"{where} is hidden, and is read all the same",) if hidden else ()
                grid = _grid(cells.to_python(skip_empty_area=False), where, said, sheet.name)
                if grid.rows:
                    grids.append(_without_drawing(grid) if is_nodexl else grid)
    except BaseException as error:  # what goes wrong inside the reader of damaged cells is no ordinary exception
        known = is_panic(error) or isinstance(error, (calamine.CalamineError, ValueError, OSError))
        if isinstance(error, ScenarioError) or not known:
            raise
        raise ScenarioError(
            f"{label} is no workbook of Excel or LibreOffice, or one with a password, or a damaged one ({error}); save "
            "the table as xlsx without a password, or as CSV"
        ) from None
    if not grids:
        raise ScenarioError(f"{label} is empty: there is nothing in its sheets")
    if made.errors:
        note = f"{label}: {_cells(made.errors)} an error, such as #N/A, which counts as empty"
        notes.append(note)
    grids[0] = replace(grids[0], notes=(*grids[0].notes, *notes))
    return grids


def _chosen(names: Sequence[str], label: str, wanted: PartsWanted) -> tuple[list[int], list[str]]:
    """Numbers of the sheets to read, and what is said of the others: of NodeXL's, two; of any other, all."""
    if chosen := wanted.among(names):
        return chosen, []
    nodexl = [number for number, name in enumerate(names) if name in _NODEXL]
    if len(nodexl) < len(_NODEXL) or not {"Groups", "Group Vertices"} & {*names}:
        return list(range(len(names))), []
    others = ", ".join(name for name in names if name not in _NODEXL)
    return nodexl, [f"{label} is a workbook of NodeXL, of which {' and '.join(_NODEXL)} are read; left out: {others}"]


def _grid(rows: Iterable[Sequence[object]], label: str, notes: tuple[str, ...], sheet: str) -> Grid:
    found = []
    for number, cells in enumerate(rows, 1):
        if cells.count("") == len(cells):
            continue
        texts = tuple([cell if type(cell) is str else _text(cell) for cell in cells])
        if odd := CONTROL.search("".join(texts)):
            raise ScenarioError(f"{label}, row {number}: holds {control(odd[0])}; leave it out")
        if any(text.strip() for text in texts):
            found.append(Row(texts, f"row {number}"))
    return Grid(label, tuple(found), notes, sheet)


def _without_drawing(grid: Grid) -> Grid:
    """A sheet of NodeXL whose column of sizes is called what it is."""
    rows = [
        Row(tuple(DRAWN_SIZE if cell == "Size" else cell for cell in row.cells), row.place) for row in grid.rows[:2]
    ]
    return replace(grid, rows=(*rows, *grid.rows[2:]))


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
