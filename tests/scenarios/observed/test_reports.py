"""Surveys are reports: who names whom, what two reports that differ come to, who was a member when, and dates."""

import re
from collections.abc import Sequence
from dataclasses import replace
from math import sqrt
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest

import scenarios
from results.checking.survey_remarks import remarks_on
from scenarios.observed.latent_ties import latent_ties
from scenarios.observed.reading import ObservedError, read_observed
from scenarios.observed.reporting import EXACT, Reporting, Rule, tie_of
from scenarios.observed.waves import Waves, WavesError, read_waves

MEMBERS = "name,interests\nAda,x\nBea,x\nCyd,y\nDan,y\n"
TIES = "month,from,to,level\n0,Ada,Bea,2\n0,Bea,Ada,4\n0,Ada,Cyd,4\n0,Dan,Ada,2\n12,Ada,Bea,2\n12,Bea,Ada,2\n"


def read(folder: Path, ties: str = TIES, answered: str | None = None, members: str = MEMBERS, **how: Any) -> Waves:
    for name, text in (("members.csv", members), ("ties.csv", ties), ("answered.csv", answered)):
        if text is not None:
            (folder / name).write_text(text, encoding="utf-8")
    kept = folder / "answered.csv" if answered is not None else None
    return read_waves(folder / "members.csv", folder / "ties.csv", kept, levels=[0, 0.25, 0.5, 0.75, 1.0], **how)


def faults(folder: Path, **files: Any) -> Sequence[str]:
    with pytest.raises(WavesError) as refusal:
        read(folder, **files)
    return refusal.value.faults


# What two reports come to.


@pytest.mark.parametrize(("rule", "differ", "one_sided"), [("mean", 0.75, 0.5), ("either", 1.0, 1.0), ("both", 0.5, 0)])
def test_two_reports_that_differ_come_to_what_the_rule_says(
    tmp_path: Path, rule: Rule, differ: float, one_sided: float
) -> None:
    """Ada and Bea say .5 and 1; Ada names Cyd, who does not name Ada: silence of who answered is a report of 0."""
    waves = read(tmp_path, rule=rule)
    assert waves.strength[0, 0, 1] == waves.strength[0, 1, 0] == differ
    assert waves.strength[0, 0, 2] == waves.strength[0, 2, 0] == one_sided


@pytest.mark.parametrize("rule", ["mean", "either", "both"])
def test_the_one_report_there_is_stands_whatever_the_rule(tmp_path: Path, rule: Rule) -> None:
    waves = read(tmp_path, answered="name,month\nAda,0\nBea,0\nDan,0\nAda,12\nBea,12\n", rule=rule)
    assert waves.strength[0, 0, 2] == 1.0, "Cyd did not answer"
    assert np.isnan(waves.strength[1, 2, 3]), "neither answered"
    assert waves.strength[1, 1, 2] == 0.0, "Bea answered, and did not name Cyd"


def test_rules_are_of_pairs_alone() -> None:
    told = np.random.default_rng(1).random((3, 5, 5))
    for rule, of_two in (("mean", np.mean), ("either", np.max), ("both", np.min)):
        tie = tie_of(told, rule)  # type: ignore[arg-type]
        for one in range(5):
            for other in range(5):
                expected = [0.0] * 3 if one == other else of_two([told[:, one, other], told[:, other, one]], axis=0)
                np.testing.assert_allclose(tie[:, one, other], expected)


# Who names whom.


def test_the_chance_to_name_rises_from_the_weakest_tie_that_counts_to_the_strongest() -> None:
    reporting = Reporting(named=0.6, named_strong=0.9, mistaken=0.05)
    chance = reporting.chance(np.array([[0.0, 0.19, 0.2, 0.6, 1.0]]), np.zeros(1), tied_from=0.2)
    assert chance[0].tolist() == pytest.approx([0.05, 0.05, 0.6, 0.75, 0.9])


