"""What a scenario has planned, and the strip above a panel that shows when."""

from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes

from results.figures.kit.fonts import width
from results.figures.kit.style import MUTED, SMALL
from scenarios import Scenario

ROW = 12.0
"""Height of a row of the strip (points)."""
MOST_TICKS = 40
"""Calls beyond which a bar stands for them all."""


@dataclass(frozen=True)
class Mark:
    """Something planned, and the months it is planned for."""

    label: str
    months: tuple[int, ...]
    upright: bool = True  # whether a line runs through the panels


def planned_marks(scenario: Scenario) -> list[Mark]:
    """Grant calls, shift, announcement and closing, as far as the scenario has them."""
    marks = []
    calls = scenario.call_months
    if calls:
        marks.append(
            Mark("grants awarded" if len(calls) > 1 else f"grants awarded, month {calls[0]}", calls, upright=False)
        )
    if scenario.shift_month:
        marks.append(Mark(f"funder's priorities shift, month {scenario.shift_month}", (scenario.shift_month,)))
    closing, announced = scenario.closing_month, scenario.announcement_month
    if closing and announced < closing:
        marks.append(Mark(f"closing announced, month {announced}", (announced,)))
    if closing:
        notice = "" if announced < closing else ", without notice"
        marks.append(Mark(f"closing{notice}, month {closing}", (closing,)))
    return marks


def draw_strip(strip: Axes, marks: list[Mark], months: float, room: float) -> None:
    """A row for each mark: a sign at its months, its words beside them, on the side that has room.

    Args:
        strip: an axes over the panel's width.
        marks: what to show, top row first.
        months: last month on the axis.
        room: width of the strip (points).
    """
    strip.set(xlim=(0, months), ylim=(max(len(marks), 1), 0))
    strip.set_axis_off()
    month = room / months
    for row, mark in enumerate(marks):
        y, seen = row + 0.5, [m for m in mark.months if m <= months]
        if not seen:
            continue
        if len(seen) > MOST_TICKS:
            strip.plot([seen[0], seen[-1]], [y, y], color=MUTED, linewidth=3, solid_capstyle="butt")
        else:
            strip.plot(seen, [y] * len(seen), linestyle="none", marker="v", markersize=4.5, color=MUTED, clip_on=False)
        needs, gap = width(mark.label, SMALL) + 12, 6
        inside: dict[str, Any] = {"va": "center", "label": "mark"}
        if (months - seen[-1]) * month >= needs:
            strip.annotate(mark.label, (seen[-1], y), (gap, 0), textcoords="offset points", ha="left", **inside)
        elif seen[0] * month >= needs:
            strip.annotate(mark.label, (seen[0], y), (-gap, 0), textcoords="offset points", ha="right", **inside)
        else:  # over the marks, on white
            strip.text(months, y, mark.label, ha="right", backgroundcolor="white", **inside)
