"""The posterior that ships: read in a way of its own, and fit for every scenario, whatever somebody settles there."""

import numpy as np
import pytest

import scenarios
import simulation
from scenarios import Posterior, ScenarioError, read_posterior, shipped_posterior
from scenarios.reading.posterior_file import SHIPPED
from scenarios.reading.replicates import check_particles


def test_it_is_what_reading_its_file_gives() -> None:
    again, shipped = read_posterior(SHIPPED), shipped_posterior()
    assert again == shipped
    assert (again.name, again.about) == (shipped.name, shipped.about)


@pytest.mark.parametrize("name", scenarios.names())
def test_all_its_sets_can_stand_in_the_library(name: str) -> None:
    check_particles(scenarios.load(name))


@pytest.mark.parametrize(
    ("changes", "other"),
    [
        (["members.need=0.65"], "members.need_spread"),
        (["members.engagement_spread=0.3"], "members.engagement"),
        (["members.capacity=1", "members.capacity_step=0"], "members.capacity_step"),
        (["members.interests_most=1"], "members.interests_fewest"),
        (["network.topics=2"], "members.interests_most"),
    ],
)
def test_who_sets_one_of_two_keys_that_bound_each_other_has_settled_both(changes: list[str], other: str) -> None:
    """The shipped posterior is nobody's choice, so it yields; a posterior that somebody names is refused instead."""
    assert other in shipped_posterior().keys
    if "topics" in changes[0]:
        changes = [*changes, "members.interests_most=2"]
    known = scenarios.load("salex", changes)
    assert known.posterior is not None
    assert other not in known.posterior.keys
    check_particles(known)
    assert simulation.run(known, replicates=4).values.shape[0] == 4


def test_a_posterior_that_somebody_names_is_refused_where_it_contradicts() -> None:
    named = Posterior(("members.need_spread",), np.array([[0.05], [0.4]]), np.array([0.5, 0.5]), "mine")
    with pytest.raises(ScenarioError, match=r"particle 1: members.need_spread is 0.4, too wide"):
        scenarios.load("salex", ["members.need=0.65"], named)
