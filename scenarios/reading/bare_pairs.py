"""Lists of pairs without a header, with or without a strength: edge lists as programs for networks write them."""

import re

from scenarios.files.faults import shown
from scenarios.files.network_file import Edge, Grid, NetworkFile
from scenarios.reading.headers import Mapped
from scenarios.reading.roster import same
from scenarios.reading.written_cells import clean, written_number

_COMMENTS = ("#", "%", "//")
_ATTRIBUTES = re.compile(r"\{(?P<inner>.*)\}\s*$")
_WEIGHT = re.compile(r"['\"](?:weight|strength)['\"]\s*:\s*(?P<number>[-+.\deE]+)")


def bare_pairs(grid: Grid, _said: Mapped) -> NetworkFile | None:
    """Two names a row, and perhaps a number, where some name stands in several rows; anything else is no such list."""
    found = NetworkFile(grid.label, lists_nodes=False)
    ends: list[str] = []
    for row in grid.rows:
        cells = [clean(cell) for cell in row.cells]
        if not any(cells) or cells[0].startswith(_COMMENTS):
            continue
        words = _words(cells)
        if len(words) not in (2, 3) or not all(words[:2]) or (len(words) == 3 and written_number(words[2]) is None):
            return None
        ends += words[:2]
        found.edges.append(Edge(words[0], words[1], {"strength": words[2]} if words[2:] else {}, row.place))
    could_be_matrix = len(found.edges) == 3 and all(
        edge.attributes and written_number(edge.one) is not None and written_number(edge.other) is not None
        for edge in found.edges
    )
    if could_be_matrix or len({same(end) for end in ends}) == len(ends):
        return None
    first = f"{shown(ends[0])} and {shown(ends[1])}"
    found.notes.append(f"{grid.label} has no header and is read as a list of pairs, the first of them {first}")
    return found


def _words(cells: list[str]) -> list[str]:
    """The cells of a row; of a row in one piece, its words, and the weight among attributes as networkx writes them."""
    while cells and not cells[-1]:
        cells = cells[:-1]
    if len(cells) != 1:
        return cells
    text, weight = cells[0], []
    if attributes := _ATTRIBUTES.search(text):
        text = text[: attributes.start()]
        weight = [found["number"] for found in [_WEIGHT.search(attributes["inner"])] if found]
    return text.split() + weight
