"""Vertices and lines out of a Pajek network: arcs, edges, lists of them, or a matrix; each numbered set a relation."""

import re
import shlex

from scenarios.files.faults import ScenarioError, shown
from scenarios.files.network_file import Edge, NetworkFile, Node

START = re.compile(r"\s*(?:(?:%|/\*|\*network)[^\n]*\n\s*)*\*vertices\b", re.IGNORECASE)
_SECTION = re.compile(r"\*(?P<kind>\w+)\s*(?::?\s*(?P<number>\d+))?(?P<rest>.*)$")
_LINES = re.compile("\r\n|\r|\n")
_PAIRS, _LISTS = ("arcs", "edges"), ("arcslist", "edgeslist")


def read_pajek(text: str, label: str) -> NetworkFile:
    """The network of a file.

    Raises:
        ScenarioError: if a line is none of its section, or its vertices are of two kinds.
    """
    found = NetworkFile(label)
    kind = relation = ""
    count = row = 0
    seen: set[str] = set()
    for number, line in enumerate(_LINES.split(text), 1):
        if not (bare := line.strip()) or bare.startswith("%"):
            continue
        if bare.startswith("*"):
            section = _SECTION.match(bare)
            kind = section["kind"].casefold() if section else ""
            named = re.search(r'"([^"]*)"', section["rest"]) if section else None
            relation = named[1] if named else f"relation {section['number']}" if section and section["number"] else ""
            if kind == "vertices":
                count = _vertices(bare.split()[1:], label, number)
            elif kind not in (*_PAIRS, *_LISTS, "matrix", "network"):
                found.notes.append(f"{label}, line {number}: {bare[:40]} is left out")
            continue
        words = _words(bare, label, number)
        if kind == "vertices":
            if words[0] in seen or len(seen) == count:
                what = "stands twice" if words[0] in seen else f"is one more than the {count} that there are"
                raise ScenarioError(f"{label}, line {number}: the vertex {shown(words[0])} {what}")
            seen.add(words[0])
            found.nodes.append(Node(words[0], {"label": words[1]} if words[1:] else {}, f"line {number}"))
        elif kind in _PAIRS or kind in _LISTS:
            ends = words[1:2] if kind in _PAIRS else words[1:]
            strength = {"strength": words[2]} if kind in _PAIRS and words[2:] else {}
            if not ends:
                raise ScenarioError(f"{label}, line {number}: {shown(bare)} joins nothing; write two vertices")
            found.edges += [Edge(words[0], end, strength | _relation(relation), f"line {number}") for end in ends]
        elif kind == "matrix":
            row += 1
            found.edges += [
                Edge(str(row), str(place), {"strength": cell} | _relation(relation), f"line {number}")
                for place, cell in enumerate(words, 1)
                if cell not in ("0", "0.0")
            ]
    found.nodes += [Node(str(one), {}, f"vertex {one}") for one in range(1, count + 1) if str(one) not in seen]
    found.nodes.sort(key=lambda node: int(node.key) if node.key.isdecimal() and len(node.key) < 12 else 0)
    return found


def _vertices(counts: list[str], label: str, line: int) -> int:
    if len(counts) > 1 and counts[1].isdecimal():
        raise ScenarioError(
            f"{label}, line {line}: it has vertices of two kinds, such as members and events; turn it into a network "
            "of one kind first (Network, 2-Mode Network, 2-Mode to 1-Mode)"
        )
    count = int(counts[0]) if counts and counts[0].isdecimal() and len(counts[0]) < 9 else 0
    if count > 1_000_000:
        raise ScenarioError(f"{label}, line {line}: it has {count} vertices: allowed is at most 1000000")
    return count


def _relation(name: str) -> dict[str, str]:
    return {"relation": name} if name else {}


def _words(line: str, label: str, number: int) -> list[str]:
    """The words of a line, those in quotation marks in one piece."""
    if '"' not in line:
        return [word for word in re.split("[ \t]+", line) if word]
    splitter = shlex.shlex(line, posix=True)
    splitter.whitespace_split, splitter.quotes, splitter.escape, splitter.commenters = True, '"', "", ""
    try:
        return list(splitter)
    except ValueError:
        raise ScenarioError(f"{label}, line {number}: a quotation mark is left open") from None
