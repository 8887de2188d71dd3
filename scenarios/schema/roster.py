"""Real members as a scenario holds them: names, interests, regions, needs, and ties from before."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

SIZES = ("small", "medium", "large")
MOST_TOPICS = 64
MOST_REGIONS = 64


@dataclass(frozen=True, eq=False)
class Roster:
    """Member organizations as their file names them, in file order; a member's number is its row.

    Attributes:
        names: of the members.
        topics: names of the topics, in order of first appearance.
        regions: names of the regions, in order of first appearance.
        interests: weight of each topic for each member, each row of unit length, float[members, topics].
        region: index into `regions`, int[members].
        size: index into `SIZES`, int[members].
        need: share of the programme budget to be raised outside, float[members].
        champion: bool[members].
        activity: how much it reaches out and is reached, 1 for an average member; 0 if not given, float[members].
        ties: pairs (one, other, trust) from before, one < other; None where no ties file is named.
        contacts: (month, one, other), who met whom in which month, 1 or later, in order; one < other.
    """

    names: tuple[str, ...]
    topics: tuple[str, ...]
    regions: tuple[str, ...]
    interests: NDArray[np.float64]
    region: NDArray[np.int64]
    size: NDArray[np.int64]
    need: NDArray[np.float64]
    champion: NDArray[np.bool_]
    activity: NDArray[np.float64]
    ties: tuple[tuple[int, int, float], ...] | None = None
    contacts: tuple[tuple[int, int, int], ...] = ()

    def __eq__(self, other: object) -> bool:
        """Equal where everything in them is: scenarios read twice from the same files are equal."""
        if not isinstance(other, Roster):
            return NotImplemented
        pairs = ((getattr(self, one.name), getattr(other, one.name)) for one in fields(self))
        return all(np.array_equal(a, b) if isinstance(a, np.ndarray) else a == b for a, b in pairs)

    def __hash__(self) -> int:
        return hash((self.names, self.topics, self.regions, self.ties, self.contacts))
