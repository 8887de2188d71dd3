"""`legato exit` as a command: the same in a notebook, what is refused, and going on after an interruption."""

import csv
import json
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from click.testing import CliRunner, Result

import cli
from results.commands.exit import PlanExit
from results.commands.json_schemas import BY_COMMAND
from results.folders.notes import NOTES
from results.folders.parquet import columns_of, read_table
from scenarios.files.faults import FailedError, RequestError

SMALL = {"network.members": 8, "closing.month": 10, "closing.notice": 3, "closing.follow_up": 12}
PLAIN = {key: str(value) for key, value in SMALL.items()}
SET = [word for key, value in SMALL.items() for word in ("--set", f"{key}={value}")]
LEVERS = ["closing.notice=3,6", "closing.wind_down_months=0,3", "funder.taper=0,3", "closing.capstone=true"]
WORDS = ["exit", "salex", *SET, *(word for one in LEVERS for word in ("--lever", one)),
         "--replicates", "20", "--final", "20", "--decide-again", "6", "--fixed"]  # fmt: skip


def ask(*words: str) -> Result:
    return CliRunner().invoke(cli.main, list(words))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    there = tmp_path_factory.mktemp("exit") / "run"
    result = ask(*WORDS, "--json", "--out", str(there))
    assert result.exit_code == 0, result.output
    return there, result


def test_the_document_is_as_its_schema_says_and_a_notebook_has_the_same(made: tuple[Path, Result]) -> None:
    there, result = made
    document = json.loads(result.stdout)
    jsonschema.Draft202012Validator(BY_COMMAND["exit"]).validate(document)
    again = PlanExit(
        "salex",
        settings=PLAIN,
        levers=LEVERS,
        decide_again=6,
        replicates=20,
        final=20,
        out=there,
        figures=False,
        posterior=None,
    ).answer()
    assert {**again.document, "run_folder": ""} == {**document, "run_folder": ""}
    assert len(again.to_frame()) == document["plans"] + 2 * len(document["finalists"]) + (
        0 if any(one["plan"]["plan"] == 0 for one in document["finalists"]) else 2
    )
    assert "tell members in month" in " ".join(again.said.answer)


def test_figures_and_a_brief_with_a_title_of_its_own_are_there(made: tuple[Path, Result]) -> None:
    there, _ = made
    assert {"exits.svg", "exits.png", "elements.svg", "elements.png"} <= {
        one.name for one in (there / "figures").iterdir()
    }
    page = (there / "report.html").read_text(encoding="utf-8")
    assert "SALEX: how to leave" in page
    assert "No study" in page or "no study" in page


def test_an_interrupted_run_goes_on_with_what_it_has_and_comes_to_the_same(
    made: tuple[Path, Result], tmp_path: Path
) -> None:
    there, result = made
    half = tmp_path / "half"
    half.mkdir()
    manifest = json.loads((there / "manifest.json").read_text())
    (half / "manifest.json").write_text(json.dumps({**manifest, "finished": False}))
    lines = (there / NOTES).read_bytes().splitlines(keepends=True)
    (half / NOTES).write_bytes(b"".join(lines[: len(lines) // 2]) + b"torn")
    gone_on = ask(*WORDS, "--json", "--out", str(half))
    assert gone_on.exit_code == 0, gone_on.output
    assert {**json.loads(gone_on.stdout), "run_folder": ""} == {**json.loads(result.stdout), "run_folder": ""}
    for name in ("plans.parquet", NOTES, "exit.json"):
        assert (half / name).read_bytes() == (there / name).read_bytes()


@pytest.mark.parametrize(
    ("asked", "field", "words"),
    [
        (PlanExit("salex", settings={"closing.month": "never"}), "scenario", "--set closing.month="),
        (PlanExit("salex", month=30), "month", "closes in month 25"),
        (PlanExit("salex", decide_again=12, month=12), "decide_again", "allowed is 13 to 24"),
        (PlanExit("salex", decide_again=25), "decide_again", "allowed is 13 to 24"),
        (PlanExit("salex", levers="closing.notice=12", month=20), "levers", "said in month 19"),
        (PlanExit("salex", levers="closing.notice=12,3", month=15), "levers", "at most 9"),
        (PlanExit("salex", outcomes="legacy"), "outcomes", "legacy_rate"),
    ],
)
def test_what_cannot_be_asked_names_the_field(asked: PlanExit, field: str, words: str) -> None:
    with pytest.raises(RequestError) as refused:
        asked.answer()
    assert refused.value.field == field
    assert words in refused.value.text


def test_a_budget_of_nothing_is_refused_and_one_too_small_names_the_cheapest_plan(tmp_path: Path) -> None:
    nothing = ask("exit", "salex", "--budget", "0")
    assert nothing.exit_code == 2
    assert "above 0" in nothing.output
    small = PlanExit("salex", settings=PLAIN, levers=LEVERS, budget=10, replicates=20, final=20, out=tmp_path / "small",
                     posterior=None)  # fmt: skip
    with pytest.raises(FailedError, match=r"the cheapest costs .* raise --budget"):
        small.answer()


def test_a_network_as_it_stands_today_is_left_from_today_on(tmp_path: Path) -> None:
    """Plans begin after today, and the rest of the cost is all that is spent from then on."""
    home = tmp_path / "mine"
    assert ask("new", str(home)).exit_code == 0
    stand = ask("export", str(home / "mine.toml"), "--as", "state", "--month", "15", "--out", str(tmp_path / "state"))
    assert stand.exit_code == 0, stand.output
    held = ["--lever", "closing.notice=3,9", "--lever", "funder.taper=0", "--lever", "closing.wind_down_months=0,3"]
    result = ask(
        "exit", str(tmp_path / "state" / "mine-today.toml"), "--set", "closing.month=26", *held, "--replicates", "20",
        "--final", "20", "--json", "--no-figures", "--fixed", "--out", str(tmp_path / "run"),
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    assert document["month"] == 15
    assert {one["plan"]["told"] for one in document["finalists"]} <= {17, 20, 23}
    plans = columns_of(read_table(tmp_path / "run" / "plans.parquet"))
    so_far = np.asarray(plans["total_cost"]) - np.asarray(plans["rest"])
    with (tmp_path / "state" / "so_far.csv").open(encoding="utf-8") as file:
        (known,) = (float(row["value"]) for row in csv.DictReader(file) if row["outcome"] == "cost")
    assert so_far == pytest.approx(np.full(len(so_far), known))


def test_amounts_are_in_the_currency_of_the_scenario(tmp_path: Path) -> None:
    result = ask(*WORDS, "--set", "costs.currency=EUR", "--set", "costs.rate=0.9", "--budget", "US$ 10m",
                 "--out", str(tmp_path / "run"))  # fmt: skip
    assert result.exit_code == 0, result.output
    said = " ".join(result.output.split())
    assert "of 9,000,000 EUR that may be spent" in said
    note = "The budget of US$ 10m is 9,000,000 EUR, at 0.9 EUR for one USD."
    assert note in said
    assert "USD" not in said.replace(note, "")
