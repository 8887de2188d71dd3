"""What becomes of each pair, and of each member, over many simulated networks: counts, and the chances they come to."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation import History, rules


@dataclass(frozen=True, eq=False)
class ForetoldPairs:
    """Counts over simulated networks at one time, of members by their numbers; sums of two are of all networks.

    Attributes:
        networks: how many.
        reported: in which a survey counts two as tied, int[members, members].
        tied: in which the trust between two is strong enough to count, int[members, members].
        working: in which two collaborate, int[members, members].
        trust: of all of them added up, 0 where there is no tie, float[members, members].
        active: in which a member collaborates with anybody, int[members].
        alone: in which a member has no tie that counts, int[members].
    """

    networks: int
    reported: NDArray[np.int64]
    tied: NDArray[np.int64]
    working: NDArray[np.int64]
    trust: NDArray[np.float64]
    active: NDArray[np.int64]
    alone: NDArray[np.int64]

    def __add__(self, other: "ForetoldPairs") -> "ForetoldPairs":
        return ForetoldPairs(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    @property
    def chance(self) -> NDArray[np.float64]:
        """Share of the networks in which a survey counts two as tied, float[members, members]."""
        return self.reported / self.networks


def counted(
    reported: NDArray[np.bool_], trust: NDArray[np.float64], working: NDArray[np.bool_], tied_from: float
) -> ForetoldPairs:
    """Counts of some networks, all [networks, members, members] and symmetric.

    Args:
        reported: whether a survey counts two as tied.
        trust: in each tie; 0 where there is none.
        working: whether two collaborate.
        tied_from: trust from which a tie counts.
    """
    tied = trust >= tied_from
    return ForetoldPairs(
        len(trust),
        reported.sum(axis=0, dtype=np.int64),
        tied.sum(axis=0, dtype=np.int64),
        working.sum(axis=0, dtype=np.int64),
        trust.sum(axis=0),
        working.any(axis=2).sum(axis=0, dtype=np.int64),
        (~tied.any(axis=2)).sum(axis=0, dtype=np.int64),
    )


def collaborating(history: History, month: int, members: int) -> NDArray[np.bool_]:
    """Which of the first `members` members collaborate at the end of a month, bool[members, members], symmetric."""
    told = history.chronicle.of(rules.FUNDED, rules.UNFUNDED, rules.ENDED)
    asked = (told.month <= month) & (told.one < members) & (told.other < members)
    balance = np.zeros((members, members), np.int64)
    step = np.where(told.kind[asked] == rules.ENDED, -1, 1)
    np.add.at(balance, (told.one[asked], told.other[asked]), step)
    return np.asarray((balance + balance.T) > 0)
