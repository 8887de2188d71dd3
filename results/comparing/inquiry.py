"""What is asked of the simulation at one time: some scenarios, one luck, as many replicates as it takes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import simulation
from results.estimates.precision import Precision, run_to_precision
from results.folders.kept_blocks import Keeper
from scenarios import Scenario, to_dict
from scenarios.reading.called_apart import check_names
from simulation.own_outcomes.catalogue import outcomes_of
from simulation.running.ensemble import EngineName, Ensemble
from simulation.running.memory import check_that_it_fits
from simulation.running.threads import processors
from simulation.snapshot import Snapshot

PORTRAYED = 2_000
"""Most members of a network that is portrayed: beyond, a picture shows nothing and a file holds too much."""


@dataclass(frozen=True)
class Inquiry:
    """Scenarios to be run with the same luck.

    Attributes:
        command: "run", "compare" or "explain".
        scenarios: in the order in which they were given.
        baseline: name of the one that the others are compared with.
        seed: seed of the luck.
        replicates: replicates of each scenario, or those to start with where a precision is wanted.
        precision: widest interval wanted, in the outcome's unit, or None.
        watched: name of the outcome that the precision is about.
        engine: what runs them. The two agree to 1e-12 and no further, so it is among the inputs.
        workers: threads of the compiled engine, None for one per processor; nothing depends on it but the time.
        more: what else the results of the command depend on, JSON values by name.
        ledger: whether what each budget line costs in each year is kept too; no other number depends on it.
    """

    command: str
    scenarios: tuple[Scenario, ...]
    baseline: str
    seed: int
    replicates: int
    precision: float | None = None
    watched: str = "collaboration_rate"
    engine: EngineName = "compiled"
    workers: int | None = None
    more: Mapping[str, Any] = field(default_factory=dict)
    ledger: bool = False

    def __post_init__(self) -> None:
        """Refuse scenarios of one name: everything about them is kept by it."""
        check_names(self.scenarios)

    @property
    def inputs(self) -> dict[str, Any]:
        """Everything that the results depend on, as JSON values."""
        wanted = {} if self.precision is None else {"precision": self.precision, "precision_for": self.watched}
        return {
            "command": self.command,
            "baseline": self.baseline,
            "engine": self.engine,
            "seed": self.seed,
            "replicates": self.replicates,
            **wanted,
            **self.more,
            "scenarios": {scenario.name: to_dict(scenario) for scenario in self.scenarios},
        }

    @property
    def networks(self) -> int:
        """Networks that are asked for, over all scenarios (count); where a precision is wanted, those to start with."""
        return len(self.scenarios) * self.replicates

    def check(self) -> None:
        """See that everything fits, before anything is begun.

        Raises:
            MemoryError: with the estimate.
        """
        at_once = self.networks  # all of them are held until they are compared
        for scenario in self.scenarios:
            try:
                check_that_it_fits(scenario, at_once, self.workers or processors())
            except MemoryError as error:
                if len(self.scenarios) == 1:
                    raise
                each = f"{len(self.scenarios)} scenarios of {self.replicates:,} replicates are held at a time"
                raise MemoryError(f"{each}: {error}") from None

    def simulate(
        self, progress: Callable[[int], None], kept: Keeper | None = None
    ) -> tuple[tuple[Ensemble, ...], Precision | None]:
        """Run them all; `progress` hears of replicates as they are finished, `kept` gets their blocks.

        Raises:
            PrecisionError: if the wanted precision cannot be had.
        """
        if self.precision is None:
            return tuple(self.each(progress, kept)), None
        return run_to_precision(
            self.scenarios,
            self.precision,
            outcome=self.watched,
            baseline=self.baseline,
            start=self.replicates,
            run=partial(self._batch, progress, kept),
            join=simulation.join,
        )

    def each(self, progress: Callable[[int], None], kept: Keeper | None = None) -> Iterator[Ensemble]:
        """Run one scenario after the other, for who need not hold all that is known of all of them at a time."""
        for scenario in self.scenarios:
            yield self._batch(progress, kept, scenario, 0, self.replicates)

    def _batch(
        self, progress: Callable[[int], None], kept: Keeper | None, scenario: Scenario, first: int, replicates: int
    ) -> Ensemble:
        return simulation.run(
            scenario,
            seed=self.seed,
            replicates=replicates,
            first=first,
            engine=self.engine,
            workers=self.workers,
            progress=progress,
            known=kept.known(scenario.name, outcomes_of(scenario.outcomes)) if kept else None,
            keep=partial(kept.keep, scenario.name) if kept else None,
            ledger=self.ledger,
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
    today = scenario.network.today
    return sorted({today, max(today, (end + 1) // 2), end, min(end + 12, scenario.last_month)})
