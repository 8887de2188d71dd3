"""What is asked of an exit, and what networks that lived through a plan tell."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from results.estimates import pairs
from results.estimates.bounds import limits
from results.estimates.comparison import Estimate, counted, estimate
from results.estimates.pairs import Counted
from results.estimates.parameter_uncertainty import Values, unknown_of
from results.estimates.sums import exact_mean
from results.exiting.grid import Grid
from results.exiting.plans import Plan
from results.optimising.search import COST, Luck, sign
from scenarios import Scenario
from scenarios.designs.design import at_point
from simulation.own_outcomes.catalogue import outcomes_of
from simulation.running.ensemble import Ensemble


@dataclass(frozen=True, eq=False)
class Sight:
    """What networks of one plan came to.

    Attributes:
        values: outcomes, float[replicates, outcomes].
        spent: by the end of the month of the decision (USD), float[replicates].
        seen: monthly outcomes at the end of the month in which one decides again, float[replicates, monthly].
    """

    values: Values
    spent: Values
    seen: Values


Evaluate = Callable[[Sequence[Plan], Luck], Sequence[Sight]]
"""Plans -> what networks with some luck come to under each."""


@dataclass(frozen=True)
class Question:
    """What is asked.

    Attributes:
        scenario: as it is planned.
        grid: plans, the scenario as planned first.
        budget: that may be spent on average after the month of the decision; None: what the plan costs.
        outcomes: the first is to be best; the others are told beside it.
        again: month at whose end one decides again; None for never.
        seed: of the luck.
        replicates: networks of every plan (count).
        final: networks of each finalist, of either fresh luck (count).
    """

    scenario: Scenario
    grid: Grid
    budget: float | None
    outcomes: tuple[str, ...]
    again: int | None = None
    seed: int = 1
    replicates: int = 300
    final: int = 1000

    def __post_init__(self) -> None:
        """Take names as the scenario's catalogue has them, wherever they come from."""
        known = outcomes_of(self.scenario.outcomes)
        object.__setattr__(self, "outcomes", tuple(map(known.called, self.outcomes)))

    @property
    def month(self) -> int:
        """The decision is made at its end."""
        return self.grid.month

    def luck(self, stage: str) -> Luck:
        """Of a stage: that of all plans has the seed itself, the others seeds that nobody would take by chance."""
        if stage == "search":
            return Luck(stage, self.seed, self.replicates)
        digest = hashlib.sha256(f"legato exit {stage} {self.seed}".encode()).digest()
        return Luck(stage, int.from_bytes(digest[:4], "big"), self.final)


@dataclass(frozen=True, eq=False)
class Lived:
    """A plan, and the networks that lived through it.

    Attributes:
        plan: the plan.
        ensemble: its networks.
        spent: see `Sight`.
        seen: see `Sight`.
    """

    plan: Plan
    ensemble: Ensemble
    spent: Values
    seen: Values

    @property
    def rest(self) -> Values:
        """What each network costs after the month of the decision (USD), float[replicates]."""
        return self.ensemble[COST] - self.spent

    @property
    def cost(self) -> float:
        """The same on average."""
        return exact_mean(self.rest)

    def rest_estimate(self) -> Estimate:
        """The same with its interval."""
        one, rest = self.ensemble, self.rest
        unknown = unknown_of([one.scenario], one.first, one.replicates)
        return Estimate(*pairs.estimated(Counted(rest, rest, rest, False, False, *limits(COST)), unknown))

    def estimate(self, outcome: str) -> Estimate:
        """One outcome with its interval."""
        return estimate(self.ensemble, outcome)

    def mean(self, outcome: str) -> float:
        """Mean of an outcome; for a ratio, the ratio of the sums; nan where no network has it."""
        one = counted(self.ensemble, outcome)
        values = pairs.linearized(one, pairs.present(one))
        return exact_mean(values) if values.size else float("nan")

    def worth(self, outcome: str) -> float:
        """The same turned so that more is better."""
        return sign(outcome) * self.mean(outcome)


def lived(asked: Question, evaluate: Evaluate, plans: Sequence[Plan], stage: str) -> list[Lived]:
    """Let networks live through some plans, with the luck of a stage."""
    luck = asked.luck(stage)
    return [of_sight(asked, plan, luck, sight) for plan, sight in zip(plans, evaluate(plans, luck), strict=True)]


def of_sight(asked: Question, plan: Plan, luck: Luck, sight: Sight) -> Lived:
    """What networks came to, with the plan that they lived through."""
    scenario = at_point({asked.scenario.name: asked.scenario}, plan.changes)
    none = np.empty((0, len(outcomes_of(scenario.outcomes).monthly_names)))
    ensemble = Ensemble(scenario, luck.seed, 0, sight.values, none, none[np.newaxis])
    return Lived(plan, ensemble, sight.spent, sight.seen)
