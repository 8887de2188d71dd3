"""How likely what was observed is under what the model predicts: one number a parameter set, for calibration.

The model is asked a handful of virtual studies a set. What they find is summed up by its mean and its spread, and the
fact is compared with that: a synthetic likelihood. For
  a count, of what it is out of   the beta-binomial with the studies' mean and variance (binomial if they vary less);
  a value with an interval        the normal around the pooled value, with the spread of the interval and that of the
                                  studies together, for one study has luck of its own; ratios on a logarithmic scale;
  a range without a value         the chance to land inside, see `range_likelihood`;
  anything of which studies often cannot tell   the share of studies that land inside.

Source:
    Wood 2010, Statistical inference for noisy nonlinear ecological dynamic systems, Nature 466: synthetic likelihood.
    Ours: the beta-binomial for counts, so that few studies of a binomial give the binomial.
"""

from collections.abc import Iterable, Sequence
from math import fsum, isfinite, lgamma, log, pi, sqrt

import numpy as np
from numpy.typing import NDArray

from results.calibrating.range_likelihood import VALUES, is_a_range, log_chance_inside
from results.studies.landing import landed, log_score
from results.studies.measures import rate, statistic
from results.studies.scales import observed_normal, on_scale
from results.studies.virtual_studies import Prediction
from scenarios.observed.study import Pattern

FLOOR = -40.0
"""Least log likelihood of one pattern: impossible is as bad as e^-40, so that the worst sets can still be ranked."""
TOLD = 0.8
"""Share of the studies that must have a finite answer for their mean and spread to be used."""


def log_likelihood(predictions: Iterable[Prediction]) -> float:
    """Log likelihood of all patterns, taken as independent given the parameters; of predictions of one set each.

    Predictions that `range_likelihood.with_values` added are no patterns of their own.
    """
    patterns = list(predictions)
    values = {(one.study, one.pattern.id): one for one in patterns if one.pattern.id.endswith(VALUES)}
    return fsum(
        of_pattern(one, values.get((one.study, one.pattern.id + VALUES)))
        for one in patterns
        if not one.pattern.id.endswith(VALUES)
    )


def of_pattern(prediction: Prediction, values: Prediction | None = None) -> float:
    """Log likelihood of one pattern.

    Args:
        prediction: of one set of parameters.
        values: of a share of networks in a range, the networks' own values.
    """
    pattern, draws = prediction.pattern, prediction.draws.ravel()
    observed = pattern.observed
    if observed.successes is not None and observed.of is not None and pattern.statistic == "value":
        told = draws[np.isfinite(draws)]
        if not len(told):
            return FLOOR
        return max(FLOOR, beta_binomial(observed.successes, observed.of, *_moments(told)))
    found = on_scale(pattern, draws)
    told = found[np.isfinite(found)]
    if is_a_range(pattern) and len(told) >= TOLD * len(found):
        return max(FLOOR, log_chance_inside(prediction, values))
    if observed.value is None or observed.low is None or observed.high is None:
        return max(FLOOR, log_score(landed(pattern, draws)))
    counts = prediction.counts.reshape(-1, *prediction.counts.shape[2:])
    middle, error = pooled(pattern, counts)
    if len(told) < TOLD * len(found) or not isfinite(middle):
        return max(FLOOR, log_score(landed(pattern, draws)))
    value, spread = observed_normal(pattern, observed)
    luck = float(np.var(told, ddof=1)) if len(told) > 1 else 0.0
    return max(FLOOR, normal(value, middle, sqrt(spread**2 + luck + error**2)))


def pooled(pattern: Pattern, counts: NDArray[np.float64]) -> tuple[float, float]:
    """The pattern over all networks together, on its scale, and its standard error by the jackknife.

    Args:
        pattern: which.
        counts: float[networks, sides, 2].
    """
    total = counts.sum(axis=0)
    whole = _scaled_statistic(pattern, total[None])[0]
    networks = len(counts)
    if networks < 2 or not isfinite(whole):
        return float(whole), 0.0
    without = _scaled_statistic(pattern, total[None] - counts)
    without = without[np.isfinite(without)]
    if len(without) < 2:
        return float(whole), 0.0
    error = sqrt((networks - 1) / networks * float(np.sum((without - without.mean()) ** 2)))
    return float(whole), error


def _scaled_statistic(pattern: Pattern, sums: NDArray[np.float64]) -> NDArray[np.float64]:
    found = statistic(pattern, rate(pattern, sums[..., 0], sums[..., 1]))
    return on_scale(pattern, found)


def _moments(shares: NDArray[np.float64]) -> tuple[float, float]:
    """Mean and variance of a new study's share, given those seen: the variance of their mean is added."""
    variance = float(np.var(shares, ddof=1)) if len(shares) > 1 else 0.0
    return float(np.mean(shares)), variance * (1 + 1 / len(shares))


def normal(value: float, middle: float, spread: float) -> float:
    """Log density of the normal."""
    return -0.5 * ((value - middle) / spread) ** 2 - log(spread) - 0.5 * log(2 * pi)


def beta_binomial(successes: int, of: int, mean: float, variance: float) -> float:
    """Log probability of a count whose share has this mean and variance; the binomial where it varies no more.

    A share that never varied at 0 or 1 leaves half a success in `of` + 1 to chance.
    """
    mean = min(max(mean, 0.5 / (of + 1)), 1 - 0.5 / (of + 1))
    by_luck = mean * (1 - mean) / of
    ways = lgamma(of + 1) - lgamma(successes + 1) - lgamma(of - successes + 1)
    excess = (variance / by_luck - 1) / (of - 1) if of > 1 else 0.0
    if excess <= 1e-9:
        return ways + successes * log(mean) + (of - successes) * log(1 - mean)
    excess = min(excess, 0.999)
    a, b = mean * (1 - excess) / excess, (1 - mean) * (1 - excess) / excess
    return ways + _log_beta(successes + a, of - successes + b) - _log_beta(a, b)


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def informative(patterns: Sequence[Pattern]) -> bool:
    """Whether anything observed has a size, a value or a range with two ends, so that it says how much."""
    return any(one.observed.value is not None or None not in (one.observed.low, one.observed.high) for one in patterns)
