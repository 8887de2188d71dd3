"""A warning where intervals are read from too few sets of parameters, and none where there are enough."""

import numpy as np

from results.words.few import FEW, few, few_sets
from scenarios import Posterior


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
