"""A real network's members and their ties from before: members.csv and ties.csv."""

import os
from collections.abc import Sequence
from math import fsum, sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scenarios.files.faults import ScenarioError, near_miss, refusal, shown
from scenarios.files.spreadsheet import Seen, Spreadsheet, read_spreadsheet
from scenarios.reading.cells import finite_number as finite_number
from scenarios.reading.cells import member_number as member_number
from scenarios.reading.cells import share as share
from scenarios.reading.cells import stands_wrong
from scenarios.reading.cells import yes_or_no as yes_or_no
from scenarios.reading.planned import check_introductions, named, read_stays, split_groups
from scenarios.reading.standing import MEMBERS_TODAY, StateFiles, read_standing
from scenarios.schema.fields import LAST_MONTH
from scenarios.schema.roster import MOST_REGIONS, MOST_TOPICS, SIZES, Roster
from scenarios.schema.roster import same as same

MOST_MEMBERS = 1_000_000
MEMBER_REQUIRED, TIE_REQUIRED = ("name", "interests"), ("from", "to", "strength")
MEMBER_COLUMNS = ("region", "size", "need", "champion", "activity", "joined", "left", "id", "joins", "leaves")
"""Columns that members.csv may have; `joined` and `left` are read where surveys are, by `scenarios.observed.waves`."""

_SIZE, _REGION, _NEED = "medium", "not given", 0.5


class RosterError(ScenarioError):
    """A members.csv or ties.csv cannot be used; the message has every fault, with file, line and column."""


