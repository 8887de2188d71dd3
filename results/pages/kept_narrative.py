"""What a command said, kept in its run folder, so that the brief can be made of it."""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from results.folders.files import write
from results.folders.folder import FolderError, as_json
from results.pages.logo import redrawn
from results.words.currency import CURRENCY, amounts_in
from results.words.decision import Decision, decision_of, plain, plain_sentence, sentence_of
from results.words.heading import PLAIN, Heading
from results.words.narrative import Said
from results.words.sentence import Told
from results.words.table import Table

FILE = "said.json"
PARTS = ("answer", "body", "notes", "more")
"""What it holds in words. Beside them stands, by place, the sentence of those that have one, for other languages."""


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
    document["sentences"] = dict(_sentences(document))
    if decision is not None:
        document["decision"] = plain(decision)
    if heading != PLAIN:
        kept = {**asdict(heading), "logo": b64encode(heading.logo).decode()}
        document["heading"] = {name: one for name, one in kept.items() if name != "amounts" or one != CURRENCY}
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
        sentences = kept.get("sentences", {})
        heading = _heading(kept.get("heading", {}))
        with amounts_in(heading.amounts):
            kept |= {part: _told(kept[part], part, sentences) for part in PARTS}
        said = Said(
            tuple(map(_text, kept["answer"])),
            tuple(_table(one) if isinstance(one, dict) else tuple(map(_text, one)) for one in kept["body"]),
            tuple(map(_text, kept["notes"])),
            tuple(_table(one) for one in kept["more"]),
        )
        decision = decision_of(kept["decision"]) if "decision" in kept else None
        return Kept(said, decision, heading)
    except FileNotFoundError:
        raise FolderError(
            f"{folder} does not say what was found: there is no {FILE}; the command that made it writes it again"
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise FolderError(f"{file} cannot be read ({error}); the command that made {folder} writes it again") from None


def _heading(kept: Mapping[str, Any]) -> Heading:
    texts = {
        name: str(kept[name])
        for name in ("title", "subtitle", "author", "currency", "language", "amounts")
        if name in kept
    }
    logo = b64decode(kept.get("logo", ""))
    return Heading(**texts, logo=redrawn(logo, "its logo") if logo else b"")  # whoever wrote the file


def _plain(table: Table) -> dict[str, Any]:
    return {**asdict(table), "numbers": sorted(table.numbers)}


def _table(kept: Mapping[str, Any]) -> Table:
    rows = tuple(tuple(map(_text, row)) for row in kept["rows"])
    return Table(_text(kept["title"]), tuple(map(_text, kept["header"])), rows, frozenset(map(int, kept["numbers"])))


def _text(kept: Any) -> str:
    return kept if isinstance(kept, str) else str(kept)


def _sentences(part: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Where words stand that know their sentence, and the sentence: "notes/2"."""
    if isinstance(part, Told):
        yield place, plain_sentence(part.sentence)
    elif isinstance(part, dict | list | tuple):
        numbers = part.get("numbers", ()) if isinstance(part, dict) else ()
        for name, one in part.items() if isinstance(part, dict) else enumerate(part):
            if name == "rows" and numbers:  # numbers say themselves what they are
                one = [[None if at in numbers else cell for at, cell in enumerate(row)] for row in one]
            yield from _sentences(one, f"{place}/{name}" if place else str(name))


def _told(part: Any, place: str, sentences: Mapping[str, Any]) -> Any:
    """The same with words that know their sentence; those that another version kept, or somebody changed, do not."""
    if isinstance(part, str):
        try:
            told = Told(sentence_of(sentences[place]))
        except (KeyError, ValueError):
            return part
        return told if told == part else part
    if isinstance(part, dict):
        return {name: _told(one, f"{place}/{name}", sentences) for name, one in part.items()}
    if isinstance(part, list):
        return [_told(one, f"{place}/{number}", sentences) for number, one in enumerate(part)]
    return part
