"""Where the points of a network stand: near those they are tied to, and none upon another."""

import networkx as nx
import numpy as np
from numpy.typing import NDArray

PULL = 0.03
"""Weight of a tie between everybody: without it, members that know nobody drift off and squeeze the rest together."""


def spots_of(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """A place in the unit square for each point: those with heavy ties together, then moved apart where they cover.

    Args:
        weights: of the tie between each two, PULL at least, float[points, points].

    Source:
        Fruchterman & Reingold (1991), doi:10.1002/spe.4380211102: the springs, as networkx has them, here from a fixed
        start. Ours: the weak tie between all, and the moving apart.

    Returns:
        float[points, 2].
    """
    members = len(weights)
    if members < 2:
        return np.full((members, 2), 0.5)
    network: nx.Graph[int] = nx.Graph()
    network.add_nodes_from(range(members))
    network.add_weighted_edges_from(
        (one, other, float(weights[one, other])) for one in range(members) for other in range(one + 1, members)
    )
    found = nx.spring_layout(network, k=2.2 / np.sqrt(members), iterations=150, seed=1, weight="weight")
    spots = np.array([found[member] for member in range(members)], dtype=np.float64)
    return _apart((_in_square(spots) + _in_square(_ranks(spots))) / 2)


def _ranks(spots: NDArray[np.float64]) -> NDArray[np.float64]:
    """Order from left to right and from below: half of a place, lest a member far out squeezes the others together."""
    return np.argsort(np.argsort(spots, axis=0, kind="stable"), axis=0, kind="stable").astype(np.float64)


def _in_square(spots: NDArray[np.float64]) -> NDArray[np.float64]:
    low, high = spots.min(axis=0), spots.max(axis=0)
    return np.asarray((spots - low) / np.where(high - low > 1e-9, high - low, 1.0), dtype=np.float64)


def _apart(spots: NDArray[np.float64]) -> NDArray[np.float64]:
    """Push pairs apart that stand nearer than an even spread over the square allows."""
    nearest = 0.75 / np.sqrt(len(spots))
    for _ in range(100):
        way = spots[:, None, :] - spots[None, :, :]
        distance = np.sqrt((way**2).sum(axis=2))
        np.fill_diagonal(distance, np.inf)
        # Two on one spot part along the line of their numbers, since any direction will do but the same one each time.
        way = np.where(
            (distance < 1e-9)[:, :, None], np.sign(np.subtract.outer(*[np.arange(len(spots))] * 2))[:, :, None], way
        )
        push = np.clip(nearest - distance, 0, None) / 2
        move = (way / np.maximum(distance, 1e-9)[:, :, None].clip(None, 1e9) * push[:, :, None]).sum(axis=1)
        if np.abs(move).max() < 1e-4:
            break
        spots = np.clip(spots + np.clip(move, -0.05, 0.05), 0, 1)
    return spots.round(6)
