"""Numbers and findings in plain words, rounded to what is known of them. For someone who reads no documentation."""

from collections.abc import Mapping, Sequence
from math import isnan, nan

from results.comparison import Comparison, Difference, Estimate
from results.precision import Precision
from results.varying import parameters
from scenarios import Scenario
from scenarios.factors import Factor
from scenarios.idle import idle
from simulation.ensemble import Ensemble
from simulation.outcomes import BY_NAME, COST_PARTS, Scale

RATE, LEGACY, SURVIVAL, COST = "collaboration_rate", "legacy_rate", "survival", "total_cost"
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
SALEX = "SALEX itself: 17 of 22 members, 77 in 100; so few leave 57 to 90 in 100 possible (95 % Wilson interval)."

NO_UNIT = {"", "1", "yes or no", "path", "weights"}
"""Units that are not worth a word."""
_UNITS: dict[Scale, str] = {"share": "%", "level": "0 to 1", "count": "", "usd": "k USD", "index": "index"}
_DIRECTIONS: dict[Scale, tuple[str, str]] = {
    "share": ("fewer", "more"),
    "count": ("fewer", "more"),
    "level": ("lower", "higher"),
    "index": ("lower", "higher"),
    "usd": ("cheaper", "dearer"),
}


def label(outcome: str) -> str:
    """An outcome's label with the unit in which it is shown."""
    shown = unit(outcome)
    return f"{BY_NAME[outcome].label} ({shown})" if shown else BY_NAME[outcome].label


def unit(outcome: str) -> str:
    """The unit in which an outcome is shown, or ""."""
    return _UNITS[BY_NAME[outcome].scale]


def number(value: float, scale: Scale, places: int | None = None, *, sign: bool = False) -> str:
    """A value in the unit in which it is shown: shares in 100, money in thousand USD; "-" where it is missing."""
    if isnan(value):
        return "-"
    shown = scaled(value, scale)
    text = f"{abs(shown):,.{_places(value, scale) if places is None else places}f}"
    negative = shown < 0 and _says_more_than_zero(text)
    return ("-" if negative else "+" if sign and shown > 0 else "") + text


def with_half(mean: float, low: float, high: float, scale: Scale, *, change: bool = False) -> str:
    """A mean and half its interval, `77 ± 2`; the mean alone where there is no interval. A change has its sign."""
    half = (high - low) / 2
    places = _places(mean, scale, half)
    if change and scale == "share" and 0 < min(abs(low), abs(high)) < 0.01:
        places = 1  # else a clear but small change would look like none
    if isnan(mean) or isnan(low):
        return number(mean, scale, sign=change)
    text = number(half, scale, places)
    if half > 0 and not _says_more_than_zero(text):
        text = f"<{text[:-1]}1"
    return f"{number(mean, scale, places, sign=change)} ± {text}"


def span(low: float, high: float, scale: Scale) -> str:
    """A range, `57 to 90`; one number, with "about", where both ends are shown alike."""
    places = _places(max(abs(low), abs(high)), scale, (high - low) / 2)
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
    return f"no clear difference{_settled_by(one)}"


def answer(comparison: Comparison, scenario: str, title: str) -> str:
    """What a funder asked, in a few sentences: who collaborates, what is left a year after closing, what it costs."""
    rate = comparison.difference(scenario, RATE)
    ours, theirs = (comparison.estimates[name][RATE] for name in (scenario, comparison.baseline))
    pair = f"{number(ours.mean, 'share')} instead of {number(theirs.mean, 'share')} in 100"
    who = subject(title, scenario)
    if isnan(rate.low) and rate.mean != 0:
        these = "this one pair of networks" if rate.replicates < 2 else f"these {rate.replicates:,} pairs of networks"
        first = f"in {these} {pair} members ever collaborate; more replicates say how sure that is."
    elif rate.mean == 0 and (isnan(rate.low) or rate.low == rate.high):
        level = number(ours.mean, "share")
        first = f"exactly as many members ever collaborate as in {comparison.baseline} ({level} in 100)."
    elif rate.is_clear:
        first = (
            f"{_in_100(rate)} members ever collaborate than in {comparison.baseline} ({pair}); {_luck(rate)} "
            f"the rate is {'lower' if rate.mean < 0 else 'higher'}."
        )
    else:
        first = (
            f"no clear difference from {comparison.baseline} in how many members ever collaborate ({pair})"
            f"{_settled_by(rate)}."
        )
    rest = [text for text in (_left(comparison, scenario), _saved(comparison, scenario)) if text]
    return f"{who}: {first}" + "".join(f" {text}" for text in rest)


def trade_offs(comparison: Comparison) -> list[str]:
    """A sentence for each scenario that gains by closing what it loses afterwards, or the other way round."""
    found = []
    for scenario in comparison.compared:
        rate = comparison.difference(scenario, RATE)
        for outcome in (SURVIVAL, LEGACY):
            later = comparison.difference(scenario, outcome)
            if not (rate.is_clear and later.is_clear and (rate.mean > 0) != (later.mean > 0)):
                continue
            now, then = ("more", "fewer") if rate.mean > 0 else ("fewer", "more")
            what = "of the collaborations then active live on" if outcome == SURVIVAL else "members still collaborate"
            found.append(
                f"Mind the trade in {scenario}: by the time of closing {now} members have collaborated "
                f"({_in_100(rate)}), but {then} {what} a year later ({_in_100(later)})."
            )
            break
    return found


def pairing(comparison: Comparison) -> str:
    """What pairing by luck was worth for the collaboration rate; empty where it cannot be said."""
    ratios = [
        one.variance_ratio for one in comparison.differences if one.outcome == RATE and one.variance_ratio is not None
    ]
    if not ratios:
        return ""
    ends = f"{min(ratios):.1f}", f"{max(ratios):.1f}"
    worth = ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
    return (
        f"Every scenario lives through the same luck: comparing like with like was worth {worth} times as many "
        "unpaired replicates (collaboration rate). Where two networks come out alike, each counts half."
    )


