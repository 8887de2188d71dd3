"""Ties out of the edges of a file: whom they join, in which relation, how strong, each pair once.

One rule for every format: ties have no direction; of several between one pair, in either direction, the strongest
counts; an organization has no tie to itself; without a strength a tie has 1; strengths above 1 are divided by the
largest.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from scenarios.files.faults import RequestError, near_miss, printable, shown
from scenarios.files.listing import counted
from scenarios.files.network_file import Edge, NetworkFile
from scenarios.reading.ends import who_is_meant
from scenarios.reading.headers import SHEET, TIE_WORDS, Mapped, matched, normal, repeats
from scenarios.reading.member_rows import Members, in_plain_digits
from scenarios.reading.roster import same
from scenarios.reading.written_cells import is_nothing, written_number

_DIRECTIONS = {"directed", "undirected", "mutual", "bidirectional", "none"}
_OWN_RELATIONS = {"tie", "collaboration"}
"""What an export of ours calls ties, whether or not there is work on them: one relation."""
_MOST_NAMED = 10
_IF_STRENGTHS = ', or read them as strengths with --map "{}=strength"'
_WHAT_GROUPS_MAY_BE = "; where that is a group or an event, --groups-as topics or --groups-as ties says what it becomes"


@dataclass(frozen=True)
class Ties:
    """Ties as ties.csv has them.

    Attributes:
        rows: a row a pair, by our columns.
        places: where each stands in the person's file.
        matched: our column -> the header that it is read from.
        relations: relation -> how many edges are of it; "" those that name none.
    """

    rows: list[dict[str, str]]
    places: list[str]
    matched: dict[str, str]
    relations: dict[str, int]


def ties_of(
    file: NetworkFile, members: Members, among: str, said: Mapped, wanted: Sequence[str],
    notes: list[str], faults: list[str], questions: list[str],
) -> Ties:  # fmt: skip
    """The ties among members; added is to the notes what was settled, what is wrong to the faults, and what is open."""
    label = file.label
    headers = list(dict.fromkeys(name for edge in file.edges for name in edge.attributes))
    words = {ours: known for ours, known in TIE_WORDS.items() if ours not in ("from", "to")}
    column = matched(headers, words, said)
    _read_label_of_yed(file, column)
    counts, relation = _relations(file, column)
    edges = _of_relation(file, relation, counts, column.get("relation", ""), wanted, notes, questions)
    _check_months(edges, column, label, faults)
    names = [row["name"] for row in members.rows]
    meant = who_is_meant(file.edges, members.keys, names)
    strongest: dict[tuple[str, str], tuple[float, Edge, str, str, str]] = {}
    own = lost = repeated = bare = odd = 0
    for edge in edges:
        ends = []
        for word, end in (("from", edge.one), ("to", edge.other)):
            number = meant(end)
            if number is None and same(end) not in members.left_out:
                faults.append(_unknown(file, edge, word, end, among, names, len(faults)))
            ends.append(None if number is None else names[number])
        text = edge.attributes.get(column.get("strength", ""), "")
        if is_nothing(text):
            text = ""
        strength = written_number(text) if text else 1.0
        bare += not text
        if strength is None or strength < 0:
            faults.append(
                f"{label}, {edge.place}: strength is {shown(text)}: allowed is a number, 0 or more, such as 0.5"
                + (
                    f'; --map "{printable(column["strength"])}=nothing" takes all ties for equally strong'
                    if not odd
                    else ""
                )
            )
            odd += 1
            continue
        one, other = ends
        if one is None or other is None:
            lost += 1
            continue
        if one == other:
            own += 1
            continue
        pair = (min(one, other), max(one, other))
        repeated += pair in strongest
        if pair not in strongest or strongest[pair][0] < strength:
            strongest[pair] = (strength, edge, text, one, other)
    most = max((strength for strength, *_ in strongest.values()), default=0.0)
    scale = most if most > 1 else 1.0
    none = sum(strength == 0 for strength, *_ in strongest.values())
    for number, text in (
        (none, "of strength 0, which is no tie"),
        (own, "of an organization with itself, left out"),
        (lost, f"with somebody who is left out, left out too{_WHAT_GROUPS_MAY_BE if members.groups else ''}"),
        (repeated, "of a pair that another one joins: ties have no direction, and the stronger one counts"),
        (bare, "without a strength: connections without a strength have trust 1"),
    ):
        if number:
            notes.append(f"{label}: {counted(number, 'tie')} {text}")
    if scale > 1:
        notes.append(f"{label}: strengths go up to {scale:g}, which counts as full trust: each is divided by {scale:g}")
    _say_the_rest(headers, column, file, notes)
    rows = [
        {"from": one, "to": other, "strength": (in_plain_digits(text) or "1") if scale == 1 else repr(strength / scale)}
        for strength, _edge, text, one, other in strongest.values()
    ]
    return Ties(rows, [edge.place for _, edge, *_ in strongest.values()], column, counts)


def _read_label_of_yed(file: NetworkFile, column: dict[str, str]) -> None:
    """A label that is a number is a strength."""
    label = column.get("relation")
    if label is None or normal(label) != "label" or "strength" in column:
        return
    written = [text for edge in file.edges if (text := edge.attributes.get(label))]
    if written and all(written_number(text) is not None for text in written):
        column["strength"] = column.pop("relation")


def _relations(file: NetworkFile, column: dict[str, str]) -> tuple[dict[str, int], Callable[[Edge], str]]:
    """How many edges each relation has, and what tells it; a column that says directions is none of relations."""
    header = column.get("relation", "")
    written = {edge.attributes.get(header, "").casefold() for edge in file.edges}
    if header and written <= _DIRECTIONS | {""}:
        del column["relation"]
        header = ""
    spelled: dict[str, str] = {}

    def relation(edge: Edge) -> str:
        text = edge.attributes.get(header, "")
        return "" if is_nothing(text) else spelled.setdefault(same(text), text)

    return dict(Counter(map(relation, file.edges))), relation


def _of_relation(
    file: NetworkFile, relation: Callable[[Edge], str], counts: Mapping[str, int], header: str, wanted: Sequence[str],
    notes: list[str], questions: list[str],
) -> list[Edge]:  # fmt: skip
    """The edges that are ties: those of the relations that are wanted, or all where there is only one."""
    named = {same(one): one for one in counts if one}
    often = sorted(counts.items(), key=lambda one: -one[1])
    there = ", ".join(f"{one[:60] or 'none named'} ({number})" for one, number in often[:_MOST_NAMED])
    there += f" and {len(often) - _MOST_NAMED} more" if often[_MOST_NAMED:] else ""
    for one in wanted:
        if same(one) not in named:
            hint = near_miss(one, named.values())
            raise RequestError("relations", f"no tie has the relation {shown(one)}{hint}; there are {printable(there)}")
    if wanted:
        chosen = {named[same(one)] for one in wanted}
        if others := sum(number for one, number in counts.items() if one not in chosen):
            notes.append(
                f"{file.label}: {counted(others, 'tie')} of other relations left out; there are {printable(there)}"
            )
        return [edge for edge in file.edges if relation(edge) in chosen]
    if len(counts) > 1 and not set(named) <= _OWN_RELATIONS:
        questions.append(
            f"{file.label}: its ties are of {len(counts)} relations, {printable(there)}, which together mean nothing; "
            f'choose with --relation "{printable(next(iter(named.values())))}", more than once for several'
            + (
                _IF_STRENGTHS.format(printable(header))
                if all(written_number(one) is not None for one in named.values())
                else ""
            )
            + ("" if header == SHEET else f', or take all for one with --map "{printable(header)}=nothing"')
        )
    return list(file.edges)


def _check_months(edges: Sequence[Edge], column: Mapping[str, str], label: str, faults: list[str]) -> None:
    header = column.get("month", "")
    for edge in edges:
        month = edge.attributes.get(header, "")
        if month and written_number(month) != 0:
            faults.append(f"{label}, {edge.place}: month is {shown(month)}: allowed is 0 or empty: these are ties from "
                          "before the network")  # fmt: skip


def _unknown(
    file: NetworkFile, edge: Edge, word: str, end: str, among: str, names: Sequence[str], before: int
) -> str:  # fmt: skip
    if edge.place.startswith("edge"):
        return f"{file.label}, {edge.place}: leads to '{printable(end)}', which is no node"
    if not end:
        return f"{file.label}, {edge.place}: {word} is empty; name both organizations"
    hint = near_miss(end, names, '"') if before < 20 and len(names) <= 2000 else ""
    return f"{file.label}, {edge.place}: {word} is {shown(end)}, which is no member in {among}{hint}"


def _say_the_rest(headers: Sequence[str], column: Mapping[str, str], file: NetworkFile, notes: list[str]) -> None:
    """Name the columns that say nothing to the model."""
    strength = column.get("strength", "")
    left = [
        name
        for name in headers
        if name not in column.values()
        and normal(name) not in ("id", "direction", "type")
        and not repeats((edge.attributes for edge in file.edges), name, strength)
    ]
    if left:
        notes.append(f"{file.label}: the model has no use for {', '.join(map(printable, left))}; left out")
