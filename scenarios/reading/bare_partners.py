"""Lists of neighbours without a header, as Gephi has them: a row a member, and after it its partners, however many."""

from scenarios.files.faults import shown
from scenarios.files.network_file import Edge, Grid, NetworkFile, Node
from scenarios.reading.headers import Mapped
from scenarios.reading.roster import same
from scenarios.reading.written_cells import clean, written_number


def bare_partners(grid: Grid, _said: Mapped) -> NetworkFile | None:
    """Rows of different length in which names recur; what could be a table with a header is no such list."""
    rows = [[clean(cell) for cell in row.cells] for row in grid.rows]
    for row in rows:
        while row and not row[-1]:
            row.pop()
    if not _is_list(rows):
        return None
    found = NetworkFile(grid.label)
    partners: dict[str, Node] = {}
    for (member, *others), where in zip(rows, [row.place for row in grid.rows], strict=True):
        found.nodes.append(Node(member, {"name": member}, where))
        for other in others:
            partners.setdefault(same(other), Node(other, {"name": other}, where))
            found.edges.append(Edge(member, other, {}, where))
    listed = {same(row[0]) for row in rows}
    found.nodes += [node for key, node in partners.items() if key not in listed]
    first = f"{shown(rows[0][0])} with {', '.join(map(shown, rows[0][1:4]))}{' and others' if rows[0][4:] else ''}"
    found.notes.append(f"{grid.label} has no header and is read as a list of partners, a row a member: first {first}")
    return found


def _is_list(rows: list[list[str]]) -> bool:
    """Whether that much speaks for a list: a table, even with a cell too many, has names in its first column alone."""
    widths = set(map(len, rows))
    if len(widths) < 2 or max(widths) < 3 or len(rows[0]) < 2 or not all(map(all, rows)):
        return False
    keys = [[same(cell) for cell in row] for row in rows]
    members = {row[0] for row in keys}
    if len(members) < len(rows) or any(len(set(row)) < len(row) for row in keys):
        return False
    numbers = [written_number(cell) for row in rows for cell in row]
    if any(one is not None for one in numbers) and not all(one is not None and one.is_integer() for one in numbers):
        return False
    partners = {other for row in keys for other in row[1:]}
    elsewhere = {name for row in keys[1:] for name in row}
    return 2 * len(members & partners) >= len(members) and not elsewhere.isdisjoint(keys[0])