def read_roster(
    members: str | os.PathLike[str],
    ties: str | os.PathLike[str] | None = None,
    contacts: str | os.PathLike[str] | None = None,
    introductions: str | os.PathLike[str] | None = None,
    groups: str | os.PathLike[str] | None = None,
    *,
    state: StateFiles | None = None,
    seen: tuple[Seen, Seen] | None = None,
) -> Roster:
    """Read members.csv, and ties.csv where there is one.

    members.csv needs the columns `name` and `interests` (topics separated by `;` or `|`, each with an optional weight
    as in `literacy:2`) and may have `region`, `size` (small, medium or large; empty: medium), `need` (the share of the
    programme budget that must be raised outside, 0 to 1; empty: 0.5), `champion` (yes or no; empty: no) and `activity`
    (how much a member reaches out and is reached, compared with an average one; empty: drawn). Members without a region
    share one called "not given". Case does not tell names, topics or regions apart. A member's luck goes by its `id`,
    or by its name where it has none: who keeps its id keeps its luck whatever it is called.

    ties.csv needs `from`, `to` and `strength` (the trust in the tie, 0 to 1; 0 is no tie). Ties have no direction.
    A column `month` may be there if it says 0 throughout: these are the ties from before the network.

    contacts.csv needs `month` (1 or later), `from` and `to`: the two met in that month. It has no direction either; a
    pair that stands twice in a month met twice in it, on two days, say.

    Members may come and go by plan: `joins` (the first month with it; empty: it is a founder) and `leaves` (the first
    month without it; empty: no plan). introductions.csv needs `month`, `from` and `to`: the facilitator introduces the
    two in that month. `to` may name several, separated by `;` or `|`: all of them are introduced to each other.

    groups.csv needs `topic` and `member` (several separated by `;` or `|`): who sits in the topic's challenge group,
    and nobody else does. Who sits in that of a topic that is not in the file, interests say.

    Args:
        members: path of members.csv.
        ties: path of ties.csv, or None.
        contacts: path of contacts.csv, or None.
        introductions: path of introductions.csv, or None.
        groups: path of groups.csv, or None.
        state: what else is known of the network where a run goes on from today; ties are then those of today.
        seen: where members and ties stand in the files of which these tables were made, so that faults name those.

    Raises:
        RosterError: with every fault of all files.
    """
    columns = MEMBER_COLUMNS + MEMBERS_TODAY if state else MEMBER_COLUMNS
    sheet = read_spreadsheet(Path(members), MEMBER_REQUIRED, columns, {"funding_need": "need"}, seen=seen and seen[0])
    numbers = _number_names(sheet)
    ids = _read_ids(sheet)
    topics, interests = _read_interests(sheet)
    regions: dict[str, tuple[int, str]] = {}
    region = [_index(regions, row.get("region") or _REGION) for row in sheet.rows]
    size = [_read_size(sheet, line, row) for line, row in zip(sheet.lines, sheet.rows, strict=True)]
    need = [_read_need(sheet, line, row) for line, row in zip(sheet.lines, sheet.rows, strict=True)]
    champion = [
        yes_or_no(sheet, line, "champion", row, empty=False) for line, row in zip(sheet.lines, sheet.rows, strict=True)
    ]
    activity = [_read_activity(sheet, line, row) for line, row in zip(sheet.lines, sheet.rows, strict=True)]
    joins, leaves = read_stays(sheet)
    if not sheet.blamed or sheet.rows:
        _check_counts(sheet, len(topics), len(regions))
    faults = sheet.faults
    pairs = None
    if ties is not None and not state:
        tie_sheet = read_spreadsheet(Path(ties), TIE_REQUIRED, ("month",), seen=seen and seen[1])
        pairs = _read_ties(tie_sheet, sheet, numbers)
        faults = faults + tie_sheet.faults
    met: tuple[tuple[int, int, int], ...] = ()
    if contacts is not None:
        contact_sheet = read_spreadsheet(Path(contacts), ("month", "from", "to"))
        met = tuple(sorted(pair for _, pair in _read_meetings(contact_sheet, sheet, numbers)))
        faults = faults + contact_sheet.faults
    introduced: tuple[tuple[int, int, int], ...] = ()
    if introductions is not None:
        introduction_sheet = read_spreadsheet(Path(introductions), ("month", "from", "to"))
        split_groups(introduction_sheet, numbers)
        planned = _read_meetings(introduction_sheet, sheet, numbers)
        introduced = check_introductions(introduction_sheet, planned, sheet, joins, leaves)
        faults = faults + list(dict.fromkeys(introduction_sheet.faults))
    seats: tuple[tuple[int, int], ...] = ()
    if groups is not None:
        group_sheet = read_spreadsheet(Path(groups), ("topic", "member"))
        seats = _read_groups(group_sheet, topics, sheet, numbers)
        faults = faults + group_sheet.faults
    standing = None
    if state:
        meetings = [(*one, "contact") for one in met] + [(*one, "introduction") for one in introduced]
        read = read_standing(state, ties, sheet, numbers, joins, leaves, meetings=meetings)
        pairs, standing = read.ties, read.standing
        faults = faults + read.faults
    if faults:
        raise RosterError(refusal("the roster", faults))
    roster = Roster(
        names=tuple(row["name"] for row in sheet.rows),
        topics=topics,
        regions=tuple(name for _, name in regions.values()),
        interests=interests,
        region=np.array(region, dtype=np.int64),
        size=np.array(size, dtype=np.int64),
        need=np.array(need, dtype=np.float64),
        champion=np.array(champion, dtype=np.bool_),
        activity=np.array(activity, dtype=np.float64),
        ties=pairs,
        contacts=met,
        ids=ids,
        joins=joins,
        leaves=leaves,
        introductions=introduced,
        groups=seats,
        standing=standing,
    )
    return roster.of(np.argsort(np.array(joins), kind="stable")) if joins else roster


def _index(known: dict[str, tuple[int, str]], name: str) -> int:
    """Number of a name among those seen so far; the first spelling is kept."""
    return known.setdefault(same(name), (len(known), name))[0]


