"""Proper scores: how good a forecast was, smaller is better; the truth itself has the best expected score.

Of ensembles the *fair* estimators are taken: pairs of an ensemble are averaged over pairs of different members, so that
an ensemble of 50 has the same expected score as one of 5,000 drawn from the same forecast, and forecasts of different
size can be compared. A fair score of a few members may fall a little below 0.

Source:
    Gneiting & Raftery 2007, Strictly proper scoring rules, prediction, and estimation, JASA 102(477): CRPS, energy
    score, logarithmic and Brier score. Ferro 2014, Fair scores for ensemble forecasts, Quarterly Journal of the Royal
    Meteorological Society 140. The numbers agree with scoringrules 0.10 (tested), which is not used itself: beside
    numba it takes some seconds to import.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

MOST_PAIRS = 400
"""Members of an ensemble of vectors between which all distances are taken at a time: it bounds memory."""


def crps(ensemble: Numbers, observed: float) -> float:
    """Fair continuous ranked probability score of an ensemble float[members], in the unit of what was observed.

    Mean distance from what was observed, less half the mean distance of two different members. One member alone is a
    forecast without doubt, whose score is its distance.
    """
    return float(crps_of_each(ensemble, np.array([observed]))[0])


def crps_of_each(ensemble: Numbers, observed: Numbers) -> Numbers:
    """`crps` of the same ensemble for several values that might have been observed, float[values]."""
    ordered = np.sort(np.asarray(ensemble, dtype=np.float64))
    members = len(ordered)
    sums = np.concatenate([[0.0], np.cumsum(ordered)])
    below = np.searchsorted(ordered, observed)
    away = observed * (2 * below - members) - 2 * sums[below] + sums[-1]
    return np.asarray(away / members - _half_spread(ordered))


def _half_spread(ordered: Numbers) -> float:
    """Half the mean distance of two different members, of which one is ordered before the next; 0 of one member."""
    members = len(ordered)
    if members < 2:
        return 0.0
    weights = 2 * np.arange(members) - (members - 1)
    return float(weights @ ordered) / (members * (members - 1))


def energy_score(ensemble: Numbers, observed: Numbers) -> float:
    """Fair energy score of an ensemble of vectors float[members, components]; of one component it is the CRPS."""
    if ensemble.shape[1] == 1:
        return crps(ensemble[:, 0], float(observed[0]))
    members = len(ensemble)
    away = float(np.linalg.norm(ensemble - observed, axis=1).mean())
    if members < 2:
        return away
    apart = 0.0
    for first in range(0, members, MOST_PAIRS):
        some = ensemble[first : first + MOST_PAIRS]
        apart += float(np.linalg.norm(some[:, None] - ensemble[None], axis=2).sum())
    return away - apart / (2 * members * (members - 1))


def smoothed(chance: Numbers, networks: int) -> Numbers:
    """A chance counted in so many networks, with half a network added to either side, so that it is never 0 or 1.

    hits of n become (hits + .5) / (n + 1).
    """
    return np.asarray((chance * networks + 0.5) / (networks + 1))


def log_score(chance: Numbers, happened: NDArray[np.bool_], networks: int) -> Numbers:
    """Minus the logarithm of the chance given to what happened, float[events]; 0 is best.

    Args:
        chance: that each event happens.
        happened: whether it did.
        networks: of which the chances are shares: they are `smoothed` by as many.
    """
    given = smoothed(chance, networks)
    return np.asarray(-np.log(np.where(happened, given, 1 - given)))


def brier_score(chance: Numbers, happened: NDArray[np.bool_], networks: int | None = None) -> Numbers:
    """Squared distance of each chance from 1 where the event happened, else from 0, float[events]; 0 is best.

    Args:
        chance: that each event happens.
        happened: whether it did.
        networks: of which the chances are shares, two at least: what the luck of so few adds is taken off (fair); None
            where the chances are not counted.
    """
    luck = 0.0 if networks is None else chance * (1 - chance) / (networks - 1)
    return np.asarray((chance - happened) ** 2 - luck)


def auc(chance: Numbers, happened: NDArray[np.bool_]) -> float:
    """Chance that of two events, one that happened and one that did not, the first was given the higher chance.

    Equal chances count half. .5 is no better than a coin; nan where all events happened, or none.

    Source:
        Mann & Whitney 1947, Annals of Mathematical Statistics 18(1), by ranks with ties averaged.
    """
    yes = int(np.count_nonzero(happened))
    no = len(happened) - yes
    if not yes or not no:
        return nan
    return float((ranks(chance)[happened].sum() - yes * (yes + 1) / 2) / (yes * no))


def ranks(values: Numbers) -> Numbers:
    """Ranks from 1 on, float[values]; equal values share the mean of theirs."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    return np.asarray((last - (count - 1) / 2)[place], dtype=np.float64)


@dataclass(frozen=True)
class Bin:
    """Events that were given about the same chance, and how many of them happened.

    Attributes:
        low: least chance of the bin.
        high: its greatest; the bin holds it only if it is 1.
        events: in it (count).
        mean_chance: mean of the chances given to them; nan without any.
        happened: share of them that happened; nan without any.
    """

    low: float
    high: float
    events: int
    mean_chance: float
    happened: float


def calibration(chance: Numbers, happened: NDArray[np.bool_], edges: Sequence[float] | int = 10) -> tuple[Bin, ...]:
    """The calibration curve: of the events given a chance, did about that share happen?

    Args:
        chance: of each event.
        happened: whether it did.
        edges: of the bins, ascending from 0 to 1, or how many bins of the same width.
    """
    ends: Any = np.linspace(0, 1, edges + 1) if isinstance(edges, int) else np.asarray(edges, dtype=np.float64)
    place = np.clip(np.searchsorted(ends, chance, side="right") - 1, 0, len(ends) - 2)
    bins = []
    for number, (low, high) in enumerate(zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True)):
        mine = place == number
        events = int(np.count_nonzero(mine))
        means = (float(chance[mine].mean()), float(happened[mine].mean())) if events else (nan, nan)
        bins.append(Bin(low, high, events, *means))
    return tuple(bins)


def skill(score: float, reference: float) -> float:
    """1 - score / reference's: 1 is perfect, 0 no better than the reference, below 0 worse.

    Against a reference without any error nothing has skill: 0 where the score is perfect too, else minus infinity.
    """
    if reference > 0:
        return 1 - score / reference
    return 0.0 if score <= reference else -np.inf
