"""A range without a value teaches: its likelihood is exact where it is known, and has a slope where it was flat."""

from dataclasses import replace
from itertools import pairwise
from math import inf, log
from typing import Any

import numpy as np
import pytest
import scipy.stats

from results.calibrating.likelihood import FLOOR, informative, log_likelihood, of_pattern
from results.calibrating.range_likelihood import (
    RATIO,
    SHARE,
    VALUES,
    asks_for_values,
    log_chance_inside,
    with_values,
)
from results.studies.landing import landed
from results.studies.virtual_studies import Prediction, predict
from scenarios.observed.reading import read_observed
from scenarios.observed.study import Measured, Observed, Pattern
from simulation.outcomes import NAMES

stats: Any = scipy.stats  # it is without types
OF = 167


def minority(of: int = OF, high: float = 0.5) -> Pattern:
    """Only a minority of so many networks had half of their members active."""
    observed = Measured(None, 0.0, high)
    return Pattern(
        "few", "", "active_rate", (24,), "closing", "value", (), observed, "none", "networks", networks=of, at_least=0.5
    )


def reached(yes: int, of: int, pattern: Pattern) -> Prediction:
    counts = np.ones((1, of, 1, 2))
    counts[0, yes:, 0, 0] = 0.0
    return Prediction(pattern, "study", counts)


def values_of(found: np.ndarray, pattern: Pattern) -> Prediction:
    counts = np.ones((1, len(found), 1, 2))
    counts[0, :, 0, 0] = found
    return Prediction(replace(pattern, id=pattern.id + VALUES, at_least=None, networks=1), "study", counts)


@pytest.mark.parametrize("yes", [0, 3, 6, 10])
def test_few_networks_give_the_beta_binomial(yes: int) -> None:
    exact = stats.betabinom(OF, yes + 0.5, 10 - yes + 0.5).logcdf(83)
    assert log_chance_inside(reached(yes, 10, minority())) == pytest.approx(exact, rel=1e-6)


def test_many_networks_give_the_binomial() -> None:
    """The chance of one network is then known: 55 of 100 of 200,000 networks; up to 83 of 167 have it."""
    exact = stats.binom(OF, 0.55).logcdf(83)
    assert log_chance_inside(reached(110_000, 200_000, minority())) == pytest.approx(exact, abs=0.01)


def test_a_discrepancy_of_nothing_counts_networks_as_they_are() -> None:
    found = np.array([0.2, 0.4, 0.49, 0.5, 0.8])
    counted = log_chance_inside(reached(2, 5, minority()))
    assert log_chance_inside(reached(2, 5, minority()), values_of(found, minority()), 0.0) == pytest.approx(counted)
    nearly = log_chance_inside(reached(2, 5, minority()), values_of(found + 1e-6, minority()), 1e-9)
    assert nearly == pytest.approx(counted, abs=1e-9)


def test_a_discrepancy_averages_over_what_it_may_be() -> None:
    """The same integral by a fine sum over the error that all networks share."""
    found, pattern = np.array([0.45, 0.56, 0.62, 0.71]), minority(20)
    error = np.linspace(-6, 6, 40_001)
    weights = stats.norm.pdf(error) * (error[1] - error[0])
    yes = ((found[:, None] + SHARE * error) >= 0.5).sum(axis=0)
    inside = np.array([stats.betabinom(20, k + 0.5, 4 - k + 0.5).cdf(10) for k in range(5)])
    slow = log(float((inside[yes] * weights).sum()))
    assert log_chance_inside(reached(3, 4, pattern), values_of(found, pattern)) == pytest.approx(slow, abs=1e-4)


def test_it_has_a_slope_where_no_virtual_study_lands_inside() -> None:
    """All networks reach the mark under each set of parameters, so their count is the same; their values differ.

    It levels off at what twelve of twelve networks leave possible by themselves.
    """
    pattern, luck = minority(), np.random.default_rng(1).normal(0, 0.05, 12)
    everything = reached(12, 12, pattern)
    assert not landed(pattern, everything.draws).any()
    found = [of_pattern(everything, values_of(middle + luck, pattern)) for middle in (1.0, 0.95, 0.85, 0.75, 0.65)]
    assert all(later > earlier for earlier, later in pairwise(found))
    assert found[-1] - found[-2] > 2
    by_count = stats.betabinom(OF, 12.5, 0.5).logcdf(83)
    assert found[0] == pytest.approx(by_count, abs=0.1)
    assert FLOOR < found[-1] < 0


@pytest.mark.parametrize(("statistic", "size", "middle"), [("difference", SHARE, 0.0), ("ratio", RATIO, 1.0)])
def test_a_direction_is_the_normals_tail(statistic: Any, size: float, middle: float) -> None:
    """One study finds a third against a half; a difference or ratio above "no difference" was observed."""
    observed = Measured(None, middle, None)
    pattern = Pattern("x", "", "applied", (1, 2), "start", statistic, (), observed, "none", "individuals")
    counts = np.array([[[[1.0, 3.0], [1.0, 2.0]]]])
    away = -1 / 6 if statistic == "difference" else log(2 / 3)
    exact = stats.norm.logcdf(away / size)
    assert of_pattern(Prediction(pattern, "s", counts)) == pytest.approx(exact, rel=1e-9)


def test_a_range_with_two_ends_lies_between_two_tails_however_far_out() -> None:
    observed = Measured(None, 0.1, 0.2)
    pattern = Pattern("x", "", "applied", (1, 2), "start", "difference", (), observed, "none", "individuals")

    def found(first: float) -> float:
        return log_chance_inside(Prediction(pattern, "s", np.array([[[[first, 1.0], [0.0, 1.0]]]])))

    exact = log(stats.norm.cdf(0.5) - stats.norm.cdf(-0.5))
    assert found(0.15) == pytest.approx(exact, rel=1e-9)
    assert found(0.15 + 0.4) == pytest.approx(found(0.15 - 0.4), rel=1e-9)
    assert -inf < found(5.0) < found(4.0) < FLOOR


def test_the_counterweight_teaches_how_collaborations_end() -> None:
    """The more often they end the fewer networks survive, as was observed; every set lives through the same luck."""
    study = [replace(one, scenario=smaller(one)) for one in read_observed("counterweight", NAMES)]
    asked = with_values(study)
    assert [one.id for one in asked[0].patterns] == ["counterweight", "counterweight" + VALUES]

    def score(hazard: float) -> float:
        believed = [{"behaviour.end_hazard": hazard}]
        return log_likelihood(predict(asked, believed, networks=4, seed=1, common=True, workers=1))

    low, middle, high = score(0.03), score(0.08), score(0.12)
    assert low < middle < high < 0
    assert asks_for_values(study[0].patterns[0])
    assert informative(study[0].patterns)


def smaller(study: Observed) -> Any:
    """The study's setting with fewer members, that the test is quick."""
    import scenarios

    return scenarios.replace(study.scenario, {"network.members": 16, "grants.per_call": 2})
