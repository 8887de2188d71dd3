"""A cluster on this machine whose parts can be killed: a scheduler and two workers, each a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
WAIT = 60.0
"""Seconds in which a part has to come, or to go."""


class LocalCluster:
    """A scheduler and two workers with a thread each.

    Args:
        home: folder that they work in.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self._environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        self.scheduler = self._start("dask_scheduler", "--host", "127.0.0.1", "--port", str(port))
        self.workers = [self.another_worker(), self.another_worker()]

    def another_worker(self) -> subprocess.Popen[bytes]:
        """A worker with one thread."""
        return self._start("dask_worker", self.address, "--nthreads", "1", "--no-nanny")

    def _start(self, what: str, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-W", "ignore", "-m", f"distributed.cli.{what}", *words, "--no-dashboard"]
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen(command, cwd=self._home, env=self._environment, **quiet)

    def wait(self) -> LocalCluster:
        """Until both workers are there."""
        from distributed import Client

        connect: Any = Client
        end = time.monotonic() + WAIT
        while True:
            try:
                with connect(self.address, timeout=5, set_as_default=False) as client:
                    client.wait_for_workers(len(self.workers), timeout=WAIT)
                return self
            except OSError:
                if time.monotonic() > end:
                    raise

    def kill(self) -> None:
        """All of it, whatever is left."""
        for process in [*self.workers, self.scheduler]:
            process.kill()
        for process in [*self.workers, self.scheduler]:
            process.wait(timeout=WAIT)
