"""Sheets in which a row is an organization, and its partners stand in one of its cells."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from scenarios.files.faults import printable, shown
from scenarios.files.listing import counted
from scenarios.files.network_file import Edge, Grid, NetworkFile, Node
from scenarios.reading.adjacency import tie_text
from scenarios.reading.headers import MEMBER_WORDS, PARTNER_WORDS, Mapped, matched, normal
from scenarios.reading.roster import same
from scenarios.reading.sheet_header import below, cells_of, header_of, rows_by_name
from scenarios.reading.written_cells import COMMAS, SEPARATORS, clean, is_nothing

_GROUP = "group: "
"""What keys of groups begin with, so that a group may be called like a member."""
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
    return _read(grid, place, column["name"], {column["partners"]: ""}, said)


def listed_groups(grid: Grid, said: Mapped) -> NetworkFile | None:
    """Columns that the person calls groups: what stands there, or the header where a cell is only ticked."""
    wanted = {column for column, ours in said.columns.items() if ours == "groups"}
    if not wanted:
        return None

    def fits(header: Sequence[str]) -> bool:
        return "name" in matched(header, {"name": MEMBER_WORDS["name"]}, said) and bool(wanted & {*map(normal, header)})

    place = header_of(grid, fits)
    if place is None:
        return None
    header = [clean(cell) for cell in grid.rows[place].cells]
    name = matched(header, {"name": MEMBER_WORDS["name"]}, said)["name"]
    return _read(grid, place, name, {one: "" for one in header if normal(one) in wanted}, said, are_groups=True)


def ticked_partners(grid: Grid, said: Mapped) -> NetworkFile | None:
    """Answers of a form, several ticked in a cell: columns that hold names of members, whatever they are called."""
    named = rows_by_name(grid, said)
    if named is None:
        return None
    header = named.header
    members = {same(name): name for name in named.names()}
    spared = {*matched(header, MEMBER_WORDS, said).values(), ""}
    spared |= {one for one in header if normal(one) in _OF_MEMBERS}  # tags beside interests: topics, too
    asked = [one for one in header if one not in spared and _holds_members(named.column(one), members)]
    if not asked:
        return None
    return _read(grid, named.place, named.name, {one: one if len(asked) > 1 else "" for one in asked}, said)


def _holds_members(cells: Iterable[str], members: Mapping[str, str]) -> bool:
    named = [same(partner) for cell in cells for partner in partners_in(cell, members.values())]
    return bool(named) and sum(one in members for one in named) >= _KNOWN * len(named)


def _read(
    grid: Grid, place: int, name: str, columns: Mapping[str, str], said: Mapped, are_groups: bool = False
) -> NetworkFile:
    """Nodes and edges of such a sheet; `columns` of partners, or of groups -> the relation that each is."""
    header, rows, found = below(grid, place)
    found.columns = dict.fromkeys(columns, "groups" if are_groups else "partners")
    found.is_two_mode = are_groups
    lists = {*columns, matched(header, MEMBER_WORDS, said).get("interests", "")}
    listed = [(cells_of(header, row, lists), row.place) for row in rows]
    known = list(dict.fromkeys(cells[name] for cells, _ in listed if name in cells))
    ticked = {
        one for one in columns if are_groups and all(tie_text(cells.get(one, "")) in ("", "1") for cells, _ in listed)
    }
    seen: set[str] = set()
    others: dict[str, str] = {}
    for cells, where in listed:
        member = cells.get(name, "")
        for column, relation in columns.items():
            cell = cells.pop(column, "")
            written = column if column in ticked and tie_text(cell) else "" if column in ticked else cell
            for partner in partners_in(written, () if are_groups else known):
                others.setdefault(same(partner), partner)
                found.edges.append(Edge(member, partner, {"relation": relation} if relation else {}, where))
        if same(member) not in seen or not columns:
            seen.add(same(member))
            found.nodes.append(Node(member, cells, where))
    if are_groups:
        found.nodes += [Node(f"{_GROUP}{one}", {name: one}, "its groups", True) for one in others.values()]
        found.edges = [replace(edge, other=f"{_GROUP}{others[same(edge.other)]}") for edge in found.edges]
        return found
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
