"""The differences of a comparison in numbers, as its run folder keeps them, for a sheet."""

from collections.abc import Sequence
from pathlib import Path

from results.folders.inputs import outcomes_in
from results.pages.xlsx import Row
from results.words.numbers import label

FILE = "differences.parquet"


def differences_sheet(folder: Path) -> dict[str, tuple[Sequence[str], list[Row]]]:
    """Name -> header and rows; nothing where nothing was compared."""
    file = folder / FILE
    if not file.is_file():
        return {}
    import pandas as pd

    table = pd.read_parquet(file)
    known = outcomes_in(folder)
    labels = [label(known.called(outcome)) if outcome in known else "" for outcome in table["outcome"]]
    rows: list[Row] = [
        (*map(_cell, row), said) for row, said in zip(table.astype(object).itertuples(index=False), labels, strict=True)
    ]
    return {"differences": ([*map(str, table.columns), "in words"], rows)}


def _cell(value: object) -> str | float | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value != value:
        return None
    if value is None or isinstance(value, (int, float)):
        return value
    return str(value)
