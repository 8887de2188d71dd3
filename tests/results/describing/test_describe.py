"""`legato describe`: from files to sentences, tables, a page and CSV; and what is refused."""

import csv
import os
from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

import results
from results.commands.describe import DescribeAnswer
from tests.shared import ask, document

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ["LEGATO_DATA"]) / "waves" if "LEGATO_DATA" in os.environ else None
MEMBERS = """name,interests,region
Alder,literacy;teachers,Europe
Baobab,literacy,Africa
Cedar,numeracy,
Dune,numeracy,Africa
=Evil & <b>Sons</b>,teachers,Europe
"""
TIES = "from,to,strength\nAlder,Baobab,0.5\nBaobab,Cedar,0.2\nAlder,Zebra,0.4\nBaobab,zebra,0.4\nCeder,Dune,.9\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "members.csv").write_text(MEMBERS)
    (tmp_path / "ties.csv").write_text(TIES)
    return tmp_path


def answer(home: Path, **more: Any) -> DescribeAnswer:
    return results.Describe(home / "members.csv", ties=home / "ties.csv", **more).answer()


def rows(file: Path) -> list[dict[str, str]]:
    with open(file, newline="", encoding="utf-8") as text:
        return list(csv.DictReader(text))


def test_who_is_central_alone_and_named_without_being_a_member(home: Path) -> None:
    text = " ".join(str(answer(home, topics=["housing"])).split())
    assert "5 members and 2 ties; 20 of 100 pairs" in text
    assert "Most partners: Baobab (2)" in text
    assert "2 members have no tie: Dune and =Evil & <b>Sons</b>." in text
    assert "No member works on housing." in text
    assert "2 organizations are named by members and are no members: Zebra and Ceder." in text
    assert "Ceder (by 1; Cedar?)" in text
    assert "betweenness" not in text


def test_the_document_says_what_the_tables_say(home: Path) -> None:
    found = document("describe", str(home / "members.csv"), "--ties", str(home / "ties.csv"), "--topic", "housing")
    members = {one["name"]: one for one in found["members"]}
    assert members["Baobab"] == {
        "name": "Baobab", "topics": ["literacy"], "region": "Africa", "partners": 2, "mean_trust": 0.35,
        "within_two_steps": 2, "between_others": pytest.approx(1 / 6), "pairs_only_through_it": 1,
        "cut_off_without_it": 1, "to_other_regions": 1.0, "part": 1,
    }  # fmt: skip
    assert members["Dune"]["mean_trust"] is None
    missing = found["missing"]
    assert missing["topics"] == ["housing"]
    assert missing["outsiders"] == [
        {"name": "Zebra", "named_by": ["Alder", "Baobab"], "meant": None},
        {"name": "Ceder", "named_by": ["Dune"], "meant": "Cedar"},
    ]
    assert missing["without_region"] == ["Cedar"]
    assert (found["answers"], found["change"], found["files"]) == (None, None, [])


def test_a_page_and_tables_are_written_once(home: Path) -> None:
    out = home / "today"
    found = answer(home, out=out)
    assert sorted(path.name for path in out.rglob("*") if path.is_file()) == [
        "by-member.csv", "by-region.csv", "by-topic.csv", "missing.csv", "network.png", "network.svg", "report.html",
    ]  # fmt: skip
    assert {str(out / "report.html"), str(out / "missing.csv")} <= set(found.document["files"])
    first = {row["name"]: row for row in rows(out / "by-member.csv")}
    assert first["Baobab"]["partners"] == "2"
    assert "'=Evil & <b>Sons</b>" in first, "no spreadsheet takes a name for a formula"
    assert Counter(row["what"] for row in rows(out / "missing.csv"))["named, but no member"] == 2
    page = (out / "report.html").read_text()
    assert "<b>Sons" not in page
    assert "&lt;b&gt;Sons" in page
    assert page.count("<svg") == 1
    result = ask("describe", str(home / "members.csv"), "--out", str(out))
    assert result.exit_code == 2
    assert "nothing is overwritten" in result.stderr


def test_a_list_of_members_alone_says_nothing_of_who_is_central(home: Path) -> None:
    found = document("describe", str(home / "members.csv"))
    assert found["whole"] is None
    assert "partners" not in found["members"][0]
    text = str(results.Describe(home / "members.csv", out=home / "o").answer())
    assert "Nothing is known of their ties" in text
    assert "--out DIR" not in text
    assert not (home / "o" / "figures").exists()


