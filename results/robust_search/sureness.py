"""How sure a score of robustness is: over the futures drawn, and what two plans are apart in the same futures."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import ceil, nan, sqrt

import numpy as np
from numpy.typing import NDArray

from results.estimates.quantiles import t_quantile
from results.estimates.sums import sum_rows
from results.robust_search import criteria
from results.robust_search.criteria import WORST, Values, quantile
from scenarios.schema.measured import wilson

RESAMPLES = 1000
"""Times that futures are drawn again."""
FEWEST = 10
"""Futures below which drawing them again says nothing."""
SEED = 20_151  # of the resampling; the same for every plan, so that plans are compared in the same futures


@dataclass(frozen=True)
class Score:
    """A number with its interval; nan where there is none.

    Attributes:
        value: as it is.
        low: lower end of the interval.
        high: its upper end.
    """

    value: float
    low: float = nan
    high: float = nan

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves 0 out, of a difference."""
        return self.low > 0 or self.high < 0


@cache
def resamples(futures: int) -> NDArray[np.int64]:
    """Futures drawn again with replacement, int[RESAMPLES, futures]."""
    return np.random.default_rng(SEED).integers(futures, size=(RESAMPLES, futures))


def by_resampling(score: Callable[[Values], Values], values: Values) -> Score:
    """A score of one plan, and its 95 % interval by the bootstrap over futures.

    Percentiles of the scores of all resamples; of the worst tenth Student's t with their standard error, and as many
    degrees of freedom as it has futures less one: of few futures in the tail the percentiles are too narrow.

    Args:
        score: of values, float[..., futures].
        values: float[futures].

    Source:
        Efron & Tibshirani 1993, An introduction to the bootstrap, ch. 12 and 13. Ours, measured on a normal with 50,
        100, 200 and 400 futures: intervals of the worst tenth hold the truth in 92, 93, 94 and 94 of 100, by
        percentiles in 81, 88, 92 and 93. Futures have luck of their own, so that what luck is left in a future is in
        the interval too.
    """
    drawn = _drawn(score, values)
    value = float(score(values))
    if drawn is None:
        return Score(value)
    if score is not criteria.worst_tenth:
        return Score(value, float(quantile(drawn, 0.025)), float(quantile(drawn, 0.975)))
    return _around(value, drawn, _freedom(score, len(values)), 1)


def difference_by_resampling(score: Callable[[Values], Values], one: Values, other: Values, several: int = 1) -> Score:
    """What a plan's score has more than another's, both over the same futures drawn again.

    The interval is that of Student's t with the bootstrap's standard error: so far out as several of them at a time
    need it, a thousand resamples have no percentiles.
    """
    apart = float(score(one)) - float(score(other))
    ours, theirs = _drawn(score, one), _drawn(score, other)
    if ours is None or theirs is None:
        return Score(apart)
    return _around(apart, ours - theirs, _freedom(score, len(one)), several)


def _freedom(score: Callable[[Values], Values], futures: int) -> int:
    """Degrees of freedom: of the worst tenth by its futures, of all else by all of them."""
    return (ceil(WORST * futures) if score is criteria.worst_tenth else futures) - 1


def _around(value: float, drawn: Values, freedom: int, several: int) -> Score:
    if freedom < 1:
        return Score(value)
    middle = float(sum_rows(drawn)) / len(drawn)
    error = sqrt(float(sum_rows((drawn - middle) ** 2)) / (len(drawn) - 1))
    reach = t_quantile(freedom, several) * error
    return Score(value, value - reach, value + reach)


def share(met: NDArray[np.bool_]) -> Score:
    """A share of futures with its 95 % Wilson interval."""
    count = int(met.sum())
    low, high = wilson(count, len(met))
    return Score(count / len(met), low, high)


def difference_of_shares(one: NDArray[np.bool_], other: NDArray[np.bool_], several: int = 1) -> Score:
    """What a plan's share of futures has more than another's, from the futures in which only one of them holds.

    With n futures, b in which only the one holds and c in which only the other does, and b' = b + 1, c' = c + 1,
    n' = n + 2:

        (b' - c') / n' +- t(n' - 1) sqrt((b' + c') / n' - ((b' - c') / n')^2) / sqrt(n')

    Where b and c are 0 the two are the same in every future drawn, and the interval still says how far they may be
    apart in others. The value is the plain difference.

    Source: Bonett & Price 2012, J. Educ. Behav. Stat. 37, doi:10.3102/1076998611411915 (paired, adjusted Wald;
    with the normal's quantile instead of Student's).
    """
    futures = len(one)
    only_one, only_other = int((one & ~other).sum()), int((other & ~one).sum())
    b, c, n = only_one + 1, only_other + 1, futures + 2
    middle = (b - c) / n
    reach = t_quantile(futures + 1, several) * sqrt(((b + c) / n - middle**2) / n)
    return Score((only_one - only_other) / futures, max(-1.0, middle - reach), min(1.0, middle + reach))


def _drawn(score: Callable[[Values], Values], values: Values) -> Values | None:
    """The score of every resample, float[RESAMPLES]; None of too few futures."""
    if len(values) < FEWEST:
        return None
    return score(values[resamples(len(values))])
