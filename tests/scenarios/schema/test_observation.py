"""What was observed of a network: written in its scenario's own file, known by that alone, shown as it stands there."""

from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from scipy.stats import binomtest  # type: ignore[attr-defined]

import scenarios
from results.comparing.words import notes
from results.figures.comparing.courses import collaboration_rate_figure
from results.figures.comparing.observed_mark import sight_of
from results.words.observed import observed_lines, observed_sentences
from scenarios.observed.reading import read_observed
from scenarios.schema.observation import AFTER_CLOSING, COUNTED, IN_A_MONTH, OF_MEMBERS, OF_THE_WHOLE
from simulation.outcomes import MONTHLY_NAMES, NAMES, Scale, outcome_named
from simulation.running.ensemble import Ensemble

HEAD = 'title = "T"\nquestion = "Q?"\n[network]\nmembers = 12\n[closing]\nmonth = 30\n'
COUNT = '[observed.collaboration_rate]\nmonth = 24\nsuccesses = 9\nof = 12\nsource = "a report, 2025"\n'
COST = '[observed.total_cost]\nvalue = 1_200_000\nlow = 1.1e6\nhigh = 1.3e6\nsource = "accounts"\n'


def drawn(one: scenarios.Scenario) -> Ensemble:
    """Two networks in which nothing happens."""
    months = np.zeros((one.last_month + 1, len(MONTHLY_NAMES)))
    return Ensemble(one, 1, 0, np.zeros((2, len(NAMES))), months, np.zeros((2, *months.shape)))


def said(figure: Figure) -> str:
    """All text of a figure."""
    return "\n".join(text.get_text() for text in figure.findobj(Text))


def load(folder: Path, text: str, *settings: str, name: str = "mine") -> scenarios.Scenario:
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return scenarios.load(folder / f"{name}.toml", settings)


def test_any_scenario_can_have_one_and_its_interval_is_computed(tmp_path: Path) -> None:
    counted, cost = load(tmp_path, HEAD + COUNT + COST).observed
    truth = binomtest(9, 12).proportion_ci(method="wilson")

    assert (counted.outcome, counted.month, counted.source) == ("collaboration_rate", 24, "a report, 2025")
    assert (counted.measured.value, counted.measured.low, counted.measured.high) == pytest.approx(
        (9 / 12, truth.low, truth.high), abs=1e-12
    )
    assert (cost.month, cost.measured.value, cost.measured.low, cost.measured.high) == (None, 1.2e6, 1.1e6, 1.3e6)


def test_a_scenario_called_salex_without_one_is_not_told_what_salex_observed(tmp_path: Path) -> None:
    ours = load(tmp_path, HEAD.replace("12", "60"), name="salex")
    sentences = " ".join(notes([drawn(ours)], None))
    assert ours.observed == ()
    assert "17 of 22" not in sentences
    assert "bserved" not in sentences
    assert "observed" not in said(collaboration_rate_figure({"salex": drawn(ours)}, "salex"))


def test_the_sentence_has_count_share_interval_month_and_source_and_says_if_others_were_counted(tmp_path: Path) -> None:
    (sentence,) = observed_sentences([load(tmp_path, HEAD + COUNT)])
    low, high = binomtest(9, 12).proportion_ci(method="wilson")
    for part in ("mine", "month 24", "9 of 12", "75 %", f"{100 * low:.0f} to {100 * high:.0f} %", "a report, 2025"):
        assert part in sentence
    assert "begins with" not in sentence

    (sentence,) = observed_sentences([load(tmp_path, HEAD.replace("members = 12", "members = 60") + COUNT)])
    assert "among 12 members; the scenario begins with 60" in sentence


def test_money_is_told_in_thousands_and_has_no_wilson_interval(tmp_path: Path) -> None:
    (sentence,) = observed_sentences([load(tmp_path, HEAD + COST)])
    assert "1,200 thousand USD; 1,100 to 1,300 thousand USD is plausible." in sentence
    assert "Wilson" not in sentence


def test_an_interval_that_the_source_gives_is_not_called_wilsons(tmp_path: Path) -> None:
    mine = load(tmp_path, HEAD + COUNT + "low = 0.5\nhigh = 0.9\n")
    assert "50 to 90 %" in observed_sentences([mine])[0]
    assert "Wilson" not in observed_sentences([mine])[0]


def test_the_figure_marks_it_in_its_month_where_the_baseline_has_it(tmp_path: Path) -> None:
    mine = load(tmp_path, HEAD + COUNT)
    sight = sight_of(mine, "collaboration_rate")
    assert sight is not None
    assert sight.month == 24
    assert sight.value == pytest.approx(75.0)
    other = scenarios.load("sparc")
    runs = {"mine": drawn(mine), "other": drawn(other)}
    assert "T observed: 9 of 12" in said(collaboration_rate_figure(runs, "mine"))
    assert "observed" not in said(collaboration_rate_figure(runs, "other"))


