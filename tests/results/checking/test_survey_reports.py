"""Surveys with errors of reports: a true model is not contradicted, and what is not the model's is noticed."""

from dataclasses import replace
from math import log, sqrt

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

import scenarios
from results.checking.statistic_fit import StatisticFit, judge_statistic
from results.checking.survey_fit import fit
from results.checking.survey_remarks import remarks_on
from results.studies.learned_reporting import learn_reporting
from results.studies.simulated_reports import reports_of
from results.studies.survey_networks import PredictedWave, judged_statistics, predicted_waves, simulate
from results.studies.survey_statistics import survey, view_of
from scenarios.observed.beginning import at_wave
from scenarios.observed.reporting import EXACT, Reporting, tie_of
from scenarios.observed.waves import Waves
from simulation import historian
from tests.results.checking.steady_survey import SCENARIO, example

ERRORS = Reporting(named=0.75, named_strong=0.9, habit=0.5, mistaken=0.03)
NETWORKS, MEMBERS = 40, 30


def made(number: int, *, rewired: float = 0.0, shuffled: bool = False) -> Waves:
    """Two surveys, a year apart, of a network of the model, reported with known errors.

    Args:
        number: of the network and of its luck.
        rewired: share of the ties that the second survey has between other pairs.
        shuffled: whether all of them are.
    """
    base = example("survey")
    first = base.on_scale(survey(historian(SCENARIO, seed=5, months=[24])(number).ties[24], MEMBERS))
    answered = np.ones((2, MEMBERS), np.bool_)
    truth = Waves(base.roster, (0, 12), np.stack([first, first]), answered, base.tied_from, base.levels)
    begun = at_wave(SCENARIO, truth, 0).scenario
    second = survey(historian(begun, seed=77, months=[12])(number).ties[12], MEMBERS)
    luck = np.random.default_rng([number, 3])
    if rewired or shuffled:
        second = _rewired(second, 1.0 if shuffled else rewired, luck)
    habits = luck.normal(size=MEMBERS) * ERRORS.habit
    waves = replace(truth, reporting=ERRORS)
    told = [
        reports_of(one, waves, wave, habits, seed=123, replicate=number) for wave, one in enumerate((first, second))
    ]
    return replace(waves, told=np.stack(told))


def _rewired(network: NDArray[np.float64], share: float, luck: np.random.Generator) -> NDArray[np.float64]:
    """The same with a share of its ties between pairs that had none."""
    one, other = np.triu_indices(MEMBERS, 1)
    strength = network[one, other].copy()
    tied, free = np.flatnonzero(strength > 0), np.flatnonzero(strength == 0)
    many = min(round(share * len(tied)), len(free))
    away, to = luck.choice(tied, many, replace=False), luck.choice(free, many, replace=False)
    strength[to], strength[away] = strength[away], 0.0
    found = np.zeros_like(network)
    found[one, other] = found[other, one] = strength
    return found


def judged(waves: Waves, networks: int = NETWORKS) -> list[StatisticFit]:
    found = simulate(SCENARIO, waves, seed=9, networks=networks)
    return [
        judge_statistic(one, values, waves, 1)
        for one, values in zip(judged_statistics(waves), found.statistics, strict=True)
    ]


def p_values(found: list[list[StatisticFit]], name: str) -> NDArray[np.float64]:
    return np.array([one.p for fitted in found for one in fitted if one.name == name and one.judged])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("known", "surveys"),
    [(True, 8), pytest.param(True, 60, marks=pytest.mark.slow), pytest.param(False, 60, marks=pytest.mark.slow)],
)
def test_where_model_and_reports_are_true_p_is_uniform(known: bool, surveys: int) -> None:
    """Surveys of networks of the model, with known rates or with those learned from each survey itself.

    p of one is a rank among 40; Kolmogorov's distance of n from the uniform exceeds sqrt(-ln(a / 2) / 2n) with chance
    a: .74 for a = 3e-4 and 8 surveys, .27 for 60; .003 for all ten statistics. Ranks are 1 in 41 apart: .024 more.
    Power, tried: with reports taken for exact the distance of the Jaccard index is .98, and ties lost are not judged.
    """
    found = []
    for number in range(surveys):
        waves = made(number)
        found.append(judged(waves if known else replace(waves, reporting=learn_reporting(waves))))
    most = sqrt(-log(3e-4 / 2) / (2 * surveys)) + 1 / (NETWORKS + 1)
    for name in {one.name for one in found[0]}:
        p = p_values(found, name)
        assert len(p) > 0.6 * surveys, name
        assert stats.kstest(p, "uniform").statistic < most, name


