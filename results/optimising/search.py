"""The search for the best use of a budget: candidates are asked of Optuna, tried with one luck, and told back.

What tries candidates is handed in, so that a model with a known optimum can stand in for the engine. Candidates come
in generations, and only their order decides what is asked next: the same seed gives the same ones, whoever runs them.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, isnan, prod
from typing import Any

import numpy as np

from results.estimates.comparison import Estimate, estimate
from results.estimates.parameter_uncertainty import Values
from scenarios import KEYS, Scenario, ScenarioError
from scenarios.designs.design import at_point
from scenarios.designs.factors import Factor, read_factors
from scenarios.files.faults import FailedError, MissingExtraError, refusal
from scenarios.schema.keys import value_of
from simulation.outcomes import BY_NAME, MONTHLY_NAMES
from simulation.running.ensemble import Ensemble

COST = "total_cost"
GENERATION = 10
"""Candidates that are tried at a time: enough for two or more processors, few enough to learn from."""
STEPS = 200
"""Steps into which a range is cut: a split that nobody could tell from its neighbour need not be looked for."""
FAILED = 10.0
"""How far over the budget, in budgets, a candidate counts that could not be run."""
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
        outcomes: what is to be best, one or two.
        seed: of the luck and of the search.
        trials: candidates of the search (count).
        replicates: networks of each (count).
        final: networks of each finalist, of either fresh luck (count).
    """

    scenario: Scenario
    levers: tuple[Factor, ...]
    budget: float
    outcomes: tuple[str, ...]
    seed: int = 1
    trials: int = 200
    replicates: int = 100
    final: int = 1000

    def luck(self, stage: str) -> Luck:
        """Of a stage: the search has the seed itself, the others seeds that nobody would take by chance."""
        if stage == "search":
            return Luck(stage, self.seed, self.replicates)
        digest = hashlib.sha256(f"legato optimise {stage} {self.seed}".encode()).digest()
        return Luck(stage, int.from_bytes(digest[:4], "big"), self.final)

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
    """

    number: int
    values: Mapping[str, Any]
    ensemble: Ensemble | None
    error: str = ""

    def estimate(self, outcome: str) -> Estimate:
        """One outcome; all nan where it could not be run."""
        if self.ensemble is None:
            nan = float("nan")
            return Estimate(nan, nan, nan, nan, nan, 0)
        return estimate(self.ensemble, outcome)

    @property
    def cost(self) -> float:
        """Mean whole cost (USD)."""
        return self.mean(COST)

    def mean(self, outcome: str) -> float:
        """Mean of an outcome over its networks; for a ratio, the ratio of the sums."""
        if self.ensemble is None:
            return float("nan")
        over = BY_NAME[outcome].over
        if over is None:
            kept = self.ensemble[outcome][~np.isnan(self.ensemble[outcome])]
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


def sign(outcome: str) -> int:
    """-1 for what costs money, and is to be little; 1 for all others."""
    return -1 if BY_NAME[outcome].scale == "usd" else 1


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
        if lever.key in KEYS
        else "scenario is no lever; name the keys that are decided"
        for lever in levers
        if lever.key not in KEYS or KEYS[lever.key].role != "lever"
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
        found.append(Candidate(number, values, Ensemble(scenario, luck.seed, 0, result, none, none[np.newaxis])))
    return found


def search(asked: Question, evaluate: Evaluate) -> list[Candidate]:
    """Every candidate that was tried, the scenario as it is first.

    Args:
        asked: the question.
        evaluate: tries candidates.

    Raises:
        MissingExtraError: if Optuna is not installed.
    """
    space = _Space(asked.levers)
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
    first = _first(space, asked)
    sampler = optuna.samplers.TPESampler(
        seed=asked.seed, multivariate=True, constant_liar=True, n_startup_trials=len(first), n_ei_candidates=64
    )
    study = optuna.create_study(directions=["maximize"] * len(asked.outcomes), sampler=sampler)
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


def _tell(study: Any, trial: Any, candidate: Candidate, asked: Question) -> None:
    worths = [candidate.worth(outcome) for outcome in asked.outcomes]
    over = candidate.cost / asked.budget - 1
    if any(isnan(worth) for worth in worths) or isnan(over):
        trial.set_constraint("budget", FAILED)
        study.tell(trial, [0.0] * len(worths))
    else:
        trial.set_constraint("budget", over)
        study.tell(trial, worths)


@dataclass(frozen=True)
class _Space:
    """The levers as whole numbers: places on each."""

    levers: tuple[Factor, ...]

    @property
    def counts(self) -> tuple[int, ...]:
        """Places of each lever (count)."""
        return tuple(_count(lever) for lever in self.levers)

    @property
    def size(self) -> int:
        """Candidates that there are (count)."""
        return prod(self.counts)

    def values(self, places: Sequence[int]) -> dict[str, Any]:
        """Key -> value at some places."""
        return {lever.key: lever.value(_share(lever, place)) for lever, place in zip(self.levers, places, strict=True)}

    def named(self, places: Sequence[int]) -> dict[str, int]:
        """Key -> place."""
        return {lever.key: place for lever, place in zip(self.levers, places, strict=True)}

    def nearest(self, values: Mapping[str, Any]) -> tuple[int, ...] | None:
        """Where the values stand; None where one is outside of what may be chosen."""
        places = []
        for lever, count in zip(self.levers, self.counts, strict=True):
            value, there = values[lever.key], [lever.value(_share(lever, place)) for place in range(count)]
            if value in there:
                places.append(there.index(value))
            elif lever.is_numeric and isinstance(value, (int, float)) and min(there) <= value <= max(there):
                places.append(int(np.argmin(np.abs(np.array(there, dtype=np.float64) - value))))
            else:
                return None
        return tuple(places)


def _count(lever: Factor) -> int:
    if lever.levels:
        return len(lever.levels)
    if lever.whole:
        return int(lever.high or 0) - int(lever.low or 0) + 1
    return STEPS + 1


def _share(lever: Factor, place: int) -> float:
    return (place + 0.5) / _count(lever) if lever.levels or lever.whole else place / STEPS


def _first(space: _Space, asked: Question) -> list[tuple[int, ...]]:
    """Candidates to begin with: as planned, everything on one lever, nothing, everything; then spread evenly."""
    from scipy.stats import qmc

    counts = space.counts
    corners = [
        tuple(count - 1 if place == only else 0 for place, count in enumerate(counts)) for only in range(len(counts))
    ]
    ends = [tuple(0 for _ in counts), tuple(count - 1 for count in counts)]
    planned = space.nearest(asked.planned())
    spread = qmc.LatinHypercube(len(counts), rng=np.random.default_rng(asked.seed)).random(max(10, asked.trials // 5))
    even = [
        tuple(min(count - 1, int(share * count)) for share, count in zip(row, counts, strict=True)) for row in spread
    ]
    first = ([planned] if planned else []) + [*corners, *ends, *even]
    return list(dict.fromkeys(first))[: asked.trials]


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
