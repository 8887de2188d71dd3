"""Designs from tables: every cell is a value of its key, or named with its line."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import scenarios
from results.folders.parquet import Columns, parquet_bytes
from scenarios import ScenarioError
from scenarios.designs.design import Design, plan
from scenarios.designs.fresh_points import fresh

SALEX = scenarios.load("salex", posterior=None)
SPARC = scenarios.load("sparc", posterior=None)
POINTS = "closing.month,facilitation.intensity,closing.capstone\n20,0.1,TRUE\nnever,.5,false\n20,1,true\n"
VALUES = [(20, 0.1, True), ("never", 0.5, False), (20, 1.0, True)]


def table(folder: Path, text: str) -> Path:
    path = folder / "points.csv"
    path.write_text(text, encoding="utf-8")
    return path


def of_file(file: Path, bases: Any = SALEX, **more: Any) -> Design:
    return plan(bases, [], kind="points", file=file, **more)


def values(design: Design) -> list[tuple[Any, ...]]:
    return [tuple(design.values(point).values()) for point in range(len(design))]


def refused(file: Path, bases: Any = SALEX, **more: Any) -> str:
    with pytest.raises(ScenarioError) as error:
        of_file(file, bases, **more)
    return str(error.value)


def test_a_row_is_a_point_to_the_last_digit(tmp_path: Path) -> None:
    text = "behaviour.decay\n0.1234567890123456\n3e-2\n"
    assert values(of_file(table(tmp_path, text))) == [(0.1234567890123456,), (0.03,)]
    assert values(of_file(table(tmp_path, POINTS))) == VALUES
    assert values(of_file(table(tmp_path, "# by hand\n" + POINTS.replace(",", ";")))) == VALUES


def test_parquet_is_read_as_it_was_saved(tmp_path: Path) -> None:
    path = tmp_path / "points.parquet"
    columns: Columns = {
        "grants.per_call": np.array([2.0, 4.0]),
        "facilitation.intensity": np.array([1, 0]),
        "closing.capstone": np.array([True, False]),
    }
    path.write_bytes(parquet_bytes(columns))
    assert values(of_file(path)) == [(2, 1.0, True), (4, 0.0, False)]
    path.write_bytes(
        parquet_bytes({"grants.per_call": np.array([2.0, np.nan, 2.5]), "closing.mnth": np.array([1, 2, 3])})
    )
    told = refused(path)
    assert 'column "closing.mnth" is not known; did you mean closing.month?' in told
    assert "row 1 (counted from 0): grants.per_call is empty" in told
    assert "row 2 (counted from 0): grants.per_call is 2.5: allowed is 0 to 100000 (grants)" in told
    path.write_bytes(b"PAR1 and no more")
    assert "cannot be read as Parquet" in refused(path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("grants.per_cal\n2\n", 'line 1: column "grants.per_cal" is not known; did you mean grants.per_call?'),
        ("closing.month\nnevr\n", 'closing.month is "nevr": allowed is 1 to 1200, or "never"; did you mean "never"'),
        ("closing.capstone\ntru\n", 'line 2: closing.capstone is "tru": allowed is true or false; did you mean true?'),
        ("facilitation.intensity\n1\n2\n", "line 3: facilitation.intensity is 2"),
        ("facilitation.intensity;closing.month\n0,5;20\n", "write 0.5, with a point"),
        ("facilitation.intensity,closing.month\n,20\n", "line 2: facilitation.intensity is empty: allowed is"),
        ("facilitation.intensity\nnan\n", "line 2: facilitation.intensity is"),
        ("funder.priorities\n1\n", "a list, which a cell cannot hold"),
        ("grants.per_call\n", "has 0 points: allowed is 1 to"),
        ("scenario\nsalx\nsalx\n", "line 2: scenario is \"salx\": no scenario is called 'salx'; did you mean"),
        ("", "is empty"),
    ],
)  # fmt: skip
def test_a_bad_cell_is_named_with_its_line_and_what_is_allowed(tmp_path: Path, text: str, words: str) -> None:
    told = refused(table(tmp_path, text))
    assert words in told
    assert told.count("salx") <= 3, "a name is blamed where it first stands"


def test_a_column_says_which_scenario_a_point_is_of(tmp_path: Path) -> None:
    design = of_file(table(tmp_path, "scenario,grants.per_call\nsparc,2\nsalex,1\n"))
    assert [design.scenario(point).name for point in range(2)] == ["sparc", "salex"]
    assert "scenarios are given both" in refused(table(tmp_path, "scenario\nsparc\n"), [SALEX, SPARC])


def test_several_scenarios_are_each_tried_at_every_point(tmp_path: Path) -> None:
    design = of_file(table(tmp_path, "grants.per_call\n2\n1\n"), [SALEX, SPARC])
    assert values(design) == [("salex", 2), ("sparc", 2), ("salex", 1), ("sparc", 1)]


def test_what_the_file_settles_is_not_asked_for_again(tmp_path: Path) -> None:
    file = table(tmp_path, POINTS)
    with pytest.raises(ScenarioError, match="leave --vary out"):
        plan(SALEX, ["grants.per_call"], kind="points", file=file)
    assert "leave the number of points (7) out" in refused(file, points=7)
    assert len(of_file(file, points=3)) == 3
    assert "there is no such file" in refused(tmp_path / "none.csv")


def test_constraints_leave_rows_out_and_say_how_many(tmp_path: Path) -> None:
    design = of_file(table(tmp_path, POINTS), where=["closing.month < never"])
    assert values(design) == [VALUES[0], VALUES[2]]
    assert "less 1 that --where does not allow" in design.made_of


def test_fresh_points_of_a_table_are_its_rows(tmp_path: Path) -> None:
    assert values(fresh(of_file(table(tmp_path, POINTS)), 2, 5)) == VALUES[:2]
