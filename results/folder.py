"""A folder before a run is written there: whose it is, and what is refused."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from results.files import PARTIAL
from results.lock import LOCK

MANIFEST = "manifest.json"
ANOTHER = "choose another folder with --out"


class FolderError(ValueError):
    """A folder that cannot take this run: another run's, not ours, in use, or not writable."""


def manifest_of(path: Path, inputs: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The manifest of an earlier run with the same inputs; None where there is none, or it kept nothing.

    Args:
        path: the folder; it need not exist.
        inputs: what the run depends on, as they come back from JSON.

    Raises:
        FolderError: if the folder holds another run, or anything else.
    """
    noted, holds_more = _read(path)
    if noted is None:
        return None
    there, here = _flat(noted["inputs"]), _flat(inputs)
    different = [
        key for key in sorted({*there, *here}) if key not in there or key not in here or there[key] != here[key]
    ]
    if not different:
        return noted
    if not noted["finished"] and not holds_more:
        return None  # a run that was interrupted before it kept anything
    lines = [f"  {key}: {_shown(there, key)} there, {_shown(here, key)} now" for key in different[:20]]
    lines += [f"  and {len(different) - 20} more"] if len(different) > 20 else []
    raise FolderError(
        f"{path} holds a run with other inputs:\n" + "\n".join(lines) + f"\n{ANOTHER}, or the same inputs"
    )


def _read(path: Path) -> tuple[Mapping[str, Any] | None, bool]:
    """The manifest, and whether the folder holds anything besides."""
    try:
        if not path.exists():
            return None, False
        if not path.is_dir():
            raise FolderError(f"{path} is a file, not a folder; {ANOTHER}")
        names = {one.name for one in path.iterdir()} - {LOCK, f".{MANIFEST}{PARTIAL}"}
        if not names:
            return None, False
        if MANIFEST not in names:
            raise FolderError(
                f"{path} holds files but no {MANIFEST}, so it is not a run's folder; choose an empty or a new one "
                "with --out"
            )
        noted = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        return {**noted, "inputs": noted["inputs"], "finished": noted["finished"]}, len(names) > 1
    except FolderError:
        raise
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise FolderError(f"{path} cannot be read as a run's folder ({error}); {ANOTHER}") from None


def _shown(values: Mapping[str, Any], key: str) -> str:
    text = json.dumps(values[key], ensure_ascii=False) if key in values else "nothing"
    return text if len(text) <= 60 else text[:57] + "..."


def _flat(value: Any, key: str = "") -> dict[str, Any]:
    if not isinstance(value, dict) or not value:
        return {key: value}
    return {k: v for name, part in value.items() for k, v in _flat(part, f"{key}.{name}" if key else name).items()}
