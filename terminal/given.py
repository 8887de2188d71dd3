"""Which options somebody has typed: one that stands at its usual value because nobody named it asks for nothing."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import click

from terminal import left_out

ONLY_OVER = ("futures", "outcomes", "at_least", "at_most", "cluster", "retry_failed")
"""Options of `compare` that have a meaning with --over only."""
NOT_OVER = ("precision", "watched", "worth")
"""Options of `compare` that have none with it."""


def typed() -> dict[str, str]:
    """The parameters that were typed: name -> how its option is written."""
    context = click.get_current_context()
    typed_one = click.core.ParameterSource.COMMANDLINE
    params = [one for one in context.command.params if one.name and context.get_parameter_source(one.name) is typed_one]
    return {one.name: one.opts[0] for one in params if one.name and one.name != "progress"}


def of_compare(asked: dict[str, Any], over: str | None) -> dict[str, Any]:
    """What is asked of `compare`, or of `compare --over`; options that would be left without effect are refused."""
    there = typed()
    asked = left_out.compared(asked)
    for name, option in there.items():
        if over is None and name in ONLY_OVER:
            raise click.UsageError(f"{option} belongs to --over; add it, or leave {option} out")
        if over is not None and name in NOT_OVER:
            if name == "worth":
                raise click.UsageError(f"{option} belongs to a single future; leave out {option} or --over")
            raise click.UsageError(f"{option} belongs to a single future; with --over give --replicates and --futures")
    without: Collection[str] = ONLY_OVER
    if over is not None:  # as many networks as are usual in a future, unless somebody says how many
        without = NOT_OVER if "replicates" in there else (*NOT_OVER, "replicates")
    return {name: value for name, value in asked.items() if name not in without}


ROBUST_ONLY = ("robust", "bars", "futures", "search_futures", "plan_only")
"""Options of `optimise` that have a meaning with --over only."""
NOT_ROBUST = ("worth",)
"""Options of `optimise` that have none with it."""
OWN_DEFAULTS = ("replicates", "final")
"""Options whose usual value is another one with --over: networks are of each future then."""


def of_optimise(asked: dict[str, Any], over: str | None) -> dict[str, Any]:
    """What is asked of `optimise`, or of `optimise --over`; options that would be left without effect are refused."""
    there = typed()
    for name, option in there.items():
        if over is None and name in ROBUST_ONLY:
            raise click.UsageError(f"{option} belongs to --over; add it, or leave {option} out")
        if over is not None and name in NOT_ROBUST:
            raise click.UsageError(f"{option} belongs to a single future; leave out {option} or --over")
    without = {*ROBUST_ONLY} if over is None else {*NOT_ROBUST, *OWN_DEFAULTS} - there.keys()
    return {name: value for name, value in asked.items() if name not in without}


def check_read(there: Path | None) -> None:
    """Refuse options that a sweep which is only read has settled."""
    from results.commands.sweep import OF_A_READER

    for name, option in typed().items():
        if there is not None and name not in (*OF_A_READER, "as_json"):
            raise click.UsageError(f"{there} is the folder of a sweep, whose design is settled; leave {option} out")


def check_settled(finished: Path | None) -> None:
    """Refuse options that the design of a finished sweep has settled."""
    from results.commands.sensitivity import OF_THE_ANALYSIS
    from results.commands.sensitivity_of_run import was_designed

    for name, option in typed().items():
        if finished is not None and name not in (*OF_THE_ANALYSIS, "as_json"):
            if name == "out" and not was_designed(finished):
                continue
            raise click.UsageError(f"{finished} is a finished sweep, whose design is settled; leave {option} out")
