"""The best use of a budget: what the money goes to, what each lever does, and the trade-off of two outcomes."""

from collections.abc import Callable, Sequence
from functools import partial
from math import isfinite, isnan, nan
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from results.estimates.same_luck import same_luck
from results.figures.kit.axis_ticks import fitting_ticks
from results.figures.kit.fonts import shortened, width
from results.figures.kit.page import LEADING, MARGIN, Page, caption_height, caption_lines, head_height, save
from results.figures.kit.response_labels import outcome_words
from results.figures.kit.style import COLOURS, DARK, FAINT, FILLS, MUTED, SMALL, WIDTH, house_style
from results.figures.optimising.trade_offs import trade_off_figure
from results.figures.optimising.value_strips import value_figure
from results.optimising.final import Finalist, Optimum, money
from results.optimising.kind_words import does_without
from results.optimising.objective import NET, label_of, scale_of
from results.optimising.plan_words import name_of
from results.optimising.search import Candidate
from results.words.currency import shown_currency
from results.words.numbers import scaled
from simulation.outcomes import COST_PARTS, outcome_named

ROW, KEY_LINE = 24.0, 14.0
NAMES_ROOM, LEVEL_ROOM = 104.0, 136.0
PANEL, PANELS = 128.0, 3
PART_FILLS = dict(zip(COST_PARTS, (FILLS[0], FILLS[1], FILLS[3], FILLS[2], FILLS[6]), strict=True))


def draw_optimum(found: Optimum, folder: Path) -> list[Path]:
    """Draw an optimum: `money`, `levers`, of several outcomes `front`, of values `values`, as SVG and PNG.

    Args:
        found: the best use, and what was tried.
        folder: where the files go; made if need be.
    """
    files = [*save([money_figure(found)], folder, "money"), *save([levers_figure(found)], folder, "levers")]
    if len(found.question.outcomes) > 1:
        front = front_figure if len(found.question.outcomes) == 2 else trade_off_figure
        files += save([front(found)], folder, "front")
    if found.question.worths:
        files += save([value_figure(found)], folder, "values")
    return files


def money_figure(found: Optimum) -> Figure:
    """A bar for each finalist that is as good as the best, and for the plan: what its cost goes to, in percent."""
    outcome = found.question.outcomes[0]
    alike = [group.best for group in found.groups if group.best in found.alike]
    rows = alike if len(found.question.outcomes) == 1 else list(found.front)
    rows += [found.planned] if found.planned.number not in {one.number for one in rows} else []
    with house_style():
        title = f"Where {found.question.budget:,.0f} {shown_currency()} go"
        which = (
            "the best of each kind that is not clearly behind"
            if len(found.question.outcomes) == 1
            else "uses on the front"
        )
        caption = caption_lines(
            [
                f"Each bar is one use of the budget, tested on new networks: {which}, and the scenario as planned.",
                "Right: what it achieves, with the 95 % interval of the average.",
                f"{found.question.final:,} networks of each, all with {_luck(found)}.",
            ]
        )
        top = head_height(title) + 30 + KEY_LINE * _key_places()[-1][-1]
        high = ROW * len(rows)
        page = Page(top + high + 34 + caption_height(caption))
        page.head(title, caption)
        _key(page, head_height(title) + 6)
        bars = WIDTH - 2 * MARGIN - NAMES_ROOM - LEVEL_ROOM - 16
        left, right = MARGIN + NAMES_ROOM, MARGIN + NAMES_ROOM + bars + 16
        axes = page.axes(left, top, bars, high, "money")
        axes.set(xlim=(0, 100), ylim=(len(rows), 0), yticks=[], xticks=[0, 25, 50, 75, 100])
        axes.spines["left"].set_visible(False)
        levels = page.axes(right, top, LEVEL_ROOM - 8, high, "outcome")
        _levels(levels, rows, outcome, LEVEL_ROOM - 8)
        for row, one in enumerate(rows):
            start = 0.0
            for part, share in money(one.report).items():
                axes.barh(row + 0.5, share * 100, 0.66, start, color=PART_FILLS[part], linewidth=0)
                start += share * 100
            names = [name_of(found, one), *filter(None, [does_without(found, one)])]
            lines = [line for name in names for line in shortened(name, NAMES_ROOM - 6, SMALL, 1)]
            page.write(left - 6, top + ROW * (row + 0.5), lines, middle=True, ha="right")
        page.write(left + bars / 2, top + high + 18, ["share of the cost (%)"], ha="center")
        for number, line in enumerate(shortened(axis_words(outcome), LEVEL_ROOM, SMALL, 2)):
            page.write(right + LEVEL_ROOM / 2, top + high + 18 + number * SMALL * LEADING, [line], ha="center")
        return page.figure


