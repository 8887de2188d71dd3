"""Being interrupted: by Ctrl-C, or by whoever ends the process politely; and how to go on."""

import _thread
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from terminal.exit_codes import INTERRUPTED

COMPILER = "llvmlite"
"""Package whose functions are called back from compiled code: what is raised in them is printed and lost."""
AGAIN = 0.05
"""Time until an interruption that came among them is tried again (seconds)."""


@contextmanager
def interruptible() -> Iterator[None]:
    """SIGTERM, which schedulers send before they kill, is taken as Ctrl-C is: as a KeyboardInterrupt.

    There is one of them, however often somebody presses: the second would break off what puts things away after the
    first. The third ends the process at once; whatever is on the disk is whole then too.
    One that comes where the compiler would lose it is raised as soon as it is not lost.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are the main thread's
        return
    heard = 0
    is_late, main = threading.Event(), threading.get_ident()
    waiting: threading.Timer | None = None

    def try_again(number: int) -> None:
        is_late.set()
        if hasattr(signal, "pthread_kill"):  # which wakes a thread that waits
            signal.pthread_kill(main, number)
        else:
            _thread.interrupt_main(signal.Signals(number))

    def interrupt(number: int, frame: FrameType | None) -> None:
        nonlocal heard, waiting
        first = is_late.is_set()
        is_late.clear()
        if not first:
            heard += 1
            first = heard == 1
        if heard > 2:
            os._exit(INTERRUPTED)
        if not first:
            return
        if not _would_be_lost(frame):
            raise KeyboardInterrupt
        waiting = threading.Timer(AGAIN, try_again, [number])
        waiting.daemon = True
        waiting.start()

    # Who started us in the background may have told us not to listen to Ctrl-C.
    heeded = [one for one in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(one) is not signal.SIG_IGN]
    before = {number: signal.signal(number, interrupt) for number in heeded}
    try:
        yield
    finally:
        if waiting is not None:
            waiting.cancel()
            waiting.join()
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)


def _would_be_lost(frame: FrameType | None) -> bool:
    """Whether the compiler is among those by whom what runs in a frame was called."""
    while frame is not None:
        if str(frame.f_globals.get("__name__")).partition(".")[0] == COMPILER:
            return True
        frame = frame.f_back
    return False


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
    so_far = (
        f"\nWhat is there so far: {typed(['legato', 'sweep', str(folder)])}"
        if {*line[1:2]} & {"sweep", "sensitivity"}
        else ""
    )
    return f"Interrupted; {share} are kept in {folder}. To go on: {typed(line)}{so_far}"
