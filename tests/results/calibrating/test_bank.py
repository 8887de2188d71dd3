"""A bank of simulated draws: by number alone, kept in blocks, and what is learned from it is what Bayes' rule says."""

import warnings
from dataclasses import replace
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from results.calibrating.bank import keeping
from results.calibrating.bank.between_studies import OwnPosterior, between
from results.calibrating.bank.emulator import Emulator, Moments, emulate
from results.calibrating.bank.keeping import BLOCK, Bank, fill
from results.calibrating.bank.learning import Learner, learner
from results.calibrating.bank.prior_draws import from_unit, unit_draw
from results.calibrating.bank.slice_walk import walk
from results.calibrating.bank.sources import OfPatterns, sources_of
from results.calibrating.bank.standing import Standing, standing
from results.calibrating.bank.study_likelihood import findings_of, study_likelihood
from results.calibrating.likelihood import beta_binomial
from results.calibrating.posterior_summary import Free, free_parameters
from results.calibrating.range_likelihood import SHARE
from results.studies.choosing_studies import studies_of
from scenarios import KEYS, ScenarioError
from scenarios.schema.posterior import why_not
from tests.shared import needs

pytestmark = needs("sklearn")

FREE = free_parameters(["behaviour.yes_base", "behaviour.initiative", "behaviour.evidence_lag"])


def source_of(name: str) -> OfPatterns:
    (source,) = sources_of(studies_of(name, ()), (), 1)
    assert isinstance(source, OfPatterns)
    return source


def files(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in sorted((folder / keeping.BLOCKS).iterdir())}


def test_all_stands_for_every_uncertain_key_with_a_range_and_a_table_for_its_own() -> None:
    every = {one.key for one in free_parameters(["all"])}
    assert every == {key for key, known in KEYS.items() if known.prior and why_not(key) is None}
    assert {one.key for one in free_parameters(["members"])} == {key for key in every if key.startswith("members.")}
    own = {one.key: one for one in free_parameters(["behaviour", "behaviour.decay=0.01:0.02"])}
    assert (own["behaviour.decay"].low, own["behaviour.decay"].high) == (0.01, 0.02)
    with pytest.raises(ScenarioError, match="grants is not a key"):
        free_parameters(["grants"])


def test_a_draw_is_its_numbers_alone_and_spread_evenly_over_the_priors() -> None:
    """Means of 2,000 uniform numbers have the standard error .0065; 4.5 of them make .03 for three parameters."""
    drawn = np.stack([unit_draw(FREE, number, seed=1) for number in range(2000)])
    assert np.array_equal(unit_draw(FREE, 1234, seed=1), drawn[1234])
    assert not np.array_equal(unit_draw(FREE, 1234, seed=2), drawn[1234])
    assert not np.array_equal(unit_draw(FREE, 1234, seed=1, attempt=1), drawn[1234])
    assert drawn.mean(axis=0) == pytest.approx(0.5, abs=0.03)
    values = from_unit([Free("a.b", 1, 3, whole=True)], np.array([[0.01], [0.32], [0.34], [0.66], [0.67], [0.999]]))
    assert values.ravel().tolist() == [1, 1, 2, 2, 3, 3], "each whole number has a third"


def test_a_bank_that_is_stopped_or_extended_has_the_same_bytes(tmp_path: Path) -> None:
    sources = [source_of("search-costs")]
    whole = fill(tmp_path / "whole", FREE, sources, draws=3 * BLOCK, networks=2, seed=1, workers=2)

    class Stopped(Exception):  # noqa: N818
        pass

    def stop(_done: int) -> None:
        if len(files(tmp_path / "stopped")) == 2:
            raise Stopped

    (tmp_path / "stopped" / keeping.BLOCKS).mkdir(parents=True)
    with pytest.raises(Stopped):
        fill(tmp_path / "stopped", FREE, sources, draws=3 * BLOCK, networks=2, seed=1, workers=1, progress=stop)
    (tmp_path / "stopped" / keeping.BLOCKS / "000001.parquet").write_bytes(b"torn")
    faults: list[str] = []
    fill(tmp_path / "stopped", FREE, sources, draws=BLOCK + 1, networks=2, seed=1, workers=1, said=faults.append)
    again = fill(tmp_path / "stopped", FREE, sources, draws=3 * BLOCK, networks=2, seed=1, workers=1)
    assert len(faults) == 1
    assert "000001.parquet" in faults[0]
    assert files(tmp_path / "stopped") == files(tmp_path / "whole")
    assert np.array_equal(again.values, whole.values)
    assert np.array_equal(again.counted["search-costs"], whole.counted["search-costs"])
    assert whole.counted["search-costs"].shape == (3 * BLOCK, 2, 4)


