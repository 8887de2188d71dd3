"""A wanted precision: as many replicates as it takes, and an honest word where that is too many."""

from math import nan

import numpy as np
import pytest

import scenarios
from results.precision import Precision, PrecisionError, run_to_precision
from scenarios import Scenario
from simulation.ensemble import Ensemble, join
from simulation.outcomes import MONTHLY_NAMES, NAMES

CHOSEN = tuple(scenarios.replace(scenarios.load("salex", posterior=None), {"name": name}) for name in ("one", "other"))
RATE = "collaboration_rate"


class Runs:
    """A simulation that takes no time: standard deviation `sd` about 0.5, and a note of every batch."""

    def __init__(self, sd: float) -> None:
        self.sd = sd
        self.batches: list[tuple[str, int, int]] = []

    def __call__(self, scenario: Scenario, first: int, replicates: int) -> Ensemble:
        """Run a batch."""
        self.batches.append((scenario.name, first, replicates))
        luck = np.random.default_rng([len(scenario.name), first])
        values = np.zeros((replicates, len(NAMES)))
        values[:, NAMES.index(RATE)] = 0.5 + self.sd * luck.standard_normal(replicates)
        values[:, NAMES.index("legacy_rate")] = nan
        months = np.zeros((2, len(MONTHLY_NAMES)))
        return Ensemble(scenario, 1, first, values, months, np.zeros((replicates, *months.shape)))


def reach(
    wanted: float, runs: Runs, outcome: str = RATE, start: int = 50, cap: int = 100_000
) -> tuple[tuple[Ensemble, ...], Precision]:
    return run_to_precision(CHOSEN, wanted, outcome=outcome, baseline="one", start=start, run=runs, join=join, cap=cap)


def test_it_goes_on_until_every_interval_is_narrow_enough() -> None:
    ensembles, precision = reach(0.04, Runs(0.1))

    assert precision.is_reached
    assert precision.reached <= 0.04
    # The difference of two independent rates is the widest: (2 * 1.96 * 0.1414 / 0.04)^2 = 192 replicates.
    assert 150 < precision.replicates < 300
    assert [one.replicates for one in ensembles] == [precision.replicates] * 2
    assert precision.needed == precision.replicates


def test_batches_follow_each_other_without_gap_or_repetition() -> None:
    runs = Runs(0.1)
    reach(0.02, runs)

    for name in ("one", "other"):
        mine = [(first, replicates) for batch, first, replicates in runs.batches if batch == name]
        assert len(mine) > 1
        assert [first for first, _ in mine] == [sum(n for _, n in mine[:place]) for place in range(len(mine))]


def test_what_is_precise_at_once_takes_one_batch() -> None:
    runs = Runs(0.001)
    _, precision = reach(0.5, runs)

    assert (len(runs.batches), precision.replicates) == (2, 50)


def test_at_the_cap_it_says_what_it_would_take() -> None:
    _, precision = reach(0.001, Runs(0.1), cap=400)

    assert not precision.is_reached
    assert precision.replicates == 400
    # (2 * 1.96 * 0.1414 / 0.001)^2 = 307,000; the estimated standard deviation is 7 % off at most (2 standard errors).
    assert precision.needed == pytest.approx(307_000, rel=0.15)


def test_a_start_above_the_cap_is_run_as_asked_and_no_further() -> None:
    _, precision = reach(0.0001, Runs(0.1), start=500, cap=400)

    assert precision.replicates == 500


def test_one_replicate_is_no_precision_at_all() -> None:
    _, precision = reach(0.2, Runs(0.1), start=1)

    assert precision.replicates > 1
    assert precision.is_reached


def test_an_outcome_that_is_always_missing_is_refused_instead_of_run_for_ever() -> None:
    runs = Runs(0.1)
    with pytest.raises(PrecisionError, match=r"legacy_rate is missing in every replicate of 'one'.*--precision-for"):
        reach(0.1, runs, outcome="legacy_rate")
    assert max(first + replicates for _, first, replicates in runs.batches) < 1_000


def test_a_precision_of_nothing_is_refused() -> None:
    with pytest.raises(PrecisionError, match="must be above 0, found 0"):
        reach(0, Runs(0.1))
