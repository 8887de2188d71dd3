"""The chance that the model gave to pairs of members, and how often such pairs were tied: a panel for each wave."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from results.checking.skill import PairSkill
from results.checking.survey_fit import Fit
from results.figures.kit.page import LEADING, MARGIN, Page, caption_height, caption_lines, head_height
from results.figures.kit.style import COLOURS, DARK, MUTED, SMALL, WIDTH, house_style

TITLE = "Pairs of members: the chance predicted, and how often they were tied"
CAPTION = (
    "Each point is a tenth of the range of chances: its size grows with the number of pairs given such a chance, and "
    "the line through it holds 95 % of what luck alone would make of so many independent pairs. On the diagonal the "
    "chances are right. AUC: how often a pair that is tied was given a higher chance than one that is not."
)
GAP, AXIS, BELOW, HEAD = 30.0, 26.0, 34.0, 2 * SMALL * LEADING + 6
SIDE = (WIDTH - 2 * MARGIN - GAP) / 2 - AXIS
MOST_ROWS = 3
AREA = (8.0, 180.0)
"""Least and greatest area of a point (points squared)."""


def calibration_figures(fit: Fit) -> list[Figure]:
    """The calibration curve of each wave whose pairs were scored; up to six waves on a page."""
    scored = [(wave.from_month, wave.pairs) for wave in fit.skill if wave.pairs is not None]
    with house_style():
        return [_page(scored[first : first + 2 * MOST_ROWS]) for first in range(0, len(scored), 2 * MOST_ROWS)]


def _page(scored: Sequence[tuple[int, PairSkill]]) -> Figure:
    caption = caption_lines([CAPTION])
    rows = -(-len(scored) // 2)
    each = HEAD + SIDE + BELOW
    page = Page(head_height(TITLE) + rows * each + caption_height(caption))
    page.head(TITLE, caption)
    for place, (begun, one) in enumerate(scored):
        left = MARGIN + AXIS + (place % 2) * (SIDE + AXIS + GAP)
        top = head_height(TITLE) + (place // 2) * each
        page.write(left, top, [f"Month {one.month}, predicted from month {begun}"], weight="bold")
        page.write(left, top + SMALL * LEADING, [f"{one.pairs:,} pairs, AUC {one.model.auc:.2f}"])
        axes = page.axes(left, top + HEAD, SIDE, SIDE, f"calibration, month {one.month}")
        _draw(axes, one)
        page.write(
            left + SIDE / 2,
            top + HEAD + SIDE + 16,
            ["chance predicted (across), share that were tied (up)"],
            color=MUTED,
            ha="center",
        )
    return page.figure


def _draw(axes: Axes, one: PairSkill) -> None:
    bins = [part for part in one.curve if part.events]
    most = max(part.events for part in bins)
    axes.set(xlim=(-0.03, 1.03), ylim=(-0.03, 1.03))
    axes.set_xticks([0, 0.5, 1], ["0", ".5", "1"])
    axes.set_yticks([0, 0.5, 1], ["0", ".5", "1"])
    axes.plot([0, 1], [0, 1], color=MUTED, linewidth=0.9, zorder=1, label="right")
    for part in bins:
        spread = 1.96 * np.sqrt(part.mean_chance * (1 - part.mean_chance) / part.events)
        ends = [max(0.0, part.mean_chance - spread), min(1.0, part.mean_chance + spread)]
        axes.plot([part.mean_chance] * 2, ends, color=COLOURS[0], linewidth=1.2, zorder=2, label="luck")
    sizes = [AREA[0] + (AREA[1] - AREA[0]) * part.events / most for part in bins]
    axes.scatter([part.mean_chance for part in bins], [part.happened for part in bins], s=sizes, color=DARK, zorder=3,
                 edgecolors="white", linewidths=0.6, label="pairs", clip_on=False)  # fmt: skip
