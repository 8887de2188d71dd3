"""Which assumptions what happened needs: the fit with each, against the fit without it."""

from collections.abc import Sequence
from math import ceil, floor, isfinite, log

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from results.checking.necessity import BY_LUCK, NOTABLE, Necessity
from results.estimates.factor_bins import number_text
from results.figures.checking.verdict_marks import few_lines, mark_style, write_mark
from results.figures.kit.fonts import width, wrapped
from results.figures.kit.page import LEADING, MARGIN, Page, caption_height, caption_lines, head_height
from results.figures.kit.style import DARK, MUTED, SMALL, TALLEST, WIDTH, house_style

TITLE = "Which assumptions the facts need"
LINE = SMALL * LEADING
NAMES, GUTTER, WORDS_ROOM = 178.0, 14.0, 118.0
LEFT = MARGIN + NAMES + GUTTER
AXIS = WIDTH - MARGIN - WORDS_ROOM - GUTTER - LEFT
WORDS_LEFT = LEFT + AXIS + GUTTER
MARK = 12.0
KEY, SCALE, AIR = 18.0, 27.0, 6.0
"""Height of the key and of the scale above and below the rows, and the gap between rows (points)."""
FAR = log(3000.0)
"""Gains beyond this one run off the axis: one assumption that the facts cannot do without would crush the others."""
SHORTEST = 1.5 * NOTABLE
"""What the axis shows at least on either side."""


def necessity_figures(found: Sequence[Necessity]) -> list[Figure]:
    """A row for each assumption, the most needed on top; those that nothing observed depends on are listed below.

    Args:
        found: of any assumptions; none is drawn without any.

    Returns:
        As many pages as needed.
    """
    if not found:
        return []
    with house_style(one.title for one in found):
        ranked = sorted((one for one in found if not _is_untouched(one)), key=lambda one: -one.gain)
        rest = _rest([one for one in found if _is_untouched(one)])
        caption = caption_lines(_caption(found, len(ranked)))
        room = TALLEST - head_height(TITLE) - caption_height(caption)
        axis = _axis(ranked)
        figures: list[Figure] = []
        while ranked or rest:
            rows, lines = _fitting(ranked, rest, room)
            figures.append(_draw_page(ranked[:rows], rest[:lines], axis, caption, bool(figures)))
            ranked, rest = ranked[rows:], rest[lines:]
        return figures


def _is_untouched(one: Necessity) -> bool:
    return one.is_untouched or not isfinite(one.gain)


def _rest(untouched: Sequence[Necessity]) -> list[str]:
    """The paragraph of those that cannot be drawn."""
    if not untouched:
        return []
    titles = [" ".join(few_lines(one.title or one.id, 4 * WIDTH, SMALL, 1)) for one in untouched]
    plural = "s" * (len(titles) > 1)
    text = f"Nothing observed depends on {len(titles)} assumption{plural}: {'; '.join(titles)}."
    return wrapped(text, WIDTH - 2 * MARGIN, SMALL)


