"""The outcomes that sentences and short tables are about."""

from simulation.outcomes import OUTCOMES

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
