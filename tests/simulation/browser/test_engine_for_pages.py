"""The engine for pages is the compiled engine: it is built of the same code, and gives the same numbers."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import scenarios
from simulation.browser import artifact
from simulation.browser.built import StaleError
from simulation.browser.layout import layout
from simulation.browser.scenario_data import TODAY
from tests.shared import needs
from tests.simulation.browser.pages import SHARES, Run, drawn_changes, in_node, native, needs_module, needs_node
from tests.simulation.test_funding import drawn_funders
from tests.simulation.test_standing import standing

ROWS = [f"{name} {k},{('water', 'health')[k % 2]};literacy,r{k % 3}" for k in range(5) for name in ("Zebra", "Oak")]


def assert_same(runs: list[Run]) -> float:
    """All numbers are equal to 1e-12, as between processors; the share of them that is equal to the byte."""
    to_the_byte = []
    for run, answer in zip(runs, in_node(runs), strict=True):
        assert not isinstance(answer, str), answer
        for mine, theirs in zip(answer, native(run), strict=True):
            told = f"{run.scenario.name} {run.changes}"
            np.testing.assert_allclose(mine, theirs, rtol=1e-12, atol=1e-12, err_msg=told)
            to_the_byte.append((mine == theirs) | np.isnan(mine))
    return float(np.concatenate(to_the_byte).mean())


def test_the_module_is_built_of_the_code_as_it_stands() -> None:
    """Where it is not, `make wasm` builds it; its other tests are skipped until then."""
    assert artifact.engine_module().startswith(b"\0asm"), "it is not WebAssembly"


def test_a_module_of_other_rules_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "engine.json").write_text('{"source_hash": "0123456789abcdef"}', encoding="utf-8")
    monkeypatch.setattr(artifact, "ENGINE", replace(artifact.ENGINE, made_of=tmp_path / "engine.json"))
    with pytest.raises(StaleError, match=r"0123456789abcdef.*make wasm"):
        artifact.engine_module()


def test_every_number_of_a_scenario_has_a_place_of_its_own() -> None:
    places = [json.dumps(place) for place in layout()["keys"].values()]
    assert set(layout()["keys"]) == {name for name, key in scenarios.KEYS.items() if key.kind not in ("str", "funders")}
    assert len(set(places)) == len(places)


@needs_module
@needs_node
@pytest.mark.parametrize(
    "names", [("salex", "joint-learning-network"), pytest.param(scenarios.names(), marks=pytest.mark.slow)], ids=len
)
def test_the_library_gives_the_same_numbers_in_node(names: tuple[str, ...]) -> None:
    """With the particles of the shipped posterior. Where exp is rounded another way, its last bit may be another."""
    same = assert_same([Run(scenarios.load(name), seed=11, first=3, rows=len(names) // 4 + 2) for name in names])
    assert same > 0.95, f"only {same:.1%} of all numbers are equal to the byte"


@needs_module
@needs_node
@pytest.mark.parametrize("count", [3, pytest.param(60, marks=pytest.mark.slow)])
def test_random_scenarios_give_the_same_numbers_in_node(count: int) -> None:
    rng, runs = np.random.default_rng(26), []
    for _ in range(count):
        base = scenarios.load(str(rng.choice(scenarios.names())))
        seed, first = int(rng.choice([0, 1, 2**32 - 1])), int(rng.integers(2**32 - 9))
        runs.append(Run(base, drawn_changes(base, rng), seed, first, 3))
    assert_same(runs)
    if count == 60:
        assert {key for run in runs for key in run.changes} == set(layout()["keys"]) - {TODAY, *SHARES}, (
            "a key was never drawn"
        )


@needs_module
@needs_node
@pytest.mark.parametrize("count", [12, pytest.param(60, marks=pytest.mark.slow)])
def test_one_to_three_funders_give_the_same_numbers_in_node(count: int) -> None:
    """With changes to the first funder that a page makes; one page runs networks with other funders one by one."""
    rng = np.random.default_rng(23)
    runs: list[Run] = []
    while len(runs) < count:
        if (drawn := drawn_funders(rng)) is not None:
            runs.append(Run(drawn, {"funder.taper": 1, "members.replacement": 0.4}, 7, int(rng.integers(2**31)), 2))
    runs.append(Run(scenarios.load("taper"), {}, 1, 0, 2))
    assert_same(runs)


@needs_module
@needs_node
def test_members_of_a_file_give_the_same_numbers_in_node(tmp_path: Path) -> None:
    (tmp_path / "today").mkdir()
    (tmp_path / "members.csv").write_text("\n".join(["name,interests,region", *ROWS]) + "\n", encoding="utf-8")
    (tmp_path / "ties.csv").write_text("from,to,strength\nOak 1,Zebra 3,0.4\nZebra 0,Oak 4,0.7\n", encoding="utf-8")
    files = [f"members.file={tmp_path / 'members.csv'}"]
    drawn, known = (
        scenarios.load("salex", files),
        scenarios.load("salex", [*files, f"members.ties={tmp_path / 'ties.csv'}"]),
    )
    weights = {"funder.priorities": [5.0, 1.0, 0.0], "funder.weight": 0.8}
    today = standing(tmp_path / "today", 14)
    assert_same([Run(drawn, {"network.joining": 0.4}), Run(known, weights), Run(today, {"grants.per_call": 4})])


@needs_module
@needs_node
def test_a_value_that_no_scenario_can_have_is_refused_in_the_same_words() -> None:
    salex = scenarios.load("salex")
    changes = {"grants.per_cal": 1, "facilitation.intensity": 1.5, "network.members": 2.5, "closing.month": "soon"}
    (said,) = in_node([Run(salex, changes)])
    unknown, *others = said.splitlines()
    assert unknown.startswith("grants.per_cal is not")
    for line, (key, value) in zip(others, list(changes.items())[1:], strict=True):
        assert line == scenarios.KEYS[key].fault(value)


@pytest.mark.slow
@needs("ziglang")
def test_the_module_built_again_is_the_same_to_the_byte() -> None:
    from simulation.browser import build

    assert build.build(*build.ENTRANCES) == artifact.engine_module()
