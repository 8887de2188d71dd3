"""Members and what they belong to: asked what it becomes, never inferred. networkx is the oracle of the projection."""

from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from networkx.algorithms import bipartite

from scenarios import RequestError, Roster, ScenarioError
from scenarios.reading.foreign_tables import Choices
from scenarios.reading.own_or_foreign import ReadMembers, read_members

BELONGS = {"A": "xy", "B": "xyz", "C": "z", "D": ""}
PAJEK = '*Vertices 7 4\n1 "A"\n2 "B"\n3 "C"\n4 "D"\n5 "x"\n6 "y"\n7 "z"\n*Edges\n1 5\n1 6\n2 5\n2 6\n2 7\n3 7\n'
FORMS = {
    "pajek": PAJEK,
    "pajek matrix": PAJEK.partition("*Edges")[0] + "*Matrix\n1 1 0\n1 1 1\n0 0 1\n0 0 0\n",
    "dl": "DL\nNR=4 NC=3\nROW LABELS:\nA\nB\nC\nD\nCOLUMN LABELS:\nx\ny\nz\nDATA:\n1 1 0\n1 1 1\n0 0 1\n0 0 0\n",
    "dl pairs": "dl nr=4 nc=3 format=edgelist2\nrow labels: A,B,C,D\ncolumn labels: x,y,z\n"
    "data:\n1 1\n1 2\n2 1\n2 2\n2 3\n3 3\n",
    "matrix": ",x,y,z\nA,1,1,0\nB,1,1,1\nC,0,0,1\nD,0,0,0\n",
    "table of R": '"x" "y" "z"\n"A" 1 1 0\n"B" 1 1 1\n"C" 0 0 1\n"D" 0 0 0\n',
}


def read(folder: Path, text: str, **choices: Any) -> ReadMembers:
    (folder / "file").write_text(text, encoding="utf-8")
    return read_members(folder / "file", None, Choices(**choices))


def ties(roster: Roster) -> dict[frozenset[str], float]:
    return {frozenset((roster.names[one], roster.names[other])): trust for one, other, trust in roster.ties or ()}


def topics(roster: Roster) -> dict[str, set[str]]:
    return {
        name: {roster.topics[number] for number in row.nonzero()[0]}
        for name, row in zip(roster.names, roster.interests, strict=True)
    }


@pytest.mark.parametrize("form", FORMS)
def test_what_groups_become_is_asked(form: str, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="joins 4 members with 3 groups") as caught:
        read(tmp_path, FORMS[form])
    assert "--groups-as topics" in str(caught.value)


@pytest.mark.parametrize("form", FORMS)
def test_members_that_share_groups_are_tied_as_networkx_projects_them(form: str, tmp_path: Path) -> None:
    graph = nx.Graph([(member, group) for member, groups in BELONGS.items() for group in groups])
    projected = bipartite.weighted_projected_graph(graph, "ABC")
    most = max(weight for *_, weight in projected.edges(data="weight"))
    expected = {frozenset((one, other)): weight / most for one, other, weight in projected.edges(data="weight")}
    found = read(tmp_path, FORMS[form], groups_as="ties")
    assert found.roster.names == ("A", "B", "C", "D")
    assert ties(found.roster) == expected
    assert any("3 groups make 2 ties" in one for one in found.notes)


@pytest.mark.parametrize("form", FORMS)
def test_groups_become_topics_or_members(form: str, tmp_path: Path) -> None:
    found = read(tmp_path, FORMS[form], groups_as="topics").roster
    assert {name: one for name, one in topics(found).items() if name != "D"} == {
        name: {*groups} for name, groups in BELONGS.items() if groups
    }
    assert not found.ties
    everyone = read(tmp_path, FORMS[form], groups_as="members").roster
    assert {*everyone.names} == {*"ABCDxyz"}
    assert {*ties(everyone)} == {frozenset((name, group)) for name, groups in BELONGS.items() for group in groups}


def test_the_second_kind_may_be_the_members(tmp_path: Path) -> None:
    found = read(tmp_path, PAJEK, types=("group",), groups_as="ties").roster
    assert found.names == ("x", "y", "z")
    assert ties(found) == {frozenset("xy"): 1.0, frozenset("xz"): 0.5, frozenset("yz"): 0.5}


@pytest.mark.parametrize(
    ("table", "mapped"),
    [
        ("Organisation,Event\nA,Forum\nA,Summit\nB,Forum\nC,Summit\n", ("Event=groups",)),
        ('Organisation,Event\nA,"Forum; Summit"\nB,Forum\nC,Summit\n', ("Event=groups",)),
        ("Organisation,Forum,Summit\nA,x,x\nB,x,\nC,,x\n", ("Forum=groups", "Summit=groups")),
    ],
)
def test_a_column_of_groups_is_read_where_the_person_says_so(
    table: str, mapped: tuple[str, ...], tmp_path: Path
) -> None:
    found = read(tmp_path, table, mapped=mapped, groups_as="ties").roster
    assert ties(found) == {frozenset("AB"): 1.0, frozenset("AC"): 1.0}
    chosen = read(tmp_path, table, mapped=mapped, groups_as="topics").roster
    assert topics(chosen) == {"A": {"Forum", "Summit"}, "B": {"Forum"}, "C": {"Summit"}}


def test_events_among_the_nodes_are_left_out_unless_it_is_said_what_they_become(tmp_path: Path) -> None:
    nodes = [{"id": "a", "label": "A", "tags": ["health"]}, {"id": "b", "label": "B"}, {"id": "c", "label": "C"}]
    edges = '[{"from":"a","to":"e"},{"from":"e","to":"b"},{"from":"b","to":"c"}]'
    listed = ",".join(str(node) for node in nodes).replace("'", '"')
    text = f'{{"elements":[{listed},{{"id":"e","label":"Forum: 2","element type":"Event"}}],"connections":{edges}}}'
    plain = read(tmp_path, text)
    assert ties(plain.roster) == {frozenset("BC"): 1.0}
    assert any("--groups-as topics" in one for one in plain.notes)
    as_topics = read(tmp_path, text, groups_as="topics").roster
    assert topics(as_topics)["A"] == {"health", "Forum - 2"}
    assert ties(as_topics) == {frozenset("BC"): 1.0}
    with pytest.raises(ScenarioError, match=r"shares a group \(1\)"):
        read(tmp_path, text, groups_as="ties")
    assert ties(read(tmp_path, text, groups_as="ties", relations=("shares a group",)).roster) == {frozenset("AB"): 1.0}


def test_what_groups_cannot_become_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="allowed is topics, ties, members"):
        read(tmp_path, PAJEK, groups_as="edges")
    crowd = "".join(f"M{number},Forum\n" for number in range(3_300))
    with pytest.raises(RequestError, match=r"Forum alone has 3,300 members"):
        read(tmp_path, f"Organisation,Event\n{crowd}", mapped=("Event=groups",), groups_as="ties")


def test_a_table_of_numbers_without_a_header_for_its_names_is_no_list_of_groups(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="none of its columns"):
        read(tmp_path, ",need,activity\n0,1,1\n1,0,1\n2,1,0\n")
