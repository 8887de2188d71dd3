"""The best use of a budget: a known optimum is found, luck flatters nobody, and what cannot be told apart is said."""

import json
import re
import shutil
import sys
from collections.abc import Mapping, Sequence
from math import sqrt
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from click.testing import CliRunner, Result
from scipy.special import stdtrit

import scenarios
from cli import main
from results.commands.json_schemas import BY_COMMAND
from results.estimates.parameter_uncertainty import Values
from results.optimising.final import optimise
from results.optimising.search import Luck, NothingFeasibleError, read_levers
from results.optimising.words import answer
from tests.known_optimum import INTENSITY, double, question


def test_the_known_optimum_of_a_split_is_found() -> None:
    """x^a y^b under 3x + y <= 1 has its optimum at x = a / (3 (a + b)), y = b / (a + b)."""
    a, b = 0.3, 0.6

    def worth(values: Mapping[str, Any]) -> float:
        return float((values[INTENSITY] + 1e-9) ** a * (values["closing.wind_down"] + 1e-9) ** b)

    def price(values: Mapping[str, Any]) -> float:
        return float(3 * values[INTENSITY] + values["closing.wind_down"])

    asked = question(1.0, f"{INTENSITY}=0:1", "closing.wind_down=0:1", trials=200, replicates=50, final=200)
    found = optimise(asked, double(worth, price, noise=0.1, own=0.001)).winner
    best = (a / 3 / (a + b)) ** a * (b / (a + b)) ** b
    # Within 2 % of the best value; the plain middle of the budget, x = 1/6 and y = 1/2, is 5 % below it at least.
    assert worth(found.searched.values) == pytest.approx(best, rel=0.02)
    assert price(found.searched.values) <= 1.0


def test_a_plan_that_has_a_word_for_a_lever_is_drawn_without_its_mark() -> None:
    from results.figures.optimising.optimum import levers_figure  # drawing takes a second to import

    def month(values: Mapping[str, Any]) -> float:
        return 0.01 * values["funder.exit"] if values["funder.exit"] != "never" else 0.5

    asked = question(1.0, "funder.exit=7:25", f"{INTENSITY}=0:1", trials=12, replicates=4, final=4)
    figure = levers_figure(optimise(asked, double(month, month, noise=0.0, own=0.0)))
    panels = [axes for axes in figure.axes if axes.lines]
    squares = [sum(line.get_marker() == "s" for line in axes.lines) for axes in panels]
    assert squares == [0, 1]


@pytest.mark.parametrize(("levers", "tried"), [((f"{INTENSITY}=0:1",), 20), ((f"{INTENSITY}=0:0.5",), 21)])
def test_the_plan_is_one_candidate_and_one_finalist(levers: tuple[str, ...], tried: int) -> None:
    """It is among what may be chosen, and so no further candidate; or it is not, and is tried besides."""
    asked = question(10.0, *levers, trials=20, replicates=5, final=5)
    found = optimise(asked, double(lambda values: 1 - abs(values[INTENSITY] - 0.6), lambda _: 1.0, own=1e-6))
    for candidates in (found.candidates, [one.report for one in found.finalists]):
        values = [one.values[INTENSITY] for one in candidates]
        assert len(set(values)) == len(values)
    assert len(found.candidates) == tried


@pytest.mark.slow
def test_the_front_of_a_known_trade_off_is_found() -> None:
    """Worth is the lever's root, cost the lever: all of the lever's range up to the budget is on the front."""
    asked = question(
        0.5, f"{INTENSITY}=0:1", "closing.wind_down=0:1", outcomes=("collaboration_rate", "total_cost"), trials=150,
        replicates=20, final=20,
    )  # fmt: skip

    def price(values: Mapping[str, Any]) -> float:
        return float(values[INTENSITY] + values["closing.wind_down"])  # winding down costs, and is worth nothing

    found = optimise(asked, double(lambda values: sqrt(values[INTENSITY]), price))
    front = [(one.report.mean("collaboration_rate"), one.report.cost) for one in found.front]
    assert len(front) > 4
    assert front == sorted(front), "more of the one costs more of the other"
    # A point of the true front has cost = worth^2; the search may leave a tenth of the range on the useless lever.
    assert all(worth**2 <= cost + 1e-9 <= worth**2 + 0.1 for worth, cost in front)
    assert front[-1][1] > 0.4


def test_where_nothing_matters_most_finalists_cannot_be_told_from_the_winner() -> None:
    asked = question(10.0, f"{INTENSITY}=0:1", "closing.wind_down=0:1", trials=60, replicates=40, final=200)
    found = optimise(asked, double(lambda _: 0.5, lambda _: 1.0, own=0.1))
    # All are alike; at a time in 95 of 100 series none is told apart, and hardly ever more than two.
    assert len(found.alike) >= len(found.finalists) - 2


