"""What a bank says without a study, or by one alone, where it is known: by weights and by chains it comes out the same.

One parameter with a standard normal prior. A study that measures it as 1 with the error 1/2 leaves the mean .8 and the
variance .2, whatever another study has said before it was left out.
"""

from dataclasses import dataclass, replace
from math import sqrt
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import ndtri

from results.calibrating.bank import between_studies, left_out
from results.calibrating.bank.documents import emulators_sentence, left_out_table
from results.calibrating.bank.emulator import Emulator, Moments
from results.calibrating.bank.learning import Learner
from results.calibrating.bank.regression import Layers, Member
from results.calibrating.bank.smoothed_weights import smoothed
from results.calibrating.bank.sources import OfPatterns, sources_of
from results.calibrating.bank.standing import Standing
from results.calibrating.bank.study_likelihood import Finding
from results.calibrating.posterior_summary import free_parameters
from results.studies.choosing_studies import studies_of

FREE = free_parameters(["behaviour.yes_base"])
KEPT, OTHER = "salex", "co-location"
CHAINS = 1600
MEAN, SD = 0.8, sqrt(0.2)


class _Parameter(Emulator):
    """What is found is the parameter itself, on the scale on which its prior is standard normal."""

    def moments(self, inputs: NDArray[np.float64]) -> Moments:
        middle = ndtri((inputs[:, :1] + 1) / 2)
        return Moments(middle, np.full(middle.shape, 1e-12))


def finding(value: float, error: float) -> Finding:
    return Finding(0, 1, value, error, -np.inf, np.inf, None)


@dataclass(frozen=True, eq=False)
class _Measured(Learner):
    measured: Any = None

    @property
    def findings(self) -> dict[str, tuple[Finding, ...]]:
        return {
            name: (Finding(0, 1, value, error, -np.inf, np.inf, None),)
            for name, (value, error) in self.measured.items()
        }


def learner(**other: tuple[float, float]) -> _Measured:
    """Of one study that measures 1, and another."""
    nothing: Any = None
    emulators = []
    for name in (KEPT, OTHER):
        (source,) = sources_of(studies_of(name, ()), (), 1)
        assert isinstance(source, OfPatterns)
        known = replace(source, study=replace(source.study, uncertain=()))
        one = np.ones(1)
        emulators.append(_Parameter(known, (0,), nothing, nothing, nothing, np.eye(1), 0 * one, one))
    measured = {KEPT: (1.0, 0.5), OTHER: other["other"]}
    exact = 0.0  # a model that is right: all that stands between it and a study is the study's own error
    return _Measured(FREE, tuple(emulators), Standing(FREE, ()), exact, measured=measured)


@pytest.mark.parametrize(("other", "by_weights"), [((1.2, 1.0), True), ((-1.5, 0.25), False)])
def test_without_a_study_is_what_the_others_say(other: tuple[float, float], by_weights: bool) -> None:
    """A study that said little is left out by weights; one that said much, and something else, by chains that walk on.

    The standard error of the mean is .447 / sqrt(400) = .022 with chains, of the standard deviation .016; less with
    weights. Four of them each. With the other study in, the mean would be .84, or -.95.
    """
    known = learner(other=other)
    walk = known.walk(known.findings, chains=CHAINS, steps=60, seed=1)
    each = known.log_likelihoods(known.findings)(walk.states)
    states, weights = left_out.without(known, OTHER, walk.states, each, seed=1)
    assert (states is walk.states) == by_weights
    mean = float(weights @ states[:, 0])
    assert mean == pytest.approx(MEAN, abs=0.09)
    assert sqrt(weights @ (states[:, 0] - mean) ** 2) == pytest.approx(SD, abs=0.064)


def test_chains_that_begin_far_away_go_on_until_they_have_settled() -> None:
    """Three steps are too few to come from 6 to .8 and to forget it. 800 chains: errors of .016; four of them."""
    known = learner(other=(0.0, 1.0))
    own = {KEPT: (finding(1.0, 0.5),)}
    far = np.full((800, known.dimensions), 6.0)
    assert not known.walk(own, chains=800, steps=3, seed=1, start=far).settled
    found = known.walk_on(own, far, steps=12, seed=1)
    assert found.settled
    assert found.states[:, 0].mean() == pytest.approx(MEAN, abs=0.064)


