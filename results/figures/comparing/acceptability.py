"""Acceptability curves: how likely each plan is the best, by what one is ready to pay for a unit."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from results.estimates.acceptability import Curve
from results.estimates.incremental import Effect
from results.figures.comparing.effect_panels import (
    PANEL,
    UNTIL,
    effect_page,
)
from results.figures.kit.axis_ticks import fitting_ticks
from results.figures.kit.style import DARK, FAINT, stroke
from results.words.currency import shown_currency

THOUSAND = 1_000.0


def acceptability_figure(curves: Sequence[Curve], baseline: str, worth: Mapping[Effect, float]) -> list[Figure]:
    """A panel for each effect; none without a curve.

    Args:
        curves: of one payer and horizon.
        baseline: name of the scenario that the others are compared with.
        worth: what somebody is ready to pay for a unit, USD, is marked.
    """
    if not curves:
        return []
    names = [one.scenario for one in curves[0].plans]

    def draw(axes: Axes, number: int) -> None:
        _draw(axes, curves[number], worth.get(curves[number].effect))

    title = f"How likely each plan is the best, by what a unit is worth, {UNTIL[curves[0].horizon]}"
    money = f"what one is worth (thousand {shown_currency()})"
    effects = [one.effect for one in curves]
    said = _caption(curves, baseline, worth)
    return [effect_page(names, title, said, effects, draw, lambda _effect: money, "chance to be the best (%)")]


def _draw(axes: Axes, one: Curve, worth: float | None) -> None:
    across = np.array(one.worths) / THOUSAND
    axes.set(xlim=(0, across[-1]), ylim=(0, 102), yticks=[0, 25, 50, 75, 100])
    axes.set_xticks(*fitting_ticks(0.0, float(across[-1]), PANEL))
    axes.grid(axis="y", color="#E8E8E8", linewidth=0.6)
    axes.set_axisbelow(True)
    best = {plan.scenario: 100 * np.array(plan.best) for plan in one.plans}
    ahead = [float(best[name][place]) for place, name in enumerate(one.ahead)]
    axes.plot(across, ahead, color=FAINT, linewidth=6, alpha=0.7, zorder=2, solid_capstyle="butt", label="ahead")
    for number, line in enumerate(best.values()):
        axes.plot(across, line, zorder=4 - number / 100, **stroke(number))  # type: ignore[arg-type]
    if worth is not None:
        axes.axvline(worth / THOUSAND, color=DARK, linewidth=1.0, linestyle=(0, (2, 2)), zorder=1.5, label="worth")


def _caption(curves: Sequence[Curve], baseline: str, worth: Mapping[Effect, float]) -> list[str]:
    if len(curves[0].plans) == 2:
        other = curves[0].plans[1].scenario
        said = [f"The chance of {other} is that it is worth its cost instead of {baseline}."]
    else:
        said = ["The chance that no other plan has a greater net benefit: units times their worth, less cost."]
    said.append("Broad and grey: the plan that has the greatest net benefit on average.")
    if any(one.effect in worth for one in curves):
        said.append("Dashed: what a unit is worth to you.")
    said.append("Cost is the funder's. The chances hold what is not known of the parameters as the intervals do.")
    return said
