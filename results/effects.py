"""What a factor does to an outcome by itself: the mean over all points in each of its parts, with two spreads."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from results.parts import Parts, parts_of
from results.response import Response
from results.student import t_quantile


@dataclass(frozen=True, eq=False)
class MainEffect:
    """One factor's effect, in the outcome's unit.

    Attributes:
        parts: levels or bins of the factor.
        mean: over the points of each part, float[parts]; nan where none has a value.
        low: lower end of the 95 % interval of that mean, float[parts], from the spread between the part's points, or
            between replicates where no part has two points; nan where there is no telling.
        high: its upper end.
        bottom: lower end of the middle 90 % of the part's points, float[parts]; nan with fewer than two.
        top: its upper end.
        over_replicates: whether the interval is from the spread between replicates.
    """

    parts: Parts
    mean: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    bottom: NDArray[np.float64]
    top: NDArray[np.float64]
    over_replicates: bool

    @property
    def reach(self) -> float:
        """Distance between the least and the greatest mean; 0 where there is none."""
        known = self.mean[np.isfinite(self.mean)]
        return float(np.ptp(known)) if len(known) else 0.0

    def times(self, factor: float) -> "MainEffect":
        """The same in another unit."""
        scaled = {name: getattr(self, name) * factor for name in ("mean", "low", "high", "bottom", "top")}
        return replace(self, **scaled)


def main_effects(response: Response) -> list[MainEffect]:
    """Each factor's effect, in the order of the design."""
    return [main_effect(response, column) for column in range(len(response.design.factors))]


def main_effect(response: Response, column: int) -> MainEffect:
    """One factor's effect: the mean in each part, over whatever the other factors are.

    The interval is Student's over the part's points, taken as draws of the other factors. The luck of the replicates
    is the same at every point and so not in it.
    """
    values, parts = response.mean, parts_of(response.design, column)
    known = np.isfinite(values)
    counts = np.bincount(parts.of[known], minlength=len(parts))
    mean, half = parts.means(values), np.full(len(parts), np.nan)
    bottom, top = half.copy(), half.copy()
    alone = bool((counts <= 1).all())
    for part in range(len(parts)):
        inside = values[known & (parts.of == part)]
        if len(inside) > 1:
            half[part] = t_quantile(len(inside) - 1) * np.std(inside, ddof=1) / np.sqrt(len(inside))
            bottom[part], top[part] = np.percentile(inside, [5, 95])
    if alone:
        half = parts.means(response.half)
    return MainEffect(parts, mean, mean - half, mean + half, bottom, top, alone)


def strongest(effects: list[MainEffect], most: int) -> list[int]:
    """Columns of the factors with the greatest reach, greatest first; of equals, the earlier."""
    return sorted(range(len(effects)), key=lambda column: -round(effects[column].reach, 12))[:most]
