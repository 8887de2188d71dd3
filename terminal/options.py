"""Options that several commands share."""

from collections.abc import Callable
from math import isfinite
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def options(*several: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Several options as one decorator, in the order in which help lists them."""

    def decorate(command: Command) -> Command:
        for option in reversed(several):
            command = option(command)
        return command

    return decorate


def _finite(_context: click.Context, _option: click.Parameter, value: float | None) -> float | None:
    """Refuse nan and infinity, which every range lets through."""
    if value is not None and not isfinite(value):
        raise click.BadParameter(f"{value} is not in the range; allowed is a number above 0.")
    return value


setting = click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="Change a value; may be repeated.")
json_wanted = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
running = options(
    setting,
    click.option(
        "--replicates", type=click.IntRange(1, 10_000_000), default=500, show_default=True,
        help="Networks simulated of each scenario.",
    ),
    click.option(
        "--precision", type=click.FloatRange(min=0, min_open=True), metavar="X", callback=_finite,
        help="Go on until every 95 % interval is at most X wide, in the outcome's unit (0.02: two members in 100).",
    ),
    click.option(
        "--precision-for", "watched", default="collaboration_rate", show_default=True, metavar="OUTCOME",
        help="The outcome that --precision is about.",
    ),
    click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=1, show_default=True, help="Seed of the luck."),
    click.option(
        "--out", type=click.Path(path_type=Path), metavar="DIR",
        help="Run folder; one that was interrupted goes on.  [runs/<when>-<what>]",
    ),
    json_wanted,
    click.option("--no-figures", is_flag=True, help="Draw no figures, and keep no networks to draw (networks/)."),
    click.option(
        "--workers", type=click.IntRange(min=1), metavar="N",
        help="Threads; the results never depend on it.  [default: one for each processor]",
    ),
    click.option(
        "--engine", type=click.Choice(["compiled", "mesa"]), default="compiled", show_default=True,
        help="mesa: the model that is written to be read; the same to 12 digits, and much slower.",
    ),
)  # fmt: skip
