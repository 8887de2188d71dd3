"""Two factors at once: the outcome in every cell of a map."""

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from results.estimates.factor_bins import Parts, even_bins, levels_of, number_text
from results.estimates.main_effects import is_uneven, left_out, strongest
from results.estimates.response import Response
from results.figures.kit.axis_names import LEAST_STEP, name_band, write_names, write_up
from results.figures.kit.axis_ticks import fitting_ticks, round_ticks, tick_texts
from results.figures.kit.fonts import shortened, width, wrapped
from results.figures.kit.page import LEADING, MARGIN, Page, caption_height, caption_lines, head_height
from results.figures.kit.response_labels import (
    MORE,
    design_sentence,
    factor_name,
    has_values,
    outcome_title,
    outcome_words,
    part_names,
    shown_effects,
    shown_means,
    texts_of,
)
from results.figures.kit.style import DARK, FAINT, SMALL, WIDTH, house_style
from results.words.numbers import factor_words
from scenarios.files.listing import plural

BAR, BAR_GAP = 12.0, 16.0
NAMES_ROOM = 96.0
"""Room of the names of levels left of the map (points)."""
MOST_WRITTEN = 150
"""Cells beyond which their numbers make a wall."""
POINTS_A_CELL = 6
FEWEST_BINS, MOST_BINS = 3, 10


@dataclass(frozen=True, eq=False)
class Cells:
    """The map.

    Attributes:
        across: parts of the factor from left to right.
        up: parts of the factor from below upwards.
        values: mean over the points of each cell, float[up, across], in the unit shown; nan where none has a value.
        points: points in each cell, with a value or without, int[up, across].
    """

    across: Parts
    up: Parts
    values: NDArray[np.float64]
    points: NDArray[np.int64]


def heat_map_figures(response: Response) -> list[Figure]:
    """The outcome over two factors: those of the design, or, of more, the two that move it most.

    Args:
        response: an outcome over a design; none is drawn with fewer than two factors, or if no point has a value.
    """
    if len(response.design.factors) < 2 or not has_values(response):
        return []
    with house_style(texts_of(response.design)):
        return [_draw(response, map_cells(response))]


def map_cells(response: Response) -> Cells:
    """The cells: levels where a factor has few, else even bins, as narrow as the points can fill."""
    design = response.design
    first, second = range(2) if len(design.factors) == 2 else sorted(strongest(shown_effects(response), 2))
    columns, levels = (first, second), [levels_of(design, column) for column in (first, second)]
    cells = len(design) / POINTS_A_CELL / np.prod([len(parts) for parts in levels if parts])
    bins = int(np.clip(cells if any(levels) else np.sqrt(cells), FEWEST_BINS, MOST_BINS))
    across, up = (parts or even_bins(design, column, bins) for column, parts in zip(columns, levels, strict=True))
    values, which = shown_means(response), up.of * len(across) + across.of
    known, size, shape = np.isfinite(values), len(up) * len(across), (len(up), len(across))
    counts = np.bincount(which[known], minlength=size)
    sums = np.bincount(which[known], weights=values[known], minlength=size)
    means = np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)
    return Cells(across, up, means.reshape(shape), np.bincount(which, minlength=size).reshape(shape))


def _edges(parts: Parts) -> NDArray[np.float64]:
    """Borders on the axis: of values for bins; halves between numbers of levels, evenly, however far apart."""
    return parts.edges if len(parts.edges) else np.arange(len(parts) + 1, dtype=np.float64) - np.float64(0.5)


