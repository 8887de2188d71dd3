"""Parallel coordinates: every point of a design as a line through its values to its outcome."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from numpy.typing import NDArray

from results.estimates.factor_bins import levels_of
from results.estimates.main_effects import strongest
from results.estimates.response import Response
from results.figures.kit.axis_ticks import fitting_ticks
from results.figures.kit.factor_labels import write_factor
from results.figures.kit.fonts import shortened, wrapped
from results.figures.kit.page import LEADING, MARGIN, Page, caption_height, caption_lines, head_height
from results.figures.kit.response_labels import (
    MORE,
    design_sentence,
    has_values,
    outcome_title,
    outcome_words,
    part_names,
    shown_effects,
    shown_means,
    texts_of,
)
from results.figures.kit.style import DARK, SMALL, WIDTH, house_style
from scenarios.designs.design import Design

MOST_LINES = 1000
"""Lines beyond which they make one cloud and a large file."""
MOST_FACTORS = 20
"""Factors beyond which a page is full."""
FEWEST_FACTORS = 3
ROOM, EDGE = 184.0, 12.0
WIDE = WIDTH - 2 * MARGIN - ROOM - 2 * EDGE
"""Length of an axis (points)."""
STRIP = 6.0
"""Height of the strip of colours below the outcome's axis (points)."""


@dataclass(frozen=True, eq=False)
class Scale:
    """One axis: where each point stands on it and what is written below it.

    Attributes:
        at: float[points], along the axis (points).
        ticks: where something is written.
        texts: what.
        spread: how far lines at one level may stand apart to either side (points); 0 on a continuous axis.
    """

    at: NDArray[np.float64]
    ticks: list[float]
    texts: list[str]
    spread: float


def parallel_figures(response: Response) -> list[Figure]:
    """A line for each point across one axis for each factor, down to its outcome, which also colours it.

    The axes lie one below another, so that their names can be read.

    Args:
        response: an outcome over a design; none is drawn with fewer than three factors, or if no point has a value.
    """
    if len(response.design.factors) < FEWEST_FACTORS or not has_values(response):
        return []
    with house_style(texts_of(response.design)):
        return [_draw(response)]


