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


def table_adding_up(
    cells: Sequence[Sequence[float]], rows: Sequence[float], columns: Sequence[float], places: int = 0
) -> list[list[float]]:
    """Cells of a table rounded so that each line and each column adds up to its total as that is printed.

    All cells are rounded down; the units that are then missing in lines and in columns are given out along both, each
    cell one at the most, and none to a cell without anything in it. Where no such table is, cells are rounded one by
    one, and `adds_up` says so.

    Args:
        cells: lines of cells, none below 0.
        rows: the total of each line, rounded as it is printed.
        columns: the total of each column, likewise.
        places: digits after the point.

    Returns:
        Each cell less than one unit of the last digit from its value.

    Source:
        Cox (1987), A Constructive Procedure for Unbiased Controlled Rounding, Journal of the American Statistical
        Association 82(398), doi:10.1080/01621459.1987.10478456, for the question. Ours: that totals are given, and
        that paths which can still be changed give out the units, as in any flow.
    """
    unit = Decimal(1).scaleb(-places)
    each = [[rounded(cell, places) for cell in line] for line in cells]
    if not all(isfinite(one) for line in (*cells, rows, columns) for one in line):
        return each
    units = [[Decimal(f"{cell:.{places + MORE_DIGITS}f}") / unit for cell in line] for line in cells]
    down = [[int(one.to_integral_value(ROUND_FLOOR)) for one in line] for line in units]
    up = [[one != low for one, low in zip(line, lows, strict=True)] for line, lows in zip(units, down, strict=True)]
    of_rows = [int(_decimal(whole, places) / unit) - sum(line) for whole, line in zip(rows, down, strict=True)]
    of_columns = [
        int(_decimal(whole, places) / unit) - sum(line[place] for line in down) for place, whole in enumerate(columns)
    ]
    given = _given_out(up, of_rows, of_columns)
    if given is None:
        return each
    return [
        [float((low + more) * unit) + 0.0 for low, more in zip(lows, line, strict=True)]
        for lows, line in zip(down, given, strict=True)
    ]


def adds_up(cells: Sequence[Sequence[float]], rows: Sequence[float], columns: Sequence[float], places: int = 0) -> bool:
    """Whether printed cells add up to printed totals, in each line and in each column."""
    along = zip([*cells, *zip(*cells, strict=True)], [*rows, *columns], strict=True)
    return all(sum(_decimal(one, places) for one in line) == _decimal(whole, places) for line, whole in along)


def _given_out(up: Sequence[Sequence[bool]], rows: Sequence[int], columns: Sequence[int]) -> list[list[int]] | None:
    """A unit for some of the cells that may have one, so many in each line and column; None where there is no such way.

    One unit after the other goes along a path: from a line that lacks one to a column that lacks one, over cells that
    can take a unit, and back over cells that can give theirs up.
    """
    if min((*rows, *columns), default=0) < 0 or sum(rows) != sum(columns):
        return None
    given = [[0] * len(columns) for _ in rows]
    lacking = list(columns)
    for start in (row for row, count in enumerate(rows) for _ in range(count)):
        came: dict[int, tuple[int, int]] = {}  # column -> the line that it was reached from, and the column before that
        waiting = [(start, -1)]
        end = -1
        while waiting and end < 0:
            row, before = waiting.pop(0)
            for column in range(len(columns)):
                if column in came or not up[row][column] or given[row][column]:
                    continue
                came[column] = row, before
                if lacking[column] > 0:
                    end = column
                    break
                waiting += [(other, column) for other in range(len(rows)) if given[other][column]]
        if end < 0:
            return None
        lacking[end] -= 1
        while end >= 0:
            row, before = came[end]
            given[row][end] = 1
            if before >= 0:
                given[row][before] = 0
            end = before
    return given


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
