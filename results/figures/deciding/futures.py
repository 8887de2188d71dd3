"""Plans across many futures: how each does in its worst to best futures, and its regret."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from results.deciding.robustness import Robustness, Values
from results.figures.kit.axis_names import write_up
from results.figures.kit.axis_ticks import round_ticks, tick_texts
from results.figures.kit.fonts import wrapped
from results.figures.kit.page import MARGIN, Page, caption_height, caption_lines, head_height, save
from results.figures.kit.plan_key import KEY_ROW, key_rows, write_key
from results.figures.kit.response_labels import factor_of_scale, outcome_title, outcome_words
from results.figures.kit.style import BODY, DARK, MUTED, SMALL, WIDTH, house_style, stroke

HEIGHT, LEFT, ABOVE = 150.0, 56.0, 18.0


def futures_figures(found: Robustness) -> list[Figure]:
    """Two panels: the outcome over the futures, sorted from the worst, and regret, sorted from the least.

    Args:
        found: plans over futures in one outcome; with one future there is nothing to draw.
    """
    if len(found.futures) < 2:
        return []
    with house_style([*found.plans]):
        title = f"{outcome_title(found.outcome)}, over {len(found.futures):,} futures"
        caption = caption_lines(_caption(found))
        rows = key_rows(found.plans)
        first = head_height(title) + len(rows) * KEY_ROW + ABOVE
        second = first + HEIGHT + 34 + ABOVE
        page = Page(second + HEIGHT + 34 + caption_height(caption))
        page.head(title, caption)
        write_key(page, head_height(title), rows)
        factor = factor_of_scale(found.outcome)
        worst_first = -np.sort(-found.values, axis=1) if found.less_is_better else np.sort(found.values, axis=1)
        axes = _panel(page, first, worst_first * factor, "Each plan across its futures, from worst to best")
        write_up(page, MARGIN, first + HEIGHT / 2, wrapped(outcome_words(found.outcome), HEIGHT + 20, SMALL))
        if found.threshold is not None:
            at = found.threshold.value * factor
            axes.axhline(at, color=MUTED, linewidth=0.9, linestyle=(0, (2, 2)), zorder=1)
            axes.annotate(found.threshold.side, (0, at), (2, 2), textcoords="offset points", color=MUTED)
        _panel(page, second, np.sort(found.regrets, axis=1) * factor, "Regret, from least to most")
        write_up(page, MARGIN, second + HEIGHT / 2, ["regret, in the same unit"])
    return [page.figure]


def draw_futures(judged: Sequence[Robustness], folder: Path) -> list[Path]:
    """Draw plans over futures, as SVG and PNG: `futures-<outcome>` for each outcome.

    Args:
        judged: an outcome each.
        folder: where the files go; made if need be.
    """
    return [path for one in judged for path in save(futures_figures(one), folder, f"futures-{one.outcome}")]


def _panel(page: Page, top: float, lines: Values, title: str) -> Axes:
    page.write(MARGIN, top - ABOVE + 2, [title], BODY, weight="bold", color=DARK)
    axes = page.axes(LEFT, top, WIDTH - LEFT - MARGIN, HEIGHT, title)
    low, high = float(lines.min()), float(lines.max())
    pad = 0.06 * (high - low) or 0.1 * abs(low) or 1.0
    ticks = round_ticks(low - pad, high + pad, 6)
    axes.set(xlim=(0, 100), ylim=(low - pad, high + pad))
    axes.set_yticks(ticks, tick_texts(ticks))
    axes.grid(axis="y", color="#E8E8E8", linewidth=0.6)
    axes.set_axisbelow(True)
    share = 100 * (np.arange(lines.shape[1]) + 0.5) / lines.shape[1]
    for number, line in enumerate(lines):
        axes.plot(share, line, zorder=3 - number / 100, **stroke(number))  # type: ignore[arg-type]
    axes.set_xlabel("share of futures (%)")
    return axes


def _caption(found: Robustness) -> list[str]:
    said = [
        "Each line is one plan, with its futures sorted by outcome; points above each other are not the same future.",
        "Regret: how much better the best plan for the same future would have done.",
    ]
    if found.less_is_better:
        said.append("Less is better.")
    if found.threshold is not None:
        said.append("Dashed: the threshold.")
    return said
