"""What is drawn in the plane of cost and effect: both means, how sure they are together, and a point for each set."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from results.estimates.acceptability import horizon_of
from results.estimates.incremental import Effect, Incremental, Payer, paired
from results.estimates.joint import Joint, of_kept
from results.estimates.many_intervals import many_intervals
from results.estimates.parameter_uncertainty import Groups, Unknown, Values, distinct, one_of_each, smoothed, unknown_of
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

    What the regression of `parameter_uncertainty.carried` lets expect of each set, so without the luck of its pairs,
    drawn in towards the mean until sets vary as much as the interval says that parameters make them vary; see
    `direction.chance_above_zero`.
    """
    if unknown is None:
        return np.empty((0, 2))
    both = np.column_stack((gains, costs))
    found = many_intervals(both, unknown)
    fitted = smoothed(both - found.mean, np.ones(both.shape, dtype=np.bool_), unknown)
    spread = (fitted**2).sum(axis=0) / len(both)
    drawn_in = np.sqrt(np.divide(found.between, spread, out=np.zeros(2), where=spread > 0))
    points: Values = found.mean + np.minimum(drawn_in, 1.0) * fitted[one_of_each(_counted(unknown))]
    return points


def _counted(unknown: Unknown) -> Groups:
    """The groups that are there, numbered without gaps."""
    return np.searchsorted(distinct(unknown.groups), unknown.groups)
