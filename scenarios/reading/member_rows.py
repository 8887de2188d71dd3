"""Members out of the nodes of a file: which of them are organizations, and what is known of each."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from scenarios.files.faults import RequestError, near_miss, printable, shown
from scenarios.files.listing import listed
from scenarios.files.network_file import Edge, NetworkFile, Node
from scenarios.reading.ends import who_is_meant
from scenarios.reading.headers import MEMBER_WORDS, Mapped, matched, near_misses, repeats
from scenarios.reading.roster import same
from scenarios.reading.topic_cells import topic_cells
from scenarios.reading.written_cells import in_common, is_nothing, topic_in_common, written_number
from scenarios.schema.roster import MOST_REGIONS, SIZES

COLUMNS = ("name", "interests", "region", "size", "need", "champion", "activity")
PLANNED = ("joins", "leaves")
"""Columns that a list has only where somebody comes or goes by plan."""
_YES, _NO = ("y", "x", "✓", "✔", "ja", "oui", "sí", "si"), ("n", "nein", "non")
_OTHERS = frozenset(
    (
        *("person", "people", "persons", "individual", "individuals", "contact", "contacts", "event", "events"),
        *("meeting", "meetings", "conference", "workshop", "project", "projects", "group", "groups", "place", "places"),
        *("location", "topic", "topics", "theme", "issue", "issues", "idea", "document"),
    )
)
"""Types that are no organizations."""
_GONE = "they have left the network (present is false)"
_SHOWN, _TWINS = 5, 20


@dataclass(frozen=True)
class Members:
    """Members as members.csv has them.

    Attributes:
        rows: a row a member, by our columns, and by those of PLANNED that say anything.
        places: where each stands in the person's file.
        keys: how edges name each of them, beside its name.
        left_out: keys and names of nodes that are no members -> why.
        matched: our column -> the header that it is read from.
        types: type of a node -> how many there are.
        twins: which names may mean one organization, one topic or one region, in words.
        groups: member -> what it belongs to: the nodes that are no members and to which it is tied.
        without_topics: numbers of the members of which no topic is given.
    """

    rows: list[dict[str, str]]
    places: list[str]
    keys: list[str]
    left_out: dict[str, str]
    matched: dict[str, str]
    types: dict[str, int]
    twins: list[str]
    groups: dict[str, list[str]]
    without_topics: frozenset[int] = frozenset()


def members_of(
    file: NetworkFile, edges: Sequence[Edge], said: Mapped, types: Sequence[str], groups_as: str | None,
    notes: list[str], faults: list[str],
) -> Members:  # fmt: skip
    """The members among the nodes of a file; what was settled is added to the notes, what is wrong to the faults.

    Args:
        file: with the nodes.
        edges: of all files: what of the other nodes members belong to.
        said: what the person says of columns.
        types: the types of nodes that are members, as far as the person says.
        groups_as: what becomes of that to which members belong.
        notes: as said above.
        faults: as said above.
    """
    label = file.label
    headers = list(dict.fromkeys(name for node in file.nodes for name in node.attributes))
    column = matched(headers, MEMBER_WORDS, said)
    faults += [
        f"{label}: column {shown(header)} is not known; did you mean {ours}? Rename it, or say "
        f'--map "{printable(header)}={ours}" or --map "{printable(header)}=nothing"'
        for header, ours in near_misses(headers, column, said)
    ]
    nodes, left_out, counts = _organizations(file, column, types, groups_as == "members", notes)
    rows = [_row(node, column) for node in nodes]
    for ours in PLANNED:
        if not any(row[ours] for row in rows):
            for row in rows:
                del row[ours]
    _check_names(rows, nodes, edges, column.get("name", ""), label, faults)
    groups = _groups(file, edges, nodes, left_out, column)
    more = [groups.get(row["name"], ()) for row in rows] if groups_as == "topics" else ()
    cells, topics = topic_cells([row["interests"] for row in rows], label, notes, more)
    without = frozenset(
        number
        for number, row in enumerate(rows)
        if (row["interests"] in ("", "0") or is_nothing(row["interests"])) and not (more and more[number])
    )
    for row, cell in zip(rows, cells, strict=True):
        row["interests"] = cell
    _settle_regions(rows, label, notes)
    _settle_sizes(rows, label, notes)
    read = set(column.values())
    left = [
        name
        for name in headers
        if name not in read
        and name.casefold() != "present"
        and not repeats((node.attributes for node in file.nodes), name, column.get("name", ""))
    ]
    if left:
        notes.append(f"{label}: the model has no use for {', '.join(map(printable, left))}; left out")
    return Members(
        rows, [node.place for node in nodes], [node.key for node in nodes], left_out, column, counts,
        [*_twins([row["name"] for row in rows], label, "members", in_common),
         *_twins(topics, label, "topics", topic_in_common),
         *_twins([row["region"] for row in rows], label, "regions", in_common)],
        groups,
        without,
    )  # fmt: skip


def _groups(
    file: NetworkFile, edges: Sequence[Edge], nodes: Sequence[Node], left_out: Mapping[str, str],
    column: Mapping[str, str],
) -> dict[str, list[str]]:  # fmt: skip
    """Member -> the nodes that are none and to which it is tied, by their names, each once."""
    if not left_out:
        return {}
    members = {id(node) for node in nodes}
    names = [_name(node, column) for node in file.nodes]
    meant = who_is_meant(edges, [node.key for node in file.nodes], names)
    found: dict[str, dict[str, None]] = {}
    for edge in edges:
        ends = [meant(edge.one), meant(edge.other)]
        for one, other in (ends, ends[::-1]):
            if one is None or other is None or id(file.nodes[one]) not in members:
                continue
            if left_out.get(same(file.nodes[other].key), _GONE) != _GONE and id(file.nodes[other]) not in members:
                found.setdefault(names[one], {}).setdefault(names[other])
    return {name: list(groups) for name, groups in found.items()}


def _organizations(
    file: NetworkFile, column: Mapping[str, str], types: Sequence[str], everyone: bool, notes: list[str]
) -> tuple[list[Node], dict[str, str], dict[str, int]]:
    """The nodes that are members; of the others why they are none."""

    def kind(node: Node) -> str:
        written = node.attributes.get(column.get("type", ""), "")
        return "group" if node.is_group and not written else written

    counts = Counter(kind(node) for node in file.nodes)
    named = {same(one): one for one in counts if one}
    why: dict[int, str] = {}
    for one in types:
        if same(one) not in named:
            there = ", ".join(f"{name} ({counts[name]})" for name in named.values()) or "no types"
            hint = near_miss(one, named.values())
            raise RequestError("types", f"no node has the type {shown(one)}{hint}; there are {printable(there)}")
    wanted = {same(one) for one in types}
    for number, node in enumerate(file.nodes):
        written = kind(node)
        if node.attributes.get("present", "").casefold() == "false":
            why[number] = _GONE
        elif (same(written) not in wanted) if wanted else (not everyone and written.casefold() in _OTHERS):
            why[number] = f"their type is {written}" if written else "they have no type"
    if len(why) == len(file.nodes) and not wanted:
        why = {}
        if file.nodes:
            notes.append(f"{file.label}: all nodes are of the type {listed(list(named.values()))}; each counts as an "
                         "organization")  # fmt: skip
    for reason in dict.fromkeys(why.values()):
        names = [_name(node, column) for number, node in enumerate(file.nodes) if why.get(number) == reason]
        chosen = "" if reason == _GONE or wanted else "; --type says which are members"
        notes.append(f"{file.label}: left out, for {reason}: {_some(names)}{chosen}")
    if len(named) > 1 and not why:
        kinds = ", ".join(f"{name} ({counts[name]})" for name in list(named.values())[:10])
        notes.append(f"{file.label}: types are {kinds}; all count as organizations; --type says which are members")
    left = {
        same(key): reason for number, reason in why.items()
        for key in (file.nodes[number].key, _name(file.nodes[number], column))
    }  # fmt: skip
    here = [node for number, node in enumerate(file.nodes) if number not in why]
    return here, left, {name: counts[name] for name in named.values()}


def _row(node: Node, column: Mapping[str, str]) -> dict[str, str]:
    row = {ours: node.attributes.get(column.get(ours, ""), "") for ours in (*COLUMNS, *PLANNED)}
    row["name"] = _name(node, column)
    for ours in ("size", "need", "champion", "activity", *PLANNED):
        row[ours] = "" if is_nothing(row[ours]) else row[ours]
    for ours in ("need", "activity", *PLANNED):
        row[ours] = row[ours] and in_plain_digits(row[ours])
    for ours in PLANNED:
        row[ours] = row[ours].removesuffix(".0")
    champion = row["champion"].casefold()
    row["champion"] = "yes" if champion in _YES else "no" if champion in _NO else row["champion"]
    return row


def _name(node: Node, column: Mapping[str, str]) -> str:
    return node.attributes.get(column.get("name", ""), "") or node.key


def in_plain_digits(text: str) -> str:
    """A number as every program reads it; what is none stays, for whoever reads it next to refuse."""
    value = written_number(text)
    try:
        return text if value is None or float(text) == value else repr(value)
    except ValueError:
        return repr(value)


def _check_names(
    rows: Sequence[Mapping[str, str]], nodes: Sequence[Node], edges: Sequence[Edge], column: str, label: str,
    faults: list[str],
) -> None:  # fmt: skip
    keys = {same(node.key) for node in nodes}
    by_key = (
        column
        and edges
        and len(keys) == len(nodes)
        and all({same(edge.one), same(edge.other)} <= keys for edge in edges)
    )
    way_out = (
        f'; or, if they are not the same, name all by their ids: --map "{printable(column)}=nothing"' if by_key else ""
    )
    first: dict[str, str] = {}
    for row, node in zip(rows, nodes, strict=True):
        if not row["name"]:
            faults.append(f"{label}, {node.place}: name is empty; name every member")
        elif same(row["name"]) in first:
            there = first[same(row["name"])]
            faults.append(
                f"{label}, {node.place}: name is {shown(row['name'])}, as in {there}; keep one of them{way_out}"
            )
        else:
            first[same(row["name"])] = node.place


def _settle_regions(rows: list[dict[str, str]], label: str, notes: list[str]) -> None:
    """No region where a word says so, unless it is a country's code; at most as many as the model knows."""
    codes = sum(len(row["region"]) <= 3 and row["region"].isupper() for row in rows)
    for row in rows:
        if is_nothing(row["region"]) and not (row["region"] == "NA" and 2 * codes > len(rows)):
            row["region"] = ""
    counts = Counter(same(row["region"]) for row in rows if row["region"])
    if len(counts) > MOST_REGIONS:
        often = {name for name, _ in counts.most_common(MOST_REGIONS - 2)}
        for row in rows:
            row["region"] = row["region"] if not row["region"] or same(row["region"]) in often else "other regions"
        notes.append(
            f"{label}: {len(counts)} regions are more than the {MOST_REGIONS} that the model knows; the rarest "
            f"{len(counts) - MOST_REGIONS + 2} become 'other regions'"
        )


