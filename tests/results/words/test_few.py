"""A warning where intervals are read from too few sets of parameters, and none where there are enough."""

import numpy as np

import scenarios
from results.words.few import FEW, few, few_sets
from results.words.varying import few_behind_points
from scenarios import Posterior
from scenarios.designs.design import plan
from scenarios.designs.futures import read_futures


def posterior(particles: int) -> Posterior:
    values = np.linspace(0.1, 0.4, particles)[:, np.newaxis]
    return Posterior(("behaviour.initiative",), values, np.full(particles, 1 / particles), "mine")


def test_few_networks_are_warned_of_and_enough_are_not() -> None:
    assert few(FEW, "networks") == ""
    assert "so few networks (5)" in few(5, "networks", "--replicates 20")
    assert few_sets([], 19).count("--replicates 20") == 1
    assert few_sets([], 20) == ""


def test_sets_of_parameters_count_and_not_networks() -> None:
    """Two networks in a row live with one set."""
    many = posterior(100)

    assert "so few sets of parameters (3)" in few_sets([many], 5)
    assert "--replicates 40" in few_sets([many], 38)
    assert few_sets([many], 40) == ""


def test_no_number_of_networks_helps_a_posterior_of_few_particles() -> None:
    text = few_sets([posterior(3)], 1000)

    assert "so few sets of parameters (3)" in text
    assert "--replicates" not in text


def test_of_futures_their_number_counts_and_of_points_what_each_lives_with() -> None:
    plans = [scenarios.load("salex"), scenarios.load("light-facilitation")]
    five, twenty = (read_futures("posterior", plans, count=count).design(plans) for count in (5, 20))

    assert "so few futures (5)" in few_behind_points(five, 100)
    assert few_behind_points(twenty, 2) == ""

    grid = plan([scenarios.load("salex")], ["grants.per_call=0:8:4"])
    assert "so few sets of parameters (5)" in few_behind_points(grid, 10)
    assert few_behind_points(grid, 40) == "", "three points of a grid are no sample"
