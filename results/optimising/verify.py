"""Whether the folder of `optimise` holds what the model gives: its table by hash, and candidates tried again."""

from dataclasses import replace

import numpy as np

from results.folders.examination import Examination
from results.folders.folder import FolderError
from results.folders.inputs import read_input
from results.folders.notes import Notes
from results.folders.parquet import columns_of, read_table
from results.optimising.evaluation import evaluator
from results.optimising.objective import NET, Value
from results.optimising.search import Question, tried
from results.sweeping.sweep_folder import factor_of
from scenarios import KEYS, ScenarioError
from scenarios.designs.factors import Factor
from simulation.outcomes import NAMES
from simulation.running.campaign import ThreadWorkers

TABLE = "candidates.parquet"


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
        levers = tuple(factor_of(one) for one in inputs["levers"])
        numbers = (inputs[name] for name in ("seed", "trials", "replicates", "final"))
        worths = tuple(Value(outcome, amount) for outcome, amount in inputs.get("worth", {}).items())
        asked = Question(scenario, levers, inputs["budget"], tuple(inputs["outcomes"]), *numbers)
        asked = replace(asked, worths=worths)
    except (OSError, ValueError, KeyError, TypeError, ScenarioError) as error:
        raise FolderError(f"{check.path} cannot be read as an optimise folder ({error})") from None
    for name, wanted in (check.manifest.tables or {}).items():
        check.same_hash(name, wanted)
    names = (*NAMES, NET) if worths else NAMES
    count = len(columns["candidate"])
    check.found.of = count
    evaluate = evaluator(scenario, ThreadWorkers(), Notes(check.path), engine=inputs["engine"], keep=False)
    rows = range(count) if sample is None else check.choose(count, max(1, sample // 20)).tolist()
    for row in rows:
        stage, number = str(columns["stage"][row]), int(np.asarray(columns["candidate"])[row])
        values = {lever.key: _plain(lever, columns[lever.key][row]) for lever in levers}
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
