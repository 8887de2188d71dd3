"""How plans fare across many futures, in words and as rows of words."""

from collections.abc import Sequence
from math import isnan

from results.deciding.robustness import Mean, Robustness, Standing, Threshold
from results.deciding.worth_knowing import Information, Worth
from results.estimates.key_groups import IN_WORDS
from results.words.counts import percent_range
from results.words.few import FEW, few
from results.words.numbers import label, number, span, with_half
from results.words.shares import moving_base
from results.words.table import Table
from results.words.varying import as_far_as, count_of
from scenarios.designs.futures import Futures
from scenarios.files.listing import counted
from scenarios.schema.keys import key_named
from simulation.outcomes import Scale, outcome_named

REGRET = (
    "Regret is how much better the best plan for the same future would have done. The worst tenth is a plan's average "
    "over the tenth of the futures that are worst for it."
)
LUCK = "Luck makes regret look larger than it is: in every future it makes some plan the best."
TIED = "After a plus: futures in which the plan ties with another for the best."
LIKELY = (
    "Values from a posterior occur as often as it says, and a row of a CSV file as often as its weight does. "
    "Everything else counts equally, because its likelihood is unknown: ranges are what was asked for, not findings."
)
MEASURE = (
    "To see whether a survey of the network could pin down a parameter of behaviour: legato calibrate evidence --plan "
    "--waves 6,18 --free KEY"
)
MOST_ROWS = 12
"""Uncertainties in the table of what to find out (count); the document has all."""
COST = "total_cost"
"""What stands beside every judgement by another outcome."""
_UNITS: dict[Scale, str] = {"share": " %", "usd": " thousand USD", "count": "", "level": "", "index": ""}
_POINTS: dict[Scale, str] = {**_UNITS, "share": " percentage points"}
"""Units of a difference."""


def answer(found: Robustness, futures: Futures, cost: Robustness | None = None) -> list[str]:
    """The answer in a few sentences: what to choose, what it costs, how sure that is, and when it falls short.

    Args:
        found: plans in one outcome.
        futures: what they were judged over.
        cost: the same plans in what they cost; None where the outcome is that.
    """
    best = found.standings[found.chosen]
    scale, count = outcome_named(found.outcome).scale, len(found.futures)
    title = futures.title[0].lower() + futures.title[1:] if futures.title[1:2].islower() else futures.title
    regret = (
        f"has the least regret ({_mean(best.regret, scale)}{_POINTS[scale]} on average, "
        f"{number(best.most_regret, scale)} at most). It is the best in {_best(best, count)}."
        if best.most_regret > 0
        else "is the best in each of them."
    )
    spent = ""
    if cost is not None:
        spent = f", costs {_mean(cost.standing(best.scenario).average, 'usd')}{_UNITS['usd']} in the whole run"
    lines = [
        f"Across {count:,} futures ({title}; {count_of(_varying(futures))}), {best.scenario} is the best on average in "
        f"{outcome_named(found.outcome).label} ({_mean(best.average, scale)}{_UNITS[scale]}){spent} and {regret}"
    ]
    lines += [_other(found, one, best, cost) for one in found.standings if one.scenario != best.scenario]
    if found.threshold is not None:
        lines.append(_met(found, found.threshold))
    return lines


def _varying(futures: Futures) -> list[str]:
    return [factor.key for factor in futures.factors]


def _other(found: Robustness, one: Standing, best: Standing, cost: Robustness | None) -> str:
    apart, scale = found.difference(one.scenario, best.scenario), outcome_named(found.outcome).scale
    spent = "" if cost is None else f" It {_costs(cost.difference(one.scenario, best.scenario))}."
    if isnan(apart.low) or apart.low <= 0 <= apart.high:
        return (
            f"{one.scenario} is not clearly different on average; it is the best in {_best(one, len(found.futures))}."
            f"{spent}"
        )
    near, far = sorted((abs(apart.low), abs(apart.high)))
    amount = f"{span(near, far, scale)}{_POINTS[scale]}"
    return (
        f"{one.scenario}: {amount} {'higher' if found.less_is_better else 'lower'} on average; the best in "
        f"{_best(one, len(found.futures))}.{spent}"
    )


