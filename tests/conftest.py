"""What several topics share: ensembles that are run once and shared."""

import os
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import settings

import scenarios
import simulation
from simulation import Ensemble

settings.register_profile("without a clock", settings.default, deadline=None)  # a slow machine finds no fault
settings.load_profile("without a clock")
os.environ.pop("COLUMNS", None)  # processes that run tests side by side set it: what is printed is not for a terminal


@pytest.fixture(scope="session")
def ensemble() -> Callable[..., Ensemble]:
    """Ensembles by what was asked: `ensemble({key: value}, replicates=, base="salex", seed=1)`, each run only once."""
    kept: dict[tuple[str, tuple[tuple[str, Any], ...], int, int], Ensemble] = {}

    def run(changes: Mapping[str, Any], replicates: int, base: str = "salex", seed: int = 1) -> Ensemble:
        asked = (base, tuple(sorted(changes.items())), seed, replicates)
        if asked not in kept:
            scenario = scenarios.replace(scenarios.load(base, posterior=None), changes)
            kept[asked] = simulation.run(scenario, seed=seed, replicates=replicates)
        return kept[asked]

    return run
