"""What a fault costs: a sweep is disturbed in every way that we know of, goes on, and must end in the same bytes.

    python -m benchmarks.faults [TIMES [FAULT...]]      make faults

Each row of the table: the fault, how it was made, how often, how often the sweep ended in the bytes of an undisturbed
one, and how often a message or an exit code was not what it should be. Faults that need a file system of their own
(a full disk, a read-only one) need root, and are left out, and said to be, without it.
"""

from __future__ import annotations

import hashlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from benchmarks.local_cluster import LocalCluster

ROOT = Path(__file__).resolve().parents[1]
SWEEP = (
    "sweep", "salex", "--vary", "facilitation.intensity=0.2:1", "--vary", "grants.per_call=0:8", "--design", "lhs",
    "--points", "160", "--replicates", "20",
)  # fmt: skip
APART = ("manifest.json", "report.html", ".lock")
"""Files that name a time, and are outside what is promised."""
Fault = Callable[[Path, random.Random], str]
"""Disturbs a sweep in a folder; what was wrong with how it was told, or ""."""


def command(folder: Path, *first: str, cluster: str = "") -> list[str]:
    """The sweep, as a command line."""
    who = ["--cluster", cluster] if cluster else ["--workers", "2"]
    return [sys.executable, "-m", "benchmarks.disturbed", *first, *SWEEP, *who, "--out", str(folder)]


def run(folder: Path, *first: str, **how: object) -> subprocess.CompletedProcess[str]:
    """The sweep to its end."""
    return subprocess.run(command(folder, *first), cwd=ROOT, capture_output=True, text=True, check=False, **how)  # type: ignore[call-overload, no-any-return]


def begun(folder: Path, cluster: str = "") -> subprocess.Popen[str]:
    """The sweep in a process group of its own, once its first blocks are there."""
    line, pipe = command(folder, cluster=cluster), subprocess.PIPE
    process = subprocess.Popen(line, cwd=ROOT, stdout=pipe, stderr=pipe, text=True, start_new_session=True)
    end = time.monotonic() + 120
    while process.poll() is None and time.monotonic() < end:
        if len(list((folder / "outcomes").glob("*.parquet"))) > 1:
            break
        time.sleep(0.01)
    return process


def digest(folder: Path) -> str:
    """Everything in a folder that is promised to be the same."""
    whole = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.name not in APART:
            whole.update(str(file.relative_to(folder)).encode() + b"\0" + file.read_bytes())
    return whole.hexdigest()


def told_badly(process: subprocess.Popen[str], codes: tuple[int, ...], *words: str) -> str:
    """What is wrong with how a process ended."""
    out, err = process.communicate(timeout=120)
    return judged(process.returncode, out + err, codes, *words)


def judged(code: int, text: str, codes: tuple[int, ...], *words: str) -> str:
    """The same of a code and a text."""
    if code not in codes:
        return f"exit code {code}: {text[-300:]}"
    if "Traceback" in text:
        return f"a traceback: {text[-300:]}"
    flat = " ".join(text.split())
    return "".join(f"does not say '{word}': {flat[-300:]}" for word in words if word not in flat)


def signalled(number: signal.Signals, codes: tuple[int, ...], *words: str, twice: bool = False) -> Fault:
    """Send a signal at a random moment."""

    def fault(folder: Path, luck: random.Random) -> str:
        process = begun(folder)
        time.sleep(luck.uniform(0, 1.2))
        if process.poll() is not None:  # done before the signal: nothing was disturbed
            return told_badly(process, (0,))
        process.send_signal(number)
        if twice:
            time.sleep(0.02)
            process.send_signal(number)
        return told_badly(process, (0, *codes), *(words if process.wait(120) != 0 else ()))

    return fault


def part_of_cluster(which: str) -> Fault:
    """Kill a worker, or the scheduler, at a random moment; without a scheduler the command says how to go on."""

    def fault(folder: Path, luck: random.Random) -> str:
        home = folder.with_name(f"{folder.name}-cluster")
        home.mkdir()
        cluster = LocalCluster(home)
        try:
            process = begun(folder, cluster.wait().address)
            time.sleep(luck.uniform(0, 0.8))
            if process.poll() is None:
                (cluster.scheduler if which == "scheduler" else luck.choice(cluster.workers)).kill()
            if process.wait(120) and which == "scheduler":
                return told_badly(process, (1,), "legato sweep")
            return told_badly(process, (0,))
        finally:
            cluster.kill()
            shutil.rmtree(home)

    return fault


def two_writers(folder: Path, _luck: random.Random) -> str:
    """The same command again while the first is at work."""
    process = begun(folder)
    second = run(folder)
    fault = "" if process.poll() is not None else judged(second.returncode, second.stderr, (2,), "another process")
    return fault or told_badly(process, (0,))


def clock_back(folder: Path, luck: random.Random) -> str:
    """Killed, and gone on with years before."""
    fault = signalled(signal.SIGKILL, (-9,))(folder, luck)
    again = run(folder, "--year", "1999")
    return fault or judged(again.returncode, again.stderr, (0,))


def stdout_closed(folder: Path, _luck: random.Random) -> str:
    """`| head -1`."""
    line = f"{' '.join(map(repr, command(folder)))} | head -1"
    told = subprocess.run(["bash", "-c", line], cwd=ROOT, capture_output=True, text=True, check=False)
    return judged(told.returncode, told.stderr, (0,))


