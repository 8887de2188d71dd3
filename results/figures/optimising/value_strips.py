"""Which plan is the best as what an outcome is worth moves: a strip for each value, from an eighth to eight times."""

from collections.abc import Sequence
from math import log2

import numpy as np
from matplotlib.figure import Figure

from results.figures.kit.fonts import shortened
from results.figures.kit.page import MARGIN, Page, caption_height, caption_lines, head_height
from results.figures.kit.style import DARK, FILLS, MUTED, OTHER, SMALL, WIDTH, house_style
from results.optimising.final import Group, Optimum
from results.optimising.kind_words import of_kind
from results.optimising.objective import Value
from results.optimising.plan_words import name_of
from results.optimising.turning import Turn, best_at, scaled_values, turning
from results.optimising.value_words import amount_words, unit_words
from results.words.currency import shown_currency

REACH = 3
"""Doublings to either side."""
STEPS = 193
STRIP, ROOM, KEY = 18.0, 66.0, 16.0


def value_figure(found: Optimum) -> Figure:
    """A strip for each value: the best plan of the final at each, and where another overtakes, with its interval."""
    values = found.question.worths
    times = [2.0 ** (REACH * (2 * step / (STEPS - 1) - 1)) for step in range(STEPS)]
    best = [[best_at(found, scaled_values(found, value.outcome, one)) for one in times] for value in values]
    plans = list(dict.fromkeys([found.groups[0], *(group for some in best for group in some)]))
    fills = {id(group): FILLS[place] if place < len(FILLS) else OTHER for place, group in enumerate(plans)}
    turns = turning(found).turns
    with house_style():
        title = "Which plan is best, by what outcomes are worth"
        caption = caption_lines(
            [
                "Each strip moves the value of one outcome, the others as given (the mark in the middle). Colours: the "
                f"plan of the final with the highest net value, on new networks. {_lines_words(values, turns)}",
                f"{found.question.final:,} networks of each plan. Plans not in the final may be better still.",
            ]
        )
        top = head_height(title) + 6
        strips = top + KEY * len(plans) + 4
        page = Page(strips + ROOM * len(values) + caption_height(caption))
        page.head(title, caption)
        _key(page, found, plans, fills, top)
        for place, (value, some) in enumerate(zip(values, best, strict=True)):
            mine = [one for one in turns if one.outcome == value.outcome]
            _strip(page, value, [fills[id(group)] for group in some], mine, strips + ROOM * place)
        return page.figure


def _key(page: Page, found: Optimum, plans: Sequence[Group], fills: dict[int, str], top: float) -> None:
    for place, group in enumerate(plans):
        at = top + KEY * (place + 0.5)
        page.sheet.plot(MARGIN + 5, at, "s", markersize=8, color=fills[id(group)], markeredgewidth=0)
        words = f"{name_of(found, group.best)}: {of_kind(found, group.best)}"
        page.write(MARGIN + 16, at, shortened(words, WIDTH - 2 * MARGIN - 20, SMALL, 1), middle=True)


def _strip(page: Page, value: Value, colours: Sequence[str], turns: Sequence[Turn], top: float) -> None:
    left, wide = MARGIN, WIDTH - 2 * MARGIN
    words = f"{unit_words(value.outcome)} ({shown_currency()})"
    page.write(left, top, shortened(words, wide, SMALL, 1), color=MUTED)
    axes = page.axes(left, top + 15, wide, STRIP, value.outcome)
    edges = np.linspace(-REACH, REACH, len(colours) + 1)
    start = 0
    for place in range(1, len(colours) + 1):
        if place == len(colours) or colours[place] != colours[start]:
            axes.axvspan(edges[start], edges[place], color=colours[start], linewidth=0)
            start = place
    axes.plot([0], [0.5], "D", color="white", markeredgecolor=DARK, markersize=6, zorder=6)
    for one in turns:
        if one.has_ends:
            axes.plot(_ends(value, one), [0.5, 0.5], color=DARK, linewidth=1.2, zorder=5)
            axes.plot([_at(value, one.at)], [0.5], "|", color=DARK, markersize=10, zorder=5)
    axes.set(xlim=(-REACH, REACH), ylim=(0, 1), yticks=[])
    axes.spines["left"].set_visible(False)
    ticks = list(range(-REACH, REACH + 1))
    axes.set_xticks(ticks, [amount_words(value.amount * 2.0**tick) for tick in ticks])
    labels = axes.get_xticklabels()
    labels[0].set_horizontalalignment("left")
    labels[-1].set_horizontalalignment("right")


def _lines_words(values: Sequence[Value], turns: Sequence[Turn]) -> str:
    """What the black lines are, and why there is none where an interval has no end."""
    by_outcome = {value.outcome: value for value in values}
    ends = [_ends(by_outcome[one.outcome], one) for one in turns if one.has_ends]
    overtakes = "where another kind of plan overtakes the best use"
    endless = sum(not one.has_ends for one in turns)
    if any(low <= REACH and high >= -REACH for low, high in ends):
        more = " One that has no end is not drawn." if endless else ""
        return f"Black lines: 95 % intervals of {overtakes}.{more}"
    if endless:
        return f"No 95 % interval of {overtakes} is drawn: none has an end, as it is not clear how far the two differ."
    return ""


def _ends(value: Value, one: Turn) -> tuple[float, float]:
    """Where the line of an interval begins and ends on a strip."""
    return _at(value, max(one.low, 1e-300)), _at(value, one.high)


def _at(value: Value, amount: float) -> float:
    """Where an amount stands on a strip, in doublings."""
    return max(-2.0 * REACH, min(2.0 * REACH, log2(amount / value.amount)))
