"""What an adaptive design says of the space, in words and as JSON."""

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from results.emulating.adding import UNSURE, Told
from results.words.document import OutcomeName, finite
from results.words.numbers import label, number
from results.words.schema import Count, Number
from scenarios.files.listing import counted
from simulation.outcomes import outcome_named

WHERE = (
    "Points lie where most was to be learned, not all over the space: averages over points, and shares of points, are "
    "not those of the space. An emulator's are: legato emulate RUN."
)


class AdaptiveDocument(TypedDict):
    """What points were added for, and what is known by now."""

    outcome: OutcomeName
    value: Annotated[Number, Field(description="the threshold; null where the outcome is to be known everywhere")]
    side: Annotated[str, Field(description=">= or <=: where it is met")]
    rounds: Annotated[list[Count], Field(description="points of each round, the space-filling batch first")]
    met: Annotated[Number, Field(description="share of the space in which the threshold is met, as far as known")]
    unsure: Annotated[Number, Field(description="share of the space in which either side is possible (5 % or more)")]
    error: Annotated[Number, Field(description="root mean square standard error over the space, the outcome's unit")]


def adaptive_document(one: Told) -> AdaptiveDocument:
    """The same as JSON values."""
    return {
        "outcome": one.toward.outcome,
        "value": one.toward.value,
        "side": one.toward.side,
        "rounds": list(one.rounds),
        "met": None if one.met is None else finite(one.met),
        "unsure": None if one.unsure is None else finite(one.unsure),
        "error": None if one.error is None else finite(one.error),
    }


def adaptive_answer(one: Told) -> str:
    """How much of the space meets the threshold, and how much of it is open."""
    first, *others = one.rounds
    made = f"{first:,} points came first, then {sum(others):,} in {counted(len(others), 'round')}"
    outcome = one.toward.outcome
    scale = outcome_named(outcome).scale
    if one.error is None:
        return f"{made}; too few have a value to say anything of the space."
    if one.toward.value is None:
        return (
            f"{made}, each where {label(outcome)} was known least. The emulator's standard error over the space is "
            f"{number(one.error, scale, 2 if scale == 'share' else None)}."
        )
    side = "at least" if one.toward.side == ">=" else "at most"
    return (
        f"{made}, toward where {label(outcome)} is {side} {number(one.toward.value, scale)}: that is so in "
        f"{100 * (one.met or 0):.0f} % of the space, and in {100 * (one.unsure or 0):.0f} % of it either side is "
        f"possible (a chance of {100 * UNSURE:.0f} % or more)."
    )
