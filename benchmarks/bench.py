"""How fast, against what: one table, everything measured in this one run, the least of several, A and B in turn.

    make bench
    python -m benchmarks.bench 0.1     # a tenth of the networks, on a machine that others need too

Processor time, of this process and those that it begins, but for threads against processes, where it is the clock.
Times of a shared machine drift; ratios of things measured in turn hardly do. So quote ratios.
"""

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

import scenarios
import simulation
from simulation.compiling import compiled
from simulation.draws import Luck, draw, draw_row
from simulation.model.network import CollaborationNetwork
from simulation.model.reference import let_go
from simulation.running.threads import processors

SIZES = (22, 100, 1_000, 10_000, 100_000)
SALEX = scenarios.load("salex", posterior=None)
ROUNDS = 5


def processor_time() -> float:
    """Seconds that this process has taken of processors, and those that it began and that have ended."""
    ours, theirs = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return ours.ru_utime + ours.ru_stime + theirs.ru_utime + theirs.ru_stime


def in_turn(
    *works: Callable[[], Any], rounds: int = ROUNDS, clock: Callable[[], float] = processor_time
) -> list[float]:
    """Least times of several works, one after the other in each round."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for place, work in enumerate(works):
            begin = clock()
            work()
            times[place].append(clock() - begin)
    return [min(some) for some in times]


class CountingLuck(Luck):
    """Luck that counts the draws."""

    drawn = 0

    def pair(self, kind: int, month: int, member: int = 0, other: int = 0) -> tuple[float, float]:
        """As `Luck.pair`."""
        self.drawn += 1
        return super().pair(kind, month, member, other)

    def one(self, kind: int, month: int, member: int = 0, other: int = 0) -> float:
        """As `Luck.one`."""
        self.drawn += 1
        return super().one(kind, month, member, other)


def draws_a_run(runs: int = 20) -> float:
    """Keyed draws in a run of salex, on average, those of the founding not counted."""
    total = 0
    for replicate in range(runs):
        luck = CountingLuck(1, replicate)
        network = CollaborationNetwork(SALEX, luck=luck)
        network.run()
        let_go(network)
        total += luck.drawn
    return total / runs


@compiled
def scalar_draws(count: int) -> float:
    """So many draws one by one: each needs the one before, as in a model, so that none can be drawn ahead."""
    total, member = 0.0, 0
    for event in range(count):
        chance = draw(1, 2, 3, 4, member, event)[0]
        member = int(chance * 1000.0)
        total += chance
    return total


def mesa_batch(runs: int, processes: int) -> None:
    """The reference model as a Mesa user would run it many times."""
    code = f"""
import mesa, scenarios, simulation
from simulation.model.network import CollaborationNetwork
class Batch(CollaborationNetwork):
    def __init__(self, replicate=0, **_):
        super().__init__(scenarios.load("salex", posterior=None), replicate=replicate)
if __name__ == "__main__":
    mesa.batch_run(Batch, {{"replicate": range({runs})}}, number_processes={processes}, max_steps=SALEX_MONTHS,
                   data_collection_period=-1, display_progress=False)
""".replace("SALEX_MONTHS", str(SALEX.last_month))
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "batch.py"
        script.write_text(code, encoding="utf-8")
        environment = {**os.environ, "PYTHONPATH": os.getcwd(), "PYTHONWARNINGS": "ignore"}
        subprocess.run([sys.executable, str(script)], check=True, env=environment, capture_output=True)


def legato(*words: str) -> None:
    """A whole process of the command line, in a folder that goes again."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "cli.py", *words, "--out", str(Path(folder) / "run")]
        subprocess.run(command, check=True, capture_output=True)


def two_processes(runs: int) -> None:
    """Two processes at the same time, one thread each, `runs` replicates in each."""
    salex = "scenarios.load('salex', posterior=None)"
    code = f"import scenarios, simulation; simulation.run({salex}, replicates={runs}, workers=1)"
    for process in [subprocess.Popen([sys.executable, "-c", code]) for _ in range(2)]:
        process.wait()


OF_A_SIZE = """
import json, resource, sys, time
from pathlib import Path
import scenarios, simulation
members = int(sys.argv[1])
simulation.run(scenarios.load("salex", posterior=None), replicates=1, workers=1)
bare = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
grants = max(1, round(4 * members / 22))
changes = [f"network.members={members}", "network.months=25", f"grants.per_call={grants}"]
one = scenarios.load("salex", changes, posterior=None)
runs = max(1, 4000 // members)
times = []
for _ in range(3 if members < 50000 else 1):
    begin = time.process_time()
    ensemble = simulation.run(one, replicates=runs, workers=1)
    times.append((time.process_time() - begin) / runs / members / 25)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
ties = float(ensemble["tie_density"].mean()) * members * (members - 1) / 2
print(json.dumps([min(times) * 1e9, ties / members, peak * 1024 - bare]))
"""


