"""Networks as JSON: a Kumu project, node-link as d3 and networkx write it, Cytoscape, graphology."""

import json
from collections.abc import Mapping
from typing import Any

from scenarios.files.faults import ScenarioError
from scenarios.files.network_file import Edge, NetworkFile, Node

_NODES = ("elements", "nodes", "vertices")
_EDGES = ("connections", "links", "edges", "ties")
_INNER = ("attributes", "data", "properties")
_KEYS = ("_id", "id", "key")
_NAMES = {*_KEYS, "name", "label"}


def read_json(text: str, label: str) -> NetworkFile:
    """The nodes and edges of a project; what else stands in it is named.

    Raises:
        ScenarioError: if it is no JSON, or no network.
    """
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise ScenarioError(f"{label}{line}: is no JSON: {getattr(error, 'msg', 'it is nested too deeply')}") from None
    if isinstance(whole, dict) and isinstance(whole.get("elements"), dict):  # Cytoscape
        whole = {**whole["elements"], **{name: value for name, value in whole.items() if name != "elements"}}
    if isinstance(whole, dict) and (partners := _partners(whole)):
        return _of_partners(partners, label)
    if not isinstance(whole, dict):
        raise ScenarioError(f"{label} is JSON, but no network: it is a list, where elements and connections are needed")
    nodes = next((name for name in _NODES if isinstance(whole.get(name), list)), None)
    edges = next((name for name in _EDGES if isinstance(whole.get(name), list)), None)
    found = NetworkFile(label)
    if nodes is None and edges and (nodes := _only_list(whole, edges)):
        found.notes.append(f"{label}: {nodes} is read as the list of members")
    if nodes is None:
        raise ScenarioError(
            f"{label} is JSON, but no network: it has no list of elements or nodes; it has "
            f"{', '.join(map(str, list(whole)[:10])) or 'nothing'}"
        )
    one_node = "vertex" if nodes == "vertices" else nodes.removesuffix("s")
    for number, one in enumerate(whole[nodes], 1):
        found.nodes.append(_node(one, f"{one_node} {number}", label))
    keys = [node.key for node in found.nodes]
    for number, one in enumerate(whole[edges] if edges else (), 1):
        found.edges.append(_edge(one, f"{str(edges)[:-1]} {number}", label, keys))
    others = [name for name, value in whole.items() if name not in (nodes, edges) and isinstance(value, list) and value]
    found.notes += [f"{label}: {name}, a list of {len(whole[name])}, is left out" for name in others]
    return found


def _partners(whole: Mapping[str, Any]) -> Mapping[str, list[str]] | None:
    """Names, and for each the list of its partners' names, if that is all there is and the lists are not of nodes."""
    if not whole or {*_NODES, *_EDGES} & {*whole} or not all(isinstance(one, list) for one in whole.values()):
        return None
    if not all(isinstance(partner, str) for one in whole.values() for partner in one):
        return None
    named = [partner for one in whole.values() for partner in one]
    return whole if named and 2 * sum(partner in whole for partner in named) >= len(named) else None


def _of_partners(partners: Mapping[str, list[str]], label: str) -> NetworkFile:
    found = NetworkFile(label, notes=[f"{label} is read as names with the lists of their partners"])
    names = dict.fromkeys([*partners, *(partner for one in partners.values() for partner in one)])
    found.nodes += [Node(name, {"name": name}, f"{name!r}") for name in names]
    found.edges += [Edge(name, other, {}, f"{name!r}") for name, others in partners.items() for other in others]
    return found


def _only_list(whole: Mapping[str, Any], edges: str) -> str | None:
    """The one list, beside that of ties, of objects with a name or an id; None if there are several or none."""
    lists = [
        name
        for name, value in whole.items()
        if name != edges and isinstance(value, list) and value
        and all(isinstance(one, Mapping) and {*map(str.casefold, one)} & _NAMES for one in value)
    ]  # fmt: skip
    return lists[0] if len(lists) == 1 else None


def _node(one: Any, place: str, label: str) -> Node:
    if isinstance(one, (str, int)):
        return Node(str(one), {"name": str(one)}, place)
    attributes = _flat(one, place, label)
    key = next((attributes[name] for name in _KEYS if name in attributes), "")
    names = {name.casefold(): text for name, text in attributes.items()}
    named = key or names.get("label") or names.get("name") or ""
    return Node(named, {name: text for name, text in attributes.items() if name not in _KEYS}, place)


def _edge(one: Any, place: str, label: str, keys: list[str]) -> Edge:
    if isinstance(one, list) and len(one) in (2, 3) and not any(isinstance(end, (list, dict)) for end in one):
        one = dict(zip(("source", "target", "weight"), one, strict=False))
    attributes = _flat(one, place, label)
    ends = []
    for names in (("from", "source"), ("to", "target")):
        name = next((name for name in names if name in attributes), None)
        if name is None:
            raise ScenarioError(f"{label}, {place}: has no {names[0]} or {names[1]}")
        end = attributes.pop(name)
        raw = one.get(name)
        if isinstance(raw, int) and end not in keys and 0 <= raw < len(keys):
            end = keys[raw]  # d3 counts nodes from 0 where they have no id
        ends.append(end)
    return Edge(ends[0], ends[1], {name: text for name, text in attributes.items() if name not in _KEYS}, place)


def _flat(one: Any, place: str, label: str) -> dict[str, str]:
    """Names and texts of what stands at a node or edge, and of its `attributes` or `data`."""
    if not isinstance(one, Mapping):
        raise ScenarioError(f"{label}, {place}: is no object with names and values")
    found: dict[str, str] = {}
    for name, value in one.items():
        if name in _INNER and isinstance(value, Mapping):
            for inner, deeper in value.items():
                _put(found, inner, deeper)
        else:
            _put(found, name, value)
    return found


def _put(found: dict[str, str], name: str, value: Any) -> None:
    if isinstance(value, bool):
        text = "yes" if value else "no"
    elif isinstance(value, list):
        text = ";".join(str(one) for one in value if one is not None and not isinstance(one, (dict, list)))
    elif value is None or isinstance(value, Mapping):
        text = str(value.get("id", value.get("_id", ""))) if isinstance(value, Mapping) else ""
    else:
        text = str(value)
    if text.strip():
        found.setdefault(str(name), " ".join(text.split()))
