"""The former place of `simulation.running.campaign`: what is imported from here stays importable."""

from simulation.running.campaign import (
    BLOCK_WORK,
    MOST_BLOCKS,
    SAMPLE,
    Campaign,
    Failure,
    Order,
    PointBlock,
    PointResult,
    Stopped,
    ThreadWorkers,
    Workers,
    block_of,
    run_points,
)

__all__ = [
    "BLOCK_WORK",
    "MOST_BLOCKS",
    "SAMPLE",
    "Campaign",
    "Failure",
    "Order",
    "PointBlock",
    "PointResult",
    "Stopped",
    "ThreadWorkers",
    "Workers",
    "block_of",
    "run_points",
]
