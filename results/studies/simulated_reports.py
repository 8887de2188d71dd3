"""What a survey would report of a simulated network: who names whom, by the same rules as in the real one."""

import numpy as np
from numpy.typing import NDArray

from scenarios.observed.waves import Waves

_LUCK = 0x5E9047
"""Sets the luck of reports apart from all other luck of a seed."""


def reports_of(
    trust: NDArray[np.float64],
    waves: Waves,
    wave: int,
    habits: NDArray[np.float64],
    *,
    seed: int,
    replicate: int,
) -> NDArray[np.float64]:
    """What each would report of each other, float[from, to].

    Where reports are exact, it is the trust, as the survey's scale has it, of all pairs. Else who did not answer that
    wave reports nothing, nan.

    Args:
        trust: in each tie, float[members, members], symmetric.
        waves: the surveys, and how ties are reported in them.
        wave: which of them.
        habits: of naming, float[members].
        seed: of the luck.
        replicate: number of the network.
    """
    if waves.reporting.is_exact:
        return waves.on_scale(trust)
    luck = np.random.default_rng([seed, replicate, wave, _LUCK])
    chance = waves.reporting.chance(trust, habits, waves.tied_from)
    drawn = luck.random(trust.shape)
    if waves.reporting.together:
        drawn = np.triu(drawn) + np.triu(drawn, 1).T
    named = drawn < chance
    # Named by mistake, a tie is told as the weakest that counts.
    told = np.where(named, np.maximum(waves.on_scale(trust), waves.weakest), 0.0)
    told[~waves.answered[wave]] = np.nan
    np.fill_diagonal(told, 0.0)
    return told
