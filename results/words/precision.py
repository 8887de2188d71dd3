"""Whether the precision asked for was reached: which part of an interval was narrowed, and why no further."""

from results.estimates.precision import Precision
from results.words.numbers import as_num
from results.words.sentence import in_turn, told
from simulation.outcomes import outcome_named


def precision_sentence(precision: Precision, *, is_open: bool) -> str:
    """Whether it was reached, of what, and what no number of networks can narrow; with the numbers.

    Args:
        precision: what came of it.
        is_open: whether parameters vary.
    """
    one, wanted, luck = precision, _wide(precision, precision.wanted), _wide(precision, precision.reached)
    takes = told("precision.takes", count=one.needed) if one.needed else told("precision.takes.unknown")
    outcome, parameters, whole = one.outcome, _wide(one, one.parameters), _wide(one, one.whole)
    if one.stopped:
        return told(
            "precision.stopped", replicates=one.replicates, outcome=outcome, parameters=parameters, wanted=wanted,
            whole=whole, luck=luck, takes=takes,
        )  # fmt: skip
    said = (
        told("precision.reached", outcome=outcome, luck=luck, wanted=wanted)
        if one.is_reached
        else told("precision.missed", outcome=outcome, luck=luck, wanted=wanted, takes=takes)
    )
    return in_turn([said, told("precision.luck", whole=whole, parameters=parameters)]) if is_open else said


def _wide(one: Precision, width: float) -> str:
    """A width in the unit in which the outcome is shown."""
    match outcome_named(one.outcome).scale:
        case "share":
            return told("precision.share", width=as_num(f"{100 * width:.3g}"))
        case "usd":
            return told("precision.usd", width=as_num(f"{width / 1000:,.4g}"))
        case _:
            return told("level.plain", level=as_num(f"{width:.3g}"))
