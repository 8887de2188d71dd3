"""Reading what happened: every fault at once, each with file, line, key and the way out; no other error gets out."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest  # type: ignore[attr-defined]

import scenarios
from scenarios.observed.groups import Exposure
from scenarios.observed.reading import ALL, ObservedError, read_observed, studies
from scenarios.observed.study import OF_WHOLE_RUN, Measured, Observed
from scenarios.schema.measured import wilson
from simulation.outcomes import COUNTS, FINAL, NAMES

settings.register_profile("seeded", deadline=None, derandomize=True, database=None)
settings.load_profile("seeded")

HEAD = 'title = "Mine"\nsource = "a report"\n'
GOOD: dict[str, str] = {
    "id": '"one"',
    "outcome": '"collaboration_rate"',
    "month": "25",
    "observed": "{ successes = 17, of = 22 }",
}


def pattern(**changes: str | None) -> str:
    """A pattern as a file has it, one key a line: a good one, with other values; None leaves a key out."""
    values = {**GOOD, **changes}
    return "[[pattern]]\n" + "".join(f"{key} = {value}\n" for key, value in values.items() if value is not None)


def write(folder: Path, text: str | bytes, name: str = "mine.toml") -> str:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return str(path)


def read(folder: Path, text: str | bytes) -> Observed:
    (study,) = read_observed(write(folder, text), NAMES)
    return study


def refused(folder: Path, text: str | bytes) -> list[str]:
    """The faults of a file, each without the folder that the file is in."""
    file = write(folder, text)
    with pytest.raises(ObservedError) as refusal:
        read_observed(file, NAMES)
    return [line.strip().replace(file, "mine.toml") for line in str(refusal.value).splitlines()]


def fault(folder: Path, text: str) -> str:
    """The one fault of a file."""
    first, *faults = refused(folder, text)
    assert first == "mine.toml cannot be used:"
    assert len(faults) == 1, faults
    return faults[0]


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.split("\n"), 1) if part in line)


# What is read.


def test_a_study_is_the_shipped_scenario_under_its_setting(tmp_path: Path) -> None:
    study = read(
        tmp_path,
        HEAD
        + '[setting]\nnetwork.members = 30\n"closing.month" = 30\n'
        + '[sources]\n"network.members" = "estimate: counted"\n'
        + pattern(month="30"),
    )
    assert (study.name, study.title) == ("mine", "Mine")
    assert study.scenario.network.members == 30
    assert study.scenario.closing_month == 30
    assert study.scenario.grants == scenarios.load("salex", posterior=None).grants
    assert study.settled == {"network.members", "closing.month"}
    assert study.scenario.sources["network.members"] == "estimate: counted"
    assert study.scenario.sources["closing.month"] == "assumption: set by mine without a source"


def test_a_pattern_says_what_it_takes_from_the_file_and_from_nobody(tmp_path: Path) -> None:
    (one,) = read(tmp_path, HEAD + 'about = "coalitions"\n' + pattern()).patterns
    assert (one.source, one.about, one.clock, one.statistic) == ("a report", "coalitions", "start", "value")
    assert (one.months, one.networks, one.at_least, one.null) == ((25,), 1, None, None)
    assert one.span == (0.0, 1.0), "a share may be anything from 0 to 1"
    (one,) = read(tmp_path, HEAD + pattern(observed="{ low = 1.0 }", outcome='"evidence"')).patterns
    assert one.about == "organizations"
    assert one.span is None, "a count has no largest value"


def test_arms_hold_groups_of_pairs_and_settings(tmp_path: Path) -> None:
    arms = '[{ name = "a", met = "group", by = 2, overlap = [0, 0.5] }, { set = { "grants.per_call" = 0 } }]'
    (one,) = read(
        tmp_path, HEAD + pattern(outcome='"applied"', month="[3, 9]", statistic='"ratio"', arms=arms)
    ).patterns
    assert one.arms[0].pairs == Exposure(met="group", by=2, overlap=(0.0, 0.5))
    assert one.arms[1].settings == {"grants.per_call": 0}
    assert one.arms[1].pairs is None


def test_pairs_can_be_counted_in_a_window_without_arms(tmp_path: Path) -> None:
    for outcome in ("acquainted", "applied", "collaborated", "output"):
        (one,) = read(tmp_path, HEAD + pattern(outcome=f'"{outcome}"', month="[1, 24]")).patterns
        assert not one.compares_months, f"the months of {outcome} are a window, not before and after"


def test_two_months_of_a_network_are_before_and_after(tmp_path: Path) -> None:
    (one,) = read(tmp_path, HEAD + pattern(month="[6, 24]", statistic='"difference"', observed="{ low = 0 }")).patterns
    assert one.compares_months
    assert one.null == 0.0


@pytest.mark.parametrize(
    ("written", "measured"),
    [
        ("{ value = 0.2, low = -0.1, high = 0.5 }", Measured(0.2, -0.1, 0.5)),
        ("{ low = 1 }", Measured(None, 1.0, None)),
        ("{ high = 0.5 }", Measured(None, None, 0.5)),
        ("{ successes = 5, of = 10, low = 0.2, high = 0.9 }", Measured(0.5, 0.2, 0.9, 5, 10)),
    ],
)
def test_what_was_observed_keeps_its_interval(tmp_path: Path, written: str, measured: Measured) -> None:
    (one,) = read(tmp_path, HEAD + pattern(observed=written)).patterns
    assert one.observed == measured


def test_an_interval_holds_its_ends_and_an_open_one_everything_beyond() -> None:
    assert Measured(None, 1.0, 2.0).holds(1.0)
    assert Measured(None, 1.0, 2.0).holds(2.0)
    assert not Measured(None, 1.0, 2.0).holds(2.0 + 1e-9)
    assert Measured(None, None, 0.0).holds(-1e9)


def test_a_survey_has_its_files_beside_it(tmp_path: Path) -> None:
    survey = read(tmp_path, HEAD + '[waves]\nties = "t.csv"\nlevels = [0, 0.5, 1]\n').survey
    assert survey is not None
    assert survey.members == str(tmp_path / "members.csv")
    assert survey.ties == str(tmp_path / "t.csv")
    assert survey.answered is None
    assert survey.levels == (0.0, 0.5, 1.0)


def test_a_folder_of_tables_is_a_survey(tmp_path: Path) -> None:
    for name in ("members.csv", "ties.csv", "answered.csv"):
        (tmp_path / name).touch()
    (study,) = read_observed(tmp_path, NAMES)
    assert study.survey is not None
    assert study.survey.answered == str(tmp_path / "answered.csv")
    assert study.patterns == ()


def test_crlf_and_a_byte_order_mark_are_no_faults(tmp_path: Path) -> None:
    text = (HEAD + pattern()).replace("\n", "\r\n")
    assert read(tmp_path, b"\xef\xbb\xbf" + text.encode()).title == "Mine"


# Wilson's interval.


def test_wilsons_interval_of_salex_is_the_published_one() -> None:
    assert wilson(17, 22) == pytest.approx((0.566, 0.899), abs=5e-4)


@pytest.mark.parametrize(("successes", "of"), [(0, 1), (1, 1), (0, 10), (17, 22), (99, 110), (73, 110), (5, 10_000)])
def test_wilsons_interval_is_that_of_scipy(successes: int, of: int) -> None:
    other = binomtest(successes, of).proportion_ci(method="wilson")
    assert wilson(successes, of) == pytest.approx((other.low, other.high), abs=1e-12)


def test_wilsons_ends_hold_none_and_all_exactly() -> None:
    """80 of 80 may be a share of 1; an end of 1 less the last digit says that it is not."""
    for of in range(1, 200):
        assert wilson(0, of)[0] == 0.0
        assert wilson(of, of)[1] == 1.0
        for successes in (0, of):
            other = binomtest(successes, of).proportion_ci(method="wilson")
            assert wilson(successes, of) == pytest.approx((other.low, other.high), abs=1e-12)


# Every kind of fault, in a pattern. Line 3 is [[pattern]]; id, outcome, month and observed are lines 4 to 7.

FAULTS: list[tuple[dict[str, str | None], int, str]] = [
    ({"outcom": '"x"'}, 8, "outcom is no key of pattern; did you mean outcome?"),
    ({"zzz": "1"}, 8, "zzz is no key of pattern; allowed: id, text, outcome"),
    ({"id": "3"}, 4, "id is 3: allowed is text"),
    ({"id": '" "'}, 4, 'id is " ": allowed is text'),
    ({"id": None}, 3, "id is missing"),
    ({"text": "true"}, 8, "text is true: allowed is text"),
    ({"outcome": None}, 3, "outcome is missing: allowed is acquainted, applied"),
    ({"outcome": '"colaborating"'}, 5, 'outcome is "colaborating": allowed is acquainted, applied'),
    ({"outcome": '"colaborating"'}, 5, "; did you mean collaborating?"),
    ({"outcome": '["tied"]'}, 5, 'outcome is ["tied"]: allowed is'),
    ({"outcome": "{ a = 1 }"}, 5, "outcome is a table: allowed is"),
    ({"month": '"25"'}, 6, 'month is "25": allowed is a month from 0 to 1200, or a pair of them, the earlier first'),
    ({"month": "[9, 3]"}, 6, "month is [9, 3]: allowed is a month from 0"),
    ({"month": "[1, 2, 3]"}, 6, "month is [1, 2, 3]: allowed is a month from 0"),
    ({"month": "[]"}, 6, "month is []: allowed is a month from 0"),
    ({"month": "-1"}, 6, "month is -1: allowed is a month from 0"),
    ({"month": "25.0"}, 6, "month is 25.0: allowed is a month from 0"),
    ({"month": "true"}, 6, "month is true: allowed is a month from 0"),
    ({"month": "1" + "0" * 400}, 6, "month is a whole number of more than 60 digits: allowed is a month"),
    (
        {"month": "62"},
        6,
        "month is 62 from the start, but 61 months are simulated; lengthen network.months in [setting]",
    ),
    ({"month": "37", "clock": '"closing"'}, 6, "month is 37 from the closing, but 61 months are simulated"),
    (
        {"month": "25", "outcome": '"survival"'},
        6,
        "month is given, but survival is said of a whole run; leave month out",
    ),
    ({"month": "[6, 24]"}, 6, "month is a pair but statistic is value; name what is made of it: ratio, difference"),
    ({"month": "[6, 6]", "statistic": '"ratio"'}, 6, "month is [6, 6]: two different months are compared"),
    ({"clock": '"grant_ends"'}, 8, 'clock is "grant_ends": allowed is start, closing, grant_end, application'),
    ({"clock": '"grant_ends"'}, 8, "; did you mean grant_end?"),
    ({"clock": '"grant_end"'}, 8, "clock is grant_end: only going_on, ending, funded_again count from there"),
    ({"clock": '"application"'}, 8, "clock is application: only output counts from there"),
    ({"outcome": '"going_on"', "clock": '"start"'}, 8, "clock is start: going_on counts from grant_end"),
    ({"outcome": '"going_on"', "month": "[0, 12]"}, 6, "going_on takes 1 month after the grant"),
    ({"outcome": '"ending"'}, 6, "ending takes 2 months after the grant"),
    ({"outcome": '"ending"', "month": "[12, 12]"}, 6, "month is [12, 12]: two different months are compared"),
    ({"outcome": '"applied"'}, 6, "applied is counted in months from-to; write month = [from, to]"),
    ({"outcome": '"tied"', "month": None}, 3, "tied is asked at the end of a month; write month = ..."),
    ({"statistic": '"ratios"'}, 8, 'statistic is "ratios": allowed is value, ratio, difference, odds_ratio, interior'),
    ({"statistic": '"ratio"'}, 3, "statistic ratio takes 2 arms, found 0 (or a month pair)"),
    ({"statistic": '"interior"', "month": "[6, 24]"}, 3, "statistic interior takes 3 arms, found 2"),
    ({"arms": "[{}, {}]"}, 8, "arms are given but statistic is value; name what is made of them: ratio, difference"),
    ({"arms": "[{}]", "statistic": '"ratio"'}, 8, "statistic ratio takes 2 arms, found 1"),
    ({"arms": "[{}, {}]", "statistic": '"interior"'}, 8, "statistic interior takes 3 arms, found 2"),
    ({"arms": "[{}, {}]", "statistic": '"ratio"', "month": "[6, 24]"}, 6, "month is a pair and arms are given"),
    ({"arms": "3"}, 8, 'arms is 3: allowed is a list of tables, such as [{ met = "convening" }, { met = "none" }]'),
    ({"arms": '[{ meet = "none" }, {}]'}, 8, "meet is no key of arms; did you mean met?"),
    ({"source": "7"}, 8, "source is 7: allowed is text"),
    ({"networks": "0"}, 8, "networks is 0: allowed is a whole number from 1 to 100000"),
    ({"networks": "true"}, 8, "networks is true: allowed is a whole number from 1 to 100000"),
    ({"networks": "2.5"}, 8, "networks is 2.5: allowed is a whole number from 1 to 100000"),
    ({"at_least": "nan"}, 8, "at_least is nan: allowed is a number from"),
    ({"at_least": "-inf"}, 8, "at_least is -inf: allowed is a number from"),
    ({"at_least": "true"}, 8, "at_least is true: allowed is a number from"),
    ({"at_least": "9" * 400}, 8, "at_least is a whole number of more than 60 digits: allowed is"),
    ({"at_least": "0.5", "outcome": '"going_on"'}, 8, "at_least is asked of networks, but going_on of pairs"),
    ({"tied_from": "0.5"}, 8, "tied_from is given, but outcome is collaboration_rate; only tied has it"),
    ({"outcome": '"tied"', "tied_from": "1.5"}, 8, "tied_from is 1.5: allowed is 0 to 1"),
    ({"span": "[1, 0]"}, 8, "span is [1, 0]: allowed is a pair [from, to]"),
    ({"span": "[0, nan]"}, 8, "span is [0, nan]: allowed is a pair [from, to]"),
    ({"span": f"[0, 1{'0' * 400}]"}, 8, "allowed is a pair [from, to]"),
    ({"observed": None}, 3, "observed is left out: allowed is { successes, of }, or { value, low, high }"),
    ({"observed": "0.7"}, 7, "observed is 0.7: allowed is { successes, of }"),
    ({"observed": "{}"}, 7, "observed has no interval: give low, high or both"),
    ({"observed": "{ value = 0.7 }"}, 7, "observed has no interval: give low, high or both"),
    ({"observed": "{ valeu = 0.7, low = 0 }"}, 7, "valeu is no key of observed; did you mean value?"),
    ({"observed": "{ low = 0.2, high = 0.1 }"}, 7, "observed is 0.2, 0.1: allowed is low <= value <= high"),
    ({"observed": "{ low = 0.2, value = 0.1 }"}, 7, "observed is 0.2, 0.1: allowed is low <= value <= high"),
    ({"observed": "{ low = nan }"}, 7, "low is nan: allowed is a number from"),
    ({"observed": "{ high = inf }"}, 7, "high is inf: allowed is a number from"),
    ({"observed": "{ low = false }"}, 7, "low is false: allowed is a number from"),
    ({"observed": f"{{ low = 1{'0' * 400} }}"}, 7, "low is a whole number of more than 60 digits: allowed is"),
    ({"observed": "{ successes = 23, of = 22 }"}, 7, "successes is 23 of 22: allowed is 0 to 22"),
    ({"observed": "{ successes = 3 }"}, 7, "of is missing: write how many successes, and of how many"),
    ({"observed": "{ of = 3 }"}, 7, "successes is missing: write how many successes, and of how many"),
    ({"observed": "{ successes = 0, of = 0 }"}, 7, "of is 0: allowed is a whole number from 1"),
    ({"observed": "{ successes = 1.0, of = 3 }"}, 7, "successes is 1.0: allowed is a whole number from 0"),
    ({"observed": "{ successes = 1, of = 3, value = 0.3 }"}, 7, "value is given beside successes and of"),
    ({"observed": "{ successes = 1, of = 3, low = 0.5 }"}, 7, "allowed is low <= value <= high"),
    ({"observed": "{ successes = 1, of = 3, high = 1.5 }"}, 7, "high is 1.5: allowed is 0 to 1"),
    ({"observed": "{ value = 57, low = 0.5 }"}, 7, "value is 57: allowed is 0 to 1; did you mean 0.57?"),
    ({"observed": "{ low = 60 }"}, 7, "low is 60: allowed is -1 to 1; did you mean 0.6?"),
    ({"observed": "{ high = 43.5 }"}, 7, "high is 43.5: allowed is 0 to 2; did you mean 0.435?"),
    ({"observed": "{ low = 1.1, high = 1.9 }"}, 7, "low is 1.1: allowed is -1 to 1"),
    ({"observed": "{ value = 5.5, low = -2 }", "outcome": '"transitivity"', "month": None}, 6, "did you mean 0.055?"),
    (
        {"observed": "{ low = 5 }", "outcome": '"evidence"', "at_least": "1"},
        7,
        "allowed is -1 to 1; did you mean 0.05?",
    ),
]


@pytest.mark.parametrize(
    "changes",
    [
        {"observed": "{ value = 0.97, low = 0.93, high = 1.01 }"},
        {"observed": "{ value = 57, low = 50, high = 60 }", "outcome": '"evidence"'},
        {"observed": "{ value = -0.2, low = -1.1 }", "statistic": '"difference"', "month": "[12, 25]"},
        {"observed": "{ value = 57, low = 3 }", "statistic": '"ratio"', "month": "[12, 25]"},
    ],
)
def test_what_can_be_observed_is_taken_with_an_end_that_a_normal_carries_beyond(
    tmp_path: Path, changes: dict[str, str]
) -> None:
    (found,) = read(tmp_path, HEAD + pattern(**changes)).patterns
    assert found.observed.value == float(changes["observed"].split()[3].rstrip(","))


@pytest.mark.parametrize(("changes", "line", "says"), FAULTS, ids=[says[:50] for _, _, says in FAULTS])
def test_a_fault_in_a_pattern_is_said_once_with_file_line_and_key(
    tmp_path: Path, changes: dict[str, str | None], line: int, says: str
) -> None:
    said = fault(tmp_path, HEAD + pattern(**changes))
    assert said.startswith(f"mine.toml, line {line}: ")
    assert says in said


PAIRED: dict[str, str | None] = {"outcome": '"applied"', "month": "[3, 9]", "statistic": '"ratio"'}
ARM_FAULTS: list[tuple[str, dict[str, str | None], str]] = [
    ('met = "groups"', {}, 'met is "groups": allowed is convening, group, introduction, contact, facil'),
    ('met = "groups"', {}, "; did you mean group?"),
    ('origin = "none"', {}, 'origin is "none": allowed is convening'),
    ('region = "north"', {}, 'region is "north": allowed is same, other'),
    ("by = -1", {}, "by is -1: allowed is a whole number from 0 to 1200"),
    ("begun = 3", {}, "begun is 3: allowed is a pair of months [from, to]"),
    ("begun = [1.5, 3]", {}, "begun is [1.5, 3]: allowed is a month"),
    ("overlap = [0.5, 0.2]", {}, "overlap is [0.5, 0.2]: allowed is a pair [from, to] with 0 <= from <= to <= 1"),
    ("overlap = [false, true]", {}, "overlap is [false, true]: allowed is a pair"),
    ("applied = 1", {}, "applied is 1: allowed is true or false"),
    ("name = 1", {}, "name is 1: allowed is text"),
    ("set = 1", {}, "set is 1: allowed is a table of dotted keys"),
    ("set = { grants.per_cal = 1 }", {}, "grants.per_cal is not a key of a scenario; did you mean grants.per_call?"),
    ("set = { grants.per_call = -1 }", {}, "grants.per_call is -1: allowed is 0 to 100000 (grants)"),
    ("set = { network.months = 20 }", {}, "closing.month is 25, after the last month 20"),
    ('met = "any"', {"outcome": '"collaboration_rate"', "month": "9"}, "arms are groups of pairs, but coll"),
    ("applied = true", {"outcome": '"going_on"', "month": "0"}, "the pairs of going_on go by met, by, meetings"),
    ('met = "any"', {"outcome": '"acquainted"'}, "the pairs of acquainted go by origin, region, overlap"),
    ('origin = "group"', {"outcome": '"output"'}, "the pairs of output go by region, overlap, tie_before, applied"),
    ("applied = true", {"outcome": '"output"', "clock": '"application"'}, "all pairs on the clock application"),
]  # fmt: skip


@pytest.mark.parametrize(("arm", "changes", "says"), ARM_FAULTS, ids=[says[:50] for _, _, says in ARM_FAULTS])
def test_a_fault_in_an_arm_is_said_with_its_line(
    tmp_path: Path, arm: str, changes: dict[str, str | None], says: str
) -> None:
    text = HEAD + pattern(**{**PAIRED, **changes, "arms": f"[\n  {{}},\n  # the other\n  {{ {arm} }},\n]"})
    said = fault(tmp_path, text)
    assert says in said
    line = line_of(text, arm if "arms " not in said.split(": ")[1] else "arms =")
    assert said.startswith(f"mine.toml, line {line}: ")


def test_an_arm_that_shortens_the_run_must_still_reach_the_month(tmp_path: Path) -> None:
    arms = '[{}, { set = { "closing.month" = "never", "network.months" = 20 } }]'
    said = fault(tmp_path, HEAD + pattern(month="24", statistic='"ratio"', arms=arms))
    assert said.startswith("mine.toml, line 6: month is 24 from the start, but 20 months are simulated")


def test_a_closing_that_never_comes_is_no_clock(tmp_path: Path) -> None:
    text = HEAD + '[setting]\nclosing.month = "never"\n' + pattern(clock='"closing"')
    assert fault(tmp_path, text).endswith("clock is closing, but this scenario never closes (closing.month)")


def test_two_patterns_with_one_id_are_refused_at_the_second(tmp_path: Path) -> None:
    text = HEAD + pattern() + pattern()
    assert re.search(r'line 9: id is "one".*pattern 1\b', fault(tmp_path, text))


def test_a_source_is_needed_somewhere(tmp_path: Path) -> None:
    said = fault(tmp_path, 'title = "Mine"\n' + pattern())
    assert said.startswith("mine.toml, line 2: source is missing")
    assert read(tmp_path, 'title = "Mine"\n' + pattern(source='"a paper"')).patterns[0].source == "a paper"


def test_pairs_are_not_asked_of_a_crowd(tmp_path: Path) -> None:
    text = HEAD + "[setting]\nnetwork.members = 2001\n" + pattern(outcome='"collaborating"')
    assert "collaborating is asked of pairs: at most 2000 members" in fault(tmp_path, text)


# Every kind of fault, in the rest of the file.

OTHERS: list[tuple[str, str, int]] = [
    ("", "title is missing: say it in a line of text", 0),
    ("title = 3\n", "title is 3: allowed is text", 1),
    ('title = "M"\nsorce = "x"\n', "sorce is no key of this file; did you mean source?", 2),
    ('title = "M"\nabout = 3\n', "about is 3: allowed is text", 2),
    ('title = "M"\nscenario = "sallex"\n', "no scenario is called 'sallex'; did you mean 'salex'?", 2),
    ('title = "M"\nscenario = "nowhere/x.toml"\n', "there is no such file", 2),
    ('title = "M"\nscenario = "a\\u0000b"\n', "it holds the control character '\\x00'", 2),
    ('title = "M"\nsetting = 3\n', "setting is 3: allowed is a table of dotted keys", 2),
    ('title = "M"\nsources = [1]\n', "sources is [1]: allowed is a table of dotted keys", 2),
    ('title = "M"\n[setting]\n\nnetwork.member = 3\n', "did you mean network.members?", 4),
    ('title = "M"\n[setting.network]\nmembers = 1\n', "network.members is 1: allowed is 2 to 1000000", 3),
    ('title = "M"\n[setting]\n"network.members" = nan\n', "network.members is nan: allowed is 2", 3),
    ('title = "M"\n[setting]\nnetwork.members = 20\n"network.members" = 30\n', "network.members is written twice", 3),
    ('title = "M"\n[setting]\nnetwork.months = 20\n', "closing.month is 25, after the last month 20", 3),
    ('title = "M"\n[setting]\nmembers.need = 0.9\nmembers.need_spread = 0.3\n', "members.need_spread is 0.3, too", 4),
    ('title = "M"\n[setting]\nmembers.need_spread = 0.3\nmembers.need = 0.9\n', "members.need_spread is 0.3, too", 3),
    ('title = "M"\n[sources]\n"network.members" = "counted"\n', 'text that begins with "estimate:" or', 3),
    ('title = "M"\n[sources]\nnetwork.members = "estimate:"\n', 'text that begins with "estimate:" or', 3),
    ('title = "M"\n[sources]\nnetwork.member = "estimate: x"\n', "which is not a key of a scenario; did you mean", 3),
    ('title = "M"\npattern = 3\n', "pattern is 3: patterns are written as tables under [[pattern]]", 2),
    ('title = "M"\n[pattern]\nid = "x"\n', "patterns are written as tables under [[pattern]]", 2),
    ('title = "M"\nwaves = 3\n', "waves is 3: allowed is a table", 2),
    ('title = "M"\n[waves]\nlevels = [1]\n', "levels is [1]: allowed is a list of at least two strengths", 3),
    ('title = "M"\n[waves]\nlevels = [0, 2]\n', "levels is [0, 2]: allowed is a list of at least two strengths", 3),
    (f'title = "M"\n[waves]\nlevels = [0, 1{"0" * 400}]\n', "allowed is a list of at least two strengths", 3),
    ('title = "M"\n[waves]\nmembrs = "x"\n', "membrs is no key of waves; did you mean members?", 3),
    ('title = "M"\n[waves]\ntied_from = true\n', "tied_from is true: allowed is a number from 0 to 1", 3),
]  # fmt: skip


@pytest.mark.parametrize(("text", "says", "line"), OTHERS, ids=[says[:50] for _, says, _ in OTHERS])
def test_a_fault_elsewhere_is_said_once_with_its_line(tmp_path: Path, text: str, says: str, line: int) -> None:
    said = fault(tmp_path, text)
    assert says in said
    assert said.startswith(f"mine.toml, line {line}: " if line else "mine.toml: ")


def test_a_file_that_holds_nothing_to_check_is_refused(tmp_path: Path) -> None:
    assert fault(tmp_path, HEAD).endswith(
        "it holds no [[pattern]] and no [waves], so there is nothing to check; add one"
    )


def test_all_faults_are_said_at_once_in_the_order_of_their_lines(tmp_path: Path) -> None:
    text = (
        "sourc = 1\n[setting]\nnetwork.members = 1\nclosing.mnth = 3\n[sources]\n'network.members' = 'x'\n"
        + pattern(id=None, outcome='"x"', month="-1", observed="{ low = nan, high = inf }", arms="[{ met = 1 }]")
        + pattern(statistic="3", source='"s"')
        + "[waves]\nties = 3\n"
    )
    first, *faults = refused(tmp_path, text)
    assert first == "mine.toml cannot be used:"
    keys = [one.partition(": ")[2].split()[0] for one in faults]
    assert keys == [
        "title", "sourc", "network.members", "closing.mnth", "sources", "id", "source", "outcome", "month", "low",
        "high", "met", "statistic", "ties",
    ]  # fmt: skip
    lines = [int(one.split("line ")[1].split(":")[0]) for one in faults[1:]]
    assert lines == sorted(lines)


# Lines.


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "before",
    [
        'text = """\n[[pattern]]\nmonth = 3 # no\n"""\n',
        "text = '''\n[[pattern]]\nmonth = 3\n'''\n",
        'text = """a \\""" [ """\n',
        'text = """a""" # month = 3 """\n',
        'text = \'a # [ { """\'\n',
        'text = "a \\" # [ {"\n',
        "# [[pattern]]\n\n# month = [\n",
        "# a line\u2028that is one to TOML\u0085too\n",
        "span = [\n  0, # month = 3\n\n  1\n]\n",
        "span = [0, 1] # ]]\n",
        "arms = [\n  { name = 'a' },\n  { name = 'month = 3' },\n]\nstatistic = 'ratio'\n",
        "arms = []\n",
    ],
)
def test_lines_are_counted_past_whatever_stands_before(tmp_path: Path, before: str, newline: str) -> None:
    text = HEAD + pattern(month=None) + before + "month = 900\n"
    said = fault(tmp_path, text.replace("\n", newline))
    assert said.startswith(f"mine.toml, line {line_of(text, 'month = 900')}: month is 900")


