"""Constraints: what they mean, what they refuse, and which points of a design they leave."""

import json
from contextlib import suppress
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kstest

import scenarios
from scenarios import ScenarioError
from scenarios.designs.binding import binding_of
from scenarios.designs.constraints import read_constraints
from scenarios.designs.design import Design, plan
from scenarios.designs.fresh_points import fresh

SALEX = scenarios.load("salex", posterior=None)
TWO = ["closing.month=6:24:6", "closing.notice=0:12:3"]
SPACE = ["facilitation.intensity=0:1", "members.engagement=0:1"]
TRIANGLE = ["facilitation.intensity <= members.engagement"]


def holds(text: str, **values: Any) -> bool:
    (one,) = read_constraints([text])
    return one.holds({key.replace("__", "."): value for key, value in values.items()})


def refused(text: str) -> str:
    with pytest.raises(ScenarioError) as error:
        read_constraints([text])
    return str(error.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("closing.notice < closing.month", True),
        ("closing.notice * 2 <= closing.month - 7", False),
        ("closing.notice \N{MULTIPLICATION SIGN} 2 \N{LESS-THAN OR EQUAL TO} closing.month", True),
        ("closing.month / 2 - 3 == closing.notice", True),
        ("0 < closing.notice < closing.month <= 12", True),
        ("closing.notice > 6 or closing.capstone", True),
        ("closing.notice > 6 or not closing.capstone", False),
        ("closing.capstone == false", False),
        ("closing.month < never and funder.exit == never", True),
        ('closing.month != "never"', True),
        ("funder.exit > 1000", True),
        ('scenario == "salex"', True),
        ('scenario in ("sparc", "salex") and closing.month not in (6, 18)', True),
        ("-closing.notice < 0", True),
    ],
)
def test_a_constraint_means_what_it_says(text: str, expected: bool) -> None:
    values = {"closing__notice": 3, "closing__month": 12, "closing__capstone": True, "funder__exit": "never"}
    assert holds(text, **values, scenario="salex") is expected


def test_a_key_of_a_funder_whose_name_has_blanks_stands_in_quotation_marks() -> None:
    (one,) = read_constraints(['"funder.Second funder.exit" > 12'])
    assert one.holds({"funder.Second funder.exit": "never"})


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("closing.notice <= closing.mnth", 19, "closing.mnth is not a key of a scenario; did you mean closing.month?"),
        ("\N{LESS-THAN OR EQUAL TO} 3", 1, "cannot be read"),
        ("3 \N{LESS-THAN OR EQUAL TO} closing.moth", 5, "did you mean closing.month?"),
        ("closing.notice = 3", None, "to say that two are equal, write =="),
        ("closing.notice > 1 && closing.capstone", None, "write and, or, not as words"),
        ("closing.notice", None, "says nothing that has to hold"),
        ('closing.notice == "many"', 1, "cannot be compared"),
        ("closing.capstone < 3", 1, "cannot be compared"),
        ("closing.capstone < true", 1, "has no order"),
        ("closing.capstone + 1 > 2", 1, "only numbers can be reckoned with"),
        ("closing.notice and closing.capstone", 1, "go with what holds or not"),
        ("scenario == salex", 13, 'write it in quotation marks: "salex"'),
        ("funder.priorities == 1", 1, "is a list"),
        ("", None, "it is empty"),
        ("closing.notice ** 2 > 3", 1, "has no place in it; allowed are"),
        ("closing.notice > 1" + " or closing.notice > 1" * 60, None, "1,338 characters; allowed is 1,000"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text: str, place: int | None, words: str) -> None:
    told = refused(text)
    assert words in told
    if place is not None:
        assert f"at character {place}" in told


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('touch made') == 0",
        "(lambda: 1)() == 1",
        "[1 for x in (1,)] == 1",
        "closing.month.__class__ == 1",
        "open('made', 'w') == 1",
        "(x := 3) > 2",
        "f'{open}' == 1",
        "closing.month if closing.capstone else 3",
        "9 ** 9 ** 9 ** 9 > 1",
        "b'a' == 1",
        "1j == 1",
        "closing['month'] == 1",
        "(" * 400 + "1" + ")" * 400 + " > 0",
    ],
)
def test_nothing_that_is_written_is_ever_run(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "--where cannot be used" in refused(text)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("closing.month / closing.notice > 2", "divides by 0"),
        ("funder.exit - funder.exit == 0", "never"),
        ("costs.rate > 1", "costs.rate is left out"),
    ],
)
def test_where_it_has_no_answer_the_point_is_named(text: str, words: str) -> None:
    with pytest.raises(ScenarioError, match=words) as error:
        plan(SALEX, [*TWO, "funder.exit=never,12"], where=[f"{text} or closing.notice > 100"])
    assert " at " in str(error.value)
    assert " = " in str(error.value).rpartition(" at ")[2]


def test_a_grid_keeps_the_combinations_that_are_allowed_in_their_order() -> None:
    design = plan(SALEX, TWO, where=["closing.notice < closing.month", "closing.month != 18"])
    kept = [tuple(design.values(point).values()) for point in range(len(design))]
    of = [one for one in product(range(6, 25, 6), range(0, 13, 3)) if one[1] < one[0] != 18]
    assert kept == of
    assert "less 9 that --where does not allow" in design.made_of


