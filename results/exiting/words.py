"""How to leave a network in plain words: what to do when, what each element is worth, and what that rests on."""

from results.comparing.finding_out import shares_of
from results.estimates.comparison import Difference, Estimate
from results.exiting.again_words import again_lines
from results.exiting.choosing import Exits, Finalist, way_better
from results.exiting.elements import RESTS_ON, Element
from results.exiting.exits import Found
from results.exiting.plans import Plan, Reason
from results.exiting.telling import (
    element_as_a_whole,
    element_told,
    left_shortly,
    money_shortly,
    notice_shortly,
    settings_of,
    told,
)
from results.words.counts import percent
from results.words.finding_out import find_out_first
from results.words.horizon import counted_until_each
from results.words.likelihood import SCALE, likelihood
from results.words.narrative import Said, said
from results.words.notes import INTERVAL, OPEN, PREDICTION
from results.words.numbers import label, with_half
from results.words.shares import counted_in, moving_base, number_of
from results.words.table import Table
from results.words.varying import as_far_as, few_behind, parameters, varying_keys
from scenarios.files.listing import listed
from scenarios.schema.assumptions import ASSUMPTIONS, STANDINGS, Assumption
from simulation.outcomes import BY_NAME

REASONS: dict[Reason, str] = {
    "early": "the money would go down before members are told",
    "both": "a reduced work plan and equal steps at once",
    "unprepared": "a capstone or a handover that nobody was told of before the last month",
    "nothing": "others would pay a part of what goes, but nothing goes before the end",
    "late": "too late for them in the month of the decision",
    "same": "the same as another plan",
    "impossible": "a scenario does not allow it",
}
NO_STUDY = "no study"
MOST_SHOWN = 2
"""Outcomes of the table of elements; the document has all."""


def said_of(found: Found) -> Said:
    """Everything that is said."""
    tables = [finalist_table(found.exits), element_table(found), rests_table(found)]
    return said(answer(found), tables, notes(found))


def answer(found: Found) -> list[str]:
    """The best plan against what is planned; what each element is worth; what to do again later."""
    exits = found.exits
    return [
        *_best(exits), _cost(exits), _as_good(exits), *_elements(found.elements), _rests(found), _find_out(exits),
        *(again_lines(found.again, exits) if exits.question.again is not None else []),
    ]  # fmt: skip


def _best(found: Exits) -> list[str]:
    asked, winner, planned = found.question, found.winner, found.planned
    outcome, reach = asked.outcomes[0], as_far_as(varying_keys([asked.scenario]))
    plan = f"{told(winner.plan, asked)}."
    if winner.plan.number == 0:
        return [
            f"No plan was found that does better than {asked.scenario.title} as planned, {reach}: {plan}",
            f"{_capital(label(outcome))}: {_level(winner, outcome)}.",
        ]
    lead = planned.leads[0]
    compared = (
        f"{_capital(label(outcome))}: {_level(winner, outcome)} instead of {_level(planned, outcome)} as planned, "
    )
    if likelihood(lead.chance_higher) and (way_better(outcome, lead) or 0) > 0.5:
        return [f"The best plan found: {plan}", f"{compared}which is {_better(outcome, lead)} ({reach})."]
    return [
        f"No plan was found that is even probably better than {asked.scenario.title} as planned. The best tried: "
        f"{plan}",
        f"{compared}which {_better(outcome, lead)} ({reach}).",
    ]


def _better(outcome: str, lead: Difference) -> str:
    """The winner compared with the plan, and how sure: "very probably better (a chance of 95 %)"."""
    chance = way_better(outcome, lead)
    if chance is None or not likelihood(chance):
        return "could go either way"
    return (
        f"{likelihood(chance)} {'better' if chance > 0.5 else 'worse'} (a chance of {percent(max(chance, 1 - chance))})"
    )


def _cost(found: Exits) -> str:
    asked, winner, limit = found.question, found.winner.report, found.limit
    rest, plan = (_thousand(one.report.rest_estimate()) for one in (found.winner, found.planned))
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


def _as_good(found: Exits) -> str:
    same_kind, others = len(found.winner.alike) - 1, len(found.as_good)
    if not same_kind and not others:
        return "No other plan does as well."
    parts = []
    if same_kind:
        told_of = ", ".join([notice_shortly(found.winner.alike), money_shortly(found.winner.alike)])
        parts.append(f"{same_kind} other plan{'' if same_kind == 1 else 's'} of its kind ({told_of})")
    if others:
        parts.append(f"{others} of the {len(found.finalists) - 1} other kinds of plans")
    return f"Indistinguishable from it: {listed(parts, 'and')}; choose among these by what is easier to do."


