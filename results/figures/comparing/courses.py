"""The course of the network: who ever collaborated and who does now, month by month, for every scenario."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from results.figures.comparing.observed_mark import draw_sight, sight_of
from results.figures.comparing.plan_strip import ROW, Mark, draw_strip, planned_marks
from results.figures.kit.line_ends import LABELS, label_ends, label_heights, label_lines
from results.figures.kit.page import MARGIN, Page, caption_height, caption_lines, head_height
from results.figures.kit.style import BODY, DARK, FAINT, MUTED, SMALL, WIDTH, house_style, stroke
from results.words.numbers import scaled
from simulation.outcomes import outcome_named
from simulation.running.ensemble import Ensemble

LEFT = 42.0
LEAST_HEIGHT = 165.0
"""Height of a panel with few labels (points)."""
MOST_ENDS = 12
"""Scenarios beyond which only the baseline's spread is drawn."""
END = 6.0
"""Room of one spread, right of a panel (points)."""


@dataclass(frozen=True)
class Panel:
    """A monthly outcome to draw: its name, and the panel's title in plain words."""

    outcome: str
    title: str


PANELS = (
    Panel("collaboration_rate", "Members that ever formed a collaboration (%)"),
    Panel("active_rate", "Members collaborating now (%)"),
)


def mean_course(ensemble: Ensemble, outcome: str) -> NDArray[np.float64]:
    """Mean over all replicates, in the unit that is shown (shares: percent), float[months + 1]."""
    return _factor(outcome) * ensemble.mean_months[:, ensemble.outcomes.monthly_names.index(outcome)]


