"""Being interrupted: by Ctrl-C, or by whoever ends the process politely; and how to go on."""

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shlex import join


@contextmanager
def interruptible() -> Iterator[None]:
    """SIGTERM, which schedulers send before they kill, is taken as Ctrl-C is: as a KeyboardInterrupt."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are the main thread's
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def farewell(line: Sequence[str], folder: Path, kept: int, of: int | None, what: str = "networks") -> str:
    """What was kept, and the command to go on.

    Args:
        line: the command line as it was typed.
        folder: the run folder.
        kept: networks that are kept (count).
        of: networks that were asked for (count), None where that is not known beforehand.
        what: they are called, where it is something else that is kept.
    """
    if not any(word == "--out" or word.startswith("--out=") for word in line):
        line = [*line, "--out", str(folder)]
    if not kept:
        return f"Interrupted before anything was kept. To start again: {join(line)}"
    share = f"{kept:,} {what}" if of is None else f"{kept:,} of {of:,} {what}"
    return f"Interrupted; {share} are kept in {folder}. To go on: {join(line)}"