def _fitting(ranked: Sequence[Necessity], rest: Sequence[str], room: float) -> tuple[int, int]:
    """How many rows, and how many lines of the paragraph, still go on a page."""
    rows, used = 0, KEY + 2 * SCALE if ranked else 0.0
    while rows < len(ranked) and used + _row_height(ranked[rows]) <= room:
        used += _row_height(ranked[rows])
        rows += 1
    lines = int((room - used - AIR) // LINE) if rows == len(ranked) else 0
    return rows, max(0, min(lines, len(rest)))


def _name(one: Necessity) -> list[str]:
    return few_lines(one.title or one.id, NAMES, SMALL, 3)


def _row_height(one: Necessity) -> float:
    return max(len(_name(one)), len(_words(one))) * LINE + AIR


def _words(one: Necessity) -> list[str]:
    """The verdict in short, and the pattern that says most about it."""
    said = few_lines(one.short, WORDS_ROOM - MARK, SMALL, 2, "bold")
    if one.verdict != "undecided" and one.strongest and one.strongest.gain:
        said += few_lines(one.strongest.id, WORDS_ROOM - MARK, SMALL, 1)
    return said


def _axis(ranked: Sequence[Necessity]) -> tuple[float, float]:
    """Its ends, in differences of log score: what the rows need, but neither too short nor too far on either side."""
    lows = [one.gain - BY_LUCK * one.error for one in ranked if isfinite(one.error)]
    highs = [one.gain + BY_LUCK * one.error for one in ranked if isfinite(one.error)]
    low, high = min([-SHORTEST, *lows]), max([SHORTEST, *highs])
    return max(low, -FAR) - 0.3, min(high, FAR) + 0.3


def _draw_page(
    rows: Sequence[Necessity], rest: Sequence[str], axis: tuple[float, float], caption: Sequence[str], continued: bool
) -> Figure:
    title = f"{TITLE} (continued)" if continued else TITLE
    heights = [_row_height(one) for one in rows]
    drawn = KEY + 2 * SCALE + sum(heights) if rows else 0.0
    page = Page(head_height(title) + drawn + (AIR + len(rest) * LINE if rest else 0) + caption_height(caption))
    page.head(title, caption)
    top = head_height(title)
    if rows:
        _draw_key(page, top + KEY / 2 - 4)
        _draw_rows(page, top + KEY + SCALE, rows, heights, axis)
    page.write(MARGIN, top + drawn + AIR, rest)
    return page.figure


def _draw_rows(
    page: Page, top: float, rows: Sequence[Necessity], heights: Sequence[float], axis: tuple[float, float]
) -> None:
    axes = page.axes(LEFT, top, AXIS, sum(heights), "gain")
    _draw_scales(axes, sum(heights), axis)
    page.write(LEFT + AXIS / 2, top - SCALE, ["times as likely with it"], ha="center")
    page.write(LEFT + AXIS / 2, top + sum(heights) + SCALE - 11, ["difference of log score"], ha="center")
    y = 0.0
    for number, (one, height) in enumerate(zip(rows, heights, strict=True)):
        if number % 2 == 0:
            axes.axhspan(y, y + height, color="#F3F3F3", linewidth=0, zorder=0)
            for left, right in ((MARGIN, LEFT), (LEFT + AXIS, WIDTH - MARGIN)):
                page.sheet.add_patch(
                    Rectangle((left, top + y), right - left, height, color="#F3F3F3", linewidth=0, zorder=0)
                )
        middle = y + height / 2
        page.write(LEFT - 8, top + middle, _name(one), middle=True, ha="right")
        _draw_gain(axes, middle, one, axis)
        said = _words(one)
        start = top + middle - len(said) * LINE / 2
        bold = len(few_lines(one.short, WORDS_ROOM - MARK, SMALL, 2, "bold"))
        write_mark(page, WORDS_LEFT + 4, start + LINE / 2 + 0.5, one.verdict, 5.5)
        page.write(WORDS_LEFT + MARK, start, said[:bold], weight="bold")
        page.write(WORDS_LEFT + MARK, start + bold * LINE, said[bold:], color=MUTED)
        y += height


def _draw_scales(axes: Axes, height: float, axis: tuple[float, float]) -> None:
    """Below the difference of log score, above what it comes to as a factor."""
    low, high = axis
    axes.set(xlim=axis, ylim=(height, 0), yticks=[])
    axes.spines["left"].set_visible(False)
    step = next(step for step in (1.0, 2.0, 5.0) if (high - low) / step < 9)
    ticks = [step * number for number in range(ceil(low / step), floor(high / step) + 1)]
    axes.set_xticks(ticks, [number_text(tick) for tick in ticks])
    above = axes.secondary_xaxis("top")
    factors = _factors(low, high)
    above.set_xticks([log(factor) for factor in factors], [_factor_text(factor) for factor in factors])
    axes.axvline(0, color=MUTED, linewidth=0.8, zorder=1, label="no difference")
    for threshold in (-NOTABLE, NOTABLE):
        axes.axvline(threshold, color=DARK, linewidth=0.9, linestyle=(0, (1, 1.6)), zorder=1, label="threshold")


def _factors(low: float, high: float) -> list[float]:
    """1, and powers of ten that have room; 3 alone on a short axis."""
    if high - low < 2 * log(10.0):
        return [1 / 3, 1.0, 3.0]
    step = ceil((high - low) / log(10.0) / 5)
    powers = range(ceil(low / log(10.0)), floor(high / log(10.0)) + 1)
    return [10.0**power for power in powers if power % step == 0]


def _factor_text(factor: float) -> str:
    return number_text(round(factor, 6)) if factor >= 1 else f"1/{number_text(round(1 / factor, 6))}"


def _draw_gain(axes: Axes, y: float, one: Necessity, axis: tuple[float, float]) -> None:
    error = BY_LUCK * one.error if isfinite(one.error) else 0.0
    low, high = one.gain - error, one.gain + error
    inward = 3 * (axis[1] - axis[0]) / AXIS
    for off, end, marker in ((low < axis[0], axis[0] + inward, "<"), (high > axis[1], axis[1] - inward, ">")):
        if off:
            axes.plot(end, y, marker, color=DARK, markersize=5, zorder=3, label="goes on")
    if axis[0] <= one.gain <= axis[1]:
        ends = [max(low, axis[0]), min(high, axis[1])]
        axes.plot(ends, [y, y], color=DARK, linewidth=1.4, solid_capstyle="butt", zorder=2, label="luck")
        axes.plot(one.gain, y, **mark_style(one.verdict), zorder=4, label="fit")  # type: ignore[arg-type]
        return
    # Beyond the axis a number says how far.
    right = one.gain > 0
    text = f"{number_text(one.gain, 0.1)} ± {number_text(error, 0.1)}"
    axes.annotate(text, (axis[1] if right else axis[0], y), (-9 if right else 9, 0), textcoords="offset points",
                  ha="right" if right else "left", va="center_baseline")  # fmt: skip


def _draw_key(page: Page, middle: float) -> None:
    x = MARGIN
    page.sheet.plot([x, x + 18], [middle] * 2, color=DARK, linewidth=1.4, solid_capstyle="butt")
    page.sheet.plot(x + 9, middle, **mark_style("undecided"))  # type: ignore[arg-type]
    text = "fit with it, against without, and what luck may explain"
    page.write(x + 24, middle, [text], middle=True)
    x += 24 + width(text, SMALL) + 16
    page.sheet.plot([x] * 2, [middle - 6, middle + 6], color=DARK, linewidth=0.9, linestyle=(0, (1, 1.6)))
    page.write(x + 7, middle, ["3 times as likely, with it or without"], middle=True)


def _caption(found: Sequence[Necessity], drawn: int) -> list[str]:
    said = [
        f"Each of {len(found)} assumptions is switched off in turn, and all patterns are predicted again with the same "
        "luck."
        if len(found) > 1
        else "The assumption is switched off, and all patterns are predicted again with the same luck."
    ]
    if drawn:
        said.append(
            "Right of the middle, the facts are likelier with the assumption, left of it without; lines: 3 standard "
            "errors of luck either way; beyond the axis, numbers say how far. Filled circle, needed: at least 3 times "
            "as likely with it, by more than luck. Cross, fits better without: the reverse. Hollow circle, not needed: "
            "the difference is smaller than that; cannot tell: luck may explain it. Below the word: the pattern that "
            "changes most."
        )
    return said
