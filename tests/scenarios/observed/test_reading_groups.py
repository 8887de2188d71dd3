"""Reading groups of pairs and of members, differences of differences, networks as wholes and units from a file."""

from pathlib import Path

import pytest

from scenarios.observed.groups import Exposure, MemberGroup
from scenarios.observed.reading import ObservedError, read_observed
from scenarios.observed.study import Pattern
from simulation.outcomes import NAMES

HEAD = 'title = "Mine"\nsource = "a report"\n'


def read(folder: Path, *lines: str, top: str = "") -> Pattern:
    """The pattern of a file that consists of it."""
    (folder / "mine.toml").write_text(f'{HEAD}{top}[[pattern]]\nid = "one"\n' + "\n".join(lines) + "\n")
    (study,) = read_observed(folder / "mine.toml", NAMES)
    return study.patterns[0]


def refused(folder: Path, *lines: str, top: str = "") -> str:
    """The one fault of such a file."""
    with pytest.raises(ObservedError) as refusal:
        read(folder, *lines, top=top)
    _, *faults = str(refusal.value).splitlines()
    assert len(faults) == 1, faults
    return faults[0]


RATIO = ('outcome = "applied"', "month = [3, 9]", 'statistic = "ratio"', "observed = { low = 1 }")
MEMBERS = ('outcome = "members_collaborating"', "month = 12", 'statistic = "ratio"', "observed = { low = 1 }")


def arms(*written: str) -> str:
    return f"arms = [{', '.join(f'{{ {one} }}' for one in written)}]"


@pytest.mark.parametrize(
    ("written", "group"),
    [
        ("meetings = 0", Exposure(meetings=(0, 0))),
        ("meetings = [1, 3]", Exposure(meetings=(1, 3))),
        ('meetings = "2 or more"', Exposure(meetings=(2, None))),
        ('met = "convening", meetings = 1, by = 2', Exposure(met="convening", by=2, meetings=(1, 1))),
        ('met_only = "convening"', Exposure(met_only="convening")),
        ("tie_before = false", Exposure(tie_before=False)),
        ("event = 4, attended = true", Exposure(event=4, attended=True)),
        ("event = 4, attended = false, set = { facilitation.cancelled = 4 }", Exposure(event=4, attended=False)),
    ],
)
def test_a_group_of_pairs_is_read(tmp_path: Path, written: str, group: Exposure) -> None:
    assert read(tmp_path, *RATIO, arms(written, 'met = "none"')).arms[0].pairs == group


@pytest.mark.parametrize(
    ("written", "group"),
    [
        ('members = { size = "large", champion = true }', MemberGroup(size="large", champion=True)),
        ("members = { need = [0.5, 1], joined_later = false }", MemberGroup(need=(0.5, 1.0), joined_later=False)),
        ("members = { region = 2 }", MemberGroup(region=2)),
    ],
)
def test_a_group_of_members_is_read(tmp_path: Path, written: str, group: MemberGroup) -> None:
    pattern = read(tmp_path, *MEMBERS, arms(written, 'members = { size = "small" }'))
    assert pattern.arms[0].members == group
    assert pattern.arms[0].pairs is None


FAULTS = [
    (RATIO, arms("meeting = 0", ""), "meeting is no key of arms; did you mean meetings?"),
    (RATIO, arms('meetings = "two"', ""), 'meetings is "two": allowed is a whole number such as 0, a pair'),
    (RATIO, arms('meetings = "2 or less"', ""), 'or "2 or more"'),
    (RATIO, arms("meetings = [3, 1]", ""), "meetings is [3, 1]: allowed is"),
    (RATIO, arms("meetings = -1", ""), "meetings is -1: allowed is"),
    (RATIO, arms("meetings = true", ""), "meetings is true: allowed is"),
    (RATIO, arms('met = "any", meetings = 0', ""), "who has met has met once or more"),
    (RATIO, arms('met = "none", meetings = 1', ""), "who never met has none"),
    (RATIO, arms('met_only = "group", meetings = [0, 2]', ""), "who has met has met once or more"),
    (RATIO, arms('met_only = "convenin"', ""), "; did you mean convening?"),
    (RATIO, arms('met_only = "any"', ""), 'met_only is "any": allowed is convening, group'),
    (RATIO, arms("tie_before = 0", ""), "tie_before is 0: allowed is true or false"),
    (RATIO, arms("event = 5, attended = true", ""), "event is 5, but no convening is due then; convenings are due in"),
    (RATIO, arms("event = 4", ""), "arms have event without attended"),
    (RATIO, arms("attended = true", ""), "arms have event without attended, or attended without event"),
    (RATIO, arms("evnt = 4, attended = true, event = 4", ""), "; did you mean event?"),
    (RATIO, arms("event = 4, attended = true, set = { facilitation.intensity = 0 }", ""), "none is ever due"),
    (MEMBERS, arms("members = { event = 5, attended = true }", ""), "event is 5, but no convening is due then"),
    (RATIO, arms('members = { size = "large" }', ""), "arms are groups of members, but applied is asked of pairs"),
    (MEMBERS, arms('met = "any"', ""), "asked of members; write members = {...}"),
    (MEMBERS, arms('members = { siz = "large" }', ""), "siz is no key of members; did you mean size?"),
    (MEMBERS, arms('members = { size = "huge" }', ""), 'size is "huge": allowed is small, medium, large'),
    (MEMBERS, arms("members = { need = 0.5 }", ""), "need is 0.5: allowed is a pair"),
    (MEMBERS, arms("members = 3", ""), "members is 3: allowed is a table"),
    (MEMBERS, arms("members = { region = 99 }", ""), "region is 99: allowed is 1 to"),
    (MEMBERS, arms('members = { region = "Asia" }', ""), "members are drawn, so write 1 to"),
]


