"""The tables of `run`, `compare` and `show`, as plain rows of words."""

from collections.abc import Iterable, Mapping
from math import isnan
from typing import Any

from results.comparing.fitted_cells import average_cell, change_cell
from results.estimates.comparison import Comparison, Estimate
from results.words.differences import change
from results.words.headlines import _BESIDE, COST, FOUNDERS, RATE, headlines, own_among
from results.words.numbers import and_half, digits, label, scaled, span, with_half
from results.words.rounding import adding_up
from results.words.sentence import told
from results.words.table import Table, word
from scenarios.schema.keys import of_another_funder
from simulation.outcomes import COST_PARTS, COUNTS, outcome_named

CORE = ("collaboration_rate", "collaborations", "evidence", "legacy_rate", *_BESIDE["survival"],
        *_BESIDE["cost_per_collaboration"])  # fmt: skip
"""Outcomes of the table of differences where more than two scenarios are compared."""


LABEL_WIDTH, CELL_WIDTH = 30, 15


SHOW_WIDTH = 95
"""Columns of text that the table of a scenario's values takes."""


def headline_tables(comparison: Comparison, width: int) -> list[Table]:
    """Headline outcomes of every scenario, as many side by side as the width (columns of text) holds."""
    names = list(comparison.estimates)
    rows_shown = headlines(comparison.estimates[comparison.baseline])
    side_by_side = max(1, (width - LABEL_WIDTH) // CELL_WIDTH)
    tables = []
    for first in range(0, len(names), side_by_side):
        shown = names[first : first + side_by_side]
        rows = tuple(
            (label(outcome), *(average_cell(comparison, name, outcome) for name in shown)) for outcome in rows_shown
        )
        title = told("table.averages" if first == 0 else "table.averages.more")
        tables.append(Table(title, ("", *shown), rows, frozenset(range(1, len(shown) + 1))))
    return tables


def outcomes_shown(comparison: Comparison) -> tuple[str, ...]:
    """Outcomes that the tables of differences have."""
    known = comparison.estimates[comparison.baseline]
    return headlines(known) if len(comparison.compared) == 1 else (*CORE, *own_among(known))


def difference_tables(comparison: Comparison) -> list[Table]:
    """A table for each scenario compared: difference from the baseline, in how many networks, and in words."""
    outcomes = outcomes_shown(comparison)
    tables = []
    for scenario in comparison.compared:
        rows = []
        for outcome in outcomes:
            one = comparison.difference(scenario, outcome)
            counts = [f"{count:,}" if one.compared else "-" for count in (one.higher, one.equal, one.lower)]
            rows.append((label(outcome), change_cell(one, comparison), *counts, change(one)))
        title = told("table.differences", plan=scenario, baseline=comparison.baseline)
        ways = (told(f"counts.{way}") for way in ("higher", "equal", "lower"))
        header = ("", told("table.difference"), *ways, told("table.words"))
        tables.append(Table(title, header, tuple(rows), frozenset({1, 2, 3, 4})))
    return tables


def run_table(estimates: Mapping[str, Estimate]) -> Table:
    """Every outcome of one scenario: average with half its interval, and the spread of single networks.

    The cost stands once, that of the whole run: a renewal goes on costing after the planned closing.
    """
    hidden = {"cost", "months_worked", *(outcome.name for outcome in COUNTS)}
    if estimates[FOUNDERS].mean == estimates[RATE].mean:  # nobody has joined
        hidden.add(FOUNDERS)
    shown = [beside for name in estimates if name not in hidden for beside in _BESIDE.get(name, (name,))]
    rows = []
    for name in shown:
        one = estimates[name]
        one_alone = isnan(one.spread_low) or one.replicates < 2
        spread = "-" if one_alone else span(one.spread_low, one.spread_high, outcome_named(name).scale)
        rows.append((label(name), _average(one, name), spread))
    return Table("", ("", told("table.average"), told("table.spread")), tuple(rows), frozenset({1, 2}))


def money_table(estimates: Mapping[str, Mapping[str, Estimate]], price_years: Iterable[int]) -> Table:
    """What the whole cost of each scenario went to; parts are rounded so that they add up to the cost as printed."""
    columns = [_money_column(one) for one in estimates.values()]
    rows = tuple(
        (label(outcome), *(column[place] for column in columns)) for place, outcome in enumerate((COST, *COST_PARTS))
    )
    title = told("table.money", years=tuple(str(year) for year in sorted(set(price_years))))
    return Table(title, ("", *estimates), rows, frozenset(range(1, len(estimates) + 1)))


def show_tables(rows: Iterable[Mapping[str, Any]]) -> list[Table]:
    """Every value of a scenario: key, value, unit, who settles it, and what is allowed; each further funder's apart."""
    cells: dict[str, list[tuple[str, ...]]] = {"": []}
    for row in rows:
        name, own = of_another_funder(row["key"]) or ("", row["key"])
        said = (own, word(row["value"]), row["unit"], row["role"], _allowed(row))
        cells.setdefault(f"{name}: funder.{name}.KEY" if name else "", []).append(said)
    header = ("key", "value", "unit", "role", "allowed")
    return [Table(title, header, tuple(some), frozenset({1})) for title, some in cells.items()]


def show_lines(rows: Iterable[Mapping[str, Any]], *, sources: bool) -> list[str]:
    """The same for narrow terminals, or with what each value is and where it comes from: too much for a table."""
    return [
        f"{row['key']} = {word(row['value'])} ({row['unit']}; {row['role']}; {_allowed(row)})"
        + (f"\n    {row['text']}\n    {row['source']}" if sources else "")
        for row in rows
    ]


def _allowed(row: Mapping[str, Any]) -> str:
    """What is allowed, without the unit, which stands beside it."""
    return str(row["allowed"]).replace(f" ({row['unit']})", "")


def _average(one: Estimate, outcome: str) -> str:
    return with_half(one.mean, one.low, one.high, outcome_named(outcome).scale)


def _money_column(estimates: Mapping[str, Estimate]) -> list[str]:
    """The whole, then its parts: all with as many digits as the whole has."""
    whole = estimates[COST]
    places = digits(whole.mean, "usd", (whole.high - whole.low) / 2)
    shown = [scaled(estimates[part].mean, "usd") for part in COST_PARTS]
    parts = adding_up(shown, scaled(whole.mean, "usd"), places)
    halves = [estimates[part] for part in COST_PARTS]
    return [
        _average(whole, COST),
        *(and_half(part, one.low, one.high, "usd", places) for part, one in zip(parts, halves, strict=True)),
    ]
