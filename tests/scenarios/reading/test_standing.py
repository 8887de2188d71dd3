"""Files of a network as it stands today: what they come to, and what is refused."""

from pathlib import Path

import numpy as np
import pytest

import scenarios
from scenarios import Scenario, ScenarioError
from scenarios.reading.idle_values import idle
from scenarios.schema.standing import ORIGINS, UNKNOWN, Work

MEMBERS = "name,interests,joins,leaves\nAlder,a,,\nBirch,a;b,,7\nCedar,b,,\nDune,b,,\nElm,a,4,\nFir,a,12,\n"
TIES = "from,to,strength,month,origin\nAlder,Birch,0.4,,\nCedar,Alder,,3,introduction\nFir,Dune,0.2,,\n"
WORKS = "from,to,began,funded_until,ended\nAlder,Cedar,5,16,\nBirch,Alder,2,,6\n"


def load(home: Path, *, today: int = 9, **files: str) -> Scenario:
    said = {"file": MEMBERS, "ties": TIES} | files
    changes = [f"network.today={today}", "closing.month=25"]
    for key, text in said.items():
        (home / f"{key}.csv").write_text(text, encoding="utf-8")
        changes.append(f"{'network' if key == 'so_far' else 'members'}.{key}={home / f'{key}.csv'}")
    return scenarios.load("salex", changes, posterior=None)


def test_ties_and_collaborations_are_those_of_today(tmp_path: Path) -> None:
    roster = load(tmp_path, collaborations=WORKS).roster
    assert roster is not None
    assert roster.standing is not None
    known = roster.standing
    assert roster.ties == ((0, 1, 0.4), (0, 2, UNKNOWN), (3, 5, 0.2))
    assert known.met.tolist() == [0, 3, 0]
    assert [ORIGINS[origin] for origin in known.origin] == ["prior", "introduction", "prior"]
    assert known.works == (Work(2, 0, 1, 0, 6), Work(5, 0, 2, 16, 0))


def test_who_works_together_knows_each_other_and_it_is_said(tmp_path: Path) -> None:
    asked = load(tmp_path, collaborations="from,to,began\nDune,Cedar,5\n")
    assert asked.roster is not None
    assert asked.roster.ties is not None
    assert (2, 3, UNKNOWN) in asked.roster.ties
    notes = " ".join(idle(asked))
    assert '"Cedar" and "Dune"' in notes
    assert "2 of 4 ties have no strength" in notes


def test_attendance_counts_those_who_were_members(tmp_path: Path) -> None:
    asked = load(tmp_path, attendance="event,month,member\nForum,2,Alder\nForum,2,birch\nWebinar,8,nobody\n")
    assert asked.roster is not None
    assert asked.roster.standing is not None
    assert asked.roster.standing.attended == (
        *((2, 0, 1), (2, 1, 1), (2, 2, 0), (2, 3, 0)), *((8, 0, 0), (8, 2, 0), (8, 3, 0), (8, 4, 0))
    )  # fmt: skip
    assert 'Nobody came to "Webinar" in month 8' in " ".join(idle(asked))


def test_the_last_who_came_represents_a_member(tmp_path: Path) -> None:
    text = "member,representative,since,kind\nAlder,Ada,0,executive\nCedar,Cy,,\nAlder,Ben,6,Research\nElm,Ada,7,\n"
    asked = load(tmp_path, representatives=text)
    assert asked.roster is not None
    assert asked.roster.standing is not None
    np.testing.assert_array_equal(asked.roster.standing.since, [6, 0, 0, 0, 7, 9])
    np.testing.assert_array_equal(asked.roster.standing.kind, [1, -1, -1, -1, -1, -1])


def test_who_waits_for_a_grant_is_read_beside_the_collaborations(tmp_path: Path) -> None:
    text = "from,to,began,funded_until,applied,anyway\nAlder,Cedar,5,16,3,\nDune,Cedar,,,8,yes\nElm,Alder,,,7,\n"
    asked = load(tmp_path, collaborations=text)
    assert asked.roster is not None
    assert asked.roster.standing is not None
    assert asked.roster.standing.works == (Work(5, 0, 2, 16, 0),)
    assert asked.roster.standing.waiting == ((7, 0, 4, 0), (8, 2, 3, 1))
    without = scenarios.replace(asked, {"grants.per_call": 0})
    assert "2 pairs wait for a grant, but no call is open in month 10" in " ".join(idle(without))


def test_a_network_of_which_half_has_no_tie_is_pointed_out(tmp_path: Path) -> None:
    asked = load(tmp_path, ties="from,to,strength\nAlder,Cedar,0.4\n")
    assert "2 of 4 members have no tie: taken to know nobody" in " ".join(idle(asked))