def test_leads_over_all_finalists_hold_at_a_time_with_few_networks() -> None:
    """Noise alone, 4 networks in the report: the lead over each of 12 reaches Student's quantile of 0.025 / 12.

    From a normal quantile widened it would be 4.5 standard errors, and hold for all in some 70 of 100 series.
    """
    asked = question(10.0, f"{INTENSITY}=0:1", "closing.wind_down=0:1", trials=40, replicates=20, final=4)
    found = optimise(asked, double(lambda _: 0.5, lambda _: 1.0, own=0.1))
    others = [one for one in found.finalists if one.differences]
    for one in others:
        (lead,) = one.differences
        mine, theirs = (some.report.ensemble["collaboration_rate"] for some in (found.winner, one))  # type: ignore[index]
        error = np.std(mine - theirs, ddof=1) / 2
        assert (lead.high - lead.low) / 2 == pytest.approx(stdtrit(3, 1 - 0.025 / len(others)) * error, rel=1e-9)
    assert stdtrit(3, 1 - 0.025 / len(others)) > 6


def test_where_a_lever_matters_much_few_finalists_are_like_the_winner() -> None:
    asked = question(10.0, f"{INTENSITY}=0:1:0.1", trials=60, replicates=40, final=200)
    found = optimise(asked, double(lambda values: values[INTENSITY], lambda _: 1.0, own=0.1))
    # A step is worth 0.1, which is ten standard errors of a difference (0.1 x sqrt(2 / 200)).
    assert [one.number for one in found.alike] == [found.winner.number]
    assert found.winner.report.values[INTENSITY] == 1.0


@pytest.mark.slow
@pytest.mark.parametrize("searches", [5, pytest.param(20, marks=pytest.mark.slow)])
def test_the_value_reported_is_not_flattered_by_the_choice(searches: int) -> None:
    """With noise alone every candidate is worth 0; the best of 60 on the search's luck looks 2.3 errors better.

    Mean of the maximum of 60 standard normals: 2.3 (Tippett's table), so 20 searches tell a reported value that is
    as flattered from one that is not by 10 standard errors, and 5 searches by 5.
    """
    searched, reported = [], []
    for seed in range(searches):
        asked = question(10.0, f"{INTENSITY}=0:1", trials=60, replicates=25, final=25, seed=seed)
        found = optimise(asked, double(lambda _: 0.0, lambda _: 1.0, own=1.0))
        searched.append(found.optimism)
        reported.append(found.winner.report.mean("collaboration_rate"))
    error = 1 / sqrt(25)
    assert abs(np.mean(reported)) < 4 * error / sqrt(searches)
    assert np.mean(searched) > 4 * error / sqrt(searches), "else the test has no power"


def test_a_budget_that_nothing_keeps_is_told_with_the_cheapest() -> None:
    asked = question(0.5, f"{INTENSITY}=0:1", trials=20, replicates=5, final=5)
    with pytest.raises(NothingFeasibleError, match=r"nothing keeps a budget of 0 USD.*cheapest costs 1 USD"):
        optimise(asked, double(lambda _: 0.0, lambda values: 1.0 + values[INTENSITY]))


def test_candidates_that_cannot_be_run_are_kept_with_their_error_and_never_win() -> None:
    good = double(lambda values: values[INTENSITY], lambda _: 1.0)

    def evaluate(wanted: Sequence[Mapping[str, Any]], luck: Luck) -> list[Values | str]:
        results = good(wanted, luck)
        return ["contradiction" if one[INTENSITY] > 0.7 else r for one, r in zip(wanted, results, strict=True)]

    found = optimise(question(10.0, f"{INTENSITY}=0:1", trials=80, replicates=5, final=5), evaluate)
    assert {one.error for one in found.candidates if one.values[INTENSITY] > 0.7} == {"contradiction"}
    assert 0.65 <= found.winner.report.values[INTENSITY] <= 0.7


@pytest.mark.parametrize(
    ("lever", "message"),
    [
        ("behaviour.decay", "is an uncertainty: nobody decides it"),
        ("facilitation.intensty", "did you mean facilitation.intensity?"),
        ("scenario=salex,sparc", "scenario is no lever"),
    ],
)
def test_what_is_no_lever_is_refused(lever: str, message: str) -> None:
    with pytest.raises(scenarios.ScenarioError, match=r"--lever") as refused:
        read_levers([lever])
    assert message in str(refused.value)


LEVERS = ("--lever", f"{INTENSITY}=0:1", "--lever", "grants.per_call=0:8")
SMALL = ("--trials", "25", "--replicates", "4", "--final", "6", "--seed", "3", "--no-figures")


def ask(*words: str) -> Result:
    return CliRunner().invoke(main, ["optimise", "salex", *words])


