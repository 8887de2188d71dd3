"""Whether the folder of `optimise` holds what the model gives: its table by hash, and candidates tried again."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from results.comparing.conversions import conversions_of
from results.folders.examination import Examination
from results.folders.inputs import read_input
from results.folders.notes import Notes
from results.folders.rows_again import Again, rows_again
from results.optimising.evaluation import evaluator
from results.optimising.kinds import Kinds
from results.optimising.objective import NET, Value
from results.optimising.search import Evaluate, Question, tried
from scenarios import KEYS, Scenario
from scenarios.designs.factors import Factor, factor_of
from simulation.own_outcomes.catalogue import outcomes_of
from simulation.running.campaign import ThreadWorkers

TABLE = "candidates.parquet"


def asked_of(inputs: Mapping[str, Any], scenario: Scenario) -> Question:
    """The question that the inputs of a folder tell."""
    levers = {one["key"]: factor_of(one) for one in inputs["levers"]}
    worths = tuple(Value(outcome, amount) for outcome, amount in inputs.get("worth", {}).items())
    kinds = Kinds(tuple(levers[key] for key in inputs["kinds_by"])) if "kinds_by" in inputs else None
    numbers = (inputs[name] for name in ("seed", "trials", "replicates", "final"))
    asked = Question(scenario, tuple(levers.values()), inputs["budget"], tuple(inputs["outcomes"]), *numbers)
    converted = conversions_of(inputs.get("converted", ()))
    return replace(asked, kinds=kinds, worths=worths, converted=converted)


def verify_optimum(check: Examination, sample: int | None) -> None:
    """Hold the table against the manifest, and try some of its candidates once more; see `rows_again`."""

    def read(inputs: Mapping[str, Any]) -> tuple[Question, Evaluate]:
        scenario = read_input(check.path, next(iter(inputs["scenarios"])))
        evaluate = evaluator(scenario, ThreadWorkers(), Notes(check.path), engine=inputs["engine"], keep=False)
        return asked_of(inputs, scenario), evaluate

    rows_again(check, sample, TABLE, read, _again)


def _again(asked: tuple[Question, Evaluate], row: Mapping[str, Any]) -> Again:
    question, evaluate = asked
    stage, number = str(row["stage"]), int(row["candidate"])
    values = {lever.key: plain_value(lever, row[lever.key]) for lever in question.levers}
    (fresh,) = tried(question, evaluate, [(number, values)], stage)
    names = outcomes_of(question.scenario.outcomes).names
    names = (*names, NET) if question.worths else names
    return Again(f"{stage}, candidate {number}", names, np.array([fresh.mean(name) for name in names]))


def plain_value(lever: Factor, value: object) -> object:
    """A value as the scenario has it, from how the table holds it: the plan's may be none of those allowed."""
    for level in lever.levels:
        if str(level) == str(value) or level == value:
            return level
    if str(value) == str(None):
        return None
    try:
        number = float(str(value))
    except ValueError:
        return value
    return int(number) if KEYS[lever.key].kind == "int" else number
