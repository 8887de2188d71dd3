"""A run folder is one process's at a time."""

import os
from pathlib import Path

from filelock import lock_descriptor

LOCK = ".lock"


class LockedError(Exception):
    """Another process holds the lock."""


class Lock:
    """The lock of a folder, held from the call on. The system takes it from a process that ends, however it ends.

    The file stays: it says nothing, and a lock left by a process that was killed bars nobody.
    """

    def __init__(self, folder: Path) -> None:
        self._handle: int | None = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            is_ours = lock_descriptor(self._handle, blocking=False)
        except OSError:  # a file system without locks: nobody is kept out
            self.release()
            return
        if not is_ours:
            self.release()
            raise LockedError

    def release(self) -> None:
        """Let others in."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
