"""What a comparison answers, in plain sentences: who collaborates, what survives, what it yields, what it costs."""

from collections.abc import Mapping, Sequence
from math import isnan

from results.comparing.amounts import amount, both_ways, fit, levels, on_average, signed
from results.comparing.networks import Networks
from results.estimates.comparison import Comparison, Difference, Estimate
from results.estimates.precision import Precision
from results.words.counts import higher_lower_equal
from results.words.differences import is_alike, is_open, is_same, settled_by
from results.words.headlines import COST, EVIDENCE, LEGACY, RATE, SURVIVAL, SURVIVING
from results.words.horizon import horizon
from results.words.likelihood import EITHER, SCALE, chance_words, direction, likelihood
from results.words.notes import INTERVAL, ONE, OPEN, PREDICTION
from results.words.numbers import number, part_of_cost, percentages, span, subject
from results.words.observed import observed_sentences
from results.words.precision import precision_sentence
from results.words.shares import numbers
from results.words.varying import few_behind, parameters
from scenarios import Scenario
from scenarios.files.listing import counted
from scenarios.reading.idle_values import idle
from simulation.outcomes import COST_PARTS
from simulation.running.ensemble import Ensemble


def answer(comparison: Comparison, scenario: str, title: str) -> str:
    """What a funder asked, in a few sentences: who collaborates, a year after closing, evidence, and cost always."""
    rest = (_left(comparison, scenario), _yield(comparison, scenario), _cost(comparison, scenario))
    return " ".join([f"{subject(title, scenario)}: {_rate(comparison, scenario)}", *filter(None, rest)])


def _rate(comparison: Comparison, scenario: str) -> str:
    rate, base = comparison.difference(scenario, RATE), comparison.baseline
    who = "the share of members that ever collaborate"
    if isnan(rate.mean):
        return f"{who} cannot be compared with {base}: it is missing in one of them."
    if is_same(rate):
        return f"{who} is exactly the same as in {base} ({number(rate.level, 'share')} %)."
    if isnan(rate.low):
        return f"{who} is {levels(rate)} in {_these(rate)}; more replicates show how sure that is."
    counted, fitted = f"{higher_lower_equal(rate)}.", fit(rate)
    if is_alike(rate):
        return f"{who} is practically the same as in {base} ({on_average(rate, fitted)}); {counted}"
    way, ends = direction(rate.chance_higher), both_ways(rate, fitted)
    if way == EITHER:
        said = f"compared with {base}, {who} could go either way: {on_average(rate, fitted)}, {ends}; {counted}"
    elif rate.is_clear:
        said = f"{who} is {way} than in {base}, by {amount(rate, fitted)} ({levels(rate, fitted)}); {counted}"
    else:
        said = (
            f"{who} is {way} than in {base} ({chance_words(rate.chance_higher)}), but by how much is open: "
            f"{on_average(rate, fitted)}, {ends}; {counted}"
        )
    settled = settled_by(rate).removeprefix(": ").replace("too small", "the difference is too small", 1)
    return f"{said} {settled[0].upper()}{settled[1:]}." if settled else said


def _left(comparison: Comparison, scenario: str) -> str:
    later = comparison.difference(scenario, LEGACY)
    if isnan(later.low) or is_same(later):
        return ""
    fitted, share = fit(later), "A year after closing, the share of members that collaborate"
    some = f" in the {later.compared:,} networks followed for a year after closing" if later.missing else ""
    if is_alike(later):
        return f"{share} is practically the same ({on_average(later, fitted)}){some}."
    way = direction(later.chance_higher)
    if way == EITHER:
        return f"{share} could go either way ({on_average(later, fitted)}){some}."
    if later.is_clear:
        return f"{share} is {way}, by {amount(later, fitted)} ({levels(later, fitted)}){some}."
    return f"{share} is {way} ({chance_words(later.chance_higher)}): {on_average(later, fitted)}{some}."


