"""What it would be worth to know: by how much a choice among plans would improve if one uncertainty were settled.

Whoever knows nothing more chooses the plan that is best on average. Whoever knew a parameter would choose by it, and
gain the difference:

    worth(k) = E_k[ max over plans of E[value | k] ] - max over plans of E[value]

The inner mean is taken over parts of the parameter's range. Even where it tells nothing, luck makes some plan the best
in each part; so each future is judged by a choice that the other futures of its part have made. Whether anything is
left is asked by shuffling the parameters over the futures, all in the same way: what the best of them gains by that is
what luck gives whoever looks at so many.

Source:
    Raiffa & Schlaifer 1961, Applied statistical decision theory; Strong & Oakley 2013, An efficient method for
    computing single-parameter partial expected value of perfect information, Medical Decision Making 33 (parts of the
    range); Stone 1974, Cross-validatory choice, J. R. Stat. Soc. B 36 (judged by the others). Ours: the two together.
    Westfall & Young 1993, Resampling-based multiple testing (the best of all, shuffled). Strong, Oakley & Brennan
    2014, Medical Decision Making 34 (groups, by regression); Tukey 1958 (errors, by leaving out blocks).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import ceil, nan

import numpy as np
from numpy.typing import NDArray

from results.deciding.robustness import Robustness, Values
from results.estimates.factor_bins import parts_of
from results.estimates.group_shares import BLOCKS, ENOUGH
from results.estimates.key_groups import Group, group_of
from results.estimates.sums import exact_mean
from scenarios import KEYS
from scenarios.designs.design import Design
from scenarios.schema.whole_numbers import whole_number

SHUFFLES = 399
"""Times that the parameters are shuffled over the futures."""
AT_ONCE = 50_000
"""Numbers worked on at a time: plans, times futures, times orders of them."""
SURE = 0.05
"""Chance at which the best of all parameters, shuffled, may look as good as what was found."""


@dataclass(frozen=True)
class Worth:
    """What it would be worth to know one uncertainty.

    Attributes:
        key: dotted key.
        worth: in the outcome's unit, on average over futures; 0 or more.
        changes: share of the futures in which another plan would be chosen.
        p: chance that shuffling gives as much.
        is_clear: whether even the best of all parameters, shuffled, seldom gives as much.
        changed: futures in which another plan would be chosen (count).
        error: standard error of `worth`, by leaving out a tenth of the futures at a time.
    """

    key: str
    worth: float
    changes: float
    p: float
    is_clear: bool
    changed: int = 0
    error: float = nan


@dataclass(frozen=True)
class GroupWorth:
    """What it would be worth to know all uncertainties of one group.

    Attributes:
        group: of keys.
        keys: that vary (count).
        worth: in the outcome's unit, on average over futures; 0 or more.
        error: standard error of it.
        changed: futures in which another plan would be chosen (count).
        p: chance that shuffling gives as much.
        is_clear: whether even the best of all groups, shuffled, seldom gives as much.
    """

    group: Group
    keys: int
    worth: float
    error: float
    changed: int
    p: float
    is_clear: bool


@dataclass(frozen=True)
class Information:
    """What it would be worth to know.

    Attributes:
        everything: to know the future itself, in the outcome's unit: the mean regret of the plan chosen without. Luck
            that is left in single futures makes it look greater.
        chosen: the plan that is chosen without.
        keys: every uncertainty, what is worth most first.
        groups: uncertainties that somebody could find out about together, likewise; those with so many keys that the
            futures are too few for them are left out.
    """

    everything: float
    chosen: str
    keys: tuple[Worth, ...]
    groups: tuple[GroupWorth, ...] = ()


def worth_knowing(found: Robustness, futures: Design, *, seed: int = 1) -> Information:
    """What it would be worth to know each factor of the futures.

    Args:
        found: plans over the futures.
        futures: the futures alone, a point each; see `robustness.futures_of`.
        seed: of the shuffling.
    """
    gains, chosen = found.gains, found.chosen
    luck = np.random.default_rng(whole_number("seed", seed, high=None))
    orders = np.array([luck.permutation(gains.shape[1]) for _ in range(SHUFFLES)])
    stretches = np.array_split(orders, min(SHUFFLES, ceil(orders.size * len(gains) / AT_ONCE)))
    keys: list[tuple[str, float, int, float, float]] = []
    best = np.full(SHUFFLES, -np.inf)
    for column, factor in enumerate(futures.factors):
        parts = parts_of(futures, column).of[found.futures]
        if len(np.unique(parts)) < 2:
            continue
        (worth,), (changed,) = (found.tolist() for found in _worth(gains, parts[None], chosen))
        shuffled = np.concatenate([_worth(gains, parts[stretch], chosen)[0] for stretch in stretches])
        best = np.maximum(best, shuffled)
        error = _error(partial(_of_some, gains, parts, chosen), len(parts))
        keys.append((factor.key, worth, changed, _share(shuffled, worth), error))
    count = gains.shape[1]
    ranked = sorted(
        (
            Worth(key, max(0.0, worth), changed / count, p, _share(best, worth) <= SURE, changed, error)
            for key, worth, changed, p, error in keys
        ),
        key=lambda one: (-one.worth, one.key),
    )
    everything = exact_mean(gains.max(axis=0) - gains[chosen])
    return Information(everything, found.plans[chosen], tuple(ranked), _groups(found, futures, orders))


def _groups(found: Robustness, futures: Design, orders: NDArray[np.int64]) -> tuple[GroupWorth, ...]:
    """What it would be worth to know each group of uncertainties."""
    members: dict[Group, list[int]] = {}
    for column, factor in enumerate(futures.factors):
        if factor.key in KEYS and factor.is_numeric:
            members.setdefault(group_of(factor.key), []).append(column)
    more = found.gains - found.gains[found.chosen]
    measured: list[tuple[Group, int, float, float, int, float]] = []
    best = np.full(len(orders), -np.inf)
    for group, columns in members.items():
        values = [
            [futures.factors[column].value(share) for share in futures.shares[found.futures, column].tolist()]
            for column in columns
        ]
        keys = np.array(values, dtype=np.float64).T
        keys = keys[:, np.ptp(keys, axis=0) > 0]
        if not keys.shape[1] or keys.shape[0] * (1 - 1 / BLOCKS) < ENOUGH * keys.shape[1] + 2:
            continue
        worth, changed = _by_regression(keys, more)
        error = _error(partial(_of_some_by_regression, keys, more), len(keys))
        shuffled = np.array([_by_regression(keys, more[:, order])[0] for order in orders])
        best = np.maximum(best, shuffled)
        measured.append((group, keys.shape[1], worth, error, changed, _share(shuffled, worth)))
    several = [
        GroupWorth(group, keys, max(0.0, worth), error, changed, p, _share(best, worth) <= SURE)
        for group, keys, worth, error, changed, p in measured
    ]
    return tuple(sorted(several, key=lambda one: (-one.worth, one.group)))


def _by_regression(keys: Values, more: Values) -> tuple[float, int]:
    """What is gained by choosing as a regression on the keys says, and in how many futures that is another plan.

    The regression is that of all other futures: its prediction for a future leaves that one out.
    """
    apart = (keys - keys.mean(axis=0)) / np.maximum(keys.std(axis=0), 1e-300)
    basis = np.linalg.qr(np.column_stack([np.ones(len(keys)), apart]))[0]
    own = np.minimum(np.sum(basis**2, axis=1), 1 - 1e-9)
    predicted = ((basis @ (basis.T @ more.T)).T - own * more) / (1 - own)
    best = np.where(predicted.max(axis=0) > 1e-12, np.argmax(predicted, axis=0), -1)
    gained = np.where(best >= 0, more[best, np.arange(more.shape[1])], 0.0)
    return exact_mean(gained), int(np.count_nonzero(best >= 0))


def _of_some(gains: Values, parts: NDArray[np.int64], chosen: int, kept: NDArray[np.bool_]) -> float:
    return float(_worth(gains[:, kept], parts[None, kept], chosen)[0][0])


def _of_some_by_regression(keys: Values, more: Values, kept: NDArray[np.bool_]) -> float:
    return _by_regression(keys[kept], more[:, kept])[0]


def _error(worth: Callable[[NDArray[np.bool_]], float], count: int) -> float:
    """Standard error by leaving out a tenth of the futures at a time; nan with fewer than that."""
    if count < 2 * BLOCKS:
        return nan
    blocks = np.arange(count) % BLOCKS
    left = np.array([worth(np.asarray(blocks != block)) for block in range(BLOCKS)])
    return float(np.sqrt((BLOCKS - 1) / BLOCKS * np.sum((left - left.mean()) ** 2)))


def _share(shuffled: NDArray[np.float64], worth: float) -> float:
    """How often shuffling gives as much, what was found counted as one more of it."""
    return float(1 + np.count_nonzero(shuffled >= worth)) / (1 + len(shuffled))


def _worth(gains: Values, parts: NDArray[np.int64], chosen: int) -> tuple[Values, NDArray[np.int64]]:
    """What is gained by choosing in each part by its other futures, and in how many of them that is another plan.

    Args:
        gains: float[plans, futures].
        parts: part of each future, in one order of them or in many at once, int[orders, futures].
        chosen: the plan that is chosen without.

    Returns:
        What is gained, float[orders], and the number of futures, int[orders].
    """
    more = gains - gains[chosen]
    bins = parts + (1 + parts.max()) * np.arange(len(parts))[:, None]
    sums = np.array([np.bincount(bins.ravel(), weights=np.tile(row, len(parts))) for row in more])
    others = sums[:, bins] - more[:, None]
    others[chosen] = 0.0  # it is kept unless another is better by the others
    best = np.argmax(np.where(others > 0, others, 0.0), axis=0)
    best = np.where(others.max(axis=0) > 0, best, chosen)
    gained = more[best, np.arange(gains.shape[1])]
    return np.array([exact_mean(one) for one in gained]), np.sum(best != chosen, axis=1)
