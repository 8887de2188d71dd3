"""Numbers and findings in plain words, rounded to what is known of them. For someone who reads no documentation."""

from collections.abc import Iterable, Mapping, Sequence
from math import isnan, nan

from results.bounds import is_cut
from results.comparison import Difference, Estimate
from results.observation_words import observed_sentences
from results.precision import Precision
from results.precision_words import precision_sentence
from results.rounding import adding_up, off_zero
from results.varying import parameters
from scenarios import Scenario
from scenarios.factors import Factor
from scenarios.idle import idle
from simulation.ensemble import Ensemble
from simulation.outcomes import BY_NAME, COST_PARTS, Scale

RATE, LEGACY, SURVIVAL, SURVIVING = "collaboration_rate", "legacy_rate", "survival", "surviving"
COST, EVIDENCE = "total_cost", "evidence"
HOPELESS = 1_000_000
"""From here on it is no use to name how many more replicates a difference would take."""

INTERVAL = (
    "± is half the 95 % interval of the average over networks: how sure the simulation is of the average, not how far "
    "luck carries one network, nor how sure we are of the model."
)
OPEN = (
    "± is half the 95 % interval of the average over networks, for parameters as they may be: how sure one can be of "
    "the average, not how far luck carries one network, nor how sure we are of the rules."
)
ONE = "One network has no interval: nothing here says how another one would have fared. Ask for more replicates."
PREDICTION = "What this says about facilitation against none, or about notice, is a prediction: no study measured it."

ENDS = frozenset(
    (
        "closing.month",
        "network.months",
        "closing.follow_up",
        "closing.renewal_months",
        "behaviour.renewal_chance",
        "members.champions",
    )
)
"""Keys that decide in which month things are counted, or with which the whole run ends."""
NO_UNIT = {"", "1", "yes or no", "path", "weights"}
"""Units that are not worth a word."""
_UNITS: dict[Scale, str] = {"share": "%", "level": "0 to 1", "count": "", "usd": "k USD", "index": "index"}
_DIRECTIONS: dict[Scale, tuple[str, str]] = {
    "share": ("lower", "higher"),
    "count": ("fewer", "more"),
    "level": ("lower", "higher"),
    "index": ("lower", "higher"),
    "usd": ("lower", "higher"),
}


def label(outcome: str) -> str:
    """An outcome's label with the unit in which it is shown."""
    shown = unit(outcome)
    return f"{BY_NAME[outcome].label} ({shown})" if shown else BY_NAME[outcome].label


def unit(outcome: str) -> str:
    """The unit in which an outcome is shown, or ""."""
    return _UNITS[BY_NAME[outcome].scale]


def number(value: float, scale: Scale, places: int | None = None, *, sign: bool = False) -> str:
    """A value in the unit in which it is shown: shares in percent, money in thousand USD; "-" where it is missing."""
    if isnan(value):
        return "-"
    shown = scaled(value, scale)
    text = f"{abs(shown):,.{digits(value, scale) if places is None else places}f}"
    negative = shown < 0 and _says_more_than_zero(text)
    return ("-" if negative else "+" if sign and shown > 0 else "") + text


def with_half(mean: float, low: float, high: float, scale: Scale, *, change: bool = False) -> str:
    """A mean and half its interval, `77 ± 2`; the mean alone where there is no interval. A change has its sign.

    An interval that ends at what the outcome cannot go beyond has two sides that differ: `97 (91 to 100)`.
    """
    half = (high - low) / 2
    places = digits(mean, scale, half)
    if change and low * high > 0:
        places = off_zero(scaled(mean, scale), scaled(half, scale), places)
    if isnan(mean) or isnan(low):
        return number(mean, scale, sign=change)
    shown = number(mean, scale, places, sign=change)
    return f"{shown} {_ends(low, high, scale, places, sign=change)}"


def and_half(shown: float, low: float, high: float, scale: Scale, places: int, *, sign: bool = False) -> str:
    """A mean that is rounded already, in the unit in which it is shown, and half its interval with as many digits."""
    if isnan(shown):
        return "-"
    text = f"{'+' if sign and shown > 0 else ''}{shown + 0.0:,.{places}f}"
    return text if isnan(low) else f"{text} {_ends(low, high, scale, places, sign=sign)}"


