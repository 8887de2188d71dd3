"""What happened beside what the model says, pattern by pattern, with the verdict on each."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isinf, isnan

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from results.checking.verdicts import Verdict, tally
from results.figures.checking.verdict_marks import few_lines, write_mark
from results.figures.kit.fonts import width
from results.figures.kit.page import LEADING, MARGIN, Page, caption_height, caption_lines, head_height
from results.figures.kit.row_axis import RowAxis, row_axis
from results.figures.kit.style import DARK, MUTED, SMALL, TALLEST, WIDTH, house_style
from scenarios.observed.study import NULL

TITLE = "What was observed, and what the model predicts"
LINE = SMALL * LEADING
NAMES, AXIS, GUTTER = 164.0, 168.0, 16.0
WORDS_LEFT = MARGIN + NAMES + GUTTER + AXIS + GUTTER
WORDS_ROOM = WIDTH - MARGIN - WORDS_LEFT
MARK = 12.0
"""Room of the mark before the verdict (points)."""
BAND, NUMBERS = 16.0, 14.5
"""Height of the axis, and of the numbers below it (points)."""
KEY, STUDY, AIR = 18.0, 18.0, 10.0
FADE = 24
"""Steps in which a band without an end fades."""
OBSERVED, PREDICTED = "#C8C8C8", "#0072B2"
SCALES = {
    "value": "value",
    "ratio": "ratio (log scale)",
    "odds_ratio": "odds ratio (log scale)",
    "interior": "ratio (log scale)",
    "difference": "difference",
    "difference_of_differences": "difference of differences",
}


@dataclass(frozen=True)
class _Row:
    """A pattern as it stands on the page: its lines left and right, and its axis."""

    verdict: Verdict
    name: list[str]
    text: list[str]
    about: list[str]
    why: list[str]
    axis: RowAxis

    @property
    def height(self) -> float:
        """With the gap below (points)."""
        left = len(self.name) + len(self.text) + len(self.about)
        return max(left * LINE, BAND + NUMBERS + LINE, (1 + len(self.why)) * LINE) + AIR


def verdict_figures(verdicts: Sequence[Verdict]) -> list[Figure]:
    """A row for each pattern, grouped by study: what was observed, what is predicted, and the verdict.

    Args:
        verdicts: in the order of their studies; none is drawn without any.

    Returns:
        As many pages as needed.
    """
    if not verdicts:
        return []
    with house_style(text for one in verdicts for text in (one.id, one.study, one.text, one.about, one.source)):
        caption = caption_lines(_caption(verdicts))
        fixed = head_height(TITLE) + KEY + caption_height(caption)
        pages: list[list[_Row]] = [[]]
        for study in dict.fromkeys(one.study for one in verdicts):
            for row in (_row(one) for one in verdicts if one.study == study):
                if pages[-1] and fixed + _rows_height([*pages[-1], row]) > TALLEST:
                    pages.append([])
                pages[-1].append(row)
        return [_draw_page(rows, caption, fixed, number > 0) for number, rows in enumerate(pages)]


def _row(one: Verdict) -> _Row:
    seen = one.observed
    null = NULL.get(one.statistic)
    values = [seen.low, seen.value, seen.high, one.predicted_low, one.predicted, one.predicted_high, null]
    return _Row(
        verdict=one,
        name=few_lines(one.id, NAMES, SMALL, 2, "bold"),
        text=few_lines(one.text, NAMES, SMALL, 6) if one.text else [],
        about=few_lines(f"about {one.about}", NAMES, SMALL, 2) if one.about else [],
        why=few_lines(one.why, WORDS_ROOM, SMALL, 6) if one.why else [],
        axis=row_axis([value for value in values if value is not None], is_log=one.statistic in _RATIOS, room=AXIS),
    )


_RATIOS = {name for name, null in NULL.items() if null == 1.0}


def _rows_height(rows: Sequence[_Row]) -> float:
    return sum(row.height for row in rows) + STUDY * len({row.verdict.study for row in rows})


def _draw_page(rows: Sequence[_Row], caption: Sequence[str], fixed: float, continued: bool) -> Figure:
    page = Page(fixed + _rows_height(rows))
    title = f"{TITLE} (continued)" if continued else TITLE
    page.head(title, caption)
    top = head_height(title)
    _draw_key(page, top + KEY / 2 - 4)
    top += KEY
    study = None
    for row in rows:
        if row.verdict.study != study:
            study = row.verdict.study
            _write_study(page, top, [one.verdict for one in rows if one.verdict.study == study])
            top += STUDY
        _draw_row(page, top, row)
        top += row.height
    return page.figure


def _write_study(page: Page, top: float, verdicts: Sequence[Verdict]) -> None:
    """A band with the study's name, and where it was read if that is one place."""
    page.sheet.add_patch(
        Rectangle((MARGIN, top), WIDTH - 2 * MARGIN, STUDY - 4, color="#F0F0F0", linewidth=0, zorder=0)
    )
    middle, room = top + (STUDY - 4) / 2, WIDTH - 2 * MARGIN - 8
    name = few_lines(verdicts[0].study, room / 2, SMALL, 1, "bold")
    page.write(MARGIN + 4, middle, name, middle=True, weight="bold")
    sources = {one.source for one in verdicts if one.source}
    if len(sources) == 1:
        left = width(name[0], SMALL, "bold") + 10
        page.write(MARGIN + 4 + left, middle, few_lines(sources.pop(), room - left, SMALL, 1), middle=True, color=MUTED)


