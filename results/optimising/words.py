"""The best use of a budget in plain words: what it is, how sure that is, and what is just as good."""

from collections.abc import Sequence

from results.estimates.comparison import Difference
from results.estimates.same_luck import same_luck
from results.optimising.final import Finalist, Optimum, money
from results.optimising.front_words import front_answer
from results.optimising.kind_words import (
    group_name,
    kinds_like_the_best,
    shown_groups,
    told_apart,
    values_of,
    with_and_without,
)
from results.optimising.moved_words import free_answer, free_note, moved_table
from results.optimising.objective import COST, label_of, scale_of, sign
from results.optimising.plan_words import POINTS, capital, is_surely_worse, level, name_of, settings, span_of, thousand
from results.optimising.value_words import turning_table, values_answer, values_note
from results.words.horizon import counted_until_each
from results.words.likelihood import EITHER, LEVELS, SCALE, direction, likelihood
from results.words.narrative import Said, said
from results.words.notes import INTERVAL, OPEN, PREDICTION
from results.words.numbers import number, part_of_cost, percentages, with_half
from results.words.shares import moving_base
from results.words.table import Table, word
from results.words.varying import as_far_as, few_behind, parameters, varying_keys
from scenarios.schema.keys import key_named
from simulation.outcomes import COST_PARTS


def said_of(found: Optimum, converted: Sequence[str] = ()) -> Said:
    """Everything that is said; `converted` says of a budget in another currency how it was converted."""
    more = [one for one in (turning_table(found), moved_table(found)) if one is not None]
    return said(answer(found), [*finalist_tables(found), *more, money_table(found)], [*converted, *notes(found)])


def answer(found: Optimum) -> list[str]:
    """The best use, against the plan; then how flat the optimum is."""
    first, *more = _best(found)
    # What is free stands beside the winner, or money would be believed to have done it.
    best = [first, *free_answer(found), *more, *values_answer(found)]
    if len(found.question.outcomes) > 1:
        return [*best, _spent(found), *front_answer(found)]
    return [*best, _spent(found), *with_and_without(found), *_flat(found)]


def _best(found: Optimum) -> list[str]:
    asked, winner, planned = found.question, found.winner, found.planned
    outcome = asked.outcomes[0]
    budget = f"{asked.budget:,.0f} USD"
    reach = as_far_as(varying_keys([asked.scenario]))
    cost = f"it costs {thousand(winner.report.estimate(COST))} thousand USD in the whole run on average"
    if winner.number == planned.number:
        lines = [
            f"With {budget}, nothing better was found than {asked.scenario.name} as planned "
            f"({label_of(outcome)}: {level(winner, outcome)}; {cost}), {reach}."
        ]
    else:
        lead = next(one for one in planned.differences if one.outcome == outcome)
        plan, title = f"the plan {thousand(planned.report.estimate(COST))}", asked.scenario.name
        compared = (
            f"{capital(label_of(outcome))}: {level(winner, outcome)} instead of {level(planned, outcome)} as planned, "
            f"{_way(lead)} ({reach}); {cost}, {plan}."
        )
        if planned.report.mean(COST) > asked.budget:
            less = f"less than {title} as planned costs on average"
            head = f"With {budget}, {less}, the best use found is {settings(winner)}."
        elif _is_ahead(lead):
            head = f"With {budget}, the best use found is {settings(winner)}."
        else:
            head = (
                f"With {budget}, no use was found that is even probably better than {title} as planned. The best tried "
                f"is {settings(winner)}."
            )
        lines = [f"{head} {compared}"]
    if ends := _at_an_end(found):
        lines.append(f"At the limit of what was allowed: {', '.join(ends)}; there may be something better beyond it.")
    if found.is_dear(winner):
        lines.append("Note that in the networks reported it clearly costs more than the budget on average.")
    return lines


def _is_ahead(lead: Difference) -> bool:
    """Whether the winner is at least probably better than the plan."""
    return bool(likelihood(lead.chance_higher)) and (sign(lead.outcome) > 0) == ((lead.chance_higher or 0) > 0.5)


def _way(lead: Difference) -> str:
    """The winner compared with the plan: "very probably better", "could go either way"."""
    ways = ("worse", "better") if sign(lead.outcome) > 0 else ("better", "worse")
    way = direction(lead.chance_higher, *ways)
    return "which could go either way" if way == EITHER else f"which is {way}"


def _at_an_end(found: Optimum) -> list[str]:
    """Levers of the best use that stand where the range that was asked for ends, and the schema's does not."""
    ends = []
    for lever in found.question.levers:
        value, known = found.winner.report.values[lever.key], key_named(lever.key)
        assert known is not None  # it is a lever
        asked = lever.levels or (lever.low, lever.high)
        if lever.is_numeric and value in (min(asked), max(asked)) and value not in (known.low, known.high):
            ends.append(f"{lever.key}={word(value)}")
    return ends


def _spent(found: Optimum) -> str:
    return f"It spends its money on {_parts(found.winner)}; the plan on {_parts(found.planned)}."


def _parts(one: Finalist) -> str:
    parts = sorted(_percent(one).items(), key=lambda item: -item[1])
    shown = [f"{_part(part)} ({share} %)" for part, share in parts if share]
    return ", ".join(shown) or "nothing"


def _percent(one: Finalist) -> dict[str, int]:
    """What a finalist spends on what, in percent of its cost; they add up to 100, or are all 0."""
    shares = money(one.report)
    return percentages(shares) if any(shares.values()) else dict.fromkeys(shares, 0)


def _part(part: str) -> str:
    return part_of_cost(part)


