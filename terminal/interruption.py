"""Being interrupted: by Ctrl-C, or by whoever ends the process politely; and how to go on."""

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from terminal.exit_codes import INTERRUPTED


@contextmanager
def interruptible() -> Iterator[None]:
    """SIGTERM, which schedulers send before they kill, is taken as Ctrl-C is: as a KeyboardInterrupt.

    There is one of them, however often somebody presses: the second would break off what puts things away after the
    first. The third ends the process at once; whatever is on the disk is whole then too.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are the main thread's
        return
    heard = 0

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        nonlocal heard
        heard += 1
        if heard == 1:
            raise KeyboardInterrupt
        if heard > 2:
            os._exit(INTERRUPTED)

    # Who started us in the background may have told us not to listen to Ctrl-C.
    heeded = [one for one in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(one) is not signal.SIG_IGN]
    before = {number: signal.signal(number, interrupt) for number in heeded}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)


def farewell(line: Sequence[str], folder: Path, kept: int, of: int | None, what: str = "networks") -> str:
    """What was kept, and the command to go on.

    Args:
        line: the command line as it was typed.
        folder: the run folder.
        kept: networks that are kept (count).
        of: networks that were asked for (count), None where that is not known beforehand.
        what: they are called, where it is something else that is kept.
    """
    from scenarios.files.on_every_system import typed

    if not any(word == "--out" or word.startswith("--out=") for word in line):
        line = [*line, "--out", str(folder)]
    if not kept:
        return f"Interrupted before anything was kept. To start again: {typed(line)}"
    share = f"{kept:,} {what}" if of is None else f"{kept:,} of {of:,} {what}"
    return f"Interrupted; {share} are kept in {folder}. To go on: {typed(line)}"
