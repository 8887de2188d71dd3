"""Sheets whose columns are apart by blanks, and sheets of R, whose rows begin with a number that has no header."""

import re
from collections.abc import Sequence
from dataclasses import replace

from scenarios.files.network_file import Grid, Row
from scenarios.reading.headers import Mapped, ends_of_ties
from scenarios.reading.written_cells import clean, written_number

_WORD = re.compile(r'"([^"]*)"|(\S+)')
_FEWEST = 3  # numbers in a row of a matrix


def in_columns(grid: Grid, said: Mapped) -> Grid:
    """The sheet with a cell for each word, if it is a list of ties or a matrix; without R's numbers of rows."""
    if grid.rows and all(len([cell for cell in row.cells if cell.strip()]) == 1 for row in grid.rows):
        apart = [_words(row) for row in grid.rows]
        if ends_of_ties(apart[0], said) or _are_numbers(apart):
            rows = tuple(Row(tuple(cells), row.place) for cells, row in zip(apart, grid.rows, strict=True))
            grid = replace(grid, rows=rows)
    return _without_numbers(grid)


def _words(row: Row) -> list[str]:
    text = next(cell for cell in row.cells if cell.strip())
    return [quoted or bare for quoted, bare in _WORD.findall(text)]


def _are_numbers(rows: Sequence[Sequence[str]]) -> bool:
    """Whether it could be a matrix of numbers alone."""
    width = len(rows[0])
    return width >= _FEWEST and len(rows) == width and all(
        len(row) == width and all(written_number(cell) is not None for cell in row) for row in rows
    )  # fmt: skip


def _without_numbers(grid: Grid) -> Grid:
    header = list(map(clean, grid.rows[0].cells)) if grid.rows else []
    while header and not header[-1]:
        header.pop()
    rows = grid.rows[1:]
    if len(rows) < 2 or len(header) < 2:
        return grid
    if any(len(row.cells) != len(header) + 1 or clean(row.cells[0]) != str(n) for n, row in enumerate(rows, 1)):
        return grid
    kept = [grid.rows[0], *(Row(row.cells[1:], row.place) for row in grid.rows[1:])]
    note = f"{grid.label}: the first column, without a header, only numbers the rows; left out"
    return replace(grid, rows=tuple(kept), notes=(*grid.notes, note))
