"""What each input of a finished run does, as bars: a panel for each measure, and what shuffled inputs reach by luck."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from results.figures.kit.axis_ticks import fitting_ticks
from results.figures.kit.factor_labels import label_height, write_factor
from results.figures.kit.page import LEADING, MARGIN, Page, caption_height, caption_lines, head_height
from results.figures.kit.response_labels import outcome_title
from results.figures.kit.style import COLOURS, DARK, MUTED, SMALL, TALLEST, WIDTH, house_style
from results.sweeping.given_analysis import GivenAnalysis
from results.sweeping.given_data import Influence, Measure
from scenarios.designs.factors import Factor

MOST = 16
"""Inputs that are drawn; the table has all."""
ROOM, GAP = 158.0, 14.0
HEADING = 2 * SMALL * LEADING + 6
PANELS: tuple[tuple[str, str, tuple[tuple[Measure, str], ...]], ...] = (
    ("delta", "(0 to 1)", (("delta", "#0072B2"),)),
    ("PAWN", "(0 to 1)", (("pawn", "#0072B2"),)),
    ("S1, alone", "(share of variance)", (("first", "#0072B2"),)),
    ("regional", "(low, high)", (("lowest", "#56B4E9"), ("highest", "#0072B2"))),
)
"""Heading, what it is, and the bars: measure and colour."""
BARS = (WIDTH - 2 * MARGIN - ROOM - (len(PANELS) - 1) * GAP) / len(PANELS)
LUCK = COLOURS[1]


def given_figures(one: GivenAnalysis) -> list[Figure]:
    """Every measure of the inputs that matter most, with 95 % intervals; nothing where nothing can be said."""
    shown = one.influences[:MOST]
    if not shown:
        return []
    with house_style([one.of, *(influence.key for influence in shown)]):
        row = max(22.0, *(label_height(Factor(influence.key), ROOM, 1) + 5 for influence in shown))
        of = f", {one.of}" if one.of else ""
        title = f"{outcome_title(one.outcome)}{of}: what each input does"
        caption = caption_lines(_caption(one, len(shown)))
        fixed = head_height(title) + HEADING + SMALL * LEADING + 10 + caption_height(caption)
        row = min(row, (TALLEST - fixed) / len(shown))
        page = Page(fixed + row * len(shown))
        page.head(title, caption)
        top = head_height(title) + HEADING
        for number, influence in enumerate(shown):
            write_factor(page, MARGIN + ROOM - 6, top + row * (number + 0.5), Factor(influence.key), ROOM, 1)
        for place, (name, what, bars) in enumerate(PANELS):
            left = MARGIN + ROOM + place * (BARS + GAP)
            page.write(left, top - HEADING, [name], weight="bold")
            page.write(left, top - HEADING + SMALL * LEADING, [what], color=MUTED)
            _draw(page.axes(left, top, BARS, row * len(shown), name), shown, bars)
        return [page.figure]


def _draw(axes: Axes, shown: Sequence[Influence], bars: Sequence[tuple[Measure, str]]) -> None:
    reaches = [influence.by[measure] for influence in shown for measure, _ in bars]
    right = 1.06 * max(max(one.high, one.value, one.nothing) for one in reaches) or 1.0
    axes.set(xlim=(0, right), ylim=(len(shown), 0), yticks=[])
    axes.spines["left"].set_visible(False)
    axes.set_xticks(*fitting_ticks(0, right, BARS))
    axes.axvline(0, color=MUTED, linewidth=0.8, zorder=3)
    thick = 0.5 / len(bars)
    for row, influence in enumerate(shown):
        if row % 2 == 0:
            axes.axhspan(row, row + 1, color="#F3F3F3", linewidth=0, zorder=0)
        for number, (measure, colour) in enumerate(bars):
            one, y = influence.by[measure], row + 0.5 + (number - (len(bars) - 1) / 2) * (thick + 0.06)
            axes.barh(y, max(one.value, 0.0), thick, color=colour, alpha=1.0 if one.is_clear else 0.35, linewidth=0,
                      zorder=2, label=measure)  # fmt: skip
            axes.plot(
                [one.nothing] * 2, [y - thick / 2, y + thick / 2], color=LUCK, linewidth=1.4, zorder=3, label="luck"
            )
            axes.plot([one.low, one.high], [y, y], "|-", color=DARK, linewidth=0.9, markersize=4, zorder=4,
                      label="interval")  # fmt: skip


def _caption(one: GivenAnalysis, shown: int) -> list[str]:
    said = [
        f"{one.points:,} points.",
        "Black lines are 95 % intervals. Orange: what the best of all inputs reaches by luck in 1 of 20 shuffles; a "
        "pale bar is not more than that.",
        "delta and PAWN: how far knowing the input moves the outcome's distribution. Regional: how far the input's "
        "values differ at the quarter of points with the lowest outcomes (light) and the highest (dark).",
    ]
    if shown < len(one.influences):
        said.append(f"The {shown} of {len(one.influences)} inputs, those that matter most.")
    if one.left:
        said.append(f"Luck makes {100 * one.left:.0f} % of the differences between points; S1 is of the rest.")
    return said
