"""A robust search in plain words: the most robust plan, what robustness costs, and whether criteria agree."""

from collections.abc import Sequence
from math import isnan

from results.optimising.kind_words import kind_words
from results.optimising.objective import label_of
from results.optimising.plan_words import POINTS
from results.robust_search.agreement_words import agreement_answer
from results.robust_search.asked import Objective
from results.robust_search.final import RobustFinalist, RobustOptimum
from results.robust_search.notes import notes
from results.robust_search.score_words import (
    as_shown,
    bar_words,
    is_more_better,
    level,
    more,
    name_of,
    objective_words,
    phrase,
    scale_shown,
    settings,
    thousand,
)
from results.robust_search.sureness import Score
from results.robust_search.tables import tables
from results.words.narrative import Said, said
from results.words.numbers import with_half
from results.words.table import word
from results.words.varying import count_of
from scenarios.files.listing import listed
from scenarios.schema.keys import key_named


def said_of(found: RobustOptimum, converted: Sequence[str] = (), failing: Sequence[str] = ()) -> Said:
    """Everything that is said.

    Args:
        found: the answer.
        converted: of amounts in another currency how they were converted.
        failing: in which futures plans fall short.
    """
    shown, further = tables(found)
    return said([*answer(found), *failing], shown, [*converted, *notes(found)], further)


def answer(found: RobustOptimum) -> list[str]:
    """The most robust plan, against the plan and against what is best on average; then what criteria make of it."""
    lines = [_first(found), *_planned(found), *_best_on_average(found)]
    if len(found.question.objectives) > 1:
        lines += _front(found)
    return [*lines, *_kinds(found), *agreement_answer(found)]


def _first(found: RobustOptimum) -> str:
    asked, winner = found.question, found.winner
    futures = asked.futures
    count = len(winner.report.means)
    title = futures.title[0].lower() + futures.title[1:] if futures.title[1:2].islower() else futures.title
    first = asked.objectives[0]
    what = f"{_bars(found)} It {phrase(found, winner, first)}."
    if asked.criterion != "satisficing":
        what = f" In {label_of(first.outcome)}, it {phrase(found, winner, first)}."
    ends = _at_an_end(found)
    return (
        f"Across {count:,} fresh futures ({title}; {count_of(futures.keys)}), the most robust use of "
        f"{asked.budget:,.0f} USD that was found is {settings(winner)}.{what} It costs "
        f"{thousand(found.cost(winner))} thousand USD in the whole run on average{_over(found)}."
        + (
            f" At the limit of what was allowed: {', '.join(ends)}; there may be something better beyond."
            if ends
            else ""
        )
    )


def _bars(found: RobustOptimum) -> str:
    """What is good enough."""
    bars = [bar_words(bar) for bar in found.question.bars]
    return f" The bar is {bars[0]}." if len(bars) == 1 else f" The bars are {listed(bars)}."


def _over(found: RobustOptimum) -> str:
    """What is said after a cost that is over the budget in the futures reported; "" of one that is not."""
    plan, budget = found.winner.report, found.question.budget
    if plan.cost <= budget:
        return ""
    if plan.expected_cost > budget:
        return ", which is over the budget" + ("" if found.cost(found.winner).low > budget else ", though not clearly")
    above = 100 * (plan.excess - 1)
    return (
        f", which is over the budget in the futures reported; these are {above:.0f} % more expensive for the plan "
        "as it is than all that were drawn, in which it is expected to keep it"
    )


def _planned(found: RobustOptimum) -> list[str]:
    if found.winner.number == found.planned.number:
        return [f"That is {found.question.scenario.name} as it is planned: nothing more robust was found."]
    return [f"As planned, it {_instead(found, found.planned)}."]


def _best_on_average(found: RobustOptimum) -> list[str]:
    """What robustness costs: the most robust plan against the one that is best on average."""
    best, winner = found.best_on_average, found.winner
    if found.question.criterion == "mean":
        return []
    if best.number == winner.number:
        return ["It is also the best on average: robustness costs nothing here."]
    mean = Objective("mean", found.question.outcomes[0])
    lost = found.lead(winner, best, mean)
    cost = found.more_cost(winner, best)
    way = "more" if cost.value > 0 else "less"
    spent = f"{_size(cost, 'usd')} thousand USD {way}" + ("" if cost.is_clear else " (not clear)")
    name = "the plan as it is" if best.number == 0 else f"plan {best.number} ({settings(best)})"
    return [
        f"The best on average is {name}. The most robust plan costs {spent} on average, and in "
        f"{label_of(mean.outcome)} it comes to {_change(lost, mean)} on "
        f"average{'' if lost.is_clear else ' (not clear)'}; the best on average {_instead(found, best)}."
    ]