def _draw_row(page: Page, top: float, row: _Row) -> None:
    page.write(MARGIN, top, row.name, weight="bold")
    page.write(MARGIN, top + len(row.name) * LINE, row.text)
    page.write(MARGIN, top + (len(row.name) + len(row.text)) * LINE, row.about, color=MUTED)
    left = MARGIN + NAMES + GUTTER
    axes = page.axes(left, top, AXIS, BAND, row.verdict.id)
    _draw_axis(axes, row)
    scale = few_lines(SCALES.get(row.verdict.statistic, row.verdict.statistic), AXIS, SMALL, 1)
    if isnan(row.verdict.predicted):
        scale = [f"{scale[0]}: nothing to count"]
    elif isinf(row.verdict.predicted):
        scale = [f"{scale[0]}: cannot be computed"]
    page.write(left + AXIS / 2, top + BAND + NUMBERS, scale, color=MUTED, ha="center")
    write_mark(page, WORDS_LEFT + 4, top + LINE / 2 + 0.5, row.verdict.verdict)
    page.write(WORDS_LEFT + MARK, top, [row.verdict.verdict], weight="bold")
    page.write(WORDS_LEFT, top + LINE, row.why, color=MUTED)


def _draw_axis(axes: Axes, row: _Row) -> None:
    one, axis = row.verdict, row.axis
    axes.set(ylim=(0, 1), yticks=[])
    if axis.is_log:
        axes.set_xscale("log")
        axes.minorticks_off()
    axes.set_xlim(axis.low, axis.high)
    axes.set_xticks(axis.ticks, axis.texts)
    axes.spines["left"].set_visible(False)
    _draw_observed(axes, row)
    null = NULL.get(one.statistic)
    if null is not None:
        axes.axvline(null, color=DARK, linewidth=0.7, zorder=2, label="no difference")
    if isnan(one.predicted_low) or isnan(one.predicted_high):
        return
    low, high = axis.clipped(one.predicted_low), axis.clipped(one.predicted_high)
    axes.plot([low, high], [0.5, 0.5], color=PREDICTED, linewidth=4, solid_capstyle="butt", zorder=4, label="predicted")
    for off, end, marker in (
        (axis.runs_off_left(one.predicted_low), axis.low, "<"),
        (axis.runs_off_right(one.predicted_high), axis.high, ">"),
    ):
        if off:
            axes.plot(end, 0.5, marker, color=PREDICTED, markersize=7, clip_on=False, zorder=5, label="goes on")
    if not isnan(one.predicted):
        sign = "<" if axis.runs_off_left(one.predicted) else ">" if axis.runs_off_right(one.predicted) else "o"
        axes.plot(axis.clipped(one.predicted), 0.5, sign, markersize=6 if sign == "o" else 8, color="black",
                  markeredgecolor="white", clip_on=False, zorder=6, label="median")  # fmt: skip