def _number_names(sheet: Spreadsheet) -> dict[str, int]:
    """Row of each member by name."""
    numbers: dict[str, int] = {}
    for number, (line, row) in enumerate(zip(sheet.lines, sheet.rows, strict=True)):
        name = row.get("name")
        if name is None:
            continue
        if not name:
            sheet.blame(line, "name is empty; name every member")
        elif same(name) in numbers:
            sheet.blame(
                line, f"name is {shown(name)}, as in {sheet.at(sheet.lines[numbers[same(name)]])}; keep one of them"
            )
        else:
            numbers[same(name)] = number
    return numbers


def _read_ids(sheet: Spreadsheet) -> tuple[str, ...]:
    """The id of each member, "" where it has none: there its name is its identity; () where nobody has one."""
    ids = tuple(row.get("id", "") for row in sheet.rows)
    if not any(ids):
        return ()
    seen: dict[str, int] = {}
    for place, (line, row) in enumerate(zip(sheet.lines, sheet.rows, strict=True)):
        name, identity = row.get("name", ""), ids[place] or row.get("name", "")
        first = seen.setdefault(same(identity), place)
        if identity and first != place:
            at, other = sheet.at(sheet.lines[first]), sheet.rows[first].get("name", "")
            whose = "as the id" if ids[first] else "as the name, and so the identity,"
            if ids[place]:
                sheet.blame(
                    line,
                    f"id of {shown(name)} is {shown(identity)}, {whose} of {shown(other)} in {at}; give each its own",
                )
            else:
                sheet.blame(
                    line,
                    f"{shown(name)} has no id, so its name is its identity, and {shown(other)} in {at} has it as its "
                    "id; give each its own",
                )
    return ids


def _read_interests(sheet: Spreadsheet) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    """Names of the topics, and each member's weights, each row of unit length."""
    topics: dict[str, tuple[int, str]] = {}
    found: list[dict[int, float]] = []
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        weights: dict[int, float] = {}
        for item in row.get("interests", "-").replace("|", ";").split(";"):
            topic, colon, written = item.strip().rpartition(":")
            topic = topic.strip() if colon else written.strip()
            weight = _weight(written) if colon else 1.0
            if not topic and not colon:
                continue
            if not topic or weight is None:
                sheet.blame(
                    line,
                    f"interests has {shown(item.strip())}: allowed is a topic, or topic:weight with a weight "
                    "above 0 and at most 1000000",
                )
                continue
            number = _index(topics, topic)
            if number in weights:
                sheet.blame(line, f"interests has {shown(topic)} twice; keep one, with a weight if it matters more")
            weights[number] = weight
        if not weights and not row.get("interests", "-").replace("|", ";").strip("; "):
            sheet.blame(line, "interests is empty; name at least one topic, several separated by ; or |")
        found.append(weights)
    names = tuple(name for _, name in topics.values())
    if len(names) > MOST_TOPICS:
        return names, np.zeros((0, 0))
    interests = np.zeros((len(found), len(names)))
    for number, weights in enumerate(found):
        length = sqrt(fsum(weight * weight for weight in weights.values()))
        for topic_number, weight in weights.items():
            interests[number, topic_number] = weight / length
    return names, interests


def _weight(written: str) -> float | None:
    weight = finite_number(written)
    return weight if weight is not None and 1e-6 <= weight <= 1e6 else None


def _read_size(sheet: Spreadsheet, line: int, row: dict[str, str]) -> int:
    written = row.get("size", "").casefold() or _SIZE
    if written in SIZES:
        return SIZES.index(written)
    sheet.blame(line, f"size is {shown(row['size'])}: allowed is small, medium or large{near_miss(written, SIZES)}")
    return 0


def _read_need(sheet: Spreadsheet, line: int, row: dict[str, str]) -> float:
    return share(sheet, line, "need", row["need"]) if row.get("need") else _NEED


