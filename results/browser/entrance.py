"""The entrance to the estimates for those who have nothing but memory: a web page.

Whoever calls hands over one list of places, an address and a length each, in the order of PLACES. `layout` says what
lies there. Only `build` compiles this; Python itself enters by `estimates.comparison`.
"""

from typing import Any

import numpy as np
from numba.extending import register_jitable
from numba.np.numpy_support import carray

from results.browser.compiled_helpers import living
from results.estimates import bounds, direction, intervals, pairs, parameter_uncertainty, ratios, sums, yes_or_no
from results.estimates.bounds import YES_OR_NO, limits
from results.estimates.middle import course_ends
from results.estimates.pairs import Counted, compared, estimated
from results.estimates.parameter_uncertainty import groups_of, one_of_each, standardized
from simulation.browser.memory import pointer
from simulation.compiling import entrance, internal
from simulation.outcomes import MONTHLY_NAMES, NAMES, OUTCOMES

COMPARE = (
    "base", "other", "base_particles", "other_particles", "base_values", "other_values", "estimates", "differences",
)  # fmt: skip
"""Outcomes of both, float[outcomes, replicates]; of each replicate its particle, int[replicates], empty where
parameters are fixed; what particles have for each key, float[particles, keys]; and what is written: the numbers of
`Estimated` of both, float[2, outcomes, numbers], and of `Compared`, float[outcomes, numbers]. The length of a table is
that of a row of it."""
COURSES = ("sum_months", "kept_months", "factors", "courses")
"""The sum over all replicates, float[months, monthly]; courses of some of them, float[kept, months, monthly]; by what
each monthly outcome is multiplied; and what is written: mean, low, high, float[3, months, monthly]."""

BASE, OTHER, BASE_PARTICLES, OTHER_PARTICLES, BASE_VALUES, OTHER_VALUES, ESTIMATES, DIFFERENCES = range(len(COMPARE))

_COUNT, _MONTHLY = len(NAMES), len(MONTHLY_NAMES)
_ABOVE, _BELOW = (
    np.array([NAMES.index((one.over or (one.name, one.name))[side]) for one in OUTCOMES]) for side in (0, 1)
)
_IS_RATIO = np.array([one.over is not None for one in OUTCOMES])
_YES_OR_NO = np.array([one.name in YES_OR_NO for one in OUTCOMES])
_LEAST, _MOST = (np.array([limits(one.name)[side] for one in OUTCOMES]) for side in (0, 1))

for _plain in (
    bounds.within, direction._t, direction.chance_above_zero, intervals.enough_values, intervals.interval,
    intervals.only_mean, intervals.share_of_luck, intervals.variance, pairs.carrying, pairs.compared, pairs.estimated,
    pairs.linearized, pairs.present, pairs.telling, parameter_uncertainty.carried, parameter_uncertainty.in_parts,
    parameter_uncertainty.noncentrality, parameter_uncertainty.smoothed, groups_of, one_of_each, standardized,
    ratios.at_own_parameters, ratios.of_sums, sums.exact_mean, yes_or_no.least_variance,
):  # fmt: skip
    register_jitable(_plain)


@internal
def _counted(values: Any, outcome: int) -> Any:
    return Counted(
        values[outcome],
        values[_ABOVE[outcome]],
        values[_BELOW[outcome]],
        _IS_RATIO[outcome],
        _YES_OR_NO[outcome],
        _LEAST[outcome],
        _MOST[outcome],
    )


@register_jitable
def estimate_all(values: Any, unknown: Any, taken: Any) -> None:
    """The numbers of `Estimated` of every outcome."""
    for outcome in range(_COUNT):
        one = estimated(_counted(values, outcome), unknown)
        ends = one.mean, one.low, one.high, one.spread_low, one.spread_high
        taken[outcome] = np.array((*ends, float(one.replicates), float(one.missing)))


@register_jitable
def compare_all(this: Any, base: Any, unknown: Any, taken: Any) -> None:
    """The numbers of `Compared` of every outcome."""
    for outcome in range(_COUNT):
        one = compared(_counted(this, outcome), _counted(base, outcome), unknown)
        sizes = one.mean, one.low, one.high, one.probability_greater, one.variance_ratio, one.enough
        pairs_in_all = float(one.replicates), float(one.missing)
        counts = float(one.higher), float(one.equal), float(one.lower)
        levels = one.level, one.baseline_level, one.chance_higher, one.luck_share
        taken[outcome] = np.array((*sizes, *pairs_in_all, *counts, *levels))


