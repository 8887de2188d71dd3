"""A forecast as a file: sealed by hashes, so that nobody can change it afterwards without it being seen."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from results.folders.files import as_json
from scenarios.files.faults import RefusedError

Content = dict[str, Any]
FORMAT = 1
"""Of the files; a later one reads earlier ones too."""
SEAL, PARTS = "sha256", "sha256_of_parts"
PARTS_OF_A_FORECAST = (
    "format", "title", "question", "made", "due", "assumed", "model", "scenario", "seed", "replicates", "posterior",
    "outcomes", "scoring",
)  # fmt: skip


class ForecastError(RefusedError, ValueError):
    """A file that is no forecast, or was changed after it was sealed; the message names what."""


def canonical(value: Any) -> bytes:
    """A value as hashes take it: JSON with sorted keys and without blanks, in UTF-8."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode()


def sha256(value: Any) -> str:
    """SHA-256 of a value's canonical form."""
    return hashlib.sha256(canonical(value)).hexdigest()


def sealed(content: Mapping[str, Any]) -> Content:
    """The content with a hash of each part, by which it is known what was changed, and one of the whole."""
    whole = {**content, PARTS: {name: sha256(part) for name, part in content.items()}}
    return {**whole, SEAL: sha256(whole)}


def as_file(forecast: Mapping[str, Any]) -> bytes:
    """The bytes of its file, the same for the same forecast."""
    return as_json(forecast)


def read_forecast(path: Path) -> Content:
    """A forecast, if it is as it was sealed.

    Raises:
        ForecastError: if the file cannot be read, is no forecast, or was changed; with what.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ForecastError(f"cannot read {path}: {error.strerror or error}") from None
    except ValueError:
        raise ForecastError(f"{path} is no forecast: it is not JSON; `legato forecast` writes such files") from None
    if not isinstance(found, dict) or not isinstance(found.get(PARTS), dict) or SEAL not in found:
        raise ForecastError(f"{path} is no forecast: it has no seal ({SEAL}); `legato forecast` writes such files")
    if changed := _changed(found):
        raise ForecastError(
            f"{path} was changed after it was sealed: {', '.join(changed)}. A forecast that was changed is not scored; "
            "get the file as it was published"
        )
    if found.get("format") != FORMAT:
        raise ForecastError(f"{path} has format {found.get('format')!r}; this version of Legato reads format {FORMAT}")
    return found


def _changed(found: Content) -> list[str]:
    """Which parts are not as they were sealed; those that were taken out or put in, too."""
    parts: Mapping[str, str] = found[PARTS]
    there = {name: part for name, part in found.items() if name not in (PARTS, SEAL)}
    changed = [f"{name} differs" for name in there if name in parts and sha256(there[name]) != parts[name]]
    changed += [f"{name} was added" for name in there if name not in parts]
    changed += [f"{name} is missing" for name in parts if name not in there]
    changed += [f"{name} is missing" for name in PARTS_OF_A_FORECAST if name not in there and name not in parts]
    if not changed and sha256({name: part for name, part in found.items() if name != SEAL}) != found[SEAL]:
        changed.append(f"the seal ({SEAL}, {PARTS}) differs")
    return changed