def _key_places() -> list[tuple[str, str, float, int]]:
    """Words, fill, left end and line of each part of the cost; what has no room begins another line."""
    places, x, line = [], MARGIN, 0
    for part, fill in PART_FILLS.items():
        words = outcome_named(part).label.removeprefix("of which for ")
        wide = 12 + width(words, SMALL)
        if x + wide > WIDTH - MARGIN:
            x, line = MARGIN, line + 1
        places.append((words, fill, x, line))
        x += wide + 12
    return places


def _key(page: Page, top: float) -> None:
    for words, fill, x, line in _key_places():
        page.sheet.plot(x + 4, top + 6 + KEY_LINE * line, "s", markersize=7, color=fill, markeredgewidth=0)
        page.write(x + 12, top + 6 + KEY_LINE * line, [words], middle=True)


def _levels(axes: Axes, rows: Sequence[Finalist], outcome: str, room: float) -> None:
    scale = scale_of(outcome)
    ends = []
    for row, one in enumerate(rows):
        estimate = one.report.estimate(outcome)
        mean, low, high = (scaled(value, scale) for value in (estimate.mean, estimate.low, estimate.high))
        axes.plot([low, high], [row + 0.5] * 2, color=DARK, linewidth=1.3)
        axes.plot(mean, row + 0.5, "D" if row == 0 else "o", color=DARK, markersize=5)
        ends += [value for value in (mean, low, high) if isfinite(value)]
    axes.set(ylim=(len(rows), 0), yticks=[])
    axes.spines["left"].set_visible(False)
    _span(axes, ends, room)


def axis_words(objective: str) -> str:
    """What is to be best, as an axis has it."""
    return (
        label_of(objective).replace("k USD", f"k\N{NO-BREAK SPACE}{shown_currency()}")
        if objective == NET
        else (outcome_words(objective))
    )


def _span(axes: Axes, values: Sequence[float], room: float, *, across: bool = True) -> None:
    """The axis from the lowest to the highest value, with air."""
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    air = 0.08 * (high - low) or 0.1 * abs(high) or 1.0
    low, high = low - air, high + air
    if across:
        axes.set_xlim(low, high)
        axes.set_xticks(*fitting_ticks(low, high, room))
    else:
        axes.set_ylim(low, high)


