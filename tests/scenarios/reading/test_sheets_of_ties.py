"""Matrices, lists of pairs and surveys: the same network in every form is the same network. networkx is the oracle."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios import ScenarioError
from scenarios.reading.own_or_foreign import ReadMembers, read_members
from scenarios.schema.roster import Roster

Network = dict[tuple[int, int], float]
NAMES = ["Alpha", "B\u00fcro, S\u00fcd", "Gamma & Co", "Delta", "Epsilon"]


def read(folder: Path, text: str) -> ReadMembers:
    (folder / "file").write_text(text, encoding="utf-8")
    return read_members(folder / "file", None)


def ties(roster: Roster) -> dict[frozenset[str], float]:
    return {frozenset((roster.names[one], roster.names[other])): trust for one, other, trust in roster.ties or ()}


def refused(folder: Path, text: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        read(folder, text)
    return str(caught.value)


def table(rows: list[list[object]], delimiter: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def graph_of(network: Network) -> "nx.Graph[str]":
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(NAMES)
    graph.add_weighted_edges_from((NAMES[one], NAMES[other], weight) for (one, other), weight in network.items())
    return graph


def as_matrix(graph: "nx.Graph[str]") -> str:
    return str(nx.to_pandas_adjacency(graph, nodelist=NAMES).to_csv())


def as_matrix_with_semicolons(graph: "nx.Graph[str]") -> str:
    return str(nx.to_pandas_adjacency(graph, nodelist=NAMES).to_csv(sep=";", decimal=","))


def as_members_and_partners(graph: "nx.Graph[str]") -> str:
    rows: list[list[object]] = [[name, "; ".join(graph.neighbors(name))] for name in NAMES]
    return table([["Organisation", "Partners"], *rows])


def as_answers_of_a_form(graph: "nx.Graph[str]") -> str:
    header: list[object] = ["Timestamp", "Your organisation", *(f"How close are you? [{name}]" for name in NAMES)]
    rows: list[list[object]] = [
        ["2024-01-01", name, *(graph[name].get(other, {}).get("weight", "") for other in NAMES)] for name in NAMES
    ]
    return table([header, *rows])


def as_ticks_in_a_cell(graph: "nx.Graph[str]") -> str:
    rows: list[list[object]] = [[name, ", ".join(graph.neighbors(name))] for name in NAMES]
    return table([["Respondent", "With whom do you work?"], *rows])


WEIGHTED: list[Callable[["nx.Graph[str]"], str]] = [as_matrix, as_matrix_with_semicolons, as_answers_of_a_form]
UNWEIGHTED: list[Callable[["nx.Graph[str]"], str]] = [as_members_and_partners, as_ticks_in_a_cell]
PAIRS = [(one, other) for one in range(5) for other in range(one + 1, 5)]
NETWORKS = st.dictionaries(st.sampled_from(PAIRS), st.sampled_from([0.125, 0.5, 0.75, 1.0]), min_size=1)


@pytest.mark.parametrize("form", [*WEIGHTED, *UNWEIGHTED], ids=lambda form: form.__name__)
@settings(max_examples=15, deadline=None)
@given(network=NETWORKS)
def test_every_form_of_a_network_is_read_as_that_network(
    network: Network, form: Callable[["nx.Graph[str]"], str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    graph = graph_of(network)
    found = read(tmp_path_factory.mktemp("network"), form(graph))
    assert set(found.roster.names) == set(NAMES)
    weight = 1.0 if form in UNWEIGHTED else None
    assert ties(found.roster) == {frozenset((a, b)): weight or data["weight"] for a, b, data in graph.edges(data=True)}


@settings(max_examples=15, deadline=None)
@given(network=NETWORKS)
def test_lists_of_pairs_that_networkx_writes_are_read(
    network: Network, tmp_path_factory: pytest.TempPathFactory
) -> None:
    graph = nx.relabel_nodes(
        graph_of(network | {(0, 1): 1.0, (1, 2): 0.5}), {name: f"n{number}" for number, name in enumerate(NAMES)}
    )
    folder = tmp_path_factory.mktemp("network")
    expected = {frozenset((a, b)): data["weight"] for a, b, data in graph.edges(data=True)}
    for write in (nx.write_edgelist, nx.write_weighted_edgelist):
        write(graph, folder / "edges")
        assert ties(read_members(folder / "edges", None).roster) == expected


def test_a_matrix_without_names_numbers_its_members_and_says_so(tmp_path: Path) -> None:
    found = read(tmp_path, "0 1 0\n1 0 2\n0 2 0\n".replace(" ", ","))
    assert found.roster.names == ("1", "2", "3")
    assert ties(found.roster) == {frozenset("12"): 0.5, frozenset("23"): 1.0}
    assert any("without names" in one for one in found.notes)


def test_a_matrix_that_is_not_symmetric_has_the_stronger_of_both_sides(tmp_path: Path) -> None:
    found = read(tmp_path, ",A,B,C\nA,,0.2,\nB,0.9,,x\nC,,,0.4\n")
    assert ties(found.roster) == {frozenset("AB"): 0.9, frozenset("BC"): 1.0}
    assert any("with itself" in one for one in found.notes)


def test_a_cell_that_is_no_strength_is_refused_by_row_and_column(tmp_path: Path) -> None:
    assert 'line 3, column A: "often" is no strength' in refused(tmp_path, ",A,B,C\nA,,1,\nB,often,,1\nC,,1,\n")
    assert 'line 2, column Beta: "often" is no strength' in refused(
        tmp_path, "Name,Alpha,Beta\nAlpha,,often\nBeta,1,\n"
    )


def test_who_did_not_answer_a_survey_is_a_member_too(tmp_path: Path) -> None:
    found = read(tmp_path, "Name,Sector,Meet? [A],Meet? [B],Meet? [C]\nA,x,,1,yes\nB,y,1,,no\n")
    assert found.roster.names == ("A", "B", "C")
    assert ties(found.roster) == {frozenset("AB"): 1.0, frozenset("AC"): 1.0}
    assert any('did not answer: "C"' in one for one in found.notes)


def test_two_questions_about_partners_are_two_relations(tmp_path: Path) -> None:
    told = refused(tmp_path, "Name,Trust [A],Trust [B],Conflict [A],Conflict [B]\nA,,1,,1\nB,1,,,\n")
    assert "--relation" in told
    assert "Trust (2), Conflict (1)" in told


def test_a_list_of_pairs_may_have_remarks_and_no_header(tmp_path: Path) -> None:
    found = read(tmp_path, "# collaborations\nA B 2\nB C 1\n")
    assert ties(found.roster) == {frozenset("AB"): 1.0, frozenset("BC"): 0.5}
    assert any("has no header" in one for one in found.notes)


@pytest.mark.parametrize(
    "text", ["Ada,Bea\nCyd,Dan\n", "Ada,likes,Bea\nBea,likes,Cyd\n", "Who,What\nAda,1\n", "1,0,1\n0,1,0\n1,0,1\n"]
)
def test_a_table_that_could_be_anything_is_refused_and_says_the_way_out(text: str, tmp_path: Path) -> None:
    assert '=name"' in refused(tmp_path, text)
