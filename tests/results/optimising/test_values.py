"""What outcomes are worth: the best in net value, where another plan overtakes it, and values that cannot be."""

import json
import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

import results
import scenarios
from cli import main
from results.commands.json_schemas import BY_COMMAND
from results.figures.optimising import value_strips
from results.figures.optimising.value_strips import value_figure
from results.optimising.final import Optimum, optimise
from results.optimising.objective import NET, Value
from results.optimising.turning import best_at, scaled_values, turning
from results.optimising.values import other_clocks, read_values
from results.optimising.words import answer, said_of
from results.words.table import Table
from scenarios import ScenarioError
from tests.known_optimum import INTENSITY, closed_form, question

GRANTS = "grants.per_call"
SALEX = scenarios.load("salex", posterior=None)


def apart(values: Mapping[str, Any]) -> float:
    return float(values[INTENSITY]) - float(values[GRANTS]) / 8


def surviving(values: Mapping[str, Any]) -> float:
    """10 of a full backbone, 2 of eight grants."""
    return max(10 * apart(values), -2 * apart(values))


def evidence(values: Mapping[str, Any]) -> float:
    """40 of eight grants, none of a backbone."""
    return max(0.0, -40 * apart(values))


def found(of_surviving: float, of_evidence: float, *, own: float = 0.05) -> Optimum:
    asked = question(
        1000.0, f"{INTENSITY}=0,0.5,1", f"{GRANTS}=0,4,8", outcomes=(NET,), trials=20, replicates=20, final=200,
        worths=(Value("surviving", of_surviving), Value("evidence", of_evidence)),
    )  # fmt: skip
    model = {"surviving": surviving, "evidence": evidence, "total_cost": lambda _: 10.0}
    return optimise(asked, closed_form(model, own=own, noise=1.0))


def test_thresholds_are_those_of_the_closed_form() -> None:
    """10 v > 2 v + 40 w is v > 5 w: at v = 10, w = 1 another plan wins below v = 5, and above w = 2."""
    optimum = found(10.0, 1.0)
    assert (optimum.winner.report.values[INTENSITY], optimum.winner.report.values[GRANTS]) == (1.0, 0)
    turns = {(one.outcome, one.side): one for one in turning(optimum).turns}
    assert turns.keys() == {("surviving", "below"), ("evidence", "above")}
    for turn, truth in ((turns["surviving", "below"], 5.0), (turns["evidence", "above"], 2.0)):
        # A mean of 200 differences is off by 0.005; a price of 5 by some 0.03 of it.
        assert turn.at == pytest.approx(truth, rel=0.01)
        assert turn.low < truth < turn.high
        assert turn.rival.report.values[GRANTS] == 8
    assert best_at(optimum, scaled_values(optimum, "surviving", 0.4)).best.report.values[GRANTS] == 8
    assert best_at(optimum, scaled_values(optimum, "surviving", 0.6)).best.report.values[GRANTS] == 0
    said = " ".join(answer(optimum))
    assert "Net value is what the outcomes are said to be worth (10.0 USD for each of the collaborations" in said
    assert "less the whole cost, so money that is not spent counts as itself" in said
    assert "below 5.0" in said
    assert "above 2.0" in said or "above 1.99" in said


def test_the_picture_shows_where_another_plan_takes_over() -> None:
    """Against 1 for a piece of evidence 10 for a survivor turn at 5, one doubling below; 2 is one doubling above."""
    figure = value_figure(found(10.0, 1.0))
    strips = [axes for axes in figure.axes if axes.get_label() in ("surviving", "evidence")]
    assert len(strips) == 2
    for axes, turn in zip(strips, (-1.0, 1.0), strict=True):
        boxes = [patch.get_path().transformed(patch.get_patch_transform()).get_extents() for patch in axes.patches]
        edges = {round(float(end), 2) for box in boxes for end in box.intervalx}
        assert min(abs(edge - turn) for edge in edges) < 0.05
        assert min(edges) == -3.0
        assert max(edges) == 3.0


def words_of(optimum: Optimum) -> str:
    """What is written in the figure, without its breaks."""
    return " ".join(text.get_text() for axes in value_figure(optimum).axes for text in axes.texts)