def _elements(elements: tuple[Element, ...]) -> list[str]:
    if not elements:
        return []
    outcome = elements[0].differences[0].outcome
    clear = [one for one in elements if one.is_clear]
    lines = []
    if clear:
        each = "; ".join(f"{element_told(one)}: {_change(one.differences[0])}" for one in clear)
        lines.append(f"By itself, over all plans, this changes {label(outcome)}: {each}.")
    if len(clear) < len(elements):
        lines.append(f"Indistinguishable from no effect: {'; '.join(_unclear(elements))}.")
    return lines


def _unclear(elements: tuple[Element, ...]) -> list[str]:
    """What cannot be told from nothing, an element at a time, with all values of which that is so."""
    said = []
    for name in dict.fromkeys(one.name for one in elements):
        levels = [one for one in elements if one.name == name]
        unclear = [one for one in levels if not one.is_clear]
        if unclear:
            said.append(element_as_a_whole(unclear))
    return said


def _rests(found: Found) -> str:
    """What the elements of the best plan rest on, those without a study first."""
    known = _assumptions(found)
    without = [one for one in known if one.standing == NO_STUDY]
    said_so = [one for one in known if one.standing == "designers say so"]
    studied = [one for one in known if one.is_studied]
    parts = []
    for some, what in (
        (without, "no study at all"),
        (said_so, "the word of network designers, and no study"),
        (studied, "studies that give a direction, but not the size"),
    ):
        if some:
            parts.append(f"{what} ({', '.join(_small(one.title) for one in some)})")
    return f"What it rests on: {'; '.join(parts)}." if parts else ""


def _assumptions(found: Found) -> list[Assumption]:
    """Mechanisms that the elements which were compared act through."""
    wanted: dict[str, None] = {}
    for one in found.elements:
        names = (one.plan.shape, one.other.shape) if one.name == "taper" else (one.name,)
        wanted |= dict.fromkeys(name for part in names for name in RESTS_ON[part])
    by_id = {one.id: one for one in ASSUMPTIONS}
    return [by_id[name] for name in wanted]


def _find_out(found: Exits) -> str:
    """Which unknown parameters decide about the best plan against the one as planned."""
    if found.winner.plan.number == 0:
        return ""
    shares = shares_of(found.winner.report.ensemble, found.planned.report.ensemble)
    outcome = found.question.outcomes[0]
    what = f"the difference between this plan and the one as planned in {BY_NAME[outcome].label}"
    return find_out_first(shares.get(outcome, ()), what)


def finalist_table(found: Exits) -> Table:
    """A row for each kind of plan in the final, the best first; then as planned."""
    outcomes = found.question.outcomes
    header = (
        "", "told", "money", "left behind", *(["others pay"] if _is_co_funded(found) else []),
        *(label(one) for one in outcomes), "rest (k USD)", "best's lead",
    )  # fmt: skip
    numbers = {one.plan.number for one in found.finalists}
    shown = [*found.finalists, *([] if found.planned.plan.number in numbers else [found.planned])]
    rows = []
    for place, one in enumerate(shown, start=1):
        plan, lead = one.plan, "-"
        if one.leads:
            first = one.leads[0]
            lead = with_half(first.mean, first.low, first.high, BY_NAME[first.outcome].scale, change=True)
        names = (["best"] if one is found.winner else []) + (["as planned"] if plan.number == 0 else [])
        rows.append(
            (
                ", ".join(names) or f"{place}",
                _told(plan, one.alike),
                money_shortly(one.alike),
                left_shortly(plan),
                *([f"{100 * plan.replaced:.0f} %"] if _is_co_funded(found) else []),
                *(_level(one, outcome) for outcome in outcomes),
                _thousand(one.report.rest_estimate()),
                lead,
            )
        )
    numbers_in = frozenset(range(len(header) - 2 - len(outcomes), len(header)))
    return Table("Kinds of plans, with fresh luck", header, tuple(rows), numbers_in)


def _told(plan: Plan, alike: tuple[Plan, ...]) -> str:
    span = notice_shortly(alike).removeprefix("told ")
    return f"month {plan.told} ({span})"


