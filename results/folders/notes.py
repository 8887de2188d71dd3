"""What long work has found so far, a line a finding, so that an interruption loses nothing that took its time."""

import json
import time
import zlib
from pathlib import Path
from typing import Any

from results.folders.files import append, write

NOTES = "notes.jsonl"
OFTEN = 1.0
"""Seconds after which what was found is put on the disk."""


class Notes:
    """Findings by name, of this attempt and of one before it.

    Attributes:
        known: name -> finding, a JSON value.
    """

    def __init__(self, folder: Path) -> None:
        self.known: dict[str, Any] = {}
        self._path = folder / NOTES
        self._waiting: list[bytes] = []
        self._last = time.monotonic()

    def recall(self) -> None:
        """Take up what an earlier attempt has found; a line that is not as it was written is left out."""
        if self._path.exists():
            for line in self._path.read_bytes().splitlines():
                check, _, text = line.partition(b" ")
                if check == _check(text):
                    name, finding = json.loads(text)
                    self.known[name] = finding

    def forget(self) -> None:
        """Start again from nothing."""
        self._path.unlink(missing_ok=True)
        self.known.clear()

    def note(self, name: str, finding: Any) -> None:
        """Keep a finding; it is on the disk a second later, or at `flush`."""
        self.known[name] = finding
        self._waiting.append(_line(name, finding))
        if time.monotonic() - self._last > OFTEN:
            self.flush()

    def flush(self) -> None:
        """Put on the disk what is not there yet. A line torn before stays by itself: this begins a new one."""
        if self._waiting:
            append(self._path, b"\n" + b"".join(self._waiting))
            self._waiting.clear()
        self._last = time.monotonic()

    def settle(self) -> None:
        """Write all of it in the order of the names: the order in which things were found is luck."""
        self._waiting.clear()
        write(self._path, b"".join(_line(name, finding) for name, finding in sorted(self.known.items())))


def _line(name: str, finding: Any) -> bytes:
    text = json.dumps([name, finding], ensure_ascii=True, allow_nan=True).encode()
    return _check(text) + b" " + text + b"\n"


def _check(text: bytes) -> bytes:
    return f"{zlib.crc32(text):08x}".encode()
