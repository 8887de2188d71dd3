"""Compiled code is kept, and never stale: an edited rule is seen at the next run."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from simulation import compiling

ROOT = Path(__file__).parent.parent
RUN = """
import json, pathlib, os
import scenarios, simulation
from simulation.compiling import must_compile
import simulation.ensemble
fresh = must_compile()
rate = simulation.run(scenarios.load("salex", posterior=None), replicates=40, workers=1)["collaboration_rate"].mean()
print(json.dumps([fresh, rate, os.environ["NUMBA_CACHE_DIR"]]))
"""


def run_copy(copy: Path, cache: Path) -> tuple[bool, float, str]:
    """Run salex with the packages in `copy`: whether the engine had to be compiled, its rate, and its cache."""
    kept = {name: value for name, value in os.environ.items() if name != "NUMBA_CACHE_DIR"}
    environment = {**kept, "PYTHONPATH": str(copy), "XDG_CACHE_HOME": str(cache), "NUMBA_OPT": "1"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", RUN],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    fresh, rate, folder = json.loads(done.stdout)
    return fresh, rate, folder


def test_an_edited_rule_is_seen_by_the_engine_and_unedited_code_is_not_compiled_again(tmp_path: Path) -> None:
    """The trap: numba looks at the file of the function that it cached, not at `rules.py`, which that one calls."""
    copy, cache = tmp_path / "copy", tmp_path / "cache"
    for package in ("scenarios", "simulation"):
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))

    first = run_copy(copy, cache)
    again = run_copy(copy, cache)
    rules = copy / "simulation" / "rules.py"
    text = rules.read_text(encoding="utf-8")
    edited = text.replace("+ b_trust * trust\n", "- b_trust * trust\n")
    assert edited != text
    rules.write_text(edited, encoding="utf-8")
    changed = run_copy(copy, cache)

    assert first[0]
    assert not again[0]
    assert again[1:] == first[1:]
    assert changed[0]
    assert changed[2] != first[2]
    assert changed[1] < first[1] / 2, "trust now makes members say no"


def test_the_cache_is_named_by_all_of_the_simulation(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("rules.py", "engine.py", "compiling.py"):
        shutil.copy(ROOT / "simulation" / name, tmp_path)
    monkeypatch.setattr(compiling, "__file__", str(tmp_path / "compiling.py"))
    before = compiling.cache_name()
    (tmp_path / "rules.py").write_bytes((tmp_path / "rules.py").read_bytes() + b"#")
    assert compiling.cache_name() != before


def test_a_cache_that_cannot_be_written_gives_way_to_a_temporary_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    folder = compiling._cache_folder()
    assert folder.is_dir()
    assert tmp_path not in folder.parents
    folder.rmdir()
