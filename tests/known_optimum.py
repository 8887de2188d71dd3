"""Stand-ins for the engine with a known best use of a budget, for tests of `optimise`."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

import scenarios
from results.estimates.parameter_uncertainty import Values
from results.optimising.search import Evaluate, Luck, Question, read_levers
from simulation.outcomes import NAMES

INTENSITY = "facilitation.intensity"
Worth = Callable[[Mapping[str, Any]], float]


def question(budget: float, *levers: str, **more: Any) -> Question:
    """What is asked of `salex` with fixed parameters."""
    outcomes = more.pop("outcomes", ("collaboration_rate",))
    return Question(scenarios.load("salex", posterior=None), read_levers(levers), budget, outcomes, **more)


def closed_form(worths: Mapping[str, Worth], *, noise: float = 0.0, own: float = 0.0) -> Evaluate:
    """A model with a closed form: outcomes of the values, each with noise shared by luck, and noise of its own."""

    def evaluate(wanted: Sequence[Mapping[str, Any]], luck: Luck) -> list[Values | str]:
        shared = np.random.default_rng([luck.seed, 0]).normal(size=luck.replicates)
        found: list[Values | str] = []
        for values in wanted:
            key = [luck.seed, *(int(1e6 * float(value)) for value in values.values() if not isinstance(value, str))]
            alone = np.random.default_rng(key)
            outcome = np.zeros((luck.replicates, len(NAMES)))
            for name, worth in worths.items():
                more = 0.0 if name == "total_cost" else noise * shared + own * alone.normal(size=luck.replicates)
                outcome[:, NAMES.index(name)] = worth(values) + more
            found.append(outcome)
        return found

    return evaluate


def double(worth: Worth, price: Worth, *, noise: float = 0.0, own: float = 0.0) -> Evaluate:
    """The same of one outcome and a price."""
    return closed_form({"collaboration_rate": worth, "total_cost": price}, noise=noise, own=own)
