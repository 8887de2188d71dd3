"""Outcomes of one's own as compiled functions: one that asks them all in turn, and looks at what each gives.

The engine asks it by its address, and is compiled once for all files of outcomes; the reference calls the same compiled
functions. So a new file takes a second or two, and both twins say the same to the last bit.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from math import inf, isnan
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.files.faults import FailedError, RefusedError
from scenarios.schema.own_outcomes import OwnOutcomes
from simulation.network_state import Collaborations, Members, NetworkState, Observer, Ties
from simulation.outcomes import Scale
from simulation.own_files import module_of, own_functions
from simulation.own_outcomes.catalogue import functions_of, outcomes_of
from simulation.own_outcomes.outcome_file import defined

ROUNDING = 1e-12
"""By how much a share may be above 1: a sum of parts, divided by their sum, may be."""
LARGEST = 1e100
"""No number of a network is larger; squares of it, and their sums over all networks, are numbers still."""
_RANGES: Mapping[Scale, tuple[float, float, str]] = MappingProxyType({
    "share": (0.0, 1.0 + ROUNDING, "a share: 0 to 1"),
    "level": (0.0, 1.0 + ROUNDING, "a level: 0 to 1"),
    "count": (0.0, LARGEST, "a count: 0 or more"),
    "usd": (0.0, LARGEST, "an amount of money: 0 or more"),
    "index": (-LARGEST, LARGEST, "a number"),
})  # fmt: skip
_NAMED: set[str] = set()
"""Hashes of the files of outcomes that somebody has named in this process: no other is run."""


class OutcomeValueError(FailedError, ValueError):
    """An outcome of one's own gave what it must not; the message says which, when, and what is allowed."""


class UnnamedOutcomesError(RefusedError, ValueError):
    """Outcomes that came with something else, such as a run folder, and that nobody has named: they are not run."""


def name_them(outcomes: OwnOutcomes) -> None:
    """Say that these outcomes were named by whoever runs this process, and may be run."""
    _NAMED.add(outcomes.sha256)


def range_of(scale: Scale) -> tuple[float, float, str]:
    """The least and the most that an outcome of a scale may be in a network, and the same in words."""
    return _RANGES[scale]


def out_of_range(own: OwnOutcomes, place: int, month: int, replicate: int, value: float) -> OutcomeValueError:
    """What is wrong with what a function gave in a month of a network; inf of one that failed."""
    one = functions_of(own)[place]
    at = f"in month {month} of replicate {replicate}"
    begin = f"outcomes '{own.name}', line {one.line}: {one.outcome.name}"
    allowed = _RANGES[one.outcome.scale][2]
    if value == inf:
        return OutcomeValueError(
            f"{begin} failed, or gave infinity, {at}; allowed is {allowed}; does it ask for a row that is not there?"
        )
    hint = "; over nothing, say 0, or name a ratio of two outcomes, which may be missing" if isnan(value) else ""
    return OutcomeValueError(f"{begin} gave {value:.6g} {at}; allowed is {allowed}{hint}")


def fill_ratios(own: OwnOutcomes | None, values: NDArray[np.float64], first: int) -> None:
    """Work out the ratios of one's own in every row of `values`; missing over 0.

    Args:
        own: where they stand; None, and there are none.
        values: of the outcomes, float[replicates, columns].
        first: replicate of row 0.

    Raises:
        OutcomeValueError: if one of them is out of its range.
    """
    names = outcomes_of(own).names
    for one in () if own is None else defined(own):
        if one.outcome.over is not None:
            above, below = (values[:, names.index(name)] for name in one.outcome.over)
            there = ~np.isnan(below) & (below != 0)
            found = np.where(there, above / np.where(there, below, 1.0), np.nan)
            low, high, allowed = _RANGES[one.outcome.scale]
            wrong = np.flatnonzero((found < low) | (found > high))
            if len(wrong):
                row = int(wrong[0])
                raise OutcomeValueError(
                    f"outcomes '{own.name}', line {one.line}: {one.outcome.name} is {found[row]:.6g} in replicate "  # type: ignore[union-attr]
                    f"{first + row} ({one.outcome.over[0]} {above[row]:.6g} over {one.outcome.over[1]} "
                    f"{below[row]:.6g}); allowed is {allowed}"
                )
            values[:, names.index(one.outcome.name)] = found


def observer_of(own: OwnOutcomes, *, for_engine: bool = True) -> Observer:
    """Who asks these outcomes: for the engine by address, for the reference as a function of Python's.

    Raises:
        UnnamedOutcomesError: if nobody has named them.
    """
    if own.sha256 not in _NAMED:
        raise UnnamedOutcomesError(
            f"what was asked for is simulated with outcomes of somebody's own ({own.name}, SHA-256 {own.sha256}): a "
            "program, which runs only where its file is named; read it, then name it with --outcomes FILE"
        )
    start = np.array([one.start for one in functions_of(own)], np.float64)
    return Observer(_asking(own, for_engine), start, np.append(start, 0.0), np.zeros(4))


@lru_cache(maxsize=16)
def _asking(own: OwnOutcomes, for_engine: bool) -> Any:
    from simulation.compiling import by_address, checking

    return by_address(_asks(own, checking), _SAMPLE) if for_engine else checking(_asks(own, checking))


def _asks(own: OwnOutcomes, make: Callable[..., Any]) -> Any:
    """A function that asks all of a file in turn, each with what it gave a month ago."""
    functions, space = functions_of(own), {"__name__": module_of(own)}
    lines = ["def ask(state, carried):"]
    made = own_functions(own, make)
    for place, one in enumerate(functions):
        low, high, _ = _RANGES[one.outcome.scale]
        space[f"own_{place}"] = made[one.outcome.name]
        before = f", carried[{place}]" if one.carries else ""
        lines += [
            f"    carried[{len(functions)}] = {place}",
            f"    value = 1.0 * own_{place}(state{before})",  # float() of numba knows no bool
            f"    carried[{place}] = value",
            f"    if not ({low!r} <= value <= {high!r}):",
            f"        return -{place + 1}",
        ]
    exec("\n".join([*lines, "    return 1"]), space)
    return space["ask"]


def _sample() -> tuple[NetworkState, np.ndarray[Any, Any]]:
    yes, whole, real = np.zeros(0, np.bool_), np.zeros(0, np.int64), np.zeros(0)
    members = Members(
        yes, whole, real, real, np.zeros((0, 0)), whole, real, whole, whole, whole, whole, yes, real, whole, yes, yes,
        yes,
    )  # fmt: skip
    ties = Ties(whole, whole, real, real, whole, yes, yes, yes)
    works = Collaborations(whole, whole, whole, whole, whole)
    return NetworkState(0, True, members, ties, works, real, 0, 0, 0, 0.0, 0.0), real


_SAMPLE = _sample()
"""A state, and what is carried, for their types."""
