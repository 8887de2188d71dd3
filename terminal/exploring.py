"""How the live page is served from the command line, and how it is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from terminal.answering import at_terminal
from terminal.exit_codes import INTERRUPTED
from terminal.interruption import interruptible

if TYPE_CHECKING:
    from explore.opening import Opening


def serve(opening: Opening, port: int, browser: bool) -> None:
    """Serve the page until somebody interrupts."""
    from explore import serving
    from results.commands.listener import compile_for

    opening.check()
    with serving.listen(port) as listening:
        try:
            with interruptible():
                compile_for("compiled", at_terminal())
                serving.warm_up(opening)
                serving.serve(opening, listening, browse=browser, ready=_say)
        except KeyboardInterrupt:
            pass
    click.echo("Interrupted; the page is closed.", err=True)
    raise click.exceptions.Exit(INTERRUPTED)


def _say(address: str) -> None:
    click.echo(f"The page is at {address}, on this computer only. Ctrl-C ends it.")
