"""What a sheet is: a list of members, of ties, of both, a matrix or a survey; its rows as nodes and edges."""

from collections.abc import Callable

from scenarios.files.faults import ScenarioError, near_miss, shown
from scenarios.files.network_file import Edge, Grid, NetworkFile, Node
from scenarios.reading.adjacency import matrix
from scenarios.reading.bare_pairs import bare_pairs
from scenarios.reading.bare_partners import bare_partners
from scenarios.reading.blank_separated import in_columns
from scenarios.reading.headers import MEMBER_WORDS, Mapped, ends_of_ties, matched, normal
from scenarios.reading.partner_lists import listed_groups, listed_partners, ticked_partners
from scenarios.reading.sheet_header import below, cells_of, header_of
from scenarios.reading.wide_survey import wide_survey
from scenarios.reading.written_cells import clean

_HINTS, _LONGEST = 100, 60  # near misses are slow to find; longer headers are none
Reader = Callable[[Grid, Mapped], NetworkFile | None]


class UnknownSheetError(ScenarioError):
    """A sheet is neither a list of members nor one of ties."""


def network_of(grid: Grid, said: Mapped) -> NetworkFile:
    """The nodes and edges of a sheet.

    Raises:
        UnknownSheetError: if it is no list of members or ties.
        ScenarioError: if a row cannot be told apart.
    """
    grid = in_columns(grid, said)
    for read in READERS:
        found = read(grid, said)
        if found is not None:
            found.notes[:0] = grid.notes
            return found
    header = [clean(cell) for cell in grid.rows[0].cells if clean(cell)] if grid.rows else []
    words = [word for words in (MEMBER_WORDS["name"], ("from", "to")) for word in words]
    hints = [f"{shown(one)}{hint}" for one in header[:_HINTS] if (hint := near_miss(normal(one), words, '"'))]
    if all(sum(map(bool, map(str.strip, row.cells))) < 2 for row in grid.rows):
        first = header[0] if header and len(header[0]) < _LONGEST else "Column"
        raise UnknownSheetError(
            f"{grid.label} is no table of members or ties: its rows have one cell each; if it is a list of names below "
            f'a header, say --map "{first}=name"'
        )
    raise UnknownSheetError(
        f"{grid.label}: none of its columns holds names of members, or the two ends of ties; say which, as in "
        f'--map "{header[0] if header else "Column"}=name"; it has {", ".join(map(shown, header[:20])) or "nothing"}'
        + "".join(f"; {hint}" for hint in hints[:3])
    )


def listed_ties(grid: Grid, said: Mapped) -> NetworkFile | None:
    """A row a tie, with a column for each end."""
    place = header_of(grid, lambda header: ends_of_ties(header, said) is not None)
    if place is None:
        return None
    header, rows, found = below(grid, place)
    ends = ends_of_ties(header, said) or {}
    found.lists_nodes = False
    found.columns = {ends[ours]: ours for ours in ("from", "to")}
    for row in rows:
        cells = cells_of(header, row)
        one, other = cells.pop(ends["from"], ""), cells.pop(ends["to"], "")
        found.edges.append(Edge(one, other, cells, row.place))
    return found


def listed_members(grid: Grid, said: Mapped) -> NetworkFile | None:
    """A row a member, with a column for its name."""
    place = header_of(grid, lambda header: "name" in matched(header, MEMBER_WORDS, said))
    if place is None:
        return None
    header, rows, found = below(grid, place)
    column = matched(header, MEMBER_WORDS, said)
    for row in rows:
        cells = cells_of(header, row, {column.get("interests", "")})
        found.nodes.append(Node(cells.get(column.get("id", ""), "") or cells.get(column["name"], ""), cells, row.place))
    return found


READERS: list[Reader] = [
    *(listed_ties, listed_groups, listed_partners, matrix, wide_survey, ticked_partners, listed_members, bare_pairs),
    bare_partners,
]
"""What a sheet may be, in the order in which it is tried."""
