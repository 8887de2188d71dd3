"""`legato optimise --over`: robust plans from the command line and a notebook; what stops, what is wrong."""

import json
import re
import shutil
from pathlib import Path

import jsonschema
import pandas as pd
import pytest
from click.testing import CliRunner, Result

import cli
import scenarios
from results.commands.json_schemas import BY_COMMAND
from results.commands.optimise_over import OptimiseOver
from scenarios.files.faults import RequestError

SMALL = {"network.members": "8", "closing.month": "12", "closing.notice": "2", "closing.follow_up": "13"}
SET = [word for key, value in SMALL.items() for word in ("--set", f"{key}={value}")]
FEW = ["--trials", "6", "--futures", "12", "--search-futures", "4", "--replicates", "2", "--final", "3"]
LEVERS = ["--lever", "grants.per_call=0:4", "--lever", "facilitation.intensity=0:1"]
OVER = ["--over", "funder", "--bar", "collaboration_rate>=30%"]


def legato(*words: str) -> Result:
    return CliRunner().invoke(cli.main, ["optimise", "salex", *words])


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    run = tmp_path_factory.mktemp("robust") / "run"
    done = legato(*OVER, *LEVERS, *SET, *FEW, "--budget", "900k", "--out", str(run), "--json")
    assert done.exit_code == 0, done.output
    document = json.loads(done.stdout)
    jsonschema.Draft202012Validator(BY_COMMAND["optimise --over"]).validate(document)
    return run


def kept(run: Path) -> dict[str, bytes]:
    names = ("candidates.parquet", "futures.parquet", "optimise.json", "said.json", "notes.jsonl")
    return {name: (run / name).read_bytes() for name in names}


