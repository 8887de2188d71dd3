"""Networks out of UCINET's DL files: matrices, and lists of edges or of nodes; each of several matrices a relation."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scenarios.files.faults import ScenarioError
from scenarios.files.network_file import Edge, NetworkFile, Node

START = re.compile(r"\s*dl\b[\s,]", re.IGNORECASE)
_SETTING = re.compile(r"\b(?P<name>nr|nc|nm|n|format|diagonal)\s*=\s*(?P<value>\w+)", re.IGNORECASE)
_SECTION = re.compile(
    r"^[ \t]*(?P<name>(?:(?:row|col|column|level|matrix)[ \t]+)?labels(?:[ \t]+embedded)?|data)[ \t]*:?(?=\s|$)",
    re.IGNORECASE | re.MULTILINE,
)
_FORMATS = ("fullmatrix", "edgelist1", "nodelist1", "edgelist2", "nodelist2")
_WORD = re.compile(r'"([^"]*)"|([^\s,"]+)')
_MOST = 2_000
"""Nodes of a matrix: more would be more cells than any matrix that people fill."""
Words = list[tuple[str, int]]


@dataclass(frozen=True)
class _Head:
    """What stands above the data.

    Attributes:
        form: one of the formats.
        rows: number of rows, and of members.
        columns: number of columns; the same as rows where there is one kind of nodes.
        matrices: number of matrices.
        is_two_mode: whether columns are something else than rows: groups or events.
        is_embedded: whether the data hold the labels.
        row_labels, column_labels, matrix_labels: as far as they stand above the data.
        diagonal: whether matrices have their diagonal.
    """

    form: str
    rows: int
    columns: int
    matrices: int
    is_two_mode: bool
    is_embedded: bool
    row_labels: list[str]
    column_labels: list[str]
    matrix_labels: list[str]
    diagonal: bool


def read_dl(text: str, label: str) -> NetworkFile:
    """The network of a file; of one with two kinds of nodes, members are the rows.

    Raises:
        ScenarioError: if it is of another format, or its numbers do not fit.
    """
    sections = list(_SECTION.finditer(text))
    parts = {
        " ".join(one["name"].casefold().split()): text[one.end() : after.start() if after else len(text)]
        for one, after in zip(sections, [*sections[1:], None], strict=False)
    }
    head = _head(text[: sections[0].start()] if sections else text, parts, label)
    if "data" not in parts:
        raise ScenarioError(f"{label} has no data: section")
    start = text.count("\n", 0, sections[-1].end()) + 1
    found = NetworkFile(label, is_two_mode=head.is_two_mode)
    if head.form == "fullmatrix":
        _matrices(found, parts["data"], head, start)
    else:
        _lists(found, parts["data"], head, start)
    return found


def _head(above: str, parts: Mapping[str, str], label: str) -> _Head:
    said = {one["name"].casefold(): one["value"].casefold() for one in _SETTING.finditer(above)}
    form = said.get("format", "fullmatrix")
    if form not in _FORMATS:
        raise ScenarioError(f"{label} has the format {form}; save it from UCINET as {', '.join(_FORMATS)}")
    numbers = [said.get(one, "") for one in ("n", "nr", "nc", "nm")]
    every, rows, columns, matrices = (int(one) if one.isdecimal() and len(one) < 8 else 0 for one in numbers)
    rows, columns = rows or every, columns or every
    two = form.endswith("2") or (rows != columns and bool(columns)) or ("nr" in said and "column labels" in parts)
    if not rows or not (columns or not two):
        raise ScenarioError(f"{label} does not say how many nodes there are: n=...")
    alike = next((_words(part) for name, part in parts.items() if name in ("labels", "row labels")), [])
    across = next((_words(part) for name, part in parts.items() if name in ("column labels", "col labels")), [])
    levels = next((_words(part) for name, part in parts.items() if name in ("matrix labels", "level labels")), [])
    embedded = any(one.endswith("embedded") for one in parts)
    return _Head(
        form, rows, columns or rows, matrices or 1, two and across != alike, embedded, alike, across if two else alike,
        levels, said.get("diagonal") != "absent",
    )  # fmt: skip


def _matrices(found: NetworkFile, data: str, head: _Head, start: int) -> None:
    """Read row by row, however many lines a row takes, one matrix after the other."""
    if max(head.rows, head.columns) > _MOST:
        raise ScenarioError(f"{found.label}: a matrix of more than {_MOST} nodes; save it as edgelist1")
    words = [(word, number) for number, line in enumerate(data.split("\n"), start) for word in _words(line)]
    down = head.row_labels or [str(number) for number in range(1, head.rows + 1)]
    across = head.column_labels or (
        [f"group {number}" for number in range(1, head.columns + 1)] if head.is_two_mode else down
    )
    each = head.rows * (head.columns + head.is_embedded) + (head.columns if head.is_embedded else 0)
    if not head.diagonal and not head.is_embedded:
        each -= head.rows
    if len(words) != each * head.matrices:
        raise ScenarioError(
            f"{found.label}: its data have {len(words)} cells and labels where {each * head.matrices} are needed: "
            f"{head.rows} rows of {head.columns} columns in {head.matrices} "
            f"{'matrix' if head.matrices == 1 else 'matrices'}"
        )
    for names, wanted, what in ((down, head.rows, "rows"), (across, head.columns, "columns")):
        if len(names) != wanted:
            raise ScenarioError(
                f"{found.label} has {len(names)} labels for its {wanted} {what}: there must be as many labels as n=, "
                "nr= or nc= say; a label of several words stands in quotation marks"
            )
    for number in range(head.matrices):
        relation = ""
        if head.matrices > 1:
            relation = (head.matrix_labels + [""] * head.matrices)[number] or f"matrix {number + 1}"
        rows, across = _rows(words[number * each : (number + 1) * each], head, down, across)
        _read(found, rows, across, relation, head.is_two_mode, nodes=number == 0)


def _rows(
    words: Words, head: _Head, down: Sequence[str], across: list[str]
) -> tuple[list[tuple[str, Words]], list[str]]:
    """Names and cells of the rows of one matrix, and the names of its columns."""
    if head.is_embedded:
        across, words = [word for word, _ in words[: head.columns]], words[head.columns :]
        width = head.columns + 1
        rows = [words[number * width : (number + 1) * width] for number in range(head.rows)]
        return [(row[0][0], row[1:]) for row in rows], across
    if head.diagonal:
        return [(down[row], words[row * head.columns : (row + 1) * head.columns]) for row in range(head.rows)], across
    width = head.columns - 1
    rows = [words[number * width : (number + 1) * width] for number in range(head.rows)]
    return [(down[at], [*row[:at], ("0", 0), *row[at:]]) for at, row in enumerate(rows)], across


def _read(
    found: NetworkFile, rows: Sequence[tuple[str, Words]], across: Sequence[str], relation: str, two: bool, nodes: bool
) -> None:
    for name, cells in rows:
        if nodes:
            found.nodes.append(Node(name, {"label": name}, f"line {cells[0][1]}" if cells else "the labels"))
        for other, (cell, line) in zip(across, cells, strict=True):
            if cell not in ("0", "0.0"):
                said = {"strength": cell} | ({"relation": relation} if relation else {})
                found.edges.append(Edge(name, other, said, f"line {line}"))
    if two and nodes:
        found.nodes += [Node(name, {"label": name}, "the labels", True) for name in across]


def _lists(found: NetworkFile, data: str, head: _Head, start: int) -> None:
    """A line an edge, or a node with all whom it is tied to."""
    down = head.row_labels or ([] if head.is_embedded else [str(number) for number in range(1, head.rows + 1)])
    across = head.column_labels if head.is_two_mode else down
    if head.is_two_mode and not across and not head.is_embedded:
        across = [f"group {number}" for number in range(1, head.columns + 1)]
    one_of = {} if head.is_embedded else {str(number): name for number, name in enumerate(down, 1)}
    other_of = {} if head.is_embedded else {str(number): name for number, name in enumerate(across, 1)}
    for number, words in _lines(data, start):
        pairs = head.form.startswith("edgelist")
        ends = words[1:2] if pairs else words[1:]
        strength = {"strength": words[2]} if pairs and words[2:] else {}
        one = one_of.get(words[0], words[0])
        found.edges += [Edge(one, other_of.get(end, end), strength, f"line {number}") for end in ends]
    ones, others = dict.fromkeys(down), dict.fromkeys(across if head.is_two_mode else ())
    if head.is_embedded:
        for edge in found.edges:
            ones.setdefault(edge.one)
            (others if head.is_two_mode else ones).setdefault(edge.other)
    found.nodes += [Node(name, {"label": name}, "the labels") for name in ones]
    found.nodes += [Node(name, {"label": name}, "the labels", True) for name in others]


def _lines(data: str, start: int) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(data.split("\n"), start):
        words = _words(line)
        if len(words) > 1:
            yield number, words


def _words(text: str) -> list[str]:
    return [quoted or bare for quoted, bare in _WORD.findall(text)]
