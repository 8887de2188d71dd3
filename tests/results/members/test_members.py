"""`legato members`: what becomes of each member, by name, in the very networks that the outcomes are of."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest

import results
import scenarios
import simulation
from results.commands.members import MembersAnswer
from results.estimates.predicted_pairs import collaborating
from results.folders.parquet import columns_of, read_table, write_parquet
from results.members import fates as module
from results.members.estimates import changes_of, estimates_of
from results.members.fates import Fates, fates_of
from results.members.measures import MEASURES
from results.verifying.verify import verify
from scenarios import Scenario
from simulation import historian
from simulation.model.reference import let_go
from tests.shared import ask, document

MONTH = 18
NETWORKS = 40
MEMBERS = """name,interests,region
Alder,literacy;teachers,Europe
Baobab,literacy,Africa
Cedar,numeracy,Asia
Dune,numeracy;teachers,Africa
Elm,teachers,Europe
Fern,literacy;numeracy,Asia
Gorse,teachers,Europe
Hazel,numeracy,Africa
Iris,literacy,Asia
"""
TIES = "from,to,strength\nAlder,Baobab,0.6\nBaobab,Cedar,0.4\nDune,Elm,0.5\nFern,Gorse,0.7\nAlder,Elm,0.3\n"
FEW = ["--replicates", "12", "--no-figures", "--set", "closing.month=18", "--set", "closing.follow_up=1"]


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a scenario with members by name."""
    home = tmp_path_factory.mktemp("mine")
    (home / "members.csv").write_text(MEMBERS)
    (home / "ties.csv").write_text(TIES)
    return results.New(home / "mine", members=home / "members.csv", ties=home / "ties.csv").answer().scenario


@pytest.fixture(scope="module")
def loaded(mine: Path) -> Scenario:
    return scenarios.load(mine, {"closing.month": str(MONTH), "closing.follow_up": "1"})


@pytest.fixture(scope="module")
def fates(loaded: Scenario) -> Fates:
    """Each network with parameters of its own, from the shipped posterior."""
    return fates_of(loaded, seed=1, replicates=NETWORKS, month=MONTH, workers=1)


@pytest.fixture(scope="module")
def answered(mine: Path, tmp_path_factory: pytest.TempPathFactory) -> MembersAnswer:
    """Two scenarios compared, with everything that is kept."""
    out = tmp_path_factory.mktemp("members") / "run"
    request = results.Members(
        [mine, f"{mine}: grants.per_call=0"], replicates=16, out=out, figures=True,
        settings={"closing.month": str(MONTH), "closing.follow_up": "1"},
    )  # fmt: skip
    return request.answer()


def test_members_add_up_to_the_outcomes_of_the_run(loaded: Scenario, fates: Fates) -> None:
    ensemble = simulation.run(loaded, seed=1, replicates=NETWORKS, workers=1)
    course = {name: ensemble.course(name)[:, MONTH] for name in ("active_rate", "collaborations", "retention")}
    values = fates.values
    assert 0 < values["collaborating"].mean() < 1
    assert 0 < values["left"].mean() < 1
    np.testing.assert_allclose(values["collaborating"].mean(axis=1), course["active_rate"], atol=1e-12)
    np.testing.assert_allclose(values["partners"].sum(axis=1), 2 * course["collaborations"], atol=1e-12)
    np.testing.assert_allclose(1 - values["left"].mean(axis=1), course["retention"], atol=1e-12)
    assert np.all(values["collaborated"] >= values["collaborating"])
    np.testing.assert_array_equal(fates.working.sum(axis=1), course["collaborations"])


def test_whom_a_member_joins_and_who_depends_on_it_are_as_networkx_has_them(loaded: Scenario, fates: Fates) -> None:
    tell = historian(loaded, seed=1, months=[MONTH])
    alone_with = np.zeros_like(fates.alone_with)
    for number in range(NETWORKS):
        graph = nx.from_numpy_array(collaborating(tell(number), MONTH, len(fates.names)))
        for one in graph:
            alone = [other for other in graph.neighbors(one) if graph.degree(other) == 1]
            alone_with[one, alone] += 1
            assert fates.values["depend_on_it"][number, one] == len(alone)
            pairs = [
                (a, b)
                for a in graph.neighbors(one)
                for b in graph.neighbors(one)
                if a < b and not graph.has_edge(a, b) and len(list(nx.common_neighbors(graph, a, b))) == 1
            ]
            assert fates.values["joins"][number, one] == len(pairs)
    np.testing.assert_array_equal(fates.alone_with, alone_with)
    assert alone_with.sum() > 0


