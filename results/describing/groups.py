"""The network by topic and by region: who is there, how many of them know each other, and how open each group is."""

from dataclasses import dataclass
from math import nan
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from scenarios.observed.network_today import NOT_GIVEN, NetworkToday

Kind = Literal["topic", "region"]


@dataclass(frozen=True)
class Group:
    """The members that share a topic, or a region.

    Attributes:
        kind: "topic" or "region".
        name: of it.
        members: their numbers, ascending.
        ties: among them (count).
        density: share of their pairs that have a tie; nan of one alone.
        trust: mean of these ties; nan without any.
        outward: of the tie ends of its members, the share that leads to somebody outside; nan without any.
        alone: members without any tie at all (count).
    """

    kind: Kind
    name: str
    members: tuple[int, ...]
    ties: int
    density: float
    trust: float
    outward: float
    alone: int


def topics_of(network: NetworkToday) -> NDArray[np.bool_]:
    """Which topic is given of whom, bool[members, topics]."""
    found = network.roster.interests > 0
    found[sorted(network.without_topics)] = False
    return found


def groups_of(network: NetworkToday, tied: NDArray[np.float64], trust: NDArray[np.float64]) -> tuple[Group, ...]:
    """Topics first, then regions; those with the most members first. None where all share the only one there is.

    Args:
        network: with its members.
        tied: 1 where two have a tie, float[members, members].
        trust: of their tie, 0 without one, float[members, members].
    """
    roster = network.roster
    kinds: list[tuple[Kind, tuple[str, ...], NDArray[np.bool_]]] = [("topic", roster.topics, topics_of(network))]
    if network.has_regions:
        in_region = roster.region[:, None] == np.arange(len(roster.regions))[None, :]
        kinds.append(("region", roster.regions, in_region))
    found: list[Group] = []
    for kind, names, belongs in kinds:
        if len(names) < 2:
            continue
        some = [
            _group(kind, name, belongs[:, number], tied, trust)
            for number, name in enumerate(names)
            if belongs[:, number].any()
        ]
        found += sorted(some, key=lambda one: (one.name == NOT_GIVEN, -len(one.members)))
    return tuple(found)


def _group(
    kind: Kind, name: str, belongs: NDArray[np.bool_], tied: NDArray[np.float64], trust: NDArray[np.float64]
) -> Group:
    members = np.flatnonzero(belongs)
    within, size = np.ix_(members, members), len(members)
    ties, ends = float(tied[within].sum()) / 2, float(tied[members].sum())
    pairs = size * (size - 1) / 2
    return Group(
        kind,
        name,
        tuple(members.tolist()),
        round(ties),
        ties / pairs if pairs else nan,
        float(trust[within].sum()) / 2 / ties if ties else nan,
        1 - 2 * ties / ends if ends else nan,
        int((tied[members].sum(axis=1) == 0).sum()),
    )