def _flat(found: Optimum) -> list[str]:
    alike = [one for one in found.alike if one.number != found.winner.number]
    others = len(found.finalists) - 1
    if not alike:
        return [f"None of the other {others} finalists is as good: the optimum is sharp."]
    ranges = [
        f"{lever.key} {span_of([one.report.values[lever.key] for one in found.alike])}"
        for lever in found.question.levers
    ]
    shares = []
    for part in COST_PARTS:
        each = [_percent(one)[part] for one in found.alike]
        if max(each) > 0:
            shares.append(f"{span_of(each)} % on {_part(part)}")
    return [
        f"{len(alike)} of the other {others} finalists {'is' if len(alike) == 1 else 'are'} not clearly behind it, by "
        f"intervals that hold for all finalists at once{_one_at_a_time(alike)}, so the optimum is "
        f"{'flat' if len(alike) > others / 2 else 'partly flat'}. {kinds_like_the_best(found)} "
        f"Together with the best they have {'; '.join(ranges)}, and spend {', '.join(shares)}."
    ]


def _one_at_a_time(alike: Sequence[Finalist]) -> str:
    """Of finalists that are not clearly behind, how many are probably worse by words that are about one alone."""
    least, _ = LEVELS[1]
    worse = sum(is_surely_worse(one.differences[0], least) for one in alike)
    if not worse:
        return ""
    which = "it is" if len(alike) == 1 else f"{worse} of them {'is' if worse == 1 else 'are'}"
    return (
        f' (taken alone, {which} at least very probably worse: words such as "almost certainly" are about one '
        "finalist at a time)"
    )


def finalist_tables(found: Optimum) -> list[Table]:
    """A row for each group of finalists: levers, outcomes, cost, the winner's lead; of many in three tables."""
    asked = found.question
    values = asked.shown if asked.worths else ()
    outcomes = tuple(one for one in (*asked.outcomes, *values) if one != COST)
    levers = [("", *(lever.key for lever in asked.levers))]
    reached = [("", *(label_of(one) for one in outcomes), "cost (k USD)")]
    leads = [("", *(label_of(one) for one in asked.outcomes))]
    for group in shown_groups(found):
        one, name = group.best, group_name(name_of(found, group.best), group)
        levers.append((name, *(values_of(group, lever.key) for lever in asked.levers)))
        reached.append((name, *(level(one, outcome) for outcome in outcomes), thousand(one.report.estimate(COST))))
        ahead = {less.outcome: less for less in one.differences}
        leads.append((name, *(_lead(ahead[outcome]) if ahead else "-" for outcome in asked.outcomes)))
    if len(asked.outcomes) > 2:
        return [
            _table("Plans of each kind, with fresh luck", levers),
            _table("What they achieve", reached),
            _table("The winner's lead", leads),
        ]
    rows = [
        (*some, *more[1:], "-" if set(ahead[1:]) == {"-"} else "; ".join(ahead[1:]))
        for some, more, ahead in zip(levers, reached, leads, strict=True)
    ]
    return [_table("Plans of each kind, with fresh luck", [(*rows[0][:-1], "winner's lead"), *rows[1:]])]


def _lead(less: Difference) -> str:
    return with_half(less.mean, less.low, less.high, scale_of(less.outcome), change=True)


def _table(title: str, rows: Sequence[tuple[str, ...]]) -> Table:
    return Table(title, rows[0], tuple(rows[1:]), frozenset(range(1, len(rows[0]))))


def money_table(found: Optimum) -> Table:
    """What each finalist that is as good as the winner spends its cost on, in percent that add up to 100."""
    header = ("% of the cost on", *(_part(part) for part in COST_PARTS))
    alike = {one.number for one in found.alike}
    shown = [group.best for group in shown_groups(found) if group.best.number in alike or group.best is found.planned]
    rows = tuple((name_of(found, one), *(f"{percent}" for percent in _percent(one).values())) for one in shown)
    return Table("What the money goes to", header, rows, frozenset(range(1, len(header))))


def notes(found: Optimum) -> list[str]:
    """How it was chosen, how much better the search made it look, and what the budget means."""
    asked, first = found.question, found.question.outcomes[0]
    failed = sum(one.ensemble is None for one in found.candidates)
    within = sum(one.is_feasible(asked) for one in found.candidates)
    over = found.count_over(found.winner)
    scale = scale_of(first)
    flattered = f"{number(abs(found.optimism), scale, 1)}{POINTS.get(scale, '')}"
    looked = "better" if found.optimism >= 0 else "worse"
    return [
        f"{len(found.candidates):,} candidates were tried with "
        f"{same_luck(lever.key for lever in asked.levers)} ({asked.replicates:,} networks each, seed "
        f"{asked.seed}); {within:,} stayed within the budget"
        + (f", {failed:,} could not be run (candidates.parquet says why)." if failed else "."),
        "The winner was chosen with fresh luck, and is reported with fresh luck again "
        f"({asked.final:,} networks each), so that it is not merely the luckiest. In the search, the best looked "
        f"{flattered} {looked} than it is.",
        *(f"{lever.stops_short}." for lever in asked.levers if lever.stops_short),
        f"The budget holds on average: {over:,} of {asked.final:,} networks of the best use cost more.",
        counted_until_each([asked.scenario], (lever.key for lever in asked.levers), "candidates"),
        *filter(None, map(moving_base, asked.outcomes)),
        "Intervals of the winner's lead hold for all finalists at once (Bonferroni); where one includes 0, neither "
        "is clearly behind the other.",
        told_apart(found),
        *filter(None, [free_note(found), values_note(found)]),
        OPEN if asked.scenario.posterior is not None else INTERVAL,
        SCALE,
        *filter(None, [few_behind([asked.scenario], asked.final)]),
        parameters([asked.scenario], asked.final),
        PREDICTION,
    ]
