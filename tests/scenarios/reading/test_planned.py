"""Members that come and go by plan, and introductions by plan: what may stand, and what is refused with its line."""

from pathlib import Path

import pytest

from scenarios import Scenario, ScenarioError, fingerprint, load, replace
from scenarios.reading.idle_values import idle

MEMBERS = "name,interests,joins,leaves\nAda,x,,\nBea,x,,10\nCyd,x,4,\nDan,x,,\n"
TIES = "from,to,strength\nAda,Bea,0.5\nCyd,Dan,0.4\n"


def network(home: Path, *changes: str, members: str = MEMBERS, introductions: str = "") -> Scenario:
    (home / "members.csv").write_text(members, encoding="utf-8")
    (home / "ties.csv").write_text(TIES, encoding="utf-8")
    said = [f"members.file={home / 'members.csv'}", f"members.ties={home / 'ties.csv'}", *changes]
    if introductions:
        (home / "introductions.csv").write_text(f"month,from,to\n{introductions}", encoding="utf-8")
        said.append(f"members.introductions={home / 'introductions.csv'}")
    return load("salex", said, posterior=None)


def refused(home: Path, *changes: str, **files: str) -> str:
    with pytest.raises(ScenarioError) as error:
        network(home, *changes, **files)
    return str(error.value)


def test_later_joiners_come_after_the_founders(tmp_path: Path) -> None:
    roster = network(tmp_path).roster
    assert roster is not None
    assert roster.names == ("Ada", "Bea", "Dan", "Cyd")
    assert roster.joins == (0, 0, 0, 4)
    assert roster.leaves == (0, 10, 0, 0)
    assert roster.ties == ((0, 1, 0.5), (2, 3, 0.4))
    assert network(tmp_path).network.members == roster.founders == 3


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Eve,x,6,6", "line 6: leaves is 6, but joins is 6: allowed is 7 or later"),
        ("Eve,x,soon,", 'line 6: joins is "soon": allowed is a whole number from 1 to 1200, or empty'),
        ("Eve,x,,0", 'line 6: leaves is "0": allowed is a whole number from 1 to 1200, or empty'),
        ("Eve,x,,2.5", 'line 6: leaves is "2.5"'),
    ],
)
def test_months_that_cannot_be_are_refused(row: str, said: str, tmp_path: Path) -> None:
    assert said in refused(tmp_path, members=f"{MEMBERS}{row}\n")


def test_two_must_be_there_from_the_founding_on(tmp_path: Path) -> None:
    assert "fewer than 2 members" in refused(tmp_path, members="name,interests,joins\nAda,x,\nBea,x,3\n")


def test_who_joins_is_named_or_drawn_but_not_both(tmp_path: Path) -> None:
    assert "network.joining is 0.5, but members.csv says who joins later" in refused(tmp_path, "network.joining=0.5")


def test_introductions_are_pairs_or_groups(tmp_path: Path) -> None:
    roster = network(tmp_path, introductions="5,Ada,Cyd | dan\n2,Bea,Ada\n").roster
    assert roster is not None
    named = [(month, roster.names[one], roster.names[other]) for month, one, other in roster.introductions]
    assert named == [(2, "Ada", "Bea"), (5, "Ada", "Dan"), (5, "Ada", "Cyd"), (5, "Dan", "Cyd")]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("3,Ada,Beaa", 'line 2: to is "Beaa", which is no member in members.csv; did you mean "Bea"?'),
        ("3,Ada,Cyd", 'line 2: month is 3, but "Cyd" joins in month 4 (members.csv, line 4); allowed is 4 or later'),
        ("10,Bea,Ada", 'line 2: month is 10, but "Bea" leaves in month 10 (members.csv, line 3); allowed is 9 or earl'),
        ("3,Ada,Ada", "line 2: "),
        ("0,Ada,Dan", 'line 2: month is "0": allowed is a whole number from 1 to 1200'),
        ("3,Ada,Dan\n3,Dan,Ada", '"Ada" and "Dan" are introduced in month 3 in line 2 already'),
    ],
)
def test_introductions_that_cannot_be_made_are_refused(row: str, said: str, tmp_path: Path) -> None:
    assert said in refused(tmp_path, introductions=f"{row}\n")


def seated(home: Path, rows: str) -> Scenario:
    (home / "groups.csv").write_text(f"topic,member\n{rows}", encoding="utf-8")
    members = "name,interests\nAda,x\nBea,y\nCyd,x;y\nDan; Eve,y\n"
    (home / "members.csv").write_text(members, encoding="utf-8")
    said = [f"members.file={home / 'members.csv'}", f"members.groups={home / 'groups.csv'}"]
    return load("salex", said, posterior=None)