@pytest.mark.parametrize("error", [0.5, 0.02])
def test_a_study_by_itself_is_known_by_weights_of_the_prior_or_by_chains(error: float) -> None:
    """At least 800 draws: four standard errors of the mean are .14 standard deviations, of the variance a fifth."""
    known = learner(other=(0.0, 1.0))
    beforehand = between_studies.from_the_prior(known, seed=1)
    own = {KEPT: (finding(1.0, error),)}
    found = between_studies.own_posterior(known, KEPT, own, beforehand, seed=1)
    variance = error**2 / (1 + error**2)
    assert found.mean[0] == pytest.approx(1 / (1 + error**2), abs=0.14 * sqrt(variance))
    assert found.variance[0] == pytest.approx(variance, rel=0.2)


@pytest.mark.parametrize(("shape", "trusted"), [(0.3, True), (0.95, False)])
def test_weights_are_trusted_where_their_tail_is_light(shape: float, trusted: bool) -> None:
    """Of a standard normal x, exp(a x² / 2) has a tail of shape a; the fit is drawn towards one half."""
    drawn = np.random.default_rng(1).standard_normal(2000)
    weights = smoothed(shape * drawn**2 / 2)
    assert weights.shape == pytest.approx(shape, abs=0.25)
    assert weights.trusted == trusted
    assert weights.each.sum() == pytest.approx(1)


def test_weights_that_are_all_alike_are_trusted_and_one_that_is_alone_is_not() -> None:
    alike = smoothed(np.full(500, -1234.5))
    assert alike.trusted
    assert alike.effective == pytest.approx(500)
    alone = np.full(500, -5000.0)
    alone[7] = 0
    assert not smoothed(alone).trusted
    assert smoothed(alone).each[7] == pytest.approx(1)


def test_networks_side_by_side_predict_what_each_does() -> None:
    luck = np.random.default_rng(1)
    members = [
        Member((luck.normal(size=(4, 5)), luck.normal(size=(5, 2))), (luck.normal(size=5), luck.normal(size=2)))
        for _ in range(3)
    ]
    inputs = luck.normal(size=(7, 4))
    each = [np.tanh(inputs @ m.weights[0] + m.constants[0]) @ m.weights[1] + m.constants[1] for m in members]
    assert Layers.of(members).predict(inputs) == pytest.approx(np.stack(each), rel=1e-4, abs=1e-5)


def test_nothing_impossible_is_predicted_and_no_power_of_ten_is_shown() -> None:
    """The standard deviation of what is predicted is 1 or more, so half of it lies outside what is possible."""
    luck = np.random.default_rng(1)
    (share,) = studies_of("salex", ())[0].patterns
    (ratio,) = studies_of("co-location", ())[0].patterns
    assert ratio.is_ratio
    told = [
        left_out._predicted("s", one.id, replace(finding(0.5, 1.0), pattern=one), drawn, np.ones(len(drawn)))
        for one, drawn in ((share, luck.normal(0.5, 1, 400)), (ratio, luck.normal(0.5, 60, 400)))
    ]
    assert (told[0].predicted_low, told[0].predicted_high) == (0, 1)
    assert 0 < told[1].predicted_low < 1e-9
    shown = [row[4] for row in left_out_table(told).rows]
    assert shown == ["0 to 1", "0 to above 10,000"]


def test_findings_that_the_bank_says_little_of_are_counted_and_named() -> None:
    known = learner(other=(1.0, 1.0))
    assert emulators_sentence(known.emulators) == ""
    rough = replace(known.emulators[1], explained=np.array([0.12]))
    said = emulators_sentence([known.emulators[0], rough])
    assert "1 of 2 findings" in said
    assert f"{OTHER} (co-location-memory) 12 %" in said
