"""Networks out of Pajek's files, of one network or of a whole project: each numbered set of lines is a relation."""

import re
import shlex
from dataclasses import dataclass, field
from itertools import pairwise

from scenarios.files.faults import ScenarioError, shown
from scenarios.files.network_file import Edge, NetworkFile, Node
from scenarios.files.parts_wanted import PartsWanted

_SECTION = re.compile(r"\*(?P<kind>\w+)\s*(?::?\s*(?P<number>\d+))?(?P<rest>.*)$")
_COUNTED = re.compile(r"^[ \t]*\*vertices[ \t]*:?[ \t]*\d+[ \t\d]*\r?$", re.IGNORECASE | re.MULTILINE)
"""How many there are, alone in a line: a member of a list may be called *Vertices too."""
_LINES = re.compile("\r\n|\r|\n")
_QUOTED = re.compile(r'\s*(\d+)\s+"(.+)"')
_PAIRS, _LISTS = ("arcs", "edges"), ("arcslist", "edgeslist")
_OF_NODES = ("partition", "vector")
_KINDS = ("vertices", "network", "partition", "vector", "cluster", "permutation", "hierarchy")
_PREAMBLE = 50  # lines of remarks above the first section
Lines = list[tuple[int, str]]


def is_pajek(text: str) -> bool:
    """Whether the first section of a file is one of Pajek's; remarks may stand above it."""
    start = 0
    for _ in range(_PREAMBLE):
        end = text.find("\n", start)
        line = text[start : end if end >= 0 else len(text)].lstrip()
        if line.startswith("*"):
            word = line[1:].split(maxsplit=1)[:1]
            return bool(word) and word[0].casefold() in _KINDS and bool(_COUNTED.search(text))
        if end < 0:
            return False
        start = end + 1
    return False


@dataclass
class _Section:
    """A section of a file: its words after the star, and the lines below it."""

    kind: str
    title: str
    relation: str
    line: int
    words: list[str]
    lines: Lines = field(default_factory=list)


def read_pajek(text: str, label: str, wanted: PartsWanted) -> NetworkFile:
    """The network of a file, or the one that is wanted of a project; partitions and vectors are attributes.

    Raises:
        ScenarioError: if a line is none of its section.
        RequestError: if several networks are wanted.
    """
    sections = _sections(text)
    starts = [number for number, one in enumerate(sections) if one.kind == "network"]
    begins = [
        number for number, one in enumerate(sections) if one.kind == "vertices" and not _describes(sections, number)
    ]
    heads = starts if len(starts) > 1 else begins[:1]
    if not begins:
        raise ScenarioError(f"{label} is a file of Pajek without a network: it has no *Vertices of one")
    names = [sections[number].title or f"network {place}" for place, number in enumerate(heads, 1)]
    found = NetworkFile(label)
    chosen = wanted.one_of(names, label, found.notes)
    end = heads[chosen + 1] if chosen + 1 < len(heads) else len(sections)
    _read(sections[0 if len(heads) == 1 else heads[chosen] : end], found)
    return found


def _sections(text: str) -> list[_Section]:
    found: list[_Section] = []
    for number, line in enumerate(_LINES.split(text), 1):
        bare = line.strip()
        if bare.startswith("*"):
            section = _SECTION.match(bare)
            kind = section["kind"].casefold() if section else ""
            named = re.search(r'"([^"]*)"', section["rest"]) if section else None
            numbered = f"relation {section['number']}" if section and section["number"] else ""
            title = " ".join(bare.split()[1:])
            found.append(_Section(kind, title, named[1] if named else numbered, number, bare.split()[1:]))
        elif found and bare and not bare.startswith("%"):
            found[-1].lines.append((number, line))
    return found


def _describes(sections: list[_Section], number: int) -> bool:
    """Whether these vertices belong to a partition or the like, and are no list of members."""
    before = sections[number - 1].kind if number else ""
    return before in _KINDS and before not in ("network", "vertices")


