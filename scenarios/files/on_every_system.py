"""What differs between systems for whoever types a command or names a file: Windows is not POSIX."""

import os
import shlex
import subprocess
from collections.abc import Sequence

_NOT_IN_NAMES = '/\\:*?"<>|'
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}


def typed(words: Sequence[str]) -> str:
    """A command as it would be typed, quoted for this system's shell."""
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


def unfit_as_name(name: str) -> str:
    """Why a name cannot be part of a file's name on every system; "" where it can."""
    if not name.strip():
        return "it is empty"
    if forbidden := [c for c in name if c in _NOT_IN_NAMES or ord(c) < 32]:
        return f"it has {forbidden[0]!r}"
    if name[-1] in ". ":
        return "it ends with a dot or a blank"
    return "Windows keeps it for a device" if name.partition(".")[0].casefold() in _DEVICES else ""


def fit_as_name(text: str) -> str:
    """A text as the beginning of a file's name that every system takes: what some do not take becomes a line below."""
    return "".join("_" if c in _NOT_IN_NAMES or c < " " else c for c in text)
