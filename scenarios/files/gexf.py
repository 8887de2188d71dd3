"""Nodes and edges out of a GEXF file, as Gephi writes it, of any of its versions."""

from xml.etree.ElementTree import Element

from scenarios.files.faults import ScenarioError
from scenarios.files.network_file import Edge, NetworkFile, Node
from scenarios.files.parts_wanted import PartsWanted
from scenarios.files.xml_text import local_name

_EDGE = ("label", "weight", "kind", "start", "end")


def read_gexf(root: Element, label: str, wanted: PartsWanted) -> NetworkFile:
    """The graph of a file, or the one that is wanted of several; nodes inside nodes are groups and their members.

    Raises:
        ScenarioError: if there is no graph in it, or two nodes have one id.
    """
    graphs = [one for one in root if local_name(one) == "graph"]
    if not graphs:
        raise ScenarioError(f"{label} is GEXF without a graph")
    found = NetworkFile(label)
    titles = [one.get("id") or one.get("name") or f"graph {number}" for number, one in enumerate(graphs, 1)]
    chosen = wanted.one_of(titles, label, found.notes)
    graph = graphs[chosen]
    names = {
        (one.get("class", "node"), part.get("id", "")): part.get("title", "")
        for one in graph.iter()
        if local_name(one) == "attributes"
        for part in one
        if local_name(part) == "attribute"
    }
    seen: set[str] = set()
    for node in (one for one in graph.iter() if local_name(one) == "node"):
        key = node.get("id", "")
        if key in seen:
            raise ScenarioError(f"{label}: two nodes have the id '{key}'")
        seen.add(key)
        attributes = {"label": node.get("label", "")} | _values(node, names, "node")
        holds = any(local_name(one) == "nodes" and len(one) for one in node)
        there = {name: text for name, text in attributes.items() if text}
        found.nodes.append(Node(key, there, f"node {key}", holds))
    for number, edge in enumerate((one for one in graph.iter() if local_name(one) == "edge"), 1):
        attributes = {name: edge.get(name, "") for name in _EDGE} | _values(edge, names, "edge")
        there = {name: text for name, text in attributes.items() if text}
        place = f"edge {edge.get('id') or number}"
        found.edges.append(Edge(edge.get("source", ""), edge.get("target", ""), there, place))
    return found


def _values(one: Element, names: dict[tuple[str, str], str], kind: str) -> dict[str, str]:
    """What stands at a node or an edge, under the titles that the file gives to its attributes."""
    values = [value for part in one if local_name(part) == "attvalues" for value in part]
    found: dict[str, str] = {}
    for value in values:
        number = value.get("for") or value.get("id") or ""
        found[names.get((kind, number)) or number] = " ".join((value.get("value") or "").split())
    return found
