"""Cash flow: a bar for each year, stacked by budget line, with the interval of what funders pay; plans side by side."""

from collections.abc import Sequence
from math import isfinite

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from results.estimates.cash_flow import COST, CashFlow
from results.figures.kit.axis_ticks import round_ticks, tick_texts
from results.figures.kit.fonts import shortened, width
from results.figures.kit.page import LEADING, MARGIN, Page, caption_height, caption_lines, head_height
from results.figures.kit.style import BODY, DARK, FAINT, FILLS, SMALL, WIDTH, house_style
from results.words.currency import shown_currency
from scenarios import Scenario
from simulation.outcomes import COST_PARTS, outcome_named

PART_FILLS = dict(zip(COST_PARTS, (FILLS[0], FILLS[1], FILLS[3], FILLS[2], FILLS[6]), strict=True))
"""The same colours as in the figure of a budget."""
PANEL, BETWEEN, BESIDE = 130.0, 52.0, 14.0
"""Height of a panel, and room below and beside it (points)."""
AXIS = 44.0
"""Room of the axis at the left (points)."""
ACROSS, LINES = 3, 3
"""Panels side by side, and lines of them on a page."""
KEY_LINE = 16.0


def cash_flow_figures(flows: Sequence[CashFlow]) -> list[Figure]:
    """What is paid in each year, a panel for each scenario; several pages where there are many.

    Args:
        flows: scenario by scenario; those in which nobody pays anything have empty panels.
    """
    most = max((_top(one) for one in flows), default=0.0)
    if most <= 0:
        return []
    alike = len({(one.scenario.costs.begins, one.scenario.costs.financial_year) for one in flows}) == 1
    years = sorted({year for one in flows for year in _years(one)}) if alike else []
    on_a_page = ACROSS * LINES
    return [_page(flows[first : first + on_a_page], most, years) for first in range(0, len(flows), on_a_page)]


def _years(found: CashFlow) -> list[int]:
    """Years until the last in which funders pay anything."""
    last = max((year for year in found.years if found.flow(year, COST).mean > 0), default=0)
    return [year for year in found.years if year <= last]


def _top(found: CashFlow) -> float:
    """The highest end of a bar, or of its interval, in thousands."""
    ends = [end for year in found.years for end in (found.flow(year, COST).mean, found.flow(year, COST).high)]
    return max((end for end in ends if isfinite(end)), default=0.0) / 1000


def _page(flows: Sequence[CashFlow], most: float, years: Sequence[int]) -> Figure:
    names = [one.scenario.name for one in flows]
    with house_style(names):
        title = f"What the funder pays in each year (thousand {shown_currency()})"
        title += f": {names[0]}" if len(names) == 1 else ""
        months = flows[0].flows[0]
        caption = caption_lines(
            [
                "Averages over networks; the lines are 95 % intervals of the whole.",
                f"The first year is months {months.first} to {months.last}.",
                "What members spend is not in it.",
            ]
        )
        across = 2 if len(flows) == 4 else min(ACROSS, len(flows))
        lines = -(-len(flows) // across)
        key = head_height(title) + 4
        top = key + _key_height() + 20
        page = Page(top + lines * (PANEL + BETWEEN) - 16 + caption_height(caption))
        page.head(title, caption)
        _key(page, key)
        room = (WIDTH - AXIS - MARGIN - BESIDE * (across - 1)) / across
        for number, one in enumerate(flows):
            line, place = divmod(number, across)
            left, high = AXIS + place * (room + BESIDE), top + line * (PANEL + BETWEEN)
            axes = page.axes(left, high, room, PANEL, f"cash-flow-{number}")
            _bars(axes, one, most, years or _years(one), with_numbers=place == 0)
            if len(flows) > 1:
                page.write(left, high - SMALL * LEADING - 3, shortened(one.scenario.name, room, BODY, 1), BODY)
            page.write(
                left + room / 2,
                high + PANEL + 18,
                ["financial year" if one.scenario.costs.begins else "year"],
                ha="center",
            )
        return page.figure


def _bars(axes: Axes, found: CashFlow, most: float, years: Sequence[int], *, with_numbers: bool) -> None:
    for place, year in enumerate(years):
        if year not in found.years:
            continue
        start = 0.0
        for part, fill in PART_FILLS.items():
            amount = found.flow(year, part).mean / 1000
            axes.bar(place, amount, 0.7, start, color=fill, linewidth=0)
            start += amount
        whole = found.flow(year, COST)
        if isfinite(whole.low) and whole.high > 0:
            axes.plot([place, place], [whole.low / 1000, whole.high / 1000], color=DARK, linewidth=1.1)
    ticks = round_ticks(0.0, most * 1.05, 5)
    axes.set(xlim=(-0.6, len(years) - 0.4), ylim=(0, most * 1.05), xticks=range(len(years)), yticks=ticks)
    axes.set_xticklabels([year_text(found.scenario, year) for year in years])
    axes.set_yticklabels(tick_texts(ticks) if with_numbers else [])
    axes.grid(axis="y", color=FAINT, linewidth=0.4)
    axes.set_axisbelow(True)


def year_text(scenario: Scenario, year: int) -> str:
    """A year as an axis has it: 1, or of financial years 2026, or 26/27."""
    if not scenario.costs.begins or scenario.costs.financial_year == "01":
        return str(year)
    return f"{year % 100:02d}/{(year + 1) % 100:02d}"


def _key_places() -> list[tuple[str, str, float, int]]:
    """Words, fill, left end and line of each part; what has no room begins another line."""
    places, x, line = [], MARGIN, 0
    for part, fill in PART_FILLS.items():
        words = outcome_named(part).label.removeprefix("of which for ")
        room = 12 + width(words, SMALL) + 12
        if x + room > WIDTH - MARGIN and x > MARGIN:
            x, line = MARGIN, line + 1
        places.append((words, fill, x, line))
        x += room
    return places


def _key_height() -> float:
    return KEY_LINE * (1 + max(line for *_, line in _key_places()))


def _key(page: Page, top: float) -> None:
    for words, fill, x, line in _key_places():
        page.sheet.plot(x + 4, top + 6 + line * KEY_LINE, "s", markersize=7, color=fill, markeredgewidth=0)
        page.write(x + 12, top + 6 + line * KEY_LINE, [words], middle=True)
