"""Small pictures, one for each key: what it does to four outcomes over its range."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from benchmarks.lever_effects import OUTCOMES, Curve
from results.figures.kit.page import save
from results.figures.kit.style import COLOURS, DASHES, FAINT, MUTED, WIDTH, house_style

SHOWN = {
    "collaboration_rate": ("ever collaborated", COLOURS[2], DASHES[0]),
    "engagement": ("engagement", COLOURS[1], DASHES[1]),
    "evidence": ("evidence", COLOURS[3], DASHES[3]),
    "legacy_rate": ("collaborate a year after closing", COLOURS[0], DASHES[2]),
}
"""Outcomes that are drawn: words, colour, dashes."""
LEAST = 0.5
"""Standard deviations that every panel shows at least: what does nothing looks flat."""
ACROSS, DOWN, TALL, HEAD = 4, 7, 1.3, 0.6
"""Panels in a row, and rows on a page; height of a row, and of the head (inches)."""


def draw(curves: Sequence[Curve], folder: Path) -> list[Path]:
    """Levers on pages of their own, then what is uncertain: behaviour, and the rest. Prices move only the cost."""
    curves = [one for one in curves if not one.key.key.startswith("costs.")]
    groups = {
        "levers": [one for one in curves if one.key.role == "lever"],
        "levers-behaviour": [one for one in curves if one.key.key.startswith("behaviour.")],
        "levers-uncertain": [
            one for one in curves if one.key.role != "lever" and not one.key.key.startswith("behaviour.")
        ],
    }
    drawn: list[Path] = []
    with house_style():
        for name, some in groups.items():
            pages = [some[first : first + DOWN * ACROSS] for first in range(0, len(some), DOWN * ACROSS)]
            drawn += save([page(one) for one in pages], folder, name)
    for path in drawn:
        if path.suffix == ".svg":
            path.unlink()  # the page shows the PNG
    return [path for path in drawn if path.suffix == ".png"]


def page(curves: Sequence[Curve]) -> Figure:
    """A panel for each key."""
    rows = -(-len(curves) // ACROSS)
    height = rows * TALL + HEAD
    figure = Figure(figsize=(WIDTH / 72, height), facecolor="white")
    grid = figure.add_gridspec(
        rows, ACROSS, left=0.05, right=0.965, top=1 - HEAD / height, bottom=0.26 / height, hspace=0.95, wspace=0.28
    )
    for number, curve in enumerate(curves):
        panel(figure.add_subplot(grid[number // ACROSS, number % ACROSS]), curve)
    keys = [
        Line2D([], [], color=colour, linestyle=dashes, label=words)  # type: ignore[arg-type]
        for words, colour, dashes in SHOWN.values()
    ]
    figure.legend(handles=keys, loc="upper left", bbox_to_anchor=(0.04, 1.0), ncols=4, frameon=False, fontsize=8)
    return figure


def panel(axes: Axes, curve: Curve) -> None:
    """One key: effects in standard deviations, with two standard errors on either side; a ring at its own value."""
    numeric = all(isinstance(one, (int, float)) and not isinstance(one, bool) for one in curve.values)
    at = np.array(curve.values, float) if numeric else np.arange(len(curve.values), dtype=float)
    axes.axhline(0, color=FAINT, linewidth=0.7)
    reach = LEAST
    for outcome, (_, colour, dashes) in SHOWN.items():
        column = OUTCOMES.index(outcome)
        effect, error = curve.effects[:, column], 2 * curve.errors[:, column]
        axes.fill_between(at, effect - error, effect + error, color=colour, alpha=0.18, linewidth=0)
        axes.plot(at, effect, color=colour, linestyle=dashes, linewidth=1.3)
        reach = max(reach, float(np.nanmax(np.abs(effect) + error)))
    axes.plot(at[curve.own], 0, "o", markersize=4.5, markerfacecolor="white", markeredgecolor=MUTED, zorder=5)
    axes.set(ylim=(-1.05 * reach, 1.05 * reach), yticks=[-reach, reach])
    axes.set_yticklabels([f"-{reach:.1f}", f"+{reach:.1f}"], fontsize=6.5)
    marks = [0, len(at) - 1] if numeric else list(range(len(at)))
    if not numeric and len(at) > 3:
        marks = [0, len(at) // 2, len(at) - 1]
    axes.set_xticks(at[marks], [curve.labels[mark] for mark in marks], fontsize=6.5)
    name = curve.key.key.removeprefix("behaviour.")
    axes.set_title(name, fontsize=7, loc="left", pad=10)
    axes.text(0, 1.03, _note(curve), transform=axes.transAxes, fontsize=5.8, color=MUTED, va="bottom")


def _note(curve: Curve) -> str:
    """What it costs, and with what it was tried."""
    low, high = float(curve.money.min() - 1) * 100, float(curve.money.max() - 1) * 100
    cost = "" if max(-low, high) < 1 else f"cost {low:+.0f} to {high:+.0f} %"
    with_it = "its mechanism on" if curve.setting else ""
    return "; ".join(one for one in (cost, with_it) if one)
