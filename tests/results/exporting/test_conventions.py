"""Exports carry labels, weights and types under the names by which other programs know them."""

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pandas as pd
import pytest
from openpyxl.reader.excel import load_workbook

import scenarios
import simulation
from results.commands.export import Export
from results.commands.listener import QUIET
from results.commands.run import Run
from results.exporting import workbook
from results.exporting.formats import FORMS, present, ties_among
from results.exporting.workbook import WorkbookError
from simulation.snapshot import Snapshot, SnapshotMember, SnapshotTie
from tests.shared import ask

HOSTILE = ("=1+1", "@SUM(A1)", "-", "007", "1e5", "NA", "_x0041_", "Ärzte & <Söhne>", "組織", 'a "b", c', "x" * 20_000)


@pytest.fixture(scope="module")
def seen() -> Snapshot:
    (one,) = simulation.portray(scenarios.load("salex", posterior=None), seed=1, replicate=0, months=[25])
    assert any(tie.collaborating for tie in ties_among(one))
    assert not all(tie.collaborating for tie in ties_among(one))
    return one


def a_snapshot(*names: str, ties: int = 0) -> Snapshot:
    """Members with these names, the first `ties` pairs of neighbours tied, every second one collaborating."""
    interests = (("x", 0.6), ("=cmd()", 0.8))
    members = [SnapshotMember(name, "x", "there", "small", 0.5, 1.0, False, True, interests) for name in names]
    pairs = [SnapshotTie(n, n + 1, 0.25, 1.0, "prior", n % 2 == 0, False) for n in range(ties)]
    return Snapshot("mine", 1, 0, 3, tuple(members), tuple(pairs))


def rows_of(snapshot: Snapshot) -> dict[str, list[dict[str, Any]]]:
    """The rows of each sheet of the workbook, by header."""
    book = load_workbook(io.BytesIO(FORMS["xlsx"](snapshot)["network.xlsx"]))
    found = {}
    for sheet in book:
        header, *rows = sheet.iter_rows(values_only=True)
        assert next(iter(sheet.tables.values())).ref == f"A1:{chr(64 + len(header))}{max(len(rows), 1) + 1}"
        found[sheet.title] = [dict(zip(header, row, strict=True)) for row in rows]
    return found


def trusts(snapshot: Snapshot) -> dict[tuple[str, str], tuple[float, str]]:
    """Ends of a tie -> its trust and its type."""
    return {
        (snapshot.members[tie.one].name, snapshot.members[tie.other].name): (
            tie.trust, "collaboration" if tie.collaborating else "tie"
        )
        for tie in ties_among(snapshot)
    }  # fmt: skip


@pytest.mark.parametrize("form", ["graphml", "yed"])
def test_graphml_has_label_weight_and_type(seen: Snapshot, form: str) -> None:
    content = FORMS[form](seen)["network.graphml"]
    graph = nx.read_graphml(io.BytesIO(content))
    assert {node["label"] for _, node in graph.nodes(data=True)} == {one.name for one in seen.members}
    assert {node["type"] for _, node in graph.nodes(data=True)} == {"organization"}
    names = nx.get_node_attributes(graph, "name")
    here = {one.name for one in present(seen)}
    found = {
        (names[one], names[other]): (edge["weight"], edge["type"]) for one, other, edge in graph.edges(data=True)
        if {names[one], names[other]} <= here
    }  # fmt: skip
    assert found == trusts(seen)
    keys = [key.get("id") for key in ElementTree.fromstring(content) if key.tag.endswith("key")]
    assert len(set(keys)) == len(keys), "an attribute is told by its id"


def test_gephi_finds_no_word_where_it_wants_a_number(seen: Snapshot) -> None:
    """Gephi reads these attributes of nodes, whatever their case, as numbers of the drawing, and `d3` as the label."""
    root = ElementTree.fromstring(FORMS["graphml"](seen)["network.graphml"])
    keys = [key for key in root if key.get("for") == "node"]
    called = {word.casefold() for key in keys for word in (key.get("id", ""), key.get("attr.name", ""))}
    assert not called & {"size", "x", "y", "z", "r", "g", "b", "xpos", "ypos", "d3"}


