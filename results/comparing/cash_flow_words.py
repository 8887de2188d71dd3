"""Cash flow as a programme officer reads it: a line for each budget line, a column for each year, and totals."""

from collections.abc import Callable, Sequence

from results.estimates.cash_flow import (
    COST,
    FUNDERS,
    IN_PLACE_OF,
    MEMBERS,
    NOBODY,
    OWN_SPENDING,
    STAFF,
    CashFlow,
    Flow,
)
from results.words.narrative import Block
from results.words.numbers import and_half, digits, num, part_of_cost, scaled
from results.words.rounding import adding_up, adds_up, table_adding_up
from results.words.sentence import Num, told
from results.words.table import Table
from scenarios import Scenario
from simulation.outcomes import COST_PARTS

MOST_YEARS = 6
"""Years with a column of their own (count); what comes later is one column, and all of them are in the CSV."""
WHOLE = 0
Rounded = list[list[float]]


def cash_flow_blocks(found: CashFlow) -> list[Block]:
    """The table of one scenario, and what it takes to read it."""
    table, adds = _table(found)
    return [table, _reading(found, adds=adds)]


def cash_flow_table(found: CashFlow) -> Table:
    """The table of one scenario alone."""
    return _table(found)[0]


def years_block(flows: Sequence[CashFlow]) -> Block:
    """What funders pay in each year, a line for each scenario; or why years are not put side by side."""
    if len({(one.scenario.costs.begins, one.scenario.costs.financial_year) for one in flows}) > 1:
        return (told("cash.unlike"),)
    return years_table(flows)


def years_table(flows: Sequence[CashFlow]) -> Table:
    """What funders pay in each year, a line for each scenario; all of them begin at one date."""
    shown = max((_shown(one) for one in flows), key=len)
    rows = []
    for one in flows:
        there = [year for year in shown if year in one.years]
        whole = one.flow(WHOLE, COST)
        places = digits(whole.mean, "usd", (whole.high - whole.low) / 2)
        later = [year for year in one.years if year not in there]
        means = [*(one.flow(year, COST).mean for year in there), sum(one.flow(year, COST).mean for year in later)]
        each = adding_up([scaled(mean, "usd") for mean in means], scaled(whole.mean, "usd"), places)
        cells = [_with_half(mean, one.flow(year, COST), places) for year, mean in zip(there, each, strict=False)]
        cells += ["-"] * (len(shown) - len(there))
        if any(_later(every, shown) for every in flows):
            cells.append(told("level.plain", level=Num(each[-1], places)))
        rows.append((one.scenario.name, *cells, _with_half(scaled(whole.mean, "usd"), whole, places)))
    years = tuple(str(year) for year in sorted({one.scenario.costs.price_year for one in flows}))
    header = [told("cash.plan"), *(year_words(flows[0].scenario, year) for year in shown)]
    header += [told("cash.later")] if any(_later(every, shown) for every in flows) else []
    header.append(told("cash.whole"))
    return Table(told("cash.title.years", years=years), tuple(header), tuple(rows), frozenset(range(1, len(header))))


def year_words(scenario: Scenario, year: int) -> str:
    """A year by its number; a financial year by the years that it is in, 2026 or 2026/27."""
    if not scenario.costs.begins:
        return told("cash.year", year=str(year))
    return str(year) if scenario.costs.financial_year == "01" else f"{year}/{(year + 1) % 100:02d}"


def _later(found: CashFlow, shown: Sequence[int]) -> bool:
    """Whether anything is paid in years that have no column."""
    return any(found.flow(year, COST).mean > 0 for year in found.years if year not in shown)


def _shown(found: CashFlow) -> list[int]:
    """Years with a column of their own: until funders pay nothing any more."""
    paid = [year for year in found.years if found.flow(year, COST).mean > 0]
    return [year for year in found.years if year <= (paid[-1] if paid else found.years[0])][:MOST_YEARS]


