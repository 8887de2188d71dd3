"""Networks go out and come in again as they were; what is foreign is named, and what is dangerous is refused."""

import io
import json
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
from click.testing import CliRunner, Result

import scenarios
import simulation
from cli import main
from results.commands.json_schemas import BY_COMMAND
from results.exporting.formats import FORMS, as_csv, as_graphml, as_kumu, formulas, present, ties_among
from scenarios import Roster, read_roster
from scenarios.observed.waves import read_waves
from simulation.snapshot import Snapshot, SnapshotMember, SnapshotTie

jsonschema = pytest.importorskip("jsonschema")


def legato(*words: Any) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture(scope="module")
def seen() -> Snapshot:
    (one,) = simulation.portray(scenarios.load("salex", posterior=None), seed=1, replicate=0, months=[25])
    assert any(not member.present for member in one.members), "somebody has left, which must not be exported"
    return one


def founded(folder: Path, files: dict[str, bytes], form: str) -> Roster:
    """The roster of the scenario that `new` makes of exported files."""
    there = folder / "there"
    there.mkdir(parents=True)
    for name, content in files.items():
        (there / name).write_bytes(content)
    first, *more = {"csv": ("members.csv", "ties.csv"), "kumu": ("elements.csv", "connections.csv")}.get(form, files)
    scenario = scenarios.found(folder / "mine", there / first, *(there / name for name in more))
    roster = scenarios.load(scenario, posterior=None).roster
    assert roster is not None
    return roster


@pytest.mark.parametrize("form", [form for form in FORMS if form != "parquet"])
def test_what_goes_out_comes_in_as_it_was(seen: Snapshot, form: str, tmp_path: Path) -> None:
    roster = founded(tmp_path, FORMS[form](seen), form)
    members = present(seen)
    assert roster.names == tuple(one.name for one in members)
    for number, one in enumerate(members):
        weights = {roster.topics[t]: float(w) for t, w in enumerate(roster.interests[number]) if w}
        assert weights == pytest.approx(dict(one.interests), rel=1e-15)
        assert roster.regions[roster.region[number]] == one.region
    digits = 1e-15 if form == "xlsx" else 0.0  # Excel has 15 of them, the others all
    assert roster.need.tolist() == pytest.approx([one.need for one in members], rel=digits, abs=0)
    assert roster.champion.tolist() == [one.champion for one in members]
    place = {one.name: number for number, one in enumerate(members)}
    expected = {
        tuple(sorted((place[seen.members[tie.one].name], place[seen.members[tie.other].name]))): tie.trust
        for tie in ties_among(seen)
    }
    found = {(one, other): trust for one, other, trust in roster.ties or ()}
    assert found == pytest.approx(expected, rel=digits, abs=0)


def test_networkx_reads_the_same_graph(seen: Snapshot) -> None:
    graph = nx.read_graphml(io.BytesIO(as_graphml(seen)["network.graphml"]), node_type=int)
    assert graph.number_of_nodes() == len(seen.members)
    assert {(min(a, b), max(a, b)): data["trust"] for a, b, data in graph.edges(data=True)} == {
        (tie.one, tie.other): tie.trust for tie in seen.ties
    }


def test_a_graph_that_networkx_wrote_is_read(tmp_path: Path) -> None:
    graph: Any = nx.DiGraph()
    for name, topic in (("a", "literacy"), ("b", "literacy;teachers:2"), ("c", "teachers")):
        graph.add_node(name, topic=topic, degree=3)
    graph.add_edge("a", "b", weight=0.5)
    graph.add_edge("b", "a", weight=0.25)
    graph.add_edge("b", "c", weight=1.0)
    nx.write_graphml(graph, tmp_path / "theirs.graphml")
    notes: list[str] = []
    scenario = scenarios.found(tmp_path / "mine", tmp_path / "theirs.graphml", told=notes.append)
    roster = scenarios.load(scenario, posterior=None).roster
    assert roster is not None
    assert roster.names == ("a", "b", "c")
    assert roster.ties == ((0, 1, 0.5), (1, 2, 1.0)), "of two directions the stronger"
    assert any("no use for degree" in note for note in notes)
    assert any("the stronger one counts" in note for note in notes)


