"""Where lines break: as if every line were measured letter by letter, though most are told by their words."""

import itertools

import pytest

from results.figures.kit.fonts import width, wrapped

TEXTS = (
    "Difference to salex in collaborations a year after closing, with 95 % intervals; 500 networks of each scenario.",
    "A well-known half-way-house \u2013 “quoted” \u2013 of AVAVAV, To.Wa. and Łódź\u2212Île; two  blanks   and --",
    "An Donaudampfschifffahrt-Kapitäne",
    "شبكات التعاون between Афины and Ελλάδα, e\u0301cole",
    "   ",
    "",
)


def lines_by_measuring(text: str, room: float, size: float, weight: str) -> list[str]:
    """A line takes as many words as are no wider than the room, and where not even one is, as many letters."""
    lines, line = [], ""
    for word in text.replace("-", "-\u200b").replace(" ", " \u200b").split("\u200b"):
        if line and width((line + word).rstrip(), size, weight) > room:
            lines.append(line.rstrip())
            line = ""
        line += word
        while width(line.rstrip(), size, weight) > room and len(line) > 1:
            fit = max(n for n in range(1, len(line)) if n == 1 or width(line[:n], size, weight) <= room)
            lines.append(line[:fit])
            line = line[fit:]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


@pytest.mark.parametrize("text", TEXTS)
def test_lines_break_where_measuring_them_whole_would_break_them(text: str) -> None:
    for room, (size, weight) in itertools.product((31, 95, 140, 333), ((8, "normal"), (10, "bold"))):
        assert wrapped(text, room, size, weight) == lines_by_measuring(text, room, size, weight)
