"""Numbers in plain words and units, rounded to what is known of them."""

from collections.abc import Mapping
from math import isfinite, isnan, nan

from results.estimates.bounds import is_cut
from results.words.currency import CURRENCY, shown_currency
from results.words.rounding import adding_up, off_zero
from results.words.sentence import MOST_PLACES, Num, Sentence, Told, named, sentence, told
from scenarios.designs.factors import Factor
from simulation.outcomes import Scale, outcome_named

NO_UNIT = {"", "1", "yes or no", "path", "weights"}
"""Units that are not worth a word."""


_UNITS: dict[Scale, str] = {"share": "%", "level": "0 to 1", "count": "", "usd": "k USD", "index": "index"}


def label(outcome: str) -> str:
    """An outcome's label with the unit in which it is shown."""
    of, shown = named("outcome", outcome_named(outcome).label), _UNITS[outcome_named(outcome).scale]
    if outcome_named(outcome).unit:
        return told("outcome.unit", outcome=of, unit=outcome_named(outcome).unit)
    return told("outcome.unit", outcome=of, unit=sentence(f"shown.{outcome_named(outcome).scale}")) if shown else of


def unit(outcome: str) -> str:
    """The unit in which an outcome is shown, or ""."""
    return outcome_named(outcome).unit or _UNITS[outcome_named(outcome).scale].replace(CURRENCY, shown_currency())


def number(value: float, scale: Scale, places: int | None = None, *, sign: bool = False) -> str:
    """A value in the unit in which it is shown: shares in percent, money in thousand USD; "-" where it is missing."""
    if isnan(value):
        return "-"
    shown = scaled(value, scale)
    text = f"{abs(shown):,.{digits(value, scale) if places is None else places}f}"
    if not _says_more_than_zero(text):
        return text  # neither -0 nor +0
    return ("-" if shown < 0 else "+" if sign else "") + text


def num(value: float, scale: Scale, places: int | None = None, *, sign: bool = False) -> Num | Sentence:
    """The same as a value of a sentence."""
    if isnan(value):
        return sentence("missing")
    return Num(scaled(value, scale), digits(value, scale) if places is None else places, sign)


def as_num(text: str) -> Num | str:
    """A number that is written in English already, as a value of a sentence; what is none stays as it is."""
    try:
        number, places = float(text.replace(",", "")), len(text.partition(".")[2])
    except ValueError:
        return text
    return Num(number, places) if "e" not in text and places <= MOST_PLACES and isfinite(number) else text


def with_half(mean: float, low: float, high: float, scale: Scale, *, change: bool = False) -> str:
    """A mean and half its interval, `77 ± 2`; the mean alone where there is no interval. A change has its sign.

    An interval that ends at what the outcome cannot go beyond has two sides that differ: `97 (91 to 100)`.
    """
    half = (high - low) / 2
    places = digits(mean, scale, half)
    if change and low * high > 0:
        places = off_zero(scaled(mean, scale), scaled(half, scale), places)
    if isnan(mean) or isnan(low):
        return told("level.plain", level=num(mean, scale, sign=change))
    return _with_ends(num(mean, scale, places, sign=change), low, high, scale, places, sign=change)


def span(low: float, high: float, scale: Scale) -> str:
    """A range, `57 to 90`; one number, with "about", where both ends are shown alike."""
    places = digits(max(abs(low), abs(high)), scale, (high - low) / 2)
    ends = number(low, scale, places), number(high, scale, places)
    if ends[0] != ends[1]:
        return told("span", low=num(low, scale, places), high=num(high, scale, places))
    level = sentence("level.plain", level=num(low, scale, places))
    return Told(level) if low == high else told("about", level=level)


def factor_words(factor: Factor) -> str:
    """A factor in plain words with its unit; "" for one that says it all by its name."""
    words = "" if factor.text == "the scenario" else factor.text.partition(";")[0]
    unit = "" if factor.unit in NO_UNIT or words.startswith(f"{factor.unit} ") else factor.unit
    unit = unit.replace(CURRENCY, shown_currency())
    if len(unit) < 20:  # a short unit is not broken over lines
        unit = unit.replace(" ", "\N{NO-BREAK SPACE}")
    return f"{words} ({unit})" if unit else words


def subject(title: str, scenario: str) -> str:
    """A scenario in a sentence: its title, and what it is called."""
    return title if title.lower() == scenario else told("plan.called", plan=title, name=scenario)


def scaled(value: float, scale: Scale) -> float:
    """A value in the unit in which it is shown: shares in percent, money in thousand USD."""
    return value * 100 if scale == "share" else value / 1000 if scale == "usd" else value


def _says_more_than_zero(text: str) -> bool:
    return any(digit in "123456789" for digit in text)


def and_half(shown: float, low: float, high: float, scale: Scale, places: int, *, sign: bool = False) -> str:
    """A mean that is rounded already, in the unit in which it is shown, and half its interval with as many digits."""
    if isnan(shown):
        return told("missing")
    mean = Num(shown, places, sign)
    return told("level.plain", level=mean) if isnan(low) else _with_ends(mean, low, high, scale, places, sign=sign)


def _with_ends(mean: Num | Sentence, low: float, high: float, scale: Scale, places: int, *, sign: bool) -> str:
    if is_cut(low, high, scale):
        ends = {"low": num(low, scale, places, sign=sign), "high": num(high, scale, places, sign=sign)}
        return told("number.ends", mean=mean, **ends)
    return told("number.half", mean=mean, half=_half((high - low) / 2, scale, places))


def _half(half: float, scale: Scale, places: int) -> Num | Sentence:
    if half > 0 and not _says_more_than_zero(number(half, scale, places)):
        return sentence("number.least", level=Num(10.0**-places, places))
    return num(half, scale, places)


def percentages(shares: Mapping[str, float]) -> dict[str, int]:
    """Shares of one whole in percent, rounded so that they add up to 100."""
    rounded = adding_up([share * 100 for share in shares.values()], 100.0)
    return {name: int(share) for name, share in zip(shares, rounded, strict=True)}


def part_of_cost(outcome: str) -> str:
    """A part of the whole cost in words: `convenings`."""
    return named("cost.part", outcome_named(outcome).label.removeprefix("of which for "))


def digits(value: float, scale: Scale, half: float = nan) -> int:
    """Digits after the point: no more than the interval bears, and no more than a meeting does."""
    if scale in ("level", "index"):
        return 2
    if scale == "count":
        return 0 if half >= 5 or abs(value) >= 1000 else 1
    if scale == "usd":
        return 0 if half >= 1000 or abs(value) >= 100_000 else 1
    return 0
