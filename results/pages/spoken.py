"""What was said, in the language of a brief, and with the sign or word that it shows with amounts.

Sentences that know what they are made of are said again. Plain words stay as they are, but for the sign of amounts.
"""

import re
from dataclasses import replace

from results.words.currency import with_currency
from results.words.language import IN_ENGLISH
from results.words.narrative import Block, Said
from results.words.sentence import Speaker, Told, sentence
from results.words.table import Table

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_RANGE = re.compile(r"(\S+) to (\S+)")


def spoken(said: Said, speaker: Speaker) -> Said:
    """The same, as that speaker says it: every sentence and every table."""

    def text(one: str) -> str:
        return words(one, speaker)

    def block(one: Block) -> Block:
        return table(one) if isinstance(one, Table) else tuple(map(text, one))

    def table(one: Table) -> Table:
        return spoken_table(one, speaker)

    return Said(
        tuple(map(text, said.answer)),
        tuple(map(block, said.body)),
        tuple(map(text, said.notes)),
        tuple(map(table, said.more)),
    )


def spoken_table(one: Table, speaker: Speaker) -> Table:
    """A table as that speaker says it."""
    rows = tuple(
        tuple(
            _figures(cell, speaker) if place in one.numbers else words(cell, speaker) for place, cell in enumerate(row)
        )
        for row in one.rows
    )
    header = tuple(words(name, speaker) for name in one.header)
    return replace(one, title=words(one.title, speaker), header=header, rows=rows)


def _figures(cell: str, speaker: Speaker) -> str:
    """A cell of numbers, as our tables write them in English, with the signs and words of the language."""
    if speaker.language is IN_ENGLISH or isinstance(cell, Told):
        return words(cell, speaker)
    signed = _NUMBER.sub(lambda found: speaker.signs(found[0]), cell)
    ranged = _RANGE.sub(lambda found: speaker.say(sentence("span", low=found[1], high=found[2])), signed)
    about = ranged.removeprefix("about ")
    return ranged if about == ranged else speaker.say(sentence("about", level=about))


def words(one: str, speaker: Speaker) -> str:
    """A few words, as that speaker says them."""
    if isinstance(one, Told):
        return speaker.say(one)
    return with_currency(one, speaker.amounts, speaker.currency)