def test_keys_inside_tables_of_one_line_or_many_have_their_own_lines(tmp_path: Path) -> None:
    text = (
        HEAD
        + 'setting = { network = { members = 1 }, "grants.first" = 0 }\n'
        + pattern(observed=None, outcome='"tied"', month="3", statistic='"ratio"')
        + "[pattern.observed]\nlow = nan\n[[pattern.arms]]\nmet = 1\n[[pattern.arms]]\nby = -1\n"
        + pattern(id='"two"', observed=None)
        + "observed.low = 0\nobserved.high = nan\n"
    )
    _, *faults = refused(tmp_path, text)
    assert [one.partition(": ")[0] for one in faults] == [
        f"mine.toml, line {line}"
        for line in (
            *(line_of(text, "members = 1"), line_of(text, "grants.first"), line_of(text, "low = nan")),
            *(line_of(text, "met = 1"), line_of(text, "by = -1"), line_of(text, "observed.high")),
        )
    ]


def test_outcomes_without_a_month_are_those_of_a_whole_run() -> None:
    whole = {one.name for one in (*FINAL, *COUNTS) if one.scale != "index"}
    assert set(OF_WHOLE_RUN) == whole, "structure is asked of the ties of any month"


# Files that are none.


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (said,) = refused(tmp_path, HEAD.encode() + b"# caf\xe9\n")
    assert said.startswith(f"mine.toml is not UTF-8 (at byte {len(HEAD) + 6})")


