"""What is said of the studies themselves: what was observed, what is read as something else, what is drawn."""

from collections.abc import Sequence

from results.checking.verdicts import Verdict
from results.words.table import Table
from scenarios.observed.study import Observed

UNCERTAIN = "Not known exactly, so each set of parameters draws it: {}."
"""Of settings of studies that have a range."""
READ_AS = "Also by assumption, {}."
"""Of patterns whose unit is not the one that the model counts."""


def facts_table(studies: Sequence[Observed]) -> list[Table]:
    """What was observed, in words, about whom, and its source: for the page, which has room for it."""
    rows = tuple(
        (one.id, one.text, one.about, one.unit or one.counted_in, one.source)
        for study in studies
        for one in study.patterns
    )
    header = ("pattern", "in words", "about", "unit", "source")
    return [Table("What was observed", header, rows)] if rows else []


def drawn_settings(studies: Sequence[Observed]) -> str:
    """Which settings of studies are drawn from a range."""
    told = [
        f"{study.name}: {'; '.join(map(str, study.uncertain))}"
        for study in studies
        if study.uncertain and study.patterns
    ]
    return UNCERTAIN.format(". ".join(told)) if told else ""


def read_as(patterns: Sequence[Verdict]) -> str:
    """Which patterns are asked of something else than was observed."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in patterns:
        if one.unit and one.unit != one.counted_in:
            found.setdefault((one.unit, one.counted_in), []).append(one.id)
    told = [f"each {unit} is read as {_a(counted)} ({', '.join(ids)})" for (unit, counted), ids in found.items()]
    return READ_AS.format("; ".join(told)) if told else ""


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
