"""GEXF, GML, Pajek and DL: what networkx writes is read as the same graph, and what is torn is refused."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from scenarios import ScenarioError
from scenarios.reading.own_or_foreign import ReadMembers, read_members
from scenarios.schema.roster import Roster

Graph = Any


def read(folder: Path, text: str) -> ReadMembers:
    (folder / "file").write_text(text, encoding="utf-8")
    return read_members(folder / "file", None)


def ties(roster: Roster) -> dict[frozenset[str], float]:
    return {frozenset((roster.names[one], roster.names[other])): trust for one, other, trust in roster.ties or ()}


def a_graph(directed: bool) -> Graph:
    graph: Graph = nx.DiGraph() if directed else nx.Graph()
    for name, topic in (("Alpha \u00c4", "x"), ("Beta", "y"), ("Gamma", "x"), ("Alone", "y")):
        graph.add_node(name, topic=topic, label=name)
    graph.add_edge("Alpha \u00c4", "Beta", weight=0.5)
    graph.add_edge("Beta", "Gamma", weight=0.25)
    return graph


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("write", [nx.write_gexf, nx.write_gml, nx.write_pajek, nx.write_graphml])
def test_what_networkx_writes_is_read_as_the_same_graph(
    write: Callable[[Graph, Path], None], directed: bool, tmp_path: Path
) -> None:
    graph = a_graph(directed)
    if write is nx.write_pajek:
        graph = nx.Graph(graph) if not directed else graph
        for name in graph:
            graph.nodes[name].clear()
    write(graph, tmp_path / "file")
    found = read_members(tmp_path / "file", None)
    assert set(found.roster.names) == set(graph)
    assert ties(found.roster) == {frozenset((a, b)): data["weight"] for a, b, data in graph.edges(data=True)}
    if write is not nx.write_pajek:
        assert found.roster.topics == ("x", "y")


def test_relations_and_lists_of_pajek(tmp_path: Path) -> None:
    vertices = '*Vertices 3\n1 "Alpha"\n2 "Beta" 0.1 0.2 0.5\n'
    with pytest.raises(ScenarioError, match=r"LIKE \(1\), FEAR \(1\)"):
        read(tmp_path, f'{vertices}*Arcs :1 "LIKE"\n1 2 1\n*Arcs :2 "FEAR"\n2 3 1\n')
    found = read(tmp_path, f"{vertices}*Edgeslist\n1 2 3\n")
    assert found.roster.names == ("Alpha", "Beta", "3")
    assert set(ties(found.roster)) == {frozenset(("Alpha", "Beta")), frozenset(("Alpha", "3"))}
    matrix = read(tmp_path, f"{vertices}*Matrix\n0 1 0\n1 0 0\n0 0 0\n").roster
    assert set(ties(matrix)) == {frozenset(("Alpha", "Beta"))}


DL = [
    "dl n=3 format=fullmatrix\nlabels:\nAlpha,Beta,Gamma\ndata:\n0 1 0\n1 0 0.5\n0 0.5 0\n",
    "DL n = 3\nlabels embedded\ndata:\n Alpha Beta Gamma\nAlpha 0 1 0\nBeta 1 0 .5\nGamma 0 .5 0\n",
    "dl n=3, format=edgelist1\nlabels:\nAlpha\nBeta\nGamma\ndata:\n1 2 1\n2 3 0.5\n",
    'dl n=3 format=edgelist1\nlabels embedded:\ndata:\n"Alpha" Beta 1\nBeta Gamma 0.5\n',
]


@pytest.mark.parametrize("text", DL)
def test_a_dl_file_is_read_in_each_of_its_formats(text: str, tmp_path: Path) -> None:
    found = read(tmp_path, text)
    assert found.roster.names == ("Alpha", "Beta", "Gamma")
    assert ties(found.roster) == {frozenset(("Alpha", "Beta")): 1.0, frozenset(("Beta", "Gamma")): 0.5}


def test_groups_of_gexf_and_yed_are_no_members(tmp_path: Path) -> None:
    node = '<node id="{0}" label="{0}">{1}</node>'
    inner = f"<nodes>{node.format('A', '')}{node.format('B', '')}</nodes>"
    text = f'<gexf xmlns="http://www.gexf.net/1.3"><graph><nodes>{node.format("Hub", inner)}</nodes></graph></gexf>'
    assert read(tmp_path, text).roster.names == ("A", "B")
    gml = 'graph [ node [ id 0 label "Hub" isGroup 1 ] node [ id 1 label "A" gid 0 ] node [ id 2 label "B" ] ]'
    assert read(tmp_path, gml).roster.names == ("A", "B")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("graph [ node [ id 1 ] node [ id 1 ] ]", "two nodes have the id '1'"),
        ("graph [ node [ id 1 ", "a bracket is left open"),
        ('graph [ node [ id 1 label "A ] ]', "is a quotation mark left open"),
        ("graph [ " + "a [ " * 100_000, "nested too deeply"),
        ("graph [ node [ id 1 ] node [ id 2 ] edge [ source 1 target 3 ] ]", "edge 1: leads to '3', which is no node"),
        ("*Vertices 5 2\n", "--groups-as topics"),
        ('*Vertices 2\n1 "A\n2 B\n', "line 2: a quotation mark is left open"),
        ("*Vertices 2\n*Edges\n1 7\n", 'line 3: to is "7", which is no member'),
        ("*Vertices 99999999\n", "allowed is at most 1000000"),
        ("dl nr=3 nc=5\ndata:\n", "15 are needed"),
        ("dl n=2 nm=2\ndata:\n0 1\n1 0\n", "4 cells and labels where 8 are needed"),
        ("dl n=3\ndata:\n0 1\n1 0\n", "3 rows of 3 columns"),
        ("dl n=3\n", "no data: section"),
        ("digraph G { a -> b }", "a graph of Graphviz"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><gexf/>', "has a DOCTYPE"),
        ("<gexf/>", "GEXF without a graph"),
        ("#" * 5_000, "its rows have one cell each"),
        ("%" * 5_000, "its rows have one cell each"),
    ],
)
def test_what_is_torn_or_cannot_be_meant_is_refused_with_its_reason(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        read(tmp_path, text)
    assert said in str(caught.value)