def test_a_survey_of_one_wave_is_described(tmp_path: Path) -> None:
    (tmp_path / "members.csv").write_text("name,interests\n" + "".join(f"{name},x;y\n" for name in "ABCD"))
    (tmp_path / "ties.csv").write_text("month,from,to,strength\n4,A,B,0.6\n4,B,A,0.6\n4,A,D,0.4\n4,B,Q,0.5\n")
    (tmp_path / "answered.csv").write_text("name,month\nA,4\nB,4\n")
    found = document("describe", str(tmp_path))
    assert found["when"] == "month 4"
    assert found["answers"] == {"answered": 2, "asked": 4, "both": 1, "one_sided": 0, "agreement": 1.0}
    assert found["unknown_pairs"] == 1  # C and D
    assert found["whole"]["ties"] == 2
    assert found["whole"]["density"] == pytest.approx(2 / 5)
    assert found["missing"]["silent"] == [{"name": "D", "named_by": 1}, {"name": "C", "named_by": 0}]
    assert found["missing"]["outsiders"] == [{"name": "Q", "named_by": ["B"], "meant": None}]


def test_a_survey_in_waves_says_what_has_changed() -> None:
    survey = ROOT / "docs" / "examples" / "survey"
    last, first = document("describe", str(survey)), document("describe", str(survey), "--month", "0")
    change = last["change"]
    assert change["gained"] + change["stayed"] <= last["whole"]["ties"]
    assert change["lost"] + change["stayed"] <= first["whole"]["ties"]
    assert first["change"] is None
    assert ask("describe", str(survey), "--month", "7").exit_code == 2


def test_a_scenario_with_members_of_its_own_is_described(home: Path) -> None:
    ties = "from,to,strength\nAlder,Baobab,0.5\n"
    (home / "ties.csv").write_text(ties)
    made = results.New(home / "mine", members=home / "members.csv", ties=home / "ties.csv").answer().scenario
    for network in (made, made.parent, str(made)):
        assert results.Describe(network).answer().description.whole is not None


def test_an_invented_survey_has_the_ties_that_its_file_has() -> None:
    _agrees_with_its_file(ROOT / "docs" / "examples" / "survey", level=None)


@pytest.mark.skipif(DATA is None, reason="LEGATO_DATA names no folder with real networks")
@pytest.mark.parametrize("name", ["kapferer-work", "kapferer-social", "burkhardt2"])
def test_a_real_network_has_the_ties_that_its_file_has(name: str) -> None:
    assert DATA is not None
    _agrees_with_its_file(DATA / name, level=0)


def _agrees_with_its_file(folder: Path, level: int | None) -> None:
    """Ties of the last wave by a count of its rows that knows nothing of ours: both sides, or one on average."""
    found = document("describe", str(folder))
    last = int(found["when"].removeprefix("month "))
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(one["name"] for one in found["members"])
    for row in rows(folder / "ties.csv"):
        said = float(row["level"] if level is not None else row.get("strength") or row["level"]) > 0
        if int(row["month"]) == last and said:
            graph.add_edge(row["from"], row["to"])
    partners = {one["name"]: one["partners"] for one in found["members"]}
    at_most = dict(graph.degree())
    assert all(partners[name] <= at_most[name] for name in partners), "a tie that nobody reported"
    if max(at_most.values()) and found["answers"]["one_sided"] == 0 and not found["unknown_pairs"]:
        assert partners == at_most
        between = nx.betweenness_centrality(graph)
        for one in found["members"]:
            assert one["between_others"] == pytest.approx(between[one["name"]])


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (["salex"], ["no members by name", "legato new"]),
        (["salx"], ["did you mean 'salex'"]),
        (["{home}/member.csv"], ["did you mean '{home}/members.csv'"]),
        (["{home}/members.csv", "--month", "3"], ["--month", "no survey in waves"]),
        (["labex"], ["there is no file, folder or scenario"]),
        (["{root}/scenarios/evidence/labex.toml"], ["patterns", "no survey"]),
        (["{home}/empty"], ["without members.csv"]),
        (["{root}/docs/examples/survey", "--ties", "{home}/ties.csv"], ["--ties", "survey has its own"]),
    ],
    ids=lambda one: one[0][-12:] if isinstance(one, list) else "",
)
def test_what_cannot_be_described_is_refused_with_the_way_out(home: Path, asked: list[str], words: list[str]) -> None:
    (home / "empty").mkdir()
    result = ask("describe", *(word.format(home=home, root=ROOT) for word in asked))
    assert result.exit_code == 2
    said = " ".join(result.stderr.split())
    assert all(word.format(home=home) in said for word in words), said


def test_more_members_than_a_page_can_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "members.csv").write_text("name,interests\n" + "".join(f"M{number},x\n" for number in range(2001)))
    result = ask("describe", str(tmp_path / "members.csv"))
    assert result.exit_code == 2
    assert "2,001 members" in result.stderr
