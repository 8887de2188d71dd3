"""How the live page is opened from the command line, and how it is left."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import click

from terminal.exit_codes import INTERRUPTED
from terminal.interruption import interruptible
from terminal.work import compile_for

if TYPE_CHECKING:
    from explore.opening import Opening


def opening_of(
    scenario: str,
    baseline: str | None,
    settings: tuple[str, ...],
    posterior: str | None,
    *,
    replicates: int,
    seed: int,
    **_: Any,
) -> Opening:
    """With what the page opens; what is wrong with it is said as wrong use, before anything is started."""
    from explore.opening import Opening
    from scenarios import ScenarioError
    from scenarios.files.faults import MissingExtraError

    opening = Opening(scenario, baseline or scenario, seed, replicates, posterior, settings)
    try:
        opening.asked().scenarios()
    except ScenarioError as error:
        raise click.UsageError(str(error)) from None
    if find_spec("solara") is None:
        raise click.UsageError(str(MissingExtraError("legato explore", "Solara", "explore")))
    return opening


def explore(opening: Opening, *, port: int, browser: bool, **_: Any) -> None:
    """Serve the page until somebody interrupts."""
    from explore.serving import PortTakenError, listen, serve, warm_up

    try:
        listening = listen(port)
    except PortTakenError as error:
        raise click.BadParameter(str(error), param_hint="--port") from None
    with listening:
        try:
            with interruptible():
                compile_for("compiled")
                warm_up(opening)
                serve(opening, listening, browse=browser, ready=_say)
        except KeyboardInterrupt:
            pass
    click.echo("Interrupted; the page is closed.", err=True)
    raise click.exceptions.Exit(INTERRUPTED)


def _say(address: str) -> None:
    click.echo(f"Legato explores at {address}, on this computer only. Ctrl-C ends it.")
