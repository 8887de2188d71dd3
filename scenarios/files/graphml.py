"""Nodes and edges out of a GraphML file, whoever wrote it: networkx, Gephi, yEd, igraph, NodeXL, or we."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from scenarios.files.faults import ScenarioError
from scenarios.files.listing import counted
from scenarios.files.network_file import Edge, NetworkFile, Node
from scenarios.files.parts_wanted import PartsWanted
from scenarios.files.xml_text import local_name

DRAWN_SIZE = "Size (drawn)"
"""How sizes of NodeXL and Gephi are called here: they say how large a node is drawn, not how large an organization."""
_BY_GEPHI = {"size", "r", "g", "b", "x", "y"}
_LABELS = ("NodeLabel", "EdgeLabel")


def read_graphml(root: Element, label: str, wanted: PartsWanted) -> NetworkFile:
    """The first graph of a file or the one that is wanted, with the graphs inside its nodes; notes name what else is.

    Raises:
        ScenarioError: if there is no graph in it, or two nodes have one id.
    """
    graphs = [one for one in root if local_name(one) == "graph"]
    if not graphs:
        raise ScenarioError(f"{label} is no GraphML: there is no graph in it")
    keys = {one.get("id", ""): one for one in root.iter() if local_name(one) == "key"}
    found = NetworkFile(label)
    names = [one.get("id") or f"graph {number}" for number, one in enumerate(graphs, 1)]
    sizes = [
        f"{name!r} with {counted(sum(1 for _ in _inside(one, 'node')), 'node')} and "
        f"{counted(sum(1 for _ in _inside(one, 'edge')), 'edge')}"
        for name, one in zip(names, graphs, strict=True)
    ]
    chosen = wanted.one_of(names, label, found.notes, sizes)
    graph = graphs[chosen]
    seen: set[str] = set()
    for node in _inside(graph, "node"):
        key = node.get("id", "")
        if key in seen:
            raise ScenarioError(f"{label}: two nodes have the id '{key}'")
        seen.add(key)
        holds = any(local_name(one) == "graph" for one in node) or node.get("yfiles.foldertype") in ("group", "folder")
        found.nodes.append(Node(key, _without_drawing(_attributes(node, keys, "node", found)), f"node {key}", holds))
    for number, edge in enumerate(_inside(graph, "edge"), 1):
        one, other_end = edge.get("source", ""), edge.get("target", "")
        place = f"edge {edge.get('id') or number}"
        found.edges.append(Edge(one, other_end, _attributes(edge, keys, "edge", found), place))
    for hyper in _inside(graph, "hyperedge"):
        ends = [one.get("node", "") for one in hyper if local_name(one) == "endpoint"]
        found.notes.append(
            f"{label}: a hyperedge joins {', '.join(ends)}; ties are between two, so it is left out; draw an edge for "
            "each pair that it means"
        )
    return found


def _inside(graph: Element, what: str) -> Iterator[Element]:
    return (one for one in graph.iter() if local_name(one) == what)


def _attributes(one: Element, keys: dict[str, Element], what: str, found: NetworkFile) -> dict[str, str]:
    """Attributes by name: defaults of the file, then what stands at the node or edge itself."""
    attributes: dict[str, str] = {}
    for key in keys.values():
        default = next((part for part in key if local_name(part) == "default"), None)
        if key.get("for", "all") in (what, "all") and default is not None and default.text:
            attributes[_name(key)] = default.text.strip()
    for data in one:
        if local_name(data) != "data":
            continue
        named = keys.get(data.get("key", ""))
        if named is None:
            continue
        text = _drawn(data, found) if _is_drawn(named) else " ".join("".join(data.itertext()).split())
        if text:
            attributes[_name(named)] = text
    return attributes


def _drawn(data: Element, found: NetworkFile) -> str:
    """The label that yEd draws: of a group that is open and closed by turns, the one that is drawn now."""
    shapes = next((one for one in data.iter() if local_name(one) == "Realizers"), None)
    if shapes is not None and len(shapes):
        active = shapes.get("active", "0")
        shape = shapes[int(active) if active.isdecimal() and int(active) < len(shapes) else 0]
    else:
        shape = data
    texts = [" ".join("".join(one.itertext()).split()) for one in shape.iter() if local_name(one) in _LABELS]
    first, *others = [text for text in texts if text] or [""]
    for other in others:
        found.notes.append(f"{found.label}: {first!r} has a second label, {other!r}, which is left out")
    return first


def _is_drawn(key: Element) -> bool:
    return (key.get("yfiles.type") or "").endswith("graphics")


def _name(key: Element) -> str:
    """What an attribute is called; yEd's label of a node has no name of its own."""
    name = "label" if _is_drawn(key) else (key.get("attr.name") or key.get("id") or "").strip()
    return DRAWN_SIZE if name == "Size" and key.get("id") == "V-Size" else name


def _without_drawing(attributes: dict[str, str]) -> dict[str, str]:
    """Attributes of a node as Gephi writes them: where it is drawn, in which colour, and how large."""
    if attributes.keys() >= _BY_GEPHI:
        return {DRAWN_SIZE if name == "size" else name: text for name, text in attributes.items()}
    return attributes
