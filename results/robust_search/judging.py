"""Plans of one stage judged: their scores by every criterion, and the best that is known in each future."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from results.estimates.bounds import bounded
from results.optimising.objective import COST, sign
from results.robust_search import criteria
from results.robust_search.asked import Objective, RobustQuestion
from results.robust_search.criteria import CriterionName, Values
from results.robust_search.plans import TriedPlan
from results.robust_search.sureness import (
    Score,
    by_resampling,
    difference_by_resampling,
    difference_of_shares,
    share,
)

_SCORES = {
    "mean": criteria.mean,
    "worst-tenth": criteria.worst_tenth,
    "percentile": criteria.percentile,
    "hurwicz": criteria.hurwicz,
    "regret": criteria.regret,
}
CLOSE = 0.5
"""Most that missing the bar by ever so little less may count, in futures: one more future that meets it is more."""


@dataclass(frozen=True, eq=False)
class Known:
    """The best that is known in each future, by outcome: float[futures], more is better."""

    best: dict[str, Values]

    @classmethod
    def of(cls, asked: RobustQuestion, plans: Sequence[TriedPlan]) -> "Known":
        """Of plans that are whole; those over the budget are no choice, unless all are."""
        whole = [one for one in plans if one.is_whole]
        in_budget = [one for one in whole if one.keeps(asked.budget)] or whole
        names = [name for name in asked.kept if name != COST or name in asked.outcomes]
        return cls({name: np.max([one.gains(name) for one in in_budget], axis=0) for name in names if in_budget})


def met(asked: RobustQuestion, plan: TriedPlan, objective: Objective) -> NDArray[np.bool_]:
    """In which futures a plan meets a bar, or all of them."""
    bars = [objective.bar] if objective.bar else asked.bars
    both: NDArray[np.bool_] = np.all([bar.met(plan.of(bar.outcome)) for bar in bars], axis=0)
    return both


def score(asked: RobustQuestion, plan: TriedPlan, objective: Objective, known: Known) -> float:
    """Of one plan, more is better; nan where it lacks an outcome in a future."""
    if not plan.is_whole:
        return float("nan")
    if objective.criterion == "satisficing":
        return float(criteria.satisficing(met(asked, plan, objective)))
    return float(_SCORES[objective.criterion](_values(plan, objective, known)))


def with_shortfall(asked: RobustQuestion, plan: TriedPlan, objective: Objective, known: Known) -> float:
    """The same for a search to climb: of two plans that meet the bar as often, the one that misses it by less.

        score - CLOSE / futures x s / (1 + s),  s = mean shortfall over the size of the bar

    Source: ours. Shares of few futures have few values, and a search over a flat sheet learns nothing.
    """
    own = score(asked, plan, objective, known)
    if objective.criterion != "satisficing" or not plan.is_whole:
        return own
    bars = [objective.bar] if objective.bar else asked.bars
    short = sum(float(criteria.mean(bar.short_by(plan.of(bar.outcome)))) / max(abs(bar.value), 1e-12) for bar in bars)
    return own - CLOSE / len(plan.means) * short / (1 + short)


def sure_score(asked: RobustQuestion, plan: TriedPlan, objective: Objective, known: Known) -> Score:
    """A score with its 95 % interval over futures."""
    if objective.criterion == "satisficing":
        return share(met(asked, plan, objective))
    found = by_resampling(_SCORES[objective.criterion], _values(plan, objective, known))
    # No interval goes where the outcome cannot be; regret, which is 0 or more, is bounded as a level is.
    turn = -1 if objective.criterion == "regret" else sign(objective.outcome)
    ends = sorted((turn * found.low, turn * found.high))
    low, high = sorted(turn * end for end in bounded(objective.outcome, *ends))
    return Score(found.value, low, high)


def lead(
    asked: RobustQuestion, one: TriedPlan, other: TriedPlan, objective: Objective, known: Known, several: int = 1
) -> Score:
    """By how much a plan's score is ahead of another's, in the same futures."""
    if objective.criterion == "satisficing":
        return difference_of_shares(met(asked, one, objective), met(asked, other, objective), several)
    both = (_values(one, objective, known), _values(other, objective, known))
    return difference_by_resampling(_SCORES[objective.criterion], *both, several)


def judged_by(asked: RobustQuestion, outcome: str, criterion: CriterionName) -> Objective | None:
    """A criterion as an objective; None where there is no bar for it."""
    if criterion != "satisficing":
        return Objective(criterion, outcome)
    bars = [bar for bar in asked.bars if bar.outcome == outcome]
    return Objective("satisficing", outcome, bars[0]) if bars else None


def every_objective(asked: RobustQuestion) -> list[Objective]:
    """Each outcome by each criterion, each bar by itself, and all bars at once; those of the search first."""
    found = list(asked.objectives)
    found += [
        one
        for outcome in asked.outcomes
        for name in criteria.CRITERIA
        if (one := judged_by(asked, outcome, name)) is not None
    ]
    found += [Objective("satisficing", bar.outcome, bar) for bar in asked.bars]
    found += [Objective("satisficing", "")] if len(asked.bars) > 1 else []
    return list(dict.fromkeys(found))


def _values(plan: TriedPlan, objective: Objective, known: Known) -> Values:
    """What the criterion is of: regrets, or gains, float[futures]."""
    gains = plan.gains(objective.outcome)
    return criteria.regrets_of(gains, known.best[objective.outcome]) if objective.criterion == "regret" else gains
