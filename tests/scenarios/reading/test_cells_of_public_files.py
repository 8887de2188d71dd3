"""What files that people published taught us: near twins, lines within cells, tables of R, lists in JSON."""

from pathlib import Path
from typing import Any

import pytest

from scenarios import Roster, ScenarioError
from scenarios.reading.foreign_tables import Choices
from scenarios.reading.own_or_foreign import ReadMembers, read_members


def read(folder: Path, text: str, ties: str | None = None, **choices: Any) -> ReadMembers:
    (folder / "file").write_text(text, encoding="utf-8", newline="")
    if ties is not None:
        (folder / "ties").write_text(ties, encoding="utf-8")
    return read_members(folder / "file", None if ties is None else folder / "ties", Choices(**choices))


def refused(folder: Path, text: str, **choices: Any) -> str:
    with pytest.raises(ScenarioError) as caught:
        read(folder, text, **choices)
    return str(caught.value)


def ties(roster: Roster) -> dict[frozenset[str], float]:
    return {frozenset((roster.names[one], roster.names[other])): trust for one, other, trust in roster.ties or ()}


def topics(roster: Roster) -> list[set[str]]:
    return [{roster.topics[number] for number in row.nonzero()[0]} for row in roster.interests]


# Near twins.


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Health care", "healthcare"),
        ("Health-care", "Health Care"),
        ("Refugees", "Refugee"),
        ("Policies", "policy"),
        ("Caf\u00e9s", "Cafe"),
        ("Food & drink", "Food and drink"),
    ],
)
def test_topics_that_may_be_the_same_are_pointed_out_and_kept(one: str, other: str, tmp_path: Path) -> None:
    found = read(tmp_path, f"name,interests\nA,{one}\nB,{other}\nC,water\n")
    assert len(found.roster.topics) == 3
    assert found.exchanged is None, "the table is ours and stays as it is"
    (said,) = (note for note in found.notes if "may be the same" in note)
    assert one in said
    assert other in said
    assert "2 topics" in said


@pytest.mark.parametrize(("one", "other"), [("Gas", "Ga"), ("Press", "Pre"), ("Year 1", "Year 2"), ("food", "Food")])
def test_topics_that_are_not_the_same_or_already_are_one_are_not_pointed_out(
    one: str, other: str, tmp_path: Path
) -> None:
    found = read(tmp_path, f"name,interests\nA,{one}\nB,{other}\nC,water\n")
    assert not any("may be the same" in note for note in found.notes)


# Cells of several lines.


def test_topics_and_partners_below_each_other_in_a_cell_are_several(tmp_path: Path) -> None:
    found = read(
        tmp_path, 'Organisation,Topics\nA,"food\nhealth"\nB,"* food, drink\n* health"\n"C\nLtd",health\n'
    ).roster
    assert topics(found)[:2] == [{"food", "health"}, {"food, drink", "health"}]
    assert found.names[2] == "C Ltd", "a name stays one"
    partners = read(tmp_path, 'Organisation,Partners\nA,"* B\n* C, the old one"\nB,\n')
    assert ties(partners.roster) == {frozenset("AB"): 1.0, frozenset(("A", "C, the old one")): 1.0}


# Tables apart by blanks, and tables of R.


def test_tables_of_r_are_read_without_the_numbers_of_their_rows(tmp_path: Path) -> None:
    found = read(tmp_path, '"from" "to" "weight"\n"1" "A B" "C" 0.5\n"2" "C" "D" 1\n')
    assert ties(found.roster) == {frozenset(("A B", "C")): 0.5, frozenset("CD"): 1.0}
    assert any("only numbers the rows" in note for note in found.notes)
    odd = read(tmp_path, "\u201cFrom\u201d\t\u201cTo\u201d\n1\tA\tB\n2\tB\tC\n")
    assert ties(odd.roster) == {frozenset("AB"): 1.0, frozenset("BC"): 1.0}


def test_lists_and_matrices_apart_by_blanks_are_read(tmp_path: Path) -> None:
    pairs = read(tmp_path, "Source Target Type\nA B Directed\nB C Directed\n").roster
    assert ties(pairs) == {frozenset("AB"): 1.0, frozenset("BC"): 1.0}
    matrix = read(tmp_path, "1 1 0 0\n1 0 0 2\n0 0 1 0\n0 2 0 0\n").roster
    assert ties(matrix) == {frozenset("12"): 0.5, frozenset("24"): 1.0}


def test_names_of_two_words_are_not_torn_apart(tmp_path: Path) -> None:
    found = read(tmp_path, "Organization name\nAlder Institute\nBirch Trust\n").roster
    assert found.names == ("Alder Institute", "Birch Trust")


def test_headers_with_points_are_known(tmp_path: Path) -> None:
    assert ties(read(tmp_path, "ego.id,alter.id\nA,B\nB,C\n").roster) == {frozenset("AB"): 1.0, frozenset("BC"): 1.0}


# Numbers as relations, strengths below 0.


