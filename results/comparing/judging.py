"""Which plan is ahead in what, and how sure that is: every plan with every other, by the same luck."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import isnan

from results.estimates.comparison import Comparison, Difference, difference
from results.words.differences import is_alike, is_same
from results.words.headlines import COST, EVIDENCE, LEGACY, RATE
from results.words.likelihood import LEVELS
from simulation.outcomes import outcome_named
from simulation.running.ensemble import Ensemble

GOALS = (RATE, LEGACY, EVIDENCE, COST)
"""What plans are judged by: who collaborates, what survives, what it yields, what it costs."""
LEAST = LEVELS[-1][0]
"""Chance from which on a plan counts as ahead: that of "probably"."""
SMALL_POINTS, SMALL_PART = 0.05, 0.05
"""A lead over the baseline that is at most 5 points of a share, or 5 % of another level, is called small. Ours."""


@dataclass(frozen=True)
class Lead:
    """How an outcome judges the plans.

    Attributes:
        outcome: its name.
        ranked: names of the plans that have it, the best average first.
        front: the best one, and those that it is not even probably ahead of; all of them where nothing is known.
        chance: that the best one is ahead of each that is not in front; None where there are no others.
        alike: whether those in front are known to be practically the same.
        small: whether the lead of the best one over the baseline is known to be small.
        for_baseline: whether it speaks for the baseline, which is in front, or so close that leaving it gains little.
    """

    outcome: str
    ranked: tuple[str, ...]
    front: tuple[str, ...]
    chance: float | None
    alike: bool
    small: bool
    for_baseline: bool

    @property
    def is_open(self) -> bool:
        """Whether it speaks for no plan."""
        return len(self.front) == len(self.ranked)


Pairs = Mapping[tuple[str, str, str], Difference]
"""(plan, another, outcome) -> one less the other."""


def pairs_of(comparison: Comparison, ensembles: Mapping[str, Ensemble]) -> Pairs:
    """What it takes to judge: in each outcome the best plan with every other, and each plan with the next in rank.

    Pairs with the baseline are not among them: the comparison has them.
    """
    wanted: dict[tuple[str, str, str], None] = {}
    for outcome in GOALS:
        ranked = ranking(comparison, outcome)
        pairs = [*((ranked[0], other) for other in ranked[1:]), *pairwise(ranked)] if ranked else []
        for one, other in pairs:
            if comparison.baseline not in (one, other):
                wanted[one, other, outcome] = None
    return {
        (one, other, outcome): difference(ensembles[one], ensembles[other], outcome, scenario=one)
        for one, other, outcome in wanted
    }


def ranking(comparison: Comparison, outcome: str) -> list[str]:
    """Plans that have the outcome, the best average first; of equals, the baseline."""
    means = {name: every[outcome].mean for name, every in comparison.estimates.items()}
    down = outcome_named(outcome).scale == "usd"
    known = [name for name, mean in means.items() if not isnan(mean)]
    return sorted(known, key=lambda name: (means[name] if down else -means[name], name != comparison.baseline))


@dataclass(frozen=True)
class Judge:
    """Compares any two plans.

    Attributes:
        comparison: of each with the baseline.
        pairs: of the others with each other.
    """

    comparison: Comparison
    pairs: Pairs

    def lead(self, outcome: str) -> Lead | None:
        """How the outcome judges them; None where fewer than two plans have it."""
        base, ranked = self.comparison.baseline, ranking(self.comparison, outcome)
        if len(ranked) < 2:
            return None
        best, others = ranked[0], ranked[1:]
        chances = {name: self.ahead(best, name, outcome) for name in others}
        behind = {name: chance for name, chance in chances.items() if chance is not None and chance >= LEAST}
        front = tuple(name for name in ranked if name not in behind)
        alike = len(front) > 1 and all(self.alike(best, name, outcome) for name in front[1:])
        small = best != base and base in ranked and self._is_small(best, outcome)
        for_baseline = base in front or (small and any(self._is_ahead(base, name, outcome) for name in others))
        return Lead(outcome, tuple(ranked), front, min(behind.values(), default=None), alike, small, for_baseline)

    def ahead(self, one: str, other: str, outcome: str) -> float | None:
        """How likely one is ahead of the other; None where nothing is known, or they are practically the same."""
        found = self.between(one, other, outcome)
        if found is None or found.chance_higher is None or is_same(found) or is_alike(found):
            return None
        down = outcome_named(outcome).scale == "usd"
        return 1 - found.chance_higher if down else found.chance_higher

    def _is_ahead(self, one: str, other: str, outcome: str) -> bool:
        chance = None if one == other else self.ahead(one, other, outcome)
        return chance is not None and chance >= LEAST

    def alike(self, one: str, other: str, outcome: str) -> bool:
        """Whether two are known to be practically the same."""
        found = self.between(one, other, outcome)
        return found is not None and (is_same(found) or is_alike(found))

    def between(self, one: str, other: str, outcome: str) -> Difference | None:
        """One less the other; None where they were not compared."""
        base = self.comparison.baseline
        if other == base:
            return self.comparison.difference(one, outcome)
        if one == base:
            return _turned(self.comparison.difference(other, outcome), other)
        if (one, other, outcome) in self.pairs:
            return self.pairs[one, other, outcome]
        turned = self.pairs.get((other, one, outcome))
        return None if turned is None else _turned(turned, one)

    def _is_small(self, plan: str, outcome: str) -> bool:
        one = self.comparison.difference(plan, outcome)
        if isnan(one.low):
            return False
        most = SMALL_POINTS if outcome_named(outcome).scale == "share" else SMALL_PART * abs(one.baseline_level)
        return max(abs(one.low), abs(one.high)) <= most


def _turned(one: Difference, scenario: str) -> Difference:
    """The same difference from the other side."""
    chance = one.chance_higher
    return replace(
        one,
        scenario=scenario,
        mean=-one.mean,
        low=-one.high,
        high=-one.low,
        chance_higher=None if chance is None else 1 - chance,
        higher=one.lower,
        lower=one.higher,
        level=one.baseline_level,
        baseline_level=one.level,
    )


def leads(judge: Judge) -> Sequence[Lead]:
    """How each goal judges the plans, where it can."""
    return [lead for outcome in GOALS if (lead := judge.lead(outcome)) is not None]