def _ends(low: float, high: float, scale: Scale, places: int, *, sign: bool) -> str:
    if is_cut(low, high, scale):
        return f"({number(low, scale, places, sign=sign)} to {number(high, scale, places, sign=sign)})"
    return f"± {_half((high - low) / 2, scale, places)}"


def _half(half: float, scale: Scale, places: int) -> str:
    text = number(half, scale, places)
    return f"<{text[:-1]}1" if half > 0 and not _says_more_than_zero(text) else text


def span(low: float, high: float, scale: Scale) -> str:
    """A range, `57 to 90`; one number, with "about", where both ends are shown alike."""
    places = digits(max(abs(low), abs(high)), scale, (high - low) / 2)
    ends = number(low, scale, places), number(high, scale, places)
    if ends[0] != ends[1]:
        return f"{ends[0]} to {ends[1]}"
    return ends[0] if low == high else f"about {ends[0]}"


def change(one: Difference) -> str:
    """A difference in words for the last column of a table."""
    scale = BY_NAME[one.outcome].scale
    fewer, more = _DIRECTIONS[scale]
    if isnan(one.mean):
        return "cannot be compared: missing in one of them"
    if one.mean == 0 and (isnan(one.low) or one.low == one.high):
        return "exactly the same"
    if isnan(one.low):
        return "one network alone cannot tell" if one.replicates < 2 else "so few networks cannot tell"
    if one.is_clear:
        return fewer if one.mean < 0 else more
    return f"no clear difference{settled_by(one)}"


def run_answer(estimate: Estimate, scenario: Scenario) -> str:
    """The collaboration rate of one scenario in a sentence or two."""
    who = subject(scenario.title, scenario.name)
    if isnan(estimate.low):
        these = "this one network" if estimate.replicates < 2 else f"these {estimate.replicates:,} networks"
        return (
            f"{who}: {number(estimate.mean, 'share')} % of members ever collaborate in {these}; "
            "more replicates show how sure that is."
        )
    average = span(max(estimate.low, 0), min(estimate.high, 1), "share")
    single = number(estimate.spread_low, "share"), number(estimate.spread_high, "share")
    by = "by luck" if scenario.posterior is None else "by luck, and by what is not known of the parameters"
    return (
        f"{who}: on average {average} % of members ever collaborate; "
        f"{by}, the middle 95 % of networks range from {single[0]} to {single[1]} %."
    )


def notes(ensembles: Sequence[Ensemble], precision: Precision | None) -> list[str]:
    """What the intervals mean, what the numbers can be held against, and how many networks stand behind them."""
    first = ensembles[0]
    is_open = any(ensemble.scenario.posterior is not None for ensemble in ensembles)
    lines = [ONE if first.replicates < 2 else OPEN if is_open else INTERVAL]
    lines.append(parameters([ensemble.scenario for ensemble in ensembles], first.replicates))
    lines += observed_sentences([ensemble.scenario for ensemble in ensembles])
    lines.append(PREDICTION)
    lines.append(horizon([ensemble.scenario for ensemble in ensembles]))
    lines += [said for ensemble in ensembles for said in idle(ensemble.scenario)]
    if precision is not None:
        lines.append(precision_sentence(precision, is_open=is_open))
    networks = "network" if first.replicates == 1 else "networks"
    return [*lines, f"{first.replicates:,} {networks} of each scenario, seed {first.seed}."]


def money(estimates: Mapping[str, Estimate], scenario: Scenario) -> str:
    """What the whole cost went to, and in which year's prices; "" where nothing was spent."""
    whole = estimates[COST].mean
    if isnan(whole) or whole == 0:
        return ""
    shares = percentages({part: estimates[part].mean / whole for part in COST_PARTS})
    parts = [f"{shares[part]} % for {part_of_cost(part)}" for part in sorted(shares, key=lambda part: -shares[part])]
    return (
        f"Costs are in US dollars, prices of {scenario.costs.price_year}, as `legato show {scenario.name}` lists them. "
        f"Of the cost: {', '.join(part for part in parts if not part.startswith('0 %'))}."
    )


