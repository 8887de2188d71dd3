"""Whether the folder of `portfolio` holds what the model gives: its table by hash, and plans tried again."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from results.apportioning.asked import Asked, Slot
from results.apportioning.plans import plan_means
from results.folders.examination import Examination
from results.folders.folder import FolderError
from results.folders.inputs import read_input
from results.folders.notes import Notes
from results.folders.parquet import columns_of, read_table
from results.optimising.evaluation import evaluator
from results.sweeping.sweep_folder import factor_of
from scenarios import Scenario, ScenarioError
from simulation.outcomes import NAMES
from simulation.running.campaign import ThreadWorkers

TABLE = "plans.parquet"


def asked_of(inputs: Mapping[str, Any], networks: Mapping[str, Scenario]) -> Asked:
    """The question that the inputs of a folder tell."""
    numbers = (inputs[name] for name in ("seed", "trials", "replicates", "final"))
    fewest, most = inputs["cohorts"]
    levers = tuple(factor_of(one) for one in inputs["levers"])
    return Asked(tuple(networks.values()), levers, inputs["budget"], inputs["outcome"], fewest, most, *numbers)


def verify_portfolio(check: Examination, sample: int | None) -> None:
    """Hold the table against the manifest, and try some of its plans once more.

    Args:
        check: the folder.
        sample: one row in 20 of so many is tried again, chosen at random; None tries all of them.
    """
    inputs = check.manifest.inputs
    try:
        columns = columns_of(read_table(check.path / TABLE))
        networks = {name: read_input(check.path, name) for name in inputs["scenarios"]}
        asked = asked_of(inputs, networks)
    except (OSError, ValueError, KeyError, TypeError, ScenarioError) as error:
        raise FolderError(f"{check.path} cannot be read as a portfolio's folder ({error})") from None
    for name, wanted in (check.manifest.tables or {}).items():
        check.same_hash(name, wanted)
    count = len(columns["plan"])
    check.found.of = count
    rows = range(count) if sample is None else check.choose(count, max(1, sample // 20)).tolist()
    for row in rows:
        stage, name = str(columns["stage"][row]), str(columns["scenario"][row])
        cohort, number = (int(np.asarray(columns[what])[row]) for what in ("cohort", "plan"))
        tries = evaluator(networks[name], ThreadWorkers(), Notes(check.path), engine=inputs["engine"], keep=False)
        luck = asked.luck(stage, Slot(name, cohort))
        (fresh,) = tries([asked.plans_of(networks[name])[number]], luck)
        stored = np.array([float(columns[outcome][row]) for outcome in NAMES])  # type: ignore[arg-type]
        check.compare(f"{stage}, {name}, cohort {cohort}, plan {number}", NAMES, stored, np.array(plan_means(fresh)))
        check.found.rows += 1
        check.progress(1)
