"""Every network of some ensembles in one Dataset, month by month."""

import dataclasses

import numpy as np
import pytest

import results
import scenarios
import simulation
from tests.shared import needs

pytestmark = needs("xarray")
SALEX = scenarios.load("salex", ["network.members=8", "closing.month=8", "closing.notice=2"], posterior=None)
LONGER = scenarios.replace(SALEX, {"name": "longer", "network.months": SALEX.last_month + 5})


def test_each_network_has_its_outcomes_and_its_months() -> None:
    one, other = (simulation.run(scenario, replicates=5) for scenario in (SALEX, LONGER))
    data = results.ensembles_to_xarray(one, other)
    assert data["monthly"].dims == ("scenario", "replicate", "month", "outcome")
    for ensemble in (one, other):
        own = data.sel(scenario=ensemble.scenario.name)
        np.testing.assert_array_equal(own["survival"], ensemble["survival"])
        course = own["monthly"].sel(outcome="trust").to_numpy()
        last = ensemble.scenario.last_month + 1
        np.testing.assert_array_equal(course[:, :last], ensemble.course("trust"))
        assert np.isnan(course[:, last:]).all()
    assert data["total_cost"].attrs["units"] == "USD"


def test_more_networks_than_have_a_course_say_which_have_one() -> None:
    whole = simulation.run(SALEX, replicates=5)
    data = results.ensembles_to_xarray(dataclasses.replace(whole, kept_months=whole.kept_months[:3]))
    assert data["monthly"].dims == ("scenario", "kept", "month", "outcome")
    assert data["kept"].to_numpy().tolist() == [0, 1, 2]
    assert data.sizes["replicate"] == 5


def test_two_of_one_name_are_refused() -> None:
    one = simulation.run(SALEX, replicates=2)
    with pytest.raises(ValueError, match="ensembles of salex, salex; allowed are"):
        results.ensembles_to_xarray(one, one)
