"""Which group of uncertain keys makes how much of what is not known of an outcome.

The first-order share of a group is how much less the outcome would vary between sets of parameters if the group's keys
were known: the variance of what a regression on them lets expect, over all the variance that parameters make. A
regression explains something by luck too, so its share is adjusted for the number of its columns; luck is what two
networks with the same parameters differ by. Groups that act together only, or whose keys go together in the posterior,
make shares that do not add up to one.

Source:
    Saltelli et al. 2008, Global Sensitivity Analysis, for first-order shares of groups; Ezekiel 1930 for the adjusted
    share of a regression; Tukey 1958 for the error, by leaving out blocks. Straight lines only: a share is a lower
    bound where the outcome bends.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from results.estimates.key_groups import GROUPS, Group, group_of
from scenarios import Posterior

BLOCKS = 10
"""Of sets of parameters, each left out once for the error."""
ENOUGH = 3
"""Sets of parameters for each key of a group, below which nothing is said of it."""

Values = NDArray[np.float64]


@dataclass(frozen=True)
class GroupShare:
    """What one group makes of one outcome.

    Attributes:
        group: of keys.
        keys: that vary (count).
        share: of the variance that parameters make, 0 to 1.
        error: standard error of the share.
    """

    group: Group
    keys: int
    share: float
    error: float


def group_shares(values: Values, posterior: Posterior, first: int = 0) -> tuple[GroupShare, ...]:
    """What each group makes, the greatest first; () where parameters make nothing that can be told from luck.

    Args:
        values: an outcome, or a difference, of each replicate, float[replicates]; nan where missing.
        posterior: what the replicates live with.
        first: number of the first replicate.
    """
    particle = posterior.particles_of(first, len(values))
    there = np.isfinite(values)
    particles, place = np.unique(particle[there], return_inverse=True)
    count = np.bincount(place)
    if len(particles) < 2 * BLOCKS or not (count > 1).any():
        return ()
    means = np.bincount(place, weights=values[there]) / count
    luck = float(np.sum((values[there] - means[place]) ** 2)) / max(int(np.sum(count - 1)), 1)
    table, noise = posterior.values[particles], luck / count
    blocks = np.arange(len(particles)) % BLOCKS
    found = []
    for group in GROUPS:
        columns = [at for at, key in enumerate(posterior.keys) if group_of(key) == group]
        keys = table[:, columns]
        keys = keys[:, keys.std(axis=0) > 1e-12 * (1 + np.abs(keys).max(axis=0))] if columns else keys
        if not keys.shape[1] or len(particles) * (1 - 1 / BLOCKS) < ENOUGH * keys.shape[1] + 2:
            continue
        share = _share(keys, means, noise)
        without = [_share(keys[blocks != one], means[blocks != one], noise[blocks != one]) for one in range(BLOCKS)]
        if share is None or None in without:
            return ()
        left = np.array(without, dtype=np.float64)
        error = float(np.sqrt((BLOCKS - 1) / BLOCKS * np.sum((left - left.mean()) ** 2)))
        found.append(GroupShare(group, keys.shape[1], min(max(share, 0.0), 1.0), error))
    return tuple(sorted(found, key=lambda one: -one.share))


def _share(keys: Values, means: Values, noise: Values) -> float | None:
    """Share of the variance between sets of parameters, without luck; None where there is none to speak of."""
    sets, columns = keys.shape
    whole = float(np.var(means, ddof=1))
    parameters = whole - float(noise.mean())
    if parameters <= 0.1 * whole:  # what is left is luck's
        return None
    apart = means - means.mean()
    standard = (keys - keys.mean(axis=0)) / np.maximum(keys.std(axis=0), 1e-300)
    weights = np.linalg.lstsq(standard, apart, rcond=None)[0]
    missed = float(np.sum((apart - standard @ weights) ** 2)) / (sets - 1 - columns)
    return float((whole - missed) / parameters)
