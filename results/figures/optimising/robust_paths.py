"""Robust plans as paths: a line across the page for each objective, or each criterion of one outcome, and the cost.

Lines stand below each other, not side by side, so that their names have room on a narrow screen, however many.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from math import isfinite

from matplotlib.figure import Figure

from results.figures.kit.fonts import shortened
from results.figures.kit.page import MARGIN, Page, caption_height, caption_lines, head_height
from results.figures.kit.style import DARK, MUTED, SMALL, WIDTH, house_style
from results.figures.optimising.robust_kinds import key_height, signs_of, write_key
from results.robust_search.asked import Objective
from results.robust_search.final import RobustFinalist, RobustOptimum
from results.robust_search.score_words import as_shown, is_more_better, objective_words, scale_shown
from results.robust_search.sureness import Score
from results.robust_search.tables import rows_shown
from results.words.currency import shown_currency
from results.words.numbers import number
from simulation.outcomes import Scale

LINE = 50.0
"""Room of a line: its name above it."""


@dataclass(frozen=True)
class Line:
    """What is drawn on one line.

    Attributes:
        words: its name.
        scale: of its ends.
        more_is_better: or less.
        of: a plan's score.
    """

    words: str
    scale: Scale
    more_is_better: bool
    of: Callable[[RobustFinalist], Score]


def robust_paths_figure(found: RobustOptimum) -> Figure:
    """The most robust plan of each kind and what criteria choose, better to the right."""
    plans = rows_shown(found)
    lines = _lines(found)
    signs = signs_of(found)
    extra = [("D", "the most robust plan"), ("s", "as planned")]
    with house_style():
        title = "Plans by how robust they are"
        caption = caption_lines(
            [
                f"Each path is one plan, in {len(found.reported):,} fresh futures; on each line, better is further "
                "right. Thick: the most robust. Bars: its 95 % intervals over futures, as far as the lines reach."
            ]
        )
        top = head_height(title) + 4
        first = top + key_height(signs, [words for _, words in extra])
        page = Page(first + LINE * len(lines) + 8 + caption_height(caption))
        page.head(title, caption)
        write_key(page, top, found, signs, extra)
        left, right = MARGIN + 46, WIDTH - MARGIN - 46
        rows = [first + LINE * (place + 0.68) for place in range(len(lines))]
        places = {
            one.number: [left + (right - left) * _place(line, plans, line.of(one).value) for line in lines]
            for one in plans
        }
        for line, row in zip(lines, rows, strict=True):
            _draw_line(page, line, plans, row, left, right)
            _bar(page, line, plans, line.of(found.winner), row, left, right)
        for one in reversed(plans):
            best, planned = one.number == found.winner.number, one.number == 0
            sign = signs.of(one.kind)
            page.sheet.plot(
                places[one.number], rows, color=sign["color"], linestyle=signs.dash(one.kind),
                linewidth=2.4 if best else 1.2, marker=sign["marker"], markersize=4.5, zorder=9 if best else 7,
            )  # fmt: skip
            if best or planned:
                page.sheet.plot(
                    places[one.number], rows, color=DARK, linewidth=0, marker="D" if best else "s", fillstyle="none",
                    markersize=8.5 if best else 7.5, zorder=10,
                )  # fmt: skip
        return page.figure


def _lines(found: RobustOptimum) -> list[Line]:
    """Each objective; of a single outcome all its criteria; then the cost."""
    asked = found.question
    several = len(asked.objectives) > 1
    shown: Sequence[Objective] = (
        asked.objectives if several else [one for one in found.objectives if one.outcome == asked.outcomes[0]]
    )
    lines = [
        Line(
            objective_words(one),
            scale_shown(one),
            is_more_better(one),
            partial(_shown, found, one),
        )
        for one in shown
    ]
    cost = f"average cost (thousand {shown_currency()})"
    return [*lines, Line(cost, "usd", False, found.cost)]


def _shown(found: RobustOptimum, objective: Objective, plan: RobustFinalist) -> Score:
    return as_shown(objective, found.score(plan, objective))


def _ends(line: Line, plans: Sequence[RobustFinalist]) -> tuple[float, float]:
    """The worst and the best of them."""
    values = [line.of(one).value for one in plans]
    return (min(values), max(values)) if line.more_is_better else (max(values), min(values))


def _place(line: Line, plans: Sequence[RobustFinalist], value: float) -> float:
    """From 0, the worst of them, to 1, the best."""
    worst, best = _ends(line, plans)
    return (value - worst) / (best - worst) if best != worst else 0.5


def _draw_line(page: Page, line: Line, plans: Sequence[RobustFinalist], row: float, left: float, right: float) -> None:
    worst, best = _ends(line, plans)
    page.sheet.plot([left, right], [row, row], color=MUTED, linewidth=0.7, zorder=4)
    (words,) = shortened(line.words, right - left, SMALL, 1)
    box = {"boxstyle": "square,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.85}
    page.write(left, row - 23, [words], color=MUTED, zorder=12, bbox=box)
    page.write(left - 8, row, [number(worst, line.scale)], middle=True, ha="right")
    page.write(right + 8, row, [number(best, line.scale)], middle=True)


def _bar(
    page: Page, line: Line, plans: Sequence[RobustFinalist], score: Score, row: float, left: float, right: float
) -> None:
    """The interval of the most robust plan, as far as the line reaches."""
    if not isfinite(score.low):
        return
    ends = [min(1.0, max(0.0, _place(line, plans, value))) for value in (score.low, score.high)]
    spots = [left + (right - left) * end for end in ends]
    page.sheet.plot(spots, [row, row], color=DARK, linewidth=3.0, alpha=0.35, solid_capstyle="butt", zorder=5)
