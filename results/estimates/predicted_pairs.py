"""What becomes of each pair, and of each member, over many simulated networks: counts, and the chances they come to."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation import History, Ties, rules


@dataclass(frozen=True, eq=False)
class PredictedPairs:
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

    def __add__(self, other: "PredictedPairs") -> "PredictedPairs":
        return PredictedPairs(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    @property
    def chance(self) -> NDArray[np.float64]:
        """Share of the networks in which a survey counts two as tied, float[members, members]."""
        return self.reported / self.networks


def counted(
    reported: NDArray[np.bool_], trust: NDArray[np.float64], working: NDArray[np.bool_], tied_from: float
) -> PredictedPairs:
    """Counts of some networks, all [networks, members, members] and symmetric.

    Args:
        reported: whether a survey counts two as tied.
        trust: in each tie; 0 where there is none.
        working: whether two collaborate.
        tied_from: trust from which a tie counts.
    """
    tied = trust >= tied_from
    return PredictedPairs(
        len(trust),
        reported.sum(axis=0, dtype=np.int64),
        tied.sum(axis=0, dtype=np.int64),
        working.sum(axis=0, dtype=np.int64),
        trust.sum(axis=0),
        working.any(axis=2).sum(axis=0, dtype=np.int64),
        (~tied.any(axis=2)).sum(axis=0, dtype=np.int64),
    )


class Collaborating(NamedTuple):
    """The pairs that collaborate at the end of a month: members `one` < `other`, int[pairs] each, in order."""

    one: NDArray[np.int64]
    other: NDArray[np.int64]


def pairs_at_work(history: History, month: int) -> Collaborating:
    """The pairs that have begun to collaborate up to the end of a month, and have not ended."""
    told = history.chronicle.of(rules.FUNDED, rules.UNFUNDED, rules.ENDED)
    until = told.month <= month
    pairs, place = np.unique(np.stack([told.one[until], told.other[until]]), axis=1, return_inverse=True)
    step = np.where(told.kind[until] == rules.ENDED, -1, 1)
    balance = np.bincount(place.ravel(), weights=step, minlength=pairs.shape[1])
    return Collaborating(*pairs[:, balance > 0])


def collaborating(history: History, month: int, members: int) -> NDArray[np.bool_]:
    """Which of the first `members` members collaborate at the end of a month, bool[members, members], symmetric."""
    at_work, found = pairs_at_work(history, month), np.zeros((members, members), np.bool_)
    asked = at_work.other < members
    one, other = at_work.one[asked], at_work.other[asked]
    found[one, other] = found[other, one] = True
    return found


class Standing(NamedTuple):
    """What is between the members of one network at the end of a month."""

    ties: Ties
    at_work: Collaborating


class PairCounter:
    """Adds up networks one by one, all ties counting; it takes as much memory for many as for one."""

    def __init__(self, members: int) -> None:
        self._networks = 0
        self._tied, self._working = (np.zeros((members, members), np.int64) for _ in range(2))
        self._trust = np.zeros((members, members))
        self._active, self._connected = np.zeros(members, np.int64), np.zeros(members, np.int64)

    def add(self, network: Standing) -> None:
        """Count one network more."""
        ties, at_work = network.ties, network.at_work
        self._networks += 1
        self._tied[ties.one, ties.other] += 1
        self._trust[ties.one, ties.other] += ties.trust
        self._working[at_work.one, at_work.other] += 1
        self._connected[np.union1d(ties.one, ties.other)] += 1
        self._active[np.union1d(at_work.one, at_work.other)] += 1

    def counted(self) -> PredictedPairs:
        """What was counted so far; nobody reported anything, so what is reported is what is."""
        tied, working = self._tied + self._tied.T, self._working + self._working.T
        alone = self._networks - self._connected
        return PredictedPairs(
            self._networks, tied, tied, working, self._trust + self._trust.T, self._active.copy(), alone
        )
