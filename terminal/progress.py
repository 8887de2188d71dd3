"""How far it is, for whoever waits at a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE = 2.0
"""Seconds after which whoever waits is shown how far it is."""


@contextmanager
def progress(total: int | None, what: str = "networks") -> Iterator[Callable[[int], None]]:
    """What to tell of finished networks, `total` if that is known; shown on a terminal only, after PATIENCE."""
    if not sys.stderr.isatty():
        yield lambda _finished: None
        return
    from threading import Timer

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    columns = SpinnerColumn(), TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task(what, total=total)

    def advance(finished: int) -> None:
        bar.advance(task, finished)
        done = bar.tasks[0].completed
        if total is not None and done > total:  # a wanted precision takes more than the first batch
            bar.update(task, total=done)

    late = Timer(PATIENCE, bar.start)
    late.daemon = True
    late.start()
    try:
        yield advance
    finally:
        late.cancel()
        bar.stop()
