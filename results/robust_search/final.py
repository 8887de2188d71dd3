"""How robust the search's best plans are in futures that chose none of them, and which cannot be told apart.

The best of many trials is partly the luckiest, and partly made for the futures of the search. So the finalists live
through fresh futures with fresh luck, in which the winner is chosen, and through others that are fresh once more, on
which everything that is reported rests.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import nan
from typing import Literal

import numpy as np

from results.optimising.kinds import Kind, Kinds, kinds_of
from results.optimising.objective import COST
from results.robust_search import criteria
from results.robust_search.asked import Objective, RobustQuestion
from results.robust_search.finalists import chosen_for_the_final, front_of, ranked_by
from results.robust_search.judging import Known, every_objective, lead, score, sure_score, with_shortfall
from results.robust_search.plans import EvaluateOver, Place, TriedPlan, tried
from results.robust_search.search import Searched, as_planned, search
from results.robust_search.stages import StageName
from results.robust_search.sureness import Score, by_resampling, difference_by_resampling


@dataclass(frozen=True, eq=False)
class RobustFinalist:
    """A plan of the final.

    Attributes:
        searched: in the futures of the search.
        choice: in those in which the winner was chosen.
        report: in those that are reported.
        kind: of plan.
        in_budget: whether it keeps the budget on average in the futures of the choice.
        on_front: whether no other finalist within the budget was better in every objective there.
    """

    searched: TriedPlan
    choice: TriedPlan
    report: TriedPlan
    kind: Kind
    in_budget: bool
    on_front: bool

    @property
    def number(self) -> int:
        """Of the plan; 0 is the scenario as it is."""
        return self.searched.number


@dataclass(frozen=True, eq=False)
class RobustOptimum:
    """What was found.

    Attributes:
        question: as it was asked.
        searched: every plan of the search.
        finalists: that keep the budget, the winner first, as the choice has ranked them.
        over_budget: of the final, those that turned out to cost more.
        planned: the scenario as it is; a finalist too if it keeps the budget.
        kinds: how plans are told apart in kind.
        choice_known: the best of the final in each future of the choice.
        known: the same of the report.
        left_out: futures of each stage in which nothing can be said (count).
        chosen_in: numbers of the futures in which the winner was chosen.
        reported: numbers of the futures that are reported.
    """

    question: RobustQuestion
    searched: Searched
    finalists: tuple[RobustFinalist, ...]
    over_budget: tuple[RobustFinalist, ...]
    planned: RobustFinalist
    kinds: Kinds
    choice_known: Known
    known: Known
    left_out: Mapping[StageName, int]
    chosen_in: tuple[int, ...]
    reported: tuple[int, ...]

    @property
    def winner(self) -> RobustFinalist:
        """The most robust; of several objectives, in the first."""
        return self.finalists[0]

    @property
    def shown(self) -> tuple[RobustFinalist, ...]:
        """Those that are reported: finalists within the budget, and the plan as it is."""
        there = any(one.number == self.planned.number for one in self.finalists)
        return self.finalists if there else (*self.finalists, self.planned)

    @property
    def several(self) -> int:
        """Differences from the winner whose intervals hold at a time (count)."""
        return max(1, len(self.shown) - 1) * len(self.question.objectives)

    @cached_property
    def objectives(self) -> tuple[Objective, ...]:
        """All that plans are judged by, those of the search first."""
        return tuple(every_objective(self.question))

    @cached_property
    def picks(self) -> Mapping[Objective, RobustFinalist]:
        """Which finalist each would choose, in the futures of the choice."""
        return {one: self._pick(one) for one in self.objectives}

    @property
    def best_on_average(self) -> RobustFinalist:
        """What would be chosen by the mean of the first outcome."""
        return self.picks[Objective("mean", self.question.outcomes[0])]

    def score(self, one: RobustFinalist, objective: Objective) -> Score:
        """With its 95 % interval, in the futures reported."""
        return self._scores[one.number, objective]

    def lead(self, one: RobustFinalist, other: RobustFinalist, objective: Objective, several: int = 1) -> Score:
        """By how much one is ahead of another, in the futures reported."""
        return lead(self.question, one.report, other.report, objective, self.known, several)

    def is_alike(self, one: RobustFinalist) -> bool:
        """Whether a plan cannot be told from the winner in any objective of the search."""
        return self.stands(one) == "yes"

    def stands(self, one: RobustFinalist) -> Literal["yes", "no", "better", "trade-off"]:
        """Whether a plan is as robust as the winner; clearly behind in some objective, clearly ahead, or both."""
        if one.number == self.winner.number:
            return "yes"
        leads = [self.lead(self.winner, one, objective, self.several) for objective in self.question.objectives]
        behind, ahead = any(lead.low > 0 for lead in leads), any(lead.high < 0 for lead in leads)
        if behind:
            return "trade-off" if ahead else "no"
        return "better" if ahead else "yes"

    @cached_property
    def alike(self) -> tuple[RobustFinalist, ...]:
        """Finalists that cannot be told from the winner, the winner among them."""
        return tuple(one for one in self.finalists if self.is_alike(one))

    @property
    def front(self) -> tuple[RobustFinalist, ...]:
        """Finalists that no other beats in all objectives."""
        return tuple(one for one in self.finalists if one.on_front)

    def cost(self, one: RobustFinalist) -> Score:
        """Mean whole cost over futures."""
        return by_resampling(criteria.mean, one.report.of(COST))

    def more_cost(self, one: RobustFinalist, other: RobustFinalist) -> Score:
        """What one costs more than another on average."""
        return difference_by_resampling(criteria.mean, one.report.of(COST), other.report.of(COST))

    @property
    def optimism(self) -> float:
        """By how much the search flattered its best plan in the first objective, of which more is better."""
        asked, first = self.question, self.question.objectives[0]
        best = max(
            (*self.finalists, *self.over_budget),
            key=lambda one: (one.searched.keeps(asked.budget), score(asked, one.searched, first, self.searched.known)),
        )
        return score(asked, best.searched, first, self.searched.known) - score(asked, best.report, first, self.known)

    def understated(self, outcome: str) -> float:
        """By how much regret is too small at the most, on average: in the search's futures, from all that was tried."""
        best = self.searched.known.best[outcome]
        own = np.max([one.searched.gains(outcome) for one in self.finalists], axis=0)
        return float(criteria.mean(np.maximum(best - own, 0.0)))

    @cached_property
    def agreement(self) -> Mapping[tuple[Objective, Objective], float]:
        """How alike two criteria of the first outcome rank the plans of the search that keep the budget.

        Kendall's tau-b, from -1 to 1; nan where one of the two cannot tell any plans apart.
        """
        from scipy.stats import kendalltau  # here, not above: it takes a third of a second to import

        asked, known = self.question, self.searched.known
        plans = [one for one in self.searched.plans if one.keeps(asked.budget)]
        own = [one for one in self.objectives if one.outcome == asked.outcomes[0]]
        scores = {one: [score(asked, plan, one, known) for plan in plans] for one in own}
        return {
            (one, other): float(kendalltau(scores[one], scores[other]).statistic) if len(plans) > 1 else nan
            for place, one in enumerate(own)
            for other in own[place + 1 :]
        }

    @cached_property
    def _scores(self) -> Mapping[tuple[int, Objective], Score]:
        plans = {one.number: one for one in (*self.finalists, *self.over_budget, self.planned)}
        return {
            (number, objective): sure_score(self.question, one.report, objective, self.known)
            for number, one in plans.items()
            for objective in self.objectives
        }

    def _pick(self, objective: Objective) -> RobustFinalist:
        def rank(one: RobustFinalist) -> tuple[float, float, int]:
            own = with_shortfall(self.question, one.choice, objective, self.choice_known)
            return own, -one.choice.cost, -one.number

        return max(self.finalists, key=rank)


