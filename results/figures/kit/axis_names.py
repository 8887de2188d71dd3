"""Names along an axis: side by side where they fit, else on end; and words that run up beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from results.figures.kit.fonts import shortened, width, wrapped
from results.figures.kit.page import LEADING, Page
from results.figures.kit.style import SMALL

MOST_LINES = 3
LONGEST = 84.0
"""Room of a name on end (points); longer ones lose their middle."""
LEAST_STEP = SMALL * LEADING + 0.5
"""Distance below which names would touch (points)."""


@dataclass(frozen=True)
class NameBand:
    """Names as they are written below an axis.

    Attributes:
        lines: each name in its lines.
        upright: whether they stand on end.
        every: one of so many is written, since more would touch.
        height: room below the axis (points).
    """

    lines: tuple[tuple[str, ...], ...]
    upright: bool
    every: int
    height: float


def name_band(names: Sequence[str], step: float) -> NameBand:
    """How to write names that stand `step` points apart."""
    room = step - 5
    # Three lines if every word fits: a name broken inside a word reads worse than one on end.
    pieces = [piece for name in names for piece in name.replace("-", "- ").split()]
    if all(width(piece, SMALL) <= room for piece in pieces):
        flat = tuple(tuple(wrapped(name, room, SMALL)) for name in names)
        most = max((len(lines) for lines in flat), default=1)
        if most <= MOST_LINES:
            return NameBand(flat, False, 1, most * SMALL * LEADING + 2)
    every = max(1, -int(-LEAST_STEP // step))
    upright = tuple(tuple(shortened(name, LONGEST, SMALL, 1)) for name in names)
    return NameBand(upright, True, every, max(width(lines[0], SMALL) for lines in upright) + 4)


def write_names(page: Page, places: Sequence[float], top: float, band: NameBand) -> None:
    """Write them below `top`, each at its place (points)."""
    for number, (place, lines) in enumerate(zip(places, band.lines, strict=True)):
        if number % band.every:
            continue
        if band.upright:
            page.sheet.text(place, top + 2, lines[0], size=SMALL, rotation=90, ha="center", va="top")
        else:
            page.write(place, top, lines, ha="center")


def write_up(page: Page, left: float, middle: float, lines: Sequence[str], **more: object) -> None:
    """Lines that run upwards, the first one's left edge at `left`, half-way up at `middle` (points)."""
    for number, line in enumerate(lines):
        baseline = left + SMALL * (1.02 + number * LEADING)
        page.sheet.text(
            baseline, middle, line, size=SMALL, rotation=90, rotation_mode="anchor", ha="center", va="baseline",
            **more,  # type: ignore[arg-type]
        )  # fmt: skip
