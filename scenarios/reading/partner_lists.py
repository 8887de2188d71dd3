"""Sheets in which a row is an organization, and its partners stand in one of its cells."""

from collections.abc import Iterable, Mapping, Sequence

from scenarios.files.faults import printable, shown
from scenarios.files.listing import counted
from scenarios.files.network_file import Edge, Grid, NetworkFile, Node
from scenarios.reading.headers import MEMBER_WORDS, PARTNER_WORDS, Mapped, matched, normal
from scenarios.reading.roster import same
from scenarios.reading.sheet_header import below, cells_of, header_of, rows_by_name
from scenarios.reading.written_cells import COMMAS, SEPARATORS, clean, is_nothing

_KNOWN = 0.5
"""Share of the names in a column that must be members for it to be taken for one of partners."""
_OF_MEMBERS = frozenset(word for ours, words in MEMBER_WORDS.items() if ours != "name" for word in words)


def listed_partners(grid: Grid, said: Mapped) -> NetworkFile | None:
    """A column that is called partners, or the like; a row may also be a pair, with what is known of its first one."""

    def columns(header: Sequence[str]) -> dict[str, str]:
        return matched(header, {"name": MEMBER_WORDS["name"], "partners": PARTNER_WORDS}, said)

    place = header_of(grid, lambda header: len(columns(header)) == 2)
    if place is None:
        return None
    column = columns([clean(cell) for cell in grid.rows[place].cells])
    return _read(grid, place, column["name"], {column["partners"]: ""})


def ticked_partners(grid: Grid, said: Mapped) -> NetworkFile | None:
    """Answers of a form, several ticked in a cell: columns that hold names of members, whatever they are called."""
    named = rows_by_name(grid, said)
    if named is None:
        return None
    place, header, name, rows = named
    members = {same(row[name]): row[name] for row in rows if name in row}
    spared = {*matched(header, MEMBER_WORDS, said).values(), ""}
    spared |= {one for one in header if normal(one) in _OF_MEMBERS}  # tags beside interests: topics, too
    asked = [one for one in header if one not in spared and _holds_members([row.get(one, "") for row in rows], members)]
    if not asked:
        return None
    return _read(grid, place, name, {one: one if len(asked) > 1 else "" for one in asked})


def _holds_members(cells: Iterable[str], members: Mapping[str, str]) -> bool:
    named = [same(partner) for cell in cells for partner in partners_in(cell, members.values())]
    return bool(named) and sum(one in members for one in named) >= _KNOWN * len(named)


def _read(grid: Grid, place: int, name: str, columns: Mapping[str, str]) -> NetworkFile:
    """Nodes and edges of such a sheet; `columns` of partners -> the relation that each is."""
    header, rows, found = below(grid, place)
    found.columns = {"partners": ", ".join(columns)}
    listed = [(cells_of(header, row), row.place) for row in rows]
    known = list(dict.fromkeys(cells[name] for cells, _ in listed if name in cells))
    seen: set[str] = set()
    others: dict[str, str] = {}
    for cells, where in listed:
        member = cells.get(name, "")
        for column, relation in columns.items():
            for partner in partners_in(cells.pop(column, ""), known):
                others.setdefault(same(partner), partner)
                found.edges.append(Edge(member, partner, {"relation": relation} if relation else {}, where))
        if same(member) not in seen or not columns:
            seen.add(same(member))
            found.nodes.append(Node(member, cells, where))
    added = [partner for key, partner in others.items() if key not in seen]
    found.nodes += [Node(one, {name: one}, "its partners") for one in added]
    if added:
        found.notes.append(
            f"{grid.label}: {counted(len(added), 'organization')} named as partners only, "
            f"{', '.join(map(shown, added[:5]))}{' and others' if added[5:] else ''}: members too"
        )
    if len(columns) > 1:
        found.notes.append(f"{grid.label}: each of {', '.join(map(printable, columns))} is a relation")
    return found


def partners_in(cell: str, known: Iterable[str] = ()) -> list[str]:
    """The names in a cell, apart by semicolons or bars; where there are none of these, by commas.

    Names of members that have a comma themselves are found first.
    """
    found, rest = [], cell
    for name in known:
        if COMMAS.search(name) and name in rest:
            found.append(name)
            rest = rest.replace(name, "")
    apart = SEPARATORS.split(rest)
    names = apart if len(apart) > 1 else COMMAS.split(rest)
    return found + [name.strip() for name in names if name.strip() and not is_nothing(name.strip())]
