"""Ties with dates: from when to when is said, and those of a period are kept where the person says so."""

from pathlib import Path

import pytest

from scenarios import RequestError, Roster, ScenarioError
from scenarios.reading.foreign_tables import Choices
from scenarios.reading.own_or_foreign import ReadMembers, read_members

DATED = "Source,Target,Year\nA,B,2018\nB,C,2019-06-30\nC,D,2020\nA,D,\n"


def read(folder: Path, text: str, period: str | None = None, *mapped: str) -> ReadMembers:
    (folder / "file").write_text(text, encoding="utf-8")
    return read_members(folder / "file", None, Choices(period=period, mapped=mapped))


def pairs(roster: Roster) -> set[str]:
    return {"".join(sorted(roster.names[one] + roster.names[other])) for one, other, _ in roster.ties or ()}


def test_without_a_period_all_ties_count_and_their_dates_are_said(tmp_path: Path) -> None:
    found = read(tmp_path, DATED)
    assert pairs(found.roster) == {"AB", "BC", "CD", "AD"}
    assert any("Year runs from 2018 to 2020" in one and "--period" in one for one in found.notes)


@pytest.mark.parametrize(
    ("period", "kept"), [("2018", {"AB"}), ("2018..2019", {"AB", "BC"}), ("2019..2030", {"BC", "CD"}), ("2020", {"CD"})]
)
def test_ties_of_the_period_are_kept_and_members_stay(period: str, kept: set[str], tmp_path: Path) -> None:
    found = read(tmp_path, DATED, period)
    assert pairs(found.roster) == kept
    assert found.roster.names == ("A", "B", "C", "D")
    assert any(f"{4 - len(kept)} ties not of {period} left out, 1 of them without a date" in one for one in found.notes)


def test_a_month_cannot_be_told_from_a_year(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match='line 2: Year is "2018", which says no date as exact as 2019-06'):
        read(tmp_path, DATED, "2019-06")


@pytest.mark.parametrize("period", ["2", "2.0"])
def test_a_wave_is_a_period_too(period: str, tmp_path: Path) -> None:
    assert pairs(read(tmp_path, "From,To,Wave\nA,B,1\nB,C,2\n", period).roster) == {"BC"}
    assert pairs(read(tmp_path, "From,To,Wave\nA,B,before\nB,C,After\n", "after").roster) == {"BC"}


def test_the_column_of_dates_may_be_named(tmp_path: Path) -> None:
    table = DATED.replace("Year", "Met")
    with pytest.raises(RequestError, match='--map "Column=date"'):
        read(tmp_path, table, "2018")
    assert pairs(read(tmp_path, table, "2018", "Met=date").roster) == {"AB"}


@pytest.mark.parametrize(
    ("period", "said"), [("1999", "runs from 2018 to 2020"), ("2020..2018", "earlier one"), ("", "empty")]
)
def test_a_period_without_ties_or_sense_is_refused(period: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=said):
        read(tmp_path, DATED, period)