def test_yed_draws_the_name_of_each_member() -> None:
    root = ElementTree.fromstring(FORMS["yed"](a_snapshot("A & B", "C"))["network.graphml"])
    key = next(one for one in root if one.get("yfiles.type") == "nodegraphics")
    drawn = [one for one in root.iter() if one.get("key") == key.get("id")]
    assert [label.text for one in drawn for label in one.iter() if label.tag.endswith("}NodeLabel")] == ["A & B", "C"]


def test_kumu_gets_its_own_fields_in_both_of_its_formats(seen: Snapshot) -> None:
    blueprint = json.loads(FORMS["kumu-json"](seen)["kumu.json"])
    assert [one["label"] for one in blueprint["elements"]] == [one.name for one in present(seen)]
    assert [one["tags"] for one in blueprint["elements"]] == [[t for t, _ in one.interests] for one in present(seen)]
    assert {one["type"] for one in blueprint["elements"]} == {"organization"}
    connections = blueprint["connections"]
    assert {(one["from"], one["to"]): (one["strength"], one["type"]) for one in connections} == trusts(seen)
    assert {one["direction"] for one in connections} == {"undirected"}
    sheets = FORMS["kumu"](seen)
    for name, key in (("elements.csv", "elements"), ("connections.csv", "connections")):
        rows = list(csv.DictReader(io.StringIO(sheets[name].decode())))
        assert {header.casefold() for header in rows[0]} == set(blueprint[key][0])
        assert len(rows) == len(blueprint[key])


def test_a_workbook_has_tables_of_members_ties_and_collaborations(seen: Snapshot) -> None:
    sheets = rows_of(seen)
    assert list(sheets) == ["members", "ties", "collaborations"]
    assert [row["name"] for row in sheets["members"]] == [one.name for one in present(seen)]
    assert [row["need"] for row in sheets["members"]] == pytest.approx([one.need for one in present(seen)], rel=1e-15)
    assert {(row["from"], row["to"]): row["type"] for row in sheets["ties"]} == {
        pair: kind for pair, (_, kind) in trusts(seen).items()
    }
    assert [row["strength"] for row in sheets["ties"]] == pytest.approx(
        [t for t, _ in trusts(seen).values()], rel=1e-15
    )
    working = {pair for pair, (_, kind) in trusts(seen).items() if kind == "collaboration"}
    assert {(row["from"], row["to"]) for row in sheets["collaborations"]} == working


def test_every_name_is_a_text_in_a_workbook_however_much_it_looks_like_something_else() -> None:
    content = FORMS["xlsx"](a_snapshot(*HOSTILE, ties=1))["network.xlsx"]
    sheet = load_workbook(io.BytesIO(content))["members"]
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}, "no formula, number or error"
    escaped = ["_x005F_x0041_" if name == "_x0041_" else name for name in HOSTILE]
    assert [cell.value for cell in cells] == escaped, "Excel reads _x0041_ as A"
    assert cells[0].number_format == "@", "it stays a text when it is edited"


def test_the_same_network_is_the_same_workbook_to_the_byte() -> None:
    files = FORMS["xlsx"](a_snapshot("A", "B", ties=1))
    assert files == FORMS["xlsx"](a_snapshot("A", "B", ties=1))
    with zipfile.ZipFile(io.BytesIO(files["network.xlsx"])) as parts:
        dates = re.findall(r"20\d\d-\d\d-\d\dT[\d:]+", parts.read("docProps/core.xml").decode())
    assert dates == ["2000-01-01T00:00:00"] * 2, "whatever the clock says"


def test_a_network_without_ties_is_a_workbook_with_empty_tables() -> None:
    sheets = rows_of(a_snapshot("A", "B"))
    assert (len(sheets["members"]), sheets["ties"], sheets["collaborations"]) == (2, [], [])


