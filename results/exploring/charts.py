"""The charts of a page with levers: each monthly outcome of two scenarios, and what was observed beside it.

Where the lines go is not in it. Pages run this module, too (see `results.exploring.javascript`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

from results.exploring.explored import Explored
from results.words.numbers import label as label_numbers
from results.words.numbers import scaled
from results.words.observed import observed_line
from results.words.sentence import in_turn, named, told
from simulation.outcomes import MONTHLY_NAMES, outcome_named

FIRST = ("collaboration_rate", "active_rate")
"""Outcomes whose charts always stand; a third one can be chosen."""
THIRD = "cost"
"""Which one it is at first."""


@dataclass(frozen=True)
class Mark:
    """What was observed, in the unit in which the outcome is shown."""

    month: int | None
    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Chart:
    """An outcome's chart.

    Attributes:
        outcome: its name.
        title: above the chart.
        unit: beside its axis.
        most: where the axis ends; 0 where that follows from the lines.
        observed: of the baseline.
    """

    outcome: str
    title: str
    unit: str
    most: float
    observed: tuple[Mark, ...]


def charts(found: Explored) -> tuple[Chart, ...]:
    """A chart of every monthly outcome."""
    return tuple(_chart(found, outcome) for outcome in MONTHLY_NAMES)


def _chart(found: Explored, outcome: str) -> Chart:
    label, scale = named("outcome", outcome_named(outcome).label), outcome_named(outcome).scale
    most = 100.0 if scale == "share" else 1.0 if scale == "level" else 0.0
    return Chart(
        outcome,
        f"{label[:1].upper()}{label[1:]}",
        told(f"live.axis.{scale}"),
        most,
        _marks(found, outcome),
    )


def _marks(found: Explored, outcome: str) -> tuple[Mark, ...]:
    scale, marks = outcome_named(outcome).scale, []
    for one in found.base.observed:
        if one.outcome == outcome and one.measured.value is not None:
            low, high = one.measured.low, one.measured.high
            marks.append(
                Mark(
                    one.month,
                    scaled(one.measured.value, scale),
                    None if low is None else scaled(low, scale),
                    None if high is None else scaled(high, scale),
                )
            )
    return tuple(marks)


def in_words(found: Explored, outcome: str, base: Sequence[float], this: Sequence[float]) -> str:
    """A chart for someone who does not see it: where both lines stand at the closing, and at the end.

    Args:
        found: what is compared.
        outcome: name of the outcome.
        base: its average in the baseline, month by month, in the unit that is shown.
        this: the same in what is explored.
    """
    said = []
    for month in dict.fromkeys((found.base.reporting_month, found.base.last_month)):
        stands = []
        for name, mean in ((found.base.name, base), (found.this.name, this)):
            if month < len(mean) and not isnan(mean[month]):
                stands.append(told("live.chart.stands", value=f"{mean[month]:,.3g}", plan=name))
        said.append(told("live.chart.month", month=f"{month}", stands=tuple(stands)))
    for one in found.base.observed:
        if one.outcome == outcome:
            said.append(told("live.chart.observed", plan=found.base.name, found=observed_line(one)))
    return told("live.chart", label=label_numbers(outcome), said=in_turn(said, "semicolon"))
