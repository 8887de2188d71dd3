"""How the work goes, for whoever waits in a notebook; in a script nobody is told."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from os import environ
from threading import Lock
from time import monotonic
from typing import Any

from results.commands.how_far import HowFar, in_lines
from results.commands.in_fields import in_fields
from results.commands.listener import Listener

PROGRESS = "LEGATO_PROGRESS"
"""Variable of the environment that says how progress is shown: lines, json or off."""
WIDE = 100
"""Columns of the line at IPython's prompt."""
EVERY = 0.5
"""Seconds between two looks at how far it is; work that is done sooner shows nothing."""


class Notebook(Listener):
    """Shows in IPython how far the work is, and what is to be remarked; elsewhere it keeps still."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock

    def say(self, text: str) -> None:
        """Print a remark below the cell."""
        if _shell() is not None:
            print(in_fields(text), file=sys.stderr)

    @contextmanager
    def progress(
        self, total: int | None, what: str = "networks", also: Callable[[], Mapping[str, int]] = dict
    ) -> Iterator[Callable[[int], None]]:
        """Show how much is finished, until all of it is; in a script, in lines, where LEGATO_PROGRESS asks for them."""
        shell, wanted = _shell(), environ.get(PROGRESS, "auto")
        if wanted in ("lines", "json"):
            how: Any = {"also": also, "as_json": wanted == "json", "to_the_end": True, "clock": self._clock}
            with in_lines(total, what, _write, **how) as tell:
                yield tell
            return
        if shell is None or wanted == "off":
            yield lambda _finished: None
            return
        show: Callable[[Bar | None], None] = _Cell() if hasattr(shell, "kernel") else _on_a_line
        lock, begin = Lock(), self._clock()
        bar, seen = Bar(0, total, what), begin

        def advance(finished: int) -> None:
            nonlocal bar, seen
            with lock:
                bar = bar.after(finished)
                now = self._clock()
                if now - seen >= EVERY:
                    seen = now
                    known = HowFar(bar.done, bar.total, what, now - begin, also())
                    show(Bar(bar.done, bar.total, what, known.line))

        try:
            yield advance
        finally:
            show(None)


class Bar:
    """How far it is."""

    def __init__(self, done: int, total: int | None, what: str, line: str = "") -> None:
        self.done, self.total, self.what, self.line = done, total, what, line

    def after(self, finished: int) -> "Bar":
        """When so many more are finished; a wanted precision may take more than was thought."""
        done = self.done + finished
        return Bar(done, None if self.total is None else max(self.total, done), self.what)

    def __repr__(self) -> str:
        return self.line or f"{self.done:,}{'' if self.total is None else f' of {self.total:,}'} {self.what}"

    def _repr_html_(self) -> str:
        if not self.total:
            return repr(self)
        return f'<progress value="{self.done}" max="{self.total}" aria-label="{self.what}"></progress> {self!r}'


class _Cell:
    """The output of a notebook's cell, in which each bar takes the place of the one before."""

    def __init__(self) -> None:
        self._handle: Any = None

    def __call__(self, bar: Bar | None) -> None:
        shown: Any = import_module("IPython.display")
        if self._handle is not None:
            self._handle.update(shown.HTML("") if bar is None else bar)
        elif bar is not None:
            self._handle = shown.display(bar, display_id=True)


def _on_a_line(bar: Bar | None) -> None:
    """The same at IPython's own prompt; nothing remains of it."""
    line = "" if bar is None else repr(bar)
    sys.stderr.write(f"\r{line:<{WIDE}}" if line else f"\r{'':<{WIDE}}\r")
    sys.stderr.flush()


def _write(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _shell() -> Any:
    """The running IPython, or None; what was not imported does not run."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython is not None else None


HERE = Notebook()
"""Who hears of the work where nobody else is named."""