def _costs(apart: Mean) -> str:
    """What one plan costs compared with another, in words."""
    if apart.mean == 0 and not apart.low < 0:
        return "costs as much in the whole run"
    ends = (apart.mean, apart.mean) if isnan(apart.low) else (apart.low, apart.high)
    if ends[0] <= 0 <= ends[1]:
        return (
            f"may cost more or less: from {number(-ends[0], 'usd')} thousand USD less to "
            f"{number(ends[1], 'usd')} thousand USD more in the whole run"
        )
    near, far = sorted(map(abs, ends))
    return f"costs {span(near, far, 'usd')} thousand USD {'more' if apart.mean > 0 else 'less'} in the whole run"


def _met(found: Robustness, threshold: Threshold) -> str:
    scale, count = outcome_named(found.outcome).scale, len(found.futures)
    each = [
        f"{one.met:,} of {count:,} futures with {one.scenario} ({percent_range(one.meets.low, one.meets.high)})"
        for one in found.standings
        if one.meets is not None and one.met is not None
    ]
    return f"{_threshold(threshold, scale)} is met in {', in '.join(each)}."


def _best(one: Standing, futures: int) -> str:
    """In how many futures a plan is the best: `160 of 200 futures`, and those in which others are as good."""
    also = f", and tied for the best in {one.best_tied:,} more" if one.best_tied else ""
    return f"{one.best_alone:,} of {futures:,} futures{also}"


def _threshold(threshold: Threshold, scale: Scale) -> str:
    amount = number(threshold.value, scale)
    return f"{threshold.side[0].upper()}{threshold.side[1:]} {amount}{_UNITS[scale]}"


def standings_table(found: Robustness, cost: Robustness | None = None) -> Table:
    """Every plan, with what it costs on average; see `answer`."""
    scale = outcome_named(found.outcome).scale
    header = ["plan", "on average", "worst tenth", "regret", "most regret", "best in"]
    if found.threshold is not None:
        header.append(f"{_threshold(found.threshold, scale).lower()} in")
    if cost is not None:
        header.append("cost (k USD)")
    rows = []
    for one in found.standings:
        row = [
            one.scenario,
            _mean(one.average, scale),
            number(one.worst_tenth, scale),
            _mean(one.regret, scale),
            number(one.most_regret, scale),
            f"{one.best_alone:,}" + (f" + {one.best_tied:,}" if one.best_tied else ""),
        ]
        if one.met is not None:
            row.append(f"{one.met:,}")
        if cost is not None:
            row.append(_mean(cost.standing(one.scenario).average, "usd"))
        rows.append(tuple(row))
    title = f"{label(found.outcome)} across {len(found.futures):,} futures, and in how many a plan is best"
    return Table(title, tuple(header), tuple(rows), frozenset(range(1, len(header))))


def worth_table(known: Information, outcome: str) -> Table | None:
    """What knowing each of the uncertainties worth most would be worth; None where none would change the choice."""
    if known.everything == 0:
        return None
    scale = outcome_named(outcome).scale
    rows = tuple(
        (
            one.key,
            _with_error(one.worth, one.error, scale),
            f"{one.changed:,} futures",
            "yes" if one.is_clear else "cannot tell",
        )
        for one in known.keys[:MOST_ROWS]
    )
    header = ("knowing", "is worth", "changes the choice in", "more than luck")
    first = f"; the {MOST_ROWS} of {len(known.keys)} worth most" if len(known.keys) > MOST_ROWS else ""
    return Table(f"What to find out before choosing ({label(outcome)}){first}", header, rows, frozenset({1, 2}))


