"""What a comparison answers, and every number in it, is said in a page as Python says it."""

from math import nan
from typing import Any

import numpy as np
import pytest

from results.comparing import amounts, fitted_cells
from results.comparing import words as answers
from results.words import counts, differences, likelihood, numbers, rounding
from simulation.outcomes import NAMES
from tests.results.exploring.javascript.drawn_comparison import PLANS, drawn_comparison
from tests.results.exploring.javascript.twins import assert_same, needs_node

SCALES = ("share", "level", "count", "usd", "index")


@needs_node
@pytest.mark.parametrize("count", [16, pytest.param(150, marks=pytest.mark.slow)])
def test_a_comparison_is_answered_in_the_same_sentences(count: int) -> None:
    rng = np.random.default_rng(3)
    every = [drawn_comparison(rng) for _ in range(count)]
    calls: list[Any] = [(answers.answer, one, name, name.title()) for one in every for name in PLANS[1:3]]
    calls += [(function, one) for one in every for function in (answers.trade_offs, answers.pairing)]
    calls += [(answers.of_parameters, one, NAMES) for one in every]
    said = assert_same(calls)
    for words in (
        "exactly the same",
        "practically the same",
        "could go either way",
        "by how much is open",
        "trade-off",
    ):
        assert any(words in text for text in said), f"nothing was said with '{words}'"


@needs_node
@pytest.mark.parametrize("count", [2, pytest.param(40, marks=pytest.mark.slow)])
def test_differences_and_their_cells_are_said_alike(count: int) -> None:
    rng = np.random.default_rng(4)
    calls: list[Any] = []
    for _ in range(count):
        comparison = drawn_comparison(rng)
        for one in comparison.differences:
            calls += [(function, one) for function in (differences.change, counts.higher_lower_equal, amounts.fit)]
            if one.low == one.low and one.mean == one.mean:
                calls += [
                    (function, one, amounts.fit(one))
                    for function in (amounts.signed, amounts.both_ways, amounts.levels)
                ]
        outcomes = rng.choice(NAMES, size=4).tolist()
        calls += [(fitted_cells.average_cell, comparison, name, outcome) for name in PLANS[:3] for outcome in outcomes]
        calls += [
            (fitted_cells.change_cell, comparison.difference(PLANS[1], outcome), comparison) for outcome in outcomes
        ]
    assert_same(calls)


@needs_node
def test_chances_and_numbers_are_rounded_alike() -> None:
    rng = np.random.default_rng(5)
    calls: list[Any] = []
    for chance in (None, 0.0, 0.005, 0.5, 0.66, 0.9, 0.99, 0.995, 1.0, *rng.random(60).tolist()):
        calls += [
            (function, chance)
            for function in (likelihood.likelihood, likelihood.direction_word, likelihood.chance_words)
        ]
        calls += [(likelihood.direction, chance, "fewer", "more")]
        calls += [] if chance is None else [(counts.percent, chance)]
    for scale in SCALES:
        for value in (
            0.0,
            nan,
            0.5,
            2.5,
            1.25,
            0.125,
            -0.005,
            1e5,
            999.5,
            1000.0,
            *(10.0 ** rng.uniform(-4, 7, 60)).tolist(),
        ):
            half = float(rng.choice([0.0, 0.01, 0.3, 2])) * abs(value)
            calls += [
                (numbers.number, value, scale), (numbers.number, -value, scale, int(rng.integers(4))),
                (numbers.with_half, value, value - half, value + half, scale),
            ]  # fmt: skip
            calls += [(numbers.span, value - half, value + half, scale)] if value == value else []
    calls += [
        (function, outcome) for function in (numbers.label, numbers.unit, numbers.part_of_cost) for outcome in NAMES
    ]
    calls += [
        (numbers.percentages, dict(zip("abcd", rng.dirichlet([0.5] * 4).tolist(), strict=True))) for _ in range(60)
    ]
    calls += [(numbers.percentages, {"a": 0.125, "b": 0.125, "c": 0.75}), (numbers.percentages, {"a": 0.0, "b": 0.5})]
    assert_same(calls)


@needs_node
def test_parts_still_add_up_and_ranges_still_fit() -> None:
    rng = np.random.default_rng(6)
    calls: list[Any] = []
    for _ in range(300):
        places = int(rng.integers(-1, 4))
        parts = (
            (rng.choice([1, 0.1, 1e-9, 1e9]) * rng.normal(size=rng.integers(1, 6)))
            .round(int(rng.integers(0, 17)))
            .tolist()
        )
        calls.append((rounding.adding_up, parts, float(rng.choice([sum(parts), 1.0])), places))
        ours, theirs, half = (rng.random(3) * rng.choice([1, 100, 1e-3])).round(int(rng.integers(1, 17))).tolist()
        ends = (ours - theirs - half, ours - theirs + half)
        calls.append((rounding.fitting, *ends, ours, theirs, max(0, places)))
        calls.append((rounding.off_zero, ours, theirs, max(0, places)))
        calls.append((rounding.rounded, ours, places if places >= 0 else 0))
    assert_same([one for one in calls if one[0] is not rounding.adding_up or one[-1] >= 0])