def test_both_twins_say_who_is_still_a_member(loaded: Scenario) -> None:
    fixed = scenarios.at_replicate(loaded, 1)
    network = simulation.CollaborationNetwork(fixed, seed=1, replicate=1)
    tell = historian(fixed, seed=1, months=range(fixed.last_month + 1))(1)
    for month in range(fixed.last_month + 1):
        if month:
            network.step()
        there = [number for number, one in enumerate(network.organizations) if one.present]
        assert tell.present[month].tolist() == there, month
    assert len(tell.present[0]) == len(fates_names(loaded))
    let_go(network)


def fates_names(scenario: Scenario) -> tuple[str, ...]:
    assert scenario.roster is not None
    return scenario.roster.names


def test_nothing_depends_on_threads_or_on_where_one_begins(loaded: Scenario, fates: Fates) -> None:
    again = fates_of(loaded, seed=1, replicates=NETWORKS, month=MONTH, workers=3)
    part = fates_of(loaded, seed=1, replicates=5, first=7, month=MONTH, workers=1)
    for name, values in fates.values.items():
        np.testing.assert_array_equal(again.values[name], values)
        np.testing.assert_array_equal(part.values[name], values[7:12])
    np.testing.assert_array_equal(again.alone_with, fates.alone_with)


def test_levels_are_the_means_and_members_differ_from_their_average(fates: Fates) -> None:
    found = estimates_of(fates)
    for measure in MEASURES:
        np.testing.assert_allclose(found.apart[measure.name].mean.sum(), 0.0, atol=1e-9)
        level = found.level[measure.name]
        np.testing.assert_allclose(level.mean, fates.values[measure.name].mean(axis=0), atol=1e-12)
        assert np.all((level.low >= 0) & (level.low <= level.mean) & (level.mean <= level.high))
    one, other = fates.pairs
    first = found.likeliest[0]
    assert found.pairs.mean[first] == fates.working.mean(axis=0).max()
    assert one[first] < other[first]


def test_the_same_plan_changes_nothing_for_anybody(fates: Fates) -> None:
    same = changes_of(replace(fates, scenario=fates.scenario.model_copy(update={"name": "again"})), fates)
    assert not any(one.mean.any() for one in same.change.values())
    assert all(one == pytest.approx(np.full(9, 0.5)) for one in same.chance_higher.values())
    assert not any(one.of_mean.any() for one in same.change.values())


def test_a_plan_is_compared_member_by_member_with_the_same_luck(loaded: Scenario, fates: Fates) -> None:
    plan = scenarios.replace(loaded, {"grants.per_call": 0, "name": "no-grants"})
    other = fates_of(plan, seed=1, replicates=NETWORKS, month=MONTH)
    found = changes_of(other, fates)
    assert found.names == fates.names
    assert found.same_members
    expected = other.values["partners"].mean(axis=0) - fates.values["partners"].mean(axis=0)
    np.testing.assert_allclose(found.change["partners"].mean, expected, atol=1e-12)
    order = found.ranked("partners")
    assert np.all(np.diff(found.change["partners"].mean[order]) >= 0)


def test_members_are_paired_by_their_names(loaded: Scenario, fates: Fates) -> None:
    assert loaded.roster is not None
    turned = replace(loaded.roster, names=tuple(reversed(loaded.roster.names)))
    found = changes_of(replace(fates, scenario=loaded.with_roster(turned)), fates)
    values = fates.values["partners"].mean(axis=0)
    np.testing.assert_allclose(found.change["partners"].mean, values[::-1] - values, atol=1e-12)
    one_other = replace(loaded.roster, names=("Zinnia", *loaded.roster.names[1:]))
    found = changes_of(replace(fates, scenario=loaded.with_roster(one_other)), fates)
    assert (found.only_here, found.only_there) == (("Zinnia",), ("Alder",))
    assert found.names == loaded.roster.names[1:]
    assert not found.same_members


