"""Every sentence of briefs and pages in English, by its id, merged from the files of `results.words.english`."""

from collections.abc import Mapping, Sequence

from results.words.english import amounts, decision, live, network, page, plans

TOPICS = (page, plans, amounts, decision, network, live)
"""Where the words stand; an id stands once."""


def _merged(topics: Sequence[Mapping[str, str]]) -> dict[str, str]:
    every: dict[str, str] = {}
    for words in topics:
        every |= words
    return every


ENGLISH: Mapping[str, str] = _merged([topic.WORDS for topic in TOPICS])
