"""What a command said, kept in its run folder, so that the brief can be made of it."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from results.folders.files import write
from results.folders.folder import FolderError, as_json
from results.words.narrative import Said
from results.words.table import Table

FILE = "said.json"


def keep(folder: Path, what: Said) -> None:
    """Write what is said into a run folder."""
    document = {
        "answer": list(what.answer),
        "body": [_plain(block) if isinstance(block, Table) else list(block) for block in what.body],
        "notes": list(what.notes),
        "more": [_plain(table) for table in what.more],
    }
    write(folder / FILE, as_json(document))


def recall(folder: Path) -> Said:
    """What was said, from the run folder.

    Raises:
        FolderError: if it is not there or cannot be read.
    """
    file = folder / FILE
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        return Said(
            tuple(map(str, kept["answer"])),
            tuple(_table(one) if isinstance(one, dict) else tuple(map(str, one)) for one in kept["body"]),
            tuple(map(str, kept["notes"])),
            tuple(_table(one) for one in kept["more"]),
        )
    except FileNotFoundError:
        raise FolderError(
            f"{folder} does not say what was found: there is no {FILE}; the command that made it writes it again"
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise FolderError(f"{file} cannot be read ({error}); the command that made {folder} writes it again") from None


def _plain(table: Table) -> dict[str, Any]:
    return {**asdict(table), "numbers": sorted(table.numbers)}


def _table(kept: Mapping[str, Any]) -> Table:
    rows = tuple(tuple(map(str, row)) for row in kept["rows"])
    return Table(str(kept["title"]), tuple(map(str, kept["header"])), rows, frozenset(map(int, kept["numbers"])))
