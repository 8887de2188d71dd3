"""Rounding that keeps what a reader can add up: parts of a whole, and a range with the two levels it comes from.

Every number here is in the unit in which it is shown. Nothing is rounded the wrong way for long: a part is off by less
than one unit of its last digit, and a range gets a digit more before a level is touched.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from math import isfinite

FAR_UNITS = 3
"""Units of the last digit from which on "up to" says enough of a range, whose near end is printed as 0."""
MORE_DIGITS = 3
"""Digits that a change off 0 may have beyond those asked for, until it reads as one."""


@dataclass(frozen=True)
class Fitted:
    """A range of a difference and the two levels that it comes from, rounded so that they fit.

    Attributes:
        low: lower end of the difference.
        high: its upper end.
        ours: the level that is compared.
        theirs: the level that it is compared with.
        places: digits after the point that all four have.
    """

    low: float
    high: float
    ours: float
    theirs: float
    places: int

    @property
    def is_fitting(self) -> bool:
        """Whether the levels differ by the middle of the range, to half a unit of the last digit."""
        unit = Decimal(1).scaleb(-self.places)
        low, high, ours, theirs = (_decimal(one, self.places) for one in (self.low, self.high, self.ours, self.theirs))
        return abs(low + high - 2 * (ours - theirs)) <= unit


def rounded(value: float, places: int) -> float:
    """The value as a text with so many digits after the point has it; nan and what is infinite stay."""
    return float(f"{value:.{places}f}") + 0.0 if isfinite(value) else value


def adding_up(parts: Sequence[float], whole: float, places: int = 0) -> list[float]:
    """Parts rounded so that they add up to the whole, which is rounded as it is printed: by the largest remainder.

    All parts are rounded down; the units that are then missing go to those that lost most. Parts that do not add up to
    the whole before they are rounded, or are missing, are rounded one by one.

    Args:
        parts: of the whole; may be negative.
        whole: what they add up to.
        places: digits after the point.

    Returns:
        The parts in their order, each less than one unit of the last digit from its value; a part of 0 stays 0.

    Source:
        Balinski & Young (2001), Fair Representation, 2nd ed.: Hamilton's method, the largest remainder.
    """
    unit = Decimal(1).scaleb(-places)
    each = [rounded(part, places) for part in parts]
    if not all(map(isfinite, (*parts, whole))) or abs(sum(map(Decimal, parts)) - Decimal(whole)) > unit / 4:
        return each
    units = [Decimal(part) / unit for part in parts]
    down = [one.to_integral_value(ROUND_FLOOR) for one in units]
    missing = int(_decimal(whole, places) / unit - sum(down))
    by_loss = sorted(range(len(parts)), key=lambda place: (down[place] - units[place], place))
    for place in by_loss[: max(0, missing)]:
        down[place] += 1
    return [float(one * unit) + 0.0 for one in down]


def fitting(low: float, high: float, ours: float, theirs: float, places: int = 0) -> Fitted:
    """A range and its two levels with the fewest digits with which they fit; see `Fitted.is_fitting`.

    A range off 0 also gets the digits that show it.

    Whole numbers may get one digit for it, no number more: nobody knows them. Else the level that is compared gives way
    in its last place. Levels that the range does not come from, or numbers that are missing, are rounded one by one.

    Args:
        low: lower end of the interval of `ours` less `theirs`.
        high: its upper end.
        ours: the level that is compared.
        theirs: the level that it is compared with.
        places: fewest digits after the point.
    """

    def with_digits(digits: int) -> Fitted:
        ends = rounded(low, digits), rounded(high, digits)
        return Fitted(*ends, rounded(ours, digits), rounded(theirs, digits), digits)

    def is_clear(found: Fitted) -> bool:
        """A range that holds no 0 does not read as if it did, nor do its levels read alike.

        One whose far end is some units of the last digit away reads as "up to": no digit is added for its near end.
        """
        far = max(abs(found.low), abs(found.high)) >= FAR_UNITS * 10.0**-found.places - 1e-12
        return low * high <= 0 or ((found.low * found.high > 0 or far) and found.ours != found.theirs)

    first = with_digits(places)
    if not all(map(isfinite, (low, high, ours, theirs))):
        return first
    if abs((low + high) / 2 - (ours - theirs)) > 10.0 ** -(places + MORE_DIGITS + 1):
        return first
    tried = [with_digits(digits) for digits in range(places, places + MORE_DIGITS + 2)]
    begin = next((place for place, one in enumerate(tried) if is_clear(one)), MORE_DIGITS)
    allowed = tried[begin : begin + 2] if tried[begin].places == 0 else tried[begin : begin + 1]
    for found in allowed:
        if found.is_fitting and is_clear(found):
            return found
    found = allowed[-1]
    middle = (_decimal(found.low, found.places) + _decimal(found.high, found.places)) / 2
    ours = rounded(float(middle + _decimal(found.theirs, found.places)), found.places)
    return Fitted(found.low, found.high, ours, found.theirs, found.places)


def off_zero(mean: float, half: float, places: int) -> int:
    """Digits with which a change whose interval excludes 0 reads as one: `+1.04 ± 0.98`.

    As printed, the change is then greater than half its interval.

    Args:
        mean: the change.
        half: half its interval, less than the change.
        places: fewest digits after the point.
    """
    most = places + MORE_DIGITS
    return next((some for some in range(places, most) if rounded(abs(mean), some) > rounded(half, some)), most)


def _decimal(value: float, places: int) -> Decimal:
    return Decimal(f"{value:.{places}f}")
