"""What the data say about each parameter: what was held possible before, and what is left after."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from results.calibrating.posterior_summary import weighted_quantile
from results.figures.checking.verdict_marks import few_lines
from results.figures.kit.axis_ticks import fitting_ticks
from results.figures.kit.fonts import width
from results.figures.kit.page import LEADING, MARGIN, Page, caption_height, caption_lines, head_height
from results.figures.kit.style import DARK, MUTED, SMALL, TALLEST, WIDTH, house_style
from results.words.numbers import NO_UNIT

TITLE = "What the data say about each parameter"
LINE = SMALL * LEADING
COLUMNS, GUTTER, SIDE = 3, 20.0, 26.0
"""Panels side by side, the gap between them, and the room of their upright axis (points)."""
PANEL = (WIDTH - 2 * MARGIN - (COLUMNS - 1) * GUTTER - LINE) / COLUMNS - SIDE
HIGH, NUMBERS, KEY, AIR = 66.0, 15.0, 18.0, 12.0
"""Heights of a panel, of the numbers below it, of the key, and of the gap between bands (points)."""
BINS = 20
BEFORE, AFTER = "#C8C8C8", "#56B4E9"
WORDS = ("informed", "barely informed", "not informed")
FILL = {"informed": "full", "barely informed": "left"}
"""How full the circle before the word is; else it is hollow."""


class Marginal(Protocol):
    """What is drawn of one parameter: its uniform prior, and weighted draws of its posterior."""

    @property
    def key(self) -> str:
        """Dotted key of the parameter."""

    @property
    def label(self) -> str:
        """What it is, in plain words."""

    @property
    def unit(self) -> str:
        """Of its values."""

    @property
    def prior_low(self) -> float:
        """Least value held possible before."""

    @property
    def prior_high(self) -> float:
        """Greatest value held possible before."""

    @property
    def values(self) -> NDArray[np.float64]:
        """Draws of the posterior, float[draws]."""

    @property
    def weights(self) -> NDArray[np.float64]:
        """Weight of each draw, float[draws]; they sum to 1."""

    @property
    def word(self) -> str:
        """One of WORDS."""

    @property
    def sentence(self) -> str:
        """What was learned, in plain words."""

    @property
    def default(self) -> float | None:
        """The value where a scenario says nothing, or None."""


def posterior_figures(marginals: Sequence[Marginal]) -> list[Figure]:
    """A panel for each parameter, those that the data inform first: prior, posterior, 90 % interval and default.

    Args:
        marginals: none is drawn without any; equals stay in their order.

    Returns:
        As many pages as needed.
    """
    if not marginals:
        return []
    with house_style(text for one in marginals for text in (one.key, one.label, one.unit, one.sentence)):
        ranked = by_word(marginals)
        caption = caption_lines(_caption(ranked))
        fixed = head_height(TITLE) + KEY + caption_height(caption)
        pages: list[list[Sequence[Marginal]]] = [[]]
        for start in range(0, len(ranked), COLUMNS):
            band = ranked[start : start + COLUMNS]
            if pages[-1] and fixed + sum(map(_band_height, [*pages[-1], band])) > TALLEST:
                pages.append([])
            pages[-1].append(band)
        return [_draw_page(bands, caption, number > 0) for number, bands in enumerate(pages)]


def by_word(marginals: Sequence[Marginal]) -> list[Marginal]:
    """Informed, barely informed, not informed; within each in their order."""
    return sorted(marginals, key=lambda one: WORDS.index(one.word) if one.word in WORDS else len(WORDS))


def times_prior(marginal: Marginal) -> NDArray[np.float64]:
    """How much likelier each twentieth of the prior's range has become, float[BINS]; 1 everywhere before."""
    inside = np.clip(marginal.values, marginal.prior_low, marginal.prior_high)
    share, _ = np.histogram(inside, BINS, (marginal.prior_low, marginal.prior_high), weights=marginal.weights)
    return np.asarray(BINS * share / marginal.weights.sum())


def with_unit(one: Marginal) -> str:
    """What it is, with its unit where it has one."""
    words = one.label or one.key
    return words if one.unit in NO_UNIT or f"({one.unit})" in words else f"{words} ({one.unit})"


def _name(one: Marginal) -> list[str]:
    return few_lines(one.key, SIDE + PANEL, SMALL, 2, "bold")


def _unit(one: Marginal) -> list[str]:
    return few_lines(with_unit(one), PANEL + SIDE, SMALL, 4)


def _sentence(one: Marginal) -> list[str]:
    return few_lines(one.sentence, PANEL + SIDE, SMALL, 6) if one.sentence else []


def _head(band: Sequence[Marginal]) -> float:
    return (1 + max(len(_name(one)) for one in band)) * LINE + 4


def _foot(band: Sequence[Marginal]) -> float:
    return NUMBERS + max(len(_unit(one)) + len(_sentence(one)) for one in band) * LINE + 3


def _band_height(band: Sequence[Marginal]) -> float:
    return _head(band) + HIGH + _foot(band) + AIR


