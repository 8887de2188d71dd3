"""How likely each plan is worth its cost, and how likely it is the best of all, by what one is ready to pay for a unit.

With the baseline and one other plan that is one chance. With more, each plan has two: that it is worth it instead of
the baseline, and that no other plan is worth more. Whoever knows what a unit is worth chooses the plan of the greatest
average net benefit, which need not be the one that is likeliest to be the best.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import floor, isfinite, log10, nan, sqrt

import numpy as np

from results.estimates.incremental import Effect, Incremental, Payer, paired
from results.estimates.joint import Joint, covariances, of_kept
from results.estimates.parameter_uncertainty import Values, unknown_of
from simulation.outcomes import Horizon
from simulation.running.ensemble import Ensemble

STEPS = 40
"""Steps of a curve, from 0 to its last amount."""
DRAWS = 10_000
"""Draws by which a chance to be the best of three plans or more is found: to half a point. They are always the same."""
FAR = 5.0
"""How many times its price an end of an interval may lie away and still be on the curve."""


@dataclass(frozen=True)
class PlanCurve:
    """One plan along a curve; of the baseline nothing but `best`.

    Attributes:
        scenario: its name.
        chance: that it is worth it instead of the baseline, for each amount.
        best: that no other plan is worth more.
        benefit: average net benefit against the baseline, USD.
        low: lower ends of its 95 % interval.
        high: upper ends.
    """

    scenario: str
    chance: tuple[float, ...]
    best: tuple[float, ...]
    benefit: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True)
class Curve:
    """Acceptability of plans by one effect.

    Attributes:
        horizon: month to which cost and effect are counted.
        effect: what is bought.
        payer: whose cost it is.
        worths: amounts that one may be ready to pay for a unit, USD, from 0 up.
        plans: the baseline first, then the others as they were given.
        ahead: for each amount, the plan of the greatest average net benefit: the frontier.
        replicates: networks of each plan behind it (count).
    """

    horizon: Horizon
    effect: Effect
    payer: Payer
    worths: tuple[float, ...]
    plans: tuple[PlanCurve, ...]
    ahead: tuple[str, ...]
    replicates: int


def curve(
    ensembles: Sequence[Ensemble],
    base: Ensemble,
    found: Sequence[Incremental],
    wanted: Sequence[float] = (),
) -> Curve | None:
    """The curve of all plans by one effect; None where no plan has another effect, or nothing can be said.

    Args:
        ensembles: scenarios, the baseline may be among them.
        base: the baseline.
        found: what differences of the others buy, of one horizon, effect and payer, in their order.
        wanted: amounts that the curve is to have among its own.

    Source:
        Fenwick, Claxton & Sculpher 2001, Health Economics 10(8): the chance to be the best, and the frontier. Ours: by
        normal draws, over Student's t, with the variances of the intervals.
    """
    joints = {one.scenario: one.joint for one in found if one.joint is not None}
    others = [one for one in ensembles if one is not base]
    if len(joints) < len(others) or not any(one.gain or one.of_gain for one in joints.values()):
        return None
    if any(one.freedom < 1 for one in joints.values()):
        return None
    worths = amounts(list(joints.values()), wanted)
    if not worths:
        return None
    place = found[0].horizon, found[0].effect, found[0].payer
    if len(joints) > 1:
        best, count = _best_of_many(others, base, place, worths)
    else:
        (only,) = joints.values()
        chances = np.array([only.chance(one) for one in worths])
        best, count = np.array([1.0 - chances, chances]), found[0].replicates
    plans = [PlanCurve(base.scenario.name, *_nothing(len(worths), best[0]))]
    for row, (name, one) in enumerate(joints.items(), 1):
        benefits = [one.net_benefit(worth) for worth in worths]
        means, lows, highs = zip(*benefits, strict=True)
        chances_of = tuple(one.chance(worth) for worth in worths)
        plans.append(PlanCurve(name, chances_of, tuple(best[row].tolist()), means, lows, highs))
    return Curve(*place, worths, tuple(plans), _ahead(base.scenario.name, plans, len(worths)), count)


def amounts(joints: Sequence[Joint], wanted: Sequence[float] = ()) -> tuple[float, ...]:
    """Amounts from 0 to a round one beyond what any plan may cost for a unit, and those that are wanted.

    It goes to twice the greatest price, or to the far end of its interval where that is near; where the effect may be
    nothing, to twice what a unit costs at the greater end of its interval, or half beyond the price where that is near.
    """
    ends = [0.0]
    for one in joints:
        low, high = one.ends_of_price()
        if isfinite(low) and isfinite(high):
            price = abs(one.price)
            ends.append(max(2.0 * price, min(1.2 * max(abs(low), abs(high)), FAR * price)))
        elif (most := abs(one.gain) + one.half_gain) > 0:
            likely = (abs(one.cost) + one.half_cost) / most
            ends.append(max(2.0 * likely, min(1.5 * abs(one.price), 2.0 * FAR * likely) if one.gain else 0.0))
    last = max([*ends, *(1.2 * amount for amount in wanted)])
    if last <= 0:
        return tuple(sorted(set(wanted)))
    step = _rounded_up(last / STEPS)
    whole = [step * count for count in range(STEPS + 1) if step * (count - 1) < last]
    return tuple(sorted({*whole, *wanted}))


def _rounded_up(value: float) -> float:
    power = 10.0 ** floor(log10(value))
    return next(power * digit for digit in (1, 2, 2.5, 5, 10) if power * digit >= value * (1 - 1e-12))


def _nothing(count: int, best: Values) -> tuple[tuple[float, ...], ...]:
    empty = (nan,) * count
    return empty, tuple(best.tolist()), empty, empty, empty


def _ahead(base: str, plans: Sequence[PlanCurve], count: int) -> tuple[str, ...]:
    """Of equals the first, so the baseline."""
    others = [one for one in plans if one.scenario != base]
    names = [base, *(one.scenario for one in others)]
    return tuple(names[int(np.argmax([0.0, *(one.benefit[place] for one in others)]))] for place in range(count))


def _best_of_many(
    others: Sequence[Ensemble], base: Ensemble, place: tuple[Horizon, Effect, Payer], worths: Sequence[float]
) -> tuple[Values, int]:
    """Chance of each plan, the baseline first, to be the best, float[plans, amounts]; and pairs behind it."""
    pairs = [paired(one, base, *place) for one in others]
    kept = np.logical_and.reduce([one.kept for one in pairs])
    every = np.column_stack([*(one.costs for one in pairs), *(one.gains for one in pairs)])[kept]
    unknown = unknown_of([*(one.scenario for one in others), base.scenario], base.first, base.replicates)
    means, shared, freedom = covariances(every, of_kept(unknown, kept))
    draws = _draws(len(others), freedom)
    found = []
    for worth in worths:
        turn = np.concatenate((-np.eye(len(others)), worth * np.eye(len(others))))
        net = draws @ root_of(turn.T @ shared @ turn).T + means @ turn
        all_of_them = np.column_stack((np.zeros(len(net)), net))
        found.append(np.bincount(all_of_them.argmax(axis=1), minlength=len(others) + 1) / len(net))
    return np.array(found).T, int(kept.sum())


def root_of(shared: Values) -> Values:
    """A lower triangle whose square is a matrix of covariances; what rounding or polarization makes negative is 0."""
    count = len(shared)
    found = np.zeros((count, count))
    for row in range(count):
        for column in range(row + 1):
            left = shared[row, column] - float((found[row, :column] * found[column, :column]).sum())
            if row == column:
                found[row, row] = sqrt(max(left, 0.0)) if left > 1e-12 * shared[row, row] else 0.0
            elif found[column, column] > 0:
                found[row, column] = left / found[column, column]
    return found


@lru_cache(maxsize=8)
def _draws(plans: int, freedom: int) -> Values:
    """Draws of Student's t in as many directions, in pairs of opposite ones."""
    luck = np.random.default_rng(20_011)
    half = luck.standard_normal((DRAWS // 2, plans))
    spread = np.sqrt(luck.chisquare(freedom, DRAWS // 2) / freedom)[:, np.newaxis]
    return np.concatenate((half / spread, -half / spread))


def curves(
    ensembles: Sequence[Ensemble],
    base: Ensemble,
    bought: Sequence[Incremental],
    worth: Mapping[Effect, float],
) -> tuple[Curve, ...]:
    """The curves of every effect and payer, counted to `horizon_of`.

    Args:
        ensembles: scenarios.
        base: the baseline.
        bought: what differences in cost buy, all of them.
        worth: what whoever asks is ready to pay for a unit, USD.
    """
    horizon = horizon_of(bought)
    places: dict[tuple[Effect, Payer], list[Incremental]] = {}
    for one in bought:
        if one.horizon == horizon:
            places.setdefault((one.effect, one.payer), []).append(one)
    found = (
        curve(ensembles, base, some, [worth[effect]] if effect in worth else []) for (effect, _), some in places.items()
    )
    return tuple(one for one in found if one is not None)


def horizon_of(bought: Sequence[Incremental]) -> Horizon:
    """The month that is shown: a year after closing if all networks have closed, else the last one."""
    missing = any(one.horizon == "year after" and one.verdict == "missing" for one in bought)
    return "end" if missing else "year after"