def test_interrupted_or_with_other_threads_it_ends_in_the_same_bytes(whole: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(whole, broken)
    lines = (whole / "notes.jsonl").read_bytes().splitlines(keepends=True)
    (broken / "notes.jsonl").write_bytes(b"".join(lines[: len(lines) // 2]) + b"torn")
    for name in kept(whole):
        if name != "notes.jsonl":
            (broken / name).unlink()
    again = legato(*OVER, *LEVERS, *SET, *FEW, "--budget", "900k", "--out", str(broken), "--workers", "1")
    assert again.exit_code == 0, again.output
    assert kept(broken) == kept(whole)


def test_its_folder_is_verified_and_made_again_and_a_changed_number_is_found(whole: Path, tmp_path: Path) -> None:
    checked = CliRunner().invoke(cli.main, ["verify", str(whole), "--sample", "100"])
    assert checked.exit_code == 0, checked.output
    made = CliRunner().invoke(cli.main, ["reproduce", str(whole), "--out", str(tmp_path / "again")])
    assert made.exit_code == 0, made.output
    wrong = tmp_path / "wrong"
    shutil.copytree(whole, wrong)
    table = pd.read_parquet(wrong / "candidates.parquet")
    table["collaboration_rate.mean"] += 0.01
    table.to_parquet(wrong / "candidates.parquet")
    found = CliRunner().invoke(cli.main, ["verify", str(wrong), "--sample", "40"])
    assert found.exit_code == 1, found.output


def test_the_document_says_what_the_table_of_futures_holds(whole: Path) -> None:
    """Scores of the winner, worked out again from its row for each future."""
    document = json.loads((whole / "optimise.json").read_text(encoding="utf-8"))
    table = pd.read_parquet(whole / "futures.parquet")
    winner = document["winner"]
    own = table[table["candidate"] == winner["candidate"]]["outcome.collaboration_rate"]
    scores = {one["criterion"]: one["value"] for one in winner["scores"]}
    assert scores["mean"] == pytest.approx(own.mean())
    assert scores["satisficing"] == pytest.approx((own >= 0.3).mean())
    assert scores["worst-tenth"] == pytest.approx(own.nsmallest(2).mean())
    assert scores["percentile"] == pytest.approx(own.quantile(0.1))
    inside = {one["candidate"] for one in document["finalists"]}
    wide = table[table["candidate"].isin(inside)].pivot_table(
        index="future", columns="candidate", values="outcome.collaboration_rate"
    )
    regret = (wide.max(axis=1) - wide[winner["candidate"]]).quantile(0.9)
    assert scores["regret"] == pytest.approx(regret)
    assert "funder.shift.month" in table.columns
    assert len(table) == 12 * table["candidate"].nunique()


def test_its_page_has_figures_that_say_what_they_show(whole: Path) -> None:
    page = (whole / "report.html").read_text(encoding="utf-8")
    for words in ("by every criterion of robustness", "What robustness costs on average", "as robust"):
        assert words in page
    assert {file.name for file in (whole / "figures").glob("*.svg")} == {"robust-paths.svg", "robust-mean.svg"}


def test_a_notebook_gets_the_same_document(whole: Path, tmp_path: Path) -> None:
    found = OptimiseOver(
        "salex", budget=900_000, levers=["grants.per_call=0:4", "facilitation.intensity=0:1"], over="funder",
        bars="collaboration_rate>=0.3", trials=6, futures=12, search_futures=4, replicates=2, final=3, settings=SMALL,
        out=tmp_path / "here", figures=False,
    ).answer()  # fmt: skip
    assert json.loads(json.dumps(found.document)) == json.loads((whole / "optimise.json").read_text(encoding="utf-8"))
    assert "<table>" in found._repr_html_()


def test_it_says_what_it_will_take_and_runs_nothing(tmp_path: Path) -> None:
    words = [*OVER, *LEVERS, *SET, *FEW, "--budget", "900k", "--plan", "--out", str(tmp_path / "none")]
    told = legato(*words, "--json")
    assert told.exit_code == 0, told.output
    document = json.loads(told.stdout)
    jsonschema.Draft202012Validator(BY_COMMAND["optimise --plan"]).validate(document)
    assert document["networks"] == {"pool": 32, "search": 56, "choice": 612, "report": 612}
    assert "Nothing was run" in legato(*words).output
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["--over", "funder", "--bar", "collaboration_rate>=60"],
            "did you mean 0.6",
        ),
        (["--over", "funder", "--bar", "colaboration_rate>=0.6"], "did you mean collaboration_rate"),
        (["--over", "funder", "--bar", "collaboration_rate=0.6"], "is no bar; write OUTCOME>=VALUE"),
        (["--over", "funder", "--bar", "collaboration_rate>=much"], "is no value of collaboration_rate"),
        (["--over", "funder", "--bar", "collaboration_rate>=0"], "every plan meets that"),
        (["--over", "funder", "--bar", "surviving>=5%"], "is no value of surviving"),
        (["--over", "funder", "--bar", "trust>=0.3", "--bar", "trust>=0.4"], "two bars on the same side"),
        (["--over", "funder", "--bar", "trust>=0.5", "--bar", "trust<=0.4"], "cannot both hold"),
        (["--over", "funder", "--bar", "total_cost<=1m GBP"], "GBP"),
        (["--over", "funder", "--robust", "satisficing"], "satisficing needs a bar"),
        (["--over", "funder", "--robust", "best"], "'best' is not one of"),
        (["--over", "funder", "--outcome", "survivals"], "did you mean survival"),
        (["--over", "funders"], "did you mean 'funder'"),
        (["--over", "posterior", "--fixed"], "parameters are fixed"),
        (["--over", "one.csv"], "one future only"),
        (["--over", "grants.toml"], "grants.per_call is both a lever and a part of the futures"),
        (["--over", "funder", "--worth", "survivor=60k"], "--worth belongs to a single future"),
        (["--bar", "collaboration_rate>=0.6"], "--bar belongs to --over"),
        (["--robust", "regret"], "--robust belongs to --over"),
        (["--plan"], "--plan belongs to --over"),
        (["--over", "funder", "--futures", "1"], "--futures: 1; allowed is a whole number from 2"),
    ],
)
def test_what_is_wrong_is_said(words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("one.csv").write_text("funder.shift.month\n9\n", encoding="utf-8")
    Path("grants.toml").write_text('[vary]\n"grants.per_call" = "0:4"\n', encoding="utf-8")
    told = legato(*words, *LEVERS, "--budget", "1m", "--out", "run")
    assert told.exit_code == 2, told.output
    assert said in " ".join(told.output.split())
    assert not Path("run").exists()


def test_a_budget_that_nothing_keeps_is_exit_code_1(tmp_path: Path) -> None:
    told = legato(*OVER, *LEVERS, *SET, *FEW, "--budget", "1000", "--no-figures", "--out", str(tmp_path / "run"))
    assert told.exit_code == 1, told.output
    assert re.search(r"the cheapest costs [\d,]+ USD on average over futures", " ".join(told.output.split()))


def test_a_bar_in_money_is_in_the_scenarios_currency() -> None:
    from results.robust_search.bars import read_bars

    plan = scenarios.replace(scenarios.load("salex"), {"costs.currency": "EUR", "costs.rate": 0.8})
    (bar,) = read_bars(["total_cost <= 1m USD"], plan)
    assert bar.value == pytest.approx(800_000)
    with pytest.raises(RequestError, match="satisficing needs a bar"):
        OptimiseOver("salex", budget=1, levers="grants.per_call", over="funder", robust="satisficing").answer()
