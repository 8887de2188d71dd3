"""What a survey's files say row by row: reports of ties, and who answered; and all that is wrong with the rows."""

from collections.abc import Callable, Mapping, Sequence

from scenarios.files.faults import shown
from scenarios.files.spreadsheet import Spreadsheet
from scenarios.observed.calendar import IN_NUMBERS, Calendar
from scenarios.reading.roster import finite_number, member_number, same, share, yes_or_no
from scenarios.schema.roster import Roster

_MOST_LEVEL = 1000
Report = tuple[int, int, int]
"""Month, number of the member that reports, number of the other."""
Answer = tuple[int, int]
"""Month, number of the member that answered."""
LookUp = Callable[[Spreadsheet, int, str, Mapping[str, str]], int | None]
"""Sheet, line, column, row -> number of the member in that cell; None, and a fault, where it is none."""


Outsiders = list[tuple[str, str]]
"""Who named whom, where one of the two is no member."""


def look_up(roster: Roster | None, label: str, outsiders: Outsiders | None = None) -> LookUp:
    """Who finds members by name in a roster read from the file `label`; without a roster nobody is found or blamed.

    Args:
        roster: the members.
        label: of their file.
        outsiders: to which reports from or to somebody who is no member are added, instead of being blamed.
    """
    names = roster.names if roster else ()
    book = Spreadsheet(label, rows=[{"name": name} for name in names])
    numbers = {same(name): number for number, name in enumerate(names)}

    def number(sheet: Spreadsheet, line: int, column: str, row: Mapping[str, str]) -> int | None:
        if column not in row or roster is None:
            return None
        if outsiders is not None and column in ("from", "to") and row[column] and same(row[column]) not in numbers:
            outsiders.append((row.get("from", ""), row.get("to", "")))
            return None
        return member_number(sheet, line, column, row[column], book, numbers)

    return number


def read_reports(
    sheet: Spreadsheet, number: LookUp, calendar: Calendar = IN_NUMBERS
) -> dict[Report, tuple[int, float]]:
    """Line and value, a level or a strength, of each report."""
    ways = [column for column in ("strength", "level") if column in sheet.columns]
    if sheet.columns and len(ways) != 1:
        what = "has both strength and level; keep one" if ways else "has neither strength nor level; one is needed"
        sheet.blame_all(f"{sheet.label} {what}")
    found: dict[Report, tuple[int, float]] = {}
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        month = calendar.month(sheet, line, "month", row)
        one, other = (number(sheet, line, end, row) for end in ("from", "to"))
        level = _level(sheet, line, row)
        value = share(sheet, line, "strength", row["strength"]) if "strength" in row else float(level or 0)
        if month is None or one is None or other is None:
            continue
        if one == other:
            sheet.blame(line, f"{shown(row['from'])} reports a tie to itself; leave the row out")
        elif (month, one, other) in found:
            sheet.blame(
                line,
                f"{shown(row['from'])} reports on {shown(row['to'])} in month {month} in line "
                f"{found[month, one, other][0]} already; keep one row, the other side's report is a row of its own",
            )
        else:
            found[month, one, other] = line, value
    return found


def read_answers(
    sheet: Spreadsheet, number: LookUp, calendar: Calendar = IN_NUMBERS
) -> tuple[dict[Answer, int], dict[Answer, int]]:
    """Line of each answer; and of each row that says that the member was none in that month."""
    found: dict[Answer, int] = {}
    absent: dict[Answer, int] = {}
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        month = calendar.month(sheet, line, "month", row)
        who = number(sheet, line, "name", row)
        present = yes_or_no(sheet, line, "present", row, empty=True)
        if month is None or who is None or present is None:
            continue
        before = found.get((month, who)) or absent.get((month, who))
        if before:
            sheet.blame(line, f"{shown(row['name'])} stands for month {month} in line {before} already; keep one row")
        (found if present else absent).setdefault((month, who), line)
    return found, absent


def check_reporters(
    sheet: Spreadsheet,
    label: str,
    reports: Mapping[Report, tuple[int, float]],
    answers: Mapping[Answer, int],
    roster: Roster,
) -> None:
    """Blame reports by members that did not answer, by the file of answers called `label`."""
    months = {month for month, _ in answers}
    for (month, one, _), (line, _) in reports.items():
        if (month, one) not in answers:
            who = shown(roster.names[one])
            said = "" if month in months else f" ({label} names nobody for month {month})"
            sheet.blame(
                line,
                f"from is {who}, who did not answer in month {month}{said}: add a row to {label}, "
                "or leave this report out",
            )


def level_strengths(
    sheet: Spreadsheet, reports: Mapping[Report, tuple[int, float]], levels: Sequence[float] | None
) -> list[float]:
    """Strength of each level: as given, where higher levels are blamed, or spread evenly up to the highest found."""
    if levels is not None:
        for line, level in reports.values():
            if level >= len(levels):
                most = len(levels) - 1
                sheet.blame(line, f"level is {level:.0f}: allowed is 0 to {most}, the levels that have a strength")
        return [float(strength) for strength in levels]
    highest = max((int(level) for _, level in reports.values()), default=0)
    if reports and not highest:
        sheet.blame_all(f"{sheet.label} has no level above 0, so no tie in any wave; add the ties that there are")
    return [level / max(highest, 1) for level in range(max(highest, 1) + 1)]


def _level(sheet: Spreadsheet, line: int, row: Mapping[str, str]) -> int | None:
    """The whole number of a level; None, and a fault, where there is none that is allowed."""
    if "level" not in row:
        return None
    value = finite_number(row["level"])
    if value is None or value != int(value) or not 0 <= value <= _MOST_LEVEL:
        sheet.blame(line, f"level is {shown(row['level'])}: allowed is a whole number from 0 to {_MOST_LEVEL}")
        return None
    return int(value)
