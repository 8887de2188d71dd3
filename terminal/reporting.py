"""What a command says, kept in the run folder, made into its brief, and printed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from terminal.printing import print_lines, print_notes, print_table

if TYPE_CHECKING:
    from results.words.narrative import Said


def keep_brief(folder: Path, what: Said) -> None:
    """Keep what is said, and write the brief; the run is whole without it, so nothing that goes wrong here loses it."""
    from results.pages.brief import write_brief
    from results.pages.kept_narrative import keep

    try:
        keep(folder, what)
        write_brief(folder)
    except Exception as error:
        click.echo(
            f"The run is whole, but its report could not be written ({type(error).__name__}: {error}). "
            f"To try again: legato report {folder}",
            err=True,
        )


def print_said(what: Said, folder: Path, here: str = "") -> None:
    """Print what is said, what can be done with it `here`, and where everything is."""
    from results.folders.folder import BRIEF
    from results.words.table import Table

    print_lines(what.answer)
    for block in what.body:
        if isinstance(block, Table):
            print_table(block)
        else:
            print_lines(["", *block])
    report = folder / BRIEF
    print_notes([*what.notes, here], folder, report if report.is_file() else None)