def levers_figure(found: Optimum) -> Figure:
    """A panel for each lever: every candidate of the search by the lever's value and its outcome."""
    asked = found.question
    outcome = asked.outcomes[0]
    levers = [lever for lever in asked.levers if lever.is_numeric]
    with house_style():
        title = "What was tried"
        caption = caption_lines(
            [
                "Each dot is a candidate of the search: blue, it keeps the budget; grey ring, it costs more.",
                "Diamond: the best; black square: as planned.",
                f"{asked.replicates:,} networks of each, all with {_luck(found)}.",
                "Levers without numbers are left out." if len(levers) < len(asked.levers) else "",
                'A plan that has no number for a lever, such as "never", has no mark in its panel.'
                if any(isnan(_value(lever.key, one)) for lever in levers for one in found.candidates)
                else "",
            ]
        )
        lines = -(-max(1, len(levers)) // PANELS)
        top, each = head_height(title) + 14, PANEL + 44
        page = Page(top + each * lines + caption_height(caption))
        page.head(title, caption)
        page.write(MARGIN, top - 12, [axis_words(outcome)], color=MUTED)
        wide = (WIDTH - 2 * MARGIN - 30 * PANELS) / PANELS
        for number, lever in enumerate(levers):
            left = MARGIN + 26 + (number % PANELS) * (wide + 30)
            place = top + 6 + (number // PANELS) * each
            axes = page.axes(left, place, wide, PANEL, lever.key)
            _dots(axes, found, partial(_value, lever.key), outcome, wide)
            name = shortened(lever.key, wide + 26, SMALL, 1)
            page.write(left + wide / 2, place + PANEL + 18, name, ha="center")
        return page.figure


def _value(key: str, one: Candidate) -> float:
    """The value of a lever; nan where it is a word, such as "never", a list, or left out."""
    value = one.values[key]
    return float(value) if isinstance(value, (int, float)) else nan


def front_figure(found: Optimum) -> Figure:
    """Two outcomes against each other: candidates of the search, and the finalists on the front, on fresh luck."""
    one, other = found.question.outcomes
    scales = scale_of(one), scale_of(other)
    with house_style():
        title = "The trade-off of two outcomes"
        caption = caption_lines(
            [
                "Dots: candidates of the search; blue, within the budget; grey ring, it costs more. Line and crosses: "
                "the front on fresh luck, with 95 % intervals of its averages. Black square: as planned.",
            ]
        )
        top = head_height(title) + 14
        page = Page(top + 260 + 40 + caption_height(caption))
        page.head(title, caption)
        page.write(MARGIN, top - 12, [axis_words(other)], color=MUTED)
        wide = WIDTH - 2 * MARGIN - 40
        axes = page.axes(MARGIN + 34, top + 6, wide, 254, "front")

        def across(candidate: Candidate) -> float:
            return scaled(candidate.mean(one), scales[0])

        _dots(axes, found, across, other, wide, best=False)
        points = []
        for finalist in found.front:
            pair = [finalist.report.estimate(outcome) for outcome in (one, other)]
            x, y = ([scaled(value, scale) for value in (e.mean, e.low, e.high)]
                    for e, scale in zip(pair, scales, strict=True))  # fmt: skip
            axes.plot(x[1:], [y[0]] * 2, color=DARK, linewidth=0.8, zorder=5)
            axes.plot([x[0]] * 2, y[1:], color=DARK, linewidth=0.8, zorder=5)
            points.append((x[0], y[0]))
        axes.plot(*zip(*points, strict=True), color=COLOURS[1], linewidth=1.5, zorder=4)
        page.write(MARGIN + 34 + wide / 2, top + 260 + 20, [axis_words(one)], ha="center")
        return page.figure


def _dots(
    axes: Axes, found: Optimum, across: Callable[[Candidate], float], outcome: str, room: float, *, best: bool = True
) -> None:
    asked, scale = found.question, scale_of(outcome)
    drawn = []
    for candidate in found.candidates:
        x, y = across(candidate), scaled(candidate.mean(outcome), scale)
        if not (isfinite(x) and isfinite(y)):
            continue
        drawn.append((x, y))
        if candidate.number == 0:
            axes.plot(x, y, "s", color=DARK, markersize=6, zorder=6)
        elif candidate.cost <= asked.budget:
            axes.plot(x, y, "o", color=COLOURS[2], markersize=3.5, markeredgewidth=0, zorder=3)
        else:
            axes.plot(x, y, "o", color="none", markeredgecolor=FAINT, markersize=3.5, zorder=2)
    if best:
        winner = found.winner.searched
        axes.plot(across(winner), scaled(winner.mean(outcome), scale), "D", color=COLOURS[1], zorder=7)
    _span(axes, [x for x, _ in drawn], room)
    _span(axes, [y for _, y in drawn], room, across=False)


def _luck(found: Optimum) -> str:
    return same_luck(lever.key for lever in found.question.levers)
