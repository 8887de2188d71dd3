"""The network as a whole: how many of its pairs are tied, whether it holds together, how far its trust goes."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import networkx as nx
import numpy as np

from scenarios.observed.network_today import NetworkToday

WEAK = 0.3
"""Trust below which a tie is called weak. Ours: an assumption for reading, nothing is computed from it."""

FEWEST = 4
"""Ties from which on their middle half means something. Ours."""


@dataclass(frozen=True)
class Trust:
    """Trust of the ties (0 to 1): its middle, the range of the middle half, and how many are weak (count)."""

    middle: float
    low: float
    high: float
    weak: int


@dataclass(frozen=True)
class Whole:
    """The network as a whole.

    Attributes:
        members: count.
        ties: count.
        density: share of the pairs that have a tie, of those of which it is known; nan where there is none.
        parts: sizes of its parts that are connected in themselves, the largest first (count).
        alone: members without a tie (count).
        mean_partners: ties of a member on average.
        closed: share of pairs with a partner in common that have a tie themselves; nan where there is no such pair.
        steps: on the shortest way between two of the largest part, on average; nan of one alone.
        farthest: the longest of these ways (steps).
        trust: None where all ties are equally strong, so that nothing tells them apart, or there are hardly any.
    """

    members: int
    ties: int
    density: float
    parts: tuple[int, ...]
    alone: int
    mean_partners: float
    closed: float
    steps: float
    farthest: int
    trust: Trust | None


def whole(network: NetworkToday, graph: nx.Graph[int]) -> Whole:
    """The network as a whole; `graph` is that of its ties."""
    members, ties = len(graph), graph.number_of_edges()
    pairs = members * (members - 1) // 2 - network.unknown_pairs
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    largest = graph.subgraph(parts[0])
    farthest, steps = 0, nan
    if len(largest) > 1:
        ways = [far for _, others in nx.all_pairs_shortest_path_length(largest) for far in others.values() if far]
        farthest, steps = max(ways), float(np.mean(ways))
    twos = sum(count * (count - 1) // 2 for _, count in graph.degree())
    return Whole(
        members=members,
        ties=ties,
        density=ties / pairs if pairs else nan,
        parts=tuple(len(part) for part in parts),
        alone=sum(count == 0 for _, count in graph.degree()),
        mean_partners=2 * ties / members,
        closed=float(nx.transitivity(graph)) if twos else nan,
        steps=steps,
        farthest=farthest,
        trust=_trust(network),
    )


def _trust(network: NetworkToday) -> Trust | None:
    told = np.array([trust for *_, trust in network.roster.ties or ()])
    if len(told) < FEWEST or len(np.unique(told)) < 2:
        return None
    low, middle, high = np.quantile(told, [0.25, 0.5, 0.75]).tolist()
    return Trust(middle, low, high, int((told < WEAK).sum()))