def _draw_page(bands: Sequence[Sequence[Marginal]], caption: Sequence[str], continued: bool) -> Figure:
    title = f"{TITLE} (continued)" if continued else TITLE
    page = Page(head_height(title) + KEY + sum(map(_band_height, bands)) + caption_height(caption))
    page.head(title, caption)
    _draw_key(page, head_height(title) + KEY / 2 - 4)
    top = head_height(title) + KEY
    for band in bands:
        start = top + _head(band)
        page.sheet.text(MARGIN, start + HIGH / 2, "times as likely", rotation=90, ha="left", va="center")
        for column, one in enumerate(band):
            left = MARGIN + LINE + column * (SIDE + PANEL + GUTTER)
            lines = _name(one)
            page.write(left, start - 4 - (1 + len(lines)) * LINE, lines, weight="bold")
            _write_word(page, left, start - 4 - LINE / 2, one.word)
            _draw_panel(page.axes(left + SIDE, start, PANEL, HIGH, one.key), one)
            under = start + HIGH + NUMBERS
            page.write(left, under, _unit(one))
            page.write(left, under + len(_unit(one)) * LINE + 3, _sentence(one), color=MUTED)
        top += _band_height(band)
    return page.figure


def _write_word(page: Page, left: float, middle: float, word: str) -> None:
    page.sheet.plot(left + 4, middle, "o", markersize=6, color=DARK, markerfacecolor=DARK, markeredgewidth=1.0,
                    markerfacecoloralt="white", fillstyle=FILL.get(word, "none"))  # fmt: skip
    page.write(left + 12, middle, few_lines(word, PANEL + SIDE - 12, SMALL, 1), middle=True)


def _draw_panel(axes: Axes, one: Marginal) -> None:
    heights = times_prior(one)
    edges = np.linspace(one.prior_low, one.prior_high, BINS + 1)
    span, top = one.prior_high - one.prior_low, max(1.6, float(heights.max()) * 1.22)
    axes.set(xlim=(one.prior_low - 0.03 * span, one.prior_high + 0.03 * span), ylim=(-0.16 * top, top))
    axes.set_xticks(*fitting_ticks(one.prior_low, one.prior_high, 0.8 * PANEL))
    axes.set_yticks(*_upright(top))
    axes.fill_between([one.prior_low, one.prior_high], 0, 1, color=BEFORE, linewidth=0, zorder=1, label="before")
    axes.stairs(heights, edges, fill=True, color=AFTER, alpha=0.75, linewidth=0, zorder=2, label="after")
    axes.stairs(heights, edges, color="#0072B2", linewidth=1.0, zorder=3)
    axes.plot([one.prior_low, one.prior_high], [1, 1], color=MUTED, linewidth=0.8, zorder=4, linestyle=(0, (4, 2)))
    low, middle, high = (weighted_quantile(one.values, one.weights, share) for share in (0.05, 0.5, 0.95))
    y = -0.08 * top
    axes.plot([low, high], [y, y], "|-", color=DARK, linewidth=1.4, markersize=5, zorder=4, label="interval")
    axes.plot(middle, y, "o", color=DARK, markersize=4, zorder=5, label="median")
    if one.default is not None:
        off = "<" if one.default < one.prior_low else ">" if one.default > one.prior_high else ""
        place = min(max(one.default, one.prior_low), one.prior_high)
        axes.plot(
            place, 0.93 * top, off or "v", color="#D55E00", markersize=6, clip_on=False, zorder=5, label="default"
        )


def _upright(top: float) -> tuple[list[float], list[str]]:
    """0, 1, and a round number high up where it is clear of 1."""
    far = next((number for number in (20, 15, 10, 8, 6, 5, 4, 3, 2) if number <= 0.95 * top), 1)
    ticks = [0.0, 1.0, float(far)] if far >= 0.25 * top + 1 else [0.0, 1.0]
    if top > 5.5:  # 1 would run into 0
        ticks = [0.0, float(far)]
    return ticks, [f"{tick:.0f}" for tick in ticks]


def _draw_key(page: Page, middle: float) -> None:
    x = MARGIN
    for number, text in enumerate(("before", "after", "90 % interval and median", "default")):
        if number < 2:
            page.sheet.fill_between([x, x + 14], middle - 5, middle + 5, color=(BEFORE, AFTER)[number], linewidth=0)
            edge, style = (MUTED, (0, (4, 2))) if number == 0 else ("#0072B2", "solid")
            page.sheet.plot([x, x + 14], [middle - 5] * 2, color=edge, linewidth=1.0, linestyle=style)
        elif number == 2:
            page.sheet.plot([x, x + 16], [middle] * 2, "|-", color=DARK, linewidth=1.4, markersize=5)
            page.sheet.plot(x + 8, middle, "o", color=DARK, markersize=4)
        else:
            page.sheet.plot(x + 8, middle, "v", color="#D55E00", markersize=6)
        page.write(x + 20, middle, [text], middle=True)
        x += 20 + width(text, SMALL) + 14


def _caption(ranked: Sequence[Marginal]) -> list[str]:
    counts = ", ".join(f"{sum(one.word == word for one in ranked)} {word}" for word in WORDS)
    return [
        f"{len(ranked)} parameter{'s' * (len(ranked) > 1)}: {counts}.",
        "Grey, under the dashed line: every value of the range equally likely, before looking at data. Blue: after; "
        "the height says how many times as likely a value has become. Where blue follows the dashed line the data say "
        "nothing. A full circle marks what the data inform, a half-full one what they barely inform, a hollow one "
        "what they leave as it was. A triangle that points sideways: the default lies outside the range.",
    ]
