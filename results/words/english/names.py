"""Kinds of names that stand elsewhere, each in English there: `{text}` is what it is called, translated by its text."""

from results.words.plural import Catalogue

WORDS: Catalogue = {
    "outcome": "{text}",
    "cost.part": "{text}",
    "scenario.title": "{text}",
    "scenario.short": "{text}",
    "scenario.question": "{text}",
    "key": "{text}",
    "unit": "{text}",
    "assumption": "{text}",
    "idle.why": "{text}",
    "evidence": "{text}",
    "mechanism": "{text}",
    "standing": "{text}",
    "group": "{text}",
    "picture": "{text}",
    "outcome.unit": "{outcome} ({unit})",
    "shown.share": "%",
    "shown.level": "0 to 1",
    "shown.usd": "k {currency}",
    "shown.index": "index",
}