@pytest.mark.parametrize(("lines", "arm", "says"), FAULTS, ids=[says[-40:] for _, _, says in FAULTS])
def test_a_fault_in_a_group_is_said(tmp_path: Path, lines: tuple[str, ...], arm: str, says: str) -> None:
    assert says in refused(tmp_path, *lines, arm)


# Differences of differences.

DIFFERENCES = ('statistic = "difference_of_differences"', "observed = { low = -1.9, high = 2.0 }")


@pytest.mark.parametrize(
    "lines",
    [
        ('outcome = "collaborating"', "month = [4, 9]", arms('met = "any"', 'met = "none"')),
        ('outcome = "applied"', "month = [4, 9]", arms(*['region = "same"'] * 4)),
        ('outcome = "active_rate"', "month = [4, 9]", arms(*["set = { grants.per_call = 0 }"] * 2)),
        ('outcome = "active_rate"', "month = 9", arms(*["set = { grants.per_call = 0 }"] * 4)),
    ],
)
def test_a_difference_of_differences_has_two_arms_in_two_months_or_four_arms(
    tmp_path: Path, lines: tuple[str, ...]
) -> None:
    pattern = read(tmp_path, *lines, *DIFFERENCES)
    assert pattern.compares_months == (len(pattern.arms) == 2)


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (('outcome = "active_rate"', "month = [4, 9]"), "takes 2 arms with a month pair, found 0"),
        (('outcome = "active_rate"', "month = 9", arms("", "")), "takes 4 arms, found 2 (or 2 arms and a month pair)"),
        (('outcome = "applied"', "month = [4, 9]", arms("", "")), "takes 4 arms, found 2"),
        (('outcome = "active_rate"', "month = [4, 4]", arms("", "")), "two different months are compared"),
    ],
)
def test_another_number_of_sides_is_refused(tmp_path: Path, lines: tuple[str, ...], says: str) -> None:
    assert says in refused(tmp_path, *lines, *DIFFERENCES)


def test_a_difference_of_differences_of_shares_is_two_at_most(tmp_path: Path) -> None:
    lines = ('outcome = "active_rate"', "month = [4, 9]", arms("", ""), 'statistic = "difference_of_differences"')
    assert "value is 3: allowed is -2 to 2" in refused(tmp_path, *lines, "observed = { value = 3, low = 1 }")


# Networks as wholes, and what happens after grants.


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (('outcome = "network_alve"', "month = 9"), "; did you mean network_alive?"),
        (('outcome = "network_alive"',), "network_alive is asked at the end of a month"),
        (('outcome = "network_alive"', "month = [4, 9]"), "month is a pair but statistic is value"),
        (('outcome = "network_alive"', "month = 9", "at_least = 0.5"), "at_least is said by it already"),
        (('outcome = "network_ending"', "month = 9"), "network_ending takes 2 months"),
        (('outcome = "network_ending"', "month = [9, 9]"), "two different months are compared"),
        (('outcome = "members_collaborating"',), "members_collaborating is asked at the end of a month"),
        (('outcome = "members_collaborated"', "month = 9"), "counted in months from-to"),
        (('outcome = "funded_again"', "month = [3, 9]"), "funded_again takes 1 month after the grant"),
        (('outcome = "members_collaborating"', "month = 9", "at_least = 1"), "but members_collaborating of members"),
        (('outcome = "network_alive"', "month = 9", 'unit = "networks"'), "; did you mean network?"),
    ],
)
def test_what_does_not_go_together_is_said(tmp_path: Path, lines: tuple[str, ...], says: str) -> None:
    assert says in refused(tmp_path, *lines, "observed = { successes = 3, of = 4 }")


def test_networks_that_are_alive_are_counted(tmp_path: Path) -> None:
    pattern = read(
        tmp_path, 'outcome = "network_alive"', "month = 36", "networks = 110", "observed = { successes = 99, of = 110 }"
    )
    assert (pattern.networks, pattern.span, pattern.counted_in) == (110, (0.0, 1.0), "network")


# Units.


def test_a_unit_is_that_of_the_pattern_or_else_of_the_file(tmp_path: Path) -> None:
    lines = ('outcome = "collaborating"', "month = 9", "observed = { low = 0.5 }")
    assert read(tmp_path, *lines).unit is None
    assert read(tmp_path, *lines, top='unit = "person"\n').unit == "person"
    assert read(tmp_path, *lines, 'unit = "network"', top='unit = "person"\n').unit == "network"


@pytest.mark.parametrize(
    ("outcome", "unit"),
    [
        ('outcome = "collaborating"\nmonth = 9', "pair"),
        ('outcome = "going_on"\nmonth = 9', "pair"),
        ('outcome = "survival"', "pair"),
        ('outcome = "members_collaborating"\nmonth = 9', "organization"),
        ('outcome = "collaboration_rate"\nmonth = 9', "organization"),
        ('outcome = "active_rate"\nmonth = 9\nat_least = 0.5', "network"),
        ('outcome = "tie_density"\nmonth = 9', "network"),
    ],
)
def test_each_outcome_is_counted_in_a_unit_of_the_model(tmp_path: Path, outcome: str, unit: str) -> None:
    assert read(tmp_path, outcome, "observed = { low = 0.5 }").counted_in == unit
