"""A wanted precision: as many replicates as it takes, and an honest word where that is too many."""

from math import nan

import numpy as np
import pytest

import scenarios
from results.comparing.documents import PrecisionDocument
from results.estimates.precision import Precision, PrecisionError, run_to_precision
from results.words.precision import precision_sentence
from scenarios import Posterior, Scenario
from simulation.outcomes import MONTHLY_NAMES, NAMES
from simulation.running.ensemble import Ensemble, join

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


# What networks cannot narrow.

KEY = "behaviour.decay"
PARTICLES = 200
OPEN = Posterior((KEY,), np.linspace(0.01, 0.03, PARTICLES)[:, None], np.full(PARTICLES, 1 / PARTICLES))


class OpenRuns(Runs):
    """The same with a parameter that carries the outcome `carried` for each of its standard deviations."""

    def __init__(self, sd: float, carried: float) -> None:
        super().__init__(sd)
        self.carried = carried

    def __call__(self, scenario: Scenario, first: int, replicates: int) -> Ensemble:
        """Run a batch."""
        run = super().__call__(scenario, first, replicates)
        assert scenario.posterior is not None
        value = OPEN.values[scenario.posterior.particles_of(first, replicates), 0]
        apart = (value - OPEN.values.mean()) / OPEN.values.std()
        run.values[:, NAMES.index(RATE)] += self.carried * apart
        return run


def reach_open(wanted: float, runs: Runs, start: int = 200) -> Precision:
    (one,) = [scenario.with_posterior(OPEN) for scenario in CHOSEN[:1]]
    return run_to_precision([one], wanted, outcome=RATE, baseline="one", start=start, run=runs, join=join)[1]


def test_what_parameters_alone_make_wider_than_wanted_stops_it_and_says_why() -> None:
    # Parameters alone leave an interval of 2 * 1.97 * 0.02 = 0.079; the slope behind it is known from 200 networks with
    # a standard error of 0.02 / sqrt(200), 7 % of it, so to 14 % in 95 of 100 cases. The seed is fixed.
    runs = OpenRuns(0.02, 0.02)
    precision = reach_open(0.004, runs)

    assert (precision.stopped, precision.is_reached, precision.replicates) == (True, False, 200)
    assert len(runs.batches) == 1
    assert precision.parameters == pytest.approx(2 * 1.97 * 0.02, rel=0.2)
    assert precision.wanted < precision.reached < precision.parameters < precision.whole
    assert precision.needed is not None
    assert precision.needed > 200

    sentence = precision_sentence(precision, is_open=True)
    for number in (precision.parameters, precision.whole, precision.reached, precision.wanted):
        assert f"{100 * number:.3g} percentage points" in sentence
    for words in ("Stopped at 200", "parameters", "no number of networks", "--fixed", f"{precision.needed:,}"):
        assert words in sentence


def test_what_parameters_leave_room_for_is_gone_on_for() -> None:
    precision = reach_open(0.05, OpenRuns(0.3, 0.005))

    assert (precision.stopped, precision.is_reached) == (False, True)
    assert precision.replicates > 200
    sentence = precision_sentence(precision, is_open=True)
    assert "luck alone" in sentence
    assert f"{100 * precision.whole:.3g} percentage points" in sentence


def test_it_is_not_given_up_before_there_are_networks_enough_to_see() -> None:
    runs = OpenRuns(0.02, 0.02)
    precision = reach_open(0.001, runs, start=20)

    assert len(runs.batches) > 1
    assert precision.stopped
    assert precision.replicates >= 100


def test_with_fixed_parameters_there_is_nothing_to_give_up_for() -> None:
    _, precision = reach(0.04, Runs(0.1))
    assert (precision.stopped, precision.parameters) == (False, 0.0)
    assert precision.whole == pytest.approx(precision.reached, rel=1e-12)
    assert "parameters" not in precision_sentence(precision, is_open=False)


def test_the_document_has_every_part() -> None:
    assert set(PrecisionDocument.__annotations__) == {"is_reached", *Precision.__dataclass_fields__}


def test_money_is_told_in_thousands() -> None:
    found = Precision("total_cost", 1_000, 900, 100, 100)
    assert "0.9 thousand USD wide, at most 1 thousand USD" in precision_sentence(found, is_open=False)
