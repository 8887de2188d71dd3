"""What a plan is called on a page: by what it changes, never by a name that only its file has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from results.words.numbers import as_num
from results.words.sentence import Either, Sentence, Words, named, sentence
from results.words.table import word
from scenarios import KEYS, Scenario, value_of

MOST_IN_TITLE = 4
"""Plans that a title names; of more, the others are counted."""
MOST_NAMED = 2
"""Changes that a name holds; of more, the others are counted."""


@dataclass(frozen=True)
class PlanName:
    """How a plan is called.

    Attributes:
        label: in a table, beside the others: "without catalytic grants".
        whole: in a sentence: "SALEX without catalytic grants".
    """

    label: Words
    whole: Words


def title_of(scenario: Scenario) -> str:
    """The title of a scenario, which knows its translations if it ships."""
    return named("scenario.title", scenario.title)


def plan_names(scenarios: Sequence[Scenario], baseline: str) -> dict[str, PlanName]:
    """By the name of each scenario, what it is called; no two are called alike."""
    base = next(one for one in scenarios if one.name == baseline)
    others = {one.name: _named(one, base) for one in scenarios if one.name != baseline}
    own = PlanName(sentence("plan.baseline", plan=_title(base.title)), _title(base.title))
    named = {one.name: own if one.name == baseline else others[one.name] for one in scenarios}
    for name in _twice({name: one.label for name, one in named.items()}):
        named[name] = PlanName(
            sentence("plan.called", plan=named[name].label, name=name),
            sentence("plan.called", plan=named[name].whole, name=name),
        )
    return named


def alternatives(names: Mapping[str, PlanName], baseline: str) -> Sentence:
    """All plans as one question, the baseline first; beyond a few, the others are counted."""
    order = [baseline, *(name for name in names if name != baseline)]
    plans: list[Words] = [names[name].label for name in order]
    if len(order) > MOST_IN_TITLE:
        plans = [plans[0], sentence("plan.others", count=len(order) - 1)]
    return sentence("plan.title", plans=Either(tuple(plans)))


def _twice(labels: Mapping[str, Words]) -> list[str]:
    every = list(labels.values())
    return [name for name, label in labels.items() if every.count(label) > 1]


def _named(scenario: Scenario, base: Scenario) -> PlanName:
    """By its title if somebody gave it one of its own, else by the values that it changes."""
    changed = [key for key in KEYS if value_of(scenario, key) != value_of(base, key)]
    is_made = scenario.title == base.title or any(f"{key}=" in scenario.title for key in changed)
    if is_made and changed:
        label = _changes(scenario, base, changed)
        return PlanName(label, sentence("plan.with", plan=_title(base.title), changes=label))
    short = scenario.title.removeprefix(f"{base.title} ") or scenario.title
    whole = _title(scenario.title)
    return PlanName(sentence("scenario.short", text=short) if short != scenario.title else whole, whole)


def _title(text: str) -> Sentence:
    return sentence("scenario.title", text=text)


def called(key: str) -> str:
    """What a key is called in a sentence, in English."""
    return KEYS[key].text.partition(";")[0].partition(",")[0] or key


def _changes(scenario: Scenario, base: Scenario, keys: Sequence[str]) -> Sentence:
    each = tuple(
        sentence(
            "plan.change",
            what=sentence("key", text=called(key)),
            value=as_num(word(value_of(scenario, key))),
            instead=as_num(word(value_of(base, key))),
        )
        for key in keys[:MOST_NAMED]
    )
    if len(keys) > MOST_NAMED:
        each = (*each, sentence("plan.more", count=len(keys) - MOST_NAMED))
    return sentence("plan.changes", changes=each)
