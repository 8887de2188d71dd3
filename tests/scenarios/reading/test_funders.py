"""Several funders in a file: what is read, what is written again, and what is refused with its way out."""

from pathlib import Path

import pytest

import scenarios
from scenarios import Scenario, ScenarioError
from scenarios.reading.idle_values import idle
from scenarios.schema.funders import CoFunder

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
    "an exit after the run": (("funder.Beta Fund.exit=99",), ["funder.Beta Fund.exit is 99", "1 to 61"]),
    "a name that is near": (("funder.Beta Found.exit=9",), ["no funder is called", "did you mean 'Beta Fund'?"]),
    "a name that is nobody's": (("funder.Zeta.exit=9",), ['called "Zeta"', 'funders after the first are "Beta Fund"']),
    "the first by its name": (("funder.Alpha.exit=9",), ["the first funder's is funder.exit"]),
    "two of a name": (("funder.name=Beta Fund",), ['two funders are called "Beta Fund"']),
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
    late = " ".join(idle(read(tmp_path, TWO, "funder.exit=30")))
    assert "funder.exit is 30, not before the closing in month 25" in late
    assert idle(read(tmp_path, TWO)) == []


def test_the_funders_that_a_new_file_has_as_comments_may_stand(tmp_path: Path) -> None:
    path = scenarios.found(tmp_path / "mine")
    lines = path.read_text(encoding="utf-8").replace("\n[funder]\n", "\n[[funder]]\n").split("\n")
    begins = lines.index("# [[funder]]")
    ends = next(place for place in range(begins, len(lines)) if not lines[place].startswith("#"))
    lines[begins:ends] = [line.removeprefix("# ") for line in lines[begins:ends]]
    (second,) = read(tmp_path / "mine", "\n".join(lines)).funder.others
    assert (second.name, second.backbone, second.exit, second.taper) == ("Second funder", 0.5, 24, 6)
