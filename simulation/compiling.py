"""Compiles the rules: how each kind of function becomes machine code. `code_cache` keeps what comes of it."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
from numba.extending import intrinsic

from simulation.code_cache import keep, keeps

Function = TypeVar("Function", bound=Callable[..., object])

_DISABLED = bool(getattr(numba.config, "DISABLE_JIT", 0))


def _compile(function: Function, **options: Any) -> Function:
    compiler: Any = numba.njit
    return cast(Function, keep(compiler(nogil=True, error_model="numpy", no_cfunc_wrapper=True, **options)(function)))


def compiled(function: Function) -> Function:
    """Compile a function to machine code at its first call; it then runs without the interpreter lock."""
    return _compile(function)


def small(function: Function) -> Function:
    """As `compiled`, and always inlined: for small functions in hot loops, which the compiler can then turn inside out.

    Random numbers drawn in a row take a third to a ninth of the time this way.
    """
    return _compile(function, forceinline=True)


def internal(function: Function) -> Function:
    """As `small`, for functions that only compiled code calls: without the entrance from Python.

    A state of thirty arrays is two hundred words: handing it over took longer than most of the work done with it.
    """
    return _compile(function, no_cpython_wrapper=True, forceinline=True)


def woven(function: Function) -> Function:
    """As `internal`, for a function with one caller: compiled as a part of it only, which halves the time."""
    return _compile(function, no_cpython_wrapper=True, inline="always")


def entrance(function: Function) -> Function:
    """As `compiled`, for those who come from outside of Python: nothing in Python can call it."""
    return _compile(function, no_cpython_wrapper=True)


def must_compile() -> bool:
    """Whether the compiled engine is not in its cache yet: the first run for this code, machine and user."""
    return not (_DISABLED or keeps("simulation.engine.run", "run_block"))


@intrinsic
def _without_owner(_typing: Any, array: Any) -> Any:
    """Compiled: the same array, owned by nobody."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        view = context.make_array(signature.args[0])(context, builder, value=arguments[0])
        view.meminfo = view.meminfo.type(None)
        view.parent = view.parent.type(None)
        return view._getvalue()

    return array(array), generate


borrowed: Any = (lambda array: array) if _DISABLED else _without_owner
"""The same array without its owner, for compiled code only: whoever lends it must keep it alive meanwhile.

numba counts references at every call, atomically, for each array of a tuple: with a score of arrays in a state that
took about a fifth of a run when it was measured. An array owned by nobody is not counted.
"""
