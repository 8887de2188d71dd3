"""A snapshot as GraphML, the exchange format that Gephi, Cytoscape, R and networkx read."""

import re
from collections.abc import Sequence

import networkx as nx

from simulation.snapshot import Snapshot

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def differ_in_activity(snapshot: Snapshot) -> bool:
    """Whether members differ in activity; where none does, files do not settle it for whoever reads them."""
    return any(member.activity != 1.0 for member in snapshot.members)


def graph(snapshot: Snapshot) -> "nx.Graph[int]":
    """Members as nodes, numbered as in the snapshot; ties as edges."""
    network: nx.Graph[int] = nx.Graph(
        scenario=_text(snapshot.scenario), seed=snapshot.seed, replicate=snapshot.replicate, month=snapshot.month
    )
    activity = differ_in_activity(snapshot)
    for number, member in enumerate(snapshot.members):
        network.add_node(
            number,
            name=_text(member.name),
            topic=_text(member.topic),
            region=_text(member.region),
            size=member.size,
            need=float(member.need),
            engagement=float(member.engagement),
            champion=bool(member.champion),
            present=bool(member.present),
            interests=_text(written(member.interests)),
            **({"activity": float(member.activity)} if activity else {}),
        )
    for tie in sorted(snapshot.ties, key=lambda tie: (tie.one, tie.other)):
        network.add_edge(
            tie.one,
            tie.other,
            trust=float(tie.trust),
            overlap=float(tie.overlap),
            origin=tie.origin,
            collaborating=bool(tie.collaborating),
            funded=bool(tie.funded),
        )
    return network


def written(interests: Sequence[tuple[str, float]]) -> str:
    """Topics with their weights, as members.csv has them: `literacy:0.8;teachers:0.6`."""
    return ";".join(f"{topic}:{weight!r}" for topic, weight in interests)


def graphml(snapshot: Snapshot) -> bytes:
    """The GraphML file; the same snapshot gives the same bytes."""
    # Not nx.write_graphml: it writes other bytes where lxml happens to be installed.
    lines = nx.generate_graphml(graph(snapshot), named_key_ids=True)
    return ("<?xml version='1.0' encoding='utf-8'?>\n" + "\n".join(lines) + "\n").encode()


def _text(words: str) -> str:
    """Words without the characters that no XML file may hold."""
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", words)
