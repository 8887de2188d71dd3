"""Surveys in waves: what is read, what is refused, and where a simulation from the first wave begins."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import scenarios
import simulation
from scenarios import Scenario, ScenarioError
from scenarios.observed.beginning import at_first_wave
from scenarios.observed.waves import Waves, WavesError, read_waves

MEMBERS = "name,interests,region\nAda,x,East\nBea,y,East\nCyd,x;y,West\nDan,x,West\n"
TIES = "month,from,to,level\n0,Ada,Bea,2\n0,Bea,Ada,3\n0,Ada,Cyd,4\n12,Cyd,Dan,1\n"
ANSWERED = "name,month\nAda,0\nBea,0\nAda,12\nCyd,12\nDan,12\n"


def files(folder: Path, ties: str = TIES, answered: str | None = ANSWERED, members: str = MEMBERS) -> list[Path | None]:
    paths: list[Path | None] = []
    for name, text in (("members.csv", members), ("ties.csv", ties), ("answered.csv", answered)):
        if text is not None:
            (folder / name).write_text(text, encoding="utf-8")
        paths.append(None if text is None else folder / name)
    return paths


def read(
    folder: Path, ties: str = TIES, answered: str | None = ANSWERED, *, levels: Sequence[float] | None = None
) -> Waves:
    members, tie_file, answer_file = files(folder, ties, answered)
    assert members is not None
    assert tie_file is not None
    return read_waves(members, tie_file, answer_file, levels=levels)


def refused(folder: Path, ties: str = TIES, answered: str | None = ANSWERED, members: str = MEMBERS) -> list[str]:
    member_file, tie_file, answer_file = files(folder, ties, answered, members)
    assert member_file is not None
    assert tie_file is not None
    with pytest.raises(WavesError) as refusal:
        read_waves(member_file, tie_file, answer_file)
    assert str(refusal.value).startswith("the survey cannot be used:\n")
    return list(refusal.value.faults)


# What is read.


def test_levels_become_strengths_and_two_reports_their_mean(tmp_path: Path) -> None:
    waves = read(tmp_path)
    assert waves.months == (0, 12)
    assert waves.levels == (0.0, 0.25, 0.5, 0.75, 1.0)
    assert waves.strength[0, 0, 1] == waves.strength[0, 1, 0] == 0.625
    assert waves.strength[0, 0, 2] == 1.0, "Cyd did not answer"
    assert waves.strength[1, 2, 3] == 0.125, "Dan answered, and did not name Cyd"
    assert (waves.mutual, waves.one_sided) == (1, 1)


def test_who_did_not_answer_is_missing_and_not_isolated(tmp_path: Path) -> None:
    waves = read(tmp_path)
    assert waves.answered.tolist() == [[True, True, False, False], [True, False, True, True]]
    assert np.isnan(waves.strength[0, 2, 3]), "neither Cyd nor Dan answered"
    assert waves.strength[0, 1, 3] == 0.0, "Bea answered, and did not name Dan"
    assert not waves.observed[0, 2, 3]
    assert not waves.observed[:, range(4), range(4)].any()
    np.testing.assert_array_equal(waves.strength, np.swapaxes(waves.strength, 1, 2))


def test_without_a_file_of_answers_all_have_answered(tmp_path: Path) -> None:
    waves = read(tmp_path, answered=None)
    assert waves.answered.all()
    assert np.isfinite(waves.strength).all()


def test_strengths_are_taken_as_they_are(tmp_path: Path) -> None:
    waves = read(tmp_path, "to,from,strength,month\nAda,Bea,0.37,3\nBea,Ada,0.37,3\nCyd,Ada,1,0\n", None)
    assert waves.levels is None
    assert waves.months == (0, 3)
    assert waves.strength[1, 0, 1] == 0.37
    assert waves.strength[0, 0, 2] == 0.5, "Cyd answered, and did not name Ada"
    np.testing.assert_array_equal(waves.on_scale(waves.strength), waves.strength)


def test_given_levels_have_the_strength_that_is_given(tmp_path: Path) -> None:
    waves = read(tmp_path, levels=[0, 0.1, 0.3, 0.7, 1])
    assert waves.strength[0, 0, 1] == pytest.approx(0.5)
    assert waves.levels == (0, 0.1, 0.3, 0.7, 1)


def test_a_wave_without_ties_is_one_if_somebody_answered(tmp_path: Path) -> None:
    waves = read(tmp_path, answered=ANSWERED + "Dan,24\n")
    assert waves.months == (0, 12, 24)
    assert np.nansum(waves.strength[2]) == 0


def test_a_survey_in_levels_sees_no_finer(tmp_path: Path) -> None:
    told = read(tmp_path).on_scale(np.array([0.0, 0.12, 0.125, 0.37, 0.9, 1.0, np.nan]))
    np.testing.assert_array_equal(told, [0.0, 0.0, 0.25, 0.25, 1.0, 1.0, np.nan])


@pytest.mark.parametrize("answered", [None, ANSWERED + "Cyd,0\n"])
def test_the_silence_of_somebody_who_answered_is_a_written_0(tmp_path: Path, answered: str | None) -> None:
    silent = read(tmp_path, answered=answered)
    written = read(tmp_path, TIES + "0,Cyd,Ada,0\n12,Dan,Cyd,0\n", answered)
    np.testing.assert_array_equal(silent.strength, written.strength)
    assert silent.strength[0, 0, 2] == 0.5
    assert (silent.mutual, silent.one_sided) == (written.mutual, written.one_sided) == (1, 2)


SCALES = [[0, 0.25, 0.5, 0.75, 1], [0, 0.1, 0.3, 0.7, 1], [0, 1], [0, 1 / 3, 2 / 3, 1]]


@pytest.mark.parametrize("levels", SCALES)
def test_a_tie_that_loses_a_little_keeps_the_level_it_was_told_at(tmp_path: Path, levels: list[float]) -> None:
    """Every two levels that two can report: their mean may lie on the mark between levels, where any loss shows."""
    most = len(levels)
    pairs = [(one, other) for one in range(most) for other in range(most) if one or other]
    names = [f"{side}{number}" for number in range(len(pairs)) for side in "ab"]
    members = "name,interests\n" + "".join(f"{name},x\n" for name in names)
    rows = [
        f"{month},{one}{number},{other}{number},{pair[side]}"
        for month in (0, 6)
        for number, pair in enumerate(pairs)
        for side, (one, other) in enumerate((("a", "b"), ("b", "a")))
    ]
    member_file, tie_file, _ = files(tmp_path, "month,from,to,level\n" + "\n".join(rows) + "\n", None, members)
    assert member_file is not None
    assert tie_file is not None
    waves = read_waves(member_file, tie_file, levels=levels)
    told = waves.on_scale(waves.strength[0])

    for loss in (1e-9, 1e-3, 0.02):
        np.testing.assert_array_equal(waves.on_scale(waves.first * (1 - loss)), told)
    for number, (one, other) in enumerate(pairs):
        assert told[2 * number, 2 * number + 1] in {levels[place] for place in range(min(one, other), most)}


def test_a_mark_on_which_reports_lie_is_drawn_below_it(tmp_path: Path) -> None:
    rows = ["Ada,Bea,0.5", "Bea,Ada,0.5", "Ada,Cyd,0.3", "Cyd,Ada,0.3", "Ada,Dan,0.9", "Dan,Ada,0.9"]
    ties = "month,from,to,strength\n" + "".join(f"{month},{row}\n" for month in (0, 12) for row in rows)
    waves = read(tmp_path, ties, None)
    assert waves.cut(0.5) == pytest.approx(0.4)
    assert waves.cut(0.3) == pytest.approx(0.15)
    assert waves.cut(0.4) == 0.4
    assert waves.cut(0.1) == 0.1
    assert read(tmp_path).cut(0.25) == 0.25, "levels are read by the nearest, which leaves room"


# What is refused: the first part of what is said.


@pytest.mark.parametrize(
    ("ties", "said"),
    [
        ("12,Cyd,Dann,1", r'line 6: to is "Dann".*members\.csv.*"Dan"'),
        ("1.5,Cyd,Dan,1", r'line 6: month is "1\.5": .*\b0 to 1200\b'),
        ("1201,Cyd,Dan,1", r'line 6: month is "1201": .*\b0 to 1200\b'),
        ("12,Dan,Cyd,-1", r'line 6: level is "-1": .*\b0 to 1000$'),
        ("12,Dan,Cyd,", r'line 6: level is "": .*\b0 to 1000$'),
        ("12,Dan,Dan,1", r'line 6: "Dan" reports a tie to itself'),
        ("12,Cyd,Dan,2", r'line 6: "Cyd" reports on "Dan" in month 12 in line 5 already'),
        ("12,Bea,Dan,2", r'line 6: from is "Bea", who did not answer in month 12: .*answered\.csv'),
        ("30,Bea,Dan,2", r'line 6: from is "Bea", who did not answer in month 30 .*nobody for month 30'),
    ],
)
def test_a_faulty_report_is_refused_by_line(tmp_path: Path, ties: str, said: str) -> None:
    (fault,) = refused(tmp_path, TIES + ties + "\n")
    assert re.match(r"ties\.csv, " + said, fault)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("Bee,12", r'line 7: name is "Bee".*members\.csv.*"Bea"'),
        ("Dan,12", r'line 7: "Dan" stands for month 12 in line 6 already'),
        ("Dan,soon", r'line 7: month is "soon": .*\b0 to 1200\b'),
    ],
)
def test_a_faulty_answer_is_refused_by_line(tmp_path: Path, answer: str, said: str) -> None:
    (fault,) = refused(tmp_path, answered=ANSWERED + answer + "\n")
    assert re.match(r"answered\.csv, " + said, fault)


def test_a_survey_has_levels_or_strengths(tmp_path: Path) -> None:
    both = refused(tmp_path, "month,from,to,level,strength\n0,Ada,Bea,1,0.5\n12,Ada,Bea,1,0.5\n", None)
    assert both == ["ties.csv has both strength and level; keep one"]
    neither = refused(tmp_path, "month,from,to\n0,Ada,Bea\n12,Ada,Bea\n", None)
    (said,) = neither
    assert "neither strength nor level" in said


def test_strengths_beyond_one_and_levels_that_are_all_nought_are_refused(tmp_path: Path) -> None:
    high = refused(tmp_path, "month,from,to,strength\n0,Ada,Bea,1.2\n12,Ada,Bea,1\n", None)
    (said,) = high
    assert re.search(r'ties\.csv, line 2: strength is "1\.2": .*\b0 to 1$', said)
    nought = refused(tmp_path, "month,from,to,level\n0,Ada,Bea,0\n12,Ada,Bea,0\n", None)
    (said,) = nought
    assert "no level above 0" in said


def test_one_wave_is_not_enough(tmp_path: Path) -> None:
    (said,) = refused(tmp_path, "month,from,to,level\n0,Ada,Bea,2\n", None)
    assert re.search(r"one wave \(month 0\); at least two ", said)


def test_a_level_without_a_strength_is_refused_by_line(tmp_path: Path) -> None:
    with pytest.raises(WavesError) as refusal:
        read(tmp_path, levels=[0, 0.5, 0.7])
    for fault, (line, level) in zip(refusal.value.faults, ((3, 3), (4, 4)), strict=True):
        assert re.search(rf"ties\.csv, line {line}: level is {level}: .*\b0 to 2\b", fault)


@pytest.mark.parametrize("levels", [[0], [0.1, 0.5], [0, 0.5, 0.4], [0, 2], [0, 0]])
def test_levels_ascend_from_nought_to_one_at_most(tmp_path: Path, levels: list[float]) -> None:
    with pytest.raises(WavesError, match=r"levels is \[.*\]: allowed is the strength of each level, ascending from 0"):
        read(tmp_path, levels=levels)


def test_every_fault_of_all_files_is_said_at_once(tmp_path: Path) -> None:
    said = refused(tmp_path, TIES + "x,Ada,Bea,1\n", ANSWERED + "Dan,y\n", MEMBERS + "Ada,x,East\n")
    assert [one.partition(":")[0] for one in said] == [
        "members.csv, line 6",
        "answered.csv, line 7",
        "ties.csv, line 6",
    ]


# The scenario that begins at the first wave.


BASE = scenarios.load(
    "salex", ["network.months=80", "grants.first=6", "grants.every=6", "funder.shift.month=30"], posterior=None
)


def moved(waves: Waves, by: int) -> Waves:
    months = tuple(month + by for month in waves.months)
    return replace(waves, months=months)


def test_the_simulation_begins_with_the_ties_of_the_first_wave(tmp_path: Path) -> None:
    begun = at_first_wave(BASE, read(tmp_path, answered=None))
    history = simulation.historian(begun, seed=3, months=[0])(0)
    ties = history.ties[0]
    assert list(zip(ties.one, ties.other, ties.trust, strict=True)) == [(0, 1, 0.75), (0, 2, 0.5)]
    assert begun.roster is not None
    assert begun.roster.names == ("Ada", "Bea", "Cyd", "Dan")
    for key, value in {"members": 4, "topics": 2, "regions": 2}.items():
        assert getattr(begun.network, key) == value


def test_both_engines_run_it_alike(tmp_path: Path) -> None:
    begun = at_first_wave(BASE, read(tmp_path), imputation=3)
    compiled, mesa = (simulation.run(begun, seed=2, replicates=2, engine=engine) for engine in ("compiled", "mesa"))
    np.testing.assert_allclose(compiled.values, mesa.values, rtol=1e-12, equal_nan=True)


@pytest.mark.parametrize(
    ("by", "call", "shift", "closing", "notice"),
    [(0, 6, 30, 25, 6), (5, 1, 25, 20, 6), (6, 6, 24, 19, 6), (20, 4, 10, 5, 4), (24, 6, 6, 1, 0)],
)
def test_the_calendar_moves_with_the_first_wave(
    tmp_path: Path, by: int, call: int, shift: int, closing: int, notice: int
) -> None:
    begun = at_first_wave(BASE, moved(read(tmp_path), by))
    assert begun.grants.first == call
    assert begun.shift_month == shift
    assert begun.closing_month == closing
    assert begun.closing.notice == notice
    assert begun.last_month == 80 - by
    assert {6 + 6 * k for k in range(4)} >= {month + by for month in begun.call_months}


@pytest.mark.parametrize(("by", "month"), [(0, 12), (5, 7), (12, 0), (15, 0)])
def test_a_cancelled_convening_keeps_its_date_or_is_past(tmp_path: Path, by: int, month: int) -> None:
    cancelled = scenarios.replace(BASE, {"facilitation.cancelled": 12})
    assert at_first_wave(cancelled, moved(read(tmp_path), by)).facilitation.cancelled == month


def test_measured_contacts_keep_their_dates_from_the_wave_on(tmp_path: Path) -> None:
    waves = moved(read(tmp_path), 5)
    (tmp_path / "contacts.csv").write_text("month,from,to\n5,Ada,Bea\n6,Dan,Cyd\n9,bea,Ada\n")
    asked = scenarios.load(
        "salex", [f"members.file={tmp_path / 'members.csv'}", f"members.contacts={tmp_path / 'contacts.csv'}"],
        posterior=None,
    )  # fmt: skip
    roster = at_first_wave(asked, waves).roster
    assert roster is not None
    assert roster.contacts == ((1, 2, 3), (4, 0, 1))
    others = replace(waves, roster=replace(waves.roster, names=("Ada", "Bea", "Cyd", "Eve")))
    with pytest.raises(WavesError, match=r'members\.contacts has "Dan", who are not in the survey'):
        at_first_wave(asked, others)


def test_a_shift_that_has_come_holds_from_the_first_month(tmp_path: Path) -> None:
    goes_on = scenarios.replace(BASE, {"closing.month": "never"})
    assert at_first_wave(goes_on, moved(read(tmp_path), 40)).shift_month == 1


@pytest.mark.parametrize("changes", [{"network.months": 30}, {"closing.follow_up": 0}, {"closing.month": "never"}])
def test_the_run_reaches_the_last_wave(tmp_path: Path, changes: dict[str, object]) -> None:
    short: Scenario = scenarios.replace(scenarios.load("salex", posterior=None), changes)
    waves = read(tmp_path, answered=ANSWERED + "Dan,100\n")
    assert at_first_wave(short, waves).last_month >= 100


def test_a_network_that_closed_before_the_first_wave_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WavesError, match=r"closing.month is 25, but the first wave is in month 25"):
        at_first_wave(BASE, moved(read(tmp_path), 25))


def test_weights_of_topics_that_the_members_do_not_have_are_refused(tmp_path: Path) -> None:
    weighs = scenarios.replace(BASE, {"funder.priorities": [1.0] * 8})
    with pytest.raises(ScenarioError, match=r"funder\.priorities has 8 weights but there are 2 topics"):
        at_first_wave(weighs, read(tmp_path))


def test_what_it_changes_it_names_the_survey_as_the_source_of(tmp_path: Path) -> None:
    begun = at_first_wave(BASE, read(tmp_path))
    assert begun.sources["network.members"].startswith("estimate: the surveyed members")
    assert begun.sources["facilitation.intensity"] == BASE.sources["facilitation.intensity"]


def wide(members: int = 40, silent: int = 15) -> Waves:
    """A wave in which a quarter of the pairs are tied, with strength 0.5, and some members are silent."""
    luck = np.random.default_rng(1)
    one, other = np.triu_indices(members, 1)
    strength = np.zeros((2, members, members))
    strength[:, one, other] = strength[:, other, one] = np.where(luck.random(len(one)) < 0.25, 0.5, 0.0)
    answered = np.ones((2, members), np.bool_)
    answered[0, :silent] = False
    strength[0, :silent, :silent] = np.nan
    strength[0, range(members), range(members)] = 0.0
    text = "name,interests\n" + "".join(f"m{number},x\n" for number in range(members))
    return Waves(
        _roster(text),
        (0, 12),
        np.where(answered[:, :, None] | np.eye(members, dtype=np.bool_), strength, np.nan),
        answered,
    )


def _roster(text: str) -> scenarios.Roster:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "members.csv"
        path.write_text(text, encoding="utf-8")
        return scenarios.read_roster(path)


def test_missing_pairs_are_drawn_from_the_observed_and_not_taken_for_unconnected() -> None:
    """105 pairs are missing; a quarter tied is 26, with a standard error of 4.5 in one imputation and 0.4 in 100."""
    waves = wide()
    drawn = []
    for number in range(100):
        begun = at_first_wave(BASE, waves, number)
        assert begun.roster is not None
        ties = begun.roster.ties or ()
        assert {strength for _, _, strength in ties} == {0.5}
        drawn.append(sum(other < 15 for _, other, _ in ties))
    share = (np.nan_to_num(waves.strength[0]) > 0).sum() / waves.observed[0].sum()
    assert np.mean(drawn) == pytest.approx(105 * share, abs=4 * np.sqrt(105 * share * (1 - share) / 100))
    assert np.std(drawn) > 0


def test_an_imputation_is_the_same_whenever_it_is_drawn_and_others_differ() -> None:
    waves = wide()
    assert at_first_wave(BASE, waves, 3).roster == at_first_wave(BASE, waves, 3).roster
    assert at_first_wave(BASE, waves, 3).roster != at_first_wave(BASE, waves, 4).roster
    assert at_first_wave(BASE, waves, 3, seed=1).roster != at_first_wave(BASE, waves, 3, seed=2).roster


def test_without_missing_pairs_every_imputation_is_the_survey() -> None:
    waves = wide(silent=0)
    assert at_first_wave(BASE, waves, 3).roster == at_first_wave(BASE, waves, 4).roster
