"""What a factor does to an outcome by itself: the mean in each of its parts, over the same values of the others.

Where every point has a value, that is the mean over all points of a part. Where some have none, because they failed,
the outcome is missing there or a constraint leaves them out, those means are over different values of the other
factors, and the difference between them may even have the wrong sign. Then an effect is taken from what is balanced,
else from a model, else not told.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from results.estimates.additive_model import Additive, additive
from results.estimates.bounds import bounded_ends
from results.estimates.factor_bins import Parts, parts_of
from results.estimates.quantiles import t_quantile
from results.estimates.response import Response
from scenarios.designs.design import Design

Basis = Literal["all", "balanced", "model", "none"]
"""What an effect rests on: all points; those combinations of the other factors in which every part has a value; an
additive model of the points that have one; or nothing, as its parts cannot be compared."""
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class MainEffect:
    """One factor's effect, in the outcome's unit.

    Attributes:
        parts: levels or bins of the factor.
        mean: over the points of each part, float[parts]; nan where none has a value.
        low: lower end of the 95 % interval of that mean, float[parts], from the spread between the part's points, or
            between replicates where no part has two points; nan where there is no telling.
        high: its upper end.
        bottom: lower end of the middle 90 % of the part's points, float[parts]; nan with fewer than two and of a model.
        top: its upper end.
        over_replicates: whether the interval is from the spread between replicates.
        basis: what it rests on.
        points: points it rests on (count).
        fit: of a model, how much of the variance between points it explains (share, R squared); nan of others.
    """

    parts: Parts
    mean: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    bottom: NDArray[np.float64]
    top: NDArray[np.float64]
    over_replicates: bool
    basis: Basis = "all"
    points: int = 0
    fit: float = float("nan")

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
    cuts = [parts_of(response.design, column) for column in range(len(response.design.factors))]
    there = np.isfinite(response.mean)
    if not there.any() or (there.all() and not is_uneven(response.design)):
        return [_over(response, parts, there, "all") for parts in cuts]
    model = additive(response.mean, cuts)
    return [_with_gaps(response, cuts, column, there, model) for column in range(len(cuts))]


def is_uneven(design: Design) -> bool:
    """Whether values of one factor come with other values of the others than its other values do, by design."""
    return bool(design.binding) or design.kind in ("points", "adaptive")


def left_out(response: Response) -> int:
    """Points without a value: they failed, or the outcome is missing there (count)."""
    return int((~np.isfinite(response.mean)).sum())


def _with_gaps(response: Response, cuts: list[Parts], column: int, there: Flags, model: Additive | None) -> MainEffect:
    parts = cuts[column]
    if len(cuts) == 1:  # nothing else is varied
        return _over(response, parts, there, "balanced")
    balanced = _balanced(response.design, column, parts, there)
    if balanced.any():
        return _over(response, parts, balanced, "balanced")
    if model is None:
        return _over(response, parts, balanced, "none")
    mean, half = model.means[column], model.halves[column]
    ends, unknown = bounded_ends(response.outcome, mean, half), np.full(len(parts), np.nan)
    return MainEffect(parts, mean, *ends, unknown, unknown, False, "model", model.points, model.fit)


def _balanced(design: Design, column: int, parts: Parts, there: Flags) -> Flags:
    """Points of those combinations of the other factors in which every part that has a value anywhere has one.

    A sample has no such combinations, but for a few by chance.

    Args:
        design: of the points.
        column: of the factor.
        parts: its parts.
        there: which points have a value, bool[points].
    """
    some = np.bincount(parts.of[there], minlength=len(parts)) > 0
    if some.sum() < 2 or design.kind not in ("grid", "futures", "points"):
        return np.zeros(len(there), dtype=np.bool_)
    _, of = np.unique(np.delete(design.shares, column, axis=1), axis=0, return_inverse=True)
    of = of.reshape(-1)
    cells = np.zeros((int(of.max()) + 1, len(parts)), dtype=np.int64)
    np.add.at(cells, (of[there], parts.of[there]), 1)
    # As often in each part: in a grid once.
    whole = (cells[:, some] == cells[:, some][:, :1]).all(axis=1) & (cells[:, some][:, 0] > 0)
    used: Flags = there & whole[of]
    return used


def _over(response: Response, parts: Parts, used: Flags, basis: Basis) -> MainEffect:
    """The mean in each part over some points, whatever the other factors are.

    The interval is Student's over the part's points, taken as draws of the other factors. The luck of the replicates
    is the same at every point and so not in it.
    """
    values = np.where(used, response.mean, np.nan)
    counts = np.bincount(parts.of[used], minlength=len(parts))
    mean, half = parts.means(values), np.full(len(parts), np.nan)
    bottom, top = half.copy(), half.copy()
    alone = bool((counts <= 1).all())
    for part in range(len(parts)):
        inside = values[used & (parts.of == part)]
        if len(inside) > 1:
            half[part] = t_quantile(len(inside) - 1) * np.std(inside, ddof=1) / np.sqrt(len(inside))
            bottom[part], top[part] = np.percentile(inside, [5, 95])
    if alone:
        half = parts.means(np.where(used, response.half, np.nan))
    ends = bounded_ends(response.outcome, mean, half)
    return MainEffect(parts, mean, *ends, bottom, top, alone, basis, int(used.sum()))


def strongest(effects: list[MainEffect], most: int) -> list[int]:
    """Columns of the factors with the greatest reach, greatest first; of equals, the earlier."""
    return sorted(range(len(effects)), key=lambda column: -round(effects[column].reach, 12))[:most]
