"""What a meeting needs to decide between plans, as values and sentences: verdict, reasons, ranked plans, one figure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter

from results.words.sentence import Sentence, Words


@dataclass(frozen=True)
class Cell:
    """One outcome of one plan.

    Attributes:
        outcome: its name.
        level: on average.
        change: from the baseline, and how sure its direction is.
        value: the level, in the outcome's own unit; None where it is missing.
        difference: from the baseline, likewise; None for the baseline.
        low: lower end of its 95 % interval.
        high: the upper one.
        chance_higher: how likely the difference is above zero, 0 to 1.
    """

    outcome: str
    level: Sentence
    change: Sentence
    value: float | None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    chance_higher: float | None = None


@dataclass(frozen=True)
class Plan:
    """A plan in the table.

    Attributes:
        name: of its scenario.
        label: what it changes.
        rank: from 1; None where it has no rank.
        cells: an outcome each, as the columns have them.
        sure: how sure it is to be ahead of the next.
    """

    name: str
    label: Words
    rank: int | None
    cells: tuple[Cell, ...]
    sure: Sentence


@dataclass(frozen=True)
class Mark:
    """A dot with its interval: a difference from the baseline, in the unit in which it is shown."""

    plan: str
    label: Words
    mean: float
    low: float | None
    high: float | None
    places: int = 0


@dataclass(frozen=True)
class Panel:
    """One outcome in the figure: what each plan changes."""

    outcome: str
    title: Sentence
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Chart:
    """The figure of page one.

    Attributes:
        title: what it shows.
        caption: how to read it.
        zero: what zero is.
        panels: an outcome each.
    """

    title: Sentence
    caption: Sentence
    zero: Sentence
    panels: tuple[Panel, ...]


@dataclass(frozen=True)
class Decision:
    """What stands on page one.

    Attributes:
        title: of the page, where the user gives none.
        verdict: what to do, by what matters most.
        reasons: which plan is ahead in what, how sure that is, and what it costs.
        table: its title.
        columns: outcomes of the table.
        plans: five at most: the baseline, the best one in each outcome, and the first in rank.
        more: how many are not among them; None if none.
        chart: the figure.
        trust: how far to trust it, in a line or two.
        called: name of each scenario -> what it is called, those too that are not in the table.
    """

    title: Sentence
    verdict: Sentence
    reasons: tuple[Sentence, ...]
    table: Sentence
    columns: tuple[str, ...]
    plans: tuple[Plan, ...]
    more: Sentence | None
    chart: Chart
    trust: tuple[Sentence, ...]
    called: Mapping[str, Words] = field(default_factory=dict)


_ADAPTER: TypeAdapter[Decision] = TypeAdapter(Decision)
_SENTENCES: TypeAdapter[Sentence] = TypeAdapter(Sentence)


def plain(decision: Decision) -> dict[str, Any]:
    """A decision as JSON values."""
    kept: dict[str, Any] = _ADAPTER.dump_python(decision, mode="json")
    return kept


def decision_of(kept: Mapping[str, Any]) -> Decision:
    """The decision that was kept; ValueError where it is none."""
    return _ADAPTER.validate_python(kept)


def plain_sentence(what: Sentence) -> dict[str, Any]:
    """A sentence as JSON values."""
    kept: dict[str, Any] = _SENTENCES.dump_python(what, mode="json")
    return kept


def sentence_of(kept: Mapping[str, Any]) -> Sentence:
    """The sentence that was kept; ValueError where it is none."""
    return _SENTENCES.validate_python(kept)
