"""The recipes run as they stand: an array's tasks, the tables that other programs make of them, a workflow."""

import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

import pandas as pd
import pytest
from click.testing import CliRunner

import cli
import results
from tests.shared import needs

RECIPES = Path(__file__).resolve().parents[2] / "docs" / "recipes"


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What two tasks of an array leave, made by the command that stands in the script."""
    home = tmp_path_factory.mktemp("array")
    (line,) = re.findall(r"^legato (sweep.*?)\n\Z", script().replace("\\\n", ""), re.DOTALL | re.MULTILINE)
    rows = (RECIPES / "points.csv").read_text().splitlines(keepends=True)
    (home / "parts").mkdir()
    for task in (0, 1):
        (home / "parts" / f"points-{task}.csv").write_text("".join([rows[0], *rows[1 + task :: 2]]))
        said = line.replace("$OUT", str(home / "parts")).replace("$TASK", str(task))
        for name, value in (("$SCENARIO", "salex"), ("$REPLICATES", "2"), ("${SLURM_CPUS_PER_TASK:-1}", "1")):
            said = said.replace(name, value)
        told = CliRunner().invoke(cli.main, [*shlex.split(said), "--fixed"])
        assert told.exit_code == 0, told.stderr
    return home


def script() -> str:
    return (RECIPES / "slurm_array.sh").read_text()


def test_duckdb_reads_the_parts_as_one_table(parts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    duckdb = pytest.importorskip("duckdb")
    monkeypatch.chdir(parts)
    table = duckdb.sql((RECIPES / "parts.sql").read_text()).df()
    assert table["networks"].tolist() == [2] * 6
    whole = pd.concat([pd.read_parquet(file) for file in parts.rglob("parts/*/points.parquet")])
    whole = whole.sort_values(["grants.per_call", "facilitation.intensity"])
    assert table["collaboration_rate"].tolist() == pytest.approx(whole["collaboration_rate"].tolist())
    added = duckdb.sql((RECIPES / "paired_grants.sql").read_text()).df()
    at = table.set_index(["grants", "facilitation"])["collaboration_rate"]
    assert added["adds"].tolist() == pytest.approx([at[4, 0.4] - at[0, 0.4], at[4, 0.8] - at[0, 0.8]])


@needs("polars")
def test_polars_reads_them_too(
    parts: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["with_polars.py", f"{parts}/parts/part-*/outcomes/*.parquet"])
    runpy.run_path(str(RECIPES / "with_polars.py"))
    assert "shape: (6, 5)" in capsys.readouterr().out


@pytest.mark.slow
def test_the_tasks_of_an_array_make_what_one_sweep_makes(tmp_path: Path) -> None:
    run_as_slurm = {
        **os.environ,
        "PATH": f"{with_legato(tmp_path)}:{os.environ['PATH']}",
        "PARTS": "2",
        "REPLICATES": "2",
    }
    shutil.copy(RECIPES / "points.csv", tmp_path)
    for task in ("0", "1"):
        asked = {**run_as_slurm, "SLURM_ARRAY_TASK_ID": task}
        subprocess.run(["bash", RECIPES / "slurm_array.sh"], cwd=tmp_path, env=asked, check=True, capture_output=True)
    whole = results.Sweep(
        "salex", design=str(tmp_path / "points.csv"), replicates=2, figures=False, out=tmp_path / "one"
    )
    keys = ["grants.per_call", "facilitation.intensity", "replicate"]
    one = whole.answer().to_frame("outcomes").sort_values(keys).drop(columns="point").reset_index(drop=True)
    parts = [pd.read_parquet(file) for file in tmp_path.rglob("parts/*/outcomes/*.parquet")]
    both = pd.concat(parts).sort_values(keys).drop(columns="point").reset_index(drop=True)
    pd.testing.assert_frame_equal(one, both)


def test_a_script_of_an_array_names_what_it_lacks(tmp_path: Path) -> None:
    bare = {key: value for key, value in os.environ.items() if not key.startswith("SLURM")}
    told = subprocess.run(["bash", RECIPES / "slurm_array.sh"], cwd=tmp_path, env=bare, capture_output=True, text=True)
    assert told.returncode == 1
    assert "submit this with sbatch" in told.stderr


def test_runs_of_their_own_are_paired(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for grants in (0, 4):
        out = tmp_path / "runs" / f"grants-{grants}"
        asked = results.Run(f"salex: grants.per_call={grants}", replicates=6, figures=False, posterior=None, out=out)
        asked.answer()
    files = [str(tmp_path / "runs" / f"grants-{grants}" / "outcomes.json") for grants in (0, 4)]
    monkeypatch.setattr(sys, "argv", ["paired.py", str(tmp_path / "differences.csv"), *files])
    runpy.run_path(str(RECIPES / "paired.py"))
    found = pd.read_csv(tmp_path / "differences.csv").set_index("outcome")
    compared = results.Compare(
        ["salex", "salex: grants.per_call=0"], replicates=6, figures=False, posterior=None, out=tmp_path / "compared"
    ).answer()
    wanted = compared.comparison.difference("salex-grants.per_call=0", "total_cost").mean
    assert found.loc["total_cost", "mean"] == pytest.approx(wanted)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("snakemake") is None, reason="snakemake is not installed")
def test_the_workflow_runs(tmp_path: Path) -> None:
    for name in ("Snakefile", "paired.py"):
        shutil.copy(RECIPES / name, tmp_path)
    asked = {**os.environ, "PATH": f"{with_legato(tmp_path)}:{os.environ['PATH']}"}
    subprocess.run(
        ["snakemake", "--cores", "1", "--config", "grants=[0,4]", "replicates=6"],
        cwd=tmp_path, env=asked, check=True, capture_output=True,
    )  # fmt: skip
    assert len(pd.read_csv(tmp_path / "differences.csv")) == 3


def with_legato(folder: Path) -> Path:
    """A folder in which `legato` and `python` are those of this test."""
    programs = folder / "bin"
    programs.mkdir()
    for name, words in (("legato", f'"{Path(cli.__file__)}"'), ("python", "")):
        (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {words} "$@"\n')
        (programs / name).chmod(0o755)
    return programs


@pytest.mark.slow
@needs("solara")
@needs("altair")
def test_the_network_is_shown_by_solara_viz() -> None:
    if not version("ipyvuetify").startswith("1."):
        pytest.skip("SolaraViz of Mesa 3 is written for ipyvuetify 1, as the extra viz pins it")
    with catch_warnings():
        simplefilter("ignore")  # of Solara about Mesa's own components
        solara: Any = import_module("solara")  # not of the packages that are always there
        made = runpy.run_path(str(RECIPES / "solara_viz.py"))
        _, rendered = solara.render(made["page"], handle_error=False)
    rendered.close()
    network = made["Network"](grants=2, facilitation=0.5, seed=3)
    network.step()
    assert (network.month, network.settings.grants.per_call, network.luck.seed) == (1, 2, 3)
