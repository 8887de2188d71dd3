"""Collaborations by name: what they come to month by month, and what cannot be."""

from pathlib import Path

import pytest

import scenarios
from results.tracking.reading import read_progress
from scenarios import Scenario
from scenarios.files.faults import RequestError, ScenarioError

SALEX = scenarios.load("salex", posterior=None)
WORK = "from,to,began,ended\nA,B,2,\nB,C,4,8\nD,A,9,\nB,c,9,\n"
COUNTED = ("collaboration_rate", "active_rate", "collaborations", "collaborations_formed")


def written(folder: Path, text: str, name: str = "collaborations.csv") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("name", ["collaborations.csv", "what we do.csv"])
def test_they_are_counted_today_and_three_and_six_months_before(tmp_path: Path, name: str) -> None:
    """By hand: in month 3 A and B; in month 6 A, B and C in two; in month 9 the second has ended and begun again."""
    found = read_progress(written(tmp_path, WORK, name), SALEX)
    values = {(one.outcome, one.month): one.value for one in found.observed}
    by_hand = {3: (2 / 22, 2 / 22, 1, 1), 6: (3 / 22, 3 / 22, 2, 2), 9: (4 / 22, 4 / 22, 3, 4)}
    assert found.now == 9
    assert values == {
        (outcome, month): value
        for month, counted in by_hand.items()
        for outcome, value in zip(COUNTED, counted, strict=True)
    }


def test_today_may_be_later_than_the_last_that_happened(tmp_path: Path) -> None:
    found = read_progress(written(tmp_path, WORK), SALEX, 12)
    assert found.now == 12
    assert sorted({one.month for one in found.observed}) == [6, 9, 12]
    with pytest.raises(RequestError, match="tells of month 9; allowed is 9 or later"):
        read_progress(tmp_path / "collaborations.csv", SALEX, 8)
    with pytest.raises(RequestError, match="up to 60"):
        read_progress(tmp_path / "collaborations.csv", SALEX, 61)


def test_a_folder_holds_both_and_they_may_not_contradict_each_other(tmp_path: Path) -> None:
    written(tmp_path, WORK)
    written(tmp_path, "month,engagement,collaborations\n9,0.6,3\n", "observed.csv")
    found = read_progress(tmp_path, SALEX)
    assert {one.outcome for one in found.observed if one.month == 9} == {"engagement", *COUNTED}
    written(tmp_path, "month,collaborations\n9,7\n", "observed.csv")
    with pytest.raises(ScenarioError, match=r"collaborations of month 9 is 7 in observed.csv \(line 2\), and 3 by"):
        read_progress(tmp_path, SALEX)


def test_a_folder_with_neither_is_refused_with_what_it_holds(tmp_path: Path) -> None:
    written(tmp_path, WORK, "work.csv")
    with pytest.raises(RequestError, match=r"neither observed.csv nor collaborations.csv; it holds work.csv"):
        read_progress(tmp_path, SALEX)


@pytest.mark.parametrize(
    ("rows", "place", "said"),
    [
        ("A,B,0,", "line 2", "from 1"),
        ("A,B,soon,", "line 2", '"soon"'),
        ("A,B,5,3", "line 2", "before it began"),
        ("A,a,5,", "line 2", "with itself"),
        ("A,,5,", "line 2", "to is empty"),
        ("A,B,5,\nB,A,7,", "line 3", "since month 5 already (line 2)"),
        ("", "collaborations.csv", "no collaboration"),
        ("\n".join(f"m{number},n{number},3," for number in range(12)), "collaborations.csv", "names 24 members"),
    ],
)
def test_each_fault_names_the_line_and_what_is_allowed(tmp_path: Path, rows: str, place: str, said: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        read_progress(written(tmp_path, f"from,to,began,ended\n{rows}\n"), SALEX)
    assert place in str(refused.value)
    assert said in str(refused.value)


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    folder = tmp_path_factory.mktemp("roster")
    rows = "\n".join(f"{name},reading" for name in ("Kita West", "Lernhaus", "ATD"))
    written(folder, f"name,interests\n{rows}\n", "members.csv")
    written(folder, 'extends = "salex"\ntitle = "Mine"\n[members]\nfile = "members.csv"\n', "mine.toml")
    return scenarios.load(folder / "mine.toml", posterior=None)


def test_names_must_be_those_of_the_members(named: Scenario, tmp_path: Path) -> None:
    found = read_progress(written(tmp_path, "from,to,began\nKita West,lernhaus,4\n"), named)
    assert {one.outcome: one.value for one in found.observed if one.month == 4}["collaboration_rate"] == 2 / 3
    with pytest.raises(ScenarioError, match=r"line 2: to is .*Lernhuas.*not a member of mine.*did you mean 'Lernhaus'"):
        read_progress(written(tmp_path, "from,to,began\nKita West,Lernhuas,4\n"), named)
