"""The group of commands: how it is left."""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from io import TextIOWrapper
from typing import Any

import click

INTERRUPTED = 130


class Door(click.Group):
    """The group of commands, with exit codes: 0 done, 1 the work failed, 2 wrong use or bad input, 130 interrupted."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command and leave with its exit code; without `standalone_mode`, as click does."""
        plainly: Callable[[], Any] = partial(
            super().main, args, prog_name or "legato", complete_var, standalone_mode=False, **extra
        )
        if not standalone_mode:
            return plainly()
        if sys.stdout is None:  # closed by whoever called: the work is done all the same, and nobody reads of it
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
        for stream in (sys.stdout, sys.stderr):  # a terminal without ± is no reason to fail
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        try:
            code = plainly()
        except click.ClickException as error:
            error.show()
            code = error.exit_code
        except click.Abort:
            click.echo("Interrupted.", err=True)
            code = INTERRUPTED
        except OSError as error:  # a full disk behind `>`: what the run folder holds is whole
            click.echo(f"Error: cannot write the output: {error.strerror or error}", err=True)
            with suppress(OSError, ValueError):  # what has no number needs no other
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = 1
        sys.exit(code if isinstance(code, int) else 0)
