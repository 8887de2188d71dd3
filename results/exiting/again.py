"""Decide again: what it is worth to wait until a month, look at the network, and choose the rest of the plan then.

Plans that agree until that month have the same networks until then. So at the decision one chooses what happens until
that month, and then, by what is seen, among the plans that still agree.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from results.estimates.comparison import Difference, counted, difference
from results.estimates.pairs import linearized, present
from results.estimates.parameter_uncertainty import Values
from results.estimates.sums import exact_mean
from results.exiting.choosing import Exits, is_feasible
from results.exiting.plans import Plan
from results.exiting.question import Evaluate, Lived, Question, lived
from results.exiting.seen_rule import Leaf, Rule, cross_fitted, features, leaves, most_chosen, places, rule_of
from results.optimising.search import sign
from scenarios.files.faults import RequestError

MOST = 4
"""Plans among which a rule chooses, at the most: a rule that names more is read by nobody."""


@dataclass(frozen=True, eq=False)
class Again:
    """Deciding again in a month.

    Attributes:
        month: at whose end.
        open: plans among which one can still choose then, after what was done until then (count).
        plans: those that the rule chooses among.
        rule: what to do by what is seen.
        applies: share of the networks in which each answer of the rule applies, in the order of its leaves.
        fixed: the best of the plans that are open, if one does not look.
        gain: the rule less the best plan of all, fixed at the decision.
        looking: the rule less the best of the plans that are open.
        waiting: the best of the plans that are open less the best plan of all: what it costs to leave it open.
        cost: what the rest costs by the rule (USD).
    """

    month: int
    open: int
    plans: tuple[Plan, ...]
    rule: Rule
    applies: tuple[float, ...]
    fixed: Plan
    gain: Difference
    looking: Difference
    waiting: Difference
    cost: float

    @property
    def is_told(self) -> bool:
        """Whether what is seen changes the choice at all."""
        return not isinstance(self.rule, Leaf)


def branches_of(plans: Sequence[Plan], asked: Question, month: int) -> list[list[Plan]]:
    """Plans that agree until the end of a month, where there is more than one."""
    found: dict[tuple[object, ...], list[Plan]] = {}
    for one in plans:
        found.setdefault(one.history(month, asked.scenario), []).append(one)
    return [several for several in found.values() if len(several) > 1]


def check_again(asked: Question) -> None:
    """See that something can be decided again.

    Raises:
        RequestError: if the month is not after the decision, or nothing can be chosen then any more.
    """
    if asked.again is None:
        return
    end = max(one.stops for one in asked.grid.plans)
    if not asked.month < asked.again < end:
        raise RequestError(
            "decide_again",
            f"{asked.again}, but the decision is made at the end of month {asked.month}, and the end is in month "
            f"{end}; allowed is {asked.month + 1} to {end - 1}",
        )
    if not branches_of(asked.grid.plans, asked, asked.again):
        raise RequestError(
            "decide_again", f"{asked.again}: nothing can be chosen any more by then; take an earlier month"
        )


def decided_again(found: Exits, evaluate: Evaluate) -> Again | None:
    """The rule, and what it is worth; None where no plan that keeps the budget is left to choose from."""
    asked, month = found.question, found.question.again
    assert month is not None
    first, planned = asked.outcomes[0], found.tried[0]
    feasible = {one.plan.number: one for one in found.tried if is_feasible(asked, one, planned)}
    branches = branches_of([one.plan for one in feasible.values()], asked, month)
    if not branches:
        return None
    scored = []
    for branch in branches:
        several = [feasible[plan.number] for plan in branch]
        looked_at, worths = _learned(several, first)
        scored.append((exact_mean(cross_fitted(looked_at, worths, None)), several, looked_at, worths))
    _, several, looked_at, worths = max(scored, key=lambda one: one[0])
    best = int(np.argmax([exact_mean(one) for one in worths.T]))
    few = list(dict.fromkeys([best, *most_chosen(looked_at, worths, MOST)]))[:MOST]
    plans = [several[place].plan for place in few]
    choice, report = (lived(asked, evaluate, plans, stage) for stage in ("choice", "report"))
    looked_at, worths = _learned(choice, first)
    fixed = int(np.argmax([exact_mean(one) for one in worths.T]))
    rule = rule_of(looked_at, worths) if len(plans) > 1 else Leaf(0)
    return _reported(found, month, len(several), report, rule, fixed)


def _reported(found: Exits, month: int, many: int, report: Sequence[Lived], rule: Rule, fixed: int) -> Again:
    first = found.question.outcomes[0]
    chosen = places(rule, features(report[0].seen))
    rows = np.arange(len(chosen))
    values = np.stack([one.ensemble.values for one in report])[chosen, rows]
    ruled = replace(report[0].ensemble, values=values)
    rest = np.stack([one.rest for one in report])[chosen, rows]
    winner, still = found.winner.report.ensemble, report[fixed].ensemble
    answers = _answers(rule, features(report[0].seen))
    return Again(
        month=month,
        open=many,
        plans=tuple(one.plan for one in report),
        rule=rule,
        applies=tuple(exact_mean((answers == leaf).astype(np.float64)) for leaf in range(len(leaves(rule)))),
        fixed=report[fixed].plan,
        gain=difference(ruled, winner, first, scenario="rule"),
        looking=difference(ruled, still, first, scenario="rule"),
        waiting=difference(still, winner, first, scenario="fixed"),
        cost=exact_mean(rest),
    )


def _answers(rule: Rule, looked_at: Values) -> Values:
    """Number of the leaf that applies to each network, from below, float[replicates]."""
    if isinstance(rule, Leaf):
        return np.zeros(len(looked_at))
    numbered = _numbered(rule, 0)[0]
    return places(numbered, looked_at).astype(np.float64)


def _numbered(rule: Rule, first: int) -> tuple[Rule, int]:
    """The same with leaves that have their own number as their plan's place."""
    if isinstance(rule, Leaf):
        return Leaf(first), first + 1
    below, following = _numbered(rule.below, first)
    otherwise, following = _numbered(rule.otherwise, following)
    return replace(rule, below=below, otherwise=otherwise), following


def _learned(several: Sequence[Lived], outcome: str) -> tuple[Values, Values]:
    """What was seen of networks, and what each plan was worth to them; of those in which all plans have a value."""
    there = np.logical_and.reduce([present(counted(one.ensemble, outcome)) for one in several])
    worths = []
    for one in several:
        values = np.full(len(there), np.nan)
        kept = present(counted(one.ensemble, outcome))
        found = linearized(counted(one.ensemble, outcome), kept)
        values[kept] = found if found.size else 0.0
        worths.append(sign(outcome) * values[there])
    return features(several[0].seen)[there], np.array(worths).T
