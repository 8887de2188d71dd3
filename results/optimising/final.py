"""What the search's best candidates are worth on luck that chose none of them, and which cannot be told apart.

The best of many trials is partly the luckiest. So the finalists live through fresh luck, on which the winner is chosen,
and then through luck that is fresh once more, on which everything that is reported rests.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np

from results.estimates.comparison import Difference
from results.estimates.parameter_uncertainty import Values
from results.optimising.finalists import chosen_for_the_final, is_better, lead
from results.optimising.kinds import Kind, Kinds, kinds_of
from results.optimising.moved import Moves, moves
from results.optimising.objective import COST
from results.optimising.search import Candidate, Evaluate, NothingFeasibleError, Question, search, tried
from results.words.currency import shown_currency
from simulation.outcomes import COST_PARTS


@dataclass(frozen=True, eq=False)
class Finalist:
    """A candidate of the final.

    Attributes:
        searched: as the search had it.
        choice: as it was on the luck that the winner was chosen on.
        report: as it is on the luck that is reported.
        differences: the winner less this one, an outcome each, on that luck; the intervals hold for all finalists at a
            time. None for the winner itself.
        on_front: whether no other finalist that keeps the budget was better in every outcome, on the luck of the
            choice.
    """

    searched: Candidate
    choice: Candidate
    report: Candidate
    differences: tuple[Difference, ...] = ()
    on_front: bool = False

    @property
    def number(self) -> int:
        """Of the candidate; 0 is the scenario as it is."""
        return self.searched.number

    @property
    def is_like_the_winner(self) -> bool:
        """Whether it cannot be told from the winner in any outcome that was asked for; of the winner, true."""
        return not any(one.is_clear for one in self.differences)

    @property
    def over_budget(self) -> Values:
        """Whole costs of its networks (USD)."""
        assert self.report.ensemble is not None
        return self.report.ensemble[COST]


@dataclass(frozen=True, eq=False)
class Group:
    """Finalists of one kind that cannot be told apart in anything that was asked for.

    Attributes:
        kind: of all of them.
        members: the best first, as chosen.
    """

    kind: Kind
    members: tuple[Finalist, ...]

    @property
    def best(self) -> Finalist:
        """The best of them, which stands for all."""
        return self.members[0]


@dataclass(frozen=True, eq=False)
class Optimum:
    """What was found.

    Attributes:
        question: as it was asked.
        candidates: of the search, the scenario as it is first.
        finalists: the winner first, then the others by what they were worth when the winner was chosen.
        planned: the scenario as it is; a finalist too if it keeps the budget.
        kinds: how plans are told apart in kind.
        groups: the finalists, those of one kind that cannot be told apart together; the winner's first.
        moves: what each lever does that the winner has otherwise than planned.
    """

    question: Question
    candidates: Sequence[Candidate]
    finalists: tuple[Finalist, ...]
    planned: Finalist
    kinds: Kinds
    groups: tuple[Group, ...]
    moves: Moves

    @property
    def winner(self) -> Finalist:
        """The best; of several outcomes, the best in the first."""
        return self.finalists[0]

    @property
    def alike(self) -> tuple[Finalist, ...]:
        """Finalists that keep the budget and cannot be told from the winner, the winner among them."""
        budget = self.question.budget
        return tuple(
            one for one in self.finalists if one.is_like_the_winner and not one.report.estimate(COST).low > budget
        )

    @property
    def front(self) -> tuple[Finalist, ...]:
        """Finalists than which no other is better in everything, by the first outcome."""
        first = self.question.outcomes[0]
        return tuple(sorted((one for one in self.finalists if one.on_front), key=lambda one: one.report.mean(first)))

    @property
    def optimism(self) -> float:
        """By how much the search flattered its best candidate: what it said less what fresh luck says, more is worse.

        Of the best of the search, which need not be the winner.
        """
        first = self.question.outcomes[0]
        best = max(self.finalists, key=lambda one: (one.searched.is_feasible(self.question), one.searched.worth(first)))
        return best.searched.worth(first) - best.report.worth(first)

    def share_over(self, one: Finalist) -> float:
        """Share of a finalist's networks that cost more than the budget, which is kept on average."""
        return self.count_over(one) / len(one.over_budget)

    def count_over(self, one: Finalist) -> int:
        """A finalist's networks that cost more than the budget (count)."""
        return int(np.sum(one.over_budget > self.question.budget))

    def is_dear(self, one: Finalist) -> bool:
        """Whether a finalist's average surely breaks the budget on the luck that is reported."""
        return one.report.estimate(COST).low > self.question.budget


