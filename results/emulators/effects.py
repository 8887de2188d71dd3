"""What each input does to what an emulator has learned: first and total effects by Saltelli's and Jansen's estimators.

Source:
    Saltelli et al. 2010, doi:10.1016/j.cpc.2009.09.018, and Jansen 1999 (estimators).
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
DRAWS = 1024
"""Points of the sequence at which the emulator is asked, for each input once more."""


def draws(inputs: Values, ranges: Sequence[bool], seed: int) -> tuple[Values, Values]:
    """Two independent samples of the inputs, each input by itself, float[DRAWS, inputs] each.

    Args:
        inputs: float[points, inputs], numbers or codes of levels.
        ranges: of each input, whether any number between its values may be; else it is drawn from its values.
        seed: of the sequence.
    """
    from scipy.stats import qmc

    count, wide = inputs.shape
    shares = qmc.Sobol(2 * wide, rng=np.random.default_rng(seed)).random(DRAWS)
    columns = []
    for place in range(2 * wide):
        column, share = np.sort(inputs[:, place % wide]), shares[:, place]
        if ranges[place % wide]:
            columns.append(column[0] + share * (column[-1] - column[0]))
        else:
            columns.append(column[np.minimum((share * count).astype(np.int64), count - 1)])
    drawn = np.column_stack(columns)
    return drawn[:, :wide], drawn[:, wide:]


def effects(predict: Callable[[Values], Values], drawn: tuple[Values, Values], sets: Sequence[Sequence[int]]) -> Values:
    """First and total effect of each set of inputs, as shares of the variance, float[2, sets].

    Args:
        predict: float[points, inputs] -> float[points].
        drawn: two independent samples of the inputs.
        sets: places of the inputs that are taken together.
    """
    one, other = drawn
    at_one, at_other = (np.asarray(predict(some), dtype=np.float64) for some in drawn)
    variance = max(float(np.var(np.concatenate([at_one, at_other]))), 1e-300)
    found = np.empty((2, len(sets)))
    for at, places in enumerate(sets):
        mixed = one.copy()
        mixed[:, list(places)] = other[:, list(places)]
        apart = np.asarray(predict(mixed), dtype=np.float64)
        found[0, at] = 1 - float(np.mean((at_other - apart) ** 2)) / (2 * variance)
        found[1, at] = float(np.mean((at_one - apart) ** 2)) / (2 * variance)
    return found
