"""A campaign: the points of a design, run in blocks, by threads here or by a cluster.

A block is some points in a row, with all their replicates. Where one begins and ends depends on what is asked alone,
never on who runs it; and a point depends on nothing but itself. So blocks may be run anywhere, in any order, once or
again, and the results are the same bytes. A campaign yields finished blocks; whoever keeps them swallows them.
"""

import traceback
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from math import ceil
from pathlib import Path
from threading import Event
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from scenarios import Scenario, ScenarioError
from scenarios.designs.design import Design, at_point
from scenarios.schema.whole_numbers import whole_number
from simulation.draws import identity
from simulation.founding import members_ever
from simulation.outcomes import Outcomes
from simulation.own_outcomes.catalogue import outcomes_of
from simulation.running.ensemble import EngineName, block_runner, block_size
from simulation.running.memory import check_that_it_fits
from simulation.running.threads import in_order, processors

BLOCK_WORK = 3_000_000
"""Member-months in a block, at the least: a second or two of the compiled engine, so that keeping a block, or sending
it to a cluster, is little beside it."""
MOST_BLOCKS = 20_000
"""Blocks of a campaign: beyond, blocks grow instead, for files and tasks by the million suit no disk and no cluster;
but not those of a sequence, which may grow itself."""
SAMPLE = 64
"""Points looked at to estimate the work of one."""


@dataclass(frozen=True)
class Failure:
    """Why a point has no outcomes.

    Attributes:
        error: kind and message.
        traceback: where it came from, a line a call; files are named from the package on, so that it reads the same
            wherever it was run.
    """

    error: str
    traceback: str


@dataclass(frozen=True, eq=False)
class PointBlock:
    """Some points in a row, finished.

    Attributes:
        number: of the block.
        first: number of the first point.
        values: float[points, replicates, outcomes]; nan where an outcome is missing, and throughout a failed point.
        failures: by number of the point.
    """

    number: int
    first: int
    values: NDArray[np.float64]
    failures: Mapping[int, Failure] = field(default_factory=dict)

    @property
    def points(self) -> range:
        """Numbers of its points."""
        return range(self.first, self.first + len(self.values))


@dataclass(frozen=True)
class Order:
    """Points to be run by one worker, with all that it takes: small enough to be sent, and without the design.

    Attributes:
        bases: the scenarios that values are put into, by name.
        points: number of a point -> its values.
        seed: of the luck.
        replicates: at each point.
        engine: what runs them.
    """

    bases: Mapping[str, Scenario]
    points: Mapping[int, Mapping[str, Any]]
    seed: int
    replicates: int
    engine: EngineName


PointResult = NDArray[np.float64] | Failure
"""Outcomes of a point, float[replicates, outcomes], or why there are none."""


@dataclass(frozen=True, eq=False)
class Campaign:
    """The points of a design, each with so many replicates; replicate r lives through the same luck at every point.

    Attributes:
        design: the points.
        replicates: at each point.
        seed: of the luck.
        engine: what runs them. The two agree to 1e-12 and no further, so it is among the inputs.
    """

    design: Design
    replicates: int = 100
    seed: int = 1
    engine: EngineName = "compiled"

    def __post_init__(self) -> None:
        object.__setattr__(self, "seed", identity(self.seed, 0)[0])
        object.__setattr__(self, "replicates", whole_number("replicates", self.replicates, 1))
        if len({base.outcomes for base in self.design.bases}) > 1:
            raise ValueError("the scenarios of a design count different outcomes of one's own; count the same in all")

    @property
    def outcomes(self) -> Outcomes:
        """The catalogue of outcomes, the same at every point."""
        return outcomes_of(self.design.bases[0].outcomes)

    @property
    def networks(self) -> int:
        """Networks in all (count)."""
        return len(self.design) * self.replicates

    @cached_property
    def work(self) -> float:
        """Work of one point (member-months), estimated from a few of them.

        A sequence may be asked for more points later, and its blocks must not move then: of it, from the scenarios.
        """
        if self.design.kind == "sequence":
            each = [members_ever(base) * base.last_month * self.replicates for base in self.design.bases]
            return sum(each) / len(each)
        looked_at = np.unique(np.linspace(0, len(self.design) - 1, min(SAMPLE, len(self.design))).astype(int))
        work = []
        for point in looked_at:
            try:
                scenario = self.design.scenario(int(point))
            except ScenarioError:
                continue
            work.append(members_ever(scenario) * scenario.last_month * self.replicates)
        return sum(work) / len(work) if work else 1.0

    @cached_property
    def points_a_block(self) -> int:
        """Points in every block but the last."""
        fewest = 1 if self.design.kind == "sequence" else ceil(len(self.design) / MOST_BLOCKS)
        return max(1, ceil(BLOCK_WORK / self.work), fewest)

    @property
    def blocks(self) -> int:
        """Blocks in all (count)."""
        return ceil(len(self.design) / self.points_a_block)

    def points_of(self, block: int) -> range:
        """Numbers of the points in a block."""
        first = block * self.points_a_block
        return range(first, min(first + self.points_a_block, len(self.design)))

    def order(self, points: Iterable[int]) -> Order:
        """What a worker needs to run some points."""
        values = {point: self.design.values(point) for point in points}
        return Order(self.design.named_bases, values, self.seed, self.replicates, self.engine)

    def run(
        self,
        workers: "Workers | None" = None,
        *,
        done: Collection[int] = (),
        progress: Callable[[int], None] = lambda _networks: None,
    ) -> Generator[PointBlock, None, None]:
        """Run the blocks that are not done yet; they come as they are finished, in any order.

        Args:
            workers: who does it; as many threads as there are processors if left out.
            done: numbers of blocks that need not be run.
            progress: hears of networks as they are finished; their block may not be.
        """
        wanted = ((block, self.points_of(block)) for block in range(self.blocks) if block not in done)
        for block, results in self.run_points(wanted, workers, progress=progress):
            yield block_of(block, results, self.replicates, self.outcomes)

    def run_points(
        self,
        wanted: Iterable[tuple[int, Sequence[int]]],
        workers: "Workers | None" = None,
        *,
        progress: Callable[[int], None] = lambda _networks: None,
    ) -> Generator[tuple[int, dict[int, PointResult]], None, None]:
        """Run some points of some blocks: number of the block, and the results of its points that were wanted.

        Args:
            wanted: number of a block, and those of its points that are wanted.
            workers: who does it; as many threads as there are processors if left out.
            progress: hears of networks as they are finished; their block may not be.
        """
        workers = workers or ThreadWorkers()
        size = max(1, int(min(workers.work_at_a_time / self.work, self.points_a_block)))
        missing: dict[int, int] = {}
        finished: dict[int, dict[int, PointResult]] = {}

        def orders() -> Iterator[tuple[int, Order]]:
            for block, points in wanted:
                missing[block], finished[block] = len(points), {}
                for first in range(0, len(points), size):
                    yield block, self.order(points[first : first + size])

        for block, results in workers.run(orders()):
            finished[block] |= results
            missing[block] -= len(results)
            progress(len(results) * self.replicates)
            if not missing[block]:
                del missing[block]
                yield block, finished.pop(block)


