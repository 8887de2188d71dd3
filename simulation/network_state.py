"""A network at the end of a month, as outcomes of one's own are given it: the same arrays from both twins.

Members are in order of their number, ties and collaborations in order of their members' numbers. All arrays are copies:
nothing that is done to them reaches the model.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray


class Members(NamedTuple):
    """All members so far, those that have left too; a row each. Members of a roster are numbered by their names.

    Attributes:
        present: whether it is in the network, bool[members].
        joined: month in which it came in, 0 for the founders, int[members].
        engagement: in [0, 1], float[members].
        need: share of its budget to be raised outside, in [0, 1], float[members].
        interests: weight of each topic, of unit length, float[members, topics].
        region: number of its region, int[members].
        activity: how much it reaches out and is reached, 1 on average, float[members].
        capacity: collaborations that it can carry (count), int[members].
        funded: collaborations that it carries and a grant pays for (count), int[members].
        unfunded: collaborations that it carries without a grant (count), int[members].
        applications: applications of its own that wait for a decision (count), int[members].
        ever_collaborated: whether it has ever formed a collaboration, bool[members].
        practice: shared practice, in [0, 1], float[members].
        taken_up: pieces of evidence that it has taken up (count), int[members].
        from_others: whether it has taken up evidence of other members, bool[members].
        champion: whether it pleads for the network, bool[members].
        leader: whether it is in the leadership group, bool[members].
    """

    present: NDArray[np.bool_]
    joined: NDArray[np.int64]
    engagement: NDArray[np.float64]
    need: NDArray[np.float64]
    interests: NDArray[np.float64]
    region: NDArray[np.int64]
    activity: NDArray[np.float64]
    capacity: NDArray[np.int64]
    funded: NDArray[np.int64]
    unfunded: NDArray[np.int64]
    applications: NDArray[np.int64]
    ever_collaborated: NDArray[np.bool_]
    practice: NDArray[np.float64]
    taken_up: NDArray[np.int64]
    from_others: NDArray[np.bool_]
    champion: NDArray[np.bool_]
    leader: NDArray[np.bool_]


class Ties(NamedTuple):
    """All pairs of members that know each other, those of members that have left too; a row each.

    Attributes:
        one: number of the first member, int[ties].
        other: number of the second, always greater, int[ties].
        trust: in [0, 1], float[ties].
        overlap: of their interests, in [0, 1], float[ties].
        met: month in which the tie began; before the network where it is older, int[ties].
        prior: whether it is from before the network, bool[ties].
        facilitated: whether they first met through facilitation, bool[ties].
        collaborating: whether they collaborate now, bool[ties].
    """

    one: NDArray[np.int64]
    other: NDArray[np.int64]
    trust: NDArray[np.float64]
    overlap: NDArray[np.float64]
    met: NDArray[np.int64]
    prior: NDArray[np.bool_]
    facilitated: NDArray[np.bool_]
    collaborating: NDArray[np.bool_]


class Collaborations(NamedTuple):
    """The collaborations that are active now; a row each.

    Attributes:
        one: number of the first partner, int[collaborations].
        other: number of the second, always greater, int[collaborations].
        tie: row of their tie in `Ties`, int[collaborations].
        began: first month, int[collaborations].
        funded_until: last month that a grant pays for, 0 where it never had one, int[collaborations].
    """

    one: NDArray[np.int64]
    other: NDArray[np.int64]
    tie: NDArray[np.int64]
    began: NDArray[np.int64]
    funded_until: NDArray[np.int64]


class NetworkState(NamedTuple):
    """A network at the end of a month.

    Attributes:
        month: months since the founding; 0 is the founding, before anything has happened.
        is_open: whether the network is open, that is not closed yet.
        members: all members so far.
        ties: all pairs that know each other.
        collaborations: those that are active.
        agenda: weight of each topic, of unit length, float[topics]; 0 throughout before there is one.
        collaborations_formed: so far (count).
        evidence: pieces of evidence that have appeared so far (count).
        translations: times so far that evidence was translated into schools, systems or policy (count).
        cost: what the funder has spent so far, in the scenario's currency.
        members_cost: what members have spent of their own so far, in the scenario's currency.
    """

    month: int
    is_open: bool
    members: Members
    ties: Ties
    collaborations: Collaborations
    agenda: NDArray[np.float64]
    collaborations_formed: int
    evidence: int
    translations: int
    cost: float
    members_cost: float


class Observer(NamedTuple):
    """Outcomes of one's own, as a twin of the model asks them.

    Attributes:
        function: compiled; takes the state, and `carried`, which it fills again. It gives 1; less where a value is out
            of its range, or a function failed.
        start: what stands for the month before the first, float[functions].
        carried: what they gave last, and then the place of the one that was asked last, float[functions + 1].
        wrong: where something was: 1 + the place of its function, month, replicate, value, float[4].
    """

    function: Any
    start: NDArray[np.float64]
    carried: NDArray[np.float64]
    wrong: NDArray[np.float64]
