"""Values that do nothing, or less than they say, as sentences that know their translations."""

from results.words.sentence import Words, named, sentence, told
from scenarios import Scenario
from scenarios.reading.idle_values import idle_facts, in_words
from scenarios.schema.keys import key_named


def idle_sentences(scenario: Scenario) -> list[str]:
    """What a scenario's values promise and its network cannot give, a sentence each."""
    said: list[str] = []
    for one in idle_facts(scenario):
        if one.kind == "idle.note":  # of what its files hold, in English
            said.append(in_words(one))
            continue
        values: dict[str, str | int | tuple[str, ...] | Words] = dict(one.values)
        if "why" in values:
            values["why"] = _because(str(values["why"]))
        said.append(told(one.kind, **values))
    return said


def _because(why: str) -> Words:
    """A reason: the value of a key, or what stands in the catalogue by its words."""
    key, is_, value = why.partition(" is ")
    if is_ and key_named(key) and " " not in value:
        return sentence("idle.because", key=key, value=value)
    return named("idle.why", why)
