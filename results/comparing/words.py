"""What a comparison answers, in plain sentences: who collaborates, what survives, what it yields, what it costs."""

from collections.abc import Mapping, Sequence
from math import isnan

from results.estimates.comparison import Comparison, Difference, Estimate
from results.estimates.precision import Precision
from results.words.counts import higher_lower_equal
from results.words.differences import settled_by
from results.words.headlines import COST, EVIDENCE, LEGACY, RATE, SURVIVAL, SURVIVING
from results.words.horizon import horizon
from results.words.notes import INTERVAL, ONE, OPEN, PREDICTION
from results.words.numbers import digits, number, part_of_cost, percentages, scaled, span, subject
from results.words.observed import observed_sentences
from results.words.precision import precision_sentence
from results.words.rounding import FAR_UNITS, Fitted, fitting
from results.words.shares import numbers
from results.words.varying import parameters
from scenarios import Scenario
from scenarios.files.listing import counted
from scenarios.reading.idle_values import idle
from simulation.outcomes import BY_NAME, COST_PARTS, Scale
from simulation.running.ensemble import Ensemble

_WAYS: dict[Scale, tuple[str, str]] = {
    "share": ("lower", "higher"),
    "level": ("lower", "higher"),
    "index": ("lower", "higher"),
    "count": ("fewer", "more"),
    "usd": ("less", "more"),
}


def answer(comparison: Comparison, scenario: str, title: str) -> str:
    """What a funder asked, in a few sentences: who collaborates, a year after closing, evidence, and cost always."""
    rest = (_left(comparison, scenario), _yield(comparison, scenario), _cost(comparison, scenario))
    return " ".join([f"{subject(title, scenario)}: {_rate(comparison, scenario)}", *filter(None, rest)])


def _rate(comparison: Comparison, scenario: str) -> str:
    rate, base = comparison.difference(scenario, RATE), comparison.baseline
    who = "the share of members that ever collaborate"
    if isnan(rate.mean):
        return f"{who} cannot be compared with {base}: it is missing in one of them."
    if _is_same(rate):
        return f"{who} is exactly the same as in {base} ({number(rate.level, 'share')} %)."
    if isnan(rate.low):
        return f"{who} is {levels(rate)} in {_these(rate)}; more replicates show how sure that is."
    counted, fitted = f"{higher_lower_equal(rate)}.", fit(rate)
    if rate.is_clear:
        return f"{who} is {amount(rate, fitted)} than in {base} ({levels(rate, fitted)}); {counted}"
    settled = settled_by(rate).removeprefix(": ").replace("too small", "the difference is too small", 1)
    more = f" {settled[0].upper()}{settled[1:]}." if settled else ""
    return f"no clear difference from {base} in {who} ({unclear(rate, fitted)}); {counted}{more}"


def _left(comparison: Comparison, scenario: str) -> str:
    later = comparison.difference(scenario, LEGACY)
    if isnan(later.low) or _is_same(later):
        return ""
    fitted = fit(later)
    some = f" in the {later.compared:,} networks followed for a year after closing" if later.missing else ""
    if not later.is_clear:
        return (
            f"A year after closing, there is no clear difference in the share that collaborate "
            f"({unclear(later, fitted)}){some}."
        )
    share = f"the share of members that collaborate is {amount(later, fitted)} ({levels(later, fitted)})"
    return f"A year after closing, {share}{some}."


def _yield(comparison: Comparison, scenario: str) -> str:
    one = comparison.difference(scenario, EVIDENCE)
    if isnan(one.mean):
        return ""
    if _is_same(one):
        return f"Evidence is exactly the same ({number(one.level, 'count')} pieces on average)."
    if isnan(one.low):
        return f"It produces {levels(one)} pieces of evidence in {_these(one)}."
    fitted = fit(one)
    if one.is_clear:
        return f"It produces {amount(one, fitted)} pieces of evidence ({levels(one, fitted)} on average)."
    return f"No clear difference in evidence ({unclear(one, fitted, ' pieces on average')})."


