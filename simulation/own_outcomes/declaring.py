"""What a file of outcomes says of each: `@outcome(...)` above a function, and `name = ratio(...)`.

Neither does anything: what stands in their brackets is read from the text, before anything of it is run.
"""

from collections.abc import Callable
from typing import Any, Literal, TypeVar

from simulation.outcomes import Scale

Function = TypeVar("Function", bound=Callable[..., Any])


def outcome(
    *,
    label: str,
    scale: Scale,
    unit: str = "",
    meaning: str = "",
    start: float = 0.0,
    at: Literal["closing", "end"] = "closing",
) -> Callable[[Function], Function]:
    """Says that a function of the state of a network is an outcome, counted at the end of every month.

    Args:
        label: in plain words, for titles and axes.
        scale: "share" and "level" run from 0 to 1, "count" from 0, "usd" is money, "index" any other number.
        unit: in a word or two, where the scale does not say it.
        meaning: one sentence; the first of the function's docstring if left out.
        start: what the argument `before` is in the first month.
        at: "closing": it has a course, and its value is that of the reporting month, the planned closing; "end": it is
            said of the whole run, by its value in the last month.
    """
    del label, scale, unit, meaning, start, at
    return _as_it_is


def ratio(above: str, below: str, *, label: str, scale: Scale, unit: str = "", meaning: str = "") -> None:
    """Says that an outcome is one outcome over another; of many networks, the sum of the one over that of the other.

    Args:
        above: name of an outcome, of the same file or a shipped one, that is no ratio.
        below: another; where it is 0, the ratio is missing.
        label: see `outcome`.
        scale: see `outcome`.
        unit: see `outcome`.
        meaning: see `outcome`.
    """
    del above, below, label, scale, unit, meaning


def _as_it_is(function: Function) -> Function:
    return function