def test_the_label_that_yed_draws_is_the_name(tmp_path: Path) -> None:
    (tmp_path / "yed.graphml").write_text(
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">'
        '<key id="d6" for="node" yfiles.type="nodegraphics"/><key id="d1" for="node" attr.name="interests"/>'
        '<graph edgedefault="undirected">'
        '<node id="n0"><data key="d1">x</data><data key="d6"><y:ShapeNode><y:NodeLabel>Alder</y:NodeLabel>'
        "</y:ShapeNode></data></node>"
        '<node id="n1"><data key="d1">x|y</data><data key="d6"><y:ShapeNode><y:NodeLabel>Birch</y:NodeLabel>'
        '</y:ShapeNode></data></node><edge source="n0" target="n1"/></graph></graphml>'
    )
    roster = scenarios.load(scenarios.found(tmp_path / "mine", tmp_path / "yed.graphml"), posterior=None).roster
    assert roster is not None
    assert roster.names == ("Alder", "Birch")
    assert roster.topics == ("x", "y")
    assert roster.ties == ((0, 1, 1.0),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('<!DOCTYPE g [<!ENTITY x SYSTEM "file:///etc/passwd">]><graphml/>', "has a DOCTYPE"),
        ('<!entity lol "lol"><graphml/>', "has a ENTITY"),
        ("<graphml><graph>", "is no XML"),
        ("<svg/>", "is no GraphML"),
        ("", "is empty"),
        ('<graphml><graph><node id="a"/><edge source="a" target="b"/></graph></graphml>', "leads to 'b', which is no"),
        ('<graphml><graph><node id="a"/><node id="a"/></graph></graphml>', "two nodes have the id 'a'"),
    ],
)
def test_what_is_no_graph_is_refused_with_its_reason(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "bad.graphml").write_text(text)
    told = legato("new", tmp_path / "mine", "--members", tmp_path / "bad.graphml")
    assert told.exit_code == 2
    assert said in " ".join(told.output.split())
    assert not (tmp_path / "mine").exists(), "nothing is begun"


def test_graphml_holds_its_ties_itself(tmp_path: Path) -> None:
    (tmp_path / "a.graphml").write_text(
        '<graphml><graph><node id="a"/><node id="b"/><edge source="a" target="b"/></graph></graphml>'
    )
    told = legato("new", tmp_path / "mine", "--members", tmp_path / "a.graphml", "--ties", tmp_path / "ties.csv")
    assert told.exit_code == 2
    assert "holds its ties itself" in told.output


def a_snapshot(*names: str) -> Snapshot:
    interests = (("x", 0.6), ("=cmd()", 0.8))
    members = tuple(SnapshotMember(name, "x", "there", "small", 0.5, 1.0, False, True, interests) for name in names)
    return Snapshot("mine", 1, 0, 3, members, (SnapshotTie(0, 1, 0.25, 1.0, "prior", True, False),))


def test_a_name_that_spreadsheets_would_run_is_made_harmless_and_comes_back(tmp_path: Path) -> None:
    seen = a_snapshot("=2+3", "@SUM(A1)", 'Birch, "and" sons')
    assert formulas(seen) == ("=2+3", "@SUM(A1)")
    for content in as_kumu(seen).values():
        for cell in content.decode().replace("\n", ",").split(","):
            assert not cell.lstrip('"').startswith(("=", "@", "+"))
    roster = founded(tmp_path, as_kumu(seen), "kumu")
    assert roster.names == ("=2+3", "@SUM(A1)", 'Birch, "and" sons')
    assert roster.ties == ((0, 1, 0.25),)


def test_weights_above_one_are_divided_by_the_largest_and_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text("Label,Tags\nA,x\nB,x\nC,x\n")
    (tmp_path / "c.csv").write_text("From,To,Direction,Strength\nA,B,undirected,4\nB,C,undirected,1\n")
    told = legato("new", tmp_path / "mine", "--members", tmp_path / "e.csv", "--ties", tmp_path / "c.csv")
    assert told.exit_code == 0
    assert "each is divided by 4" in told.stderr
    assert read_roster(tmp_path / "mine" / "members.csv", tmp_path / "mine" / "ties.csv").ties == (
        (0, 1, 1.0),
        (1, 2, 0.25),
    )


