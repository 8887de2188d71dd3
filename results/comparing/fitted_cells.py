"""Cells of the tables of a comparison: averages and differences, rounded so that they fit wherever they stand."""

from math import isnan

from results.estimates.comparison import Comparison, Difference, Estimate
from results.words.numbers import and_half, digits, scaled
from results.words.rounding import MORE_DIGITS, off_zero, rounded
from simulation.outcomes import Scale, outcome_named


def average_cell(comparison: Comparison, name: str, outcome: str) -> str:
    """A scenario's average and half its interval: the baseline's average and the difference together, as printed.

    Where the three do not fit by themselves it is off by less than one in the last place.
    """
    scale, places = outcome_named(outcome).scale, _places(comparison, outcome)
    one, base = (comparison.estimates[who][outcome] for who in (name, comparison.baseline))
    shown = rounded(scaled(one.mean, scale), places)
    if name != comparison.baseline:
        misfit = _misfit(comparison.difference(name, outcome), one, base, scale, places)
        shown = rounded(shown - misfit, places)
    return and_half(shown, one.low, one.high, scale, places)


def change_cell(one: Difference, comparison: Comparison) -> str:
    """A difference and half its interval, with its sign, in the digits of the averages."""
    scale, places = outcome_named(one.outcome).scale, _places(comparison, one.outcome)
    return and_half(rounded(scaled(one.mean, scale), places), one.low, one.high, scale, places, sign=True)


def _places(comparison: Comparison, outcome: str) -> int:
    """Digits that the intervals bear and clear differences need; whole numbers get one more where that makes a fit."""
    scale = outcome_named(outcome).scale
    averages = {name: estimates[outcome] for name, estimates in comparison.estimates.items()}
    changes = [comparison.difference(name, outcome) for name in comparison.compared]
    shown: list[Estimate | Difference] = [*averages.values(), *changes]
    bearing = (digits(one.mean, scale, (one.high - one.low) / 2) for one in shown if not isnan(one.mean))
    fewest = max(bearing, default=0)
    for one in changes:
        if one.is_clear:
            fewest = off_zero(scaled(one.mean, scale), scaled((one.high - one.low) / 2, scale), fewest)
    base = averages[comparison.baseline]
    fits = all(_misfit(one, averages[one.scenario], base, scale, fewest) == 0 for one in changes)
    return 1 if fewest == 0 and not fits else fewest


def _misfit(change: Difference, ours: Estimate, theirs: Estimate, scale: Scale, places: int) -> float:
    """By how much the average as printed is off the baseline's and the difference; 0 where it is of other networks."""
    three = [scaled(one.mean, scale) for one in (ours, theirs, change)]
    if change.missing or isnan(change.mean) or abs(three[2] - (three[0] - three[1])) > 10.0 ** -(places + MORE_DIGITS):
        return 0.0
    this, other, middle = (rounded(one, places) for one in three)
    return rounded(this - other - middle, places)
