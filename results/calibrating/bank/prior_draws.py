"""Sets of parameters drawn from their priors, each by its number alone: a bank of them can be stopped, and can grow."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from results.calibrating.posterior_summary import Free

STREAM = 0x62616E6B
"""Word of the key that tells these draws from all others of the same seed."""

Values = NDArray[np.float64]


def unit_draw(free: Sequence[Free], number: int, *, seed: int, attempt: int = 0) -> Values:
    """Where draw `number` lies between the ends of the priors, from 0 to 1, float[parameters].

    Args:
        free: the parameters.
        number: of the draw.
        seed: of the bank.
        attempt: how often the draw was refused, because its values cannot stand together.
    """
    luck = np.random.Generator(np.random.Philox(key=[seed, STREAM], counter=[0, 0, attempt, number]))
    return luck.random(len(free))


def from_unit(free: Sequence[Free], unit: Values) -> Values:
    """Values in the parameters' units, float[..., parameters]; of whole numbers each has the same share of the unit."""
    low = np.array([one.low for one in free])
    high = np.array([one.high for one in free])
    whole = np.array([one.whole for one in free])
    even = np.minimum(np.floor(low + unit * (high - low + 1)), high)
    return np.asarray(np.where(whole, even, low + unit * (high - low)))


def centred(free: Sequence[Free], values: Values) -> Values:
    """The values as regressions take them: -1 at the lower end of the prior, 1 at its upper end."""
    low = np.array([one.low for one in free])
    high = np.array([one.high for one in free])
    return np.asarray(2 * (values - low) / (high - low) - 1)
