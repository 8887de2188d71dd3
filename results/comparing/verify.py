"""Whether the folder of a `run` or `compare` holds what the model gives: rows run again, and what is made of them."""

from collections.abc import Collection, Sequence

import numpy as np

from results.comparing.acceptability_documents import acceptability_columns
from results.comparing.inquiry import Inquiry
from results.comparing.money import money_of
from results.comparing.pairs import count_pairs
from results.comparing.run_tables import difference_columns, month_columns, outcome_columns
from results.comparing.verify_cash_flow import same_cash_flow, verify_cash_flow
from results.estimates.comparison import compare
from results.folders.examination import (
    Examination,
    kept_scenario,
    run_again,
    same_scenarios,
    same_table,
    same_tables_as_noted,
    stored_columns,
)
from results.folders.journal import Journal
from scenarios import Scenario
from simulation.own_outcomes.catalogue import outcomes_of
from simulation.running.ensemble import Ensemble


def verify_run(check: Examination, sample: int | None) -> None:
    """Hold a folder of replicates against its journal, and run some of its rows again.

    Args:
        check: the folder.
        sample: rows to run again, chosen at random; None runs all of them, and makes every table again.
    """
    scenarios, whole = examined(check, sample)
    verify_cash_flow(check, scenarios)
    if sample is None:
        _same_tables(check, scenarios, whole)
    else:
        run_rows_again(check, scenarios, whole, sample)


def examined(check: Examination, sample: int | None) -> tuple[tuple[Scenario, ...], frozenset[str]]:
    """The scenarios of a folder of replicates, and the files that its journal vouches for."""
    journal = Journal(check.path)
    entries = journal.recall({"scenario": str, "replicates": int}, mend=False)
    whole = frozenset(entry["file"] for entry in entries)
    check.found.files = len(whole)
    check.journal_faults(journal.faults)
    same_tables_as_noted(check, whole, bool(journal.faults), sample)
    scenarios = tuple(kept_scenario(check.path, name) for name in check.manifest.inputs["scenarios"])
    same_scenarios(check, scenarios)
    return scenarios, whole


def run_rows_again(check: Examination, scenarios: Sequence[Scenario], whole: Collection[str], sample: int) -> None:
    """Some rows of the tables of outcomes, chosen at random, compared with the same networks run again."""
    inputs, found = check.manifest.inputs, check.found
    tables = {one.name: f"outcomes/{one.name}.parquet" for one in scenarios}
    there = [one for one in scenarios if tables[one.name] in whole]
    stored = {one.name: stored_columns(check.path / tables[one.name]) for one in there}
    counts = [len(table["replicate"]) for table in stored.values()]
    found.of = sum(counts)
    starts = np.cumsum([0, *counts])
    for row in check.choose(found.of, sample).tolist():
        place = int(np.searchsorted(starts, row, side="right")) - 1
        scenario, line = there[place], row - int(starts[place])
        table = stored[scenario.name]
        fresh = run_again(scenario, inputs["seed"], int(table["replicate"][line]), inputs["engine"])
        where = f"{check.path / tables[scenario.name]}, replicate {table['replicate'][line]}"
        names = outcomes_of(scenario.outcomes).names
        check.compare(where, names, np.array([table[name][line] for name in names]), fresh)
        found.rows += 1
        check.progress(1)


def same_replicates(check: Examination, ensembles: Sequence[Ensemble], whole: Collection[str]) -> None:
    """The tables of outcomes and months that the journal vouches for, compared with all networks run again."""
    for ensemble in ensembles:
        check.found.rows += ensemble.replicates
        for name, columns in (("outcomes", outcome_columns), ("months", month_columns)):
            if (file := f"{name}/{ensemble.scenario.name}.parquet") in whole:  # mixtures have no table of months
                same_table(check, file, columns(ensemble))
    check.found.of = check.found.rows


def _same_tables(check: Examination, scenarios: Sequence[Scenario], whole: Collection[str]) -> None:
    """Every table that the journal vouches for, made again as the command made it, and the differences."""
    inputs = check.manifest.inputs
    inquiry = Inquiry(
        inputs["command"],
        tuple(scenarios),
        inputs["baseline"],
        inputs["seed"],
        inputs["replicates"],
        inputs.get("precision"),
        inputs.get("precision_for", "collaboration_rate"),
        inputs["engine"],
        ledger=True,
    )
    ensembles, _ = inquiry.simulate(check.progress)
    same_replicates(check, ensembles, whole)
    same_cash_flow(check, ensembles)
    if inputs["command"] == "compare":
        same_table(check, "differences.parquet", difference_columns(compare(ensembles, inputs["baseline"])))
        if "acceptability.parquet" in (check.manifest.tables or {}):
            curves = money_of(ensembles, inputs["baseline"], inputs.get("worth", {})).curves
            same_table(check, "acceptability.parquet", acceptability_columns(curves))
    if "pairs" in inputs:
        (one,) = ensembles
        pairs = count_pairs(one.scenario, seed=one.seed, replicates=one.replicates, months=inputs["pairs"])
        for name, columns in pairs.tables.items():
            same_table(check, name, columns)
