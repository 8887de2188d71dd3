"""Pajek's files as people have them: several networks, partitions, remarks, names with quotation marks."""

from pathlib import Path
from typing import Any

import pytest

from scenarios import RequestError, ScenarioError
from scenarios.reading.foreign_tables import Choices
from scenarios.reading.own_or_foreign import ReadMembers, read_members
from scenarios.schema.roster import Roster

NETWORK = '*Vertices 3\n1 "Alpha"\n2 "Beta"\n3 "Gamma"\n*Edges\n1 2 1\n'


def read(folder: Path, text: str, **choices: Any) -> ReadMembers:
    (folder / "file").write_text(text, encoding="utf-8")
    return read_members(folder / "file", None, Choices(**choices))


def ties(roster: Roster) -> dict[frozenset[str], float]:
    return {frozenset((roster.names[one], roster.names[other])): trust for one, other, trust in roster.ties or ()}


def test_a_partition_is_an_attribute_of_members_and_no_second_list_of_them(tmp_path: Path) -> None:
    text = (
        f"*Network tried\n{NETWORK}*Partition Sectors\n*Vertices 3\n 4\n 4\n 7\n*Vector Age\n*Vertices 3\n30\n40\n50\n"
    )
    found = read(tmp_path, text)
    assert found.roster.names == ("Alpha", "Beta", "Gamma")
    assert any("no use for Age" in one for one in found.notes)
    assert found.roster.topics == ("4", "7"), "a partition that is called like a column of ours is read as one"
    chosen = read(tmp_path, text.replace("Sectors", "Fields of work"), mapped=("Fields of work=interests",))
    assert chosen.roster.topics == ("4", "7")


def test_a_partition_or_remarks_may_stand_above_the_network(tmp_path: Path) -> None:
    for above in (
        "*Partition p\n*Vertices 3\n1\n2\n3\n",
        "Written by hand, see the paper\n\n",
        "% a remark; another\n",
    ):
        roster = read(tmp_path, above + NETWORK).roster
        assert roster.names == ("Alpha", "Beta", "Gamma")
        assert ties(roster) == {frozenset(("Alpha", "Beta")): 1.0}


def test_of_several_networks_the_first_is_read_or_the_one_that_is_meant(tmp_path: Path) -> None:
    text = f"*Network year one\n{NETWORK}*Network year two\n{NETWORK.replace('1 2 1', '2 3 1')}"
    first = read(tmp_path, text)
    assert ties(first.roster) == {frozenset(("Alpha", "Beta")): 1.0}
    assert any('holds 2 graphs, of which "year one" is read; left out: "year two"' in one for one in first.notes)
    assert ties(read(tmp_path, text, parts=("Year Two",)).roster) == {frozenset(("Beta", "Gamma")): 1.0}
    with pytest.raises(RequestError, match="did you mean"):
        read(tmp_path, text, parts=("year tow",))
    with pytest.raises(RequestError, match="choose one"):
        read(tmp_path, text, parts=("year one", "year two"))


def test_labels_of_lines_are_relations_and_are_not_passed_over(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"trust \(1\), conflict \(1\)"):
        read(tmp_path, NETWORK.replace("1 2 1", '1 2 1 l "trust"\n2 3 1 c Blue l "conflict"'))


def test_a_quotation_mark_within_a_name_is_part_of_it(tmp_path: Path) -> None:
    assert read(tmp_path, NETWORK.replace('"Beta"', '"Beta "North" e.V"x"')).roster.names[1] == 'Beta "North" e.V"x'


def test_a_vertex_that_stands_twice_is_refused_by_its_line(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match='line 4: the vertex "1" stands twice'):
        read(tmp_path, NETWORK.replace('3 "Gamma"', '1 "Gamma"'))


def test_names_that_come_twice_in_a_graph_may_be_told_apart_by_their_numbers(tmp_path: Path) -> None:
    text = NETWORK.replace("Gamma", "Alpha")
    with pytest.raises(ScenarioError, match='--map "label=nothing"'):
        read(tmp_path, text)
    assert read(tmp_path, text, mapped=("label=nothing",)).roster.names == ("1", "2", "3")


def test_a_member_called_like_a_section_makes_no_network_of_a_list(tmp_path: Path) -> None:
    assert read(tmp_path, "name,interests\n*Vertices,x\nBea,x\n").roster.names == ("*Vertices", "Bea")
    assert read(tmp_path, "name,interests\n*Network Alliance,x\nBea,x\n").roster.names == ("*Network Alliance", "Bea")
