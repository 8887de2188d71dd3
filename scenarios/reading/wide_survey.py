"""Surveys with a row for each respondent and a column for each partner that was asked about."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from scenarios.files.faults import ScenarioError, printable, refusal, shown
from scenarios.files.network_file import Edge, Grid, NetworkFile, Node
from scenarios.reading.adjacency import tie_text
from scenarios.reading.headers import MEMBER_WORDS, Mapped, matched, normal
from scenarios.reading.roster import same
from scenarios.reading.sheet_header import below, cells_of, rows_by_name
from scenarios.reading.written_cells import in_common

_ASKED = re.compile(
    r"(?P<question>.*?)\s*[\[(](?P<partner>[^\[\]()]+)[\])]\s*$|(?P<before>.+?)\s*(?:[:>]|\s-)\s+(?P<after>.+)$"
)


class _Column(NamedTuple):
    """A column about one partner, and the question that was asked of it; "" where the header is the partner alone."""

    partner: str
    question: str


def wide_survey(grid: Grid, said: Mapped) -> NetworkFile | None:
    """Answers about partners, such as `How often do you meet? [Alpha]` in Google Forms, or a header of names."""
    named = rows_by_name(grid, said)
    if named is None:
        return None
    names = named.names()
    columns = _columns(named.header, names, said)
    if len(columns) < 2:
        return None
    return _read(grid, named.place, named.name, names, columns, said)


def _columns(header: Sequence[str], names: Sequence[str], said: Mapped) -> dict[str, _Column]:
    """Columns about partners: headers that name a member, and those in which the same was asked of somebody else."""
    exact = {same(name): name for name in names}
    alike = {in_common(name): name for name in names}
    spared = {*matched(header, MEMBER_WORDS, said).values(), ""}
    found: dict[str, _Column] = {}
    questions: set[str] = set()
    for one in header:
        if one in spared or normal(one) in said.columns:
            continue
        partner, question = one, ""
        if not (known := exact.get(same(one)) or alike.get(in_common(one))) and (asked := _ASKED.fullmatch(one)):
            question = asked["question"] if asked["partner"] else asked["before"]
            partner = (asked["partner"] or asked["after"]).strip()
            known = exact.get(same(partner)) or alike.get(in_common(partner))
        if known:
            found[one] = _Column(known, question)
            questions.add(question)
    for one in header:
        asked = _ASKED.fullmatch(one)
        if asked and asked["partner"] and asked["question"] in questions - {""} and one not in {*found, *spared}:
            found[one] = _Column(asked["partner"].strip(), asked["question"])
    return {one: found[one] for one in header if one in found}


def _read(
    grid: Grid, place: int, name: str, names: Sequence[str], columns: Mapping[str, _Column], said: Mapped
) -> NetworkFile:
    header, rows, found = below(grid, place)
    questions = list(dict.fromkeys(column.question for column in columns.values()))
    found.columns = {f"{len(columns)} columns about partners": "partners"}
    faults: list[str] = []
    interests = {matched(header, MEMBER_WORDS, said).get("interests", "")}
    for row in rows:
        cells = cells_of(header, row, interests)
        member = cells.get(name, "")
        for one, column in columns.items():
            cell = cells.pop(one, "")
            text = tie_text(cell)
            if text is None:
                faults.append(
                    f"{grid.label}, {row.place}, column {printable(one)}: {shown(cell)} is no strength; write numbers, "
                    "such as 0 for never and 1 for the closest"
                )
            elif text:
                relation = {"relation": column.question} if len(questions) > 1 else {}
                found.edges.append(Edge(member, column.partner, {"strength": text, **relation}, row.place))
        found.nodes.append(Node(member, cells, row.place))
    if faults:
        raise ScenarioError(refusal(grid.label, faults))
    known = {same(one) for one in names}
    silent = list(dict.fromkeys(one.partner for one in columns.values() if same(one.partner) not in known))
    found.nodes += [Node(one, {name: one}, "the header") for one in silent]
    found.notes.append(f"{grid.label} is a survey with {len(columns)} columns about partners; 0 and empty are no ties")
    if silent:
        found.notes.append(f"{grid.label}: members that did not answer: {', '.join(map(shown, silent[:10]))}"
                           f"{' and others' if silent[10:] else ''}")  # fmt: skip
    return found
