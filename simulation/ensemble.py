"""Many replicates of one scenario: the noun that simulation hands to results."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios import Scenario
from simulation.draws import MOST
from simulation.outcomes import MONTHLY_NAMES, NAMES

KEPT = 1000
"""Replicates whose monthly course is kept for the bands of figures; means run over all."""


@dataclass(frozen=True, eq=False)
class Ensemble:
    """Replicates of one scenario. Replicate r lives through the same luck in every scenario with the same seed.

    Attributes:
        scenario: what was run.
        seed: seed of the luck; (scenario, seed, replicate) repeats a run exactly.
        first: number of the first replicate; they are numbered without gaps.
        values: float[replicates, len(NAMES)], a row per replicate; nan where an outcome is missing.
        sum_months: sum over all replicates, float[months + 1, len(MONTHLY_NAMES)]; index 0 is the founding.
        kept_months: monthly course of the first KEPT replicates, float[kept, months + 1, len(MONTHLY_NAMES)].
    """

    scenario: Scenario
    seed: int
    first: int
    values: NDArray[np.float64]
    sum_months: NDArray[np.float64]
    kept_months: NDArray[np.float64]

    @property
    def replicates(self) -> int:
        """How many runs stand behind the ensemble."""
        return len(self.values)

    @property
    def mean_months(self) -> NDArray[np.float64]:
        """Mean over all replicates, float[months + 1, len(MONTHLY_NAMES)]; index 0 is the founding."""
        return self.sum_months / self.replicates

    def __getitem__(self, outcome: str) -> NDArray[np.float64]:
        """One outcome of every replicate, float[replicates]."""
        return self.values[:, NAMES.index(outcome)]

    def course(self, outcome: str) -> NDArray[np.float64]:
        """One monthly outcome of the kept replicates, float[kept, months + 1]."""
        return self.kept_months[:, :, MONTHLY_NAMES.index(outcome)]


def run(
    scenario: Scenario,
    *,
    seed: int = 1,
    replicates: int = 200,
    first: int = 0,
    progress: Callable[[int], None] | None = None,
) -> Ensemble:
    """Run replicates of a scenario.

    Args:
        scenario: what to run.
        seed: of the luck, 0 to 2^32 - 1; scenarios with the same seed are compared luck by luck.
        replicates: how many runs.
        first: number of the first one.
        progress: called with the number of replicates newly done.

    Raises:
        ValueError: if seed or replicates are out of range.
    """
    if not 0 <= seed <= MOST:
        raise ValueError(f"seed is {seed}; allowed is 0 to {MOST}")
    if replicates < 1 or first < 0 or first + replicates - 1 > MOST:
        raise ValueError(
            f"replicates {first} to {first + replicates - 1} asked for; allowed is 1 or more, up to {MOST}"
        )
    from simulation.reference import run_replicate  # here, not above: whoever reads a table need not wait for Mesa

    values = np.empty((replicates, len(NAMES)))
    months = np.zeros((scenario.last_month + 1, len(MONTHLY_NAMES)))
    kept = np.empty((max(0, min(replicates, KEPT - first)), *months.shape))
    for place in range(replicates):
        values[place], course = run_replicate(scenario, seed, first + place)
        months += course
        if place < len(kept):
            kept[place] = course
        if progress:
            progress(1)
    return Ensemble(scenario, seed, first, values, months, kept)


def join(one: Ensemble, other: Ensemble) -> Ensemble:
    """Two ensembles of the same scenario and seed, the replicates of the other following those of the one.

    Raises:
        ValueError: if they do not follow each other: counting a run twice would narrow every interval.
    """
    if one.scenario != other.scenario or one.seed != other.seed:
        raise ValueError(f"ensembles of {one.scenario.name} and {other.scenario.name} differ in scenario or seed")
    if other.first != one.first + one.replicates:
        raise ValueError(
            f"replicates {other.first} on do not follow {one.first} to {one.first + one.replicates - 1}; "
            "pass each run once, in order"
        )
    return Ensemble(
        one.scenario,
        one.seed,
        one.first,
        np.concatenate([one.values, other.values]),
        one.sum_months + other.sum_months,
        np.concatenate([one.kept_months, other.kept_months]),
    )