def test_a_file_that_is_not_toml_is_refused_with_the_place(tmp_path: Path) -> None:
    (said,) = refused(tmp_path, "title = \n")
    assert said.startswith("mine.toml is not TOML: ")
    assert "line 1" in said


@pytest.mark.parametrize(
    "text",
    [
        "title = " + "[" * 5000 + "]" * 5000,
        "title = 1" + "0" * 10_000,
        "title = 2024-02-31",
        "[setting]\n" + ".".join("a" * 3000) + " = 1",
        "[sources]\n" + ".".join("a" * 3000) + " = 1",
        "[[pattern]]\narms = [{ set = { " + ".".join("a" * 3000) + " = 1 } }]",
    ],
)
def test_what_is_too_large_or_too_deep_is_refused(tmp_path: Path, text: str) -> None:
    (said,) = refused(tmp_path, text)
    assert said.startswith(("mine.toml is not TOML", "mine.toml cannot be used: its tables lie too deep"))


def test_a_folder_without_tables_names_what_is_missing_and_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "ties.csv").touch()
    (tmp_path / "mine.toml").touch()
    with pytest.raises(ObservedError) as refusal:
        read_observed(tmp_path, NAMES)
    said = str(refusal.value)
    assert said.startswith(f"{tmp_path} is a folder without observed.toml")
    assert said.endswith(str(tmp_path / "mine.toml"))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("serch-costs", "nothing observed is called \"serch-costs\"; did you mean 'search-costs'?"),
        ("evidenc", "did you mean 'evidence'?"),
        (
            "zzzz",
            "give a TOML file, a folder with members.csv and ties.csv, 'evidence' for all shipped studies, or one",
        ),
        ("", 'nothing observed is called ""; give a TOML file'),
        ("a\0b", 'nothing observed is called "a\\x00b"'),
        ("x" * 5000, 'nothing observed is called "xxxx'),
        ("\ud800", "nothing observed is called"),
    ],
)
def test_a_name_that_means_nothing_is_refused_with_the_near_miss(name: str, says: str) -> None:
    with pytest.raises(ObservedError) as refusal:
        read_observed(name, NAMES)
    assert says in str(refusal.value)
    assert len(str(refusal.value).splitlines()) == 1


