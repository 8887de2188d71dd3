"""Reading a scenario: who wins, what is refused, and that every fault is said at once."""

import json
import pickle
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import scenarios
from scenarios import ScenarioError, load, replace

HEAD = 'title = "Mine"\nquestion = "What if?"\n'


def write(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def refused(name_or_path: str, *overrides: str) -> str:
    with pytest.raises(ScenarioError) as refusal:
        load(name_or_path, overrides, posterior=None)
    return str(refusal.value)


# Who wins.


def test_a_file_is_called_after_its_stem(tmp_path: Path) -> None:
    assert load(write(tmp_path, "mine.toml", HEAD), posterior=None).name == "mine"


def test_a_child_overrides_its_parent_key_by_key(tmp_path: Path) -> None:
    child = load(write(tmp_path, "mine.toml", HEAD + 'extends = "salex"\n[closing]\nnotice = 9\n'), posterior=None)
    assert child.closing.notice == 9
    assert child.closing.month == load("salex", posterior=None).closing.month
    assert child.title == "Mine"


def test_a_child_without_a_question_asks_its_parents(tmp_path: Path) -> None:
    child = load(write(tmp_path, "mine.toml", 'extends = "salex"\n'), posterior=None)
    assert child.question == load("salex", posterior=None).question


def test_extends_is_relative_to_the_file_and_goes_on_for_generations(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    write(tmp_path, "old.toml", HEAD + "[grants]\nper_call = 1\nmonths = 3\n")
    write(tmp_path, "middle.toml", 'extends = "old.toml"\n[grants]\nper_call = 2\n')
    young = load(
        write(tmp_path / "deep", "young.toml", 'extends = "../middle.toml"\n[grants]\nevery = 5\n'), posterior=None
    )
    assert (young.grants.per_call, young.grants.months, young.grants.every) == (2, 3, 5)


@pytest.mark.parametrize(
    ("override", "value"),
    [("closing.month=never", "never"), ('closing.month="never"', "never"), ("closing.month=30", 30)],
)
def test_an_override_is_toml_where_it_can_be_and_text_where_not(override: str, value: object) -> None:
    assert load("salex", [override], posterior=None).closing.month == value


def test_an_override_may_be_an_array() -> None:
    assert load("salex", ["funder.priorities=[1, 0, 0, 0, 0, 0, 0, 2]"], posterior=None).funder.priorities[-1] == 2.0


def test_an_override_of_text_stays_text_even_if_it_looks_like_a_number() -> None:
    assert load("salex", ["title=2024"], posterior=None).title == "2024"


def test_overrides_may_be_a_mapping() -> None:
    assert load("salex", {"grants.per_call": "0"}, posterior=None).grants.per_call == 0


def test_a_line_break_in_an_override_cannot_smuggle_in_another_key() -> None:
    assert "per_call" in refused("salex", "grants.per_call=1\nother=2")


def test_a_whole_number_is_taken_for_a_decimal_one() -> None:
    assert load("salex", ["grants.size=40000"], posterior=None).grants.size == 40_000.0


# Sources.


def test_a_value_set_without_a_source_does_not_borrow_the_parents(tmp_path: Path) -> None:
    child = load(write(tmp_path, "mine.toml", HEAD + 'extends = "salex"\n[closing]\nmonth = 30\n'), posterior=None)
    assert scenarios.source_of(child, "closing.month") == "assumption: set by mine without a source"
    assert scenarios.source_of(child, "network.members") == load("salex", posterior=None).sources["network.members"]


def test_an_override_is_named_where_a_source_would_stand() -> None:
    assert (
        load("salex", ["grants.per_call=1"], posterior=None).sources["grants.per_call"]
        == "assumption: set by --set without a source"
    )


def test_a_value_set_back_to_its_default_has_the_source_of_the_default() -> None:
    back = replace(load("salex", ["grants.per_call=1"], posterior=None), {"grants.per_call": 4})
    assert scenarios.source_of(back, "grants.per_call") == scenarios.KEYS["grants.per_call"].source


def test_sources_may_be_written_with_or_without_quotation_marks(tmp_path: Path) -> None:
    text = HEAD + '[sources]\nfunder.shift.month = "assumption: mine"\n"closing.month" = "estimate: theirs"\n'
    assert load(write(tmp_path, "mine.toml", text), posterior=None).sources == {
        "closing.month": "estimate: theirs",
        "funder.shift.month": "assumption: mine",
    }


@pytest.mark.parametrize("text", ['"estimate:"', '"assumption:  "', '"guess: mine"', '""', "3"])
def test_a_source_must_say_something_and_whether_it_is_an_estimate(tmp_path: Path, text: str) -> None:
    said = refused(write(tmp_path, "mine.toml", HEAD + f'[sources]\n"closing.month" = {text}\n'))
    assert 'allowed is text that begins with "estimate:" or "assumption:"' in said


@pytest.mark.parametrize(("key", "hint"), [("closing.mont", "; did you mean closing.month?"), ("zzz", "")])
def test_a_source_for_a_key_that_does_not_exist_is_refused(tmp_path: Path, key: str, hint: str) -> None:
    said = refused(write(tmp_path, "mine.toml", HEAD + f'[sources]\n"{key}" = "assumption: x"\n'))
    assert said.endswith(f"sources names {key}, which is not a key of a scenario{hint}")


# Faults.


def test_every_fault_is_said_at_once(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "mine.toml",
        'question = "?"\nname = "x"\n[facilitation]\nintensity = 7\nintensty = 0.5\n[closing]\nmonth = "soon"\n'
        "[members]\ninterests_fewest = 4\ninterests_most = 2\n",
    )
    head, *faults = refused(path).splitlines()
    assert head == f"{path} cannot be used:"
    words = [
        r"^  name is not written in a scenario",
        r"^  facilitation\.intensity is 7: .*\b0 to 1 ",
        r"^  facilitation\.intensty is not .* facilitation\.intensity\?$",
        r'^  closing\.month is "soon": .*\b1 to 1200, or "never"',
        r"^  title is missing",
        r"^  members\.interests_fewest is 4, above members\.interests_most = 2",
    ]
    for fault, word in zip(faults, words, strict=True):
        assert re.search(word, fault)


def test_a_contradiction_with_a_faulty_value_is_not_blamed_too() -> None:
    assert "closing.notice" not in refused("salex", "closing.month=soon", "closing.notice=200")
    assert "closing.notice" in refused("salex", "closing.notice=200")


@pytest.mark.parametrize(
    ("override", "said"),
    [
        ("facilitation.intensity=nan", "facilitation.intensity is nan: allowed is 0 to 1"),
        ("facilitation.intensity=inf", "facilitation.intensity is inf: allowed is 0 to 1"),
        ("facilitation.intensity=true", "facilitation.intensity is true: allowed is 0 to 1"),
        ('facilitation.intensity="0.5"', "write the number without quotes"),
        ("grants.per_call=true", "grants.per_call is true: allowed is 0 to 100000 (grants)"),
        ("grants.per_call=4.0", "write 4, without a point"),
        ("grants.per_call=4.5", "as a whole number"),
        ("grants.per_call=-1", "grants.per_call is -1: allowed is 0 to 100000 (grants)"),
        ("grants.per_call=" + "9" * 5000, "grants.per_call is "),
        ("grants.size=" + "9" * 400, "a whole number of more than 60 digits"),
        ("closing.capstone=1", "closing.capstone is 1: allowed is true or false"),
        ("closing.month=", 'closing.month is "": allowed is 1 to 1200, or "never"'),
        ("funder.priorities=3", "funder.priorities is 3: allowed is a list of numbers"),
        ("funder.priorities=[1, -1]", "funder.priorities is [1, -1]: allowed is a list of numbers from 0"),
        ("funder.priorities=[1, 1]", "funder.priorities has 2 weights but there are 8 topics"),
        ("funder.priorities=[0, 0, 0, 0, 0, 0, 0, 0]", "no weight above 0"),
        ("funder.shift=3", "it is a table; set a key in it, such as funder.shift.month"),
        ("shift.month=3", "did you mean funder.shift.month?"),
        ("intensity=1", "did you mean facilitation.intensity?"),
        ("name=x", "it is called after its file"),
        ("extends=x", "extends can only be written in a file"),
        ("title=", 'title is "": allowed is text'),
        ("grants.per_call", "--set grants.per_call: it has no value; write --set KEY=VALUE"),
        ("members.ties=t.csv", "ties need members; set members.file too"),
        ("network.months=10", "lengthen the run to network.months = 25 or more"),
        ("members.need=0.1", "values would leave 0 to 1"),
    ],
)
def test_an_override_that_cannot_stand_is_refused_with_the_way_out(override: str, said: str) -> None:
    message = refused("salex", override)
    assert said in message
    assert message.startswith("salex cannot be used:\n")


def test_a_fault_of_an_override_names_it_as_it_was_written() -> None:
    assert "  --set grants.per_call=x: grants.per_call is" in refused("salex", "grants.per_call=x")


def test_an_unknown_name_is_met_with_the_nearest() -> None:
    assert re.findall("'(.*?)'", refused("salx")) == ["salx", "salex"]


def test_a_name_that_no_file_can_have_is_an_unknown_name() -> None:
    assert "no scenario is called" in refused("x" * 5000)
    assert "it cannot be read" in refused("x" * 5000 + ".toml")


def test_an_unknown_name_like_nothing_lists_the_library() -> None:
    assert "there are salex, " in refused("zzzzzz")


def test_a_fault_of_a_parent_is_said_with_the_parents_name(tmp_path: Path) -> None:
    write(tmp_path, "old.toml", HEAD + "[grants]\nper_call = -2\n")
    said = refused(write(tmp_path, "mine.toml", 'extends = "old.toml"\n[grants]\nevery = 0\n'))
    assert "  in old.toml: grants.per_call is -2" in said
    assert "  grants.every is 0" in said


def test_a_circle_of_extends_is_named(tmp_path: Path) -> None:
    write(tmp_path, "a.toml", HEAD + 'extends = "b.toml"\n')
    path = write(tmp_path, "b.toml", HEAD + 'extends = "./a.toml"\n')
    assert "extends goes round in a circle: b.toml -> a.toml -> b.toml" in refused(path)


def test_a_scenario_that_extends_itself_is_a_circle(tmp_path: Path) -> None:
    assert "mine.toml -> mine.toml" in refused(write(tmp_path, "mine.toml", HEAD + 'extends = "mine.toml"\n'))


@pytest.mark.parametrize(
    ("extends", "said"),
    [
        ('"salx"', "did you mean 'salex'?"),
        ("3", "extends is 3: allowed is the name"),
        ('"no.toml"', "in no.toml: there is"),
    ],
)
def test_extends_of_nothing_is_refused(tmp_path: Path, extends: str, said: str) -> None:
    assert said in refused(write(tmp_path, "mine.toml", f"extends = {extends}\n[closing]\nnotice = -1\n"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"title = \n", r"it is not TOML: .*\(at line 1, column 9\)"),
        (b'title = "a"\ntitle = "b"\n', r"it is not TOML: .*line 2"),
        (b'title = "caf\xe9"\n', r"it is not UTF-8 \(at byte 13\)"),
        (b"[grants]\nper_call = " + b"9" * 5000, r"it is not TOML that can be read"),
        (b"a = " + b"[" * 5000, r"it is not TOML"),
        (b"sources = 3\n" + HEAD.encode(), r"sources is 3: allowed is a table"),
        (b"grants = 3\n" + HEAD.encode(), r"grants is 3: it is a table"),
        (HEAD.encode() + b"[grants.per_call]\na = 1\n", r"grants\.per_call is a table: allowed is 0 to"),
        (HEAD.encode() + b"[grant]\nper_call = 1\n", r"grant\.per_call is not a key .* did you mean grants\.per_call"),
        (HEAD.encode() + b"[grant]\n", r"grant is not a key .* did you mean grants"),
        (
            HEAD.encode() + b'"grants.per_call" = 1\n[grants]\nper_call = 2\n',
            r"grants\.per_call is written twice; keep one",
        ),
        (HEAD.encode() + b'"a\\nb" = 1\n', r"a.nb is not a key"),
        (b'extends = "a\\u0000.toml"\n', r"a name cannot hold a NUL"),
        (b"", r"title is missing"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_without_a_traceback(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    with pytest.raises(ScenarioError, match=said):
        load(path, posterior=None)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xef\xbb\xbf" + HEAD.encode())
    assert load(path, posterior=None).title == "Mine"


def test_a_folder_and_a_missing_file_are_told_apart(tmp_path: Path) -> None:
    inside = write(tmp_path, "mine.toml", HEAD)
    assert f"it is a folder, not a file; name the scenario file in it, such as {inside}" in refused(str(tmp_path))
    assert "there is no such file" in refused(str(tmp_path / "other.toml"))
    write(tmp_path, "observed.toml", "")
    Path(inside).rename(tmp_path / "survey.toml")
    assert f"such as {tmp_path / 'survey.toml'}" in refused(str(tmp_path))


# Rosters.


def roster(folder: Path) -> Path:
    write(folder, "members.csv", "name,interests,champion\nA,x;y,yes\nB,y,\nC,z,\n")
    return folder


def test_a_roster_settles_members_topics_regions_and_champions(tmp_path: Path) -> None:
    path = write(roster(tmp_path), "mine.toml", HEAD + 'extends = "salex"\n[members]\nfile = "members.csv"\n')
    mine = load(path, posterior=None)
    assert mine.roster is not None
    assert (mine.network.members, mine.network.topics, mine.network.regions, mine.members.champions) == (3, 3, 1, 1)
    assert scenarios.source_of(mine, "network.members") == "estimate: counted in members.csv"


def test_another_number_of_members_beside_the_roster_is_refused(tmp_path: Path) -> None:
    path = write(roster(tmp_path), "mine.toml", HEAD + '[members]\nfile = "members.csv"\n[network]\nmembers = 4\n')
    assert "network.members is 4 but members.csv has 3 members; leave network.members out" in refused(path)


def test_a_path_in_an_override_is_relative_to_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(roster(tmp_path))
    assert load("salex", ["members.file=members.csv"], posterior=None).network.members == 3


def test_a_drawn_value_cannot_be_changed_under_a_roster(tmp_path: Path) -> None:
    mine = load(write(roster(tmp_path), "mine.toml", HEAD + '[members]\nfile = "members.csv"\n'), posterior=None)
    with pytest.raises(ScenarioError, match=r"members\.need is set, but members\.csv settles it"):
        replace(mine, {"members.need": 0.4})


def test_faults_of_the_roster_and_of_the_file_come_together(tmp_path: Path) -> None:
    write(tmp_path, "members.csv", "name,interests,need\nA,x,2\nB,y,\n")
    said = refused(write(tmp_path, "mine.toml", HEAD + '[members]\nfile = "members.csv"\ncapacity = 0\n'))
    assert '  members.csv, line 2: need is "2": allowed is 0 to 1' in said
    assert "  members.capacity is 0: allowed is 1 to 100" in said


def test_a_scenario_with_a_roster_reads_the_same_twice(tmp_path: Path) -> None:
    path = write(roster(tmp_path), "mine.toml", HEAD + '[members]\nfile = "members.csv"\n')
    assert load(path, posterior=None) == load(path, posterior=None)


def test_a_scenario_with_a_roster_travels_to_another_process(tmp_path: Path) -> None:
    mine = load(write(roster(tmp_path), "mine.toml", HEAD + '[members]\nfile = "members.csv"\n'), posterior=None)
    assert pickle.loads(pickle.dumps(mine)) == mine


# Changing from Python, and writing down.


def test_replace_leaves_the_original_as_it_was() -> None:
    salex = load("salex", posterior=None)
    changed = replace(salex, {"grants.per_call": 0, "closing.month": "never", "name": "other"})
    assert (changed.grants.per_call, changed.closes, changed.name) == (0, False, "other")
    assert salex == load("salex", posterior=None)


@pytest.mark.parametrize("value", [np.int64(3), np.array(3), 3])
def test_replace_takes_numbers_of_numpy(value: Any) -> None:
    changed = replace(load("salex", posterior=None), {"grants.per_call": value})
    assert type(changed.grants.per_call) is int


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"grants.per_call": 0.5}, r"as a whole number"),
        ({"grants.percall": 1}, r"did you mean grants\.per_call"),
        ({"closing.month": 3, "closing.notice": 5}, r"closing\.notice is 5 months .* allowed is at most 2"),
        ({"facilitation.intensity": float("nan")}, r"intensity is nan"),
        ({"closing.month": None}, r"closing\.month is left out"),
        ({"name": 3}, r"name is 3"),
    ],
)
def test_replace_is_as_careful_as_load(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        replace(load("salex", posterior=None), changes)


@pytest.mark.parametrize("name", scenarios.names())
def test_a_scenario_written_down_loads_back_to_itself(tmp_path: Path, name: str) -> None:
    one = load(name, posterior=None)
    back = load(write(tmp_path, f"{name}.toml", scenarios.to_toml(one)), posterior=None)
    assert back == one
    assert back.sources == one.sources


def test_what_is_hard_to_quote_is_written_down_safely(tmp_path: Path) -> None:
    odd = replace(
        load("salex", posterior=None), {"title": 'a "quoted" \\ back\nline \t\u200b \u017c', "grants.size": 1e-7}
    )
    assert load(write(tmp_path, "salex.toml", scenarios.to_toml(odd)), posterior=None) == odd


def test_a_roster_is_written_down_where_it_can_be_found_again(tmp_path: Path) -> None:
    mine = load(
        write(roster(tmp_path), "mine.toml", HEAD + '[members]\nfile = "members.csv"\nneed = 0.4\n'), posterior=None
    )
    (tmp_path / "elsewhere").mkdir()
    assert load(write(tmp_path / "elsewhere", "mine.toml", scenarios.to_toml(mine)), posterior=None) == mine


def test_a_scenario_as_plain_data_is_json_and_names_no_folder(tmp_path: Path) -> None:
    mine = load(write(roster(tmp_path), "mine.toml", HEAD + '[members]\nfile = "members.csv"\n'), posterior=None)
    text = json.dumps(scenarios.to_dict(mine), allow_nan=False)
    assert str(tmp_path) not in text
    assert json.loads(text)["network"]["members"] == 3


def test_the_fingerprint_hears_values_and_rosters_but_no_texts(tmp_path: Path) -> None:
    path = write(roster(tmp_path), "mine.toml", HEAD + '[members]\nfile = "members.csv"\n')
    first = load(path, posterior=None)
    renamed = replace(first, {"title": "Other", "name": "other"})
    assert scenarios.fingerprint(renamed) == scenarios.fingerprint(first)
    assert scenarios.fingerprint(replace(first, {"grants.per_call": 0})) != scenarios.fingerprint(first)
    write(tmp_path, "members.csv", "name,interests,champion\nA,x:2;y,yes\nB,y,\nC,z,\n")
    assert scenarios.fingerprint(load(path, posterior=None)) != scenarios.fingerprint(first)


def test_rows_show_every_key_once_with_a_source() -> None:
    shown = scenarios.rows(load("salex", posterior=None))
    assert [row.key for row in shown] == list(scenarios.KEYS)
    assert all(re.match(r"(estimate|assumption): \S", row.source) for row in shown)
    assert {row.role for row in shown} == {"lever", "uncertainty"}


def test_the_keys_that_scripts_rely_on_exist() -> None:
    promised = "network.members network.months facilitation.intensity grants.per_call funder.shift.month"
    promised += " closing.month closing.notice closing.capstone members.file"
    assert set(promised.split()) <= scenarios.KEYS.keys()


@pytest.mark.parametrize("key", scenarios.KEYS.values(), ids=lambda key: key.key)
def test_a_default_is_allowed_and_a_prior_lies_inside_what_is_allowed(key: scenarios.Key) -> None:
    assert key.fault(key.default) is None
    if key.prior is not None and key.low is not None and key.high is not None:
        assert key.low <= key.prior[0] < key.prior[1] <= key.high
    assert re.match(r"(estimate|assumption): \S", key.source)
