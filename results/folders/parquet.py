"""Columns of numbers and words: their hash, and their Parquet file. No pandas on the way."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, Literal, get_origin, get_type_hints

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64] | NDArray[np.int64] | NDArray[np.bool_] | Sequence[str | None]
Columns = Mapping[str, Column]
"""Column name -> values, all of one length; nan in a float column, and None among words, is a missing value."""

ROWS = 65_536
"""Rows that are written, or hashed, at a time: a million rows of a table are never held twice."""


def fields_as_columns(kind: type, rows: Sequence[Any], names: Sequence[str]) -> Columns:
    """Some fields of a dataclass as columns, a row each: words, counts, flags, or numbers, as the fields are declared.

    What may be missing is a number, and nan where it is None, also if it is a count.
    """
    kinds: dict[Any, type] = {int: np.int64, bool: np.bool_}
    hints = get_type_hints(kind)
    columns: dict[str, Column] = {}
    for name in names:
        values = [getattr(row, name) for row in rows]
        if hints[name] is str or get_origin(hints[name]) is Literal:
            columns[name] = values
        else:
            plain = [np.nan if value is None else value for value in values]
            columns[name] = np.array(plain, dtype=kinds.get(hints[name], np.float64))
    return columns


def content_hash(columns: Columns) -> str:
    """SHA-256 of what the columns say, whatever writes them to disk.

    For each column, in order: its name, kind and number of bytes, then its values as little-endian float64 (one nan,
    no negative zero), int64 or bytes 0 and 1, or as UTF-8 words with their lengths (all ones where one is missing).
    """
    digest = hashlib.sha256()
    for name, column in columns.items():
        kind = _kind(column)
        size = (1 if kind == "bool" else 8) * len(column)
        if not isinstance(column, np.ndarray):
            size += sum(len(word.encode()) for word in column if word is not None)
        digest.update(f"{name}\0{kind}\0{size}\0".encode())
        for part in _parts(column):
            digest.update(_canonical(part))
    return digest.hexdigest()


def parquet_bytes(columns: Columns) -> bytes:
    """The columns as a Parquet file; missing numbers are null. The same columns give the same bytes."""
    out = BytesIO()
    write_parquet(columns, out)
    return out.getvalue()


def write_parquet(columns: Columns, file: BinaryIO) -> None:
    """As `parquet_bytes`, into a file, some rows at a time."""
    write_parts([columns], file)


def write_parts(parts: Iterable[Columns], file: BinaryIO) -> None:
    """As `write_parquet`, a table that comes in parts, one below the other; there is one at least."""
    parts = iter(parts)
    columns = next(parts)
    with opened(columns, file) as add:
        for part in chain([columns], parts):
            add(part)


@contextmanager
def opened(
    columns: Columns, file: BinaryIO, meanings: Mapping[str, Mapping[str, str]] | None = None
) -> Iterator[Callable[[Columns], None]]:
    """A Parquet file to which parts of a table are added, one below the other.

    Args:
        columns: of the first part, or any other; it says of which kind each is, and is not added.
        file: to write to.
        meanings: what stands in the file with each column, such as its unit.
    """
    from pyarrow import lib, parquet  # here, not above: who only compares need not wait

    types = {"float64": lib.float64(), "int64": lib.int64(), "bool": lib.bool_(), "utf8": lib.string()}
    fields = [
        lib.field(name, types[_kind(column)], metadata=dict((meanings or {}).get(name, {})) or None)
        for name, column in columns.items()
    ]
    schema = lib.schema(fields)
    with parquet.ParquetWriter(  # type: ignore[no-untyped-call]
        file, schema, compression="zstd"
    ) as writer:

        def add(part: Columns) -> None:
            for some in zip(*map(_parts, part.values()), strict=True):
                writer.write_table(lib.Table.from_arrays([_arrow(one) for one in some], schema=schema))

        yield add


def read_table(file: Path, columns: Sequence[str] | None = None) -> Any:
    """Some columns of a Parquet file, or all, as a pyarrow table in one piece; without threads, and without pandas."""
    from pyarrow import parquet

    with parquet.ParquetFile(file) as opened:  # type: ignore[no-untyped-call]
        return opened.read(columns=columns, use_threads=False).combine_chunks()


def columns_of(table: Any) -> Columns:
    """The columns of what `read_table` reads, as they were before they were written."""
    columns: dict[str, Column] = {}
    for name in table.column_names:
        column = table.column(name)
        if str(column.type) == "string":
            columns[name] = column.to_pylist()
        else:
            columns[name] = column.to_numpy()
    return columns


def _parts(column: Column) -> Iterator[Column]:
    for first in range(0, len(column), ROWS):
        yield column[first : first + ROWS]


def _kind(column: Column) -> str:
    if not isinstance(column, np.ndarray):
        return "utf8"
    return {"i": "int64", "b": "bool"}.get(column.dtype.kind, "float64")


def _arrow(column: Column) -> Any:
    """The column for pyarrow, made from buffers: handed an array or a list, pyarrow imports pandas to look at it."""
    from pyarrow import lib

    if not isinstance(column, np.ndarray):
        words = [b"" if word is None else word.encode() for word in column]
        ends = np.cumsum([0, *map(len, words)], dtype=np.int32)
        known = _bits(np.array([word is not None for word in column], dtype=np.bool_))
        return lib.Array.from_buffers(lib.string(), len(words), [known, _buffer(ends), lib.py_buffer(b"".join(words))])
    if column.dtype.kind == "b":
        return lib.Array.from_buffers(lib.bool_(), len(column), [None, _packed(column)])
    if column.dtype.kind == "i":
        return lib.Array.from_buffers(lib.int64(), len(column), [None, _buffer(column)])
    return lib.Array.from_buffers(lib.float64(), len(column), [_bits(~np.isnan(column)), _buffer(column)])


def _bits(known: NDArray[np.bool_]) -> Any:
    """Which values are there, as pyarrow wants it: nothing where all of them are."""
    return None if known.all() else _packed(known)


def _packed(flags: NDArray[Any]) -> Any:
    return _buffer(np.packbits(flags.astype(np.bool_), bitorder="little"))


def _buffer(array: NDArray[Any]) -> Any:
    from pyarrow import lib

    return lib.py_buffer(np.ascontiguousarray(array))


def _canonical(column: Column) -> bytes:
    if not isinstance(column, np.ndarray):
        words = [None if word is None else word.encode() for word in column]
        return b"".join(b"\xff" * 8 if word is None else len(word).to_bytes(8, "little") + word for word in words)
    if column.dtype.kind == "b":
        return column.astype("u1").tobytes()
    if column.dtype.kind == "i":
        return column.astype("<i8").tobytes()
    return np.where(np.isnan(column), np.nan, column + 0.0).astype("<f8").tobytes()
