"""The search for the best use of a budget: candidates are asked of Optuna, tried with one luck, and told back.

What tries candidates is handed in, so that a model with a known optimum can stand in for the engine. Candidates come
in generations, and only their order decides what is asked next: the same seed gives the same ones, whoever runs them.
"""

import hashlib
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, isnan
from typing import Any

import numpy as np

from results.estimates.comparison import Estimate, estimate
from results.estimates.pairs import estimated
from results.estimates.parameter_uncertainty import Values, unknown_of
from results.optimising.kinds import Kinds
from results.optimising.objective import COST as COST
from results.optimising.objective import NET, Worths, counted_for, net_values
from results.optimising.objective import sign as sign
from results.optimising.space import Space, first_places
from scenarios import Scenario, ScenarioError
from scenarios.designs.design import at_point
from scenarios.designs.factors import Factor
from scenarios.designs.reading_factors import read_factors
from scenarios.files.faults import FailedError, MissingExtraError, refusal
from scenarios.schema.keys import key_named, value_of
from simulation.outcomes import MONTHLY_NAMES, outcome_named
from simulation.running.ensemble import Ensemble

GENERATION = 10
"""Candidates that are tried at a time: enough for two or more processors, few enough to learn from."""
FAILED = 10.0
"""How far over the budget, in budgets, a candidate counts that could not be run."""
POPULATION = 20
"""Candidates in a generation of NSGA-III: with 200 trials, fewer learn faster than its usual 50."""
PATIENCE = 50
"""How often one that was tried already may be asked for again before one is drawn at random."""


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
"""Values of some candidates -> outcomes of each, float[replicates, len(NAMES)], or why there are none."""


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
        none = np.empty((0, len(MONTHLY_NAMES)))
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
    space = Space(asked.levers)
    known: dict[tuple[int, ...], Candidate] = {}
    found = tried(asked, evaluate, [(0, asked.planned())], "search")
    as_planned = space.nearest(asked.planned())
    if as_planned is not None and space.values(as_planned) == asked.planned():
        known[as_planned] = found[0]  # so that the plan is not a second candidate, and a finalist twice

    def run(places: Sequence[tuple[int, ...]]) -> None:
        new = list(dict.fromkeys(one for one in places if one not in known))
        numbered = [(len(found) + count, space.values(one)) for count, one in enumerate(new)]
        for one, candidate in zip(new, tried(asked, evaluate, numbered, "search") if new else [], strict=True):
            known[one] = candidate
            found.append(candidate)

    optuna = _optuna()
    if space.size <= asked.trials:  # all of it
        run(list(np.ndindex(space.counts)))
        return found
    first = first_places(space, asked.planned(), asked.trials, asked.seed)
    study = optuna.create_study(
        directions=["maximize"] * len(asked.outcomes), sampler=_sampler(optuna, asked, len(first))
    )
    distributions = {
        lever.key: optuna.distributions.IntDistribution(0, count - 1)
        for lever, count in zip(asked.levers, space.counts, strict=True)
    }
    for one in first:
        study.enqueue_trial(space.named(one))
    drawn = np.random.default_rng(asked.seed)
    idle = 0
    while len(known) < asked.trials and idle < PATIENCE:
        wanted = min(GENERATION, asked.trials - len(known))
        trials = [study.ask(distributions) for _ in range(wanted)]
        places = [tuple(int(trial.params[lever.key]) for lever in asked.levers) for trial in trials]
        before = len(known)
        run(places)
        for trial, place in zip(trials, places, strict=True):
            _tell(study, trial, known[place], asked)
        idle = idle + 1 if len(known) == before else 0
        if len(known) == before:  # all of them were known: one at random moves the search on
            study.enqueue_trial(space.named(tuple(int(drawn.integers(count)) for count in space.counts)))
    return found


def _sampler(optuna: Any, asked: Question, first: int) -> Any:
    """What proposes candidates: TPE, and NSGA-III for three outcomes or more.

    Source:
        Ours, measured on the test problem DTLZ2 (Deb et al. 2002) with three outcomes, five levers, a linear budget and
        200 trials, over 8 seeds: the candidates that NSGA-III proposes dominate 44 % of the box behind the front (40 to
        46), those of TPE 30 % (25 to 37), of chance 38 % (36 to 39); the whole front would dominate 61 % without the
        budget. With another crossover than BLX-alpha it was 40 %.
    """
    if len(asked.outcomes) > 2:
        with warnings.catch_warnings():  # that its interface may change is ours to know, not the reader's
            warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
            return optuna.samplers.NSGAIIISampler(
                seed=asked.seed, population_size=POPULATION, crossover=optuna.samplers.nsgaii.BLXAlphaCrossover()
            )
    return optuna.samplers.TPESampler(
        seed=asked.seed, multivariate=True, constant_liar=True, n_startup_trials=first, n_ei_candidates=64
    )


def _tell(study: Any, trial: Any, candidate: Candidate, asked: Question) -> None:
    worths = [candidate.worth(outcome) for outcome in asked.outcomes]
    over = candidate.cost / asked.budget - 1
    if any(isnan(worth) for worth in worths) or isnan(over):
        trial.set_constraint("budget", FAILED)
        study.tell(trial, [0.0] * len(worths))
    else:
        trial.set_constraint("budget", over)
        study.tell(trial, worths)


def check_installed() -> None:
    """See that Optuna is there, before any work is begun.

    Raises:
        MissingExtraError: if it is not.
    """
    _optuna()


def _optuna() -> Any:
    try:
        import optuna
    except ImportError:
        raise MissingExtraError("optimise", "Optuna", "optimise") from None
    optuna.logging.set_verbosity(optuna.logging.CRITICAL)
    return optuna
