"""What a command says about its run, in order: answer, tables, notes. Terminals print it, briefs are made of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from results.words.currency import CURRENCY, shown_currency, with_currency
from results.words.sentence import Told
from results.words.table import Table

PAGE_WIDTH = 130
"""Columns of text that a page holds beside each other."""


Block = Table | tuple[str, ...]
"""A table, or some lines."""


@dataclass(frozen=True)
class Said:
    """What is said, from the answer to the small print.

    Attributes:
        answer: plain sentences, what was asked first.
        body: tables, and lines between them.
        notes: what the numbers mean, how sure they are, and what is not in them.
        more: tables that a page has room for and a terminal has not.
    """

    answer: tuple[str, ...]
    body: tuple[Block, ...]
    notes: tuple[str, ...]
    more: tuple[Table, ...] = ()


def said(
    answer: Sequence[str], body: Sequence[Table | Sequence[str]], notes: Sequence[str], more: Sequence[Table] = ()
) -> Said:
    """The same from whatever sequences; what is empty is left out."""
    blocks = (_table(block) if isinstance(block, Table) else _lines(block) for block in body)
    return Said(_lines(answer), tuple(filter(None, blocks)), _lines(notes), tuple(map(_table, more)))


def _lines(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(_amounts(line) for line in lines if line)


def _table(table: Table) -> Table:
    rows = tuple(tuple(map(_amounts, row)) for row in table.rows)
    return replace(table, title=_amounts(table.title), header=tuple(map(_amounts, table.header)), rows=rows)


def _amounts(text: str) -> str:
    """Plain words in the currency that is asked about; sentences have it already."""
    return text if isinstance(text, Told) else with_currency(text, CURRENCY, shown_currency())
