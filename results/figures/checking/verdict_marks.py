"""The three verdicts as marks that differ in shape, not only in colour, and texts that keep within so many lines."""

from collections.abc import Mapping
from types import MappingProxyType

from results.checking.verdicts import Word
from results.figures.kit.fonts import legible, shortened, width
from results.figures.kit.page import Page
from results.figures.kit.style import DARK

MARKS: Mapping[Word, Mapping[str, object]] = MappingProxyType(
    {
        "supported": {"marker": "o", "color": "#0072B2", "markerfacecolor": "#0072B2"},
        "contradicted": {"marker": "X", "color": "#D55E00", "markerfacecolor": "#D55E00"},
        "undecided": {"marker": "o", "color": DARK, "markerfacecolor": "white"},
    }
)
"""Filled circle, cross, hollow circle."""


def mark_style(word: Word, size: float = 6.0) -> dict[str, object]:
    """How a verdict is drawn, for `plot`."""
    return {"linestyle": "none", "markersize": size, "markeredgewidth": 1.2} | dict(MARKS[word])


def write_mark(page: Page, x: float, y: float, word: Word, size: float = 6.0) -> None:
    """The mark of a verdict at a place on the page (points)."""
    page.sheet.plot(x, y, **mark_style(word, size), label=word)  # type: ignore[arg-type]


def few_lines(text: str, room: float, size: float, most: int, weight: str = "normal") -> list[str]:
    """A text of any length in at most so many lines, cut in the middle if it must be; "…" if no font can write it."""
    text = legible(text, "…")
    # Far more than fits is cut before it is measured, letter by letter, at the cost of seconds.
    fits = len(text) if len(text) < most * room / size else len(_fitting(text, room, size, most, weight))
    return shortened(text if fits == len(text) else _cut(text, fits), room, size, most, weight)


def _fitting(text: str, room: float, size: float, most: int, weight: str) -> str:
    """As much of its beginning as has about the width of so many lines."""
    least, above = 0, len(text)
    while above - least > 1:
        middle = (least + above) // 2
        if width(text[:middle], size, weight) <= most * room:
            least = middle
        else:
            above = middle
    return text if width(text, size, weight) <= most * room else text[:least]


def _cut(text: str, kept: int) -> str:
    """So many letters of it, without its middle."""
    return f"{text[: (kept + 1) // 2]}…{text[len(text) - kept // 2 :]}"
