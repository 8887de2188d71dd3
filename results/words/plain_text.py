"""What is said as plain text, for `print` and logs; the terminal has its own way, which knows how wide it is."""

from textwrap import wrap

from results.words.narrative import Said
from results.words.table import Table

WIDTH = 100
"""Columns of text."""


def text_of(said: Said) -> str:
    """The whole of it: answer, tables and lines, notes."""
    parts = ["\n".join(filled for line in said.answer for filled in wrap(line, WIDTH))]
    for block in said.body:
        lines = table_lines(block) if isinstance(block, Table) else [one for line in block for one in wrap(line, WIDTH)]
        parts.append("\n".join(lines))
    parts.append("\n".join(filled for note in said.notes for filled in wrap(note, WIDTH)))
    return "\n\n".join(part for part in parts if part)


def table_lines(table: Table) -> list[str]:
    """A table, columns of numbers set right."""
    rows = [table.header, *table.rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(table.header))]
    lines = [
        "  ".join(
            cell.rjust(width) if column in table.numbers else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return [table.title, *lines] if table.title else lines
