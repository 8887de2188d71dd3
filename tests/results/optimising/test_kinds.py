"""Plans that differ in kind: equals of two kinds are both shown, and what is alike shares a row."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from cli import main
from results.commands.json_schemas import BY_COMMAND
from results.optimising.final import Optimum, optimise
from results.optimising.kind_words import kind_words
from results.optimising.kinds import NOTHING, Kinds, kinds_of, part_of
from results.optimising.search import read_levers
from results.optimising.words import answer, said_of
from results.words.table import Table
from tests.known_optimum import INTENSITY, double, question

GRANTS = "grants.per_call"
LEVERS = (f"{INTENSITY}=0:1:0.25", f"{GRANTS}=0:8:2")


def either(values: Mapping[str, Any]) -> float:
    """Worth 1 at a full backbone without grants, worth 1 at 8 grants without a backbone, less between."""
    x, y = float(values[INTENSITY]), float(values[GRANTS]) / 8
    return max(x - y, y - x)


def price(values: Mapping[str, Any]) -> float:
    return float(values[INTENSITY]) + float(values[GRANTS]) / 8


def found(**more: Any) -> Optimum:
    asked = question(1.0, *LEVERS, trials=25, replicates=20, final=100, **more)
    return optimise(asked, double(either, price, noise=0.1, own=0.02))


@pytest.mark.parametrize("seed", range(3))
def test_two_kinds_of_equal_worth_are_both_shown_and_neither_ten_times(seed: int) -> None:
    optimum = found(seed=seed)
    kinds = {group.kind for group in optimum.groups}
    assert {(2, NOTHING), (NOTHING, 2)} <= kinds
    assert optimum.kinds.keys == (INTENSITY, GRANTS)
    best = [group for group in optimum.groups if {group.kind} <= {(2, NOTHING), (NOTHING, 2)}]
    assert {group.kind for group in best if group.best in optimum.alike} == {(2, NOTHING), (NOTHING, 2)}
    table = said_of(optimum).body[0]
    assert isinstance(table, Table)
    assert len(table.rows) <= len(optimum.groups) + 1
    said = " ".join(answer(optimum))
    assert "Best without grants" in said or "Best with grants" in said
    assert "Best without facilitation" in said or "Best with facilitation" in said


def test_the_contrast_says_by_how_much_a_kind_is_behind() -> None:
    """With grants 1, without them 0.4 at the most: that far apart, and clear."""
    asked = question(9.0, *LEVERS, trials=25, replicates=20, final=400)
    model = double(lambda values: 0.4 * values[INTENSITY] + 0.6 * (values[GRANTS] > 0), price, own=0.05)
    optimum = optimise(asked, model)
    (line,) = [one for one in answer(optimum) if "without grants" in one]
    assert "60.0 ±" in line.replace("60 ±", "60.0 ±")
    assert "almost certainly lower" in line


def test_a_finalist_worse_by_itself_and_not_among_all_is_explained_where_it_is_counted() -> None:
    """Two standards: intervals hold for all finalists at once, words are about one."""
    optimum = found()
    (flat,) = [one for one in answer(optimum) if "so the optimum is" in one]
    assert "by intervals that hold for all finalists at once" in flat
    winner, *others = optimum.finalists

    def with_chance(chance: float) -> str:
        rest = [
            replace(one, differences=(replace(one.differences[0], low=-1.0, high=1.5, chance_higher=chance),))
            for one in others
        ]
        (line,) = [one for one in answer(replace(optimum, finalists=(winner, *rest))) if "so the optimum is" in one]
        return line

    surely = with_chance(0.995)
    count = surely.partition(" of the other")[0]
    assert int(count) > 1
    assert f"(taken alone, {count} of them are at least very probably worse" in surely
    assert "taken alone" not in with_chance(0.8)


def test_what_is_alike_within_a_kind_is_one_row_with_its_range() -> None:
    """The intensity matters by its third only: whatever is in one third is alike."""
    asked = question(9.0, f"{INTENSITY}=0:1", trials=60, replicates=20, final=200)
    optimum = optimise(asked, double(lambda values: min(2, int(3 * values[INTENSITY])), lambda _: 1.0, own=0.01))
    assert len({group.kind for group in optimum.groups}) == len(optimum.groups)
    table = said_of(optimum).body[0]
    assert isinstance(table, Table)
    assert table.rows[0][0].startswith("best and ")
    low, _, high = table.rows[0][1].partition(" to ")
    assert 2 / 3 <= float(low) < float(high) <= 1


@pytest.mark.parametrize(
    ("lever", "value", "part", "words"),
    [
        (f"{INTENSITY}=0:1", 0.0, NOTHING, "without facilitation"),
        (f"{INTENSITY}=0:1", 0.2, 0, f"{INTENSITY} 0 to 0.333"),
        (f"{INTENSITY}=0:1", 1.0, 2, f"{INTENSITY} 0.667 to 1"),
        (f"{GRANTS}=0:12", 12, 2, f"{GRANTS} 9 to 12"),
        (f"{GRANTS}=0:12", 40, 2, f"{GRANTS} 9 to 12"),  # as planned, and more than is allowed
        (f"{GRANTS}=0,4", 4, 0, f"{GRANTS} 4"),
        ("facilitation.convening_every=2,3,4,6,12", 12, 2, "facilitation.convening_every 6 to 12"),
        ("closing.month=never,24,36", "never", 0, "closing.month=never"),
        ("closing.month=24:60", "never", 2, "closing.month 49 to 60"),  # as planned, beyond all months
        ("closing.wind_down_months=0:12", None, 2, "closing.wind_down_months 9 to 12"),  # left out: all
        ("closing.capstone=true,false", False, NOTHING, "without a capstone event"),
        ("closing.capstone=true,false", True, 0, "closing.capstone=true"),
    ],
)
def test_a_value_stands_in_one_part_of_its_lever(lever: str, value: Any, part: int, words: str) -> None:
    (read,) = read_levers([lever])
    assert part_of(read, value) == part
    assert kind_words(Kinds((read,)), (part,)) == words


def test_levers_that_move_the_cost_tell_kinds_apart_unless_others_are_named() -> None:
    levers = read_levers([INTENSITY, "closing.notice=0:12", GRANTS])
    tried = [Tried({INTENSITY: x, "closing.notice": n, GRANTS: g}, 100 * x + g / 1000) for x in (0.0, 1.0)
             for n in (0, 12) for g in (0, 8)]  # fmt: skip
    assert kinds_of(levers, 900.0, tried).keys == (INTENSITY,)
    assert kinds_of(levers, 9000.0, tried).keys == (INTENSITY, "closing.notice", GRANTS), "no money: all that may be 0"
    by_notice = question(1.0, *LEVERS, kinds=Kinds(levers[1:2]))
    assert by_notice.kinds is not None
    assert by_notice.kinds.keys == ("closing.notice",)


def test_a_plan_without_a_number_does_not_hide_what_the_cost_depends_on() -> None:
    levers = read_levers(["closing.month=12:60", f"{INTENSITY}=0:1"])
    tried = [
        Tried({"closing.month": month, INTENSITY: share}, 10.0 * month) for month in range(12, 61) for share in (0, 1)
    ]
    tried.append(Tried({"closing.month": "never", INTENSITY: 0.6}, 1e6))
    assert kinds_of(levers, 1000.0, tried).keys == ("closing.month",)


class Tried:
    """A candidate, as kinds ask for it."""

    def __init__(self, values: Mapping[str, Any], cost: float) -> None:
        self.values, self.cost = values, cost


WORDS = ("optimise", "salex", "--budget", "2m", "--lever", LEVERS[0], "--lever", "closing.notice=0,6", "--fixed")
SMALL = ("--trials", "10", "--replicates", "3", "--final", "4", "--no-figures", "--json")


def test_kinds_by_what_is_named_stand_in_the_document(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, [*WORDS, *SMALL, "--kinds-by", "closing.notice", "--out", str(tmp_path / "run")])
    assert done.exit_code == 0, done.output
    document = json.loads(done.stdout)
    jsonschema.Draft202012Validator(BY_COMMAND["optimise"]).validate(document)
    assert document["kinds_by"] == ["closing.notice"]
    numbers = [number for one in document["kinds"] for number in one["candidates"]]
    assert sorted(numbers) == sorted(one["candidate"] for one in document["finalists"])
    assert document["winner"]["kind"] == document["kinds"][0]["kind"]


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("closing.notise", "did you mean closing.notice?"),
        ("grants.per_call", "is none of the levers named; allowed is what may be changed"),
    ],
)
def test_a_kind_is_told_by_what_may_be_changed(key: str, message: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, [*WORDS, *SMALL, "--kinds-by", key, "--out", str(tmp_path / "run")])
    assert done.exit_code == 2
    assert message in done.stderr
    assert "--kinds-by" in done.stderr