def test_what_is_said_kept_and_shown_is_the_same(answered: MembersAnswer) -> None:
    folder, said = answered.folder, " ".join(str(answered).split())
    assert {"members", "pairs", "dependence", "changes"} <= set(answered.tables)
    frame = answered.to_frame()
    assert list(frame["member"])[:9] == list(answered.estimates[0].names)
    with open(folder / "members.csv", newline="", encoding="utf-8") as file:
        kept = [row for row in csv.DictReader(file) if row["scenario"] == "mine"]
    found = answered.document["scenarios"][0]["members"]
    for row, one in zip(kept, found, strict=True):
        assert row["member"] == one["member"]
        assert float(row["collaborated"]) == pytest.approx(one["measures"]["collaborated"]["mean"])
    assert json.loads((folder / "members.json").read_text()) == answered.document
    likeliest = max(found, key=lambda one: one["measures"]["collaborated"]["mean"])
    assert f"Likeliest: {likeliest['member']} (" in said
    assert "has not been tested on any real network" in said
    assert "betweenness" not in said
    page = (folder / "report.html").read_text()
    assert page.count("<svg") == 2
    assert "for whom?" in page
    assert all(name in page for name in answered.estimates[0].names)


def test_verify_notices_another_fate(answered: MembersAnswer) -> None:
    assert verify(answered.folder, 30).holds
    assert verify(answered.folder, None).holds
    file = answered.folder / "fates" / "mine.parquet"
    before = file.read_bytes()
    columns = dict(columns_of(read_table(file)))
    columns["partners"] = np.asarray(columns["partners"], dtype=np.float64) + 1.0
    with open(file, "wb") as other:
        write_parquet(columns, other)
    try:
        assert any("partners" in fault for fault in verify(answered.folder, 30).faults)
    finally:
        file.write_bytes(before)


def test_the_document_keeps_to_its_schema_and_names_everybody(mine: Path, tmp_path: Path) -> None:
    found = document("members", str(mine), *FEW, "--out", str(tmp_path / "run"))
    assert found["changes"] == []
    assert [one["member"] for one in found["scenarios"][0]["members"]] == list(fates_names(scenarios.load(mine)))
    assert found["month"] == MONTH
    assert found["parameters"]["varying"] > 0
    assert "legato check" in found["caveat"]


def test_tables_are_about_the_members_that_are_asked_for(mine: Path, tmp_path: Path) -> None:
    result = ask("members", str(mine), *FEW, "--member", "elm", "--month", "6", "--out", str(tmp_path / "run"))
    assert result.exit_code == 0, result.stderr
    table = result.stdout.partition("Members of mine at the end of month 6")[2].partition("\n\n")[0]
    assert "Elm" in table
    assert "Hazel" not in table


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (lambda _mine: ["salex"], ["salex has no members by name", "legato new"]),
        (lambda mine: [mine, "--member", "Aldr", *FEW], ["--member", "did you mean 'Alder'"]),
        (lambda mine: [mine, "--month", "900", *FEW], ["--month", "months from 0 to"]),
        (lambda mine: [mine, "--replicates", "0"], ["--replicates", "from 1"]),
        (lambda mine: [mine, mine, *FEW], ["given twice"]),
        (lambda mine: [mine, "--set", "network.joining=40", *FEW], ["members; allowed are 500"]),
        (lambda mine: [mine, "--replicates", "100"], ["100 networks of 9 members are 3,600 pairs", "--replicates 27"]),
        (lambda mine: [mine, "--posterior", "nowhere.csv"], ["--posterior", "nowhere.csv"]),
    ],
    ids=["drawn members", "unknown member", "month", "networks", "twice", "too many", "too much", "posterior"],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused_before_anything_is_begun(
    mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: Callable[[str], list[str]], said: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(module, "MOST_CELLS", 1_000)
    asked: list[Any] = words(str(mine))
    result = ask("members", *asked)
    assert result.exit_code == 2
    found = " ".join(result.stderr.split())
    assert all(part in found for part in said), found
    assert not (tmp_path / "runs").exists()


def test_who_joins_by_plan_and_leaves_has_left_and_who_comes_later_has_not(tmp_path: Path) -> None:
    """Found at the end of month 8: the first joiner left in month 6, the second comes in month 12."""
    rows = [f"m{number},reading,," for number in range(6)] + ["guest,reading,3,6", "late,reading,12,"]
    (tmp_path / "members.csv").write_text("name,interests,joins,leaves\n" + "\n".join(rows) + "\n", encoding="utf-8")
    settings = [f"members.file={tmp_path / 'members.csv'}", "behaviour.attrition=0", "behaviour.leave_chance=0"]
    scenario = scenarios.load("salex", settings, posterior=None)
    found = fates_of(scenario, seed=1, replicates=5, month=8)
    left = dict(zip(found.names, found.values["left"].mean(axis=0).tolist(), strict=True))
    assert left == {**{f"m{number}": 0.0 for number in range(6)}, "guest": 1.0, "late": 0.0}
