"""Who came to which event, and who represents whom."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from scenarios.files.faults import near_miss, shown
from scenarios.files.listing import listed
from scenarios.files.spreadsheet import Spreadsheet
from scenarios.reading.state_members import StateMembers, month_so_far
from scenarios.schema.fields import LAST_MONTH
from scenarios.schema.roster import same
from scenarios.schema.standing import KINDS, UNKNOWN

NOBODY = "nobody"
"""Who came to an event that nobody came to."""
_SHOWN = 3


def read_attended(sheet: Spreadsheet, members: StateMembers, notes: list[str]) -> tuple[tuple[int, int, int], ...]:
    """Month, member, and 1 or 0: of each event everybody who was a member then."""
    came: dict[tuple[str, int], dict[int, int]] = defaultdict(dict)
    named: dict[tuple[str, int], str] = {}
    empty: dict[tuple[str, int], int] = {}
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        event, name = row.get("event", "-"), row.get("member", "-")
        if not event:
            sheet.blame(line, "event is empty: give it a name")
        month = month_so_far(sheet, line, "month", row.get("month", ""), members.today, empty=None)
        if not name:
            sheet.blame(line, f"member is empty: name who came; where nobody did, write {NOBODY}")
        if month is None or not name or not event:
            continue
        key = (same(event), month)
        named[key] = f"{shown(event)} in month {month}"
        if same(name) == NOBODY and NOBODY not in members.numbers:
            empty[key] = line
            came.setdefault(key, {})
            continue
        member = members.number(sheet, line, "member", name)
        if member is None or not members.was_there(sheet, line, "month", member, month):
            continue
        if member in came[key]:
            first = sheet.at(came[key][member])
            sheet.blame(line, f"{members.names(member)} came to {named[key]} in {first} already; keep one row")
        came[key].setdefault(member, line)
    for key, line in empty.items():
        if came[key]:
            sheet.blame(line, f"{NOBODY} came to {named[key]}, but {members.names(*list(came[key])[:1])} did in "
                              f"{sheet.at(min(came[key].values()))}; keep one of them")  # fmt: skip
    if empty and not sheet.blamed:
        notes.append(
            f"Nobody came to {listed([named[key] for key in list(empty)[:_SHOWN]])}"
            f"{' and others' if len(empty) > _SHOWN else ''}: counted as an invitation that nobody followed."
        )
    rows = [
        (month, member, int(member in there))
        for (_, month), there in came.items()
        for member in range(len(members.sheet.rows))
        if (not members.joins or members.joins[member] <= month)
        and (member in there or not (members.leaves and 0 < members.leaves[member] <= month))
    ]
    return tuple(sorted(rows))


def read_representatives(sheet: Spreadsheet, members: StateMembers) -> Iterator[tuple[int, int, int]]:
    """Member, month since which its present representative is there, and which kind that is."""
    stints: dict[int, list[tuple[int, int, str, int]]] = defaultdict(list)
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        member = members.number(sheet, line, "member", row.get("member", "-")) if "member" in row else None
        person, kind = row.get("representative", "-"), row.get("kind", "").casefold()
        since = month_so_far(sheet, line, "since", row.get("since", ""), members.today, first=0)
        if not person:
            sheet.blame(line, "representative is empty: allowed is the name of a person")
        if kind and kind not in KINDS:
            allowed = f"allowed is {', '.join(KINDS)}, or empty{near_miss(kind, KINDS)}"
            sheet.blame(line, f"kind is {shown(row['kind'])}: {allowed}")
            continue
        if member is None or since is None or not person:
            continue
        since = since if row.get("since") or not members.joins else min(members.joins[member], members.today)
        if members.was_there(sheet, line, "since", member, since):
            stints[member].append((since, line, person, KINDS.index(kind) if kind else UNKNOWN))
    for member, mine in stints.items():
        mine.sort()
        for (since, line, person, _), (next_since, next_line, next_person, _) in pairwise(mine):
            if since == next_since:
                sheet.blame(
                    next_line,
                    f"{shown(next_person)} represents {members.names(member)} since month {since}, as {shown(person)} "
                    f"does in {sheet.at(line)}; keep one of them, or say since when each",
                )
    _blame_persons(sheet, stints, members)
    for member, mine in stints.items():
        since, _, _, kind_number = mine[-1]
        yield member, since, kind_number


def _blame_persons(
    sheet: Spreadsheet, stints: Mapping[int, Sequence[tuple[int, int, str, int]]], members: StateMembers
) -> None:
    """Blame a person who represents two members at once."""
    times: dict[str, list[tuple[int, int, int, int, str]]] = defaultdict(list)
    for member, mine in stints.items():
        ends = [since for since, *_ in mine[1:]] + [LAST_MONTH + 1]
        leaves = members.leaves[member] if members.leaves else 0
        for (since, line, person, _), end in zip(mine, ends, strict=True):
            times[same(person)].append((since, min(end, leaves or end), member, line, person))
    for of_one in times.values():
        of_one.sort()
        last = of_one[0]
        for one in of_one[1:]:
            (_, end, member, line, _), (since, next_end, next_member, next_line, person) = last, one
            if member != next_member and since < end:
                sheet.blame(
                    next_line,
                    f"{shown(person)} represents {members.names(next_member)} since month {since}, but still "
                    f"{members.names(member)} then ({sheet.at(line)}); say who represents {members.names(member)} "
                    "from then on, or tell the two persons apart by their names",
                )
            if next_end > end:
                last = one
