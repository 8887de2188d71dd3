"""The JSON document of `reproduce`."""

from collections.abc import Sequence

from typing_extensions import TypedDict

from results.folders.manifest import Manifest
from results.reproducing.differences import Compared, Difference
from results.reproducing.environment import Unlike, install_line
from results.words.schema import Count, Folder

LEFT = ("times", "journal.jsonl", "notes.jsonl", "figures/", "reports")
"""What is never compared."""


class UnlikeDocument(TypedDict):
    """One thing that was another where the run was made."""

    what: str
    there: str
    here: str


class DifferenceDocument(TypedDict):
    """The first place where a file differs; `row` of a table, from 0."""

    file: str
    row: int | None
    where: str
    there: str
    here: str


class ReproduceDocument(TypedDict):
    """What `reproduce --json` prints: what was compared, and what differs."""

    reproduced: bool
    command: str
    files: list[str]
    same: Count
    equal: Count
    close: Count
    first: DifferenceDocument | None
    differences: list[DifferenceDocument]
    not_compared: list[str]
    environment: list[UnlikeDocument]
    same_model: bool
    install: str
    run: str
    run_folder: Folder


def reproduce_document(
    found: Compared, manifest: Manifest, environment: Sequence[Unlike], left: Sequence[str], run: str, out: str
) -> ReproduceDocument:
    """What was compared in a run and in the one made again."""
    differences = [_plain(one) for one in found.differences]
    return {
        "reproduced": not differences,
        "command": manifest.command,
        "files": list(found.files),
        "same": found.same,
        "equal": found.equal,
        "close": found.close,
        "first": differences[0] if differences else None,
        "differences": differences,
        "not_compared": [*LEFT, *left],
        "environment": [{"what": one.what, "there": one.there, "here": one.here} for one in environment],
        "same_model": manifest.another_model is None,
        "install": install_line(manifest),
        "run": run,
        "run_folder": out,
    }


def _plain(one: Difference) -> DifferenceDocument:
    return {"file": one.file, "row": one.row, "where": one.where, "there": one.there, "here": one.here}
