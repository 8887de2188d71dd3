"""Names that briefs show and that stand elsewhere in English: what translators get besides the sentences.

Sources are not translated, nor evidence that cites them.
"""

from collections import Counter
from collections.abc import Iterator

from results.estimates.key_groups import IN_WORDS
from results.pages.pictures import PICTURES
from results.words.numbers import part_of_cost
from results.words.plan_names import called
from scenarios import ASSUMPTIONS, KEYS, load, summaries
from scenarios.reading.idle_words import REASONS
from scenarios.schema.assumptions import STANDINGS
from simulation.outcomes import COST_PARTS, OUTCOMES

NUMBERS = ("int", "float")
"""Kinds of keys whose unit is shown."""


def names() -> Iterator[tuple[str, str]]:
    """Kind and English text of each; a text may come twice."""
    yield from (("outcome", one.label) for one in OUTCOMES)
    yield from (("cost.part", str(part_of_cost(part))) for part in COST_PARTS)
    yield from _of_scenarios()
    levers = (key for key, known in KEYS.items() if known.role == "lever" or key.startswith("funder.shift."))
    yield from (("key", called(key)) for key in levers)
    yield from (("unit", known.unit) for known in KEYS.values() if known.role == "lever" and known.kind in NUMBERS)
    yield from (("assumption", one.title) for one in ASSUMPTIONS)
    yield from (("mechanism", one.mechanism) for one in ASSUMPTIONS)
    evidence = Counter(one.evidence for one in ASSUMPTIONS)
    yield from (("evidence", words) for words, times in evidence.items() if times > 1)  # those that cite nothing
    yield from (("idle.why", words) for words in REASONS)
    yield from (("standing", words) for words in STANDINGS.values())
    yield from (("group", words) for words in IN_WORDS.values())
    yield from (("picture", words) for words in PICTURES.values())
    yield from (("key", called(key)) for key in KEYS)  # the levers are among the first


def _of_scenarios() -> Iterator[tuple[str, str]]:
    shipped = [load(one.name) for one in summaries()]
    titles = [one.title for one in shipped]
    for one in shipped:
        yield "scenario.title", one.title
        yield "scenario.question", one.question
        for title in titles:
            if one.title.startswith(f"{title} "):
                yield "scenario.short", one.title.removeprefix(f"{title} ")
