"""What a file of somebody's network holds, whatever its format: nodes, edges, and where each of them stands in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Node:
    """Something that a file lists: an organization, if nothing speaks against it.

    Attributes:
        key: how edges of the same file name it.
        attributes: header, or name of an attribute, as the person wrote it -> text; what is empty is left out.
        place: where it stands, such as `line 3` or `node n0`.
        is_group: whether it holds other nodes.
    """

    key: str
    attributes: Mapping[str, str]
    place: str
    is_group: bool = False


@dataclass(frozen=True)
class Edge:
    """What joins two nodes.

    Attributes:
        one: key or name of the node at one end.
        other: of the one at the other end.
        attributes: as of a node.
        place: as of a node.
    """

    one: str
    other: str
    attributes: Mapping[str, str]
    place: str


@dataclass
class NetworkFile:
    """All that a file holds, with nothing settled of what it means.

    Attributes:
        label: how the person knows it, such as `ties.csv` or `network.xlsx, sheet Elements`.
        nodes: in the order of the file.
        edges: in the order of the file.
        notes: what of the file stands in neither.
        lists_nodes: whether it has a list of its nodes; where not, they are the ends of its edges.
        columns: of a sheet that has columns for the ends of ties, those: header -> our word.
        is_two_mode: whether its edges join members with what they belong to (groups, events), which are its groups.
    """

    label: str
    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    lists_nodes: bool = True
    columns: Mapping[str, str] = field(default_factory=dict)
    is_two_mode: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a sheet: its cells, and where it stands."""

    cells: tuple[str, ...]
    place: str


@dataclass(frozen=True)
class Grid:
    """A sheet as rows of text, with nothing settled of what they mean.

    Attributes:
        label: as of a `NetworkFile`.
        rows: those with anything in them.
        notes: what was remarkable in reading it.
        sheet: its name, where it is one of a workbook.
    """

    label: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    sheet: str = ""
