"""The figure of page one as a picture, for programs that cannot show the page's own."""

from collections.abc import Sequence
from io import BytesIO

from results.figures.kit.fonts import shortened
from results.figures.kit.page import LEADING, MARGIN, Page, caption_height, caption_lines, head_height
from results.figures.kit.style import DARK, MUTED, SMALL, WIDTH, house_style
from results.pages.chart import Drawn, drawn
from results.words.decision import Chart
from results.words.sentence import Speaker

NAMES, GUTTER, ROW, BAR = 106.0, 20.0, 28.0, 18.0
TITLE = 3
"""Lines of a panel's title."""
COLOUR = "#0072B2"
DOTS = 300
"""Points per inch of the picture that is no vector."""


def chart_pictures(chart: Chart, speaker: Speaker) -> dict[str, bytes]:
    """The figure as "svg" and "png"; the same bytes for the same figure."""
    panels = drawn(chart, speaker)
    title = speaker.say(chart.title)
    caption = caption_lines([speaker.say(chart.caption), f"{speaker.whole(chart.zero)}."])
    texts = [bar.label for panel in panels for bar in panel.bars]
    with house_style([title, *texts, *(panel.title for panel in panels)]):
        most = max((len(panel.bars) for panel in panels), default=0)
        page = Page(head_height(title) + TITLE * SMALL * LEADING + 6 + ROW * most + caption_height(caption))
        page.head(title, caption)
        _draw(page, panels, head_height(title))
        pictures = {}
        for form, metadata in (("svg", {"Date": None, "Creator": "Legato"}), ("png", {"Software": None})):
            written = BytesIO()
            page.figure.savefig(written, format=form, dpi=DOTS, metadata=metadata)
            pictures[form] = written.getvalue()
    return pictures


def _draw(page: Page, panels: Sequence[Drawn], top: float) -> None:
    room = (WIDTH - 2 * MARGIN - NAMES - GUTTER * (len(panels) - 1)) / max(len(panels), 1)
    start = top + TITLE * SMALL * LEADING + 6
    for row, bar in enumerate(panels[0].bars if panels else ()):
        lines = shortened(bar.label, NAMES - 10, SMALL, 2)
        page.write(MARGIN, start + ROW * row + ROW / 2, lines, middle=True)
    for number, panel in enumerate(panels):
        left = MARGIN + NAMES + number * (room + GUTTER)
        page.write(left, top, shortened(panel.title, room, SMALL, TITLE, "bold"), weight="bold")
        zero = left + room * panel.zero / 100
        for row, bar in enumerate(panel.bars):
            y = start + row * ROW
            page.write(left + room, y, [bar.value], ha="right")
            page.sheet.plot([zero, zero], [y + BAR - 6, y + BAR + 6], color=MUTED, linewidth=0.9)
            if bar.ends is not None:
                ends = [left + room * end / 100 for end in bar.ends]
                page.sheet.plot(ends, [y + BAR] * 2, color=COLOUR, linewidth=2, solid_capstyle="butt")
            page.sheet.plot(left + room * bar.dot / 100, y + BAR, "o", markersize=5, color=DARK)
