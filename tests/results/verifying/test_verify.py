"""Verifying a run folder: what holds, and that whatever was changed since is found and named."""

import json
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

import cli
import scenarios
import simulation
from results import FolderError
from results.folders.examination import MOST_FAULTS, Verification
from results.folders.files import write
from results.folders.journal import JOURNAL, Journal
from results.folders.parquet import read_table, write_parquet
from results.sweeping.sweep_folder import SweepFolder, open_sweep
from results.verifying.verify import verify
from scenarios.designs.design import plan
from simulation.compiling import must_compile
from simulation.outcomes import NAMES
from simulation.running import campaign as module
from simulation.running.campaign import Campaign, PointBlock, ThreadWorkers

SMALL = {"network.members": 8, "closing.month": 8, "closing.notice": 2, "closing.follow_up": 12,
         "behaviour.initiative": 0.5, "behaviour.yes_base": 1.0}  # fmt: skip
"""Few members, who look for partners so often and agree so easily that some collaborate in every network."""
TINY = scenarios.replace(scenarios.load("salex", posterior=None), {"name": "tiny", **SMALL})
SET = [word for key, value in SMALL.items() for word in ("--set", f"{key}={value}")]
FEW = ["--replicates", "4", "--no-figures"]
CONTRADICTORY = ("members.interests_most=1:3:1", "members.interests_fewest=1:3:1")
RATE = NAMES.index("collaboration_rate")
EVERY = 10_000
CHECKS = [pytest.param(None, id="all"), pytest.param(EVERY, id="sample")]


@pytest.fixture(autouse=True, scope="module")
def _compiled() -> None:
    if must_compile():
        simulation.run(scenarios.load("salex", posterior=None), replicates=1)


@pytest.fixture(autouse=True)
def _small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three or four points of TINY make a block, and runs go where nobody's files are."""
    monkeypatch.setattr(module, "BLOCK_WORK", 3_000)
    monkeypatch.chdir(tmp_path)


def ask(*words: str) -> Result:
    return CliRunner().invoke(cli.main, list(words))


def campaign_over(*varied: str) -> Campaign:
    return Campaign(plan(TINY, varied or ("grants.per_call=0:3:1", "closing.capstone")), replicates=4, seed=3)


def swept(path: Path, *varied: str) -> Path:
    return copied(path, "sweep", *varied)


def run_of(command: str, path: Path) -> Path:
    return copied(path, command)


def copied(path: Path, command: str, *varied: str) -> Path:
    """A folder as the command leaves it, made once and copied for each test."""
    if (command, varied) not in MADE:
        MADE[command, varied] = TemporaryDirectory()
        made = Path(MADE[command, varied].name, "made")
        if command == "sweep":
            with open_sweep(made, campaign_over(*varied)) as opened:
                opened.complete(ThreadWorkers(2))
        else:
            names = ["salex"] if command == "run" else ["salex", "abrupt-closing"]
            result = ask(command, *names, *FEW, *SET, "--out", str(made))
            assert result.exit_code == 0, result.stderr
    shutil.copytree(Path(MADE[command, varied].name, "made"), path)
    return path


MADE: dict[tuple[str, tuple[str, ...]], TemporaryDirectory[str]] = {}
MAKERS: dict[str, Callable[[Path], Path]] = {
    "run": partial(run_of, "run"),
    "compare": partial(run_of, "compare"),
    "sweep": swept,
}


def change_block(path: Path, point: int, change: Callable[[Any], Any], *varied: str) -> None:
    """Change the values of a point's replicate 2; journal and table of points are made anew to match."""
    with open_sweep(path, campaign_over(*varied)) as opened:
        number = point // opened.campaign.points_a_block
        old = opened.block(number)
        values = old.values.copy()
        values[point - old.first, 2, RATE] = change(values[point - old.first, 2, RATE])
        opened.keep(PointBlock(number, old.first, values, old.failures))
        opened.finish()


def change_table(path: Path, name: str, change: Callable[[dict[str, Any]], None]) -> None:
    """Change a table of a run; the journal is made anew to match."""
    table = read_table(path / name)
    columns = {
        key: table.column(key).to_pylist()
        if str(table.schema.field(key).type) == "string"
        else table.column(key).to_numpy().copy()
        for key in table.column_names
    }
    change(columns)
    write(path / name, partial(write_parquet, columns))
    remake_journal(path)