def test_a_habit_is_added_to_the_log_odds_of_who_names() -> None:
    chance = Reporting(named=0.5, named_strong=0.5, habit=1.0, mistaken=0.1).chance(
        np.array([[0.5, 0.0], [0.5, 0.0]]), np.array([0.0, np.log(3)]), tied_from=0.2
    )
    assert chance.ravel().tolist() == pytest.approx([0.5, 0.1, 0.75, 0.25])


def test_exact_reports_name_every_tie_and_no_other() -> None:
    strength = np.array([[0.0, 0.3], [0.3, 0.0]])
    assert EXACT.chance(strength, np.array([5.0, -5.0]), 0.2).tolist() == [[0, 1], [1, 0]]


def made(tied: float, reporting: Reporting, members: int = 40, seed: int = 1) -> Waves:
    """Two waves of reports with these errors, drawn by the definition: which pairs are tied, then who names whom."""
    luck = np.random.default_rng(seed)
    told = np.zeros((2, members, members))
    for wave in range(2):
        ties = np.triu(luck.random((members, members)) < tied, 1)
        ties |= ties.T
        told[wave] = np.where(luck.random(ties.shape) < np.where(ties, reporting.named, reporting.mistaken), 0.5, 0)
        np.fill_diagonal(told[wave], 0)
    return Waves(roster(members), (0, 12), told, np.ones((2, members), np.bool_), 0.2, (0.0, 0.5), reporting=reporting)


def roster(members: int) -> Any:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "members.csv"
        path.write_text("name,interests\n" + "".join(f"m{number},x\n" for number in range(members)), encoding="utf-8")
        return scenarios.read_roster(path)


@pytest.mark.parametrize(("says", "chance"), [(0, 0.0243), (1, 0.525), (2, 0.98)])
def test_ties_are_drawn_with_the_chance_that_bayes_rule_gives(says: int, chance: float) -> None:
    """A fifth is tied, .7 of ties and .05 of others are named: .2 x .3 x .3 / (that + .8 x .95 x .95) = .0243.

    Of each kind there are 60 pairs or more, drawn 60 times; how many are tied is learned from 780 pairs, to some .02,
    which moves .525 by .05. Power: naming taken as certain would put a pair that one names at 1, and none named at 0.
    """
    waves = made(0.2, Reporting(named=0.7, named_strong=0.7, mistaken=0.05))
    named = waves.told[0] > 0
    pairs = np.triu(named.astype(int) + named.T == says, 1)
    assert pairs.sum() >= 60
    drawn = np.mean([(latent_ties(waves, 0, number, 1).strength[pairs] > 0).mean() for number in range(60)])
    error = sqrt(chance * (1 - chance) / (60 * pairs.sum()))
    assert drawn == pytest.approx(chance, abs=0.05 * (chance * (1 - chance) / 0.25) + 0.01 + 4 * error)


def test_pairs_like_those_that_are_tied_are_drawn_more_often() -> None:
    """Ties within two halves alone, of one region each: of pairs without any report, those within are tied oftener."""
    waves = made(0.3, Reporting(named=0.7, named_strong=0.7, mistaken=0.02))
    half = np.arange(40) < 20
    apart = half[:, None] != half[None, :]
    told = np.where(apart, 0.0, waves.told)
    told[:, [0, 39]] = np.nan
    told[:, :, [0, 39]] = np.nan
    told[:, range(40), range(40)] = 0.0
    halves = replace(waves.roster, regions=("a", "b"), region=half.astype(np.int64))
    halved = replace(waves, told=told, roster=halves)
    chance = np.mean([latent_ties(halved, 0, number, 1).strength > 0 for number in range(60)], axis=0)
    assert chance[0, 1:20].mean() > 0.2 > 0.05 > chance[0, 20:].mean()


