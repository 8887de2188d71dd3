"""A key of plans above panels: a sample of each line, and its name."""

from collections.abc import Sequence

from results.figures.kit.fonts import legible, shortened, width
from results.figures.kit.page import MARGIN, Page
from results.figures.kit.style import SMALL, WIDTH, stroke

KEY_ROW, HANDLE = 13.0, 26.0


def key_rows(names: Sequence[str]) -> list[list[tuple[float, int, str]]]:
    """Places of the key's entries: rows of (left, number of the plan, words)."""
    room, left = WIDTH - 2 * MARGIN, 0.0
    rows: list[list[tuple[float, int, str]]] = [[]]
    for number, name in enumerate(names):
        words = shortened(legible(name, f"plan {number + 1}"), room - HANDLE, SMALL, 1)[0]
        takes = HANDLE + width(words, SMALL) + 14
        if rows[-1] and left + takes > room:
            rows.append([])
            left = 0.0
        rows[-1].append((left, number, words))
        left += takes
    return rows


def write_key(page: Page, top: float, rows: Sequence[Sequence[tuple[float, int, str]]]) -> None:
    """A sample of each plan's line, and its name."""
    for place, row in enumerate(rows):
        y = top + (place + 0.5) * KEY_ROW - 2
        for left, number, words in row:
            x = MARGIN + left
            page.sheet.plot([x, x + HANDLE - 6], [y, y], **stroke(number))  # type: ignore[arg-type]
            page.write(x + HANDLE, y, [words], middle=True)
