"""Keeps compiled code where it can neither go stale nor be refused: in a cache of our own.

numba caches by file: it does not notice a change in *another* file, so an edited rule would go on unseen in a cached
caller. Our folder is therefore named by everything that the compiled code depends on: the code that runs the model, the
versions of Python, numba, llvmlite and numpy, the processor, and how numba was told to compile. It lies in the folder
that XDG_CACHE_HOME names, on every system; without it, in the user's cache folder as the system has it; or, where that
cannot be written, in a temporary one. The environment, numba's settings and its own cache
stay as they are, so nothing depends on who imports numba first.

The classes of numba that this builds on are not public: hence the upper bound of numba in pyproject.toml. Where they
are missing all the same, nothing is kept, every process compiles, and a warning says so.
"""

import atexit
import hashlib
import os
import shutil
import sys
import tempfile
import time
import warnings
from contextlib import suppress
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import llvmlite
import numba
import numpy as np

from simulation.kept_hashes import cache_home
from simulation.model_code import RUNS, is_edited, machine_kind, runs_hash

try:
    import fcntl
except ImportError:  # Windows: no locks that several share, which filelock does not have either
    fcntl = None  # type: ignore[assignment]

_insides: Any = None  # of numba, as far as they are as we know them
with suppress(ImportError):
    from numba.core import caching as _insides
CAN_KEEP = all(hasattr(_insides, name) for name in ("CompileResultCacheImpl", "FunctionCache", "_CacheLocator"))

PREFIX = "rules-"
HELD = ".held"
"""A file that every process at work with a folder holds a lock of."""
KEPT = 4
"""Folders of other code that are kept: those used last."""
UNTOUCHED = 86_400.0
"""Seconds since its last use before which no folder is removed: not every system can tell who is at work with it."""
COMPILING = ".compiling"
"""End of the name of a file whose lock the process holds that compiles a function: others wait and then find it."""
PATIENCE = 300.0
"""Seconds after which a process compiles itself what another one says to be compiling."""
_FLAGS = (
    "OPT", "LOOP_VECTORIZE", "SLP_VECTORIZE", "ENABLE_AVX", "DISABLE_INTEL_SVML", "CPU_NAME", "CPU_FEATURES",
    "BOUNDSCHECK", "DEBUGINFO_DEFAULT", "EXTEND_VARIABLE_LIFETIMES", "LLVM_REFPRUNE_PASS", "LLVM_REFPRUNE_FLAGS",
)  # fmt: skip
"""Settings of numba that change what it makes of the same code."""


def cache_name() -> str:
    """Name of the cache folder for the code as it stands: other code, other folder."""
    how = [(flag, repr(getattr(numba.config, flag, None))) for flag in _FLAGS]
    versions = sys.version_info[:2], numba.__version__, llvmlite.__version__, np.__version__
    everything = f"{runs_hash()} {machine_kind()} {versions} {how}"
    return f"{PREFIX}{hashlib.sha256(everything.encode()).hexdigest()[:16]}"


@cache
def folder() -> Path | None:
    """The folder of this process, which is made if need be; None where nothing can be written at all."""
    with suppress(OSError, RuntimeError, ValueError):  # the last two: nobody's home is known
        place = cache_home() / cache_name()
        is_new = not place.is_dir()
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=place):
            pass
        _hold(place)
        if is_new:
            prune(place)
        return place
    with suppress(OSError):
        place = Path(tempfile.mkdtemp(prefix="legato-"))
        atexit.register(_forget, place, os.getpid())
        return place
    return None


def _forget(place: Path, process: int) -> None:
    if os.getpid() == process:  # not a child that was forked
        shutil.rmtree(place, ignore_errors=True)


def _hold(place: Path) -> None:
    """Say that this process is at work with a folder, until it ends."""
    handle = os.open(place / HELD, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
    os.utime(place)
    if fcntl is None:
        os.close(handle)
        return
    with suppress(OSError):  # a file system without locks
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)


def prune(current: Path) -> None:
    """Remove the folders of other code, but for those used last, used of late, or held by a process at work."""
    others = [place for place in current.parent.glob(f"{PREFIX}*") if place != current]
    with suppress(OSError):
        others.sort(key=lambda place: place.stat().st_mtime, reverse=True)
        for place in others[KEPT:]:
            if time.time() - place.stat().st_mtime > UNTOUCHED and not _is_held(place):
                shutil.rmtree(place, ignore_errors=True)


