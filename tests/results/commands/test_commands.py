"""What a notebook asks and gets: the same answer as the command line, shown, printed, and as data frames."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
import scenarios
from results.commands.compare import Compare, CompareAnswer
from results.commands.run import Run
from scenarios import ScenarioError
from scenarios.files.faults import RequestError


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> CompareAnswer:
    out = tmp_path_factory.mktemp("compared") / "run"
    return Compare(["salex", "salex: grants.per_call=2"], replicates=20, out=out, figures=False).answer()


def test_a_notebook_gets_what_the_command_line_says(compared: CompareAnswer, tmp_path: Path) -> None:
    asked = ["compare", "salex", "salex: grants.per_call=2", "--replicates", "20", "--no-figures", "--json"]
    printed = CliRunner().invoke(cli.main, [*asked, "--out", str(tmp_path / "run")])
    document = json.loads(printed.stdout)
    assert document.pop("run_folder") == str(tmp_path / "run")
    assert document == json.loads(json.dumps(compared.document))
    for name in ("differences.parquet", "said.json", "outcomes/salex.parquet"):
        assert (tmp_path / "run" / name).read_bytes() == (compared.folder / name).read_bytes()


def test_an_answer_prints_shows_itself_and_gives_frames(compared: CompareAnswer) -> None:
    text, line, page = str(compared), repr(compared), compared._repr_html_().replace("\xa0", " ")
    assert compared.said.answer[0].split()[0] in text
    assert str(compared.brief) in text
    assert len(line.splitlines()) == 1
    assert "<table>" in page
    assert compared.said.answer[0] in page.replace("\N{NO-BREAK SPACE}%", " %")
    assert compared.to_frame()["mean"].tolist() == [one.mean for one in compared.comparison.differences]
    assert set(compared.tables) >= {"differences", "outcomes/salex", "months/salex"}
    assert len(compared.to_frame("outcomes/salex")) == 20
    with pytest.raises(KeyError, match="there are acceptability, differences"):
        compared.to_frame("nothing")


def test_a_change_beside_a_name_is_of_that_scenario_alone_and_names_it(compared: CompareAnswer) -> None:
    salex, changed = (one.scenario for one in compared.ensembles)
    assert (salex.name, changed.name) == ("salex", "salex-grants.per_call=2")
    assert (salex.grants.per_call, changed.grants.per_call) == (scenarios.load("salex").grants.per_call, 2)
    assert "salex-grants.per_call=2" in str(compared)


def test_its_own_change_wins_over_that_of_all() -> None:
    from results.comparing.choosing_scenarios import choose

    first, second = choose(
        ["salex", "salex: grants.per_call=2, closing.month = 20"], ["grants.per_call=3", "closing.notice=2"], None
    )
    assert (first.grants.per_call, first.closing.notice) == (3, 2)
    assert (second.grants.per_call, second.closing.month, second.closing.notice) == (2, 20, 2)
    assert second.name == "salex-grants.per_call=2-closing.month=20"


def test_a_scenario_that_was_made_can_be_compared_and_changed() -> None:
    from results.comparing.choosing_scenarios import choose

    mine = scenarios.replace(scenarios.load("salex"), {"name": "mine", "members.need": 0.5})
    (chosen,) = choose([mine], {"grants.per_call": "2"}, None)
    assert (chosen.name, chosen.members.need, chosen.grants.per_call) == ("mine", 0.5, 2)


def test_what_is_wrong_is_said_before_anything_is_begun(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="two scenarios or more, found 1"):
        Compare(["salex"], out=tmp_path / "a").answer()
    with pytest.raises(RequestError, match=r"'collaboration_rat'.*collaboration_rate"):
        Run("salex", watched="collaboration_rat", out=tmp_path / "a").answer()
    with pytest.raises(ScenarioError, match=r"did you mean grants\.per_call"):
        Run("salex: grants.per_cal=2", out=tmp_path / "a").answer()
    assert not (tmp_path / "a").exists()
