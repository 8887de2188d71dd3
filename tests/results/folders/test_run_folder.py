"""The run folder: the same bytes twice, never half a file, never two runs in one."""

import hashlib
import json
import os
import subprocess
import sys
from importlib.metadata import version
from io import BytesIO
from math import nan
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pyarrow.parquet as pq
import pytest

import results
import scenarios
from results import store
from results.comparing.documents import compare_document
from results.comparing.run_tables import outcome_columns
from results.estimates.comparison import compare
from results.exporting.graphml import graphml
from results.folders.files import write
from results.folders.lock import LOCK
from results.folders.parquet import ROWS, Columns, content_hash, parquet_bytes
from results.folders.versions import EXTRAS, versions
from simulation.outcomes import MONTHLY_NAMES, NAMES
from simulation.running.ensemble import Ensemble
from simulation.snapshot import Snapshot, SnapshotMember, SnapshotTie

ROOT = Path(__file__).resolve().parents[3]
NAMED = {
    name: scenarios.replace(scenarios.load("salex", posterior=None), {"name": name}) for name in ("salex", "other")
}
INPUTS: dict[str, Any] = {
    "command": "compare", "seed": 1, "replicates": 7, "scenarios": {"salex": {"grants": {"per_call": 4}}, "other": {}}
}  # fmt: skip


def ensemble(name: str) -> Ensemble:
    luck = np.random.default_rng(len(name))
    values = luck.random((7, len(NAMES)))
    values[3, NAMES.index("survival")] = nan
    months = luck.random((7, 5, len(MONTHLY_NAMES)))
    return Ensemble(NAMED[name], 1, 0, values, months.sum(axis=0), months)


def snapshot(name: str = "Lernen für alle <&> \x01") -> Snapshot:
    members = tuple(
        SnapshotMember(
            name if number == 0 else f"m{number}", "reading", "Africa", "small", 0.5, 0.25, number == 1, True
        )
        for number in range(3)
    )
    ties = (
        SnapshotTie(1, 2, 0.5, 0.1, "prior", False, False),
        SnapshotTie(0, 2, 0.1, 0.0, "contact", False, False),
        SnapshotTie(0, 1, 0.75, 0.2, "convening", True, True),
    )
    return Snapshot("salex", 1, 0, 9, members, ties)


def write_a_run(path: Path) -> Path:
    ensembles = [ensemble("salex"), ensemble("other")]
    compared = compare(ensembles, "salex")
    document = compare_document(compared)
    with store.open_folder(path, INPUTS, ["legato", "compare", "salex", "other"]) as folder:
        folder.finish(ensembles, document, comparison=compared, portraits={"salex": (snapshot(),)}, draw=draw)
    return path


def draw(folder: Path) -> None:
    write(folder / "picture.svg", b"<svg/>")


def read(source: Path | BytesIO) -> Any:
    return pq.read_table(source)  # type: ignore[no-untyped-call]


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file but the lock, and the manifest, which names times and versions."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in (store.MANIFEST, LOCK))
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(files)}


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = digests(write_a_run(tmp_path / "one")), digests(write_a_run(tmp_path / "other"))

    assert one == other
    assert set(one) == {
        "comparison.json", "differences.parquet", "networks/salex-month-09.graphml",
        "outcomes/salex.parquet", "outcomes/other.parquet", "months/salex.parquet", "months/other.parquet",
        "journal.jsonl", "figures/picture.svg",
    }  # fmt: skip


@pytest.mark.slow
def test_the_same_run_gives_the_same_bytes_in_another_process_with_another_hash_seed(tmp_path: Path) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import test_run_folder as here; "
        "here.write_a_run(here.Path(sys.argv[1]))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "77", "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "there")], check=True, env=environment, cwd=tmp_path)

    assert digests(tmp_path / "there") == digests(write_a_run(tmp_path / "here"))


def test_the_same_inputs_may_be_written_again(tmp_path: Path) -> None:
    before = digests(write_a_run(tmp_path / "run"))

    assert digests(write_a_run(tmp_path / "run")) == before


def test_other_inputs_are_refused_with_everything_that_differs(tmp_path: Path) -> None:
    write_a_run(tmp_path)
    other = {**INPUTS, "seed": 2, "scenarios": {"salex": {"grants": {"per_call": 0}}, "other": {}}, "precision": 0.1}

    with pytest.raises(store.FolderError) as refusal:
        store.open_folder(tmp_path, other, [])

    message = str(refusal.value)
    assert "holds a run with other inputs" in message
    assert "  seed: 1 there, 2 now" in message
    assert "  scenarios.salex.grants.per_call: 4 there, 0 now" in message
    assert "  precision: nothing there, 0.1 now" in message
    assert "replicates" not in message
    assert json.loads((tmp_path / "manifest.json").read_bytes())["finished"], "the run that was there stays"


