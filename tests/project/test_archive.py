"""What a model library asks for: metadata that agree with the package, and an archive with everything in it."""

import importlib.machinery
import importlib.util
import json
import re
import subprocess
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cli import main

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_the_metadata_are_those_of_the_package() -> None:
    meta = json.loads((ROOT / "codemeta.json").read_text(encoding="utf-8"))
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert meta["name"] == PROJECT["name"]
    assert meta["version"] == PROJECT["version"] in citation
    assert meta["description"] == PROJECT["description"]
    assert meta["license"].endswith(PROJECT["license"])
    assert f"license: {PROJECT['license']}" in citation
    assert PROJECT["requires-python"] == meta["programmingLanguage"]["version"]


def tool() -> Any:
    loader = importlib.machinery.SourceFileLoader("make_archive", str(ROOT / "tools" / "make-archive"))
    spec = importlib.util.spec_from_loader("make_archive", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def in_git() -> bool:
    found = subprocess.run(["git", "rev-parse", "--is-inside-work-tree"], cwd=ROOT, capture_output=True, check=False)
    return found.returncode == 0


@pytest.mark.slow
@pytest.mark.skipif(not in_git(), reason="the archive is made of what git knows")
def test_the_archive_holds_code_odd_metadata_and_results_and_is_the_same_twice(tmp_path: Path) -> None:
    run = tmp_path / "run"
    told = CliRunner().invoke(main, ["compare", "salex", "sparc", "--replicates", "4", "--out", str(run)])
    assert told.exit_code == 0, told.output
    module = tool()
    names = module.write_archive(run, tmp_path / "one.zip")
    module.write_archive(run, tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    wanted = {"ODD.md", "CITATION.cff", "codemeta.json", "LICENSE", "README.md", "code/simulation/rules.py"}
    wanted |= {"results/comparison.json", "results/figures/collaboration-rate.png", "results/report.html"}
    assert wanted <= set(names)
    with zipfile.ZipFile(tmp_path / "one.zip") as made:
        assert made.testzip() is None
        assert made.read("ODD.md") == (ROOT / "docs" / "odd.md").read_bytes()


def test_the_worked_example_of_contributing_stands_in_the_code() -> None:
    blocks = re.findall(r"^```py\n(.*?)^```$", CONTRIBUTING, re.DOTALL | re.MULTILINE)
    assert len(blocks) == 5
    for block in blocks:
        for file, quoted in re.findall(r"^# (\S+\.py)\n((?:(?!# \S+\.py\n).*\n?)+)", block, re.MULTILINE):
            text = (ROOT / file).read_text(encoding="utf-8")
            lines = [line for line in quoted.splitlines() if line.strip()]
            assert [line for line in lines if line not in text.splitlines()] == [], file