def test_what_was_reported_earlier_tells_a_forgotten_tie_from_none() -> None:
    """Ties that stand in three waves, .6 of them named, .05 of others: 40 members, 780 pairs, a fifth tied.

    Of a pair that neither names now the reports of two earlier waves tell: the chances that are drawn by them score
    better (Brier), and a pair of this kind that both named twice is tied, where by the wave alone it is so in some 4 %.
    """
    waves = made(0.2, Reporting(named=0.6, named_strong=0.6, mistaken=0.05))
    luck = np.random.default_rng(7)
    ties = np.triu(luck.random((40, 40)) < 0.2, 1)
    both = ties | ties.T
    told = np.where(luck.random((3, 40, 40)) < np.where(both, 0.6, 0.05), 0.5, 0.0)
    told[:, range(40), range(40)] = 0.0
    lasting = replace(waves, months=(0, 6, 12), told=told, answered=np.ones((3, 40), np.bool_))
    alone = replace(lasting, months=(12,), told=told[2:], answered=lasting.answered[2:])
    named = told > 0
    silent = np.triu(~named[2] & ~named[2].T, 1)
    twice = silent & (named[:2].sum(axis=0) + named[:2].sum(axis=0).T >= 3)
    assert twice.sum() >= 5
    with_earlier, without = (
        np.mean([latent_ties(one, wave, number, 1).strength > 0 for number in range(60)], axis=0)
        for one, wave in ((lasting, 2), (alone, 0))
    )
    score, score_without = (((chance - both)[silent] ** 2).mean() for chance in (with_earlier, without))
    assert score < 0.9 * score_without
    assert with_earlier[twice].mean() > 0.4 > 0.2 > without[twice].mean()
    later = replace(lasting, told=np.concatenate([told[:2], 0.5 - told[2:]]))
    np.testing.assert_array_equal(latent_ties(lasting, 1, 0, 1).strength, latent_ties(later, 1, 0, 1).strength)


def test_of_one_report_of_a_pair_nothing_is_counted_twice() -> None:
    """.7 of ties, .05 of others are named, once a pair: a named one is tied with .14 / (.14 + .04) = .78, not .98."""
    reporting = Reporting(named=0.7, named_strong=0.7, mistaken=0.05, together=True)
    waves = made(0.2, reporting)
    told = np.triu(waves.told[0], 1)
    waves = replace(waves, told=np.stack([told + told.T] * 2))
    assert waves.told_once
    assert not made(0.2, reporting).told_once
    named = told > 0
    chance = np.mean([latent_ties(waves, 0, number, 1).strength > 0 for number in range(60)], axis=0)
    assert chance[named].mean() == pytest.approx(0.78, abs=0.06)


def test_a_draw_is_symmetric_and_the_same_whenever_it_is_made() -> None:
    waves = made(0.2, Reporting(named=0.7, named_strong=0.8, habit=0.5, mistaken=0.05))
    drawn = latent_ties(waves, 0, 3, 1)
    np.testing.assert_array_equal(drawn.strength, drawn.strength.T)
    np.testing.assert_array_equal(drawn.strength, latent_ties(waves, 0, 3, 1).strength)
    assert not np.array_equal(drawn.strength, latent_ties(waves, 0, 4, 1).strength)
    assert drawn.habits.std() > 0


def test_who_names_many_that_nobody_else_confirms_has_a_high_habit() -> None:
    waves = made(0.2, Reporting(named=0.7, named_strong=0.7, habit=1.0, mistaken=0.05))
    told = waves.told.copy()
    told[0, 0], told[0, 1] = 0.5, 0.0
    told[0, 0, 0] = 0
    habits = np.mean([latent_ties(replace(waves, told=told), 0, number, 1).habits for number in range(20)], axis=0)
    assert habits[0] > 1.0 > habits[2:].mean() > -1.0 > habits[1]


# Who was a member when.


def test_pairs_of_who_had_not_joined_or_had_left_are_not_observed(tmp_path: Path) -> None:
    members = "name,interests,joined,left\nAda,x,,\nBea,x,0,\nCyd,y,,12\nDan,y,6,\n"
    ties = "month,from,to,level\n0,Ada,Bea,2\n0,Ada,Cyd,4\n12,Dan,Ada,2\n"
    waves = read(tmp_path, ties, None, members)
    assert waves.there.tolist() == [[True, True, True, False], [True, True, False, True]]
    assert waves.answered.tolist() == waves.there.tolist()
    assert np.isnan(waves.strength[0, 3, :3]).all()
    assert np.isnan(waves.strength[1, 2, [0, 1, 3]]).all(), "the tie of Ada and Cyd was not lost: Cyd had left"
    assert waves.observed[1].sum() == 6


