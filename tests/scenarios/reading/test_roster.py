"""Rosters: whatever a spreadsheet saves is read, and whatever is wrong with it is said by file, line and column."""

import re
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np
import pytest

from scenarios import RosterError, ScenarioError, read_roster

MEMBERS = "name,interests\nA,x\nB,y\nC,x;y\n"


def write(folder: Path, content: str | bytes, name: str = "members.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refused(members: Path, ties: Path | None = None) -> list[str]:
    with pytest.raises(RosterError) as refusal:
        read_roster(members, ties)
    assert str(refusal.value).startswith("the roster cannot be used:\n")
    return list(refusal.value.faults)


# What is read.


def test_two_columns_are_enough_and_the_rest_has_its_defaults(tmp_path: Path) -> None:
    roster = read_roster(write(tmp_path, MEMBERS))
    assert roster.names == ("A", "B", "C")
    assert roster.topics == ("x", "y")
    assert roster.regions == ("not given",)
    assert roster.size.tolist() == [1, 1, 1]
    assert roster.need.tolist() == [0.5, 0.5, 0.5]
    assert not roster.champion.any()
    assert roster.ties is None


def test_interests_have_unit_length_in_the_given_proportions(tmp_path: Path) -> None:
    roster = read_roster(write(tmp_path, "name,interests\nA,x:3;y:4\nB,x | z : 0.5\nC,z;\n"))
    assert np.linalg.norm(roster.interests, axis=1) == pytest.approx(np.ones(3))
    assert roster.interests[0] == pytest.approx([0.6, 0.8, 0.0])
    assert roster.interests[1, 0] == pytest.approx(2 * roster.interests[1, 2])


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_usual_way_to_save_a_table_says_the_same(tmp_path: Path, mark: bytes, delimiter: str, end: str) -> None:
    rows = [
        [" Funding Need", "name", "CHAMPION", "interests", "region", "size"],
        ["0.25", ' "Zwi\u0105zek" '.replace('"', ""), "Yes", "x|y:2", "Europe", "Large"],
        ["", '"\u6559\u80b2\nunion"', "0", "y", "europe", ""],
        ["1", '"Say ""hi"""', "", "x", "Asia", "small"],
        ["", "", "", "", "", ""],
    ]
    text = end.join(delimiter.join(row) for row in rows) + end
    roster = read_roster(write(tmp_path, mark + text.encode()))
    assert roster.names == ("Zwi\u0105zek", "\u6559\u80b2 union", 'Say "hi"')
    assert roster.need.tolist() == [0.25, 0.5, 1.0]
    assert roster.champion.tolist() == [True, False, False]
    assert roster.regions == ("Europe", "Asia")
    assert roster.region.tolist() == [0, 0, 1]
    assert roster.size.tolist() == [2, 1, 0]


def test_case_does_not_tell_topics_apart(tmp_path: Path) -> None:
    assert read_roster(write(tmp_path, "name,interests\nA,Literacy\nB,literacy\n")).topics == ("Literacy",)


def test_the_empty_columns_that_spreadsheets_append_do_no_harm(tmp_path: Path) -> None:
    assert read_roster(write(tmp_path, "name,interests,,\nA,x,,\nB,y,,\n")).names == ("A", "B")


def test_ties_are_pairs_in_order_of_members_whatever_their_direction(tmp_path: Path) -> None:
    ties = write(tmp_path, "from,to,strength,month\nC,B,0.5,0\nb,A,1,\nA,C,0,0\n", "ties.csv")
    assert read_roster(write(tmp_path, MEMBERS), ties).ties == ((0, 1, 1.0), (1, 2, 0.5))


def test_twice_as_many_members_and_ties_take_twice_the_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps are lines of our code that run, and names that are compared: a loop over pairs takes four times as many."""
    steps = 0

    class Name(str):
        __slots__ = ()
        __hash__ = str.__hash__

        def __eq__(self, other: object) -> bool:
            nonlocal steps
            steps += 1
            return str.__eq__(self, other)

    def line(frame: FrameType, event: str, _what: Any) -> Any:
        nonlocal steps
        steps += event == "line"
        return line if frame.f_globals.get("__name__", "").startswith("scenarios") else None

    def taken(members: int) -> int:
        nonlocal steps
        rows = "".join(f"Organization {i},t{i % 8}|u{i % 5}:2,r{i % 6},0.{i % 10}\n" for i in range(members))
        pairs = "".join(f"Organization {i},organization {i + 1},0.5\n" for i in range(members - 1))
        paths = (
            write(tmp_path, "name,interests,region,need\n" + rows),
            write(tmp_path, "from,to,strength\n" + pairs, "ties.csv"),
        )
        steps, before = 0, sys.gettrace()
        sys.settrace(line)
        try:
            roster = read_roster(*paths)
        finally:
            sys.settrace(before)
        assert len(roster.names) == len(roster.ties or ()) + 1 == members
        return steps

    module = sys.modules[read_roster.__module__]
    same = module.same
    monkeypatch.setattr(module, "same", lambda name: Name(same(name)))
    assert taken(1600) == pytest.approx(2 * taken(800), rel=0.05)


def test_rosters_are_equal_where_all_that_is_in_them_is(tmp_path: Path) -> None:
    first = read_roster(write(tmp_path, MEMBERS))
    assert first == read_roster(write(tmp_path, MEMBERS, "same.csv"))
    assert first != read_roster(write(tmp_path, MEMBERS.replace("C,x;y", "C,x;y:2"), "other.csv"))


# What is refused.


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("a,x,,,,", 'line 4: name is "a", as in line 2; keep one of them'),
        (",x,,,,", "line 4: name is empty; name every member"),
        ("C,,,,,", "line 4: interests is empty; name at least one topic"),
        ("C, ; ,,,,", "line 4: interests is empty"),
        ("C,x:0,,,,", 'line 4: interests has "x:0": allowed is a topic, or topic:weight'),
        ("C,x:much,,,,", 'line 4: interests has "x:much"'),
        ("C,x:nan,,,,", 'line 4: interests has "x:nan"'),
        ("C,:2,,,,", 'line 4: interests has ":2"'),
        ("C,x;X,,,,", 'line 4: interests has "X" twice'),
        ("C,x,,,1.5,", 'line 4: need is "1.5": allowed is 0 to 1'),
        ("C,x,,,-0.1,", 'line 4: need is "-0.1": allowed is 0 to 1'),
        ("C,x,,,NaN,", 'line 4: need is "NaN": allowed is 0 to 1'),
        ("C,x,,,inf,", 'line 4: need is "inf": allowed is 0 to 1'),
        ("C,x,,,much,", 'line 4: need is "much": allowed is 0 to 1'),
        ('C,x,,,"0,4",', 'line 4: need is "0,4": allowed is 0 to 1; write the decimal point as a point'),
        ("C,x,,,40%,", 'line 4: need is "40%": allowed is 0 to 1; write 80 % as 0.8'),
        ("C,x,,huge,,", 'line 4: size is "huge": allowed is small, medium or large'),
        ("C,x,,larg,,", "did you mean large?"),
        ("C,x,,,,perhaps", 'line 4: champion is "perhaps": allowed is yes or no'),
        ("C,x,,,,,more", "line 4: has 7 cells but the header has 6; quote a cell that contains a comma"),
        ("C,x", "line 4: has 2 cells but the header has 6"),
        ('C,"x,,,,', "is a quotation mark left open?"),
    ],
)
def test_a_bad_row_is_refused_by_line_and_column(tmp_path: Path, rows: str, said: str) -> None:
    text = f"name,interests,region,size,need,champion\nA,x,,,,\nB,y,,,,\n{rows}\n"
    faults = refused(write(tmp_path, text))
    assert len(faults) == 1
    assert faults[0].startswith("members.csv, line 4")
    assert said in faults[0]


def test_every_bad_row_is_said_at_once_in_order(tmp_path: Path) -> None:
    faults = refused(write(tmp_path, "name,interests,need\nA,x,2\nA,x,0\n,x,0\nB,,0\nC,x,-1\n"))
    assert [fault.split(":")[0] for fault in faults] == [f"members.csv, line {line}" for line in (2, 3, 4, 5, 6)]


def test_lines_are_counted_right_after_a_cell_with_line_breaks(tmp_path: Path) -> None:
    faults = refused(write(tmp_path, 'name,interests,need\n"A\nB\nC",x,0\nD,x,7\n'))
    (fault,) = faults
    assert re.search(r'line 5: need is "7": .*0 to 1$', fault)


def test_of_very_many_faults_the_first_are_said_and_the_rest_counted(tmp_path: Path) -> None:
    faults = refused(write(tmp_path, "name,interests,need\n" + "".join(f"o{i},x,2\n" for i in range(1000))))
    assert faults[-1] == "and 800 more"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "members.csv is empty; its first line must name the columns: name, interests"),
        (b"\n \n", "members.csv is empty"),
        (b"name,interests\n", "members.csv has 0 members: allowed is 2 to"),
        (b"name,interests\nA,x\n", "members.csv has 1 members: allowed is 2 to"),
        (b"name\nA\nB\n", "column interests is missing; needed are name, interests"),
        (b"name,interest\nA,x\nB,x\n", 'column "interest" is not known; did you mean interests?'),
        (
            b"name,interests,colour\nA,x,red\nB,x,red\n",
            'column "colour" is not known; allowed are name, interests, region',
        ),
        (b"name,interests,name\nA,x,A\nB,x,B\n", "column name comes twice; keep one"),
        (b"name,interests,need,funding need\nA,x,0,0\nB,x,0,0\n", "column need comes twice"),
        (b"name,interests\nA,x\nCaf\xe9,x\n", "line 3: is not UTF-8 (byte 23 of the file); save the table as CSV"),
        ("name,interests\nA,x\nB,x\n".encode("utf-16"), "is UTF-16; save it with the encoding UTF-8"),
        (b"name,interests\nA,x\nB\x00,x\n", "line 3: has a NUL byte (byte 21 of the file)"),
        (b"name,interests\n" + b"A" * 200_000 + b",x\nB,x\n", "field larger than field limit"),
    ],
)
def test_a_file_that_is_no_table_of_members_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    assert any(said in fault for fault in refused(write(tmp_path, content)))


def test_of_very_many_unknown_columns_the_first_are_named_and_the_rest_counted(tmp_path: Path) -> None:
    header = ",".join(f"column {number}" for number in range(1000))
    faults = refused(write(tmp_path, f"name,interests,{header}\nA,x\n"))
    assert 'column "column 199" is not known' in faults[199]
    assert faults[200] == "and 801 more"  # and its row is too short


def test_more_topics_than_the_model_knows_are_refused(tmp_path: Path) -> None:
    at_most = "".join(f"o{i},t{i}\n" for i in range(64))
    assert len(read_roster(write(tmp_path, "name,interests\n" + at_most)).topics) == 64
    faults = refused(write(tmp_path, "name,interests\n" + at_most + "one more,t64\n"))
    (fault,) = faults
    assert re.search(r"members\.csv: interests .*\b65\b.*at most 64\b", fault)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    assert "there is no such file" in refused(tmp_path / "no.csv")[0]
    assert "is a folder" in refused(tmp_path)[0]


def test_what_is_refused_of_a_roster_is_refused_of_a_scenario() -> None:
    assert issubclass(RosterError, ScenarioError)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("A,Bb,0.5", 'to is "Bb", which is no member in members.csv'),
        (
            "Alder Institut,B,0.5",
            'from is "Alder Institut", which is no member in members.csv; did you mean "Alder Institute"?',
        ),
        ("A,a,0.5", '"A" has a tie to itself'),
        ("B,A,0.5", '"B" and "A" stand in line 2 already; ties have no direction'),
        ("A,C,1.5", 'strength is "1.5": allowed is 0 to 1'),
        ("A,C,", 'strength is "": allowed is 0 to 1'),
        ("A,C,nan", 'strength is "nan": allowed is 0 to 1'),
        ("A,C", "has 2 cells but the header has 3"),
    ],
)
def test_a_bad_tie_is_refused_by_line(tmp_path: Path, row: str, said: str) -> None:
    members = write(tmp_path, MEMBERS + "Alder Institute,x\n")
    faults = refused(members, write(tmp_path, f"from,to,strength\nA,B,0.5\n{row}\n", "ties.csv"))
    assert len(faults) == 1
    assert faults[0].startswith("ties.csv, line 3: ")
    assert said in faults[0]


def test_ties_of_later_months_are_no_ties_from_before(tmp_path: Path) -> None:
    ties = write(tmp_path, "month,from,to,strength\n12,A,B,0.5\n", "ties.csv")
    (fault,) = refused(write(tmp_path, MEMBERS), ties)
    assert re.search(r'ties\.csv, line 2: month is "12": .*\b0 or empty', fault)


def test_faults_of_members_and_ties_come_together(tmp_path: Path) -> None:
    members = write(tmp_path, "name,interests\nA,x\nB,\n")
    faults = refused(members, write(tmp_path, "from,to,strength\nA,B,9\n", "ties.csv"))
    assert [fault.split(",")[0] for fault in faults] == ["members.csv", "ties.csv"]
