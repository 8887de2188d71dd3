"""All tables of a result as data frames, each read when it is asked for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from results.datasets.columns import Column, column_of
from results.datasets.from_document import Row, columns_in, tables_of_document
from results.datasets.tables import joined_tables
from results.folders.inputs import outcomes_in
from results.words.schema import Schema
from simulation.outcomes import SHIPPED, Outcomes

if TYPE_CHECKING:
    import pandas as pd

ANSWER = "answer"
"""Under this name, and names that begin with it, stands what the JSON document says."""


class Frames(Mapping[str, "pd.DataFrame"]):
    """Name of a table -> data frame, with a row for each thing it is about, and what each column means.

    A frame is read when it is asked for, so that a sweep of a million networks need not fit into memory to be looked
    at. What its columns mean, with their units, stands in `frame.attrs["columns"]`, and in `columns(name)`.
    """

    def __init__(
        self,
        makers: Mapping[str, Callable[[], "pd.DataFrame"]],
        about: Mapping[str, Any],
        said: Mapping[str, Mapping[str, str]] | None = None,
        outcomes: Outcomes = SHIPPED,
    ) -> None:
        self._makers, self._about, self._said = dict(makers), dict(about), said or {}
        self._outcomes = outcomes

    def __getitem__(self, name: str) -> "pd.DataFrame":
        if name not in self._makers:
            raise KeyError(f"there is no table {name!r}; there are {', '.join(self._makers)}")
        frame = self._makers[name]()
        columns = {column: meaning._asdict() for column, meaning in self._meanings(name, list(frame.columns)).items()}
        frame.attrs.update({"table": name, **self._about, "columns": columns})
        return frame

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def __repr__(self) -> str:
        return f"<Frames: {', '.join(self._makers)}>"

    @property
    def about(self) -> Mapping[str, Any]:
        """Where the tables are from: the folder, its fingerprint, the command, the version of the model."""
        return dict(self._about)

    def columns(self, name: str) -> "pd.DataFrame":
        """What the columns of a table mean: a row for each, with its unit and its meaning."""
        import pandas as pd

        meanings = self._meanings(name, list(self[name].columns))
        rows = [(column, *one) for column, one in meanings.items()]
        return pd.DataFrame(rows, columns=["column", *Column._fields])

    def _meanings(self, name: str, columns: Sequence[str]) -> dict[str, Column]:
        said, currency = self._said.get(name, {}), str(self._about.get("currency", "USD"))
        return {column: column_of(name, column, said.get(column, ""), currency, self._outcomes) for column in columns}


def frames_of(document: Mapping[str, Any], schema: Schema, folder: Path | None, about: Mapping[str, Any]) -> Frames:
    """The tables of an answer: those in its folder, and what its document says.

    Args:
        document: JSON values; empty where none is kept.
        schema: of the document.
        folder: the run folder; None where none is filled.
        about: where all this is from.
    """
    makers: dict[str, Callable[[], pd.DataFrame]] = {}
    for name, files in joined_tables(folder).items() if folder is not None else ():
        makers[name] = partial(_read, files)
    said = {}
    if document:
        found = tables_of_document(document, schema)
        for name, rows in found.rows.items():
            key = ANSWER if name == ANSWER else f"{ANSWER}/{name}"
            makers[key] = partial(_framed, rows)
            said[key] = found.meanings.get(name, {})
    return Frames(makers, about, said, SHIPPED if folder is None else outcomes_in(folder))


def _read(files: Sequence[Path]) -> "pd.DataFrame":
    import pandas as pd

    parts = [pd.read_parquet(file) for file in files]
    return parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)


def _framed(rows: Sequence[Row]) -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame(rows, columns=columns_in(rows))
