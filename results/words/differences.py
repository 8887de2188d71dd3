"""A difference in words: its size, its direction, and what would settle one that is unclear."""

from math import isnan

from results.estimates.comparison import Difference
from simulation.outcomes import BY_NAME, Scale

HOPELESS = 1_000_000
"""From here on it is no use to name how many more replicates a difference would take."""


def change(one: Difference) -> str:
    """A difference in words for the last column of a table."""
    scale = BY_NAME[one.outcome].scale
    fewer, more = _DIRECTIONS[scale]
    if isnan(one.mean):
        return "cannot be compared: missing in one of them"
    if one.mean == 0 and (isnan(one.low) or one.low == one.high):
        return "exactly the same"
    if isnan(one.low):
        return "one network alone cannot tell" if one.replicates < 2 else "so few networks cannot tell"
    if one.is_clear:
        return fewer if one.mean < 0 else more
    return f"no clear difference{settled_by(one)}"


_DIRECTIONS: dict[Scale, tuple[str, str]] = {
    "share": ("lower", "higher"),
    "count": ("fewer", "more"),
    "level": ("lower", "higher"),
    "index": ("lower", "higher"),
    "usd": ("lower", "higher"),
}


def settled_by(one: Difference) -> str:
    """How many more replicates would settle a difference that is not clear; "" where that cannot be said."""
    if not one.more_replicates:
        return ""
    if one.more_replicates >= HOPELESS:
        return ": too small to be settled by more replicates"
    digits = 10 ** max(0, len(str(one.more_replicates)) - 2)
    about = -(-one.more_replicates // digits) * digits
    return f": about {about:,} more replicates may settle it, if the average holds"
