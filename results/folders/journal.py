"""The journal of a run folder: a line for every file that is finished, with its SHA-256.

A file is on the disk before its line is, so whatever stops the machine, a line that can be read is about a file that
was whole; and a file that is not what its line says was damaged since.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from results.folders.files import append, file_hash, write

JOURNAL = "journal.jsonl"


class Journal:
    """The journal of one folder.

    Attributes:
        faults: what was wrong with it, and with the files it names, in words.
    """

    def __init__(self, folder: Path) -> None:
        self.faults: list[str] = []
        self._folder = folder
        self._path = folder / JOURNAL

    def note(self, about: Mapping[str, Any], name: str) -> None:
        """Add the line of a file that is on the disk.

        Args:
            about: what the file holds, JSON values.
            name: of the file, from the folder on.
        """
        append(self._path, self._line(about, name))

    def rewrite(self, lines: Iterable[tuple[Mapping[str, Any], str]]) -> None:
        """Write it again, whole or not at all, with these lines."""
        write(self._path, b"".join(self._line(about, name) for about, name in lines))

    def recall(self, needs: Mapping[str, type], *, mend: bool = True) -> Iterator[dict[str, Any]]:
        """What can be relied on: the last line of each file that is what its line says; a torn last line is dropped.

        Args:
            needs: names, and kinds, of what a line must say besides.
            mend: drop the torn line from the file too; not where somebody else may be writing it.
        """
        if not self._path.exists():
            return
        whole, newline, torn = self._path.read_bytes().rpartition(b"\n")
        if torn and mend:
            write(self._path, whole + newline)
        last: dict[str, dict[str, Any]] = {}
        for number, line in enumerate(whole.splitlines(), start=1):
            try:
                entry = json.loads(line)
                if not all(isinstance(entry[key], kind) for key, kind in {**needs, "sha256": str}.items()):
                    raise TypeError
                last[entry["file"]] = entry
            except (ValueError, KeyError, TypeError):
                self.faults.append(f"line {number} of {self._path} cannot be read; what it names is run again")
        for name, entry in last.items():
            if fault := self._fault(self._folder / name, entry["sha256"]):
                self.faults.append(fault)
            else:
                yield entry

    def remove(self) -> bool:
        """Remove it; whether there was one."""
        there = self._path.exists()
        self._path.unlink(missing_ok=True)
        return there

    def _fault(self, file: Path, sha256: str) -> str | None:
        try:
            if file_hash(file) == sha256:
                return None
            return f"{file} is not what the journal says (its SHA-256 differs); it is run again"
        except FileNotFoundError:
            return f"{file} is missing; it is run again"
        except OSError as error:
            return f"{file} cannot be read ({error}); it is run again"

    def _line(self, about: Mapping[str, Any], name: str) -> bytes:
        whole = {**about, "file": name, "sha256": file_hash(self._folder / name)}
        return (json.dumps(whole, ensure_ascii=False) + "\n").encode(errors="backslashreplace")