def kept(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in ("optimise.json", "candidates.parquet", "said.json")}


@pytest.mark.slow
@pytest.mark.parametrize(
    "best",
    [
        (),
        ("--worth", "survivor=60k", "--worth", "evidence=5k", "--kinds-by", INTENSITY),
        tuple(f"--outcome={one}" for one in ("evidence", "surviving", "total_cost")),
    ],
)
def test_interrupted_or_with_other_threads_it_ends_in_the_same_bytes(best: tuple[str, ...], tmp_path: Path) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    done = ask(*LEVERS, *SMALL, *best, "--budget", "1e6", "--out", str(whole), "--json")
    assert done.exit_code == 0, done.output
    document = json.loads(done.stdout)
    jsonschema.Draft202012Validator(BY_COMMAND["optimise"]).validate(document)
    assert document["winner"]["like_the_winner"]
    shutil.copytree(whole, broken)
    lines = (whole / "notes.jsonl").read_bytes().splitlines(keepends=True)
    (broken / "notes.jsonl").write_bytes(b"".join(lines[: len(lines) // 2]) + b"torn")
    for name in kept(whole):
        (broken / name).unlink()
    again = ask(*LEVERS, *SMALL, *best, "--budget", "1e6", "--out", str(broken), "--workers", "1")
    assert again.exit_code == 0, again.output
    assert kept(broken) == kept(whole)
    checked = CliRunner().invoke(main, ["verify", str(whole), "--all"])
    assert checked.exit_code == 0, checked.output


def test_wrong_use_is_told(tmp_path: Path) -> None:
    for words, message in (
        (("--budget", "-3", *LEVERS), "--budget: -3; allowed is a number above 0"),
        (("--budget", "nan", *LEVERS), "allowed is a number above 0"),
        (("--budget", "1e6"), "no lever is named"),
        (("--budget", "1e6", *LEVERS, "--set", f"{INTENSITY}=1"), "both in --set and in --lever"),
        (("--budget", "1e6", *LEVERS, "--outcome", "colaboration_rate"), "did you mean"),
    ):
        done = ask(*words, *SMALL, "--out", str(tmp_path / "none"))
        assert done.exit_code == 2, done.output
        assert message in done.stderr


def test_nothing_within_the_budget_is_exit_code_1(tmp_path: Path) -> None:
    done = ask("--budget", "10", *LEVERS, *SMALL, "--out", str(tmp_path / "poor"))
    assert done.exit_code == 1
    assert "the cheapest costs" in done.stderr


def test_without_optuna_the_command_that_installs_it_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "optuna", None)
    done = ask("--budget", "1e6", *LEVERS, "--out", str(tmp_path / "none"))
    assert done.exit_code == 2
    assert "pip install 'legato-networks[optimise]'" in done.stderr


def test_pictures_and_brief_are_drawn(tmp_path: Path) -> None:
    words = [*SMALL[:-1], "--outcome", "collaboration_rate", "--outcome", "total_cost", "--out", str(tmp_path / "run")]
    done = ask("--budget", "1e6", *LEVERS, *words)
    assert done.exit_code == 0, done.output
    assert {one.name for one in (tmp_path / "run" / "figures").glob("*.svg")} == {
        "money.svg",
        "levers.svg",
        "front.svg",
    }
    assert "the best use of 1,000,000 USD" in (tmp_path / "run" / "report.html").read_text(encoding="utf-8")


def test_the_best_of_equals_is_not_called_a_find() -> None:
    """Where every use is worth the same, whichever luck put first is said to be no better than the plan."""
    said = []
    for seed in range(6):
        asked = question(10.0, f"{INTENSITY}=0:1", trials=8, replicates=5, final=40, seed=seed)
        (first, *_) = answer(optimise(asked, double(lambda _: 0.5, lambda _: 1.0, own=0.1)))
        assert ("best use found" in first) == bool(re.search(r"which is .*(probably|certainly) better", first))
        said.append(first)
    assert any("no use was found" in one for one in said)


def test_a_use_that_is_ahead_is_a_find_and_so_is_any_where_the_plan_is_out_of_reach() -> None:
    better = question(10.0, f"{INTENSITY}=0:1", trials=20, replicates=5, final=40)
    (first, *_) = answer(optimise(better, double(lambda values: values[INTENSITY], lambda _: 1.0, own=0.01)))
    assert "the best use found" in first
    assert "almost certainly better" in first

    small = question(0.3, f"{INTENSITY}=0:1", trials=20, replicates=5, final=40)
    alike = double(lambda values: values[INTENSITY], lambda values: values[INTENSITY] + 0.01, own=0.01)
    (first, *_) = answer(optimise(small, alike))
    assert "less than salex as planned costs on average" in first
    assert "almost certainly worse" in first
