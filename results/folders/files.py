"""Files that are written whole or not at all, whatever stops the machine meanwhile."""

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from scenarios.files.faults import FailedError

PARTIAL = ".partial"
"""End of the name of a file that is being written. Always the same: what a killed run leaves is written over."""


class WriteError(FailedError, OSError):
    """A file that could not be written although its folder could be opened: a full disk, say."""


def write(path: Path, content: bytes | Callable[[BinaryIO], None]) -> None:
    """Write a file whole or not at all: under another name, flushed to the disk, then renamed.

    Args:
        path: where; folders on the way are made.
        content: the bytes, or what writes them to an open file.

    Raises:
        WriteError: with the reason that the system gives.
    """
    partial = path.with_name(f".{path.name}{PARTIAL}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with open(partial, "wb") as file:
                if callable(content):
                    content(file)
                else:
                    file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(partial, path)
        except BaseException:
            with suppress(OSError):  # the first reason is the one to be told
                partial.unlink(missing_ok=True)
            raise
        _flush_folder(path.parent)
    except OSError as error:
        raise WriteError(f"cannot write {path}: {error.strerror or error}") from error


def write_new(path: Path, content: bytes) -> None:
    """The same for a file that must not be there yet, even if another process makes it meanwhile.

    Raises:
        FileExistsError: if it is there; it stays as it is.
        WriteError: with the reason that the system gives.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(f"cannot write {path}: {error.strerror or error}") from error
    try:
        open(path, "xb").close()
    except FileExistsError:
        raise
    except OSError as error:
        raise WriteError(f"cannot write {path}: {error.strerror or error}") from error
    try:
        write(path, content)
    except BaseException:
        with suppress(OSError):  # the first reason is the one to be told
            path.unlink(missing_ok=True)
        raise


def as_json(document: Mapping[str, Any]) -> bytes:
    """A document as its file holds it."""
    return (json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2) + "\n").encode(
        errors="backslashreplace"
    )


def append(path: Path, content: bytes) -> None:
    """Add to the end of a file and flush it to the disk; where that fails, a part of it may stand there.

    Raises:
        WriteError: with the reason that the system gives.
    """
    try:
        is_new = not path.exists()
        with open(path, "ab", buffering=0) as file:
            file.write(content)
            os.fsync(file.fileno())
        if is_new:
            _flush_folder(path.parent)
    except OSError as error:
        raise WriteError(f"cannot write {path}: {error.strerror or error}") from error


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _flush_folder(folder: Path) -> None:
    """Make names in a folder outlast a power failure, where the system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:  # Windows opens no folders, and flushes names by itself
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
