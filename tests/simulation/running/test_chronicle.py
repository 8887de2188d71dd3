"""The chronicle tells what happened, and both twins tell the same."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import scenarios
import simulation
from scenarios import Scenario
from simulation import CollaborationNetwork, chronicle_of, historian, rules
from simulation.model.reference import let_go
from simulation.running.chronicle import KINDS, Chronicle

BUSY = scenarios.load(
    "salex", ["network.prior_ties=3", "network.joining=1", "closing.month=14", "grants.per_call=8"], posterior=None
)


def rows(one: Chronicle) -> NDArray[np.int64]:
    return np.stack([one.month, one.kind, one.one, one.other], axis=1)


def in_order(events: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sorted: ties forgotten in one sweep have no order among themselves."""
    return events[np.lexsort(events.T[::-1])]


def told_by_mesa(scenario: Scenario, replicate: int) -> NDArray[np.int64]:
    network = CollaborationNetwork(scenario, seed=5, replicate=replicate)
    network.run()
    told = np.array(network.chronicle, dtype=np.int64)
    let_go(network)
    return told


@pytest.mark.parametrize("name", ["salex", "funder-shift", "sparc", "renewal", "busy"])
def test_both_twins_tell_the_same(name: str) -> None:
    scenario = BUSY if name == "busy" else scenarios.load(name, posterior=None)
    for replicate in range(2):
        told = rows(chronicle_of(scenario, seed=5, replicate=replicate))
        np.testing.assert_array_equal(in_order(told), in_order(told_by_mesa(scenario, replicate)))


def test_telling_changes_nothing() -> None:
    whole = simulation.run(BUSY, seed=3, replicates=4)
    for replicate in range(4):
        told = chronicle_of(BUSY, seed=3, replicate=replicate)
        begun = len(told.of(rules.FUNDED, rules.UNFUNDED))
        assert begun == whole["formed_in_all"][replicate]


def test_what_it_tells_adds_up_to_the_outcomes() -> None:
    ensemble = simulation.run(BUSY, seed=3, replicates=5)
    for replicate in range(5):
        told = chronicle_of(BUSY, seed=3, replicate=replicate)
        until = told.month <= BUSY.reporting_month
        begun = np.isin(told.kind, (rules.FUNDED, rules.UNFUNDED))
        ended = told.kind == rules.ENDED
        partners = np.union1d(told.one[begun & until], told.other[begun & until])
        members = round(1 / 1e9 + len(partners) / ensemble["collaboration_rate"][replicate])
        assert ensemble["collaboration_rate"][replicate] == pytest.approx(len(partners) / members)
        assert ensemble["collaborations"][replicate] == (begun & until).sum() - (ended & until).sum()
        assert ensemble["evidence"][replicate] == ((told.kind == rules.OUTPUT) & until).sum()


def test_months_never_go_back_and_every_kind_has_words() -> None:
    told = chronicle_of(BUSY)
    assert (np.diff(told.month) >= 0).all()
    assert (told.one < told.other).all()
    assert set(np.unique(told.kind).tolist()) == set(KINDS), "every kind happens in a busy network"


def test_nobody_collaborates_before_they_have_met() -> None:
    told = chronicle_of(BUSY, replicate=2)
    met: set[tuple[int, int]] = set()
    for _, kind, one, other in rows(told).tolist():
        if kind in (rules.FUNDED, rules.UNFUNDED):
            assert (one, other) in met
        met.add((one, other))


@pytest.mark.parametrize("asked", [{"seed": -1}, {"seed": 2**32}, {"replicate": -1}])
def test_luck_that_does_not_exist_is_refused(asked: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="allowed"):
        chronicle_of(BUSY, **asked)


def test_a_chronicle_longer_than_expected_is_told_whole() -> None:
    crowd = scenarios.load(
        "salex", ["network.members=60", "facilitation.encounters=30", "network.months=60"], posterior=None
    )
    assert len(chronicle_of(crowd)) > 0
    np.testing.assert_array_equal(in_order(rows(chronicle_of(crowd, seed=5))), in_order(told_by_mesa(crowd, 0)))


@pytest.mark.parametrize("name", ["salex", "busy"])
def test_the_ties_that_stand_are_those_of_the_mesa_model(name: str) -> None:
    scenario = BUSY if name == "busy" else scenarios.load(name, posterior=None)
    months = [0, 3, 14, scenario.last_month]
    history = historian(scenario, seed=5, months=months)(2)
    portraits = simulation.portray(scenario, seed=5, replicate=2, months=months)
    for month, portrait in zip(months, portraits, strict=True):
        ties = history.ties[month]
        assert list(zip(ties.one, ties.other, strict=True)) == [(tie.one, tie.other) for tie in portrait.ties]
        np.testing.assert_allclose(ties.trust, [tie.trust for tie in portrait.ties], rtol=1e-12)


def test_a_history_holds_the_outcomes_and_the_course_of_its_network() -> None:
    ensemble = simulation.run(BUSY, seed=3, replicates=3)
    tell = historian(BUSY, seed=3)
    for replicate in range(3):
        history = tell(replicate)
        np.testing.assert_array_equal(history.values, ensemble.values[replicate])
        np.testing.assert_array_equal(history.course, ensemble.kept_months[replicate])


def test_a_month_beyond_the_last_cannot_be_watched() -> None:
    with pytest.raises(ValueError, match="month is 900; allowed is 0 to"):
        historian(BUSY, months=[900])
