"""What is drawn in the plane of cost and effect: both means, how sure they are together, and a point for each set."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from results.estimates.acceptability import horizon_of
from results.estimates.incremental import Effect, Incremental, Payer, paired
from results.estimates.joint import Joint, by_parameters, of_kept
from results.estimates.parameter_uncertainty import Unknown, Values, distinct, one_of_each, unknown_of
from results.estimates.sums import sum_rows
from simulation.outcomes import Horizon
from simulation.running.ensemble import Ensemble


@dataclass(frozen=True, eq=False)
class Spread:
    """A plan in the plane.

    Attributes:
        scenario: its name.
        joint: both mean differences from the baseline, and how sure they are together.
        points: of each set of parameters, the difference in effect and in cost that it is taken to make,
            float[sets, 2]; none where parameters are fixed.
    """

    scenario: str
    joint: Joint
    points: Values


@dataclass(frozen=True, eq=False)
class Plane:
    """Plans by what they cost the funder more, and yield more of one effect, than the baseline."""

    horizon: Horizon
    effect: Effect
    payer: Payer
    spreads: tuple[Spread, ...]


def planes(
    ensembles: Sequence[Ensemble], base: Ensemble, bought: Sequence[Incremental], payer: Payer = "funder"
) -> tuple[Plane, ...]:
    """A plane for each effect in which any plan differs, counted to `horizon_of`."""
    horizon, named = horizon_of(bought), {one.scenario.name: one for one in ensembles}
    found: dict[Effect, list[Spread]] = {}
    for one in bought:
        shown = one.horizon == horizon and one.payer == payer and one.joint is not None and one.joint.freedom > 0
        if shown and one.joint is not None:
            both = paired(named[one.scenario], base, horizon, one.effect, payer)
            unknown = unknown_of([named[one.scenario].scenario, base.scenario], base.first, base.replicates)
            points = points_of(both.costs[both.kept], both.gains[both.kept], of_kept(unknown, both.kept))
            found.setdefault(one.effect, []).append(Spread(one.scenario, one.joint, points))
    return tuple(
        Plane(horizon, effect, payer, tuple(spreads))
        for effect, spreads in found.items()
        if any(one.joint.gain or one.joint.of_gain for one in spreads)
    )


def points_of(costs: Values, gains: Values, unknown: Unknown | None) -> Values:
    """Differences in effect and in cost of each set of parameters, float[sets, 2]; none where parameters are fixed.

    What parameters are taken to make of both, without the luck of the pairs; see `joint.by_parameters`.
    """
    if unknown is None:
        return np.empty((0, 2))
    both = np.column_stack((gains, costs))
    made = by_parameters(both, unknown)
    numbered = np.searchsorted(distinct(unknown.groups), unknown.groups)  # without gaps
    points: Values = sum_rows(both) / len(both) + made[one_of_each(numbered)]
    return points
