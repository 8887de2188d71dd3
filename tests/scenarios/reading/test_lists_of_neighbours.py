"""Gephi's lists of neighbours without a header; what could be a table is none of them."""

from pathlib import Path

import pytest

from scenarios import ScenarioError
from scenarios.reading.own_or_foreign import ReadMembers, read_members

GEPHI = "a;b\nb;c;d\ne\nf; a ;g;h; i\n"
"""In the form of a test of Gephi's own, which reads nine nodes and seven edges."""


def read(folder: Path, text: str) -> ReadMembers:
    (folder / "file").write_text(text, encoding="utf-8")
    return read_members(folder / "file", None)


def test_a_row_is_a_member_and_its_partners(tmp_path: Path) -> None:
    found = read(tmp_path, GEPHI)
    names = found.roster.names
    assert {*names} == {*"abcdefghi"}
    pairs = {frozenset((names[one], names[other])) for one, other, _ in found.roster.ties or ()}
    assert pairs == {frozenset(pair) for pair in ("ab", "bc", "bd", "fa", "fg", "fh", "fi")}
    assert any("has no header and is read as a list of partners" in one for one in found.notes)


def test_numbers_of_nodes_are_names(tmp_path: Path) -> None:
    assert {*read(tmp_path, "1,2,3\n2,3\n3,1,4,5\n").roster.names} == {*"12345"}


@pytest.mark.parametrize(
    "text",
    [
        "Firm;Branch;Town\nAlpha;health;Berlin;x\nBeta;health\n",  # a table with a cell too many, and one too few
        "Firm;First;Second\nAlpha;Beta;Gamma\nBeta;Alpha\n",  # a header, of which nothing recurs
        "a;b;c\na;d\nb;a;e;f\n",  # two rows of one member
        "a;b;0.5\nb;c;a;d\n",  # a strength
        "a;;b\nb;c\nc;a;d\n",  # an empty cell
        "a;b;c\nb;c;d\nc;d;a\n",  # rows of one length could be anything
    ],
)
def test_what_could_be_a_table_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"none of its columns|is no strength"):
        read(tmp_path, text)
