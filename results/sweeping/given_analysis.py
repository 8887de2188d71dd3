"""The sensitivity of one outcome of a finished run: its inputs, measured, and what luck makes of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from results.estimates.key_groups import IN_WORDS, group_of
from results.folders.parquet import Columns
from results.sweeping.emulator import Emulated, emulate
from results.sweeping.given_data import LEAST_POINTS, MEASURES, GivenDataError, Influence, influences
from results.sweeping.given_inputs import Given, RunPoints, luck_left, numbers_of
from scenarios import KEYS
from scenarios.designs.factors import Factor
from scenarios.files.faults import FailedError, MissingExtraError

BOUND = (
    "First and total effects are not told, for they take inputs that vary freely, and these are bound to each other: "
    "see the notes. delta and PAWN need no such thing; S1 of an input holds what comes with it."
)


class TooLittleError(FailedError, ValueError):
    """A run from which nothing can be said."""


@dataclass(frozen=True)
class GivenAnalysis:
    """What matters for one outcome, of one plan or of the difference between two.

    Attributes:
        outcome: its name.
        of: which plan, in words; "" where there is one only.
        points: that have a value (count).
        missing: that have none (count).
        networks: at each point, at the most (count).
        left: luck that is left in the differences between points (share of variance); None where nobody can tell.
        single: luck in the differences between single networks (share of variance); None likewise.
        influences: of the inputs that vary, those that matter most first; () where nothing can be said.
        why_not: why nothing can be said; "" where it can.
        still: keys that do not vary.
        emulated: first and total effects by an emulator; None where that was not asked, or cannot be.
        no_emulator: why it cannot be; "" where it can.
    """

    outcome: str
    of: str
    points: int
    missing: int
    networks: int
    left: float | None
    single: float | None
    influences: tuple[Influence, ...]
    why_not: str
    still: tuple[str, ...]
    emulated: Emulated | None = None
    no_emulator: str = ""


def analyse(run: RunPoints, outcomes: Sequence[str], *, emulator: bool = False) -> tuple[GivenAnalysis, ...]:
    """Every outcome, of the baseline and of each difference from it.

    Args:
        run: the folder that was read.
        outcomes: names.
        emulator: whether first and total effects are to be told by an emulator too.

    Raises:
        TooLittleError: if nothing can be said of any of them.
    """
    found = tuple(_analysed(run, given, emulator) for outcome in outcomes for given in run.given(outcome))
    if not any(one.influences for one in found):
        reasons = dict.fromkeys(one.why_not for one in found)
        raise TooLittleError(f"{run.path}: {'; '.join(reasons)}{_way_out(run, found)}")
    return found


def _analysed(run: RunPoints, given: Given, emulator: bool) -> GivenAnalysis:
    design = run.inputs
    there: NDArray[np.bool_] = np.asarray(np.isfinite(given.values).any(axis=1))
    values = given.values[there]
    keys, numbers, still = numbers_of(design, there)
    luck = luck_left(values, run.same_luck) if len(values) > 1 else None
    why_not, found = "", []
    try:
        if not keys:
            raise GivenDataError(f"no input varies over the {len(values):,} points that have a value")
        means = np.nanmean(values, axis=1)
        found = influences(keys, numbers, means, left=luck[0] if luck else 0.0, seed=run.seed + 1)
    except GivenDataError as error:
        why_not = str(error)
    left, single = luck or (None, None)
    emulated, no_emulator = None, ""
    if emulator and found and design.binding:
        no_emulator = BOUND
    elif emulator and found:
        factors = {factor.key: factor for factor in design.factors}
        try:
            emulated = emulate(
                keys, numbers, np.nanmean(values, axis=1), left=left or 0.0, seed=run.seed,
                names=[not factors[key].is_numeric for key in keys],
                ranges=[_is_even_range(factors[key]) for key in keys],
                groups={key: IN_WORDS[group_of(key)] for key in keys if key in KEYS},
            )  # fmt: skip
        except MissingExtraError as error:
            no_emulator = str(error)
    missing, networks = int(np.sum(~there)), given.values.shape[1]
    return GivenAnalysis(
        given.outcome,
        given.of,
        len(values),
        missing,
        networks,
        left,
        single,
        tuple(found),
        why_not,
        still,
        emulated,
        no_emulator,
    )


def _is_even_range(factor: Factor) -> bool:
    return not factor.levels and not factor.whole and factor.is_even


def _way_out(run: RunPoints, found: Sequence[GivenAnalysis]) -> str:
    if all(one.points >= LEAST_POINTS for one in found):
        return ""
    if run.design.kind == "futures":
        return f". A point is a set of parameters: run it with --replicates {4 * LEAST_POINTS} or more, or --futures"
    return ". A sweep with --design lhs --points 200 has enough"


def influence_columns(found: Sequence[GivenAnalysis]) -> Columns:
    """A row for each outcome, plan, input and measure."""
    rows = [
        (one.outcome, one.of, influence.key, measure, influence.by[measure])
        for one in found
        for influence in one.influences
        for measure in MEASURES
    ]
    words = {
        name: [str(row[place]) for row in rows] for place, name in enumerate(("outcome", "of", "input", "measure"))
    }
    numbers = {
        name: np.array([getattr(row[4], name) for row in rows], dtype=np.float64)
        for name in ("value", "low", "high", "nothing")
    }
    return {**words, **numbers, "is_clear": np.array([row[4].is_clear for row in rows], dtype=bool)}


def emulated_columns(found: Sequence[GivenAnalysis]) -> Columns:
    """A row for each outcome, plan and input, and for each group of inputs, of which an emulator tells effects."""
    rows = [
        (one.outcome, one.of, what, index)
        for one in found
        if one.emulated is not None
        for what, indices in (("input", one.emulated.indices), ("group", one.emulated.groups))
        for index in indices
    ]
    words = {name: [str(row[place]) for row in rows] for place, name in enumerate(("outcome", "of", "what"))}
    ends = ("first", "first_low", "first_high", "total", "total_low", "total_high")
    numbers = {name: np.array([getattr(row[3], name) for row in rows], dtype=np.float64) for name in ends}
    return {**words, "key": [row[3].key for row in rows], **numbers}
