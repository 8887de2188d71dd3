"""Whether a run folder holds what the model gives: files as the journal has them, and rows that are run again."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import simulation
from results.columns import Columns, read_table
from results.comparison import compare
from results.explaining import COMMAND as EXPLAIN
from results.explaining import explain, inquiry_of, question_again, run_mixtures
from results.explanation_documents import part_columns
from results.folder import MANIFEST, FolderError
from results.frames import difference_columns, month_columns, outcome_columns
from results.inputs import read_input
from results.inquiry import Inquiry
from results.journal import JOURNAL, Journal
from results.shards import factor_columns
from results.sweep import BLOCKS, POINTS, SHARES, SweepFolder, inputs_of, is_swept, read_sweep
from results.verification import Examination, Verification
from results.verifying_findings import COMMANDS, verify_findings
from results.verifying_optimum import verify_optimum
from scenarios import Scenario, ScenarioError, to_dict
from scenarios.design import Design
from simulation.campaign import Failure, PointBlock
from simulation.compiling import machine_kind, model_version
from simulation.outcomes import NAMES

Progress = Callable[[int], None]


def verify(
    path: Path | str, sample: int | None = 200, *, seed: int = 1, progress: Progress = lambda _rows: None
) -> Verification:
    """Check a run folder.

    Args:
        path: of the folder of a `run`, `compare`, `explain`, `sweep`, `check` or `calibrate`.
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
    if is_swept(noted["inputs"]):
        _verify_sweep(check, sample)
    elif noted["inputs"]["command"] == "optimise":
        verify_optimum(check, sample)
    elif noted["inputs"]["command"] in COMMANDS:
        verify_findings(check, sample)
    else:
        _verify_run(check, sample)
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


