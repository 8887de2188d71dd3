"""DL files with several matrices, without diagonals, of DOS; LGL files as igraph writes them."""

from pathlib import Path
from typing import Any

import pytest

from scenarios import ScenarioError
from scenarios.reading.foreign_tables import Choices
from scenarios.reading.own_or_foreign import ReadMembers, read_members
from scenarios.schema.roster import Roster

TWO = "DL\nN=3 NM=2\nFORMAT = FULLMATRIX DIAGONAL PRESENT\nROW LABELS:\nA\nB\nC\n"
LEVELS = "LEVEL LABELS:\nTRUST\nCONFLICT\n"
CELLS = "DATA:\n 0 1\n 0 1 0 0\n 0 0 0\n0 0 2\n0 0 0\n2 0 0\n"


def read(folder: Path, text: str, **choices: Any) -> ReadMembers:
    (folder / "file").write_text(text, encoding="utf-8")
    return read_members(folder / "file", None, Choices(**choices))


def ties(roster: Roster) -> dict[frozenset[str], float]:
    return {frozenset((roster.names[one], roster.names[other])): trust for one, other, trust in roster.ties or ()}


def test_each_of_several_matrices_is_a_relation(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"TRUST \(2\), CONFLICT \(2\)"):
        read(tmp_path, TWO + LEVELS + CELLS)
    assert ties(read(tmp_path, TWO + LEVELS + CELLS, relations=("trust",)).roster) == {frozenset("AB"): 1.0}
    assert ties(read(tmp_path, TWO + CELLS, relations=("matrix 2",)).roster) == {frozenset("AC"): 1.0}


def test_a_matrix_without_its_diagonal(tmp_path: Path) -> None:
    text = "dl n=3 diagonal=absent\nlabels: A,B,C\ndata:\n1 0\n1 0.5\n0 0.5\n"
    assert ties(read(tmp_path, text).roster) == {frozenset("AB"): 1.0, frozenset("BC"): 0.5}


def test_the_sign_with_which_dos_ends_a_file_is_no_cell(tmp_path: Path) -> None:
    assert ties(read(tmp_path, f"{TWO}{CELLS}\x1a\n", relations=("matrix 1",)).roster) == {frozenset("AB"): 1.0}
    assert read(tmp_path, "name,interests\nA,x\nB,x\n\x1a").roster.names == ("A", "B")


def test_lgl_is_read_with_and_without_strengths(tmp_path: Path) -> None:
    found = read(tmp_path, "# A\nB\nC 0.5\n# B\nD\n# E\n").roster
    assert found.names == ("A", "B", "C", "D", "E")
    assert ties(found) == {frozenset("AB"): 1.0, frozenset("AC"): 0.5, frozenset("BD"): 1.0}
    with pytest.raises(ScenarioError, match="line 104"):
        read(tmp_path, "# A\nB\n# C\n" + "G\n" * 100 + "E F 3\n")


def test_remarks_at_the_top_of_a_list_of_pairs_are_no_members(tmp_path: Path) -> None:
    assert read(tmp_path, "# graph\n# undirected\n1 2\n2 3\n").roster.names == ("1", "2", "3")


@pytest.mark.parametrize("labels", ["A,B,C,D", "A,B"])
def test_labels_that_are_more_or_fewer_than_the_rows_are_refused(tmp_path: Path, labels: str) -> None:
    text = f"dl n=3\nlabels:\n{labels}\ndata:\n0 1 0\n1 0 1\n0 1 0\n"
    with pytest.raises(ScenarioError, match=f"{labels.count(',') + 1} labels for its 3 rows"):
        read(tmp_path, text)