def optimise(asked: Question, evaluate: Evaluate) -> Optimum:
    """Search, choose on fresh luck, report on fresh luck once more.

    Args:
        asked: the question.
        evaluate: tries candidates.

    Raises:
        NothingFeasibleError: if no candidate keeps the budget, with the cheapest.
    """
    candidates = search(asked, evaluate)
    feasible = [one for one in candidates if one.is_feasible(asked)]
    if not feasible:
        raise NothingFeasibleError(_nothing(asked, candidates))
    kinds = asked.kinds or kinds_of(asked.levers, asked.budget, candidates)
    chosen = chosen_for_the_final(asked, feasible, kinds)
    if candidates[0].ensemble is not None and candidates[0] not in chosen:
        chosen.append(candidates[0])
    wanted = [(one.number, one.values) for one in chosen]
    choice, report = tried(asked, evaluate, wanted, "choice"), tried(asked, evaluate, wanted, "report")
    finalists = [Finalist(*three) for three in zip(chosen, choice, report, strict=True)]
    in_budget = [one for one in finalists if one.choice.is_feasible(asked)]
    if not in_budget:  # all of them were just within it on the search's luck
        in_budget = [min(finalists, key=lambda one: one.choice.cost)]
    first = asked.outcomes[0]
    on_front = {one.number for one in in_budget if not any(_beats(asked, other, one) for other in in_budget)}
    in_budget.sort(key=lambda one: (-one.choice.worth(first), one.number not in on_front, one.number))
    winner = in_budget[0]
    of_kind: dict[Kind, list[Finalist]] = {}
    for one in in_budget:
        of_kind.setdefault(kinds.of(one.choice.values), []).append(one)
    # The scenario as it is stands beside the finalists, whether it keeps the budget or not.
    others = sum(one.number == 0 or one in in_budget for one in finalists) - 1
    several = max(1, others) * len(asked.outcomes)
    compared = {one.number: _compared(asked, winner, one, several, on_front) for one in finalists}
    groups = [
        Group(kind, tuple(compared[one.number] for one in some))
        for kind, members in of_kind.items()
        for some in _alike(asked, members, several)
    ]
    order = [one.number for one in in_budget]
    groups.sort(key=lambda group: order.index(group.best.number))
    ranked = tuple(compared[number] for number in order)
    planned = compared.get(0, ranked[0])
    moved = moves(asked, evaluate, ranked[0].report, planned.report, len(candidates))
    return Optimum(asked, candidates, ranked, planned, kinds, tuple(groups), moved)


def _alike(asked: Question, members: list[Finalist], several: int) -> list[list[Finalist]]:
    """Finalists of a kind in groups, each of those that cannot be told from its first."""
    groups = []
    rest = members
    while rest:
        first = rest[0]
        alike = [one for one in rest if one is first or _is_like(asked, first, one, several)]
        groups.append(alike)
        rest = [one for one in rest if one not in alike]
    return groups


def _is_like(asked: Question, one: Finalist, other: Finalist, several: int) -> bool:
    return not any(lead(one.report, other.report, name, "", several).is_clear for name in asked.outcomes)


def _beats(asked: Question, one: Finalist, other: Finalist) -> bool:
    return is_better(asked, one.choice, other.choice)


def _compared(asked: Question, winner: Finalist, one: Finalist, several: int, on_front: set[int]) -> Finalist:
    """A finalist with the winner's lead over it, one of several intervals that hold together."""
    leads: tuple[Difference, ...] = ()
    if one.number != winner.number:
        leads = tuple(lead(winner.report, one.report, outcome, str(one.number), several) for outcome in asked.outcomes)
    return Finalist(one.searched, one.choice, one.report, leads, one.number in on_front)


def money(one: Candidate) -> dict[str, float]:
    """What the whole cost went to: share of each part, in the order of COST_PARTS; all 0 where nothing was spent."""
    whole = one.cost
    if isnan(whole) or whole == 0:
        return dict.fromkeys(COST_PARTS, 0.0)
    return {part: one.mean(part) / whole for part in COST_PARTS}


def _nothing(asked: Question, candidates: Sequence[Candidate]) -> str:
    ran = [one for one in candidates if not isnan(one.cost)]
    if not ran:
        return f"none of {len(candidates)} candidates could be run; the first: {candidates[0].error}"
    cheapest = min(ran, key=lambda one: one.cost)
    values = ", ".join(f"{key}={value}" for key, value in cheapest.values.items())
    money = shown_currency()
    return (
        f"nothing keeps a budget of {asked.budget:,.0f} {money}: of {len(candidates)} candidates the cheapest costs "
        f"{cheapest.cost:,.0f} {money} on average ({values}); raise --budget, or widen a lever"
    )
