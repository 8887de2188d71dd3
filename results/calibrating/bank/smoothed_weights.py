"""Draws made to stand for another distribution by weights; the greatest are smoothed, and it is said if that fails.

Few draws may weigh nearly all. The greatest weights are replaced by what a generalized Pareto distribution fitted to
them expects; its shape tells how heavy their tail is, and so whether means of so many draws can be trusted.

Source:
    Vehtari, Simpson, Gelman, Yao & Gabry 2024, JMLR 25(72): smoothing, and the shape up to which weights are trusted.
    Zhang & Stephens 2009, Technometrics 51(3): the fit.
"""

from dataclasses import dataclass
from math import ceil, log10

import numpy as np
from numpy.typing import NDArray

FEWEST = 5
"""Weights in the tail (count); of fewer no shape is told."""
GRID = 30
"""Places at which the fit is tried, besides the root of the number of weights (count)."""

Values = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Weights:
    """Of some draws.

    Attributes:
        each: float[draws], of the sum 1.
        shape: of the tail; infinite where nothing can be said of it.
    """

    each: Values
    shape: float

    @property
    def effective(self) -> float:
        """Independent draws that they are worth (Kish)."""
        return float(1 / np.sum(self.each**2))

    @property
    def trusted(self) -> bool:
        """Whether the tail is light enough for so many draws."""
        return self.shape < min(0.7, 1 - 1 / log10(max(len(self.each), 11)))


def smoothed(logs: Values) -> Weights:
    """Weights of some logarithms, the greatest of them smoothed.

    Args:
        logs: float[draws], any constant added; -infinity for draws that do not count.
    """
    raw = np.exp(logs - logs.max())
    each, order = raw.copy(), np.argsort(raw, kind="stable")
    tail = ceil(min(0.2 * len(raw), 3 * len(raw) ** 0.5))
    least = raw[order[-tail - 1]]
    above = raw[order[-tail:]] - least
    if above[-1] <= 1e-9:  # all weigh the same, so there is no tail
        return Weights(each / each.sum(), -np.inf)
    if tail < FEWEST or least <= 0 or above[_quarter(tail)] <= 0:
        return Weights(each / each.sum(), np.inf)
    shape, scale = _pareto(above)
    places = (np.arange(tail) + 0.5) / tail
    expected = scale * (np.expm1(-shape * np.log1p(-places)) / shape if abs(shape) > 1e-9 else -np.log1p(-places))
    each[order[-tail:]] = np.minimum(least + expected, 1.0)
    return Weights(each / each.sum(), shape)


def _pareto(above: Values) -> tuple[float, float]:
    """Shape and scale of a generalized Pareto distribution, of sorted positive values."""
    count = len(above)
    tried = np.arange(1, GRID + int(count**0.5) + 1) - 0.5
    rates = 1 / above[-1] + (1 - np.sqrt(len(tried) / tried)) / (3 * above[_quarter(count)])
    shapes = np.log1p(-rates[:, None] * above).mean(axis=1)
    logs = count * (np.log(-rates / shapes) - shapes - 1)
    likely = np.exp(logs - logs.max())
    rate = float(np.sum(rates * likely) / likely.sum())
    shape = float(np.log1p(-rate * above).mean())
    scale = -shape / rate
    return (shape * count + 5) / (count + 10), scale  # ten values that say one half, for few say little


def _quarter(count: int) -> int:
    return int(count / 4 + 0.5) - 1
