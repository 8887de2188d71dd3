"""The former place of numbers and findings in words: what is imported from here stays importable."""

from results.comparing.words import notes, run_answer
from results.comparing.words import run_money as money
from results.words.differences import change, settled_by
from results.words.horizon import counted_until, horizon
from results.words.numbers import digits, factor_words, label, number, scaled, span, subject, unit, with_half

__all__ = [
    "change",
    "counted_until",
    "digits",
    "factor_words",
    "horizon",
    "label",
    "money",
    "notes",
    "number",
    "run_answer",
    "scaled",
    "settled_by",
    "span",
    "subject",
    "unit",
    "with_half",
]
