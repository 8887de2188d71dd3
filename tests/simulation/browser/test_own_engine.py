"""Engines for pages with rules of one's own: built of them, kept, found again, and with the native numbers."""

import gzip
import importlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import scenarios
import simulation
from scenarios import OwnRules
from scenarios.files.faults import MissingExtraError
from scenarios.schema.own_files import as_kept, own_file
from simulation.browser import build, own_engine
from simulation.browser.own_engine import build_own_engine
from simulation.browser.scenario_data import scenario_data
from simulation.outcomes import NAMES
from simulation.own_rules.replaceable import parameters
from simulation.own_rules.trying import rules_of
from tests.shared import needs
from tests.simulation.browser.pages import HALF, SCRIPT, asked_in_node, needs_node, unpacked

NEVER = own_file(OwnRules, "never.py", HALF.text.replace("0.5", "0.0"))


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own, in which nothing was built."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path


def test_what_was_built_is_found_by_its_rules_and_nothing_that_is_torn(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []

    def built(_module: str, _names: Any, rules: OwnRules) -> bytes:
        asked.append(rules)
        return b"\0asm of these"

    monkeypatch.setattr(build, "build", built)
    monkeypatch.setattr(own_engine, "check_that_it_can_be_built", lambda: None)
    assert own_engine.own_engine(NEVER) is None
    assert gzip.decompress(build_own_engine(NEVER)) == b"\0asm of these"
    found = own_engine.own_engine(NEVER)
    assert found is not None
    assert gzip.decompress(found) == b"\0asm of these"
    assert own_engine.own_engine(HALF) is None, "another file of rules"
    assert asked == [NEVER]
    (file,) = (empty / "legato" / own_engine.FOLDER).iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    assert own_engine.own_engine(NEVER) is None


def test_without_the_linker_what_installs_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_engine, "find_spec", lambda _name: None)
    with pytest.raises(MissingExtraError, match=r"needs ziglang, which is not installed: pip install .*\[wasm\]"):
        build_own_engine(NEVER)


def test_it_is_built_of_the_rules_that_lie_in_the_folder(tmp_path: Path) -> None:
    """Nothing is compiled here: the entrance is loaded as the process that builds it does."""
    module = build.ENTRANCES[0]
    assert build.with_rules_in(tmp_path, module) is importlib.import_module(module)
    (tmp_path / build.RULES).write_text(as_kept(NEVER), encoding="utf-8")
    found = build.with_rules_in(tmp_path, module)
    assert found is not importlib.import_module(module)
    told = parameters("yes_chance")
    assert found.rules.yes_chance.py_func(*(0.5 for _ in told)) == 0.0
    assert found.run_block.py_func.__globals__["rules"] is found.rules


@pytest.mark.slow
@needs_node
@needs("ziglang")
def test_it_gives_the_numbers_of_the_compiled_engine_with_these_rules(tmp_path: Path) -> None:
    mine = rules_of(HALF)
    assert mine is not None
    module = tmp_path / "engine.wasm.gz"
    module.write_bytes(own_engine.own_engine(mine) or build_own_engine(mine))
    salex = scenarios.load("salex").with_rules(mine)
    run = {"scenario": "salex", "changes": {"grants.per_call": 3}, "seed": 4, "first": 0, "rows": 40, "kept": 0}
    request = {"scenarios": {"salex": scenario_data(salex)}, "runs": [run], "module": str(module)}
    (answer,) = asked_in_node(SCRIPT, request)
    changed = scenarios.replace(salex, {"grants.per_call": 3})
    expected = simulation.run(changed, seed=4, replicates=40)
    (values,) = unpacked(answer, "values")
    np.testing.assert_allclose(values.reshape(40, len(NAMES)), expected.values, rtol=1e-12, atol=1e-12)
    usual = simulation.run(scenarios.replace(salex.with_rules(None), {"grants.per_call": 3}), seed=4, replicates=40)
    assert not np.array_equal(usual.values, expected.values, equal_nan=True)
