"""Factors: what `--vary` may say of a key, which values come of it, and that nothing it says is misread."""

import json
import re
from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios import KEYS, ScenarioError
from scenarios.designs.factors import MOST_LEVELS, SCENARIO, Factor
from scenarios.designs.reading_factors import read_factors

INTENSITY = "facilitation.intensity"
RANGED = [key for key, known in KEYS.items() if known.prior is not None]
RANGELESS = [key for key, known in KEYS.items() if known.prior is None]
PLAIN = {"float": float, "int": int, "bool": bool, "str": str}


def factor(text: str) -> Factor:
    (only,) = read_factors([text])
    return only


def refused(*varied: str) -> list[str]:
    with pytest.raises(ScenarioError, match=r"^--vary cannot be used:\n") as refusal:
        read_factors(varied)
    return list(refusal.value.faults)


def ends(one: Factor) -> tuple[Any, Any]:
    return one.value(0.0), one.value(1.0)


# The range that the schema names.


def test_there_are_keys_with_a_range_and_keys_without() -> None:
    assert len(RANGED) > 50, "the tests below would pass without checking anything"
    assert RANGELESS


@pytest.mark.parametrize("key", RANGED)
def test_a_key_alone_is_varied_from_end_to_end_of_its_prior_in_values_that_are_allowed(key: str) -> None:
    one, known = factor(key), KEYS[key]
    assert ends(one) == known.prior
    values = [one.value(share) for share in np.linspace(0.0, 1.0, 41)]
    assert [known.fault(value) for value in values] == [None] * 41
    assert {type(value) for value in values} == {PLAIN[known.kind]}
    assert (one.text, one.unit, one.is_numeric) == (known.text, known.unit, known.kind != "bool")


@pytest.mark.parametrize("key", RANGELESS)
def test_a_key_without_a_prior_is_not_given_one(key: str) -> None:
    (fault,) = refused(key)
    assert fault.startswith((f"{key} has no range of its own; write what to try: {key}=...", f"{key} is a list, "))


# Ranges.


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        (f"{INTENSITY}=0.2:0.7", 0.2, 0.7),
        (f"  {INTENSITY} = 0.2 : 0.7 ", 0.2, 0.7),
        (f"{INTENSITY}=.5:1.", 0.5, 1.0),
        (f"{INTENSITY}=-0:1", 0.0, 1.0),
        (f"{INTENSITY}=0.123456789012345:0.987654321098123", 0.123456789012345, 0.987654321098123),
        ("behaviour.yes_base=-4:-1.2", -4.0, -1.2),
        ("grants.size=1e4:1E5", 10_000.0, 100_000.0),
        ("network.members=1_000:2_000", 1000, 2000),
        ("network.members=1e1:1e2", 10, 100),
        ("grants.per_call=0:4", 0, 4),
        ("closing.month=12:60", 12, 60),
    ],
)
def test_a_range_reaches_from_the_number_written_first_to_the_second(text: str, low: float, high: float) -> None:
    one = factor(text)
    assert ends(one) == (low, high)
    assert type(one.value(0.0)) is type(one.value(0.3)) is type(low)
    assert str(one.value(0.0)) == str(low), "-0 would be printed"


def test_a_share_of_a_range_of_decimals_is_that_far_along_it_and_written_in_few_digits() -> None:
    assert factor(f"{INTENSITY}=0.1:0.9").value(0.25) == 0.3  # 0.1 + 0.25 x 0.8 is 0.30000000000000004 in binary


def test_a_range_never_leaves_its_ends_however_its_values_are_rounded() -> None:
    one = factor(f"{INTENSITY}=0.1234567890127:0.1234567890128")
    assert one.low is not None
    assert one.high is not None
    assert all(one.low <= one.value(share) <= one.high for share in np.linspace(0.0, 1.0, 101))