def _is_held(place: Path) -> bool:
    if fcntl is None or not (place / HELD).exists():
        return False
    handle = os.open(place / HELD, os.O_RDWR)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


def keeps(module: str, function: str) -> bool:
    """Whether the compiled code of a function is there already."""
    place = folder() if CAN_KEEP and not is_edited() else None
    return place is not None and any(place.glob(f"{module}.{function}.nbi"))


def keep(compiled: Any) -> Any:
    """Let what numba compiles of a function be kept, where it is one of the model's.

    Nobody sees changes in the code of others: what they compile with our help is compiled by every process.
    """
    if CAN_KEEP and hasattr(compiled, "py_func") and compiled.py_func.__module__.partition("@")[0] in RUNS:
        compiled._cache = _Cache(compiled.py_func)
    elif not CAN_KEEP:
        _warn("this version of numba keeps compiled code in another way")
    return compiled


@cache
def _warn(why: str) -> None:
    warnings.warn(
        f"compiled code cannot be kept: {why}; every process compiles the model again, which takes about a minute",
        RuntimeWarning,
        stacklevel=2,
    )


class _Cache:
    """What numba asks before it compiles a function, and hands the result to. A torn file is compiled again.

    Of processes that begin side by side one compiles, and the others wait for it.
    """

    def __init__(self, function: Any) -> None:
        self._function = function
        self._lock: int | None = None

    @cached_property
    def _files(self) -> Any:
        files: Any = _Files
        return files(self._function)

    @property
    def cache_path(self) -> str | None:
        place = folder()
        return None if place is None else str(place)

    def load_overload(self, signature: Any, target: Any) -> Any:
        if folder() is None or is_edited():
            return None
        found = self._found(signature, target)
        if found is None:
            self._wait_for_who_compiles()
            found = self._found(signature, target)
            if found is not None:
                self._let_go()
        return found

    def _found(self, signature: Any, target: Any) -> Any:
        try:
            return self._files.load_overload(signature, target)
        except Exception:  # whatever unpickling a torn file may raise
            with suppress(Exception):
                self._files.flush()
            return None

    def save_overload(self, signature: Any, result: Any) -> None:
        if folder() is None or is_edited():
            return
        try:
            self._files.save_overload(signature, result)
        except Exception as error:  # a full disk; a numba with other insides
            _warn(f"{type(error).__name__}: {error}")
        finally:
            self._let_go()

    def _wait_for_who_compiles(self) -> None:
        """Until nobody compiles this function, which is ours to compile from then on; not for ever."""
        self._let_go()
        if fcntl is None:
            return
        name = f"{self._function.__module__}.{self._function.__qualname__}{COMPILING}"
        with suppress(OSError):  # a folder in which nothing can be written any more
            self._lock = os.open(f"{self.cache_path}/{name}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            end = time.monotonic() + PATIENCE
            while time.monotonic() < end:
                try:
                    fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    time.sleep(0.05)
                else:
                    return

    def _let_go(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def enable(self) -> None:
        """Nothing to be done: it always is."""

    def disable(self) -> None:
        """Nobody asks for it."""

    def flush(self) -> None:
        self._files.flush()


class _Place(_insides._CacheLocator if CAN_KEEP else object):  # type: ignore[misc]
    """Where the code of a function lies, whatever numba's settings say."""

    def __init__(self, function: Any) -> None:
        self._py_file = function.__code__.co_filename

    def get_cache_path(self) -> str:
        return str(folder())

    def get_source_stamp(self) -> str:
        return cache_name()

    def get_disambiguator(self) -> str:
        return ""


class _Result(_insides.CompileResultCacheImpl if CAN_KEEP else object):  # type: ignore[misc]
    def __init__(self, function: Any) -> None:
        self._lineno = function.__code__.co_firstlineno
        self._locator = _Place(function)
        self._filename_base = f"{function.__module__}.{function.__qualname__}"


class _Files(_insides.FunctionCache if CAN_KEEP else object):  # type: ignore[misc]
    _impl_class = _Result
