"""Several funders in a file: what is read, what is written again, and what is refused with its way out."""

from pathlib import Path

import pytest

import scenarios
from scenarios import Scenario, ScenarioError
from scenarios.design import plan
from scenarios.designs.futures import read_futures
from scenarios.reading.idle_values import always_without_effect, idle
from scenarios.schema.funders import CoFunder
from scenarios.schema.keys import OF_ANOTHER, key_named, keys_of

HEAD = 'title = "Two"\nquestion = "What if there are two?"\nextends = "salex"\n'
TWO = HEAD + (
    '[[funder]]\nname = "Alpha"\nbackbone = 0.6\nweight = 0.3\nexit = 12\nnotice = 3\ntaper = 2\n'
    '[[funder]]\nname = "Beta Fund"\nweight = 0.2\npriorities = [1, 0, 0, 0, 0, 0, 0, 1]\n'
    "[funder.shift]\nmonth = 10\ngrants = 0.5\n"
)


def read(folder: Path, text: str, *overrides: str) -> Scenario:
    (folder / "two.toml").write_text(text, encoding="utf-8")
    return scenarios.load(folder / "two.toml", overrides, posterior=None)


def refused(folder: Path, text: str, *overrides: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        read(folder, text, *overrides)
    return str(caught.value)


def test_each_table_is_a_funder_and_the_first_keeps_its_keys(tmp_path: Path) -> None:
    two = read(tmp_path, TWO)
    assert (two.funder.name, two.funder.backbone, two.funder.exit, two.funder.taper) == ("Alpha", 0.6, 12, 2)
    beta = CoFunder("Beta Fund", None, None, 0.2, (1.0, 0, 0, 0, 0, 0, 0, 1.0), shift_month=10, shift_grants=0.5)
    assert two.funder.others == (beta,)
    assert read(tmp_path, TWO, "funder.exit=15").funder.exit == 15
    assert read(tmp_path, TWO, "funder.Beta Fund.exit=18").funder.others[0].exit == 18
    one = read(tmp_path, HEAD + "[[funder]]\nweight = 0.1\n")
    assert scenarios.fingerprint(one) == scenarios.fingerprint(scenarios.load("salex", ["funder.weight=0.1"], None))


def test_a_file_that_extends_another_changes_funders_by_name(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text(TWO, encoding="utf-8")
    child = HEAD.replace('"salex"', '"base.toml"') + '[funder]\nexit = 9\n[funder."Beta Fund"]\ntaper = 4\nexit = 20\n'
    found = read(tmp_path, child)
    assert (found.funder.exit, found.funder.name) == (9, "Alpha")
    assert (found.funder.others[0].exit, found.funder.others[0].taper, found.funder.others[0].weight) == (20, 4, 0.2)


def test_what_is_written_loads_back_and_replaces_alike(tmp_path: Path) -> None:
    two = read(tmp_path, TWO)
    again = read(tmp_path, scenarios.to_toml(two))
    assert again.funders == two.funders
    assert scenarios.fingerprint(again) == scenarios.fingerprint(two)
    later = scenarios.replace(two, {"funder.exit": 15})
    assert later.funder.others == two.funder.others
    assert scenarios.fingerprint(later) != scenarios.fingerprint(two)


def test_a_scenario_with_one_funder_keeps_the_fingerprint_that_it_had_before_there_could_be_several() -> None:
    salex = scenarios.load("salex", posterior=None)
    assert scenarios.fingerprint(salex) == BEFORE
    assert scenarios.fingerprint(scenarios.replace(salex, {"funder.name": "Jacobs Foundation"})) == BEFORE
    assert scenarios.fingerprint(scenarios.replace(salex, {"funder.exit": 12})) != BEFORE


BEFORE = "46d11832b84484745786775bcd6b312d2cd5499ce6049af80d00fb88432bcd36"
"""Of salex with fixed parameters, before."""

REFUSED = {
    "shares that do not sum": (("funder.Beta Fund.backbone=0.3",), ["backbone sum to 0.9 (0.6 + 0.3)", "allowed is 1"]),
    "shares that leave nothing": (("funder.grants=0.7", "funder.Beta Fund.grants=0.7"), ["grants sum to 1.4"]),
    "weights above 1": (("funder.weight=0.9",), ["sum to 1.1 (0.9 + 0.2)", "allowed is at most 1"]),
    "an exit before month 1": (("funder.Beta Fund.exit=0",), ["funder.Beta Fund.exit is 0", "1 to 1200"]),
    "an exit before its notice": (("funder.notice=12",), ["funder.notice is 12", "month 12", "at most 11"]),
    "a taper before month 1": (("funder.taper=13",), ["funder.taper is 13", "at most 12"]),
    "an exit before it comes": (
        ("funder.Beta Fund.entry=12", "funder.Beta Fund.exit=6"),
        [
            "funder.Beta Fund.exit is 6, but the funder comes in month 12 (funder.Beta Fund.entry)",
            'would leave before it comes; allowed is 12 to 61, or "never"',
        ],
    ),
    "a notice before it comes": (
        ("funder.entry=10",),
        ["funder.notice is 3 months but the funder comes in month 10 and leaves in month 12", "allowed is at most 2"],
    ),
    "a taper that is longer than it is there": (
        ("funder.entry=12", "funder.notice=0"),
        ["funder.taper is 2 months but the funder comes in month 12 and leaves in month 12", "allowed is at most 1"],
    ),
    "a funder that comes after the closing": (
        ("funder.Beta Fund.entry=40",),
        [
            "funder.Beta Fund.entry is 40, but the network closes in month 25, or in month 37 after a renewal",
            "allowed is 1 to 37",
        ],
    ),
    "a funder that comes after the run": (
        ("funder.entry=99", "funder.exit=never"),
        ["funder.entry is 99, after the last month 61; allowed is 1 to 61"],
    ),
    "a funder that comes after no month": (("funder.Beta Fund.entry=0",), ["entry is 0", "allowed is 1 to 1200"]),
    "a taper past the closing": (
        ("funder.exit=30", "members.champions=0"),
        [
            "funder.taper is 2 months but the network closes in month 25, and the funder leaves in month 30",
            "the taper would reach past the closing; allowed is an exit by month 25, or no taper",
        ],
    ),
    "a taper by month past the closing": (
        ("funder.Beta Fund.taper=[0.5, 0.5]", "funder.Beta Fund.exit=27", "members.champions=0"),
        ["funder.Beta Fund.taper is [0.5, 0.5], for 2 months, but the network closes in month 25"],
    ),
    "a taper by month that is longer than the time before": (
        ("funder.taper=[0.9, 0.8, 0.7]", "funder.exit=2", "funder.notice=0"),
        ["funder.taper is [0.9, 0.8, 0.7], for 3 months, but the funder leaves in month 2", "at most 2"],
    ),
    "a share above 1": (("funder.taper=[1.2, 0.5]",), ["funder.taper is [1.2, 0.5]", "from 0 to 1", "share 1 is 1.2"]),
    "a share that is no number": (("funder.taper=[0.5, nan]",), ["funder.taper is [0.5, nan]", "share 2 is nan"]),
    "a share that is a text": (("funder.Beta Fund.taper=[0.5, 'x']",), ["funder.Beta Fund.taper is", 'share 2 is "x"']),
    "a taper that rises": (
        ("funder.taper=[0.8, 0.3, 0.6]",),
        ["that do not rise", "share 3 is 0.6, above 0.3 before it"],
    ),
    "half a month of taper": (("funder.taper=1.5",), ["funder.taper is 1.5: allowed is 0 to 240", "as a whole number"]),
    "shares that do not sum in a month": (
        ("funder.backbone=0.8", "funder.Beta Fund.backbone=0.7", "funder.Beta Fund.entry=12"),
        ["shares of backbone of the funders that are there in month 12 sum to 1.5 (0.8 + 0.7)", "at most 1"],
    ),
    "a share that is left out after one that paid all": (
        ("funder.backbone=1", "funder.Beta Fund.entry=13"),
        ["funder.Beta Fund.backbone is left out, which leaves nothing for it", "say its share"],
    ),
    "an exit after the run": (("funder.Beta Fund.exit=99",), ["funder.Beta Fund.exit is 99", "1 to 61"]),
    "a name that is near": (("funder.Beta Found.exit=9",), ["no funder is called", "did you mean 'Beta Fund'?"]),
    "a name that is nobody's": (("funder.Zeta.exit=9",), ['called "Zeta"', 'funders after the first are "Beta Fund"']),
    "the first by its name": (("funder.Alpha.exit=9",), ["the first funder's is funder.exit"]),
    "two of a name": (("funder.name=Beta Fund",), ['two funders are called "Beta Fund"']),
    "a name with quotes": (('funder.name=A.b "ü"',), ["called 'A.b \"ü\"': allowed"]),
    "a name with quotes of both kinds": (('funder.name=A.b "\'"',), ['called "A.b \\"\'\\"": allowed']),
    "a name that is a key": (("funder.name=shift",), ['called "shift"']),
    "a shift after the run": (("funder.Beta Fund.shift.month=99",), ["funder.Beta Fund.shift.month is 99"]),
    "priorities of other topics": (("funder.Beta Fund.priorities=[1, 2]",), ["funder.Beta Fund.priorities has 2 wei"]),
    "all of them at once": (("funder.others=3",), ["funder.others is 3", "[[funder]] table"]),
}


@pytest.mark.parametrize(("overrides", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_does_not_go_together_is_refused_with_the_way_out(
    tmp_path: Path, overrides: tuple[str, ...], said: list[str]
) -> None:
    message = refused(tmp_path, TWO, *overrides)
    assert all(part in message for part in said), message


def test_a_bad_name_brings_no_word_about_shares(tmp_path: Path) -> None:
    shares = ("funder.Beta Fund.backbone=0.9", "funder.Beta Fund.weight=0.9")
    assert "shares" in refused(tmp_path, TWO, *shares)
    for name in ("A.b", "Beta Fund"):
        message = refused(tmp_path, TWO, *shares, f"funder.name={name}")
        assert len(message.splitlines()) == 2, message


def test_a_taper_of_no_months_is_taken_alike_of_every_funder(tmp_path: Path) -> None:
    two = read(tmp_path, TWO, "funder.taper=[]", "funder.Beta Fund.taper=[]", "funder.Beta Fund.exit=20")
    assert [(one.taper, one.taper_months) for one in two.funders] == [((), 0), ((), 0)]


def test_one_funder_may_follow_another_and_pay_all_of_it_again(tmp_path: Path) -> None:
    follows = ("funder.backbone=1", "funder.Beta Fund.backbone=1", "funder.grants=1", "funder.Beta Fund.grants=1")
    found = read(tmp_path, TWO, *follows, "funder.Beta Fund.entry=13", "funder.weight=0.9", "funder.Beta Fund.weight=1")
    assert [(one.backbone, one.weight, one.entry) for one in found.funders] == [(1, 0.9, 1), (1, 1, 13)]
    assert "month 12 sum to 2 (1 + 1)" in refused(tmp_path, TWO, *follows, "funder.Beta Fund.entry=12")
    heavy = refused(tmp_path, TWO, "funder.weight=0.9", "funder.Beta Fund.entry=12")
    assert "weights of the funders in the agenda sum to 1.1 in month 12 (0.9 + 0.2)" in heavy


def test_a_taper_by_month_is_read_written_and_shown(tmp_path: Path) -> None:
    listed = TWO.replace("taper = 2", "taper = [1, 0.6]") + "exit = 20\ntaper = [0.5, 0.5, 0]\nentry = 4\n"
    listed = listed.replace("[funder.shift]\nmonth = 10\ngrants = 0.5\n", "")
    two = read(tmp_path, listed)
    assert (two.funder.taper, two.funder.others[0].taper, two.funder.others[0].entry) == (
        (1.0, 0.6),
        (0.5, 0.5, 0.0),
        4,
    )
    written = scenarios.to_toml(two)
    assert "taper = [1.0, 0.6]" in written
    assert read(tmp_path, written).funders == two.funders
    assert read(tmp_path, listed, "funder.taper=[0.6, 0.6]").funder.taper == (0.6, 0.6)
    assert read(tmp_path, listed, "funder.taper=0").funder.taper == 0
    assert scenarios.fingerprint(two) != scenarios.fingerprint(read(tmp_path, listed, "funder.taper=2"))
    assert {row.key: row.value for row in scenarios.rows(two)}["funder.taper"] == (1.0, 0.6)


def test_a_scenario_with_two_funders_keeps_its_fingerprint_from_before_funders_could_come_later() -> None:
    assert scenarios.fingerprint(scenarios.load("taper", posterior=None)) == TAPER_BEFORE
    assert scenarios.fingerprint(scenarios.load("taper", ["funder.Second funder.entry=2"], None)) != TAPER_BEFORE


TAPER_BEFORE = "fabd24ca885900511e4cbc112045f454f063bd7f797831247128bc3d0ca9d645"
"""Of taper with fixed parameters."""


def test_one_funder_pays_everything_and_a_further_one_has_a_name(tmp_path: Path) -> None:
    assert "there is no other funder" in refused(tmp_path, HEAD + "[funder]\nbackbone = 0.5\n")
    nameless = refused(tmp_path, HEAD + "[[funder]]\n[[funder]]\nweight = 0.1\n")
    assert "name of funder 2 is missing" in nameless
    misspelt = refused(tmp_path, TWO + '[[funder]]\nname = "Gamma"\nexitt = 9\n')
    assert "funder.Gamma.exitt" in misspelt
    assert "did you mean funder.exit?" in misspelt
    assert "funder is [1, 2]" in refused(tmp_path, "funder = [1, 2]\n" + HEAD)


def test_who_leaves_with_whom_and_what_is_left_is_said(tmp_path: Path) -> None:
    three = TWO.replace(
        '[[funder]]\nname = "Beta', '[[funder]]\nname = "Gamma"\nbackbone = 0.1\n[[funder]]\nname = "Beta', 1
    )
    both = " ".join(idle(read(tmp_path, three, "funder.Gamma.exit=12")))
    assert "2 funders leave in month 12; of the backbone 0.3 is still paid for" in both
    gone = " ".join(idle(read(tmp_path, TWO, "funder.Beta Fund.exit=14", "members.replacement=0.2")))
    assert "after month 14 no funder is left" in gone
    late = " ".join(idle(read(tmp_path, TWO, "funder.exit=30", "funder.taper=0")))
    assert "funder.exit is 30, not before the closing in month 25" in late
    assert idle(read(tmp_path, TWO)) == []
    before = " ".join(idle(read(tmp_path, TWO, "funder.entry=5", "funder.Beta Fund.entry=7")))
    assert "before month 5 no funder is there; nothing is facilitated or granted until then" in before
    gap = " ".join(idle(read(tmp_path, TWO, "funder.Beta Fund.entry=15", "members.replacement=0.2")))
    assert "from month 13 to month 14 no funder is there" in gap
    assert "the share that members replace, 0.2" in gap
    listed = " ".join(idle(read(tmp_path, TWO, "funder.exit=never", "funder.taper=[0.8, 0.5]")))
    assert 'funder.taper ([0.8, 0.5]) do nothing, because funder.exit is "never"' in listed


def test_what_does_nothing_is_said_of_every_funder(tmp_path: Path) -> None:
    said = " ".join(idle(read(tmp_path, TWO, "funder.Beta Fund.taper=3", "funder.Beta Fund.shift.month=never")))
    assert 'funder.Beta Fund.taper (3) does nothing, because funder.Beta Fund.exit is "never"' in said
    assert "funder.Beta Fund.shift.grants (0.5) does nothing" in said
    silent = " ".join(idle(read(tmp_path, TWO, "funder.Beta Fund.weight=0")))
    assert "funder.Beta Fund.priorities" in silent
    assert always_without_effect([read(tmp_path, TWO)], ["funder.Beta Fund.notice"]) == {
        "funder.Beta Fund.notice": 'funder.Beta Fund.exit is "never"'
    }


def test_every_key_of_a_further_funder_is_looked_up_like_one_of_the_schema(tmp_path: Path) -> None:
    two = read(tmp_path, TWO)
    mine = [key for key in keys_of(two) if key.startswith("funder.Beta Fund.")]
    assert mine == [f"funder.Beta Fund.{own}" for own in OF_ANOTHER]
    for key in mine:
        known, own = key_named(key), scenarios.KEYS[key.replace("Beta Fund.", "")]
        assert known is not None
        assert (known.key, known.unit, known.role, known.allowed) == (key, own.unit, own.role, own.allowed)
        assert (known.fault("x" * 3) or "").startswith(f"{key} is ")
        value = scenarios.value_of(two, key)
        assert scenarios.replace(two, {key: value}).funders == two.funders
    shown = {row.key: row for row in scenarios.rows(two)}
    assert shown["funder.Beta Fund.shift.month"].value == 10
    assert shown["funder.Beta Fund.weight"].source == scenarios.source_of(two, "funder.others")
    with pytest.raises(KeyError):
        scenarios.value_of(two, "funder.Gamma.exit")
    assert key_named("funder.Beta Fund.exitt") is None
    assert key_named("funder.shift.exit") is None


def test_a_key_of_a_further_funder_is_varied_and_a_misspelt_one_is_not(tmp_path: Path) -> None:
    two = read(tmp_path, TWO)
    design = plan(two, ["funder.Beta Fund.exit=9,never", "funder.Beta Fund.shift.grants=0:1:0.5"])
    exits = [design.scenario(point).funder.others[0].exit for point in range(len(design))]
    assert exits == [9, 9, 9, "never", "never", "never"]
    assert design.scenario(1).funder.others[0].shift_grants == 0.5
    assert design.factors[1].unit == "ratio"
    assert design.factors[1].text.endswith("(of Beta Fund)")
    salex = scenarios.load("salex", posterior=None)
    for vary, of, said in (
        ("funder.Beta Found.exit=9,12", [two], ["no funder is called \"Beta Found\"; did you mean 'Beta Fund'?"]),
        ("funder.Beta Fund.exitt=9,12", [two], ["did you mean funder.Beta Fund.exit?"]),
        ("funder.Beta Fund.exit=9,12", [two, salex], ['no funder of salex is called "Beta Fund": there is one funder']),
        ("funder.Beta Fund.exit=0,12", [two], ["funder.Beta Fund.exit is 0: allowed is 1 to 1200"]),
        ("funder.Beta Fund.taper=[0.5,0.2]", [two], ["taper is a list, which --vary cannot write"]),
    ):
        with pytest.raises(ScenarioError) as caught:
            plan(of, [vary])
        assert all(one in str(caught.value) for one in said), str(caught.value)


def test_futures_vary_a_further_funder(tmp_path: Path) -> None:
    two = read(tmp_path, TWO)
    (tmp_path / "f.toml").write_text('[vary."funder.Beta Fund"]\nexit = ["never", 9]\n', encoding="utf-8")
    (tmp_path / "f.csv").write_text("funder.Beta Fund.exit,members.replacement\n9,0.1\nnever,0.3\n", encoding="utf-8")
    for name in ("f.toml", "f.csv"):
        found = read_futures(str(tmp_path / name), [two], count=2)
        exits = {found.design([two]).scenario(point).funder.others[0].exit for point in range(2)}
        assert exits == {9, "never"}
    (tmp_path / "f.toml").write_text('[vary]\n"funder.Beta Found.exit" = [9, 12]\n', encoding="utf-8")
    (tmp_path / "f.csv").write_text("funder.Beta Found.exit\n9\n", encoding="utf-8")
    for name, said in (("f.toml", "did you mean 'Beta Fund'?"), ("f.csv", "did you mean funder.Beta Fund.exit?")):
        with pytest.raises(ScenarioError, match="Beta Found") as caught:
            read_futures(str(tmp_path / name), [two])
        assert said in str(caught.value)


def test_the_funders_that_a_new_file_has_as_comments_may_stand(tmp_path: Path) -> None:
    path = scenarios.found(tmp_path / "mine")
    lines = path.read_text(encoding="utf-8").replace("\n[funder]\n", "\n[[funder]]\n").split("\n")
    begins = lines.index("# [[funder]]")
    ends = next(place for place in range(begins, len(lines)) if not lines[place].startswith("#"))
    lines[begins:ends] = [line.removeprefix("# ") for line in lines[begins:ends]]
    (second,) = read(tmp_path / "mine", "\n".join(lines)).funder.others
    assert (second.name, second.backbone, second.exit, second.taper) == ("Second funder", 0.5, 24, 6)
