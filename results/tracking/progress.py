"""What was observed of a network so far: a table of months, outcomes and values, as a backbone keeps it.

month,outcome,value,of,error
6,collaboration_rate,5,17,
9,collaboration_rate,11,20,
9,collaborations,8,,1.5
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from results.forecasting.asked import OF_MEMBERS, YES_OR_NO
from scenarios import Scenario
from scenarios.files.faults import ScenarioError, near_miss, refusal, shown
from scenarios.files.spreadsheet import Spreadsheet, read_spreadsheet
from scenarios.reading.roster import finite_number
from simulation.outcomes import BY_NAME, MONTHLY_NAMES

LONG = ("outcome", "value")
ALLOWED = ": month, outcome and value, with of and error if known; or month and a column for each outcome"
SO_FAR = ("collaboration_rate", "founders_rate", "collaborations_formed", "evidence", "translation", "months_worked",
          "uptake", "cost", "members_cost")  # fmt: skip
"""Monthly outcomes that never fall."""
_COUNTED = re.compile(r"(\d+)\s*(?:of|/|:)\s*(\d+)")
_HALF = 0.5


@dataclass(frozen=True)
class Observation:
    """What was observed of an outcome at the end of a month.

    Attributes:
        outcome: its name.
        month: at whose end.
        value: in the outcome's own unit.
        of: members that it is the share of, where fewer than all answered; None where all were looked at.
        error: its standard error, in the same unit; 0 where it is exact.
        place: of the file, for messages.
    """

    outcome: str
    month: int
    value: float
    of: int | None = None
    error: float = 0.0
    place: str = ""

    @property
    def is_exact(self) -> bool:
        """Whether it is taken as it is written."""
        return self.of is None and self.error == 0.0

    def describe(self) -> dict[str, Any]:
        """As plain data, for the manifest."""
        return {"outcome": self.outcome, "month": self.month, "value": self.value, "of": self.of, "error": self.error}


@dataclass(frozen=True)
class Progress:
    """All that was observed.

    Attributes:
        observed: by month, then in order of the outcomes.
        remarks: what was done with it that a reader may not expect, in sentences.
    """

    observed: tuple[Observation, ...]
    remarks: tuple[str, ...] = ()

    @property
    def now(self) -> int:
        """The last month of which anything was observed."""
        return max(one.month for one in self.observed)

    def last(self, outcome: str) -> Observation | None:
        """The latest observation of an outcome."""
        mine = [one for one in self.observed if one.outcome == outcome]
        return mine[-1] if mine else None

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Outcomes that were observed."""
        return tuple(dict.fromkeys(one.outcome for one in self.observed))

    def describe(self) -> list[dict[str, Any]]:
        """As plain data, for the manifest."""
        return [one.describe() for one in self.observed]


def progress_of(described: list[dict[str, Any]]) -> Progress:
    """The same from a manifest."""
    return Progress(tuple(Observation(**one) for one in described))


def read_progress(path: str | PathLike[str], scenario: Scenario) -> Progress:
    """Read what was observed of a network that a scenario plans.

    Args:
        path: of the table, either a row for each observation, or a row for each month with a column for each outcome.
        scenario: the plan.

    Raises:
        ScenarioError: with every fault of the table.
    """
    file = Path(path)
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
    return Progress(observed, tuple(_remarks(observed, scenario)))


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
    is_share, of_members = BY_NAME[outcome].scale in ("share", "level"), outcome in OF_MEMBERS
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


def _falling(observed: tuple[Observation, ...]) -> Iterator[tuple[Observation, Observation]]:
    """Exact values of what never falls that lie below an earlier one, and that one."""
    last: dict[str, Observation] = {}
    for one in observed:
        if one.outcome in SO_FAR and one.is_exact:
            if one.outcome in last and one.value < last[one.outcome].value:
                yield one, last[one.outcome]
            last[one.outcome] = one


def _remarks(observed: tuple[Observation, ...], scenario: Scenario) -> Iterator[str]:
    members = scenario.network.members
    few = [one for one in observed if one.of is not None and one.of <= _HALF * members]
    if few:
        yield (
            f"In {', '.join(f'{one.outcome} of month {one.month} ({one.of} of {members} members)' for one in few[:3])}"
            f"{' and others' if len(few) > 3 else ''} half of the members or fewer were asked. Those who answered are "
            "taken for a random part of all; if the active ones answer more readily, the forecast is too high."
        )
    if all(one.is_exact for one in observed):
        yield (
            "What was observed is taken as exact. Where not everybody answered, write 5 of 17 members, or a standard "
            "error: else the forecast is surer than it may be."
        )
