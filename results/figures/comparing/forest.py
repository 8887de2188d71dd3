"""Differences from the baseline, outcome by outcome, with how sure we are of each."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from results.figures.comparing.forest_cells import Cell, PairedDifference, cells
from results.figures.kit.fonts import shortened, width, wrapped
from results.figures.kit.page import LEADING, MARGIN, Page, caption_height, caption_lines, head_height
from results.figures.kit.style import MUTED, SMALL, TALLEST, WIDTH, house_style, stroke

COLUMNS, GUTTER = 3, 16.0
NAMES_ROOM = 112.0
ROW = 13.0


def difference_figures(
    differences: Sequence[PairedDifference], baseline: str, *, is_open: bool = False
) -> list[Figure]:
    """A forest plot for each headline outcome, three to a band, on as many pages as needed; none without differences.

    Args:
        differences: of any scenarios and outcomes; those of headline outcomes are drawn.
        baseline: name of the scenario that was taken off.
        is_open: whether intervals hold what is not known of parameters, too.
    """
    scenarios = list(dict.fromkeys(one.scenario for one in differences if one.scenario != baseline))
    every = cells(differences, scenarios)
    if not every:
        return []
    with house_style([baseline, *scenarios]):
        bands = [every[start : start + COLUMNS] for start in range(0, len(every), COLUMNS)]
        title = f"What each scenario changes, compared with {baseline}"
        caption = caption_lines(_caption(differences, baseline, is_open))
        fixed = head_height(title) + caption_height(caption)
        pages: list[list[list[Cell]]] = [[]]
        for one in bands:
            if pages[-1] and fixed + sum(_band_height(b, baseline) for b in [*pages[-1], one]) > TALLEST:
                pages.append([])
            pages[-1].append(one)
        return [_draw_page(bands, scenarios, baseline, title, caption) for bands in pages]


def _cell_width() -> float:
    return (WIDTH - MARGIN - NAMES_ROOM - MARGIN - GUTTER * (COLUMNS - 1)) / COLUMNS


def _title_lines(cell: Cell) -> list[str]:
    return wrapped(cell.title, _cell_width(), SMALL, "bold")


def _words(baseline: str) -> tuple[list[str], list[str]]:
    """What left and right of zero mean; the baseline by its name where that is short enough to stand there."""
    name = baseline if width(baseline, SMALL) < _cell_width() / 2 - 4 else "the baseline"
    return ["less than", name], ["more than", name]


def _band_height(band: Sequence[Cell], baseline: str) -> float:
    title = max(len(_title_lines(cell)) for cell in band)
    below = 3 + 12 + (1 + len(_words(baseline)[0])) * SMALL * LEADING + 14
    return title * SMALL * LEADING + 3 + ROW * len(band[0].rows) + below


def _draw_page(
    bands: Sequence[Sequence[Cell]], scenarios: Sequence[str], baseline: str, title: str, caption: Sequence[str]
) -> Figure:
    heights = [_band_height(band, baseline) for band in bands]
    page = Page(head_height(title) + sum(heights) + caption_height(caption))
    page.head(title, caption)
    top = head_height(title)
    for band, height in zip(bands, heights, strict=True):
        start = top + max(len(_title_lines(cell)) for cell in band) * SMALL * LEADING + 3
        for row, name in enumerate(scenarios):
            lines = shortened(name, NAMES_ROOM - 8, SMALL, 1)
            page.write(MARGIN + NAMES_ROOM - 6, start + ROW * (row + 0.5), lines, middle=True, ha="right")
        for column, cell in enumerate(band):
            left = MARGIN + NAMES_ROOM + column * (_cell_width() + GUTTER)
            lines = _title_lines(cell)
            page.write(left, start - 3 - len(lines) * SMALL * LEADING, lines, weight="bold")
            axes = page.axes(left, start, _cell_width(), ROW * len(scenarios), cell.outcome.name)
            _draw_cell(axes, cell)
            under = start + ROW * len(scenarios) + 3 + 12
            page.write(left + _cell_width() / 2, under, [cell.unit], ha="center")
            less, more = _words(baseline)
            page.write(left, under + SMALL * LEADING, less, color=MUTED)
            page.write(left + _cell_width(), under + SMALL * LEADING, more, color=MUTED, ha="right")
        top += height
    return page.figure


def _draw_cell(axes: Axes, cell: Cell) -> None:
    axes.set(xlim=(-cell.reach, cell.reach), ylim=(len(cell.rows), 0), yticks=[])
    axes.spines["left"].set_visible(False)
    axes.axvline(0, color=MUTED, linewidth=0.8, zorder=1)
    axes.set_xticks(_ticks(cell.reach))
    axes.xaxis.set_major_formatter(FuncFormatter(_signed))
    for row, one in enumerate(cell.rows):
        y, style = row + 0.5, stroke(row + 1)
        if row % 2 == 0:
            axes.axhspan(row, row + 1, color="#F3F3F3", linewidth=0, zorder=0)
        if one is None or not np.isfinite(one.mean):
            axes.annotate("missing", (0, y), (4, 0), textcoords="offset points", va="center", color=MUTED)
            continue
        mean, low, high = (cell.factor * value for value in (one.mean, one.low, one.high))
        sure = bool(np.isfinite(low) and np.isfinite(high) and (low > 0 or high < 0))
        if np.isfinite(low) and np.isfinite(high):
            axes.plot([low, high], [y, y], color=style["color"], linewidth=1.6, solid_capstyle="butt", zorder=2)
        axes.plot(mean, y, "o", markersize=4.8, color=style["color"], markeredgewidth=1.4, zorder=3,
                  markerfacecolor=style["color"] if sure else "white", label="sure" if sure else "unsure")  # fmt: skip


def _ticks(reach: float) -> list[float]:
    """Zero and a round number either side: three labels, however long, never meet."""
    power = 10.0 ** np.floor(np.log10(0.85 * reach))
    far = max(digit for digit in (1, 2, 3, 4, 5, 6, 8) if digit * power <= 0.85 * reach * (1 + 1e-9)) * float(power)
    return [-far, 0.0, far]


def _signed(value: float, _position: int | None) -> str:
    return "0" if value == 0 else f"{value:+,g}".replace("-", "\N{MINUS SIGN}")


def _caption(differences: Sequence[PairedDifference], baseline: str, is_open: bool) -> list[str]:
    pairs = max(one.replicates for one in differences)
    luck = "with the same luck" if all(one.same_members for one in differences) else "with the same seed"
    if pairs < 2:
        return [f"One pair of runs {luck}: a scenario's run minus that of {baseline}. Hollow, as there is no interval."]
    holds = ", including uncertainty about the parameters" if is_open else ""
    return [
        f"Means over up to {pairs:,} pairs of runs {luck}: the scenario's outcome minus that of {baseline}.",
        f"Bars: 95 % interval of the mean{holds}. "
        "Filled: the interval excludes zero; hollow: it does not, or there is none.",
        '"Now" is the planned closing, or the last month of a network that goes on.',
    ]
