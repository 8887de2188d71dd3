"""What a comparison says to a meeting: what to do by what matters most, why, the plans in their order, one figure."""

from collections.abc import Mapping, Sequence
from math import isnan

from results.comparing.amounts import fit
from results.comparing.judging import LEAST, Judge, Lead, Pairs, leads
from results.comparing.plan_cells import amount, cell, ends, kind_of, level, mark, sure
from results.comparing.prices import price
from results.estimates.comparison import Comparison
from results.words.decision import Chart, Decision, Panel, Plan
from results.words.headlines import COST, LEGACY, RATE
from results.words.likelihood import LEVELS
from results.words.numbers import scaled
from results.words.plan_names import PlanName, alternatives, plan_names
from results.words.sentence import Either, Num, Sentence, Words, sentence
from scenarios import Scenario, value_of
from scenarios.schema.observation import Observation
from simulation.outcomes import outcome_named

MOST_NAMED = 3
"""Plans that a sentence names."""
MOST_PLANS = 5
"""Plans in the table of page one."""
COLUMNS = (RATE, LEGACY, COST)
"""Effect, what survives, money."""
PREDICTED = ("facilitation.intensity", "closing.notice")
"""Values whose effect no study has measured."""
SURE = ("almost", "very", "probably")
"""What the words of `LEVELS` are called where they are explained, the surest first."""


def decision(comparison: Comparison, scenarios: Sequence[Scenario], pairs: Pairs) -> Decision:
    """Everything of page one.

    Args:
        comparison: of each plan with the baseline.
        scenarios: the plans.
        pairs: the others with each other, see `judging.pairs_of`.
    """
    names = plan_names(scenarios, comparison.baseline)
    judge = Judge(comparison, pairs)
    found = leads(judge)
    by = next((lead for lead in found if lead.outcome == LEGACY), None) or judge.lead(RATE)
    plans, more = _plans(comparison, judge, names, by)
    base = names[comparison.baseline].whole
    outcomes = tuple(one for one in COLUMNS if any(lead.outcome == one for lead in found))
    return Decision(
        title=alternatives(names, comparison.baseline),
        verdict=_verdict(found, comparison, names),
        reasons=(*(_reason(lead, comparison, names) for lead in found), *_priced(found, comparison, names)),
        table=sentence("table.title", by=sentence(f"by.{by.outcome if by else RATE}")),
        columns=outcomes,
        plans=tuple(_shown(plan, outcomes) for plan in plans),
        more=None if not more else sentence("table.more", count=more),
        chart=_chart(comparison, names, [plan.name for plan in plans], outcomes, base),
        trust=tuple(_trust(comparison, scenarios, base)),
        called={name: one.label for name, one in names.items()},
    )


def _verdict(found: Sequence[Lead], comparison: Comparison, names: Mapping[str, PlanName]) -> Sentence:
    """By what matters most: who is in front; the baseline wherever nothing much is gained by leaving it."""
    if all(isnan(one.low) for one in comparison.differences if one.outcome in (RATE, COST)):
        return sentence("verdict.few")
    base = comparison.baseline
    speaks: dict[tuple[str, ...], list[Words]] = {}
    for lead in found:
        if lead.is_open or (lead.small and not lead.for_baseline):
            continue
        plans = (base,) if lead.for_baseline else lead.front
        speaks.setdefault(plans, []).append(sentence(f"goal.{lead.outcome}"))
    if not speaks:
        return sentence("verdict.open")
    if len(speaks) == 1:
        plans, goals = next(iter(speaks.items()))
        if plans == (base,):
            return sentence("verdict.keep", plan=names[base].whole)
        if len(goals) == len(found):
            several = Either(_several(plans, names))
            if len(plans) > 1:
                return sentence("verdict.either", plans=several)
            return sentence("verdict.choose", plan=several)
    order = sorted(speaks, key=lambda plans: plans != (base,))  # keeping what there is comes first
    each = [_course(plans, speaks[plans], base, names) for plans in order]
    if len(each) == 1:
        return sentence("verdict.one", first=each[0])
    return sentence("verdict.several", first=each[0], others=_semicolons(each[1:]))


