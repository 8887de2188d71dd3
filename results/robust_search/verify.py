"""Whether the folder of `optimise --over` holds what the model gives: tables by hash, and plans tried again."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from results.comparing.conversions import conversions_of
from results.folders.examination import Examination
from results.folders.inputs import read_input
from results.folders.notes import Notes
from results.folders.rows_again import Again, rows_again
from results.optimising.kinds import Kinds
from results.optimising.verify import plain_value
from results.robust_search.asked import RobustQuestion
from results.robust_search.bars import read_bars
from results.robust_search.documents import score_columns, scores_alone
from results.robust_search.evaluation import evaluator
from results.robust_search.plans import EvaluateOver, Place, TriedPlan, tried, whole_futures
from results.robust_search.search import spread_over
from results.robust_search.stages import STAGES, Futures, Stage, StageName, stage_seed
from scenarios import Scenario
from scenarios.designs.factors import factor_of
from simulation.running.campaign import ThreadWorkers

TABLE = "candidates.parquet"


def is_over_futures(inputs: Mapping[str, Any]) -> bool:
    """Whether the inputs of an `optimise` are of one over futures."""
    return "futures" in inputs


def asked_of(inputs: Mapping[str, Any], scenario: Scenario) -> RobustQuestion:
    """The question that the inputs of a folder tell."""
    levers = {one["key"]: factor_of(one) for one in inputs["levers"]}
    kinds = Kinds(tuple(levers[key] for key in inputs["kinds_by"])) if "kinds_by" in inputs else None
    numbers = (inputs[name] for name in ("seed", "trials", "search_futures", "replicates", "final"))
    asked = RobustQuestion(
        scenario, tuple(levers.values()), inputs["budget"], tuple(inputs["outcomes"]),
        read_bars(inputs["bars"], scenario), inputs["robust"], _futures(inputs, scenario), *numbers,
    )  # fmt: skip
    return replace(asked, kinds=kinds, converted=conversions_of(inputs.get("converted", ())))


def _futures(inputs: Mapping[str, Any], scenario: Scenario) -> Futures:
    told = inputs["futures"]
    factors = tuple(factor_of(one) for one in told["factors"])
    known = scenario.posterior and scenario.posterior.without({factor.key for factor in factors})
    stages: dict[StageName, Stage] = {}
    for name in STAGES:
        shares = np.array(told["stages"][name]["shares"], dtype=np.float64).reshape(-1, len(factors))
        particles = tuple(told["stages"][name]["particles"])
        count = len(shares) if len(factors) else len(particles)
        seeds = tuple(stage_seed(inputs["seed"], name, future) for future in range(count))
        stages[name] = Stage(name, shares if len(factors) else np.empty((count, 0)), particles, seeds)
    return Futures(told["name"], told["title"], factors, known or None, stages, tuple(told["again"]))


def verify_robust(check: Examination, sample: int | None) -> None:
    """Hold the tables against the manifest, and try some of the plans once more; see `rows_again`."""

    def read(inputs: Mapping[str, Any]) -> _Stages:
        scenario = read_input(check.path, next(iter(inputs["scenarios"])))
        asked = asked_of(inputs, scenario)
        evaluate = evaluator(asked, ThreadWorkers(), Notes(check.path), engine=inputs["engine"], keep=False)
        return _Stages(asked, evaluate)

    rows_again(check, sample, TABLE, read, _again)


class _Stages:
    """A question, and the futures of each stage that count, which the plan as it is decides."""

    def __init__(self, asked: RobustQuestion, evaluate: EvaluateOver) -> None:
        self.asked = asked
        self._evaluate = evaluate
        self._places: dict[str, Place] = {}

    def plan(self, stage: str, number: int, values: Mapping[str, Any]) -> TriedPlan:
        """A plan of a stage, tried once more."""
        (found,) = tried(self.asked, self._evaluate, [(number, values)], self._place(stage))
        return found

    def _place(self, stage: str) -> Place:
        if stage not in self._places:
            name: StageName = "pool" if stage == "search" else "choice" if stage == "choice" else "report"
            every = Place(name, tuple(range(len(self.asked.futures.stages[name]))))
            (planned,) = tried(self.asked, self._evaluate, [(0, self.asked.planned())], every)
            there = whole_futures(planned)
            chosen = spread_over(self.asked, planned, there, self.asked.searched) if stage == "search" else there
            self._places[stage] = Place(name, tuple(chosen))
        return self._places[stage]


def _again(stages: _Stages, row: Mapping[str, Any]) -> Again:
    asked = stages.asked
    stage, number = str(row["stage"]), int(row["candidate"])
    values = {lever.key: plain_value(lever, row[lever.key]) for lever in asked.levers}
    fresh = stages.plan(stage, number, values)
    return Again(f"{stage}, candidate {number}", score_columns(asked), np.array(scores_alone(asked, fresh)))
