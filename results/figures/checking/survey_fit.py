"""Observed against simulated, statistic by statistic: a page for each wave, by the wave that it is predicted from."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from results.checking.statistic_fit import StatisticFit
from results.checking.survey_fit import Fit
from results.figures.checking.pair_calibration import calibration_figures
from results.figures.kit.axis_ticks import fitting_ticks, round_ticks, tick_texts
from results.figures.kit.fonts import shortened, width, wrapped
from results.figures.kit.page import LEADING, MARGIN, Page, caption_height, caption_lines, head_height, save
from results.figures.kit.style import COLOURS, DARK, FILLS, MUTED, SMALL, WIDTH, house_style

GAP = 22.0
COLUMN = (WIDTH - 2 * MARGIN - GAP) / 2
SCALE = 30.0
"""Room left of a panel for the numbers of its axis (points)."""
TALL, FLAT, BELOW = 92.0, 26.0, 16.0
SPACE = 12.0
KEY = 18.0
SIMULATED = FILLS[0]
_BINS = 40
_SMOOTH = np.array([1, 4, 6, 4, 1]) / 16
"""Binomial weights rather than a normal curve: no exp, whose last digit differs by processor."""


def draw_fit(fit: Fit, folder: Path) -> list[Path]:
    """Draw a fit as SVG and PNG.

    Args:
        fit: what was judged.
        folder: where the files go; made if need be.

    Returns:
        The files: `fit`, further waves with -2, -3 and so on, those predicted from the first wave after them; then
        `calibration`, of the chances of pairs.
    """
    return [*save(fit_figures(fit), folder, "fit"), *save(calibration_figures(fit), folder, "calibration")]


def fit_figures(fit: Fit) -> list[Figure]:
    """A page for each wave, a panel for each statistic: how the simulated spread, and the observed over them.

    Waves are predicted from the one before; then, where that is not the first, from the first as well.
    """
    with house_style():
        return [
            _page(fit, list(statistics))
            for part in (fit.statistics, fit.from_first)
            for _, statistics in groupby(part, key=lambda one: one.wave_month)
        ]


def _page(fit: Fit, statistics: Sequence[StatisticFit]) -> Figure:
    month, begun = statistics[0].wave_month, statistics[0].begun_month
    title = f"The wave of month {month}: observed, and as simulated from month {begun} on"
    caption = caption_lines(
        [
            *fit.said,
            "Undecided: the observed lies among the simulated, but of random networks, the observed strengths on other "
            "pairs, fewer than half would have been noticed. Not judged: nearly all simulated networks are alike.",
        ]
    )
    top = head_height(title) + KEY
    columns, places = [top, top], []
    # Tall ones first, each into the shorter column, so that the two end at about the same height.
    for one in sorted(statistics, key=lambda one: len(one.components) == 1):
        column = int(columns[1] < columns[0])
        places.append((one, MARGIN + column * (COLUMN + GAP), columns[column]))
        columns[column] += _height(one)
    page = Page(max(columns) - SPACE + caption_height(caption))
    page.head(title, caption)
    _draw_key(page, head_height(title) + KEY / 2 - 4)
    for one, left, above in places:
        _draw_panel(page, one, left, above)
    return page.figure


def _names(one: StatisticFit) -> list[str]:
    """Components as they stand below the axis: a band in two lines."""
    return [name.replace(" to ", " to\n").replace(" or more", "\nor more") for name in one.components]


def _title(one: StatisticFit) -> list[str]:
    return wrapped(one.label[0].upper() + one.label[1:], COLUMN, SMALL, "bold")


def _height(one: StatisticFit) -> float:
    """Room of a panel with its title above and its numbers below (points)."""
    lines = len(_title(one)) + 1
    names = max(name.count("\n") for name in _names(one)) if len(one.components) > 1 else 0
    panel = TALL if len(one.components) > 1 else FLAT
    return lines * SMALL * LEADING + 4 + panel + BELOW + names * SMALL * LEADING + SPACE


def _draw_panel(page: Page, one: StatisticFit, left: float, top: float) -> None:
    title = _title(one)
    page.write(left, top, title, SMALL, weight="bold")
    top += len(title) * SMALL * LEADING
    found = f"p = {one.p:.2g}, adjusted {one.adjusted:.2g}: {one.verdict}" if one.judged else "not judged: undecided"
    page.write(left, top, shortened(found, COLUMN, SMALL, 1), SMALL, color=_colour(one))
    top += SMALL * LEADING + 4
    label = f"{one.name}, month {one.wave_month}"
    if len(one.components) == 1:
        _draw_flat(page.axes(left + 6, top, COLUMN - 12, FLAT, label), one)
    else:
        _draw_tall(page.axes(left + SCALE, top, COLUMN - SCALE, TALL, label), one)


def _colour(one: StatisticFit) -> str:
    return COLOURS[1] if one.verdict == "contradicted" else DARK


def _ends(one: StatisticFit) -> tuple[float, float]:
    """Ends of the axis: all that is drawn, and a little more."""
    low, high = min(one.simulated.min(), one.observed.min()), max(one.simulated.max(), one.observed.max())
    room = 0.06 * (high - low) or 0.5
    return float(low - room), float(high + room)


def _outline(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How often the simulated lie where: places, and frequencies of which the greatest is 1."""
    low, high = float(values.min()), float(values.max())
    if low == high:
        return np.array([low]), np.array([1.0])
    if (values == np.rint(values)).all():  # counts: each its own bin, or so many together
        step = -(-(high - low + 1) // _BINS)
        edges = np.arange(low - 0.5, high + 0.5 + step, step)
    else:
        edges = np.linspace(low, high, _BINS + 1)
    often = np.histogram(values, edges)[0].astype(np.float64)
    if len(often) > 2 * len(_SMOOTH):
        often = np.convolve(often, _SMOOTH, mode="same")
    return (edges[1:] + edges[:-1]) / 2, often / often.max()


def _draw_flat(axes: Axes, one: StatisticFit) -> None:
    """A single number: the simulated as a violin that lies, the observed as an upright."""
    ends, ((low,), (high,)) = _ends(one), one.spread
    axes.set(xlim=ends, ylim=(-1.05, 1.05), yticks=[])
    axes.spines["left"].set_visible(False)
    if np.ptp([*one.simulated[:, 0], *one.observed]) > 0:
        axes.set_xticks(*fitting_ticks(*ends, COLUMN - 12))
    else:
        axes.set_xticks(one.observed, [f"{one.observed[0]:.3g}"])
    places, often = _outline(one.simulated[:, 0])
    if len(places) == 1:
        axes.plot([places[0]] * 2, [-0.9, 0.9], color=SIMULATED, linewidth=4, solid_capstyle="butt", zorder=2)
    else:
        axes.fill_between(places, -0.9 * often, 0.9 * often, color=SIMULATED, linewidth=0, zorder=2)
    axes.plot([low, high], [0, 0], "|-", color=MUTED, linewidth=0.9, markersize=6, zorder=3, label="middle 95 %")
    axes.plot(one.observed, [0], "D", color=_colour(one), markersize=6, markeredgecolor="white", zorder=4,
              label="observed", clip_on=False)  # fmt: skip


def _draw_tall(axes: Axes, one: StatisticFit) -> None:
    """Several numbers side by side: a violin for each, the observed as signs on a line."""
    ends = _ends(one)
    ticks = round_ticks(*ends, 4)
    axes.set(xlim=(-0.6, len(one.components) - 0.4), ylim=ends)
    axes.set_yticks(ticks, tick_texts(ticks))
    axes.set_xticks(range(len(one.components)), _names(one))
    axes.tick_params(axis="x", length=0)
    for place, values in enumerate(one.simulated.T):
        at, often = _outline(values)
        if len(at) == 1:
            axes.plot([place - 0.3, place + 0.3], [at[0]] * 2, color=SIMULATED, linewidth=3, zorder=2)
        else:
            axes.fill_betweenx(at, place - 0.42 * often, place + 0.42 * often, color=SIMULATED, linewidth=0, zorder=2)
        axes.plot([place] * 2, one.spread[:, place], "_-", color=MUTED, linewidth=0.9, markersize=6, zorder=3,
                  label="middle 95 %")  # fmt: skip
    # No line between things that have no order: a mean is no step on the way to a share.
    style = "D-" if one.name != "trust" else "D"
    axes.plot(range(len(one.components)), one.observed, style, color=_colour(one), linewidth=1.0, markersize=5,
              markeredgecolor="white", zorder=4, label="observed", clip_on=False)  # fmt: skip


def _draw_key(page: Page, middle: float) -> None:
    x = MARGIN
    entries = (
        ("observed", {"marker": "D", "color": DARK, "markeredgecolor": "white", "markersize": 6}),
        ("observed, contradicted", {"marker": "D", "color": COLOURS[1], "markeredgecolor": "white",
                                                         "markersize": 6}),
        ("simulated: the wider, the more often", {"marker": "s", "color": SIMULATED, "markersize": 8}),
    )  # fmt: skip
    for words, sign in entries:
        page.sheet.plot(x + 5, middle, linestyle="none", **sign)  # type: ignore[arg-type]
        page.write(x + 13, middle, [words], middle=True)
        x += 13 + width(words, SMALL) + 12
    page.sheet.plot([x, x + 14], [middle] * 2, "|-", color=MUTED, linewidth=0.9, markersize=6)
    page.write(x + 19, middle, ["middle 95 %"], middle=True)
