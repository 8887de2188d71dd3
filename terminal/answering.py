"""How a command is asked and answered at a terminal: the request is made, the work is heard, the answer is printed."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import click

from terminal.exit_codes import INTERRUPTED
from terminal.interruption import farewell, interruptible
from terminal.printing import print_blocks, print_json, width
from terminal.progress import progress
from terminal.reporting import print_said

if TYPE_CHECKING:
    from results.commands.answer import Answer
    from results.commands.listener import Kept, Listener
    from results.commands.statement import Statement

Request = TypeVar("Request")


class Asked(Protocol):
    """A request of `results.commands`."""

    def answer(self, listener: Listener = ...) -> Answer | Statement:
        """Do the work."""


def request(kind: Callable[..., Request], *, posterior: str | None, fixed: bool, **asked: Any) -> Request:
    """A request of that kind, from the options of a command, which are called as its fields are.

    What the posterior is where neither option was typed, the request says.
    """
    if fixed and posterior is not None:
        raise click.UsageError("--fixed leaves out what --posterior says; leave one of them out")
    known = {"posterior": posterior} if fixed or posterior is not None else {}
    return kind(**known, **asked)


def answer(asked: Asked, as_json: bool) -> None:
    """Do what is asked, print the answer, and leave with its exit code."""
    from results.commands.statement import Statement

    found = asked.answer(at_terminal())
    if isinstance(found, Statement):
        return print_statement(found, as_json)
    if as_json:
        print_json({**found.document, "run_folder": str(found.folder)})
    else:
        print_said(found.said_at(width()), found.folder, found.next)
    if found.failed:
        raise click.ClickException(found.failed)
    return None


def print_statement(found: Statement, as_json: bool) -> None:
    """Print what is said by a command that fills no run folder, and leave with its exit code."""
    if as_json:
        print_json(found.document)
    else:
        print_blocks(found.blocks_at(width()))
    if not found.is_good:
        raise click.exceptions.Exit(1)


def at_terminal() -> Listener:
    """Who hears of the work at a terminal: progress and remarks on standard error; what stops it is said plainly."""
    from results.commands.listener import Listener
    from simulation.running.cluster import ClusterError

    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what a cluster has to say, we say

    class Terminal(Listener):
        command_line = ("legato", *sys.argv[1:])

        def say(self, text: str) -> None:
            click.echo(text, err=True)

        @contextmanager
        def progress(
            self, total: int | None, what: str = "networks", also: Callable[[], Mapping[str, int]] = dict
        ) -> Iterator[Callable[[int], None]]:
            with progress(total, what, also) as advance:
                yield advance

        @contextmanager
        def working(self, kept: Kept, of: int | None) -> Iterator[None]:
            with interruptible():
                try:
                    yield
                except KeyboardInterrupt:
                    with suppress(OSError):  # what can't be written any more is the less that is said to be kept
                        kept.flush()
                    click.echo(farewell(self.command_line, kept.folder, kept.done(), of, kept.what), err=True)
                    raise click.exceptions.Exit(INTERRUPTED) from None
                except ClusterError as error:
                    raise click.ClickException(
                        f"{error}\n{farewell(self.command_line, kept.folder, kept.done(), of, kept.what)}"
                    ) from None
                except OSError as error:  # a full disk, a folder taken away
                    raise click.ClickException(str(error)) from None
                except MemoryError as error:
                    with suppress(OSError, MemoryError):
                        kept.flush()
                    raise click.ClickException(
                        str(error) or "the memory is used up; ask for fewer replicates or workers"
                    ) from None

    return Terminal()