def test_answered_csv_may_say_who_was_no_member(tmp_path: Path) -> None:
    answered = "name,month,present\nAda,0,\nBea,0,yes\nDan,0,no\nAda,12,\nBea,12,\nDan,12,1\n"
    waves = read(tmp_path, "month,from,to,level\n0,Ada,Bea,2\n12,Bea,Ada,2\n", answered)
    assert waves.there.tolist() == [[True, True, True, False], [True] * 4]
    assert waves.answered.tolist() == [[True, True, False, False], [True, True, False, True]]
    assert np.isnan(waves.strength[0, 0, 3])
    assert waves.strength[0, 0, 2] == 0.0, "Cyd was a member that did not answer"


def test_a_report_of_who_was_no_member_is_refused(tmp_path: Path) -> None:
    members = "name,interests,left\nAda,x,\nBea,x,\nCyd,y,\nDan,y,0\n"
    (fault,) = faults(tmp_path, members=members)
    assert re.search(r'ties\.csv, line 5: "Dan" was no member in month 0', fault)


@pytest.mark.parametrize(
    ("joined", "left", "said"),
    [("6", "6", "left is .6., but joined is .6."), ("soon", "", "joined is .soon.: allowed is a whole number")],
)
def test_stays_that_cannot_be_are_refused(tmp_path: Path, joined: str, left: str, said: str) -> None:
    members = f"name,interests,joined,left\nAda,x,,\nBea,x,,\nCyd,y,,\nDan,y,{joined},{left}\n"
    assert any(re.search(r"members\.csv, line 5: " + said, fault) for fault in faults(tmp_path, members=members))


# Dates, levels.


def test_months_may_be_dates_counted_from_the_earliest(tmp_path: Path) -> None:
    ties = "month,from,to,level\n2021-06-30,Ada,Bea,2\n2020-05,Ada,Bea,2\n2020-05-01T10:00,Bea,Ada,2\n"
    waves = read(tmp_path, ties)
    assert waves.months == (0, 13)
    assert "2020-05 is month 0 and 2021-06 is month 13" in " ".join(remarks_on(waves))
    assert (waves.begins, waves.named(13), waves.named(0)) == ("2020-05", "2021-06", "2020-05")
    assert read(tmp_path, ties, begins="2019-05").months == (12, 25)


def test_dates_go_for_who_joined_as_well(tmp_path: Path) -> None:
    members = "name,interests,joined\nAda,x,\nBea,x,\nCyd,y,\nDan,y,2020-11\n"
    waves = read(tmp_path, "month,from,to,level\n2020-05,Ada,Bea,2\n2021-05,Ada,Bea,2\n", None, members)
    assert waves.there[:, 3].tolist() == [False, True]


@pytest.mark.parametrize(
    ("month", "said"), [("12", "other rows have dates"), ("2021-13", "other rows have dates"), ("", "other rows")]
)
def test_numbers_among_dates_are_refused(tmp_path: Path, month: str, said: str) -> None:
    (fault,) = faults(tmp_path, ties=f"month,from,to,level\n2020-05,Ada,Bea,2\n2021-05,Ada,Bea,2\n{month},Ada,Bea,2\n")
    assert "ties.csv, line 4" in fault
    assert said in fault


def test_a_date_before_month_0_is_refused(tmp_path: Path) -> None:
    ties = "month,from,to,level\n2020-05,Ada,Bea,2\n2021-05,Ada,Bea,2\n"
    (fault,) = faults(tmp_path, ties=ties, begins="2020-07")
    assert "2 months before month 0, which is 2020-07" in fault


def test_levels_may_stand_for_the_same_strength(tmp_path: Path) -> None:
    (tmp_path / "members.csv").write_text(MEMBERS)
    (tmp_path / "ties.csv").write_text("month,from,to,level\n0,Ada,Bea,1\n0,Bea,Ada,1\n12,Ada,Cyd,2\n12,Cyd,Ada,3\n")
    waves = read_waves(tmp_path / "members.csv", tmp_path / "ties.csv", levels=[0, 0, 0.4, 0.4])
    assert waves.strength[0, 0, 1] == 0.0, "level 1 counts as none"
    assert waves.strength[1, 0, 2] == 0.4
    assert waves.on_scale(np.array([0.1, 0.25, 1.0])).tolist() == [0.0, 0.4, 0.4]


