"""Networks out of UCINET's DL files: full matrices, and lists of edges or of nodes, with labels anywhere."""

import re

from scenarios.files.faults import ScenarioError
from scenarios.files.network_file import Edge, NetworkFile, Node

START = re.compile(r"\s*dl\b[\s,]", re.IGNORECASE)
_SETTING = re.compile(r"\b(?P<name>nr|nc|nm|n|format|diagonal)\s*=\s*(?P<value>\w+)", re.IGNORECASE)
_SECTION = re.compile(
    r"^[ \t]*(?P<name>(?:(?:row|column|matrix)[ \t]+)?labels(?:[ \t]+embedded)?|data)[ \t]*:?(?=\s|$)",
    re.IGNORECASE | re.MULTILINE,
)
_FORMATS = ("fullmatrix", "edgelist1", "nodelist1")
_WORD = re.compile(r'"([^"]*)"|([^\s,"]+)')


def read_dl(text: str, label: str) -> NetworkFile:
    """The network of a file.

    Raises:
        ScenarioError: if it has two kinds of nodes, several matrices or another format, or its numbers do not fit.
    """
    sections = list(_SECTION.finditer(text))
    head = text[: sections[0].start()] if sections else text
    said = {one["name"].casefold(): one["value"].casefold() for one in _SETTING.finditer(head)}
    form = said.get("format", "fullmatrix")
    if form not in _FORMATS or said.get("nr", said.get("nc")) != said.get("nc", said.get("nr")):
        what = "members and events, or the like" if form in _FORMATS else f"the format {form}"
        raise ScenarioError(f"{label} has {what}; save it from UCINET as a square matrix, or as edgelist1 or nodelist1")
    if said.get("nm", "1") != "1":
        raise ScenarioError(f"{label} has {said['nm']} matrices, one for each relation; save the one that is meant")
    parts = {
        " ".join(one["name"].casefold().split()): text[one.end() : after.start() if after else len(text)]
        for one, after in zip(sections, [*sections[1:], None], strict=False)
    }
    if "data" not in parts:
        raise ScenarioError(f"{label} has no data: section")
    start = text.count("\n", 0, sections[-1].end()) + 1
    embedded = any(name.endswith("embedded") for name in parts)
    labels = next((_words(part) for name, part in parts.items() if "labels" in name and "embedded" not in name), [])
    size = said.get("n") or said.get("nr") or ""
    if not size.isdecimal() or not 0 < len(size) < 8:
        raise ScenarioError(f"{label} does not say how many nodes there are: n=...")
    names = labels or [str(number) for number in range(1, int(size) + 1)]
    found = NetworkFile(label)
    if form == "fullmatrix":
        _matrix(found, parts["data"], int(size), names, embedded, start)
        return found
    by_number = {str(place): name for place, name in enumerate(names, 1)} if not embedded else {}
    for number, line in enumerate(parts["data"].split("\n"), start):
        words = _words(line)
        if len(words) < 2:
            continue
        ends = words[1:2] if form == "edgelist1" else words[1:]
        strength = {"strength": words[2]} if form == "edgelist1" and words[2:] else {}
        one = by_number.get(words[0], words[0])
        found.edges += [Edge(one, by_number.get(end, end), strength, f"line {number}") for end in ends]
    known = dict.fromkeys(labels if labels or embedded else names)
    known |= dict.fromkeys(end for edge in found.edges for end in (edge.one, edge.other)) if embedded else {}
    found.nodes += [Node(name, {"label": name}, "the labels") for name in known]
    return found


def _matrix(found: NetworkFile, data: str, size: int, names: list[str], embedded: bool, start: int) -> None:
    """Read row by row, however many lines a row takes."""
    words = [(word, number) for number, line in enumerate(data.split("\n"), start) for word in _words(line)]
    across = [word for word, _ in words[:size]] if embedded else names
    rest = words[size:] if embedded else words
    width = size + embedded
    if len(rest) != size * width or len(across) != size:
        raise ScenarioError(
            f"{found.label}: its matrix has {len(rest)} cells and {len(across)} labels: needed are {size} rows of "
            f"{width} cells and {size} labels"
        )
    for number in range(size):
        row = rest[number * width : (number + 1) * width]
        name = row[0][0] if embedded else across[number]
        found.nodes.append(Node(name, {"label": name}, f"line {row[0][1]}"))
        for other, (cell, line) in zip(across, row[embedded:], strict=True):
            if cell not in ("0", "0.0"):
                found.edges.append(Edge(name, other, {"strength": cell}, f"line {line}"))


def _words(text: str) -> list[str]:
    return [quoted or bare for quoted, bare in _WORD.findall(text)]
