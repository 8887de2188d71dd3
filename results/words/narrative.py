"""What a command says about its run, in order: answer, tables, notes. Terminals print it, briefs are made of it."""

from collections.abc import Sequence
from dataclasses import dataclass

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
    blocks = (block if isinstance(block, Table) else tuple(block) for block in body)
    return Said(tuple(filter(None, answer)), tuple(filter(None, blocks)), tuple(filter(None, notes)), tuple(more))
