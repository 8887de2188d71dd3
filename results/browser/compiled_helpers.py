"""What stands in for Python, numpy and scipy where the estimates are compiled: sums, orders, special functions, memory.

No rule of how sure a number is stands here. Each of these does what the function of that name does in Python, in a way
that numba can compile: `math.fsum`, `numpy.quantile`, `scipy.special`, a dictionary of what was worked out before.
"""

from math import nan
from typing import Any, NamedTuple

import numpy as np
from numba.extending import overload, register_jitable
from numpy.typing import NDArray

from results.browser import special_functions
from results.browser.special_functions import f_above, kummer, t_above, t_reaching
from results.estimates import middle, parameter_uncertainty, quantiles, sums
from results.estimates.parameter_uncertainty import Basis, regression
from simulation.sorting import sort_by_lot

KEPT = 8
"""Regressions that are kept, each over other replicates."""
_PARTS = 64
"""Numbers that any sum can be made of without rounding, 2,098 bits in pieces of 53, and some room."""

for _plain in (
    special_functions._fraction, special_functions.beta_below, f_above, kummer, t_above, t_reaching, regression,
):  # fmt: skip
    register_jitable(_plain)


class Living(NamedTuple):
    """`parameter_uncertainty.Unknown`, and the regressions that were made for it.

    Attributes:
        groups: see there.
        values: see there.
        there: over which replicates each regression is, bool[KEPT, replicates].
        columns: of each, float[KEPT, groups, groups].
        widths: how many columns each has, int[KEPT].
        left: of each, see `Basis`.
        made: how many were made, int[1].
    """

    groups: NDArray[np.int64]
    values: NDArray[np.float64]
    there: NDArray[np.bool_]
    columns: NDArray[np.float64]
    widths: NDArray[np.int64]
    left: NDArray[np.float64]
    made: NDArray[np.int64]


@register_jitable
def living(groups: Any, values: Any) -> Living:
    """What replicates live with, and room for the regressions on it."""
    many = len(values)
    return Living(
        groups,
        values,
        np.zeros((KEPT, len(groups)), dtype=np.bool_),
        np.zeros((KEPT, many, many)),
        np.zeros(KEPT, dtype=np.int64),
        np.zeros(KEPT),
        np.zeros(1, dtype=np.int64),
    )


@register_jitable
def are_equal(one: Any, other: Any) -> bool:
    """Whether two rows hold the same; numpy's own would look at all of them even if the first two differ."""
    for place in range(len(one)):  # noqa: SIM110  what numba compiles
        if one[place] != other[place]:
            return False
    return True


@overload(parameter_uncertainty.basis_of)
def _basis_of(unknown: Any, there: Any) -> Any:  # noqa: ARG001  numba compares names
    def found(unknown: Any, there: Any) -> Basis:
        made = unknown.made[0]
        for slot in range(min(made, KEPT)):
            if are_equal(unknown.there[slot], there):
                return Basis(unknown.columns[slot][:, : unknown.widths[slot]], unknown.left[slot])
        slot = made % KEPT
        basis = regression(unknown.groups[there], unknown.values)
        width = basis.columns.shape[1]
        unknown.there[slot] = there
        unknown.columns[slot][:, :width] = basis.columns
        unknown.widths[slot] = width
        unknown.left[slot] = basis.left
        unknown.made[0] = made + 1
        return Basis(unknown.columns[slot][:, : unknown.widths[slot]], unknown.left[slot])

    return found


@overload(parameter_uncertainty.alike)
def _alike(there: Any) -> Any:  # noqa: ARG001
    def one_cell(there: Any) -> Any:  # noqa: ARG001
        return np.zeros((1, 1), dtype=np.int64)

    return one_cell


@register_jitable
def in_order(values: Any) -> Any:
    """The same numbers, the smallest first."""
    ordered = values.copy()
    sort_by_lot(ordered, np.zeros(len(ordered), dtype=np.int64), len(ordered))
    return ordered


@overload(parameter_uncertainty.distinct)
def _distinct(numbers: Any) -> Any:  # noqa: ARG001
    def found(numbers: Any) -> Any:
        ordered = in_order(numbers)
        count = 1
        for place in range(1, len(ordered)):
            if ordered[place] != ordered[count - 1]:
                ordered[count] = ordered[place]
                count += 1
        return ordered[:count]

    return found


@overload(parameter_uncertainty.come_first)
def _come_first(columns: Any) -> Any:  # noqa: ARG001
    def found(columns: Any) -> Any:
        first = np.ones(columns.shape[1], dtype=np.bool_)
        for place in range(columns.shape[1]):
            for other in range(place):
                if first[other] and are_equal(columns[:, other], columns[:, place]):
                    first[place] = False
                    break
        return first

    return found


@register_jitable
def sums_along(columns: Any, values: Any, cell: int) -> Any:
    """Of each column, the sum over rows of it times a cell's values."""
    sums_of = np.zeros(columns.shape[1])
    for row in range(columns.shape[0]):
        for column in range(columns.shape[1]):
            sums_of[column] += columns[row, column] * values[row, cell]
    return sums_of


@register_jitable
def put_together(columns: Any, sums_of: Any, row: int) -> float:
    """The columns of a row, each as often as its sum says."""
    total = 0.0
    for column in range(columns.shape[1]):
        total += columns[row, column] * sums_of[column]
    return total


@overload(parameter_uncertainty.squares_along)
def _squares_along(columns: Any, values: Any) -> Any:  # noqa: ARG001
    def found(columns: Any, values: Any) -> Any:
        squares = np.zeros(values.shape[1])
        for cell in range(values.shape[1]):
            for one in sums_along(columns, values, cell):
                squares[cell] += one * one
        return squares

    return found


