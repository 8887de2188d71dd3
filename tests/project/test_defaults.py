"""One question, one answer: whichever way one asks, the same parameters vary unless somebody fixes them."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

import cli
import scenarios
import simulation
from results.commands.explore import Explore
from results.commands.json_schemas import BY_COMMAND
from results.exploring.explored import Asked, Variant
from results.exploring.live_comparison import scenarios_of
from results.exporting.formats import FORMS
from results.words.varying import UNCERTAIN, count_of, varying_keys
from scenarios import Scenario
from scenarios.designs.design import plan
from simulation.compiling import must_compile

ROOT = Path(__file__).resolve().parents[2]
KEYS = tuple(key for key in scenarios.shipped_posterior().keys if key != "behaviour.renewal_chance")
"""What varies in SALEX: what the posterior leaves open, and the scenario does not settle itself."""
SMALL = {"network.members": 8, "closing.month": 8, "closing.notice": 2, "closing.follow_up": 4}
SET = [word for key, value in SMALL.items() for word in ("--set", f"{key}={value}")]
FEW = [*SET, "--replicates", "2", "--no-figures"]
GRANTS = ["--vary", "grants.per_call=0:2"]
ENTRANCES = {
    "run": ["run", "salex", *FEW],
    "compare": ["compare", "salex", "no-catalytic-funding", *FEW],
    "explain": ["explain", "salex", "no-catalytic-funding", *FEW],
    "sweep": ["sweep", "salex", *FEW, "--vary", "grants.per_call=0,2"],
    "sensitivity": ["sensitivity", "salex", *FEW, *GRANTS, "--vary", "facilitation.intensity=0:1", "--points", "24"],
    "optimise": ["optimise", "salex", *FEW, "--budget=1e9", "--lever=grants.per_call=0,2", "--trials=2", "--final=2"],
    "portfolio": [
        "portfolio",
        "salex",
        *FEW,
        "--budget=1e9",
        "--lever=grants.per_call=0,2",
        "--final=2",
        "--outcome=collaborations",
    ],
    "check": ["check", "search-costs", "--replicates=2", "--no-assumptions", "--no-figures"],
    "export": ["export", "salex", *SET],
}


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if must_compile():
        simulation.run(scenarios.load("salex", posterior=None), replicates=1)
    monkeypatch.chdir(tmp_path)


def document(command: str, *words: str) -> Any:
    """The JSON document of a command, which its schema allows."""
    told = CliRunner().invoke(cli.main, [*words, "--json"], catch_exceptions=False)
    assert told.exit_code == 0, told.output
    found = json.loads(told.stdout)
    jsonschema.Draft202012Validator(BY_COMMAND[command]).validate(found)
    return found


@pytest.mark.quick_cases("compare", "sweep", "optimise")
@pytest.mark.parametrize("command", ENTRANCES)
def test_a_command_varies_what_the_shipped_posterior_leaves_open_and_fixes_all_if_told(command: str) -> None:
    usual = document(command, *ENTRANCES[command], "--out", "usual")["parameters"]
    fixed = document(command, *ENTRANCES[command], "--fixed", "--out", "fixed")["parameters"]
    open_keys = scenarios.shipped_posterior().keys if command == "check" else KEYS  # each study settles its own keys

    assert (usual["posterior"], tuple(usual["keys"]), usual["varying"]) == ("shipped", open_keys, len(open_keys))
    assert (fixed["posterior"], fixed["keys"], fixed["varying"]) == (None, [], 0)
    assert usual["uncertain"] == fixed["uncertain"] == len(UNCERTAIN)


@pytest.mark.parametrize("command", ["run", "sweep"])
def test_output_brief_and_manifest_say_how_many_vary(command: str) -> None:
    for more, varying, keys in ([], KEYS, list(KEYS)), (["--fixed"], (), None):
        out = f"{command}{len(more)}"
        told = CliRunner().invoke(cli.main, [*ENTRANCES[command], "--out", out, *more], catch_exceptions=False)
        inputs = json.loads(Path(out, "manifest.json").read_text(encoding="utf-8"))["inputs"]
        carried = inputs["scenarios"]["salex"]["posterior"]

        assert count_of(varying) in " ".join(told.output.split())
        assert count_of(varying) in " ".join(Path(out, "report.html").read_text(encoding="utf-8").split())
        assert (carried and carried["keys"]) == keys


def test_a_plan_says_beforehand_how_many_will_vary() -> None:
    for more, varying in ([], KEYS), (["--fixed"], ()):
        told = CliRunner().invoke(cli.main, [*ENTRANCES["sweep"], "--plan", *more], catch_exceptions=False)
        assert count_of(varying) in " ".join(told.output.split())


def test_a_notebook_varies_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """As README writes it; few networks are enough to see with what they were run."""
    asked: list[Scenario] = []
    run = simulation.run

    def watched(scenario: Scenario, **more: Any) -> Any:
        asked.append(scenario)
        return run(scenario, **{**more, "replicates": 4})

    monkeypatch.setattr(simulation, "run", watched)
    (block,) = re.findall(r"In a notebook:\n\n```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    exec(compile(block, "README.md", "exec"), {})

    assert [varying_keys([one]) for one in asked] == [KEYS, KEYS]
    assert varying_keys(scenarios.load(name, posterior=None) for name in scenarios.names()) == ()


@pytest.mark.parametrize("name", scenarios.names())
def test_the_page_varies_what_a_notebook_does(name: str) -> None:
    usual = scenarios.load(name).posterior
    for asked in (Asked(Variant(name), Variant("salex")), Explore(name).asked()):
        assert scenarios_of(asked)[0].posterior == usual


def test_every_point_of_a_design_settles_what_it_varies_and_no_more() -> None:
    design = plan(
        scenarios.load("salex"), ["behaviour.initiative=0.1:0.3", "grants.per_call=0,2"], kind="lhs", points=4
    )
    left = tuple(key for key in KEYS if key != "behaviour.initiative")

    assert varying_keys(design.bases) == left
    for point in range(len(design)):
        assert varying_keys([design.scenario(point)]) == left
        assert design.scenario(point).behaviour.initiative == design.values(point)["behaviour.initiative"]
    assert varying_keys([plan([], ["scenario=salex,sparc"]).scenario(0)]) == KEYS
    assert varying_keys([plan([], ["scenario=salex,sparc"], posterior=None).scenario(0)]) == ()


@pytest.mark.parametrize("replicate", [0, 7])
def test_an_exported_network_is_the_very_one_that_run_counts(replicate: int) -> None:
    """As many members and ties as in that replicate of the ensemble; with point values it is another network.

    Ties with members that have left count in the model, and are not exported.
    """
    chosen = scenarios.load("salex", {key: str(value) for key, value in SMALL.items()})
    ensemble = simulation.run(chosen, seed=3, replicates=8)
    (seen,) = simulation.portray(chosen, seed=3, replicate=replicate, months=[chosen.reporting_month])

    words = ["export", "salex", *SET, "--seed", "3", "--replicate", str(replicate), "--out", "made"]
    found = document("export", *words)
    document("export", *words[:-1], "point", "--fixed")

    pairs = len(seen.members) * (len(seen.members) - 1) / 2
    assert found["members"] / SMALL["network.members"] == ensemble["retention"][replicate]
    assert len(seen.ties) / pairs == pytest.approx(ensemble["tie_density"][replicate])
    left = {number for number, one in enumerate(seen.members) if not one.present}
    assert found["ties"] == sum(left.isdisjoint((tie.one, tie.other)) for tie in seen.ties)
    assert {name: Path("made", name).read_bytes() for name in FORMS["csv"](seen)} == FORMS["csv"](seen)
    assert Path("made", "ties.csv").read_bytes() != Path("point", "ties.csv").read_bytes()
