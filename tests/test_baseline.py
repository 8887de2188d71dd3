"""The library's numbers as they stand: a change that moves them fails here, and belongs under "Changes numbers".

Remake, having written the changelog: python tests/test_baseline.py
"""

import json
from pathlib import Path

import numpy as np
import pytest

import scenarios
import simulation
from simulation.outcomes import NAMES

BASELINE = Path(__file__).with_name("baseline.json")


def measure(name: str) -> dict[str, float]:
    """Sum of each outcome over those of the first 20 replicates, seed 1, that have it."""
    values = simulation.run(scenarios.load(name, posterior=None), seed=1, replicates=20, workers=1).values
    return {outcome: float(np.nansum(values[:, place])) for place, outcome in enumerate(NAMES)}


@pytest.mark.parametrize("name", scenarios.names())
def test_the_numbers_have_not_moved(name: str) -> None:
    """The bytes are promised for like processors only; elsewhere numbers agree to 1e-12."""
    expected = json.loads(BASELINE.read_text(encoding="utf-8"))[name]
    assert measure(name) == pytest.approx(expected, rel=1e-11, abs=1e-11)


if __name__ == "__main__":
    everything = {name: measure(name) for name in scenarios.names()}
    BASELINE.write_text(json.dumps(everything, indent=1) + "\n", encoding="utf-8")
