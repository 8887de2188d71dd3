"""What a run has finished so far, kept in its folder: an interruption costs a second of work at the most.

Blocks are kept in `blocks/`, several to a file, and each file stands in `journal.jsonl` with its SHA-256. A file is on
the disk before its line is, so whatever stops the machine, a line that can be read is about a file that was whole.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from time import monotonic
from typing import Any

from results.blocks import read_blocks, read_firsts, write_blocks
from results.files import append, file_hash, write
from simulation.ensemble import Block

JOURNAL = "journal.jsonl"
SHARDS = "blocks"
SECONDS = 1.0
"""Work that is kept together: flushing a file to the disk takes as long as some hundred small networks."""


class Kept(Mapping[int, Block]):
    """Kept blocks of a scenario by their first replicate, read when they are asked for."""

    def __init__(self, files: Mapping[int, Path]) -> None:
        self._files = files
        self._read = lru_cache(maxsize=2)(read_blocks)

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
        self.faults: list[str] = []
        self.replicates = 0
        self._folder = folder
        self._files: dict[str, dict[int, Path]] = {}
        self._waiting: dict[str, list[Block]] = {}
        self._flushed = monotonic()

    def recall(self) -> None:
        """Read the journal, drop a last line that is torn, and check every file it names."""
        journal = self._folder / JOURNAL
        if not journal.exists():
            return
        whole, newline, torn = journal.read_bytes().rpartition(b"\n")
        if torn:
            write(journal, whole + newline)
        last: dict[str, dict[str, Any]] = {}
        for number, line in enumerate(whole.splitlines(), start=1):
            try:
                entry = json.loads(line)
                last[entry["file"]] = {key: entry[key] for key in ("scenario", "replicates", "sha256")}
            except (ValueError, KeyError, TypeError):
                self.faults.append(f"line {number} of {journal} cannot be read; what it names is run again")
        for name, entry in last.items():
            self._recall(name, entry)

    def _recall(self, name: str, entry: Mapping[str, Any]) -> None:
        file = self._folder / name
        try:
            if file_hash(file) != entry["sha256"]:
                self.faults.append(f"{file} is not what the journal says (its SHA-256 differs); it is run again")
                return
            firsts = read_firsts(file)
        except (OSError, ValueError) as error:
            reason = "is missing" if isinstance(error, FileNotFoundError) else f"cannot be read ({error})"
            self.faults.append(f"{file} {reason}; it is run again")
            return
        self._files.setdefault(entry["scenario"], {}).update(dict.fromkeys(firsts, file))
        self.replicates += entry["replicates"]

    def known(self, scenario: str) -> Kept:
        """Blocks of a scenario that an earlier attempt has kept."""
        return Kept(self._files.get(scenario, {}))

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
            self._note(scenario, blocks[0].first, replicates, name)
            del self._waiting[scenario]
            self.replicates += replicates
        self._flushed = monotonic()

    def settle(self, tables: Mapping[str, tuple[str, int, int]]) -> None:
        """Once the run is finished: the journal names its tables, and the blocks, which stand in them, are removed.

        Args:
            tables: file -> scenario, first replicate, replicates.
        """
        lines = [self._line(*about, name) for name, about in tables.items()]
        write(self._folder / JOURNAL, b"".join(lines))
        self._remove_blocks()

    def forget(self) -> bool:
        """Remove what was kept, the journal first; whether there was anything."""
        journal = self._folder / JOURNAL
        there = journal.exists()
        journal.unlink(missing_ok=True)
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

    def _note(self, *about: Any) -> None:
        append(self._folder / JOURNAL, self._line(*about))

    def _line(self, scenario: str, first: int, replicates: int, name: str) -> bytes:
        entry = {"scenario": scenario, "first": first, "replicates": replicates, "file": name}
        whole = {**entry, "sha256": file_hash(self._folder / name)}
        return (json.dumps(whole, ensure_ascii=False) + "\n").encode(errors="backslashreplace")
