"""Shares whose base moves: a higher share of fewer can be fewer. So the number stands beside the share."""

from collections.abc import Mapping

from results.estimates.comparison import Estimate
from results.words.numbers import label as label_numbers
from results.words.numbers import num
from results.words.sentence import told

_OF: Mapping[str, tuple[str | None, str]] = {
    "survival": ("surviving", "active_at_closing"),
    "facilitator_dependence": (None, "collaborations_formed"),
}
"""Share -> (outcome that counts it, outcome that counts its base)."""
_BASES: Mapping[str, str] = {
    "survival": "the collaborations active at closing",
    "facilitator_dependence": "the collaborations formed by then",
}


def counted_in(outcome: str) -> tuple[str, ...]:
    """The outcomes that count a share with a moving base, and its base; none of others."""
    return tuple(name for name in _OF.get(outcome, ()) if name is not None)


def numbers(ours: Mapping[str, Estimate], theirs: Mapping[str, Estimate], outcome: str) -> str:
    """What the share is of, in number: `12.9 of 18.0 on average instead of 14.2 of 17.0`; "" of other outcomes."""
    if outcome not in _OF:
        return ""
    mine, yours = (_number(one, outcome) for one in (ours, theirs))
    return told("pairs.both", ours=mine, theirs=yours)


def number_of(estimates: Mapping[str, Estimate], outcome: str) -> str:
    """The same of one scenario: `12.9 of 18.0 on average`; "" of other outcomes."""
    return f"{_number(estimates, outcome)} on average" if outcome in _OF else ""


def moving_base(outcome: str) -> str:
    """That the base of a share moves too, where it does; else ""."""
    if outcome not in _BASES:
        return ""
    counted, _ = _OF[outcome]
    count = f"; the outcome {counted} gives the number" if counted else ""
    label = label_numbers(outcome)
    return (
        f"{label[0].upper()}{label[1:]} is a share of {_BASES[outcome]}, and their number differs too: a higher share "
        f"can still mean fewer collaborations{count}."
    )


def _number(estimates: Mapping[str, Estimate], outcome: str) -> str:
    counted, base = _OF[outcome]
    whole = num(estimates[base].mean, "count", 1)
    if counted is None:
        return told("pairs.whole", whole=whole)
    return told("pairs.part", part=num(estimates[counted].mean, "count", 1), whole=whole)
