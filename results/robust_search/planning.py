"""What a robust search will take, before it is begun: networks of each stage, and time from a trial of a second."""

from collections.abc import Iterable
from dataclasses import dataclass
from time import perf_counter

from typing_extensions import TypedDict

from results.robust_search.asked import RobustQuestion
from results.robust_search.finalists import MOST
from results.words.duration import duration
from results.words.schema import Count, Number
from scenarios.files.listing import counted
from simulation.running.campaign import Failure, Order, ThreadWorkers
from simulation.running.ensemble import EngineName

TRIED = 16
"""Futures in which the plan as it is is tried: about as long as it takes a few plans of the search."""


class RobustPlanDocument(TypedDict):
    """What `optimise --over --plan --json` prints."""

    scenario: str
    futures: Count
    search_futures: Count
    trials: Count
    finalists: Count
    networks: dict[str, Count]
    networks_in_all: Count
    workers: Count
    networks_a_second: float
    seconds: Number


@dataclass(frozen=True)
class RobustPlan:
    """What it will take, at the most.

    Attributes:
        networks: by stage (count).
        workers: threads tried.
        networks_a_second: with that many; 0 where nothing could be tried.
    """

    networks: dict[str, int]
    workers: int
    networks_a_second: float

    @property
    def in_all(self) -> int:
        """Networks (count)."""
        return sum(self.networks.values())

    @property
    def seconds(self) -> float | None:
        """All of it; None where nothing could be tried."""
        return self.in_all / self.networks_a_second if self.networks_a_second else None


def networks_by_stage(asked: RobustQuestion) -> dict[str, int]:
    """Simulated networks of each stage, at the most (count)."""
    stages = asked.futures.stages
    pool = len(stages["pool"])
    return {
        "pool": pool * asked.replicates,
        "search": (asked.trials + 1) * min(asked.searched, pool) * asked.replicates,
        "choice": (MOST + 1) * len(stages["choice"]) * asked.final,
        "report": (MOST + 1) * len(stages["report"]) * asked.final,
    }


def robust_plan(asked: RobustQuestion, engine: EngineName, workers: int | None) -> RobustPlan:
    """Try the plan as it is in some futures of the report, with as many networks in each as a search has."""
    base, threads = asked.scenario.with_posterior(None), ThreadWorkers(workers)
    futures = range(min(TRIED, len(asked.futures.stages["report"])))

    def run(some: Iterable[int], replicates: int) -> int:
        orders = (
            (future, Order({base.name: base}, {0: asked.futures.values("report", future)}, 1, replicates, engine))
            for future in some
        )
        results = [one for _, several in threads.run(orders) for one in several.values()]
        return replicates * sum(not isinstance(one, Failure) for one in results)

    run(futures[:1], 1)  # the first one loads the engine
    begin = perf_counter()
    networks = run(futures, asked.replicates)
    took = perf_counter() - begin
    return RobustPlan(networks_by_stage(asked), threads.count, networks / took)


def robust_plan_lines(found: RobustPlan, asked: RobustQuestion) -> list[str]:
    """The same, a line each."""
    stages = asked.futures.stages
    searched = min(asked.searched, len(stages["pool"]))
    final = len(stages["report"])
    speed = f"{found.networks_a_second:,.0f} networks per second, measured just now"
    time = "cannot be estimated: the plan as it is could not be run in any future that was tried"
    if found.seconds is not None:
        time = f"about {duration(found.seconds)} with {counted(found.workers, 'thread')} ({speed})"
    return [
        f"Search:     {asked.trials:,} plans in {searched:,} futures, {asked.replicates:,} networks in each: "
        f"{found.networks['search']:,} networks; before it the plan as it is in {len(stages['pool']):,}, of which they "
        f"are chosen: {found.networks['pool']:,}",
        f"Final:      up to {MOST + 1} plans in 2 x {final:,} fresh futures, {asked.final:,} networks in each: "
        f"{found.networks['choice'] + found.networks['report']:,} networks",
        f"In all:     up to {found.in_all:,} networks",
        f"Time:       {time}",
        "Nothing was run; leave --plan out to run it.",
    ]


def robust_plan_document(found: RobustPlan, asked: RobustQuestion) -> RobustPlanDocument:
    """The same as JSON."""
    stages = asked.futures.stages
    return {
        "scenario": asked.scenario.name,
        "futures": len(stages["report"]),
        "search_futures": min(asked.searched, len(stages["pool"])),
        "trials": asked.trials,
        "finalists": MOST + 1,
        "networks": found.networks,
        "networks_in_all": found.in_all,
        "workers": found.workers,
        "networks_a_second": found.networks_a_second,
        "seconds": found.seconds,
    }
