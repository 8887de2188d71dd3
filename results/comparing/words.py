"""What a comparison answers, in plain sentences: who collaborates, what survives, what it yields, what it costs."""

from collections.abc import Mapping, Sequence
from math import isnan

from results.comparing.amounts import amount, both_ways, fit, levels, on_average, signed
from results.comparing.networks import Networks
from results.comparing.prices import price
from results.estimates.comparison import Comparison, Difference, Estimate
from results.estimates.precision import Precision
from results.words.counts import higher_lower_equal
from results.words.differences import is_alike, is_open, is_same, settled_by
from results.words.headlines import COST, EVIDENCE, LEGACY, RATE, SURVIVAL, SURVIVING
from results.words.horizon import horizon
from results.words.idle_sentences import idle_sentences
from results.words.likelihood import EITHER, SCALE, chance_words, direction, likelihood
from results.words.notes import INTERVAL, ONE, OPEN, PREDICTION
from results.words.numbers import as_num, num, part_of_cost, percentages, span, subject
from results.words.observed import observed_sentences
from results.words.plan_names import title_of
from results.words.precision import precision_sentence
from results.words.sentence import Told, in_turn, sentence, told
from results.words.shares import numbers
from results.words.varying import few_behind, varies
from scenarios import Scenario
from simulation.outcomes import COST_PARTS
from simulation.running.ensemble import Ensemble


def answer(comparison: Comparison, scenario: str, title: str) -> str:
    """What a funder asked, in a few sentences: who collaborates, a year after closing, evidence, and cost always."""
    first = told("answer", who=subject(title, scenario), said=_rate(comparison, scenario))
    rest = (_left(comparison, scenario), _yield(comparison, scenario), _cost(comparison, scenario))
    return in_turn([first, *rest, _price(comparison, scenario)])


def _rate(comparison: Comparison, scenario: str) -> str:
    rate, base = comparison.difference(scenario, RATE), comparison.baseline
    if isnan(rate.mean):
        return told("rate.missing", baseline=base)
    if is_same(rate):
        return told("rate.same", baseline=base, level=num(rate.level, "share"))
    if isnan(rate.low):
        return told("rate.few", levels=levels(rate), these=_these(rate))
    counts, fitted = higher_lower_equal(rate), fit(rate)
    if is_alike(rate):
        return told("rate.alike", baseline=base, levels=on_average(rate, fitted), counts=counts)
    way, ends, chance = direction(rate.chance_higher), both_ways(rate, fitted), chance_words(rate.chance_higher)
    if way == EITHER:
        said = told("rate.either", baseline=base, levels=on_average(rate, fitted), ends=ends, counts=counts)
    elif rate.is_clear:
        size, both = amount(rate, fitted), levels(rate, fitted)
        said = told("rate.clear", way=way, baseline=base, amount=size, levels=both, counts=counts)
    else:
        both = on_average(rate, fitted)
        said = told("rate.open", way=way, baseline=base, chance=chance, levels=both, ends=ends, counts=counts)
    return in_turn([said, settled_by(rate, whole=True)])


def _left(comparison: Comparison, scenario: str) -> str:
    later = comparison.difference(scenario, LEGACY)
    if isnan(later.low) or is_same(later):
        return ""
    fitted = fit(later)
    some = told("left.some", count=later.compared) if later.missing else ""
    if is_alike(later):
        return told("left.alike", levels=on_average(later, fitted), some=some)
    way = direction(later.chance_higher)
    if way == EITHER:
        return told("left.either", levels=on_average(later, fitted), some=some)
    if later.is_clear:
        return told("left.clear", way=way, amount=amount(later, fitted), levels=levels(later, fitted), some=some)
    chance = chance_words(later.chance_higher)
    return told("left.open", way=way, chance=chance, levels=on_average(later, fitted), some=some)


def _yield(comparison: Comparison, scenario: str) -> str:
    one = comparison.difference(scenario, EVIDENCE)
    if isnan(one.mean):
        return ""
    if is_same(one):
        return told("yield.same", level=num(one.level, "count"))
    if isnan(one.low):
        return told("yield.few", levels=levels(one), these=_these(one))
    fitted, sure = fit(one), likelihood(one.chance_higher)
    both = on_average(one, fitted, told("of.pieces"))
    if is_alike(one):
        return told("yield.alike", levels=both)
    if not sure:
        return told("yield.either", levels=both)
    if one.is_clear:
        return told("yield.clear", sure=sure, amount=signed(one, fitted), levels=levels(one, fitted))
    return told("yield.open", sure=sure, less=_less(one), chance=chance_words(one.chance_higher), levels=both)


def _cost(comparison: Comparison, scenario: str) -> str:
    one = comparison.difference(scenario, COST)
    if isnan(one.mean):
        return ""
    if is_same(one):
        return told("costs.same", level=num(one.level, "usd"))
    if isnan(one.low):
        return told("costs.few", levels=levels(one), these=_these(one))
    fitted, sure = fit(one), likelihood(one.chance_higher)
    both, ends = on_average(one, fitted), both_ways(one, fitted)
    if is_alike(one):
        return told("costs.alike", levels=both)
    if not sure:
        return told("costs.either", levels=both, ends=ends)
    if one.is_clear:
        return told("costs.clear", sure=sure, amount=signed(one, fitted), levels=levels(one, fitted))
    return told(
        "costs.open", sure=sure, less=_less(one), chance=chance_words(one.chance_higher), levels=both, ends=ends
    )


def _price(comparison: Comparison, scenario: str) -> str:
    priced = price(comparison, scenario)
    return "" if priced is None else Told(priced)