def little_memory(folder: Path, luck: random.Random) -> str:
    """An address space that is hardly enough to begin."""
    limit = int(luck.uniform(0.4, 1.6) * 1e9)

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))

    told = run(folder, preexec_fn=bound)
    # What dies before Python has begun, in a library that cannot be loaded, says what the loader says.
    return "" if told.returncode in (0, 1, 2, -6, -9, -11, 134, 139) else f"exit code {told.returncode}"


def damaged(what: str, how: str) -> Fault:
    """Damage a finished folder's shard or journal; verify has to name it, and the same command to mend it."""

    def fault(folder: Path, luck: random.Random) -> str:
        run(folder)
        file = folder / "journal.jsonl" if what == "journal" else luck.choice(sorted((folder / "outcomes").iterdir()))
        content = bytearray(file.read_bytes())
        if how == "cut":
            content = content[: luck.randrange(len(content))]
        else:
            at = luck.randrange(len(content))
            content[at] ^= 1 << luck.randrange(8)
        file.write_bytes(bytes(content))
        words = [sys.executable, "-m", "benchmarks.disturbed", "verify", str(folder), "--sample", "1"]
        told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
        named = file.name if what == "shard" else ""
        return judged(told.returncode, told.stdout + told.stderr, (1, 2), named)

    return fault


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[None]:
    """A small file system of memory at a folder."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def full_disk(folder: Path, luck: random.Random) -> str:
    """A disk that is full after a while; then there is room again."""
    with mounted(folder, f"{luck.randrange(40, 400)}k"):
        told = run(folder / "run")
        fault = judged(told.returncode, told.stderr, (0, 1, 2), *(["No space left"] if told.returncode else []))
        subprocess.run(["mount", "-o", "remount,size=50m", str(folder)], check=True)
        again = run(folder / "run")
        fault = fault or judged(again.returncode, again.stderr, (0,))
        shutil.copytree(folder / "run", folder.with_name("copied"))
    folder.rmdir()
    folder.with_name("copied").rename(folder)
    return fault


def read_only(folder: Path, _luck: random.Random) -> str:
    """A file system that can only be read."""
    with mounted(folder, "10m"):
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        told = run(folder / "run")
    folder.rmdir()
    return judged(told.returncode, told.stderr, (2,), "Read-only")


def faults() -> dict[str, tuple[str, Fault]]:
    """Name -> how it is made, and what makes it."""
    known: dict[str, tuple[str, Fault]] = {
        "kill -9": ("SIGKILL to the process at a random moment", signalled(signal.SIGKILL, (-9,))),
        "kill": ("SIGTERM at a random moment", signalled(signal.SIGTERM, (130, 143, -15), "To go on")),
        "Ctrl-C": ("SIGINT at a random moment", signalled(signal.SIGINT, (130,), "To go on")),
        "Ctrl-C twice": ("SIGINT, and again 20 ms later", signalled(signal.SIGINT, (130, -2), twice=True)),
        "terminal gone": ("SIGHUP at a random moment", signalled(signal.SIGHUP, (129, 130, -1))),
        "output closed": ("`head -1` behind it", stdout_closed),
        "two writers": ("the same command while it runs", two_writers),
        "clock goes back": ("SIGKILL, then gone on with in 1999", clock_back),
        "memory limit": ("RLIMIT_AS of 0.4 to 1.6 GB, then without", little_memory),
        "shard cut": ("a finished shard truncated at a random byte", damaged("shard", "cut")),
        "bit in a shard": ("a random bit of a shard flipped", damaged("shard", "flip")),
        "journal cut": ("the journal truncated at a random byte", damaged("journal", "cut")),
        "bit in the journal": ("a random bit of the journal flipped", damaged("journal", "flip")),
    }
    for part in ("worker", "scheduler") if find_spec("distributed") else ():
        known[f"{part} killed"] = (f"SIGKILL to a cluster's {part} at a random moment", part_of_cluster(part))
    if os.geteuid() == 0:
        known["full disk"] = ("a file system of 40 to 400 kB, then of 50 MB", full_disk)
        known["read-only"] = ("a file system mounted read-only, then another folder", read_only)
    return known


def main(times: int, wanted: list[str]) -> int:
    """Make each fault that is wanted so often, all where none is named; print the table."""
    wrong = 0
    with tempfile.TemporaryDirectory() as home:
        whole = Path(home) / "whole"
        told = run(whole)
        assert told.returncode == 0, told.stderr
        expected = digest(whole)
        print("| fault | how it was made | times | same bytes after going on | told badly |")
        print("| --- | --- | --- | --- | --- |", flush=True)
        for name, (how, fault) in faults().items():
            if wanted and name not in wanted:
                continue
            same, badly = 0, []
            for number in range(times):
                folder = Path(home) / f"{name.replace(' ', '-')}-{number}"
                if said := fault(folder, random.Random(f"{name} {number}")):
                    badly.append(said)
                again = run(folder)
                same += again.returncode == 0 and digest(folder) == expected
                shutil.rmtree(folder, ignore_errors=True)
            print(f"| {name} | {how} | {times} | {same} | {len(badly)} |", flush=True)
            for said in dict.fromkeys(badly):
                print(f"    {name}: {said}", file=sys.stderr)
            wrong += times - same + len(badly)
        if os.geteuid() != 0:
            print("Left out: full disk, read-only; they need root.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20, sys.argv[2:]))