@pytest.mark.slow
def test_where_errors_are_taken_for_change_a_true_model_is_contradicted() -> None:
    """What the reports are for: of 10 surveys of the model most are contradicted if each report is taken for exact."""
    found = [judged(replace(made(number), reporting=EXACT), 40) for number in range(10)]
    assert (p_values(found, "jaccard") < 0.05).mean() > 0.8


@pytest.mark.slow
def test_a_tenth_of_the_ties_rewired_is_noticed_and_a_second_wave_of_its_own_is_contradicted() -> None:
    """Of a true survey at most 1 in 10 has p below .05 in one of two statistics; more than 5 of 12 do with .0005.

    Power, tried: of 16 with a tenth of the ties rewired 11 have; more than 5 of 12 then do with chance .95.
    """
    rewired = [judged(made(number, rewired=0.1)) for number in range(12)]
    noticed = (np.minimum(p_values(rewired, "jaccard"), p_values(rewired, "lost_ties")) < 0.05).sum()
    assert noticed > 5
    own = fit(SCENARIO, made(1, shuffled=True), networks=250)
    assert {"jaccard", "new_ties", "lost_ties"} <= {one.name for one in own.statistics if one.verdict == "contradicted"}


# What is predicted from what.


def three() -> Waves:
    waves = made(1)
    return replace(
        waves,
        months=(0, 12, 18),
        told=np.concatenate([waves.told, waves.told[:1]]),
        answered=np.ones((3, 30), np.bool_),
    )


def test_each_wave_is_predicted_from_the_one_before_and_beside_it_from_the_first() -> None:
    waves = three()
    assert predicted_waves(waves) == [PredictedWave(0, 1), PredictedWave(1, 2), PredictedWave(0, 2)]
    assert predicted_waves(waves, hold_out=True) == [PredictedWave(1, 2), PredictedWave(0, 2)]
    found = fit(SCENARIO, waves, networks=20)
    assert {(one.begun_month, one.wave_month) for one in found.statistics} == {(0, 12), (12, 18)}
    assert {(one.begun_month, one.wave_month) for one in found.from_first} == {(0, 18)}


def test_a_wave_is_predicted_by_what_went_before_it_alone() -> None:
    """What is said in the last wave changes nothing of what is simulated, and neither does the first for the last."""
    waves = three()
    told = waves.told.copy()
    told[2] = 0.0
    other = replace(waves, told=told)
    for one, again in zip(simulate(SCENARIO, waves, seed=1, networks=8).statistics,
                          simulate(SCENARIO, other, seed=1, networks=8).statistics, strict=True):  # fmt: skip
        np.testing.assert_array_equal(one, again)


def test_who_had_left_loses_no_ties_and_who_joins_wins_none() -> None:
    waves = replace(made(2), reporting=EXACT)
    there = np.ones((2, MEMBERS), np.bool_)
    there[1, :3], there[0, 27:] = False, False
    told = waves.told.copy()
    told[~(there[:, :, None] & there[:, None, :])] = np.nan
    told[:, range(MEMBERS), range(MEMBERS)] = 0.0
    moved = replace(waves, told=told, answered=there, present=there)
    view = view_of(moved, 1)
    assert not view.both[:3].any()
    assert not view.observed[27:].any()
    assert view.answered.sum() == MEMBERS - 6
    found = at_wave(SCENARIO, moved, 0)
    assert found.members.tolist() == list(range(27))
    assert found.scenario.network.members == 27
    lost = next(one for one in judged(moved, 10) if one.name == "lost_ties")
    stood = np.nan_to_num(moved.strength[0])[3:27, 3:27] > 0
    stands = np.nan_to_num(moved.strength[1])[3:27, 3:27] > 0
    assert lost.observed[0] == (stood & ~stands).sum() / 2


