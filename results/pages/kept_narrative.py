"""What a command said, kept in its run folder, so that the brief can be made of it."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from results.folders.files import write
from results.folders.folder import FolderError, as_json
from results.pages.logo import redrawn
from results.words.decision import Decision, decision_of, plain
from results.words.heading import PLAIN, Heading
from results.words.narrative import Said
from results.words.table import Table

FILE = "said.json"


@dataclass(frozen=True)
class Kept:
    """What a run folder holds for its brief.

    Attributes:
        said: everything that the command said.
        decision: what a meeting needs, where plans were compared.
        heading: what whoever asked put on the brief.
    """

    said: Said
    decision: Decision | None = None
    heading: Heading = PLAIN


def keep(folder: Path, what: Said, decision: Decision | None = None, heading: Heading = PLAIN) -> None:
    """Write what is said into a run folder."""
    document: dict[str, Any] = {
        "answer": list(what.answer),
        "body": [_plain(block) if isinstance(block, Table) else list(block) for block in what.body],
        "notes": list(what.notes),
        "more": [_plain(table) for table in what.more],
    }
    if decision is not None:
        document["decision"] = plain(decision)
    if heading != PLAIN:
        document["heading"] = {**asdict(heading), "logo": b64encode(heading.logo).decode()}
    write(folder / FILE, as_json(document))


def recall(folder: Path) -> Said:
    """What was said, from the run folder; see `recall_all`."""
    return recall_all(folder).said


def recall_all(folder: Path) -> Kept:
    """All that was kept for the brief, from the run folder.

    Raises:
        FolderError: if it is not there or cannot be read.
    """
    file = folder / FILE
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        said = Said(
            tuple(map(str, kept["answer"])),
            tuple(_table(one) if isinstance(one, dict) else tuple(map(str, one)) for one in kept["body"]),
            tuple(map(str, kept["notes"])),
            tuple(_table(one) for one in kept["more"]),
        )
        decision = decision_of(kept["decision"]) if "decision" in kept else None
        return Kept(said, decision, _heading(kept.get("heading", {})))
    except FileNotFoundError:
        raise FolderError(
            f"{folder} does not say what was found: there is no {FILE}; the command that made it writes it again"
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise FolderError(f"{file} cannot be read ({error}); the command that made {folder} writes it again") from None


def _heading(kept: Mapping[str, Any]) -> Heading:
    texts = {name: str(kept[name]) for name in ("title", "subtitle", "author", "currency") if name in kept}
    logo = b64decode(kept.get("logo", ""))
    return Heading(**texts, logo=redrawn(logo, "its logo") if logo else b"")  # whoever wrote the file


def _plain(table: Table) -> dict[str, Any]:
    return {**asdict(table), "numbers": sorted(table.numbers)}


def _table(kept: Mapping[str, Any]) -> Table:
    rows = tuple(tuple(map(str, row)) for row in kept["rows"])
    return Table(str(kept["title"]), tuple(map(str, kept["header"])), rows, frozenset(map(int, kept["numbers"])))
