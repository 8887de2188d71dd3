"""Many intervals at a time are those that one at a time has; a share that is alike throughout has one too."""

import numpy as np
import pytest

import scenarios
from results.estimates.intervals import interval
from results.estimates.many_intervals import many_intervals
from results.estimates.parameter_uncertainty import unknown_of

NETWORKS = 60


@pytest.mark.parametrize("fixed", [True, False])
def test_each_cell_has_the_interval_of_its_own_values(fixed: bool) -> None:
    scenario = scenarios.load("salex", posterior=None if fixed else "shipped")
    unknown = unknown_of([scenario], 0, NETWORKS)
    assert (unknown is None) == fixed
    luck = np.random.default_rng(3)
    values = np.column_stack([luck.random(NETWORKS), luck.integers(0, 2, NETWORKS), luck.poisson(2.0, NETWORKS)])
    found = many_intervals(values.astype(np.float64), unknown)
    everybody = [np.ones(NETWORKS, dtype=np.bool_)]
    for cell, column in enumerate(values.T):
        alone = interval(column, everybody, unknown)
        assert found.ends(cell) == pytest.approx((alone.mean, alone.low, alone.high), rel=1e-9)
        assert found.of(cell).of_mean == pytest.approx(alone.of_mean, rel=1e-9)
        assert found.of(cell).between == pytest.approx(alone.between, rel=1e-9, abs=1e-15)


def test_a_share_that_is_alike_in_all_networks_is_not_known_for_certain() -> None:
    found = many_intervals(np.column_stack([np.zeros(100), np.ones(100)]), least=0.0, most=1.0)
    # 1 - .025^(1/100), the exact 97.5 % limit of 0 in 100
    assert found.ends(0) == pytest.approx((0.0, 0.0, 0.0362), abs=1e-4)
    assert found.ends(1) == pytest.approx((1.0, 0.9638, 1.0), abs=1e-4)


def test_intervals_end_at_what_can_be_and_one_network_has_none() -> None:
    once = (np.arange(40) == 0).astype(np.float64)[:, None]
    assert many_intervals(once).low[0] < 0.0
    assert many_intervals(once, least=0.0, most=1.0).low[0] == 0.0
    alone = many_intervals(np.ones((1, 3)), least=0.0, most=1.0)
    assert np.isnan(alone.low).all()
    assert alone.mean.tolist() == [1.0] * 3
