"""Rows of a table that somebody else made, as factors: each value that occurs in a column is a level."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.designs.factors import Factor
from scenarios.files.faults import near_miss, shown
from scenarios.files.spreadsheet import Spreadsheet, read_spreadsheet
from scenarios.reading.layers import parse_value
from scenarios.schema.keys import Key, key_named

PARQUET = ".parquet"
ENDINGS = (".csv", PARQUET)
UNKNOWN = "; allowed are keys that `legato show` lists"


def read_rows(path: Path, columns: Sequence[str], unknown: str) -> Spreadsheet:
    """A table as it was saved, CSV or Parquet; what is wrong with it stands in its faults.

    Args:
        path: the file.
        columns: that may be there.
        unknown: what a fault says of allowed columns.
    """
    if path.suffix.lower() == PARQUET:
        return _of_parquet(path, columns, unknown)
    return read_spreadsheet(path, (), columns, comment="#", unknown=unknown)


def _of_parquet(path: Path, columns: Sequence[str], unknown: str) -> Spreadsheet:
    sheet = Spreadsheet(path.name)
    try:
        from pyarrow import parquet

        table = parquet.read_table(path)  # type: ignore[no-untyped-call]
        there = table.to_pydict()
    except FileNotFoundError:
        sheet.blame_all(f"{path.name}: there is no such file ({path})")
        return sheet
    except (OSError, ValueError, NotImplementedError) as error:
        sheet.blame_all(f"{path.name} cannot be read as Parquet: {str(error).splitlines()[0]}")
        return sheet
    for name in there:
        if name not in columns:
            sheet.blame_all(f"{path.name}: column {shown(name)} is not known{near_miss(name, columns) or unknown}")
    sheet.header, sheet.columns = 1, tuple(name for name in there if name in columns)
    sheet.lines = list(range(table.num_rows))
    sheet.rows = [{name: there[name][row] for name in sheet.columns} for row in sheet.lines]
    sheet.places = {row: f"row {row} (counted from 0)" for row in sheet.lines}
    return sheet


def column_of(sheet: Spreadsheet, key: str) -> list[Any]:
    """The values of a key, a row each; what may not stand there is blamed on its line."""
    known = key_named(key)
    assert known is not None  # else its column is refused
    return [_cell(sheet, line, known, row[key]) for line, row in zip(sheet.lines, sheet.rows, strict=True)]


def _cell(sheet: Spreadsheet, line: int, known: Key, written: Any) -> Any:
    value = _value(known, written)
    if value is None or value == "":
        sheet.blame(line, f"{known.key} is empty: allowed is {known.allowed}")
    elif known.kind in ("weights", "funders") or isinstance(value, (list, tuple, dict)):
        sheet.blame(line, f"{known.key} is a list, which a cell cannot hold; put it into a scenario's file")
    elif fault := known.fault(value):
        sheet.blame(line, f"{fault}{_advice(known, value)}")
    else:
        return value
    return written if isinstance(written, (str, int, float)) else ""


def _value(known: Key, written: Any) -> Any:
    """What a cell says: text of a CSV, or what Parquet makes of it."""
    if isinstance(written, str):
        if known.kind == "bool" and written.lower() in ("true", "false"):  # as spreadsheets and R write it
            return written.lower() == "true"
        value = parse_value(known.key, written)
        if value == written and known.kind in ("int", "float"):  # .5 and 007 are numbers to everybody but TOML
            with suppress(ValueError):
                value = float(written) if known.kind == "float" else int(written)
    else:
        value = written
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if is_number and known.kind == "float" and isfinite(value):
        return float(value)
    if isinstance(value, float) and known.kind == "int" and value.is_integer():
        return int(value)  # a column with a gap, or a posterior, has its whole numbers as floats
    return None if isinstance(value, float) and value != value and not isinstance(written, str) else value


def _advice(known: Key, value: Any) -> str:
    if known.kind == "bool":
        return near_miss(str(value).lower(), ("true", "false"))
    if not isinstance(value, str):
        return ""
    if known.kind in ("int", "float") and value.count(",") == 1:
        with suppress(ValueError):
            return f"; write {float(value.replace(',', '.')):g}, with a point"
    return near_miss(value, [known.word], '"') if known.word else ""


def levels_of(columns: Mapping[str, Sequence[Any]]) -> tuple[tuple[Factor, ...], NDArray[np.float64]]:
    """Factors whose levels are the values that occur, and where each row stands; the values stay what they are.

    Returns:
        Factors; float[rows, factors].
    """
    factors, shares = [], []
    for key, column in columns.items():
        numeric = all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in column)
        levels = tuple(sorted(set(column)) if numeric else dict.fromkeys(column))
        place = {level: (number + 0.5) / len(levels) for number, level in enumerate(levels)}
        factors.append(Factor(key, levels=levels))
        shares.append([place[value] for value in column])
    return tuple(factors), np.array(shares, dtype=np.float64).T


def is_a_table(name: object) -> bool:
    """Whether it is the name of a file that holds a table, and not a word."""
    return str(name).lower().endswith(ENDINGS)
