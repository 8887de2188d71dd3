"""`legato portfolio`: a notebook asks as the command line does, the answer fits together, and what is wrong is said."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

import cli
from results.commands.json_schemas import BY_COMMAND
from results.commands.portfolio import Portfolio
from scenarios.files.faults import RequestError

SMALL = {"network.members": "8", "closing.month": "8", "closing.notice": "2", "closing.follow_up": "13"}
SET = [word for key, value in SMALL.items() for word in ("--set", f"{key}={value}")]
CHANGED = "champions: facilitation.convening_every=2"


def legato(*words: str) -> Result:
    return CliRunner().invoke(cli.main, ["portfolio", *words])


def test_it_gets_the_same_document_and_table_and_the_parts_fit(tmp_path: Path) -> None:
    there, here = tmp_path / "there", tmp_path / "here"
    found = Portfolio(
        ["salex", CHANGED], budget=900_000, levers="grants.per_call=0,2", settings=SMALL, replicates=4, final=6,
        out=here, figures=False,
    ).answer()  # fmt: skip
    words = ["salex", CHANGED, "--budget", "0.9m", "--lever", "grants.per_call=0,2", *SET, "--replicates", "4"]
    told = legato(*words, "--final", "6", "--no-figures", "--json", "--out", str(there))
    assert told.exit_code == 0, told.output
    document = json.loads(told.stdout)
    assert document == {**json.loads(json.dumps(found.document)), "run_folder": str(there)}
    jsonschema.Draft202012Validator(BY_COMMAND["portfolio"]).validate(document)
    for name in ("plans.parquet", "said.json"):
        assert (there / name).read_bytes() == (here / name).read_bytes()
    best, *others = document["splits"]
    assert best["best_less_this"] is None
    assert not best["over_budget"]
    for one in others:
        assert one["best_less_this"]["mean"] == pytest.approx(best["added"]["mean"] - one["added"]["mean"])
    whole = sum(one["cost"]["mean"] for one in document["cohorts_of_the_best"])
    assert whole == pytest.approx(best["cost"]["mean"])
    table = found.to_frame()
    unfunded = table[table["plan"] == -1]
    assert (unfunded["total_cost"] == 0).all()
    assert set(table["stage"]) == {"search", "choice", "report"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["salex", "--budget", "0"], "--budget"),
        (["salex", "--budget", "1e99"], "at most 1e+15"),
        (["salex", "--budget", "US$ 3m EUR"], "more than one currency"),
        (["salex", "--budget", "3m", "--outcome", "collaboration_rate"], "a share, and cannot be added up"),
        (["salex", "--budget", "3m", "--outcome", "total_cost"], "a cost, and cannot be added up"),
        (["salex", "--budget", "3m", "--outcome", "new_relationships"], "an average over members"),
        (["salex", "--budget", "3m", "--outcome", "survivng"], "surviving"),
        (["salex", "joint-learning-network", "--budget", "3m"], "'joint-learning-network' goes on"),
        (["salex", "--budget", "3m", "--cohorts", "2:1"], "'2:1'; allowed is a number of cohorts from 1 to 5"),
        (["salex", "--budget", "3m", "--cohorts", "0"], "'0'; allowed"),
        (["salex", "--budget", "3m", "--cohorts", "two"], "'two'; allowed"),
        (["salex", "salex", "--budget", "3m"], "salex"),
        (["salex", "--budget", "3m", "--lever", "behaviour.decay"], "nobody decides it"),
        (["salex", "--budget", "3m", "--set", "grants.per_call=2"], "both in --set and in --lever"),
        (["--budget", "3m"], "SCENARIOS"),
    ],
)
def test_what_is_wrong_is_said(words: list[str], said: str, tmp_path: Path) -> None:
    told = legato(*words, "--out", str(tmp_path / "run"))
    assert told.exit_code == 2, told.output
    assert said in " ".join(told.output.split())
    assert not (tmp_path / "run").exists()


def test_what_is_wrong_names_the_field() -> None:
    with pytest.raises(RequestError, match=re.escape("cannot be added up")) as refused:
        Portfolio("salex", budget=1e6, outcome="trust").answer()
    assert refused.value.field == "outcome"


def test_a_budget_that_would_do_is_not_called_too_small(tmp_path: Path) -> None:
    """Where nothing that is paid for adds anything, more money is no advice."""
    told = legato(
        "salex", "--budget", "9000000.5", "--lever", "grants.per_call=0,1", *SET, "--set", "behaviour.yes_base=-9",
        "--replicates", "2", "--final", "2", "--no-figures", "--out", str(tmp_path / "run"),
    )  # fmt: skip
    assert told.exit_code == 1, told.output
    words = " ".join(told.output.split())
    assert "nothing that keeps the budget of 9,000,000.5 USD adds anything" in words
    assert "raise --budget" not in words


def test_a_network_in_another_currency_is_converted_and_that_is_said(tmp_path: Path) -> None:
    euro = tmp_path / "euro.toml"
    euro.write_text('title="E"\nquestion="Q?"\nextends="salex"\n[costs]\ncurrency="EUR"\nrate=0.8\n', encoding="utf-8")
    told = legato(
        "salex", str(euro), "--budget", "3m USD", "--lever", "grants.per_call=0,2", *SET, "--replicates", "4",
        "--final", "6", "--no-figures", "--out", str(tmp_path / "run"),
    )  # fmt: skip
    assert told.exit_code == 0, told.output
    assert "euro, which is in EUR, is converted to USD at the rate of 1.25" in " ".join(told.output.split())
    assert "The budget of" not in told.output, "it is in the currency of the first"
    assert json.loads((tmp_path / "run" / "portfolio.json").read_text(encoding="utf-8"))["currency"] == "USD"
    told = legato(
        str(euro), "--budget", "3m USD", "--lever", "grants.per_call=0,2", *SET, "--replicates", "4", "--final", "6",
        "--no-figures", "--out", str(tmp_path / "other"),
    )  # fmt: skip
    assert "The budget of 3m USD is 2,400,000 EUR, at 0.8 EUR for one USD." in " ".join(told.output.split())


def test_a_budget_too_small_names_the_cheapest_and_keeps_the_folder(tmp_path: Path) -> None:
    told = legato(
        "salex", "--budget", "10", "--lever", "grants.per_call=0,2", *SET, "--replicates", "2", "--final", "2", "--out",
        str(tmp_path / "run"),
    )  # fmt: skip
    assert told.exit_code == 1
    assert "nothing keeps a budget of 10 USD" in " ".join(told.output.split())
    assert (tmp_path / "run" / "manifest.json").exists()
