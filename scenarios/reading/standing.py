"""A network as it stands today: ties, collaborations, attendance, representatives and what was counted so far.

The files are those that people have. What is doubtful in them is blamed with its line; what was done that a reader may
not expect is noted in a sentence.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scenarios.files.faults import near_miss, shown
from scenarios.files.spreadsheet import Spreadsheet, read_spreadsheet
from scenarios.reading.cells import finite_number
from scenarios.reading.state_members import MEMBERS_TODAY as MEMBERS_TODAY
from scenarios.reading.state_members import MOST_COUNTED, StateMembers, columns_today
from scenarios.reading.state_people import read_attended, read_representatives
from scenarios.reading.state_ties import (
    Pair,
    StateTie,
    add_partners,
    meetings_over,
    read_ties,
    read_waiting,
    read_works,
)
from scenarios.schema.standing import COUNTED, ORIGINS, UNKNOWN, Standing, Work

_HALF = 0.5


@dataclass(frozen=True)
class StateFiles:
    """Where what is known of a network today stands; "" where nobody has written it down.

    Attributes:
        today: the month at whose end it is known.
        collaborations: path of collaborations.csv.
        attendance: path of attendance.csv.
        representatives: path of representatives.csv.
        so_far: path of so_far.csv.
    """

    today: int
    collaborations: str = ""
    attendance: str = ""
    representatives: str = ""
    so_far: str = ""


@dataclass
class Read:
    """What was read: ties of today, what else is known of them and of members, and what is wrong with it."""

    ties: tuple[tuple[int, int, float], ...] = ()
    standing: Standing | None = None
    faults: list[str] = field(default_factory=list)


def read_standing(
    files: StateFiles,
    ties: str | os.PathLike[str] | None,
    sheet: Spreadsheet,
    numbers: dict[str, int],
    joins: Sequence[int],
    leaves: Sequence[int],
    *,
    meetings: Sequence[tuple[int, int, int, str]] = (),
) -> Read:
    """Everything that is known of a network today.

    Args:
        files: where it stands.
        ties: ties.csv, with the ties of today.
        sheet: members.csv.
        numbers: of its members by name.
        joins: month in which each joins; empty where all are founders.
        leaves: month in which each leaves; empty where nobody does.
        meetings: (month, one, other, kind), who is known to have met when.
    """
    members, found = StateMembers(sheet, numbers, joins, leaves, files.today), Read()
    notes: list[str] = []
    sheets: list[Spreadsheet] = []

    def opened(path: str | os.PathLike[str], required: Sequence[str], optional: Sequence[str] = ()) -> Spreadsheet:
        sheets.append(read_spreadsheet(Path(path), required, optional, {"one": "from", "other": "to"}))
        return sheets[-1]

    works: list[Work] = []
    waiting: list[tuple[int, int, int, int]] = []
    if files.collaborations:
        table = opened(files.collaborations, ("from", "to", "began"), ("funded_until", "ended", "applied", "anyway"))
        works = sorted(read_works(table, members, notes), key=lambda work: work.began)
        waiting = sorted(read_waiting(table, works, members), key=lambda pair: pair[0])
    known: dict[Pair, StateTie] = {}
    if ties is not None:
        known = read_ties(opened(ties, ("from", "to"), ("strength", "month", "origin", "events_only")), members)
    add_partners(known, works, waiting, members, notes, Path(files.collaborations).name)
    pairs = sorted(known)
    met = list(meetings_over(pairs, known, meetings, files.today))
    met_besides = {pairs[tie] for _, tie, _ in met} | {(work.one, work.other) for work in works}
    events_only = [
        known[pair].events_only
        if known[pair].events_only is not None
        else known[pair].origin == "convening" and pair not in met_besides
        for pair in pairs
    ]
    unknown = sum(known[pair].strength == UNKNOWN for pair in pairs)
    if unknown:
        notes.append(
            f"{unknown:,} of {len(pairs):,} ties have no strength; the trust in them follows from what is known of "
            "their history."
        )
    there = [member for member in range(len(sheet.rows)) if members.is_there(member)]
    alone = set(there).difference(*pairs)
    if there and len(alone) >= _HALF * len(there):
        notes.append(
            f"{len(alone):,} of {len(there):,} members have no tie: taken to know nobody. If they were not asked, what "
            "is predicted is too low; leave them out (members.without), or give their ties."
        )
    attended: tuple[tuple[int, int, int], ...] = ()
    if files.attendance:
        attended = read_attended(opened(files.attendance, ("event", "month", "member")), members, notes)
    since = np.array([min(month, files.today) for month in joins] or [0] * len(sheet.rows), np.int64)
    kind = np.full(len(sheet.rows), UNKNOWN, np.int64)
    if files.representatives:
        table = opened(files.representatives, ("member", "representative", "since"), ("kind",))
        for member, month, its_kind in read_representatives(table, members):
            since[member], kind[member] = month, its_kind
    counted = np.zeros(len(COUNTED))
    if files.so_far:
        counted = _so_far(opened(files.so_far, ("outcome", "value")))
    columns, of_members = columns_today(members)
    found.faults = [fault for one in sheets for fault in one.faults] + of_members
    found.ties = tuple((*pair, known[pair].strength) for pair in pairs)
    found.standing = Standing(
        files.today,
        tuple(works),
        np.array([known[pair].met for pair in pairs], np.int64),
        np.array([ORIGINS.index(known[pair].origin) for pair in pairs], np.int64),
        np.array(events_only, np.bool_),
        tuple(met),
        since=since,
        kind=kind,
        attended=attended,
        waiting=tuple(waiting),
        counted=counted,
        notes=tuple(notes),
        **columns,
    )
    return found


def _so_far(sheet: Spreadsheet) -> NDArray[np.float64]:
    """What was spent and what came of it so far, in the order of COUNTED."""
    found: dict[str, tuple[int, float]] = {}
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        outcome, written = row.get("outcome", "").casefold(), row.get("value", "")
        if outcome not in COUNTED:
            hint = near_miss(outcome, COUNTED)
            sheet.blame(line, f"outcome is {shown(row.get('outcome', ''))}: allowed is {', '.join(COUNTED)}{hint}")
            continue
        value = finite_number(written)
        is_count = outcome in ("evidence", "translation")
        if value is None or not 0 <= value <= 1e12 or (is_count and (value != int(value) or value > MOST_COUNTED)):
            allowed = f"a whole number from 0 to {MOST_COUNTED}" if is_count else "0 or more, in US dollars"
            sheet.blame(line, f"{outcome} is {shown(written)}: allowed is {allowed}")
        elif outcome in found:
            sheet.blame(line, f"{outcome} stands in {sheet.at(found[outcome][0])} already; keep one row")
        else:
            found[outcome] = line, value
    return np.array([found.get(outcome, (0, 0.0))[1] for outcome in COUNTED])
