"""Whether the folder of `members` holds what the model gives: networks run again, and what is made of them."""

import numpy as np

from results.folders.examination import Examination, kept_scenario, same_scenarios, same_table, stored_columns
from results.members.estimates import changes_of, estimates_of
from results.members.fates import fates_of
from results.members.kept_tables import FATES, kept_tables
from results.members.measures import MEASURES


def verify_members(check: Examination, sample: int | None) -> None:
    """Hold the tables against the manifest, and run some of its networks once more.

    Args:
        check: the folder.
        sample: rows, a member in a network each, of so many networks as they fill are run again, chosen at random;
            None runs all networks again, and makes every table of them.
    """
    inputs = check.manifest.inputs
    scenarios = [kept_scenario(check.path, name) for name in inputs["scenarios"]]
    same_scenarios(check, scenarios)
    check.tables_as_noted()
    networks, seed, month = inputs["replicates"], inputs["seed"], inputs["month"]
    check.found.of = networks * len(scenarios)
    if sample is None:
        fates = [
            fates_of(one, seed=seed, replicates=networks, month=month, progress=check.progress) for one in scenarios
        ]
        changes = [changes_of(one, fates[0]) for one in fates[1:]]
        for name, columns in kept_tables([estimates_of(one) for one in fates], changes).items():
            same_table(check, name, columns)
        check.found.rows = check.found.of
        return
    names = [one.name for one in MEASURES]
    for scenario in scenarios:
        assert scenario.roster is not None
        members = len(scenario.roster.names)
        file = FATES.format(scenario.name)
        stored = stored_columns(check.path / file)
        for number in check.choose(networks, max(1, sample // members // len(scenarios))).tolist():
            again = fates_of(scenario, seed=seed, replicates=1, first=number, month=month, workers=1)
            rows = slice(number * members, (number + 1) * members)
            for name in names:
                kept = np.asarray(stored[name][rows], dtype=np.float64)
                check.compare(f"{file}, network {number}, {name}", list(again.names), kept, again.values[name][0])
            check.found.rows += 1
            check.progress(1)
