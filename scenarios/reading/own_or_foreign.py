"""Members and ties as they will be read: our own tables as they are, anybody else's as tables made of them."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from scenarios.files.faults import ScenarioError, printable
from scenarios.files.spreadsheet import read_spreadsheet
from scenarios.reading.foreign_tables import Choices, Exchanged, exchanged
from scenarios.reading.headers import MEMBER_WORDS
from scenarios.reading.roster import MEMBER_COLUMNS, MEMBER_REQUIRED, TIE_REQUIRED, RosterError, read_roster
from scenarios.schema.roster import Roster


@dataclass(frozen=True)
class ReadMembers:
    """What was read.

    Attributes:
        roster: members and ties.
        exchanged: the tables they were read from; None where the files are our own, and mean just what they say.
        notes: what is to be said of the files.
    """

    roster: Roster
    exchanged: Exchanged | None
    notes: tuple[str, ...] = ()


def read_members(
    members: Path, ties: Path | None, choices: Choices | None = None, *, may_ask: bool = False
) -> ReadMembers:
    """Read files of ours or of others.

    Tables of ours stay as they are unless a cell means something else than it says, as `N/A` or `health, housing` do.

    Args:
        members: as of `exchanged`.
        ties: as of `exchanged`.
        choices: as of `exchanged`.
        may_ask: whether what is still to be said may stay open; the roster is then without ties.

    Raises:
        ScenarioError: if they cannot be used.
        RequestError: if a choice names what is not there.
    """
    own: Roster | None = None
    refused: RosterError | None = None
    try:
        own = read_roster(members, ties)
    except RosterError as error:
        refused = error
    try:
        made = exchanged(members, ties, choices, may_ask=may_ask)
        roster = _as_read(made)
    except ScenarioError:
        if refused is not None and _are_ours(members, ties):
            raise refused from None
        raise
    if own is not None and (own == roster or own.ids or own.joins or own.leaves):  # only our tables have these
        return ReadMembers(own, None, made.twins)
    return ReadMembers(roster, made, (*_columns_of(made), *made.notes, *made.twins))


def _columns_of(made: Exchanged) -> list[str]:
    """A line for each file about which of its columns is read as which."""
    by_file: dict[str, list[str]] = {}
    twice = {one for one, number in Counter((label, header) for label, header, _ in made.matched).items() if number > 1}
    for label, header, ours in made.matched:
        of = " of ties" if (label, header) in twice and ours not in MEMBER_WORDS else ""
        by_file.setdefault(label, []).append(f"{printable(header)}{of} as {ours}")
    return [f"{label}: read {', '.join(pairs)}" for label, pairs in by_file.items()]


def _are_ours(members: Path, ties: Path | None) -> bool:
    """Whether the columns are ours, so that what is wrong is in the rows, of which our own reader knows best."""
    required, optional = MEMBER_REQUIRED, (*MEMBER_COLUMNS, "funding_need")
    if not {*required} <= {*read_spreadsheet(members, required, optional).columns}:
        return False
    return ties is None or {*TIE_REQUIRED} <= {*read_spreadsheet(ties, TIE_REQUIRED, ("month",)).columns}


def _as_read(made: Exchanged) -> Roster:
    with TemporaryDirectory() as home:
        members, ties = Path(home) / "members.csv", Path(home) / "ties.csv"
        members.write_bytes(made.members)
        if made.ties is not None:
            ties.write_bytes(made.ties)
        return read_roster(members, None if made.ties is None else ties, seen=made.seen)