def test_what_cannot_end_does_not_end_in_simulated_reports() -> None:
    fades = scenarios.replace(SCENARIO, {"behaviour.decay": 0.5, "facilitation.intensity": 0.0})
    waves = replace(made(3), reporting=EXACT)
    for asks, loses in (("now", True), ("ever", False)):
        found = simulate(fades, replace(waves, asks=asks), seed=1, networks=5)  # type: ignore[arg-type]
        (lost,) = (
            values
            for one, values in zip(judged_statistics(waves), found.statistics, strict=True)
            if one.statistic.name == "lost_ties"
        )
        assert bool((lost > 0).any()) is loses


# How it is reported.


def test_simulated_reports_have_the_chances_that_are_given() -> None:
    """210 and 225 reports x 40 draws: a share of p has the standard error sqrt(p (1 - p) / 8,400), at most .0033."""
    trust = np.zeros((MEMBERS, MEMBERS))
    trust[:15, :15] = 1.0
    np.fill_diagonal(trust, 0.0)
    waves = replace(made(1), reporting=Reporting(0.6, 0.9, 0.0, 0.05))
    told = np.stack([reports_of(trust, waves, 1, np.zeros(MEMBERS), seed=1, replicate=k) for k in range(40)])
    named = (told > 0).mean(axis=0)
    off = ~np.eye(15, dtype=np.bool_)
    assert named[:15, :15][off].mean() == pytest.approx(0.9, abs=0.014)
    assert named[15:, :15].mean() == pytest.approx(0.05, abs=0.014)
    tied = (tie_of(told, "either") > 0).mean(axis=0)
    assert tied[:15, :15][off].mean() == pytest.approx(1 - 0.1**2, abs=0.014)
    once = replace(waves, reporting=replace(waves.reporting, together=True))
    told = np.stack([reports_of(trust, once, 1, np.zeros(MEMBERS), seed=1, replicate=k) for k in range(40)])
    np.testing.assert_array_equal(told, np.swapaxes(told, 1, 2))
    assert (told > 0)[:, :15, :15].mean(axis=0)[off].mean() == pytest.approx(0.9, abs=0.02)


def test_how_members_report_is_said() -> None:
    said = " ".join(remarks_on(made(1)))
    assert "names 75 % of its weakest ties that count and 90 % of its strongest, and by mistake 3 %" in said
    assert 'reports = "learned"' in " ".join(remarks_on(replace(made(1), reporting=EXACT)))
    assert "first month it was strong enough" in " ".join(remarks_on(replace(made(1), asks="ever")))


def test_what_is_missing_from_a_survey_is_said() -> None:
    waves = replace(made(1), reporting=EXACT, present=None)
    members = len(waves.roster.names)
    present = np.ones((2, members), dtype=np.bool_)
    present[:, 0] = present[0, 1] = False
    told = waves.told.copy()
    told[~(present[:, :, None] & present[:, None, :])] = np.nan
    said = " ".join(remarks_on(replace(waves, told=told, present=present)))
    assert f"{members - 2} in month" in said
    assert f"In no wave: {waves.roster.names[0]}." in said

    told = waves.told.copy()
    told[1] = np.where(np.isnan(told[1]), np.nan, 0.0)
    assert "no two count as tied" in " ".join(remarks_on(replace(waves, told=told)))
    told[1] = np.nan
    assert "nobody answered" in " ".join(remarks_on(replace(waves, told=told)))
    assert "no two count as tied" not in " ".join(remarks_on(waves))


def test_chances_that_the_survey_cannot_show_are_said_to_be_guesses() -> None:
    waves = made(1)
    one_side = waves.told.copy()
    one_side[:, 1:] = np.nan
    assert "In no pair did both sides answer" in " ".join(remarks_on(replace(waves, told=one_side)))
    assert "In no pair did both sides answer" not in " ".join(remarks_on(waves))


def test_ties_that_end_where_none_can_are_counted() -> None:
    waves = replace(made(1), reporting=EXACT, asks="ever")
    nobody = np.where(np.isnan(waves.told[1]), np.nan, 0.0)
    ties = int(np.triu((waves.strength[0] >= waves.tied_from) & waves.observed[1], 1).sum())
    ended = " ".join(remarks_on(replace(waves, told=np.stack([waves.told[0], nobody]))))
    assert f"missing in the next wave: {ties}" in ended
    same = replace(waves, told=np.stack([waves.told[0]] * 2), answered=np.stack([waves.answered[0]] * 2))
    assert "missing in the next wave" not in " ".join(remarks_on(same))
