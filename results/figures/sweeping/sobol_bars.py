"""Sobol' indices as bars: which factors the outcome's variance depends on, alone and together with others."""

from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from results.estimates.response import Response
from results.figures.kit.axis_ticks import fitting_ticks
from results.figures.kit.factor_labels import label_height, write_factor
from results.figures.kit.fonts import width
from results.figures.kit.page import LEADING, MARGIN, Page, caption_height, caption_lines, head_height
from results.figures.kit.response_labels import design_sentence, has_values, outcome_title, texts_of
from results.figures.kit.style import DARK, MUTED, SMALL, TALLEST, WIDTH, house_style
from scenarios.designs.factors import Factor

FIRST, TOTAL = "#0072B2", "#56B4E9"
"""A dark and a light blue: told apart in grey print and by everybody."""
ROOM = 184.0
BARS = WIDTH - 2 * MARGIN - ROOM
KEY = 16.0
AXIS = "share of the outcome's variance between points (0 to 1)"


class SobolIndex(Protocol):
    """What is drawn of one factor: its first-order and its total index, each with its 95 % interval."""

    @property
    def key(self) -> str:
        """Key of the factor."""

    @property
    def first(self) -> float:
        """Share of the variance that it makes alone."""

    @property
    def first_low(self) -> float:
        """Lower end of its interval."""

    @property
    def first_high(self) -> float:
        """Upper end."""

    @property
    def total(self) -> float:
        """Share of the variance that it makes together with all it does with others."""

    @property
    def total_low(self) -> float:
        """Lower end of its interval."""

    @property
    def total_high(self) -> float:
        """Upper end."""


@runtime_checkable
class SobolAnalysis(Protocol):
    """Sobol' indices of one outcome."""

    @property
    def indices(self) -> Sequence[SobolIndex]:
        """One for each factor."""


def sobol_figures(response: Response, analysis: SobolAnalysis) -> list[Figure]:
    """First-order and total index of each factor with their intervals, the greatest total on top.

    Args:
        response: what was analysed.
        analysis: its indices; those that are nan are left out, and nothing is drawn if all are.
    """
    ranked = sorted(
        (one for one in analysis.indices if np.isfinite([one.first, one.total]).all()), key=lambda one: -one.total
    )
    if not ranked or not has_values(response):
        return []
    factors = {factor.key: factor for factor in response.design.factors}
    title = f"{outcome_title(response.outcome)}: which factors it depends on"
    with house_style(texts_of(response.design)):
        return index_figures(ranked, factors, title, _caption(response, analysis, ranked))


def index_figures(
    ranked: Sequence[SobolIndex], factors: Mapping[str, Factor], title: str, said: Sequence[str]
) -> list[Figure]:
    """First-order and total indices with their intervals, page after page; within a house style.

    Args:
        ranked: in the order in which they are drawn.
        factors: by key.
        title: above each page.
        said: in the caption.
    """
    row = max(26.0, *(label_height(factors[one.key], ROOM) + 6 for one in ranked))
    caption = caption_lines(said)
    fixed = head_height(title) + KEY + 2 * SMALL * LEADING + 12 + caption_height(caption)
    pages = -(-len(ranked) // int((TALLEST - fixed) // row))
    figures = []
    for some in np.array_split(np.arange(len(ranked)), pages):
        page = Page(fixed + row * len(some))
        page.head(title, caption)
        left, top, height = MARGIN + ROOM, head_height(title) + KEY, row * len(some)
        _draw_key(page, left, top - KEY / 2 - 3)
        axes = page.axes(left, top, BARS, height, "sobol")
        _draw_bars(axes, [ranked[place] for place in some], _axis(ranked))
        for number, place in enumerate(some):
            write_factor(page, left - 6, top + row * (number + 0.5), factors[ranked[place].key], ROOM)
        page.write(left + BARS / 2, top + height + SMALL * LEADING + 6, [AXIS], ha="center")
        figures.append(page.figure)
    return figures


def _axis(ranked: Sequence[SobolIndex]) -> tuple[float, float]:
    values = [
        value for one in ranked for value in (one.first, one.first_low, one.first_high, one.total, one.total_low,
                                              one.total_high) if np.isfinite(value)
    ]  # fmt: skip
    low, high = min(0.0, *values), max(0.0, *values)
    return low * 1.04, 1.04 * high or 1.0


def _draw_bars(axes: Axes, chosen: Sequence[SobolIndex], axis: tuple[float, float]) -> None:
    axes.set(xlim=axis, ylim=(len(chosen), 0), yticks=[])
    axes.spines["left"].set_visible(False)
    axes.set_xticks(*fitting_ticks(*axis, BARS))
    axes.axvline(0, color=MUTED, linewidth=0.8, zorder=3)
    for row, one in enumerate(chosen):
        if row % 2 == 0:
            axes.axhspan(row, row + 1, color="#F3F3F3", linewidth=0, zorder=0)
        for y, value, low, high, colour, called in (
            (row + 0.34, one.first, one.first_low, one.first_high, FIRST, "first"),
            (row + 0.66, one.total, one.total_low, one.total_high, TOTAL, "total"),
        ):
            axes.barh(y, value, 0.3, color=colour, linewidth=0, zorder=2, label=called)
            if np.isfinite(low) and np.isfinite(high):
                axes.plot(
                    [low, high], [y, y], "|-", color=DARK, linewidth=0.9, markersize=4, zorder=4, label="interval"
                )


def _draw_key(page: Page, left: float, middle: float) -> None:
    x = left
    for colour, words in ((FIRST, "alone (first order)"), (TOTAL, "with others (total)")):
        page.sheet.plot(x + 5, middle, "s", markersize=7, color=colour, markeredgewidth=0)
        page.write(x + 13, middle, [words], middle=True)
        x += 13 + width(words, SMALL) + 14
    page.sheet.plot([x, x + 12], [middle, middle], "|-", color=DARK, linewidth=0.9, markersize=4)
    page.write(x + 17, middle, ["95 % interval"], middle=True)


def _caption(response: Response, analysis: SobolAnalysis, ranked: Sequence[SobolIndex]) -> list[str]:
    said = [design_sentence(response)]
    if all(one.total == 0 for one in ranked):
        said.append("The outcome is the same everywhere, so there is no variance to share out.")
    else:
        said.append(
            "A bar is the share of the variance between points that goes with the factor. Where the total is longer, "
            "the factor matters through interactions, and totals add up to more than 1. With few points, estimates can "
            "fall below 0 or exceed 1."
        )
    if len(ranked) < len(analysis.indices):
        said.append(f"Left out, since they could not be estimated: {len(analysis.indices) - len(ranked)}.")
    return said
