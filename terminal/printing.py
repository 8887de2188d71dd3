"""Lines, tables and documents on standard output: plain text when piped, wrapped and bold on a terminal."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console, JustifyMethod

    from results.words.narrative import Block
    from results.words.table import Table

PIPED_WIDTH = 100
"""Columns of text where there is no terminal to ask, nor COLUMNS."""
PIPE_CLOSED_ON_WINDOWS = errno.EINVAL
"""What Windows says where POSIX says that the pipe is broken."""


def width() -> int:
    """Columns of text that standard output holds."""
    return _console().width


def print_lines(lines: Sequence[str]) -> None:
    """Print lines, wrapped where the terminal is narrower."""
    console = _console()
    with console.capture() as printed:
        for line in lines:
            console.print(line)
    _echo(printed.get())


def print_notes(notes: Sequence[str], folder: Path, report: Path | None = None) -> None:
    """Print what has to be said below the tables, and where everything is."""
    print_lines(["", *(note for note in notes if note)])
    if report is not None:
        print_report(report)
    _echo(f"Run folder: {folder}")  # never broken: it will be copied


def print_report(file: Path) -> None:
    """Print where the brief is."""
    _echo(f"Report: {file}")  # never broken


def print_table(table: Table) -> None:
    """Print a table, columns of numbers set right."""
    from rich.table import Table as Grid
    from rich.text import Text

    console = _console()
    grid = Grid(box=None, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for number, name in enumerate(table.header):
        # Keys and names will be copied: they are not broken while there is room.
        whole = number == 0 and all(" " not in row[0] and len(row[0]) <= console.width // 2 for row in table.rows)
        justify: JustifyMethod = "right" if number in table.numbers else "left"
        grid.add_column(Text(name), justify=justify, overflow="fold", no_wrap=whole)
    for row in table.rows:
        grid.add_row(*(Text(cell) for cell in row))
    with console.capture() as printed:
        console.print()
        if table.title:
            console.print(Text(table.title, style="bold"))
        console.print(grid)
    _echo(printed.get())


def print_blocks(blocks: Sequence[Block]) -> None:
    """Print tables, and lines between them."""
    for block in blocks:
        if isinstance(block, tuple):
            print_lines(block)
        else:
            print_table(block)


def print_json(document: Mapping[str, Any]) -> None:
    """Print a JSON document, in ASCII where the terminal knows no more."""
    import json

    plain = not (sys.stdout.encoding or "").lower().startswith("utf")
    _echo(json.dumps(document, ensure_ascii=plain, allow_nan=False, indent=2))


def _console() -> Console:
    from rich.console import Console

    ask = sys.stdout.isatty() or "COLUMNS" in os.environ
    return Console(file=sys.stdout, width=None if ask else PIPED_WIDTH, highlight=False, markup=False, emoji=False)


def _echo(text: str) -> None:
    """Print without the blanks that fill a terminal's lines, for as long as somebody reads."""
    try:
        click.echo("\n".join(line.rstrip() for line in text.splitlines()))
    except OSError as error:  # `| head` has read enough: the work is done all the same
        if not isinstance(error, BrokenPipeError) and error.errno != PIPE_CLOSED_ON_WINDOWS:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