def test_our_own_tables_are_copied_to_the_byte(tmp_path: Path) -> None:
    for name, content in as_csv(a_snapshot("A", "B")).items():
        (tmp_path / name).write_bytes(content)
    scenarios.found(tmp_path / "mine", tmp_path / "members.csv", tmp_path / "ties.csv")
    assert (tmp_path / "mine" / "ties.csv").read_bytes() == (tmp_path / "ties.csv").read_bytes()
    assert read_roster(tmp_path / "mine" / "members.csv").names == ("A", "B")


def test_the_command_writes_one_network_and_overwrites_nothing(tmp_path: Path) -> None:
    words = ("export", "salex", "--month", 0, "--out", tmp_path / "out", "--json")
    document = json.loads(legato(*words).stdout)
    jsonschema.validate(document, BY_COMMAND["export"])
    assert (document["month"], document["members"], document["left"]) == (0, 22, 0)
    before = (tmp_path / "out" / "members.csv").read_bytes()
    told = legato(*words)
    assert told.exit_code == 2
    assert "nothing is overwritten" in told.output
    assert (tmp_path / "out" / "members.csv").read_bytes() == before


def test_of_a_run_folder_it_takes_scenario_and_seed(tmp_path: Path) -> None:
    legato("compare", "salex", "sparc", "--replicates", 2, "--seed", 9, "--no-figures", "--out", tmp_path / "run")
    told = legato("export", tmp_path / "run", "--scenario", "sparc", "--out", tmp_path / "out", "--json")
    document = json.loads(told.stdout)
    assert (document["scenario"], document["seed"]) == ("sparc", 9)
    assert "did you mean" in legato("export", tmp_path / "run", "--scenario", "spark").output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["salex", "--month", "900"], "allowed is 0 to 61"),
        (["salex", "--scenario", "salex"], "is none"),
        (["salexx"], "did you mean"),
    ],
)
def test_what_cannot_be_exported_is_refused(tmp_path: Path, words: list[str], said: str) -> None:
    told = legato("export", *words, "--out", tmp_path / "out")
    assert told.exit_code == 2
    assert said in " ".join(told.output.split())
    assert not (tmp_path / "out").exists()


# From a run folder.

SURVEY = Path(__file__).resolve().parents[3] / "docs" / "examples" / "survey"


def ties_in(folder: Path) -> set[frozenset[str]]:
    rows = (folder / "ties.csv").read_text(encoding="utf-8").splitlines()[1:]
    return {frozenset(row.split(",")[:2]) for row in rows}


def test_month_0_of_a_checked_survey_has_the_ties_of_its_first_wave(tmp_path: Path) -> None:
    asked = ["check", SURVEY, "--no-assumptions", "--no-figures", "--replicates", 2, "--out", tmp_path / "checked"]
    assert legato(*asked).exit_code == 0
    waves = read_waves(SURVEY / "members.csv", SURVEY / "ties.csv", SURVEY / "answered.csv")
    names = waves.roster.names
    first = {frozenset((names[a], names[b])) for a, b in np.argwhere(np.nan_to_num(waves.strength[0]) > 0)}
    silent = set(np.array(names)[~waves.answered[0]].tolist())
    assert len(first) > 100
    for replicate in (0, 1):
        out = tmp_path / f"month-0-{replicate}"
        words = ["export", tmp_path / "checked", "--month", 0, "--replicate", replicate, "--out", out, "--json"]
        document = json.loads(legato(*words).stdout)
        assert document["ties"] == len(ties_in(out))
        assert {pair for pair in ties_in(out) if not pair <= silent} == first, "the others are drawn, as in the check"


def test_month_0_of_a_run_of_real_members_has_their_ties_from_before(tmp_path: Path) -> None:
    (tmp_path / "members.csv").write_text("name,interests\nAda,x\nBea,y\nCyd,x\n")
    (tmp_path / "ties.csv").write_text("from,to,strength\nAda,Bea,0.4\nBea,Cyd,0.7\n")
    mine = scenarios.found(tmp_path / "mine", tmp_path / "members.csv", tmp_path / "ties.csv")
    ran = legato("run", mine, "--replicates", 2, "--no-figures", "--out", tmp_path / "ran")
    assert ran.exit_code == 0, ran.stderr
    for source in (mine, tmp_path / "ran"):
        out = tmp_path / f"out-{source.name}"
        exported = legato("export", source, "--month", 0, "--out", out)
        assert exported.exit_code == 0, exported.stderr
        assert ties_in(out) == {frozenset(("Ada", "Bea")), frozenset(("Bea", "Cyd"))}
