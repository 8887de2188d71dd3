"""Panels on a page, one for each effect that money buys: what they are called, and where they stand."""

from collections.abc import Callable, Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from results.estimates.incremental import Effect
from results.figures.kit.axis_names import write_up
from results.figures.kit.page import LEADING, MARGIN, Page, caption_height, caption_lines, head_height
from results.figures.kit.plan_key import KEY_ROW, key_rows, write_key
from results.figures.kit.style import BODY, SMALL, WIDTH, house_style
from simulation.outcomes import Horizon

UNITS: Mapping[Effect, str] = {
    "months_worked": "months of collaboration",
    "surviving": "collaborations that survive a year",
    "evidence": "pieces of evidence",
    "translation": "translations at scale",
}
"""What is bought, as axes and titles have it."""
UNTIL: Mapping[Horizon, str] = {
    "closing": "counted to the planned closing",
    "year after": "counted to a year after closing",
    "end": "counted to the last month simulated",
}
LEFT, GUTTER, HEIGHT, ABOVE, BELOW = 52.0, 58.0, 168.0, 20.0, 44.0
COLUMNS = 2
PANEL = (WIDTH - LEFT - GUTTER - MARGIN * 2) / COLUMNS


def effect_page(
    names: Sequence[str],
    title: str,
    said: Sequence[str],
    effects: Sequence[Effect],
    draw: Callable[[Axes, int], None],
    below: Callable[[Effect], str],
    beside: str,
) -> Figure:
    """A page with a panel for each effect, and a key of the plans.

    Args:
        names: of the plans, the baseline first.
        title: above all.
        said: the caption, sentence by sentence.
        effects: a panel each.
        draw: draws the panel of so many.
        below: what a panel's axis across says.
        beside: what the axis up says, on the left of every row.
    """
    with house_style(names):
        caption = caption_lines(said)
        rows = key_rows(names)
        first = head_height(title) + len(rows) * KEY_ROW
        page = Page(first + panels_height(len(effects)) + caption_height(caption))
        page.head(title, caption)
        write_key(page, head_height(title), rows)
        for number, effect in enumerate(effects):
            left, top = panel_place(number, first)
            page.write(left, top - SMALL * LEADING - 4, [UNITS[effect].capitalize()], BODY, weight="bold")
            draw(page.axes(left, top, PANEL, HEIGHT, effect), number)
            page.write(left + PANEL / 2, top + HEIGHT + BELOW - 24, [below(effect)], ha="center")
            if not number % COLUMNS:
                write_up(page, MARGIN, top + HEIGHT / 2, [beside])
    return page.figure


def panel_place(number: int, first: float) -> tuple[float, float]:
    """Left and top of a panel (points); `first` is where the first row begins."""
    row, column = divmod(number, COLUMNS)
    return LEFT + column * (PANEL + GUTTER), first + ABOVE + row * (ABOVE + HEIGHT + BELOW)


def panels_height(count: int) -> float:
    """Room that so many panels take (points)."""
    return -(-count // COLUMNS) * (ABOVE + HEIGHT + BELOW)
