"""Every kind of run folder is verified: something is run again, and one changed number in any table is noticed."""

import json
import shutil
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

import cli
import scenarios
from results.folders.files import write
from results.folders.notes import Notes
from results.folders.parquet import columns_of, content_hash, read_table, write_parquet
from results.sweeping.sweep_folder import open_sweep
from results.verifying.verify import KINDS, verify
from scenarios.designs.design import plan
from simulation.running.campaign import Campaign
from tests.shared import ONE_PATTERN

ROOT = Path(__file__).resolve().parents[3]
SURVEY = str(ROOT / "docs" / "examples" / "survey")
SMALL = {"network.members": 8, "closing.month": 8, "closing.notice": 2, "closing.follow_up": 12}
SET = [word for key, value in SMALL.items() for word in ("--set", f"{key}={value}")]
QUIET = ["--no-figures"]
FEW = [*SET, "--replicates", "4", *QUIET]
FEW_MEMBERS = """\
extends = "salex"
title = "Six members by name"
members.file = "few.csv"
network.months = 12
closing.month = "never"
"""
LEARN = ["--free", "behaviour.initiative", "--particles", "10", "--replicates", "4", "--generations", "2", *QUIET]
BANKED = ["--method", "bank", "--free", "behaviour.initiative", "--draws", "60", "--particles", "10", *QUIET]
RECOVER = ["--recover", "1", *LEARN]
MADE: dict[str, list[str]] = {
    "run": ["run", "salex", *FEW],
    "run --pairs": ["run", "salex", "--pairs", "4,8", *FEW],
    "compare": ["compare", "salex", "abrupt-closing", *FEW],
    "compare --over": ["compare", "salex", "abrupt-closing", "--over", "funder", "--futures", "4", *FEW],
    "explain": ["explain", "salex", "abrupt-closing", *FEW],
    "track": ["track", "salex", "{observed}", "--replicates", "200", "--fixed", *QUIET],
    "members": ["members", "{mine}", "{mine}: grants.per_call=0", "--replicates", "4", *QUIET],
    "introduce": ["introduce", "{few}", "--replicates", "20", "--top", "2", "--fixed"],
    "sweep": ["sweep", "salex", "--vary", "grants.per_call=0,2", *FEW],
    "sensitivity": ["sensitivity", "salex", "--vary", "grants.per_call=0:4", "--vary", "behaviour.decay=0:0.1",
                    "--points", "64", "--fixed", *FEW],
    "optimise": ["optimise", "salex", "--budget", "1e9", "--lever", "grants.per_call=0,2", "--trials", "2",
                 "--final", "2", *FEW],
    "portfolio": ["portfolio", "salex", "--budget", "1e9", "--lever", "grants.per_call=0,2", "--final", "2",
                  "--outcome", "collaborations_formed", *FEW],
    "exit": ["exit", "salex", *SET, "--lever", "closing.notice=2", "--lever", "closing.wind_down_months=0,2",
             "--lever", "funder.taper=0,2", "--replicates", "20", "--final", "20", *QUIET],
    "discover": [],
    "emulate": [],
    "check": ["check", "{study}", "--replicates", "20", *QUIET],
    "check of a survey": ["check", SURVEY, "--no-assumptions", "--replicates", "20", *QUIET],
    "calibrate": ["calibrate", "{study}", *LEARN],
    "calibrate --method bank": ["calibrate", "{study}", *BANKED],
    "calibrate by a survey": ["calibrate", SURVEY, *LEARN],
    "calibrate --recover": ["calibrate", "{study}", *RECOVER],
    "calibrate --recover by a survey": ["calibrate", SURVEY, *RECOVER],
}  # fmt: skip
"""What the folder is of -> the command that fills it."""


SLOW = ("run", "compare --over", "discover", "check", "check of a survey", "calibrate by a survey")
"""Kinds that are verified quickly in another way, or by the tests of their own command."""
EACH_KIND = pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=pytest.mark.slow if kind in SLOW or "--recover" in kind else ()) for kind in MADE]
)


