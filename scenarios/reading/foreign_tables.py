"""Members and ties from files of other programs, as our own members.csv and ties.csv have them.

What the model has no use for is named, so that nothing is left out in silence.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from scenarios.files.faults import RequestError, ScenarioError, printable, refusal
from scenarios.files.network_file import NetworkFile, Node
from scenarios.files.parts_wanted import PartsWanted
from scenarios.files.recognizing import read_contents
from scenarios.files.spreadsheet import Seen
from scenarios.reading.affiliations import check_groups_as, question_about_groups, settled
from scenarios.reading.ends import named_outside
from scenarios.reading.headers import SHEET, TIE_WORDS, Mapped, mapped, matched, normal
from scenarios.reading.member_rows import COLUMNS, PLANNED, Members, members_of
from scenarios.reading.periods import of_period, period_of
from scenarios.reading.roster import same
from scenarios.reading.sheet_roles import UnknownSheetError, network_of
from scenarios.reading.tie_rows import Ties, ties_of


@dataclass(frozen=True)
class Choices:
    """What the person says of files that others made.

    Attributes:
        mapped: `Column=ours`, once for each column.
        relations: which relations are ties; all of them where there is only one.
        types: which types of nodes are members.
        parts: which sheets or graphs of a file are read.
        groups_as: what groups and events become to which members belong: topics, ties or members.
        period: which of the ties are taken: those of some years, of a date, or of a wave.
        outsiders: whether ties may lead to somebody who is no member, and are then left out.
    """

    mapped: Sequence[str] = ()
    relations: Sequence[str] = ()
    types: Sequence[str] = ()
    parts: Sequence[str] = ()
    groups_as: str | None = None
    period: str | None = None
    outsiders: bool = False


@dataclass(frozen=True)
class Exchanged:
    """Tables as `read_roster` takes them.

    Attributes:
        members: content of members.csv.
        ties: content of ties.csv; None where there are none.
        seen: where members and ties stand in the person's files.
        notes: what was left out or settled, in words.
        matched: (file, the person's header, our column).
        relations: relation -> how many ties are of it, before one is chosen.
        types: type of a node -> how many there are.
        twins: which names may mean the same, in words; to be said of our own tables as well.
        questions: what the person has to say before ties can be read, in words.
        outsiders: whom ties name that are no members -> numbers of the members at the other end.
        without_topics: numbers of the members of which no topic is given.
    """

    members: bytes
    ties: bytes | None
    seen: tuple[Seen, Seen]
    notes: tuple[str, ...] = ()
    matched: tuple[tuple[str, str, str], ...] = ()
    relations: Mapping[str, int] = field(default_factory=dict)
    types: Mapping[str, int] = field(default_factory=dict)
    twins: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    outsiders: Mapping[str, frozenset[int]] = field(default_factory=dict)
    without_topics: frozenset[int] = frozenset()


def exchanged(members: Path, ties: Path | None, choices: Choices | None = None, *, may_ask: bool = False) -> Exchanged:
    """The tables that files come to, whoever made them.

    Args:
        members: a network, a list of members, or a list of ties whose ends are the members.
        ties: a list of ties, or None; a network holds its own.
        choices: what the person says of the files.
        may_ask: whether it may come to questions instead of ties; else these are refused.

    Raises:
        ScenarioError: if a file cannot be read, with every fault by the place where it stands in the person's file.
        RequestError: if a choice names what is not there.
    """
    choices = choices or Choices()
    said = mapped(choices.mapped)
    check_groups_as(choices.groups_as)
    period = None if choices.period is None else period_of(choices.period)
    wanted = PartsWanted(choices.parts)
    notes: list[str] = []
    files = _networks(members, said, wanted, notes)
    if ties is not None:
        if any(file.edges for file in files):
            raise ScenarioError(f"{members.name} holds its ties itself; leave {ties.name} out")
        added = _networks(ties, said, wanted, notes)
        files += added
        for file in added:
            if not file.edges and file.lists_nodes:
                raise ScenarioError(
                    f"{file.label} is a list of members, not of ties: it has no two columns for the ends of a tie; say "
                    'which they are with --map "Column=from" and --map "Column=to"'
                )
    wanted.check_found()
    said.check_used(
        [name for file in files for node in file.nodes for name in node.attributes]
        + [name for file in files for edge in file.edges for name in edge.attributes]
        + [header for file in files for header in file.columns]
    )
    notes += [note for file in files for note in file.notes]
    faults: list[str] = []
    questions: list[str] = []
    listed = _nodes_of(files, notes)
    joined = [file for file in files if file.edges]
    edges = of_period(_joined(joined or files[-1:], (ties or members).name), said, period, notes, faults)
    found = members_of(listed, edges.edges, said, choices.types, choices.groups_as, notes, faults)
    outside: dict[str, set[int]] = {}
    if choices.outsiders:
        names = [row["name"] for row in found.rows]
        outside = named_outside(edges.edges, found.keys, names, found.left_out)
        found.left_out.update({same(name): "it is no member" for name in outside})
    if edges.is_two_mode and choices.groups_as is None:
        questions.append(question_about_groups(edges, len(found.rows), found.groups))
    elif found.groups and choices.groups_as in ("topics", "ties"):
        edges = settled(edges, found.groups, found.left_out, str(choices.groups_as), said, notes)
    if not edges.edges and choices.relations:
        raise RequestError("relations", "there are no ties of which a relation could be chosen")
    made: Ties | None = None
    if (edges.edges or ties is not None) and not (questions and edges.is_two_mode):
        made = ties_of(edges, found, listed.label, said, choices.relations, notes, faults, questions)
    if faults or (questions and not may_ask):
        raise ScenarioError(refusal("the roster", [*questions, *faults]))
    if questions:
        return _tables(found, made, listed.label, joined[0].label, notes, [], questions)
    _say_who_is_alone(found, made, listed.label, notes)
    ends = [(file.label, header, ours) for file in files for header, ours in file.columns.items()]
    tables = _tables(found, made, listed.label, joined[0].label if joined else "", notes, ends)
    return replace(
        tables, outsiders={name: frozenset(by) for name, by in outside.items()}, without_topics=found.without_topics
    )


def _networks(path: Path, said: Mapped, wanted: PartsWanted, notes: list[str]) -> list[NetworkFile]:
    """The network of a file, or one of each of its sheets; sheets that are neither members nor ties are named."""
    contents = read_contents(path, wanted)
    if isinstance(contents, NetworkFile):
        return [contents]
    found, unknown = [], []
    for grid in contents:
        try:
            found.append(network_of(grid, said))
        except UnknownSheetError as error:
            unknown.append((grid, error))
        except ScenarioError as error:
            if len(contents) == 1:
                raise
            sheets = ", ".join(printable(one.sheet) for one in contents)
            raise ScenarioError(f"{error}\n  if that sheet is not meant, say with --part which are: {sheets}") from None
    if not found:
        raise unknown[0][1]
    notes += [f"{grid.label} is neither a list of members nor of ties; left out" for grid, _ in unknown]
    return found


def _joined(files: Sequence[NetworkFile], label: str) -> NetworkFile:
    """All edges of several sheets as of one file; a sheet is a relation, unless its rows say otherwise."""
    if len(files) == 1:
        return files[0]
    edges = []
    for file in files:
        sheet = file.label.removeprefix(f"{label}, sheet ")
        headers = [name for edge in file.edges for name in edge.attributes]
        named = "relation" in matched(headers, TIE_WORDS, Mapped({}))
        edges += [
            replace(
                edge, place=f"sheet {sheet}, {edge.place}",
                attributes=edge.attributes if named else {**edge.attributes, SHEET: sheet},
            )
            for edge in file.edges
        ]  # fmt: skip
    return NetworkFile(label, [], edges, is_two_mode=any(file.is_two_mode for file in files))


def _nodes_of(files: Sequence[NetworkFile], notes: list[str]) -> NetworkFile:
    """The nodes of the file that lists them; where none does, the ends of ties."""
    listed = [file for file in files if file.lists_nodes]
    if listed:
        others = [file for file in listed[1:] if file.nodes]
        notes += [f"{file.label} is a second list of members, of {len(file.nodes)}; left out" for file in others]
        return listed[0]
    first = files[0]
    ends: dict[str, Node] = {}
    for edge in [edge for file in files for edge in file.edges]:
        for end in (edge.one, edge.other):
            if end:
                ends.setdefault(same(end), Node(end, {}, edge.place))
    notes.append(f"{first.label} is a list of ties; the {len(ends)} organizations that they join are the members")
    return NetworkFile(first.label, list(ends.values()))


def _say_who_is_alone(members: Members, ties: Ties | None, label: str, notes: list[str]) -> None:
    if ties is None:
        return
    joined = {row[end] for row in ties.rows for end in ("from", "to")}
    alone = [row["name"] for row in members.rows if row["name"] not in joined]
    if alone:
        have = "has" if len(alone) == 1 else "have"
        notes.append(f"{label}: {len(alone)} of {len(members.rows)} members {have} no tie")


def _tables(
    members: Members, ties: Ties | None, label: str, tie_label: str, notes: Sequence[str],
    ends: Sequence[tuple[str, str, str]], questions: Sequence[str] = (),
) -> Exchanged:  # fmt: skip
    seen = (
        Seen(label, dict(enumerate(members.places, 2))),
        Seen(tie_label, dict(enumerate(ties.places if ties else [], 2))),
    )
    told = [(label, header, ours) for ours, header in members.matched.items()]
    told += [*ends, *((tie_label, header, ours) for ours, header in (ties.matched if ties else {}).items())]
    return Exchanged(
        _table([*COLUMNS, *(one for one in PLANNED if any(one in row for row in members.rows))], members.rows),
        _table(("from", "to", "strength"), ties.rows) if ties and not questions else None,
        seen,
        tuple(dict.fromkeys(notes)),
        tuple(one for one in told if normal(one[1]) != one[2]),
        ties.relations if ties else {},
        members.types,
        tuple(members.twins),
        tuple(questions),
    )


def _table(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row[column] for column in columns] for row in rows)
    return text.getvalue().encode()