def remake_journal(path: Path) -> None:
    entries = [json.loads(line) for line in (path / JOURNAL).read_text().splitlines()]
    Journal(path).rewrite(
        [({key: entry[key] for key in entry if key not in ("file", "sha256")}, entry["file"]) for entry in entries]
    )


def change_outcome(path: Path, change: Callable[[Any], Any]) -> None:
    def at_2(columns: dict[str, Any]) -> None:
        columns["collaboration_rate"][2] = change(columns["collaboration_rate"][2])

    change_table(path, "outcomes/salex.parquet", at_2)


def only_fault(found: Verification) -> str:
    assert len(found.faults) == 1, found.faults
    assert not found.holds
    return found.faults[0]


@pytest.mark.parametrize("sample", CHECKS)
@pytest.mark.parametrize("command", MAKERS)
def test_what_was_just_made_holds_to_the_last_row(command: str, sample: int | None, tmp_path: Path) -> None:
    path = MAKERS[command](tmp_path / "made")
    heard: list[int] = []

    found = verify(path, sample, progress=heard.append)

    assert (found.holds, found.faults, found.notes, found.close) == (True, [], [], 0)
    assert found.rows == found.of == sum(heard) == {"run": 4, "compare": 8, "sweep": 32}[command]
    assert found.files >= {"run": 2, "compare": 4, "sweep": 3}[command]


@pytest.mark.parametrize("command", MAKERS)
def test_the_command_line_says_what_holds_and_leaves_with_0(command: str, tmp_path: Path) -> None:
    path = MAKERS[command](tmp_path / "made")

    for words in ([], ["--all"], ["--sample", "3"]):
        result = ask("verify", str(path), *words)
        assert (result.exit_code, result.stderr) == (0, "")
        assert " is confirmed: " in " ".join(result.stdout.split())
    assert "3 of " in result.stdout


@pytest.mark.slow
def test_a_sample_is_as_large_as_asked_and_another_seed_takes_other_rows(tmp_path: Path) -> None:
    path = swept(tmp_path / "sweep")
    change_block(path, 5, lambda value: value + 0.25)

    seeds = range(1, 12)
    founds = [verify(path, 8, seed=seed) for seed in seeds]

    assert {found.rows for found in founds} == {8}
    assert {found.holds for found in founds} == {True, False}, "a quarter of the rows, so some samples miss it"
    assert [verify(path, 8, seed=seed).holds for seed in seeds] == [found.holds for found in founds]


@pytest.mark.parametrize("sample", CHECKS)
def test_a_changed_number_of_a_sweep_is_named_by_point_replicate_and_outcome(
    sample: int | None, tmp_path: Path
) -> None:
    path = swept(tmp_path / "sweep")
    change_block(path, 5, lambda value: np.nextafter(value, 2))

    fault = only_fault(verify(path, sample))

    assert fault.startswith("point 5, replicate 2, collaboration_rate: ")
    assert "is stored" in fault


@pytest.mark.quick_cases("all")
@pytest.mark.parametrize("sample", CHECKS)
def test_a_number_that_went_missing_is_a_changed_number(sample: int | None, tmp_path: Path) -> None:
    path = swept(tmp_path / "sweep")
    change_block(path, 0, lambda _value: np.nan)

    assert "point 0, replicate 2, collaboration_rate: nan is stored" in only_fault(verify(path, sample))


@pytest.mark.parametrize("sample", CHECKS)
@pytest.mark.parametrize("command", ["run", "compare"])
def test_a_changed_number_of_a_run_is_named_by_table_row_and_outcome(
    command: str, sample: int | None, tmp_path: Path
) -> None:
    path = MAKERS[command](tmp_path / "made")
    change_outcome(path, lambda value: np.nextafter(value, 2))

    fault = only_fault(verify(path, sample))

    assert "outcomes/salex.parquet" in fault
    assert ("replicate 2, collaboration_rate: " if sample else "row 2, collaboration_rate: ") in fault


