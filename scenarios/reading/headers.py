"""Which column of somebody's table is which of ours: by what the person says, else by what others call it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from scenarios.files.faults import RequestError, near_miss, shown

SHEET = "sheet"
"""The attribute of ties that says in which of several sheets they stand: a relation, if nothing else is."""
MEMBER_WORDS: Mapping[str, tuple[str, ...]] = {
    "name": (
        *("name", "label", "organization", "organisation", "organization name", "organisation name", "member"),
        *("member name", "full name", "institution", "agency", "company", "node label", "vertex", "node", "nom"),
        *("your organization", "your organisation", "respondent", "organisme", "organisation", "institutionname"),
    ),
    "id": ("id", "_id", "node id", "nodeid", "key", "identifier", "nr", "no"),
    "interests": (
        *("interests", "interest", "topics", "topic", "tags", "themes", "theme", "sector", "sectors", "keywords"),
        *("focus", "focus area", "focus areas", "issue", "issues", "field", "fields", "category", "domain"),
    ),
    "region": ("region", "country", "location", "state", "county", "city", "land", "pays"),
    "size": ("size", "organization size", "organisation size"),
    "need": ("need", "funding need"),
    "champion": ("champion",),
    "activity": ("activity",),
    "joins": ("joins",),
    "leaves": ("leaves",),
    "type": ("type", "kind", "node type", "element type", "entity type"),
}
"""Our column of a list of members -> what others call it, the best first; `id` and `type` settle who is meant."""
TIE_WORDS: Mapping[str, tuple[str, ...]] = {
    "from": (
        *(
            "from",
            "source",
            "from id",
            "source id",
            "sender",
            "ego",
            "ego id",
            "vertex 1",
            "node 1",
            "node1",
            "organization 1",
        ),
        *("organisation 1", "org 1", "org1", "partner 1", "member 1", "organization a", "organisation a", "partner a"),
        *("from organization", "from organisation", "from name", "source name", "source label", "von"),
    ),
    "to": (
        *(
            "to",
            "target",
            "to id",
            "target id",
            "receiver",
            "alter",
            "alter id",
            "vertex 2",
            "node 2",
            "node2",
            "organization 2",
        ),
        *("organisation 2", "org 2", "org2", "partner 2", "member 2", "organization b", "organisation b", "partner b"),
        *("to organization", "to organisation", "to name", "target name", "target label", "nach"),
    ),
    "strength": (
        *("strength", "trust", "weight", "value", "intensity", "frequency", "edge weight", "tie strength", "score"),
    ),
    "relation": (
        *("relation", "relationship", "type", "relation type", "relationship type", "tie type", "connection type"),
        *("edge type", "kind", "label", SHEET),
    ),
    "month": ("month",),
    "date": ("date", "year", "wave", "time", "timestamp", "start", "start date", "since", "period", "timeset"),
}
"""Our column of a list of ties -> what others call it, the best first."""
_BETWEEN = re.compile(r"[_\-]|(?<=\w)\.(?=\w)")  # R puts points between words: alter.id
_QUOTES = re.compile("^[\"'\u201c\u201d\u2018\u2019\u00ab\u00bb]+|[\"'\u201c\u201d\u2018\u2019\u00ab\u00bb]+$")
OURS = tuple(dict.fromkeys([*MEMBER_WORDS, *TIE_WORDS, "partners", "groups"]))
PARTNER_WORDS = (
    *(
        "partner",
        "partners",
        "collaborator",
        "collaborators",
        "works with",
        "collaborates with",
        "partner organisation",
    ),
    *("partner organization", "partner organisations", "partner organizations", "connected to"),
)
"""What others call the column in which a member's partners stand."""

_TRIED = 1000  # near misses are slow to find, and no list of members has more columns


def normal(header: str) -> str:
    """What spellings of one header have in common."""
    return " ".join(_BETWEEN.sub(" ", _QUOTES.sub("", header)).split()).casefold()


@dataclass(frozen=True)
class Mapped:
    """What the person says of columns: header, in its common spelling -> our column; "" where it is to be left out."""

    columns: Mapping[str, str]

    def check_used(self, headers: Iterable[str]) -> None:
        """Refuse to map a column that no file has.

        Raises:
            RequestError: with the near miss.
        """
        there = {normal(header): header for header in headers} if self.columns else {}
        for column in self.columns:
            if column not in there:
                hint = near_miss(column, there, '"')
                raise RequestError(
                    "mapped", f"no file has a column or attribute {shown(column)}{hint}"
                    + ("" if hint else f"; there are {', '.join(map(shown, list(there.values())[:20]))}"),
                )  # fmt: skip


def mapped(pairs: Sequence[str]) -> Mapped:
    """What `--map "Column=interests"` says, once for each column.

    Raises:
        RequestError: where it names none of our columns, or one column twice.
    """
    columns: dict[str, str] = {}
    for pair in pairs:
        column, equals, ours = pair.rpartition("=")
        ours = ours.strip().casefold()
        if not equals or not column.strip() or ours not in (*OURS, "nothing"):
            hint = near_miss(ours, OURS)
            raise RequestError(
                "mapped",
                f"{shown(pair)}; allowed is COLUMN=OURS, where OURS is one of {', '.join(OURS)}, or nothing{hint}",
            )
        if columns.setdefault(normal(column), ours) != ours:
            raise RequestError("mapped", f"{shown(column)} is mapped twice; keep one")
    return Mapped({column: "" if ours == "nothing" else ours for column, ours in columns.items()})


def matched(headers: Sequence[str], words: Mapping[str, tuple[str, ...]], said: Mapped) -> dict[str, str]:
    """Our column -> the person's header: what `--map` says, else the best word that is there."""
    spelled: dict[str, str] = {}
    for header in headers:
        spelled.setdefault(normal(header), header)
    found = {ours: spelled[theirs] for theirs, ours in said.columns.items() if theirs in spelled and ours in words}
    free = {theirs: header for theirs, header in spelled.items() if theirs not in said.columns}
    for ours, known in words.items():
        if ours in found:
            continue
        word = next((one for one in known if one in free), None)
        if word is not None:
            found[ours] = free.pop(word)
    return {ours: found[ours] for ours in words if ours in found}


def ends_of_ties(headers: Sequence[str], said: Mapped) -> dict[str, str] | None:
    """Columns of a list of ties; None where it is no such list."""
    found = matched(headers, TIE_WORDS, said)
    return found if {"from", "to"} <= found.keys() else None


def near_misses(headers: Sequence[str], found: Mapping[str, str], said: Mapped) -> list[tuple[str, str]]:
    """Headers that look like a mistyped one of our columns of members, of those that are not there -> the column."""
    lacking = [ours for ours in MEMBER_WORDS if ours not in found]
    close = {
        header: get_close_matches(normal(header)[:40], lacking, n=1, cutoff=0.85)
        for header in headers[:_TRIED]
        if header not in found.values() and normal(header) not in said.columns
    }
    return [(header, ours[0]) for header, ours in close.items() if ours]


def repeats(rows: Iterable[Mapping[str, str]], header: str, chosen: str) -> bool:
    """Whether a column says in each row what another one says, or nothing."""
    return all(row.get(header, "") in ("", row.get(chosen, "")) for row in rows)