def test_the_picture_explains_its_lines_only_where_there_are_any(monkeypatch: pytest.MonkeyPatch) -> None:
    optimum = found(10.0, 1.0)
    assert "Black lines: 95 % intervals of where another kind of plan overtakes the best use." in words_of(optimum)
    both = turning(optimum)
    endless = tuple(replace(one, low=-math.inf, high=math.inf) for one in both.turns)
    for turns, wanted, unwanted in (
        (endless, "is drawn: none has an end", "Black lines"),
        ((both.turns[0], endless[1]), "One that has no end is not drawn.", "none has an end"),
        ((), "Each strip", "95 % interval"),
    ):
        monkeypatch.setattr(value_strips, "turning", lambda _, turns=turns: replace(both, turns=turns))
        words = words_of(optimum)
        assert wanted in words
        assert unwanted not in words


def test_a_plan_named_by_its_kind_says_that_the_ranges_are_the_kind_s() -> None:
    optimum = found(10.0, 1.0)
    (line,) = [one for one in answer(optimum) if "turns on what each of the collaborations" in one]
    assert "(of the kind " in line
    assert "best: of the kind " in words_of(optimum)


def test_a_budget_in_another_currency_says_how_it_was_converted(tmp_path: Path) -> None:
    euro = ("--set", "costs.currency=EUR", "--set", "costs.rate=0.9", "--out", str(tmp_path / "run"))
    done = ask(*euro, "--budget", "2m USD")
    assert done.exit_code == 0, done.output
    said = " ".join(done.output.split())
    assert (
        "budget was given as 2m USD, which is 1,800,000 EUR at 0.9 EUR for one USD, the scenario's costs.rate" in said
    )


def test_the_net_value_is_worth_less_cost_and_the_other_values_win_the_other_way() -> None:
    optimum = found(10.0, 5.0, own=0.001)
    assert optimum.winner.report.values[GRANTS] == 8
    assert optimum.winner.report.mean(NET) == pytest.approx(2 * 10 + 40 * 5 - 10, abs=1.0)
    assert {(one.outcome, one.side) for one in turning(optimum).turns} == {
        ("surviving", "above"),
        ("evidence", "below"),
    }
    (table,) = [one for one in said_of(optimum).body if isinstance(one, Table) and "if a value were" in one.title]
    assert len(table.rows) == 2


def test_where_no_value_changes_the_best_it_is_said() -> None:
    asked = question(
        1000.0, f"{INTENSITY}=0,0.5,1", outcomes=(NET,), trials=9, replicates=5, final=20,
        worths=(Value("surviving", 3.0),),
    )  # fmt: skip
    model = closed_form({"surviving": lambda values: values[INTENSITY], "total_cost": lambda _: 1.0}, own=0.001)
    said = " ".join(answer(optimise(asked, model)))
    assert "Whatever each of the collaborations that survive a year is worth, no plan of another kind" in said


def test_a_best_use_that_is_worth_less_than_it_costs_is_said_so() -> None:
    asked = question(
        1e9, f"{INTENSITY}=0,0.5,1", outcomes=(NET,), trials=9, replicates=5, final=20,
        worths=(Value("surviving", 1.0),),
    )  # fmt: skip
    model = closed_form({"surviving": lambda _: 1.0, "total_cost": lambda values: 100 + values[INTENSITY]}, own=0.001)
    optimum = optimise(asked, model)
    assert optimum.winner.report.values[INTENSITY] == 0
    assert any("even the best use costs clearly more than it is worth" in one for one in answer(optimum))


