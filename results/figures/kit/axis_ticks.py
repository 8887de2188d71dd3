"""Round numbers along an axis, and numbers as they are written on it."""

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, floor, log10

from results.estimates.factor_bins import number_text
from results.figures.kit.fonts import width
from results.figures.kit.style import SMALL

OVER = 6.0
"""How far the number at an axis's end may reach beyond it (points)."""
GAP = 8.0
"""Least distance of two numbers (points)."""
STEPS = (1, 2, 5, 10, 20, 50, 100)


def round_ticks(low: float, high: float, most: int) -> list[float]:
    """Round numbers between two ends, at most so many steps apart; both ends where none lies between them."""
    span = high - low
    if not span > 0:
        return [low]
    power = 10.0 ** floor(log10(span / most))
    step = next(digit * power for digit in STEPS if span / (digit * power) <= most * (1 + 1e-9))
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    # Divided by a whole number rather than multiplied by 0.1: 3 x 0.1 is not 0.3.
    ticks = [number * step if step >= 1 else number / (1 / step) for number in range(first, last + 1)]
    return ticks if len(ticks) > 1 else [low, high]


def tick_texts(ticks: Sequence[float]) -> list[str]:
    """The ticks as text, all with as many decimals as tell the nearest two apart."""
    apart = min((b - a for a, b in pairwise(ticks)), default=0.0)
    return [number_text(tick, apart) for tick in ticks]


def fitting_ticks(low: float, high: float, room: float) -> tuple[list[float], list[str]]:
    """As many round ticks as have room side by side and within the axis, and their texts.

    Args:
        low: lower end of the axis.
        high: upper end.
        room: length of the axis (points).
    """
    point = (high - low) / room
    for most in (6, 5, 4, 3, 2, 1):
        ticks = round_ticks(low, high, most)
        texts = tick_texts(ticks)
        inside = [
            (tick, text)
            for tick, text in zip(ticks, texts, strict=True)
            if min(tick - low, high - tick) >= (width(text, SMALL) / 2 - OVER) * point
        ]
        clear = all(
            (second - first) / point >= (width(one, SMALL) + width(other, SMALL)) / 2 + GAP
            for (first, one), (second, other) in pairwise(inside)
        )
        if len(inside) > 1 and clear:
            return [tick for tick, _ in inside], [text for _, text in inside]
    middle = (low + high) / 2
    return [middle], [number_text(middle, (high - low) / 10)]
