"""Whether the folder of `portfolio` holds what the model gives: its table by hash, and plans tried again."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from results.apportioning.asked import Asked, Slot
from results.apportioning.plans import plan_means
from results.folders.examination import Examination
from results.folders.inputs import read_input
from results.folders.notes import Notes
from results.folders.rows_again import Again, rows_again
from results.optimising.evaluation import evaluator
from scenarios import Scenario
from scenarios.designs.factors import factor_of
from simulation.own_outcomes.catalogue import outcomes_of
from simulation.running.campaign import ThreadWorkers

TABLE = "plans.parquet"


def asked_of(inputs: Mapping[str, Any], networks: Mapping[str, Scenario]) -> Asked:
    """The question that the inputs of a folder tell."""
    numbers = (inputs[name] for name in ("seed", "trials", "replicates", "final"))
    fewest, most = inputs["cohorts"]
    levers = tuple(factor_of(one) for one in inputs["levers"])
    return Asked(tuple(networks.values()), levers, inputs["budget"], inputs["outcome"], fewest, most, *numbers)


def verify_portfolio(check: Examination, sample: int | None) -> None:
    """Hold the table against the manifest, and try some of its plans once more; see `rows_again`."""

    def read(inputs: Mapping[str, Any]) -> Asked:
        return asked_of(inputs, {name: read_input(check.path, name) for name in inputs["scenarios"]})

    def again(asked: Asked, row: Mapping[str, Any]) -> Again:
        stage, name, cohort, number = str(row["stage"]), str(row["scenario"]), int(row["cohort"]), int(row["plan"])
        network = next(one for one in asked.networks if one.name == name)
        engine = check.manifest.inputs["engine"]
        tries = evaluator(network, ThreadWorkers(), Notes(check.path), engine=engine, keep=False)
        (fresh,) = tries([asked.plans_of(network)[number]], asked.luck(stage, Slot(name, cohort)))
        names = outcomes_of(network.outcomes).names
        values = np.array(plan_means(fresh, len(names)))
        return Again(f"{stage}, {name}, cohort {cohort}, plan {number}", names, values)

    rows_again(check, sample, TABLE, read, again)
