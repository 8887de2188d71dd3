"""Settings of a study that are not known exactly: how a range is written, and what each set of parameters draws."""

from pathlib import Path

import numpy as np
import pytest
from scipy.stats import kstest

from scenarios.observed.reading import ObservedError, read_observed
from scenarios.observed.study import Observed
from scenarios.observed.uncertain import UncertainSetting, drawn
from simulation.outcomes import NAMES

PATTERN = '[[pattern]]\nid = "one"\noutcome = "active_rate"\nmonth = 12\nobserved = { low = 0.5 }\n'


def read(folder: Path, *setting: str) -> Observed:
    text = 'title = "Mine"\nsource = "a report"\n[setting]\n' + "\n".join(setting) + "\n"
    (folder / "mine.toml").write_text(text + PATTERN)
    (study,) = read_observed(folder / "mine.toml", NAMES)
    return study


def test_a_range_is_read_and_the_scenario_has_its_middle(tmp_path: Path) -> None:
    study = read(
        tmp_path,
        'network.prior_ties = { low = 1, high = 4, scale = "log" }',
        "network.members = { low = 20, high = 30 }",
    )
    assert study.uncertain == (
        UncertainSetting("network.prior_ties", 1.0, 4.0, "log"),
        UncertainSetting("network.members", 20.0, 30.0, "linear"),
    )
    assert study.scenario.network.prior_ties == 2.0, "the geometric middle"
    assert study.scenario.network.members == 25
    assert study.settled == {"network.prior_ties", "network.members"}, "the posterior has no say in them"


def test_a_range_is_read_under_a_quoted_key_and_in_a_table(tmp_path: Path) -> None:
    for written in ('"network.prior_ties" = { low = 1, high = 4 }', "network = { prior_ties = { low = 1, high = 4 } }"):
        assert read(tmp_path, written).uncertain == (UncertainSetting("network.prior_ties", 1.0, 4.0),)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("network.prior_ties = { low = 1 }", "network.prior_ties has no high"),
        ("network.prior_ties = { low = 1, hgih = 4, high = 4 }", "hgih is no key of prior_ties; did you mean high?"),
        ("network.prior_ties = { low = 4, high = 1 }", "low is 4 and high 1: low must be less than high"),
        ("network.prior_ties = { low = -1, high = 4 }", "low is -1: allowed is 0 to"),
        ('network.prior_ties = { low = 0, high = 4, scale = "log" }', 'scale is "log", but low is 0'),
        ('network.prior_ties = { low = 1, high = 4, scale = "logs" }', "; did you mean log?"),
        ("network.members = { low = 20.5, high = 30 }", "low is 20.5: allowed is"),
        ("network.months = { low = 40, high = 60 }", "network.months is a range, but says how long is simulated"),
        ("closing.capstone = { low = 0, high = 1 }", "closing.capstone is a range: allowed is true or false"),
        ("members.interests_fewest = { low = 1, high = 4 }", "with members.interests_fewest = 4, "),
    ],
)
def test_what_is_wrong_with_a_range_is_said_with_its_line(tmp_path: Path, written: str, says: str) -> None:
    with pytest.raises(ObservedError) as refusal:
        read(tmp_path, written)
    _, *faults = str(refusal.value).splitlines()
    assert len(faults) == 1, faults
    assert says in faults[0]
    assert "mine.toml, line 4: " in faults[0]


@pytest.mark.parametrize("scale", ["linear", "log"])
def test_sets_draw_evenly_on_the_scale_that_is_said(scale: str) -> None:
    setting = UncertainSetting("network.prior_ties", 1.0, 5.0, "log" if scale == "log" else "linear")
    values = np.array([setting.drawn("study", number) for number in range(400)])
    share = np.log(values) / np.log(5) if scale == "log" else (values - 1) / 4
    assert kstest(share, "uniform").pvalue > 0.01


def test_whole_numbers_are_drawn_with_the_same_chance() -> None:
    setting = UncertainSetting("network.members", 3.0, 6.0)
    values = [setting.drawn("study", number) for number in range(2_000)]
    assert {type(value) for value in values} == {int}
    counts = np.bincount(values)[3:]
    assert len(counts) == 4
    assert np.all(np.abs(counts - 500) < 4 * np.sqrt(2_000 * 0.25 * 0.75))


def test_a_draw_depends_on_study_key_and_number_alone() -> None:
    settings = (UncertainSetting("network.prior_ties", 1.0, 5.0), UncertainSetting("network.prior_trust", 0.1, 0.5))
    assert drawn(settings, "a", 3) == drawn(settings, "a", 3)
    assert drawn(settings, "a", 3) != drawn(settings, "a", 4)
    assert drawn(settings, "a", 3) != drawn(settings, "b", 3)
    ties, trust = (np.array([drawn(settings, "a", number)[one.key] for number in range(300)]) for one in settings)
    assert abs(np.corrcoef(ties, trust)[0, 1]) < 4 / np.sqrt(300), "keys draw by themselves"
