"""How the parts of a difference are asked for from the command line, and how they are told."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from terminal.progress import progress
from terminal.work import Kept, compile_for, working

if TYPE_CHECKING:
    from collections.abc import Mapping

    from results.comparing.run_folder import RunFolder
    from results.explaining.explanation import Explanation, Question
    from results.words.narrative import Said
    from results.words.table import Table
    from scenarios import Scenario
    from simulation.running.ensemble import Ensemble


def check_count(names: Sequence[str]) -> None:
    """Refuse more scenarios than two, or fewer, before any is read."""
    if len(names) != 2:
        raise click.UsageError(
            f"explain takes two scenarios, the baseline first, found {len(names)}; compare takes more; "
            "`legato scenarios` lists the library"
        )


def question_of(chosen: Sequence[Scenario], outcome: str, seed: int, orders: int) -> Question:
    """What is to be explained; what is wrong with it is said as wrong use."""
    from results.explaining.explanation import question
    from scenarios import ScenarioError
    from scenarios.files.faults import near_miss
    from simulation.outcomes import NAMES

    if outcome not in NAMES:
        hint = near_miss(outcome, NAMES) or f"; allowed: {', '.join(NAMES)}"
        raise click.UsageError(f"--outcome: no outcome is called '{outcome}'{hint}")
    try:
        return question(chosen[0], chosen[1], outcome, seed=seed, orders=orders)
    except ScenarioError as error:
        raise click.UsageError(str(error)) from None
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--orders") from None


@contextmanager
def explained(
    asked: Question, out: Path | None, **more: Any
) -> Iterator[tuple[RunFolder, dict[str, Ensemble], Explanation]]:
    """Open the run folder, run every mixture, split the difference; what is left to do is to write and to print."""
    from results import FolderError, open_folder
    from results.explaining.explanation import MissingError, explain, inquiry_of, run_mixtures

    inquiry = inquiry_of(asked, **more)
    everything = replace(inquiry, scenarios=tuple(asked.scenarios.values()))  # what is to be run, and to fit
    line = ["legato", *sys.argv[1:]]
    try:
        everything.check()
        folder = open_folder(out, inquiry.inputs, line, inquiry.scenarios)
    except (FolderError, MemoryError) as error:
        raise click.UsageError(str(error)) from None
    for fault in folder.kept.faults:
        click.echo(fault, err=True)
    kept = Kept(folder.path, folder.kept.flush, lambda: folder.kept.replicates)
    with folder, working(line, kept, everything.networks):
        compile_for(inquiry.engine)
        try:
            with progress(everything.networks) as advance:
                ensembles = run_mixtures(asked, inquiry, advance, folder.kept)
            found = explain(asked, ensembles)
        except MissingError as error:
            raise click.UsageError(f"{error} with --outcome") from None
        yield folder, ensembles, found


def keep(
    found: Explanation,
    document: Mapping[str, Any],
    folder: RunFolder,
    ensembles: Mapping[str, Ensemble],
    no_figures: bool,
) -> None:
    """Write everything that was found."""
    from results.explaining.documents import part_columns

    draw: Callable[[Path], object] | None = None
    if not no_figures:
        from results.figures import draw_explanation

        def draw(path: Path) -> object:
            return draw_explanation(found, path)

    tables = {"parts.parquet": part_columns(found)}
    folder.finish(ensembles.values(), document, tables=tables, name="explain.json", draw=draw)


def said_of(found: Explanation, asked: Question, seed: int, ensembles: Mapping[str, Ensemble]) -> Said:
    """What makes the difference."""
    from results.estimates.comparison import estimates
    from results.explaining import words as tables
    from results.words.narrative import said

    both = asked.mixtures.base, asked.mixtures.scenario
    body: list[Table | Sequence[str]] = [tables.part_table(found), tables.not_separable(found)]
    theirs, ours = (estimates(ensembles[one.name]) for one in both)
    return said(
        [tables.answer(found, *both), tables.in_number(found, ours, theirs)], body, tables.notes(found, both, seed)
    )
