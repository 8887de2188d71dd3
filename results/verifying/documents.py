"""The JSON document of `verify`."""

from dataclasses import asdict

from results.folders.examination import Verification
from results.words.document import Document


def verify_document(found: Verification) -> Document:
    """What was checked, and what was found."""
    return {"holds": found.holds, **asdict(found)}