def test_it_is_not_inherited(tmp_path: Path) -> None:
    load(tmp_path, HEAD + COUNT)
    child = load(tmp_path, 'title = "C"\nquestion = "Q?"\nextends = "mine.toml"\n', name="child")
    assert child.observed == ()
    assert scenarios.load("no-catalytic-funding").observed == ()


@pytest.mark.parametrize(
    ("setting", "stays"),
    [
        ("grants.per_call=7", False),  # a network that never was
        ("network.members=60", False),
        ("closing.month=36", False),
        ("closing.month=30", True),  # as the file has it
        ("behaviour.decay=0.5", True),  # another belief about the same network
        ("network.topics=9", True),
        ("closing.follow_up=30", True),  # the simulation looks on for longer
        ("closing.follow_up=0", True),
        ("network.months=40", True),
    ],
)
def test_another_lever_makes_another_network_and_another_uncertainty_does_not(
    tmp_path: Path, setting: str, stays: bool
) -> None:
    mine = load(tmp_path, HEAD + COUNT)
    key, value = setting.split("=")
    changed = load(tmp_path, HEAD + COUNT, setting)
    assert (changed.observed == mine.observed) is stays
    assert scenarios.replace(mine, {key: scenarios.parse_value(key, value)}).observed == changed.observed

    why = scenarios.no_longer_observed(mine, changed)
    assert (why == "") is stays
    if not stays:
        assert "collaboration_rate" in why
        assert key in why


def test_a_run_that_ends_before_the_month_has_nothing_to_set_it_against(tmp_path: Path) -> None:
    text = HEAD.replace("[closing]\nmonth = 30\n", "")
    mine, short = load(tmp_path, text + COUNT), load(tmp_path, text + COUNT, "network.months=20")
    assert mine.observed
    assert not short.observed
    assert "only 20 months are simulated" in scenarios.no_longer_observed(mine, short)


def test_a_new_name_or_title_changes_nothing_of_it(tmp_path: Path) -> None:
    mine = load(tmp_path, HEAD + COUNT)
    assert scenarios.replace(mine, {"name": "other", "title": "Other"}).observed == mine.observed


def test_it_comes_back_from_its_file_and_moves_no_number(tmp_path: Path) -> None:
    mine = load(tmp_path, HEAD + COUNT + COST)
    assert load(tmp_path, scenarios.to_toml(mine)) == mine
    assert scenarios.to_dict(mine)["observed"]["collaboration_rate"]["successes"] == 9
    without = load(tmp_path, HEAD)
    assert scenarios.fingerprint(mine) == scenarios.fingerprint(without)
    assert "observed" not in scenarios.to_dict(without), "folders of scenarios without one are as before"


def test_show_lists_it_with_its_source(tmp_path: Path) -> None:
    mine = load(tmp_path, HEAD + COUNT)
    plain, sourced = ("\n".join(observed_lines(mine, sources=sources)) for sources in (False, True))
    assert "observed.collaboration_rate = 9 of 12 (75 %)" in plain
    assert "a report, 2025" not in plain
    assert "a report, 2025" in sourced


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("observed = 3\n", "observed is 3: allowed is a table for each outcome"),
        ("[observed]\ncollaboration_rate = 0.7\n", "observed.collaboration_rate is 0.7: allowed is a table with month"),
        (COUNT.replace("tion_rate", "ton_rate"), "not an outcome; did you mean collaboration_rate?"),
        ("[observed.x]\nmonth = 3\n", "observed.x is not an outcome; there are collaboration_rate"),
        (COUNT.replace("observed.", "obseved."), "did you mean observed?"),
        (COUNT.replace("successes = 9", "succeses = 9"), "succeses is no key of collaboration_rate; did you mean succ"),
        (COUNT.replace("= 9", "= 9.5"), "observed.collaboration_rate.successes is 9.5: allowed is a whole number"),
        (COUNT.replace("= 9", "= 13"), "observed.collaboration_rate.successes is 13 of 12: allowed is 0 to 12"),
        (COUNT.replace("of = 12\n", ""), "observed.collaboration_rate.of is missing"),
        (COUNT.replace("month = 24\n", ""), "observed.collaboration_rate.month is missing"),
        (COUNT.replace("= 24", "= 0"), "observed.collaboration_rate.month is 0: allowed is a whole number from 1"),
        (COUNT.replace("= 24", "= 99"), "observed.collaboration_rate.month is 99, after the last month 66"),
        (COUNT.replace('source = "a report, 2025"\n', ""), "observed.collaboration_rate.source is missing"),
        (COUNT.replace("of = 12", "of = 12\nvalue = 0.7"), "value is given beside successes and of"),
        (COST.replace("low = 1.1e6\n", ""), "observed.total_cost.low is missing: write value, low and high, for"),
        (
            COST.replace("= 1.1e6", "= 1.25e6"),
            "observed is 1.25e+06, 1.2e+06, 1.3e+06: allowed is low <= value <= high",
        ),
        (COST.replace("= 1.1e6", "= -1"), "observed.total_cost.low is -1: allowed is 0 to 1e+12"),
        (COST + "month = 3\n", "month is given, but total_cost is said of a whole run"),
        (COST.replace("value = 1_200_000", "successes = 1\nof = 2"), "successes is given, but total_cost is no share"),
        (
            "[observed.trust]\nmonth = 3\nvalue = 77\nlow = 0\nhigh = 80\nsource = 's'\n",
            "observed.trust.value is 77: allowed is 0 to 1; did you mean 0.77?",
        ),
    ],
)
def test_each_fault_is_named_with_place_value_and_what_is_allowed(tmp_path: Path, written: str, fault: str) -> None:
    text = HEAD + written if written.startswith("[") else written + HEAD
    with pytest.raises(scenarios.ScenarioError) as refused:
        load(tmp_path, text)
    assert fault in str(refused.value)


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(scenarios.ScenarioError) as refused:
        load(tmp_path, HEAD + COUNT.replace("= 9", "= 9.5").replace("= 24", '= "x"') + COST.replace("= 1.3e6", "= nan"))
    assert len(refused.value.faults) == 3


