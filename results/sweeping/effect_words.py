"""What the effects of factors are computed from, in words, where some points have no value, or are not allowed."""

from collections.abc import Sequence

from results.estimates.main_effects import MainEffect, is_uneven, left_out
from results.estimates.response import Response
from scenarios.files.listing import listed


def gaps(response: Response, effects: Sequence[MainEffect]) -> list[str]:
    """How many points have no value, and what each effect is taken from; nothing where all have one, evenly.

    Args:
        response: the outcome at every point.
        effects: of its factors.
    """
    missing, of = left_out(response), len(response.design)
    if not missing and not is_uneven(response.design):
        return []
    lines = [_why(missing, of)]
    told = [
        f"{effect.parts.factor.key}: over the {effect.points:,} points at which each of its values is combined "
        "with the same values of the other factors."
        for effect in effects
        if effect.basis == "balanced"
    ]
    modelled = [effect for effect in effects if effect.basis == "model"]
    if modelled:
        told.append(
            f"{_keys(modelled)}: from a model in which effects of factors add up, fitted to {modelled[0].points:,} "
            f"points by least squares. It explains {100 * modelled[0].fit:.0f} % of their variance and "
            "leaves out interactions."
        )
    lost = [effect for effect in effects if effect.basis == "none"]
    if lost:
        told.append(
            f"{_keys(lost)}: cannot say. The points with a value cannot tell its effect from that of other factors."
        )
    return lines + told


def _why(missing: int, of: int) -> str:
    if not missing:
        return (
            "Values of one factor come with other values of the others here, so averages over all points would compare "
            "unlike points, and effects are taken as follows."
        )
    if missing == of:
        return f"None of the {of:,} points has a value: they failed, or the outcome is missing there."
    have = "have" if missing > 1 else "has"
    return (
        f"{missing:,} of {of:,} points {have} no value: they failed, or the outcome is missing there. Averages over "
        "the others would compare unlike points, so effects are taken as follows."
    )


def _keys(effects: Sequence[MainEffect]) -> str:
    return listed([effect.parts.factor.key for effect in effects])
