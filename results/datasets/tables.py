"""The Parquet tables of a run folder, those of each scenario as one table."""

from collections.abc import Mapping
from pathlib import Path

from results.folders.kept_blocks import SHARDS

OF_EACH_SCENARIO = ("outcomes", "months", "fates")
"""Folders that hold a table for each scenario; with the scenario as a column they are one table."""


def names_in(folder: Path) -> tuple[str, ...]:
    """Names of the tables in a run folder, as they stand there; one that is kept in blocks is a table."""
    files = (file.relative_to(folder) for file in folder.rglob("*.parquet"))
    tables = (file.parent if file.stem.startswith("block-") else file.with_suffix("") for file in files)
    names = {table.as_posix() for table in tables if table.parts[0] not in ("inputs", SHARDS)}
    return tuple(sorted(name for name in names if not name.startswith(".")))


def files_of(folder: Path, name: str) -> tuple[Path, ...]:
    """The files of a table, in their order."""
    at = folder / name
    return tuple(sorted(at.glob("block-*.parquet"))) if at.is_dir() else (at.with_name(f"{at.name}.parquet"),)


def joined_tables(folder: Path) -> Mapping[str, tuple[Path, ...]]:
    """Tables of a run folder, those of each scenario put together: name -> files."""
    found: dict[str, tuple[Path, ...]] = {}
    for name in names_in(folder):
        whole, _, one = name.partition("/")
        key = whole if one and whole in OF_EACH_SCENARIO else name
        found[key] = (*found.get(key, ()), *files_of(folder, name))
    return found
