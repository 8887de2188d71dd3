"""Levers that cost next to nothing are named, with their part of the gain; nobody shall believe that money did it."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from cli import main
from results.commands.json_schemas import BY_COMMAND
from results.estimates.parameter_uncertainty import Values
from results.optimising.final import Optimum, optimise
from results.optimising.search import Luck
from results.optimising.words import answer, said_of
from results.words.table import Table
from tests.known_optimum import INTENSITY, double, question

NOTICE, DOWN = "closing.notice", "closing.wind_down"
PLAN = (0.6, 6)
"""Of `salex`: intensity and notice."""


def worth(values: Mapping[str, Any]) -> float:
    """0.1 and 0.01 for each, and 0.02 for both together; best at 1 and 12."""
    x, n = float(values[INTENSITY]) - PLAN[0], float(values[NOTICE]) - PLAN[1]
    return 0.1 * x + 0.01 * n + 0.02 * x * n


def found(price_of_notice: float, **more: Any) -> Optimum:
    asked = question(10.0, f"{INTENSITY}=0,0.6,1", f"{NOTICE}=0,6,12", trials=9, replicates=10, final=400, **more)
    model = double(worth, lambda values: 5 * values[INTENSITY] + price_of_notice * values[NOTICE], noise=0.1, own=0.002)
    return optimise(asked, model)


@pytest.mark.parametrize("price", [0.0, -0.01])
def test_a_free_lever_is_found_and_its_part_is_right(price: float) -> None:
    """Shapley's value by hand: of the notice the mean of 0.06 alone and 0.108 beside a full backbone."""
    optimum = found(price)
    assert (optimum.winner.report.values[INTENSITY], optimum.winner.report.values[NOTICE]) == (1.0, 12)
    assert [one.key for one in optimum.moves.free] == [NOTICE]
    of_notice, of_rest = optimum.moves.parts
    assert (of_notice.keys, of_rest.keys) == ((NOTICE,), (INTENSITY,))
    # A difference of two candidates has a standard error of 0.002 sqrt(2 / 400) = 0.00014.
    assert of_notice.amount.mean == pytest.approx((0.06 + 0.108) / 2, abs=0.0006)
    assert of_rest.amount.mean == pytest.approx((0.04 + 0.088) / 2, abs=0.0006)
    assert of_notice.amount.low < 0.084 < of_notice.amount.high
    whole = next(one for one in optimum.planned.differences)
    assert of_notice.amount.mean + of_rest.amount.mean == pytest.approx(whole.mean, rel=1e-9)
    said = answer(optimum)
    (line,) = [one for one in said if "next to nothing" in one]
    assert said.index(line) <= 1, "where the winner is stated"
    assert "closing.notice=12 (planned: 6)" in line
    assert "+8.4 ± 0.0" in line or "+8 ± " in line


def test_a_lever_that_costs_is_not_called_free() -> None:
    """Six months more of notice cost 0.3, 3 % of the budget."""
    optimum = found(0.05)
    assert optimum.moves.free == ()
    assert optimum.moves.parts == ()
    assert not any("next to nothing" in one for one in answer(optimum))
    assert any("None of the levers that the best use moves is surely free" in one for one in said_of(optimum).notes)
    cost = {one.key: one.cost.mean for one in optimum.moves.moved if one.cost}
    assert cost == pytest.approx({INTENSITY: 2.0, NOTICE: 0.3})
    titles = [one.title for one in said_of(optimum).body if isinstance(one, Table)]
    assert "Each change by itself, set back to as planned" in titles


def test_a_lever_that_saves_money_and_makes_nothing_worse_is_said_to() -> None:
    """Six months more of notice save 0.3, 3 % of the budget, and make 0.108 beside a full backbone."""
    optimum = found(-0.05)
    assert [one.key for one in optimum.moves.moved if one.saves] == [NOTICE]
    assert optimum.moves.free == ()
    (line,) = [one for one in answer(optimum) if "saves" in one]
    assert "closing.notice=12 (planned: 6) saves" in line
    assert "+11 ± <1 percentage points" in line


def test_where_only_free_levers_are_moved_all_of_the_gain_is_theirs() -> None:
    asked = question(10.0, f"{NOTICE}=0,6,12", f"{DOWN}=0:1:0.5", trials=9, replicates=10, final=100)
    optimum = optimise(asked, double(lambda values: values[NOTICE] + 3 * values[DOWN], lambda _: 1.0, own=0.01))
    assert {one.key for one in optimum.moves.free} == {NOTICE, DOWN}
    assert sum(part.amount.mean for part in optimum.moves.parts) == pytest.approx(optimum.planned.differences[0].mean)
    assert "it moves nothing else" in " ".join(answer(optimum))


def test_where_the_plan_is_best_nothing_is_set_back() -> None:
    asked = question(10.0, f"{INTENSITY}=0:1:0.2", trials=10, replicates=5, final=20)
    optimum = optimise(asked, double(lambda values: -abs(values[INTENSITY] - 0.6), lambda _: 1.0))
    assert optimum.moves.moved == ()
    assert optimum.moves.mixtures == ()


def test_a_lever_that_cannot_be_set_back_is_said_so() -> None:
    good = double(lambda values: values[INTENSITY] + values[NOTICE] / 12, lambda _: 1.0, own=0.01)

    def evaluate(wanted: Sequence[Mapping[str, Any]], luck: Luck) -> list[Values | str]:
        bad = [one[INTENSITY] > 0.6 and one[NOTICE] == 6 for one in wanted]
        return ["contradiction" if fails else r for fails, r in zip(bad, good(wanted, luck), strict=True)]

    asked = question(10.0, f"{INTENSITY}=0,0.6,1", f"{NOTICE}=0,6,12", trials=9, replicates=5, final=20)
    optimum = optimise(asked, evaluate)
    failed = next(one for one in optimum.moves.moved if one.key == NOTICE)
    assert failed.back.error == "contradiction"
    assert failed.cost is None
    assert not failed.is_free
    table = next(one for one in said_of(optimum).body if isinstance(one, Table) and one.title.startswith("Each change"))
    assert "cannot be run: contradiction" in " ".join(map(" ".join, table.rows))


def test_the_document_has_what_was_moved_and_the_folder_is_verified(tmp_path: Path) -> None:
    """The plan's notice is no level, and its months of winding down are left out, where numbers are allowed."""
    there = tmp_path / "run"
    words = ["optimise", "salex", "--budget", "2m", "--lever", f"{INTENSITY}=0,1", "--lever", f"{NOTICE}=0,12"]
    words += ["--lever", "closing.wind_down_months=0:1"]
    words += ["--fixed", "--trials", "8", "--replicates", "3", "--final", "5", "--no-figures", "--json"]
    done = CliRunner().invoke(main, [*words, "--out", str(there)])
    assert done.exit_code == 0, done.output
    document = json.loads(done.stdout)
    jsonschema.Draft202012Validator(BY_COMMAND["optimise"]).validate(document)
    winner, planned = document["winner"]["levers"], document["planned"]["levers"]
    moved = {one["lever"] for one in document["moved"]}
    assert moved == {key for key in winner if winner[key] != planned[key]}
    checked = CliRunner().invoke(main, ["verify", str(there), "--all"])
    assert checked.exit_code == 0, checked.output
