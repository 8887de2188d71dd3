"""Colours, line styles, sizes and settings that all pictures share."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import matplotlib
import matplotlib.style

from results.figures.kit.fonts import families

WIDTH = 6.9 * 72
"""Width of every picture (points): 175 mm, the text width of an A4 page, so that printing shrinks nothing."""
TALLEST = 10.2 * 72
"""Height (points) beyond which a picture goes on to another page: A4 with its margins."""
SMALL, BODY, HEAD = 8.0, 8.5, 10.0
"""Sizes of text (points)."""

COLOURS = ("#000000", "#D55E00", "#0072B2", "#009E73", "#E69F00", "#CC79A7", "#56B4E9")
"""Lines, the baseline first. Source: Okabe & Ito (2008), Color Universal Design; without their yellow, which can
hardly be seen as a line on white paper. The order is ours."""
FILLS = ("#56B4E9", "#E69F00", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7", "#000000")
"""Fills of members, outlined in dark: all eight of Okabe & Ito."""
OTHER = "#BBBBBB"
"""Fill of members whose main topic has no colour of its own left."""
DASHES: tuple[str | tuple[float, tuple[float, ...]], ...] = (
    "solid",
    (0, (5, 2)),
    (0, (1, 1.4)),
    (0, (7, 2, 1.2, 2)),
    (0, (3, 1.2, 1, 1.2, 1, 1.2)),
)
"""Five line styles against six colours (black is the baseline's alone): the pair first repeats after 30 scenarios."""
DARK, MUTED, FAINT = "#222222", "#555555", "#BBBBBB"

SETTINGS = {
    # Ids inside an SVG are hashes of what they stand for; unsalted, they would be drawn at random.
    "svg.hashsalt": "legato",
    # Text as outlines: a reader's computer without our font would otherwise set it wider and run it into the lines.
    "svg.fonttype": "path",
    "text.parse_math": False,  # a dollar sign in a name is a dollar sign
    "font.size": SMALL,
    "text.color": DARK,
    "axes.labelcolor": DARK,
    "axes.labelsize": SMALL,
    "axes.edgecolor": MUTED,
    "axes.linewidth": 0.7,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": DARK,
    "ytick.labelcolor": DARK,
    "xtick.major.size": 3,
    "ytick.major.size": 3,
}


@contextmanager
def house_style(texts: Iterable[str] = ()) -> Iterator[None]:
    """Our settings instead of the user's while a picture is drawn or saved; the user's come back afterwards.

    Args:
        texts: names that will be written and may need a further font.
    """
    with matplotlib.style.context({**SETTINGS, "font.family": families(texts)}, after_reset=True):
        yield


def stroke(position: int) -> dict[str, object]:
    """Colour, line style and width of the scenario at that position; 0 is the baseline, drawn heaviest."""
    return {
        "color": COLOURS[1 + (position - 1) % (len(COLOURS) - 1)] if position else COLOURS[0],
        "linestyle": DASHES[position % len(DASHES)],
        "linewidth": 2.2 if position == 0 else 1.5,
    }