def _verify_sweep(check: Examination, sample: int | None) -> None:
    folder = read_sweep(check.path)
    campaign, found = folder.campaign, check.found
    check.journal_faults(folder.faults)
    found.files = len(folder.blocks)
    if json.loads(json.dumps(inputs_of(campaign)["design"])) != check.noted["inputs"]["design"]:
        check.fault(f"{check.path / SHARES} is not the design of the manifest")
    _same_scenarios(check, campaign.design.bases)
    there = sorted(folder.blocks)
    missing = campaign.blocks - len(there)
    if missing and not folder.faults and check.noted.get("finished"):
        check.fault(
            f"{check.path / JOURNAL} names {len(there):,} of {campaign.blocks:,} blocks, though the manifest says that "
            "all were finished"
        )
    elif missing and not folder.faults:
        found.notes.append(f"{missing:,} of {campaign.blocks:,} blocks have not been run yet.")
    found.of = folder.networks
    if sample is None:
        done = [block for block in range(campaign.blocks) if block not in folder.blocks]
        for fresh in campaign.run(done=done, progress=check.progress):
            _same_block(check, folder.block(fresh.number), fresh)
            _same_values(check, campaign.design, check.path / BLOCKS / f"block-{fresh.number:05d}.parquet")
            found.rows += fresh.values.shape[0] * fresh.values.shape[1]
        if not missing:
            _same_points(check, folder)
        return
    points = [point for block in there for point in campaign.points_of(block)]
    rows = check.choose(found.of, sample)
    kept: PointBlock | None = None
    for row in rows.tolist():
        point, replicate = points[row // campaign.replicates], row % campaign.replicates
        number = point // campaign.points_a_block
        if kept is None or kept.number != number:
            kept = folder.block(number)
        _same_row(check, folder, kept, point, replicate)
        found.rows += 1
        check.progress(1)


def _same_row(check: Examination, folder: SweepFolder, kept: PointBlock, point: int, replicate: int) -> None:
    campaign = folder.campaign
    failure = kept.failures.get(point)
    try:
        scenario = campaign.design.scenario(point)
        fresh = _one(scenario, campaign.seed, replicate, campaign.engine)
    except Exception as error:
        told = f"{type(error).__name__}: {error}"
        if failure is None:
            check.fault(f"point {point}, replicate {replicate} is stored, but fails: {told}")
        elif failure.error != told:
            check.fault(f"point {point}: {_told(failure)} is stored, the failure {told!r} comes out")
        return
    if failure is None:
        where = f"point {point}, replicate {replicate}"
        check.compare(where, NAMES, kept.values[point - kept.first, replicate], fresh)
    else:
        check.fault(f"point {point} is stored as failed ({failure.error}), but runs")


def _same_block(check: Examination, kept: PointBlock, fresh: PointBlock) -> None:
    for place, point in enumerate(fresh.points):
        old, new = kept.failures.get(point), fresh.failures.get(point)
        if (old and old.error) != (new and new.error):
            check.fault(f"point {point}: {_told(old)} is stored, {_told(new)} comes out")
            continue
        for replicate in range(fresh.values.shape[1]):
            where = f"point {point}, replicate {replicate}"
            check.compare(where, NAMES, kept.values[place, replicate], fresh.values[place, replicate])


def _same_values(check: Examination, design: Design, file: Path) -> None:
    """The values of the factors, which stand beside the outcomes."""
    keys = [factor.key for factor in design.factors]
    table = read_table(file, ["point", *keys])
    for key, column in factor_columns(design, table.column("point").to_pylist()).items():
        if list(column) != table.column(key).to_pylist():
            check.fault(f"{file}: {key} is not what the design gives")


def _told(failure: Failure | None) -> str:
    return "a result" if failure is None else f"the failure {failure.error!r}"


def _same_points(check: Examination, folder: SweepFolder) -> None:
    """The table of points, made once more from the blocks."""
    from importlib.metadata import version

    if not check.noted.get("finished"):
        return
    if check.on_another or check.noted["versions"].get("pyarrow") != version("pyarrow"):
        other = "kind of processor" if check.on_another else "version of pyarrow"
        check.found.notes.append(f"{POINTS} was written with another {other}, and is not compared.")
        return
    if not (check.path / POINTS).is_file():
        check.fault(f"{check.path / POINTS} is missing")
        return
    anew = BytesIO()
    folder.write_points(anew)
    check.found.files += 1
    if anew.getvalue() != (check.path / POINTS).read_bytes():
        check.fault(f"{check.path / POINTS} is not what the blocks give")


def _verify_run(check: Examination, sample: int | None) -> None:
    inputs, found = check.noted["inputs"], check.found
    journal = Journal(check.path)
    whole = {entry["file"] for entry in journal.recall({"scenario": str, "replicates": int}, mend=False)}
    found.files = len(whole)
    check.journal_faults(journal.faults)
    scenarios = tuple(_scenario(check.path, name) for name in inputs["scenarios"])
    _same_scenarios(check, scenarios)
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
        fresh = _one(scenario, inputs["seed"], int(table["replicate"][line]), inputs["engine"])
        where = f"{tables[scenario.name]}, replicate {table['replicate'][line]}"
        check.compare(where, NAMES, np.array([table[name][line] for name in NAMES]), fresh)
        found.rows += 1
        check.progress(1)


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
        stored = _table(check.path / name)
    except (OSError, ValueError) as error:  # differences stand in no journal
        check.fault(f"{check.path / name} cannot be read ({error})")
        return
    numbers = [key for key, column in fresh.items() if isinstance(column, np.ndarray)]
    if list(stored) != list(fresh) or len(stored[numbers[0]]) != len(fresh[numbers[0]]):
        check.fault(f"{name} has other columns or rows than come out")
        return
    for row in range(len(fresh[numbers[0]])):
        old, new = (np.array([table[key][row] for key in numbers], dtype=np.float64) for table in (stored, fresh))
        check.compare(f"{name}, row {row}", numbers, old, new)


def _table(file: Path) -> dict[str, Any]:
    from pyarrow import parquet

    table = parquet.read_table(file)  # type: ignore[no-untyped-call]
    return {name: table.column(name).to_numpy() for name in table.column_names}


def _one(scenario: Scenario, seed: int, replicate: int, engine: Any) -> NDArray[np.float64]:
    one = simulation.run(scenario, seed=seed, replicates=1, first=replicate, engine=engine, workers=1)
    values: NDArray[np.float64] = one.values[0]
    return values


def _scenario(path: Path, name: str) -> Scenario:
    try:
        return read_input(path, name)
    except ScenarioError as error:
        raise FolderError(f"{path}: {error}") from None


def _same_scenarios(check: Examination, scenarios: Sequence[Scenario]) -> None:
    """What `inputs/` holds is what the manifest says was run."""
    for scenario in scenarios:
        noted = check.noted["inputs"]["scenarios"][scenario.name]
        if _values(noted) != _values(json.loads(json.dumps(to_dict(scenario)))):
            check.fault(f"{check.path / 'inputs' / scenario.name}.toml is not the scenario of the manifest")


def _values(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that can change a result: no texts, no names of files."""
    members = {key: value for key, value in plain["members"].items() if key not in ("file", "ties")}
    return {**{key: plain[key] for key in plain if key not in ("title", "question", "sources")}, "members": members}
