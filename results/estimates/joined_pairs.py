"""Pairs that one member alone joins: what a broker is for, counted in pairs."""

import numpy as np
from numpy.typing import NDArray


def joined_only_through(tied: NDArray[np.float64]) -> NDArray[np.int64]:
    """Pairs of each one's partners that have no tie, and nobody else as a partner of both, int[..., members].

    Args:
        tied: 1 where two have a tie, else 0; symmetric, 0 on the diagonal, float[..., members, members].
    """
    members = tied.shape[-1]
    lone = ((tied @ tied == 1) & (tied == 0) & ~np.eye(members, dtype=np.bool_)).astype(np.float64)
    pairs = ((tied @ lone) * tied).sum(axis=-1) / 2
    return np.asarray(np.rint(pairs), dtype=np.int64)