def _semicolons(each: Sequence[Sentence]) -> Sentence:
    first, *rest = each
    return sentence("verdict.then", first=first, rest=_semicolons(rest)) if rest else first


def _several(plans: Sequence[str], names: Mapping[str, PlanName]) -> tuple[Words, ...]:
    """Plans in a sentence: a few by name, the others counted."""
    if len(plans) <= MOST_NAMED:
        return tuple(names[name].whole for name in plans)
    named = [names[name].whole for name in plans[: MOST_NAMED - 1]]
    return (*named, sentence("plan.rest", count=len(plans) - len(named)))


def _course(plans: Sequence[str], goals: Sequence[Words], base: str, names: Mapping[str, PlanName]) -> Sentence:
    several = Either(tuple(goals))
    if plans == (base,):
        return sentence("verdict.keep_if", plan=names[base].whole, goals=several)
    return sentence("verdict.choose_if", plans=Either(_several(plans, names)), goals=several)


def _reason(lead: Lead, comparison: Comparison, names: Mapping[str, PlanName]) -> Sentence:
    """Which plan is ahead in one outcome, how sure that is, and by how much."""
    outcome, base, best = lead.outcome, comparison.baseline, lead.ranked[0]
    topic, usd = sentence(f"about.{outcome}"), ".usd" if kind_of(outcome) == "usd" else ""

    def stands(name: str) -> Sentence:
        return level(comparison.estimates[name][outcome].mean, outcome)

    if lead.is_open:
        if lead.alike:
            return sentence("reason.same", topic=topic, level=stands(best))
        sides = sorted((best, lead.ranked[-1]), key=lambda name: comparison.estimates[name][outcome].mean)
        low, high = (stands(name) for name in sides)
        if low == high:
            return sentence("reason.level", topic=topic, level=low)
        lowest, highest = (names[name].whole for name in sides)
        return sentence("reason.open", topic=topic, low=low, high=high, lowest=lowest, highest=highest)
    assert lead.chance is not None
    said = {"topic": topic, "sure": sure(lead.chance)}
    if len(lead.front) > 1:
        plans = _several(lead.front, names)
        if lead.alike:
            return sentence(f"reason.alike{usd}", plans=plans, level=stands(best), **said)
        return sentence(f"reason.shared{usd}", plans=plans, **said)
    plan = names[best].whole
    if best == base:
        second = lead.ranked[1]
        return sentence(
            f"reason.sole{usd}", plan=plan, level=stands(best), next=names[second].whole, next_level=stands(second),
            **said,
        )  # fmt: skip
    one = comparison.difference(best, outcome)
    low, high = ends(one, fit(one))
    change = amount(one, fit(one)) if one.is_clear else sentence("span", low=low, high=high)
    kind = "small" if lead.small else "other"
    return sentence(
        f"reason.{kind}{usd}", plan=plan, level=stands(best), change=change, baseline=names[base].whole, **said
    )


def _priced(found: Sequence[Lead], comparison: Comparison, names: Mapping[str, PlanName]) -> tuple[Sentence, ...]:
    """What the trade is priced at between the baseline and the cheapest plan, or the best one if none is cheaper."""
    for outcome in (COST, LEGACY, RATE):
        lead = next((lead for lead in found if lead.outcome == outcome), None)
        if lead is not None and not lead.is_open and lead.ranked[0] != comparison.baseline:
            plan = lead.ranked[0]
            said = price(comparison, plan, names[plan].whole, names[comparison.baseline].whole)
            if said is not None:
                return (said,)
    return ()


