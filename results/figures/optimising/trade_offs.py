"""Several outcomes traded for each other: a line across the page for each outcome, and each use of the budget a path.

Outcomes stand below each other, not side by side, so that their names have room on a narrow screen, however many.
"""

from collections.abc import Sequence
from typing import Any

from matplotlib.figure import Figure

from results.figures.kit.fonts import shortened
from results.figures.kit.page import MARGIN, Page, caption_height, caption_lines, head_height
from results.figures.kit.response_labels import outcome_words
from results.figures.kit.style import COLOURS, DARK, DASHES, FAINT, MUTED, SMALL, WIDTH, house_style
from results.optimising.final import Finalist, Optimum
from results.optimising.front_words import best_in_each
from results.optimising.objective import sign
from results.optimising.plan_words import name_of
from results.words.numbers import number
from simulation.outcomes import outcome_named

LINE = 58.0
"""Room of an outcome: its name above its line."""
KEY = 16.0


def trade_off_figure(found: Optimum) -> Figure:
    """Uses on the front by every outcome that was asked for, better to the right; the best in each in colour."""
    outcomes = found.question.outcomes
    marked = [one for one, _ in best_in_each(found)][: len(COLOURS)]
    others = [one for one in found.front if one not in marked]
    with house_style():
        title = "What is traded for what"
        caption = caption_lines(
            [
                "Each path is one use of the budget on the front, on new networks; further right is better. In colour: "
                "the best in an outcome; grey: the others; square: as planned.",
                f"Averages of {found.question.final:,} networks; their intervals stand in the table.",
            ]
        )
        top = head_height(title) + 6
        keys = top + KEY * (len(marked) + 1)
        page = Page(keys + LINE * len(outcomes) + 6 + caption_height(caption))
        page.head(title, caption)
        left, right = MARGIN + 50, WIDTH - MARGIN - 50
        rows = [keys + LINE * (place + 0.62) for place in range(len(outcomes))]
        everybody = [*found.front, found.planned]
        for outcome, row in zip(outcomes, rows, strict=True):
            _line(page, everybody, outcome, row, left, right)

        def path(one: Finalist, **style: Any) -> None:
            spots = [left + (right - left) * _place(everybody, one, outcome) for outcome in outcomes]
            page.sheet.plot(spots, rows, **style)

        for one in others:
            path(one, color=FAINT, linewidth=1.0, zorder=6)
        path(found.planned, color=DARK, linewidth=0, marker="s", markersize=4, zorder=9)
        for place, one in enumerate(marked):
            style: dict[str, Any] = {
                "color": COLOURS[(place + 1) % len(COLOURS)],
                "linestyle": DASHES[place % len(DASHES)],
            }
            path(one, **style, linewidth=1.8, marker="o", markersize=4.5, zorder=8)
            page.sheet.plot([MARGIN, MARGIN + 26], [top + KEY * (place + 0.5)] * 2, linewidth=1.8, **style)
            best = [outcome_words(outcome) for other, some in best_in_each(found) if other is one for outcome in some]
            words = f"{name_of(found, one)}: best in {', '.join(best)}"
            page.write(MARGIN + 32, top + KEY * (place + 0.5), shortened(words, WIDTH - 60, SMALL, 1), middle=True)
        height = top + KEY * (len(marked) + 0.5)
        page.sheet.plot([MARGIN + 13], [height], "s", color=DARK, markersize=4)
        page.write(MARGIN + 32, height, ["as planned"], middle=True)
        return page.figure


def _line(page: Page, everybody: Sequence[Finalist], outcome: str, row: float, left: float, right: float) -> None:
    """An outcome's line, its name above it and its two ends beside it."""
    scale = outcome_named(outcome).scale
    means = [one.report.mean(outcome) for one in everybody]
    low, high = (min(means), max(means)) if sign(outcome) > 0 else (max(means), min(means))
    page.sheet.plot([left, right], [row, row], color=MUTED, linewidth=0.7, zorder=4)
    (words,) = shortened(outcome_words(outcome), right - left, SMALL, 1)
    box = {"boxstyle": "square,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.85}
    page.write(left, row - 19, [words], color=MUTED, zorder=12, bbox=box)
    page.write(left - 8, row, [number(low, scale)], middle=True, ha="right")
    page.write(right + 8, row, [number(high, scale)], middle=True)


def _place(everybody: Sequence[Finalist], one: Finalist, outcome: str) -> float:
    """From 0, the worst of them, to 1, the best."""
    worths = [other.report.worth(outcome) for other in everybody]
    reach = max(worths) - min(worths)
    return (one.report.worth(outcome) - min(worths)) / reach if reach > 0 else 0.5
