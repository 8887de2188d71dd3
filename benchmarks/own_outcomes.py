"""What outcomes of one's own cost in one run: `python -m benchmarks.own_outcomes`.

SALEX with the shipped posterior, one thread, in turns: with the shipped outcomes, and with one of one's own, which does
next to nothing, so that what is measured is handing over the state.
"""

import statistics
import time

import numpy as np

import scenarios
import simulation
from scenarios import Scenario
from scenarios.schema.own_files import own_file
from scenarios.schema.own_outcomes import OwnOutcomes
from simulation.outcomes import NAMES
from simulation.own_outcomes.trying import named

NETWORKS, TURNS = 1000, 9
TEXT = """from simulation import outcome


@outcome(label="ties", scale="count")
def ties_there(state):
    return len(state.ties.one)
"""


def timed(scenario: Scenario) -> tuple[float, np.ndarray]:
    """Processor time of a run (seconds), and its shipped outcomes."""
    began = time.process_time()
    values = simulation.run(scenario, replicates=NETWORKS, workers=1).values[:, : len(NAMES)]
    return time.process_time() - began, values


def main() -> None:
    """Measure, and print a line each."""
    salex = scenarios.load("salex")
    simulation.run(salex, replicates=1)
    began = time.process_time()
    mine = salex.with_outcomes(named(own_file(OwnOutcomes, "mine.py", TEXT)))
    simulation.run(mine, replicates=1)
    print(f"checking and compiling, or loading what was compiled: {time.process_time() - began:.1f} s")
    ratios, shipped = [], []
    for _ in range(TURNS):
        seconds, values = timed(salex)
        own_seconds, own_values = timed(mine)
        assert np.array_equal(values, own_values, equal_nan=True)
        shipped.append(seconds)
        ratios.append(own_seconds / seconds)
    print(f"shipped: {NETWORKS:,} networks in {min(shipped):.3f} s at least")
    print(f"with an outcome of one's own: median {statistics.median(ratios):.3f} times that, of {TURNS} turns")


if __name__ == "__main__":
    main()
