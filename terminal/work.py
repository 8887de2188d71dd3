"""Work that takes its time: what stops it is said in words and with an exit code, and what is finished is kept."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import click

from terminal.exit_codes import INTERRUPTED
from terminal.interruption import farewell, interruptible

COMPILING = "Compiling the model for this machine, once for all; this takes about a minute."


class Kept(NamedTuple):
    """What work leaves behind when it is stopped.

    Attributes:
        folder: the run folder.
        flush: keeps what is finished and not yet on the disk.
        networks: how many are kept (count).
        what: they are called, where it is something else that is kept.
    """

    folder: Path
    flush: Callable[[], None]
    networks: Callable[[], int]
    what: str = "networks"


@contextmanager
def working(line: Sequence[str], kept: Kept, of: int | None) -> Iterator[None]:
    """Work that may be stopped.

    Args:
        line: the command line as it was typed.
        kept: what it leaves behind.
        of: networks that were asked for (count), None where that is not known beforehand.
    """
    from results import PrecisionError
    from simulation.running.cluster import ClusterError

    with interruptible():
        try:
            yield
        except PrecisionError as error:
            raise click.UsageError(str(error)) from None
        except KeyboardInterrupt:
            with suppress(OSError):  # what can't be written any more is the less that is said to be kept
                kept.flush()
            click.echo(farewell(line, kept.folder, kept.networks(), of, kept.what), err=True)
            raise click.exceptions.Exit(INTERRUPTED) from None
        except ClusterError as error:
            raise click.ClickException(
                f"{error}\n{farewell(line, kept.folder, kept.networks(), of, kept.what)}"
            ) from None
        except OSError as error:  # a full disk, a folder taken away
            raise click.ClickException(str(error)) from None
        except MemoryError as error:
            with suppress(OSError, MemoryError):
                kept.flush()
            raise click.ClickException(
                str(error) or "the memory is used up; ask for fewer replicates or workers"
            ) from None


def compile_for(engine: str) -> None:
    """Compile the model if this machine must: before the work, for among its threads no Ctrl-C would reach it."""
    from simulation.compiling import must_compile

    if engine == "compiled" and must_compile():
        import simulation
        from scenarios import load

        click.echo(COMPILING, err=True)
        simulation.run(load("salex", posterior=None), replicates=1, workers=1)
