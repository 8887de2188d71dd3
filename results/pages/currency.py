"""Amounts in a brief with the sign or word that whoever asks wants to see; nothing is converted."""

import re
from dataclasses import replace

from results.words.narrative import Block, Said
from results.words.sentence import CURRENCY
from results.words.table import Table

_AMOUNT = re.compile(rf"(?P<before>\bthousand |\bk |\d )(?:{CURRENCY})\b")
"""Where our sentences and tables have it: behind a number, or the thousands."""


def shown_in(said: Said, currency: str) -> Said:
    """The same with another sign or word in every sentence and table."""
    if currency == CURRENCY:
        return said

    def text(one: str) -> str:
        shown = _AMOUNT.sub(lambda match: match["before"] + currency, one)
        return shown.replace("Costs are in US dollars", f"Costs are shown in {currency}")

    def block(one: Block) -> Block:
        return table(one) if isinstance(one, Table) else tuple(map(text, one))

    def table(one: Table) -> Table:
        rows = tuple(tuple(map(text, row)) for row in one.rows)
        return replace(one, title=text(one.title), header=tuple(map(text, one.header)), rows=rows)

    return Said(
        tuple(map(text, said.answer)),
        tuple(map(block, said.body)),
        tuple(map(text, said.notes)),
        tuple(map(table, said.more)),
    )
