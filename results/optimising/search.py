"""The search for the best use of a budget: candidates are asked of Optuna, tried with one luck, and told back.

What tries candidates is handed in, so that a model with a known optimum can stand in for the engine.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

import numpy as np

from results.comparing.conversions import Conversions
from results.estimates.comparison import Estimate, estimate
from results.estimates.pairs import estimated
from results.estimates.parameter_uncertainty import Values, unknown_of
from results.optimising.kinds import Kinds
from results.optimising.objective import COST as COST
from results.optimising.objective import NET, Worths, counted_for, net_values
from results.optimising.objective import sign as sign
from results.optimising.proposals import Search, Told
from scenarios import Scenario, ScenarioError
from scenarios.designs.design import at_point
from scenarios.designs.factors import Factor
from scenarios.designs.reading_factors import read_factors
from scenarios.files.faults import FailedError, refusal
from scenarios.schema.keys import key_named, value_of
from simulation.outcomes import outcome_named
from simulation.own_outcomes.catalogue import outcomes_of
from simulation.running.ensemble import Ensemble


@dataclass(frozen=True)
class Luck:
    """What candidates live through.

    Attributes:
        stage: "search", "choice" or "report".
        seed: of the luck.
        replicates: of every candidate (count).
    """

    stage: str
    seed: int
    replicates: int


Evaluate = Callable[[Sequence[Mapping[str, Any]], Luck], Sequence[Values | str]]
"""Values of some candidates -> outcomes of each, float[replicates, outcomes], or why there are none."""


@dataclass(frozen=True)
class Question:
    """What is asked.

    Attributes:
        scenario: as it is planned.
        levers: what may be changed.
        budget: that the whole cost may have on average (USD).
        outcomes: what is to be best: one, or several for their trade-off; `NET` alone where values are given.
        seed: of the luck and of the search.
        trials: candidates of the search (count).
        replicates: networks of each (count).
        final: networks of each finalist, of either fresh luck (count).
        worths: what outcomes are worth, for their net value.
        converted: of these and the budget, what was given in another currency.
        kinds: by which levers plans are told apart in kind; None: by those that the cost depends on most.
    """

    scenario: Scenario
    levers: tuple[Factor, ...]
    budget: float
    outcomes: tuple[str, ...]
    seed: int = 1
    trials: int = 200
    replicates: int = 100
    final: int = 1000
    kinds: Kinds | None = None
    worths: Worths = ()
    converted: Conversions = ()

    def __post_init__(self) -> None:
        """Take names as the scenario's catalogue has them, wherever they come from."""
        known = outcomes_of(self.scenario.outcomes)
        object.__setattr__(self, "outcomes", tuple(map(known.called, self.outcomes)))
        worths = tuple(replace(one, outcome=known.called(one.outcome)) for one in self.worths)
        object.__setattr__(self, "worths", worths)

    def luck(self, stage: str) -> Luck:
        """Of a stage: the search has the seed itself, the others seeds that nobody would take by chance."""
        if stage == "search":
            return Luck(stage, self.seed, self.replicates)
        digest = hashlib.sha256(f"legato optimise {stage} {self.seed}".encode()).digest()
        return Luck(stage, int.from_bytes(digest[:4], "big"), self.final)

    @property
    def shown(self) -> tuple[str, ...]:
        """Outcomes that are shown: those asked for, or what is worth something."""
        return tuple(one.outcome for one in self.worths) or self.outcomes

    def planned(self) -> dict[str, Any]:
        """Values of the levers in the scenario as it is."""
        return {lever.key: value_of(self.scenario, lever.key) for lever in self.levers}