@pytest.mark.parametrize("name", ["months/salex.parquet", "differences.parquet"])
def test_every_other_table_of_a_comparison_is_made_again_by_all(name: str, tmp_path: Path) -> None:
    path = run_of("compare", tmp_path / "made")

    def last_number(columns: dict[str, Any]) -> None:
        key = [key for key, column in columns.items() if getattr(column, "dtype", None) == np.float64][-1]
        place = int(np.flatnonzero(~np.isnan(columns[key]))[-1])
        columns[key][place] += 1

    change_table(path, name, last_number)

    assert only_fault(verify(path, None)).startswith(f"{name}, row ")


def test_rows_that_were_cut_off_a_table_are_found_by_all(tmp_path: Path) -> None:
    path = run_of("run", tmp_path / "made")

    def shorter(columns: dict[str, Any]) -> None:
        columns |= {key: column[:-1] for key, column in columns.items()}

    change_table(path, "outcomes/salex.parquet", shorter)

    assert "has other columns or rows" in only_fault(verify(path, None))


@pytest.mark.quick_cases("run-words0", "sweep-words1")
@pytest.mark.parametrize("words", [["--all"], ["--sample", str(EVERY)]])
@pytest.mark.parametrize("command", MAKERS)
def test_the_command_line_names_what_does_not_hold_and_leaves_with_1(
    command: str, words: list[str], tmp_path: Path
) -> None:
    path = MAKERS[command](tmp_path / "made")
    change = partial(change_block, path, 5) if command == "sweep" else partial(change_outcome, path)
    change(lambda value: value + 0.25)

    told, document = ask("verify", str(path), *words), ask("verify", str(path), *words, "--json")

    assert (told.exit_code, document.exit_code) == (1, 1)
    assert "is not confirmed" in " ".join(told.stdout.split())
    assert "collaboration_rate: " in " ".join(told.stdout.split())
    found = json.loads(document.stdout)
    assert not found["holds"]
    assert len(found["faults"]) == 1


@pytest.mark.parametrize("sample", CHECKS)
@pytest.mark.parametrize("how", ["truncated", "deleted"])
@pytest.mark.parametrize(
    ("command", "name"), [("sweep", "outcomes/block-00001.parquet"), ("run", "outcomes/salex.parquet")]
)
def test_a_damaged_file_is_found_through_the_journal(
    command: str, name: str, how: str, sample: int | None, tmp_path: Path
) -> None:
    path = MAKERS[command](tmp_path / "made")
    if how == "truncated":
        (path / name).write_bytes((path / name).read_bytes()[:-10])
    else:
        (path / name).unlink()

    found = verify(path, sample)

    assert str(path / name) in only_fault(found)
    assert "run again" not in found.faults[0], "verifying changes nothing"
    if command == "sweep":
        assert 0 < found.rows == found.of < 32, "the other blocks are checked all the same"


@pytest.mark.parametrize("sample", CHECKS)
def test_a_damaged_file_of_months_hides_nothing_else(sample: int | None, tmp_path: Path) -> None:
    path = run_of("run", tmp_path / "made")
    (path / "months" / "salex.parquet").write_bytes(b"PAR1")

    found = verify(path, sample)

    assert "months/salex.parquet" in only_fault(found)
    assert found.rows == found.of == 4


@pytest.mark.parametrize("how", ["damaged", "deleted"])
def test_damaged_differences_are_found_by_all(how: str, tmp_path: Path) -> None:
    path = run_of("compare", tmp_path / "made")
    file = path / "differences.parquet"
    if how == "damaged":
        file.write_bytes(b"PAR1")
    else:
        file.unlink()

    assert str(file) in only_fault(verify(path, None))


@pytest.mark.parametrize("how", ["changed", "deleted"])
def test_a_changed_table_of_points_is_found_by_all(how: str, tmp_path: Path) -> None:
    path = swept(tmp_path / "sweep")
    table = path / "points.parquet"
    if how == "changed":
        table.write_bytes(table.read_bytes().replace(b"PAR1", b"PAR2", 1))
    else:
        table.unlink()

    assert str(table) in only_fault(verify(path, None))


@pytest.mark.parametrize("sample", CHECKS)
@pytest.mark.parametrize("command", MAKERS)
def test_changed_inputs_are_found(command: str, sample: int | None, tmp_path: Path) -> None:
    path = MAKERS[command](tmp_path / "made")
    name = "tiny" if command == "sweep" else "salex"
    file = path / "inputs" / f"{name}.toml"
    text = file.read_text()
    assert "month = 8\n" in text
    file.write_text(text.replace("month = 8\n", "month = 7\n", 1))

    found = verify(path, sample)

    assert f"{file} is not the scenario of the manifest" in found.faults