def ask(*words: str) -> Result:
    return CliRunner().invoke(cli.main, list(words))


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A folder of each kind, made when it is first asked for."""
    home = tmp_path_factory.mktemp("folders")
    (home / "study.toml").write_text(ONE_PATTERN)
    (home / "few.csv").write_text("name,interests\n" + "".join(f"M{number},health\n" for number in range(6)))
    (home / "few.toml").write_text(FEW_MEMBERS)
    assert ask("new", str(home / "mine")).exit_code == 0
    return Folders(home)


class Folders(dict[str, Path]):
    """Name -> folder."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def __missing__(self, kind: str) -> Path:
        path = self.home / kind.replace(" ", "-")
        words = [
            word.format(
                study=self.home / "study.toml",
                observed=ROOT / "docs" / "examples" / "observed.csv",
                mine=self.home / "mine" / "mine.toml",
                few=self.home / "few.toml",
            )
            for word in MADE[kind]
        ]
        if kind == "discover":
            pytest.importorskip("ema_workbench")
            swept = self.home / "to-discover"
            design = ["--design", "lhs", "--points", "60", "--vary", "grants.per_call=0:4", "--vary",
                      "behaviour.initiative=0.01:0.4"]  # fmt: skip
            assert ask("sweep", "salex", *design, *FEW, "--out", str(swept)).exit_code == 0
            words = ["discover", str(swept), "--below", "0.25", "--boxes", "1", "--points", "20", *QUIET]
        if kind == "emulate":
            pytest.importorskip("sklearn")
            swept = self.home / "to-emulate"
            design = ["--design", "lhs", "--points", "24", "--vary", "grants.per_call=0:4", "--vary",
                      "behaviour.initiative=0.01:0.4"]  # fmt: skip
            assert ask("sweep", "salex", *design, *FEW, "--out", str(swept)).exit_code == 0
            words = ["emulate", str(swept), "--outcome", "cost", *QUIET]
        result = ask(*words, "--out", str(path))
        assert result.exit_code == 0, result.stderr + result.stdout
        self[kind] = path
        return path


def tables_of(folder: Path) -> list[str]:
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*.parquet"))


def flip(folder: Path, table: str) -> str:
    """Change one number of a table, the last that there is, by the least that can be; its column."""
    columns: Any = columns_of(read_table(folder / table))
    floats = [name for name, column in columns.items() if np.asarray(column).dtype.kind == "f"]
    (*_, key) = (name for name in floats if not np.isnan(np.asarray(columns[name], dtype=np.float64)).all())
    changed = np.array(columns[key], dtype=np.float64)
    place = int(np.flatnonzero(~np.isnan(changed))[-1])
    changed[place] = np.nextafter(changed[place], 1e9)
    write(folder / table, partial(write_parquet, {**columns, key: changed}))
    return str(key)


def renoted(folder: Path, table: str) -> None:
    """The manifest made to match a changed table, as somebody would who wants to be believed."""
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["tables"][table] = content_hash(columns_of(read_table(folder / table)))
    (folder / "manifest.json").write_text(json.dumps(manifest))


def test_every_command_that_fills_a_folder_is_among_them() -> None:
    assert {words[0] if words else kind for kind, words in MADE.items()} == set(KINDS)


@EACH_KIND
def test_something_is_run_again_whatever_filled_the_folder(kind: str, folders: dict[str, Path]) -> None:
    found = verify(folders[kind], 20)
    assert found.holds, found.faults
    assert 0 < found.rows <= found.of
    assert found.files > 0


@EACH_KIND
def test_one_changed_number_in_any_table_is_noticed(kind: str, folders: dict[str, Path], tmp_path: Path) -> None:
    tables = tables_of(folders[kind])
    assert tables
    for table in tables:
        if not read_table(folders[kind] / table).num_rows:
            continue
        copy = tmp_path / table.replace("/", "-")
        shutil.copytree(folders[kind], copy)
        flip(copy, table)
        found = verify(copy, 1)
        assert not found.holds, table
        assert any(Path(table).name in fault for fault in found.faults), found.faults


@pytest.mark.quick_cases("calibrate")
@pytest.mark.parametrize("kind", ["calibrate", "calibrate by a survey"])
def test_a_posterior_that_is_not_made_of_the_particles_is_noticed(
    kind: str, folders: dict[str, Path], tmp_path: Path
) -> None:
    shutil.copytree(folders[kind], tmp_path / "copy")
    file = tmp_path / "copy" / "posterior.csv"
    *lines, last = file.read_text().splitlines()
    value, *weight = last.split(",")
    file.write_text("\n".join([*lines, ",".join([f"{float(value) * 1.001!r}", *weight])]) + "\n")
    (fault,) = verify(tmp_path / "copy", 1).faults
    assert "posterior.csv, row 9, behaviour.initiative" in fault


