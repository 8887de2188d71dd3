"""Which parameters the data tie to each other: the posterior of each pair."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from results.estimates.factor_bins import MINUS, number_text
from results.figures.calibrating.posterior import AFTER, BINS, Marginal, by_word, times_prior, with_unit
from results.figures.checking.verdict_marks import few_lines
from results.figures.kit.fonts import width
from results.figures.kit.page import LEADING, MARGIN, Page, caption_height, caption_lines, head_height
from results.figures.kit.style import DARK, SMALL, WIDTH, house_style
from results.words.numbers import number

TITLE = "Which parameters the data tie to each other"
LINE = SMALL * LEADING
MOST = 6
NAMES, NUMBERS, GAP = 118.0, 30.0, 7.0
"""Room of the names at the left, of the numbers of the upright axes, and between panels (points)."""
DRAWS = 300
"""Draws that are shown; more would be a blot."""
STRONG = 0.5
"""Correlations from here on are written in bold."""


def pairs_figure(marginals: Sequence[Marginal]) -> Figure | None:
    """Draws of the posterior for each pair of up to six parameters, those that the data inform first.

    Args:
        marginals: of the same draws, that is, with equal weights in the same order.

    Returns:
        The page; None with fewer than two parameters.

    Raises:
        ValueError: if they are not of the same draws.
    """
    if len(marginals) < 2:
        return None
    for one in marginals:
        if not np.array_equal(one.weights, marginals[0].weights) or len(one.values) != len(one.weights):
            raise ValueError(
                f"{one.key} has other draws or weights than {marginals[0].key}: pairs need values drawn together; "
                "pass the marginals of one posterior"
            )
    chosen = by_word(marginals)[:MOST]
    with house_style(text for one in chosen for text in (one.key, one.label, one.unit)):
        caption = caption_lines(_caption(len(chosen), len(marginals)))
        wide = (WIDTH - 2 * MARGIN - NAMES - NUMBERS - (len(chosen) - 1) * GAP) / len(chosen)
        side = min(wide, 90.0)
        foot = 15 + 3 * LINE
        page = Page(head_height(TITLE) + len(chosen) * (side + GAP) + foot + caption_height(caption))
        page.head(TITLE, caption)
        shown = _drawn(marginals[0].weights)
        for row, down in enumerate(chosen):
            top = head_height(TITLE) + row * (side + GAP)
            page.write(MARGIN, top + side / 2, _row_name(row, down), middle=True)
            for column, across in enumerate(chosen):
                left = MARGIN + NAMES + NUMBERS + column * (wide + GAP)
                axes = page.axes(left, top, wide, side, f"{down.key} against {across.key}")
                _draw_cell(axes, row, column, down, across, shown)
                if row == len(chosen) - 1:
                    bottom = top + side + 15
                    page.write(left + wide / 2, bottom, _column_name(column, across, wide), ha="center")
                    axes.set_xticks(*_ends(across, wide - 4))
                    first, last = axes.get_xticklabels()
                    first.set_horizontalalignment("left")
                    last.set_horizontalalignment("right")
                if column == 0 and row > 0:
                    axes.set_yticks(*_ends(down, 2 * NUMBERS - 16))
        return page.figure


def correlation(one: Marginal, other: Marginal) -> float:
    """Weighted correlation of the posterior; nan where one of them does not vary."""
    weights = one.weights / one.weights.sum()
    first, second = (marginal.values - float(weights @ marginal.values) for marginal in (one, other))
    spread = float(weights @ first**2) * float(weights @ second**2)
    return float(weights @ (first * second)) / spread**0.5 if spread > 0 else float("nan")


def _drawn(weights: NDArray[np.float64]) -> NDArray[np.intp]:
    """Places of the draws that are shown, as often as they weigh: evenly spaced over the cumulated weights."""
    below = np.cumsum(weights / weights.sum())
    return np.minimum(np.searchsorted(below, (np.arange(DRAWS) + 0.5) / DRAWS), len(weights) - 1)


def _row_name(number: int, one: Marginal) -> list[str]:
    return few_lines(f"{number + 1}  {with_unit(one)}", NAMES - 4, SMALL, 4)


def _column_name(number: int, one: Marginal, room: float) -> list[str]:
    """Its number and its key, broken after the tables."""
    parts = one.key.replace(".", ". ").split()[-2:] or [""]
    return [str(number + 1), *(line for part in parts for line in few_lines(part, room, SMALL, 1))]


def _ends(one: Marginal, room: float) -> tuple[list[float], list[str]]:
    """The ends of its range, as texts that have room (points) together."""
    ends = [one.prior_low, one.prior_high]
    texts = [number_text(float(f"{end:.3g}")) for end in ends]
    if sum(width(text, SMALL) for text in texts) > room:
        texts = [f"{end:.0e}".replace("e+0", "e").replace("e-0", "e-").replace("-", MINUS) for end in ends]
    return ends, texts


def _draw_cell(axes: Axes, row: int, column: int, down: Marginal, across: Marginal, shown: NDArray[np.intp]) -> None:
    span = across.prior_high - across.prior_low
    axes.set(xlim=(across.prior_low - 0.05 * span, across.prior_high + 0.05 * span), xticks=[], yticks=[])
    for edge in ("top", "right"):
        axes.spines[edge].set_visible(True)
    if row == column:
        edges = np.linspace(across.prior_low, across.prior_high, BINS + 1)
        axes.stairs(times_prior(across), edges, fill=True, color=AFTER, linewidth=0)
        axes.stairs(times_prior(across), edges, color="#0072B2", linewidth=0.8)
        axes.set_ylim(0, 1.15 * max(1.0, float(times_prior(across).max())))
    elif row > column:
        tall = down.prior_high - down.prior_low
        axes.set_ylim(down.prior_low - 0.05 * tall, down.prior_high + 0.05 * tall)
        axes.plot(across.values[shown], down.values[shown], "o", markersize=2.2, markeredgewidth=0, color=DARK,
                  alpha=0.35, label="draws")  # fmt: skip
    else:
        found = correlation(down, across)
        text = "none" if np.isnan(found) else number(found, "index", sign=True).replace("-", MINUS)
        strong = abs(found) >= STRONG
        axes.set_facecolor("#E4E4E4" if strong else "white")
        axes.text(0.5, 0.5, text, transform=axes.transAxes, ha="center", va="center_baseline",
                  weight="bold" if strong else "normal")  # fmt: skip


def _caption(drawn: int, given: int) -> list[str]:
    which = "All parameters." if drawn == given else f"{drawn} of {given} parameters, those that the data inform first."
    return [
        which,
        f"Below the diagonal: {DRAWS} draws of the posterior, each panel over the ranges held possible before; a slope "
        "means that the data leave the two open together, one making up for the other. Above: their correlation, from "
        "\N{MINUS SIGN}1 to 1, in bold on grey from 0.5 on; none: one of the two does not vary. On the diagonal: how "
        "likely each value is.",
    ]
