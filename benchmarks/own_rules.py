"""What a rule of one's own costs, beside the shipped one, in one run: `python -m benchmarks.own_rules`.

SALEX with the shipped posterior, one thread, in turns: with the shipped rules, and with a file whose `yes_chance` says
what the shipped one says, so that both simulate the very same networks. The rule that is asked most is the dearest.
"""

import statistics
import time

import numpy as np

import scenarios
import simulation
from scenarios import Scenario
from scenarios.schema.own_files import own_file
from scenarios.schema.own_rules import OwnRules
from simulation.own_rules.replaceable import parameters
from simulation.own_rules.trying import rules_of

NETWORKS, TURNS = 1000, 15


def timed(scenario: Scenario) -> tuple[float, np.ndarray]:
    """Seconds of a run, and its outcomes."""
    began = time.perf_counter()
    values = simulation.run(scenario, replicates=NETWORKS, workers=1).values
    return time.perf_counter() - began, values


def main() -> None:
    """Measure, and print a line each."""
    given = ", ".join(parameters("yes_chance"))
    text = f"from simulation import rules\n\n\ndef yes_chance({given}):\n    return rules.yes_chance({given})\n"
    salex = scenarios.load("salex")
    began = time.perf_counter()
    mine = salex.with_rules(rules_of(own_file(OwnRules, "same.py", text)))
    simulation.run(mine, replicates=1)
    print(f"checking and compiling, or loading what was compiled: {time.perf_counter() - began:.1f} s")
    simulation.run(salex, replicates=1)
    ratios, shipped = [], []
    for _ in range(TURNS):
        seconds, values = timed(salex)
        own_seconds, own_values = timed(mine)
        assert np.array_equal(values, own_values, equal_nan=True)
        shipped.append(seconds)
        ratios.append(own_seconds / seconds)
    print(f"shipped: {NETWORKS:,} networks in {min(shipped):.3f} s at least")
    print(f"a rule of one's own over the shipped one: median {statistics.median(ratios):.3f}, of {TURNS} turns")


if __name__ == "__main__":
    main()
