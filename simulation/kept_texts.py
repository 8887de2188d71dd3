"""Texts that are made of nothing but this program's code, kept from one process to the next.

A text is found again by what it was made of: all files of the program byte by byte, and the versions of what made it.
Whoever edits a file gets another text. It is data: nothing of it is run here.
"""

import hashlib
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from simulation.kept_hashes import cache_home, keep

FOLDER = "pages"
KEPT = 4
"""Texts that are kept of each kind: those made last."""
PACKAGES = ("legato-networks", "llvmlite", "numba", "numpy", "pydantic")
SLACK = 10.0
"""Seconds before this module was imported in which others may have been: what is saved since then is not known to be
what runs here."""
_IMPORTED = time.time()


def kept_text(kind: str, home: Path, folders: Iterable[str], work_out: Callable[[], str]) -> str:
    """The text that `work_out` makes of the code, worked out only where it is not kept.

    Where any file was saved since this process began, what is imported may be older than the files: then it is worked
    out, and not kept. Neither does it matter whether anything can be kept at all.

    Args:
        kind: what the text is, a word.
        home: folder that the folders lie in.
        folders: with everything that the text depends on.
        work_out: makes it, of nothing but files in the folders, which may be elsewhere another time.
    """
    files = files_of(home, folders)
    if _saved_of_late(files):
        return work_out()
    name = f"{kind}-{made_of(home, files)}"
    with suppress(OSError, RuntimeError, ValueError):
        digest, _, text = (cache_home() / FOLDER / name).read_bytes().partition(b"\n")
        if hashlib.sha256(text).hexdigest().encode() == digest:  # neither torn nor altered by accident
            return text.decode("utf-8")
    made = work_out()
    with suppress(OSError, RuntimeError, ValueError):
        if not _saved_of_late(files_of(home, folders)):
            text = made.encode("utf-8")
            keep(
                cache_home() / FOLDER, name, hashlib.sha256(text).hexdigest().encode() + b"\n" + text, KEPT, f"{kind}-"
            )
    return made


def files_of(home: Path, folders: Iterable[str]) -> list[str]:
    """Every file in some folders, but what Python itself makes of it, in order."""
    found = []
    for folder in folders:
        for place, inside, names in os.walk(home / folder):
            inside[:] = [name for name in inside if name != "__pycache__"]
            found += [os.path.join(place, name) for name in names]
    return sorted(found)


def made_of(home: Path, files: Sequence[str]) -> str:
    """A hash of files, where they lie in `home` and what is in them, and of the versions of what reads them."""
    digest = hashlib.sha256(repr((sys.version, sys.platform, [_version(name) for name in PACKAGES])).encode())
    for file in files:
        digest.update(f"\0{file[len(str(home)) :]}\0".encode("utf-8", "surrogatepass"))
        with open(file, "rb") as opened:
            digest.update(hashlib.sha256(opened.read()).digest())
    return digest.hexdigest()[:32]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # run from its sources
        return ""


def _saved_of_late(files: Sequence[str]) -> bool:
    stamps = map(os.stat, files)
    return any(max(one.st_mtime, one.st_ctime) > _IMPORTED - SLACK for one in stamps)
