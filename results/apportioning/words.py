"""A portfolio in plain words: the best split, what others would give, and what a second cohort costs."""

from collections.abc import Mapping, Sequence
from math import isnan

from results.apportioning.asked import PLANNED, UNFUNDED_NUMBER, after_a_closing
from results.apportioning.portfolio import (
    AS_PLANNED,
    EQUAL,
    ONE_EACH,
    Cohort,
    Portfolio,
    Reported,
    Step,
    all_in,
    second_of,
)
from results.apportioning.splits import Split
from results.estimates.pairs import Compared, Estimated
from results.words.horizon import counted_until_each
from results.words.likelihood import SCALE, chance_words, likelihood
from results.words.narrative import Said, said
from results.words.notes import INTERVAL, OPEN, PREDICTION
from results.words.numbers import label, number, span, with_half
from results.words.table import Table, word
from results.words.varying import few_behind, parameters
from scenarios import KEYS
from scenarios.files.listing import listed

LEAST_SAID = 0.05
"""What is added below this is hardly any."""


def said_of(found: Portfolio, converted: Sequence[str] = ()) -> Said:
    """Everything that is said; `converted` says of a budget or networks in another currency how they are shown."""
    tables = [split_table(found), cohort_table(found), *([step_table(found)] if found.steps else [])]
    return said([*_best(found), *_others(found), *_seconds(found), *_money(found)], tables, [*converted, *notes(found)])


def _best(found: Portfolio) -> list[str]:
    asked, best = found.asked, found.best
    each = [
        f"{name} gets {_amount(found, best.split, name)} ({_plans(found, best.split, name)})"
        for name in (one.name for one in asked.networks)
        if best.split.cohorts(name)
    ]
    none = [one.name for one in asked.networks if not best.split.cohorts(one.name)]
    nothing = [f"{listed(none, 'and')} get{'s' if len(none) == 1 else ''} nothing"] if none else []
    return [
        f"The best split of {asked.budget:,.0f} USD that was found: {'; '.join([*each, *nothing])}. Together that "
        f"costs {_usd(best.cost)} thousand USD on average and adds {_added(best.added)} {_what(found)} to what would "
        "come about without funding."
    ]


def _others(found: Portfolio) -> list[str]:
    lines = []
    words = {
        AS_PLANNED: "As the networks are planned",
        EQUAL: "Split into equal parts",
        ONE_EACH: "With one cohort of each network at most",
        **{all_in(one.name): f"All of it for {one.name}" for one in found.asked.networks},
    }
    for one in found.splits[1:]:
        names = [words[name] for name in one.names if name in words]
        if not names or one.lead is None:
            continue
        cost = f", {_usd(one.cost)} thousand USD" + (", over the budget" if one.over_budget else "")
        lines.append(f"{' (or: '.join(_lower(names))}{')' * (len(names) - 1)}{cost}: {_lead(one.lead)}.")
    same = [words[name] for name in found.best.names if name in words]
    if same:
        lines.append(f"The best split is also the answer to: {listed([_small(one) for one in same], 'and')}.")
    return lines


def _lower(names: list[str]) -> list[str]:
    return [names[0], *(_small(one) for one in names[1:])]


def _small(text: str) -> str:
    return text[0].lower() + text[1:]


def _lead(lead: Compared) -> str:
    chance = None if isnan(lead.chance_higher) else lead.chance_higher
    if lead.mean == 0 and lead.low == lead.high:
        return "adds as much as the best"
    surely = likelihood(chance)
    fewer, half = abs(lead.mean), (lead.high - lead.low) / 2
    shown = with_half(fewer, fewer - half, fewer + half, "count")
    if not surely:
        return f"cannot be told from the best (which adds {shown} {'more' if lead.mean >= 0 else 'less'})"
    less = "less" if lead.mean > 0 else "more"
    return f"{surely} adds {less}, by {shown} ({chance_words(chance)})"


def _seconds(found: Portfolio) -> list[str]:
    """What a second cohort costs, what it adds, and what it takes the place of."""
    lines = []
    for one in found.seconds:
        name = one.slot.network
        whole = (
            f"A second cohort of {name} ({_levers(one.plan.values)}) costs {_usd(one.cost)} thousand USD and adds "
            f"{_added(one.added)} {_what(found)}: {_price(one)}."
        )
        instead = found.named(second_of(name))
        if instead is found.best:
            whole += " The best split has it."
        elif instead is not None and instead.lead is not None:
            whole += f" To pay for it within this budget, something else has to go; that split {_lead(instead.lead)}."
        lines.append(whole)
    without = [
        one.name for one in found.asked.networks if found.asked.most > 1 and found.named(second_of(one.name)) is None
    ]
    if without:
        lines.append(f"For a second cohort of {listed(without, 'or')} the budget is too small.")
    return lines