def of_a_size(members: int) -> tuple[float, float, float]:
    """Nanoseconds a member-month, ties a member, and peak memory above the bare process in bytes."""
    done = subprocess.run([sys.executable, "-c", OF_A_SIZE, str(members)], check=True, capture_output=True, text=True)
    nanoseconds, ties, memory = json.loads(done.stdout)
    return nanoseconds, ties, memory


def row(what: str, value: str, note: str = "") -> None:
    """A line of the table."""
    print(f"{what:<66} {value:>12}  {note}", flush=True)


def main() -> None:
    """Print the table."""
    part = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    runs, few = round(2000 * part), max(5, round(20 * part))
    simulation.run(SALEX, replicates=1)
    print(
        f"{platform.processor() or platform.machine()}, {processors()} processors, Python {platform.python_version()}"
    )
    print("A run of salex: 22 members, 61 months\n")
    varying = scenarios.load("salex")
    mesa, one, unsure = in_turn(
        lambda: simulation.run(SALEX, replicates=few, engine="mesa"),
        lambda: simulation.run(SALEX, replicates=runs, workers=1),
        lambda: simulation.run(varying, replicates=runs, workers=1),
    )
    row("Mesa reference", f"{mesa / few * 1e3:.2f} ms", "a run")
    row("compiled, one thread", f"{one / runs * 1e3:.3f} ms", f"{mesa / few / (one / runs):.0f} times the reference")
    row("the same, parameters vary", f"{unsure / runs * 1e3:.3f} ms", f"{unsure / one:.2f} times that")
    one, every = in_turn(
        lambda: simulation.run(SALEX, replicates=runs, workers=1),
        lambda: simulation.run(SALEX, replicates=runs),
        clock=time.perf_counter,
    )
    row(f"compiled, {processors()} threads", f"{every / runs * 1e3:.3f} ms", f"{one / every:.2f} times one thread")
    half = round(6000 * part)
    alone, together, threads = in_turn(
        lambda: subprocess.run([sys.executable, "-c", "import scenarios, simulation.engine.run"], check=True),
        lambda: two_processes(half),
        lambda: simulation.run(SALEX, replicates=2 * half, workers=2),
        rounds=3,
        clock=time.perf_counter,
    )
    row("two processes of one thread each, starts taken off", f"{(together - alone) / half / 2 * 1e3:.3f} ms", "a run")
    row(
        "two threads of one process",
        f"{threads / half / 2 * 1e3:.3f} ms",
        f"{(together - alone) / threads:.2f} of that",
    )

    count = draws_a_run()
    ids, nobody = np.arange(1000), np.zeros(1000, np.int64)
    first, second = np.empty(1000), np.empty(1000)
    scalar_draws(1)
    scalar, batch, again = in_turn(
        lambda: scalar_draws(int(count) * 100),
        lambda: [draw_row(1, 2, 3, month, ids, nobody, first, second) for month in range(int(count) // 10)],
        lambda: simulation.run(SALEX, replicates=500, workers=1),
    )
    row("keyed draws in a run", f"{count:,.0f}")
    row(
        "as many scalar draws in one loop",
        f"{scalar / 100 * 1e3:.3f} ms",
        f"a run takes {again / 500 / (scalar / 100):.1f} times that",
    )
    row(
        "as many drawn in rows: the floor", f"{batch / 100 * 1e3:.3f} ms", f"{batch / 100 / (again / 500):.0%} of a run"
    )

    subset, many = max(20, round(300 * part)), round(100_000 * part)
    batched, started, ours = in_turn(
        lambda: mesa_batch(subset, 2),
        lambda: mesa_batch(2, 2),
        lambda: legato("run", "salex", "--replicates", str(many), "--no-figures"),
        rounds=1,
    )
    theirs = started + (batched - started) / (subset - 2) * many
    row(f"{many:,} runs by mesa.batch_run, two processes", f"{theirs:,.0f} s", f"extrapolated from {subset}")
    row(f"{many:,} runs by legato run, stored, whole process", f"{ours:.1f} s", f"{theirs / ours:.0f} times as fast")
    full, bare = in_turn(
        lambda: legato("compare", "salex", "abrupt-closing", "--replicates", "500"),
        lambda: legato("compare", "salex", "abrupt-closing", "--replicates", "500", "--json", "--no-figures"),
        rounds=3,
    )
    row("legato compare salex abrupt-closing --replicates 500", f"{full:.1f} s", "whole process, figures and all")
    row("the same with --json --no-figures", f"{bare:.1f} s")

    print("\n(Peak memory is above what the process held after a run of salex; loading the engine had peaked higher.)")
    print("members      ns a member-month   ties a member   peak memory   bytes a member beside 48 a tie")
    for members in SIZES:
        nanoseconds, ties, memory = of_a_size(members)
        beside = memory / members - 48 * ties
        print(f"{members:>7,} {nanoseconds:>22,.0f} {ties:>15.1f} {memory / 1e6:>10.0f} MB {max(0.0, beside):>22,.0f}")


if __name__ == "__main__":
    main()