# The file.


def observed(folder: Path, waves: str) -> Any:
    (folder / "members.csv").write_text(MEMBERS)
    (folder / "ties.csv").write_text(TIES)
    (folder / "observed.toml").write_text(f'title = "t"\nscenario = "salex"\n[waves]\nties = "ties.csv"\n{waves}\n')
    (study,) = read_observed(folder, ())
    assert study.survey is not None
    return study.survey


def test_a_file_says_how_reports_are_read(tmp_path: Path) -> None:
    survey = observed(
        tmp_path, 'rule = "either"\nasks = "ever"\nbegins = "2020-05"\nreports = { named = 0.8, mistaken = 0.01 }'
    )
    assert (survey.rule, survey.asks, survey.begins) == ("either", "ever", "2020-05")
    assert survey.reports == Reporting(0.8, 0.8, 0.0, 0.01)
    once = observed(tmp_path, "reports = { named = 0.8, together = true }").reports
    assert once == Reporting(0.8, 0.8, together=True)
    assert observed(tmp_path, 'reports = "learned"').reports is None
    assert observed(tmp_path, "").reports == EXACT


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('rule = "eiter"', "rule is .eiter.: allowed is mean, either, both; did you mean either"),
        ('asks = "always"', "asks is .always.: allowed is now, ever"),
        ('begins = "May 2020"', "begins is .May 2020.: allowed is the date of month 0"),
        ('reports = "learn"', "reports is .learn.: allowed is exact, learned; did you mean learned"),
        ("reports = { named = 80 }", "named is 80: allowed is 0 to 1; did you mean 0.8"),
        ("reports = { name = 0.8 }", "name is no key of reports"),
        ("reports = { named = 0.8, together = 1 }", "together is 1: allowed is true or false"),
        ("reports = { named = 0.8, habit = 0.5, together = true }", "habit is 0.5, but together is true"),
        ("reports = { named = 0.2, mistaken = 0.3 }", "mistaken is 0.3, but named is 0.2"),
    ],
)
def test_a_way_of_reading_that_is_none_is_refused(tmp_path: Path, written: str, said: str) -> None:
    with pytest.raises(ObservedError, match=said):
        observed(tmp_path, written)


def test_who_joined_before_month_0_was_a_member_from_the_start(tmp_path: Path) -> None:
    members = "name,interests,joined\nAda,x,2019-03\nBea,x,\nCyd,y,\nDan,y,2020-11\n"
    ties = "month,from,to,level\n2020-05,Ada,Bea,2\n2021-05,Ada,Bea,2\n"
    assert read(tmp_path, ties=ties, members=members).there.tolist() == [[True, True, True, False], [True] * 4]


def test_days_that_no_calendar_has_are_refused(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, ties="month,from,to,level\n2020-02-31,Ada,Bea,2\n2021-05-30,Ada,Bea,2\n")
    assert re.match("ties.csv, line 2: month is .2020-02-31.", fault)


def test_a_date_of_month_0_without_any_dates_is_refused(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, begins="2020-05")
    assert "begins is" in fault
    assert "ties.csv" in fault


def test_who_was_no_member_cannot_have_answered(tmp_path: Path) -> None:
    members = "name,interests,joined\nAda,x,\nBea,x,\nCyd,y,\nDan,y,12\n"
    ties = "month,from,to,level\n0,Ada,Bea,2\n12,Ada,Bea,2\n"
    answered = "name,month,present\nAda,0,\nBea,0,\nDan,0,yes\nAda,12,\nBea,12,\nDan,12,\n"
    (fault,) = faults(tmp_path, ties=ties, members=members, answered=answered)
    assert re.match("answered.csv, line 4: .Dan. answered in month 0", fault)
