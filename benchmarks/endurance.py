"""Work that goes on for long: memory, file handles and threads must stay as they are, however much has been done.

    python -m benchmarks.endurance [MINUTES [NETWORKS]]      make endurance

First a sweep of NETWORKS in a process of its own, looked at from outside each half second. Then for MINUTES, in one
process, what somebody does in a long day, round after round: run, compare, explain, sweep, discover, optimise, check,
verify, report, export. What counts is the middle value of the last quarter of either against that of the
second: the first warms up.
"""

from __future__ import annotations

import gc
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
MOST_MORE = 1.02
"""Growth that is still called flat: two in a hundred of the memory, and no handle and no thread more."""
REPLICATES = 100
ROUND = (
    "run salex --replicates 200 --out run",
    "compare salex no-catalytic-funding light-facilitation --replicates 200 --out compared",
    "explain salex no-catalytic-funding --replicates 50 --out explained",
    "sweep salex --vary funder.weight --vary grants.per_call --design lhs --points 60 --replicates 20 --out swept",
    "discover swept --below 0.6 --points 40 --boxes 1 --out found",
    "optimise salex --budget 2000000 --lever grants.per_call=0:8 --trials 12 --replicates 20 --final 50 --out best",
    "check search-costs --no-assumptions --replicates 20 --out checked",
    "verify run --sample 20",
    "report compared",
    "export salex --as graphml --out exported",
)


class Look(NamedTuple):
    """What a process holds at one time: memory (MB), open files and sockets, threads."""

    megabytes: float
    handles: float
    threads: float


def look(process: int | str = "self") -> Look:
    """Ask the system."""
    place = Path("/proc") / str(process)
    status = dict(line.split(":", 1) for line in (place / "status").read_text().splitlines())
    return Look(int(status["VmRSS"].split()[0]) / 1024, len(os.listdir(place / "fd")), int(status["Threads"]))


def table(name: str, looks: Sequence[Look], done: str) -> bool:
    """Print a quarter a line; whether the last is no higher than the second."""
    quarters = [looks[len(looks) * one // 4 : len(looks) * (one + 1) // 4] for one in range(4)]
    print(f"\n{name}: {done}, {len(looks)} looks\n")
    print("| quarter | memory, MB | at most | handles, at most | threads, at most |")
    print("| --- | --- | --- | --- | --- |")
    middles = []
    for number, quarter in enumerate(quarters, 1):
        middles.append(Look(*(statistics.median(column) for column in zip(*quarter, strict=True))))
        most = Look(*(max(column) for column in zip(*quarter, strict=True)))
        memory = middles[-1].megabytes
        print(f"| {number} | {memory:.0f} | {most.megabytes:.0f} | {most.handles:g} | {most.threads:g} |")
    first, last = middles[1], middles[3]
    flat = (
        last.megabytes <= MOST_MORE * first.megabytes
        and last.handles <= first.handles
        and last.threads <= first.threads
    )
    print(f"\nThe last quarter has {last.megabytes / first.megabytes:.3f} times the memory of the second, "
          f"{last.handles - first.handles:+g} handles, {last.threads - first.threads:+g} threads: "
          f"{'flat' if flat else 'NOT FLAT'}.", flush=True)  # fmt: skip
    return flat


def long_sweep(networks: int, home: Path) -> bool:
    """A sweep in a process of its own."""
    line = [
        sys.executable, "-m", "cli", "sweep", "salex", "--vary", "facilitation.intensity", "--vary", "funder.weight",
        "--vary", "grants.per_call=0:8", "--design", "lhs", "--points", str(networks // REPLICATES),
        "--replicates", str(REPLICATES), "--no-figures", "--out", str(home / "long"),
    ]  # fmt: skip
    begun, looks = time.monotonic(), []
    with subprocess.Popen(line, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            looks.append(look(process.pid))
            time.sleep(0.5)
        assert process.returncode == 0, process.stderr.read() if process.stderr else ""
    size = sum(file.stat().st_size for file in (home / "long").rglob("*") if file.is_file()) / 1e6
    done = f"{networks:,} networks, {(time.monotonic() - begun) / 60:.1f} minutes, {size:.0f} MB on the disk"
    return table("A long sweep", [one for one in looks if one.megabytes > 0], done)


def long_day(minutes: float, home: Path) -> bool:
    """Round after round in this process."""
    from click.testing import CliRunner

    from cli import main

    os.chdir(home)
    looks: list[Look] = []
    end, number = time.monotonic() + 60 * minutes, 0
    while time.monotonic() < end:
        for line in ROUND:
            told = CliRunner().invoke(main, line.split())
            assert told.exit_code == 0, f"{line}: {told.output}"
        for left in home.iterdir():
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        number += 1
        gc.collect()
        looks.append(look())
    return table("A long day", looks, f"{number} rounds of {len(ROUND)} commands in {minutes:g} minutes")


def main(minutes: float, networks: int) -> int:
    """Both; whether both were flat."""
    parts: tuple[Callable[[Path], bool], ...] = (
        lambda home: long_sweep(networks, home),
        lambda home: long_day(minutes, home),
    )
    with tempfile.TemporaryDirectory() as home:
        flat = []
        for number, part in enumerate(parts):
            (Path(home) / str(number)).mkdir()
            flat.append(part(Path(home) / str(number)))
        os.chdir(ROOT)
    return 0 if all(flat) else 1


if __name__ == "__main__":
    asked = sys.argv[1:]
    sys.exit(main(float(asked[0]) if asked else 20, int(asked[1]) if asked[1:] else 1_000_000))
