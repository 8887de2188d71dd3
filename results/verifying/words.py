"""What `verify` says about a run folder."""

from pathlib import Path

from results.folders.examination import Verification
from scenarios.files.listing import counted


def verified(found: Verification, folder: Path) -> list[str]:
    """What a check of a run folder found."""
    files = counted(found.files, "file")
    rows = f"{found.rows:,} of {found.of:,} rows"
    if found.holds:
        same = f"{found.close:,} the same to 12 digits, the others" if found.close else "all"
        again = f"{files} match the journal; {rows} were run again, {same} the same to the byte"
        return [f"{folder} is confirmed: {again}.", *found.notes]
    return [f"{folder} is not confirmed: {files} and {rows} were checked.", *found.faults, *found.notes]