def _read_activity(sheet: Spreadsheet, line: int, row: dict[str, str]) -> float:
    """Activity, 1 for an average member; 0.0 where none is given."""
    written = row.get("activity", "")
    value = _weight(written) if written else 0.0
    if value is None:
        sheet.blame(
            line,
            f"activity is {shown(written)}: allowed is a number above 0 and at most 1000000, 1 for an average member, "
            "or empty",
        )
    return value or 0.0


def _check_counts(sheet: Spreadsheet, topics: int, regions: int) -> None:
    if not 2 <= len(sheet.rows) <= MOST_MEMBERS and not sheet.blamed:
        sheet.blame_all(f"{sheet.label} has {len(sheet.rows)} members: allowed is 2 to {MOST_MEMBERS}")
    for column, count, most in (("interests", topics, MOST_TOPICS), ("region", regions, MOST_REGIONS)):
        if count > most:
            sheet.blame_all(
                f"{sheet.label}: {column} names {count} of them: allowed is at most {most}; "
                "bring alike ones under one name"
            )


def _read_ties(sheet: Spreadsheet, members: Spreadsheet, numbers: dict[str, int]) -> tuple[tuple[int, int, float], ...]:
    """Pairs with trust above 0, in order of their members."""
    found: dict[tuple[int, int], tuple[int, float]] = {}
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        ends = [member_number(sheet, line, end, row[end], members, numbers) for end in ("from", "to") if end in row]
        strength = share(sheet, line, "strength", row["strength"]) if "strength" in row else 0.0
        month = row.get("month", "")
        if month and finite_number(month) != 0:
            sheet.blame(line, f"month is {shown(month)}: allowed is 0 or empty: these are ties from before the network")
        one, other = (*ends, None, None)[:2]
        if one is None or other is None:
            continue
        pair = (min(one, other), max(one, other))
        if not stands_wrong(sheet, line, row, pair, found[pair][0] if pair in found else None):
            found[pair] = (line, strength)
    return tuple((*pair, found[pair][1]) for pair in sorted(found) if found[pair][1] > 0)


def _read_meetings(
    sheet: Spreadsheet, members: Spreadsheet, numbers: dict[str, int]
) -> list[tuple[int, tuple[int, int, int]]]:
    """Line of each meeting, and its month and pair."""
    found = []
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        ends = [member_number(sheet, line, end, row[end], members, numbers) for end in ("from", "to") if end in row]
        month = finite_number(row.get("month", ""))
        if month is None or month != int(month) or not 1 <= month <= LAST_MONTH:
            sheet.blame(
                line, f"month is {shown(row.get('month', ''))}: allowed is a whole number from 1 to {LAST_MONTH}"
            )
            continue
        one, other = (*ends, None, None)[:2]
        if one is None or other is None:
            continue
        if one == other:
            sheet.blame(line, f"{shown(row['from'])} meets itself; leave the row out")
        else:
            found.append((line, (int(month), min(one, other), max(one, other))))
    return found


def _read_groups(
    sheet: Spreadsheet, topics: Sequence[str], members: Spreadsheet, numbers: dict[str, int]
) -> tuple[tuple[int, int], ...]:
    """Topic and member of each seat in a challenge group, in order."""
    known = {same(topic): number for number, topic in enumerate(topics)}
    seen: dict[tuple[int, int], int] = {}
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        topic = known.get(same(row.get("topic", "")))
        if topic is None and "topic" in row:
            hint = near_miss(row["topic"], topics, '"') or f"; allowed are {', '.join(map(shown, topics))}"
            sheet.blame(line, f"topic is {shown(row['topic'])}, which is nobody's interest in {members.label}{hint}")
        for name in named(row["member"], numbers) if "member" in row else ():
            member = member_number(sheet, line, "member", name, members, numbers)
            if topic is None or member is None:
                continue
            if (topic, member) in seen:
                at = sheet.at(seen[topic, member])
                sheet.blame(
                    line, f"{shown(name)} sits in the group of {shown(topics[topic])} in {at} already; keep one of them"
                )
            seen.setdefault((topic, member), line)
    return tuple(sorted(seen))
