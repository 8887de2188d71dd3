"""A page with a network by its names: the title, the network, its key, and what the picture means below."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from results.figures.kit.key import Entry, draw_key, key_height
from results.figures.kit.named_network import DrawnTie, NamedPoint, draw_named_network
from results.figures.kit.page import MARGIN, Page, caption_height, caption_lines, head_height
from results.figures.kit.style import WIDTH
from scenarios.files.listing import counted


def named_page(
    title: str,
    said: Sequence[str],
    signs: Sequence[tuple[str, Sequence[Entry]]],
    points: Sequence[NamedPoint],
    ties: Sequence[DrawnTie],
    *,
    label: str,
    high: float,
    kept: int,
) -> Figure:
    """Draw it; how many names had no room is said below.

    Args:
        title: of the page.
        said: sentences below the picture.
        signs: headings and entries of the key.
        points: members.
        ties: between them, by their places among the points.
        label: of the axes.
        high: height of the network (points).
        kept: letters for which the caption keeps room, for what is said of names without room.
    """
    top, room = head_height(title), caption_height(caption_lines([*said, "x" * kept]))
    page = Page(top + high + key_height(signs) + room)
    unnamed = draw_named_network(page, (MARGIN, top, WIDTH - 2 * MARGIN, high), label, points, ties)
    without = [f"{counted(unnamed, 'name')} had no room; the table has all."] if unnamed else []
    draw_key(page, top + high, signs)
    page.head(title, caption_lines([*said, *without]))
    return page.figure
