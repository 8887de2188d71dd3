"""What a pattern's answer could have been, and random answers: those of somebody who knows nothing.

A fact supports a model only if it could have gone against it. So each pattern has a reference of no knowledge: every
arm is a random number over the values that are possible for it, each as likely as any other, and the pattern's
statistic is made of these numbers. Where values have no upper end (counts, money),
  a ratio needs none: whatever the end is, if both arms have the same one the ratios are the same;
  a value is as likely above as below the middle of the observed interval, on a logarithmic scale: it is that middle
    times u / (1 - u), with u uniform from 0 to 1, so that intervals wider than a factor of 9 hold more than half;
  a difference is such a value, up or down.
An interval that is open at one end, or holds 0, has no such middle: there the study must say the `span`.
"""

from math import inf, isinf, sqrt

import numpy as np
from numpy.typing import NDArray

from results.studies.measures import statistic
from scenarios.observed.study import OF_HISTORY, Pattern
from simulation.outcomes import outcome_named

POINTS = {1: 10_000, 2: 200, 3: 50, 4: 16}
"""Arms -> numbers that stand for each: so many to the power of the arms are random answers."""

LEAST = {"modularity_topic": -0.5, "modularity_region": -0.5, "homophily_topic": -1.0, "homophily_region": -1.0}
"""Statistics of structure that can fall below 0, and how far (Brandes et al. 2008 for modularity)."""


def possible_of_an_arm(pattern: Pattern) -> tuple[float, float]:
    """Least and greatest value that an arm can come to; the greatest is infinity for counts and money."""
    if pattern.outcome in OF_HISTORY or pattern.at_least is not None or pattern.observed.of is not None:
        return 0.0, 1.0  # a share of pairs, of collaborations, of members, of networks, or of those that were counted
    if outcome_named(pattern.outcome).scale in ("count", "usd"):
        return 0.0, inf
    return LEAST.get(pattern.outcome, 0.0), 1.0


def random_answers(pattern: Pattern) -> NDArray[np.float64] | None:
    """Answers of somebody who knows nothing, evenly spread; None where it is not known which were possible."""
    least, most = possible_of_an_arm(pattern)
    if pattern.span is not None:
        low, high = _within(pattern.span, pattern.statistic, least, most)
        return low + (high - low) * _even(POINTS[1])
    if isinf(most) and pattern.statistic in ("value", "difference", "difference_of_differences"):
        return _around_what_was_observed(pattern, least)
    most = 1.0 if isinf(most) else most
    arms = {"value": 1, "interior": 3, "difference_of_differences": 4}.get(pattern.statistic, 2)
    each = least + (most - least) * _even(POINTS[arms])
    grid = np.stack(np.meshgrid(*[each] * arms, indexing="ij"), axis=-1)
    answers = statistic(pattern, grid.reshape(-1, arms))
    return np.asarray(answers[answers != pattern.null])  # exactly the same number twice has no chance


def possible_part(pattern: Pattern, low: float, high: float) -> tuple[float, float]:
    """The part of a span of answers that is possible at all; the span itself where nothing of it is."""
    return _within((low, high), pattern.statistic, *possible_of_an_arm(pattern))


def _within(span: tuple[float, float], made: str, least: float, most: float) -> tuple[float, float]:
    """The part of a stated span that is possible at all; the span itself where nothing is."""
    if made == "difference":
        least, most = least - most, most - least
    elif made == "difference_of_differences":
        least, most = 2 * (least - most), 2 * (most - least)
    elif made != "value":
        least, most = 0.0, inf
    low, high = max(span[0], least), min(span[1], most)
    return (low, high) if low < high else span


def _around_what_was_observed(pattern: Pattern, least: float) -> NDArray[np.float64] | None:
    """Random answers where values have no upper end, see the head of this file."""
    low, high = pattern.observed.low, pattern.observed.high
    u = _even(POINTS[1])
    sizes = u / (1 - u)
    if pattern.statistic != "value":
        if (low is None or low < 0) and (high is None or high > 0):
            return None
        ends = sorted(abs(end) for end in (low, high) if end is not None)
        return np.concatenate([-sizes[::-1], sizes]) * (sqrt(ends[0] * ends[-1]) or ends[-1] or 1.0)
    if high is None and (low is None or low <= least):
        return sizes  # whatever it is, it lies inside
    if low is None or high is None or low <= 0:
        return None
    return sizes * sqrt(low * high)


def _even(points: int) -> NDArray[np.float64]:
    """Numbers from 0 to 1, the middles of so many equal parts; never 0 or 1 themselves."""
    return (np.arange(points) + 0.5) / points
