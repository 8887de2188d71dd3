"""A response: what one outcome does over the points of a design."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from results.student import t_quantile
from scenarios.design import Design


@dataclass(frozen=True, eq=False)
class Response:
    """One outcome at every point of a design, replicate by replicate; the luck of a replicate is the same everywhere.

    Attributes:
        design: the points.
        outcome: name of the outcome, one of `simulation.outcomes.NAMES` where it comes from the model.
        values: float[points, replicates], such that the mean over replicates is the estimate at a point: the outcome
            itself, or a ratio linearized (`results.comparison`). nan where it is missing; a whole row of nan where the
            point failed or has no value.
    """

    design: Design
    outcome: str
    values: NDArray[np.float64]

    @property
    def replicates(self) -> int:
        """Replicates at each point (count)."""
        return int(self.values.shape[1])

    @property
    def present(self) -> NDArray[np.int64]:
        """Replicates that have a value, int[points]."""
        counts: NDArray[np.int64] = np.sum(~np.isnan(self.values), axis=1)
        return counts

    @property
    def mean(self) -> NDArray[np.float64]:
        """Estimate at each point, float[points]; nan where there is none."""
        present = self.present
        return np.where(present > 0, np.nansum(self.values, axis=1) / np.maximum(present, 1), np.nan)

    @property
    def half(self) -> NDArray[np.float64]:
        """Half the 95 % t interval of the mean at each point, float[points]; nan with fewer than two replicates."""
        present = self.present
        apart = np.nansum((self.values - self.mean[:, None]) ** 2, axis=1)
        sure = np.maximum(present, 2)
        quantiles = {int(count): t_quantile(int(count) - 1) for count in np.unique(sure)}
        quantile = np.array([quantiles[int(count)] for count in sure])
        return np.where(present > 1, quantile * np.sqrt(apart / (sure - 1) / sure), np.nan)
