"""Nodes and edges out of a GML file: names and values, and names with more of them in brackets."""

import re
import sys
from collections.abc import Iterator
from html.entities import html5

from scenarios.files.faults import ScenarioError
from scenarios.files.network_file import Edge, NetworkFile, Node
from scenarios.files.parts_wanted import PartsWanted

START = re.compile(
    r"\s*+(?>(?:#[^\n]*\n|(?:comment|creator|version)\b[ \t]*(?>\"[^\"]*\"|[^\n]*\n))\s*)*+graph\s*\[", re.IGNORECASE
)
_TOKEN = re.compile(r'\s*(?:#[^\n]*\n\s*)*(?:"(?P<text>[^"]*)"|(?P<sign>[\[\]])|(?P<word>[^\s\[\]"]+))')
_ENTITY = re.compile("&(?:#(?P<number>[0-9]{1,7})|(?P<name>[A-Za-z]+[0-9]*));")
_DEEPEST = 50
Pairs = list[tuple[str, object]]


def read_gml(text: str, label: str, wanted: PartsWanted) -> NetworkFile:
    """The graph of a file, or the one that is wanted of several.

    Raises:
        ScenarioError: if brackets or values are missing, or two nodes have one id.
    """
    whole = _pairs(_tokens(text, label), label, 0)
    graphs = [value for name, value in whole if name.casefold() == "graph" and isinstance(value, list)]
    found = NetworkFile(label)
    names = [_title(graph) or f"graph {number}" for number, graph in enumerate(graphs, 1)]
    chosen = wanted.one_of(names, label, found.notes)
    seen: set[str] = set()
    for name, value in graphs[chosen] if graphs else []:
        if not isinstance(value, list) or name.casefold() not in ("node", "edge"):
            continue
        attributes = _flat(value)
        if name.casefold() == "node":
            key = attributes.pop("id", "")
            if not key:
                raise ScenarioError(f"{label}: node {len(found.nodes) + 1} has no id")
            if key in seen:
                raise ScenarioError(f"{label}: two nodes have the id '{key}'")
            seen.add(key)
            attributes.pop("gid", None)  # yEd: the group in which it is drawn
            is_group = attributes.pop("isGroup", "0") == "1"
            found.nodes.append(Node(key, attributes, f"node {key}", is_group))
        else:
            place = f"edge {len(found.edges) + 1}"
            found.edges.append(Edge(attributes.pop("source", ""), attributes.pop("target", ""), attributes, place))
    return found


def _tokens(text: str, label: str) -> Iterator[tuple[str, str]]:
    place = 0
    end = len(text.rstrip())
    while place < end:
        found = _TOKEN.match(text, place)
        if found is None:
            line = text.count("\n", 0, place) + 1
            raise ScenarioError(f"{label}, line {line}: is no GML; is a quotation mark left open?")
        place = found.end()
        yield str(found.lastgroup), found[str(found.lastgroup)]


def _pairs(tokens: Iterator[tuple[str, str]], label: str, depth: int) -> Pairs:
    """Names and values up to the closing bracket."""
    if depth > _DEEPEST:
        raise ScenarioError(f"{label} is nested too deeply to be a network")
    found: Pairs = []
    for kind, name in tokens:
        if kind == "sign" and name == "]":
            if depth == 0:
                raise ScenarioError(f"{label}: a bracket is closed that was never opened")
            return found
        value_kind, value = next(tokens, ("", ""))
        if kind != "word" or not value_kind or (value_kind, value) == ("sign", "]"):
            raise ScenarioError(f"{label}: {name!r} has no value")
        opens = value_kind == "sign"
        found.append((name, _pairs(tokens, label, depth + 1) if opens else _plain(value)))
    if depth:
        raise ScenarioError(f"{label}: a bracket is left open; the file may be torn")
    return found


def _plain(value: str) -> str:
    """A value with its characters for what is written as `&#228;` or `&auml;`; HTML would leave some out unsaid."""
    return " ".join(_ENTITY.sub(_character, value).split())


def _character(entity: re.Match[str]) -> str:
    if entity["name"]:
        return html5.get(f"{entity['name']};", entity[0])
    number = int(entity["number"])
    return chr(number) if number <= sys.maxunicode else entity[0]


def _title(graph: Pairs) -> str:
    """What a graph is called: its label, name or id."""
    texts = {name.casefold(): value for name, value in reversed(graph) if isinstance(value, str)}
    return next((texts[name] for name in ("label", "name", "id") if texts.get(name)), "")


def _flat(pairs: Pairs) -> dict[str, str]:
    """Texts by name; what is drawn, in `graphics`, is no attribute."""
    return {name: value for name, value in reversed(pairs) if isinstance(value, str) and value}
