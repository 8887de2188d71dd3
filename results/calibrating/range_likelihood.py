"""How likely a range is, where a study says no value but that its result lay within one: "only a minority of 167".

The share of virtual studies that land inside is flat where none do: it cannot tell a bad set of parameters from a worse
one, and so teaches nothing. Here the chance to land inside is worked out, with a *discrepancy*: the model is not the
world, and is off by a normal error that all networks of the study share. For
  a share of networks that reach something   the error moves every network nearer to the mark or farther from it; so
                                             many of the virtual networks then reach it, and the study, of as many
                                             networks as it says, is beta-binomial (the binomial for many networks);
  anything else                              the error moves what each virtual study finds.

Source:
    Kennedy & O'Hagan 2001, Bayesian calibration of computer models, JRSS B 63(3), and Brynjarsdottir & O'Hagan 2014,
    Inverse Problems 30: without a discrepancy term parameters are learned too surely, and wrongly. Its size is ours,
    see SHARE and RATIO.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.studies.possible_answers import possible_of_an_arm
from results.studies.scales import on_scale
from results.studies.virtual_studies import Prediction
from scenarios.observed.study import Observed, Pattern

SHARE = 0.1
"""Standard deviation of the discrepancy of shares, indices and their differences; of counts and money a tenth of their
size. Twice what the shipped values with a size are missed by (root mean square .054: the table "What the shipped
evidence says" in docs/checking.md), for the parameters were learned from them."""
RATIO = 0.7
"""The same of ratios, of their logarithm: a factor of two. By the same table ratios are predicted 2.6, 2.5 and 1.4
times too high (root mean square .77)."""
VALUES = "/values"
"""What is added to the id of a pattern that asks for the values behind a share of networks."""


def asks_for_values(pattern: Pattern) -> bool:
    """Whether a pattern is a share of networks in a range, whose likelihood needs the networks' own values."""
    return pattern.at_least is not None and pattern.statistic == "value" and is_a_range(pattern)


def is_a_range(pattern: Pattern) -> bool:
    """Whether nothing was observed but a range, open or closed."""
    observed = pattern.observed
    return observed.value is None and not (observed.low is None and observed.high is None)


def with_values(studies: Sequence[Observed]) -> list[Observed]:
    """The studies, with another pattern for each that `asks_for_values`: what its networks come to, one by one."""
    return [
        replace(
            study,
            patterns=(
                *study.patterns,
                *(
                    replace(one, id=one.id + VALUES, at_least=None, networks=1)
                    for one in study.patterns
                    if asks_for_values(one)
                ),
            ),
        )
        for study in studies
    ]


def log_chance_inside(
    prediction: Prediction, values: Prediction | None = None, discrepancy: float | None = None
) -> float:
    """Logarithm of the chance that a study lands in the observed range; minus infinity if it cannot.

    Args:
        prediction: of one set of parameters.
        values: the same networks' own values, for a share of networks; without them these have no discrepancy.
        discrepancy: its standard deviation, on the pattern's scale; None takes the default, SHARE or RATIO.
    """
    pattern = prediction.pattern
    if asks_for_values(pattern):
        mark = pattern.at_least or 0.0
        if values is None:
            reached = prediction.counts[..., 0].ravel() > 0
            return _of_networks(pattern, np.where(reached, 1.0, -1.0), 0.0)
        found = values.draws.ravel()
        found = found[np.isfinite(found)]
        if not len(found):
            return -np.inf
        return _of_networks(pattern, found - mark, _size(pattern, mark) if discrepancy is None else discrepancy)
    draws = on_scale(pattern, prediction.draws.ravel())
    draws = draws[np.isfinite(draws)]
    if not len(draws):
        return -np.inf
    if discrepancy is None:
        discrepancy = _size(pattern, float(np.nanmean(np.abs(prediction.arms))))
    low, high = range_on_scale(pattern)
    if discrepancy == 0:
        inside = np.count_nonzero((draws >= low) & (draws <= high))
        return float(np.log(inside / len(draws))) if inside else -np.inf
    return _log_mean(log_between((low - draws) / discrepancy, (high - draws) / discrepancy))


def range_on_scale(pattern: Pattern) -> tuple[float, float]:
    """The ends of what was observed, on the pattern's scale; infinite where open."""
    low, high = pattern.observed.low, pattern.observed.high
    ends = np.array([-np.inf if low is None else low, np.inf if high is None else high])
    if not pattern.is_ratio:
        return float(ends[0]), float(ends[1])
    with np.errstate(divide="ignore"):
        scaled = np.log(np.maximum(ends, 0.0))
    return float(scaled[0]), float(scaled[1])


def discrepancy_of(pattern: Pattern, typical: NDArray[np.float64]) -> NDArray[np.float64]:
    """Standard deviation of the discrepancy, where arms come to so much, float[...], as `typical`."""
    if pattern.is_ratio:
        return np.full_like(typical, RATIO)
    has_no_end = np.isinf(possible_of_an_arm(replace(pattern, at_least=None))[1])
    return np.asarray(SHARE * typical if has_no_end else np.full_like(typical, SHARE))


def _size(pattern: Pattern, typical: float) -> float:
    return float(discrepancy_of(pattern, np.array(typical)))


def _of_networks(pattern: Pattern, margins: NDArray[np.float64], discrepancy: float) -> float:
    """Log chance of a share of the study's networks in the range, by how far virtual networks lie above the mark."""
    virtual = len(margins)
    if discrepancy == 0:
        return float(_log_inside(pattern, np.array([np.count_nonzero(margins >= 0)]), virtual)[0])
    # An error as great as a network's distance below the mark lifts it, and all those less far below, over the mark.
    marks = np.concatenate([[-np.inf], np.sort(-margins), [np.inf]]) / discrepancy
    return _log_sum(log_between(marks[:-1], marks[1:]) + _log_inside(pattern, np.arange(virtual + 1), virtual))


def _log_inside(pattern: Pattern, reached: NDArray[np.int64], virtual: int) -> NDArray[np.float64]:
    """Log chance that the study lies in the range if so many of the virtual networks reach the mark, float[reached].

    The chance of one network is known from the virtual ones as far as Jeffreys' prior has it: a beta distribution.
    """
    from scipy.special import betaln, gammaln

    of = pattern.networks
    count = np.arange(of + 1)
    ways = gammaln(of + 1) - gammaln(count + 1) - gammaln(of - count + 1)
    a, b = reached[:, None] + 0.5, virtual - reached[:, None] + 0.5
    each: Any = ways + betaln(count + a, of - count + b) - betaln(a, b)
    low, high = range_on_scale(pattern)
    share = count / of
    inside = (share >= low - 1e-12) & (share <= high + 1e-12)
    return np.array([_log_sum(row[inside]) for row in each])


def log_between(low: NDArray[np.float64], high: NDArray[np.float64]) -> NDArray[np.float64]:
    """Logarithm of the standard normal's chance between two ends; precise far out on either side."""
    from scipy.special import log_ndtr

    flip = low > 0  # the tail on the right has no digits left: look at it from the left
    low, high = np.where(flip, -high, low), np.where(flip, -low, high)
    top, bottom = log_ndtr(high), log_ndtr(low)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(top > bottom, top + np.log1p(-np.exp(bottom - top)), -np.inf))


def _log_sum(logs: NDArray[np.float64]) -> float:
    most = float(logs.max(initial=-np.inf))
    return most if np.isinf(most) else most + float(np.log(np.exp(logs - most).sum()))


def _log_mean(logs: NDArray[np.float64]) -> float:
    return _log_sum(logs) - float(np.log(len(logs)))
