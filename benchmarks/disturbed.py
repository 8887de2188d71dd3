"""`legato` as `benchmarks.faults` runs it: blocks so small that a fault finds many, and a clock that may go back.

python -m benchmarks.disturbed [--year YEAR] COMMAND...
"""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Any

BLOCK_WORK = 60_000
"""Member-months of a block: some ten milliseconds; the bounds of blocks depend on nothing else."""


def main(words: list[str]) -> None:
    """Run a command."""
    import results.folders.folder
    import simulation.running.campaign
    from cli import main as legato

    if words[:1] == ["--year"]:
        year, words = int(words[1]), words[2:]

        class Back(datetime):
            """A clock that has been set to another year."""

            @classmethod
            def now(cls, tz: Any = None) -> Back:
                return super().now(tz).replace(year=year, day=1)

        results.folders.folder.datetime = Back  # type: ignore[attr-defined]
    simulation.running.campaign.BLOCK_WORK = BLOCK_WORK
    legato(words)


if __name__ == "__main__":
    main(sys.argv[1:])