def _settle_sizes(rows: list[dict[str, str]], label: str, notes: list[str]) -> None:
    strange = list(dict.fromkeys(row["size"] for row in rows if row["size"].casefold() not in ("", *SIZES)))
    if strange:
        notes.append(
            f"{label}: size is {', '.join(map(shown, strange[:5]))}{' and others' if strange[5:] else ''} where the "
            f"model knows {', '.join(SIZES)}; these count as medium"
        )
    for row in rows:
        row["size"] = "" if row["size"] in strange else row["size"]


def _twins(names: Sequence[str], label: str, what: str, key_of: Callable[[str], str]) -> list[str]:
    """Names that differ only by accents, dashes, blanks, legal form or the like: probably one, but who knows."""
    alike: dict[str, dict[str, str]] = {}
    for name in dict.fromkeys(names):
        alike.setdefault(key_of(name), {}).setdefault(same(name), name)
    found = [
        f"{label}: {listed(list(map(shown, twins.values())))} may be the same; they count as {len(twins)} {what}"
        for key, twins in alike.items()
        if key and len(twins) > 1
    ]
    more = len(found) - _TWINS
    return found if more <= 0 else [*found[:_TWINS], f"{label}: so it is with {more} more names of {what}"]


def _some(names: Sequence[str]) -> str:
    return f"{', '.join(map(shown, names[:_SHOWN]))}{f' and {len(names) - _SHOWN} more' if names[_SHOWN:] else ''}"
