"""Whether criteria of robustness agree: which plan each picks, and how alike they rank all plans."""

from math import isnan

from results.optimising.objective import label_of
from results.robust_search.asked import Objective
from results.robust_search.final import RobustFinalist, RobustOptimum
from results.robust_search.score_words import NAMES, name_of
from scenarios.files.listing import listed


def own_objectives(found: RobustOptimum) -> list[Objective]:
    """The criteria of the first outcome."""
    return [one for one in found.objectives if one.outcome == found.question.outcomes[0]]


def agreement_answer(found: RobustOptimum) -> list[str]:
    """Which plan each criterion of the first outcome picks, whether that matters, and how alike they rank."""
    own = own_objectives(found)
    if len(own) < 2:
        return []
    picked: dict[int, tuple[RobustFinalist, list[Objective]]] = {}
    for one in own:
        plan = found.picks[one]
        picked.setdefault(plan.number, (plan, []))[1].append(one)
    label = label_of(found.question.outcomes[0])
    if len(picked) == 1:
        (plan, _), *_ = picked.values()
        lines = [f"All {len(own)} criteria of {label} choose {_called(found, plan)}."]
    else:
        parts = [
            f"{listed(list(dict.fromkeys(NAMES[one.criterion] for one in some)))} "
            f"{'chooses' if len(some) == 1 else 'choose'} {_called(found, plan)}"
            for plan, some in picked.values()
        ]
        lines = [f"Criteria of {label} do not all choose the same plan: {'; '.join(parts)}.{_matters(found, own)}"]
    return [*lines, *_ranks(found)]


def _called(found: RobustOptimum, plan: RobustFinalist) -> str:
    if plan.number == found.winner.number:
        return "the most robust plan"
    return "the plan as it is" if plan.number == 0 else name_of(found, plan)


def _matters(found: RobustOptimum, own: list[Objective]) -> str:
    """Whether the winner is clearly behind by the criteria that choose another."""
    clear = [
        NAMES[one.criterion]
        for one in own
        if found.picks[one].number != found.winner.number
        and found.lead(found.picks[one], found.winner, one, len(own)).low > 0
    ]
    if not clear:
        return " By none of them is the most robust plan clearly behind."
    return f" The most robust plan is clearly behind by {listed(list(dict.fromkeys(clear)))}."


def _ranks(found: RobustOptimum) -> list[str]:
    known = {pair: value for pair, value in found.agreement.items() if not isnan(value)}
    if not known:
        return []
    (one, other), least = min(known.items(), key=lambda item: item[1])
    plans = sum(plan.keeps(found.question.budget) for plan in found.searched.plans)
    how = "much alike" if least >= 0.7 else "in part alike" if least >= 0.3 else "unlike"
    return [
        f"Over the {plans:,} plans of the search that keep the budget, criteria rank {how}: the least alike are "
        f"{NAMES[one.criterion]} and {NAMES[other.criterion]} (Kendall's tau {least:.2f}; 1 is the same order)."
    ]
