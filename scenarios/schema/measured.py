"""What was counted or measured in a real network: a value and its interval. The interval of a count is computed."""

from dataclasses import dataclass
from math import sqrt

from scenarios.schema.table_parts import Part

Z_95 = 1.959963984540054
"""Standard errors that a 95 % interval of a normal reaches to either side."""
MEASURED = ("successes", "of", "value", "low", "high")
"""The keys under which it is written."""
MOST = 1e12
"""Greatest size of a number that is read, where no smaller one is known."""


@dataclass(frozen=True)
class Measured:
    """What was observed, with the interval that is accepted.

    Attributes:
        value: what was found; None where only a direction was reported.
        low: lower end of the interval; None where it is open.
        high: its upper end; None where it is open.
        successes: where it is a share: how many of them; None else.
        of: out of how many.
    """

    value: float | None
    low: float | None
    high: float | None
    successes: int | None = None
    of: int | None = None

    def holds(self, value: float) -> bool:
        """Whether a value lies in the interval."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


def read_measured(part: Part, least: float = -MOST, most: float = MOST, *, beyond: float = 0.0) -> Measured:
    """What a table says under the keys of MEASURED; what is wrong with it is blamed there.

    Args:
        part: the table.
        least: the smallest value that can be observed, in the outcome's unit.
        most: the greatest.
        beyond: how far an end of the interval may lie outside them: one that was computed as a normal's can.
    """
    counted = part.has("successes") or part.has("of")
    successes, of = part.whole("successes", 0, 10**9), part.whole("of", 1, 10**9)
    if counted:
        least, most, beyond = 0.0, 1.0, 0.0
    value = part.number("value", least, most)
    low = part.number("low", max(least - beyond, -MOST), most)
    high = part.number("high", least, min(most + beyond, MOST))
    if counted:
        for key, other in (("successes", "of"), ("of", "successes")):
            if not part.has(key):
                part.blame(key, f"{key} is missing: write how many successes, and of how many, beside {other}")
        if part.has("value"):
            part.clash("value", "value is given beside successes and of, which say it; leave it out")
        if successes is not None and of is not None:
            if successes > of:
                part.clash("successes", f"successes is {successes} of {of}: allowed is 0 to {of}", "of")
            else:
                value = successes / of
                ends = wilson(successes, of)
                low, high = ends[0] if low is None else low, ends[1] if high is None else high
    elif low is None and high is None:
        part.clash("low", "observed has no interval: give low, high or both, for nothing is known to the point", "high")
    inner = [one for one in (low, value, high) if one is not None]
    if inner != sorted(inner):
        shown = ", ".join(f"{one:g}" for one in inner)
        part.clash("low", f"observed is {shown}: allowed is low <= value <= high", "value", "high", "successes", "of")
    return Measured(value, low, high, successes if counted else None, of if counted else None)


def wilson(successes: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share; it ends at exactly 0 where none succeeded, and at exactly 1 where all did.

    Rounding would carry those two ends a last digit off, and "is 1 within it" would be answered wrongly.

    Source:
        Wilson 1927, Probable inference, the law of succession, and statistical inference, JASA 22(158).
    """
    z = Z_95
    share = successes / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return 0.0 if successes == 0 else middle - half, 1.0 if successes == of else middle + half
