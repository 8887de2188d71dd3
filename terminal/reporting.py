"""What a command says of its run, printed, with what can be done with it and where everything is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from terminal.printing import print_lines, print_notes, print_table

if TYPE_CHECKING:
    from results.words.narrative import Said


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