def test_relations_that_are_numbers_may_be_strengths(tmp_path: Path) -> None:
    table = "From,To,Relation\nA,B,1\nB,C,2\n"
    assert '--map "Relation=strength"' in refused(tmp_path, table)
    assert ties(read(tmp_path, table, mapped=("Relation=strength",)).roster) == {
        frozenset("AB"): 0.5,
        frozenset("BC"): 1.0,
    }


def test_a_strength_below_0_is_refused_with_the_way_out(tmp_path: Path) -> None:
    table = "From,To,Weight\nA,B,-1\nB,C,2\n"
    assert '--map "Weight=nothing"' in refused(tmp_path, table)
    assert set(ties(read(tmp_path, table, mapped=("Weight=nothing",)).roster).values()) == {1.0}


def test_a_strength_of_0_is_no_tie_and_is_said(tmp_path: Path) -> None:
    found = read(tmp_path, "Source,Target,Weight\nA,B,0\nB,C,1\n")
    assert ties(found.roster) == {frozenset("BC"): 1.0}
    assert any("1 tie of strength 0" in note for note in found.notes)


# JSON.


@pytest.mark.parametrize(
    "text",
    [
        '{"nodes":[{"key":"A"},{"key":"B"}],"edges":[["A","B"]]}',
        '{"stakeholders":[{"name":"A"},{"name":"B"}],"connections":[{"from":"A","to":"B"}],"title":"Map"}',
        '{"A":["B"],"B":[]}',
    ],
)
def test_networks_in_json_as_people_write_them(text: str, tmp_path: Path) -> None:
    assert ties(read(tmp_path, text).roster) == {frozenset("AB"): 1.0}


# Formats that are known but not read.


@pytest.mark.parametrize(
    ("text", "way_out"),
    [
        ("// made by hand\ndigraph G {\n a -> b\n}\n", "gv2gml"),
        ("*Node data\nID, sex\n", "Pajek"),
        ("#header section\nLEDA.GRAPH\n", "GraphML"),
        ("<html><table><tr><td>A</td></tr></table></html>", "xlsx or CSV"),
        ("<!DOCTYPE html><html></html>", "xlsx or CSV"),
        ('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "xlsx or CSV"),
    ],
)
def test_what_is_not_read_says_the_way_out(text: str, way_out: str, tmp_path: Path) -> None:
    assert way_out in refused(tmp_path, text)


def test_a_remark_on_the_encoding_of_a_graph_is_not_lost(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes('*Vertices 2\n1 "B\u00fcro"\n2 "A"\n*Edges\n1 2\n'.encode("cp1252"))
    found = read_members(tmp_path / "file", None)
    assert found.roster.names == ("B\u00fcro", "A")
    assert any("Windows-1252" in note for note in found.notes)


# Tables that were handed to us.


def test_topics_with_blanks_after_semicolons_are_the_same_topics(tmp_path: Path) -> None:
    found = read(tmp_path, "name,interests,region\nA,Transport; Food,South\nB,Food,North\nC,Transport ;Food,North\n")
    assert found.roster.topics == ("Transport", "Food")
    assert found.exchanged is None


def test_a_topic_of_their_own_for_each_of_whom_nothing_is_known_makes_nobody_alike(tmp_path: Path) -> None:
    found = read(tmp_path, "name,interests\nA,unknown 0\nB,unknown 3\nC,food\nD,food\n")
    assert found.roster.topics == ("unknown 0", "unknown 3", "food")
    assert not any("may be the same" in note for note in found.notes)


@pytest.mark.parametrize("gone", [0, 4])
def test_without_the_first_or_the_last_member_who_had_no_tie_the_others_are_read_the_same(
    gone: int, tmp_path: Path
) -> None:
    rows = [f"Org {number:02},{topic},USA" for number, topic in enumerate(["a/b", "c/d", "c/d", "e/f", "a/b"])]
    joined = "from,to,strength\nOrg 01,Org 02,0.6\nOrg 03,Org 02,0.3\n"
    whole = read(tmp_path, "\n".join(["name,interests,region", *rows]), joined).roster
    rest = read(tmp_path, "\n".join(["name,interests,region", *rows[:gone], *rows[gone + 1 :]]), joined).roster
    assert ties(whole) == ties(rest)
    assert {*zip(rest.names, map(frozenset, topics(rest)), strict=True)} < {
        *zip(whole.names, map(frozenset, topics(whole)), strict=True)
    }


def test_a_tie_of_a_member_who_is_not_in_the_list_is_refused_by_its_line(tmp_path: Path) -> None:
    (tmp_path / "t").write_text("from,to,strength\nA,B,0.6\nB,Gone,0.3\n", encoding="utf-8")
    (tmp_path / "m").write_text("name,interests\nA,x\nB,x\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match='t, line 3: to is "Gone", which is no member in m'):
        read_members(tmp_path / "m", tmp_path / "t")


def test_of_very_many_near_twins_the_first_are_named_and_the_rest_counted(tmp_path: Path) -> None:
    rows = "".join(f"Club {number}\nClub-{number}\n" for number in range(50))
    notes = read(tmp_path, f"name,interests\n{rows}".replace("\n", ",x\n").replace("interests,x", "interests")).notes
    assert sum("may be the same" in note for note in notes) == 20
    assert any("30 more names of members" in note for note in notes)
