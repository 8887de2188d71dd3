"""What a run has finished so far, kept in its folder: an interruption costs a second of work at the most.

Blocks are kept in `blocks/`, several to a file, and each file stands in `journal.jsonl` with its SHA-256. A file is on
the disk before its line is, so whatever stops the machine, a line that can be read is about a file that was whole.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from time import monotonic
from typing import Any

from results.folders.block_files import read_blocks, read_firsts, write_blocks
from results.folders.files import write
from results.folders.journal import Journal
from simulation.outcomes import SHIPPED, Outcomes
from simulation.running.ensemble import Block

SHARDS = "blocks"
SECONDS = 1.0
"""Work that is kept together: flushing a file to the disk takes as long as some hundred small networks."""


class Kept(Mapping[int, Block]):
    """Kept blocks of a scenario by their first replicate, read when they are asked for."""

    def __init__(self, files: Mapping[int, Path], outcomes: Outcomes = SHIPPED) -> None:
        self._files = files
        self._read = lru_cache(maxsize=2)(partial(read_blocks, outcomes=outcomes))

    def __getitem__(self, first: int) -> Block:
        return self._read(self._files[first])[first]

    def __iter__(self) -> Iterator[int]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


class Keeper:
    """Keeps the finished blocks of one run in its folder, and knows those of an earlier attempt.

    Attributes:
        faults: what was wrong with kept blocks, in words; those are run again.
        replicates: networks that are kept on the disk, over all scenarios (count).
    """

    def __init__(self, folder: Path) -> None:
        self._journal = Journal(folder)
        self.faults = self._journal.faults
        self.replicates = 0
        self._folder = folder
        self._files: dict[str, dict[int, Path]] = {}
        self._waiting: dict[str, list[Block]] = {}
        self._flushed = monotonic()

    def recall(self) -> None:
        """Take up what the journal vouches for."""
        for entry in self._journal.recall({"scenario": str, "replicates": int}):
            file = self._folder / entry["file"]
            try:
                firsts = read_firsts(file)
            except (OSError, ValueError) as error:
                self.faults.append(f"{file} cannot be read ({error}); it is run again")
                continue
            self._files.setdefault(entry["scenario"], {}).update(dict.fromkeys(firsts, file))
            self.replicates += entry["replicates"]

    def known(self, scenario: str, outcomes: Outcomes = SHIPPED) -> Kept:
        """Blocks of a scenario that an earlier attempt has kept; of runs with these outcomes."""
        return Kept(self._files.get(scenario, {}), outcomes)

    def keep(self, scenario: str, block: Block) -> None:
        """Keep a finished block: with others, once there is a second of work to keep."""
        self._waiting.setdefault(scenario, []).append(block)
        if monotonic() - self._flushed >= SECONDS:
            self.flush()

    def flush(self) -> None:
        """Write what is waiting to the disk now."""
        for scenario, blocks in list(self._waiting.items()):
            name = f"{SHARDS}/{scenario}-{blocks[0].first}.parquet"
            write(self._folder / name, partial(write_blocks, blocks))
            replicates = sum(len(block.values) for block in blocks)
            self._journal.note(_about(scenario, blocks[0].first, replicates), name)
            del self._waiting[scenario]
            self.replicates += replicates
        self._flushed = monotonic()

    def settle(self, tables: Mapping[str, tuple[str, int, int]]) -> None:
        """Once the run is finished: the journal names its tables, and the blocks, which stand in them, are removed.

        Args:
            tables: file -> scenario, first replicate, replicates.
        """
        self._journal.rewrite((_about(*about), name) for name, about in tables.items())
        self._remove_blocks()

    def forget(self) -> bool:
        """Remove what was kept, the journal first; whether there was anything."""
        there = self._journal.remove()
        self._remove_blocks()
        return there

    def _remove_blocks(self) -> None:
        shards = self._folder / SHARDS
        for pattern in ("*.parquet", ".*.partial"):
            for file in shards.glob(pattern):
                file.unlink(missing_ok=True)
        with suppress(OSError):  # none was made, or somebody put something there
            shards.rmdir()
        self._waiting.clear()


def _about(scenario: str, first: int, replicates: int) -> dict[str, Any]:
    return {"scenario": scenario, "first": first, "replicates": replicates}
