"""The course of outcomes of one's own, month by month, for every scenario: a panel for each."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from results.figures.comparing.courses import LEFT, band, draw_lines, end_of, mean_course, month_ticks
from results.figures.comparing.plan_strip import planned_marks
from results.figures.kit.axis_ticks import round_ticks, tick_texts
from results.figures.kit.line_ends import LABELS, label_ends, label_heights, label_lines
from results.figures.kit.page import MARGIN, Page, caption_height, caption_lines, head_height
from results.figures.kit.style import BODY, DARK, SMALL, WIDTH, house_style
from results.words.numbers import label
from simulation.outcomes import outcome_named
from simulation.running.ensemble import Ensemble

A_PAGE = 3
"""Panels on a page."""
LEAST_HEIGHT, ABOVE, BELOW = 120.0, SMALL * 2, 24.0


def own_course_figures(ensembles: Mapping[str, Ensemble], baseline: str) -> list[Figure]:
    """A page for every few outcomes of one's own that are counted by the month; none where there are none.

    Args:
        ensembles: name -> replicates.
        baseline: name of the scenario whose plan is marked and whose line is drawn heaviest.
    """
    known = ensembles[baseline].outcomes
    own = known.own_names[: len(known.own_monthly)]
    runs = {name: ensembles[name] for name in (baseline, *(one for one in ensembles if one != baseline))}
    return [_page(runs, own[first : first + A_PAGE]) for first in range(0, len(own), A_PAGE)]


def _page(runs: Mapping[str, Ensemble], outcomes: Sequence[str]) -> Figure:
    names = list(runs)
    first = runs[names[0]]
    with house_style(names):
        marks = planned_marks(first.scenario)
        caption = caption_lines(_caption(runs))
        title = "Outcomes of one's own, month by month"
        height = max(LEAST_HEIGHT, sum(label_heights(label_lines(names)).values()))
        top = head_height(title) + ABOVE
        page = Page(top + len(outcomes) * (height + ABOVE + BELOW) + caption_height(caption))
        page.head(title, caption)
        months = float(max(len(run.mean_months) - 1 for run in runs.values()))
        for outcome in outcomes:
            text = label(outcome)
            page.write(MARGIN, top - ABOVE, [text[0].upper() + text[1:]], BODY, weight="bold", color=DARK)
            axes = page.axes(LEFT, top, WIDTH - LEFT - LABELS, height, outcome)
            axes.set(xlim=(0, months), ylim=_limits(runs, outcome), xticks=month_ticks(months))
            ticks = round_ticks(*axes.get_ylim(), 5)
            axes.set_yticks(ticks, tick_texts(ticks))
            draw_lines(axes, runs, outcome, marks)
            label_ends(page, axes, top, height, {name: end_of(run, outcome) for name, run in runs.items()})
            top += height + ABOVE + BELOW
        axes.set_xlabel("Months since the network began")
    return page.figure


def _limits(runs: Mapping[str, Ensemble], outcome: str) -> tuple[float, float]:
    """All of a share or a level; of what has no end, what there is, from 0 where nothing is below."""
    scale = outcome_named(outcome).scale
    if scale in ("share", "level"):
        return (0.0, 102.0) if scale == "share" else (0.0, 1.02)
    values = np.concatenate(list(_drawn(runs, outcome)))
    values = values[np.isfinite(values)]
    low, high = float(np.min(values, initial=0.0)), float(np.max(values, initial=0.0))
    room = 0.06 * (high - low) or 1.0
    return low - room if low < 0 else 0.0, high + room


def _drawn(runs: Mapping[str, Ensemble], outcome: str) -> Iterator[np.ndarray]:
    for run in runs.values():
        yield mean_course(run, outcome)
        if len(runs) == 1 and (spread := band(run, outcome)) is not None:
            yield from spread


def _caption(runs: Mapping[str, Ensemble]) -> list[str]:
    first = next(iter(runs.values()))
    own = first.scenario.outcomes
    assert own is not None
    said = [f"Lines: mean of {first.replicates:,} simulated networks; what is counted stands in {own.name}."]
    if len(runs) == 1 and first.replicates > 1:
        is_open = first.scenario.posterior is not None
        because = "luck and uncertainty about the parameters" if is_open else "luck"
        said.append(f"Shaded: the middle 90 %, because of {because}.")
    if any(run.scenario.closes for run in runs.values()):
        said.append("Open circles: where a network closes." if len(runs) > 1 else "Open circle: the closing.")
    return said
