"""The JSON document of `verify`."""

from typing_extensions import TypedDict

from results.folders.examination import Verification
from results.words.schema import Count, Folder


class VerifyDocument(TypedDict):
    """What `verify --json` prints: what was checked, and what was found."""

    holds: bool
    files: Count
    rows: Count
    of: Count
    close: Count
    faults: list[str]
    notes: list[str]
    run_folder: Folder


def verify_document(found: Verification, folder: str) -> VerifyDocument:
    """What was checked in a folder, and what was found."""
    return {
        "holds": found.holds,
        "files": found.files,
        "rows": found.rows,
        "of": found.of,
        "close": found.close,
        "faults": list(found.faults),
        "notes": list(found.notes),
        "run_folder": folder,
    }
