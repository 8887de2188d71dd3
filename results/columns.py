"""Columns of numbers and words: their hash, and their Parquet file. No pandas on the way."""

import hashlib
from collections.abc import Mapping, Sequence
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64] | NDArray[np.int64] | Sequence[str]
Columns = Mapping[str, Column]
"""Column name -> values, all of one length; nan in a float column is a missing value."""


def content_hash(columns: Columns) -> str:
    """SHA-256 of what the columns say, whatever writes them to disk.

    For each column, in order: its name, kind and number of bytes, then its values as little-endian float64 (one nan,
    no negative zero) or int64, or as UTF-8 words with their lengths.
    """
    digest = hashlib.sha256()
    for name, column in columns.items():
        kind, content = _canonical(column)
        digest.update(f"{name}\0{kind}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def parquet_bytes(columns: Columns) -> bytes:
    """The columns as a Parquet file; missing numbers are null. The same columns give the same bytes."""
    from pyarrow import lib, parquet  # here, not above: who only compares need not wait

    arrays = {name: lib.array(column, from_pandas=True) for name, column in columns.items()}
    out = BytesIO()
    parquet.write_table(  # type: ignore[no-untyped-call]
        lib.table(arrays), out, compression="zstd"
    )
    return out.getvalue()


def _canonical(column: Column) -> tuple[str, bytes]:
    if not isinstance(column, np.ndarray):
        words = [word.encode() for word in column]
        return "utf8", b"".join(len(word).to_bytes(8, "little") + word for word in words)
    if column.dtype.kind == "i":
        return "int64", column.astype("<i8").tobytes()
    return "float64", np.where(np.isnan(column), np.nan, column + 0.0).astype("<f8").tobytes()
