"""How far it is, for whoever waits at a terminal, and in lines for who reads a log."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import click

PATIENCE = 2.0
"""Seconds after which whoever waits is shown how far it is."""
HOW = ("auto", "lines", "json", "off")
"""A bar at a terminal and lines elsewhere; lines; JSON documents, one a line; nothing."""
_KEPT = "legato.progress"


def keep(context: click.Context, _option: click.Parameter, value: str) -> None:
    """Keep how it is to be shown until there is something to show."""
    context.meta[_KEPT] = value


def _wanted() -> str:
    context = click.get_current_context(silent=True)
    return "auto" if context is None else str(context.meta.get(_KEPT, "auto"))


@contextmanager
def progress(
    total: int | None, what: str = "networks", also: Callable[[], Mapping[str, int]] = dict
) -> Iterator[Callable[[int], None]]:
    """What to tell of finished networks, `total` if that is known.

    A terminal shows a bar after PATIENCE. What is none gets a line now and then, work that is done soon none at all.
    """
    wanted = _wanted()
    if wanted == "off":
        yield lambda _finished: None
    elif wanted == "auto" and sys.stderr.isatty():
        with _bar(total, what) as advance:
            yield advance
    else:
        from results.commands.how_far import in_lines

        how: Any = {"also": also, "as_json": wanted == "json", "to_the_end": wanted != "auto"}
        with in_lines(total, what, _write, **how) as advance:
            yield advance


def _write(line: str) -> None:
    click.echo(line, err=True)


@contextmanager
def _bar(total: int | None, what: str) -> Iterator[Callable[[int], None]]:
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
