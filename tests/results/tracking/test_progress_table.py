"""What was observed so far: read as it is written, and refused with line, value and what is allowed."""

from pathlib import Path

import pytest

import scenarios
from results.tracking.observation import progress_of
from results.tracking.reading import read_progress
from results.tracking.target import read_target
from scenarios.files.faults import RequestError, ScenarioError

SALEX = scenarios.load("salex", posterior=None)


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "observed.csv"
    file.write_text(text, encoding="utf-8")
    return file


LONG = (
    "month,outcome,value,of,error\n9,collaborations,8,,1.5\n6,collaboration_rate,5,17,\n9,collaboration_rate,11,20,\n"
)


def test_rows_may_come_in_any_order_and_shares_as_counts(tmp_path: Path) -> None:
    progress = read_progress(written(tmp_path, LONG), SALEX)
    assert [(one.month, one.outcome, one.of, one.error) for one in progress.observed] == [
        (6, "collaboration_rate", 17, 0.0), (9, "collaboration_rate", 20, 0.0), (9, "collaborations", None, 1.5),
    ]  # fmt: skip
    assert progress.observed[1].value == 11 / 20
    assert progress.now == 9
    assert progress.last("collaboration_rate") == progress.observed[1]
    assert [one.value for one in progress_of(progress.describe(), 9).observed] == [5 / 17, 11 / 20, 8.0]


@pytest.mark.parametrize(
    "text",
    [
        "month;collaboration_rate;collaborations\n6;5 of 17;\n9;11/20;8\n",
        "month,collaboration_rate,collaborations\n6,5:17,\n9,11 of 20,8\n",
    ],
)
def test_a_column_for_each_outcome_says_the_same(tmp_path: Path, text: str) -> None:
    wide = read_progress(written(tmp_path, text), SALEX)
    long = read_progress(written(tmp_path, LONG.replace("1.5", "")), SALEX)
    assert [one.describe() for one in wide.observed] == [one.describe() for one in long.observed]


def test_all_members_asked_is_exact_and_a_percentage_is_a_share(tmp_path: Path) -> None:
    progress = read_progress(
        written(tmp_path, "month,collaboration_rate,network_alive\n9,17 of 22,yes\n12,80 %,\n"), SALEX
    )
    assert [(one.value, one.of) for one in progress.observed] == [(17 / 22, None), (1.0, None), (0.8, None)]
    assert any("exact" in remark for remark in progress.remarks)


def test_few_answers_are_pointed_out(tmp_path: Path) -> None:
    (remark,) = read_progress(written(tmp_path, "month,active_rate\n9,3 of 8\n"), SALEX).remarks
    assert "active_rate of month 9 (8 of 22 members)" in remark


@pytest.mark.parametrize(
    ("text", "place", "value", "allowed"),
    [
        ("month,outcome,value\n9,colaboration_rate,.5\n", "line 2", "colaboration_rate", "collaboration_rate"),
        ("month,collaboration_rat\n9,.5\n", "line 1", "collaboration_rat", "collaboration_rate"),
        ("month,outcome,value\n0,collaboration_rate,.5\n", "line 2", '"0"', "from 1"),
        ("month,outcome,value\n61,collaboration_rate,.5\n", "line 2", '"61"', "to 60"),
        ("month,outcome,value\nMay,collaboration_rate,.5\n", "line 2", '"May"', "whole numbers"),
        ("month,outcome,value\n9,collaboration_rate,55\n", "line 2", '"55"', "did you mean 0.55"),
        ("month,outcome,value\n9,collaboration_rate,-1\n", "line 2", '"-1"', "0 to 1"),
        ("month,outcome,value\n9,collaboration_rate,many\n", "line 2", '"many"', "17 of 22"),
        ("month,outcome,value\n9,collaborations,-3\n", "line 2", '"-3"', "from 0 up"),
        ("month,outcome,value\n9,network_alive,perhaps\n", "line 2", '"perhaps"', "yes or no"),
        ("month,outcome,value,of\n9,collaborations,8,22\n", "line 2", "8", "no share"),
        ("month,outcome,value,of\n9,collaboration_rate,12,11\n", "line 2", "11", "17 of 22"),
        ("month,outcome,value,of\n9,collaboration_rate,12,40\n", "line 2", "40", "there are 22"),
        ("month,outcome,value,of\n9,collaboration_rate,2.5,22\n", "line 2", "2.5", "17 of 22"),
        ("month,outcome,value,error\n9,collaborations,8,-1\n", "line 2", '"-1"', "from 0 up"),
        ("month,outcome,value,of,error\n9,collaboration_rate,8,20,.1\n", "line 2", "error", "keep one"),
        ("month,outcome,value\n9,evidence,3\n9,evidence,4\n", "line 3", "evidence of month 9", "keep one"),
        ("month,outcome,value\n6,evidence,5\n9,evidence,4\n", "line 3", "is 4 in month 9", "cannot get less"),
        ("month,outcome,collaborations\n9,evidence,4\n", "line 1", "collaborations", "allowed"),
        ("month,outcome\n9,evidence\n", "line 1", "outcome", "value"),
        ("month\n9\n", "line 1", "no outcome", "collaboration_rate"),
        ("month,collaborations,of\n9,8,22\n", "line 1", "of or error", "a row for each observation"),
        ("month,collaborations\n9,\n", "observed.csv", "says nothing", "value"),
        ("", "observed.csv", "empty", "month"),
    ],
)  # fmt: skip
def test_each_fault_names_place_value_and_what_is_allowed(
    tmp_path: Path, text: str, place: str, value: str, allowed: str
) -> None:
    with pytest.raises(ScenarioError) as refused:
        read_progress(written(tmp_path, text), SALEX)
    for part in (place, value, allowed):
        assert part in str(refused.value)


def test_what_was_asked_of_some_may_come_out_lower_later(tmp_path: Path) -> None:
    """Another sample, not a contradiction."""
    progress = read_progress(written(tmp_path, "month,collaboration_rate\n6,10 of 17\n9,9 of 18\n"), SALEX)
    assert len(progress.observed) == 2


def test_a_target_is_read_and_its_month_may_be_left_out() -> None:
    target = read_target("collaboration_rate >= 70 %", SALEX, 9)
    assert (target.month, target.at_least, target.value) == (SALEX.reporting_month, True, 0.7)
    assert read_target(target.written, SALEX, 9) == target
    most = read_target("cost@30<=2000000", SALEX, 9)
    assert (most.month, most.at_least, most.value) == (30, False, 2e6)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("collaboration_rate@25", "OUTCOME@MONTH>=VALUE"),
        ("colaboration_rate@25>=.7", "collaboration_rate"),
        ("collaboration_rate@9>=.7", "month 9 is over"),
        ("collaboration_rate@99>=.7", "1 to 61"),
        ("collaboration_rate@25>=70", "did you mean 0.7"),
        ("survival>=.7", "whole run"),
        ("network_alive@25>=.7", "yes"),
    ],
)
def test_a_target_that_cannot_be_is_refused(text: str, said: str) -> None:
    with pytest.raises(RequestError, match=said):
        read_target(text, SALEX, 9)
