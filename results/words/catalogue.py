"""Every sentence of briefs and pages in English, by its id, merged from the files of `results.words.english`."""

from collections.abc import Sequence

from results.words.english import amounts, answers, decision, live, names, network, notes, page, plans, tables
from results.words.plural import Catalogue, Entry
from scenarios.reading import idle_words

TOPICS = (page, names, plans, amounts, answers, notes, tables, decision, network, live, idle_words)
"""Where the words stand; an id stands once."""


def _merged(topics: Sequence[Catalogue]) -> dict[str, Entry]:
    every: dict[str, Entry] = {}
    for words in topics:
        every |= words
    return every


ENGLISH: Catalogue = _merged([topic.WORDS for topic in TOPICS])