def _price(one: Cohort) -> str:
    if isnan(one.price):
        return "no price for each, as it may add none"
    return f"{number(one.price, 'usd')} ({span(one.low, one.high, 'usd')}) thousand USD for each"


def _money(found: Portfolio) -> list[str]:
    """What more or less money would give."""
    steps = {round(one.budget / found.asked.budget, 6): one for one in found.steps}
    here, less, more = steps.get(1.0), steps.get(0.75), steps.get(1.25)
    if here is None or less is None or more is None:
        return []
    lines = []
    if more.split is not None:
        lines.append(
            f"A quarter more money, split as is best then, would add {_about(more.added - here.added, 'more')}"
        )
    lines.append(
        f"a quarter less would take away {_about(here.added - less.added)}"
        if less.split is not None and less.split.plans
        else "a quarter less would be too little for anything"
    )
    text = "; ".join(lines)
    return [f"{text[0].upper()}{text[1:]}."]


def _about(value: float, more: str = "") -> str:
    if value < LEAST_SAID:
        return f"hardly any{' ' * bool(more)}{more}"
    return " ".join(filter(None, ["some", f"{value:.1f}" if value < 10 else f"{value:,.0f}", more]))


def _what(found: Portfolio) -> str:
    return label(found.asked.outcome).removeprefix("number of ")


def _amount(found: Portfolio, split: Split, network: str) -> str:
    count = split.cohorts(network)
    cohorts = "" if count == 1 else f" for {count} cohorts"
    return f"{number(_cost_of(found, split, network), 'usd')} thousand USD{cohorts}"


def _cost_of(found: Portfolio, split: Split, network: str) -> float:
    return sum(found.reported[slot].plans[plan].cost for slot, plan in split.plans if slot.network == network)


def _plans(found: Portfolio, split: Split, network: str) -> str:
    each = [
        _levers(found.reported[slot].plans[plan].values) + (", as planned" if plan == PLANNED else "")
        for slot, plan in split.plans
        if slot.network == network
    ]
    return each[0] if len(set(each)) == 1 else " and ".join(each)


def _levers(values: Mapping[str, object]) -> str:
    return ", ".join(f"{key}={word(value)}" for key, value in values.items())


def _usd(one: Estimated) -> str:
    return with_half(one.mean, one.low, one.high, "usd")


def _added(one: Estimated) -> str:
    return with_half(one.mean, one.low, one.high, "count")


def split_table(found: Portfolio) -> Table:
    """A row a split: what each network gets, the whole cost, what is added, the lead of the best."""
    networks = [one.name for one in found.asked.networks]
    header = ("thousand USD (cohorts)", *networks, "together", "adds", "lead of the best")
    rows = tuple(
        (
            one.names[0],
            *(_share(found, one, name) for name in networks),
            _usd(one.cost) + (" (over)" if one.over_budget else ""),
            _added(one.added),
            "-" if one.lead is None else with_half(one.lead.mean, one.lead.low, one.lead.high, "count", change=True),
        )
        for one in found.splits
    )
    return Table(
        f"Splits, on fresh luck: what they cost, and the {_what(found)} that they add",
        header,
        rows,
        frozenset(range(1, len(header))),
    )


def _share(found: Portfolio, one: Reported, network: str) -> str:
    count = one.split.cohorts(network)
    return _times(_cost_of(found, one.split, network), count)


def cohort_table(found: Portfolio) -> Table:
    """A row a cohort of the best split: levers, cost, what it adds, and what one of these costs."""
    header = (
        "best split", *(lever.key for lever in found.asked.levers), "cost (k USD)", "adds", "k USD for each added",
    )  # fmt: skip
    rows = tuple(
        (
            one.slot.network + ("" if one.slot.cohort == 1 else f", cohort {one.slot.cohort}"),
            *(word(one.plan.values[lever.key]) for lever in found.asked.levers),
            _usd(one.cost),
            _added(one.added),
            "-" if isnan(one.price) else f"{number(one.price, 'usd')} ({span(one.low, one.high, 'usd')})",
        )
        for one in found.cohorts
    )
    return Table("What the best split funds", header, rows, frozenset(range(1, len(header))))


