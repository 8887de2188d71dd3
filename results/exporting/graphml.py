"""A snapshot as GraphML, the exchange format that Gephi, Cytoscape, R and networkx read.

What they look for: Gephi and networkx `label` of nodes and `weight` of edges, igraph `name` and `weight`. Gephi takes
an attribute `size` for the size of the drawn node, a number, so that of an organization is called otherwise.
"""

from collections.abc import Sequence
from math import cos, pi, sin
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from results.exporting.rows import Row, fit_for_xml, member_rows, tie_rows
from simulation.snapshot import Snapshot

_GRAPHML, _YWORKS = "http://graphml.graphdrawing.org/xmlns", "http://www.yworks.com/xml/graphml"
_DRAWN = "drawn"
_RENAMED = {"size": "organization_size"}
_ROOM = 60
"""Along the circle on which yEd first shows the members, for each of them (points)."""


def graphml(snapshot: Snapshot) -> bytes:
    """The GraphML file; the same snapshot gives the same bytes. The weight of a tie is the trust in it, 0 to 1."""
    return _bytes(_graph(snapshot))


def drawn_graphml(snapshot: Snapshot) -> bytes:
    """The same with a box and a label for each member, on a circle: yEd shows no other label by itself."""
    root = _graph(snapshot)
    key = Element("key", {"id": _DRAWN, "for": "node", "yfiles.type": "nodegraphics"})
    root.insert(0, key)
    nodes = root.findall("graph/node")
    radius = len(nodes) * _ROOM / (2 * pi)
    for number, (node, member) in enumerate(zip(nodes, snapshot.members, strict=True)):
        name, turn = fit_for_xml(member.name), 2 * pi * number / len(nodes)
        shape = SubElement(SubElement(node, "data", key=_DRAWN), "y:ShapeNode")
        place = {"x": f"{radius * cos(turn):.1f}", "y": f"{radius * sin(turn):.1f}"}
        SubElement(shape, "y:Geometry", place | {"width": str(20 + 7 * min(len(name), 40)), "height": "30"})
        SubElement(shape, "y:NodeLabel").text = name
    root.set("xmlns:y", _YWORKS)
    return _bytes(root)


def _graph(snapshot: Snapshot) -> Element:
    """Members as nodes, numbered as in the snapshot; ties as edges."""
    ties = sorted(snapshot.ties, key=lambda tie: (tie.one, tie.other))
    nodes: list[Row] = [
        {"label": row["name"], **{_RENAMED.get(name, name): value for name, value in row.items()}}
        for row in member_rows(snapshot, snapshot.members)
    ]
    edges: list[Row] = [
        {"weight": row["trust"], **{name: value for name, value in row.items() if name not in ("from", "to")}}
        for row in tie_rows(snapshot, ties)
    ]
    about: Row = {
        "scenario": snapshot.scenario, "seed": snapshot.seed, "replicate": snapshot.replicate, "month": snapshot.month,
    }  # fmt: skip
    root = Element("graphml", xmlns=_GRAPHML)
    keys = {kind: _keys(root, kind, rows) for kind, rows in (("graph", [about]), ("node", nodes), ("edge", edges))}
    graph = SubElement(root, "graph", edgedefault="undirected")
    _put(graph, about, keys["graph"])
    for number, row in enumerate(nodes):
        _put(SubElement(graph, "node", id=str(number)), row, keys["node"])
    for tie, row in zip(ties, edges, strict=True):
        _put(SubElement(graph, "edge", source=str(tie.one), target=str(tie.other)), row, keys["edge"])
    return root


def _keys(root: Element, kind: str, rows: Sequence[Row]) -> dict[str, str]:
    """Declare the attributes of rows: name -> id, which is the name unless another kind has it."""
    ids = {}
    for name, value in (rows[0] if rows else {}).items():
        taken = any(key.get("id") == name for key in root)
        ids[name] = f"{kind}_{name}" if taken else name
        what = "boolean" if isinstance(value, bool) else "string" if isinstance(value, str) else "double"
        what = "long" if type(value) is int else what
        SubElement(root, "key", {"id": ids[name], "for": kind, "attr.name": name, "attr.type": what})
    return ids


def _put(element: Element, row: Row, ids: dict[str, str]) -> None:
    for name, value in row.items():
        text = fit_for_xml(value) if isinstance(value, str) else repr(value)
        SubElement(element, "data", key=ids[name]).text = text.lower() if isinstance(value, bool) else text


def _bytes(root: Element) -> bytes:
    ElementTree.indent(root)
    return b"<?xml version='1.0' encoding='utf-8'?>\n" + ElementTree.tostring(root, encoding="unicode").encode() + b"\n"
