"""Who was a member in which wave: members join and leave between surveys, which is no tie won and none lost."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from scenarios.files.faults import shown
from scenarios.files.spreadsheet import Spreadsheet
from scenarios.observed.calendar import Calendar
from scenarios.observed.reports import Answer, Report
from scenarios.schema.roster import Roster

JOINED, LEFT = "joined", "left"
"""Columns of members.csv: the first month as a member, and the first month no longer as one; empty: always."""


def read_stays(sheet: Spreadsheet, calendar: Calendar) -> list[tuple[int | None, int | None]]:
    """When each member joined and left, by members.csv; None where it does not say."""
    stays = []
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        joined = calendar.month(sheet, line, JOINED, row, clipped=True) if row.get(JOINED) else None
        left = calendar.month(sheet, line, LEFT, row) if row.get(LEFT) else None
        if joined is not None and left is not None and left <= joined:
            sheet.blame(line, f"left is {shown(row[LEFT])}, but joined is {shown(row[JOINED])}: nobody leaves before "
                              "having been a member for a month")  # fmt: skip
        stays.append((joined, left))
    return stays


def presence(
    months: Sequence[int],
    stays: Sequence[tuple[int | None, int | None]],
    absent: Mapping[Answer, int],
) -> NDArray[np.bool_] | None:
    """Who was a member in which wave, bool[waves, members]; None where all were in all.

    Args:
        months: of the waves.
        stays: when each member joined and left.
        absent: month and member of the rows of answered.csv that say it was no member then, and their lines.
    """
    there = np.array(
        [[(joined or 0) <= month and (left is None or month < left) for joined, left in stays] for month in months]
    )
    for month, member in absent:
        there[list(months).index(month), member] = False
    return None if there.all() else there


def check_presence(
    sheet: Spreadsheet,
    reports: Mapping[Report, tuple[int, float]],
    months: Sequence[int],
    there: NDArray[np.bool_],
    roster: Roster,
) -> None:
    """Blame reports by and on members that were none in that wave."""
    wave_of = {month: wave for wave, month in enumerate(months)}
    for (month, *pair), (line, _) in reports.items():
        for member in pair:
            if not there[wave_of[month], member]:
                sheet.blame(
                    line,
                    f"{shown(roster.names[member])} was no member in month {month}, by `joined` and `left` in "
                    "members.csv or `present` in answered.csv: mend these, or leave the report out",
                )
                break


def check_answers(
    sheet: Spreadsheet,
    answers: Mapping[Answer, int],
    months: Sequence[int],
    there: NDArray[np.bool_],
    roster: Roster,
) -> None:
    """Blame answers of members that were none in that wave."""
    for (month, member), line in answers.items():
        if not there[list(months).index(month), member]:
            sheet.blame(
                line,
                f"{shown(roster.names[member])} answered in month {month}, but was no member then by `joined` and "
                "`left` in members.csv: mend these, or leave the row out",
            )
