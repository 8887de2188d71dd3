"""A scenario of one's own: made in one step, explains itself, loads at once, overwrites nothing."""

import re
from pathlib import Path

import pytest

from scenarios import KEYS, RosterError, ScenarioError, found, load, rows

MEMBERS = "name,interests\nA,x\nB,y\nC,x;y\n"


def test_a_founded_scenario_loads_at_once_with_a_dozen_example_members(tmp_path: Path) -> None:
    path = found(tmp_path / "school-network")
    scenario = load(path, posterior=None)
    assert path == tmp_path / "school-network" / "school-network.toml"
    assert scenario.name == "school-network"
    assert scenario.network.members == 12
    assert scenario.closes
    assert scenario.roster is not None
    assert scenario.roster.champion.any()


def test_members_and_ties_are_copied_byte_for_byte(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_bytes(b"\xef\xbb\xbf" + MEMBERS.replace("\n", "\r\n").encode())
    (tmp_path / "t.csv").write_text("from,to,strength\nA,B,0.5\n", encoding="utf-8")
    path = found(tmp_path / "net", tmp_path / "m.csv", tmp_path / "t.csv")
    assert (path.parent / "members.csv").read_bytes() == (tmp_path / "m.csv").read_bytes()
    roster = load(path, posterior=None).roster
    assert roster is not None
    assert roster.ties == ((0, 1, 0.5),)


def test_every_value_it_sets_is_called_an_assumption_with_its_range_beside_it(tmp_path: Path) -> None:
    path = found(tmp_path / "net")
    text = path.read_text(encoding="utf-8")
    said = load(path, posterior=None).sources
    for key in ("facilitation.intensity", "grants.per_call", "closing.month", "closing.notice"):
        assert said[key].startswith("assumption: ")
        assert KEYS[key].allowed in text
        assert KEYS[key].text in text
    assert not [row.key for row in rows(load(path, posterior=None)) if "without a source" in row.source]


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("My Network (2)", "my-network-2"),
        ("Sie\u0107 Szk\u00f3\u0142", "sie\u0107-szk\u00f3\u0142"),
        ("...a", "a"),
        ("---", "network"),
    ],
)
def test_the_name_of_the_folder_gives_a_sensible_name(tmp_path: Path, folder: str, name: str) -> None:
    assert load(found(tmp_path / folder), posterior=None).name == name


def test_an_empty_folder_and_missing_parents_are_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert found(tmp_path / "empty").exists()
    assert found(tmp_path / "some" / "where" / "deep").exists()


def test_a_folder_with_anything_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "net").mkdir()
    (tmp_path / "net" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"net is not empty, and nothing is overwritten; name a new folder"):
        found(tmp_path / "net")
    assert [path.name for path in (tmp_path / "net").iterdir()] == ["notes.txt"]


def test_a_file_in_the_way_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "net").write_text("mine", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"net is a file"):
        found(tmp_path / "net")
    with pytest.raises(ScenarioError, match=re.escape("cannot be made")):
        found(tmp_path / "net" / "below")


def test_bad_members_make_no_folder(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text("name,interests,need\nA,x,7\nB,x,0.5\n", encoding="utf-8")
    with pytest.raises(RosterError, match=r"m\.csv, line 2: need is"):
        found(tmp_path / "net", tmp_path / "m.csv")
    assert not (tmp_path / "net").exists()


def test_ties_without_members_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"give the members\.csv that they belong to"):
        found(tmp_path / "net", ties=tmp_path / "t.csv")