def group_table(known: Information, outcome: str) -> Table | None:
    """What knowing all of a group would be worth; None where no group would change the choice."""
    if not any(one.worth for one in known.groups):
        return None
    scale = outcome_named(outcome).scale
    rows = tuple(
        (
            f"{IN_WORDS[one.group]} ({counted(one.keys, 'key')})",
            _with_error(one.worth, one.error, scale),
            f"{one.changed:,} futures",
            "yes" if one.is_clear else "cannot tell",
        )
        for one in known.groups
    )
    header = ("knowing", "is worth", "changes the choice in", "more than luck")
    title = f"The same of keys that could be found out about together ({label(outcome)})"
    return Table(title, header, rows, frozenset({1, 2}))


def _with_error(worth: float, error: float, scale: Scale) -> str:
    """What it is worth, and half its 95 % interval."""
    if isnan(error) or worth == 0:
        return _finely(worth, scale)
    return f"{_finely(worth, scale)} ± {_finely(2 * error, scale)}"


def worth_sentence(known: Information, outcome: str, futures: Futures) -> str:
    """Which uncertainty to look into first, as far as what varies can tell."""
    return worth_of_keys(known, outcome, _varying(futures))


def worth_of_keys(known: Information, outcome: str, keys: Sequence[str]) -> str:
    """The same of whatever keys vary."""
    scale = outcome_named(outcome).scale
    reach = as_far_as(keys)
    if known.everything == 0:
        return (
            f"{reach[0].upper()}{reach[1:]}, {known.chosen} is the best in {outcome_named(outcome).label} in every "
            "future tried, so knowing more about them would not change the choice. This says nothing about those "
            "that are fixed."
        )
    clear = [one for one in known.keys if one.is_clear]
    whole = f"{_finely(known.everything, scale)}{_POINTS[scale]}"
    if not clear:
        return (
            f"Knowing any one of the uncertainties that vary here would not clearly lead to a better choice than "
            f"{known.chosen}; knowing all of them would be worth {_at_most(whole)} ({reach})."
        )
    worth = "; ".join(_worth(one, scale) for one in clear[:3])
    return f"{worth}. Knowing everything that varies would be worth {_at_most(whole)} ({reach})."


def _at_most(amount: str) -> str:
    """An upper limit, which an amount that is itself one does not say twice."""
    return amount if amount.startswith("less than") else f"{amount} at most"


def _worth(one: Worth, scale: Scale) -> str:
    known = key_named(one.key)
    words = known.text.partition(";")[0] if known else one.key
    return (
        f"Knowing {one.key} ({words}) would be worth {_finely(one.worth, scale)}{_POINTS[scale]} on average, and "
        f"would change the choice in {one.changed:,} futures"
    )


def notes(found: Robustness, futures: Futures, replicates: int, seed: int) -> list[str]:
    """What the numbers mean and what is not in them."""
    scale = outcome_named(found.outcome).scale
    lines = [REGRET, LIKELY, moving_base(found.outcome), few(len(found.futures), "futures", f"--futures {FEW}")]
    if any(one.best_tied for one in found.standings):
        lines.append(TIED)
    if not isnan(found.luck):
        lines.append(
            "± is half the 95 % interval over futures. In a single future, luck still moves the difference between two "
            f"plans by {_finely(found.luck, scale)}{_POINTS[scale]} either way. {LUCK}"
        )
    if found.left_out:
        lines.append(f"{found.left_out:,} futures are left out: a plan has no value there.")
    if futures.settled:
        lines.append(f"Set by a scenario, and so the same in all futures: {', '.join(futures.settled)}.")
    if any(factor.key.startswith("behaviour.") for factor in futures.factors):
        lines.append(MEASURE)
    return [*lines, f"{counted(replicates, 'network')} of each plan in each future, seed {seed}."]


def _mean(one: Mean, scale: Scale) -> str:
    return with_half(one.mean, one.low, one.high, scale)


def _finely(value: float, scale: Scale) -> str:
    """With a digit more than usual where it is small."""
    small = scale == "share" and 0 < abs(value) < 0.1
    text = number(value, scale, 1 if small else None)
    return "less than 0.1" if small and text == "0.0" else text
