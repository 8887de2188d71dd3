"""Whether the folder of `exit` holds what the model gives: its table by hash, and plans tried again."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from results.exiting.evaluation import evaluator
from results.exiting.grid import Grid
from results.exiting.plans import plan_of
from results.exiting.question import Question, lived
from results.folders.examination import Examination
from results.folders.folder import FolderError
from results.folders.inputs import read_input
from results.folders.notes import Notes
from results.folders.parquet import columns_of, read_table
from scenarios import Scenario, ScenarioError
from simulation.outcomes import NAMES

TABLE = "plans.parquet"


def asked_of(inputs: Mapping[str, Any], scenario: Scenario) -> Question:
    """The question that the inputs of a folder tell."""
    plans = tuple(plan_of(number, scenario, _plain(changes)) for number, changes in enumerate(inputs["plans"]))
    grid = Grid(plans, inputs["left_out"], inputs["month"])
    numbers = (inputs[name] for name in ("seed", "replicates", "final"))
    return Question(scenario, grid, inputs["budget"], tuple(inputs["outcomes"]), inputs["decide_again"], *numbers)


def verify_exit(check: Examination, sample: int | None) -> None:
    """Hold the table against the manifest, and try some of its plans once more.

    Args:
        check: the folder.
        sample: one row in 20 of so many is tried again, chosen at random; None tries all of them.
    """
    inputs = check.manifest.inputs
    try:
        columns = columns_of(read_table(check.path / TABLE))
        scenario = read_input(check.path, next(iter(inputs["scenarios"])))
        asked = asked_of(inputs, scenario)
    except (OSError, ValueError, KeyError, TypeError, ScenarioError) as error:
        raise FolderError(f"{check.path} cannot be read as an exit folder ({error})") from None
    for name, wanted in (check.manifest.tables or {}).items():
        check.same_hash(name, wanted)
    count = len(columns["plan"])
    check.found.of = count
    months = inputs["month"], inputs["decide_again"]
    evaluate = evaluator(scenario, months, Notes(check.path), engine=inputs["engine"], keep=False)
    names = ("rest", *NAMES)
    rows = range(count) if sample is None else check.choose(count, max(1, sample // 20)).tolist()
    for row in rows:
        stage, number = str(columns["stage"][row]), int(np.asarray(columns["plan"])[row])
        (fresh,) = lived(asked, evaluate, [asked.grid.plans[number]], stage)
        stored = np.array([float(columns[name][row]) for name in names])  # type: ignore[arg-type]
        came = np.array([fresh.cost, *(fresh.mean(name) for name in NAMES)])
        check.compare(f"{stage}, plan {number}", names, stored, came)
        check.found.rows += 1
        check.progress(1)


def _plain(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Values as a scenario has them: what is a list in JSON is a tuple there."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in changes.items()}
