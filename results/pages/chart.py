"""The figure of page one as lengths: dots and intervals in percent of a panel's width, so that it fits any screen."""

from dataclasses import dataclass

from results.words.decision import Chart, Mark, Panel
from results.words.sentence import Num, Speaker, sentence

EDGE = 0.06
"""Part of a panel's width that stays free on either side."""


@dataclass(frozen=True)
class Bar:
    """A plan in a panel: places from the left in percent of its width, and the same in words."""

    label: str
    value: str
    dot: float
    ends: tuple[float, float] | None


@dataclass(frozen=True)
class Drawn:
    """A panel.

    Attributes:
        title: what it shows.
        words: all of it, for who does not see it.
        zero: where no difference is.
        bars: a plan each.
    """

    title: str
    words: str
    zero: float
    bars: tuple[Bar, ...]


def drawn(chart: Chart, speaker: Speaker) -> list[Drawn]:
    """The panels of the figure."""
    return [_panel(panel, speaker) for panel in chart.panels]


def reach(panel: Panel) -> tuple[float, float]:
    """The lowest and the highest value that a panel shows; zero is among them."""
    values = [0.0, *(value for one in panel.marks for value in (one.mean, one.low, one.high) if value is not None)]
    low, high = min(values), max(values)
    return (low, high) if high > low else (-1.0, 1.0)


def _panel(panel: Panel, speaker: Speaker) -> Drawn:
    low, high = reach(panel)
    span = (high - low) / (1 - 2 * EDGE)

    def place(value: float) -> float:
        return round(100 * (EDGE + (value - low) / span), 2)

    bars = []
    for one in panel.marks:
        ends = None if one.low is None or one.high is None else (place(one.low), place(one.high))
        bars.append(Bar(speaker.whole(one.label), value_words(one, speaker), place(one.mean), ends))
    title = speaker.say(panel.title)
    said = ", ".join(f"{bar.label} {bar.value}" for bar in bars)
    return Drawn(title, speaker.say(sentence("panel.words", title=title, marks=said)), place(0.0), tuple(bars))


def value_words(one: Mark, speaker: Speaker) -> str:
    """A difference and its interval in figures: "-13 (-26 to 0)"."""
    numbers = {"mean": Num(one.mean, one.places)}
    if one.low is None or one.high is None:
        return speaker.say(sentence("panel.dot", **numbers))
    return speaker.say(sentence("panel.mark", **numbers, low=Num(one.low, one.places), high=Num(one.high, one.places)))