def band(ensemble: Ensemble, outcome: str) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Middle 90 % of the kept replicates, in the same unit, two float[months + 1]; None where one run has no spread."""
    course = _factor(outcome) * ensemble.course(outcome)
    if len(course) < 2:
        return None
    low, high = np.full(course.shape[1], np.nan), np.full(course.shape[1], np.nan)
    known = np.isfinite(course).any(axis=0)  # a month that no run knows has no band, and no warning
    low[known], high[known] = np.nanpercentile(course[:, known], [5, 95], axis=0)
    return low, high


def _factor(outcome: str) -> float:
    return scaled(1.0, outcome_named(outcome).scale)


def collaboration_rate_figure(ensembles: Mapping[str, Ensemble], baseline: str) -> Figure:
    """Collaboration rate over time, and below it the members that collaborate now; a line for every scenario.

    Args:
        ensembles: name -> replicates.
        baseline: name of the scenario whose plan is marked and whose line is drawn heaviest.
    """
    names = [baseline, *(name for name in ensembles if name != baseline)]
    runs = {name: ensembles[name] for name in names}
    with house_style([*names]):
        marks = planned_marks(runs[baseline].scenario)
        caption = caption_lines(_caption(runs, baseline, marks))
        title = "How many members collaborate" if len(names) > 1 else f"How many members of {baseline} collaborate"
        labels = sum(label_heights(label_lines(names)).values())
        height, strip = max(LEAST_HEIGHT, labels), ROW * max(len(marks), 1)
        above, below = SMALL * 2, 20.0
        first = head_height(title) + strip + above
        second = first + height + below + above + 4
        page = Page(second + height + 30 + caption_height(caption))
        page.head(title, caption)

        months = float(max(len(run.mean_months) - 1 for run in runs.values()))
        spreads = _spreads(runs)
        room = WIDTH - LEFT - LABELS - (END * (len(spreads) + 1) if spreads else 0)
        draw_strip(page.axes(LEFT, first - above - strip - 2, room, strip, "plan"), marks, months, room)
        for panel, top in zip(PANELS, (first, second), strict=True):
            page.write(MARGIN, top - above, [panel.title], BODY, weight="bold", color=DARK)
            axes = page.axes(LEFT, top, room, height, panel.outcome)
            axes.set(xlim=(0, months), ylim=(0, 102))
            axes.set(xticks=month_ticks(months), yticks=[0, 25, 50, 75, 100])
            draw_lines(axes, runs, panel.outcome, marks)
            if spreads:
                _draw_spreads(
                    page.axes(LEFT + room, top, WIDTH - LABELS - LEFT - room, height, "spreads"),
                    spreads,
                    runs,
                    panel.outcome,
                )
            label_ends(page, axes, top, height, {name: end_of(run, panel.outcome) for name, run in runs.items()})
            if (sight := sight_of(runs[baseline].scenario, panel.outcome)) is not None:
                draw_sight(axes, sight, [mean_course(run, panel.outcome) for run in runs.values()], room)
        axes.set_xlabel("Months since the network began")
    return page.figure


def month_ticks(months: float) -> list[float]:
    """Years or parts of a year, whichever gives a handful."""
    step = next((step for step in (1, 2, 3, 6, 12, 24, 60, 120) if months / step <= 8), 240)
    return [float(month) for month in range(0, int(months) + 1, step)]


def end_of(ensemble: Ensemble, outcome: str) -> tuple[float, float]:
    """Month and value of the last point of a line; nan where it has none."""
    course = mean_course(ensemble, outcome)
    known = np.flatnonzero(np.isfinite(course))
    return (float(known[-1]), float(course[known[-1]])) if len(known) else (0.0, np.nan)


def draw_lines(axes: Axes, runs: Mapping[str, Ensemble], outcome: str, marks: list[Mark]) -> None:
    """A line for every scenario, with its closing; of one alone the band of its networks."""
    for mark in marks:
        if mark.upright:
            axes.axvline(mark.months[0], color=MUTED, linewidth=0.7, linestyle=(0, (2, 2)), zorder=1, label="mark")
    for position, ensemble in enumerate(runs.values()):
        style, course = stroke(position), mean_course(ensemble, outcome)
        spread = band(ensemble, outcome) if len(runs) == 1 else None  # several would make one grey cloud
        months = np.arange(len(course))
        if spread is not None:
            axes.fill_between(months, *spread, color=style["color"], alpha=0.12, linewidth=0, zorder=1.5)
        axes.plot(months, course, zorder=4 - position / 100, solid_capstyle="butt", **style)  # type: ignore[arg-type]
        closing = ensemble.scenario.closing_month
        if 0 < closing < len(course) and np.isfinite(course[closing]):
            axes.plot(closing, course[closing], "o", markersize=5, markerfacecolor="white", markeredgewidth=1.3,
                      markeredgecolor=style["color"], zorder=4.5, label="closing")  # fmt: skip


def _spreads(runs: Mapping[str, Ensemble]) -> list[str]:
    """Names of the scenarios whose spread stands right of the lines; none of a scenario alone, which has a band."""
    if len(runs) == 1 or all(run.replicates < 2 for run in runs.values()):
        return []
    return list(runs) if len(runs) <= MOST_ENDS else list(runs)[:1]


def _draw_spreads(axes: Axes, names: list[str], runs: Mapping[str, Ensemble], outcome: str) -> None:
    """The middle 90 % of each scenario's networks in its last month, side by side, and its mean."""
    axes.set(xlim=(0, len(names) + 1), ylim=(0, 102), xticks=[], yticks=[])
    axes.set_axis_off()
    for position, name in enumerate(names):
        style, (month, mean) = stroke(position), end_of(runs[name], outcome)
        spread = band(runs[name], outcome)
        if spread is None or not np.isfinite(mean):
            continue
        low, high = (float(side[int(month)]) for side in spread)
        axes.plot([position + 1] * 2, [low, high], color=style["color"], linewidth=2, solid_capstyle="butt",
                  label="spread")  # fmt: skip
        axes.plot([0, len(names) + 1], [mean, mean], color=FAINT, linewidth=0.6, zorder=1)
        axes.plot(position + 1, mean, "o", markersize=3.6, color=style["color"], label="mean")


def _caption(runs: Mapping[str, Ensemble], baseline: str, marks: list[Mark]) -> list[str]:
    many, replicates = len(runs) > 1, runs[baseline].replicates
    if replicates == 1:
        runs_shown = "One run of each scenario" if many else "A single run"
        said = [f"{runs_shown}: without more, the spread is unknown."]
    else:
        is_open = any(run.scenario.posterior is not None for run in runs.values())
        because = "luck and uncertainty about the parameters" if is_open else "luck"
        spread = "Shaded: the middle 90 %"
        if many:
            whose = f" of {baseline}" if len(runs) > MOST_ENDS else ""
            spread = f"Bars at the right: the middle 90 % of networks{whose} in the last month"
        said = [f"Lines: mean of {replicates:,} simulated networks. {spread}, because of {because}."]
    if any(run.scenario.closes for run in runs.values()):
        said.append("Open circles: where a network closes." if many else "Open circle: the closing.")
    if marks and many:
        said.append(f"The marks above and the dashed vertical lines are the plan of {baseline}.")
    if any(run.scenario.can_be_renewed for run in runs.values()):
        said.append("Months are as planned: where champions win a renewal, a network closes later.")
    return said