def test_groups_name_who_sits_in_them(tmp_path: Path) -> None:
    asked = seated(tmp_path, "Y,Ada; cyd\ny,Dan; Eve\n")
    assert asked.roster is not None
    assert asked.roster.groups == ((1, 0), (1, 2), (1, 3))
    free = replace(asked, {"members.groups": ""})
    assert fingerprint(free) != fingerprint(asked)
    rest = replace(asked, {"members.without": "Bea"}).roster
    assert rest is not None
    assert rest.groups == ((1, 0), (1, 1), (1, 2))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("z,Ada\n", 'line 2: topic is "z", which is nobody\'s interest in members.csv; allowed are "x", "y"'),
        ("x,Adda\n", 'line 2: member is "Adda", which is no member in members.csv; did you mean "Ada"?'),
        ("x,Ada;Ada\n", '"Ada" sits in the group of "x" in line 2 already'),
        ("x,Bea\nx,Ada|Bea\n", 'line 3: "Bea" sits in the group of "x" in line 2 already'),
        ("x,\n", 'member is "", which is no member'),
    ],
)
def test_seats_that_cannot_be_are_refused(rows: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as error:
        seated(tmp_path, rows)
    assert said in str(error.value)


def test_somebody_left_out_is_gone_with_all_that_is_said_of_it(tmp_path: Path) -> None:
    roster = network(tmp_path, "members.without=ada", introductions="2,Ada,Bea\n5,Dan,Cyd\n").roster
    assert roster is not None
    assert roster.names == ("Bea", "Dan", "Cyd")
    assert roster.ties == ((1, 2, 0.4),)
    assert roster.introductions == ((5, 1, 2),)
    assert roster.leaves == (10, 0, 0)


def test_somebody_who_leaves_later_is_a_member_until_then(tmp_path: Path) -> None:
    asked = network(tmp_path, "members.without=Ada from 7; Cyd from 4", introductions="2,Ada,Dan\n8,Ada,Dan\n")
    assert asked.roster is not None
    assert asked.roster.names == ("Ada", "Bea", "Dan"), "Cyd would join in the month it leaves in"
    assert asked.roster.leaves == (7, 10, 0)
    assert asked.roster.introductions == ((2, 0, 2),)
    back = replace(asked, {"members.without": ""})
    assert back.roster is not None
    assert len(back.roster.names) == 4
    assert fingerprint(back) != fingerprint(asked)


def test_a_name_may_look_like_a_plan(tmp_path: Path) -> None:
    members = "name,interests\nAda from 3,x\nBea; Cyd,x\nDan,x\nEve,x\n"
    (tmp_path / "ties.csv").write_text("from,to,strength\n", encoding="utf-8")
    for written, left in (("Ada from 3", ()), ("Bea; Cyd from 9", (0, 9, 0, 0))):
        (tmp_path / "members.csv").write_text(members, encoding="utf-8")
        said = [f"members.file={tmp_path / 'members.csv'}", f"members.without={written}"]
        roster = load("salex", said, posterior=None).roster
        assert roster is not None
        assert (roster.leaves, len(roster.names)) == (left, 4 if left else 3)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Adda", 'members.without is "Adda", which is no member in members.csv; did you mean "Ada"?'),
        ("Ada from soon", 'has "Ada" leave in month "soon": allowed is a whole number from 1 to 1200'),
        ("Bea from 12", "has it leave in month 10; allowed is 1 to 9"),
        ("Ada; ada from 3", 'has "ada" twice'),
        ("Ada; Bea", "fewer than 2 members"),
    ],
)
def test_whoever_cannot_be_left_out_is_refused(written: str, said: str, tmp_path: Path) -> None:
    assert said in refused(tmp_path, f"members.without={written}")


def test_drawn_members_cannot_be_left_out_by_name() -> None:
    with pytest.raises(ScenarioError, match=r"members\.file is empty: names to leave out need members"):
        load("salex", ["members.without=Ada"], posterior=None)


def test_plans_for_after_the_end_are_pointed_out(tmp_path: Path) -> None:
    members = MEMBERS.replace("Cyd,x,4,", "Cyd,x,30,").replace("Bea,x,,10", "Bea,x,,700")
    said = " ".join(idle(network(tmp_path, members=members, introductions="40,Ada,Dan\n")))
    assert "1 of 1 introductions after the network's last month 25" in said
    assert '"Cyd" joins in month 30' in said
    assert '"Bea" leaves in month 700' in said
