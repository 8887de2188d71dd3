"""Whether a run folder holds what the model gives: files as the journal has them, and rows that are run again."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from results.columns import Columns, columns_of, read_table
from results.comparison import compare
from results.explaining import COMMAND as EXPLAIN
from results.explaining import explain, inquiry_of, question_again, run_mixtures
from results.explanation_documents import part_columns
from results.folder import MANIFEST, FolderError
from results.frames import difference_columns, month_columns, outcome_columns
from results.inputs import read_input
from results.inquiry import Inquiry
from results.journal import JOURNAL, Journal
from results.sweep import is_swept
from results.verification import Examination, Verification
from results.verifying_findings import COMMANDS, verify_findings
from results.verifying_optimum import verify_optimum
from results.verifying_sweep import run_again, same_scenarios, verify_sweep
from scenarios import Scenario, ScenarioError
from simulation.model_code import machine_kind, model_version
from simulation.outcomes import NAMES

Progress = Callable[[int], None]
KINDS = ("run", "compare", "explain", "sweep", "sensitivity", "discover", "optimise", "check", "calibrate")
"""Commands whose folders are verified: all that fill one."""


def verify(
    path: Path | str, sample: int | None = 200, *, seed: int = 1, progress: Progress = lambda _rows: None
) -> Verification:
    """Check a run folder.

    Args:
        path: of the folder of a `run`, `compare`, `explain`, `sweep`, `sensitivity`, `discover`, `optimise`, `check` or
            `calibrate`.
        sample: rows to run again, chosen at random; None runs all of them, and checks what was made from them.
        seed: of that choice.
        progress: hears of rows as they are run.

    Raises:
        FolderError: if it is no run's folder, is not finished, or was made with another version of the model.
    """
    path = Path(path)
    noted = _manifest(path)
    found = Verification()
    on_another = noted.get("machine") != machine_kind()
    if on_another:
        found.notes.append("It was made on another kind of processor: numbers are held to 12 digits, not to the byte.")
    check = Examination(path, noted, found, on_another, seed, progress)
    command = noted["inputs"]["command"]
    if is_swept(noted["inputs"]):
        verify_sweep(check, sample)
    elif command == "optimise":
        verify_optimum(check, sample)
    elif command in COMMANDS:
        verify_findings(check, sample)
    elif command in KINDS:
        _verify_run(check, sample)
    else:
        raise FolderError(f"{path} holds a {command}; what can be verified is {', '.join(KINDS)}")
    if not found.rows and not found.faults:
        check.fault(f"nothing could be checked: {path} holds no row that can be run again")
    return found


def _manifest(path: Path) -> Mapping[str, Any]:
    try:
        noted = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        version, command = noted["model"], noted["inputs"]["command"]
    except FileNotFoundError:
        raise FolderError(f"{path} is not a run's folder: there is no {MANIFEST}") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise FolderError(f"{path} cannot be read as a run's folder ({error})") from None
    if version != model_version():
        legato = noted.get("versions", {}).get("legato", "unknown")
        raise FolderError(
            f"{path} was made with another version of the model: {version} there (Legato {legato}), "
            f"{model_version()} here; install that one to check it"
        )
    if not is_swept(noted["inputs"]) and not noted.get("finished"):
        raise FolderError(f"{path} holds a {command} that is not finished; go on with the command that began it")
    result: Mapping[str, Any] = noted
    return result


def _verify_run(check: Examination, sample: int | None) -> None:
    inputs, found = check.noted["inputs"], check.found
    journal = Journal(check.path)
    whole = {entry["file"] for entry in journal.recall({"scenario": str, "replicates": int}, mend=False)}
    found.files = len(whole)
    check.journal_faults(journal.faults)
    _same_tables_as_noted(check, whole, bool(journal.faults), sample)
    scenarios = tuple(_scenario(check.path, name) for name in inputs["scenarios"])
    same_scenarios(check, scenarios)
    if inputs["command"] == EXPLAIN:
        if sample is None:
            _same_explanation(check, scenarios, whole)
            return
        scenarios = tuple(question_again(inputs, scenarios).scenarios.values())
    tables = {one.name: check.path / "outcomes" / f"{one.name}.parquet" for one in scenarios}
    if sample is None:
        _same_tables(check, scenarios, whole)
        return
    tables = {name: file for name, file in tables.items() if f"outcomes/{name}.parquet" in whole}
    scenarios = tuple(one for one in scenarios if one.name in tables)
    stored = {name: _table(file) for name, file in tables.items()}
    counts = [len(table["replicate"]) for table in stored.values()]
    found.of = sum(counts)
    starts = np.cumsum([0, *counts])
    for row in check.choose(found.of, sample).tolist():
        place = int(np.searchsorted(starts, row, side="right")) - 1
        scenario, line = scenarios[place], row - int(starts[place])
        table = stored[scenario.name]
        fresh = run_again(scenario, inputs["seed"], int(table["replicate"][line]), inputs["engine"])
        where = f"{tables[scenario.name]}, replicate {table['replicate'][line]}"
        check.compare(where, NAMES, np.array([table[name][line] for name in NAMES]), fresh)
        found.rows += 1
        check.progress(1)


def _same_tables_as_noted(check: Examination, whole: Collection[str], is_torn: bool, sample: int | None) -> None:
    """Tables that the manifest names: what is made of the rows by its hash, the rows by standing in the journal.

    Args:
        check: the folder.
        whole: files that the journal vouches for.
        is_torn: whether the journal has faults, which have been told.
        sample: None where what is made of the rows is made once more instead.
    """
    for name, wanted in check.noted.get("tables", {}).items():
        if name.startswith(("outcomes/", "months/")):
            if name not in whole and not is_torn:
                check.fault(f"{check.path / JOURNAL} does not name {name}, though the manifest does")
        elif sample is not None:
            check.same_hash(name, wanted)


def _same_explanation(check: Examination, both: Sequence[Scenario], whole: Collection[str]) -> None:
    """Every mixture run once more, and the parts taken from them."""
    inputs, asked = check.noted["inputs"], question_again(check.noted["inputs"], both)
    inquiry = inquiry_of(asked, seed=inputs["seed"], replicates=inputs["replicates"], engine=inputs["engine"])
    ensembles = run_mixtures(asked, inquiry, check.progress)
    for ensemble in ensembles.values():
        check.found.rows += ensemble.replicates
        if (file := f"outcomes/{ensemble.scenario.name}.parquet") in whole:
            _same_table(check, file, outcome_columns(ensemble))
        if (file := f"months/{ensemble.scenario.name}.parquet") in whole:
            _same_table(check, file, month_columns(ensemble))
    check.found.of = check.found.rows
    _same_table(check, "parts.parquet", part_columns(explain(asked, ensembles)))


def _same_tables(check: Examination, scenarios: Sequence[Scenario], whole: Collection[str]) -> None:
    """Every table that the journal vouches for, made once more as the command made it, and the differences."""
    inputs = check.noted["inputs"]
    inquiry = Inquiry(
        inputs["command"],
        tuple(scenarios),
        inputs["baseline"],
        inputs["seed"],
        inputs["replicates"],
        inputs.get("precision"),
        inputs.get("precision_for", "collaboration_rate"),
        inputs["engine"],
    )
    ensembles, _ = inquiry.simulate(check.progress)
    for ensemble in ensembles:
        check.found.rows += ensemble.replicates
        for name, columns in (("outcomes", outcome_columns(ensemble)), ("months", month_columns(ensemble))):
            if (file := f"{name}/{ensemble.scenario.name}.parquet") in whole:
                _same_table(check, file, columns)
    check.found.of = check.found.rows
    if inputs["command"] == "compare":
        _same_table(check, "differences.parquet", difference_columns(compare(ensembles, inputs["baseline"])))


def _same_table(check: Examination, name: str, fresh: Columns) -> None:
    try:
        stored = columns_of(read_table(check.path / name))
    except (OSError, ValueError) as error:  # differences stand in no journal
        check.fault(f"{check.path / name} cannot be read ({error})")
        return
    check.same_columns(name, stored, fresh)


def _table(file: Path) -> dict[str, Any]:
    from pyarrow import parquet

    table = parquet.read_table(file)  # type: ignore[no-untyped-call]
    return {name: table.column(name).to_numpy() for name in table.column_names}


def _scenario(path: Path, name: str) -> Scenario:
    try:
        return read_input(path, name)
    except ScenarioError as error:
        raise FolderError(f"{path}: {error}") from None