def _draw_observed(axes: Axes, row: _Row) -> None:
    """The interval that was observed; an end that is open fades out towards the edge."""
    seen, axis = row.verdict.observed, row.axis
    low = axis.low if seen.low is None else axis.clipped(seen.low)
    high = axis.high if seen.high is None else axis.clipped(seen.high)
    axes.axvspan(low, high, color=OBSERVED, linewidth=0, zorder=1, label="observed")
    to_axes = axes.transData + axes.transAxes.inverted()
    left, right = (float(to_axes.transform((end, 0.5))[0]) for end in (low, high))
    reach = 0.5 * (right - left) if seen.low is None and seen.high is None else 0.6 * (right - left)
    for is_open, edge, way in ((seen.low is None, left, 1.0), (seen.high is None, right, -1.0)):
        for step in range(FADE if is_open else 0):
            # White laid over the band, the more the nearer to the edge.
            start = edge + way * reach * step / FADE
            axes.add_patch(
                Rectangle((start, 0), way * reach / FADE, 1, transform=axes.transAxes, color="white", linewidth=0,
                          alpha=0.95 * (1 - step / FADE), zorder=1.5)
            )  # fmt: skip
    if seen.value is not None:
        axes.plot([axis.clipped(seen.value)] * 2, [0, 1], color=DARK, linewidth=2.2, zorder=3, label="observed value",
                  solid_capstyle="butt")  # fmt: skip


def _draw_key(page: Page, middle: float) -> None:
    x = MARGIN
    words = ("observed: interval", "value", "predicted: middle 95 % and median", "no difference")
    for number, text in enumerate(words):
        if number == 0:
            page.sheet.add_patch(Rectangle((x, middle - 5), 16, 10, color=OBSERVED, linewidth=0))
        elif number == 1:
            page.sheet.plot([x + 8] * 2, [middle - 5, middle + 5], color=DARK, linewidth=2.2)
        elif number == 2:
            page.sheet.plot([x, x + 16], [middle] * 2, color=PREDICTED, linewidth=4, solid_capstyle="butt")
            page.sheet.plot(x + 8, middle, "o", markersize=6, color="black", markeredgecolor="white")
        else:
            page.sheet.plot([x + 8] * 2, [middle - 6, middle + 6], color=DARK, linewidth=0.7)
        page.write(x + 21, middle, [text], middle=True)
        x += 21 + width(text, SMALL) + 14


def _caption(verdicts: Sequence[Verdict]) -> list[str]:
    studies = max(one.studies for one in verdicts)
    found = ", ".join(f"{count} {word}" for word, count in tally(verdicts).items())
    return [
        f"{len(verdicts)} pattern{'s' * (len(verdicts) > 1)}: {found}.",
        f"Each row has its own axis. Grey: what was observed; a band that fades has no end on that side. Blue: the "
        f"middle 95 % of up to {studies:,} virtual studies, which repeat the study in the model; an arrow: it goes on "
        "beyond the axis, to nothing or without end (black: even the median does).",
        "Supported (filled circle): at least half of the virtual studies lie in the grey, where random answers would "
        "at most half of the time; 9 in 10 show the observed direction; the observed value lies in the "
        "blue. Contradicted (cross): the blue lies wholly outside the grey. Undecided (hollow circle): neither.",
    ]
