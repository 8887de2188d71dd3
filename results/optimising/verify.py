"""Whether the folder of `optimise` holds what the model gives: its table by hash, and candidates tried again."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from results.folders.examination import Examination
from results.folders.folder import FolderError
from results.folders.inputs import read_input
from results.folders.notes import Notes
from results.folders.parquet import columns_of, read_table
from results.optimising.evaluation import evaluator
from results.optimising.kinds import Kinds
from results.optimising.objective import NET, Value
from results.optimising.search import Question, tried
from results.sweeping.sweep_folder import factor_of
from scenarios import KEYS, Scenario, ScenarioError
from scenarios.designs.factors import Factor
from simulation.outcomes import NAMES
from simulation.running.campaign import ThreadWorkers

TABLE = "candidates.parquet"


def asked_of(inputs: Mapping[str, Any], scenario: Scenario) -> Question:
    """The question that the inputs of a folder tell."""
    levers = {one["key"]: factor_of(one) for one in inputs["levers"]}
    worths = tuple(Value(outcome, amount) for outcome, amount in inputs.get("worth", {}).items())
    kinds = Kinds(tuple(levers[key] for key in inputs["kinds_by"])) if "kinds_by" in inputs else None
    numbers = (inputs[name] for name in ("seed", "trials", "replicates", "final"))
    asked = Question(scenario, tuple(levers.values()), inputs["budget"], tuple(inputs["outcomes"]), *numbers)
    return replace(asked, kinds=kinds, worths=worths)


def verify_optimum(check: Examination, sample: int | None) -> None:
    """Hold the table against the manifest, and try some of its candidates once more.

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
        raise FolderError(f"{check.path} cannot be read as an optimise folder ({error})") from None
    for name, wanted in (check.manifest.tables or {}).items():
        check.same_hash(name, wanted)
    names = (*NAMES, NET) if asked.worths else NAMES
    count = len(columns["candidate"])
    check.found.of = count
    evaluate = evaluator(scenario, ThreadWorkers(), Notes(check.path), engine=inputs["engine"], keep=False)
    rows = range(count) if sample is None else check.choose(count, max(1, sample // 20)).tolist()
    for row in rows:
        stage, number = str(columns["stage"][row]), int(np.asarray(columns["candidate"])[row])
        values = {lever.key: _plain(lever, columns[lever.key][row]) for lever in asked.levers}
        (fresh,) = tried(asked, evaluate, [(number, values)], stage)
        stored = np.array([float(columns[name][row]) for name in names])  # type: ignore[arg-type]
        check.compare(f"{stage}, candidate {number}", names, stored, np.array([fresh.mean(name) for name in names]))
        check.found.rows += 1
        check.progress(1)


def _plain(lever: Factor, value: object) -> object:
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
