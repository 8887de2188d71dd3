"""Where the header of a sheet stands, and the rows below it by header."""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

from scenarios.files.faults import ScenarioError, refusal, shown
from scenarios.files.network_file import Grid, NetworkFile, Row
from scenarios.reading.headers import MEMBER_WORDS, Mapped, matched, normal
from scenarios.reading.written_cells import clean, clean_list

_SEARCHED = 15  # rows in which a header may stand, below titles and remarks


def header_of(grid: Grid, fits: Callable[[Sequence[str]], bool]) -> int | None:
    """Number of the first row that is a header of that kind: titles and remarks may stand above it."""
    for number, row in enumerate(grid.rows[:_SEARCHED]):
        if fits([clean(cell) for cell in row.cells if clean(cell)]):
            return number
    return None


@dataclass(frozen=True)
class Named:
    """A sheet with a row a member.

    Attributes:
        place: number of the header's row.
        header: its cells.
        name: the header of the column with the members' names.
        grid: the sheet.
    """

    place: int
    header: list[str]
    name: str
    grid: Grid

    def names(self) -> list[str]:
        """The names in it, each once."""
        at = self.header.index(self.name)
        found = (clean(row.cells[at]) for row in self.grid.rows[self.place + 1 :] if len(row.cells) > at)
        return list(dict.fromkeys(name for name in found if name))

    def column(self, header: str) -> list[str]:
        """What stands under a header, several things in a cell apart by semicolons."""
        at = self.header.index(header)
        return [clean_list(row.cells[at]) for row in self.grid.rows[self.place + 1 :] if len(row.cells) > at]


def rows_by_name(grid: Grid, said: Mapped) -> Named | None:
    """The sheet by its column of names; None if there is none."""
    words = {"name": MEMBER_WORDS["name"]}
    place = header_of(grid, lambda header: "name" in matched(header, words, said))
    if place is None:
        return None
    header = [clean(cell) for cell in grid.rows[place].cells]
    name = matched(header, words, said)["name"]
    return Named(place, header, name, grid)


def below(grid: Grid, place: int) -> tuple[list[str], Sequence[Row], NetworkFile]:
    """The header in a row, the rows below it, and a network to put them into."""
    header = [clean(cell) for cell in grid.rows[place].cells]
    rows = grid.rows[place + 1 :]
    _check_whole(header, rows, grid)
    found = NetworkFile(grid.label)
    if place:
        above = [clean(cell) for row in grid.rows[:place] for cell in row.cells if clean(cell)]
        found.notes.append(f"{grid.label}: the header stands in {grid.rows[place].place}; above it, and left out, is "
                           f"{', '.join(map(shown, above[:3]))}{' and more' if above[3:] else ''}")  # fmt: skip
    return header, rows, found


def _check_whole(header: Sequence[str], rows: Sequence[Row], grid: Grid) -> None:
    """Refuse rows with cells that have no column of their own: nobody could say what they are.

    Raises:
        ScenarioError: with every such row.
    """
    first = {normal(name): number for number, name in reversed(list(enumerate(header))) if name}
    own = set(first.values())
    torn = [
        f"{grid.label}, {row.place}: has a cell without a column of its own: beyond the header, under no name, or "
        "under a name that stands twice; quote a cell that contains a comma, name each column once"
        for row in rows
        if any(cell.strip() for number, cell in enumerate(row.cells) if number not in own)
    ]
    if torn:
        raise ScenarioError(refusal(grid.label, torn))


def cells_of(header: Sequence[str], row: Row, lists: Container[str] = ()) -> dict[str, str]:
    """What stands in a row, by header; of headers that differ by spelling only the first.

    Args:
        header: names of the columns.
        row: the row.
        lists: columns in whose cells several things may stand, one below the other.
    """
    cells: dict[str, str] = {}
    for name, cell in zip(header, row.cells, strict=False):
        text = clean_list(cell) if name in lists and "\n" in cell else clean(cell)
        if name and text:
            cells.setdefault(name, text)
    return cells
