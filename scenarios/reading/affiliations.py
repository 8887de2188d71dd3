"""What members belong to (groups, events, projects): as topics of theirs, as ties between who shares it, or as members.

A network of two kinds of nodes has no ties between members. What the second kind becomes is asked, never inferred.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from scenarios.files.faults import RequestError, printable, shown
from scenarios.files.listing import counted
from scenarios.files.network_file import Edge, NetworkFile
from scenarios.reading.headers import TIE_WORDS, Mapped, matched
from scenarios.reading.roster import same

GROUPS_AS = ("topics", "ties", "members")
_MOST_PAIRS = 5_000_000
_SHARES = "shares a group"


def check_groups_as(groups_as: str | None) -> None:
    """Refuse what groups cannot become.

    Raises:
        RequestError: with what they can.
    """
    if groups_as is not None and groups_as not in GROUPS_AS:
        raise RequestError("groups_as", f"{shown(groups_as)}; allowed is {', '.join(GROUPS_AS)}")


def question_about_groups(file: NetworkFile, members: int, groups: Mapping[str, Sequence[str]]) -> str:
    """What is asked where a file joins members with what they belong to, and nobody said what that is to become."""
    every = list(dict.fromkeys(name for names in groups.values() for name in names))
    some = f", such as {', '.join(map(shown, every[:3]))}" if every else ""
    return (
        f"{file.label} joins {counted(members, 'member')} with {counted(len(every), 'group')} or events that they "
        f"belong to{some}; say what these become: --groups-as topics (topics of their members), --groups-as "
        "ties (ties between members that share one) or --groups-as members; --type group takes the second kind for "
        "the members, and the first for the groups"
    )


def settled(
    file: NetworkFile, groups: Mapping[str, Sequence[str]], left_out: Mapping[str, str], groups_as: str, said: Mapped,
    notes: list[str],
) -> NetworkFile:  # fmt: skip
    """The file with its edges between members, once groups are topics or ties.

    Args:
        file: with all edges.
        groups: member -> what it belongs to.
        left_out: keys and names of nodes that are no members.
        groups_as: what the groups become.
        said: what the person says of columns.
        notes: to which it is added what was made of them.
    """
    among = [edge for edge in file.edges if same(edge.one) not in left_out and same(edge.other) not in left_out]
    every = {name for names in groups.values() for name in names}
    if groups_as == "topics":
        notes.append(f"{file.label}: {counted(len(every), 'group')} become topics of the members that belong to them")
        return replace(file, edges=among)
    shared = _shared(groups)
    notes.append(
        f"{file.label}: members that share a group have a tie, as strong as the number of groups that they share; "
        f"{counted(len(every), 'group')} make {counted(len(shared), 'tie')}"
    )
    headers = [name for edge in among for name in edge.attributes]
    relation = matched(headers, TIE_WORDS, said).get("relation", "relation")
    own = {relation: _SHARES} if among else {}
    ties = [Edge(one, other, {"strength": str(n), **own}, "shared groups") for (one, other), n in shared.items()]
    return replace(file, edges=[*among, *ties])


def _shared(groups: Mapping[str, Sequence[str]]) -> Counter[tuple[str, str]]:
    """How many groups each two members share."""
    members: dict[str, list[str]] = {}
    for member, names in groups.items():
        for name in names:
            members.setdefault(name, []).append(member)
    pairs = sum(len(one) * (len(one) - 1) // 2 for one in members.values())
    if pairs > _MOST_PAIRS:
        largest = max(members, key=lambda name: len(members[name]))
        raise RequestError(
            "groups_as", f"ties between all who share a group would be {pairs:,}: allowed is at most {_MOST_PAIRS:,}; "
            f"{printable(largest)} alone has {len(members[largest]):,} members; leave the largest groups out",
        )  # fmt: skip
    return Counter(pair for one in members.values() for pair in combinations(one, 2))
