"""The best plans of leaving: all are tried, the best of each kind live through fresh luck, and once more.

The best of many is partly the luckiest. So the finalists, the best of each kind, live through fresh luck, on which the
winner is chosen, and then through luck that is fresh once more, on which everything that is reported rests.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite

from results.estimates.comparison import Difference, difference
from results.exiting.changes_told import is_better
from results.exiting.plans import Plan
from results.exiting.question import Evaluate, Lived, Question, lived
from results.exiting.telling import told_shortly
from results.optimising.search import NothingFeasibleError
from results.words.currency import shown_currency

FINALISTS = 12
"""Plans that come into the final, besides the scenario as planned."""


@dataclass(frozen=True, eq=False)
class Finalist:
    """A plan of the final.

    Attributes:
        searched: as it was among all plans.
        choice: as it was on the luck that the winner was chosen on.
        report: as it is on the luck that is reported.
        alike: plans of its kind than which it was not very probably better among all plans, itself among them.
        leads: the winner less this one, an outcome each, on that luck; the intervals hold for all at once. None for the
            winner itself.
    """

    searched: Lived
    choice: Lived
    report: Lived
    alike: tuple[Plan, ...]
    leads: tuple[Difference, ...] = ()

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.report.plan

    @property
    def is_like_the_winner(self) -> bool:
        """Whether the winner is not even very probably better in the outcome that decides; of the winner, true."""
        return not self.leads or not is_better(self.leads[0])


@dataclass(frozen=True, eq=False)
class Exits:
    """What was found.

    Attributes:
        question: as it was asked.
        tried: every plan with the luck of the search, the scenario as planned first.
        finalists: the winner first, then the others by what they were worth when the winner was chosen.
        planned: the scenario as planned; a finalist too if it keeps the budget.
        dear: plans that cost more than the budget, and were dropped (count).
    """

    question: Question
    tried: tuple[Lived, ...]
    finalists: tuple[Finalist, ...]
    planned: Finalist
    dear: int

    @property
    def winner(self) -> Finalist:
        """The best in the first outcome."""
        return self.finalists[0]

    @property
    def as_good(self) -> tuple[Finalist, ...]:
        """Finalists than which the winner is not very probably better, without it."""
        return tuple(one for one in self.finalists[1:] if one.is_like_the_winner)

    @property
    def limit(self) -> float:
        """What the rest may cost (USD): the budget, or what the plan costs on the luck that is reported."""
        return limit_of(self.question, self.planned.report)


def limit_of(asked: Question, planned: Lived) -> float:
    """What the rest may cost (USD): the budget, or what the plan itself costs with the same luck."""
    return planned.cost if asked.budget is None else asked.budget


def is_feasible(asked: Question, one: Lived, planned: Lived) -> bool:
    """Whether a plan keeps the budget on average, and has the outcome that decides."""
    return one.cost <= limit_of(asked, planned) and isfinite(one.mean(asked.outcomes[0]))


def best_exits(asked: Question, evaluate: Evaluate) -> Exits:
    """Try all plans, choose on fresh luck, report on fresh luck once more.

    Raises:
        NothingFeasibleError: if no plan keeps the budget, with the cheapest.
    """
    tried = lived(asked, evaluate, asked.grid.plans, "search")
    planned, first = tried[0], asked.outcomes[0]
    feasible = [one for one in tried if is_feasible(asked, one, planned)]
    if not feasible:
        raise NothingFeasibleError(_nothing(asked, tried))
    kinds: dict[tuple[object, ...], list[Lived]] = {}
    for one in sorted(feasible, key=lambda one: (-one.worth(first), one.plan.number)):
        kinds.setdefault(one.plan.kind, []).append(one)
    chosen = [several[0] for several in kinds.values()][:FINALISTS]
    wanted = [*chosen, *([] if planned in chosen else [planned])]
    choice, report = (lived(asked, evaluate, [one.plan for one in wanted], stage) for stage in ("choice", "report"))
    finalists = [
        Finalist(*three, alike=_alike(asked, three[0], kinds.get(three[0].plan.kind, [])))
        for three in zip(wanted, choice, report, strict=True)
    ]
    as_planned = next(one for one in finalists if one.plan.number == 0)
    in_final = [one for one in finalists if is_feasible(asked, one.choice, as_planned.choice)]
    if not in_final:  # all of them were just within it on the search's luck
        in_final = [min(finalists, key=lambda one: one.choice.cost)]
    ranked = sorted(in_final, key=lambda one: (-one.choice.worth(first), one.plan.number))
    winner, others = ranked[0], max(1, len(finalists) - 1)
    led = [_led(asked, winner, one, others) for one in ranked]
    still_planned = next((one for one in led if one.plan.number == 0), None) or _led(asked, winner, as_planned, others)
    return Exits(asked, tuple(tried), tuple(led), still_planned, len(tried) - len(feasible))


def _led(asked: Question, winner: Finalist, one: Finalist, others: int) -> Finalist:
    """A finalist with the winner's lead over it."""
    if one is winner:
        return one
    several = others * len(asked.outcomes)
    return replace(
        one,
        leads=tuple(
            difference(
                winner.report.ensemble, one.report.ensemble, outcome, scenario=str(one.plan.number), several=several
            )
            for outcome in asked.outcomes
        ),
    )


def _alike(asked: Question, one: Lived, kind: Sequence[Lived]) -> tuple[Plan, ...]:
    """Plans of a kind than which one of them was not very probably better among all plans, that one among them."""
    first = asked.outcomes[0]
    plans = [one.plan]
    for other in kind:
        if other is one:
            continue
        if not is_better(difference(one.ensemble, other.ensemble, first, scenario=str(other.plan.number))):
            plans.append(other.plan)
    return tuple(sorted(plans, key=lambda plan: plan.number))


def _nothing(asked: Question, tried: Sequence[Lived]) -> str:
    able = [one for one in tried if isfinite(one.mean(asked.outcomes[0]))]
    if not able:
        return (
            f"{asked.outcomes[0]} is missing in every network of every plan, so none can be called the best; ask for "
            "another --outcome"
        )
    cheapest = min(tried, key=lambda one: one.cost)
    budget, money = 0.0 if asked.budget is None else asked.budget, shown_currency()
    return (
        f"no plan keeps a budget of {budget:,.0f} {money} after month {asked.month}: of {len(tried)} plans the "
        f"cheapest costs {cheapest.cost:,.0f} {money} on average from then on ({told_shortly(cheapest.plan)}); "
        "raise --budget"
    )
