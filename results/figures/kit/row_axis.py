"""An axis of its own for one pattern: which values it spans, how a value lies on it, and its few numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import floor, isfinite, log10

from results.estimates.factor_bins import MINUS, number_text
from results.figures.kit.axis_ticks import OVER, round_ticks, tick_texts
from results.figures.kit.fonts import width
from results.figures.kit.style import SMALL

GAP = 14.0
"""Least distance of two numbers (points)."""
AIR = 0.06
"""Room either side of the values, as a share of what they span."""
DIGITS = (1, 2, 5)


@dataclass(frozen=True)
class RowAxis:
    """The values that one row spans.

    Attributes:
        low: its left end, in values.
        high: its right end.
        is_log: whether equal ratios are equally long.
        ticks: values that are written.
        texts: those values as text.
    """

    low: float
    high: float
    is_log: bool
    ticks: tuple[float, ...]
    texts: tuple[str, ...]

    def runs_off_left(self, value: float) -> bool:
        """Whether a value lies beyond the left end, as nothing at all does on a log scale."""
        return value < self.low

    def runs_off_right(self, value: float) -> bool:
        """Whether it lies beyond the right end."""
        return value > self.high

    def clipped(self, value: float) -> float:
        """The value, or the end beyond which it lies."""
        return min(max(value, self.low), self.high)


def row_axis(values: Iterable[float], *, is_log: bool, room: float) -> RowAxis:
    """The axis on which all values that can be shown have their place, with some air either side.

    Args:
        values: to be shown; those that are infinite or nan, and on a log scale those that are not above 0, do not
            count.
        is_log: for ratios.
        room: its length (points).
    """
    known = [value for value in values if isfinite(value) and (value > 0 or not is_log)]
    if is_log:
        low, high = min(known, default=1.0), max(known, default=1.0)
        if high / low < 2:
            low, high = low / 1.5, high * 1.5
        air = (high / low) ** AIR
        ticks, texts = _log_ticks(low, high, room)
        return RowAxis(low / air, high * air, True, tuple(ticks), tuple(texts))
    low, high = min(known, default=0.0), max(known, default=1.0)
    if not high - low > 1e-9 * max(abs(low), abs(high)):
        low, high = low - (0.1 * abs(low) or 1.0), high + (0.1 * abs(high) or 1.0)
    air = AIR * (high - low)
    ticks, texts = _linear_ticks(low, high, room)
    return RowAxis(low - air, high + air, False, tuple(ticks), tuple(texts))


def _linear_ticks(low: float, high: float, room: float) -> tuple[list[float], list[str]]:
    """Round numbers, two to five; the lower end alone where no two have room."""
    for most in (4, 3, 2, 1):
        ticks = round_ticks(low, high, most)
        texts = tick_texts(ticks)
        # Where no two round numbers lie within, the ends come back, which a short text would misstate.
        said = [float(text.replace(",", "").replace(MINUS, "-")) for text in texts]
        is_exact = all(abs(one - tick) < 1e-3 * (high - low) for one, tick in zip(said, ticks, strict=True))
        if is_exact and _have_room([(tick - low) / (high - low) for tick in ticks], texts, room):
            return ticks, texts
    return [low], [f"{low:.3g}"]


def _log_ticks(low: float, high: float, room: float) -> tuple[list[float], list[str]]:
    """At most three round numbers, as far apart as can be; the middle alone where no two of them are within."""

    def share(tick: float) -> float:
        return log10(tick / low) / log10(high / low)

    powers = range(floor(log10(low)), floor(log10(high)) + 1)
    for digits in ((1,), DIGITS):
        within = [digit * 10.0**power for power in powers for digit in digits if low <= digit * 10.0**power <= high]
        ticks = [tick for tick in within if _have_room([share(tick)], [_short(tick)], room)]
        if len(ticks) > 3:
            ticks = [ticks[0], ticks[len(ticks) // 2], ticks[-1]]
        texts = [_short(tick) for tick in ticks]
        if len(ticks) > 1 and _have_room([share(tick) for tick in ticks], texts, room):
            return ticks, texts
    middle = float(f"{(low * high) ** 0.5:.1g}")
    return [middle], [_short(middle)]


def _short(value: float) -> str:
    return number_text(float(f"{value:.3g}"))


def _have_room(shares: list[float], texts: list[str], room: float) -> bool:
    """Whether the texts at those shares of the values' span are clear of each other and of the ends."""
    places = [room * (AIR + share) / (1 + 2 * AIR) for share in shares]
    rows = [(place, width(text, SMALL) / 2) for place, text in zip(places, texts, strict=True)]
    within = places[0] >= rows[0][1] - OVER and room - places[-1] >= rows[-1][1] - OVER
    return within and all(b - a >= one + other + GAP for (a, one), (b, other) in pairwise(rows))
