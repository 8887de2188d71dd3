"""A portfolio: what each split gives to whom and adds, and what the plans of each network cost and add."""

from collections.abc import Sequence
from math import isfinite
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from results.apportioning.plans import Menu
from results.apportioning.portfolio import Portfolio, Reported
from results.apportioning.words import budget_words, unit_of
from results.figures.kit.axis_ticks import fitting_ticks
from results.figures.kit.fonts import shortened, width
from results.figures.kit.page import LEADING, MARGIN, Page, caption_height, caption_lines, head_height, save
from results.figures.kit.style import COLOURS, DARK, FAINT, FILLS, MUTED, SMALL, WIDTH, house_style

ROW = 22.0
NAMES_ROOM, ADDED_ROOM = 118.0, 150.0
PANEL, PANELS = 150.0, 2
HATCHES = ("", "///", "...", "xxx")


def draw_portfolio(found: Portfolio, folder: Path) -> list[Path]:
    """Draw a portfolio: `splits` and `plans`, as SVG and PNG.

    Args:
        found: the splits, and what was tried.
        folder: where the files go; made if need be.
    """
    return [*save([splits_figure(found)], folder, "splits"), *save([plans_figure(found)], folder, "plans")]


def splits_figure(found: Portfolio) -> Figure:
    """A bar for each split: what each network gets, and what all of them add."""
    rows = found.splits
    texts = [one.name for one in found.asked.networks]
    with house_style(texts):
        title = budget_words(found)
        caption = caption_lines(
            [
                "Each bar is a split of the budget (dashed line), chosen and then tested with fresh luck.",
                "Right: what its networks add to what would come about without funding, with the 95 % interval of the "
                "average; diamond, the best.",
                f"{found.asked.final:,} networks of each cohort.",
            ]
        )
        top = head_height(title) + 30
        high = ROW * len(rows)
        page = Page(top + high + 46 + caption_height(caption))
        page.head(title, caption)
        _key(page, head_height(title) + 6, texts)
        bars = WIDTH - 2 * MARGIN - NAMES_ROOM - ADDED_ROOM - 16
        left, right = MARGIN + NAMES_ROOM, MARGIN + NAMES_ROOM + bars + 16
        axes = page.axes(left, top, bars, high, "money")
        most = max(found.asked.budget, *(one.cost.mean for one in rows)) / 1000 * 1.04
        axes.set(xlim=(0, most), ylim=(len(rows), 0), yticks=[])
        axes.set_xticks(*fitting_ticks(0, most, bars))
        axes.spines["left"].set_visible(False)
        axes.axvline(found.asked.budget / 1000, color=DARK, linewidth=1, linestyle=(0, (4, 2)))
        for row, one in enumerate(rows):
            _bar(axes, row, found, one, texts)
            lines = shortened(", ".join(one.names), NAMES_ROOM - 8, SMALL, 2)
            page.write(left - 6, top + ROW * (row + 0.5), lines, middle=True, ha="right")
        page.write(left + bars / 2, top + high + 18, ["cost (thousand USD)"], ha="center")
        added = page.axes(right, top, ADDED_ROOM - 8, high, "added")
        _added(added, rows, ADDED_ROOM - 8)
        for number, line in enumerate(shortened(unit_of(found), ADDED_ROOM, SMALL, 3)):
            page.write(right + ADDED_ROOM / 2, top + high + 18 + number * SMALL * LEADING, [line], ha="center")
        return page.figure


def _bar(axes: Axes, row: int, found: Portfolio, one: Reported, names: Sequence[str]) -> None:
    start = 0.0
    for slot, number in one.split.plans:
        cost = found.reported[slot].plans[number].cost / 1000
        axes.barh(
            row + 0.5, cost, 0.66, start, color=_fill(names.index(slot.network)), edgecolor="white", linewidth=0.8,
            hatch=HATCHES[min(slot.cohort - 1, len(HATCHES) - 1)],
        )  # fmt: skip
        start += cost


def _fill(place: int) -> str:
    return FILLS[place % len(FILLS)]


