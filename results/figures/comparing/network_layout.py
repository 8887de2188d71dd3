"""Where members stand in the drawings: one place each, in every month and every scenario."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from results.figures.kit.spots import PULL, spots_of
from simulation.snapshot import Snapshot


def places(snapshots: Iterable[Snapshot]) -> NDArray[np.float64]:
    """A place in the unit square for each member, from all its ties in all the snapshots together.

    Members with trusted ties, and more so those that collaborate, are drawn together.

    Returns:
        float[members, 2], members by number; as many as the largest snapshot has.
    """
    snapshots = list(snapshots)
    members = max((len(one.members) for one in snapshots), default=0)
    weights = np.full((members, members), PULL)
    for snapshot in snapshots:
        for tie in snapshot.ties:
            weights[tie.one, tie.other] += (tie.trust**2 + tie.collaborating) / len(snapshots)
    return spots_of(weights)
