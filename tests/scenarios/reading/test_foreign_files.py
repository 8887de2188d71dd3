"""Lists that other programs and people made: what is read of them, what is said, and what is refused by its place."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import scenarios
from cli import main
from results.commands.json_schemas import BY_COMMAND
from scenarios import RequestError, Roster, ScenarioError
from scenarios.reading.foreign_tables import Choices
from scenarios.reading.own_or_foreign import ReadMembers, read_members

jsonschema = pytest.importorskip("jsonschema")
XML = '<?xml version="1.0"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/x">'
NAMED = '<key for="node" id="n" attr.name="name"/><key for="node" id="t" attr.name="topics"/>'


def read(folder: Path, members: str | bytes, ties: str | None = None, **choices: Any) -> ReadMembers:
    """What files of that content, with names that say nothing, are read as."""
    (folder / "m").write_bytes(members if isinstance(members, bytes) else members.encode())
    if ties is not None:
        (folder / "t").write_text(ties, encoding="utf-8")
    return read_members(folder / "m", None if ties is None else folder / "t", Choices(**choices))


def topics(roster: Roster) -> list[set[str]]:
    return [{roster.topics[number] for number in row.nonzero()[0]} for row in roster.interests]


def ties(roster: Roster) -> dict[frozenset[str], float]:
    return {frozenset((roster.names[one], roster.names[other])): trust for one, other, trust in roster.ties or ()}


def refused(folder: Path, *files: str, **choices: Any) -> str:
    with pytest.raises(ScenarioError) as caught:
        read(folder, *files, **choices)
    return str(caught.value)


def node(key: str, name: str) -> str:
    return f'<node id="{key}"><data key="n">{name}</data><data key="t">x</data></node>'


# Cells.


@pytest.mark.parametrize("mark", [", ", "; ", "|", "\uff1b", "\u3001", "\uff0c"])
def test_topics_are_apart_whatever_sign_stands_between_them(mark: str, tmp_path: Path) -> None:
    found = read(tmp_path, f'name,interests\nA,"food{mark}health"\nB,food\nC,health\n')
    assert topics(found.roster) == [{"food", "health"}, {"food"}, {"health"}]


def test_commas_between_topics_are_said_and_beside_semicolons_belong_to_names(tmp_path: Path) -> None:
    assert any(
        "apart by commas, which makes 2 topics" in one for one in read(tmp_path, 'name,interests\nA,"x, y"\nB,x').notes
    )
    found = read(tmp_path, 'name,interests,city\nA,"food, drink;health"\nB,health\n')
    assert topics(found.roster)[0] == {"food, drink", "health"}


def test_a_slash_separates_only_where_its_parts_stand_elsewhere_too(tmp_path: Path) -> None:
    kept = read(tmp_path, "Label,Tags\nA,Research/Academic\nB,Capacity Building/Support\nC,Research/Academic\n")
    assert topics(kept.roster)[0] == {"Research/Academic"}
    assert any("a slash" in one and "belongs to the topic's name" in one for one in kept.notes)
    apart = read(tmp_path, "Label,Tags\nA,food/health\nB,health/jobs\nC,food\n")
    assert topics(apart.roster)[1] == {"health", "jobs"}


@pytest.mark.parametrize("word", ["N/A", "-", "none", "#N/A", "0", "\u2014", "n.a."])
def test_a_word_for_nothing_is_no_topic_and_makes_nobody_alike(word: str, tmp_path: Path) -> None:
    found = read(tmp_path, f"name,interests\nA,{word}\nB,{word}\nC,food\nD,food\nE,health\n")
    assert found.roster.topics == ("food", "health")
    weights = found.roster.interests[0]
    assert weights[0] == pytest.approx(2 * weights[1]), "as often as others name them"
    assert any("2 members without a topic" in one for one in found.notes)


def test_without_any_topic_all_have_one_and_a_warning_says_what_that_means(tmp_path: Path) -> None:
    found = read(tmp_path, "Source,Target\nA,B\n")
    assert found.roster.topics == ("collaboration",)
    assert any("all of them for alike" in one for one in found.notes)


def test_more_topics_than_the_model_knows_are_grouped_the_rarest_first(tmp_path: Path) -> None:
    rows = "".join(f"M{number},t{number};often\n" for number in range(70))
    found = read(tmp_path, f"Label,Tags\n{rows}")
    assert len(found.roster.topics) == 64
    assert all("often" in one for one in topics(found.roster))
    assert topics(found.roster)[69] == {"often", "other topics"}
    assert any("71 topics are more than the 64" in one for one in found.notes)


@pytest.mark.parametrize(
    ("written", "strength"), [("0,5", 0.5), ("50 %", 0.5), ("50%", 0.5), (".5", 0.5), ("\uff10.5", 0.5), ("1", 1.0)]
)
def test_numbers_are_understood_as_people_write_them(written: str, strength: float, tmp_path: Path) -> None:
    found = read(tmp_path, "name,interests\nA,x\nB,x\n", f'Source,Target,Weight\nA,B,"{written}"\n')
    assert ties(found.roster) == {frozenset("AB"): strength}


def test_a_number_that_could_be_two_is_refused_by_its_line(tmp_path: Path) -> None:
    assert 't, line 2: strength is "1,000"' in refused(
        tmp_path, "name,interests\nA,x\nB,x\n", 'from,to,weight\nA,B,"1,000"\n'
    )


@pytest.mark.parametrize(
    ("encoding", "mark"), [("cp1252", ""), ("utf-16-le", "\ufeff"), ("utf-16-be", "\ufeff"), ("utf-8", "\ufeff")]
)
def test_encodings_of_usual_programs_are_read(encoding: str, mark: str, tmp_path: Path) -> None:
    found = read(tmp_path, f"{mark}name;interests\nB\u00fcro f\u00fcr Stra\u00dfen;x\nB;x\n".encode(encoding))
    assert found.roster.names == ("B\u00fcro f\u00fcr Stra\u00dfen", "B")


def test_characters_that_nobody_sees_do_not_tell_names_or_topics_apart(tmp_path: Path) -> None:
    told = refused(tmp_path, "name,interests\nRed Cross,health\nRed\u200b Cross,health\u200b\nOther,health\n")
    assert 'm, line 3: name is "Red Cross", as in line 2; keep one of them' in told
    found = read(tmp_path, "name,interests\nA,health\nB,health\u200b\n")
    assert found.roster.topics == ("health",)


@pytest.mark.parametrize("twin", ["caf\u00e9 noir", "Cafe-Noir", "Cafe Noir Ltd", "The Cafe Noir e.V."])
def test_names_that_may_be_the_same_are_pointed_out_and_kept(twin: str, tmp_path: Path) -> None:
    found = read(tmp_path, f"name,interests\nCafe Noir,x\n{twin},x\nOther,x\n")
    assert len(found.roster.names) == 3
    assert found.exchanged is None, "the table is ours and stays as it is"
    assert any("may be the same" in one for one in found.notes)


# Columns.


def test_headers_of_others_are_matched_and_the_match_is_shown(tmp_path: Path) -> None:
    found = read(
        tmp_path, "Organisation;Country;Focus area\nA;Kenya;food\nB;Mali;food\n", "Source,Target,Weight\nA,B,0.5\n"
    )
    assert found.roster.regions == ("Kenya", "Mali")
    assert "m: read Organisation as name, Focus area as interests, Country as region" in found.notes
    assert "t: read Source as from, Target as to, Weight as strength" in found.notes


def test_the_person_says_which_column_is_which(tmp_path: Path) -> None:
    table = "Who,Where,Label\nAlder,North,x\nBirch,South,y\n"
    found = read(tmp_path, table, mapped=("Who=name", "Where=region", "Label=interests"))
    assert found.roster.names == ("Alder", "Birch")
    assert found.roster.topics == ("x", "y")
    with pytest.raises(RequestError, match="did you mean"):
        read(tmp_path, table, mapped=("Whoo=name",))
    with pytest.raises(RequestError, match="allowed is COLUMN=OURS"):
        read(tmp_path, table, mapped=("Who=nom",))


def test_a_mistyped_header_is_asked_about_and_not_passed_over(tmp_path: Path) -> None:
    told = refused(tmp_path, "name,intrests\nA,x\nB,y\n")
    assert "did you mean interests?" in told


def test_a_header_may_stand_below_a_title(tmp_path: Path) -> None:
    found = read(tmp_path, "Our network 2024,\n,\nOrganization,Sector\nA,x\nB,y\n")
    assert found.roster.names == ("A", "B")
    assert any('left out, is "Our network 2024"' in one for one in found.notes)


def test_partners_in_a_cell_are_ties(tmp_path: Path) -> None:
    found = read(tmp_path, "Organisation,Country,Partners\nA,Kenya,B; C\nB,Mali,\nC,Mali,A\n")
    assert found.roster.names == ("A", "B", "C")
    assert ties(found.roster) == {frozenset("AB"): 1.0, frozenset("AC"): 1.0}


# Ties.


def test_ids_join_what_labels_name(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "ID,Label,Type,Tags\norg1,Alpha Clinic,Organization,health\norg2,Beta Trust,Organization,housing\n",
        "From,To,Type,Strength\norg1,org2,collab,0.5\n",
    )
    assert ties(found.roster) == {frozenset(("Alpha Clinic", "Beta Trust")): 0.5}


def test_one_rule_for_ties_that_come_twice_and_none_of_oneself(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "name,interests\nA,x\nB,x\n",
        "From,To,Direction,Strength\nA,B,directed,0.2\nB,A,directed,0.9\nA,A,directed,0.9\n",
    )
    assert ties(found.roster) == {frozenset("AB"): 0.9}
    assert any("1 tie of an organization with itself, left out" in one for one in found.notes)
    assert any("the stronger one counts" in one for one in found.notes)


def test_relations_are_never_mixed(tmp_path: Path) -> None:
    edges = "From,To,Type,Strength\nA,B,trust,0.2\nA,B,conflict,0.9\nB,C,funding,\nB,A,Trust,0.1\n"
    members = "Label,Tags\nA,x\nB,x\nC,x\n"
    told = refused(tmp_path, members, edges)
    assert "trust (2), conflict (1), funding (1)" in told
    assert "--relation" in told
    assert ties(read(tmp_path, members, edges, relations=("trust",)).roster) == {frozenset("AB"): 0.2}
    both = read(tmp_path, members, edges, relations=("trust", "funding"))
    assert ties(both.roster) == {frozenset("AB"): 0.2, frozenset("BC"): 1.0}
    as_one = read(tmp_path, members, edges, mapped=("Type=nothing",))
    assert ties(as_one.roster) == {frozenset("AB"): 0.9, frozenset("BC"): 1.0}, "all for one, if the person says so"
    with pytest.raises(RequestError, match="did you mean trust"):
        read(tmp_path, members, edges, relations=("trsut",))


def test_of_very_many_relations_the_commonest_are_named(tmp_path: Path) -> None:
    edges = "".join(f"A,B,word {number}\n" for number in range(200))
    told = refused(tmp_path, "Label,Tags\nA,x\nB,x\n", f"From,To,Relationship\n{edges}A,B,word 7\n")
    assert "word 7 (2)" in told
    assert "and 190 more" in told
    assert '--map "Relationship=nothing"' in told
    assert len(told) < 1000


def test_a_tie_to_nobody_is_refused_by_its_line_with_the_near_miss(tmp_path: Path) -> None:
    told = refused(tmp_path, "Label,Tags\nAlder,x\nBirch,x\n", "From,To\nAlder,Birch\nAlder,Brich\n")
    assert 't, line 3: to is "Brich", which is no member in m; did you mean "Birch"?' in told


def test_ties_of_later_months_are_refused_and_dates_are_said_to_count_for_nothing(tmp_path: Path) -> None:
    assert "t, line 2: month is" in refused(tmp_path, "name,interests\nA,x\nB,x\n", "Source,Target,Month\nA,B,3\n")
    found = read(tmp_path, "name,interests\nA,x\nB,x\n", "Source,Target,Date\nA,B,2020-01-01\n")
    assert any("Date is in 2020-01-01: all these ties count" in one for one in found.notes)


# Who is a member.


def test_persons_and_events_are_no_members_unless_they_are_asked_for(tmp_path: Path) -> None:
    table = "Label,Type,Tags\nAlpha,Organization,x\nBeta,Organization,x|y\nA. Person,Person,x\nForum,Event,x\n"
    found = read(tmp_path, table)
    assert found.roster.names == ("Alpha", "Beta")
    assert sum("left out, for their type is" in one for one in found.notes) == 2
    assert read(tmp_path, table, types=("person", "event")).roster.names == ("A. Person", "Forum")
    with pytest.raises(RequestError, match="no node has the type"):
        read(tmp_path, table, types=("Funder",))


def test_groups_of_yed_are_left_out_and_the_label_that_is_drawn_is_the_name(tmp_path: Path) -> None:
    drawn = "<data key='d6'><y:ShapeNode><y:NodeLabel>{}</y:NodeLabel>{}</y:ShapeNode></data>"
    group = (
        "<data key='d6'><y:ProxyAutoBoundsNode><y:Realizers active='0'><y:GroupNode><y:NodeLabel>Hub</y:NodeLabel>"
        "</y:GroupNode><y:GroupNode><y:NodeLabel>Folder 1</y:NodeLabel></y:GroupNode></y:Realizers>"
        "</y:ProxyAutoBoundsNode></data>"
    )
    found = read(
        tmp_path,
        f"{XML}<key for='node' id='d6' yfiles.type='nodegraphics'/>"
        "<key for='edge' id='d10' yfiles.type='edgegraphics'/>"
        f"<graph edgedefault='directed'><node id='n0' yfiles.foldertype='group'>{group}<graph>"
        f"<node id='n0::n0'>{drawn.format('Alpha', '')}</node>"
        f"<node id='n0::n1'>{drawn.format('Beta', '<y:NodeLabel>(founder)</y:NodeLabel>')}</node></graph></node>"
        f"<node id='n1'>{drawn.format('Gamma', '')}</node><edge source='n0::n0' target='n0::n1'/>"
        "<edge source='n1' target='n0::n0'><data key='d10'><y:PolyLineEdge><y:EdgeLabel>0.4</y:EdgeLabel>"
        "</y:PolyLineEdge></data></edge><edge source='n1' target='n0'/></graph></graphml>",
    )
    assert found.roster.names == ("Alpha", "Beta", "Gamma")
    assert ties(found.roster) == {frozenset(("Alpha", "Beta")): 1.0, frozenset(("Alpha", "Gamma")): 0.4}
    said = " ".join(found.notes)
    assert '"Hub"' in said
    assert "'(founder)', which is left out" in said
    assert "1 tie with somebody who is left out" in said


def test_second_graphs_and_hyperedges_are_not_left_out_in_silence(tmp_path: Path) -> None:
    first = f"<graph id='w1'>{node('a', 'A')}{node('b', 'B')}<edge source='a' target='b'/></graph>"
    second = f"<graph id='w2'>{node('c', 'C')}<edge source='c' target='c'/></graph>"
    found = read(tmp_path, f"{XML}{NAMED}{first}{second}</graphml>")
    assert found.roster.names == ("A", "B")
    assert any("left out: 'w2' with 1 node and 1 edge" in one for one in found.notes)
    hyper = "<hyperedge><endpoint node='a'/><endpoint node='b'/></hyperedge>"
    found = read(tmp_path, f"{XML}{NAMED}<graph>{node('a', 'A')}{node('b', 'B')}{hyper}</graph></graphml>")
    assert any("a hyperedge joins a, b" in one for one in found.notes)


def test_what_is_wrong_in_a_graph_is_named_by_its_node(tmp_path: Path) -> None:
    table = f"{XML}{NAMED}<key for='node' id='c' attr.name='champion'/><graph>{node('a', 'A')}"
    told = refused(tmp_path, f"{table}<node id='b'><data key='c'>perhaps</data></node></graph></graphml>")
    assert 'm, node b: champion is "perhaps"' in told


# Our own tables.


def test_a_table_of_ours_that_says_what_it_means_is_copied_to_the_byte(tmp_path: Path) -> None:
    table = b"name;interests;region\r\nA;x:2|y;North\r\nB;y;South\r\n"
    assert read(tmp_path, table).exchanged is None
    scenarios.found(tmp_path / "mine", tmp_path / "m")
    assert (tmp_path / "mine" / "members.csv").read_bytes() == table


# The command.


def legato(*words: Any) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def test_a_preview_shows_what_is_read_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text("Label,Tags\nA,food|health\nB,food\nC,food\n")
    (tmp_path / "t.csv").write_text("From,To,Type\nA,B,trust\nB,C,conflict\n")
    words = ("new", tmp_path / "mine", "--members", tmp_path / "m.csv", "--ties", tmp_path / "t.csv", "--preview")
    told = legato(*words, "--relation", "trust", "--json")
    document = json.loads(told.stdout)
    jsonschema.validate(document, BY_COMMAND["new --preview"])
    assert document["members"] == ["A", "B", "C"]
    assert document["topics"] == {"food": 3, "health": 1}
    assert document["relations"] == {"trust": 1, "conflict": 1}
    assert (document["ties"], document["isolates"]) == (1, ["C"])
    assert {"file": "m.csv", "column": "Label", "read_as": "name"} in document["read_as"]
    assert "Nothing was written" in legato(*words, "--relation", "trust").stdout
    assert not (tmp_path / "mine").exists()


def test_a_preview_shows_what_is_still_to_be_said(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text("Label,Tags\nA,food|health\nB,food\nC,food\n")
    (tmp_path / "t.csv").write_text("From,To,Type\nA,B,trust\nB,C,trust\nB,C,conflict\n")
    words = ("new", tmp_path / "mine", "--members", tmp_path / "m.csv", "--ties", tmp_path / "t.csv")
    told = legato(*words, "--preview", "--json")
    assert told.exit_code == 0
    document = json.loads(told.stdout)
    jsonschema.validate(document, BY_COMMAND["new --preview"])
    assert document["relations"] == {"trust": 2, "conflict": 1}
    assert document["members"] == ["A", "B", "C"]
    assert (document["ties"], document["isolates"]) == (0, []), "nobody is called alone before ties are read"
    (question,) = document["to_say"]
    assert "--relation" in question
    assert f"To say: {question[:20]}" in " ".join(legato(*words, "--preview").stdout.split())
    refused = legato(*words)
    assert refused.exit_code == 2
    assert "trust (2), conflict (1)" in " ".join(refused.stderr.split())
    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize("option", ["--map=A=name", "--relation=x", "--type=x", "--preview"])
def test_what_says_how_a_file_is_read_needs_a_file(option: str, tmp_path: Path) -> None:
    told = legato("new", tmp_path / "mine", option)
    assert told.exit_code == 2
    assert option.partition("=")[0] in told.stderr
