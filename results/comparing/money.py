"""What differences in cost buy: prices, chances that plans are worth it, plans worth considering."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from results.estimates.acceptability import Curve, curves, horizon_of
from results.estimates.incremental import Effect, Incremental, incrementals
from results.estimates.plan_points import Frontier, frontiers
from simulation.running.ensemble import Ensemble


@dataclass(frozen=True)
class Money:
    """All of it.

    Attributes:
        bought: what each plan costs more, or saves, for each unit.
        curves: how likely plans are worth it, by what a unit is worth.
        standing: which plans are worth considering at all.
        worth: what a unit is worth to whoever asks, USD; empty if nobody said it.
    """

    bought: tuple[Incremental, ...]
    curves: tuple[Curve, ...]
    standing: tuple[Frontier, ...]
    worth: Mapping[Effect, float]


def money_of(ensembles: Sequence[Ensemble], baseline: str, worth: Mapping[Effect, float]) -> Money:
    """The same of these scenarios, compared with the one of that name."""
    base = next(one for one in ensembles if one.scenario.name == baseline)
    bought = incrementals(ensembles, base)
    return Money(bought, curves(ensembles, base, bought, worth), frontiers(ensembles, horizon_of(bought)), worth)
