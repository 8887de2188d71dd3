"""A factor cut into parts: its levels, or bins along its range."""

from dataclasses import dataclass
from math import floor, log10
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.designs.design import Design
from scenarios.designs.factors import Factor

MINUS = "\N{MINUS SIGN}"
MOST_LEVELS = 12
"""Different values up to which each is a part of its own."""
MOST_LEVELS_OF_A_GRID = 60
"""The same in a grid, where every value has its share of the points."""
FEWEST_BINS, MOST_BINS = 3, 12


@dataclass(frozen=True, eq=False)
class Parts:
    """The parts of a factor, and which points lie in which.

    Attributes:
        factor: what was cut.
        of: part of each point, int[points].
        at: where each part stands on the axis, float[parts]: its value, the mean of a bin's values, or the number of a
            level that is no number.
        names: what each part is called.
        edges: borders of even bins, float[parts + 1]; empty for levels and for bins of equally many points.
        binned: whether a part is a stretch of values rather than one.
    """

    factor: Factor
    of: NDArray[np.int64]
    at: NDArray[np.float64]
    names: tuple[str, ...]
    edges: NDArray[np.float64]
    binned: bool

    def __len__(self) -> int:
        return len(self.names)

    @property
    def is_numeric(self) -> bool:
        """Whether the parts stand on an axis of numbers."""
        return self.factor.is_numeric

    @property
    def is_ordered(self) -> bool:
        """Whether there is a low end and a high one; no comes before yes."""
        return self.is_numeric or all(isinstance(level, bool) for level in self.factor.levels)

    def means(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Mean over the points of each part, float[parts]; nan where no point has a value."""
        known = np.isfinite(values)
        counts = np.bincount(self.of[known], minlength=len(self))
        sums = np.bincount(self.of[known], weights=values[known], minlength=len(self))
        return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)


def parts_of(design: Design, column: int) -> Parts:
    """The levels of a factor where it has few, else bins of equally many points, for curves and ends."""
    return levels_of(design, column) or equal_bins(design, column, usual_bins(len(design)))


def usual_bins(points: int) -> int:
    """Bins along one factor: more points make more bins and fuller ones."""
    return int(np.clip(round(np.sqrt(points) / 1.5), FEWEST_BINS, MOST_BINS))


def levels_of(design: Design, column: int) -> Parts | None:
    """A part for each different value; None where they are too many. Numbers ascend, names keep the order given."""
    factor = design.factors[column]
    values = [factor.value(share) for share in design.shares[:, column]]
    if factor.is_numeric:
        levels = sorted(set(values))
        if len(levels) > (MOST_LEVELS_OF_A_GRID if design.kind == "grid" else MOST_LEVELS):
            return None
    else:
        levels = list(factor.levels)
    number = {level: place for place, level in enumerate(levels)}
    of = np.array([number[value] for value in values], dtype=np.int64)
    at = np.array(levels if factor.is_numeric else range(len(levels)), dtype=np.float64)
    return Parts(factor, of, at, tuple(map(level_name, levels)), np.zeros(0), False)


def equal_bins(design: Design, column: int, bins: int) -> Parts:
    """Bins of about equally many points; equal values stay together."""
    values = _numbers(design, column)
    _, which, counts = np.unique(values, return_inverse=True, return_counts=True)
    middles = np.cumsum(counts) - counts / 2
    _, of_distinct = np.unique((middles * bins / len(values)).astype(np.int64), return_inverse=True)
    return _binned(design.factors[column], values, of_distinct[which], np.zeros(0))


def even_bins(design: Design, column: int, bins: int) -> Parts:
    """Bins of equal width between the least and the greatest value, for the cells of a map; some may be empty."""
    values = _numbers(design, column)
    edges = np.linspace(values.min(), values.max(), bins + 1)
    of = np.clip(np.searchsorted(edges, values, side="right") - 1, 0, bins - 1)
    return _binned(design.factors[column], values, of, edges)


def _numbers(design: Design, column: int) -> NDArray[np.float64]:
    factor = design.factors[column]
    return np.array([factor.value(share) for share in design.shares[:, column]], dtype=np.float64)


def _binned(factor: Factor, values: NDArray[np.float64], of: NDArray[np.int64], edges: NDArray[np.float64]) -> Parts:
    count = len(edges) - 1 if len(edges) else int(of.max()) + 1
    apart = float(np.ptp(values)) / 50
    at, names = np.full(count, np.nan), []
    for part in range(count):
        inside = values[of == part]
        ends = (edges[part], edges[part + 1]) if len(edges) else (inside.min(), inside.max())
        at[part] = inside.mean() if not len(edges) else sum(ends) / 2
        first, last = (number_text(_rounded(float(end), apart), apart) for end in ends)
        names.append(first if first == last else f"{first} to {last}")
    return Parts(factor, of.astype(np.int64), at, tuple(names), edges, True)


def _rounded(value: float, apart: float) -> float:
    """Nobody needs to know that a bin ends at 34,980 rather than 35,000."""
    return round(value, -floor(log10(apart))) if apart > 0 else value


def level_name(value: Any) -> str:
    """A value of a factor in words: yes and no, numbers with all the digits they have, names as they are."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return number_text(value)
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def number_text(value: float, apart: float = 0.0) -> str:
    """A number with as many decimals as tell it from another that is `apart` away; all it has where that is 0."""
    if value == 0:
        return "0"
    if not 1e-6 < abs(value) < 1e10:
        text = f"{value:.3g}"
    elif apart > 0:
        places = max(0, -floor(log10(apart) + 1e-9))
        text = f"{value:,.{places}f}" if places < 8 else f"{value:.3g}"
    else:
        text = f"{value:,.0f}" if float(value).is_integer() else f"{value:.12g}"
    if not any(digit in "123456789" for digit in text):
        return "0"
    return text.replace("-", MINUS) if "e" not in text else text
