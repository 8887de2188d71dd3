"""How much a difference is, and the two levels it comes from, rounded so that they fit: `2 to 12 percentage points`."""

from results.estimates.comparison import Difference
from results.words.differences import places_of
from results.words.numbers import scaled
from results.words.rounding import FAR_UNITS, Fitted, fitting
from results.words.sentence import Num, Told, Words, sentence, told
from simulation.outcomes import Scale, outcome_named

_LEVEL = (told("lower.share"), told("higher.share"))
WAYS: dict[Scale, tuple[Told, Told]] = {
    "share": _LEVEL,
    "count": (told("lower.count"), told("higher.count")),
    "level": _LEVEL,
    "index": _LEVEL,
    "usd": (told("lower.usd"), told("higher.usd")),
}
"""What follows the size of a difference of each scale, down and up: "3 to 15 percentage points lower"."""


def fit(one: Difference) -> Fitted:
    """The ends of the interval and both levels, rounded so that they fit, in the unit in which they are shown."""
    scale = outcome_named(one.outcome).scale
    places = places_of(one)
    ends = scaled(one.low, scale), scaled(one.high, scale)
    if one.is_clear and min(map(abs, ends)) < 1 and max(map(abs, ends)) < FAR_UNITS:
        places = max(1, places)  # rounding must not turn a clear difference into none
    return fitting(*ends, scaled(one.level, scale), scaled(one.baseline_level, scale), places)


def amount(one: Difference, fitted: Fitted) -> str:
    """The size of a clear difference: `3 to 15 percentage points`, `411 to 655 thousand USD`, `up to 6.8`."""
    near, far = (Num(end, fitted.places) for end in sorted((abs(fitted.low), abs(fitted.high))))
    unit = _unit(outcome_named(one.outcome).scale, far)
    if f"{near.number:.{near.places}f}" == f"{far.number:.{far.places}f}":
        return told("amount.about", to=far, unit=unit)
    if near.number == 0:
        return told("amount.up_to", to=far, unit=unit)
    return told("amount.range", from_=near, to=far, unit=unit)


def signed(one: Difference, fitted: Fitted) -> str:
    """The same with where it goes: `3 to 15 percentage points lower`, `3.0 to 6.8 fewer`."""
    return told("amount.way", amount=amount(one, fitted), way=WAYS[outcome_named(one.outcome).scale][one.mean > 0])


def both_ways(one: Difference, fitted: Fitted) -> str:
    """An interval that holds no difference: `from 5 thousand USD less to 33 more`, `from 26 % lower to the same`."""
    scale = outcome_named(one.outcome).scale
    less, more = WAYS[scale]
    low, high = (Num(abs(end), fitted.places) for end in (fitted.low, fitted.high))
    if fitted.low == 0:
        return told("ways.up", high=high, unit=_unit(scale, high), more=more)
    if fitted.high == 0:
        return told("ways.down", low=low, unit=_unit(scale, low), less=less)
    return told("ways.both", low=low, unit=_unit(scale, low), less=less, high=high, more=more)


def levels(one: Difference, fitted: Fitted | None = None) -> str:
    """Both levels: `73 % instead of 82 %`, `573 instead of 1,106 thousand USD`."""
    fitted = fitted or fit(one)
    scale = outcome_named(one.outcome).scale
    kind = scale if scale in ("share", "usd") else "plain"
    return told(f"levels.{kind}", ours=Num(fitted.ours, fitted.places), theirs=Num(fitted.theirs, fitted.places))


def on_average(one: Difference, fitted: Fitted, of: str = "") -> str:
    """Both levels where their difference may be none; `9.5 pieces on average in both` where they are printed alike.

    Args:
        one: the difference.
        fitted: what is printed of it.
        of: what is counted, with a blank before.
    """
    if fitted.ours != fitted.theirs:
        return told("average.levels", levels=levels(one, fitted), things=of)
    unit = {"share": sentence("percent"), "usd": sentence("unit.usd")}.get(outcome_named(one.outcome).scale, "")
    return told("average.both", level=Num(fitted.ours, fitted.places), unit=unit, things=of)


def _unit(scale: Scale, shown: Num) -> Words:
    return {"share": sentence("points", count=shown), "usd": sentence("unit.usd")}.get(scale, "")
