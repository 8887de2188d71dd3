"""A difference in words: how much, and how sure it is that it goes that way, for better or worse."""

from math import isnan

from results.estimates.comparison import Difference
from results.optimising.search import sign
from results.words.likelihood import LEVELS, likelihood
from results.words.numbers import number, with_half
from simulation.outcomes import outcome_named

SURE = next(least for least, words in LEVELS if words == "very probably")
"""Chance from which on a plan is taken to be better than another; below it, it may be as good."""


def chance_better(one: Difference) -> float | None:
    """Chance that what has the difference is better, from 0 to 1; None where nothing is known."""
    chance = one.chance_higher
    return None if chance is None else chance if sign(one.outcome) > 0 else 1 - chance


def is_better(one: Difference) -> bool:
    """Whether it is at least very probably better."""
    return (chance_better(one) or 0.0) >= SURE


def is_probably_better(one: Difference) -> bool:
    """Whether it is at least probably better, so that a word says so."""
    chance = chance_better(one)
    return chance is not None and chance > 0.5 and bool(likelihood(chance))


def is_worse(one: Difference) -> bool:
    """Whether it is at least very probably worse."""
    chance = chance_better(one)
    return chance is not None and 1 - chance >= SURE


def sure_told(one: Difference) -> str:
    """How sure it is: "very probably better", "could go either way"."""
    chance = chance_better(one)
    if chance is None or not likelihood(chance):
        return "could go either way"
    return f"{likelihood(chance)} {'better' if chance > 0.5 else 'worse'}"


def change_told(one: Difference) -> str:
    """How much, with half its interval, as a table has it."""
    return with_half(one.mean, one.low, one.high, outcome_named(one.outcome).scale, change=True)


def change_in_full(one: Difference) -> str:
    """How much, with its interval: "+1.2 points (95 %: -0.3 to 2.7)"."""
    scale = outcome_named(one.outcome).scale
    unit = {"share": " points", "usd": " thousand USD"}.get(scale, "")
    mean, low, high = (number(value, scale, 2 if scale in ("level", "index") else 1, sign=True)
                       for value in (one.mean, one.low, one.high))  # fmt: skip
    return f"{mean}{unit}" + ("" if isnan(one.low) else f" (95 %: {low} to {high})")
