"""Whom the ends of ties mean: by the keys of members or by their names, whichever more of the ends are."""

from collections.abc import Callable, Collection, Iterable, Sequence

from scenarios.files.network_file import Edge
from scenarios.reading.roster import same


def who_is_meant(edges: Iterable[Edge], keys: Sequence[str], names: Sequence[str]) -> Callable[[str], int | None]:
    """What finds the number of the one that an end names; None where it is none of them."""
    by_name: dict[str, int] = {}
    by_key: dict[str, int] = {}
    for number, (key, name) in enumerate(zip(keys, names, strict=True)):
        by_name.setdefault(same(name), number)
        by_key.setdefault(same(key), number)
    ends = [same(end) for edge in edges for end in (edge.one, edge.other)]
    first, second = by_name, by_key
    if sum(end in by_key for end in ends) >= sum(end in by_name for end in ends):
        first, second = by_key, by_name

    def meant(end: str) -> int | None:
        key = same(end)
        return first.get(key, second.get(key))

    return meant


def named_outside(
    edges: Iterable[Edge], keys: Sequence[str], names: Sequence[str], left_out: Collection[str]
) -> dict[str, set[int]]:
    """Whom ends name that are neither members nor nodes that are left out -> numbers of the members they are tied to.

    Args:
        edges: of the network.
        keys: how edges may name each member.
        names: of the members.
        left_out: keys and names of nodes that are no members, and are not meant.
    """
    edges = list(edges)
    meant = who_is_meant(edges, keys, names)
    spelled: dict[str, str] = {}
    found: dict[str, set[int]] = {}
    for edge in edges:
        for end, opposite in ((edge.one, edge.other), (edge.other, edge.one)):
            if end and meant(end) is None and same(end) not in left_out:
                by = found.setdefault(spelled.setdefault(same(end), end), set())
                if (member := meant(opposite)) is not None:
                    by.add(member)
    return found
