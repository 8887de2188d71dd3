"""`legato emulate`: emulators of a finished run, what they say of themselves, their page, and their folder."""

import json
import re
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import results
from results.emulating.surface_page import emulator_data
from results.emulating.trained import Trained
from results.emulators.held_out import WIDE
from scenarios.files.faults import FailedError
from tests.shared import ask, document, needs
from tests.simulation.browser.pages import NODE, needs_node

pytestmark = needs("sklearn")
SWEPT = [
    "sweep", "salex", "--vary", "facilitation.intensity=0.1:1", "--vary", "behaviour.yes_base", "--vary",
    "closing.capstone=true,false", "--vary", "funder.shift.month=2,5,never", "--vary", "grants.per_call=0:6",
    "--design", "lhs", "--fixed", "--replicates", "4", "--set", "network.members=10", "--set", "network.months=8",
    "--set", "closing.month=6", "--set", "closing.notice=2", "--no-figures",
]  # fmt: skip


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("swept") / "run"
    assert ask(*SWEPT, "--points", "60", "--out", str(folder)).exit_code == 0
    return folder


@pytest.fixture(scope="module")
def emulated(swept: Path) -> Any:
    return results.Emulate(
        swept, outcomes=["collaboration_rate", "cost"], out=swept.parent / "emulated", figures=False
    ).answer()


def test_the_answer_says_what_is_explained_and_how_far_to_trust_it(swept: Path, emulated: Any) -> None:
    found = document("emulate", str(swept), "--out", str(swept.parent / "said"), "--no-figures")
    (one,) = found["emulators"]
    assert one["kind"] == "Gaussian process"
    assert one["points"] == 60
    assert one["explained"] <= one["possible"] + 0.2 <= 1.2
    assert {given["key"] for given in one["inputs"]} == {
        "facilitation.intensity", "behaviour.yes_base", "closing.capstone", "funder.shift.month", "grants.per_call",
    }  # fmt: skip
    usual = {given["key"]: given["usual"] for given in one["inputs"]}
    assert usual["funder.shift.month"] == "never", "what SALEX has"
    assert usual["closing.capstone"] is True
    rate, cost = emulated.emulators
    assert cost.trust == "well", "what a plan costs follows from its levers"
    assert cost.inputs[cost.strongest[0]].key in ("facilitation.intensity", "grants.per_call")
    assert rate.checked.explained == pytest.approx(one["explained"])
    assert "held-out points" in emulated.said.answer[0]


def test_a_surface_and_held_out_points_are_tables(emulated: Any) -> None:
    held = emulated.to_frame("held-out")
    assert len(held) == 120
    assert (held["low"] < held["high"]).all()
    surface = emulated.to_frame("surfaces")
    one = surface[surface["outcome"] == "cost"]
    trained = emulated.emulators[1]
    place = np.array([trained.usual])
    across, up = (trained.inputs[number].key for number in trained.strongest[:2])
    assert set(one["across"]) == {across}
    assert set(one["up"]) == {up}
    row = one.iloc[17]
    place[0, trained.strongest[0]], place[0, trained.strongest[1]] = row["across_value"], row["up_value"]
    mean, error = trained.predict(place)
    assert row["predicted"] == pytest.approx(mean[0])
    assert row["high"] - row["predicted"] == pytest.approx(WIDE * error[0])


def test_the_folder_is_verified_and_a_run_that_has_changed_is_noticed(swept: Path, emulated: Any) -> None:
    verified = document("verify", str(emulated.folder))
    assert verified["faults"] == []
    manifest = swept / "manifest.json"
    before = manifest.read_text()
    manifest.write_text(re.sub(r'"content": "\w{4}', '"content": "0000', before))
    try:
        changed = ask("verify", str(emulated.folder))
    finally:
        manifest.write_text(before)
    assert changed.exit_code == 1
    assert "not as it was when the emulators were learned" in changed.stdout


