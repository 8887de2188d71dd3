"""Members as a table of today names them, and what members.csv says of them today."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from scenarios.files.faults import shown
from scenarios.files.spreadsheet import Spreadsheet
from scenarios.reading.cells import member_number, share, whole, yes_or_no
from scenarios.schema.fields import LAST_MONTH
from scenarios.schema.standing import UNKNOWN

MEMBERS_TODAY = ("engagement", "practice", "uptake", "uptake_from_others", "low_months")
"""Columns that members.csv may have where a run goes on from today."""
MOST_COUNTED = 1_000_000


@dataclass
class StateMembers:
    """The members as members.csv has them, with the months in which each comes and goes."""

    sheet: Spreadsheet
    numbers: dict[str, int]
    joins: Sequence[int]
    leaves: Sequence[int]
    today: int

    def number(self, sheet: Spreadsheet, line: int, column: str, name: str) -> int | None:
        """Number of the member that a cell names; None, and a fault, where nobody is called that."""
        if not name:
            sheet.blame(line, f"{column} is empty: allowed is the name of a member")
            return None
        return member_number(sheet, line, column, name, self.sheet, self.numbers)

    def was_there(self, sheet: Spreadsheet, line: int, what: str, member: int, month: int) -> bool:
        """Whether a member was one in a month, that in which it left among them; a fault where it was not."""
        name, at = shown(self.sheet.rows[member]["name"]), self.sheet.at(self.sheet.lines[member])
        joins = self.joins[member] if self.joins else 0
        leaves = self.leaves[member] if self.leaves else 0
        if month < joins:
            sheet.blame(line, f"{what} is {month}, but {name} joins in month {joins} ({self.sheet.label}, {at})")
        elif 0 < leaves < month:
            sheet.blame(line, f"{what} is {month}, but {name} left in month {leaves} ({self.sheet.label}, {at})")
        else:
            return True
        return False

    def is_there(self, member: int) -> bool:
        """Whether a member is one today."""
        joins = self.joins[member] if self.joins else 0
        return joins <= self.today and not (self.leaves and 0 < self.leaves[member] <= self.today)

    def names(self, *members: int) -> str:
        """Names of members, to be shown."""
        return " and ".join(shown(self.sheet.rows[member]["name"]) for member in members)


class ColumnsToday(TypedDict):
    """Fields of `scenarios.schema.standing.Standing` that members.csv may have columns for."""

    engagement: NDArray[np.float64]
    practice: NDArray[np.float64]
    uptake: NDArray[np.int64]
    from_others: NDArray[np.bool_]
    low_months: NDArray[np.int64]


def columns_today(members: StateMembers) -> tuple[ColumnsToday, list[str]]:
    """What members.csv says of members today, and what is wrong with it."""
    sheet = members.sheet
    mine = Spreadsheet(sheet.label, places=sheet.places)
    engagement: list[float] = []
    practice: list[float] = []
    others: list[bool] = []
    uptake: list[int] = []
    low: list[int] = []
    for number, (line, row) in enumerate(zip(sheet.lines, sheet.rows, strict=True)):
        late = members.joins[number] if members.joins and members.joins[number] > members.today else 0
        if late and (said := [column for column in MEMBERS_TODAY if row.get(column)]):
            what, who = f"{said[0]} is {shown(row[said[0]])}", members.names(number)
            mine.blame(
                line, f"{what}, but {who} joins only in month {late}, after today ({members.today}); leave it empty"
            )
        engagement.append(share(mine, line, "engagement", row["engagement"]) if row.get("engagement") else UNKNOWN)
        practice.append(share(mine, line, "practice", row["practice"]) if row.get("practice") else 0.0)
        others.append(bool(yes_or_no(mine, line, "uptake_from_others", row, empty=False)))
        for column, into in (("uptake", uptake), ("low_months", low)):
            value = whole(row[column], 0, MOST_COUNTED) if row.get(column) else 0
            if value is None:
                mine.blame(
                    line, f"{column} is {shown(row[column])}: allowed is a whole number from 0 to {MOST_COUNTED}"
                )
            into.append(value or 0)
    columns: ColumnsToday = {
        "engagement": np.array(engagement, np.float64),
        "practice": np.array(practice, np.float64),
        "uptake": np.array(uptake, np.int64),
        "from_others": np.array(others, np.bool_),
        "low_months": np.array(low, np.int64),
    }
    return columns, mine.faults


def month_so_far(
    sheet: Spreadsheet, line: int, column: str, written: str, today: int, *, first: int = 1, empty: int | None = 0
) -> int | None:
    """The month that is written, from `first` to today; `empty` where nothing is, None and a fault where it is none."""
    if not written and empty is not None:
        return empty
    month = whole(written, first, today)
    if month is None:
        later = whole(written, today + 1, LAST_MONTH) is not None
        why = f", after today (network.today is {today})" if later else ""
        may_be_empty = "" if empty is None else ", or empty"
        sheet.blame(
            line, f"{column} is {shown(written)}{why}: allowed is a whole number from {first} to {today}{may_be_empty}"
        )
    return month
