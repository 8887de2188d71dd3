"""What a sweep will take, before it is begun: points, networks, time and disk, from a trial of a second."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from results.folders.parquet import parquet_bytes
from results.sweeping.block_tables import run_columns
from scenarios.designs.design import Design
from simulation.running.campaign import Campaign, Failure, Order, PointResult, ThreadWorkers, block_of

SECONDS = 1.0
"""How long the trial takes, about."""
TRIED = 32
"""Points that are tried, evenly spread over the design."""
LOOKED_AT = 20_000
"""Points looked at for contradictions: some seconds."""


@dataclass(frozen=True)
class Contradictory:
    """Points whose values do not go together.

    Attributes:
        looked_at: points looked at (count); all of a design where they are few.
        faults: number of the point -> what is wrong, of those that contradict themselves.
    """

    looked_at: int
    faults: Mapping[int, str]

    @property
    def first_fault(self) -> str:
        """What is wrong with the first of them; "" where there is none."""
        return next(iter(self.faults.values()), "")


@dataclass(frozen=True)
class Plan:
    """What a sweep will take.

    Attributes:
        points: of the design (count).
        replicates: at each point.
        networks: in all.
        kept: networks that an earlier attempt has kept already.
        blocks: files of outcomes.
        looked_at: points looked at for contradictions (count); all of them where they are few.
        contradictory: those of them whose values do not go together: such a design is refused.
        first_fault: what is wrong with the first of these; "" where there is none.
        workers: threads tried.
        networks_a_second: with that many threads; 0 where nothing could be tried.
        seconds: that the rest will take with them.
        bytes_on_disk: of all outcomes, in the end.
    """

    points: int
    replicates: int
    networks: int
    kept: int
    blocks: int
    looked_at: int
    contradictory: int
    first_fault: str
    workers: int
    networks_a_second: float
    seconds: float
    bytes_on_disk: int


def plan_of(campaign: Campaign, workers: int | None = None, kept: int = 0) -> Plan:
    """Look at a design, and try some of it.

    Args:
        campaign: what is to be run.
        workers: threads; as many as there are processors if left out.
        kept: networks that an earlier attempt has kept (count).
    """
    wrong = contradictory(campaign.design)
    threads = ThreadWorkers(workers)
    speed, size = _trial(campaign, threads)
    networks = campaign.networks
    seconds = (networks - kept) / speed if speed else 0.0
    return Plan(
        points=len(campaign.design),
        replicates=campaign.replicates,
        networks=networks,
        kept=kept,
        blocks=campaign.blocks,
        looked_at=wrong.looked_at,
        contradictory=len(wrong.faults),
        first_fault=wrong.first_fault,
        workers=threads.count,
        networks_a_second=speed,
        seconds=seconds,
        bytes_on_disk=int(size * networks),
    )


def contradictory(design: Design) -> Contradictory:
    """Look for points that would fail whatever happens: of very many points, at LOOKED_AT of them."""
    points = _spread(len(design), LOOKED_AT)
    found = {point: fault for point in points if (fault := design.contradiction(point))}
    return Contradictory(len(points), found)


def _trial(campaign: Campaign, threads: ThreadWorkers) -> tuple[float, float]:
    """Networks a second, and bytes on disk for each of them."""
    points = _spread(len(campaign.design), TRIED)
    for _ in threads.run(_one_by_one(Campaign(campaign.design, 1, campaign.seed, campaign.engine), points[:1])):
        pass  # the first one loads the engine
    replicates = 1
    while True:
        tried = Campaign(campaign.design, replicates, campaign.seed, campaign.engine)
        begin = perf_counter()
        results: dict[int, PointResult] = {}
        for _, some in threads.run(_one_by_one(tried, points)):
            results |= some
        took = perf_counter() - begin
        whole = {point: result for point, result in results.items() if not isinstance(result, Failure)}
        if not whole:
            return 0.0, 0.0
        if took > SECONDS / 4 or replicates >= campaign.replicates:
            break
        replicates = min(campaign.replicates, max(2 * replicates, int(replicates * SECONDS / max(took, 1e-3))))
    block = block_of(0, dict(enumerate(whole.values())), replicates, campaign.outcomes)
    networks = len(whole) * replicates
    return networks / took, len(parquet_bytes(run_columns(campaign.design, block))) / networks


def _one_by_one(campaign: Campaign, points: list[int]) -> Iterator[tuple[int, Order]]:
    for point in points:
        yield point, campaign.order([point])


def _spread(count: int, most: int) -> list[int]:
    """So many numbers below `count`, evenly spread; all of them where they are fewer."""
    return [int(number) for number in np.unique(np.linspace(0, count - 1, min(count, most)).astype(np.int64))]
