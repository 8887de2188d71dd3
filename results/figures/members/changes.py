"""What a plan changes for each member: a dot with its interval for each, those that lose most on top."""

from matplotlib.figure import Figure

from results.figures.kit.axis_ticks import fitting_ticks
from results.figures.kit.fonts import legible, shortened
from results.figures.kit.page import MARGIN, Page, caption_height, caption_lines, head_height
from results.figures.kit.style import COLOURS, FAINT, MUTED, SMALL, WIDTH, house_style
from results.members.estimates import Changes

ROW, NAMES, AXIS = 12.5, 165.0, 34.0
MOST_ROWS = 46
"""Members on a page; of more, those that lose most and those that gain most."""


def change_figure(found: Changes) -> Figure:
    """The chance to collaborate of each member, what a plan makes of it."""
    with house_style(found.names):
        return _drawn(found)


def _drawn(found: Changes) -> Figure:
    order = found.ranked("collaborated")
    cut = len(order) > MOST_ROWS
    shown = [*order[: MOST_ROWS // 2], *order[-MOST_ROWS // 2 :]] if cut else order
    values = found.change["collaborated"]
    title = f"What {found.scenario} changes for whom, compared with {found.baseline}"
    said = [
        "Change of the chance to have collaborated (percentage points), with 95 % intervals, network by network with "
        "the same luck. In colour: intervals that do not hold 0."
    ]
    if cut:
        said.append(f"Of {len(order)} members, the {MOST_ROWS // 2} that lose most and that gain most.")
    caption = caption_lines(said)
    high = ROW * len(shown)
    page = Page(head_height(title) + high + AXIS + caption_height(caption))
    page.head(title, caption)
    top, left = head_height(title), MARGIN + NAMES
    wide = WIDTH - MARGIN - left - 6
    axes = page.axes(left, top, wide, high, "changes")
    known = [one for one in shown if values.low[one] == values.low[one]]
    ends = [0.0, *(100 * float(values.mean[one]) for one in shown)]
    ends += [100 * float(end[one]) for one in known for end in (values.low, values.high)]
    low, up = min(ends), max(ends)
    pad = max((up - low) * 0.05, 0.5)
    low, up = low - pad, up + pad
    ticks, texts = fitting_ticks(low, up, wide)
    axes.set(xlim=(low, up), ylim=(len(shown) - 0.5, -0.5), yticks=[], xticks=ticks, xticklabels=texts)
    axes.spines["left"].set_visible(False)
    axes.axvline(0, color=MUTED, linewidth=0.8, zorder=1)
    for row, one in enumerate(shown):
        mean, ends_of = 100 * float(values.mean[one]), (100 * float(values.low[one]), 100 * float(values.high[one]))
        clear = ends_of[0] > 0 or ends_of[1] < 0
        colour = (COLOURS[1] if mean < 0 else COLOURS[2]) if clear else MUTED
        axes.plot(ends_of, [row, row], color=colour if clear else FAINT, linewidth=1.4, zorder=2)
        axes.plot([mean], [row], "o", color=colour, markersize=4, zorder=3)
        name = legible(found.names[one], f"member {one + 1}")
        page.write(MARGIN, top + (row + 0.5) * ROW, shortened(name, NAMES - 8, SMALL, 1), middle=True)
    page.write(left, top + high + 20, ["change of the chance to collaborate (percentage points)"], SMALL, color=MUTED)
    return page.figure
