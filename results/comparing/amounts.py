"""How much a difference is, and the two levels it comes from, rounded so that they fit: `2 to 12 percentage points`."""

from results.estimates.comparison import Difference
from results.words.differences import DIRECTIONS, places_of
from results.words.numbers import scaled
from results.words.rounding import FAR_UNITS, Fitted, fitting
from simulation.outcomes import BY_NAME, Scale

WAYS: dict[Scale, tuple[str, str]] = DIRECTIONS | {"usd": ("less", "more")}
"""What a difference of each scale is called in a sentence, down and up: there, money is what something costs."""


def fit(one: Difference) -> Fitted:
    """The ends of the interval and both levels, rounded so that they fit, in the unit in which they are shown."""
    scale = BY_NAME[one.outcome].scale
    places = places_of(one)
    ends = scaled(one.low, scale), scaled(one.high, scale)
    if one.is_clear and min(map(abs, ends)) < 1 and max(map(abs, ends)) < FAR_UNITS:
        places = max(1, places)  # rounding must not turn a clear difference into none
    return fitting(*ends, scaled(one.level, scale), scaled(one.baseline_level, scale), places)


def amount(one: Difference, fitted: Fitted) -> str:
    """The size of a clear difference: `3 to 15 percentage points`, `411 to 655 thousand USD`, `up to 6.8`."""
    near, far = sorted((abs(fitted.low), abs(fitted.high)))
    texts = f"{near:,.{fitted.places}f}", f"{far:,.{fitted.places}f}"
    if texts[0] == texts[1]:
        text = f"about {texts[0]}"
    elif near == 0:
        text = f"up to {texts[1]}"
    else:
        text = f"{texts[0]} to {texts[1]}"
    return f"{text}{_unit(BY_NAME[one.outcome].scale)}"


def signed(one: Difference, fitted: Fitted) -> str:
    """The same with where it goes: `3 to 15 percentage points lower`, `3.0 to 6.8 fewer`."""
    return f"{amount(one, fitted)} {WAYS[BY_NAME[one.outcome].scale][one.mean > 0]}"


def both_ways(one: Difference, fitted: Fitted) -> str:
    """An interval that holds no difference: `from 5 thousand USD less to 33 more`, `from 26 % lower to the same`."""
    scale = BY_NAME[one.outcome].scale
    less, more = WAYS[scale]
    low, high = (f"{abs(end):,.{fitted.places}f}" for end in (fitted.low, fitted.high))
    if fitted.low == 0:
        return f"from the same to {high}{_unit(scale)} {more}"
    return f"from {low}{_unit(scale)} {less} to " + ("the same" if fitted.high == 0 else f"{high} {more}")


def levels(one: Difference, fitted: Fitted | None = None) -> str:
    """Both levels: `73 % instead of 82 %`, `573 instead of 1,106 thousand USD`."""
    fitted = fitted or fit(one)
    ours, theirs = (f"{level:,.{fitted.places}f}" for level in (fitted.ours, fitted.theirs))
    match BY_NAME[one.outcome].scale:
        case "share":
            return f"{ours} % instead of {theirs} %"
        case "usd":
            return f"{ours} instead of {theirs} thousand USD"
        case _:
            return f"{ours} instead of {theirs}"


def on_average(one: Difference, fitted: Fitted, of: str = "") -> str:
    """Both levels where their difference may be none; `9.5 pieces on average in both` where they are printed alike.

    Args:
        one: the difference.
        fitted: what is printed of it.
        of: what is counted, with a blank before.
    """
    if fitted.ours != fitted.theirs:
        return f"{levels(one, fitted)}{of} on average"
    unit = {"share": " %", "usd": " thousand USD"}.get(BY_NAME[one.outcome].scale, "")
    return f"{fitted.ours:,.{fitted.places}f}{unit}{of} on average in both"


def _unit(scale: Scale) -> str:
    return {"share": " percentage points", "usd": " thousand USD"}.get(scale, "")
