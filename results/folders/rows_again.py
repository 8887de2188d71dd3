"""A table whose rows are plans that were tried: held against the manifest, and some of the plans tried once more."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from results.folders.examination import Examination
from results.folders.folder import FolderError
from results.folders.parquet import columns_of, read_table
from scenarios import ScenarioError

Asked = TypeVar("Asked")
ROWS_OF_ONE = 20
"""Rows of single networks that a plan stands for in a sample: it is some hundred networks."""


class Again(NamedTuple):
    """A plan tried once more.

    Attributes:
        where: which row it is, in words.
        names: columns that are compared.
        values: what they are now, float[names].
    """

    where: str
    names: Sequence[str]
    values: NDArray[np.float64]


def rows_again(
    check: Examination,
    sample: int | None,
    table: str,
    read: Callable[[Mapping[str, Any]], Asked],
    again: Callable[[Asked, Mapping[str, Any]], Again],
) -> None:
    """Hold the tables against the manifest, and try some plans of one of them once more.

    Args:
        check: the folder.
        sample: one row in ROWS_OF_ONE of so many is tried again, chosen at random; None tries all of them.
        table: file of the table.
        read: makes of the inputs what was asked.
        again: tries the plan of a row, given what was asked and the row by column.

    Raises:
        FolderError: if the folder does not hold what it takes.
    """
    try:
        columns = columns_of(read_table(check.path / table))
        asked = read(check.manifest.inputs)
    except (OSError, ValueError, KeyError, TypeError, ScenarioError) as error:
        kind = check.manifest.inputs["command"]
        raise FolderError(f"{check.path} cannot be read as the folder of a {kind} ({error})") from None
    for name, wanted in (check.manifest.tables or {}).items():
        check.same_hash(name, wanted)
    count = len(columns["stage"])
    check.found.of = count
    rows = range(count) if sample is None else check.choose(count, max(1, sample // ROWS_OF_ONE)).tolist()
    for row in rows:
        one: dict[str, Any] = {name: column[row] for name, column in columns.items()}
        found = again(asked, one)
        stored = np.array([float(one[name]) for name in found.names])
        check.compare(found.where, found.names, stored, found.values)
        check.found.rows += 1
        check.progress(1)