def test_all_shipped_studies_come_by_one_name() -> None:
    assert tuple(study.name for study in read_observed(ALL, NAMES)) == studies()


# Whatever is written: an Observed or an ObservedError.

_SAID = (
    "value ratio interior start closing grant_end application tied applied output ending going_on survival "
    "collaboration_rate transitivity none group other same salex never x"
)
_WORDS = st.sampled_from(_SAID.split())
_PLAIN = st.one_of(
    _WORDS.map(lambda word: f'"{word}"'),
    st.sampled_from(["true", "false", "nan", "-inf", "1979-05-27", "1" + "0" * 400, '""', "'''\n\n'''", '"\\u0000"']),
    st.integers(-2, 40).map(str),
    st.floats(-1.0, 2.0).map(lambda number: f"{number:.3f}"),
)
_KEYS = (
    "id text outcome month clock statistic arms observed source about networks at_least tied_from span name set met by "
    "origin begun region overlap applied won successes of value low high members ties answered levels network months "
    "closing 'grants.first' title scenario setting sources pattern waves \"a_b\" ''"
)
_NAMES = st.sampled_from(_KEYS.split())


def _inside(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    lists = st.lists(values, max_size=3).map(lambda items: f"[{', '.join(items)}]")
    tables = st.dictionaries(_NAMES, values, max_size=4).map(
        lambda table: "{" + ", ".join(f"{key} = {value}" for key, value in table.items()) + "}"
    )
    return lists | tables


_VALUES = st.recursive(_PLAIN, _inside, max_leaves=6)
_BODIES = st.dictionaries(_NAMES, _VALUES, max_size=7).map(
    lambda table: "".join(f"{key} = {value}\n" for key, value in table.items())
)
_HEADERS = st.sampled_from(["[setting]\n", "[sources]\n", "[[pattern]]\n", "[[pattern]]\nid = 'a'\n", "[waves]\n"])
_TABLES = st.tuples(_HEADERS, _BODIES).map("".join)
_FILES = st.tuples(st.sampled_from(["", HEAD]), _BODIES, st.lists(_TABLES, max_size=4).map("".join)).map("".join)


@pytest.mark.parametrize("examples", [40, pytest.param(150, marks=pytest.mark.slow)])
def test_any_document_is_read_or_refused(examples: int, tmp_path: Path) -> None:
    @settings(max_examples=examples, deadline=None)
    @given(_FILES)
    def tried(text: str) -> None:
        file = write(tmp_path, text)
        try:
            (study,) = read_observed(file, NAMES)
        except ObservedError as error:
            said = str(error)
        else:
            said = file
            assert isinstance(study, Observed)
        assert said.startswith(file)

    tried()


def test_every_fault_of_every_shipped_study_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "other"):
        (tmp_path / f"{name}.toml").write_text(f'title = "{name}"\nscenario = "salexx"\n')
    monkeypatch.setattr("scenarios.observed.reading.EVIDENCE", tmp_path)
    with pytest.raises(ObservedError) as refusal:
        read_observed("evidence", NAMES)
    assert "one.toml, line 2" in str(refusal.value)
    assert "other.toml, line 2" in str(refusal.value)