def test_a_constraint_may_rest_on_what_is_not_varied() -> None:
    design = plan(scenarios.replace(SALEX, {"closing.month": 8}), TWO[1:], where=["closing.notice < closing.month"])
    assert [design.values(point)["closing.notice"] for point in range(len(design))] == [0, 3, 6]


def test_a_constraint_may_be_about_the_scenario() -> None:
    bases = [SALEX, scenarios.load("sparc", posterior=None)]
    design = plan(bases, TWO[1:], where=['scenario == "salex" or closing.notice == 0'])
    assert len(design) == 6


def test_points_of_a_sample_are_spread_evenly_over_what_is_allowed() -> None:
    """Below the diagonal of a square, both coordinates have closed forms: x has 2x - x^2, y has y^2.

    400 points that are spread evenly stay within 1.63 / sqrt(400) = 0.08 (1 %); a margin that was left uniform would
    be off by 0.25.
    """
    design = plan(SALEX, SPACE, kind="lhs", points=400, seed=3, where=TRIANGLE)
    assert len(design) == 400
    x, y = design.shares.T
    assert (x <= y).all()
    assert kstest(x, lambda at: 2 * at - at**2).statistic < 0.08
    assert kstest(y, lambda at: at**2).statistic < 0.08
    # More even than by chance: of independent points the mean of x + y would be off by 0.0167 (one standard error).
    several = [plan(SALEX, SPACE, kind="lhs", points=100, seed=seed, where=TRIANGLE).shares for seed in range(20)]
    assert np.std([shares.sum(axis=1).mean() for shares in several]) < 0.75 * np.sqrt(1 / 12 / 100 * 2)
    assert design.binding.share == pytest.approx(0.5, abs=0.02)
    assert "50 % of the space" in design.made_of or "49 % of the space" in design.made_of
    again = plan(SALEX, SPACE, kind="lhs", points=400, seed=3, where=TRIANGLE)
    assert np.array_equal(design.shares, again.shares)


def test_what_allows_hardly_anything_is_refused_with_what_each_constraint_allows() -> None:
    narrow = ["facilitation.intensity < 0.05", "members.engagement < 0.1"]
    with pytest.raises(ScenarioError, match=r"0\.[456]\d? % of 8,192 points.*allows 5 %.*allows 10 %"):
        plan(SALEX, SPACE, kind="lhs", points=10, where=narrow)
    with pytest.raises(ScenarioError, match="none of the 25 combinations is allowed"):
        plan(SALEX, SPACE, where=["facilitation.intensity > 2"])


@pytest.mark.parametrize("kind", ["sobol", "morris"])
def test_designs_that_need_factors_to_be_free_are_refused_with_what_to_do(kind: Any) -> None:
    with pytest.raises(ScenarioError, match=r"does not go with --where.*--design lhs.*legato sensitivity RUN"):
        plan(SALEX, SPACE, kind=kind, where=TRIANGLE)


def test_constraints_that_decide_nothing_or_not_for_a_whole_point_are_refused() -> None:
    with pytest.raises(ScenarioError, match="names nothing that is varied"):
        plan(SALEX, SPACE, where=["closing.notice < closing.month"])
    with pytest.raises(ScenarioError, match=r"behaviour.initiative varies over the networks.*--fixed"):
        plan(scenarios.load("salex"), SPACE, where=["behaviour.initiative < facilitation.intensity"])
    with pytest.raises(ScenarioError, match='no funder is called "Secnd funder"'):
        plan(SALEX, SPACE, where=['"funder.Secnd funder.exit" > facilitation.intensity'])


def test_a_binding_comes_back_from_a_manifest_and_fresh_points_obey_it() -> None:
    design = plan(SALEX, SPACE, kind="lhs", points=20, where=TRIANGLE)
    assert binding_of(json.loads(json.dumps(design.binding.describe()))) == design.binding
    others: Design = fresh(design, 50, 9)
    assert (others.shares[:, 0] <= others.shares[:, 1]).all()
    assert len(others) == 50
    assert plan(SALEX, SPACE).binding.describe() == {}


KEYS = ("closing.notice", "closing.month", "closing.capstone", "scenario", "closing", "never", "true", "x", '"salex"')
SIGNS = tuple("<>=+-*/(),.#!\\\n\0\N{MINUS SIGN}")
WORDS = st.sampled_from(
    [*KEYS, *SIGNS, "<=", "==", "in", "and", "or", "not", "lambda", "if", "12", "-0.5", "1e999", "''"]
)


@settings(max_examples=200, derandomize=True, database=None)
@given(st.lists(WORDS, max_size=9).map(" ".join))
def test_any_text_is_a_constraint_or_refused(text: str) -> None:
    with suppress(ScenarioError):
        (one,) = read_constraints([text])
        one.holds({"closing.notice": 3, "closing.month": "never", "closing.capstone": True, "scenario": "salex"})
