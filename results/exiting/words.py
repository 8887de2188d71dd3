"""How to leave a network in plain words: what to do when, what each element is worth, and what that rests on."""

from collections.abc import Mapping, Sequence
from typing import Any

from results.exiting.again_words import again_lines
from results.exiting.changes_told import (
    SURE,
    chance_better,
    change_in_full,
    change_told,
    is_better,
    is_probably_better,
    is_worse,
    sure_told,
)
from results.exiting.choosing import Exits, Finalist
from results.exiting.elements import Element, grounds
from results.exiting.exits import Found
from results.exiting.grid import Reason
from results.exiting.plans import Plan
from results.exiting.tables import element_table, level_told, plan_tables, rests_table, thousand
from results.exiting.telling import (
    element_as_a_whole,
    element_told,
    money_shortly,
    notice_shortly,
    settings_of,
    told,
)
from results.optimising.search import sign
from results.words.counts import percent
from results.words.finding_out import find_out_first
from results.words.horizon import counted_until_each
from results.words.likelihood import SCALE
from results.words.narrative import Said, said
from results.words.notes import INTERVAL, OPEN, PREDICTION
from results.words.numbers import label, number
from results.words.shares import moving_base
from results.words.varying import as_far_as, few_behind, parameters, varying_keys
from scenarios.files.faults import shown
from scenarios.files.listing import listed
from simulation.outcomes import outcome_named

MOST_TOLD = 5
"""Elements that a sentence names, those that change most; the table has all."""
REASONS: dict[Reason, str] = {
    "early": "the money would go down before members are told",
    "both": "a reduced work plan and equal steps at once",
    "unprepared": "a capstone or a handover that nobody knew about before the last month",
    "nothing": "others would pay a part of what goes, but nothing goes before the end",
    "late": "too late for them in the month of the decision",
    "same": "the same as another plan",
    "impossible": "a scenario does not allow it",
}


def said_of(found: Found, converted: Sequence[str] = ()) -> Said:
    """Everything that is said; `converted` says of a budget in another currency how it was converted."""
    plans, more = plan_tables(found.exits)
    return said(answer(found), [plans, element_table(found), rests_table(found)], [*converted, *notes(found)], more)


def answer(found: Found) -> list[str]:
    """The best plan against what is planned; what each element is worth; what to do again later."""
    exits = found.exits
    return [
        *_best(exits), _cost(exits), _without_others(exits), _as_good(exits), *_elements(found.elements),
        _rests(found), _find_out(found), _known(found),
        *(again_lines(found.again, exits) if exits.question.again is not None else []),
    ]  # fmt: skip


def _best(found: Exits) -> list[str]:
    asked, winner, planned = found.question, found.winner, found.planned
    outcome, reach = asked.outcomes[0], as_far_as(varying_keys([asked.scenario]))
    plan = f"{told(winner.plan, asked)}."
    if winner.plan.number == 0:
        return [
            f"No plan was found that does better than {asked.scenario.title} as planned, {reach}: {plan}",
            f"{_capital(label(outcome))}: {level_told(winner, outcome)}.",
        ]
    lead = planned.leads[0]
    levels = f"{level_told(winner, outcome)} instead of {level_told(planned, outcome)}"
    compared = f"{_capital(label(outcome))}: {levels} as planned"
    chance = chance_better(lead)
    better = is_probably_better(lead)
    sure = f"{sure_told(lead)}, a chance of {percent(chance)}" if better and chance is not None else sure_told(lead)
    if planned.report.cost > found.limit:
        head = f"{asked.scenario.title} as planned costs more than may be spent. The best plan that does not"
    elif better:
        head = "The best plan found"
    else:
        head = f"No plan was found that is even probably better than {asked.scenario.title} as planned. The best tried"
    return [f"{head}: {plan}", f"{compared} ({sure}, {reach})."]


def _cost(found: Exits) -> str:
    asked, winner, limit = found.question, found.winner.report, found.limit
    rest, plan = (thousand(one.report.rest_estimate()) for one in (found.winner, found.planned))
    spends = f"From month {asked.month + 1} on it costs {rest} thousand USD on average"
    over = (
        f" In the networks reported it comes to {(winner.cost - limit) / 1000:,.1f} thousand more than it may; it kept "
        "to that where it was chosen."
        if winner.cost > limit
        else ""
    )
    if asked.budget is None:
        return f"{spends}; as planned {plan}, and no plan was to cost more than the plan does.{over}"
    return f"{spends}, of {asked.budget:,.0f} USD that may be spent; as planned {plan}.{over}"


