"""The description of a network: all that is said of it before anything is simulated."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from results.describing.answers import Answers, answers_of
from results.describing.groups import Group, groups_of
from results.describing.missing import Missing, missing
from results.describing.positions import Positions, graph_of, positions
from results.describing.whole import Whole, whole
from scenarios import ScenarioError
from scenarios.observed.network_today import NetworkToday

MOST = 2_000
"""Most members that are described one by one."""


@dataclass(frozen=True, eq=False)
class Description:
    """A network as it stands.

    Attributes:
        network: that is described.
        whole: the network as a whole; None where nothing is known of ties.
        positions: where each member stands; None where nothing is known of ties.
        groups: by topic, and by region.
        missing: whom it misses.
        answers: how far the survey was answered; None where no survey is known.
    """

    network: NetworkToday
    whole: Whole | None
    positions: Positions | None
    groups: tuple[Group, ...]
    missing: Missing
    answers: Answers | None

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Of the members."""
        return self.network.names


def describe(network: NetworkToday, topics: Sequence[str] = (), regions: Sequence[str] = ()) -> Description:
    """The description of a network.

    Args:
        network: to be described.
        topics: that it should have members for.
        regions: that it should have members from.

    Raises:
        ScenarioError: if it has too many members.
    """
    members, ties = len(network.names), network.roster.ties
    if members > MOST:
        raise ScenarioError(
            f"{network.title} has {members:,} members; described one by one are {MOST:,} at most. Describe a part of "
            "it (--type, --relation, --part), or open it in Gephi"
        )
    graph = graph_of(members, ties or ())
    tied, trust = np.zeros((members, members)), np.zeros((members, members))
    for one, other, strength in ties or ():
        tied[one, other] = tied[other, one] = 1.0
        trust[one, other] = trust[other, one] = strength
    return Description(
        network,
        None if ties is None else whole(network, graph),
        None if ties is None else positions(network, graph),
        groups_of(network, tied, trust),
        missing(network, topics, regions),
        None if network.reports is None else answers_of(network.reports),
    )
