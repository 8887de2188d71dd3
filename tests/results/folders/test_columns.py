"""Fields of a type as columns of a table."""

from dataclasses import dataclass
from math import nan
from typing import Literal

import numpy as np

from results.folders.parquet import fields_as_columns


@dataclass(frozen=True)
class Found:
    """Every kind of field that a table takes."""

    name: str
    word: Literal["yes", "no"]
    count: int
    is_clear: bool
    size: float
    needed: int | None


def test_columns_are_of_the_kinds_that_the_fields_are_declared_as() -> None:
    rows = [Found("a", "yes", 2, True, 0.5, None), Found("b", "no", 3, False, nan, 7)]
    columns = fields_as_columns(Found, rows, ["word", "count", "is_clear", "size", "needed"])

    assert list(columns) == ["word", "count", "is_clear", "size", "needed"], "as they are asked for"
    assert columns["word"] == ["yes", "no"]
    kinds = [np.asarray(columns[name]).dtype for name in ("count", "is_clear", "size", "needed")]
    assert kinds == [np.int64, np.bool_, np.float64, np.float64]
    np.testing.assert_array_equal(np.asarray(columns["needed"]), [nan, 7.0])
    none = fields_as_columns(Found, [], ["count", "needed"])
    assert [np.asarray(column).dtype for column in none.values()] == [np.int64, np.float64]