def kept_points(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """Points that are drawn, from the least outcome to the greatest: all with a value, or as many evenly through them.

    The least and the greatest are always among them.
    """
    known = np.flatnonzero(np.isfinite(values))
    ranked = known[np.argsort(values[known], kind="stable")]
    if len(ranked) <= MOST_LINES:
        return ranked
    return ranked[np.linspace(0, len(ranked) - 1, MOST_LINES).round().astype(np.int64)]


def factor_scale(design: Design, column: int) -> Scale:
    """The axis of a factor: numbers by their value, names evenly."""
    factor, parts = design.factors[column], levels_of(design, column)
    if not factor.is_numeric:
        assert parts is not None
        step = WIDE / len(factor.levels)
        every = max(1, -int(-16 // step))
        places = [(number + 0.5) * step for number in range(len(factor.levels))]
        names = [shortened(name, every * step - 4, SMALL, 1)[0] for name in part_names(parts)]
        return Scale(np.array(places)[parts.of], places[::every], names[::every], min(0.3 * step, EDGE))
    values = np.array([factor.value(share) for share in design.shares[:, column]], dtype=np.float64)
    distinct = np.unique(values)
    gap = WIDE * float(np.min(np.diff(distinct), initial=np.inf)) / max(float(np.ptp(values)), 1e-300)
    return _number_scale(values, min(0.25 * gap, EDGE) if parts else 0.0)


def _number_scale(values: NDArray[np.float64], spread: float) -> Scale:
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    if not high - low > 1e-9 * max(abs(low), abs(high)):
        low, high = low - (0.1 * abs(low) or 1.0), high + (0.1 * abs(high) or 1.0)
    ticks, texts = fitting_ticks(low, high, WIDE)
    along = WIDE / (high - low)
    return Scale((values - low) * along, [(tick - low) * along for tick in ticks], texts, spread)


def paths(scales: Sequence[Scale], chosen: NDArray[np.int64]) -> NDArray[np.float64]:
    """Where each line crosses each axis, float[lines, axes]; those at one level side by side, the least leftmost."""
    crossings = np.array([scale.at[chosen] for scale in scales]).T
    for column, scale in enumerate(scales):
        if not scale.spread:
            continue
        for place in np.unique(crossings[:, column]):
            here = np.flatnonzero(crossings[:, column] == place)
            if len(here) > 1:
                crossings[here, column] += np.linspace(-scale.spread, scale.spread, len(here))
    return crossings


def _draw(response: Response) -> Figure:
    design, values = response.design, shown_means(response)
    columns = list(range(len(design.factors)))
    if len(columns) > MOST_FACTORS:
        columns = sorted(strongest(shown_effects(response), MOST_FACTORS))
    few = len(columns) <= 14
    pitch, lines_of_words = (42.0, 2) if few else (30.0, 1)
    chosen = kept_points(values)
    scales = [*(factor_scale(design, column) for column in columns), _number_scale(values, 0.0)]
    title, caption = (
        f"{outcome_title(response.outcome)}, point by point",
        caption_lines(_caption(response, scales, chosen)),
    )
    top, height = head_height(title), pitch * len(columns) + 2 * SMALL
    page = Page(top + height + STRIP + SMALL * LEADING + 14 + caption_height(caption))
    page.head(title, caption)
    left = MARGIN + ROOM + EDGE
    axes = page.axes(left - EDGE, top, WIDE + 2 * EDGE, height, "lines")
    axes.set(xlim=(-EDGE, WIDE + EDGE), ylim=(height, 0))
    axes.set_axis_off()
    heights = np.array([SMALL + pitch * row for row in range(len(scales))])
    _draw_lines(axes, paths(scales, chosen), heights, values[chosen])
    for row, scale in enumerate(scales):
        _draw_axis(axes, scale, float(heights[row]), STRIP + 1 if row == len(columns) else 0.0)
        if row < len(columns):
            factor = design.factors[columns[row]]
            write_factor(page, left - EDGE - 6, top + heights[row] + 3, factor, ROOM, lines_of_words)
    words = wrapped(outcome_words(response.outcome), ROOM - 8, SMALL, "bold")
    page.write(left - EDGE - 6, top + heights[-1] + 4, words, middle=True, weight="bold", ha="right")
    _draw_strip(page, left, top + float(heights[-1]) + 1)
    return page.figure


def _draw_lines(
    axes: Axes, crossings: NDArray[np.float64], heights: NDArray[np.float64], values: NDArray[np.float64]
) -> None:
    count = len(values)
    lines = [np.column_stack([one, heights]) for one in crossings]
    low, high = float(values[0]), float(values[-1])
    pad = 0.0 if high - low > 1e-9 * max(abs(low), abs(high)) else 1.0
    drawn = LineCollection(lines, cmap=MORE, norm=Normalize(low - pad, high + pad), alpha=0.85, zorder=2,
                           label="points", linewidths=float(np.clip(11 / np.sqrt(count), 0.35, 1.3)))  # fmt: skip
    drawn.set_array(values)
    axes.add_collection(drawn, autolim=False)


def _draw_axis(axes: Axes, scale: Scale, y: float, below: float) -> None:
    axes.plot([0, WIDE], [y, y], color=DARK, linewidth=0.9, zorder=3, label="axis")
    box = {"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.85}
    for tick, text in zip(scale.ticks, scale.texts, strict=True):
        axes.plot([tick, tick], [y, y + 3], color=DARK, linewidth=0.9, zorder=3)
        axes.text(tick, y + below + 4 + 1.02 * SMALL, text, ha="center", va="baseline", zorder=4, bbox=box)


def _draw_strip(page: Page, left: float, top: float) -> None:
    strip = page.axes(left, top, WIDE, STRIP, "colours")
    shades = np.linspace(0, 1, 129)
    strip.pcolormesh(shades, [0, 1], (shades[None, :-1] + shades[None, 1:]) / 2, cmap=MORE, edgecolors="face")
    strip.set(xlim=(0, 1), ylim=(0, 1))
    strip.set_axis_off()


def _caption(response: Response, scales: Sequence[Scale], chosen: NDArray[np.int64]) -> list[str]:
    known = int(np.isfinite(response.mean).sum())
    said = [design_sentence(response), "A line is a point, coloured by its outcome, the greatest on top."]
    if len(response.design) > known:
        said.append("Points without a value have no line.")
    if len(chosen) < known:
        said.append(f"Of {known:,} points, {len(chosen):,} are drawn, evenly from the least outcome to the greatest.")
    factors, columns = len(response.design.factors), len(scales) - 1
    if columns < factors:
        said.append(f"Of {factors} factors, the {columns} with the greatest main effects.")
    if any(scale.spread for scale in scales):
        said.append("Lines at one level stand side by side, the least outcome leftmost.")
    return said
