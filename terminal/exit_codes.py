"""The group of commands: how it is left."""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from io import TextIOWrapper
from typing import Any

import click

from terminal.kinds import option_of

INTERRUPTED = 130
USERS = {
    "Commands for funders": ("scenarios", "show", "run", "compare", "explain", "exit", "track", "report", "explore"),
    "Commands for researchers": (
        "sweep",
        "sensitivity",
        "emulate",
        "optimise",
        "portfolio",
        "discover",
        "verify",
        "reproduce",
        "export",
        "forecast",
        "score",
    ),
    "Commands for designers of networks": ("new", "describe", "members", "introduce", "check", "calibrate"),
}
"""Heading -> commands, as `legato --help` lists them."""


class Order(click.Command):
    """A command that says in its own words what was refused (exit code 2), or failed (exit code 1)."""

    def invoke(self, ctx: click.Context) -> Any:
        """Do it; nothing that our own code raises on purpose reaches the user as a traceback."""
        try:
            return super().invoke(ctx)
        except click.exceptions.ClickException:
            raise
        except Exception as error:
            raise said_plainly(error, ctx) or error from None


def said_plainly(error: Exception, ctx: click.Context) -> click.ClickException | None:
    """What a command says of an error; None where nobody expected it."""
    from scenarios.files.faults import FailedError, RefusedError, RequestError

    if isinstance(error, RequestError):
        option = next((one for one in ctx.command.params if one.name == error.field), None)
        if isinstance(option, click.Option):
            return click.BadParameter(error.text, ctx, option)
        return click.UsageError(error.text, ctx)
    if isinstance(error, RefusedError):
        return click.UsageError(str(error), ctx)
    if isinstance(error, FailedError):
        return click.ClickException(str(error))
    return None


def in_house_form(error: click.ClickException) -> click.ClickException:
    """What is refused, as all our refusals begin: with the option, not with click's "Invalid value for"."""
    if not isinstance(error, click.BadParameter) or isinstance(error, click.MissingParameter) or error.param is None:
        return error
    return click.UsageError(f"{option_of(error.param)}: {error.message}", error.ctx)


class Door(click.Group):
    """The group of commands, with exit codes: 0 done, 1 the work failed, 2 wrong use or bad input, 130 interrupted."""

    command_class = Order

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by who uses them; one that stands in no list comes last."""
        named = [name for names in USERS.values() for name in names]
        others = tuple(name for name in self.list_commands(ctx) if name not in named)
        for title, names in {**USERS, "Other commands": others}.items():
            known = [(name, command) for name in names if (command := self.get_command(ctx, name))]
            if known:
                widest = max(map(len, named))
                with formatter.section(title):
                    formatter.write_dl(
                        [(name.ljust(widest), command.get_short_help_str(limit=80)) for name, command in known]
                    )

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
            in_house_form(error).show()
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