def test_amounts_are_read_as_people_write_them_and_shares_are_worth_a_percentage_point() -> None:
    read = read_values(["surviving=20,000", "collaboration_rate = 1.5k", "evidence=USD 300", "month=50"], SALEX)
    assert read == (
        Value("surviving", 20_000),
        Value("collaboration_rate", 1500),
        Value("evidence_in_all", 300),
        Value("collaboration_months", 50),
    )
    assert read[1].per_unit == 150_000, "all members are a hundred percentage points"
    assert read_values({"surviving": 20_000, "evidence": "0.3k"}, SALEX)[1] == Value("evidence_in_all", 300)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (["surviving"], "surviving has no amount; write WHAT=AMOUNT"),
        (["surviving="], "surviving has no amount"),
        (["survivng=5"], "did you mean surviv"),
        (["=5"], "an empty text is not an outcome"),
        (["surviving=0"], "allowed is an amount above 0"),
        (["surviving=-5"], "allowed is an amount above 0"),
        (["surviving=nan"], "allowed is an amount above 0"),
        (["surviving=$5 €"], "more than one currency"),
        (["surviving=5 EUR"], "EUR"),
        (["surviving=many"], "surviving: "),
        (["survivor=5", "surviving=6"], "worth something twice"),
        (["total_cost=1"], "total_cost is a cost: what the funder spends in the whole run is counted"),
        (["members_cost=1"], "no other cost is"),
        (["survival=5"], "give the number a value instead: surviving"),
        (["cost_per_surviving=5"], "is a cost"),
        (["trust=5"], "a scale without a unit"),
        (["modularity_topic=5"], "a scale without a unit"),
        (["evidence=5", "evidence_in_all=5"], "evidence_in_all is worth something twice"),
        (["survivr=5"], "did you mean survivor?"),
        (["formed_in_all=5", "collaborations_formed=5"], "count the same until different months"),
        ({"surviving": -1.0}, "allowed is an amount above 0"),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_clear_words(given: Any, message: str) -> None:
    with pytest.raises(ScenarioError, match="--worth cannot be used") as refused:
        read_values(given, SALEX)
    assert message in str(refused.value)


def test_what_is_counted_to_another_month_than_the_cost_is_said() -> None:
    worths = read_values({"collaborations_formed": 5, "survivor": 5, "month": 1}, SALEX)
    assert other_clocks(worths) == {"collaborations_formed": "formed_in_all"}


def test_everything_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(ScenarioError) as refused:
        read_values(["total_cost=1", "survivng=2", "trust=3"], SALEX)
    assert str(refused.value).count("\n") == 3


def ask(*words: str) -> Result:
    lever = ["--lever", f"{INTENSITY}=0:1", "--lever", f"{GRANTS}=0:8", "--fixed", "--no-figures"]
    small = ["--trials", "14", "--replicates", "3", "--final", "5"]
    return CliRunner().invoke(main, ["optimise", "salex", "--budget", "2m", *lever, *small, *words])


def test_the_command_answers_in_net_value_and_its_folder_is_verified(tmp_path: Path) -> None:
    there = tmp_path / "run"
    words = ["--worth", "surviving=100k", "--worth", "collaboration_rate=2,000", "--out", str(there)]
    done = ask(*words, "--json")
    assert done.exit_code == 0, done.output
    document = json.loads(done.stdout)
    jsonschema.Draft202012Validator(BY_COMMAND["optimise"]).validate(document)
    assert document["worth"] == {"surviving": 100_000, "collaboration_rate": 2000}
    winner = document["winner"]
    worth = (
        100_000 * winner["outcomes"]["surviving"]["mean"] + 200_000 * winner["outcomes"]["collaboration_rate"]["mean"]
    )
    assert winner["net_value"]["mean"] == pytest.approx(worth - winner["cost"]["mean"])
    assert CliRunner().invoke(main, ["verify", str(there), "--all"]).exit_code == 0
    again = ask(*words)
    assert again.exit_code == 0
    assert "Net value (k USD)" in " ".join(again.stdout.split())
    assert json.loads((there / "optimise.json").read_text(encoding="utf-8"))["winner"] == winner


def test_values_and_outcomes_exclude_each_other_and_a_budget_of_nothing_is_refused(tmp_path: Path) -> None:
    done = ask("--worth", "surviving=5", "--outcome", "evidence", "--out", str(tmp_path / "a"))
    assert done.exit_code == 2
    assert "what is best is then the net value; leave --outcome out" in done.stderr
    done = ask("--worth", "surviving=5", "--budget", "0", "--out", str(tmp_path / "b"))
    assert done.exit_code == 2
    assert "allowed is a number above 0" in done.stderr
    asked = results.Optimise("salex", budget=1, levers=GRANTS, worth={"surviving": 5}, outcomes="evidence")
    with pytest.raises(ValueError, match="then the net value"):
        asked.answer()
