"""Blocks as Parquet: what a run has finished, bit by bit, so that it need not be run again."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from results.folders.parquet import read_table
from simulation.ledger import COLUMNS
from simulation.outcomes import SHIPPED, Outcomes
from simulation.running.ensemble import Block

PARTS = ("values", "sum_months", "kept_months")
FLOWS = "flows"
"""The ledger, where there is one; read only then."""


def write_blocks(blocks: Sequence[Block], file: BinaryIO) -> None:
    """A row per block: its first replicate, then its arrays as lists. The same blocks give the same bytes."""
    from pyarrow import lib, parquet

    firsts = np.array([block.first for block in blocks], dtype=np.int64)
    columns = {"first": lib.Array.from_buffers(lib.int64(), len(firsts), [None, lib.py_buffer(firsts)])}
    parts = (*PARTS, FLOWS) if any(block.flows.size for block in blocks) else PARTS
    columns |= {part: _lists([getattr(block, part) for block in blocks]) for part in parts}
    table = lib.Table.from_arrays(list(columns.values()), names=list(columns))
    # No dictionary and no statistics: they take most of the time, and nobody asks for either.
    with parquet.ParquetWriter(  # type: ignore[no-untyped-call]
        file, table.schema, compression="zstd", use_dictionary=False, write_statistics=False
    ) as writer:
        writer.write_table(table)


def read_firsts(file: Path) -> list[int]:
    """First replicates of the blocks in a file."""
    return [int(first) for first in read_table(file, ["first"]).column("first").to_pylist()]


def read_blocks(file: Path, outcomes: Outcomes = SHIPPED) -> dict[int, Block]:
    """Blocks by their first replicate, each array bit by bit as it was written; of runs with these outcomes."""
    table = read_table(file)
    firsts = table.column("first").to_pylist()
    parts = [_arrays(table.column(part)) for part in PARTS]
    flows = _arrays(table.column(FLOWS)) if FLOWS in table.column_names else [np.empty(0)] * len(firsts)
    blocks = {}
    for first, values, sums, kept, spent in zip(firsts, *parts, flows, strict=True):
        sum_months = sums.reshape(-1, len(outcomes.monthly_names))
        kept_months, rows = kept.reshape(-1, *sum_months.shape), values.reshape(-1, len(outcomes.names))
        periods = spent.size // (len(rows) * COLUMNS)
        blocks[first] = Block(
            first, rows, sum_months, kept_months, spent.reshape(len(rows) if periods else 0, periods, COLUMNS)
        )
    return blocks


def _lists(arrays: Sequence[NDArray[np.float64]]) -> Any:
    from pyarrow import lib

    flat = np.concatenate([array.ravel() for array in arrays])
    ends = np.cumsum([0, *(array.size for array in arrays)], dtype=np.int32)
    # From buffers: handed an array, pyarrow imports pandas to look at it, and takes nan for missing.
    places = lib.Array.from_buffers(lib.int32(), len(ends), [None, lib.py_buffer(ends)])
    return lib.ListArray.from_arrays(
        places, lib.Array.from_buffers(lib.float64(), len(flat), [None, lib.py_buffer(flat)])
    )


def _arrays(column: Any) -> list[NDArray[np.float64]]:
    (lists,) = column.chunks
    numbers, ends = lists.flatten(), np.cumsum([0, *(len(one) for one in lists)])
    content = numbers.buffers()[1]
    flat = np.frombuffer(content, np.float64) if content is not None else np.empty(0)
    return [flat[numbers.offset + a : numbers.offset + b] for a, b in pairwise(ends)]