def test_each_whole_number_of_a_range_gets_an_equal_part_the_ends_too() -> None:
    one = factor("grants.per_call=3:7")
    shares = (np.arange(1000) + 0.5) / 1000
    assert Counter(one.value(share) for share in shares) == dict.fromkeys(range(3, 8), 200)


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        (f"{INTENSITY}=0.1:0.5:0.1", (0.1, 0.2, 0.3, 0.4, 0.5)),
        (f"{INTENSITY}=0:1:1", (0.0, 1.0)),
        (f"{INTENSITY}=0.1:0.5:0.15", (0.1, 0.25, 0.4)),
        ("behaviour.yes_base=-0.3:0.3:0.1", (-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3)),
        ("grants.per_call=0:4:2", (0, 2, 4)),
        ("grants.per_call=0:5:2.0", (0, 2, 4)),
        ("closing.month=12:36:12", (12, 24, 36)),
    ],
)
def test_steps_are_counted_in_decimals_and_reach_the_upper_end_where_they_meet_it(
    text: str, levels: tuple[float, ...]
) -> None:
    one = factor(text)
    assert one.levels == levels
    assert [type(level) for level in one.levels] == [type(level) for level in levels]
    assert [one.value(share) for share in one.steps()] == list(levels)


@pytest.mark.parametrize("text", [f"{INTENSITY}=0:1", "grants.per_call=0:100", "grants.per_call=1:3"])
def test_a_grid_over_a_range_takes_five_even_values_or_as_many_as_there_are(text: str) -> None:
    one = factor(text)
    values = [one.value(share) for share in one.steps()]
    assert len(values) == (3 if text.endswith("1:3") else 5)
    assert (values[0], values[-1]) == ends(one)
    assert len(set(np.diff(values))) == 1


# Levels.


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        (f"{INTENSITY}=1,0,0.5", (1.0, 0.0, 0.5)),
        (f"{INTENSITY}=.5, 1.", (0.5, 1.0)),
        ("network.members=0x10,1_000, 007", (16, 1000, 7)),
        ("closing.capstone=true,false", (True, False)),
        ("closing.capstone", (False, True)),
        ("closing.month=12, never,36", (12, "never", 36)),
        ('closing.month="never",12', ("never", 12)),
        ("members.file=a.csv,2024", ("a.csv", "2024")),
        ("members.file=\"a,b.csv\", 'c,d.csv',o'neil.csv", ("a,b.csv", "c,d.csv", "o'neil.csv")),
        ('members.file="a\\",b",c:d', ('a",b', "c:d")),
        ("scenario=salex,sparc", ("salex", "sparc")),
        ('scenario="one, two.toml",2024', ("one, two.toml", "2024")),
    ],
)
def test_levels_are_the_values_between_commas_in_their_order_and_of_their_kind(
    text: str, levels: tuple[Any, ...]
) -> None:
    one = factor(text)
    assert one.levels == levels
    assert [type(level) for level in one.levels] == [type(level) for level in levels]
    assert ends(one) == (levels[0], levels[-1])


def test_a_number_or_never_is_no_axis_for_a_curve() -> None:
    assert factor("closing.month=12,24").is_numeric
    assert not factor("closing.month=12,never").is_numeric


@pytest.mark.parametrize("count", [2, 3, 7])
def test_each_level_gets_an_equal_part_and_thirds_fall_where_they_belong(count: int) -> None:
    one = Factor("grants.per_call", levels=tuple(range(count)))
    shares = (np.arange(100 * count) + 0.5) / (100 * count)
    assert Counter(one.value(share) for share in shares) == dict.fromkeys(range(count), 100)
    assert [one.value(np.float64(place) * (1 / count)) for place in range(count)] == list(range(count))


def test_every_factor_can_be_written_down_as_plain_data() -> None:
    factors = read_factors([INTENSITY, "grants.per_call=0:4:2", "closing.month=12,never", "scenario=salex,sparc"])
    written = [one.describe() for one in factors]
    assert json.loads(json.dumps(written)) == written
    assert written[2] == {"key": "closing.month", "levels": [12, "never"]}


# Faults.


