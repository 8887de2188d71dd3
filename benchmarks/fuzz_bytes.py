"""Bytes for one door, changed by Atheris, which keeps what reaches new lines of `scenarios/`.

python -m benchmarks.fuzz_bytes DOOR FOLDER [OPTIONS OF LIBFUZZER...]
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["scenarios"], enable_loader_override=False):
    import scenarios  # noqa: F401

from benchmarks.doors import DOORS, write
from benchmarks.fuzz import BECAME, answered


def main() -> None:
    """Fuzz until libFuzzer has had enough."""
    name, folder = sys.argv[1], Path(sys.argv[2])
    record = (folder.parent / BECAME).open("ab", buffering=0)  # libFuzzer leaves without saying goodbye to Python

    def tried(content: bytes) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        write(folder, {**BESIDE.get(name, {}), DOORS[name].file: content})
        record.write(f"{answered(name, folder)}\n".encode())

    atheris.Setup([sys.argv[0], *sys.argv[3:]], tried)
    atheris.Fuzz()


BESIDE = {
    "roster": {"ties.csv": b"from,to,strength\nA,B,0.5\n"},
    "survey": {"members.csv": b"name,interests\nA,x\nB,x\nC,x;y\n"},
}
"""Files that the bytes are read together with."""

if __name__ == "__main__":
    main()