def percentages(shares: Mapping[str, float]) -> dict[str, int]:
    """Shares of one whole in percent, rounded so that they add up to 100."""
    rounded = adding_up([share * 100 for share in shares.values()], 100.0)
    return {name: int(share) for name, share in zip(shares, rounded, strict=True)}


def part_of_cost(outcome: str) -> str:
    """A part of the whole cost in words: `convenings`."""
    return BY_NAME[outcome].label.removeprefix("of it for ")


def horizon(scenarios: Sequence[Scenario]) -> str:
    """Up to which month things are counted, and what a cost per collaboration divides."""
    return (
        f"{counted_until(scenarios)} Cost per collaboration divides the cost of the whole run by the collaborations "
        "formed in the whole run."
    )


def counted_until(scenarios: Sequence[Scenario]) -> str:
    """Up to which month things are counted: what stands at the planned closing, and what is of the whole run."""
    ends: dict[tuple[int, int, bool], list[str]] = {}
    for one in scenarios:
        closes = 0 < one.closing_month == one.reporting_month
        ends.setdefault((one.reporting_month, one.last_month, closes), []).append(one.name)
    parts = []
    for (reporting, last, closes), names in ends.items():
        whose = "" if len(ends) == 1 else f" in {', '.join(names)}"
        at = f"month {reporting}, the planned closing" if closes else f"month {reporting}, the last one"
        parts.append(f"at the end of {at}, and the whole run ends with month {last}{whose}")
    renewed = any(one.can_be_renewed for one in scenarios)
    later = " What survives counts from the closing itself, which a renewal may put off." if renewed else ""
    return f"Unless a row says otherwise, numbers stand {'; '.join(parts)}.{later}"


def counted_until_each(scenarios: Sequence[Scenario], keys: Iterable[str], those: str) -> str:
    """The same of scenarios of which something is varied, which may be when they end.

    Args:
        scenarios: before anything is varied.
        keys: that are varied.
        those: what they are varied over, such as "points".
    """
    if ENDS.isdisjoint(keys):
        return counted_until(scenarios)
    return (
        "Unless a row says otherwise, numbers stand at the end of the month in which a network is planned to close, or "
        f"of its last month if it is not. That month, or the length of the whole run, may differ between {those}: with "
        "more time more can happen, and more is spent."
    )


def factor_words(factor: Factor) -> str:
    """A factor in plain words with its unit; "" for one that says it all by its name."""
    words = "" if factor.text == "the scenario" else factor.text.partition(";")[0]
    unit = "" if factor.unit in NO_UNIT or words.startswith(f"{factor.unit} ") else factor.unit
    if len(unit) < 20:  # a short unit is not broken over lines
        unit = unit.replace(" ", "\N{NO-BREAK SPACE}")
    return f"{words} ({unit})" if unit else words


def subject(title: str, scenario: str) -> str:
    """A scenario in a sentence: its title, and what it is called."""
    return title if title.lower() == scenario else f"{title} ({scenario})"


def settled_by(one: Difference) -> str:
    """How many more replicates would settle a difference that is not clear; "" where that cannot be said."""
    if not one.more_replicates:
        return ""
    if one.more_replicates >= HOPELESS:
        return ": too small for replicates to settle"
    digits = 10 ** max(0, len(str(one.more_replicates)) - 2)
    about = -(-one.more_replicates // digits) * digits
    return f": about {about:,} more replicates may settle it, if the average stays"


def scaled(value: float, scale: Scale) -> float:
    """A value in the unit in which it is shown: shares in percent, money in thousand USD."""
    return value * 100 if scale == "share" else value / 1000 if scale == "usd" else value


def digits(value: float, scale: Scale, half: float = nan) -> int:
    """Digits after the point: no more than the interval bears, and no more than a meeting does."""
    if scale in ("level", "index"):
        return 2
    if scale == "count":
        return 0 if half >= 5 or abs(value) >= 1000 else 1
    if scale == "usd":
        return 0 if half >= 1000 or abs(value) >= 100_000 else 1
    return 0


def _says_more_than_zero(text: str) -> bool:
    return any(digit in "123456789" for digit in text)
