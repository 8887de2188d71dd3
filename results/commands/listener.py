"""Who hears how the work goes: nobody in particular here; the terminal and a notebook have listeners of their own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

COMPILING = "Compiling the model for this machine, once for all; this takes about a minute."


class Kept(NamedTuple):
    """What work leaves behind when it is stopped.

    Attributes:
        folder: the run folder.
        flush: keeps what is finished and not yet on the disk.
        done: how much is kept (count).
        what: it is called.
    """

    folder: Path
    flush: Callable[[], None]
    done: Callable[[], int]
    what: str = "networks"


class Listener:
    """Hears how the work goes, and keeps still. Whoever wants to show it overrides what follows.

    Attributes:
        command_line: what was typed to ask for the work; () where nobody typed anything.
    """

    command_line: tuple[str, ...] = ()

    def say(self, text: str) -> None:
        """Take a sentence that is not part of the answer."""

    @contextmanager
    def progress(self, total: int | None, what: str = "networks") -> Iterator[Callable[[int], None]]:  # noqa: ARG002
        """Give what is to be called with how many more are finished; `total` where that is known."""
        yield lambda _finished: None

    @contextmanager
    def working(self, kept: Kept, of: int | None) -> Iterator[None]:  # noqa: ARG002
        """Stand around work that may be stopped, and leaves behind what is `kept`, `of` so many."""
        yield


QUIET = Listener()


def compile_for(engine: str, listener: Listener) -> None:
    """Compile the model if this machine must: before the work, for among its threads no Ctrl-C would reach it."""
    from simulation.compiling import must_compile

    if engine == "compiled" and must_compile():
        import simulation
        from scenarios import load

        listener.say(COMPILING)
        simulation.run(load("salex", posterior=None), replicates=1, workers=1)