def _cost(comparison: Comparison, scenario: str) -> str:
    one = comparison.difference(scenario, COST)
    if isnan(one.mean):
        return ""
    if _is_same(one):
        return f"It costs exactly the same in the whole run ({number(one.level, 'usd')} thousand USD)."
    if isnan(one.low):
        return f"It costs {levels(one)} in the whole run, in {_these(one)}."
    fitted = fit(one)
    if one.is_clear:
        return f"It costs {amount(one, fitted)} in the whole run ({levels(one, fitted)})."
    return f"No clear difference in cost in the whole run ({unclear(one, fitted)}; {_both_ways(one, fitted)})."


def trade_offs(comparison: Comparison) -> list[str]:
    """A sentence for each scenario that gains by closing what it loses afterwards, or the other way round.

    Of the collaborations that survive, the share and the number: their base, those active at closing, moves too.
    """
    found = []
    for scenario in comparison.compared:
        rate = comparison.difference(scenario, RATE)
        for outcome in (SURVIVAL, LEGACY):
            later = comparison.difference(scenario, outcome)
            if rate.is_clear and later.is_clear and (rate.mean > 0) != (later.mean > 0):
                found.append(_trade(comparison, scenario, rate, later))
                break
    return found


def _trade(comparison: Comparison, scenario: str, rate: Difference, later: Difference) -> str:
    before = f"the share of members that have collaborated by closing is {amount(rate, fit(rate))}"
    fitted = fit(later)
    if later.outcome == LEGACY:
        after = f"the share that collaborate a year later is {amount(later, fitted)} ({levels(later, fitted)})"
        return f"Note the trade-off in {scenario}: {before}, but {after}."
    after = (
        f"the share of the collaborations active at closing that survive a year is {amount(later, fitted)} "
        f"({levels(later, fitted)})"
    )
    number_of = comparison.difference(scenario, SURVIVING)
    pairs = numbers(comparison.estimates[scenario], comparison.estimates[comparison.baseline], SURVIVAL)
    if number_of.is_clear and (number_of.mean > 0) == (later.mean > 0):
        return f"Note the trade-off in {scenario}: {before}, but {after}; in number, too, {_fewer(number_of)}: {pairs}."
    if number_of.is_clear:
        return (
            f"Note that in {scenario} share and number disagree: {before}, and {after}, but {_fewer(number_of)}: "
            f"{pairs}."
        )
    return f"Note the trade-off in {scenario}: {before}, but {after}; their number is not clearly different: {pairs}."


def _fewer(one: Difference) -> str:
    return f"{'fewer' if one.mean < 0 else 'more'} survive"


def pairing(comparison: Comparison) -> str:
    """What pairing by luck was worth for the collaboration rate; empty where it cannot be said."""
    ratios = [
        one.variance_ratio for one in comparison.differences if one.outcome == RATE and one.variance_ratio is not None
    ]
    if not ratios:
        return ""
    ends = f"{min(ratios):.1f}", f"{max(ratios):.1f}"
    worth = ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
    alike = all(one.same_members for one in comparison.differences)
    who, pairs = ("the same luck", "networks with the same luck") if alike else ("one seed", "networks of one number")
    return (
        f"Every scenario runs with {who}: pairing saves as much as running {worth} times as many networks "
        f"(collaboration rate). Higher, equal and lower count pairs of {pairs}; pairs in which one "
        "has no value are left out."
    )


def sizes(comparison: Comparison, scenarios: Sequence[Scenario]) -> str:
    """Members that ever collaborate as a share and in number, where networks differ in size; else ""."""
    if len({one.network.members for one in scenarios}) == 1 and not any(one.network.joining for one in scenarios):
        return ""
    each = [_members(one, comparison.estimates[one.name][RATE].mean) for one in scenarios]
    return f"Networks differ in size, so shares and numbers differ. Members that ever collaborate: {'; '.join(each)}."


def _members(scenario: Scenario, rate: float) -> str:
    founding = scenario.network.members
    if scenario.network.joining:
        return f"{scenario.name} {number(rate, 'share')} % of all that have joined ({founding} at the start)"
    return f"{scenario.name} {number(rate, 'share')} % of {founding}, {number(rate * founding, 'count', 1)} on average"


