"""Members that come and go by plan, and whom the facilitator introduces by plan: `joins`, `leaves`, introductions."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np

from scenarios.files.faults import ScenarioError, near_miss, refusal, shown
from scenarios.files.spreadsheet import Spreadsheet
from scenarios.schema.fields import LAST_MONTH
from scenarios.schema.roster import Roster, same

_FROM = re.compile(r"(?P<name>.*\S)\s+from\s+(?P<month>\S+)", re.DOTALL)


class WithoutError(ScenarioError):
    """members.without names somebody who cannot be left out; the message has every fault."""


def read_stays(sheet: Spreadsheet) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The months in which members join and leave by plan; () where nobody does."""
    joins = _months(sheet, "joins")
    leaves = _months(sheet, "leaves")
    for line, comes, goes in zip(sheet.lines, joins, leaves, strict=True):
        if goes and goes <= comes:
            sheet.blame(
                line,
                f"leaves is {goes}, but joins is {comes}: allowed is {comes + 1} or later, the first month without it",
            )
    if sum(not month for month in joins) < 2 <= len(joins) and not sheet.blamed:
        sheet.blame_all(f"{sheet.label}: fewer than 2 members are there from the founding on; leave joins empty for 2")
    return joins if any(joins) else (), leaves if any(leaves) else ()


def _months(sheet: Spreadsheet, column: str) -> tuple[int, ...]:
    """The months of a column, 0 where none is given."""
    found = []
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        written = row.get(column, "")
        month = _month(written) if written else 0
        if month is None:
            sheet.blame(
                line, f"{column} is {shown(written)}: allowed is a whole number from 1 to {LAST_MONTH}, or empty"
            )
        found.append(month or 0)
    return tuple(found)


def _month(written: str) -> int | None:
    month = int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0
    return month if 1 <= month <= LAST_MONTH else None


def named(written: str, numbers: dict[str, int]) -> list[str]:
    """Names in a cell, separated by ; or |; one name may hold either itself."""
    if same(written) in numbers:
        return [written]
    return [name.strip() for name in re.split("[;|]", written) if name.strip()] or [""]


def split_groups(sheet: Spreadsheet, numbers: dict[str, int]) -> None:
    """Put a row for each pair where `to` names several members, separated by ; or |: a group that is introduced."""
    lines, rows = [], []
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        group = [row.get("from", ""), *named(row.get("to", ""), numbers)]
        for one, other in combinations(group, 2):
            lines.append(line)
            rows.append(row | {"from": one, "to": other})
    sheet.lines, sheet.rows = lines, rows


def check_introductions(
    sheet: Spreadsheet,
    planned: Sequence[tuple[int, tuple[int, int, int]]],
    members: Spreadsheet,
    joins: Sequence[int],
    leaves: Sequence[int],
) -> tuple[tuple[int, int, int], ...]:
    """The introductions in order, each once; blamed are those of somebody who is not there, or no longer.

    Args:
        sheet: introductions.csv.
        planned: line of each, and its month and pair.
        members: members.csv.
        joins: month in which each joins; empty where all are founders.
        leaves: month in which each leaves; empty where nobody does.
    """
    seen: dict[tuple[int, int, int], int] = {}
    for line, (month, one, other) in planned:
        for member in (one, other):
            name, at = shown(members.rows[member]["name"]), members.at(members.lines[member])
            if joins and month < joins[member]:
                sheet.blame(
                    line,
                    f"month is {month}, but {name} joins in month {joins[member]} ({members.label}, {at}); "
                    f"allowed is {joins[member]} or later",
                )
            if leaves and 0 < leaves[member] <= month:
                sheet.blame(
                    line,
                    f"month is {month}, but {name} leaves in month {leaves[member]} ({members.label}, {at}); "
                    f"allowed is {leaves[member] - 1} or earlier",
                )
        first = seen.setdefault((month, one, other), line)
        if first != line:
            names = " and ".join(shown(members.rows[member]["name"]) for member in (one, other))
            sheet.blame(line, f"{names} are introduced in month {month} in {sheet.at(first)} already; keep one row")
    return tuple(sorted(seen))


def left_out(roster: Roster, written: str, file: str) -> Roster:
    """The roster without the members that `members.without` names, from the start or from some month on.

    Args:
        roster: as its file has it.
        written: names, several separated by ;, each perhaps with the month that it leaves in: `Hub from 10`.
        file: that the roster is from.

    Raises:
        WithoutError: with every fault.
    """
    if not written.strip():
        return roster
    numbers = {same(name): number for number, name in enumerate(roster.names)}
    leaves, faults = list(roster.leaves or [0] * len(roster.names)), []
    joins = roster.joins or (0,) * len(roster.names)
    gone: set[int] = set()
    today = roster.standing.month if roster.standing else 0
    seen: set[int] = set()
    for name, month in _named(written, numbers):
        member, from_month = numbers.get(same(name)), _month(month or "1")
        if member is None:
            hint = near_miss(name, roster.names, '"') or f"; {Path(file).name} has {len(roster.names)} others"
            faults.append(f"members.without is {shown(name)}, which is no member in {Path(file).name}{hint}")
        elif from_month is None:
            faults.append(
                f"members.without has {shown(name)} leave in month {shown(month)}: allowed is a whole number from 1 to "
                f"{LAST_MONTH}, or no month: from the start"
            )
        elif member in seen:
            faults.append(f"members.without has {shown(name)} twice; keep one")
        elif month and 0 < leaves[member] <= from_month:
            faults.append(
                f"members.without has {shown(name)} leave in month {month}, but {Path(file).name} has it leave in "
                f"month {leaves[member]}; allowed is 1 to {leaves[member] - 1}"
            )
        elif month and from_month <= today:
            faults.append(
                f"members.without has {shown(name)} leave in month {month}, but today is month {today} "
                f"(network.today); allowed is {today + 1} or later, or write it into the column leaves of "
                f"{Path(file).name}"
            )
        elif not month or from_month <= joins[member]:
            gone.add(member)
        else:
            leaves[member] = from_month
        seen.update([] if member is None else [member])
    rest = np.array([member for member in range(len(roster.names)) if member not in gone], np.int64)
    if not faults and sum(not joins[member] for member in rest) < 2:
        faults.append("members.without leaves fewer than 2 members from the founding on; a network needs 2")
    if faults:
        raise WithoutError(refusal("the roster", faults))
    kept = replace(roster, leaves=tuple(leaves) if any(leaves) else ())
    kept = replace(kept, introductions=tuple(one for one in kept.introductions if _there(one, leaves)))
    return kept.of(rest)


def _there(introduction: tuple[int, int, int], leaves: Sequence[int]) -> bool:
    """Whether nobody who is introduced has left by then."""
    month, *pair = introduction
    return not any(0 < leaves[member] <= month for member in pair)


def _named(written: str, numbers: dict[str, int]) -> list[tuple[str, str]]:
    """Names, each with the month it leaves in, "" for never a member. A name may hold a ; or end in "from 3"."""
    if same(written.strip()) in numbers:
        return [(written.strip(), "")]
    found = []
    whole = _FROM.fullmatch(written.strip())
    parts = [written] if whole and same(whole["name"]) in numbers else written.split(";")
    for part in (part.strip() for part in parts):
        timed = _FROM.fullmatch(part)
        if part and (same(part) in numbers or not timed):
            found.append((part, ""))
        elif timed:
            found.append((timed["name"], timed["month"]))
    return found
