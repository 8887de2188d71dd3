"""The page with levers as a file: what is in it, what it may do, and how the command that writes it behaves."""

import gzip
import json
import re
from base64 import b64decode, b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

import results
import scenarios
import simulation
from results.commands.limits import EXPLORING, Whole
from results.estimates.comparison import compare
from results.exploring import live_page
from results.exploring.charts import charts, in_words
from results.exploring.explored import Asked, Explored, Variant
from results.exploring.javascript import sources
from results.exploring.live_comparison import courses_for, explore
from results.exploring.machinery import ROOMS, machinery, made
from results.exploring.page_data import Opening, Plan, engines
from results.exploring.provenance import command
from results.exploring.run_page import write_report
from simulation.browser import own_engine
from simulation.browser.artifact import ENGINE
from simulation.browser.scenario_data import scenario_data
from tests.shared import ask
from tests.simulation.browser.pages import needs_module

FEW = 4
MOST = 2_000_000


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("page") / "salex.html"
    results.Explore("salex", replicates=FEW, out=file).answer()
    return file.read_text(encoding="utf-8")


@needs_module
def test_the_page_may_run_its_own_scripts_and_nothing_else(text: str) -> None:
    (said,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', text)
    rules = dict(rule.strip().split(" ", 1) for rule in said.replace("&#39;", "'").split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["worker-src"] == "blob:"
    hashes = {one[len("'sha256-") : -1] for one in rules["script-src"].split() if one.startswith("'sha256-")}
    scripts = re.findall(r'<script(?: type="module")?>(.*?)</script>', text, re.DOTALL)
    assert hashes == {b64encode(sha256(one.encode()).digest()).decode() for one in scripts}
    assert set(rules["script-src"].split()) - {f"'sha256-{one}'" for one in hashes} == {"'wasm-unsafe-eval'", "blob:"}
    assert "connect-src" not in rules, "default-src forbids it"


@needs_module
def test_the_page_is_small_and_the_same_whenever_it_is_written(text: str, tmp_path: Path) -> None:
    assert len(text.encode()) < MOST
    again = results.Explore("salex", replicates=FEW, out=tmp_path / "again.html").answer()
    assert again.file.read_text(encoding="utf-8") == text


@needs_module
def test_what_is_kept_from_page_to_page_is_what_would_be_made_now_of_all_that_it_is_made_of() -> None:
    machinery.cache_clear()
    assert machinery() == machinery() == made()
    assert set(ROOMS) == set(sources.ROOMS) - {"tests"}, "every module that may be translated is in the hash"


def test_a_page_lives_with_whole_numbers_where_a_learned_one_is_not_and_keeps_both() -> None:
    salex = scenarios.load("salex")
    assert salex.posterior is not None
    whole = [scenarios.KEYS[key].kind == "int" for key in salex.posterior.keys]
    assert any(whole)
    learned = np.where(whole, salex.posterior.values + 0.25, salex.posterior.values)
    found = scenario_data(scenarios.load("salex", posterior=replace(salex.posterior, values=learned)))["posterior"]
    lived, kept = (
        np.frombuffer(b64decode(found[name]), "<f8").reshape(learned.shape) for name in ("particles", "learned")
    )
    np.testing.assert_array_equal(kept, learned)
    again = replace(salex.posterior, values=learned)
    assert lived.tolist() == [list(again.settings(one).values()) for one in range(len(again))]


def test_columns_that_several_scenarios_have_stand_once_and_make_the_same_particles() -> None:
    plans = [Plan(scenarios.load(name)) for name in ("salex", "abrupt-closing")]
    found = engines(plans)
    for plan in plans:
        posterior = found["scenarios"][plan.scenario.name]["posterior"]
        columns = [np.array([float(one) for one in found["columns"][name].split(" ")]) for name in posterior["columns"]]
        whole = scenario_data(plan.scenario)["posterior"]
        packed = np.frombuffer(b64decode(whole["particles"]), "<f8").reshape(-1, len(whole["keys"]))
        np.testing.assert_array_equal(np.column_stack(columns), packed)
        assert plan.scenario.posterior is not None
        assert packed[3].tolist() == list(plan.scenario.posterior.settings(3).values())
    once = sum(len(found["scenarios"][plan.scenario.name]["posterior"]["columns"]) for plan in plans)
    assert len(found["columns"]) < once


def test_a_page_takes_as_many_networks_and_seeds_as_the_command() -> None:
    script = (live_page.HERE / "sitting.js").read_text(encoding="utf-8")
    networks, seed = EXPLORING["replicates"], EXPLORING["seed"]
    assert isinstance(networks, Whole)
    assert isinstance(seed, Whole)
    assert f"const MOST_NETWORKS = {networks.high}\n" in script
    assert "const LAST_SEED = 2 ** 32 - 1\n" in script
    assert (networks.low, seed.low, seed.high) == (2, 0, 2**32 - 1)


def _found() -> Explored:
    return explore(Asked(Variant("salex", (("grants.per_call", "1"),)), Variant("salex"), replicates=FEW))


def test_a_chart_is_told_to_who_does_not_see_it_with_what_was_observed() -> None:
    found = _found()
    courses = courses_for(found)
    both = [courses[name]["collaboration_rate"].mean.tolist() for name in ("salex", "salex-explored")]
    said = in_words(found, "collaboration_rate", *both)
    assert f"in month 25 {both[0][25]:,.3g} in salex and {both[1][25]:,.3g} in salex-explored" in said
    assert "observed in salex: 17 of 22 (77 %)" in said
    one = next(chart for chart in charts(found) if chart.outcome == "collaboration_rate")
    assert (one.most, one.unit, one.observed[0].month) == (100.0, "%", 25)
    assert one.observed[0].value == pytest.approx(100 * 17 / 22)


@needs_module
def test_the_command_writes_a_file_of_its_own_and_overwrites_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    opened: list[str] = []

    def seen(address: str) -> bool:
        opened.append(address)
        return True

    monkeypatch.setattr("webbrowser.open", seen)
    words = ["explore", "salex", "--replicates", str(FEW)]
    for file in ("salex-levers.html", "salex-levers-2.html"):
        said = ask(*words)
        assert said.exit_code == 0, said.output
        assert f"Page: {file}" in said.output
        assert opened.pop() == (tmp_path / file).as_uri()
    taken = ask(*words, "--out", "salex-levers.html")
    assert taken.exit_code == 2
    assert "is there already, and is not written over" in " ".join(taken.output.split())
    silent = ask(*words, "--no-browser", "--port", "8765", "--out", "other.html")
    assert "--port does nothing" in silent.stderr
    assert not opened
    monkeypatch.setattr("webbrowser.open", lambda _address: False)
    assert "No browser could be opened here" in ask(*words, "--out", "third.html").stderr


def test_a_network_that_is_too_large_for_a_browser_has_a_report_without_levers(tmp_path: Path) -> None:
    run = tmp_path / "run"
    asked = ("--replicates", "2", "--fixed", "--no-figures", "--set", "network.members=301", "--out", str(run))
    assert ask("run", "salex", "--set", "closing.month=2", "--set", "closing.notice=1", *asked).exit_code == 0
    assert 'id="live"' not in (run / "report.html").read_text(encoding="utf-8")


@needs_module
def test_the_report_of_a_run_names_what_a_command_can_name(tmp_path: Path) -> None:
    run = tmp_path / "run"
    ask("compare", "salex", "salex: grants.per_call=1", "--replicates", "4", "--no-figures", "--out", str(run))
    before = (run / "report.html").read_bytes()
    given: dict[str, str] = {}
    openings: list[Opening] = []

    def kept(plans: list[Plan], opening: Opening, speaker: object, own: object) -> None:  # noqa: ARG001
        given.update({plan.scenario.name: plan.given for plan in plans})
        openings.append(opening)

    with pytest.MonkeyPatch.context() as there:
        there.setattr("results.exploring.run_page.live_part", kept)
        write_report(run)
    assert given["salex"] == "salex"
    assert given["salex-grants.per_call=1"] == ""
    assert (openings[0].plan, openings[0].baseline) == ("salex-grants.per_call=1", "salex")
    write_report(run)
    assert (run / "report.html").read_bytes() == before
    assert json.loads((run / "manifest.json").read_text())["finished"]


@needs_module
def test_a_report_has_levers_of_rules_of_ones_own_where_their_engine_was_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The shipped engine stands in for one that takes minutes to build; the page says which rules are in it."""
    file, run = tmp_path / "mine.py", tmp_path / "run"
    file.write_text("def load(unfunded, funded, funded_load):\n    return 2.0 * unfunded\n", encoding="utf-8")
    asked = ("--engine", "mesa", "--replicates", "2", "--fixed", "--no-figures", "--out", str(run))
    assert ask("compare", "salex", "salex: rules=" + str(file), *asked).exit_code == 0
    assert 'id="live"' not in (run / "report.html").read_text(encoding="utf-8")
    monkeypatch.setattr(own_engine, "own_engine", lambda _rules: ENGINE.module.read_bytes())
    write_report(run)
    text = (run / "report.html").read_text(encoding="utf-8")
    assert 'id="live"' in text
    assert re.search(r'id="live-rules">Rules of the model are replaced by those of mine.py in salex-rules=mine', text)
    (data,) = re.findall(r'id="legato-data">(.*?)</script>', text, re.DOTALL)
    mark = sha256(file.read_bytes()).hexdigest()[:12]
    assert list(json.loads(data)["parts"]["own"]) == [mark]
    (packed,) = re.findall(r'id="live-data">(.*?)</script>', text, re.DOTALL)
    plans = json.loads(gzip.decompress(b64decode(packed)))["engines"]["scenarios"]
    assert [plan["rules"] for plan in plans.values()] == ["", mark]


def test_two_that_differ_in_their_rules_alone_differ_and_their_command_names_the_file() -> None:
    salex = scenarios.load("salex", posterior=None)
    other = scenarios.replace(salex, {"name": "salex-mine"})
    asked = Asked(Variant(""), Variant("salex"), posterior=None, replicates=4)
    found = compare([simulation.run(one, replicates=4) for one in (salex, other)], "salex")
    both = Explored(asked, other, salex, (other, salex), ("salex-mine", "salex"), found, ("mine.py", ""), False)
    assert not both.changes
    assert both.differ
    assert both.decision is not None
    assert command(both)[2:4] == ["salex", "salex-mine.toml: rules=mine.py"]
    assert not replace(both, same_rules=True).differ
