"""One sweep in every way in which it can be run: with each Python, threads, a cluster, and gone on with after a kill.

    python -m benchmarks.same_bytes PYTHON...      make same-bytes

Each PYTHON is an interpreter with the project's packages. A sweep that one has begun is gone on with by the next.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.faults import ROOT, SWEEP, digest
from benchmarks.local_cluster import LocalCluster

THREADS = (1, 2, 8)


def sweep(python: str, folder: Path, *how: str) -> subprocess.Popen[str]:
    """The sweep by an interpreter."""
    line = [python, "-m", "benchmarks.disturbed", *SWEEP, "--no-figures", *how, "--out", str(folder)]
    return subprocess.Popen(line, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def finished(process: subprocess.Popen[str]) -> None:
    """Wait for a sweep that has to succeed."""
    _, said = process.communicate()
    assert process.returncode == 0, said


def begun(python: str, folder: Path) -> None:
    """Begin a sweep, and kill it when its first blocks are there."""
    process = sweep(python, folder, "--workers", "2")
    while process.poll() is None and len(list((folder / "outcomes").glob("*.parquet"))) < 5:
        time.sleep(0.01)
    process.kill()
    process.communicate()


def version(python: str) -> str:
    """As 3.11.7, with its numba."""
    code = "import platform, numba; print(platform.python_version(), 'numba', numba.__version__)"
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def main(pythons: list[str]) -> int:
    """Run it in each way; print a line each."""
    found: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)

        def note(name: str, folder: Path) -> None:
            found[name] = digest(folder)
            print(f"| {name} | {found[name][:16]} |", flush=True)

        print("| how | SHA-256 of all files |\n| --- | --- |")
        for number, python in enumerate(pythons):
            named = version(python)
            for threads in THREADS:
                folder = home / f"{number}-{threads}"
                finished(sweep(python, folder, "--workers", str(threads)))
                note(f"{named}, {threads} threads", folder)
            before = pythons[number - 1]
            begun(before, home / f"{number}-on")
            finished(sweep(python, home / f"{number}-on", "--workers", "2"))
            note(f"{named}, gone on with after a kill of {version(before)}", home / f"{number}-on")
        (home / "cluster").mkdir()
        cluster = LocalCluster(home / "cluster")
        try:
            finished(sweep(sys.executable, home / "far", "--cluster", cluster.wait().address))
        finally:
            cluster.kill()
        note(f"{version(sys.executable)}, two workers of Dask", home / "far")
    same = len(set(found.values())) == 1
    print(f"\n{len(found)} ways, {'the same bytes' if same else 'DIFFERENT BYTES'}.")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or [sys.executable]))
