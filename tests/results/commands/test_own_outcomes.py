"""Outcomes of one's own from the door to the end: tables, JSON, Parquet, sweeps, figures, and what verifies them."""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from matplotlib.text import Text
from pydantic import TypeAdapter

import results
from cli import main
from results.comparing.documents import RunDocument
from results.figures.comparing.own_courses import own_course_figures
from results.folders.inputs import outcomes_in
from scenarios import ScenarioError
from scenarios.files.faults import RefusedError
from simulation.outcomes import NAMES
from simulation.own_outcomes import loading
from simulation.own_outcomes.loading import UnnamedOutcomesError
from simulation.own_rules.described import arguments
from tests.simulation.own_outcomes.test_own_outcomes import SOME

OWN = ("strong_ties", "ties_there", "nobody", "most_at_once", "one_more", "strong_share", "nobody_each")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("own") / "strong.py"
    path.write_text(SOME, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def compared(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("compared") / "run"
    plans = ["salex", "salex: grants.per_call=0"]
    results.Compare(plans, settings=[f"outcomes={file}"], replicates=6, posterior=None, out=out, figures=False).answer()
    return out


def test_tables_and_json_have_them_with_intervals_within_their_scale(compared: Path) -> None:
    document = pd.read_json(compared / "comparison.json", typ="series")
    found = document["scenarios"]["salex"]
    assert list(found)[-len(OWN) :] == list(OWN)
    share = found["strong_share"]
    assert 0 <= share["low"] <= share["mean"] <= share["high"] <= 1
    assert found["nobody_each"]["mean"] is None
    differences = pd.read_parquet(compared / "differences.parquet")
    assert set(OWN) <= set(differences["outcome"])
    said = (compared / "said.json").read_text(encoding="utf-8")
    assert "Outcomes of one's own, counted as" in said
    assert "strong among all ties" in said
    outcomes = pd.read_parquet(compared / "outcomes" / "salex.parquet")
    assert list(outcomes.columns[-len(OWN) :]) == list(OWN)
    months = pd.read_parquet(compared / "months" / "salex.parquet")
    assert {"strong_ties", "most_at_once"} <= set(months["outcome"])
    assert not {"one_more", "strong_share"} & set(months["outcome"]), "said of a whole run"


def test_a_folder_is_read_without_running_them_and_verified_where_they_are_named(
    compared: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "_NAMED", set())
    assert outcomes_in(compared).own_names == OWN
    frame = results.open_run(compared).frames()["outcomes"]
    assert frame.attrs["columns"]["strong_ties"]["unit"] == "ties"
    with pytest.raises(UnnamedOutcomesError, match="--outcomes FILE"):
        results.Verify(compared, sample=2).answer()
    kept = compared / "inputs" / "salex-outcomes.py"
    assert kept.read_text(encoding="utf-8").startswith("# outcomes: strong.py\n")
    answer = results.Verify(compared, sample=3, outcomes_file=kept).answer()
    assert not answer.verification.faults
    other = file.with_name("other.py")
    other.write_text(SOME + "\n# not the same\n", encoding="utf-8")
    monkeypatch.setattr(loading, "_NAMED", set())
    with pytest.raises(UnnamedOutcomesError):
        results.Verify(compared, sample=2, outcomes_file=other).answer()


def test_a_sweep_has_their_columns_and_is_asked_for_them(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = results.Sweep(
        "salex", settings=[f"outcomes={file}"], vary=["grants.per_call=0:4:4"], outcomes=["strong_share"], replicates=4,
        posterior=None, out=tmp_path / "swept", figures=False,
    )  # fmt: skip
    answer = asked.answer()
    points = pd.read_parquet(tmp_path / "swept" / "points.parquet")
    runs = pd.read_parquet(tmp_path / "swept" / "outcomes")
    each = runs.groupby("point")[["strong_ties", "ties_there"]].sum()
    np.testing.assert_allclose(points["strong_share"], each["strong_ties"] / each["ties_there"], rtol=1e-12)
    assert ((points["strong_share_low"] >= 0) & (points["strong_share_high"] <= 1)).all()
    assert list(answer.responses) == ["strong_share"]
    with pytest.raises(RefusedError, match="no outcome is called 'strong_shares'; did you mean strong_share"):
        results.Sweep(
            "salex", settings=[f"outcomes={file}"], vary=["grants.per_call=0:4:4"], outcomes=["strong_shares"]
        ).answer()
    monkeypatch.setattr(loading, "_NAMED", set())
    with pytest.raises(UnnamedOutcomesError, match="--outcomes FILE"):
        results.Verify(tmp_path / "swept", sample=2).answer()
    assert not results.Verify(tmp_path / "swept", sample=2, outcomes_file=file).answer().verification.faults


def test_a_robust_search_is_judged_by_them_verified_and_made_again(file: Path, tmp_path: Path) -> None:
    settings = ["network.members=8", "closing.month=12", "closing.notice=2", "closing.follow_up=13"]
    answer = results.OptimiseOver(
        "salex", budget=900_000, levers=["grants.per_call=0:4:4"], over="funder",
        settings=[*settings, f"outcomes={file}"],
        bars=["strong_share>=30%", "strong_ties>=3"], outcomes=["strong_share"], trials=2, futures=4, search_futures=2,
        replicates=2, final=2, posterior=None, out=tmp_path / "run", figures=False,
    ).answer()  # fmt: skip
    assert answer.document["bars"] == ["strong_share>=0.3", "strong_ties>=3"]
    frames = results.open_run(tmp_path / "run").frames()
    assert "strong among all ties" in frames["candidates"].attrs["columns"]["strong_share.mean"]["meaning"]
    futures = frames["futures"]
    winner = futures[futures["candidate"] == answer.document["winner"]["candidate"]]
    scores = {(one["criterion"], one["outcome"]): one["value"] for one in answer.document["winner"]["scores"]}
    assert scores["mean", "strong_share"] == pytest.approx(winner["outcome.strong_share"].mean())
    met = (winner["outcome.strong_share"] >= 0.3) & (winner["outcome.strong_ties"] >= 3)
    assert scores["satisficing", None] == pytest.approx(met.mean())
    assert not results.Verify(tmp_path / "run", sample=40, outcomes_file=file).answer().verification.faults
    again = results.Reproduce(tmp_path / "run", out=tmp_path / "again", outcomes_file=file).answer()
    assert again.is_good
    with pytest.raises(RefusedError, match='"strong_shar" is not an outcome; did you mean strong_share'):
        results.OptimiseOver(
            "salex", budget=1e6, levers="grants.per_call", over="funder", settings=[f"outcomes={file}"],
            bars="strong_shar>=0.3",
        ).answer()  # fmt: skip


def test_plans_over_futures_are_judged_by_them_and_made_again(file: Path, tmp_path: Path) -> None:
    answer = results.CompareOver(
        ["salex", "salex: grants.per_call=0"], over="funder", futures=3, replicates=2, outcomes=["strong_share"],
        at_least=0.1, settings=[f"outcomes={file}"], posterior=None, out=tmp_path / "run", figures=False,
    ).answer()  # fmt: skip
    assert next(iter(answer.robustness)) == "strong_share"
    again = results.Reproduce(tmp_path / "run", out=tmp_path / "again", outcomes_file=file).answer()
    assert again.is_good


def test_members_are_introduced_for_what_it_adds_to_them(file: Path, tmp_path: Path) -> None:
    rows = [f"{name},{interest}" for name, interest in zip("ABCDEF", ["reading", "health"] * 3, strict=True)]
    (tmp_path / "members.csv").write_text("\n".join(["name,interests", *rows, ""]), encoding="utf-8")
    mine = tmp_path / "mine.toml"
    mine.write_text('extends = "salex"\n[members]\nfile = "members.csv"\n', encoding="utf-8")
    answer = results.Introduce(
        mine, top=2, outcome="strong_ties", month=6, replicates=20, settings=[f"outcomes={file}"], posterior=None,
        out=tmp_path / "run",
    ).answer()  # fmt: skip
    assert answer.document["outcome"] == "strong_ties"
    assert "strong ties" in str(answer)
    assert not results.Verify(tmp_path / "run", sample=40, outcomes_file=file).answer().verification.faults


def test_their_course_is_drawn_with_label_and_unit(file: Path) -> None:
    import simulation
    from scenarios import load

    found = simulation.run(load("salex", posterior=None), replicates=3, outcomes=file)
    first, second = own_course_figures({"salex": found}, "salex")
    texts = [text.get_text() for text in first.findobj(Text) if isinstance(text, Text)]
    assert any("Strong ties (ties)" in text for text in texts)
    assert {axes.get_label() for axes in (*first.axes, *second.axes)} >= {"strong_ties", "most_at_once"}


@pytest.mark.parametrize(
    "words",
    [
        "show salex", "members salex", "forecast salex --of evidence@20 --out x.json", "export salex --as graphml",
        "explore salex", "check evidence",
    ],
)  # fmt: skip
def test_commands_that_know_none_say_so(
    words: str, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(main, [*words.split(), "--outcomes", str(file)])
    assert told.exit_code == 2
    assert "shipped" in told.output
    assert "outcomes" in told.output


def test_scenarios_of_one_question_count_the_same(file: Path) -> None:
    with pytest.raises(ScenarioError, match="count different outcomes"):
        results.Compare(["salex", f"salex: outcomes={file}"]).answer()


def test_one_file_is_named(file: Path) -> None:
    told = CliRunner().invoke(main, ["run", "salex", "--outcomes", str(file), "--outcomes", str(file)])
    assert told.exit_code == 2
    assert "--outcomes is given 2 times" in told.output


def test_the_schema_takes_names_of_ones_own_and_no_other_text() -> None:
    schema = TypeAdapter(RunDocument).json_schema()["properties"]["outcomes"]["propertyNames"]
    shipped, own = schema["anyOf"]
    assert shipped["enum"] == list(NAMES)
    assert re.fullmatch(own["pattern"], "strong_ties")
    assert not re.fullmatch(own["pattern"], "Strong ties")


@pytest.mark.slow
def test_one_file_has_a_rule_and_an_outcome_and_is_named_for_both(tmp_path: Path) -> None:
    """Where nobody ever agrees there are no collaborations to count; by the reference, which compiles no engine."""
    path, out = tmp_path / "both.py", tmp_path / "run"
    path.write_text(
        f"from simulation import outcome, rules\n\n\ndef yes_chance({', '.join(arguments('yes_chance'))}):\n"
        "    return 0.0\n\n\n@outcome(label='most collaborations at once', scale='count')\n"
        "def most_at_once(state, before):\n    return max(before, len(state.collaborations.one))\n",
        encoding="utf-8",
    )
    words = [
        "--set", "network.members=8", "--set", "closing.month=12", "--replicates", "2", "--fixed", "--no-figures",
        "--outcomes", str(path),
    ]  # fmt: skip
    for given, none, kept in (([], False, "plain"), (["--rules", str(path)], True, "ruled")):
        done = CliRunner().invoke(
            main, ["run", "salex", *words, *given, "--engine", "mesa", "--out", str(out / kept), "--json"]
        )
        assert done.exit_code == 0, done.output
        assert (json.loads(done.stdout)["outcomes"]["most_at_once"]["mean"] == 0) == none
    inputs = out / "ruled" / "inputs"
    assert "yes_chance" in (inputs / "salex-rules.py").read_text(encoding="utf-8")
    assert "most_at_once" in (inputs / "salex-outcomes.py").read_text(encoding="utf-8")
    told = CliRunner().invoke(
        main, ["verify", str(out / "ruled"), "--sample", "2", "--rules", str(path), "--outcomes", str(path)]
    )
    assert told.exit_code == 0, told.output
