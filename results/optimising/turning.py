"""How the best use turns on what outcomes are said to be worth: at which value another plan would be the best.

The net value of a plan is a straight line in the value of each outcome. Against a rival, with all other values as
given, the two are worth the same where

    value = (difference in cost - what the other outcomes differ by, in money) / difference in this outcome

a ratio of two means over the same networks, whose interval is that of any price; see `estimates.joint`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import Literal

from results.estimates.joint import Joint, joint, of_kept
from results.estimates.parameter_uncertainty import unknown_of
from results.optimising.final import Finalist, Group, Optimum
from results.optimising.objective import Value, net_values

Side = Literal["below", "above"]
TIMES = (0.25, 0.5, 1.0, 2.0, 4.0)
"""What each value is multiplied with, for a table of which plan is then the best."""


@dataclass(frozen=True, eq=False)
class Turn:
    """Where a rival overtakes the best use as one value moves and the others stay.

    Attributes:
        outcome: whose value moves.
        side: on which side of the value given, and of `at`, the rival is the better.
        at: the value at which both are worth the same, as `--worth` has it.
        low: lower end of its 95 % interval; infinite where nothing says how far it reaches.
        high: its upper end.
        rival: the plan that is then the better.
    """

    outcome: str
    side: Side
    at: float
    low: float
    high: float
    rival: Finalist

    @property
    def has_ends(self) -> bool:
        """Whether the interval says how far it reaches."""
        return isfinite(self.low) and isfinite(self.high)


@dataclass(frozen=True, eq=False)
class Turning:
    """How the best use turns on the values.

    Attributes:
        turns: of each value the nearest one below and above, where there is one.
        ahead: plans of other kinds that are ahead already on the luck that is reported.
    """

    turns: tuple[Turn, ...]
    ahead: tuple[Finalist, ...]


def turning(found: Optimum) -> Turning:
    """The nearest rivals of another kind as each value moves; of the same kind where there is but one."""
    kind = found.groups[0].kind
    rivals = [group.best for group in found.groups if group.kind != kind]
    rivals = rivals or [group.best for group in found.groups[1:]]
    ahead = [one for one in rivals if one.differences[0].mean < 0]
    turns = []
    for value in found.question.worths:
        places = [(one, _against(found, one, value)) for one in rivals if one not in ahead]
        below = [(one, both) for one, both in places if both.gain > 0 and 0 < both.price < value.amount]
        above = [(one, both) for one, both in places if both.gain < 0 and both.price > value.amount]
        if below:
            turns.append(_turn(value, "below", *max(below, key=lambda pair: pair[1].price)))
        if above:
            turns.append(_turn(value, "above", *min(above, key=lambda pair: pair[1].price)))
    return Turning(tuple(turns), tuple(ahead))


def best_at(found: Optimum, worths: Sequence[Value]) -> Group:
    """The group whose best has the highest net value on the luck that is reported, were outcomes worth so much."""
    return max(found.groups, key=lambda group: replace(group.best.report, worths=tuple(worths)).mean("net_value"))


def scaled_values(found: Optimum, outcome: str, times: float) -> tuple[Value, ...]:
    """The values as given, but for one that is multiplied."""
    return tuple(
        Value(one.outcome, one.amount * times) if one.outcome == outcome else one for one in found.question.worths
    )


def _against(found: Optimum, rival: Finalist, value: Value) -> Joint:
    """The winner less a rival: in this outcome, as a unit of the value, and in cost less what the others are worth."""
    ours, theirs = found.winner.report.ensemble, rival.report.ensemble
    assert ours is not None
    assert theirs is not None
    others = tuple(one for one in found.question.worths if one is not value)
    costs = net_values(theirs, others) - net_values(ours, others)
    unit = Value(value.outcome, 1.0).per_unit
    gains = unit * (ours[value.outcome] - theirs[value.outcome])
    kept = (costs == costs) & (gains == gains)
    unknown = unknown_of([ours.scenario, theirs.scenario], ours.first, ours.replicates)
    return joint(costs[kept], gains[kept], of_kept(unknown, kept))


def _turn(value: Value, side: Side, rival: Finalist, both: Joint) -> Turn:
    return Turn(value.outcome, side, both.price, *both.ends_of_price(), rival)