def _yield(comparison: Comparison, scenario: str) -> str:
    one = comparison.difference(scenario, EVIDENCE)
    if isnan(one.mean):
        return ""
    if is_same(one):
        return f"Evidence is exactly the same ({number(one.level, 'count')} pieces on average)."
    if isnan(one.low):
        return f"It produces {levels(one)} pieces of evidence in {_these(one)}."
    fitted, sure = fit(one), likelihood(one.chance_higher)
    both = on_average(one, fitted, " pieces")
    if is_alike(one):
        return f"Evidence is practically the same ({both})."
    if not sure:
        return f"Evidence could go either way ({both})."
    if one.is_clear:
        return f"It {sure} produces {signed(one, fitted)} pieces of evidence ({levels(one, fitted)} on average)."
    less = direction(one.chance_higher, "less", "more").removeprefix(sure)
    return f"It {sure} produces{less} evidence ({chance_words(one.chance_higher)}): {both}."


def _cost(comparison: Comparison, scenario: str) -> str:
    one = comparison.difference(scenario, COST)
    if isnan(one.mean):
        return ""
    if is_same(one):
        return f"It costs exactly the same in the whole run ({number(one.level, 'usd')} thousand USD)."
    if isnan(one.low):
        return f"It costs {levels(one)} in the whole run, in {_these(one)}."
    fitted, sure = fit(one), likelihood(one.chance_higher)
    both = on_average(one, fitted)
    if is_alike(one):
        return f"It costs practically the same in the whole run ({both})."
    if not sure:
        return f"Its cost in the whole run could go either way ({both}, {both_ways(one, fitted)})."
    if one.is_clear:
        return f"It {sure} costs {signed(one, fitted)} in the whole run ({levels(one, fitted)})."
    less = direction(one.chance_higher, "less", "more").removeprefix(sure)
    return (
        f"It {sure} costs{less} in the whole run ({chance_words(one.chance_higher)}): {both}, {both_ways(one, fitted)}."
    )


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
    before = f"the share of members that have collaborated by closing is {signed(rate, fit(rate))}"
    fitted = fit(later)
    if later.outcome == LEGACY:
        after = f"the share that collaborate a year later is {signed(later, fitted)} ({levels(later, fitted)})"
        return f"Note the trade-off in {scenario}: {before}, but {after}."
    after = (
        f"the share of the collaborations active at closing that survive a year is {signed(later, fitted)} "
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
    return f"Note the trade-off in {scenario}: {before}, but {after}; their number {_way(number_of)}: {pairs}."


def _way(one: Difference) -> str:
    """Where a number goes that may be the same: "is probably lower", "could go either way"."""
    way = direction(one.chance_higher)
    return way if way == EITHER else f"is {way}"


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


def of_parameters(comparison: Comparison, outcomes: Sequence[str]) -> str:
    """That more networks would not narrow what is open; "" where no size is open, or luck makes most of it."""
    shown = [comparison.difference(name, outcome) for name in comparison.compared for outcome in outcomes]
    still = sum(is_open(one) for one in shown)
    if not still:
        return ""
    return (
        f"In {still} of {len(shown)} differences the size is open because parameters are uncertain: knowing more about "
        "them would settle it, more networks would not."
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


def notes(ensembles: Sequence[Ensemble | Networks], precision: Precision | None) -> list[str]:
    """What the intervals mean, what the numbers can be compared with, and how many networks they come from."""
    first = ensembles[0]
    is_open = any(ensemble.scenario.posterior is not None for ensemble in ensembles)
    scenarios = [ensemble.scenario for ensemble in ensembles]
    lines = [ONE if first.replicates < 2 else OPEN if is_open else INTERVAL]
    if first.replicates > 1:
        lines += filter(None, [SCALE if len(ensembles) > 1 else "", few_behind(scenarios, first.replicates)])
    lines.append(parameters(scenarios, first.replicates))
    lines += observed_sentences(scenarios)
    lines.append(PREDICTION)
    lines.append(horizon(scenarios))
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
