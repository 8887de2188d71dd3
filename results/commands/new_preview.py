"""What `legato new --preview` says: what a file of somebody's network is read as, before anything is written."""

from collections import Counter
from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar

from typing_extensions import TypedDict

from results.commands.statement import Statement
from results.words.table import Table
from scenarios.files.faults import printable
from scenarios.files.listing import counted
from scenarios.reading.own_or_foreign import ReadMembers
from scenarios.schema.roster import Roster

_SHOWN = 20


class ReadColumn(TypedDict):
    """A column of the person's file, and what it is read as."""

    file: str
    column: str
    read_as: str


class PreviewDocument(TypedDict):
    """What `new --preview --json` prints.

    Keys: `topics`, `regions` and `types` with the number of members, `relations` with the number of ties before one
    is chosen; `isolates` are members without a tie; `notes` say what was left out or settled; `to_say` is what has to
    be said before ties can be read: then there are none in `ties`, and no `isolates`.
    """

    members: list[str]
    topics: dict[str, int]
    regions: dict[str, int]
    types: dict[str, int]
    relations: dict[str, int]
    ties: int
    isolates: list[str]
    read_as: list[ReadColumn]
    notes: list[str]
    to_say: list[str]


@dataclass(frozen=True, eq=False, repr=False)
class Preview(Statement):
    """What was read, as tables and in words.

    Attributes:
        roster: members and ties, as a scenario would have them.
    """

    DOCUMENT: ClassVar[Any] = PreviewDocument

    _: KW_ONLY
    roster: Roster


def preview_of(read: ReadMembers) -> Preview:
    """The preview of what was read."""
    roster, made = read.roster, read.exchanged
    joined = Counter(end for one, other, _ in roster.ties or () for end in (one, other))
    to_say = list(made.questions) if made else []
    isolates = [] if to_say else [name for number, name in enumerate(roster.names) if not joined[number]]
    topics = {topic: int((roster.interests[:, number] > 0).sum()) for number, topic in enumerate(roster.topics)}
    regions = dict(Counter(roster.regions[number] for number in roster.region.tolist()))
    relations = {name or "not given": number for name, number in (made.relations if made else {}).items()}
    document: PreviewDocument = {
        "members": list(roster.names),
        "topics": topics,
        "regions": regions,
        "types": dict(made.types) if made else {},
        "relations": relations,
        "ties": len(roster.ties or ()),
        "isolates": isolates,
        "read_as": [
            {"file": file, "column": column, "read_as": ours} for file, column, ours in (made.matched if made else ())
        ],
        "notes": list(read.notes),
        "to_say": to_say,
    }
    blocks = [
        _members(roster, joined),
        _counts("Topics", ("topic", "members"), topics),
        _counts("Relations", ("relation", "ties in the file"), relations),
        (
            f"{counted(len(roster.names), 'member')}; no ties are read before something is said."
            if to_say
            else f"{counted(len(roster.names), 'member')}, {_ties(roster, isolates)}.",
            *map(printable, read.notes),
            *(f"To say: {printable(question)}." for question in to_say),
            "Nothing was written.",
        ),
    ]
    return Preview(tuple(block for block in blocks if block), document, roster=roster)


def _members(roster: Roster, joined: Counter[int]) -> Table:
    rows = [
        (
            printable(name),
            printable(
                ", ".join(
                    topic for topic, weight in zip(roster.topics, roster.interests[number], strict=True) if weight
                )
            ),
            printable(roster.regions[roster.region[number]]),
            str(joined[number]),
        )
        for number, name in enumerate(roster.names[:_SHOWN])
    ]
    more = len(roster.names) - _SHOWN
    title = "Members" if more <= 0 else f"Members, the first {_SHOWN} of {len(roster.names):,}"
    return Table(title, ("name", "topics", "region", "ties"), tuple(rows), frozenset({3}))


def _counts(title: str, header: tuple[str, str], counts: dict[str, int]) -> Table | None:
    if not counts:
        return None
    often = sorted(counts.items(), key=lambda one: -one[1])[:_SHOWN] if len(counts) > _SHOWN else list(counts.items())
    rows = tuple((printable(name), f"{number:,}") for name, number in often)
    title += f", the {_SHOWN} most frequent of {len(counts):,}" if len(counts) > _SHOWN else ""
    return Table(title, header, rows, frozenset({1}))


def _ties(roster: Roster, isolates: list[str]) -> str:
    return f"{counted(len(roster.ties), 'tie')}; without a tie: {_some(isolates)}" if roster.ties else "no ties"


def _some(names: list[str]) -> str:
    shown = ", ".join(map(printable, names[:_SHOWN])) or "nobody"
    return f"{shown} and {len(names) - _SHOWN:,} more" if names[_SHOWN:] else shown
