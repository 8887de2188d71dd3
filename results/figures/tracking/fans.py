"""A network in the middle of its course: what was observed, and a fan of what is likely to come, beside the plan's."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from results.figures.kit.axis_ticks import round_ticks, tick_texts
from results.figures.kit.page import MARGIN, Page, caption_height, caption_lines, head_height, save
from results.figures.kit.response_labels import factor_of_scale, outcome_title
from results.figures.kit.style import BODY, COLOURS, DARK, FAINT, MUTED, SMALL, WIDTH, house_style
from results.tracking.outlook import Outlook

HEIGHT, LEFT, ABOVE, BELOW = 128.0, 42.0, SMALL * 2, 26.0
MOST = 4
"""Outcomes that are drawn, at the most."""
NOW, PLAN = COLOURS[2], MUTED
ROOM = 1.12
"""Of the largest value, that an axis holds."""


def fan_figure(found: Outlook) -> Figure:
    """A panel for each outcome: the observed as points, the forecast as a fan, the plan alone as dashed lines."""
    outcomes = found.outcomes[:MOST]
    with house_style([found.scenario.name]):
        caption = caption_lines(_caption(found))
        title = f"{found.scenario.name} in month {found.progress.now}, and what is likely to come"
        top = head_height(title) + ABOVE
        step = HEIGHT + ABOVE + BELOW
        page = Page(top + step * len(outcomes) + caption_height(caption))
        page.head(title, caption)
        for place, outcome in enumerate(outcomes):
            at = top + place * step
            page.write(MARGIN, at - ABOVE + 2, [outcome_title(outcome)], BODY, weight="bold", color=DARK)
            axes = page.axes(LEFT, at, WIDTH - LEFT - MARGIN, HEIGHT, outcome)
            _draw(axes, found, outcome)
        axes.set_xlabel("Months since the network began")
    return page.figure


def draw_track(found: Outlook, folder: Path) -> list[Path]:
    """Draw `outlook`, as SVG and PNG.

    Args:
        found: the outlook.
        folder: where the files go; made if need be.
    """
    return save([fan_figure(found)], folder, "outlook")


def _draw(axes: Axes, found: Outlook, outcome: str) -> None:
    factor = factor_of_scale(outcome)
    mine = [one for one in found.months if one.outcome == outcome]
    months = np.array([one.month for one in mine])
    now, before = (factor * np.array([getattr(one, when) for one in mine]) for when in ("now", "before"))
    axes.fill_between(months, now[:, 0], now[:, 4], color=NOW, alpha=0.18, linewidth=0, zorder=2)
    axes.fill_between(months, now[:, 1], now[:, 3], color=NOW, alpha=0.30, linewidth=0, zorder=2.1)
    axes.plot(months, now[:, 2], color=NOW, linewidth=1.8, zorder=3)
    for end in (0, 4):
        axes.plot(months, before[:, end], color=PLAN, linewidth=0.8, linestyle=(0, (3, 2)), zorder=1.8)
    observed = [one for one in found.progress.observed if one.outcome == outcome]
    axes.plot([one.month for one in observed], [factor * one.value for one in observed], "o", color=DARK, markersize=4,
              zorder=4)  # fmt: skip
    axes.axvline(found.progress.now, color=FAINT, linewidth=0.8, zorder=1)
    tops = [float(now.max()), float(before.max()), *(factor * one.value for one in observed)]
    if found.target is not None and found.target.outcome == outcome:
        goal = factor * found.target.value
        tops.append(goal)
        axes.plot([found.progress.now, found.target.month], [goal, goal], color=COLOURS[1], linewidth=1.2, zorder=3.5)
        axes.plot(found.target.month, goal, "D", color=COLOURS[1], markersize=5, zorder=4.5)
    high = 102.0 if factor == 100 else ROOM * (max(tops) or 1.0)
    ticks = [0.0, 25.0, 50.0, 75.0, 100.0] if factor == 100 else round_ticks(0, high, 5)
    axes.set(xlim=(0, found.scenario.last_month), ylim=(0, high))
    axes.set_yticks(ticks, tick_texts(ticks))


def _caption(found: Outlook) -> Sequence[str]:
    said = [
        "Points: observed. Line and bands: the middle network, 50 and 90 of 100, given what was observed.",
        "Dashed: 90 of 100 by the plan alone.",
    ]
    if found.target is not None:
        said.append("Diamond: the target.")
    return said
