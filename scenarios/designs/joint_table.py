"""A table whose rows say which values come together: draws of somebody's, a posterior, what was observed."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scenarios.designs.factors import MOST_LEVELS, Factor
from scenarios.designs.table_rows import UNKNOWN, column_of, levels_of, read_rows
from scenarios.files.faults import ScenarioError, refusal, shown
from scenarios.files.spreadsheet import Spreadsheet
from scenarios.schema.keys import keys_of
from scenarios.schema.scenario import Scenario

WEIGHT = "weight"


@dataclass(frozen=True, eq=False)
class JointTable:
    """Rows that are drawn whole.

    Attributes:
        factors: a column each, with the values that occur as levels.
        shares: float[rows, columns], where each row stands.
        until: share of the weight up to each row, float[rows].
    """

    factors: tuple[Factor, ...]
    shares: NDArray[np.float64]
    until: NDArray[np.float64]

    def drawn(self, even: NDArray[np.float64]) -> NDArray[np.float64]:
        """The rows that shares of the weight fall into, float[points, columns]."""
        rows = np.minimum(np.searchsorted(self.until, even, side="right"), len(self.until) - 1)
        return np.asarray(self.shares[rows])


def joint(factors: Sequence[Factor], shares: NDArray[np.float64], weights: NDArray[np.float64]) -> JointTable:
    """Rows by their weights, which sum to more than 0."""
    return JointTable(tuple(factors), shares, np.cumsum(weights) / weights.sum())


def read_joint_table(path: Path, bases: Sequence[Scenario]) -> JointTable:
    """A table, CSV or Parquet: a column for each key, perhaps one called weight, and a row for each set of values.

    Raises:
        ScenarioError: with everything that is wrong, each with its line and column.
    """
    of_all = dict.fromkeys(key for base in bases for key in keys_of(base))
    sheet = read_rows(path, (*of_all, WEIGHT), f"{UNKNOWN}, and {WEIGHT}")
    keys = [name for name in sheet.columns if name != WEIGHT]
    if sheet.header and not keys and not sheet.blamed:
        sheet.blame(sheet.header, "no column names a key; name what is varied, such as behaviour.initiative")
    if sheet.header and not sheet.blamed and not 2 <= len(sheet.rows) <= MOST_LEVELS:
        sheet.blame_all(f"{sheet.label} has {len(sheet.rows):,} rows: allowed is 2 to {MOST_LEVELS:,}")
    columns = {key: column_of(sheet, key) for key in keys}
    weights = _weights(sheet)
    if sheet.faults:
        raise ScenarioError(refusal(f"--table {path}", sheet.faults))
    factors, shares = levels_of(columns)
    return joint(factors, shares, weights)


def _weights(sheet: Spreadsheet) -> NDArray[np.float64]:
    weights = np.ones(len(sheet.rows))
    if WEIGHT not in sheet.columns:
        return weights
    for place, (line, row) in enumerate(zip(sheet.lines, sheet.rows, strict=True)):
        try:
            weights[place] = float(row[WEIGHT])
        except (TypeError, ValueError):
            weights[place] = -1.0
        if not (isfinite(weights[place]) and weights[place] >= 0):
            sheet.blame(line, f"{WEIGHT} is {shown(row[WEIGHT])}: allowed is 0 or more")
    if len(weights) and not sheet.blamed and not weights.sum() > 0:
        sheet.blame_all(f"{sheet.label}: the weights sum to 0; give at least one row a weight above 0")
    return weights
