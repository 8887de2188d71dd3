"""Whether the folder of `exit` holds what the model gives: its table by hash, and plans tried again."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from results.exiting.evaluation import evaluator
from results.exiting.grid import Grid, Reason
from results.exiting.plans import plan_of
from results.exiting.question import Evaluate, Question, lived
from results.folders.examination import Examination
from results.folders.inputs import read_input
from results.folders.notes import Notes
from results.folders.rows_again import Again, rows_again
from scenarios import Scenario

TABLE = "plans.parquet"


def asked_of(inputs: Mapping[str, Any], scenario: Scenario) -> Question:
    """The question that the inputs of a folder tell."""
    plans = tuple(plan_of(number, scenario, _plain(changes)) for number, changes in enumerate(inputs["plans"]))
    gone: dict[str, dict[Any, Sequence[Reason]]] = {}
    for one in inputs.get("gone", ()):
        gone.setdefault(one["key"], {})[_value(one["value"])] = tuple(one["why"])
    grid = Grid(plans, inputs["left_out"], inputs["month"], gone)
    numbers = (inputs[name] for name in ("seed", "replicates", "final"))
    return Question(scenario, grid, inputs["budget"], tuple(inputs["outcomes"]), inputs["decide_again"], *numbers)


def verify_exit(check: Examination, sample: int | None) -> None:
    """Hold the table against the manifest, and try some of its plans once more; see `rows_again`."""

    def read(inputs: Mapping[str, Any]) -> tuple[Question, Evaluate]:
        scenario = read_input(check.path, next(iter(inputs["scenarios"])))
        months = inputs["month"], inputs["decide_again"]
        evaluate = evaluator(scenario, months, Notes(check.path), engine=inputs["engine"], keep=False)
        return asked_of(inputs, scenario), evaluate

    rows_again(check, sample, TABLE, read, _again)


def _again(asked: tuple[Question, Evaluate], row: Mapping[str, Any]) -> Again:
    question, evaluate = asked
    stage, number = str(row["stage"]), int(row["plan"])
    (fresh,) = lived(question, evaluate, [question.grid.plans[number]], stage)
    names = fresh.ensemble.outcomes.names
    values = np.array([fresh.cost, *(fresh.mean(name) for name in names)])
    return Again(f"{stage}, plan {number}", ("rest", *names), values)


def _plain(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Values as a scenario has them: what is a list in JSON is a tuple there."""
    return {key: _value(value) for key, value in changes.items()}


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