@pytest.mark.slow
def test_a_calibration_by_a_survey_is_scored_with_the_survey(folders: dict[str, Path], tmp_path: Path) -> None:
    found = verify(folders["calibrate by a survey"], None)
    assert found.faults == []
    assert found.rows == found.of >= 10
    shutil.copytree(folders["calibrate by a survey"], tmp_path / "copy")
    notes = Notes(tmp_path / "copy")
    notes.recall()
    name = next(iter(notes.known))
    notes.note(name, notes.known[name] + 0.5)
    notes.flush()
    assert [fault for fault in verify(tmp_path / "copy", None).faults if name in fault]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("survey-draws.parquet", "network 19"),
        ("fit.parquet", "fit.parquet, row"),
        ("skill.parquet", "skill.parquet"),
        ("pairs.parquet", "pairs.parquet, row"),
        ("members.parquet", "members.parquet, row"),
    ],
)
def test_networks_of_a_survey_are_simulated_and_judged_again(
    table: str, said: str, folders: dict[str, Path], tmp_path: Path
) -> None:
    """Also where the manifest was made to match."""
    copy = tmp_path / "copy"
    shutil.copytree(folders["check of a survey"], copy)
    flip(copy, table)
    renoted(copy, table)
    assert any(said in fault for fault in verify(copy, None).faults)


def test_skill_of_patterns_is_worked_out_again(folders: dict[str, Path], tmp_path: Path) -> None:
    """Also where the manifest was made to match."""
    copy, table = tmp_path / "copy", "pattern-skill.parquet"
    shutil.copytree(folders["check"], copy)
    assert verify(copy, None).faults == []
    flip(copy, table)
    renoted(copy, table)
    assert any(table in fault for fault in verify(copy, None).faults)


@pytest.mark.slow
def test_other_tables_of_a_survey_are_refused(folders: dict[str, Path], tmp_path: Path) -> None:
    shutil.copytree(folders["check of a survey"], tmp_path / "copy")
    file = tmp_path / "copy" / "inputs" / "survey-survey-ties.csv"
    file.write_text(file.read_text().replace(",1\n", ",2\n", 1))
    result = ask("verify", str(tmp_path / "copy"))
    assert result.exit_code == 2
    assert "is not the table that was asked" in result.stderr


def test_rows_that_no_journal_names_are_missed(folders: dict[str, Path], tmp_path: Path) -> None:
    """Cut between two lines no line is torn: only the manifest knows that a table was there."""
    shutil.copytree(folders["compare"], tmp_path / "copy")
    journal = tmp_path / "copy" / "journal.jsonl"
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:-1]))
    assert any("does not name" in fault for fault in verify(tmp_path / "copy", 1).faults)


def test_where_nothing_could_be_checked_nothing_holds(folders: dict[str, Path], tmp_path: Path) -> None:
    """A check whose studies are gone from the manifest, and a sweep of which nothing has been run."""
    empty = tmp_path / "checked"
    shutil.copytree(folders["check"], empty)
    manifest = json.loads((empty / "manifest.json").read_text())
    manifest["inputs"]["studies"] = {}
    (empty / "manifest.json").write_text(json.dumps(manifest))
    tiny = scenarios.replace(scenarios.load("salex", posterior=None), {"name": "tiny", **SMALL})
    with open_sweep(tmp_path / "swept", Campaign(plan(tiny, ["grants.per_call=0,2"]), replicates=4, seed=3)):
        pass
    for folder in (empty, tmp_path / "swept"):
        result = ask("verify", str(folder))
        assert result.exit_code == 1, result.stderr
        assert "nothing could be checked" in " ".join(result.stdout.split())
        assert not json.loads(ask("verify", str(folder), "--json").stdout)["holds"]


def test_the_help_and_the_page_name_every_command_that_is_verified() -> None:
    told = " ".join(ask("verify", "--help").stdout.split())
    page = (ROOT / "docs" / "sweeps.md").read_text(encoding="utf-8")
    (sentence,) = (line for line in page.splitlines() if line.startswith("**`legato verify RUN`**"))
    for command in KINDS:
        assert command in told
        assert f"`{command}`" in sentence
        assert f"`{command}`" in (verify.__doc__ or "")
