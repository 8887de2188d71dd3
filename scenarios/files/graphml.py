"""Members and ties out of a GraphML file, whoever wrote it: networkx, Gephi, yEd, or we.

A file with a DOCTYPE or with entities is refused: GraphML needs neither, and both can be made to read other files, or
to grow without end.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from scenarios.files.bytes import read_bytes
from scenarios.files.faults import ScenarioError

ENDINGS = (".graphml", ".xml")
_FORBIDDEN = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass
class Graph:
    """What a GraphML file holds.

    Attributes:
        nodes: id -> attributes by name, in the order of the file.
        edges: (id, id, attributes by name).
    """

    nodes: dict[str, dict[str, str]] = field(default_factory=dict)
    edges: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)


def read_graphml(path: Path) -> Graph:
    """Read the first graph of a file.

    Raises:
        ScenarioError: if it cannot be read, is no GraphML, or an edge leads to a node that is not there.
    """
    try:
        data = read_bytes(path)
    except (OSError, ValueError) as error:
        raise ScenarioError(f"{path.name} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if found := _FORBIDDEN.search(data.replace(b"\0", b"")):
        raise ScenarioError(
            f"{path.name} has a {found[1].decode().upper()}, which GraphML does not need and which may read other "
            "files; save it without"
        )
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise ScenarioError(f"{path.name} is no XML: {error}") from None
    graph = root.find("{*}graph")
    if not root.tag.endswith("graphml") or graph is None:
        raise ScenarioError(f"{path.name} is no GraphML: there is no graph in it")
    return _graph(root, graph, path.name)


def _graph(root: ElementTree.Element, graph: ElementTree.Element, label: str) -> Graph:
    keys = {one.get("id", ""): one for one in root.iter() if one.tag.endswith("}key") or one.tag == "key"}
    found = Graph()
    for node in graph.findall(".//{*}node"):
        number = node.get("id", "")
        if number in found.nodes:
            raise ScenarioError(f"{label}: two nodes have the id '{number}'")
        found.nodes[number] = _attributes(node, keys, "node")
    for edge in graph.findall(".//{*}edge"):
        ends = edge.get("source", ""), edge.get("target", "")
        for end in ends:
            if end not in found.nodes:
                raise ScenarioError(f"{label}: an edge leads to '{end}', which is no node")
        found.edges.append((*ends, _attributes(edge, keys, "edge")))
    return found


def _attributes(one: ElementTree.Element, keys: dict[str, ElementTree.Element], what: str) -> dict[str, str]:
    """Attributes by name: defaults of the file, then what stands at the node or edge itself."""
    found: dict[str, str] = {}
    for key in keys.values():
        default = key.find("{*}default")
        if key.get("for") in (what, "all") and default is not None and default.text:
            found[_name(key)] = default.text.strip()
    for data in one.findall("{*}data"):
        named = keys.get(data.get("key", ""))
        text = " ".join("".join(data.itertext()).split())
        if named is not None and text:
            found[_name(named)] = text
    return found


def _name(key: ElementTree.Element) -> str:
    """What an attribute is called; yEd's label of a node has no name of its own."""
    if (key.get("yfiles.type") or "").endswith("graphics"):
        return "label"
    return (key.get("attr.name") or key.get("id") or "").strip().casefold()
