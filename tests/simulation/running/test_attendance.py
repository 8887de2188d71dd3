"""Who came to a convening, and one that is cancelled: told alike by both twins, with the luck of one that is held."""

import numpy as np
import pytest

import scenarios
from scenarios import Scenario
from scenarios.reading.idle_values import idle
from simulation import CollaborationNetwork, historian, rules, run
from simulation.model.reference import let_go

HELD = scenarios.load(
    "salex", ["network.members=12", "network.months=8", "closing.month=never", "facilitation.convening_every=3"],
    posterior=None,
)  # fmt: skip
CANCELLED = scenarios.replace(HELD, {"facilitation.cancelled": 4})


@pytest.mark.parametrize("scenario", [HELD, CANCELLED], ids=["held", "cancelled"])
def test_both_twins_tell_who_came(scenario: Scenario) -> None:
    network = CollaborationNetwork(scenario, seed=5, replicate=1)
    network.run()
    told = historian(scenario, seed=5)(1)
    assert {month: list(came) for month, came in told.attended.items()} == network.attended
    assert set(network.attended) == {1, 4, 7}
    let_go(network)


def test_who_would_have_come_is_who_comes_where_it_is_held() -> None:
    held, cancelled = (historian(one, seed=5)(0) for one in (HELD, CANCELLED))
    assert 0 < len(held.attended[4]) < 12
    np.testing.assert_array_equal(held.attended[4], cancelled.attended[4])


def test_nobody_meets_at_a_convening_that_is_cancelled_and_nobody_pays_for_it() -> None:
    for month, meets in ((1, True), (4, False), (7, True)):
        chronicle = historian(CANCELLED, seed=5)(0).chronicle.of(rules.CONVENING)
        assert (month in chronicle.month) is meets
    paid = [run(one, seed=5, replicates=3)["cost_convenings"] for one in (HELD, CANCELLED)]
    came = [len(historian(HELD, seed=5)(replicate).attended[4]) for replicate in range(3)]
    assert np.all(paid[1] < paid[0]), came


def test_up_to_the_cancelled_month_everything_is_the_same() -> None:
    held, cancelled = (historian(one, seed=5)(0).chronicle for one in (HELD, CANCELLED))
    for name in ("month", "kind", "one", "other"):
        before = [getattr(one, name)[one.month < 4] for one in (held, cancelled)]
        np.testing.assert_array_equal(*before)


def test_a_month_without_a_convening_has_none_to_cancel_and_it_is_said() -> None:
    assert [month for month in range(1, 9) if HELD.convenes(month)] == [1, 4, 7]
    assert not of_cancelling(CANCELLED)
    (said,) = of_cancelling(scenarios.replace(HELD, {"facilitation.cancelled": 5}))
    assert "facilitation.cancelled is 5, but no convening is due then" in said
    (said,) = of_cancelling(scenarios.replace(CANCELLED, {"facilitation.intensity": 0.0}))
    assert "facilitation.cancelled (4)" in said


def of_cancelling(scenario: Scenario) -> list[str]:
    """What is said of a cancelled convening that changes nothing."""
    return [said for said in idle(scenario) if "facilitation.cancelled" in said]