def test_every_fault_of_every_factor_is_said_at_once() -> None:
    faults = refused(
        "facilitation.intensty=0:1",
        f"{INTENSITY}=7,0.5,8",
        "grants.per_call=-1:x",
        "network.members=1:2.5",
        "=",
        INTENSITY,
    )
    words = [
        r"^facilitation\.intensty is not .* facilitation\.intensity\?$",
        r"^facilitation\.intensity is 7: .*\b0 to 1 ",
        r"^facilitation\.intensity is 8: .*\b0 to 1 ",
        r'^grants\.per_call=-1:x: "x" is not a number .*\b0 to 100000 ',
        r"^network\.members is 1: .*\b2 to 1000000 ",
        r"^network\.members: 2\.5 is not a whole number; .*\b2 to 1000000 ",
        r"^an empty text is not a key .*KEY=LOW:HIGH:STEP",
    ]
    for fault, word in zip(faults, words, strict=True):
        assert re.search(word, fault)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "an empty text is not a key"),
        (":", ": is not a key of a scenario; write KEY"),
        ("=0:1", "an empty text is not a key"),
        ("intensity=0:1", "did you mean facilitation.intensity?"),
        ("scenari=salex,sparc", "did you mean scenario?"),
        ("funder.shift=1,2", "it is a table; vary a key in it, such as funder.shift.month"),
        ("title=a,b", "title is not a key of a scenario"),
        (f"{INTENSITY}=", "is varied over nothing; write KEY"),
        (f"{INTENSITY}=  ", "is varied over nothing; write KEY"),
        (f"{INTENSITY}=:", '"" is not a number'),
        (f"{INTENSITY}=0:", '"" is not a number'),
        (f"{INTENSITY}==0:1", '"=0" is not a number'),
        (f"{INTENSITY}=0:1:", '"" is not a number'),
        (f"{INTENSITY}=0:1:0.1:2", "4 numbers; write LOW:HIGH or LOW:HIGH:STEP"),
        (f"{INTENSITY}=1e400:2", '"1e400" is not a number that can be used; allowed is 0 to 1'),
        (f"{INTENSITY}=0:1e999999999999999999999", "is not a number that can be used"),
        (f"{INTENSITY}=0:1e-9999999", "is not a number that can be used"),
        (f"{INTENSITY}=inf:1", '"inf" is not a number'),
        (f"{INTENSITY}=0:nan", '"nan" is not a number'),
        (f"{INTENSITY}=0:sNaN", '"sNaN" is not a number'),
        (f"{INTENSITY}=\N{MINUS SIGN}1:1", '"\N{MINUS SIGN}1" is not a number'),
        (f"{INTENSITY}=0x0:0x1", '"0x0" is not a number'),
        (f"{INTENSITY}=0.2:0.8;0.1", '"0.8;0.1" is not a number'),
        (f"{INTENSITY}=0.8:0.2", "LOW is 0.8, HIGH is 0.2; LOW must be below HIGH"),
        (f"{INTENSITY}=0.5:0.5", "LOW must be below HIGH"),
        (f"{INTENSITY}=0.1:0.10000000000000000001", "LOW must be below HIGH"),
        (f"{INTENSITY}=0:1.5", "facilitation.intensity is 1.5: allowed is 0 to 1"),
        (f"{INTENSITY}=0:1:-0.1", "STEP is -0.1; allowed is above 0, to 1"),
        (f"{INTENSITY}=0:1:0", "STEP is 0; allowed is above 0, to 1"),
        (f"{INTENSITY}=0:1:2", "STEP is 2; allowed is above 0, to 1"),
        (f"{INTENSITY}=0:1:1e-9", "more than 100,000 levels; take a larger STEP"),
        (f"{INTENSITY}=0:1:1e-300", "more than 100,000 levels; take a larger STEP"),
        (f"{INTENSITY}=0:1:1e-999999", "is not a number that can be used"),
        (f"{INTENSITY}=0.1:0.10000000000000004:1e-20", "too small to tell values apart"),
        ("network.members=10:20:0.5", "STEP is 0.5; allowed is a whole number"),
        ("network.members=10.5:20", "10.5 is not a whole number"),
        ("network.members=10.0,20", "write 10, without a point"),
        ("closing.month=12:never", "write values: closing.month=A,B,never"),
        ("closing.month=12,nevr", 'closing.month is "nevr": allowed is 1 to 1200, or "never"'),
        (
            f"{INTENSITY}=0.5",
            "varied over one value; give two or more, or fix it with --set facilitation.intensity=0.5",
        ),
        ("closing.capstone=true", "fix it with --set closing.capstone=true"),
        ("members.file=a.csv", "fix it with --set members.file=a.csv"),
        ("scenario=salex", "fix it with legato sweep salex"),
        ("scenario", "scenario is varied without names; write scenario="),
        ("scenario=salex,,sparc", "scenario has an empty value"),
        ("members.file=a.csv,", "members.file has an empty value"),
        (f"{INTENSITY}=0,,1", 'facilitation.intensity is "": allowed is 0 to 1'),
        (f"{INTENSITY}=0,1,0.0", "facilitation.intensity has 0.0 twice; give it once"),
        ("closing.capstone=true,true", "closing.capstone has true twice"),
        ("scenario=salex,salex", 'scenario has "salex" twice'),
        ("closing.capstone=0:1", 'closing.capstone is "0:1": allowed is true or false'),
        ("closing.capstone=0,1", "closing.capstone is 0: allowed is true or false"),
        ("closing.capstone=True,False", 'closing.capstone is "True": allowed is true or false'),
        (f"{INTENSITY}=true,false", "facilitation.intensity is true: allowed is 0 to 1"),
        (f"{INTENSITY}=inf,1", "facilitation.intensity is inf: allowed is 0 to 1"),
        (f"{INTENSITY}={'9' * 400},1", "is a whole number of more than 60 digits: allowed is 0 to 1"),
        (f"{INTENSITY}={'9' * 5000},1", "facilitation.intensity is inf: allowed is 0 to 1"),
        ("funder.priorities", "vary those: scenario=one.toml,other.toml"),
        ("funder.priorities=[1, 0],[0, 1]", "vary those: scenario=one.toml,other.toml"),
    ],
)
def test_what_cannot_be_varied_is_refused_with_the_way_out(text: str, said: str) -> None:
    assert said in refused(text)[0]


