"""What networkx writes, whatever its nodes are called, is read as the same members and ties, or refused in words."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from scenarios import ScenarioError
from scenarios.reading.own_or_foreign import read_members
from scenarios.reading.roster import same

Graph = Any
HOSTILE = (
    *("=1+1", "@x", "-", "NA", "N/A", "none", "0", "1", "007", "1e5", "1,5", "nan", "inf", "None", "True"),
    *('"', "'", "&", "&amp;", "&#65;", "<b>", "]]>", "a;b", "a|b", "a\nb", "a\tb", "#", "%", "[", "]", "\\", "*Arcs"),
    *("\u00c4rzte", "A\u0308rzte", "\u0130", "\U0001f600", "\u200bx", "\u202fx", "\x07", "x" * 300, "label", "id"),
)
WRITERS: dict[str, Callable[[Graph, str], None]] = {
    "gexf": nx.write_gexf, "gml": nx.write_gml, "graphml": nx.write_graphml, "pajek": nx.write_pajek,
}  # fmt: skip


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """A graph of two to seven named nodes, directed or not, some ties with a weight."""
    free = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
    some = (free | st.sampled_from(HOSTILE)).filter(lambda name: bool(as_read(name)))  # without a name its id counts
    names = draw(st.lists(some, min_size=2, max_size=7, unique=True))
    graph: Graph = nx.DiGraph() if draw(st.booleans()) else nx.Graph()
    graph.add_nodes_from(names)
    pairs = [(one, other) for one in names for other in names]
    for one, other in draw(st.lists(st.sampled_from(pairs), max_size=8)):
        graph.add_edge(one, other, weight=draw(st.sampled_from((0.25, 0.5, 1.0))))
    return graph


def as_read(name: str) -> str:
    """What is left of a name in any file: blanks are single."""
    return " ".join(name.split())


def check_read(graph: Graph, form: str) -> None:
    """Members and ties are those of the graph; who is refused hears it in words."""
    if form == "pajek" and any("\t" in name for name in graph):
        return  # networkx writes it as two words
    with TemporaryDirectory() as home:
        file = Path(home) / "network"
        try:
            WRITERS[form](graph, str(file))
        except Exception:  # networkx itself cannot write it
            return
        try:
            roster = read_members(file, None).roster
        except ScenarioError:
            return
    assert list(map(same, roster.names)) == [same(as_read(name)) for name in graph]
    found = {frozenset(map(same, (roster.names[a], roster.names[b]))): trust for a, b, trust in roster.ties or ()}
    expected: dict[frozenset[str], float] = {}
    for one, other, edge in graph.edges(data=True):
        pair = frozenset((same(as_read(one)), same(as_read(other))))
        if one != other:
            expected[pair] = max(expected.get(pair, 0.0), edge["weight"])
    assert found == expected


@pytest.mark.parametrize("examples", [25, pytest.param(1_000, marks=pytest.mark.slow)])
@pytest.mark.parametrize("form", WRITERS)
def test_what_networkx_writes_is_read_as_it_was_whatever_its_nodes_are_called(form: str, examples: int) -> None:
    @settings(
        max_examples=examples, phases=(Phase.generate, Phase.shrink), deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(graphs())
    def holds(graph: Graph) -> None:
        check_read(graph, form)

    holds()
