"""Sheets of a workbook and graphs of a file: which are read is said, and may be chosen."""

import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl.workbook.workbook import Workbook

from scenarios import RequestError, ScenarioError
from scenarios.reading.foreign_tables import Choices
from scenarios.reading.own_or_foreign import ReadMembers, read_members

MEMBERS = [["Label", "Sector"], ["A", "x"], ["B", "y"], ["C", "x"]]
README = [["Sheet", "Name", "Description"], ["a", "b", "c", "a remark beyond the table"]]


def workbook(**sheets: list[list[Any]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def read(folder: Path, data: bytes, **choices: Any) -> ReadMembers:
    (folder / "file").write_bytes(data)
    return read_members(folder / "file", None, Choices(**choices))


def test_sheets_are_chosen(tmp_path: Path) -> None:
    first, second = [["From", "To"], ["A", "B"]], [["From", "To"], ["B", "C"]]
    data = workbook(Members=MEMBERS, Year_one=first, Year_two=second)
    with pytest.raises(ScenarioError, match=r"Year one \(1\), Year two \(1\)"):
        read(tmp_path, data)
    found = read(tmp_path, data, parts=("members", "year two"))
    assert found.roster.ties == ((1, 2, 1.0),)
    assert found.roster.topics == ("x", "y")
    with pytest.raises(RequestError, match='no sheet or graph is called "Year three"; did you mean'):
        read(tmp_path, data, parts=("Year three",))


def test_a_sheet_that_cannot_be_read_names_the_others_to_choose_from(tmp_path: Path) -> None:
    data = workbook(Readme=README, Members=MEMBERS)
    with pytest.raises(ScenarioError, match="say with --part which are: Readme, Members"):
        read(tmp_path, data)
    assert read(tmp_path, data, parts=("Members",)).roster.names == ("A", "B", "C")


def test_of_a_workbook_of_nodexl_edges_and_vertices_are_read(tmp_path: Path) -> None:
    edges: list[list[Any]] = [
        ["", "", "Visual Properties", ""],
        ["Vertex 1", "Vertex 2", "Color", "Edge Weight"],
        ["A", "B", "", 2],
        ["B", "C", "", 1],
    ]
    vertices: list[list[Any]] = [
        ["", "Visual Properties"],
        ["Vertex", "Size"],
        ["A", 1.5],
        ["B", 100],
        ["C", ""],
        ["D", ""],
    ]
    others = [["Vertex 1", "Vertex 2"], ["Show", "Skip"]]
    data = workbook(
        Edges=edges,
        Vertices=vertices,
        Groups=[["Group", "Vertex Color"]],
        Group_Vertices=[["Group", "Vertex"]],
        Misc=others,
    )
    found = read(tmp_path, data)
    assert found.roster.names == ("A", "B", "C", "D")
    assert found.roster.ties == ((0, 1, 1.0), (1, 2, 0.5))
    assert any("workbook of NodeXL" in one and "Groups, Group Vertices, Misc" in one for one in found.notes)
    assert any("no use for Size (drawn)" in one for one in found.notes)
    assert not any("count as medium" in one for one in found.notes)


NODES = '<node id="a" label="A"/><node id="b" label="B"/><node id="c" label="C"/>'
GRAPH = '<graph id="{0}"><nodes>{1}</nodes><edges><edge source="{2}" target="c"/></edges></graph>'
VERTICES = 'node [ id 1 label "A" ] node [ id 2 label "B" ] node [ id 3 label "C" ]'
GML = f'graph [ label "{{0}}" {VERTICES} edge [ source {{1}} target 3 ] ]'


@pytest.mark.parametrize(
    "text",
    [
        f"<gexf>{GRAPH.format('one', NODES, 'a')}{GRAPH.format('two', NODES, 'b')}</gexf>",
        f"{GML.format('one', 1)} {GML.format('two', 2)}",
    ],
    ids=["gexf", "gml"],
)
def test_of_several_graphs_the_first_is_read_or_the_one_that_is_meant(text: str, tmp_path: Path) -> None:
    first = read(tmp_path, text.encode())
    assert first.roster.ties == ((0, 2, 1.0),)
    assert any('holds 2 graphs, of which "one" is read; left out: "two"' in one for one in first.notes)
    assert read(tmp_path, text.encode(), parts=("two",)).roster.ties == ((1, 2, 1.0),)


def test_of_several_graphs_in_graphml_one_is_chosen(tmp_path: Path) -> None:
    graph = '<graph id="{0}"><node id="a"/><node id="b"/><edge source="a" target="{1}"/></graph>'
    text = f"<graphml>{graph.format('w1', 'b')}{graph.format('w2', 'a')}</graphml>".encode()
    assert read(tmp_path, text).roster.ties == ((0, 1, 1.0),)
    assert not read(tmp_path, text, parts=("w2",)).roster.ties