def test_a_run_that_kept_nothing_bars_no_other(tmp_path: Path) -> None:
    for seed in (1, 2):
        with store.open_folder(tmp_path, {**INPUTS, "seed": seed}, []):
            pass

    (tmp_path / "outcomes").mkdir()
    with pytest.raises(store.FolderError, match="seed: 2 there, 1 now"):
        store.open_folder(tmp_path, INPUTS, [])


def test_a_folder_of_somebody_elses_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")

    with pytest.raises(store.FolderError, match=r"holds files but no manifest\.json"):
        store.open_folder(tmp_path, INPUTS, [])
    with pytest.raises(store.FolderError, match="is a file, not a folder"):
        store.open_folder(tmp_path / "thesis.docx", INPUTS, [])


@pytest.mark.parametrize("manifest", ["", "{", "[]", '{"inputs": 3, "finished": true}', '{"other": {}}', "\x00\xff"])
def test_a_damaged_manifest_is_refused_in_words(tmp_path: Path, manifest: str) -> None:
    (tmp_path / "manifest.json").write_text(manifest, encoding="latin-1")

    with pytest.raises(store.FolderError, match=r"choose another folder with --out"):
        store.open_folder(tmp_path, INPUTS, [])


def test_a_folder_that_cannot_be_made_is_refused_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(store.FolderError, match=r"cannot be used as the run's folder: cannot write .*--out"):
        store.open_folder(tmp_path / "file" / "below", INPUTS, [])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to write to")
def test_a_full_disk_is_named_with_the_file(tmp_path: Path) -> None:
    (tmp_path / ".table.parquet.partial").symlink_to("/dev/full")

    with pytest.raises(store.WriteError, match=r"cannot write .*table\.parquet: No space left on device"):
        write(tmp_path / "table.parquet", b"content")