def _read(sections: list[_Section], found: NetworkFile) -> None:
    label = found.label
    names: dict[str, str] = {}
    places: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    count = first = 0
    for place, section in enumerate(sections):
        if section.kind == "vertices" and _describes(sections, place):
            titled = sections[place - 1]
            if titled.kind in _OF_NODES and len(section.lines) == count:
                for number, (_, line) in enumerate(section.lines, 1):
                    values.setdefault(str(number), {})[titled.title or titled.kind] = line.strip()
            else:
                found.notes.append(f"{label}, line {titled.line}: *{titled.kind} {titled.title} is left out")
        elif section.kind == "vertices":
            if count:
                found.notes.append(f"{label}, line {section.line}: a second list of vertices is left out")
                continue
            count, first = _counts(section.words, label, section.line)
            for number, line in section.lines:
                words = _words(line, label, number)
                if words[0] in names or len(names) == count:
                    what = "stands twice" if words[0] in names else f"is one more than the {count} that there are"
                    raise ScenarioError(f"{label}, line {number}: the vertex {shown(words[0])} {what}")
                names[words[0]], places[words[0]] = " ".join(words[1:2]), f"line {number}"
        elif section.kind in (*_PAIRS, *_LISTS):
            found.edges += _lines(section, label)
        elif section.kind == "matrix":
            for row, (number, line) in enumerate(section.lines, 1):
                found.edges += _of_row(line.split(), row, first, section.relation, number)
        elif section.kind != "network" and section.kind not in _KINDS:
            found.notes.append(f"{label}, line {section.line}: *{section.kind} is left out")
    for key in [str(one) for one in range(1, count + 1)] + [one for one in names if not _within(one, count)]:
        attributes = ({"label": names[key]} if names.get(key) else {}) | values.get(key, {})
        is_group = bool(first) and _within(key, count) and int(key) > first
        found.nodes.append(Node(key, attributes, places.get(key, f"vertex {key}"), is_group))
    found.is_two_mode = bool(first)


def _within(number: str, count: int) -> bool:
    return number.isdecimal() and len(number) < 12 and str(int(number)) == number and 1 <= int(number) <= count


def _lines(section: _Section, label: str) -> list[Edge]:
    found = []
    for number, line in section.lines:
        words = _words(line, label, number)
        pairs = section.kind in _PAIRS
        ends = words[1:2] if pairs else words[1:]
        if not ends:
            raise ScenarioError(f"{label}, line {number}: {shown(line.strip())} joins nothing; write two vertices")
        strength = {"strength": words[2]} if pairs and words[2:] else {}
        said = _relation(section.relation) | (_drawn(words[3:]) if pairs else {})
        found += [Edge(words[0], end, strength | said, f"line {number}") for end in ends]
    return found


def _drawn(words: list[str]) -> dict[str, str]:
    """The label of a line, which Pajek writes after an `l`, in quotation marks."""
    return next(({"label": after} for word, after in pairwise(words) if word == "l" and after), {})


def _of_row(cells: list[str], row: int, first: int, relation: str, line: int) -> list[Edge]:
    """A row of a matrix; of one with two kinds of vertices, the columns are those of the second kind."""
    return [
        Edge(str(row), str(first + place), {"strength": cell} | _relation(relation), f"line {line}")
        for place, cell in enumerate(cells, 1)
        if cell not in ("0", "0.0")
    ]


def _counts(words: list[str], label: str, line: int) -> tuple[int, int]:
    """How many vertices there are, and how many of them are of the first kind; 0 where there is one kind."""
    numbers = [int(word) if word.isdecimal() and len(word) < 9 else 0 for word in (*words[:2], "", "")[:2]]
    if numbers[0] > 1_000_000:
        raise ScenarioError(f"{label}, line {line}: it has {numbers[0]} vertices: allowed is at most 1000000")
    return numbers[0], numbers[1] if 0 < numbers[1] < numbers[0] else 0


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
        if quoted := _QUOTED.match(line):  # a quotation mark within a name
            return [quoted[1], quoted[2]]
        raise ScenarioError(f"{label}, line {number}: a quotation mark is left open") from None
