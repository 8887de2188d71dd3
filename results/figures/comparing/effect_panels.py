"""Panels on a page, one for each effect that money buys: what they are called, and where they stand."""

from collections.abc import Mapping

from results.estimates.incremental import Effect
from results.figures.kit.page import MARGIN
from results.figures.kit.style import WIDTH
from simulation.outcomes import Horizon

UNITS: Mapping[Effect, str] = {
    "months_worked": "months of collaboration",
    "surviving": "collaborations that survive a year",
    "evidence": "pieces of evidence",
    "translation": "translations at scale",
}
"""What is bought, as axes and titles have it."""
UNTIL: Mapping[Horizon, str] = {
    "closing": "counted to the planned closing",
    "year after": "counted to a year after closing",
    "end": "counted to the last month simulated",
}
LEFT, GUTTER, HEIGHT, ABOVE, BELOW = 52.0, 58.0, 168.0, 20.0, 44.0
COLUMNS = 2
PANEL = (WIDTH - LEFT - GUTTER - MARGIN * 2) / COLUMNS


def panel_place(number: int, first: float) -> tuple[float, float]:
    """Left and top of a panel (points); `first` is where the first row begins."""
    row, column = divmod(number, COLUMNS)
    return LEFT + column * (PANEL + GUTTER), first + ABOVE + row * (ABOVE + HEIGHT + BELOW)


def panels_height(count: int) -> float:
    """Room that so many panels take (points)."""
    return -(-count // COLUMNS) * (ABOVE + HEIGHT + BELOW)
