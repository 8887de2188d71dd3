"""Which points to add: those that tell most about an outcome everywhere, or about where it reaches a threshold.

Among many candidates each point is taken that lowers the emulator's variance most, summed over the space; toward a
threshold each place of the space counts by how likely the outcome is to be right at the threshold there. How a point
lowers variance does not depend on what comes out at it, so that several can be chosen before any of them is run.

Source:
    Sacks, Welch, Mitchell & Wynn 1989, Statistical Science 4(4), doi:10.1214/ss/1177012413 (integrated variance);
    Picheny, Ginsbourger, Roustant, Haftka & Kim 2010, Journal of Mechanical Design 132(7), doi:10.1115/1.4001873
    (targeted integrated variance).
"""

import numpy as np
from numpy.typing import NDArray

from results.emulators.process import Process

Values = NDArray[np.float64]
LOOK_AROUND = 10
"""One of so many points is chosen for the whole space: the threshold may be reached where nobody expects it. Ours."""


def next_points(
    process: Process, candidates: Values, count: int, *, threshold: float | None = None
) -> NDArray[np.int64]:
    """Choose among candidates, which stand for the space too.

    Args:
        process: what is known by now.
        candidates: float[candidates, columns].
        count: how many are wanted, at the most all candidates.
        threshold: of the outcome; None where it is to be known everywhere.

    Returns:
        Places of those that are chosen, in the order in which they were.
    """
    mean, _ = process.predict_with_error(candidates)
    scaled = (mean - process.middle) / process.spread
    known = process.covariance(candidates, candidates)
    luck = process.rough + float(np.median(process.luck)) + 1e-9
    chosen: list[int] = []
    for turn in range(min(count, len(candidates))):
        variance = np.maximum(np.diag(known), 1e-12)
        weight = np.ones(len(candidates))
        if threshold is not None and turn % LOOK_AROUND != LOOK_AROUND - 1:
            far = (scaled - (threshold - process.middle) / process.spread) ** 2 / variance
            weight = np.exp(-0.5 * far) / np.sqrt(variance)
        gain = (weight @ known**2) / (variance + luck)
        gain[chosen] = -np.inf
        best = int(np.argmax(gain))
        chosen.append(best)
        column = known[:, best].copy()
        known -= np.outer(column, column / (variance[best] + luck))
    return np.array(chosen, dtype=np.int64)


def sides(process: Process, places: Values, threshold: float) -> Values:
    """Chance that the outcome reaches a threshold at each place, as far as the emulator knows, float[places]."""
    from scipy.special import ndtr

    mean, error = process.predict_with_error(places)
    return np.asarray(ndtr((mean - threshold) / np.maximum(error, 1e-300)))
