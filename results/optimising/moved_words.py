"""What the best use moves, in words: which of it costs next to nothing, and how much of the gain comes from that."""

from results.estimates.intervals import Interval
from results.optimising.final import Optimum
from results.optimising.moved import Moved
from results.optimising.objective import COST, bare_label, label_of, scale_of
from results.optimising.plan_words import POINTS
from results.words.numbers import with_half
from results.words.table import Table, word
from scenarios.files.listing import listed


def free_answer(found: Optimum) -> list[str]:
    """How much of the difference from the plan is due to levers that cost next to nothing, and which save money."""
    return [*_free(found), *(_saved(one) for one in found.moves.moved if one.saves)]


def _saved(one: Moved) -> str:
    """What a lever saves that makes nothing worse."""
    assert one.cost is not None
    gain = one.gains[0]
    less = with_half(-one.cost.mean, -one.cost.high, -one.cost.low, "usd")
    more = _more(gain.mean, gain.low, gain.high, gain.outcome)
    return (
        f"{one.key}={word(one.value)} (planned: {word(one.planned)}) saves {less} thousand USD by itself, and "
        f"changes {bare_label(gain.outcome)} by {more}{POINTS.get(scale_of(gain.outcome), '')}."
    )


def _free(found: Optimum) -> list[str]:
    moves = found.moves
    if not moves.free:
        return []
    names = {one.key: f"{one.key}={word(one.value)} (planned: {word(one.planned)})" for one in moves.free}
    costs = [_more(one.cost.mean, one.cost.low, one.cost.high, COST) for one in moves.free if one.cost]
    several = len(costs) > 1
    price = f"{'cost' if several else 'costs'} next to nothing {'each' if several else 'by itself'}"
    price += f" ({listed(costs)} thousand USD)"
    if not moves.parts or not found.planned.differences:
        return [f"{listed(list(names.values()))} {price}."]
    outcome = found.question.outcomes[0]
    lead = next(one for one in found.planned.differences if one.outcome == outcome)
    whole = _more(lead.mean, lead.low, lead.high, outcome)
    unit = POINTS.get(scale_of(outcome), "")
    parts = [
        f"{_part(part.amount, outcome)} due to {listed([names[key] for key in part.keys])}"
        for part in moves.parts
        if part.keys[0] in names
    ]
    rest = [part for part in moves.parts if part.keys[0] not in names]
    others = f"{_part(rest[0].amount, outcome)} to the other changes together" if rest else "it moves nothing else"
    return [
        f"Of the difference of {whole}{unit} in {bare_label(outcome)}, {listed(parts).replace(' due', ' is due', 1)}, "
        f"which {price}; {others}."
    ]


def free_note(found: Optimum) -> str:
    """What "next to nothing" means, or that nothing is; "" where the plan is the best."""
    moves = found.moves
    if not moves.moved:
        return ""
    one_percent = f"{found.question.budget / 100:,.0f} USD"
    how = (
        f"A lever costs next to nothing if setting it back to as planned, with the same luck, moves the whole cost by "
        f"less than 1 % of the budget ({one_percent}) on average, and adds surely no more than that."
    )
    if not moves.free:
        return f"None of the levers that the best use moves is surely free. {how}"
    return f"{how} Parts of the difference are Shapley values: they add up, and joint effects are shared evenly."


def moved_table(found: Optimum) -> Table | None:
    """A row for each lever that the best use moves: what it adds, and what it costs; None where it moves nothing."""
    if not found.moves.moved:
        return None
    outcomes = [one for one in found.question.outcomes if one != COST]
    header = ("", "best", "as planned", *(f"adds: {label_of(one)}" for one in outcomes), "costs (k USD)")
    rows = tuple(_row(one, outcomes) for one in found.moves.moved)
    return Table("Each change by itself, set back to as planned", header, rows, frozenset(range(1, len(header))))


def _row(one: Moved, outcomes: list[str]) -> tuple[str, ...]:
    gains = {gain.outcome: gain for gain in one.gains}
    added = (
        _more(gains[name].mean, gains[name].low, gains[name].high, name) if name in gains else "-" for name in outcomes
    )
    cost = _more(one.cost.mean, one.cost.low, one.cost.high, COST) if one.cost else f"cannot be run: {one.back.error}"
    return (one.key, word(one.value), word(one.planned), *added, f"{cost}, free" if one.is_free else cost)


def _part(amount: Interval, outcome: str) -> str:
    return _more(amount.mean, amount.low, amount.high, outcome)


def _more(mean: float, low: float, high: float, outcome: str) -> str:
    return with_half(mean, low, high, scale_of(outcome), change=True)
