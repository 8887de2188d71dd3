"""Hashes of code that were worked out before, by what stands in its files: else every command parses all of them.

A hash is found again by the bytes it was made of, never by names and times, so it cannot be another code's.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from platformdirs import user_cache_path

KEPT = 20
"""Hashes that are kept: those worked out last."""
LENGTH = 16
"""Letters of a hash."""


def cache_home() -> Path:
    """Where this program keeps what it has worked out: the folder of XDG_CACHE_HOME, on every system, or the user's.

    Raises:
        RuntimeError: where nobody's home is known.
    """
    named = os.environ.get("XDG_CACHE_HOME")
    return Path(named, "legato") if named else user_cache_path("legato", appauthor=False, opinion=False)


def kept_hash(files: Sequence[Path], work_out: Callable[[], str]) -> str:
    """The hash that `work_out` makes of the files, worked out only where it is not kept.

    Args:
        files: everything that the hash depends on.
        work_out: gives a hash of `LENGTH` letters; it reads the files again.
    """
    before = _content(files)
    with suppress(OSError, RuntimeError, ValueError):
        found = (cache_home() / "hashes" / before).read_text(encoding="ascii")
        if len(found) == LENGTH:  # not torn
            return found
    made = work_out()
    with suppress(OSError, RuntimeError, ValueError):
        if _content(files) == before:  # nobody saved a file meanwhile
            keep(cache_home() / "hashes", before, made.encode("ascii"), KEPT)
    return made


def _content(files: Sequence[Path]) -> str:
    digests = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()


def keep(folder: Path, name: str, made: bytes, most: int, beginning: str = "") -> None:
    """Put something where it is looked for, whole or not at all, and remove what was put there longest ago.

    Args:
        folder: where it lies; it is made if need be.
        name: of its file.
        made: what is in it.
        most: files that stay, this one among them.
        beginning: of the names of the files that are counted; "" for all.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handle, written = tempfile.mkstemp(dir=folder, prefix=beginning)
    with os.fdopen(handle, "wb") as file:
        file.write(made)
    os.replace(written, folder / name)
    others = [one for one in folder.iterdir() if one.name != name and one.name.startswith(beginning)]
    for old in sorted(others, key=lambda one: one.stat().st_mtime, reverse=True)[most - 1 :]:
        old.unlink()