@dataclass(frozen=True, eq=False)
class Candidate:
    """One use of the budget, tried.

    Attributes:
        number: in the order in which they were tried; 0 is the scenario as it is.
        values: of the levers.
        ensemble: its networks; None where it could not be run.
        error: why not; "" where it could.
        worths: what its outcomes are worth, where that is asked for.
    """

    number: int
    values: Mapping[str, Any]
    ensemble: Ensemble | None
    error: str = ""
    worths: Worths = ()

    def estimate(self, outcome: str) -> Estimate:
        """One outcome; all nan where it could not be run."""
        if self.ensemble is None:
            nan = float("nan")
            return Estimate(nan, nan, nan, nan, nan, 0)
        if outcome != NET:
            return estimate(self.ensemble, outcome)
        unknown = unknown_of([self.ensemble.scenario], self.ensemble.first, self.ensemble.replicates)
        return Estimate(*estimated(counted_for(self.ensemble, NET, self.worths), unknown))

    @property
    def cost(self) -> float:
        """Mean whole cost (USD)."""
        return self.mean(COST)

    def mean(self, outcome: str) -> float:
        """Mean of an outcome over its networks; for a ratio, the ratio of the sums."""
        if self.ensemble is None:
            return float("nan")
        over = None if outcome == NET else outcome_named(outcome).over
        if over is None:
            values = net_values(self.ensemble, self.worths) if outcome == NET else self.ensemble[outcome]
            kept = values[~np.isnan(values)]
            return float(np.sum(kept)) / len(kept) if len(kept) else float("nan")
        above, below = (float(np.nansum(self.ensemble[name])) for name in over)
        return above / below if below else float("nan")

    def is_feasible(self, asked: Question) -> bool:
        """Whether it keeps the budget on average, and has every outcome that is asked for."""
        return self.cost <= asked.budget and all(isfinite(self.mean(outcome)) for outcome in asked.outcomes)

    def worth(self, outcome: str) -> float:
        """The outcome turned so that more is better."""
        return sign(outcome) * self.mean(outcome)


class NothingFeasibleError(FailedError, ValueError):
    """No candidate keeps the budget."""


def read_levers(written: Sequence[str]) -> tuple[Factor, ...]:
    """What `--lever` names; an uncertainty is refused, for nobody decides it.

    Raises:
        ScenarioError: with everything that is wrong.
    """
    try:
        levers = read_factors(written)
    except ScenarioError as error:
        raise ScenarioError(str(error).replace("--vary", "--lever")) from None
    faults = [
        f"{lever.key} is an uncertainty: nobody decides it, so no money can be put there; `legato show` says which "
        "keys are levers"
        if key_named(lever.key)
        else "scenario is no lever; name the keys that are decided"
        for lever in levers
        if (known := key_named(lever.key)) is None or known.role != "lever"
    ]
    if faults:
        raise ScenarioError(refusal("--lever", faults))
    if not levers:
        raise ScenarioError("no lever is named; name what may be changed: --lever facilitation.intensity")
    return levers


def tried(
    asked: Question, evaluate: Evaluate, wanted: Sequence[tuple[int, Mapping[str, Any]]], stage: str
) -> list[Candidate]:
    """Try some candidates, by number and values, with the luck of a stage."""
    luck = asked.luck(stage)
    found = []
    results = evaluate([values for _, values in wanted], luck)
    for (number, values), result in zip(wanted, results, strict=True):
        if isinstance(result, str):
            found.append(Candidate(number, values, None, result))
            continue
        scenario = at_point({asked.scenario.name: asked.scenario}, values)
        none = np.empty((0, len(outcomes_of(scenario.outcomes).monthly_names)))
        ensemble = Ensemble(scenario, luck.seed, 0, result, none, none[np.newaxis])
        found.append(Candidate(number, values, ensemble, worths=asked.worths))
    return found


def search(asked: Question, evaluate: Evaluate) -> list[Candidate]:
    """Every candidate that was tried, the scenario as it is first.

    Args:
        asked: the question.
        evaluate: tries candidates.

    Raises:
        MissingExtraError: if Optuna is not installed.
    """

    def run(wanted: Sequence[tuple[int, Mapping[str, Any]]]) -> list[Candidate]:
        return tried(asked, evaluate, wanted, "search")

    def told(candidate: Candidate) -> Told:
        return Told([candidate.worth(outcome) for outcome in asked.outcomes], candidate.cost / asked.budget - 1)

    return Search(asked.levers, asked.planned(), asked.trials, asked.seed, len(asked.outcomes), run, told).all()
