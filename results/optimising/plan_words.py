"""One use of a budget in words: its levers, its outcomes, its name."""

from typing import Any

from results.estimates.comparison import Difference, Estimate
from results.optimising.final import Finalist, Optimum
from results.optimising.objective import scale_of, sign
from results.words.likelihood import direction
from results.words.numbers import with_half
from results.words.shares import counted_in, number_of
from results.words.table import word
from scenarios.files.listing import listed
from simulation.outcomes import Scale

POINTS: dict[Scale, str] = {"share": " percentage points", "usd": " thousand USD"}
"""Units of a difference; the others have none."""


def settings(one: Finalist) -> str:
    """Values of the levers, as --set takes them."""
    return ", ".join(f"{key}={word(value)}" for key, value in one.report.values.items())


def name_of(found: Optimum, one: Finalist) -> str:
    """What a finalist is called."""
    names = (["best"] if one.number == found.winner.number else []) + (["as planned"] if one.number == 0 else [])
    return ", ".join(names) or f"candidate {one.number}"


def level(one: Finalist, outcome: str) -> str:
    """An outcome of a finalist on the luck that is reported, with half its interval."""
    estimate = one.report.estimate(outcome)
    said = with_half(estimate.mean, estimate.low, estimate.high, scale_of(outcome))
    counts = {name: one.report.estimate(name) for name in counted_in(outcome)}
    return f"{said}, {number_of(counts, outcome)}" if counts else said


def capital(text: str) -> str:
    """The same with a capital letter to begin with."""
    return text[0].upper() + text[1:]


def thousand(one: Estimate) -> str:
    """An amount in thousand USD, with half its interval."""
    return with_half(one.mean, one.low, one.high, "usd")


def span_of(values: list[Any]) -> str:
    """From the least to the greatest of some values of a lever; one that is the only one."""
    different = list(dict.fromkeys(values))
    if len(different) == 1:
        return word(different[0])
    if all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in different):
        return f"{word(min(different))} to {word(max(different))}"
    return listed([word(value) for value in different], "or")


def is_surely_worse(less: Difference, least: float) -> bool:
    """Whether a use is worse than the best with so high a chance, from the best's lead over it."""
    if less.chance_higher is None:
        return False
    return (less.chance_higher if sign(less.outcome) > 0 else 1 - less.chance_higher) >= least


def behind(less: Difference) -> str:
    """How a use compares with the best, from the best's lead over it: "6 ± 29 percentage points lower"."""
    scale = scale_of(less.outcome)
    mean, low, high = (less.mean, less.low, less.high) if less.mean > 0 else (-less.mean, -less.high, -less.low)
    chance = None if less.chance_higher is None else 1 - less.chance_higher
    way = "lower" if less.mean > 0 else "higher"
    return f"{with_half(mean, low, high, scale)}{POINTS.get(scale, '')} {way} than the best ({direction(chance)})"