def test_a_factor_given_twice_is_refused() -> None:
    assert refused(INTENSITY, f"{INTENSITY}=0,1") == [f"{INTENSITY} is varied twice; give it once"]


@pytest.mark.parametrize(
    "text", ["{key}=0:1\n2", "{key}=0\n1,2", "{key}={long}:1", "{long}", "{key}=1:0.{long}", "\n=\n"]
)
def test_a_fault_is_one_line_of_bearable_length_whatever_was_written(text: str) -> None:
    (*faults,) = refused(text.format(key=INTENSITY, long="1" * 50_000))
    assert len(faults) == text.count(",") + 1
    assert all(len(fault) < 400 for fault in faults)


def test_more_values_than_a_design_may_hold_are_refused_without_delay() -> None:
    many = ",".join(str(number) for number in range(2, MOST_LEVELS + 3))
    assert refused(f"network.members={many}") == [
        f"network.members has {MOST_LEVELS + 1:,} values; allowed is {MOST_LEVELS:,}"
    ]


_NUMBER = st.one_of(
    st.floats().map(str),
    st.integers().map(str),
    st.decimals(allow_nan=True).map(str),
    st.text("0123456789.eE+-_", max_size=12),
)
_TOKEN = st.one_of(_NUMBER, st.sampled_from(["never", "true", '"', "'", "\\", "=", "[", "#", "\n", " ", ""]), st.text())
_SAID = st.lists(st.tuples(_TOKEN, st.sampled_from([":", ",", ":", ",", ""])), max_size=6).map(
    lambda pairs: "".join(token + mark for token, mark in pairs)
)
_VARIED = st.one_of(
    st.text(), st.tuples(st.sampled_from([*KEYS, SCENARIO]), st.sampled_from(["=", "", " = "]), _SAID).map("".join)
)


@pytest.mark.parametrize("examples", [100, pytest.param(500, marks=pytest.mark.slow)])
def test_any_text_makes_factors_whose_values_are_allowed_or_is_refused(examples: int) -> None:
    @settings(max_examples=examples, deadline=None, database=None, derandomize=True)
    @given(st.lists(_VARIED, max_size=3))
    def tried(varied: list[str]) -> None:
        try:
            factors = read_factors(varied)
        except ScenarioError:
            return
        assert len(factors) == len(varied)
        for one in factors:
            values = [one.value(share) for share in (0.0, 0.1, 1 / 3, 0.5, 0.999999, 1.0)]
            if one.key == SCENARIO:
                assert all(isinstance(value, str) and value for value in values)
            else:
                assert [KEYS[one.key].fault(value) for value in values] == [None] * 6
            assert json.loads(json.dumps(values)) == values

    tried()