def _less(one: Difference) -> str:
    """Where evidence or a cost goes, in a sentence."""
    return told("more" if one.chance_higher is not None and one.chance_higher > 0.5 else "less")


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
    fitted = fit(later)
    said = {
        "plan": scenario,
        "before": signed(rate, fit(rate)),
        "after": signed(later, fitted),
        "levels": levels(later, fitted),
    }
    if later.outcome == LEGACY:
        return told("trade.legacy", **said)
    number_of = comparison.difference(scenario, SURVIVING)
    pairs = numbers(comparison.estimates[scenario], comparison.estimates[comparison.baseline], SURVIVAL)
    if number_of.is_clear:
        kind = "survival" if (number_of.mean > 0) == (later.mean > 0) else "disagree"
        fewer = told("fewer" if number_of.mean < 0 else "more")
        return told(f"trade.{kind}", fewer=fewer, pairs=pairs, **said)
    return told("trade.open", way=_way(number_of), pairs=pairs, **said)


def _way(one: Difference) -> str:
    """Where a number goes that may be the same: "is probably lower", "could go either way"."""
    way = direction(one.chance_higher)
    return way if way == EITHER else told("direction.is", direction=way)


def pairing(comparison: Comparison) -> str:
    """What pairing by luck was worth for the collaboration rate; empty where it cannot be said."""
    ratios = [
        one.variance_ratio for one in comparison.differences if one.outcome == RATE and one.variance_ratio is not None
    ]
    if not ratios:
        return ""
    low, high = f"{min(ratios):.1f}", f"{max(ratios):.1f}"
    worth = as_num(low) if low == high else sentence("span", low=as_num(low), high=as_num(high))
    alike = all(one.same_members for one in comparison.differences)
    return told(f"note.pairing.{'luck' if alike else 'number'}", worth=worth)


def of_parameters(comparison: Comparison, outcomes: Sequence[str]) -> str:
    """That more networks would not narrow what is open; "" where no size is open, or luck makes most of it."""
    shown = [comparison.difference(name, outcome) for name in comparison.compared for outcome in outcomes]
    still = sum(is_open(one) for one in shown)
    return told("note.sizes.open", count=still, all=len(shown)) if still else ""


def sizes(comparison: Comparison, scenarios: Sequence[Scenario]) -> str:
    """Members that ever collaborate as a share and in number, where networks differ in size; else ""."""
    if len({one.network.members for one in scenarios}) == 1 and not any(one.network.joining for one in scenarios):
        return ""
    each = [_members(one, comparison.estimates[one.name][RATE].mean) for one in scenarios]
    return told("sizes", each=in_turn(each, "semicolon"))


def _members(scenario: Scenario, rate: float) -> str:
    founding, share = scenario.network.members, num(rate, "share")
    if scenario.network.joining:
        return told("sizes.joining", plan=scenario.name, share=share, members=str(founding))
    mean = num(rate * founding, "count", 1)
    return told("sizes.fixed", plan=scenario.name, share=share, members=str(founding), number=mean)


def _these(one: Difference) -> str:
    return told("these.pairs", count=max(one.replicates, 1))


def run_answer(estimate: Estimate, scenario: Scenario) -> str:
    """The collaboration rate of one scenario in a sentence or two."""
    who = subject(title_of(scenario), scenario.name)
    if isnan(estimate.low):
        these = told("these.networks", count=max(estimate.replicates, 1))
        return told("run.few", who=who, share=num(estimate.mean, "share"), these=these)
    return told(
        "run.range", who=who, average=span(max(estimate.low, 0), min(estimate.high, 1), "share"),
        luck=told("run.luck" if scenario.posterior is None else "run.luck.parameters"),
        low=num(estimate.spread_low, "share"), high=num(estimate.spread_high, "share"),
    )  # fmt: skip


def notes(ensembles: Sequence[Ensemble | Networks], precision: Precision | None) -> list[str]:
    """What the intervals mean, what the numbers can be compared with, and how many networks they come from."""
    first = ensembles[0]
    is_open = any(ensemble.scenario.posterior is not None for ensemble in ensembles)
    scenarios = [ensemble.scenario for ensemble in ensembles]
    lines: list[str] = [ONE if first.replicates < 2 else OPEN if is_open else INTERVAL]
    if first.replicates > 1:
        lines += filter(None, [SCALE if len(ensembles) > 1 else "", few_behind(scenarios, first.replicates)])
    lines.append(varies(scenarios, first.replicates))
    lines += observed_sentences(scenarios)
    lines.append(PREDICTION)
    lines.append(horizon(scenarios))
    lines += [said for ensemble in ensembles for said in idle_sentences(ensemble.scenario)]
    if precision is not None:
        lines.append(precision_sentence(precision, is_open=is_open))
    return [*lines, told("note.networks", count=first.replicates, seed=str(first.seed))]


def run_money(estimates: Mapping[str, Estimate], scenario: Scenario) -> str:
    """What the whole cost went to, and in which year's prices; "" where nothing was spent."""
    whole = estimates[COST].mean
    if isnan(whole) or whole == 0:
        return ""
    shares = percentages({part: estimates[part].mean / whole for part in COST_PARTS})
    order = sorted((part for part in shares if shares[part]), key=lambda part: -shares[part])
    parts = [told("run.part", part=part_of_cost(part), share=shares[part]) for part in order]
    year = str(scenario.costs.price_year)
    return told("run.money", year=year, plan=scenario.name, parts=in_turn(parts, "comma"))