def step_table(found: Portfolio) -> Table:
    """A row a budget other than the given one: how it would be split, and what that adds, on the luck of the choice.

    The given budget stands among the splits, on the luck that is reported: side by side the two would contradict.
    """
    networks = [one.name for one in found.asked.networks]
    header = ("budget", *networks, "adds")
    rows = tuple(
        (number(one.budget, "usd"), *(_of_step(found, one, name) for name in networks), _adds(one))
        for one in found.steps
        if one.budget != found.asked.budget
    )
    return Table(
        "Other budgets, each with its best split: thousand USD (cohorts)", header, rows, frozenset(range(len(header)))
    )


def _of_step(found: Portfolio, one: Step, network: str) -> str:
    if one.split is None:
        return "-"
    cost = sum(found.offers[slot.network][plan].cost for slot, plan in one.split.plans if slot.network == network)
    count = one.split.cohorts(network)
    return _times(cost, count)


def _times(cost: float, count: int) -> str:
    if not count:
        return "0"
    return number(cost, "usd") + (f" ({count})" if count > 1 else "")


def _adds(one: Step) -> str:
    return "-" if one.split is None else number(one.added, "count", 1)


def notes(found: Portfolio) -> list[str]:
    """How it was chosen, what is counted, and what it rests on."""
    asked = found.asked
    tried = sum(len(one.plans) for one in found.searched)
    failed = sum(len(one.failed) for one in found.searched)
    plans = asked.plans_of(asked.networks[0])
    return [
        f"{tried:,} plans were tried with {asked.replicates:,} simulated networks each (seed {asked.seed}). The splits "
        f"were chosen with {asked.final:,} fresh ones of each plan that no other beats in cost and effect, and are "
        "reported with as many fresh ones again."
        + (f" {failed:,} plans could not be run (plans.parquet says why)." if failed else ""),
        f"Added is what comes on top of the same members without funding ({_levers(plans[UNFUNDED_NUMBER])}), with the "
        "same luck. All plans of a cohort have the same luck; two cohorts, and two networks, never.",
        "The budget holds on average, on the luck that the splits were chosen with.",
        "A second cohort has other members, as many as the first, and costs what the first one costs: no source says "
        "what a backbone saves that does it again, or whether good candidates become few.",
        "What is not known of the parameters is the same for all networks of a split: what is wrong for one is wrong "
        "for all, and a portfolio does not spread that risk.",
        "Other budgets stand on the luck that they were chosen with, and look a little better than they are; what "
        "more or less money would change is taken on that luck, too. The given budget is not among them: the table "
        "of splits has it, on fresh luck.",
        *(
            ["No price (-) is given for a cohort that may add none."]
            if any(isnan(o.price) for o in found.cohorts)
            else []
        ),
        *(f"{lever.stops_short}." for lever in asked.levers if lever.stops_short),
        *_at_the_end(found),
        *([] if after_a_closing(asked.outcome) else [_horizon(found)]),
        "Intervals of the lead hold for all splits at once (Bonferroni).",
        OPEN if any(one.posterior is not None for one in asked.networks) else INTERVAL,
        SCALE,
        *filter(None, [few_behind(asked.networks, asked.final)]),
        parameters(asked.networks, asked.final),
        PREDICTION,
    ]


def _at_the_end(found: Portfolio) -> list[str]:
    """Levers of which the best split has the highest value that was tried, though higher ones are allowed."""
    ends = {
        lever.key: lever.value(1.0)
        for lever in found.asked.levers
        if lever.is_numeric and lever.value(1.0) != KEYS[lever.key].high
    }
    there = [key for key, end in ends.items() if any(one.plan.values[key] == end for one in found.cohorts)]
    return [f"At the end of what was tried: {listed(there, 'and')}; more may be better."] if there else []


def _horizon(found: Portfolio) -> str:
    return counted_until_each(found.asked.networks, (lever.key for lever in found.asked.levers), "plans")


def unit_of(found: Portfolio) -> str:
    """What is added, for an axis."""
    return f"added {_what(found)}"


def budget_words(found: Portfolio) -> str:
    """The question as a title."""
    return f"How to split {found.asked.budget:,.0f} USD"
