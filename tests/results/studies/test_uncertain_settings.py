"""Uncertain settings in virtual studies: each set of parameters draws its own, and the prediction is wider."""

from dataclasses import replace

import numpy as np

import scenarios
from results.studies.choosing_studies import PARTICLES, believed_sets
from results.studies.virtual_studies import Replication, predict
from scenarios.observed.study import Measured, Observed, Pattern
from scenarios.observed.uncertain import UncertainSetting
from simulation import run

BASE = scenarios.load(
    "salex", ["network.members=12", "network.months=2", "closing.month=never", "network.prior_ties=3"], posterior=None
)
TIES = Pattern(
    "ties", "", "tied", (0,), "start", "value", (), Measured(None, 0.0, None), "x", "x", networks=3, tied_from=0.01
)
CERTAIN = Observed("made up", "", BASE, frozenset({"network.prior_ties"}), (TIES,))
UNSURE = UncertainSetting("network.prior_ties", 1.0, 9.0, "log")
UNCERTAIN = replace(CERTAIN, uncertain=(UNSURE,))


def test_a_set_lives_with_the_settings_that_it_draws() -> None:
    for number in (0, 7):
        scenario = Replication(UNCERTAIN).scenario({}, {}, {}, number)
        assert scenario.network.prior_ties == UNSURE.drawn("made up", number)
    assert Replication(UNCERTAIN).scenario({}, {}, {}).network.prior_ties == 3.0, "the middle, where nothing is drawn"


def test_an_arm_and_what_is_switched_off_win_over_what_is_drawn() -> None:
    replication = Replication(UNCERTAIN)
    assert replication.scenario({"network.prior_ties": 0.5}, {}, {}, 7).network.prior_ties == 0.5
    assert replication.scenario({}, {}, {"network.prior_ties": 0.0}, 7).network.prior_ties == 0.0
    assert replication.scenario({}, {"network.prior_ties": 8.0}, {}, 7).network.prior_ties != 8.0


def test_a_prediction_is_wider_by_what_the_setting_leaves_open() -> None:
    sets: list[dict[str, float]] = [{}] * 20
    wide, narrow = (predict([study], sets, networks=6)[0] for study in (UNCERTAIN, CERTAIN))
    assert np.std(wide.draws) > 2 * np.std(narrow.draws)
    for number in (0, 11):
        ties = UNSURE.drawn("made up", number)
        alone = run(scenarios.replace(BASE, {"network.prior_ties": ties}), seed=1, replicates=6, first=6 * number)
        counted = wide.counts[number, :, 0, 0] / wide.counts[number, :, 0, 1]
        np.testing.assert_allclose(counted, alone.course("tie_density")[:, 0])


def test_the_same_check_draws_the_same_whatever_the_number_of_threads() -> None:
    one, other = (predict([UNCERTAIN], [{}] * 4, networks=2, workers=workers)[0].counts for workers in (1, 2))
    np.testing.assert_array_equal(one, other)


def test_an_assumption_that_is_switched_off_lives_with_the_same_settings() -> None:
    on, off = (
        predict([UNCERTAIN], [{}] * 5, networks=2, off=values)[0].counts
        for values in ({}, {"behaviour.initiative": 0.0})
    )
    np.testing.assert_array_equal(on, off)


def test_with_the_same_luck_for_all_sets_each_network_draws_its_own() -> None:
    (prediction,) = predict([UNCERTAIN], [{}], networks=30, common=True)
    shares = prediction.counts[0, :, 0, 0] / prediction.counts[0, :, 0, 1]
    (certain,) = predict([CERTAIN], [{}], networks=30, common=True)
    assert np.std(shares) > 2 * np.std(certain.counts[0, :, 0, 0] / certain.counts[0, :, 0, 1])


def test_without_a_posterior_there_are_as_many_sets_only_where_a_setting_is_uncertain() -> None:
    assert believed_sets(None, 200, [CERTAIN]) == (({},), 200)
    assert believed_sets(None, 200, [CERTAIN, UNCERTAIN]) == (({},) * PARTICLES, 5)
    assert believed_sets(None, 20, [UNCERTAIN]) == (({},) * 10, 2)
