"""The patient rule induction method, PRIM, as EMA Workbench has it: all that is known here of that package.

Releases of it differ: 2.5, the last for Python 3.11, asks for a threshold of density, and drops whatever column is
called "scenario"; 3.0 takes no threshold. Neither is left to decide anything here: what comes out is every box on the
way from all points to a few, and who asks chooses among them.

Source: Friedman & Fisher (1999), Statistics & Computing 9, doi:10.1023/A:1008894516817; Kwakkel (2017), Environmental
Modelling & Software 96, doi:10.1016/j.envsoft.2017.06.054, for EMA Workbench.
"""

import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from inspect import signature
from math import inf
from typing import Any

from results.discovering.boxes import Axis, Box, Flags, Limit, Values
from scenarios.files.faults import MissingExtraError

_NOISE = (
    "ipyparallel not installed",
    "altair based interactive inspection not available",
    "The inplace keyword in DataFrame.drop is deprecated",
)
"""What the package, or what it calls, says on being used, and nobody here can do anything about: beginnings."""
_ANY_DENSITY = 1e-9


def check_installed() -> None:
    """See that EMA Workbench is there, before any work is begun.

    Raises:
        MissingExtraError: if it is not.
    """
    _ema()


def trajectory(axes: Sequence[Axis], fails: Flags, *, peel: float, least: int, objective: str) -> Iterator[Box]:
    """Every box that PRIM goes through, from all points to the last that it peels or pastes.

    Args:
        axes: the factors.
        fails: which points fail, bool[points].
        peel: share of the points that a step peels off.
        least: points of a box at the least (count).
        objective: what a step goes by: "original", the density it leaves, however little is gained, or "lenient1", the
            gain in density over the points lost, as long as there is any.
    """
    import pandas as pd

    told = [axis for axis in axes if len(set(axis.along.tolist())) > 1]
    columns = {f"x{place}": _column(axis) for place, axis in enumerate(told)}
    if not columns or not 0 < fails.sum() < len(fails):
        return
    prim = _ema()
    chosen: dict[str, Any] = (
        {"threshold": _ANY_DENSITY} if "threshold" in signature(prim.Prim.__init__).parameters else {}
    )
    with _quietly():
        found = prim.Prim(
            pd.DataFrame(columns),
            fails.astype(int),
            obj_function=prim.PRIMObjectiveFunctions(objective),
            peel_alpha=peel,
            paste_alpha=peel,
            mass_min=least / len(fails),
            **chosen,
        ).find_box()
    whole = found.box_lims[0]
    for limits in found.box_lims:
        sides = (
            _limit(axis, limits[name].tolist(), whole[name].tolist()) for name, axis in zip(columns, told, strict=True)
        )
        yield tuple(side for side in sides if side is not None)


def _limit(axis: Axis, ends: list[Any], whole: list[Any]) -> Limit | None:
    key = axis.factor.key
    if axis.is_ordered:
        low = -inf if ends[0] == whole[0] else float(ends[0])
        high = inf if ends[1] == whole[1] else float(ends[1])
        return None if (low, high) == (-inf, inf) else Limit(key, low, high)
    places = frozenset(int(level) for level in ends[0])
    return None if len(places) == len(whole[0]) else Limit(key, places=places)


def _column(axis: Axis) -> Values | list[str]:
    return axis.along if axis.is_ordered else [str(int(place)) for place in axis.along]


def _ema() -> Any:
    try:
        with _quietly():
            from ema_workbench.analysis import prim
    except ImportError:
        raise MissingExtraError("legato discover", "EMA Workbench", "discover") from None
    return prim


@contextmanager
def _quietly() -> Iterator[None]:
    with warnings.catch_warnings():
        for noise in _NOISE:
            warnings.filterwarnings("ignore", message=re.escape(noise))
        yield
