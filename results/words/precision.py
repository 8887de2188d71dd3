"""Whether the precision asked for was reached: which part of an interval was narrowed, and why no further."""

from results.estimates.precision import Precision
from simulation.outcomes import BY_NAME


def precision_sentence(precision: Precision, *, is_open: bool) -> str:
    """Whether it was reached, of what, and what no number of networks can narrow; with the numbers.

    Args:
        precision: what came of it.
        is_open: whether parameters vary.
    """
    one, wanted, luck = precision, _wide(precision, precision.wanted), _wide(precision, precision.reached)
    takes = f"about {one.needed:,} replicates" if one.needed else "more replicates than can be estimated"
    if one.stopped:
        return (
            f"Stopped at {one.replicates:,} replicates, short of the precision asked for: uncertainty about the "
            f"parameters alone makes the widest interval of {one.outcome} {_wide(one, one.parameters)} wide, more than "
            f"{wanted}, and no number of networks narrows that. With luck it is {_wide(one, one.whole)} wide. Luck "
            f"alone makes it {luck} wide; to bring that down to {wanted} (--fixed) would take {takes}."
        )
    if not one.is_reached:
        said = (
            f"The precision asked for was not reached: the widest interval of {one.outcome} is {luck} wide, not "
            f"{wanted}; it would take {takes}."
        )
        return f"{said} {_of_luck(one)}" if is_open else said
    said = (
        f"The precision asked for was reached: the widest interval of {one.outcome} is {luck} wide, at most {wanted}."
    )
    return f"{said} {_of_luck(one)}" if is_open else said


def _of_luck(one: Precision) -> str:
    return (
        "That is luck alone: more networks do not narrow the uncertainty about the parameters. With that included, the "
        f"widest interval is {_wide(one, one.whole)} wide, of which {_wide(one, one.parameters)} remain however many "
        "networks are run."
    )


def _wide(one: Precision, width: float) -> str:
    """A width in the unit in which the outcome is shown."""
    match BY_NAME[one.outcome].scale:
        case "share":
            return f"{100 * width:.3g} percentage points"
        case "usd":
            return f"{width / 1000:,.4g} thousand USD"
        case _:
            return f"{width:.3g}"