def _plans(
    comparison: Comparison, judge: Judge, names: Mapping[str, PlanName], by: Lead | None
) -> tuple[list[Plan], int]:
    """The baseline, the best one in each outcome, and the first in rank; and how many are left out."""
    ranked = by.ranked if by else ()
    order = [*ranked, *(name for name in names if name not in ranked)]
    wanted = [comparison.baseline, *(lead.ranked[0] for lead in leads(judge)), *order]
    shown = sorted(list(dict.fromkeys(wanted))[:MOST_PLANS], key=order.index)
    plans = []
    for name in shown:
        place = order.index(name)
        following = order[place + 1] if place + 1 < len(ranked) else None
        plans.append(
            Plan(
                name,
                names[name].label,
                place + 1 if name in ranked else None,
                tuple(
                    cell(
                        outcome,
                        comparison.estimates[name][outcome],
                        None if name == comparison.baseline else comparison.difference(name, outcome),
                    )
                    for outcome in COLUMNS
                ),
                _rank_sure(judge, name, following, by) if name in ranked else sentence("rank.off"),
            )
        )
    return plans, len(order) - len(shown)


def _rank_sure(judge: Judge, name: str, following: str | None, by: Lead | None) -> Sentence:
    if following is None or by is None:
        return sentence("rank.last")
    found = judge.between(name, following, by.outcome)
    if found is None or (found.chance_higher is None and found.mean != 0):
        return sentence("rank.unknown")
    if judge.alike(name, following, by.outcome):
        return sentence("rank.same")
    chance = judge.ahead(name, following, by.outcome)
    if chance is None or chance < LEAST:
        return sentence("rank.open")
    return sentence("rank.next", sure=sure(chance))


def _shown(plan: Plan, outcomes: Sequence[str]) -> Plan:
    cells = tuple(one for one in plan.cells if one.outcome in outcomes)
    return Plan(plan.name, plan.label, plan.rank, cells, plan.sure)


def _chart(
    comparison: Comparison,
    names: Mapping[str, PlanName],
    shown: Sequence[str],
    outcomes: Sequence[str],
    base: Words,
) -> Chart:
    panels = []
    for outcome in outcomes:
        marks = [
            mark(name, names[name].label, comparison.difference(name, outcome))
            for name in shown
            if name != comparison.baseline and not isnan(comparison.difference(name, outcome).mean)
        ]
        if marks:
            title = sentence(f"panel.{kind_of(outcome)}", topic=sentence(f"topic.{outcome}"))
            panels.append(Panel(outcome, title, tuple(marks)))
    few = all(one.low is None for panel in panels for one in panel.marks)
    return Chart(
        sentence("figure.title", baseline=base),
        sentence("figure.few" if few else "figure.caption", baseline=base),
        sentence("panel.zero", baseline=base),
        tuple(panels),
    )


def _trust(comparison: Comparison, scenarios: Sequence[Scenario], base: Words) -> list[Sentence]:
    """How well a level is known, and which effects no study has measured."""
    said = []
    rate = comparison.estimates[comparison.baseline][RATE]
    if not isnan(rate.low):
        mean, low, high = (
            Num(scaled(min(max(one, 0.0), 1.0), outcome_named(RATE).scale)) for one in (rate.mean, rate.low, rate.high)
        )
        known = sentence("trust.levels", plan=base, mean=mean, low=low, high=high)
        baseline = next(one for one in scenarios if one.name == comparison.baseline)

        def is_now(one: Observation) -> bool:
            return one.outcome == RATE and one.month == baseline.reporting_month

        seen = next((one.measured.value for one in baseline.observed if is_now(one)), None)
        if seen is not None:
            happened = sentence("trust.observed", value=Num(scaled(seen, outcome_named(RATE).scale)))
            known = sentence("both", first=known, second=happened)
        said.append(known)
    if len({(one.reporting_month, one.last_month) for one in scenarios}) == 1:
        month, last = scenarios[0].reporting_month, scenarios[0].last_month
        said.append(sentence("trust.clock", month=month, last=last))
    said.append(
        sentence("trust.words", **{name: Num(100 * least) for name, (least, _) in zip(SURE, LEVELS, strict=True)})
    )
    differ = [key for key in PREDICTED if len({str(value_of(one, key)) for one in scenarios}) > 1]
    if differ:
        said.append(sentence("trust.prediction", keys=tuple(sentence(f"trust.{key}") for key in differ)))
    return said
