"""The cost-effectiveness plane: what plans cost more, and yield more, than the baseline, and how sure both are."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from results.estimates.incremental import Effect
from results.estimates.parameter_uncertainty import Values
from results.estimates.plane import Plane
from results.figures.comparing.effect_panels import (
    PANEL,
    UNITS,
    UNTIL,
    effect_page,
)
from results.figures.kit.axis_ticks import fitting_ticks, round_ticks, tick_texts
from results.figures.kit.style import DARK, MUTED, SMALL, stroke
from results.words.currency import shown_currency

MOST_CLOUDS = 3
"""Plans of which the points are drawn; more would be one cloud."""
THOUSAND = 1_000.0
LEAST = np.array([0.43, 0.2])
"""How far the axes reach beyond 0 at the least, across and up, as a share of what is shown."""


def plane_figure(planes: Sequence[Plane], baseline: str, worth: Mapping[Effect, float]) -> list[Figure]:
    """A panel for each effect; none without a plane.

    Args:
        planes: of one payer and horizon.
        baseline: name of the scenario that is the origin.
        worth: what somebody is ready to pay for a unit, USD: the line below which a plan is worth it.
    """
    if not planes:
        return []
    names = [baseline, *(one.scenario for one in planes[0].spreads)]

    def draw(axes: Axes, number: int) -> None:
        _draw(axes, planes[number], worth.get(planes[number].effect))

    title = f"What plans cost more and yield more than {baseline}, {UNTIL[planes[0].horizon]}"
    effects = [one.effect for one in planes]
    beside = f"more cost (thousand {shown_currency()})"
    said = _caption(planes, baseline, worth)
    return [effect_page(names, title, said, effects, draw, lambda effect: f"more {UNITS[effect]}", beside)]


def _draw(axes: Axes, plane: Plane, worth: float | None) -> None:
    lines = [np.array(one.joint.ellipse()) / (1.0, THOUSAND) for one in plane.spreads]
    clouds = [one.points / (1.0, THOUSAND) for one in plane.spreads][:MOST_CLOUDS]
    shown = np.concatenate([*lines, *(_near(cloud) for cloud in clouds), np.zeros((1, 2))])
    low, high = shown.min(axis=0), shown.max(axis=0)
    room = 0.06 * (high - low)
    # Room above and below for the words in the corners.
    low, high = low - room * (1, 4), high + room * (1, 4)
    least = LEAST * (high - low)  # each quadrant has room for its words
    high, low = np.maximum(high, least), np.minimum(low, -least)
    axes.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]))
    axes.set_xticks(*fitting_ticks(low[0], high[0], PANEL))
    ticks = round_ticks(low[1], high[1], 6)
    axes.set_yticks(ticks, tick_texts(ticks))
    axes.axhline(0, color=MUTED, linewidth=0.8, zorder=1)
    axes.axvline(0, color=MUTED, linewidth=0.8, zorder=1)
    for number, (cloud, line, one) in enumerate(
        zip([*clouds, *[None] * len(lines)], lines, plane.spreads, strict=False), 1
    ):
        style = stroke(number)
        if cloud is not None and len(cloud):
            axes.plot(*cloud.T, "o", markersize=2.2, color=style["color"], alpha=0.35, markeredgewidth=0, zorder=2)
        axes.plot(*line.T, zorder=3, **style)  # type: ignore[arg-type]
        axes.plot(one.joint.gain, one.joint.cost / THOUSAND, "o", markersize=5, color=style["color"],
                  markeredgecolor="white", zorder=4, label="mean")  # fmt: skip
    if worth is not None:
        ends = np.array([low[0], high[0]])
        axes.plot(ends, ends * worth / THOUSAND, color=DARK, linewidth=1.0, linestyle=(0, (2, 2)), zorder=2.5,
                  scalex=False, scaley=False, label="worth")  # fmt: skip
    corners = {(0.02, 0.985): "costs more,\nyields less", (0.98, 0.985): "costs more,\nyields more",
               (0.02, 0.015): "costs less,\nyields less", (0.98, 0.015): "costs less,\nyields more"}  # fmt: skip
    for (across, up), words in corners.items():
        axes.text(across, up, words, transform=axes.transAxes, color=MUTED, size=SMALL, zorder=5,
                  ha="left" if across < 0.5 else "right", va="bottom" if up < 0.5 else "top")  # fmt: skip


def _near(cloud: Values) -> Values:
    """All but the farthest hundredth on each side: few points must not make the rest small."""
    if len(cloud) < 100:
        return cloud
    ends: Values = np.quantile(cloud, [0.01, 0.99], axis=0)
    return ends


def _caption(planes: Sequence[Plane], baseline: str, worth: Mapping[Effect, float]) -> list[str]:
    plans = planes[0].spreads
    said = [f"The lines cross at {baseline}. Dots: averages; ellipses hold the true ones in 95 of 100 cases."]
    if any(len(one.points) for one in plans):
        which = "" if len(plans) <= MOST_CLOUDS else f" of the first {MOST_CLOUDS} plans"
        said.append(f"Small points{which}: what each plausible set of parameters makes of it, luck taken out.")
    if any(plane.effect in worth for plane in planes):
        said.append("Dashed: what a unit is worth to you; plans below the line are worth it.")
    said.append("Cost is the funder's.")
    return said