def block_of(number: int, results: Mapping[int, PointResult], replicates: int, outcomes: Outcomes) -> PointBlock:
    """A block out of the results of all its points."""
    values = np.full((len(results), replicates, len(outcomes.names)), np.nan)
    failures = {}
    for place, point in enumerate(sorted(results)):
        result = results[point]
        if isinstance(result, Failure):
            failures[point] = result
        else:
            values[place] = result
    return PointBlock(number, min(results), values, failures)


class Workers(Protocol):
    """Those who run points: threads here, or a cluster."""

    @property
    def work_at_a_time(self) -> float:
        """Work that one of them is handed at a time, at the most, where a point is not more (member-months)."""

    def run(self, orders: Iterable[tuple[int, Order]]) -> Iterator[tuple[int, dict[int, PointResult]]]:
        """Results of orders as they are finished, each with the number that came with its order."""


class ThreadWorkers:
    """Threads of this process; results come in the order of their orders."""

    work_at_a_time = 300_000.0  # 0.1 to 0.2 seconds: an interruption waits for no more

    def __init__(self, count: int | None = None) -> None:
        """As many threads as `count` says, or as there are processors."""
        self.count = processors() if count is None else whole_number("workers", count, 1)

    def run(self, orders: Iterable[tuple[int, Order]]) -> Iterator[tuple[int, dict[int, PointResult]]]:
        """See `Workers`."""
        stop = Event()

        def work(order: tuple[int, Order]) -> tuple[int, dict[int, PointResult]]:
            return order[0], run_points(order[1], stop)

        ahead = iter(orders)
        first = next(ahead, None)
        if first is None:
            return
        one_by_one = first[1].engine == "mesa"  # Mesa's models share a counter
        yield from in_order(work, chain([first], ahead), 1 if one_by_one else self.count, hasten=stop.set)


class Stopped(Exception):  # noqa: N818  # nothing went wrong: nobody waits for the result any more
    """The work is not wanted any more."""


def run_points(order: Order, stop: Event | None = None) -> dict[int, PointResult]:
    """Run points one after the other; one that fails stops no other.

    Args:
        order: which, and how.
        stop: set when the results are not wanted any more.
    """
    return {point: _run_point(order, values, stop) for point, values in order.points.items()}


def _run_point(order: Order, values: Mapping[str, Any], stop: Event | None) -> PointResult:
    try:
        scenario = at_point(order.bases, values)
        check_that_it_fits(scenario, order.replicates, 1)
        return _replicates(scenario, order, stop)
    except Stopped:
        raise
    except Exception as error:
        return Failure(f"{type(error).__name__}: {error}", _told(error))


def _replicates(scenario: Scenario, order: Order, stop: Event | None) -> NDArray[np.float64]:
    """The replicates of one point, float[replicates, outcomes]; no course is kept."""
    catalogue = outcomes_of(scenario.outcomes)
    outcomes = np.full((order.replicates, len(catalogue.names)), np.nan)
    run_block, size = block_runner(scenario, order.seed, order.engine), block_size(scenario)
    no_course = np.empty((0, scenario.last_month + 1, len(catalogue.monthly_names)))
    for first in range(0, order.replicates, size):
        if stop is not None and stop.is_set():
            raise Stopped
        run_block(first, outcomes[first : first + size], no_course)
    return outcomes


def _told(error: BaseException) -> str:
    """The calls that led to an error, the last one last."""
    home = Path(__file__).resolve().parents[2]
    lines = []
    for frame in traceback.extract_tb(error.__traceback__):
        file = Path(frame.filename)
        name = file.relative_to(home) if file.is_relative_to(home) else Path(file.name)
        lines.append(f"{name.as_posix()}:{frame.lineno} in {frame.name}")
    return "\n".join(lines)