def test_what_is_observed_after_closing_is_of_a_network_that_closes(tmp_path: Path) -> None:
    text = HEAD.replace("month = 30", 'month = "never"') + COUNT.replace("month = 24\n", "")
    with pytest.raises(scenarios.ScenarioError, match=r"observed\.legacy_rate is of a network that has closed"):
        load(tmp_path, text.replace("collaboration_rate", "legacy_rate"))


def test_it_cannot_be_set_by_an_override() -> None:
    with pytest.raises(scenarios.ScenarioError, match="can only be written in a file"):
        scenarios.load("salex", ["observed.collaboration_rate.successes=22"])


def test_the_outcomes_that_can_be_observed_are_those_of_the_model() -> None:
    # scenarios knows nothing of the simulation, so it lists what the simulation counts; here both are held together.
    assert set(IN_A_MONTH) == set(MONTHLY_NAMES)
    assert {*IN_A_MONTH, *OF_THE_WHOLE} == set(NAMES)
    least: dict[Scale, tuple[float, float]] = {
        "share": (0, 1), "level": (0, 1), "count": (0, 1e12), "usd": (0, 1e12), "index": (-1, 1)
    }  # fmt: skip
    for name, bounds in {**IN_A_MONTH, **OF_THE_WHOLE}.items():
        assert bounds == least[outcome_named(name).scale], name
    assert set(COUNTED) == {name for name in NAMES if outcome_named(name).scale == "share"}
    assert all(
        "share of " in outcome_named(name).meaning and "members" in outcome_named(name).meaning for name in OF_MEMBERS
    )
    assert {"legacy_rate", "survival"} <= set(AFTER_CLOSING)


def test_the_study_of_salex_reads_what_its_scenario_says() -> None:
    (study,) = read_observed("salex", NAMES)
    (pattern,) = study.patterns
    (own,) = scenarios.load("salex").observed
    assert (pattern.observed, pattern.months) == (own.measured, (own.month,))
    assert (own.measured.successes, own.measured.of) == (17, 22)  # R4D 2024


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ("month = 24\n", "month is 24, but the scenario's file says 25"),
        ("month = 25\n[setting]\ngrants.per_call = 0\n", 'observed is "scenario", but its file says nothing'),
    ],
)
def test_a_study_that_asks_for_what_the_scenario_does_not_say_is_refused(tmp_path: Path, more: str, fault: str) -> None:
    month, _, rest = more.partition("\n")
    pattern = f'[[pattern]]\nid = "a"\noutcome = "collaboration_rate"\n{month}\nobserved = "scenario"\nsource = "s"\n'
    (tmp_path / "study.toml").write_text(f'title = "T"\nscenario = "salex"\n{rest}\n{pattern}', encoding="utf-8")
    with pytest.raises(scenarios.ScenarioError) as refused:
        read_observed(tmp_path / "study.toml", NAMES)
    assert fault in str(refused.value)


def test_a_founded_scenario_shows_how_it_is_written(tmp_path: Path) -> None:
    path = scenarios.found(tmp_path / "mine")
    text = path.read_text(encoding="utf-8")
    example = text[text.index("# [observed.") :].splitlines()
    path.write_text(text + "\n".join(line.removeprefix("# ") for line in example), encoding="utf-8")
    (one,) = scenarios.load(path).observed
    assert one.outcome == "collaboration_rate"
    assert one.measured.of == scenarios.load(path).network.members


def test_two_scenarios_of_one_network_say_it_once(tmp_path: Path) -> None:
    mine = load(tmp_path, HEAD + COUNT)
    again = scenarios.replace(mine, {"name": "mine-again", "behaviour.decay": 0.05})
    assert len(observed_sentences([mine, again])) == 1