def test_what_can_stand_is_what_scenarios_accept() -> None:
    free, source = free_parameters(["members", "behaviour.decay"]), source_of("salex")
    stands = standing(free, [source])
    drawn = np.stack([from_unit(free, unit_draw(free, number, seed=3)) for number in range(150)])

    def accepted(row: NDArray[np.float64]) -> bool:
        try:
            source.scenarios(keeping.believed_of(free, row), 0)
        except ScenarioError:
            return False
        return True

    found = stands(drawn)
    assert found.tolist() == [accepted(row) for row in drawn]
    assert 20 < found.sum() < 140, "both happen, or nothing was tested"


def test_chains_find_a_normal_posterior_among_parameters_that_nothing_is_known_of() -> None:
    """Standard normal priors and one measurement of 1 with the error 1/2: mean .8, variance .2, for the first of 60.

    800 chains: the standard error of the mean is .016, of the standard deviation .011; four of them each. Were the
    likelihood left out, they would be 0 and 1. The 59 others stay as they were: their mean squares have the standard
    error sqrt(2 / 47,200) = .0065.
    """

    def likelihood(states: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(-0.5 * ((1 - states[:, 0]) / 0.5) ** 2)

    found = walk(likelihood, 60, chains=800, steps=60, seed=1)
    assert found.settled
    assert found.effective > 700
    assert found.states[:, 0].mean() == pytest.approx(0.8, abs=0.064)
    assert found.states[:, 0].std() == pytest.approx(sqrt(0.2), abs=0.045)
    assert np.mean(found.states[:, 1:] ** 2) == pytest.approx(1.0, abs=0.026)
    again = walk(likelihood, 60, chains=800, steps=60, seed=1)
    assert np.array_equal(found.states, again.states)


def test_chains_never_end_where_values_cannot_stand_and_notice_when_they_have_not_settled() -> None:
    found = walk(lambda states: np.zeros(len(states)), 3, chains=300, steps=30, seed=2, stands=lambda s: s[:, 0] > 1)
    assert (found.states[:, 0] > 1).all()
    stuck = walk(lambda states: -1e6 * np.abs(states).sum(axis=1), 30, chains=100, steps=6, seed=2)
    assert not stuck.settled


@pytest.fixture(scope="module")
def made_up_bank() -> Bank:
    """Two arms of 500 pairs each; their counts are Poisson with means that are exponentials of two parameters."""
    luck = np.random.default_rng(1)
    free, source = FREE[:2], source_of("co-location")
    values = from_unit(free, luck.random((600, 2)))
    one, other = _arms(_centred(values))
    counts = luck.poisson(np.stack([one, other], axis=1)[:, None], (600, 2, 2))
    counted = np.stack([counts[..., 0], np.full((600, 2), 500), counts[..., 1], np.full((600, 2), 500)], axis=2)
    return Bank(free, values, {"co-location": counted.astype(np.float64)}, (source,))


def _centred(values: NDArray[np.float64]) -> NDArray[np.float64]:
    low, high = np.array([one.low for one in FREE[:2]]), np.array([one.high for one in FREE[:2]])
    return np.asarray(2 * (values - low) / (high - low) - 1)


def _arms(place: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return 40 * np.exp(0.8 * place[:, 0] + 0.5 * place[:, 1]), 30 * np.exp(0.3 * place[:, 1] ** 2)


def test_an_emulator_knows_the_mean_the_luck_and_its_own_error(made_up_bank: Bank) -> None:
    """Of a ratio of Poisson counts the logarithm has the variance 1 / mean + 1 / mean by luck."""
    found = emulate(made_up_bank, made_up_bank.sources[0], seed=1)
    places = np.random.default_rng(2).uniform(-0.9, 0.9, (400, 2))
    one, other = _arms(places)
    moments = found.moments(places)
    missed = moments.middle[:, 0] - np.log(one / other)
    assert sqrt(np.mean(missed**2)) < 0.12, "the truth goes from -1.3 to 1.6, and one draw knows it to .25"
    assert sqrt(found.error[0]) < 0.12
    assert np.mean(missed**2) < 4 * found.error[0] + 1e-3, "it does not think itself better than it is"
    assert np.median(moments.luck[:, 0] / (1 / one + 1 / other)) == pytest.approx(1.0, abs=0.2)
    assert found.explained[0] > 0.9


def test_emulators_are_trained_side_by_side_without_a_word(made_up_bank: Bank) -> None:
    """They may be stopped before they have converged, of which scikit-learn warns."""
    (source,) = made_up_bank.sources
    twice = replace(made_up_bank, sources=(source,) * 4)
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        found = learner(twice, seed=1, workers=2)
    assert not heard
    assert len(found.emulators) == 4


def _with_moments(middle: float, luck: float, error: float = 0.0, name: str = "salex") -> Emulator:
    """An emulator that says the same everywhere."""

    class Same(Emulator):
        def moments(self, inputs: NDArray[np.float64]) -> Moments:
            return Moments(np.full((len(inputs), 1), middle), np.full((len(inputs), 1), luck))

    nothing: Any = None
    return Same(source_of(name), (), nothing, nothing, nothing, np.eye(1), np.array([error]), np.ones(1))


def test_likelihoods_are_those_of_networks_with_what_is_not_sure_added() -> None:
    counted = _with_moments(0.7, 0.01, 0.002)
    wanted = beta_binomial(17, 22, 0.7, 0.01 + 0.002 + SHARE**2)
    assert study_likelihood(counted, findings_of(counted))(np.zeros((1, 0)))[0] == pytest.approx(wanted, abs=1e-9)
    measured = _with_moments(0.4, 0.09, 0.04, "co-location")
    (one,) = findings_of(measured)
    assert one.value is not None
    spread = sqrt(0.09 + 0.04 + 0.7**2 + one.error**2)
    normal = -0.5 * ((one.value - 0.4) / spread) ** 2 - np.log(spread) - 0.5 * np.log(2 * np.pi)
    assert study_likelihood(measured, [one])(np.zeros((1, 0)))[0] == pytest.approx(normal, abs=1e-9)
    surer = study_likelihood(measured, [one], discrepancy=0.0)(np.zeros((1, 0)))[0]
    assert surer != pytest.approx(normal, abs=1e-3)


def test_studies_that_agree_do_not_differ_and_one_that_is_far_off_does() -> None:
    normal = np.array([[-1.0, -1.0], [1.0, 1.0]])
    learner = Learner(FREE[:2], (), Standing(FREE[:2], ()))
    alike = tuple(OwnPosterior(f"s{place}", np.array([0.1 * place, 0.0]), np.array([0.5, 1.0])) for place in range(3))
    apart = (*alike[:2], replace(alike[2], mean=np.array([4.0, 0.0])))
    first, second = between(learner, alike, normal)
    assert (first.differs, first.between, first.studies) == (False, 0.0, 3)
    assert (second.studies, second.chance) == (0, 1.0), "of the second parameter no study says anything"
    assert between(learner, apart, normal)[0].differs
    assert between(learner, apart, normal)[0].between > 1


def test_what_is_known_because_values_cannot_stand_together_no_study_has_said() -> None:
    learner = Learner(FREE[:1], (), Standing(FREE[:1], ()))
    beforehand = np.array([[0.3], [0.7]])
    told = tuple(OwnPosterior(name, np.array([0.5]), np.array([0.04])) for name in "ab")
    (found,) = between(learner, told, beforehand)
    assert found.studies == 0
    assert found.common == pytest.approx(learner.values(np.array([[0.5]]))[0, 0])
