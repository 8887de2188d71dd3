"""What fills no run folder is asked from a notebook too: show, scenarios, new, export, verify, report."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import cli
import scenarios
from results.commands.explore import Explore
from results.commands.export import Export
from results.commands.new import New
from results.commands.report import Report
from results.commands.run import Run, RunAnswer
from results.commands.show import Library, Show, ShowAnswer
from results.commands.verify import Verify
from results.exploring.explored import Asked, Variant
from results.exploring.live_comparison import explore, scenarios_of
from results.exploring.provenance import command
from scenarios import ScenarioError
from scenarios.files.faults import RequestError
from tests.shared import ask

CHANGED = "salex: grants.per_call=2"
NAME = "salex-grants.per_call=2"
SMALL = {"network.members": "8", "closing.month": "8", "closing.notice": "2"}


def printed(*words: str) -> str:
    told = CliRunner().invoke(cli.main, list(words), env={"COLUMNS": "300"}, catch_exceptions=False)
    assert told.exit_code == 0, told.stderr
    return told.stdout


def as_json(document: Any) -> Any:
    return json.loads(json.dumps(document))


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> RunAnswer:
    out = tmp_path_factory.mktemp("ran") / "run"
    return Run(CHANGED, settings=SMALL, replicates=4, seed=9, out=out, figures=False).answer()


def test_the_library_is_shown() -> None:
    library = Library().answer()
    assert json.loads(printed("scenarios", "--json")) == as_json(library.document)
    assert [one["name"] for one in library.document["scenarios"]] == list(scenarios.names())
    assert "<table>" in library._repr_html_()


def test_values_are_shown_with_a_change_beside_the_name() -> None:
    shown = Show(CHANGED).answer()
    assert isinstance(shown, ShowAnswer)
    assert (shown.scenario.name, shown.scenario.grants.per_call) == (NAME, 2)
    assert json.loads(printed("show", CHANGED, "--json")) == as_json(shown.document)
    assert " ".join(str(shown).split()) == " ".join(printed("show", CHANGED).split())
    assert repr(shown).startswith(f"<ShowAnswer: {NAME}: ")
    assert f"Delta-ODD of '{NAME}'" in str(Show(CHANGED, odd=True).answer())


@pytest.mark.parametrize("more", [["--sources"], ["--odd"], []])
def test_a_terminal_prints_all_that_a_notebook_does(more: list[str]) -> None:
    shown = Show("sparc", sources="--sources" in more, odd="--odd" in more).answer()
    assert " ".join(str(shown).split()) == " ".join(printed("show", "sparc", *more).split())


def test_what_only_a_file_says_is_not_asked_of_a_scenario() -> None:
    with pytest.raises(RequestError, match="only a file says what it extends"):
        Show(scenarios.load("salex"), odd=True).answer()


def test_a_scenario_is_founded_and_run(tmp_path: Path) -> None:
    founded = New(tmp_path / "mine").answer()
    assert scenarios.load(founded.scenario).name == "mine"
    assert founded.document["files"] == ["members.csv", "mine.toml"]
    with pytest.raises(RequestError, match="ties are between members"):
        New(tmp_path / "other", ties="ties.csv").answer()
    with pytest.raises(ScenarioError, match="nothing is overwritten"):
        New(tmp_path / "mine").answer()


def test_a_network_is_exported_with_a_change_beside_the_name(tmp_path: Path) -> None:
    exported = Export(CHANGED, settings=SMALL, month=4, out=tmp_path / "here").answer()
    words = [word for key, value in SMALL.items() for word in ("--set", f"{key}={value}")]
    told = json.loads(printed("export", CHANGED, *words, "--month", "4", "--out", str(tmp_path / "there"), "--json"))
    assert [Path(file).name for file in told.pop("files")] == [file.name for file in exported.files]
    assert told == {key: value for key, value in as_json(exported.document).items() if key != "files"}
    assert exported.network is not None
    assert (told["scenario"], len(exported.network.members)) == (NAME, 8)
    for file in exported.files:
        assert file.read_bytes() == (tmp_path / "there" / file.name).read_bytes()


def test_a_run_is_exported_as_it_was_run(ran: RunAnswer, tmp_path: Path) -> None:
    exported = Export(ran.folder, out=tmp_path / "out").answer()
    assert (exported.document["scenario"], exported.document["seed"]) == (NAME, 9)
    for asked, field in (
        (Export(ran.folder, scenario="sparc"), "scenario"),
        (Export(ran.folder, settings=SMALL), "settings"),
        (Export(ran.folder, posterior=None), "posterior"),
        (Export(ran.folder, posterior="shipped"), "posterior"),
        (Export(ran.folder, month=900), "month"),
        (Export(ran.folder, out=tmp_path / "out"), "out"),
        (Export("salex", scenario="salex"), "scenario"),
    ):
        with pytest.raises(RequestError) as refused:
            asked.answer()
        assert refused.value.field == field


@pytest.mark.parametrize("typed", [["--posterior", "shipped"], ["--fixed"]])
def test_a_run_folder_has_its_own_posterior_also_where_the_usual_one_is_typed(
    ran: RunAnswer, tmp_path: Path, typed: list[str]
) -> None:
    words = ["export", str(ran.folder), "--out", str(tmp_path / "out")]
    refused = ask(*words, *typed)
    assert refused.exit_code == 2
    assert "has been run with the values it has" in refused.stderr
    assert not (tmp_path / "out").exists()
    assert ask(*words).exit_code == 0


def test_a_folder_is_verified_and_its_report_written_again(ran: RunAnswer) -> None:
    held = Verify(ran.folder, sample=2).answer()
    assert (held.is_good, held.verification.rows) == (True, 2)
    assert json.loads(printed("verify", str(ran.folder), "--sample", "2", "--json")) == as_json(held.document)
    before = ran.brief.read_bytes()
    ran.brief.unlink()
    assert Report(ran.folder).answer().brief.read_bytes() == before


def test_what_does_not_hold_leaves_with_1(ran: RunAnswer, tmp_path: Path) -> None:
    table = ran.folder / "outcomes" / f"{NAME}.parquet"
    whole = table.read_bytes()
    try:
        table.write_bytes(whole[:-1])
        assert not Verify(ran.folder).answer().is_good
        assert CliRunner().invoke(cli.main, ["verify", str(ran.folder)]).exit_code == 1
    finally:
        table.write_bytes(whole)
    assert CliRunner().invoke(cli.main, ["verify", str(tmp_path)]).exit_code == 2


def test_the_page_opens_with_a_change_beside_the_name() -> None:
    this, base = scenarios_of(Explore(CHANGED, baseline="salex", settings=("closing.month=20",)).asked())
    assert (this.name, this.grants.per_call, this.closing.month) == (NAME, 2, 20)
    assert (base.name, base.closing.month) == ("salex", 20)
    this, base = scenarios_of(Explore("sparc").asked())
    assert (this.name, base.name) == ("sparc-explored", "sparc")


def test_a_lever_that_is_moved_wins_over_a_change_beside_the_name() -> None:
    asked = Asked(
        Variant(CHANGED, (("grants.per_call", "4"),)), Variant(CHANGED), replicates=2,
        settings=("grants.per_call=1", "network.members=8"),
    )  # fmt: skip
    this, base = scenarios_of(asked)
    assert (this.grants.per_call, base.grants.per_call) == (4, 2)
    assert this.name == f"{NAME}-explored"
    line = command(explore(asked))
    assert line[:4] == ["legato", "compare", f"{NAME}.toml", f"{NAME}-explored.toml"]
    assert "--set" not in line, "what is set for both would undo the lever"
