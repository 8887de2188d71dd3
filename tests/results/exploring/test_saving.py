"""A scenario of a page as a file: nothing that it needs is left out, and nothing said that is nobody's business."""

import json
from errno import ENOSPC
from math import isfinite
from pathlib import Path

import pytest

import scenarios
from results.commands.explore import Explore
from results.exploring.explored import Asked, Variant, called, with_sources
from results.exploring.levers import levers
from results.exploring.live_comparison import explore, saved
from results.exploring.page_data import Plan
from results.exploring.page_facts import facts_of
from results.exploring.provenance import origins
from results.exploring.saving import saved as saved_in_a_page
from results.exploring.saving import short_paths
from results.folders.files import WriteError, write_new
from scenarios.files.faults import RequestError
from scenarios.files.on_every_system import unfit_as_name
from scenarios.reading.layers import FILES
from tests.shared import ask

MEMBERS = "name,interests,joins\nA,x,\nB,y,\nC,x;y,4\n"
INTRODUCTIONS = "month,from,to\n2,A,B\n"


def _mine(folder: Path) -> Path:
    (folder / "members.csv").write_text(MEMBERS, encoding="utf-8")
    (folder / "meet.csv").write_text(INTRODUCTIONS, encoding="utf-8")
    file = folder / "mine.toml"
    file.write_text(
        'extends = "salex"\ntitle = "Mine"\nquestion = "What?"\n'
        '[members]\nfile = "members.csv"\nintroductions = "meet.csv"\n'
    )
    return file


def test_every_file_of_the_members_is_named_and_found_again(tmp_path: Path) -> None:
    mine = scenarios.load(_mine(tmp_path), posterior=None)
    assert {Path(one).name for one in saved_in_a_page(mine).beside} == {"members.csv", "meet.csv"}
    name, text = saved(mine)
    (elsewhere := tmp_path / "elsewhere").mkdir()
    (elsewhere / name).write_text(text, encoding="utf-8")
    assert scenarios.load(elsewhere / name, posterior=None).roster == mine.roster


def test_a_page_says_nothing_of_the_folders_of_who_wrote_it(tmp_path: Path) -> None:
    plan = Plan(scenarios.load(_mine(tmp_path), posterior=None))
    facts = facts_of(plan, short_paths(plan.files))
    assert str(tmp_path) not in str(facts)
    assert {facts["flat"][key] for key in FILES} == {"members.csv", "meet.csv", ""}


def test_paths_are_as_short_as_tells_them_apart() -> None:
    ends = short_paths(["/a/b/members.csv", "/a/c/members.csv", "C:\\x\\ties.csv", "/a/b/members.csv"])
    assert list(ends.values()) == ["b/members.csv", "c/members.csv", "ties.csv"]


def test_further_members_cannot_be_drawn_where_a_file_says_who_joins(tmp_path: Path) -> None:
    assert "network.joining" not in {lever.key for lever in levers(scenarios.load(_mine(tmp_path), posterior=None))}


def test_a_value_moved_to_its_default_has_the_source_of_the_default() -> None:
    moved = scenarios.load("sparc", ["closing.handover=false", "grants.per_call=1"], posterior=None)
    before = scenarios.load("sparc", posterior=None)
    assert with_sources(before.sources, {"closing.handover": False, "grants.per_call": 1}) == moved.sources


def test_what_a_moved_scenario_is_called_can_be_a_files_name_on_every_system() -> None:
    name = called('it\'s "x": a|b', [("grants.per_call", "2")], "explored")
    assert (name, unfit_as_name(name)) == ("it's _x__ a_b-explored", "")


def test_the_command_does_not_set_again_what_a_lever_has_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    fewer = Variant("salex", (("grants.per_call", "1"),))
    found = explore(Asked(fewer, Variant("salex"), 1, 2, None, ("grants.per_call=2", "closing.month=13")))
    known = origins(found)
    assert known.files == ("salex.toml", "salex-explored.toml")
    for one in (found.base, found.this):
        name, text = saved(one)
        Path(name).write_text(text, encoding="utf-8")
    again = json.loads(ask(*known.command.split()[1:], "--json", "--no-figures", "--out", "run").stdout)
    shown = [(one.outcome, one.mean) for one in found.comparison.differences if isfinite(one.mean)]
    assert [(one["outcome"], one["mean"]) for one in again["differences"] if one["mean"] is not None] == shown
    assert any(mean for _, mean in shown)


def test_two_pages_written_at_once_are_two_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    first = Path("salex-levers.html")

    def page(*_: object) -> str:  # while it is made, another one is written
        first.write_text("of somebody else", encoding="utf-8")
        return "mine"

    monkeypatch.setattr("results.exploring.explore_page.explore_page", page)
    assert Explore("salex", replicates=2).answer().file == Path("salex-levers-2.html")
    assert first.read_text(encoding="utf-8") == "of somebody else"
    first.unlink()
    with pytest.raises(RequestError, match="there already"):
        Explore("salex", replicates=2, out=first).answer()


def test_a_page_that_cannot_be_written_whole_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(WriteError, match="No space left on device"):
        write_new(tmp_path / "new" / "page.html", b"page")
    assert list((tmp_path / "new").iterdir()) == []
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(WriteError, match="cannot write"):
        write_new(tmp_path / "file" / "page.html", b"page")


def test_a_file_whose_name_begins_with_a_dash_is_no_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = scenarios.to_toml(scenarios.load("salex", posterior=None))
    (tmp_path / "-x.toml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    found = explore(Asked(Variant("-x.toml", (("grants.per_call", "2"),)), Variant("-x.toml"), 1, 2, None))
    assert origins(found).command.startswith("legato compare ./-x.toml ./-x-explored.toml ")
