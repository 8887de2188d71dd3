"""The outcomes that sentences and short tables are about."""

from collections.abc import Iterable

from simulation.outcomes import NAMES, OUTCOMES

RATE, LEGACY, SURVIVAL, SURVIVING = "collaboration_rate", "legacy_rate", "survival", "surviving"
COST, EVIDENCE = "total_cost", "evidence"
WHOLE = ("formed_in_all", "total_cost")
"""What cost per collaboration divides, both to the last simulated month."""
FOUNDERS = "founders_rate"
_BESIDE = {
    "survival": ("survival", "surviving"),
    "cost_per_collaboration": (*WHOLE, "cost_per_collaboration"),
    "translation": ("translation_in_all",),  # by the planned closing hardly anything can be translated yet
    "members_cost": ("members_cost_in_all",),
}
HEADLINES = tuple(
    shown for outcome in OUTCOMES if outcome.headline for shown in _BESIDE.get(outcome.name, (outcome.name,))
)
"""Outcomes of the short tables: beside a share its number, beside a ratio both of what it is made of."""


def headlines(known: Iterable[str]) -> tuple[str, ...]:
    """The same, and all outcomes of one's own among those known."""
    return (*HEADLINES, *own_among(known))


def own_among(known: Iterable[str]) -> tuple[str, ...]:
    """The outcomes of one's own among those known."""
    return tuple(name for name in known if name not in NAMES)