def _is_co_funded(found: Exits) -> bool:
    return any(one.replaced for one in found.question.grid.plans)


def element_table(found: Found) -> Table:
    """A row for each element: what it is worth by itself in the first two outcomes, and what it costs."""
    outcomes = found.exits.question.outcomes[:MOST_SHOWN]
    header = ("by itself", *(label(one) for one in outcomes), "cost (k USD)", "tells")
    rows = tuple(
        (
            element_told(one),
            *(_change(apart) for apart in one.differences[:MOST_SHOWN]),
            with_half(one.cost.mean, one.cost.low, one.cost.high, "usd", change=True),
            _sure(one),
        )
        for one in found.elements
    )
    return Table("What each element changes by itself", header, rows, frozenset(range(1, len(header) - 1)))


def _sure(one: Element) -> str:
    chance = way_better(one.differences[0].outcome, one.differences[0])
    if chance is None or not likelihood(chance):
        return "could go either way"
    return f"{likelihood(chance)} {'better' if chance > 0.5 else 'worse'}"


def rests_table(found: Found) -> Table:
    """What each element rests on, as the register of assumptions has it."""
    rows = tuple((one.title, STANDINGS[one.standing], one.evidence) for one in _assumptions(found))
    return Table("What this rests on", ("assumption", "what is known", "evidence"), rows)


def notes(found: Found) -> list[str]:
    """How it was found, what was left out, and what the budget means."""
    exits = found.exits
    asked, grid = exits.question, exits.question.grid
    today = asked.scenario.network.today
    stands = " (today, network.today)" if today == asked.month and today else ""
    left = "; ".join(f"{count:,}: {REASONS[reason]}" for reason, count in grid.left_out.items())
    winner = exits.winner.plan
    keys = sorted({key for one in grid.plans for key in one.changes})
    return [
        f"The decision is made at the end of month {asked.month}{stands}: until then all plans are the same, and the "
        "cost of the rest is what is spent from then on.",
        f"{len(grid.plans):,} plans were tried with the same luck ({asked.replicates:,} networks each, seed "
        f"{asked.seed}); {exits.dear:,} of them cost more than the budget on average, and were dropped."
        + (f" Combinations that are no plan were left out ({left})." if left else ""),
        "The best of each kind went into the final. The winner was chosen with fresh luck, and is reported with fresh "
        f"luck again ({asked.final:,} networks each), so that it is not merely the luckiest.",
        "What an element is worth by itself is averaged over all plans that differ in nothing else, whatever they "
        "cost. Its intervals hold for all elements at once (Bonferroni), as those of the best's lead do for all "
        "finalists.",
        _renewed(asked.scenario.can_be_renewed, grid.plans),
        f"To look at the best plan more closely: legato compare {_name(found)} "
        f'"{_name(found)}: {settings_of(winner)}"' if winner.changes else "",
        counted_until_each([asked.scenario], keys, "plans"),
        *filter(None, map(moving_base, asked.outcomes)),
        OPEN if asked.scenario.posterior is not None else INTERVAL,
        SCALE,
        *filter(None, [few_behind([asked.scenario], asked.final)]),
        parameters([asked.scenario], asked.final),
        PREDICTION,
    ]  # fmt: skip


def _name(found: Found) -> str:
    return found.exits.question.scenario.name


def _renewed(can_be: bool, plans: tuple[Plan, ...]) -> str:
    if not can_be or not any(one.steps and not one.leaves for one in plans):
        return ""
    return (
        "Where champions win a renewal, a funder that has gone down in steps pays nothing for the months that are won; "
        "with the other plans it pays at the level of winding down."
    )


def _level(one: Finalist, outcome: str) -> str:
    estimate = one.report.estimate(outcome)
    level = with_half(estimate.mean, estimate.low, estimate.high, BY_NAME[outcome].scale)
    counts = {name: one.report.estimate(name) for name in counted_in(outcome)}
    return f"{level}, {number_of(counts, outcome)}" if counts else level


def _change(one: Difference) -> str:
    return with_half(one.mean, one.low, one.high, BY_NAME[one.outcome].scale, change=True)


def _thousand(one: Estimate) -> str:
    return with_half(one.mean, one.low, one.high, "usd")


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _small(text: str) -> str:
    return text[0].lower() + text[1:]