def _key(page: Page, top: float, names: Sequence[str]) -> None:
    x = MARGIN
    for place, name in enumerate(names):
        page.sheet.plot(x + 4, top + 6, "s", markersize=7, color=_fill(place), markeredgewidth=0)
        page.write(x + 12, top + 6, [name], middle=True)
        x += 12 + width(name, SMALL) + 14
    page.write(x, top + 6, ["hatched: a second cohort"], middle=True)


def _added(axes: Axes, rows: Sequence[Reported], room: float) -> None:
    ends = [0.0]
    for row, one in enumerate(rows):
        values = one.added.low, one.added.mean, one.added.high
        axes.plot([values[0], values[2]], [row + 0.5] * 2, color=DARK, linewidth=1.3)
        axes.plot(values[1], row + 0.5, "D" if row == 0 else "o", color=DARK, markersize=5)
        ends += [value for value in values if isfinite(value)]
    low, high = min(ends), max(ends)
    air = 0.06 * (high - low) or 1.0
    axes.set(ylim=(len(rows), 0), yticks=[], xlim=(low - air, high + air))
    axes.set_xticks(*fitting_ticks(low - air, high + air, room))
    axes.axvline(0, color=FAINT, linewidth=0.8, zorder=1)
    axes.spines["left"].set_visible(False)


def plans_figure(found: Portfolio) -> Figure:
    """A panel for each network: every plan by its cost and by what it adds; those that no other beats, as a line."""
    names = [one.name for one in found.asked.networks]
    with house_style(names):
        title = "What the plans of each network cost, and add"
        caption = caption_lines(
            [
                "Dots: plans that were tried; line: those that no other beats in cost and effect, on fresh luck. "
                "Diamonds: plans of the best split; black square: as planned.",
                f"{found.asked.replicates:,} networks of each dot, {found.asked.final:,} of each point of the line.",
            ]
        )
        lines = -(-len(names) // PANELS)
        top, each = head_height(title) + 20, PANEL + 62
        page = Page(top + each * lines + caption_height(caption))
        page.head(title, caption)
        page.write(MARGIN, head_height(title) - 4, shortened(unit_of(found), WIDTH - 2 * MARGIN, SMALL, 1), color=MUTED)
        wide = (WIDTH - 2 * MARGIN - 44 * PANELS) / PANELS
        for number, (tried, left_over) in enumerate(zip(found.searched, found.chosen, strict=True)):
            left = MARGIN + 34 + (number % PANELS) * (wide + 44)
            place = top + 18 + (number // PANELS) * each
            axes = page.axes(left, place, wide, PANEL, tried.slot.network)
            _panel(axes, found, tried, left_over, wide)
            page.write(left, place - 10, shortened(tried.slot.network, wide, SMALL, 1), weight="bold")
            page.write(left + wide / 2, place + PANEL + 18, ["cost (thousand USD)"], ha="center")
        return page.figure


def _panel(axes: Axes, found: Portfolio, tried: Menu, left_over: Menu, room: float) -> None:
    dots = [(one.cost / 1000, one.added) for one in tried.plans.values()]
    line = sorted((one.cost / 1000, one.added) for one in left_over.plans.values() if one.number != 0)
    axes.plot(*zip(*dots, strict=True), "o", color=FAINT, markersize=3.5, markeredgewidth=0, zorder=2)
    if line:
        axes.plot(*zip(*line, strict=True), "-o", color=COLOURS[2], markersize=3.5, linewidth=1.3, zorder=3)
    planned = left_over.plans.get(0)
    points = [*dots, *line]
    if planned is not None:
        axes.plot(planned.cost / 1000, planned.added, "s", color=DARK, markersize=6, zorder=4)
        points.append((planned.cost / 1000, planned.added))
    for slot, number in found.best.split.plans:
        if slot.network == tried.slot.network:
            one = left_over.plans[number]
            axes.plot(one.cost / 1000, one.added, "D", color=COLOURS[1], markersize=6, zorder=5)
    across = [x for x, y in points if isfinite(x) and isfinite(y)] + [0.0]
    up = [y for x, y in points if isfinite(x) and isfinite(y)] + [0.0]
    low, high = min(across), max(across) * 1.05 or 1.0
    axes.set_xlim(low, high)
    axes.set_xticks(*fitting_ticks(low, high, room))
    air = 0.07 * (max(up) - min(up)) or 1.0
    axes.set_ylim(min(up) - air, max(up) + air)
