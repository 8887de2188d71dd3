"""Names and topics that look like something else stay what they are."""

from pathlib import Path

import pytest

from scenarios import ScenarioError
from scenarios.reading.own_or_foreign import read_members
from scenarios.schema.roster import Roster


def read(folder: Path, **files: str) -> Roster:
    for name, text in files.items():
        (folder / name).write_bytes(text.encode())
    first, second = [folder / name for name in files] + ([] if len(files) > 1 else [None])
    assert first
    return read_members(first, second).roster


@pytest.mark.parametrize(
    ("cells", "topics"),
    [
        (("NA:1", "x:1"), {"NA", "x"}),  # a weight says that it is a topic
        (("health, housing:1", "work:2"), {"health, housing", "work"}),  # and that nothing else separates topics
        (("a/b:1", "a:1;b:2"), {"a/b", "a", "b"}),
        (("health:1, housing:2", "work:2"), {"health", "housing", "work"}),  # but here commas do
        (("health, housing", "work"), {"health", "housing", "work"}),
        (("NA", "x"), {"x"}),
    ],
)
def test_topics_with_a_weight_are_taken_as_they_stand(cells: tuple[str, str], topics: set[str], tmp_path: Path) -> None:
    found = read(tmp_path, members=f'Organisation,Topics\nA,"{cells[0]}"\nB,"{cells[1]}"\n')
    assert set(found.topics) == topics


def test_tags_that_are_called_like_members_are_no_partners(tmp_path: Path) -> None:
    elements = "Label,Tags,Interests\nhealth,health,health:1\nwork,work,work:1\n"
    found = read(tmp_path, elements=elements, ties="From,To,Strength\nhealth,work,0.5\n")
    assert (found.names, found.ties) == (("health", "work"), ((0, 1, 0.5),))


def test_an_apostrophe_before_a_formula_is_taken_away_in_tables_alone(tmp_path: Path) -> None:
    found = read(tmp_path, members="Organisation,Topics\n'=1+1,x\n''=2,x\n'Aha',x\n")
    assert found.names == ("=1+1", "'=2", "'Aha'")
    graph = 'graph [ node [ id 1 label "\'=1+1" ] node [ id 2 label "B" ] ]'
    assert read(tmp_path, members=graph).names == ("'=1+1", "B")


def test_characters_of_gml_are_those_that_are_written_or_the_file_is_refused(tmp_path: Path) -> None:
    graph = 'graph [ node [ id 1 label "{}" ] node [ id 2 label "B" ] ]'
    for written, name in (("&#228;", "\u00e4"), ("&auml;&apos;", "\u00e4'"), ("&#38;amp;", "&amp;"), ("R&D", "R&D")):
        assert read(tmp_path, members=graph.format(written)).names == (name, "B")
    with pytest.raises(ScenarioError, match="control character"):
        read(tmp_path, members=graph.format("A&#7;"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("*Vertices 2\n1 A\n1 B\n", 'line 3: the vertex "1" stands twice'),
        ("*Vertices 2\n1 A\n2 B\n3 C\n", 'line 4: the vertex "3" is one more than the 2'),
    ],
)
def test_vertices_of_pajek_that_cannot_be_are_refused(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        read(tmp_path, members=text)
    assert said in str(caught.value)


def test_only_line_breaks_break_lines_of_pajek(tmp_path: Path) -> None:
    found = read(tmp_path, members="*Vertices 2\r\n1 A\u2028B\r2 C\u3000D\n*Edges\n1 2 0.5\n")
    assert found.names == ("A B", "C D")
    assert found.ties == ((0, 1, 0.5),)


def test_plans_of_a_list_that_is_converted_are_kept(tmp_path: Path) -> None:
    rows = "A;x:1;0,5;;\nB;y:1;0,2;;9\nC;x:1;;4;\nD;x:1;;-;12\n"
    found = read(tmp_path, members=f"Organisation;Topics;Need;Joins;Leaves\n{rows}")
    assert found.names == ("A", "B", "D", "C")
    assert (found.joins, found.leaves) == ((0, 0, 0, 4), (0, 9, 12, 0))


def test_a_plan_that_cannot_be_read_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r'members, line 3: leaves is "soon"'):
        read(tmp_path, members="Organisation;Topics;Leaves\nA;x;\nB;y;soon\nC;x;\n")
