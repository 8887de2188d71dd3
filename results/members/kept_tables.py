"""Members by name as tables to keep: network by network, with intervals, pairs, who depends on whom, changes."""

from collections.abc import Sequence

import numpy as np

from results.exporting.rows import Row, csv_sheet, for_spreadsheets
from results.folders.parquet import Column, Columns
from results.members.estimates import Changes, MemberEstimates
from results.members.measures import MEASURES
from results.words.pair_tables import below_each_other

FATES = "fates/{}.parquet"
MEMBERS, PAIRS, DEPENDENCE, CHANGES = "members.parquet", "pairs.parquet", "dependence.parquet", "changes.parquet"


def kept_tables(found: Sequence[MemberEstimates], changes: Sequence[Changes]) -> dict[str, Columns]:
    """Every table of a run, by the name of its file."""
    tables: dict[str, Columns] = {FATES.format(one.fates.scenario.name): one.fates.columns for one in found}
    tables[MEMBERS] = below_each_other([_members(one) for one in found])
    tables[PAIRS] = below_each_other([_pairs(one) for one in found])
    tables[DEPENDENCE] = below_each_other([_dependence(one) for one in found])
    if changes:
        tables[CHANGES] = below_each_other([_changes(one) for one in changes])
    return tables


def csv_tables(tables: dict[str, Columns]) -> dict[str, bytes]:
    """The same as CSV for spreadsheets, but for what is network by network; cells empty where nothing is known."""
    return {
        name.replace(".parquet", ".csv"): csv_sheet({key: key for key in columns}, _rows(columns), for_spreadsheets)
        for name, columns in tables.items()
        if "/" not in name
    }


def _rows(columns: Columns) -> list[Row]:
    plain = {name: column.tolist() if isinstance(column, np.ndarray) else column for name, column in columns.items()}
    return [
        {
            name: "" if isinstance(cell, float) and np.isnan(cell) else cell
            for name, cell in zip(plain, row, strict=True)
        }
        for row in zip(*plain.values(), strict=True)
    ]


def _members(one: MemberEstimates) -> Columns:
    """A row for each member: of each measure the mean, its interval, and the distance from the mean of all members."""
    columns: dict[str, Column] = {"scenario": [one.fates.scenario.name] * len(one.names), "member": list(one.names)}
    for measure in MEASURES:
        level, apart = one.level[measure.name], one.apart[measure.name]
        columns |= {
            measure.name: level.mean,
            f"{measure.name}_low": level.low,
            f"{measure.name}_high": level.high,
            f"{measure.name}_apart": apart.mean,
            f"{measure.name}_apart_low": apart.low,
            f"{measure.name}_apart_high": apart.high,
        }
    return columns


def _pairs(one: MemberEstimates) -> Columns:
    """A row for each pair: the chance that the two collaborate, that they know each other, and whether they do now."""
    first, second = one.fates.pairs
    known = one.fates.known_before
    return {
        "scenario": [one.fates.scenario.name] * len(first),
        "one": [one.names[number] for number in first.tolist()],
        "other": [one.names[number] for number in second.tolist()],
        "collaborating": one.pairs.mean,
        "collaborating_low": one.pairs.low,
        "collaborating_high": one.pairs.high,
        "tied": one.fates.tied / one.fates.networks,
        "tied_before": np.full(len(first), np.nan) if known is None else known.astype(np.float64),
    }


def _dependence(one: MemberEstimates) -> Columns:
    """A row for each two of which one is the other's only partner in some network."""
    on, member = np.nonzero(one.fates.alone_with)
    return {
        "scenario": [one.fates.scenario.name] * len(on),
        "member": [one.names[number] for number in member.tolist()],
        "depends_on": [one.names[number] for number in on.tolist()],
        "share": one.fates.alone_with[on, member] / one.fates.networks,
    }


def _changes(one: Changes) -> Columns:
    """A row for each member and measure: what the plan changes, compared with the baseline."""
    count = len(one.names)
    return below_each_other(
        [
            {
                "scenario": [one.scenario] * count,
                "baseline": [one.baseline] * count,
                "member": list(one.names),
                "measure": [measure.name] * count,
                "mean": one.change[measure.name].mean,
                "low": one.change[measure.name].low,
                "high": one.change[measure.name].high,
                "chance_higher": one.chance_higher[measure.name],
            }
            for measure in MEASURES
        ]
    )