def test_a_collaboration_goes_on_when_one_leaves_and_it_is_said(tmp_path: Path) -> None:
    asked = load(tmp_path, collaborations="from,to,began\nBirch,Alder,5\n")
    assert '"Alder" and "Birch" still work together, although "Birch" left in month 7' in " ".join(idle(asked))


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("collaborations", "from,to,began\nAldr,Cedar,5\n", 'line 2: from is "Aldr", .* did you mean "Alder"'),
        ("collaborations", "from,to,began\nALDR,Cedar,5\n", 'from is "ALDR", .* did you mean "Alder"'),
        ("collaborations", "from,to,began\nBirch,Cedar,8\n", 'began is 8, but "Birch" left in month 7 .*line 3'),
        ("collaborations", "from,to,began\nElm,Cedar,3\n", 'began is 3, but "Elm" joins in month 4'),
        ("collaborations", "from,to,began,ended\nAlder,Cedar,5,4\n", "ended is 4, before it began .5.; allowed is 5"),
        ("collaborations", "from,to,began\nAlder,Cedar,12\n", r'began is "12", after today .network.today is 9.'),
        ("collaborations", "from,to,began\nAlder,Cedar,\n", 'began is "": allowed is a whole number from 1 to 9'),
        ("collaborations", "from,to,began,funded_until\nAlder,Cedar,5,3\n", "funded_until is 3, before it began .5."),
        ("collaborations", "from,to,began\nAlder,Alder,5\n", "work with itself"),
        ("collaborations", "from,to,began\nAlder,Cedar,5\nCedar,Alder,7\n", r"line 3: .* since month 5 already"),
        ("collaborations", "from,to,began,applied\nAlder,Cedar,,12\n", r'applied is "12", after today'),
        ("collaborations", "from,to,began,applied\nAlder,Cedar,5,\nCedar,Alder,,7\n", "work together already"),
        ("collaborations", "from,to,began,applied\nAlder,Cedar,,6\nCedar,Alder,,7\n", "wait in line 2 already"),
        ("collaborations", "from,to,began,applied,ended\nAlder,Cedar,,6,8\n", "ended is .8., but began is empty"),
        ("attendance", "event,month,member\nForum,2,\n", "where nobody did, write nobody"),
        ("attendance", "event,month,member\nForum,2,Nobody\nForum,2,Alder\n", 'nobody came to "Forum" in month 2, but'),
        ("attendance", "event,month,member\nForum,2,Alder\nForum,2,alder\n", "in line 2 already"),
        ("attendance", "event,month,member\nForum,9,Birch\n", 'month is 9, but "Birch" left in month 7'),
        ("attendance", "event,month,member\nForum,10,Alder\n", "after today"),
        (
            "representatives",
            "member,representative,since\nAlder,Ada,0\nCedar,ada,3\n",
            'line 3: "ada" represents "Cedar" since month 3, but still "Alder" then .line 2.',
        ),
        ("representatives", "member,representative,since\nAlder,Ada,3\nAlder,Ben,3\n", "since month 3, as"),
        ("representatives", "member,representative,since,kind\nAlder,Ada,3,exekutive\n", "did you mean executive"),
        ("so_far", "outcome,value\ncosts,3\n", "did you mean cost"),
        ("so_far", "outcome,value\nevidence,3.5\n", "a whole number"),
        ("ties", "from,to,strength,month\nAlder,Cedar,0.3,11\n", "after today"),
        ("ties", "from,to,strength,origin\nAlder,Cedar,0.3,contact\n", "say in which month the two met"),
        ("ties", "from,to,strength\nFir,Cedar,\n", '"Fir" joins in month 12, after today'),
        ("file", "name,interests,engagement\nAlder,a,70\nCedar,b,\n", "engagement is .*allowed is 0 to 1"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_line(tmp_path: Path, file: str, text: str, said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        load(tmp_path, today=9, **{file: text})


def test_today_needs_members_ties_and_a_network_that_is_open(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"network.today is 9 but members.file is empty"):
        scenarios.load("salex", ["network.today=9"])
    with pytest.raises(ScenarioError, match=r"network.today is 25, but the network closes in month 25"):
        load(tmp_path, today=25)
    with pytest.raises(ScenarioError, match=r"members.collaborations is .* but network.today is 0"):
        load(tmp_path, today=0, collaborations=WORKS, ties="from,to,strength\nAlder,Cedar,0.3\n")
    with pytest.raises(ScenarioError, match=r"leave in month 8, but today is month 9"):
        scenarios.replace(load(tmp_path), {"members.without": "Alder from 8"})
