"""How the best use of a budget is asked for from the command line, and what is said of it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from terminal.answering import at_terminal
from terminal.printing import print_json
from terminal.progress import progress
from terminal.reporting import keep_brief, print_said
from terminal.work import Kept, compile_for, working

if TYPE_CHECKING:
    from scenarios import Scenario
    from scenarios.designs.factors import Factor


def levers_of(written: Sequence[str], settings: Sequence[str]) -> tuple[Factor, ...]:
    """The levers that are named; what is wrong with them is said as wrong use."""
    from results.commands.over_design import say_short
    from results.optimising.search import read_levers
    from scenarios import ScenarioError

    for key in sorted({one.partition("=")[0].strip() for one in written} & {one.partition("=")[0] for one in settings}):
        raise click.UsageError(f"{key} is both in --set and in --lever; leave one out")
    try:
        levers = read_levers(written)
    except ScenarioError as error:
        raise click.UsageError(str(error)) from None
    say_short(levers, at_terminal())
    return levers


def optimise(
    scenario: Scenario, levers: tuple[Factor, ...], *, budget: float, outcomes: Sequence[str], trials: int,
    replicates: int, final: int, seed: int, out: Path | None, as_json: bool, no_figures: bool, workers: int | None,
    cluster: str | None, engine: Any,
) -> None:  # fmt: skip
    """The whole command."""
    from results import FolderError
    from results.commands.simulating import check_outcomes
    from results.commands.workers import workers_of
    from results.optimising.documents import candidate_columns, inputs_of, optimise_document
    from results.optimising.evaluation import evaluator
    from results.optimising.final import FINALISTS
    from results.optimising.final import optimise as find
    from results.optimising.search import NothingFeasibleError, Question, check_installed
    from results.optimising.words import said_of
    from results.studies.findings_folder import open_noted
    from scenarios.files.faults import MissingExtraError

    if not (isfinite(budget) and budget > 0):
        raise click.BadParameter(f"{budget:g}; allowed is an amount above 0, in USD", param_hint="--budget")
    wanted = check_outcomes("outcomes", outcomes)
    if len(wanted) > 2:
        raise click.UsageError(f"--outcome names {len(wanted)} outcomes; allowed are one, or two for their trade-off")
    try:
        check_installed()
    except MissingExtraError as error:
        raise click.UsageError(str(error)) from None
    asked = Question(scenario, levers, budget, wanted, seed, trials, replicates, final)
    who, line = workers_of(workers, cluster, at_terminal()), ["legato", *sys.argv[1:]]
    try:
        folder = open_noted(out, inputs_of(asked, engine), line, [scenario])
    except FolderError as error:
        raise click.UsageError(str(error)) from None
    for fault in folder.folder.faults:
        click.echo(fault, err=True)
    kept = Kept(folder.path, folder.notes.flush, lambda: len(folder.notes.known), "candidates")
    with folder, working(line, kept, None):
        if not cluster:
            compile_for(engine)
        try:
            with progress((trials + 1) * replicates + 2 * (FINALISTS + 1) * final) as advance:
                tries = evaluator(scenario, who, folder.notes, engine=engine, progress=advance)
                found = find(asked, tries)
        except NothingFeasibleError as error:
            folder.notes.flush()
            raise click.ClickException(f"{error}\nRun folder: {folder.path}") from None
        document = optimise_document(found)
        draw = None
        if not no_figures:
            from results.figures import draw_optimum

            draw = partial(draw_optimum, found)
        folder.finish("optimise", document, {"candidates": candidate_columns(found)}, draw=draw)
        what = said_of(found)
        keep_brief(folder.path, what)
    if as_json:
        return print_json({**document, "run_folder": str(folder.path)})
    return print_said(what, folder.path)