@internal
def _particles(at: Any, place: int) -> Any:
    return carray(pointer(at[place, 0]), at[place, 1], np.int64)


@internal
def _lived(at: Any, place: int, particles: Any, groups: Any) -> Any:
    """What each group lives with of one scenario, float[groups, keys]."""
    values = carray(pointer(at[place, 0]), (particles.max() + 1, at[place, 1]), np.float64)
    return values[particles[one_of_each(groups)]]


@register_jitable
def living_alone(at: Any, particles: Any, values: int) -> Any:
    """What replicates of one scenario live with."""
    groups = groups_of(particles.reshape(1, -1))
    return living(groups, standardized(_lived(at, values, particles, groups)))


@register_jitable
def living_together(at: Any, one: Any, one_values: int, other: Any, other_values: int) -> Any:
    """What replicates of two scenarios live with."""
    particles = np.empty((2, len(one)), dtype=np.int64)
    particles[0], particles[1] = one, other
    groups = groups_of(particles)
    lived = _lived(at, one_values, one, groups), _lived(at, other_values, other, groups)
    return living(groups, standardized(np.concatenate(lived, axis=1)))


@register_jitable
def are_same(one: Any, other: Any) -> bool:
    """Whether replicates live with the same, so that a regression need not be made again."""
    return (
        one.values.shape == other.values.shape
        and np.array_equal(one.groups, other.groups)
        and np.array_equal(one.values, other.values)
    )


@entrance
def compare(places: Any) -> int:
    """Every number of two scenarios' estimates and of their differences; how many outcomes there are."""
    at = carray(places, (len(COMPARE), 2))
    replicates = at[BASE, 1]
    base = carray(pointer(at[BASE, 0]), (_COUNT, replicates), np.float64)
    other = carray(pointer(at[OTHER, 0]), (_COUNT, replicates), np.float64)
    estimates = carray(pointer(at[ESTIMATES, 0]), (2, _COUNT, at[ESTIMATES, 1]), np.float64)
    differences = carray(pointer(at[DIFFERENCES, 0]), (_COUNT, at[DIFFERENCES, 1]), np.float64)
    of_base, of_other = _particles(at, BASE_PARTICLES), _particles(at, OTHER_PARTICLES)
    if len(of_base) and len(of_other):
        mine, theirs = living_alone(at, of_base, BASE_VALUES), living_alone(at, of_other, OTHER_VALUES)
        both = living_together(at, of_other, OTHER_VALUES, of_base, BASE_VALUES)
        theirs = mine if are_same(mine, theirs) else theirs
        both = mine if are_same(mine, both) else theirs if are_same(theirs, both) else both
        estimate_all(base, mine, estimates[0])
        estimate_all(other, theirs, estimates[1])
        compare_all(other, base, both, differences)
    elif len(of_base):
        mine = living_alone(at, of_base, BASE_VALUES)
        estimate_all(base, mine, estimates[0])
        estimate_all(other, None, estimates[1])
        compare_all(other, base, mine, differences)
    elif len(of_other):
        theirs = living_alone(at, of_other, OTHER_VALUES)
        estimate_all(base, None, estimates[0])
        estimate_all(other, theirs, estimates[1])
        compare_all(other, base, theirs, differences)
    else:
        estimate_all(base, None, estimates[0])
        estimate_all(other, None, estimates[1])
        compare_all(other, base, None, differences)
    return _COUNT


@entrance
def courses(places: Any, months: int, replicates: int) -> int:
    """Mean and middle 90 % of every monthly outcome in every month, in the unit in which each is shown."""
    at = carray(places, (len(COURSES), 2))
    total = carray(pointer(at[0, 0]), (months, _MONTHLY), np.float64)
    kept = carray(pointer(at[1, 0]), (at[1, 1], months, _MONTHLY), np.float64)
    factors = carray(pointer(at[2, 0]), _MONTHLY, np.float64)
    taken = carray(pointer(at[3, 0]), (3, months, _MONTHLY), np.float64)
    low, high = course_ends(kept)
    taken[0], taken[1], taken[2] = factors * (total / replicates), factors * low, factors * high
    return months
