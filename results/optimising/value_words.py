"""What outcomes are worth in words, and how the best use turns on that."""

from math import floor, isfinite, log10

from results.optimising.final import Finalist, Optimum
from results.optimising.kind_words import of_kind
from results.optimising.objective import NET, Value
from results.optimising.plan_words import behind, name_of
from results.optimising.turning import TIMES, Turn, best_at, scaled_values, turning
from results.optimising.values import other_clocks
from results.words.likelihood import EITHER, direction
from results.words.table import Table
from scenarios.files.listing import listed
from simulation.outcomes import outcome_named


def values_answer(found: Optimum) -> list[str]:
    """What net value is, and at which values another kind of plan would be the best; none without values."""
    worths = found.question.worths
    if not worths:
        return []
    said = listed([f"{amount_words(one.amount)} USD for {unit_words(one.outcome)}" for one in worths])
    lines = [
        f"Net value is what the outcomes are said to be worth ({said}) less the whole cost, so money that is not spent "
        "counts as itself."
    ]
    if found.winner.report.estimate(NET).high < 0:
        lines.append("At these values even the best use costs clearly more than it is worth.")
    turns = turning(found)
    for one in turns.ahead:
        lines.append(
            f"On the networks reported, {_plan(found, one)} is level with the best: {behind(one.differences[0])}."
        )
    for value in worths:
        lines.append(_stays(found, value, [one for one in turns.turns if one.outcome == value.outcome]))
    return lines


def _stays(found: Optimum, value: Value, turns: list[Turn]) -> str:
    """Between which values of one outcome the best use stays the best."""
    what = unit_words(value.outcome)
    if not turns:
        return f"Whatever {what} is worth, no plan of another kind in the final is better, the other values as given."
    parts = []
    for one in turns:
        way = "below" if one.side == "below" else "above"
        now = direction(_chance(one.rival))
        parts.append(
            f"{way} {amount_words(one.at)} USD{_interval(one)} {_plan(found, one.rival)} is the better, whose net "
            f"value {'is ' if now != EITHER else ''}{now} at the values given"
        )
    given = f"The best use turns on what {what} is worth (given: {amount_words(value.amount)} USD)"
    more = "much more" if turns[0].side == "below" else "little"
    only = f"; however {more} it is worth, no other kind in the final is" if len(turns) == 1 else ""
    return f"{given}: {listed(parts)}{only}."


def _chance(rival: Finalist) -> float | None:
    """How likely a rival is worth more than the best use at the values given."""
    ours = rival.differences[0].chance_higher
    return None if ours is None else 1 - ours


def _interval(one: Turn) -> str:
    if not one.has_ends:
        return " (its 95 % interval has no end: how far the two differ in it is not clear)"
    return f" (95 % interval: {amount_words(max(0.0, one.low))} to {amount_words(one.high)} USD)"


def _plan(found: Optimum, one: Finalist) -> str:
    return f"{name_of(found, one)} ({of_kind(found, one)})"


def unit_words(outcome: str) -> str:
    """One more of an outcome: "each of the pieces of evidence", "each percentage point of members that ..."."""
    label = outcome_named(outcome).label.removeprefix("number of ")
    if outcome_named(outcome).scale == "share":
        return f"each percentage point of {label}"
    return f"each of the {label}"


def turning_table(found: Optimum) -> Table | None:
    """Which plan is the best as each value is multiplied and the others stay; None without values."""
    if not found.question.worths:
        return None
    header = ("", *(f"x {times:g}" for times in TIMES))
    rows = []
    for value in found.question.worths:
        amounts = [value.amount * times for times in TIMES]
        best = [best_at(found, scaled_values(found, value.outcome, times)).best for times in TIMES]
        cells = [f"{amount_words(amount)}: {name_of(found, one)}" for amount, one in zip(amounts, best, strict=True)]
        rows.append((outcome_named(value.outcome).label, *cells))
    return Table("The best plan of the final if a value were another", header, tuple(rows))


def values_note(found: Optimum) -> str:
    """What the thresholds rest on; "" without values."""
    if not found.question.worths:
        return ""
    clocks = "".join(
        f" {one} is counted to another month than the cost, which goes on to the end of the run; {other} is too."
        for one, other in other_clocks(found.question.worths).items()
    )
    return (
        "Values at which another plan is better are read from the finalists alone, on the networks reported, one value "
        "at a time. The search was for the values given: at others there may be plans that are better still. Values "
        "are yours; nothing here says what an outcome should be worth." + clocks
    )


def amount_words(value: float) -> str:
    """An amount with what digits say something: three."""
    if value == 0 or not isfinite(value):
        return f"{value:,.0f}"
    places = max(0, 2 - floor(log10(abs(value))))
    return f"{round(value, 2 - floor(log10(abs(value)))):,.{min(places, 2)}f}"