@pytest.mark.parametrize("command", MAKERS)
def test_inputs_that_are_gone_are_wrong_use_in_a_line(command: str, tmp_path: Path) -> None:
    path = MAKERS[command](tmp_path / "made")
    (path / "inputs" / ("tiny.toml" if command == "sweep" else "salex.toml")).unlink()

    result = ask("verify", str(path))

    assert result.exit_code == 2
    assert ".toml" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_design_that_was_changed_is_found(tmp_path: Path) -> None:
    path = swept(tmp_path / "sweep")
    table = read_table(path / "shares.parquet")
    columns = {key: table.column(key).to_numpy().copy() for key in table.column_names}
    columns["closing.capstone"][0] += 1e-9  # the same value comes of it
    write(path / "shares.parquet", partial(write_parquet, columns))

    for sample in (None, 5):
        assert str(path / "shares.parquet") in only_fault(verify(path, sample))


def test_a_value_that_was_changed_beside_its_outcomes_is_found_by_all(tmp_path: Path) -> None:
    path = swept(tmp_path / "sweep")

    def other_grants(columns: dict[str, Any]) -> None:
        columns["grants.per_call"][0] += 1

    change_table(path, "outcomes/block-00000.parquet", other_grants)

    assert "grants.per_call" in only_fault(verify(path, None))


