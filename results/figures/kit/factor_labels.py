"""A factor beside its row: its key, and below it what it is, in few lines."""

from results.figures.kit.fonts import shortened, width
from results.figures.kit.page import LEADING, Page
from results.figures.kit.response_labels import factor_name
from results.figures.kit.style import MUTED, SMALL
from results.words.numbers import factor_words
from scenarios.designs.factors import Factor

MOST_LINES = 2


def key_lines(factor: Factor, room: float, size: float) -> list[str]:
    """Its key in bold: on one line if it fits, else broken after its table, each line shortened if it must be."""
    name = factor_name(factor)
    table, point, rest = name.partition(".")
    parts = [name] if width(name, size, "bold") <= room or not rest else [table + point, rest]
    return [line for part in parts for line in shortened(part, room, size, 1, "bold")]


def label_height(factor: Factor, room: float, most: int = MOST_LINES) -> float:
    """Height of the label with at most so many lines of words (points)."""
    return (len(key_lines(factor, room - 8, SMALL)) + len(_words(factor, room, most))) * SMALL * LEADING


def write_factor(page: Page, right: float, middle: float, factor: Factor, room: float, most: int = MOST_LINES) -> None:
    """Write it to the left of `right`, half-way up at `middle` (points)."""
    words = _words(factor, room, most)
    top = middle - label_height(factor, room, most) / 2
    name = key_lines(factor, room - 8, SMALL)
    page.write(right, top, name, weight="bold", ha="right")
    page.write(right, top + len(name) * SMALL * LEADING, words, color=MUTED, ha="right")


def _words(factor: Factor, room: float, most: int) -> list[str]:
    words = factor_words(factor)
    return shortened(words, room - 8, SMALL, most) if words else []