@needs_node
def test_the_page_says_what_python_says(emulated: Any, swept: Path) -> None:
    """Mean and standard error at 200 places, and over a surface, of processes and of trees, to nine digits."""
    from dataclasses import replace

    from results.emulators.trees import fit_trees

    rate, cost = emulated.emulators
    trees = replace(
        rate, checked=replace(rate.checked, emulator=replace(
            fit_trees(rate.coding.columns(rate.values), rate.checked.simulated), error=0.25))
    )  # fmt: skip
    trained: list[Trained] = [rate, cost, trees]
    luck = np.random.default_rng(1)
    places, surfaces = [], []
    for one in trained:
        rows = one.values[luck.integers(len(one.values), size=200)]
        places.append(np.column_stack([luck.permutation(column) for column in rows.T]))
        first, second = one.strongest[:2]
        surfaces.append({"first": first, "second": second, "across": one.steps(first).tolist(),
                         "up": one.steps(second).tolist()})  # fmt: skip
    script = Path(__file__).with_name("emulator_in_node.mjs")
    program = Path(results.__file__).parent / "emulating" / "page" / "emulator.js"
    module = swept.parent / "emulator.mjs"
    module.write_text(program.read_text())
    asked = {
        "program": module.as_uri(), "emulators": [emulator_data(one) for one in trained],
        "places": [some.tolist() for some in places], "surfaces": surfaces,
    }  # fmt: skip
    done = subprocess.run([str(NODE), str(script)], input=json.dumps(asked), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for one, some, said in zip(trained, places, json.loads(done.stdout), strict=True):
        mean, error = one.predict(some)
        scale = float(np.ptp(one.checked.simulated)) if one.checked else 1.0
        assert np.array(said["at"])[:, 0] == pytest.approx(mean, abs=1e-9 * scale)
        assert np.array(said["at"])[:, 1] == pytest.approx(error, abs=1e-7 * scale)
        surface = one.surface()
        assert said["means"] == pytest.approx(surface["predicted"].tolist(), abs=1e-9 * scale)
        half = (surface["high"] - surface["predicted"]) / WIDE
        assert said["errors"] == pytest.approx(half.tolist(), abs=1e-7 * scale)


def test_the_page_asks_nobody_and_escapes_what_others_wrote(emulated: Any, swept: Path) -> None:
    page = unescape((emulated.folder / "surfaces.html").read_text())
    assert "default-src 'none'" in page
    assert f"60 points of {swept.name}, seed" in page
    assert str(swept.parent) not in page, "where the folder lies is nobody's business"
    assert str(swept.parent) not in (emulated.folder / "said.json").read_text(), "nor in what reports repeat"
    assert "script-src 'sha256-" in page
    assert not re.search(r'(?:src|href)="https?:', page)
    assert page.count("<script") == 2
    data = re.search(r'<script type="application/json" id="emulators">(.*?)</script>', page, re.DOTALL)
    assert data is not None
    assert [one["name"] for one in json.loads(data[1])] == [
        "members that ever formed a collaboration (%)", "cost to the funder so far (k USD)",
    ]  # fmt: skip


def test_too_few_points_and_an_outcome_that_never_changes_are_refused(swept: Path, tmp_path: Path) -> None:
    few = tmp_path / "few"
    assert ask(*SWEPT, "--points", "8", "--out", str(few)).exit_code == 0
    refused = ask("emulate", str(few))
    assert refused.exit_code == 1
    assert "collaboration_rate has a value at 8 points; an emulator takes 20 or more" in refused.stderr
    assert "is no run" in ask("emulate", str(tmp_path)).stderr or ask("emulate", str(tmp_path)).exit_code == 2
    with pytest.raises(FailedError, match="8 points"):
        results.Emulate(few, out=tmp_path / "x").answer()
    assert not (tmp_path / "x").exists()
    unknown = ask("emulate", str(swept), "--outcome", "collaboration_rat")
    assert unknown.exit_code == 2
    assert "did you mean collaboration_rate?" in unknown.stderr
