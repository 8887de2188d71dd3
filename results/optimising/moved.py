"""What each lever that the winner moved does: set back to as planned, one at a time, with the same luck.

A lever that costs next to nothing can make most of a gain, and whoever pays would believe that the money did. So the
gain is split between each such lever and all the others together, by Shapley's value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from results.estimates.comparison import Difference
from results.estimates.intervals import Interval, interval
from results.estimates.pairs import carrying, linearized, present, telling
from results.estimates.parameter_uncertainty import unknown_of
from results.estimates.shapley import shapley
from results.optimising.finalists import lead
from results.optimising.objective import COST, counted_for, sign
from results.optimising.search import Candidate, Evaluate, Question, tried

FREE = 0.01
"""Share of the budget within which a lever's own cost counts as next to nothing."""
MOST_APART = 3
"""Free levers up to which each has its own part of the gain; more are taken together."""


@dataclass(frozen=True, eq=False)
class Moved:
    """A lever that the winner has otherwise than planned.

    Attributes:
        key: of the lever.
        value: that the winner has.
        planned: that the plan has.
        back: the winner with this lever as planned, on the luck that is reported.
        gains: the winner less that, an outcome each; none where it could not be run.
        cost: the same of the whole cost; None where it could not be run. Intervals hold for all levers at a time.
        is_free: whether it moves the cost by less than a hundredth of the budget, and with its interval adds no more.
    """

    key: str
    value: Any
    planned: Any
    back: Candidate
    gains: tuple[Difference, ...]
    cost: Difference | None
    is_free: bool

    @property
    def saves(self) -> bool:
        """Whether it clearly saves money, and makes nothing worse that was asked for first."""
        if self.cost is None or self.is_free:
            return False
        return self.cost.high < 0 and sign(self.gains[0].outcome) * self.gains[0].mean >= 0


@dataclass(frozen=True, eq=False)
class Part:
    """What some levers make of the winner's gain over the plan.

    Attributes:
        keys: of the levers.
        amount: their part of the gain in the first outcome, in its unit, with its 95 % interval.
    """

    keys: tuple[str, ...]
    amount: Interval


@dataclass(frozen=True, eq=False)
class Moves:
    """All that the winner moved.

    Attributes:
        moved: in the order of the levers.
        parts: of the gain: of each free lever, then of all others together; they add up to it. None where no lever is
            free, or a mixture could not be run.
        mixtures: candidates that were run for that, besides the finalists.
    """

    moved: tuple[Moved, ...]
    parts: tuple[Part, ...]
    mixtures: tuple[Candidate, ...]

    @property
    def free(self) -> tuple[Moved, ...]:
        """Levers that cost next to nothing."""
        return tuple(one for one in self.moved if one.is_free)


def moves(asked: Question, evaluate: Evaluate, winner: Candidate, planned: Candidate, first: int) -> Moves:
    """Set back what the winner moved.

    Args:
        asked: the question.
        evaluate: tries candidates.
        winner: on the luck that is reported.
        planned: the scenario as it is, likewise.
        first: number of the first further candidate.
    """
    there = {_place(asked, one.values): one for one in (winner, planned)}
    run: list[Candidate] = []

    def at(several: Sequence[Mapping[str, Any]]) -> list[Candidate]:
        new = {_place(asked, values): values for values in several if _place(asked, values) not in there}
        wanted = [(first + len(run) + count, values) for count, values in enumerate(new.values())]
        found = tried(asked, evaluate, wanted, "report") if wanted else []
        there.update(zip(new, found, strict=True))
        run.extend(found)
        return [there[_place(asked, values)] for values in several]

    keys = [lever.key for lever in asked.levers if winner.values[lever.key] != planned.values[lever.key]]
    backs = at([{**winner.values, key: planned.values[key]} for key in keys])
    moved = tuple(_moved(asked, key, winner, planned, back, len(keys)) for key, back in zip(keys, backs, strict=True))
    free = [one.key for one in moved if one.is_free]
    players = [(key,) for key in free] if len(free) <= MOST_APART else [tuple(free)]
    rest = tuple(key for key in keys if key not in free)
    if not free or planned.ensemble is None:
        return Moves(moved, (), tuple(run))
    players += [rest] if rest else []
    mixtures = at([_mixture(winner, planned, players, made) for made in range(2 ** len(players))])
    return Moves(moved, _parts(asked, players, mixtures), tuple(run))


def _moved(asked: Question, key: str, winner: Candidate, planned: Candidate, back: Candidate, several: int) -> Moved:
    place = key, winner.values[key], planned.values[key], back
    if back.ensemble is None:
        return Moved(*place, (), None, is_free=False)
    gains = tuple(lead(winner, back, outcome, key, several) for outcome in asked.outcomes)
    cost = lead(winner, back, COST, key, several)
    near = FREE * asked.budget
    return Moved(*place, gains, cost, is_free=-near < cost.mean <= cost.high < near)


def _mixture(winner: Candidate, planned: Candidate, players: Sequence[tuple[str, ...]], made: int) -> dict[str, Any]:
    """The plan, but for levers of the players in a coalition, which are the winner's."""
    ours = {key for player, keys in enumerate(players) if made >> player & 1 for key in keys}
    return {key: winner.values[key] if key in ours else value for key, value in planned.values.items()}


def _parts(asked: Question, players: Sequence[tuple[str, ...]], mixtures: Sequence[Candidate]) -> tuple[Part, ...]:
    ensembles = [one.ensemble for one in mixtures if one.ensemble is not None]
    if len(ensembles) < len(mixtures):
        return ()
    runs = [counted_for(ensemble, asked.outcomes[0], asked.worths) for ensemble in ensembles]
    kept = np.logical_and.reduce([present(one) for one in runs])
    unknown = unknown_of([one.scenario for one in ensembles], ensembles[0].first, ensembles[0].replicates)
    values = [linearized(one, kept) for one in runs]
    if any(some.size < kept.sum() or not some.size for some in values):
        return ()
    both = [np.stack([some, carrying(one, kept, unknown)]) for some, one in zip(values, runs, strict=True)]
    said = [telling(one, kept) for one in runs]
    made = shapley(both.__getitem__, len(players))
    return tuple(
        Part(keys, interval(part, said, unknown, kept, own=own))
        for keys, (part, own) in zip(players, made, strict=True)
    )


def _place(asked: Question, values: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(repr(values[lever.key]) for lever in asked.levers)
