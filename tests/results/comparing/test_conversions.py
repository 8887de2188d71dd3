"""Amounts in another currency: what was converted is said with its rate, its year and whose rate it is; JSON has it."""

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

import cli
import scenarios
from results.commands.json_schemas import BY_COMMAND
from results.comparing.conversions import Conversion, conversions, conversions_of

SMALL = ["--set", "network.members=8", "--set", "closing.month=12", "--set", "closing.notice=2"]
EURO = ["--set", "costs.currency=EUR", "--set", "costs.rate=0.8", "--set", "costs.price_year=2025"]


def document(command: str, *words: str) -> tuple[dict[str, object], str]:
    told = CliRunner().invoke(cli.main, [*words, *SMALL, *EURO, "--json", "--no-figures"])
    assert told.exit_code == 0, told.output
    found = json.loads(told.stdout)
    jsonschema.Draft202012Validator(BY_COMMAND[command]).validate(found)
    return found, " ".join((Path(found["run_folder"]) / "said.json").read_text(encoding="utf-8").split())


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("compare", ["compare", "salex", "abrupt-closing", "--replicates", "6"]),
        (
            "optimise",
            ["optimise", "salex", "--budget=2m", "--lever=grants.per_call=0,2", "--replicates=4", "--final=6"],
        ),
    ],
)  # fmt: skip
def test_a_worth_in_dollars_of_a_scenario_in_euros_says_how_it_was_converted(
    command: str, words: list[str], tmp_path: Path
) -> None:
    found, said = document(command, *words, "--worth", "survivor=US$60k", "--out", str(tmp_path / "run"))
    assert found["converted"] == [
        {
            "what": "survivor", "written": "US$60k", "amount": 48_000.0, "currency": "EUR", "rate": 0.8,
            "rate_from": "costs.rate", "price_year": 2025,
        }
    ]  # fmt: skip
    for one in ("survivor was given as US$60k", "48,000 EUR at 0.8 EUR for one USD", "costs.rate", "of 2025"):
        assert one in said
    made = CliRunner().invoke(cli.main, ["reproduce", str(tmp_path / "run"), "--out", str(tmp_path / "again")])
    assert made.exit_code == 0, made.output
    plain, said = document(command, *words, "--worth", "survivor=60k", "--out", str(tmp_path / "plain"))
    assert "converted" not in plain
    assert "was given as" not in said


def test_what_is_in_the_scenarios_currency_is_not_converted() -> None:
    salex = scenarios.load("salex")
    euro = scenarios.replace(salex, {"costs.currency": "EUR", "costs.rate": 0.8})
    assert conversions(["survivor=60k", "month=EUR 3k", "evidence=5k CHF", "translation=much"], euro) == ()
    assert conversions({"survivor": "60k USD"}, salex) == ()
    (found,) = conversions({"survivor": "60k USD"}, euro)
    assert found == Conversion("survivor", "60k USD", 48_000.0, "EUR", 0.8, "costs.rate", 2024)
    assert conversions_of([found.document()]) == (found,)
