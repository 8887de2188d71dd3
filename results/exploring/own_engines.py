"""Engines with rules of one's own for a page: which its plans need, and whether they are there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from results.words.varying import own_rules_words
from scenarios import OwnRules, Scenario
from scenarios.schema.own_files import mark_of


@dataclass(frozen=True)
class OwnEngines:
    """What a page has beside the shipped engine.

    Attributes:
        modules: packed, by the mark of their rules.
        said: which of its plans are simulated with which rules; "" where none is.
    """

    modules: Mapping[str, bytes] = field(default_factory=dict)
    said: str = ""


NONE = OwnEngines()


def rules_in(scenarios: Iterable[Scenario]) -> list[OwnRules]:
    """Rules of one's own that scenarios are simulated with, each once."""
    return list(dict.fromkeys(one.rules for one in scenarios if one.rules is not None))


def engines_for(scenarios: Sequence[Scenario]) -> OwnEngines | None:
    """Engines that a page needs for these scenarios; None where one was not built on this machine.

    `legato explore` builds what is missing.
    """
    rules = rules_in(scenarios)
    if not rules:
        return NONE
    from simulation.browser.own_engine import own_engine  # here, not above: it knows the compiler

    found = {mark_of(one): own_engine(one) for one in rules}
    modules = {mark: one for mark, one in found.items() if one is not None}
    return OwnEngines(modules, own_rules_words(scenarios)) if len(modules) == len(rules) else None
