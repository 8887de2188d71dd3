"""Workbooks: openpyxl writes them, we read the same cells; what could do harm is refused before anybody reads it."""

import datetime
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl.reader.excel import load_workbook
from openpyxl.workbook.workbook import Workbook

from scenarios import ScenarioError
from scenarios.files.recognizing import read_contents
from scenarios.reading.foreign_tables import Choices
from scenarios.reading.own_or_foreign import ReadMembers, read_members
from scenarios.schema.roster import Roster

ELEMENTS: list[list[Any]] = [["Label", "Type", "Tags"], ["Alpha", "Organization", "x|y"], ["Beta", "Organization", "y"]]
CONNECTIONS: list[list[Any]] = [["From", "To", "Direction", "Strength"], ["Alpha", "Beta", "directed", 0.5]]


def workbook(sheets: dict[str, list[list[Any]]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def ods(table: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr(
            "content.xml",
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
            f'<table:table table:name="Members">{table}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        )
    return data.getvalue()


def ods_row(*cells: str, repeated: int = 1) -> str:
    inner = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in cells
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{inner}</table:table-row>'


def changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with other bytes in one of its parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as again:
        for name in archive.namelist():
            content = archive.read(name)
            assert name != part or old in content
            again.writestr(name, content.replace(old, new) if name == part else content)
    return made.getvalue()


def read(folder: Path, data: bytes, **choices: Any) -> ReadMembers:
    (folder / "network").write_bytes(data)
    return read_members(folder / "network", None, Choices(**choices))


def refused(folder: Path, data: bytes) -> str:
    with pytest.raises(ScenarioError) as caught:
        read(folder, data)
    return str(caught.value)


def ties(roster: Roster) -> dict[frozenset[str], float]:
    return {frozenset((roster.names[one], roster.names[other])): trust for one, other, trust in roster.ties or ()}


def test_the_two_sheets_of_a_kumu_workbook_are_members_and_ties(tmp_path: Path) -> None:
    found = read(tmp_path, workbook({"Elements": ELEMENTS, "Connections": CONNECTIONS, "Notes": [["by", "Ada"]]}))
    assert found.roster.names == ("Alpha", "Beta")
    assert ties(found.roster) == {frozenset(("Alpha", "Beta")): 0.5}
    assert "network, sheet Elements: read Label as name, Tags as interests" in found.notes
    assert "network, sheet Notes is neither a list of members nor of ties; left out" in found.notes


def test_cells_are_what_openpyxl_wrote(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["name", "n", "d", "b"],
        ["\u00c4", 1, datetime.date(2024, 3, 1), True],
        ["B", 0.1, None, False],
    ]
    (tmp_path / "w").write_bytes(workbook({"S": rows}))
    grids = read_contents(tmp_path / "w")
    assert isinstance(grids, list)
    assert [row.cells for row in grids[0].rows] == [
        ("name", "n", "d", "b"),
        ("\u00c4", "1", "2024-03-01", "yes"),
        ("B", "0.1", "", "no"),
    ]


def test_a_fault_names_sheet_and_row(tmp_path: Path) -> None:
    rows = [*CONNECTIONS, ["Alpha", "Betta", "directed", 1]]
    told = refused(tmp_path, workbook({"Elements": ELEMENTS, "Connections": rows}))
    assert 'network, sheet Connections, row 3: to is "Betta"' in told
    assert "no member in network, sheet Elements" in told


def test_several_sheets_of_ties_are_several_relations(tmp_path: Path) -> None:
    ends: list[list[Any]] = [["From", "To"], ["Alpha", "Beta"]]
    data = workbook({"Elements": ELEMENTS, "Trust": ends, "Conflict": ends})
    assert "Trust (1), Conflict (1)" in refused(tmp_path, data)
    assert len(read(tmp_path, data, relations=("Trust",)).roster.ties or ()) == 1


def test_a_second_list_of_members_and_a_hidden_sheet_are_named(tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(workbook({"Elements": ELEMENTS, "Old": ELEMENTS})))
    book["Old"].sheet_state = "hidden"
    data = io.BytesIO()
    book.save(data)
    notes = read(tmp_path, data.getvalue()).notes
    assert "network, sheet Old is hidden, and is read all the same" in notes
    assert "network, sheet Old is a second list of members, of 2; left out" in notes


def test_a_formula_that_was_never_computed_is_refused_and_an_error_is_said(tmp_path: Path) -> None:
    told = refused(tmp_path, workbook({"S": [["name", "interests"], ["A", "=1+1"], ["B", "x"]]}))
    assert "1 cell (B2) holds a formula whose value was never stored" in told
    found = read(tmp_path, workbook({"S": [["name", "interests"], ["A", "#N/A"], ["B", "x"]]}))
    assert any("1 cell (B2) holds an error" in one for one in found.notes)


def test_an_ods_is_read_with_its_repeated_rows(tmp_path: Path) -> None:
    table = ods_row("name", "interests") + ods_row("A", "x") + ods_row("B", "y") + ods_row(repeated=1_048_000)
    assert read(tmp_path, ods(table)).roster.names == ("A", "B")


@pytest.mark.parametrize(
    "table",
    [
        ods_row("name", "interests") + ods_row("A", "x", repeated=2_000_000_000),
        ods_row("name") + ods_row(repeated=100_000_000) + ods_row("A"),
    ],
)
def test_an_ods_of_billions_of_cells_is_refused(table: str, tmp_path: Path) -> None:
    assert "cells; delete what lies far outside" in refused(tmp_path, ods(table))


def test_a_cell_far_outside_is_refused(tmp_path: Path) -> None:
    sheet = "xl/worksheets/sheet1.xml"
    data = workbook({"S": ELEMENTS})
    far = changed(data, sheet, b'r="C3"', b'r="XFD1048576"')
    assert "cells; delete what lies far outside" in refused(tmp_path, far)


def test_an_archive_of_files_says_what_is_in_it(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("club.net", "*Vertices 2")
    told = refused(tmp_path, made.getvalue())
    assert '"club.net"; unpack it' in told


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    "cell",
    [
        *('<c r="XFD1048576"><v>1</v></c>', "<c r='XFD1048576'><v>1</v></c>", '<c s="0" r="XFD1048576"><v>1</v></c>'),
        *('<c\nr="XFD1048576"><v>1</v></c>', '<c r="&#88;FD1048576"><v>1</v></c>', '<c r="xfd1048576"><v>1</v></c>'),
        *('<!-- a --><c r="XFD1048576"><v>1</v></c>', '<x:c xmlns:x="MAIN" r="XFD1048576"><x:v>1</x:v></x:c>'),
    ],
)
def test_a_cell_far_outside_is_seen_however_it_is_written(cell: str, tmp_path: Path) -> None:
    cell = cell.replace("MAIN", "http://schemas.openxmlformats.org/spreadsheetml/2006/main")
    row = f'<row r="1048576">{cell}</row></sheetData>'
    told = refused(tmp_path, changed(workbook({"S": ELEMENTS}), SHEET, b"</sheetData>", row.encode()))
    assert "more than 5,000,000 cells" in told


def test_a_cell_far_outside_with_nothing_in_it_does_no_harm(tmp_path: Path) -> None:
    row = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    data = changed(workbook({"S": ELEMENTS}), SHEET, b"</sheetData>", row)
    assert read(tmp_path, data).roster.names == ("Alpha", "Beta")


def test_a_cell_at_no_place_is_refused(tmp_path: Path) -> None:
    told = refused(tmp_path, changed(workbook({"S": ELEMENTS}), SHEET, b'r="B2"', b'r="2B"'))
    assert "damaged" in told
    assert "2B" in told


def test_a_zip_bomb_is_refused_whatever_it_says_of_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scenarios.files.workbook_guard.MOST_UNPACKED", 1 << 20)
    data = changed(
        workbook({"S": ELEMENTS}), "xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData>" + b" " * (2 << 20)
    )
    assert len(data) < 20_000
    assert "unpacks to more than 1 MB" in refused(tmp_path, data)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_entities_in_a_workbook_are_refused(part: str, tmp_path: Path) -> None:
    evil = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    data = workbook({"S": ELEMENTS})
    first = zipfile.ZipFile(io.BytesIO(data)).read(part)
    at = first.index(b"?>") + 2 if first.startswith(b"<?xml") else 0
    assert "has a DOCTYPE" in refused(tmp_path, changed(data, part, first, first[:at] + evil + first[at:]))


@pytest.mark.parametrize("cut", [30, 400, 3000])
def test_a_torn_workbook_is_refused(cut: int, tmp_path: Path) -> None:
    assert "damaged workbook" in refused(tmp_path, workbook({"S": ELEMENTS})[:cut])


@pytest.mark.parametrize(("start", "said"), [(b"\xd0\xcf\x11\xe0", "one with a password"), (b"%PDF-1.4", "a PDF")])
def test_what_cannot_be_read_says_the_way_out(start: bytes, said: str, tmp_path: Path) -> None:
    told = refused(tmp_path, start + b"\0" * 100)
    assert said in told
    assert "save the table" in told


# JSON.

KUMU = {
    "elements": [
        {"_id": "e1", "attributes": {"label": "Alpha", "element type": "Organization", "tags": ["x", "y"]}},
        {"_id": "e2", "attributes": {"label": "Beta", "element type": "Organization", "tags": ["y"]}},
        {"_id": "e3", "attributes": {"label": "Ada", "element type": "Person"}},
    ],
    "connections": [
        {"_id": "c1", "from": "e1", "to": "e2", "direction": "mutual", "attributes": {"strength": 0.5}},
        {"_id": "c2", "from": "e3", "to": "e2", "attributes": {}},
    ],
    "maps": [{"_id": "m"}],
}
NODE_LINK = {
    "directed": False,
    "nodes": [{"id": "a", "name": "Alpha", "topics": "x;y"}, {"id": "b", "name": "Beta", "topics": "y"}],
    "links": [{"source": "a", "target": "b", "weight": 0.5}],
}
D3 = {
    "nodes": [{"name": "Alpha", "topic": "x"}, {"name": "Beta", "topic": "y"}],
    "links": [{"source": 0, "target": 1, "value": 0.5}],
}
CYTOSCAPE = {
    "elements": {
        "nodes": [{"data": {"id": "1", "name": "Alpha"}}, {"data": {"id": "2", "name": "Beta"}}],
        "edges": [{"data": {"source": "1", "target": "2", "weight": 0.5}}],
    }
}


@pytest.mark.parametrize("network", [KUMU, NODE_LINK, D3, CYTOSCAPE], ids=["kumu", "node-link", "d3", "cytoscape"])
def test_networks_as_json_are_read(network: dict[str, Any], tmp_path: Path) -> None:
    found = read(tmp_path, json.dumps(network).encode())
    assert found.roster.names == ("Alpha", "Beta")
    assert ties(found.roster) == {frozenset(("Alpha", "Beta")): 0.5}


def test_what_a_kumu_project_has_beside_is_named(tmp_path: Path) -> None:
    notes = " ".join(read(tmp_path, json.dumps(KUMU).encode()).notes)
    assert "maps, a list of 1, is left out" in notes
    assert "their type is Person" in notes


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"elements": [', "line 1: is no JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("[1, 2]", "it is a list"),
        ('{"a": 1}', "no list of elements or nodes"),
        ('{"nodes": [1.5]}', "node 1: is no object"),
        ('{"nodes": ["a", "b"], "links": [{"source": "a"}]}', "link 1: has no to or target"),
        ('{"nodes": ["a", "b"], "links": [{"source": "a", "target": "c"}]}', 'link 1: to is "c", which is no member'),
    ],
)
def test_json_that_is_no_network_is_refused_with_its_reason(text: str, said: str, tmp_path: Path) -> None:
    assert said in refused(tmp_path, text.encode())
