"""What was observed, set against the lines that the model draws."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from results.figures.kit.fonts import width
from results.figures.kit.style import DARK, MUTED, SMALL
from results.words.observed import observed_mark
from scenarios import Scenario


@dataclass(frozen=True)
class Sight:
    """Something that was observed, to be set against the lines: in its month, a value with its interval (%)."""

    month: int
    value: float
    low: float
    high: float
    words: str


LONGEST_TITLE = 24
"""Characters of a network's title that stand beside its mark."""


def sight_of(scenario: Scenario, outcome: str) -> Sight | None:
    """What was observed of a share in a scenario's network; None where nothing was."""
    for one in scenario.observed:
        found = one.measured
        if one.outcome == outcome and one.month is not None and found.value is not None:
            low, high = (found.value if end is None else end for end in (found.low, found.high))
            who = f"{scenario.title} observed" if len(scenario.title) <= LONGEST_TITLE else "Observed"
            return Sight(one.month, 100 * found.value, 100 * low, 100 * high, f"{who}: {observed_mark(one)}")
    return None


def draw_sight(axes: Axes, sight: Sight, courses: Sequence[NDArray[np.float64]], room: float) -> None:
    """The observed value as a diamond with its interval; its words where the fewest lines run.

    Args:
        axes: the panel, in percent over months.
        sight: what was observed.
        courses: the lines in the panel, float[months + 1] each.
        room: width of the panel (points).
    """
    errors = [[sight.value - sight.low], [sight.high - sight.value]]
    axes.errorbar(sight.month, sight.value, errors, fmt="D", color=DARK, markersize=6, markerfacecolor="white",
                  markeredgewidth=1.4, elinewidth=1.4, capsize=4, zorder=6, label="observed")  # fmt: skip
    months = axes.get_xlim()[1]
    span = (max(width(line, SMALL) for line in sight.words.split("\n")) + 12) / room * months
    # On the side with more room; never starting before the axis does.
    left = sight.month + 0.02 * months
    if left + span > months:
        left = max(0.01 * months, months - span)
    columns = slice(int(left), int(left + span) + 2)
    near = [course[columns] for course in courses]
    values = np.concatenate([course[np.isfinite(course)] for course in near] or [np.zeros(1)])
    places = [*range(10, 54, 3), 94]
    free = [float(np.min(np.abs(values - place), initial=100.0)) for place in places]
    # The first that is clear of every line by its two lines of text; else the clearest.
    best = next((place for place, gap in zip(places, free, strict=True) if gap > 13), places[int(np.argmax(free))])
    axes.annotate(
        sight.words,
        (sight.month, sight.low if best < sight.low else sight.high),
        (left, best),
        va="center",
        label="observed",
        zorder=7,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5, "alpha": 0.85},
        arrowprops={"arrowstyle": "-", "color": MUTED, "linewidth": 0.7, "shrinkB": 4, "relpos": (0.0, 0.5)},
    )