def test_what_no_sheet_can_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(WorkbookError, match="33,000 characters"):
        FORMS["xlsx"](a_snapshot("x" * 33_000, "B"))
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    with pytest.raises(WorkbookError, match="3 members are more than the 2 rows"):
        FORMS["xlsx"](a_snapshot("A", "B", "C"))


def test_characters_that_no_xml_may_hold_are_replaced() -> None:
    odd = replace(a_snapshot("A\x07", "B\ud800"), scenario="\x00")
    assert [row["name"] for row in rows_of(odd)["members"]] == [
        "A\N{REPLACEMENT CHARACTER}",
        "B\N{REPLACEMENT CHARACTER}",
    ]
    for form in ("graphml", "yed"):
        assert nx.read_graphml(io.BytesIO(FORMS[form](odd)["network.graphml"])).number_of_nodes() == 2
    assert json.loads(FORMS["kumu-json"](odd)["kumu.json"])["elements"][0]["label"] == "A\x07"


@pytest.mark.parametrize("number", [20, pytest.param(100_000, marks=pytest.mark.slow)])
def test_very_many_rows_are_a_workbook_like_any_other(number: int) -> None:
    found = load_workbook(
        io.BytesIO(FORMS["xlsx"](a_snapshot(*map(str, range(number)), ties=number - 1))["network.xlsx"]), read_only=True
    )
    assert sum(1 for _ in found["members"].iter_rows(values_only=True)) == number + 1
    assert sum(1 for _ in found["ties"].iter_rows(values_only=True)) == number
    assert sum(1 for _ in found["collaborations"].iter_rows(values_only=True)) == number // 2 + 1


def test_parquet_tables_have_everything_even_of_a_network_without_ties(seen: Snapshot) -> None:
    files = FORMS["parquet"](seen)
    members, ties = (pd.read_parquet(io.BytesIO(files[name])) for name in ("members.parquet", "ties.parquet"))
    assert members["member"].tolist() == [one.name for one in seen.members]
    assert members["present"].tolist() == [one.present for one in seen.members]
    assert ties["trust"].tolist() == [tie.trust for tie in seen.ties]
    joined = ties.merge(members, left_on="one", right_on="member").merge(members, left_on="other", right_on="member")
    assert len(joined) == len(seen.ties), "each end is found by its name"
    none = pd.read_parquet(io.BytesIO(FORMS["parquet"](a_snapshot("A", "B"))["ties.parquet"]))
    assert dict(none.dtypes) == dict(ties.dtypes)


def test_tables_of_a_run_and_of_an_export_join_on_names(tmp_path: Path) -> None:
    (tmp_path / "members.csv").write_text("name,interests,region\nAda & co,x,north\nBea,y,south\nCyd,x,south\n")
    mine = scenarios.found(tmp_path / "mine", tmp_path / "members.csv")
    Run(mine, replicates=2, figures=False, pairs="6", out=tmp_path / "run").answer(QUIET)
    Export(mine, form="parquet", month=6, out=tmp_path / "out").answer(QUIET)
    chances, pairs = (pd.read_parquet(tmp_path / "run" / name) for name in ("members.parquet", "pairs.parquet"))
    members, ties = (pd.read_parquet(tmp_path / "out" / name) for name in ("members.parquet", "ties.parquet"))
    joined = chances.merge(members, on="member")
    assert dict(zip(joined["member"], joined["region"], strict=True)) == {
        "Ada & co": "north", "Bea": "south", "Cyd": "south"
    }  # fmt: skip
    assert len(ties) > 0
    assert len(ties.merge(pairs, on=["one", "other"])) == len(ties), "in the same order, too"


def test_a_name_that_kumu_would_take_for_several_is_said(tmp_path: Path) -> None:
    (tmp_path / "members.csv").write_text("name,interests\nA|B,x\nC,x\n")
    mine = scenarios.found(tmp_path / "mine", tmp_path / "members.csv")
    for form, said in (("kumu", True), ("kumu-json", False)):
        told = ask("export", str(mine), "--as", form, "--month", "0", "--out", str(tmp_path / form))
        assert told.exit_code == 0
        assert ("A|B" in told.stderr) == said
