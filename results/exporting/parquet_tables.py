"""A network as Parquet tables, named as in a run folder: members.parquet and ties.parquet join its tables on names."""

from collections.abc import Sequence

import numpy as np

from results.exporting.rows import Row, member_rows, tie_rows
from results.folders.parquet import Column, Columns, parquet_bytes
from simulation.snapshot import Snapshot


def as_parquet(snapshot: Snapshot) -> dict[str, bytes]:
    """members.parquet and ties.parquet, members that have left with them: their column `present` is false.

    A member is called `member` and the ends of a tie `one` and `other`, as in `members.parquet` and `pairs.parquet` of
    `legato run --pairs` and of a checked survey; `one` stands before `other` in the list of members, there and here.
    """
    members = [{"member": row["name"], **row} for row in member_rows(snapshot, snapshot.members)]
    ties = [{"one": row["from"], "other": row["to"], **row} for row in tie_rows(snapshot, snapshot.ties)]
    return {
        "members.parquet": parquet_bytes(_columns(members, ("name",))),
        "ties.parquet": parquet_bytes(_columns(ties, ("from", "to"), _NO_TIES)),
    }


_NO_TIES: Row = {
    "one": "", "other": "", "type": "", "trust": 0.0, "overlap": 0.0, "origin": "", "collaborating": False,
    "funded": False,
}  # fmt: skip
"""What the columns of ties are, where there is none to tell it by."""


def _columns(rows: Sequence[Row], without: tuple[str, ...], otherwise: Row | None = None) -> Columns:
    columns: dict[str, Column] = {}
    kinds = rows[0] if rows else otherwise or {}
    for name, example in kinds.items():
        if name in without:
            continue
        values = [row[name] for row in rows]
        if isinstance(example, str):
            columns[name] = [str(value) for value in values]
        elif isinstance(example, bool):
            columns[name] = np.array(values, dtype=np.bool_)
        else:
            columns[name] = np.array(values, dtype=np.float64)
    return columns