def optimise_over(asked: RobustQuestion, evaluate: EvaluateOver) -> RobustOptimum:
    """Search, choose in fresh futures, report in fresh futures once more.

    Args:
        asked: the question.
        evaluate: tries plans.

    Raises:
        NothingFeasibleError: if no plan keeps the budget, with the cheapest, or none can be run.
    """
    found = search(asked, evaluate)
    tried_plans = [one for one in found.plans if one.is_whole]
    kinds = asked.kinds or kinds_of(asked.levers, asked.budget, tried_plans)
    chosen = chosen_for_the_final(asked, found, kinds)
    if found.plans[0] not in chosen:
        chosen.append(found.plans[0])
    wanted = [(one.number, one.values) for one in chosen]
    left_out: dict[StageName, int] = {"pool": found.left_out}
    stages: dict[str, list[TriedPlan]] = {}
    names: tuple[StageName, ...] = ("choice", "report")
    kept: dict[str, tuple[int, ...]] = {}
    for name in names:
        planned, there = as_planned(asked, evaluate, name)
        place = Place(name, tuple(range(len(asked.futures.stages[name]))))
        plans = tried(asked, evaluate, wanted, place)
        excess = planned.within(there).cost / found.planned_cost if found.planned_cost > 0 else 1.0
        stages[name] = [one.within(there, excess) for one in plans]
        kept[name] = tuple(there)
        left_out[name] = len(place.futures) - len(there)
    return _judged(asked, found, kinds, chosen, stages["choice"], stages["report"], left_out, kept)


def _judged(
    asked: RobustQuestion,
    found: Searched,
    kinds: Kinds,
    chosen: Sequence[TriedPlan],
    choice: Sequence[TriedPlan],
    report: Sequence[TriedPlan],
    left_out: Mapping[StageName, int],
    futures: Mapping[str, tuple[int, ...]],
) -> RobustOptimum:
    """The final, ranked in the futures of the choice."""
    whole = [place for place in range(len(chosen)) if choice[place].is_whole and report[place].is_whole]
    in_budget = [place for place in whole if choice[place].keeps(asked.budget)]
    if not in_budget:  # all of them were just within it in the search's futures
        in_budget = [min(whole, key=lambda place: choice[place].expected_cost)]
    plans = [choice[place] for place in in_budget]
    known = Known.of(asked, plans)
    rows = [[with_shortfall(asked, one, objective, known) for objective in asked.objectives] for one in plans]
    scores = np.array(rows, dtype=np.float64)
    front = {plans[place].number for place in front_of(scores)}
    order = [one.number for one in ranked_by(plans, scores)]
    kept = {one.number for one in plans}

    def finalist(place: int) -> RobustFinalist:
        number = chosen[place].number
        return RobustFinalist(
            chosen[place], choice[place], report[place], kinds.of(chosen[place].values), number in kept, number in front
        )

    by_number = {chosen[place].number: finalist(place) for place in whole}
    ranked = tuple(by_number[number] for number in order)
    over = tuple(one for number, one in by_number.items() if number not in kept)
    planned = by_number[0]
    best = Known.of(asked, [one.report for one in ranked])
    return RobustOptimum(
        asked, found, ranked, over, planned, kinds, known, best, left_out, futures["choice"], futures["report"]
    )