def _instead(found: RobustOptimum, other: RobustFinalist) -> str:
    """How another plan does by the first objective, and whether the most robust one is clearly ahead."""
    first = found.question.objectives[0]
    lead = found.lead(found.winner, other, first)
    return f"{phrase(found, other, first)}: {sureness(lead, first)}"


def sureness(lead: Score, objective: Objective) -> str:
    """How the most robust plan's lead is said."""
    if isnan(lead.low):
        return "with so few futures nobody can say how sure the difference is"
    shown = as_shown(objective, lead)
    if shown.value == 0:
        as_many = "in as many of the futures drawn" if objective.criterion == "satisficing" else "no difference"
        return f"the most robust plan is the same as far as can be told ({as_many})"
    way = "more" if shown.value > 0 else "less"
    size = (
        f"{_size(lead, 'share')} futures of 100 {'more' if shown.value > 0 else 'fewer'}"
        if objective.criterion == "satisficing"
        else f"a difference of {more(lead, objective)}"
    )
    better = (way == "more") == is_more_better(objective)
    if lead.is_clear:
        return f"the most robust plan has {size}, which is clearly {'better' if better else 'worse'}"
    return f"the most robust plan is the same as far as can be told ({size})"


def _change(lead: Score, objective: Objective) -> str:
    """A difference in words: "6 ± 2 percentage points less"."""
    shown = as_shown(objective, lead)
    value, low, high = (shown.value, shown.low, shown.high)
    if value < 0:
        value, low, high = -value, -high, -low
    scale = scale_shown(objective)
    return f"{with_half(value, low, high, scale)}{POINTS.get(scale, '')} {'less' if shown.value < 0 else 'more'}"


def _size(one: Score, scale: str) -> str:
    """A difference without its sign."""
    value, low, high = (one.value, one.low, one.high) if one.value >= 0 else (-one.value, -one.high, -one.low)
    return with_half(value, low, high, "usd" if scale == "usd" else "share")


def _front(found: RobustOptimum) -> list[str]:
    """Of several objectives: the best in each, and what it gives up in the first."""
    objectives = found.question.objectives
    lines = [
        f"With {len(objectives)} objectives there is no single best: {len(found.front)} of {len(found.finalists)} "
        f"finalists are each better than every other in some of them. The plan named first is the best in "
        f"{objective_words(objectives[0])}."
    ]
    for one in objectives[1:]:
        best = found.picks[one]
        if best.number == found.winner.number:
            continue
        lead = found.lead(best, found.winner, one)
        lines.append(
            f"Best in {objective_words(one)}: {name_of(found, best)} ({settings(best)}). It "
            f"{phrase(found, best, one)}, the most robust {level(found, found.winner, one)}"
            f"{'' if lead.is_clear else ' (the same as far as can be told)'}; but it "
            f"{phrase(found, best, objectives[0])}."
        )
    if len(lines) == 1:
        lines.append("It is the best in all of them: nothing has to be traded.")
    return lines


def _kinds(found: RobustOptimum) -> list[str]:
    """How many kinds of plans there are, and how many are as robust."""
    alike = [one for one in found.alike if one.number != found.winner.number]
    kinds = {one.kind for one in found.finalists}
    good = {one.kind for one in found.alike}
    if len(found.finalists) == 1:
        return []
    which = (
        f"{len(alike)} of the other {len(found.finalists) - 1} finalists cannot be told from it in how robust they are"
    )
    if len(kinds) == 1:
        return [f"{which}; all are of one kind ({kind_words(found.kinds, found.winner.kind)})."]
    others = [kind_words(found.kinds, kind) for kind in sorted(good - {found.winner.kind})]
    there = f" Other kinds with such a plan: {'; '.join(others)}." if others else ""
    return [
        f"{which}. It is of the kind {kind_words(found.kinds, found.winner.kind)}; of {len(kinds)} kinds in the final, "
        f"{len(good)} {'has' if len(good) == 1 else 'have'} a plan that is as robust.{there}"
    ]


def _at_an_end(found: RobustOptimum) -> list[str]:
    """Levers of the winner that stand where the range that was asked for ends, and the schema's does not."""
    ends = []
    for lever in found.question.levers:
        value, known = found.winner.report.values[lever.key], key_named(lever.key)
        assert known is not None  # it is a lever
        there = lever.levels or (lever.low, lever.high)
        if lever.is_numeric and value in (min(there), max(there)) and value not in (known.low, known.high):
            ends.append(f"{lever.key}={word(value)}")
    return ends
