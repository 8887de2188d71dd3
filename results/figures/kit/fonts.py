"""Names in any script: which fonts can write them, how wide they come out, and where their lines break."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cache, lru_cache

from matplotlib import font_manager
from matplotlib.ft2font import FT2Font
from matplotlib.textpath import text_to_path

HOUSE = "DejaVu Sans"
"""Ships with matplotlib, so is the same everywhere: Latin, Greek, Cyrillic, Arabic; not Chinese, not Devanagari."""

HINTING = 1.03
"""A PNG sets letters on whole pixels and so a little wider than their outlines are."""

_PLAIN = re.compile("[ -\u024f\u2010-\u2027\u2212]*")
"""Texts in which no letter changes with those beside it: no marks to combine, no script that is joined up."""


@cache
def _glyphs(file: str) -> frozenset[int]:
    return frozenset(FT2Font(file).get_charmap())


@cache
def _font_with(character: str) -> str | None:
    """An installed upright font that can write the character, the first by name; None where there is none."""
    if ord(character) in _glyphs(font_manager.findfont(HOUSE)):
        return HOUSE
    for font in sorted(font_manager.fontManager.ttflist, key=lambda font: (font.name, font.fname)):
        # Last Resort "has" every character: as a box.
        if "Last Resort" in font.name or font.style != "normal":
            continue
        try:
            if ord(character) in _glyphs(font.fname):
                return str(font.name)
        except (OSError, RuntimeError):  # uninstalled since matplotlib last looked, or a format it cannot read
            continue
    return None


def families(texts: Iterable[str]) -> list[str]:
    """Fonts to try in turn: the house font, then those that the texts need beyond it."""
    needed = {_font_with(character) for character in sorted(set("".join(texts))) if character.isprintable()}
    return [HOUSE, *sorted(name for name in needed if name and name != HOUSE)]


def legible(text: str, otherwise: str) -> str:
    """The text, or `otherwise` where no installed font can write all of it: a row of boxes tells nobody anything."""
    text = " ".join(text.split())
    writable = text.isprintable() and all(_font_with(character) for character in text)
    return text if writable and text else otherwise


@lru_cache(maxsize=20_000)
def width(text: str, size: float, weight: str = "normal") -> float:
    """How wide the text comes out at most (points)."""
    font = font_manager.FontProperties(family=families([text]), size=size, weight=weight)
    return HINTING * float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0])


@lru_cache(maxsize=20_000)
def _advance(word: str, size: float, weight: str) -> float:
    """How far the word moves what stands after it (points): bars are kerned with nothing."""
    return width(f"|{word}|", size, weight) - width("||", size, weight)


def wrapped(text: str, room: float, size: float, weight: str = "normal") -> list[str]:
    """The text in lines no wider than `room` (points), broken at spaces, after hyphens, inside words if it must."""
    # To measure takes long, a whole line longer: a line is first told by its words, which texts have in common.
    told_by_words = _PLAIN.fullmatch(text) is not None

    def is_wider(line: str, before: float, last: str) -> bool:
        """Whether a line is too wide, `last` in it after what takes `before` points."""
        about = before + _advance(last.rstrip(), size, weight) if told_by_words and last.strip() else room
        return about > room if abs(about - room) > size / 2 else width(line.rstrip(), size, weight) > room

    def moved(word: str) -> float:
        return _advance(word, size, weight) if told_by_words else 0.0

    lines, line, taken = [], "", 0.0
    for word in text.replace("-", "-\u200b").replace(" ", " \u200b").split("\u200b"):
        if line and is_wider(line + word, taken, word):
            lines.append(line.rstrip())
            line, taken = "", 0.0
        alone = not line
        line += word
        while alone and is_wider(line, 0.0, line) and len(line) > 1:
            rest = line
            fit = max(1, bisect_right(range(1, len(rest)), room, key=lambda n: width(rest[:n], size, weight)))
            lines.append(rest[:fit])
            line = rest[fit:]
        taken = moved(line) if alone else taken + moved(word)
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def shortened(text: str, room: float, size: float, lines: int, weight: str = "normal") -> list[str]:
    """At most so many lines, cut from the middle if need be, since names that differ often do so at the end."""

    def cut(kept: int) -> list[str]:
        head = (kept + 1) // 2
        return wrapped(f"{text[:head].rstrip()}…{text[len(text) - (kept - head) :].lstrip()}", room, size, weight)

    whole = wrapped(text, room, size, weight)
    if len(whole) <= lines or len(text) <= 2:
        return whole
    return cut(max(2, 1 + bisect_left(range(2, len(text)), True, key=lambda kept: len(cut(kept)) > lines)))
