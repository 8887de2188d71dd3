"""Collaborations as a backbone keeps them, by name, and what they come to month by month.

from,to,began,ended
Kita West,Lernhaus,4,
Kita West,ATD,5,8
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from results.tracking.observation import Observation
from scenarios import Scenario
from scenarios.files.faults import ScenarioError, near_miss, refusal, shown
from scenarios.files.spreadsheet import Spreadsheet, read_spreadsheet
from scenarios.reading.roster import finite_number, same

FILE = "collaborations.csv"
LOOKED_AT = (0, 3, 6)
"""Months before the last one whose collaborations are counted: more would tell hardly more."""


@dataclass(frozen=True)
class Work:
    """A collaboration of two members.

    Attributes:
        pair: names, as `same` takes them for the same, the first in the alphabet first.
        began: month.
        ended: month in which it was over; None where it goes on.
        line: of the file.
    """

    pair: tuple[str, str]
    began: int
    ended: int | None
    line: int

    def is_active(self, month: int) -> bool:
        """Whether the two work together at the end of a month."""
        return self.began <= month and (self.ended is None or month < self.ended)


def read_collaborations(file: Path, scenario: Scenario) -> tuple[Work, ...]:
    """All collaborations of a file.

    Raises:
        ScenarioError: with every fault of the file.
    """
    sheet = read_spreadsheet(
        file, ("from", "to", "began"), ("ended", "funded_until", "applied", "anyway"), {"one": "from", "other": "to"}
    )
    found = list(_rows(sheet, scenario)) if not sheet.blamed else []
    for one, earlier in _twice(found):
        sheet.blame(
            one.line,
            f"these two work together since month {earlier.began} already (line {earlier.line}), which had not ended "
            f"by month {one.began}; keep one, or say when the first ended",
        )
    members = scenario.network.members
    names = {name for one in found for name in one.pair}
    if len(names) > members and scenario.network.joining == 0:
        sheet.blame_all(
            f"{sheet.label} names {len(names)} members, but the plan has {members} (network.members); are some names "
            "written in two ways?"
        )
    if not found and not sheet.blamed:
        sheet.blame_all(
            f"{sheet.label} has no collaboration; where there is none yet, write 0 into a table of outcomes"
        )
    if sheet.faults:
        raise ScenarioError(refusal("what was observed", sheet.faults))
    return tuple(found)


def _rows(sheet: Spreadsheet, scenario: Scenario) -> Iterator[Work]:
    known = {same(name): name for name in scenario.roster.names} if scenario.roster else {}
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        if row.get("applied") and not row["began"]:
            continue  # waits for a grant: no collaboration yet
        good = True
        for column in ("from", "to"):
            name = row[column]
            if not name:
                sheet.blame(line, f"{column} is empty; allowed is the name of a member")
                good = False
            elif known and same(name) not in known:
                hint = near_miss(name, known.values(), "'") or f"; there are {len(known)} members"
                sheet.blame(line, f"{column} is {shown(name)}, who is not a member of {scenario.name}{hint}")
                good = False
        if same(row["from"]) == same(row["to"]) and row["from"]:
            sheet.blame(line, f"{shown(row['from'])} is said to work with itself; name the other member")
            good = False
        began = _month(sheet, line, "began", row["began"], scenario)
        ended = _month(sheet, line, "ended", row["ended"], scenario) if row.get("ended") else None
        if began is not None and ended is not None and ended < began:
            sheet.blame(line, f"ended is {ended}, before it began ({began}); allowed is {began} or later")
            good = False
        if good and began is not None and (ended is not None or not row.get("ended")):
            one, other = sorted((same(row["from"]), same(row["to"])))
            yield Work((one, other), began, ended, line)


def _month(sheet: Spreadsheet, line: int, column: str, written: str, scenario: Scenario) -> int | None:
    value = finite_number(written)
    if value is None or value != int(value) or not 1 <= value < scenario.last_month:
        sheet.blame(line, f"{column} is {shown(written)}; allowed are months from 1, the first after the founding, to "
                          f"{scenario.last_month - 1}, as whole numbers")  # fmt: skip
        return None
    return int(value)


def _twice(found: list[Work]) -> Iterator[tuple[Work, Work]]:
    """Collaborations of a pair that has one already at that time, and that one."""
    last: dict[tuple[str, str], Work] = {}
    for one in sorted(found, key=lambda one: (one.began, one.line)):
        earlier = last.get(one.pair)
        if earlier is not None and (earlier.ended is None or one.began < earlier.ended):
            yield one, earlier
        last[one.pair] = one


def counted(works: tuple[Work, ...], now: int, scenario: Scenario) -> list[Observation]:
    """What the collaborations come to in the last month, and three and six months before."""
    members = scenario.network.members
    found = []
    for month in sorted({now - back for back in LOOKED_AT if now - back >= 1}):
        so_far = [one for one in works if one.began <= month]
        active = [one for one in so_far if one.is_active(month)]
        values = {
            "collaboration_rate": len({name for one in so_far for name in one.pair}) / members,
            "active_rate": len({name for one in active for name in one.pair}) / members,
            "collaborations": float(len(active)),
            "collaborations_formed": float(len(so_far)),
        }
        found += [Observation(outcome, month, value, place=FILE) for outcome, value in values.items()]
    return found
