"""Where each member stands among the others: its partners, ways that lead through it, who hangs on it alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from results.estimates.joined_pairs import joined_only_through
from scenarios.observed.network_today import NetworkToday


@dataclass(frozen=True, eq=False)
class Positions:
    """Members by their number.

    Attributes:
        partners: members it has a tie with (count), int[members].
        trust: mean trust of its ties, nan without a tie, float[members].
        near: others it reaches in two steps at most (count), int[members].
        between: share of the pairs of others whose shortest way leads through it, float[members]; where a pair has
            several shortest ways, the share of these that do.
        only_through: pairs of its partners that have neither a tie nor another partner in common (count), int[members].
        cut_off: others that could no longer reach the largest rest of its part if it left (count), int[members].
        elsewhere: share of its ties that lead to another region, nan without a tie, float[members].
        part: number of its part, 0 for the largest, int[members].

    Source:
        Freeman (1977), doi:10.2307/3033543, for `between`; Burt (1992), Structural Holes, for the idea that who joins
        others that are not joined otherwise has an advantage; that it is counted in pairs is ours.
    """

    partners: NDArray[np.int64]
    trust: NDArray[np.float64]
    near: NDArray[np.int64]
    between: NDArray[np.float64]
    only_through: NDArray[np.int64]
    cut_off: NDArray[np.int64]
    elsewhere: NDArray[np.float64]
    part: NDArray[np.int64]

    @property
    def alone(self) -> tuple[int, ...]:
        """Members without a tie."""
        return tuple(np.flatnonzero(self.partners == 0).tolist())

    @property
    def central(self) -> tuple[int, ...]:
        """Members with ties, those with the most partners first; of as many, those that reach most in two steps."""
        order = np.lexsort((-self.between, -self.near, -self.partners))
        return tuple(one for one in order.tolist() if self.partners[one])

    @property
    def brokers(self) -> tuple[int, ...]:
        """Members through whom others' shortest ways lead, those of most pairs first."""
        order = np.lexsort((-self.only_through, -self.between))
        return tuple(one for one in order.tolist() if self.between[one] > 0)

    @property
    def joints(self) -> tuple[int, ...]:
        """Members without whom others would be cut off, those of most others first."""
        order = np.lexsort((-self.between, -self.cut_off))
        return tuple(one for one in order.tolist() if self.cut_off[one])


def graph_of(members: int, ties: Sequence[tuple[int, int, float]]) -> nx.Graph[int]:
    """The network as networkx has it, with trust as an attribute of ties."""
    found: nx.Graph[int] = nx.Graph()
    found.add_nodes_from(range(members))
    found.add_weighted_edges_from(ties, weight="trust")
    return found


def positions(network: NetworkToday, graph: nx.Graph[int]) -> Positions:
    """Where each member stands; `graph` is that of the network's ties."""
    members = len(network.names)
    tied = nx.to_numpy_array(graph, nodelist=range(members), weight=None, dtype=np.float64)
    trust = nx.to_numpy_array(graph, nodelist=range(members), weight="trust", dtype=np.float64)
    partners = tied.sum(axis=1)
    region = network.roster.region
    other_region = tied * (region[:, None] != region[None, :])
    apart = ~np.eye(members, dtype=np.bool_)
    between = nx.betweenness_centrality(graph)
    some = np.maximum(partners, 1.0)
    return Positions(
        partners=partners.astype(np.int64),
        trust=np.where(partners > 0, trust.sum(axis=1) / some, np.nan),
        near=((tied + tied @ tied > 0) & apart).sum(axis=1, dtype=np.int64),
        between=np.array([between[one] for one in range(members)], dtype=np.float64),
        only_through=joined_only_through(tied),
        cut_off=_cut_off(graph),
        elsewhere=np.where(partners > 0, other_region.sum(axis=1) / some, np.nan),
        part=_parts(graph),
    )


def _cut_off(graph: nx.Graph[int]) -> NDArray[np.int64]:
    found = np.zeros(len(graph), dtype=np.int64)
    for joint in nx.articulation_points(graph):
        rest = graph.subgraph(nx.node_connected_component(graph, joint) - {joint})
        sizes = [len(part) for part in nx.connected_components(rest)]
        found[joint] = sum(sizes) - max(sizes)
    return found


def _parts(graph: nx.Graph[int]) -> NDArray[np.int64]:
    found = np.zeros(len(graph), dtype=np.int64)
    for number, part in enumerate(sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))):
        found[list(part)] = number
    return found
