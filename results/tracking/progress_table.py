"""A table of months, outcomes and values, as a backbone keeps it, read as what was observed.

month,outcome,value,of,error
6,collaboration_rate,5,17,
9,collaboration_rate,11,20,
9,collaborations,8,,1.5
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from results.estimates.bounds import YES_OR_NO
from results.forecasting.asked import OF_MEMBERS
from results.tracking.observation import SO_FAR, Observation
from scenarios import Scenario
from scenarios.files.faults import ScenarioError, near_miss, refusal, shown
from scenarios.files.spreadsheet import Spreadsheet, read_spreadsheet
from scenarios.reading.roster import finite_number
from simulation.outcomes import MONTHLY_NAMES, outcome_named

LONG = ("outcome", "value")
ALLOWED = ": month, outcome and value, with of and error if known; or month and a column for each outcome"
_COUNTED = re.compile(r"(\d+)\s*(?:of|/|:)\s*(\d+)")


def read_table(file: Path, scenario: Scenario) -> tuple[Observation, ...]:
    """Read what was observed of a network that a scenario plans, by month, then in order of the outcomes.

    Args:
        file: the table, either a row for each observation, or a row for each month with a column for each outcome.
        scenario: the plan.

    Raises:
        ScenarioError: with every fault of the table.
    """
    sheet = read_spreadsheet(file, ("month",), (*LONG, "of", "error", *MONTHLY_NAMES), unknown=_unknown())
    found: dict[tuple[str, int], Observation] = {}
    is_long = [name for name in LONG if name in sheet.columns]
    wide = [name for name in MONTHLY_NAMES if name in sheet.columns]
    if sheet.header and not sheet.blamed:
        _check_columns(sheet, is_long, wide)
    if not sheet.blamed:
        for line, outcome, one in _cells(sheet, wide, scenario):
            key = outcome, one.month
            if key in found:
                sheet.blame(line, f"{outcome} of month {one.month} stands at {found[key].place} already; keep one")
            found.setdefault(key, one)
        if not found and not sheet.blamed:
            sheet.blame_all(f"{sheet.label} says nothing: no row has a value")
    observed = tuple(sorted(found.values(), key=lambda one: (one.month, MONTHLY_NAMES.index(one.outcome))))
    for one, earlier in _falling(observed):
        sheet.blame_all(
            f"{sheet.label}, {one.place}: {one.outcome} is {one.value:g} in month {one.month}, but {earlier.value:g} "
            f"in month {earlier.month} ({earlier.place}): what has happened so far cannot get less; correct one, "
            "or give the members that were asked (of) or the standard error"
        )
    if sheet.faults:
        raise ScenarioError(refusal("what was observed", sheet.faults))
    return observed


def _unknown() -> str:
    return f"{ALLOWED}; outcomes are {', '.join(MONTHLY_NAMES)}"


def _check_columns(sheet: Spreadsheet, long: list[str], wide: list[str]) -> None:
    if long and wide:
        sheet.blame(sheet.header, f"has outcome or value, and {wide[0]} as a column; allowed{ALLOWED}")
    elif long and len(long) < len(LONG):
        sheet.blame(sheet.header, f"has {long[0]} but not {next(name for name in LONG if name not in long)}; "
                                  f"allowed{ALLOWED}")  # fmt: skip
    elif not long and not wide:
        sheet.blame(sheet.header, f"names no outcome; allowed{_unknown()}")
    elif wide and {"of", "error"} & set(sheet.columns):
        sheet.blame(sheet.header, "has of or error, but a column for each outcome, so it is not clear whose they are; "
                                  "write 5 of 17 into the cell, or a row for each observation")  # fmt: skip


def _cells(sheet: Spreadsheet, wide: list[str], scenario: Scenario) -> Iterator[tuple[int, str, Observation]]:
    """What each cell says, as far as it can be read."""
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        month = _month(sheet, line, row["month"], scenario)
        named = [(name, row[name]) for name in wide] or [(row["outcome"], row["value"])]
        for outcome, written in named:
            if not wide and outcome not in MONTHLY_NAMES:
                hint = near_miss(outcome, MONTHLY_NAMES) or f"; allowed: {', '.join(MONTHLY_NAMES)}"
                sheet.blame(line, f"no outcome of a month is called {shown(outcome)}{hint}")
            elif written and month is not None:
                one = _observation(sheet, line, outcome, month, written, row, scenario)
                if one is not None:
                    yield line, outcome, one


def _month(sheet: Spreadsheet, line: int, written: str, scenario: Scenario) -> int | None:
    value = finite_number(written)
    last = scenario.last_month
    if value is None or value != int(value) or not 1 <= value < last:
        sheet.blame(line, f"month is {shown(written)}; allowed are whole numbers from 1, the first month after the "
                          f"founding, to {last - 1}, for the plan ends in month {last}")  # fmt: skip
        return None
    return int(value)


def _observation(
    sheet: Spreadsheet, line: int, outcome: str, month: int, written: str, row: Mapping[str, str], scenario: Scenario
) -> Observation | None:
    """A value as it is written: 0.77, 77 %, 17 of 22, 17/22, yes."""
    counted = _COUNTED.fullmatch(written)
    said_of = counted[2] if counted else row.get("of", "")
    text = counted[1] if counted else written
    is_share, of_members = outcome_named(outcome).scale in ("share", "level"), outcome in OF_MEMBERS
    if said_of and not of_members:
        sheet.blame(line, f"{outcome} is {shown(written)} of {said_of}, but it is no share of the members; allowed is "
                          "a number, with its standard error if it is not exact")  # fmt: skip
        return None
    value = _number(text, outcome)
    of = None
    if said_of:
        most = scenario.network.members if scenario.network.joining == 0 else None
        size = finite_number(said_of)
        if value is None or size is None or not _is_count(value, size) or (most is not None and size > most):
            known = f", of whom there are {most}" if most is not None else ""
            sheet.blame(line, f"{outcome} is {shown(text)} of {shown(said_of)}; allowed is a number of members, of so "
                              f"many who were asked{known}, as in 17 of 22")  # fmt: skip
            return None
        of = int(size) if most is None or size < most else None
        value = value / size
    if value is None or (is_share and not 0 <= value <= 1) or value < 0:
        hint = f"; did you mean {value / 100:g} or {value:g} %?" if is_share and value and 1 < value <= 100 else ""
        allowed = "yes or no" if outcome in YES_OR_NO else "0 to 1, a percentage, or as in 17 of 22" if of_members \
            else "0 to 1, or a percentage" if is_share else "a number from 0 up"  # fmt: skip
        sheet.blame(line, f"{outcome} is {shown(written)}; allowed is {allowed}{hint}")
        return None
    error = _number(row.get("error") or "0", outcome)
    if error is None or error < 0:
        sheet.blame(line, f"error is {shown(row['error'])}; allowed is a standard error from 0 up")
        return None
    if error and of is not None:
        sheet.blame(line, f"{outcome} has members that were asked and an error too; keep one, for the first gives the "
                          "second")  # fmt: skip
        return None
    return Observation(outcome, month, value, of, error, sheet.at(line))


def _number(text: str, outcome: str) -> float | None:
    if outcome in YES_OR_NO and text.casefold() in ("yes", "no"):
        return float(text.casefold() == "yes")
    if text.endswith("%"):
        value = finite_number(text[:-1].strip())
        return None if value is None else value / 100
    return finite_number(text)


def _is_count(value: float, of: float) -> bool:
    return of >= 1 and of == int(of) and value == int(value) and 0 <= value <= of


def _falling(observed: Sequence[Observation]) -> Iterator[tuple[Observation, Observation]]:
    """Exact values of what never falls that lie below an earlier one, and that one."""
    last: dict[str, Observation] = {}
    for one in observed:
        if one.outcome in SO_FAR and one.is_exact:
            if one.outcome in last and one.value < last[one.outcome].value:
                yield one, last[one.outcome]
            last[one.outcome] = one
