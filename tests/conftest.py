"""What several topics share: ensembles that are run once and shared."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

import scenarios
import simulation
from simulation import Ensemble


@pytest.fixture(scope="session")
def ensemble() -> Callable[..., Ensemble]:
    """Ensembles by what was asked: `ensemble({key: value}, replicates=, base="salex", seed=1)`, each run only once."""
    kept: dict[tuple[str, tuple[tuple[str, Any], ...], int, int], Ensemble] = {}

    def run(changes: Mapping[str, Any], replicates: int, base: str = "salex", seed: int = 1) -> Ensemble:
        asked = (base, tuple(sorted(changes.items())), seed, replicates)
        if asked not in kept:
            scenario = scenarios.replace(scenarios.load(base), changes)
            kept[asked] = simulation.run(scenario, seed=seed, replicates=replicates)
        return kept[asked]

    return run
