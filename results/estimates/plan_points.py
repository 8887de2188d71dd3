"""Averages of plans in the plane, and which of them are worth considering, for each effect and payer."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from results.estimates.frontier import Placed, Point, frontier
from results.estimates.incremental import EFFECTS, PAYERS, Effect, Payer, costs_of, outcome_of
from results.estimates.sums import exact_mean
from simulation.outcomes import Horizon
from simulation.running.ensemble import Ensemble


@dataclass(frozen=True)
class Frontier:
    """Where plans stand, by what they cost and yield of one effect up to one month; the cheapest first."""

    horizon: Horizon
    effect: Effect
    payer: Payer
    plans: tuple[Placed, ...]


def frontiers(ensembles: Sequence[Ensemble], horizon: Horizon) -> tuple[Frontier, ...]:
    """One for each effect and payer, over the replicates in which every plan was counted."""
    found = []
    for effect in EFFECTS:
        if effect == "surviving" and horizon != "year after":
            continue
        for payer in PAYERS:
            pairs = [(costs_of(one, horizon, payer), one[outcome_of(horizon, effect)]) for one in ensembles]
            kept = ~np.isnan(np.array(pairs)).any(axis=(0, 1))
            if not kept.any():
                continue
            points = [
                Point(one.scenario.name, exact_mean(costs[kept]), exact_mean(effects[kept]))
                for one, (costs, effects) in zip(ensembles, pairs, strict=True)
            ]
            found.append(Frontier(horizon, effect, payer, frontier(points)))
    return tuple(found)
