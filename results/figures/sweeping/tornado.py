"""The tornado: the outcome at either end of each factor, the factor that moves it most on top."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from results.estimates.main_effects import MainEffect, is_uneven
from results.estimates.response import Response
from results.figures.kit.axis_ticks import fitting_ticks
from results.figures.kit.factor_labels import label_height, write_factor
from results.figures.kit.fonts import shortened, width
from results.figures.kit.page import LEADING, MARGIN, Page, caption_height, caption_lines, head_height
from results.figures.kit.response_labels import (
    design_sentence,
    has_values,
    outcome_title,
    outcome_words,
    part_names,
    shown_effects,
    shown_means,
    texts_of,
)
from results.figures.kit.style import DARK, SMALL, TALLEST, WIDTH, house_style
from results.sweeping.effect_words import gaps
from scenarios.designs.factors import Factor

LOW, HIGH = "#0072B2", "#E69F00"
"""Bars of the two ends: blue and orange, the pair of Okabe & Ito furthest apart in lightness to everybody."""
ROOM = 184.0
"""Room left of the bars for the factors (points)."""
BARS = WIDTH - 2 * MARGIN - ROOM
VALUE_ROOM = 94.0
"""Room of a value beside its bar (points)."""
KEY = 16.0


@dataclass(frozen=True)
class End:
    """One end of a factor: its value as text, and the mean there in the unit shown."""

    name: str
    mean: float


@dataclass(frozen=True)
class Swing:
    """What going from one end of a factor to the other does to the outcome."""

    factor: Factor
    start: End
    end: End
    is_ordered: bool

    @property
    def reach(self) -> float:
        """Distance between the two ends, in the unit shown."""
        return abs(self.end.mean - self.start.mean)


def tornado_figures(response: Response) -> list[Figure]:
    """Bars from the overall mean to the outcome at the low and the high end of each factor, the longest on top.

    Args:
        response: an outcome over a design; none is drawn with fewer than two factors, or if no point has a value.
    """
    if len(response.design.factors) < 2 or not has_values(response):
        return []
    with house_style(texts_of(response.design)):
        every = swings(response)
        if not every:
            return []
        frame = _frame(response, every)
        title = f"{outcome_title(response.outcome)}, at either end of each factor"
        caption = caption_lines(_caption(response, every))
        fixed = head_height(title) + KEY + 2 * SMALL * LEADING + 12 + caption_height(caption)
        pages = -(-len(every) // int((TALLEST - fixed) // frame.row))
        return [
            _draw_page(frame, [every[place] for place in some], title, caption, fixed)
            for some in np.array_split(np.arange(len(every)), pages)
        ]


def swings(response: Response) -> list[Swing]:
    """Each factor's two ends, the greatest reach first; of equals, the earlier in the design.

    Factors whose effect cannot be told are left out.
    """
    known = [effect for effect in shown_effects(response) if np.isfinite(effect.mean).any()]
    return sorted(map(_swing, known), key=lambda swing: -round(swing.reach, 12))


def _swing(effect: MainEffect) -> Swing:
    """The first and last part that has a value; of names, those with the least and the greatest outcome."""
    known = [part for part in range(len(effect.parts)) if np.isfinite(effect.mean[part])]
    if not effect.parts.is_ordered:
        known.sort(key=lambda part: float(effect.mean[part]))
    start, end = (End(part_names(effect.parts)[part], float(effect.mean[part])) for part in (known[0], known[-1]))
    return Swing(effect.parts.factor, start, end, effect.parts.is_ordered)


def _value(end: End) -> str:
    return shortened(end.name, VALUE_ROOM, SMALL, 1)[0]


@dataclass(frozen=True)
class _Frame:
    """What all pages share: the axis of the outcome, and where the ends and the overall mean lie on it."""

    outcome: str
    middle: float
    axis: tuple[float, float]
    ticks: list[float]
    texts: list[str]
    row: float


def _frame(response: Response, every: Sequence[Swing]) -> _Frame:
    """An axis on which all bars have room, and beside them the values."""
    middle = float(np.nanmean(shown_means(response)))
    ends = [middle, *(end.mean for swing in every for end in (swing.start, swing.end))]
    low, high = min(ends), max(ends)
    if not high - low > 1e-9 * abs(middle):
        low, high = low - (0.1 * abs(low) or 1.0), high + (0.1 * abs(high) or 1.0)
    beside = max(width(_value(end), SMALL) for swing in every for end in (swing.start, swing.end)) + 8
    scale = (high - low) / (BARS - 2 * beside)
    axis = low - beside * scale, high + beside * scale
    # Over the bars only: beside them may lie what no outcome can be, such as 120 %.
    ticks, texts = fitting_ticks(low, high, BARS - 2 * beside)
    row = max(label_height(swing.factor, ROOM) for swing in every) + 6
    return _Frame(response.outcome, middle, axis, ticks, texts, row)


def _draw_page(frame: _Frame, chosen: Sequence[Swing], title: str, caption: Sequence[str], fixed: float) -> Figure:
    page = Page(fixed + frame.row * len(chosen))
    page.head(title, caption)
    left, top, height = MARGIN + ROOM, head_height(title) + KEY, frame.row * len(chosen)
    _draw_key(page, left, head_height(title) + KEY / 2 - 3)
    axes = page.axes(left, top, BARS, height, "tornado")
    axes.set(xlim=frame.axis, ylim=(len(chosen), 0), yticks=[])
    axes.spines["left"].set_visible(False)
    axes.set_xticks(frame.ticks, frame.texts)
    for row, swing in enumerate(chosen):
        if row % 2 == 0:
            axes.axhspan(row, row + 1, color="#F3F3F3", linewidth=0, zorder=0)
        _draw_swing(axes, row, swing, frame.middle)
        write_factor(page, left - 6, top + frame.row * (row + 0.5), swing.factor, ROOM)
    axes.axvline(frame.middle, color=DARK, linewidth=1.0, zorder=3, label="overall mean")
    page.write(left + BARS / 2, top + height + SMALL * LEADING + 6, [outcome_words(frame.outcome)], ha="center")
    return page.figure


def _draw_swing(axes: Axes, row: int, swing: Swing, middle: float) -> None:
    start, end = swing.start.mean - middle, swing.end.mean - middle
    same_side = start * end >= 0
    for place, (one, way, colour) in enumerate(((swing.start, start, LOW), (swing.end, end, HIGH))):
        # Bars to the same side would hide each other, so they share the row.
        y, thick = (row + 0.3 + 0.4 * place, 0.34) if same_side else (row + 0.5, 0.56)
        axes.barh(y, way, thick, middle, color=colour, linewidth=0, zorder=2, label="high end" if place else "low end")
        right = way >= 0
        axes.annotate(_value(one), (one.mean, y), (4 if right else -4, 0), textcoords="offset points",
                      ha="left" if right else "right", va="center_baseline")  # fmt: skip


def _draw_key(page: Page, left: float, middle: float) -> None:
    x = left
    for colour, words in ((LOW, "low end of the factor"), (HIGH, "high end")):
        page.sheet.plot(x + 5, middle, "s", markersize=7, color=colour, markeredgewidth=0)
        page.write(x + 13, middle, [words], middle=True)
        x += 13 + width(words, SMALL) + 14
    page.sheet.plot([x + 4, x + 4], [middle - 5, middle + 5], color=DARK, linewidth=1.0)
    page.write(x + 10, middle, ["mean of all points"], middle=True)


def _caption(response: Response, every: Sequence[Swing]) -> list[str]:
    ends = "with the factor's lowest and highest value, or in its lowest and highest bin, written beside them"
    bars = f"mean over all points {ends}, whatever the other factors are"
    said = [design_sentence(response), f"Bars: {f'the outcome {ends}' if is_uneven(response.design) else bars}."]
    if not all(swing.is_ordered for swing in every):
        said.append("Names have no order: theirs are the ones with the least (low end) and the greatest outcome.")
    said += gaps(response, shown_effects(response))
    said.append("Ends alike do not mean no effect: a factor may matter in between, see the main effects.")
    return said
