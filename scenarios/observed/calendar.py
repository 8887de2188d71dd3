"""Months in a survey's files: whole numbers from the founding, or dates, which are counted from the earliest."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from scenarios.files.faults import shown
from scenarios.files.spreadsheet import Spreadsheet
from scenarios.reading.roster import finite_number
from scenarios.schema.fields import LAST_MONTH

_DATE = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2})(?:[T ].*)?)?")
DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
"""How month 0 is written: 2020-05."""


@dataclass(frozen=True)
class Calendar:
    """How months are told.

    Attributes:
        begins: the date of month 0, as in "2020-05"; None where months are whole numbers.
    """

    begins: str | None = None

    def month(
        self, sheet: Spreadsheet, line: int, column: str, row: Mapping[str, str], *, clipped: bool = False
    ) -> int | None:
        """The month in a cell; None, and a fault, where there is none that is allowed. Clipped: before month 0 is 0."""
        if column not in row:
            return None
        written = row[column]
        if self.begins is None:
            value = finite_number(written)
            if value is not None and value == int(value) and 0 <= value <= LAST_MONTH:
                return int(value)
            sheet.blame(line, f"{column} is {shown(written)}: allowed is a whole number from 0 to {LAST_MONTH}, "
                              "or in all rows a date such as 2020-05 or 2020-05-17")  # fmt: skip
            return None
        counted = _counted(written)
        if counted is None:
            sheet.blame(line, f"{column} is {shown(written)}: other rows have dates, so allowed is a date such as "
                              "2020-05 or 2020-05-17")  # fmt: skip
            return None
        month = counted - (_counted(self.begins) or 0)
        if clipped:
            month = max(month, 0)
        if 0 <= month <= LAST_MONTH:
            return month
        sheet.blame(line, f"{column} is {shown(written)}, {abs(month)} months {'after' if month > 0 else 'before'} "
                          f"month 0, which is {self.begins}: allowed is 0 to {LAST_MONTH} months after it")  # fmt: skip
        return None


IN_NUMBERS = Calendar()
"""Months are whole numbers."""


def calendar_of(sheets: Iterable[Spreadsheet], begins: str | None = None) -> Calendar:
    """How the column `month` of these tables tells months: by dates if any cell holds one.

    Args:
        sheets: tables with a column `month`.
        begins: the date of month 0; None is the earliest date that is written.
    """
    dates = [month for sheet in sheets for row in sheet.rows if (month := _counted(row.get("month", ""))) is not None]
    if not dates:
        return IN_NUMBERS
    first = min(dates)
    return Calendar(begins or f"{first // 12:04d}-{first % 12 + 1:02d}")


def _counted(written: str) -> int | None:
    """Months from year 0 to a date; None where none is written."""
    found = _DATE.fullmatch(written.strip())
    if found is None:
        return None
    year, month = int(found[1]), int(found[2])
    try:
        date(year, month, int(found[3] or 1))
    except ValueError:  # no such day, as 2021-02-31
        return None
    return year * 12 + month - 1
