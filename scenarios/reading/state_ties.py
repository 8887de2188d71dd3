"""Ties and collaborations as they stand today."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scenarios.files.faults import near_miss, shown
from scenarios.files.listing import listed
from scenarios.files.spreadsheet import Spreadsheet
from scenarios.reading.cells import share, stands_wrong, whole, yes_or_no
from scenarios.reading.state_members import StateMembers, month_so_far
from scenarios.schema.fields import LAST_MONTH
from scenarios.schema.standing import CONTACT, ORIGINS, PRIOR, UNKNOWN, Work

BEGINNINGS = ("prior", "convening", "group", "introduction", "contact")
"""How a tie may have begun."""
_SHOWN = 3

Pair = tuple[int, int]


@dataclass
class StateTie:
    """A tie as a row has it: `met` 0 and origin "prior" where it is from before; `events_only` None where not said."""

    line: int
    strength: float
    met: int
    origin: str
    events_only: bool | None


def read_ties(sheet: Spreadsheet, members: StateMembers) -> dict[Pair, StateTie]:
    """Ties of today, and those that later joiners bring."""
    found: dict[Pair, StateTie] = {}
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        ends = [members.number(sheet, line, end, row[end]) for end in ("from", "to") if end in row]
        strength = share(sheet, line, "strength", row["strength"]) if row.get("strength") else UNKNOWN
        origin = row.get("origin", "").casefold()
        if origin and origin not in BEGINNINGS:
            allowed = f"allowed is {', '.join(BEGINNINGS)}, or empty{near_miss(origin, BEGINNINGS)}"
            sheet.blame(line, f"origin is {shown(row['origin'])}: {allowed}")
            continue
        month = month_so_far(sheet, line, "month", row.get("month", ""), members.today, first=0)
        events_only = yes_or_no(sheet, line, "events_only", row, empty=False) if row.get("events_only") else None
        if month is None or len(ends) < 2 or ends[0] is None or ends[1] is None:
            continue
        one, other = ends[0], ends[1]
        if origin not in ("", "prior") and not row.get("month"):
            sheet.blame(line, f"origin is {shown(origin)}, but month is empty; say in which month the two met")
            continue
        if events_only and origin != "convening":
            sheet.blame(line, f"events_only is yes, but origin is {shown(origin)}; allowed where it is convening")
            continue
        pair = (min(one, other), max(one, other))
        if stands_wrong(sheet, line, row, pair, found[pair].line if pair in found else None):
            continue
        if late := _later(members, pair):
            if strength == UNKNOWN or month:
                sheet.blame(
                    line,
                    f"{members.names(late[0])} joins in month {late[1]}, after today ({members.today}): give the "
                    "strength of the tie that it will bring, and no month",
                )
            found[pair] = StateTie(line, max(0.0, strength), 0, "prior", None)
        else:
            found[pair] = StateTie(line, strength, month, origin or ("contact" if month else "prior"), events_only)
    return {pair: tie for pair, tie in found.items() if tie.strength != 0}


def _later(members: StateMembers, pair: Pair) -> tuple[int, int] | None:
    """Which of two joins after today, and when; None where both are there."""
    joining = [(member, members.joins[member]) for member in pair if members.joins]
    return next(((member, month) for member, month in joining if month > members.today), None)


def add_partners(
    known: dict[Pair, StateTie],
    works: Sequence[Work],
    waiting: Sequence[tuple[int, int, int, int]],
    members: StateMembers,
    notes: list[str],
    file: str,
) -> None:
    """Who works together, or has applied together, knows each other, whether it stands among the ties or not."""
    added = []
    since = [(work.one, work.other, work.began) for work in works if not work.ended]
    for one, other, month in since + [(one, other, month) for month, one, other, _ in waiting]:
        if (one, other) not in known:
            known[one, other] = StateTie(0, UNKNOWN, month, ORIGINS[CONTACT], None)
            added.append(members.names(one, other))
    if added:
        some = listed(added[:_SHOWN]) if len(added) <= _SHOWN else f"{', '.join(added[:_SHOWN])} and others"
        notes.append(
            f"{len(added):,} {'pairs work' if len(added) > 1 else 'pair works'} together or applied together ({file}), "
            f"but {'have' if len(added) > 1 else 'has'} no tie in the file of ties ({some}): taken to know each other "
            "since then."
        )


def meetings_over(
    pairs: Sequence[Pair],
    known: Mapping[Pair, StateTie],
    meetings: Sequence[tuple[int, int, int, str]],
    today: int,
) -> Iterator[tuple[int, int, int]]:
    """Encounters over the ties of today, after the one that each began with: month, tie, kind."""
    place = {pair: number for number, pair in enumerate(pairs)}
    for month, one, other, kind in sorted(meetings):
        pair = (one, other)
        if month <= today and pair in place and (month > known[pair].met or known[pair].origin == ORIGINS[PRIOR]):
            yield month, place[pair], ORIGINS.index(kind)


def read_works(sheet: Spreadsheet, members: StateMembers, notes: list[str]) -> Iterator[Work]:
    """Collaborations so far, in order of lines."""
    found: list[tuple[int, Work]] = []
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        ends = [members.number(sheet, line, end, row[end]) for end in ("from", "to") if end in row]
        applied = month_so_far(sheet, line, "applied", row.get("applied", ""), members.today)
        if applied and not row.get("began"):
            continue  # waits for a grant; `read_waiting` reads it
        began = month_so_far(sheet, line, "began", row.get("began", ""), members.today, empty=None)
        ended = month_so_far(sheet, line, "ended", row.get("ended", ""), members.today)
        paid = row.get("funded_until", "")
        funded_until = whole(paid, 1, LAST_MONTH) if paid else 0
        if funded_until is None:
            sheet.blame(
                line,
                f"funded_until is {shown(paid)}: allowed is the last month that is paid for, a whole number from 1 to "
                f"{LAST_MONTH}, or empty",
            )
        if None in (*ends, began, ended, funded_until) or len(ends) < 2:
            continue
        one, other = ends
        assert one is not None
        assert other is not None
        assert began is not None
        assert ended is not None
        assert funded_until is not None
        if one == other:
            sheet.blame(line, f"{members.names(one)} is said to work with itself; name the other member")
        elif ended and ended < began:
            sheet.blame(line, f"ended is {ended}, before it began ({began}); allowed is {began} or later, or empty")
        elif funded_until and funded_until < began:
            sheet.blame(
                line,
                f"funded_until is {funded_until}, before it began ({began}); allowed is {began} or later, or empty",
            )
        elif sum(members.was_there(sheet, line, "began", member, began) for member in (one, other)) == 2:
            found.append((line, Work(began, min(one, other), max(one, other), funded_until, ended)))
    _blame_doubles(sheet, found, members)
    notes += _with_who_left(found, members)
    yield from (work for _, work in found)


def read_waiting(
    sheet: Spreadsheet, works: Sequence[Work], members: StateMembers
) -> Iterator[tuple[int, int, int, int]]:
    """Pairs that wait for an open call: month, one, other, and 1 if they would work together without a grant too."""
    busy = {(work.one, work.other) for work in works if not work.ended}
    seen: dict[Pair, int] = {}
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        if not row.get("applied") or row.get("began"):
            continue
        month = whole(row["applied"], 1, members.today)
        ends = [members.number(sheet, line, end, row[end]) for end in ("from", "to") if end in row]
        anyway = yes_or_no(sheet, line, "anyway", row, empty=False)
        if late := [column for column in ("ended", "funded_until") if row.get(column)]:
            sheet.blame(line, f"{late[0]} is {shown(row[late[0]])}, but began is empty; say when it began")
        if month is None or anyway is None or late or len(ends) < 2 or ends[0] is None or ends[1] is None:
            continue
        one, other = sorted((ends[0], ends[1]))
        if one == other:
            sheet.blame(line, f"{members.names(one)} is said to apply with itself; name the other member")
        elif (one, other) in busy:
            sheet.blame(line, f"{members.names(one, other)} work together already; leave the application out")
        elif (one, other) in seen:
            sheet.blame(line, f"{members.names(one, other)} wait in {sheet.at(seen[one, other])} already; keep one row")
        elif sum(members.was_there(sheet, line, "applied", member, month) for member in (one, other)) == 2:
            yield month, one, other, int(anyway)
        seen[one, other] = line


def _blame_doubles(sheet: Spreadsheet, found: Sequence[tuple[int, Work]], members: StateMembers) -> None:
    """Blame a collaboration of two that have one already at that time."""
    last: dict[Pair, tuple[int, Work]] = {}
    for line, work in sorted(found, key=lambda one: (one[1].began, one[0])):
        before = last.get((work.one, work.other))
        if before is not None and (not before[1].ended or work.began < before[1].ended):
            sheet.blame(
                line,
                f"{members.names(work.one, work.other)} work together since month {before[1].began} already "
                f"({sheet.at(before[0])}), which had not ended by month {work.began}; keep one, or say when the first "
                "ended",
            )
        last[work.one, work.other] = line, work


def _with_who_left(found: Sequence[tuple[int, Work]], members: StateMembers) -> Iterator[str]:
    """Collaborations that go on although one of the two has left."""
    for _, work in found:
        gone = [one for one in (work.one, work.other) if members.leaves and 0 < members.leaves[one] <= members.today]
        if gone and not work.ended:
            yield (
                f"{members.names(work.one, work.other)} still work together, although {members.names(*gone)} left in "
                f"month {members.leaves[gone[0]]}: who leaves a network keeps its collaborations, as in the model."
            )