@pytest.mark.parametrize("command", MAKERS)
def test_another_version_of_the_model_is_refused(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = MAKERS[command](tmp_path / "made")
    monkeypatch.setattr("results.folders.manifest.model_version", lambda: "of-tomorrow")

    result = ask("verify", str(path))

    assert result.exit_code == 2
    assert "another version of the model" in result.stderr
    assert "of-tomorrow" in result.stderr


@pytest.mark.parametrize("sample", CHECKS)
def test_an_unfinished_sweep_is_verified_as_far_as_it_is(sample: int | None, tmp_path: Path) -> None:
    with open_sweep(tmp_path / "sweep", campaign_over()) as opened:
        for block in opened.campaign.run(done=[1]):
            opened.keep(block)
        kept, missing = opened.networks, len(opened.campaign.points_of(1)) * 4

    found = verify(tmp_path / "sweep", sample)

    assert found.holds, found.faults
    assert found.rows == found.of == kept == 32 - missing
    assert any("have not been run yet" in note for note in found.notes)


def test_a_journal_that_names_less_than_was_finished_is_a_fault(tmp_path: Path) -> None:
    """Cut between two lines no line is torn: only the manifest knows that more was there."""
    path = swept(tmp_path / "sweep")
    lines = (path / "journal.jsonl").read_bytes().splitlines(keepends=True)
    (path / "journal.jsonl").write_bytes(b"".join(lines[:-1]))

    found = verify(path, 2)

    assert not found.holds
    assert "the manifest says that all were finished" in found.faults[0]


def test_an_unfinished_run_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_words: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as stopped:
        stopped.setattr("results.comparing.run_folder.month_columns", full)
        assert ask("run", "salex", *FEW, *SET, "--out", "made").exit_code == 1

    result = ask("verify", "made")

    assert result.exit_code == 2
    assert "made holds a run that is not finished" in result.stderr


@pytest.mark.quick_cases("run-all", "sweep-sample")
@pytest.mark.parametrize("sample", CHECKS)
@pytest.mark.parametrize("command", ["run", "sweep"])
def test_a_roster_may_go_once_it_has_been_run(command: str, sample: int | None, tmp_path: Path) -> None:
    file = scenarios.found(tmp_path / "mine", None, None)
    words = ["--vary", "grants.per_call=0,2"] if command == "sweep" else []
    result = ask(command, str(file), *FEW, *words, "--set", "closing.month=20", "--out", "made")
    assert result.exit_code == 0, result.stderr
    (tmp_path / "mine" / "members.csv").unlink()

    assert verify(Path("made"), sample).faults == []

    copy = Path("made", "inputs", "mine-members.csv")
    copy.write_text(copy.read_text().replace("medium,0.7", "medium,0.1", 1))
    faults = verify(Path("made"), sample).faults
    assert "made/inputs/mine.toml is not the scenario of the manifest" in faults, "the copy is what is run"


@pytest.mark.quick_cases("run-all", "sweep-sample")
@pytest.mark.parametrize("sample", CHECKS)
@pytest.mark.parametrize("command", MAKERS)
def test_another_processor_is_held_to_12_digits(
    command: str, sample: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = MAKERS[command](tmp_path / "made")
    change = partial(change_block, path, 5) if command == "sweep" else partial(change_outcome, path)
    change(lambda value: value * (1 + 1e-15))
    assert not verify(path, sample).holds, "on the same one, it is held to the byte"

    with monkeypatch.context() as elsewhere:
        elsewhere.setattr("results.folders.manifest.machine_kind", lambda: "another kind")
        near = verify(path, sample)
    change(lambda value: value * (1 + 1e-9))
    monkeypatch.setattr("results.folders.manifest.machine_kind", lambda: "another kind")
    far = verify(path, sample)

    assert (near.holds, near.close) == (True, 1)
    assert any("another kind of processor" in note for note in near.notes)
    assert "collaboration_rate" in only_fault(far)


@pytest.mark.quick_cases("sample")
@pytest.mark.parametrize("sample", CHECKS)
def test_a_point_that_failed_and_fails_again_holds(sample: int | None, tmp_path: Path) -> None:
    path = swept(tmp_path / "sweep", *CONTRADICTORY)

    found = verify(path, sample)

    assert found.holds, found.faults
    assert found.rows == found.of == 9 * 4


def fail(path: Path, point: int, error: str) -> None:
    """Note a point as failed, whether it does or not."""
    with open_sweep(path, campaign_over(*CONTRADICTORY)) as opened:
        again(opened, point, error)
        opened.finish()


def again(opened: SweepFolder, point: int, error: str) -> None:
    opened.keep_again(point // opened.campaign.points_a_block, {point: module.Failure(error, "nowhere")})


@pytest.mark.quick_cases("0-sample", "1-all")
@pytest.mark.parametrize("sample", CHECKS)
@pytest.mark.parametrize("point", [0, 1])
def test_a_failure_that_does_not_come_again_is_found(point: int, sample: int | None, tmp_path: Path) -> None:
    path = swept(tmp_path / "sweep", *CONTRADICTORY)
    with open_sweep(path, campaign_over(*CONTRADICTORY)) as opened:
        failed = {one for some in opened.failed.values() for one in some}
    assert failed & {0, 1} == {1}
    fail(path, point, "MemoryError: out of luck")

    faults = verify(path, sample).faults

    assert faults
    assert all("MemoryError: out of luck" in fault and f"point {point}" in fault for fault in faults)


def test_of_very_many_faults_the_first_are_named(tmp_path: Path) -> None:
    path = swept(tmp_path / "sweep")
    for point in range(8):
        with open_sweep(path, campaign_over()) as opened:
            number = point // opened.campaign.points_a_block
            old = opened.block(number)
            opened.keep(PointBlock(number, old.first, old.values + 1, old.failures))
            opened.finish()

    found = verify(path, None)

    assert len(found.faults) == MOST_FAULTS + 1
    assert found.faults[-1] == "and more"


@pytest.mark.parametrize("holds", ["nothing", "files", "a torn manifest", "another manifest", "no folder"])
def test_a_folder_that_is_none_of_ours_is_wrong_use(holds: str, tmp_path: Path) -> None:
    path = tmp_path / "other"
    if holds != "no folder":
        path.mkdir()
    if holds != "nothing" and path.exists():
        manifest = {"a torn manifest": "{", "another manifest": '["manifest"]', "files": None}[holds]
        (path / ("manifest.json" if manifest else "notes.txt")).write_text(manifest or "mine")

    result = ask("verify", str(path))

    assert result.exit_code == 2
    assert str(path) in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
    with pytest.raises(FolderError):
        verify(path)


def test_verifying_writes_nothing(tmp_path: Path) -> None:
    path = swept(tmp_path / "sweep")
    (path / "outcomes" / "block-00001.parquet").unlink()
    with (path / JOURNAL).open("a") as journal:
        journal.write('{"torn')
    before = {file: file.read_bytes() for file in path.rglob("*") if file.is_file()}

    verify(path, None)
    ask("verify", str(path))

    assert {file: file.read_bytes() for file in path.rglob("*") if file.is_file()} == before
