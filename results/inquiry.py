"""What is asked of the simulation at one time: some scenarios, one luck, as many replicates as it takes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import simulation
from results.precision import Precision, run_to_precision
from scenarios import Scenario, to_dict
from simulation.ensemble import Ensemble
from simulation.snapshot import Snapshot

PORTRAYED = 2_000
"""Most members of a network that is portrayed: beyond, a picture shows nothing and a file holds too much."""


@dataclass(frozen=True)
class Inquiry:
    """Scenarios to be run with the same luck.

    Attributes:
        command: "run" or "compare".
        scenarios: in the order in which they were given.
        baseline: name of the one that the others are compared with.
        seed: seed of the luck.
        replicates: replicates of each scenario, or those to start with where a precision is wanted.
        precision: widest interval wanted, in the outcome's unit, or None.
        watched: name of the outcome that the precision is about.
    """

    command: str
    scenarios: tuple[Scenario, ...]
    baseline: str
    seed: int
    replicates: int
    precision: float | None = None
    watched: str = "collaboration_rate"

    @property
    def inputs(self) -> dict[str, Any]:
        """Everything that the results depend on, as JSON values."""
        wanted = {} if self.precision is None else {"precision": self.precision, "precision_for": self.watched}
        return {
            "command": self.command,
            "baseline": self.baseline,
            "seed": self.seed,
            "replicates": self.replicates,
            **wanted,
            "scenarios": {scenario.name: to_dict(scenario) for scenario in self.scenarios},
        }

    def simulate(self, progress: Callable[[int], None]) -> tuple[tuple[Ensemble, ...], Precision | None]:
        """Run them all; `progress` hears of replicates as they are finished.

        Raises:
            PrecisionError: if the wanted precision cannot be had.
        """

        def batch(scenario: Scenario, first: int, replicates: int) -> Ensemble:
            return simulation.run(scenario, seed=self.seed, replicates=replicates, first=first, progress=progress)

        if self.precision is None:
            return tuple(batch(scenario, 0, self.replicates) for scenario in self.scenarios), None
        return run_to_precision(
            self.scenarios,
            self.precision,
            outcome=self.watched,
            baseline=self.baseline,
            start=self.replicates,
            run=batch,
            join=simulation.join,
        )

    def portray(self) -> dict[str, tuple[Snapshot, ...]]:
        """The first replicate of each scenario: at the start, half-way, in the reporting month, a year later."""
        return {
            scenario.name: simulation.portray(scenario, seed=self.seed, replicate=0, months=_months(scenario))
            for scenario in self.scenarios
            if scenario.network.members <= PORTRAYED
        }


def _months(scenario: Scenario) -> list[int]:
    end = scenario.reporting_month
    return sorted({0, (end + 1) // 2, end, min(end + 12, scenario.last_month)})
