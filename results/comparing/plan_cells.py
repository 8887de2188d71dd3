"""The words of one outcome of one plan: its level, what it changes, and how sure the direction of that is."""

from math import isnan

from results.comparing.amounts import fit
from results.estimates.comparison import Difference, Estimate
from results.words.decision import Cell, Mark
from results.words.differences import is_alike, is_same
from results.words.headlines import EVIDENCE
from results.words.likelihood import LEVELS
from results.words.numbers import digits, scaled
from results.words.rounding import Fitted
from results.words.sentence import Num, Sentence, Words, sentence
from simulation.outcomes import outcome_named

_TOWARDS = {
    "share": ("lower", "higher"),
    "usd": ("less", "more"),
    "pieces": ("fewer", "more"),
    "count": ("fewer", "more"),
}


def kind_of(outcome: str) -> str:
    """Which words an outcome takes: those of a share, of money, or of anything else."""
    scale = outcome_named(outcome).scale
    return scale if scale in ("share", "usd") else "pieces" if outcome == EVIDENCE else "count"


def level(value: float, outcome: str, *, unit: bool = True) -> Sentence:
    """A level on average: "51 %"; without a `unit` that stands in the header of its column."""
    if isnan(value):
        return sentence("level.none")
    scale, kind = outcome_named(outcome).scale, kind_of(outcome)
    shown = Num(scaled(value, scale), digits(value, scale))
    return sentence("level.plain" if kind == "usd" and not unit else f"level.{kind}", level=shown)


def sure(chance: float) -> Sentence:
    """How sure a chance of 66 % or more is, in words."""
    least = next(least for least, _ in LEVELS if chance >= least - 1e-12)
    return sentence(f"sure.{least * 100:.0f}")


def cell(outcome: str, estimate: Estimate, one: Difference | None) -> Cell:
    """One outcome of a plan; without a difference, of the baseline."""
    value = None if isnan(estimate.mean) else estimate.mean
    if one is None:
        return Cell(outcome, level(estimate.mean, outcome, unit=False), sentence("cell.base"), value)
    known = not isnan(one.low)
    return Cell(
        outcome,
        level(estimate.mean, outcome, unit=False),
        change_words(one),
        value,
        None if isnan(one.mean) else one.mean,
        one.low if known else None,
        one.high if known else None,
        one.chance_higher,
    )


def mark(plan: str, label: Words, one: Difference) -> Mark:
    """The same as a dot with its interval."""
    scale, fitted = outcome_named(one.outcome).scale, fit(one)
    if isnan(one.low):
        return Mark(plan, label, scaled(one.mean, scale), None, None)
    ends = scaled(one.low, scale), scaled(one.high, scale)
    return Mark(plan, label, scaled(one.mean, scale), *ends, fitted.places)


def change_words(one: Difference) -> Sentence:
    """A difference in words: "almost certainly 2 to 12 points lower"; money without its unit."""
    if isnan(one.mean) or (isnan(one.low) and one.mean != 0):
        return sentence("cell.unknown")
    if is_same(one):
        return sentence("cell.same")
    if is_alike(one):
        return sentence("cell.alike")
    fitted, chance = fit(one), one.chance_higher
    low, high = ends(one, fitted, money=False)
    likelier = max(chance, 1 - chance) if chance is not None else 0.0
    if likelier < LEVELS[-1][0]:
        return sentence("cell.either", low=low, high=high)
    if one.is_clear:
        return sentence(
            "cell.clear", sure=sure(likelier), change=amount(one, fitted, unit=kind_of(one.outcome) != "usd")
        )
    assert chance is not None
    if 0 in (fitted.low, fitted.high) and (one.mean > 0) == (chance > 0.5):  # the other end is no change, rounded
        size = amount(one, fitted, unit=kind_of(one.outcome) != "usd")
        return sentence("cell.clear", sure=sure(likelier), change=size)
    return sentence("cell.towards", sure=sure(likelier), way=_towards(one, chance > 0.5), low=low, high=high)


def amount(one: Difference, fitted: Fitted, *, unit: bool = True) -> Sentence:
    """The size of a clear difference, and where it goes: "153 to 693 thousand USD less"."""
    near, far = sorted((abs(fitted.low), abs(fitted.high)))
    to, way = Num(far, fitted.places), _way(one, one.mean > 0)
    called = _unit(one, to, unit)
    if near == far:
        return sentence("change.about", to=to, unit=called, way=way)
    if near == 0:
        return sentence("change.up_to", to=to, unit=called, way=way)
    return sentence("change.range", from_=Num(near, fitted.places), to=to, unit=called, way=way)


def ends(one: Difference, fitted: Fitted, *, money: bool = True) -> tuple[Sentence, Sentence]:
    """Both ends of an interval that may hold no difference: "9 points lower", "3 higher"; the unit stands once."""
    is_money = kind_of(one.outcome) == "usd"
    first = _end(fitted.low, one, fitted, unit=money or not is_money)
    return first, _end(fitted.high, one, fitted, unit=fitted.low == 0 and (money or not is_money))


def _end(value: float, one: Difference, fitted: Fitted, *, unit: bool) -> Sentence:
    if value == 0:
        return sentence("change.none")
    shown = Num(abs(value), fitted.places)
    return sentence("end", amount=shown, unit=_unit(one, shown, unit), way=_way(one, value > 0))


def _unit(one: Difference, shown: Num, unit: bool) -> Sentence:
    if not unit:
        return sentence("unit.plain")
    kind = kind_of(one.outcome)
    return sentence(f"unit.{kind}", count=shown) if kind in ("share", "pieces") else sentence(f"unit.{kind}")


def _towards(one: Difference, up: bool) -> Sentence:
    """Where a difference goes, without its size."""
    down, upward = _TOWARDS[kind_of(one.outcome)]
    return sentence(upward if up else down)


def _way(one: Difference, up: bool) -> Sentence:
    return sentence(f"{'higher' if up else 'lower'}.{kind_of(one.outcome)}")
