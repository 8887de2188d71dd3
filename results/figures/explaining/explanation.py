"""The waterfall: from the baseline to the scenario, change by change, the one that makes most on top."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from results.estimates.factor_bins import MINUS
from results.estimates.same_luck import same_luck
from results.explaining.explanation import Effect, Explanation
from results.explaining.words import moved, named
from results.figures.kit.axis_ticks import fitting_ticks
from results.figures.kit.fonts import legible, shortened, width
from results.figures.kit.page import LEADING, MARGIN, Page, caption_height, caption_lines, head_height, save
from results.figures.kit.response_labels import change_unit, outcome_title, outcome_words
from results.figures.kit.style import DARK, FAINT, MUTED, SMALL, WIDTH, house_style
from results.figures.sweeping.tornado import HIGH, LOW
from results.words.numbers import number, scaled, with_half
from simulation.outcomes import outcome_named

ROOM = 178.0
"""Room left of the bars for the changes (points)."""
SIZES = 66.0
"""Room right of them for what each makes (points)."""
BARS = WIDTH - 2 * MARGIN - ROOM - SIZES
KEY = 18.0
MOST = 16
"""Parts with a row each; what is beyond shares one."""


@dataclass(frozen=True)
class Step:
    """One row: where it starts and ends, in the unit shown, and what is written beside it.

    Attributes:
        name: what it is.
        words: more of it, below the name.
        start: where the bar starts.
        end: where it ends; `start` again for a level.
        low: lower end of the interval around `end`; nan where there is none.
        high: its upper end.
        size: what it makes, with half its interval.
    """

    name: str
    words: str
    start: float
    end: float
    low: float
    high: float
    size: str


def draw_explanation(found: Explanation, folder: Path) -> list[Path]:
    """Draw an explanation: `explanation`, as SVG and PNG.

    Args:
        found: parts of a difference.
        folder: where the files go; made if need be.
    """
    return save([explanation_figure(found)], folder, "explanation")


def explanation_figure(found: Explanation) -> Figure:
    """Levels of the two scenarios, and between them a bar for what each change makes, where the one before ended."""
    rows = steps(found)
    with house_style([text for row in rows for text in (row.name, row.words)]):
        title = f"{outcome_title(found.outcome)}: from {found.baseline} to {found.scenario}"
        caption = caption_lines(_caption(found))
        labels = [_label(row) for row in rows]
        high = max(sum(map(len, label)) for label in labels) * SMALL * LEADING + 7
        top = head_height(title) + KEY
        page = Page(top + high * len(rows) + 2 * SMALL * LEADING + 12 + caption_height(caption))
        page.head(title, caption)
        _draw_key(page, head_height(title) + KEY / 2 - 4)
        axes = page.axes(MARGIN + ROOM, top, BARS, high * len(rows), "waterfall")
        _draw(axes, rows)
        for row, (step, (name, words)) in enumerate(zip(rows, labels, strict=True)):
            middle = top + high * (row + 0.5)
            first = middle - (len(name) + len(words)) * SMALL * LEADING / 2
            page.write(MARGIN + ROOM - 6, first, name, weight="bold", ha="right")
            page.write(MARGIN + ROOM - 6, first + len(name) * SMALL * LEADING, words, color=MUTED, ha="right")
            page.write(WIDTH - MARGIN, middle, [step.size], middle=True, ha="right")
        below = top + high * len(rows) + SMALL * LEADING + 6
        page.write(MARGIN + ROOM + BARS / 2, below, [outcome_words(found.outcome)], ha="center")
        return page.figure


def steps(found: Explanation) -> list[Step]:
    """The rows: the baseline, the parts as they add up, the scenario."""
    scale = outcome_named(found.outcome).scale

    def shown(value: float) -> float:
        return scaled(value, scale)

    def size(effect: Effect) -> str:
        return with_half(effect.mean, effect.low, effect.high, scale, change=True).replace("-", MINUS)

    here = found.before
    level = number(here, scale, _places(found))
    rows = [Step(found.baseline, "", shown(here), shown(here), float("nan"), float("nan"), level)]
    for part in found.parts[:MOST]:
        effect, until = part.effect, here + part.effect.mean
        ends = shown(here + effect.low), shown(here + effect.high)
        words = moved(part).replace("->", "→")
        rows.append(Step(named(part.keys), words, shown(here), shown(until), *ends, size(effect)))
        here = until
    if rest := found.parts[MOST:]:
        until = found.before + found.difference.mean
        text = number(until - here, scale, sign=True).replace("-", MINUS)
        none = float("nan")
        rows.append(Step(f"the other {len(rest)}", "", shown(here), shown(until), none, none, text))
    whole, base = found.difference, found.before
    end = shown(base + whole.mean)
    rows.append(Step(found.scenario, "", end, end, shown(base + whole.low), shown(base + whole.high), size(whole)))
    return rows


def _places(found: Explanation) -> int | None:
    """As many digits of the level as the difference has."""
    difference = found.difference
    text = with_half(difference.mean, difference.low, difference.high, outcome_named(found.outcome).scale, change=True)
    return len(text.split(" ")[0].partition(".")[2])


def _label(step: Step) -> tuple[list[str], list[str]]:
    name = legible(step.name, "a scenario")
    lines = [line for part in _broken(name) for line in shortened(part, ROOM - 8, SMALL, 1, "bold")]
    return lines, shortened(step.words, ROOM - 8, SMALL, 2) if step.words else []


def _broken(name: str) -> list[str]:
    """Keys that change together, a line each; of very many, the first."""
    keys = name.split(" + ")
    keys = keys if len(keys) <= 4 else [*keys[:3], f"and {len(keys) - 3} more"]
    return [f"{key} +" if place < len(keys) - 1 and len(keys) > 1 else key for place, key in enumerate(keys)]


def _draw(axes: Axes, rows: Sequence[Step]) -> None:
    values = [value for row in rows for value in (row.start, row.end, row.low, row.high) if isfinite(value)]
    low, high = min(values), max(values)
    if not high - low > 1e-9 * max(abs(low), abs(high)):
        low, high = low - (0.1 * abs(low) or 1.0), high + (0.1 * abs(high) or 1.0)
    air = 0.05 * (high - low)
    low, high = low - air, high + air
    axes.set(xlim=(low, high), ylim=(len(rows), 0), yticks=[])
    axes.spines["left"].set_visible(False)
    axes.set_xticks(*fitting_ticks(low, high, BARS))
    for row, step in enumerate(rows):
        middle = row + 0.5
        if row % 2 == 0:
            axes.axhspan(row, row + 1, color="#F3F3F3", linewidth=0, zorder=0)
        if row + 1 < len(rows):  # where the next one starts
            axes.plot([step.end, step.end], [middle, middle + 1], color=FAINT, linewidth=0.8, zorder=1)
        if row in (0, len(rows) - 1):
            axes.plot(step.end, middle, "D", color=DARK, markersize=6, zorder=4, label="level")
        else:
            way = step.end - step.start
            if way == 0:
                axes.plot([step.end, step.end], [middle - 0.25, middle + 0.25], color=MUTED, linewidth=1.6, zorder=2)
            axes.barh(middle, way, 0.5, step.start, color=HIGH if way > 0 else LOW, linewidth=0, zorder=2, label="part")
        if isfinite(step.low):
            ends = [step.low, step.high]
            axes.plot(ends, [middle, middle], color="white", linewidth=3.2, zorder=3)  # else lost on the blue
            axes.plot(ends, [middle, middle], color=DARK, linewidth=1.3, zorder=3, label="interval")


def _draw_key(page: Page, middle: float) -> None:
    x = MARGIN + ROOM
    for colour, words in ((LOW, "takes away"), (HIGH, "adds")):
        page.sheet.plot(x + 5, middle, "s", markersize=7, color=colour, markeredgewidth=0)
        page.write(x + 13, middle, [words], middle=True)
        x += 13 + width(words, SMALL) + 12
    page.sheet.plot([x, x + 14], [middle, middle], color=DARK, linewidth=1.3)
    page.write(x + 19, middle, ["95 % interval"], middle=True)


def _caption(found: Explanation) -> list[str]:
    orders = f"{found.orders:,} orders drawn at random" if found.orders else "all orders"
    unit = change_unit(found.outcome)
    return [
        f"Bars: what a change makes on average over {orders} in which the changes could be made (Shapley value), "
        "from where the bar above ends; they add up to the difference.",
        f"Intervals: of what the row makes, of the last row that of the whole difference. At the right: what it makes, "
        f"with half the interval{f' {unit}' if unit else ''}; of the first row, its level.",
        f"{found.replicates:,} networks of each of {found.mixtures:,} mixtures, all with "
        f"{same_luck(key for part in found.parts for key in part.keys)}.",
    ]