def fit(one: Difference) -> Fitted:
    """The ends of the interval and both levels, rounded so that they fit, in the unit in which they are shown."""
    scale = BY_NAME[one.outcome].scale
    places = digits(max(abs(one.level), abs(one.baseline_level)), scale, (one.high - one.low) / 2)
    ends = scaled(one.low, scale), scaled(one.high, scale)
    if one.is_clear and min(map(abs, ends)) < 1 and max(map(abs, ends)) < FAR_UNITS:
        places = max(1, places)  # rounding must not turn a clear difference into none
    return fitting(*ends, scaled(one.level, scale), scaled(one.baseline_level, scale), places)


def amount(one: Difference, fitted: Fitted) -> str:
    """A clear difference: `3 to 15 percentage points lower`, `411 to 655 thousand USD less`, `3.0 to 6.8 fewer`."""
    scale = BY_NAME[one.outcome].scale
    near, far = sorted((abs(fitted.low), abs(fitted.high)))
    texts = f"{near:,.{fitted.places}f}", f"{far:,.{fitted.places}f}"
    if texts[0] == texts[1]:
        text = f"about {texts[0]}"
    elif near == 0:
        text = f"up to {texts[1]}"
    else:
        text = f"{texts[0]} to {texts[1]}"
    return f"{text}{_unit(scale)} {_WAYS[scale][one.mean > 0]}"


def _both_ways(one: Difference, fitted: Fitted) -> str:
    """An interval that holds no difference: `from 5 thousand USD less to 33 more`."""
    scale = BY_NAME[one.outcome].scale
    less, more = _WAYS[scale]
    low, high = (f"{abs(end):,.{fitted.places}f}" for end in (fitted.low, fitted.high))
    return f"from {low}{_unit(scale)} {less} to {high} {more}"


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


def unclear(one: Difference, fitted: Fitted, of: str = "") -> str:
    """Both levels where they do not clearly differ, `9.5 pieces in both` where they are printed alike.

    Args:
        one: the difference.
        fitted: what is printed of it.
        of: what is counted, with a blank before.
    """
    if fitted.ours != fitted.theirs:
        return levels(one, fitted) + of
    unit = {"share": " %", "usd": " thousand USD"}.get(BY_NAME[one.outcome].scale, "")
    return f"{fitted.ours:,.{fitted.places}f}{unit}{of} in both"


def _unit(scale: Scale) -> str:
    return {"share": " percentage points", "usd": " thousand USD"}.get(scale, "")


def _is_same(one: Difference) -> bool:
    return one.mean == 0 and (isnan(one.low) or one.low == one.high)


def _these(one: Difference) -> str:
    return "this one pair of networks" if one.replicates < 2 else f"these {one.replicates:,} pairs of networks"


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
    by = "luck" if scenario.posterior is None else "luck and uncertainty about the parameters"
    return (
        f"{who}: on average {average} % of members ever collaborate; "
        f"because of {by}, the middle 95 % of networks range from {single[0]} to {single[1]} %."
    )


def notes(ensembles: Sequence[Ensemble], precision: Precision | None) -> list[str]:
    """What the intervals mean, what the numbers can be compared with, and how many networks they come from."""
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
    return [*lines, f"{counted(first.replicates, 'network')} of each scenario, seed {first.seed}."]


def run_money(estimates: Mapping[str, Estimate], scenario: Scenario) -> str:
    """What the whole cost went to, and in which year's prices; "" where nothing was spent."""
    whole = estimates[COST].mean
    if isnan(whole) or whole == 0:
        return ""
    shares = percentages({part: estimates[part].mean / whole for part in COST_PARTS})
    parts = [f"{part_of_cost(part)} ({shares[part]} %)" for part in sorted(shares, key=lambda part: -shares[part])]
    return (
        f"Costs are in US dollars, prices of {scenario.costs.price_year}, as `legato show {scenario.name}` lists them. "
        f"The money goes to {', '.join(part for part in parts if '(0 %)' not in part)}."
    )