def run_answer(estimate: Estimate, scenario: Scenario) -> str:
    """The collaboration rate of one scenario in a sentence or two."""
    who = subject(scenario.title, scenario.name)
    if isnan(estimate.low):
        these = "this one network" if estimate.replicates < 2 else f"these {estimate.replicates:,} networks"
        return (
            f"{who}: {number(estimate.mean, 'share')} in 100 members ever collaborate in {these}; "
            "more replicates say how sure that is."
        )
    average = span(max(estimate.low, 0), min(estimate.high, 1), "share")
    single = number(estimate.spread_low, "share"), number(estimate.spread_high, "share")
    carries = "luck carries" if scenario.posterior is None else "luck, and what is not known of the parameters, carry"
    return (
        f"{who}: on average {average} in 100 members ever collaborate; "
        f"{carries} single networks from {single[0]} to {single[1]} in 100."
    )


def notes(ensembles: Sequence[Ensemble], precision: Precision | None) -> list[str]:
    """What the intervals mean, what the numbers can be held against, and how many networks stand behind them."""
    first = ensembles[0]
    is_open = any(ensemble.scenario.posterior is not None for ensemble in ensembles)
    lines = [ONE if first.replicates < 2 else OPEN if is_open else INTERVAL]
    lines.append(parameters([ensemble.scenario for ensemble in ensembles]))
    if any(ensemble.scenario.name == "salex" for ensemble in ensembles):
        lines.append(SALEX)
    lines.append(PREDICTION)
    lines += [said for ensemble in ensembles for said in idle(ensemble.scenario)]
    if precision is not None and not precision.is_reached:
        needed = f"about {precision.needed:,} replicates" if precision.needed else "more replicates than can be told"
        lines.append(
            f"The wanted precision was not reached: the widest interval of {precision.outcome} is "
            f"{precision.reached:.3g}, not {precision.wanted:.3g}; it would take {needed}."
        )
    if precision is not None and is_open:
        lines.append("The precision is that of luck alone: more networks say no more of the parameters.")
    networks = "network" if first.replicates == 1 else "networks"
    return [*lines, f"{first.replicates:,} {networks} of each scenario, seed {first.seed}."]


def money(estimates: Mapping[str, Estimate], scenario: Scenario) -> str:
    """What the whole cost went to, and in which year's prices; "" where nothing was spent."""
    whole = estimates[COST].mean
    if isnan(whole) or whole == 0:
        return ""
    shares = sorted(((estimates[part].mean / whole, part) for part in COST_PARTS), reverse=True)
    parts = [
        f"{share * 100:.0f} for {BY_NAME[part].label.removeprefix('of it for ')}" for share, part in shares if share
    ]
    return (
        f"Costs are in US dollars, prices of {scenario.costs.price_year}, as `legato show {scenario.name}` lists them. "
        f"Of every 100 dollars: {', '.join(parts)}."
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


def _in_100(one: Difference) -> str:
    """`8 to 11 in 100 fewer`, for a clear difference of a share."""
    near, far = sorted((abs(one.low), abs(one.high)))
    ends = f"{near * 100:.0f}", f"{far * 100:.0f}"
    if near < 0.01:  # rounding must not turn a clear difference into none
        ends = f"{near * 100:.1f}", f"{far * 100:.1f}"
    if ends[0] == "0.0":
        ends = "up to", ends[1]
        return f"{' '.join(ends)} in 100 {'fewer' if one.mean < 0 else 'more'}"
    amount = " to ".join(ends) if ends[0] != ends[1] else f"about {ends[0]}"
    return f"{amount} in 100 {'fewer' if one.mean < 0 else 'more'}"


def _luck(one: Difference) -> str:
    greater = one.probability_greater or 0.0
    chance = greater if one.mean > 0 else 1 - greater
    if chance == 1:
        return f"in all {one.replicates:,} networks with the same luck"
    return f"in {min(99, round(chance * 100))} of 100 networks with the same luck"


def _settled_by(one: Difference) -> str:
    if not one.more_replicates:
        return ""
    if one.more_replicates >= HOPELESS:
        return ": too small for replicates to settle"
    digits = 10 ** max(0, len(str(one.more_replicates)) - 2)
    about = -(-one.more_replicates // digits) * digits
    return f": about {about:,} more replicates would settle it"


def _left(comparison: Comparison, scenario: str) -> str:
    later = comparison.difference(scenario, LEGACY)
    if not later.is_clear:
        return ""
    ours, theirs = (
        number(comparison.estimates[name][LEGACY].mean, "share") for name in (scenario, comparison.baseline)
    )
    return f"A year after closing {_in_100(later)} members collaborate ({ours} instead of {theirs})."


def _saved(comparison: Comparison, scenario: str) -> str:
    cost = comparison.difference(scenario, COST)
    if not cost.is_clear:
        return ""
    near, far = sorted((abs(cost.low), abs(cost.high)))
    ours, theirs = (number(comparison.estimates[name][COST].mean, "usd") for name in (scenario, comparison.baseline))
    amount = f"{span(near, far, 'usd')} thousand USD {'less' if cost.mean < 0 else 'more'}"
    return f"It costs {amount} ({ours} instead of {theirs})."


def scaled(value: float, scale: Scale) -> float:
    """A value in the unit in which it is shown: shares in 100, money in thousand USD."""
    return value * 100 if scale == "share" else value / 1000 if scale == "usd" else value


def _places(value: float, scale: Scale, half: float = nan) -> int:
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
