"""Compiles the rules: how each kind of function becomes machine code. `code_cache` keeps what comes of it."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
from numba.core import types
from numba.extending import intrinsic, overload

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


def checking(function: Function) -> Function:
    """Compile what somebody else has written: it looks whether an index is within its array, which the model knows."""
    return _compile(function, boundscheck=True)


def by_address(function: Callable[..., Any], given: tuple[Any, ...]) -> Any:
    """A function that compiled code is handed as a value, and calls by its address; it gives a whole number.

    Nothing can be raised through it: it then gives 0.

    Args:
        function: what is compiled.
        given: its arguments, for their types.
    """
    if _DISABLED:
        return function
    compiler: Any = numba.cfunc
    return compiler(types.int64(*map(numba.typeof, given)), error_model="numpy", boundscheck=True)(function)


def where_given(function: Any) -> Any:
    """What a compiled function gives where its first argument is given; True, and no code at all, where it is None.

    Compiled, it is settled by the type of the argument: what is never asked costs nothing.
    """

    def asked(first: Any, *rest: Any) -> Any:
        return True if first is None else function(first, *rest)

    if _DISABLED:
        return asked

    @overload(asked, jit_options={"error_model": "numpy"})
    def of_type(first, *rest):  # type: ignore[no-untyped-def]  # noqa: ARG001  # numba compares what is written here
        if isinstance(first, types.NoneType):
            return lambda first, *rest: True  # noqa: ARG005
        return lambda first, *rest: function(first, *rest)

    return asked


def must_compile(mark: str = "", *, observed: bool = False) -> bool:
    """Whether the compiled engine is not in its cache yet: the first run for this code, machine and user.

    Args:
        mark: of rules of one's own, "" of the shipped ones.
        observed: whether it is the engine that asks outcomes of one's own.
    """
    module = f"simulation.engine.run@{mark}" if mark else "simulation.engine.run"
    return not (_DISABLED or keeps(module, "run_observed_block" if observed else "run_block"))


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
