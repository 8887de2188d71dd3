"""What a sheet is: a list of members, a list of ties, or both in one; its rows as nodes and edges."""

from collections.abc import Callable, Sequence

from scenarios.files.faults import ScenarioError, near_miss, refusal, shown
from scenarios.files.listing import counted
from scenarios.files.network_file import Edge, Grid, NetworkFile, Node, Row
from scenarios.reading.headers import MEMBER_WORDS, PARTNER_WORDS, Mapped, ends_of_ties, matched, normal
from scenarios.reading.written_cells import COMMAS, SEPARATORS, clean, is_nothing

_SEARCHED = 15  # rows in which a header may stand, below titles and remarks
Reader = Callable[[Grid, Mapped], NetworkFile | None]


class UnknownSheetError(ScenarioError):
    """A sheet is neither a list of members nor one of ties."""


def network_of(grid: Grid, said: Mapped) -> NetworkFile:
    """The nodes and edges of a sheet.

    Raises:
        UnknownSheetError: if it is no list of members or ties.
        ScenarioError: if a row cannot be told apart.
    """
    for read in READERS:
        found = read(grid, said)
        if found is not None:
            found.notes[:0] = grid.notes
            return found
    header = [clean(cell) for cell in grid.rows[0].cells if clean(cell)] if grid.rows else []
    words = [word for words in (MEMBER_WORDS["name"], ("from", "to")) for word in words]
    hints = [f"{shown(one)}{hint}" for one in header if (hint := near_miss(normal(one), words, '"'))]
    raise UnknownSheetError(
        f"{grid.label}: none of its columns holds names of members, or the two ends of ties; say which, as in "
        f'--map "{header[0] if header else "Column"}=name"; it has {", ".join(map(shown, header[:20])) or "nothing"}'
        + "".join(f"; {hint}" for hint in hints[:3])
    )


def _listed_ties(grid: Grid, said: Mapped) -> NetworkFile | None:
    place = _header_of(grid, lambda header: ends_of_ties(header, said) is not None)
    if place is None:
        return None
    header, rows, found = _below(grid, place)
    ends = ends_of_ties(header, said) or {}
    found.lists_nodes = False
    found.columns = {ours: ends[ours] for ours in ("from", "to")}
    for row in rows:
        cells = _cells(header, row)
        one, other = cells.pop(ends["from"], ""), cells.pop(ends["to"], "")
        found.edges.append(Edge(one, other, cells, row.place))
    return found


def _listed_partners(grid: Grid, said: Mapped) -> NetworkFile | None:
    """A row an organization, with its partners in a cell; or a row a pair, with what is known of its first one."""

    def columns(header: Sequence[str]) -> dict[str, str]:
        return matched(header, {"name": MEMBER_WORDS["name"], "partners": PARTNER_WORDS}, said)

    place = _header_of(grid, lambda header: len(columns(header)) == 2)
    if place is None:
        return None
    header, rows, found = _below(grid, place)
    column = columns(header)
    found.columns = {"partners": column["partners"]}
    seen: dict[str, None] = {}
    named: dict[str, str] = {}
    for row in rows:
        cells = _cells(header, row)
        name = cells.get(column["name"], "")
        written = cells.pop(column["partners"], "")
        if name.casefold() not in seen:
            seen[name.casefold()] = None
            found.nodes.append(Node(name, cells, row.place))
        for partner in partners_in(written):
            named.setdefault(partner.casefold(), partner)
            found.edges.append(Edge(name, partner, {}, row.place))
    others = [partner for key, partner in named.items() if key not in seen]
    found.nodes += [Node(one, {column["name"]: one}, "its partners") for one in others]
    if others:
        found.notes.append(
            f"{grid.label}: {counted(len(others), 'organization')} named as partners only, "
            f"{', '.join(map(shown, others[:5]))}{' and others' if others[5:] else ''}, are members too"
        )
    return found


def partners_in(cell: str) -> list[str]:
    """The names in a cell, apart by semicolons or bars; where there are none of these, by commas."""
    apart = SEPARATORS.split(cell)
    names = apart if len(apart) > 1 else COMMAS.split(cell)
    return [name.strip() for name in names if name.strip() and not is_nothing(name.strip())]


def _listed_members(grid: Grid, said: Mapped) -> NetworkFile | None:
    place = _header_of(grid, lambda header: "name" in matched(header, MEMBER_WORDS, said))
    if place is None:
        return None
    header, rows, found = _below(grid, place)
    column = matched(header, MEMBER_WORDS, said)
    for row in rows:
        cells = _cells(header, row)
        found.nodes.append(Node(cells.get(column.get("id", ""), "") or cells.get(column["name"], ""), cells, row.place))
    return found


READERS: list[Reader] = [_listed_ties, _listed_partners, _listed_members]
"""What a sheet may be, in the order in which it is tried."""


def _header_of(grid: Grid, fits: Callable[[Sequence[str]], bool]) -> int | None:
    """Number of the first row that is a header of that kind: titles and remarks may stand above it."""
    for number, row in enumerate(grid.rows[:_SEARCHED]):
        if fits([clean(cell) for cell in row.cells if clean(cell)]):
            return number
    return None


def _below(grid: Grid, place: int) -> tuple[list[str], Sequence[Row], NetworkFile]:
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


def _cells(header: Sequence[str], row: Row) -> dict[str, str]:
    """What stands in a row, by header; of headers that differ by spelling only the first."""
    cells: dict[str, str] = {}
    for name, cell in zip(header, row.cells, strict=False):
        text = clean(cell)
        if name and text:
            cells.setdefault(name, text)
    return cells
