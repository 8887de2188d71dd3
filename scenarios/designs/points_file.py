"""A design that somebody made elsewhere: a table with a column for each key, and a row for each point."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scenarios.designs.factors import MOST_LEVELS, SCENARIO, Factor
from scenarios.designs.joint_table import WEIGHT
from scenarios.designs.table_rows import UNKNOWN, column_of, levels_of, read_rows
from scenarios.files.faults import ScenarioError, refusal, shown
from scenarios.files.spreadsheet import Spreadsheet
from scenarios.schema.keys import keys_of
from scenarios.schema.scenario import Scenario


def read_points_file(
    path: Path, bases: Sequence[Scenario], read_scenario: Callable[[str], object]
) -> tuple[list[Factor], NDArray[np.float64]]:
    """Its factors, with the values that occur as levels, and where each point lies.

    Where there are several scenarios and no column says which, every point is tried in each of them.

    Args:
        path: CSV or Parquet, with a header; a column `scenario` says which scenario a point is of.
        bases: that are known already.
        read_scenario: sees that a scenario that is named can be read, or raises ScenarioError.

    Returns:
        Factors; float[points, factors].

    Raises:
        ScenarioError: with everything that is wrong, each with its line and column.
    """
    of_all = dict.fromkeys(key for base in bases for key in keys_of(base))
    sheet = read_rows(path, (SCENARIO, WEIGHT, *of_all), f"{UNKNOWN}, and {SCENARIO}")
    if WEIGHT in sheet.columns:
        sheet.blame(sheet.header, f"column {WEIGHT} has no meaning: each row is a point; --table draws rows by weight")
    if sheet.header and not sheet.columns and not sheet.blamed:
        sheet.blame(sheet.header, "no column names a key; name what is varied, such as grants.per_call")
    if sheet.header and not sheet.blamed and not 1 <= len(sheet.rows) <= MOST_LEVELS:
        sheet.blame_all(f"{sheet.label} has {len(sheet.rows):,} points: allowed is 1 to {MOST_LEVELS:,}")
    columns = {
        name: _scenarios(sheet, read_scenario) if name == SCENARIO else column_of(sheet, name)
        for name in sheet.columns
        if name != WEIGHT
    }
    if SCENARIO in columns and len(bases) > 1:
        sheet.blame(
            sheet.header, f"scenarios are given both as arguments and in the column {SCENARIO}; give one argument"
        )
    if sheet.faults:
        raise ScenarioError(refusal(f"--design {path}", sheet.faults))
    factors, shares = levels_of(columns)
    if SCENARIO in columns or len(bases) < 2:
        return list(factors), shares
    places = (np.arange(len(bases)) + 0.5) / len(bases)
    shares = np.column_stack([np.tile(places, len(shares)), np.repeat(shares, len(bases), axis=0)])
    return [Factor(SCENARIO, levels=tuple(base.name for base in bases)), *factors], shares


def _scenarios(sheet: Spreadsheet, read_scenario: Callable[[str], object]) -> list[str]:
    """The names of the scenarios, a row each; one that cannot be read is blamed where it first stands."""
    seen: set[str] = set()
    found = []
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        name = str(row[SCENARIO] or "")
        if name not in seen:
            seen.add(name)
            try:
                if not name:
                    raise ScenarioError(f"{SCENARIO} is empty; write a name of the library, or the path of a file")
                read_scenario(name)
            except ScenarioError as error:
                sheet.blame(line, f"{SCENARIO} is {shown(name)}: {'; '.join(error.faults)}")
        found.append(name)
    return found