def _table(found: CashFlow) -> tuple[Table, bool]:
    """The table, and whether it adds up as printed."""
    shown, whole = _shown(found), found.flow(WHOLE, COST)
    later = [year for year in found.years if year not in shown]
    places = digits(whole.mean, "usd", (whole.high - whole.low) / 2)

    def by_year(line: str, payer: str, unit: Callable[[float], float]) -> list[float]:
        means = [found.flow(year, line, payer).mean for year in shown]
        return [
            unit(one)
            for one in (*means, *([sum(found.flow(year, line, payer).mean for year in later)] if later else []))
        ]

    def money(value: float) -> float:
        return scaled(value, "usd")

    def total(line: str, payer: str) -> float:
        return money(found.flow(WHOLE, line, payer).mean)

    totals = adding_up(by_year(COST, FUNDERS, money), total(COST, FUNDERS), places)
    parts = adding_up([total(part, FUNDERS) for part in COST_PARTS], total(COST, FUNDERS), places)
    cells = table_adding_up([by_year(part, FUNDERS, money) for part in COST_PARTS], parts, totals, places)
    adds = adds_up(cells, parts, totals, places)
    lines = [
        (part_of_cost(part), *_plain([*line, whole_of], places))
        for part, line, whole_of in zip(COST_PARTS, cells, parts, strict=True)
        if whole_of or any(line)
    ]
    lines.append((told("cash.cost"), *_of_total(found, [*shown, *([None] if later else []), WHOLE], totals, places)))
    if found.funders:
        of_each = adding_up([total(COST, name) for name in found.funders], total(COST, FUNDERS), places)
        shares = table_adding_up([by_year(COST, name, money) for name in found.funders], of_each, totals, places)
        adds = adds and adds_up(shares, of_each, totals, places)
        for name, line, whole_of in zip(found.funders, shares, of_each, strict=True):
            lines.append((told("cash.of_funder", funder=name), *_plain([*line, whole_of], places)))
    for own, word in ((IN_PLACE_OF, "cash.in_place"), (OWN_SPENDING, "cash.own")):
        if (own, MEMBERS) in found.lines:
            one = adding_up(by_year(own, MEMBERS, money), total(own, MEMBERS), places)
            lines.append((told(word), *_plain([*one, sum(one)], places)))
    staff = found.flow(WHOLE, STAFF, NOBODY).mean
    of_staff = 0 if staff >= 10 else 1
    one = adding_up(by_year(STAFF, NOBODY, float), staff, of_staff)
    lines.append((told("cash.staff"), *_plain([*one, sum(one)], of_staff)))
    header = [
        told("cash.line"),
        *(year_words(found.scenario, year) for year in shown),
        *([told("cash.later")] if later else []),
    ]
    header.append(told("cash.whole"))
    title = told("cash.title", plan=found.scenario.name, year=str(found.scenario.costs.price_year))
    return Table(title, tuple(header), tuple(lines), frozenset(range(1, len(header)))), adds


def _of_total(found: CashFlow, years: Sequence[int | None], means: Sequence[float], places: int) -> list[str]:
    """What funders pay in each year and in all, with its interval; None is what comes later."""
    each = [*means, scaled(found.flow(WHOLE, COST).mean, "usd")]
    return [
        told("level.plain", level=Num(mean, places))
        if year is None
        else _with_half(mean, found.flow(year, COST), places)
        for year, mean in zip(years, each, strict=True)
    ]


def _with_half(mean: float, flow: Flow, places: int) -> str:
    if flow.low == flow.high:
        return _plain([mean], places)[0]
    return and_half(mean, flow.low, flow.high, "usd", places)


def _plain(values: Sequence[float], places: int) -> list[str]:
    return [told("level.plain", level=Num(value, places)) for value in values]


def _reading(found: CashFlow, *, adds: bool) -> tuple[str, ...]:
    """What years are, what was paid before, and why the table may not add up."""
    first, costs = found.flows[0], found.scenario.costs
    lines = [
        told(
            "cash.years",
            first=str(first.first),
            last=str(first.last),
            staff=Num(costs.staff, 1 if costs.staff % 1 else 0),
        )
    ]
    if any(found.before):
        cost, own = (num(value, "usd") for value in found.before)
        lines.append(told("cash.before", month=str(found.scenario.network.today), cost=cost, own=own))
    if not adds:
        lines.append(told("cash.not_exact"))
    return tuple(lines)