def _draw(response: Response, cells: Cells) -> Figure:
    title = (
        f"{outcome_title(response.outcome)}, over {factor_name(cells.across.factor)} and {factor_name(cells.up.factor)}"
    )
    height = float(np.clip(24.0 * len(cells.up), 150.0, 330.0))
    low, high = _span(cells.values)
    bar_ticks = round_ticks(low, high, 6)
    bar_texts = tick_texts(bar_ticks)
    bar_label = wrapped(outcome_words(response.outcome), height + 8, SMALL)
    bar_room = BAR_GAP + BAR + max(width(text, SMALL) for text in bar_texts) + 9 + len(bar_label) * SMALL * LEADING

    names = [shortened(name, NAMES_ROOM, SMALL, 1)[0] for name in part_names(cells.up)]
    ticks, texts = fitting_ticks(float(_edges(cells.up)[0]), float(_edges(cells.up)[-1]), 2 * height)
    beside = texts if cells.up.binned else names
    heading, words = _factor_lines(cells.up, height + 8)
    side = len([*heading, *words]) * SMALL * LEADING + 4
    left = MARGIN + side + max(width(text, SMALL) for text in beside) + 8
    wide = WIDTH - left - bar_room - MARGIN
    band = None if cells.across.binned else name_band(part_names(cells.across), wide / len(cells.across))
    every_up = 1 if cells.up.binned else max(1, -int(-LEAST_STEP * len(names) // height))
    every = max(every_up, band.every if band else 1)
    caption = caption_lines(_caption(response, cells, every))
    below = band.height + 4 if band else SMALL * LEADING + 6
    heading_below, words_below = _factor_lines(cells.across, wide)
    foot = below + len([*heading_below, *words_below]) * SMALL * LEADING + 4
    top = head_height(title)
    page = Page(top + height + foot + caption_height(caption))
    page.head(title, caption)

    axes = page.axes(left, top, wide, height, "map")
    _draw_cells(axes, cells, low, high)
    _write_values(axes, cells, wide, height, low, high)
    if cells.up.binned:
        axes.set_yticks(ticks, texts)
    else:
        step = height / len(names)
        for number, name in enumerate(names):
            if number % every_up == 0:
                page.write(left - 6, top + height - (number + 0.5) * step, [name], middle=True, ha="right")
    if band:
        step = wide / len(cells.across)
        write_names(page, [left + (n + 0.5) * step for n in range(len(cells.across))], top + height + 3, band)
    else:
        edges = _edges(cells.across)
        axes.set_xticks(*fitting_ticks(float(edges[0]), float(edges[-1]), wide))
    write_up(page, MARGIN, top + height / 2, heading, weight="bold")
    write_up(page, MARGIN + len(heading) * SMALL * LEADING, top + height / 2, words)
    under = top + height + below
    page.write(left + wide / 2, under, heading_below, ha="center", weight="bold")
    page.write(left + wide / 2, under + len(heading_below) * SMALL * LEADING, words_below, ha="center")

    bar = page.axes(left + wide + BAR_GAP, top, BAR, height, "colours")
    shades = np.linspace(low, high, 129)
    bar.pcolormesh([0, 1], shades, (shades[:-1, None] + shades[1:, None]) / 2, cmap=MORE, edgecolors="face")
    bar.set(xticks=[], ylim=(low, high))
    bar.yaxis.tick_right()
    bar.set_yticks(bar_ticks, bar_texts)
    write_up(page, WIDTH - MARGIN - len(bar_label) * SMALL * LEADING, top + height / 2, bar_label)
    return page.figure


def _factor_lines(parts: Parts, room: float) -> tuple[list[str], list[str]]:
    words = factor_words(parts.factor)
    return shortened(factor_name(parts.factor), room, SMALL, 1, "bold"), wrapped(words, room, SMALL) if words else []


def _span(values: NDArray[np.float64]) -> tuple[float, float]:
    """Ends of the colours; some room about a single value."""
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    if high - low > 1e-9 * max(abs(low), abs(high)):
        return low, high
    pad = 0.1 * abs(low) or 1.0
    return low - pad, high + pad


def _draw_cells(axes: Axes, cells: Cells, low: float, high: float) -> None:
    across, up = _edges(cells.across), _edges(cells.up)
    axes.set(xlim=(across[0], across[-1]), ylim=(up[0], up[-1]), xticks=[], yticks=[])
    for spine in axes.spines.values():
        spine.set(visible=True)
    for row, column in zip(*np.nonzero(np.isnan(cells.values)), strict=True):
        corner = (across[column], up[row])
        axes.add_patch(
            Rectangle(corner, across[column + 1] - across[column], up[row + 1] - up[row], facecolor="#F6F6F6",
                      edgecolor=FAINT, hatch="////", linewidth=0, label="missing")
        )  # fmt: skip
    # Each cell edged in its own colour: else some viewers show white seams between them.
    axes.pcolormesh(across, up, np.ma.masked_invalid(cells.values), cmap=MORE, norm=Normalize(low, high),
                    edgecolors="face", linewidth=0.2, label="cells")  # fmt: skip


def _write_values(axes: Axes, cells: Cells, wide: float, height: float, low: float, high: float) -> None:
    """The numbers in their cells, where they are few and fit."""
    texts = {
        (int(row), int(column)): number_text(float(cells.values[row, column]), (high - low) / 15)
        for row, column in zip(*np.nonzero(np.isfinite(cells.values)), strict=True)
    }
    rows, columns = cells.values.shape
    fits = max(width(text, SMALL) for text in texts.values()) + 4 <= wide / columns and height / rows >= LEAST_STEP
    if cells.values.size > MOST_WRITTEN or not fits:
        return
    across, up = _edges(cells.across), _edges(cells.up)
    for (row, column), text in texts.items():
        red, green, blue, _ = MORE((cells.values[row, column] - low) / (high - low))
        x, y = (across[column] + across[column + 1]) / 2, (up[row] + up[row + 1]) / 2
        colour = "white" if 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2 < 0.2 else DARK
        axes.text(x, y, text, color=colour, ha="center", va="center", label="value")


def _caption(response: Response, cells: Cells, every: int) -> list[str]:
    said = [design_sentence(response)]
    others = len(response.design.factors) - 2
    if others:
        said.append(
            f"Of the {others + 2} factors, the two with the greatest main effects (from the least to the greatest "
            f"mean); each cell is the mean over its points, whatever the other{'s are' if others > 1 else ' is'}."
        )
        if is_uneven(response.design):
            said.append(
                f"Cells are not over the same values of the other {plural(others, 'factor')}: compare with the main "
                "effects."
            )
        elif left_out(response):
            said.append(
                "Where points have no value, cells are not over the same values of the other"
                f" {plural(others, 'factor')}: compare with the main effects."
            )
    elif int(cells.points.max()) > 1:
        said.append("Each cell is the mean over its points.")
    else:
        said.append("Each cell is a point, the mean over its replicates.")
    if cells.across.binned or cells.up.binned:
        filled = cells.points[cells.points > 0]
        said.append(f"Cells hold {filled.min():,} to {filled.max():,} points.")
    if every > 1:
        said.append(f"Where names are too many, one in {every} is written.")
    empty = int(np.isnan(cells.values).sum())
    if empty:
        said.append(f"Hatched ({empty:,}): no points there, or none with a value.")
    return said