def test_a_write_that_fails_leaves_the_old_file_and_no_rubbish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "table", b"old")

    def fail(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(store.WriteError):
        write(tmp_path / "table", b"new and longer")
    assert (tmp_path / "table").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["table"]


def test_the_manifest_says_whether_the_run_was_finished(tmp_path: Path) -> None:
    with store.open_folder(tmp_path, INPUTS, ["legato", "run"]):
        pass
    manifest = json.loads((tmp_path / "manifest.json").read_bytes())
    assert not manifest["finished"]
    assert manifest["inputs"] == INPUTS
    assert manifest["command_line"] == ["legato", "run"]
    assert {"python", "legato", "numpy", "mesa", "numba", "platform"} <= manifest["versions"].keys()

    write_a_run(tmp_path)
    finished = json.loads((tmp_path / "manifest.json").read_bytes())
    assert finished["finished"]
    assert len(finished["content"]) == 64
    assert finished["tables"]["outcomes/salex.parquet"] == content_hash(outcome_columns(ensemble("salex")))


def test_outcomes_are_read_back_as_they_were(tmp_path: Path) -> None:
    frame = results.read_outcomes(write_a_run(tmp_path))

    assert list(frame.columns) == ["scenario", "replicate", "seed", *NAMES]
    assert len(frame) == 14
    mine = frame[frame["scenario"] == "salex"]
    assert np.array_equal(mine[list(NAMES)].to_numpy(), ensemble("salex").values, equal_nan=True)
    assert mine["replicate"].tolist() == list(range(7))


def test_no_outcomes_are_no_silent_empty_table(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"holds no outcomes/\*\.parquet"):
        results.read_outcomes(tmp_path)


def test_a_month_is_summarized_over_replicates(tmp_path: Path) -> None:
    rows = read(write_a_run(tmp_path) / "months" / "salex.parquet").to_pylist()

    (found,) = [row for row in rows if row["month"] == 4 and row["outcome"] == "trust"]
    course = ensemble("salex").course("trust")[:, 4]
    assert found["mean"] == pytest.approx(course.mean())
    assert (found["p05"], found["p95"]) == pytest.approx(tuple(np.quantile(course, [0.05, 0.95])))
    assert len(rows) == 5 * len(MONTHLY_NAMES)


def test_what_is_missing_is_null_and_not_a_number() -> None:
    table = read(BytesIO(parquet_bytes({"share": np.array([0.5, nan])})))

    assert table["share"].null_count == 1
    assert not (table.schema.metadata or {}).get(b"pandas")


def test_the_hash_is_of_the_content() -> None:
    """Worked out here from the definition, byte by byte."""
    columns: Columns = {
        "x": np.array([1.5, nan, -0.0]), "n": np.array([1, 2], dtype=np.int64), "w": ["é", ""],
        "f": np.array([True, False]), "o": ["", None],
    }  # fmt: skip
    floats = np.array([1.5, np.nan, 0.0], dtype="<f8").tobytes()
    words = (2).to_bytes(8, "little") + "é".encode() + (0).to_bytes(8, "little")
    integers = (1).to_bytes(8, "little") + (2).to_bytes(8, "little")
    optional = (0).to_bytes(8, "little") + b"\xff" * 8
    expected = hashlib.sha256(
        b"x\0float64\x0024\0" + floats + b"n\0int64\x0016\0" + integers + b"w\0utf8\x0018\0" + words
        + b"f\0bool\x002\0\x01\x00" + b"o\0utf8\x0016\0" + optional
    ).hexdigest()  # fmt: skip

    assert content_hash(columns) == expected
    assert content_hash({**columns, "w": ["", "é"]}) != expected
    assert content_hash({**columns, "o": ["", ""]}) != expected


def test_graphml_reads_back_with_every_attribute() -> None:
    network = nx.parse_graphml(graphml(snapshot()).decode(), node_type=int)

    assert network.nodes[0]["name"] == "Lernen für alle <&> \N{REPLACEMENT CHARACTER}"
    assert network.nodes[1] == {
        "name": "m1", "label": "m1", "type": "organization", "topic": "reading", "region": "Africa",
        "organization_size": "small", "need": 0.5, "engagement": 0.25, "champion": True, "present": True,
        "interests": "",
    }  # fmt: skip
    assert network.edges[0, 1] == {
        "weight": 0.75, "type": "collaboration", "trust": 0.75, "overlap": 0.2, "origin": "convening",
        "collaborating": True, "funded": True,
    }  # fmt: skip
    assert network.graph["month"] == 9


def test_graphml_does_not_depend_on_the_order_of_ties() -> None:
    one = snapshot()
    other = Snapshot(one.scenario, one.seed, one.replicate, one.month, one.members, one.ties[::-1])

    assert graphml(one) == graphml(other)


@pytest.mark.parametrize("rows", [1, ROWS - 1, ROWS, ROWS + 1, 2 * ROWS + 5])
def test_a_table_of_any_length_is_read_back_whole(rows: int) -> None:
    numbers = np.arange(2.0 * rows)[::2]  # strided, as the columns of outcomes are
    numbers[rows // 2] = nan
    flags, optional = np.arange(rows) % 3 == 0, [None if row % 5 else str(row) for row in range(rows)]
    columns: Columns = {
        "x": numbers, "n": np.arange(rows, dtype=np.int64), "w": [str(row) for row in range(rows)],
        "f": flags, "o": optional,
    }  # fmt: skip

    table = read(BytesIO(parquet_bytes(columns)))

    assert np.array_equal(table["x"].to_numpy(), numbers, equal_nan=True)
    assert table["x"].null_count == 1
    assert table["n"].to_pylist() == list(range(rows))
    assert table["w"].to_pylist() == columns["w"]
    assert table["f"].to_pylist() == flags.tolist()
    assert table["o"].to_pylist() == optional


def test_the_hash_does_not_depend_on_how_many_rows_are_hashed_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    columns = outcome_columns(ensemble("salex"))
    whole = content_hash(columns)
    monkeypatch.setattr("results.folders.parquet.ROWS", 2)
    assert content_hash(columns) == whole


def test_a_folder_in_use_is_refused_and_free_again_afterwards(tmp_path: Path) -> None:
    with (
        store.open_folder(tmp_path, INPUTS, []),
        pytest.raises(store.FolderError, match=r"is being written by another process.*--out"),
    ):
        store.open_folder(tmp_path, INPUTS, [])

    with store.open_folder(tmp_path, INPUTS, []):
        pass


def test_a_run_killed_before_it_wrote_its_manifest_bars_nobody(tmp_path: Path) -> None:
    (tmp_path / LOCK).touch()
    (tmp_path / ".manifest.json.partial").write_text('{"inputs"')

    write_a_run(tmp_path)
    assert not list(tmp_path.rglob("*.partial"))


def test_figures_are_drawn_before_the_run_is_called_finished(tmp_path: Path) -> None:
    def interrupted(_folder: Path) -> None:
        raise KeyboardInterrupt

    ensembles = [ensemble("salex")]
    with pytest.raises(KeyboardInterrupt), store.open_folder(tmp_path, INPUTS, []) as folder:
        folder.finish(ensembles, {}, draw=interrupted)

    assert not json.loads((tmp_path / "manifest.json").read_bytes())["finished"]
    assert (tmp_path / "outcomes" / "salex.parquet").exists(), "numbers come before pictures"


def test_the_journal_of_a_finished_run_vouches_for_its_tables(tmp_path: Path) -> None:
    lines = [json.loads(line) for line in (write_a_run(tmp_path) / "journal.jsonl").read_bytes().splitlines()]

    assert [(line["scenario"], line["first"], line["replicates"]) for line in lines] == [
        ("salex", 0, 7), ("salex", 0, 7), ("other", 0, 7), ("other", 0, 7)
    ]  # fmt: skip
    for line in lines:
        assert hashlib.sha256((tmp_path / line["file"]).read_bytes()).hexdigest() == line["sha256"]


def test_the_manifest_names_the_versions_of_extras_that_were_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in EXTRAS:
        monkeypatch.delitem(sys.modules, module, raising=False)
    assert not set(EXTRAS.values()) & versions().keys()
    for module, package in EXTRAS.items():
        monkeypatch.setitem(sys.modules, module, sys)
        assert versions()[package] == version(package)
