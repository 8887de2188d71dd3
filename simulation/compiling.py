"""Compiles the rules, and keeps the compiled code where it can neither go stale nor be refused.

numba caches by file: it does not notice a change in *another* file, so an edited rule would go on unseen in a cached
caller. The cache folder is therefore named by everything the compiled code depends on: all of `simulation/*.py`, the
version of numba and the processor. It lies in the user's cache folder, or, where that can't be written, in a temporary
one, because numba fails at import when its cache is unwritable. This must happen before numba is imported.
"""

import hashlib
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., object])


def _processor() -> str:
    """What the processor is and can do: code compiled for one may not run on another."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return platform.processor()
    return "\n".join(
        sorted({line for line in lines if line.startswith(("model name", "flags", "Features", "CPU part"))})
    )


def model_version() -> str:
    """What tells one version of the model from another, whatever machine it runs on: a hash of its code."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def machine_kind() -> str:
    """What the bytes of results depend on besides: what the compiler makes of the model on this kind of processor."""
    return hashlib.sha256(f"{version('numba')} {platform.machine()} {_processor()}".encode()).hexdigest()[:16]


def cache_name() -> str:
    """Name of the cache folder for the code as it stands: other code, other folder."""
    everything = f"{model_version()} {machine_kind()} {sys.version_info[:2]}"
    return f"rules-{hashlib.sha256(everything.encode()).hexdigest()[:16]}"


def woven(function: Function) -> Function:
    """As `internal`, for a function with one caller: compiled as a part of it only, which halves the time."""
    return cast(Function, _compile(no_cpython_wrapper=True, inline="always")(function))


def must_compile() -> bool:
    """Whether the compiled engine is not in its cache yet: the first run for this code, machine and user."""
    return not any(Path(os.environ["NUMBA_CACHE_DIR"]).rglob("engine.run_block-*.nbi"))


def _cache_folder() -> Path:
    home = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    folder = Path(home) / "legato" / cache_name()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return Path(tempfile.mkdtemp(prefix="legato-"))


if "NUMBA_CACHE_DIR" not in os.environ:
    os.environ["NUMBA_CACHE_DIR"] = str(_cache_folder())

import numba  # noqa: E402  # after the cache folder is named, see above
from numba.extending import intrinsic  # noqa: E402

_compile: Any = partial(numba.njit, cache=True, nogil=True, error_model="numpy", no_cfunc_wrapper=True)


def compiled(function: Function) -> Function:
    """Compile a function to machine code at its first call; it then runs without the interpreter lock."""
    return cast(Function, _compile()(function))


def small(function: Function) -> Function:
    """As `compiled`, and always inlined: for small functions in hot loops, which the compiler can then turn inside out.

    Random numbers drawn in a row take a third to a ninth of the time this way.
    """
    return cast(Function, _compile(forceinline=True)(function))


def internal(function: Function) -> Function:
    """As `small`, for functions that only compiled code calls: without the entrance from Python.

    A state of thirty arrays is two hundred words: handing it over took longer than most of the work done with it.
    """
    return cast(Function, _compile(no_cpython_wrapper=True, forceinline=True)(function))


@intrinsic
def _without_owner(_typing: Any, array: Any) -> Any:
    """Compiled: the same array, owned by nobody."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        view = context.make_array(signature.args[0])(context, builder, value=arguments[0])
        view.meminfo = view.meminfo.type(None)
        view.parent = view.parent.type(None)
        return view._getvalue()

    return array(array), generate


_DISABLED = bool(getattr(numba.config, "DISABLE_JIT", 0))
borrowed: Any = (lambda array: array) if _DISABLED else _without_owner
"""The same array without its owner, for compiled code only: whoever lends it must keep it alive meanwhile.

numba counts references at every call, atomically, for each array of a tuple: with a score of arrays in a state that
took about a fifth of a run when it was measured. An array owned by nobody is not counted.
"""