def _without_others(found: Exits) -> str:
    """What is best if the others do not pay, for that is not the funder's to decide."""
    planned = found.question.grid.plans[0].replaced
    if found.winner.plan.replaced == planned:
        return ""
    alone = next((one for one in found.finalists if one.plan.replaced == planned), None)
    if alone is None:
        return "That others pay is for others to decide; no plan without them came into the final."
    outcome, lead = found.question.outcomes[0], alone.leads[0]
    return (
        f"That others pay is for others to decide. Without them the best: {told(alone.plan, found.question)} "
        f"({label(outcome)}: {level_told(alone, outcome)}; with them {change_in_full(lead)}, {sure_told(lead)})."
    )


def _as_good(found: Exits) -> str:
    kind, others = len(found.winner.alike) - 1, found.as_good
    if not kind and not others:
        return f"It is at least very probably better than each of the other {len(found.finalists) - 1} kinds of plans."
    parts = []
    if kind:
        ways = ", ".join([notice_shortly(found.winner.alike), money_shortly(found.winner.alike)])
        parts.append(f"{kind} other plan{'' if kind == 1 else 's'} of its kind ({ways})")
    if others:
        parts.append(f"{len(others)} of the other {len(found.finalists) - 1} kinds ({_kinds(others)})")
    return (
        f"Perhaps as good, for the chance that it is better is below {percent(SURE)}: {listed(parts)}. Choose among "
        "these by what is easier to do."
    )


def _kinds(some: Sequence[Finalist]) -> str:
    """Kinds of plans, as planned by that name."""
    shown = [_kind(one.plan) for one in some[:3]]
    return "; ".join([*shown, *([f"and {len(some) - 3} more"] if len(some) > 3 else [])])


def _kind(plan: Plan) -> str:
    if plan.number == 0:
        return "as planned"
    left = [*(["capstone"] if plan.capstone else []), *(["handover"] if plan.handover else [])]
    ways = {"full": "in full to the end", "reduced": "reduced work plan", "steps": "down in steps"}
    others = ["others pay"] if plan.replaced else []
    return ", ".join([ways[plan.shape], *others, *(left or ["nothing left behind"])])


def _elements(elements: tuple[Element, ...]) -> list[str]:
    """What each element does by itself, the surest first; then what could go either way."""
    if not elements:
        return []
    outcome = elements[0].differences[0].outcome
    sure = [one for one in elements if is_better(one.differences[0]) or is_worse(one.differences[0])]
    lines = []
    if sure:
        most = sorted(sure, key=lambda one: -abs(one.differences[0].mean))[:MOST_TOLD]
        ranked = sorted(most, key=lambda one: -sign(outcome) * one.differences[0].mean)
        more = f"; {len(sure) - MOST_TOLD} more are in the table" if len(sure) > MOST_TOLD else ""
        lines.append(
            f"By itself, over all plans that differ in nothing else, in {label(outcome)}: "
            f"{'; '.join(map(_by_itself, ranked))}{more}."
        )
    unsure = [one for one in elements if one not in sure]
    if unsure:
        lines.append(f"Not to be told from nothing with such confidence: {'; '.join(_together(unsure))}.")
    return lines


def _by_itself(one: Element) -> str:
    """An element with what it changes, how sure that is, and what it costs."""
    first, cost = one.differences[0], one.cost.mean / 1000
    size, way = f"{abs(cost):,.0f}", "more" if cost > 0 else "less"
    price = "for about as much" if size == "0" else f"for {size} thousand USD {way}"
    return f"{element_told(one)}: {change_told(first)}, {sure_told(first)}, {price}"


def _together(elements: Sequence[Element]) -> list[str]:
    """An element at a time, with all values of which something is said."""
    names = dict.fromkeys(one.name for one in elements)
    return [element_as_a_whole([one for one in elements if one.name == name]) for name in names]


def _rests(found: Found) -> str:
    """What the elements rest on, those without a study first."""
    known = grounds(found.elements)
    parts = []
    for some, what in (
        ([one for one in known if one.standing == "no study"], "no study at all"),
        ([one for one in known if one.standing == "designers say so"], "the word of network designers, and no study"),
        ([one for one in known if one.is_studied], "studies that give a direction, but not the size"),
    ):
        if some:
            parts.append(f"{what} ({', '.join(_small(one.title) for one in some)})")
    return f"What it rests on: {'; '.join(parts)}." if parts else ""


