"""The run folder in an archive, unpacked into a folder of its own: files alone, none outside, none too large."""

import gzip
import os
import stat
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import BinaryIO, cast

from results.folders.manifest import MANIFEST, FolderError
from scenarios.files.faults import shown

ENDINGS = (".zip", ".tar.gz", ".tgz", ".tar")
MOST_BYTES = 2 * 2**30
"""That an archive may hold, unpacked."""
LEAST_BYTES = 100 * 2**20
"""That it may hold in any case, and beyond that `MOST_TIMES` its size: what is packed more tightly is no run."""
MOST_TIMES = 200
MOST_FILES = 100_000
_PIECE = 2**20


@contextmanager
def folder_of(run: Path) -> Iterator[Path]:
    """The run folder that is meant: itself, or what an archive holds, for as long as the context lasts.

    Raises:
        FolderError: if it is neither, or the archive is none that is unpacked.
    """
    if run.is_dir():
        yield run
        return
    if not run.exists():
        raise FolderError(f"there is no {run}; allowed is a run folder, or one in a file that ends in {_endings()}")
    if not run.name.lower().endswith(ENDINGS):
        raise FolderError(f"{run} is neither a run folder nor an archive; an archive ends in {_endings()}")
    with TemporaryDirectory(prefix="legato-run-") as made:
        try:
            _unpack(run, Path(made))
        except FolderError:
            raise
        except (OSError, EOFError, ValueError, RuntimeError, zipfile.BadZipFile, tarfile.TarError) as error:
            raise FolderError(f"{run} cannot be unpacked: {error}") from None
        yield _root(run, Path(made))


def _endings() -> str:
    return f"{', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}"


def _root(run: Path, made: Path) -> Path:
    """The folder in the archive that is a run's: the one nearest to its top."""
    found = sorted(made.rglob(MANIFEST), key=lambda one: len(one.parts))
    if not found:
        raise FolderError(f"{run} holds no run folder: there is no {MANIFEST} in it")
    if len(found) > 1 and len(found[0].parts) == len(found[1].parts):
        names = ", ".join(str(one.parent.relative_to(made)) for one in found[:2])
        raise FolderError(f"{run} holds several run folders ({names}); pack one by itself")
    return found[0].parent


def _unpack(run: Path, into: Path) -> None:
    most = min(MOST_BYTES, max(LEAST_BYTES, MOST_TIMES * run.stat().st_size))
    if run.name.lower().endswith(".zip"):
        _unpack_zip(run, into, most)
    else:
        _unpack_tar(run, into, most)


def _unpack_zip(run: Path, into: Path, most: int) -> None:
    with zipfile.ZipFile(run) as packed:
        entries = packed.infolist()
        _check_size(run, len(entries), sum(one.file_size for one in entries), most)
        left = most
        for one in entries:
            kind = stat.S_IFMT(one.external_attr >> 16)
            if one.flag_bits & 1:
                raise FolderError(f"{run}: {shown(one.filename)} is encrypted; nothing is unpacked")
            if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
                raise FolderError(_no_file(run, one.filename))
            place = _place(run, into, one.filename)
            if not one.is_dir():
                with packed.open(one) as source:
                    left -= _copy(run, cast(BinaryIO, source), place, left, most)


def _unpack_tar(run: Path, into: Path, most: int) -> None:
    with run.open("rb") as file:
        is_packed = not run.name.lower().endswith(".tar")
        plain = cast(BinaryIO, gzip.GzipFile(fileobj=file)) if is_packed else file
        count, left = 0, most
        with tarfile.open(fileobj=cast(BinaryIO, _Limited(plain, run, most)), mode="r|") as packed:
            for one in packed:
                count += 1
                _check_size(run, count, one.size, most)
                if not (one.isreg() or one.isdir()):
                    raise FolderError(_no_file(run, one.name))
                place = _place(run, into, one.name)
                source = packed.extractfile(one) if one.isreg() else None
                if source is not None:
                    left -= _copy(run, cast(BinaryIO, source), place, left, most)


class _Limited:
    """A stream that ends in a refusal where it is longer than it may be; its end is what no header can lie about."""

    def __init__(self, stream: BinaryIO, run: Path, most: int) -> None:
        self._stream, self._run, self._left, self._most = stream, run, most, most

    def read(self, size: int = -1) -> bytes:
        """Some bytes."""
        content = self._stream.read(size)
        self._left -= len(content)
        if self._left < 0:
            raise FolderError(_too_large(self._run, self._most))
        return content


def _check_size(run: Path, files: int, size: int, most: int) -> None:
    if files > MOST_FILES:
        raise FolderError(f"{run} holds more than {MOST_FILES:,} files; nothing is unpacked")
    if size > most:
        raise FolderError(_too_large(run, most))


def _too_large(run: Path, most: int) -> str:
    return (
        f"{run} unpacks to more than {most / 2**20:,.0f} MB, which is not read; unpack it yourself, and name the folder"
    )


def _no_file(run: Path, name: str) -> str:
    return f"{run}: {shown(name)} is a link, or something else that is no file; nothing is unpacked"


def _place(run: Path, into: Path, name: str) -> Path:
    """Where a file goes; its folder is made."""
    path = PurePosixPath(name)
    odd = "\\" in name or ":" in name or "\0" in name
    if odd or path.is_absolute() or ".." in path.parts or len(name) > 1000:
        raise FolderError(f"{run}: {shown(name)} leads out of the folder; nothing is unpacked")
    place = into.joinpath(*path.parts)
    (place if name.endswith("/") else place.parent).mkdir(parents=True, exist_ok=True)
    return place


def _copy(run: Path, source: BinaryIO, place: Path, left: int, most: int) -> int:
    """Write a file that is not there yet; how many bytes it has."""
    size = 0
    try:
        with place.open("xb") as file:
            while piece := source.read(_PIECE):
                size += len(piece)
                if size > left:
                    raise FolderError(_too_large(run, most))
                file.write(piece)
    except FileExistsError:
        raise FolderError(f"{run}: {shown(os.fspath(place.name))} is there twice; nothing is unpacked") from None
    return size
