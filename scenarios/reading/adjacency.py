"""Matrices: a row and a column for each organization, and in the cell where they meet how strong their tie is."""

from collections.abc import Sequence

from scenarios.files.faults import ScenarioError, refusal, shown
from scenarios.files.network_file import Edge, Grid, NetworkFile, Node
from scenarios.reading.headers import Mapped
from scenarios.reading.roster import same
from scenarios.reading.written_cells import clean, is_nothing, written_number

_TICKS = frozenset(("x", "yes", "y", "true", "\u2713", "\u2714"))
_SURE = 4
"""Numbers in a row that are too many for a pair and its strength."""
_NO_TICKS = frozenset(("no", "n", "false"))


def matrix(grid: Grid, _said: Mapped) -> NetworkFile | None:
    """A matrix with names at its top and left, or one of numbers alone, whose members are then numbered."""
    rows = [[clean(cell) for cell in row.cells] for row in grid.rows]
    for row in rows:
        while row and not row[-1]:
            row.pop()
    if len(rows) < 3:
        return None
    square = max(map(len, rows)) <= len(rows) + 3
    return (square and (_bare(grid, rows) or _named(grid, rows))) or _of_groups(grid, rows) or None


def _named(grid: Grid, rows: Sequence[Sequence[str]]) -> NetworkFile | None:
    across = list(rows[0])
    down = [row[0] if row else "" for row in rows[1:]]
    if not across[0] or len(across) == len(down) + 1:
        across = across[1:]  # the corner, whatever stands in it
    if across == list(rows[0])[1:] and all(written_number(cell) is not None for cell in rows[0]):
        return None  # numbers alone, without an empty corner, are no names
    columns = {same(name) for name in across}
    if len(across) < 2 or len(columns) < len(across) or {same(name) for name in down} != columns:
        return None
    filled = [same(cell) for row in rows[1:] for cell in row[1:] if cell]
    if filled and columns.issuperset(filled):
        return None  # names, not strengths: a list of each member's partners
    return _read(grid, down, across, [row[1:] for row in rows[1:]], grid.rows[1:])


def _of_groups(grid: Grid, rows: Sequence[Sequence[str]]) -> NetworkFile | None:
    """Members at the left, what they belong to at the top, over an empty corner, and ticks where they meet."""
    header, *below = rows
    across = list(header[1:] if header and not header[0] else header)
    if len(across) < 2 or not all(across) or (header[0] and max(map(len, below)) != len(header) + 1):
        return None
    down = [row[0] if row else "" for row in below]
    if len({*map(same, across)}) < len(across) or len({*map(same, down)}) < len(down) or not all(down):
        return None
    cells = [tie_text(cell) for row in below for cell in row[1:]]
    if {*map(same, across)} & {*map(same, down)} or None in cells or not any(cells):
        return None
    if any(written_number(name) is not None for name in across) or all(
        written_number(name) is not None for name in down
    ):
        return None
    found = NetworkFile(grid.label, is_two_mode=True)
    for name, row, place in zip(down, below, grid.rows[1:], strict=True):
        found.nodes.append(Node(name, {"name": name}, place.place))
        for group, cell in zip(across, row[1:], strict=False):
            if text := tie_text(cell):
                found.edges.append(Edge(name, group, {"strength": text}, f"{place.place}, column {group}"))
    found.nodes += [Node(group, {"name": group}, "the header", True) for group in across]
    return found


def _bare(grid: Grid, rows: Sequence[Sequence[str]]) -> NetworkFile | None:
    """Numbers alone, as many across as down; of three, nobody tied to itself: else it could be a list of pairs."""
    if any(len(row) != len(rows) for row in rows):
        return None
    if len(rows) < _SURE and any(row[place] not in ("0", "0.0") for place, row in enumerate(rows)):
        return None
    if any(written_number(cell) is None for row in rows for cell in row):
        return None
    names = [str(number) for number in range(1, len(rows) + 1)]
    found = _read(grid, names, names, rows, grid.rows)
    found.notes.append(f"{grid.label} is a matrix without names: its {len(names)} members are numbered")
    return found


def _read(
    grid: Grid, down: Sequence[str], across: Sequence[str], cells: Sequence[Sequence[str]], places: Sequence[object]
) -> NetworkFile:
    found = NetworkFile(grid.label, notes=[f"{grid.label} is a matrix; 0 and empty cells are no ties"])
    faults: list[str] = []
    where = [getattr(row, "place", "") for row in places]
    strengths: dict[tuple[str, str], str] = {}
    for name, row, place in zip(down, cells, where, strict=True):
        found.nodes.append(Node(name, {"name": name}, place))
        for other, cell in zip(across, row, strict=False):
            text = tie_text(cell)
            if text is None:
                faults.append(f"{grid.label}, {place}, column {other}: {shown(cell)} is no strength; write a number")
            elif (
                text and strengths.get((same(other), same(name))) != text
            ):  # else the mirror image of one that is there
                strengths[same(name), same(other)] = text
                found.edges.append(Edge(name, other, {"strength": text}, f"{place}, column {other}"))
    if faults:
        raise ScenarioError(refusal(grid.label, faults))
    return found


def tie_text(cell: str) -> str | None:
    """What a cell says of a tie: its strength, 1 if ticked, "" where there is none, None where it is no answer."""
    if not cell or is_nothing(cell) or cell.casefold() in _NO_TICKS:
        return ""
    if cell.casefold() in _TICKS:
        return "1"
    value = written_number(cell)
    return None if value is None else cell if value else ""
