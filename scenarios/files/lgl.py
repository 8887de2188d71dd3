"""Ties out of LGL files, as igraph writes them: `# name`, and below it a line for each of its partners."""

import re

from scenarios.files.faults import ScenarioError, shown
from scenarios.files.network_file import Edge, NetworkFile, Node

_HEAD = re.compile(r"#\s+(\S+)\s*$")
_NUMBER = re.compile(r"[-+]?[\d.]+(e[-+]?\d+)?", re.IGNORECASE)
_TRIED = 50


def is_lgl(text: str) -> bool:
    """Whether it begins with `# name`, and below that has a name, or a name and a number, a line."""
    lines = [line.strip() for line in text[:10_000].split("\n") if line.strip()][:_TRIED]
    heads = [bool(_HEAD.fullmatch(line)) for line in lines]
    if not lines or not heads[0] or False not in heads or True not in heads[heads.index(False) :]:
        return False  # remarks at the top of a list of pairs begin with the same sign
    return all(is_head or _is_partner(line) for line, is_head in zip(lines, heads, strict=True))


def _is_partner(line: str) -> bool:
    words = line.split()
    return not line.startswith("#") and (
        len(words) == 1 or (len(words) == 2 and _NUMBER.fullmatch(words[1]) is not None)
    )


def read_lgl(text: str, label: str) -> NetworkFile:
    """The network of a file.

    Raises:
        ScenarioError: if a line has more than a name and a strength.
    """
    found = NetworkFile(label)
    names: dict[str, str] = {}
    above = ""
    for number, line in enumerate(text.split("\n"), 1):
        words = line.split()
        if not words:
            continue
        if head := _HEAD.fullmatch(line.strip()):
            above = head[1]
            names.setdefault(above, f"line {number}")
        elif not above or len(words) > 2:
            raise ScenarioError(f"{label}, line {number}: {shown(line.strip())} is no name with a strength")
        else:
            names.setdefault(words[0], f"line {number}")
            strength = {"strength": words[1]} if words[1:] else {}
            found.edges.append(Edge(above, words[0], strength, f"line {number}"))
    found.nodes += [Node(name, {"label": name}, place) for name, place in names.items()]
    return found
