"""How far a point lies from a cloud of simulated ones, and how many of them lie as far."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_FLAT = 1e-6
"""Share of the widest direction's width below which a cloud is flat in a direction: what is left there is rounding."""
_SAME = 1e-9
"""Relative difference of two distances that is rounding."""


@dataclass(frozen=True, eq=False)
class Cloud:
    """Simulated values of a statistic, turned and stretched so that they spread alike in each direction they vary in.

    Attributes:
        centre: their mean, float[components].
        scale: their spread, float[components]; 1 where they do not vary.
        turn: columns are the directions in which they vary, float[components, directions].
        width: of the cloud in each, float[directions].
        at: where each lies, float[values, directions]: orthonormal columns.
    """

    centre: NDArray[np.float64]
    scale: NDArray[np.float64]
    turn: NDArray[np.float64]
    width: NDArray[np.float64]
    at: NDArray[np.float64]

    def place(self, points: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Where points float[points, components] lie, float[points, directions], and whether outside of all of them."""
        away = (points - self.centre) / self.scale
        along = away @ self.turn
        outside: NDArray[np.bool_] = np.any(np.abs(away - along @ self.turn.T) > _FLAT, axis=1)
        return along / self.width, outside

    def shadow(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points float[points, components] as far as the cloud varies: what they differ in besides is taken away."""
        return np.asarray(self.centre + (points - self.centre) / self.scale @ self.turn @ self.turn.T * self.scale)

    def distances(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Mahalanobis distance of each point from the mean of the cloud, by the covariance of the cloud, float[points].

        inf for a point that differs where no simulated value does: the inverse of the covariance is the pseudo-inverse
        in the directions in which the cloud varies.
        """
        at, outside = self.place(points)
        return np.where(outside, np.inf, np.sqrt((at**2).sum(axis=1) * (len(self.at) - 1)))

    def p_values(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Chance of a point at least as far out, if points came from where the cloud came from, float[points].

        p = (1 + simulated values at least as far) / (1 + simulated values).

        Distances are taken from mean and covariance of the cloud and the point together. Against those of the cloud
        alone, an honest point lies a little farther out than the simulated, which have pulled mean and covariance
        towards them, and is rejected too often; together they are exchangeable, and p is exact.

        Source:
            The Monte Carlo test of Lospinoso & Snijders 2019, doi:10.1177/2059799119884282. Ours: the point among
            the simulated, and the 1 on both sides, by which p is never 0 (Davison & Hinkley 1997, Bootstrap Methods
            and their Application, 4.2).
        """
        n = len(self.at)
        at, outside = self.place(points)
        length = (at**2).sum(axis=1)[:, None]
        # Sherman & Morrison: the covariance with one point more, without inverting it again for each point.
        part = n / (n + 1)
        inner = at @ self.at.T
        far = _joint((self.at**2).sum(axis=1) - 2 * inner / (n + 1) + length / (n + 1) ** 2,
                     inner - length / (n + 1), length, part)  # fmt: skip
        own = _joint(length * part**2, length * part, length, part)
        as_far = (far >= own * (1 - _SAME) - _SAME / n).sum(axis=1)
        return (1 + np.where(outside, 0, as_far)) / (1 + n)


def _joint(squared: Any, inner: Any, length: Any, part: float) -> Any:
    """Squared distance with the point in the covariance."""
    return squared - part * inner**2 / (1 + part * length)


def cloud_of(values: NDArray[np.float64]) -> Cloud:
    """The cloud of simulated values, float[values, components]; two values at least."""
    constant = np.ptp(values, axis=0) == 0
    centre = np.where(constant, values[0], values.mean(axis=0))
    away = values - centre
    scale = np.where(constant, 1.0, away.std(axis=0))
    at, width, turned = np.linalg.svd(away / scale, full_matrices=False)
    varies = width > _FLAT * max(float(width.max(initial=0.0)), 1e-300)
    return Cloud(centre, scale, turned[varies].T, width[varies], at[:, varies])
