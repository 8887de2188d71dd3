"""A difference in words: its direction and how sure that is, and what would settle one whose size is open."""

from math import isnan

from results.estimates.comparison import Difference
from results.words.likelihood import HIGHER, LOWER, direction
from results.words.numbers import digits, scaled
from results.words.rounding import rounded
from results.words.sentence import Told, told
from simulation.outcomes import Scale, outcome_named

HOPELESS = 1_000_000
"""From here on it is no use to name how many more replicates a difference would take."""
MOSTLY = 0.5
"""Share of an interval's variance from which on luck makes most of its width, so that replicates narrow it. Ours."""
MOST_TIMES = 10
"""Where parameters vary, so many times the replicates is the most that is named: what they leave is not known well."""
ENOUGH_TO_PLAN = 20
"""Replicates from which on it is said how many more a difference would take: the spread of fewer is hardly known."""
SAME, ALIKE = told("change.same"), told("change.alike")


def change(one: Difference) -> str:
    """A difference in words for the last column of a table: where it goes, and what would settle it."""
    way, settled = way_of(one), settled_by(one)
    is_said = not (isnan(one.mean) or is_same(one) or isnan(one.low) or is_alike(one))
    return told("direction.settled", direction=way, settled=settled) if settled and is_said else way


def way_of(one: Difference) -> str:
    """Where a difference goes, in as few words."""
    fewer, more = DIRECTIONS[outcome_named(one.outcome).scale]
    if isnan(one.mean):
        return told("change.missing")
    if is_same(one):
        return SAME
    if isnan(one.low):
        return told("change.few", count=max(one.replicates, 1))
    if is_alike(one):
        return ALIKE
    return direction(one.chance_higher, fewer, more)


_LEVEL, _COUNT = (LOWER, HIGHER), (told("fewer"), told("more"))
DIRECTIONS: dict[Scale, tuple[Told, Told]] = {
    "share": _LEVEL,
    "count": _COUNT,
    "level": _LEVEL,
    "index": _LEVEL,
    "usd": _LEVEL,
}
"""What a difference of each scale is called in a table, down and up."""


def is_same(one: Difference) -> bool:
    """Whether no network differs at all."""
    return one.mean == 0 and (isnan(one.low) or one.low == one.high)


def is_alike(one: Difference) -> bool:
    """Whether a difference that may be none is known to be too small to be printed: both its ends read 0."""
    if one.is_clear or isnan(one.low):
        return False
    scale = outcome_named(one.outcome).scale
    return all(rounded(scaled(end, scale), places_of(one)) == 0 for end in (one.low, one.high))


def places_of(one: Difference) -> int:
    """Digits after the point with which a difference and its levels are printed, in the unit that is shown."""
    half = (one.high - one.low) / 2
    return digits(max(abs(one.level), abs(one.baseline_level)), outcome_named(one.outcome).scale, half)


def is_open(one: Difference) -> bool:
    """Whether uncertain parameters, which no network settles, make most of an interval that holds no difference."""
    return not one.is_clear and one.luck_share is not None and one.luck_share < MOSTLY and not is_alike(one)


def settled_by(one: Difference, *, whole: bool = False) -> str:
    """How many more replicates would settle a difference; "" where luck is not what makes it unclear.

    Args:
        one: the difference.
        whole: as a sentence of its own, not as the end of another.
    """
    if not one.more_replicates or one.replicates < ENOUGH_TO_PLAN:
        return ""
    of_luck = 1.0 if one.luck_share is None else one.luck_share
    if of_luck < MOSTLY or (of_luck < 1 and one.more_replicates > MOST_TIMES * one.replicates):
        return ""
    end = ".whole" if whole else ""
    if one.more_replicates >= HOPELESS:
        return told(f"settled.never{end}")
    digits_off = 10 ** max(0, len(str(one.more_replicates)) - 2)
    return told(f"settled.by{end}", count=-(-one.more_replicates // digits_off) * digits_off)