@overload(parameter_uncertainty.projections)
def _projections(columns: Any, values: Any) -> Any:  # noqa: ARG001
    def found(columns: Any, values: Any) -> Any:
        along = np.zeros(values.shape)
        for cell in range(values.shape[1]):
            sums_of = sums_along(columns, values, cell)
            for row in range(values.shape[0]):
                along[row, cell] = put_together(columns, sums_of, row)
        return along

    return found


@overload(parameter_uncertainty.projection)
def _projection(columns: Any, values: Any) -> Any:  # noqa: ARG001
    def found(columns: Any, values: Any) -> Any:
        along, sums_of = np.zeros(len(values)), sums_along(columns, values[:, np.newaxis], 0)
        for row in range(len(values)):
            along[row] = put_together(columns, sums_of, row)
        return along

    return found


@overload(sums.sum_rows)
def _sum_rows(values: Any) -> Any:
    def of_numbers(values: Any) -> float:
        total = 0.0
        for place in range(len(values)):
            total += values[place]
        return total

    def of_rows(values: Any) -> Any:
        total = np.zeros(values.shape[1])
        for row in range(values.shape[0]):
            for column in range(values.shape[1]):
                total[column] += values[row, column]
        return total

    return of_numbers if values.ndim == 1 else of_rows


@overload(sums.exact_sum)
def _exact_sum(values: Any) -> Any:  # noqa: ARG001
    """As `math.fsum` does it.

    Source:
        Shewchuk (1997), Discrete & Computational Geometry 18, 305-363: partial sums that do not overlap. The last step,
        which rounds a tie the right way, is that of Python.
    """

    def found(values: Any) -> Any:
        parts, count = np.zeros(_PARTS), 0
        for place in range(len(values)):
            number, kept = values[place], 0
            for at in range(count):
                part = parts[at]
                if abs(number) < abs(part):
                    number, part = part, number
                high = number + part
                low = part - (high - number)
                if low != 0:
                    parts[kept] = low
                    kept += 1
                number = high
            parts[kept] = number
            count = kept + 1
        if count == 0:
            return 0.0
        count -= 1
        high, low = parts[count], 0.0
        while count > 0:
            before = high
            count -= 1
            high = before + parts[count]
            low = parts[count] - (high - before)
            if low != 0:
                break
        if count > 0 and ((low < 0 and parts[count - 1] < 0) or (low > 0 and parts[count - 1] > 0)):
            twice = low * 2.0
            rounded = high + twice
            if twice == rounded - high:
                high = rounded
        return high

    return found


@overload(middle.ends_of_middle)
def _ends_of_middle(values: Any, low: Any, high: Any) -> Any:  # noqa: ARG001
    def found(values: Any, low: Any, high: Any) -> Any:
        ordered = in_order(values)
        return at_share(ordered, low), at_share(ordered, high)

    return found


@register_jitable
def at_share(ordered: Any, share: float) -> float:
    """The value below which a share of values lies that are in order: on a line between two, as numpy has it."""
    place = share * (len(ordered) - 1)
    before = int(place)
    if before + 1 >= len(ordered):
        return float(ordered[-1])
    along, one, next_one = place - before, ordered[before], ordered[before + 1]
    between = next_one - one
    return float(next_one - between * (1.0 - along) if along >= 0.5 else one + between * along)


@overload(middle.course_ends)
def _course_ends(kept: Any) -> Any:  # noqa: ARG001
    low, high = middle.OF_COURSES

    def found(kept: Any) -> Any:
        lows, highs = np.full(kept.shape[1:], nan), np.full(kept.shape[1:], nan)
        for month in range(kept.shape[1]):
            for column in range(kept.shape[2]):
                some = kept[:, month, column]
                known = some[~np.isnan(some)]
                if len(known):
                    lows[month, column], highs[month, column] = middle.ends_of_middle(known, low, high)
        return lows, highs

    return found


@overload(quantiles.t_quantile)
def _t_quantile(freedom: Any, several: Any = 1) -> Any:  # noqa: ARG001
    def found(freedom: Any, several: Any = 1) -> Any:
        return t_reaching(freedom, 0.025 / several)

    return found


@overload(quantiles.t_below)
def _t_below(values: Any, freedom: Any) -> Any:  # noqa: ARG001
    def found(values: Any, freedom: Any) -> Any:
        chances = np.empty(len(values))
        for place in range(len(values)):
            chances[place] = t_above(-values[place], freedom)
        return chances

    return found


@overload(quantiles.f_tail)
def _f_tail(above: Any, below: Any, freedom: Any, freedom_below: Any) -> Any:  # noqa: ARG001
    def found(above: Any, below: Any, freedom: Any, freedom_below: Any) -> Any:
        tails = np.empty(len(above))
        for place in range(len(above)):
            over = np.inf if above[place] > 0 else 0.0
            ratio = above[place] / below[place] if below[place] > 0 else over
            tails[place] = f_above(ratio, freedom, freedom_below)
        return tails

    return found


@overload(quantiles.ratio_of_kummers)
def _ratio_of_kummers(b: Any, z: Any) -> Any:  # noqa: ARG001
    def found(b: Any, z: Any) -> Any:
        ratios = np.empty(len(z))
        for place in range(len(z)):
            ratios[place] = kummer(1.5, b, z[place]) / kummer(0.5, b, z[place])
        return ratios

    return found