def _find_out(found: Found) -> str:
    """Which unknown parameters decide about the best plan against the one as planned."""
    exits = found.exits
    outcome = exits.question.outcomes[0]
    if exits.winner.plan.number == 0 or exits.question.scenario.posterior is None:
        return ""
    what = f"how much better this plan is than the one as planned ({outcome_named(outcome).label})"
    return find_out_first(found.shares.get(outcome, ()), what) or (
        f"What to find out first cannot be told: no group of uncertain parameters stands out in {what}."
    )


def _known(found: Found) -> str:
    """What it would be worth to know before choosing, of the parameters that the elements act through."""
    if found.known is None:
        return ""
    outcome = found.exits.question.outcomes[0]
    unit = {"share": " points", "usd": " thousand USD"}.get(outcome_named(outcome).scale, "")
    clear = [one for one in found.known.keys if one.is_clear and one.worth > 0]
    if not clear:
        return (
            f"Knowing any one of the {len(found.known.keys)} uncertain parameters that these elements act through "
            "would improve the choice by nothing that can be told."
        )
    whose = {key: one.title for one in grounds(found.elements) for key in one.parameters}
    scale = outcome_named(outcome).scale
    each = "; ".join(
        f"{one.key} ({_small(whose[one.key])}), worth {number(one.worth, scale, 1)}{unit}, for another plan would be "
        f"chosen in {percent(one.changes)} of cases"
        for one in clear[:3]
    )
    return f"Worth knowing before one chooses: {each}."


def notes(found: Found) -> list[str]:
    """How it was found, what was left out, and what the budget means."""
    exits = found.exits
    asked, grid = exits.question, exits.question.grid
    stands = " (today, network.today)" if asked.month == asked.scenario.network.today > 0 else ""
    left = "; ".join(f"{count:,}: {REASONS[reason]}" for reason, count in grid.left_out.items())
    name, winner = asked.scenario.name, exits.winner.plan
    keys = sorted({key for one in grid.plans for key in one.changes})
    return [
        f"The decision is made at the end of month {asked.month}{stands}: until then all plans are the same, and the "
        "cost of the rest is what is spent from then on.",
        f"{len(grid.plans):,} plans were tried with the same luck ({asked.replicates:,} networks each, seed "
        f"{asked.seed}); {exits.dear:,} of them cost more than may be spent, and were dropped."
        + (f" Combinations that are no plan were left out ({left})." if left else ""),
        *_gone(grid.gone),
        "The best of each kind went into the final. The winner was chosen with fresh luck, and is reported with fresh "
        f"luck again ({asked.final:,} networks each), so that it is not merely the luckiest.",
        "What an element changes by itself is averaged over all plans that differ in nothing else, whatever they cost. "
        "Its intervals hold for all elements at once (Bonferroni), as those of the best's lead do for all finalists.",
        _renewed(asked.scenario.can_be_renewed, grid.plans),
        _closer(name, winner),
        counted_until_each([asked.scenario], keys, "plans"),
        *filter(None, map(moving_base, asked.outcomes)),
        OPEN if asked.scenario.posterior is not None else INTERVAL,
        SCALE,
        *filter(None, [few_behind([asked.scenario], asked.final)]),
        parameters([asked.scenario], asked.final),
        PREDICTION,
    ]  # fmt: skip


def _closer(name: str, plan: Plan) -> str:
    """The command that looks at a plan more closely; "" for the one as planned."""
    if not plan.changes:
        return ""
    if any(" " in key for key in plan.changes):  # which a change beside a name cannot have
        changes = " ".join(f'--set "{one}"' for one in settings_of(plan))
        return f"To look at the best plan more closely: legato run {name} {changes}"
    return f'To look at the best plan more closely: legato compare {name} "{name}: {", ".join(settings_of(plan))}"'


def _gone(gone: Mapping[str, Mapping[Any, Sequence[Reason]]]) -> list[str]:
    """Values that were asked for and are in no plan."""
    return [
        f"No plan has {key}={shown(value)}, which was to be tried: {'; '.join(REASONS[one] for one in why)}."
        for key, values in gone.items()
        for value, why in values.items()
    ]


def _renewed(can_be: bool, plans: tuple[Plan, ...]) -> str:
    if not can_be or not any(one.steps and not one.leaves for one in plans):
        return ""
    return (
        "Where champions win a renewal, a funder that has gone down in steps pays nothing for the months that are won; "
        "with the other plans it pays at the level of winding down."
    )


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _small(text: str) -> str:
    return text[0].lower() + text[1:]
