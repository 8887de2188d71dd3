"""What more money buys: the difference in cost over the difference in effect, both counted to one month.

An average, such as cost per collaboration, depends on how long one watches and hides what would have come about anyway.
The question of whoever pays is what the *next* dollar adds, compared with the baseline.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf, nan, sqrt
from typing import Literal

import numpy as np

from results.estimates.intervals import Interval, interval
from results.estimates.parameter_uncertainty import Flags, Unknown, Values, unknown_of
from simulation.outcomes import CLOCK, Horizon, Quantity
from simulation.running.ensemble import Ensemble

Payer = Literal["funder", "funder and members"]
PAYERS: tuple[Payer, ...] = ("funder", "funder and members")
Effect = Literal["months_worked", "surviving", "evidence", "translation"]
EFFECTS: tuple[Effect, ...] = ("months_worked", "surviving", "evidence", "translation")
"""What is bought: months of collaboration, collaborations that survive a year, evidence, translations."""
Verdict = Literal["added", "saved", "better", "worse", "cost unclear", "effect unclear", "same effect", "missing"]
"""How a scenario stands to the baseline: it costs more and yields more ("added"), costs less and yields less ("saved"),
is better or worse in both; what cannot be told, or does not differ; "missing" where nothing was counted."""


@dataclass(frozen=True)
class Incremental:
    """A scenario against the baseline: what an added unit of an effect costs, or what a unit given up saves.

    Attributes:
        scenario: the one that is compared.
        horizon: month to which both are counted.
        effect: what is bought.
        payer: whose cost it is.
        cost: average of the paired differences in cost, USD.
        gain: average of the paired differences in effect, in the effect's unit.
        ratio: cost / gain, USD a unit; nan unless the verdict is "added", "saved" or "cost unclear".
        low: lower end of its 95 % interval, by Fieller's theorem; nan where the ratio is.
        high: its upper end.
        verdict: see `Verdict`.
        replicates: pairs behind it (count).
    """

    scenario: str
    horizon: Horizon
    effect: Effect
    payer: Payer
    cost: float
    gain: float
    ratio: float
    low: float
    high: float
    verdict: Verdict
    replicates: int


def incrementals(ensembles: Sequence[Ensemble], base: Ensemble) -> tuple[Incremental, ...]:
    """All scenarios other than the baseline, at every horizon, for every effect and payer that can be counted there.

    Args:
        ensembles: scenarios, the baseline may be among them; as many replicates of one seed.
        base: the baseline.
    """
    return tuple(
        incremental(one, base, horizon, effect, payer)
        for one in ensembles
        if one is not base
        for horizon, effect in _countable()
        for payer in PAYERS
    )


def incremental(ensemble: Ensemble, base: Ensemble, horizon: Horizon, effect: Effect, payer: Payer) -> Incremental:
    """One scenario against the baseline, from the replicates in which both have cost and effect."""
    costs, gains = _paired(ensemble, base, horizon, payer), _column(ensemble, base, _outcome(horizon, effect))
    kept = ~(np.isnan(costs) | np.isnan(gains))
    ours, theirs = costs[kept], gains[kept]
    place = ensemble.scenario.name, horizon, effect, payer
    if not ours.size:
        return Incremental(*place, nan, nan, nan, nan, nan, "missing", 0)
    unknown = unknown_of([ensemble.scenario, base.scenario], base.first, base.replicates)
    cost, gain = (_interval(values, unknown, kept) for values in (ours, theirs))
    verdict = _verdict(cost, gain, same=not np.any(theirs))
    ratio, low, high = nan, nan, nan
    if verdict in ("added", "saved", "cost unclear"):
        ratio = cost.mean / gain.mean
        low, high = fieller(ours, theirs, unknown, kept)
    return Incremental(*place, cost.mean, gain.mean, ratio, low, high, verdict, int(kept.sum()))


def fieller(
    costs: Values, gains: Values, unknown: Unknown | None = None, kept: Flags | None = None
) -> tuple[float, float]:
    """The 95 % interval of the ratio of two means whose denominator is clearly not 0.

    It holds every ratio r for which the mean of cost - r x gain is not clearly off 0. Half the interval of that mean,
    squared, is taken for a quadratic in r, and the ends are where it meets the mean. It is one where parameters are
    fixed. Where they vary it nearly is: searched for one by one, ends moved by less than a tenth of the interval in 25
    of 27 comparisons of SALEX.

    Args:
        costs: paired differences of the numerator, float[kept].
        gains: those of the denominator, float[kept].
        unknown: what the replicates live with; None where parameters are fixed.
        kept: which replicates they are of, bool[replicates]; all if left out.

    Returns:
        Both ends; infinite where the denominator is not clearly off 0.

    Source:
        Fieller 1954, J. R. Stat. Soc. B 16(2): the theorem. Ours: that the variances hold what is not known of the
        parameters, by polarization of `intervals.interval`.
    """
    cost, gain = _interval(costs, unknown, kept), _interval(gains, unknown, kept)
    size = float(np.abs(gains).max())
    scale = float(np.abs(costs).max()) / size if size > 0 and np.any(costs) else 1.0
    summed, apart = (_half(costs + sign * scale * gains, unknown, kept) for sign in (1.0, -1.0))
    shared = (summed**2 - apart**2) / (4.0 * scale)
    a = gain.mean**2 - _reach(gain) ** 2
    b = cost.mean * gain.mean - shared
    c = cost.mean**2 - _reach(cost) ** 2
    if not a > 0.0:
        return -inf, inf
    root = sqrt(max(0.0, b**2 - a * c))
    return (b - root) / a, (b + root) / a


def _countable() -> Iterator[tuple[Horizon, Effect]]:
    for horizon in CLOCK:
        for effect in EFFECTS:
            if effect != "surviving" or horizon == "year after":
                yield horizon, effect


def _outcome(horizon: Horizon, effect: Effect) -> str:
    return "surviving" if effect == "surviving" else CLOCK[horizon][effect]


def _column(ensemble: Ensemble, base: Ensemble, outcome: str) -> Values:
    difference: Values = ensemble[outcome] - base[outcome]
    return difference


def _paired(ensemble: Ensemble, base: Ensemble, horizon: Horizon, payer: Payer) -> Values:
    quantities: tuple[Quantity, ...] = ("cost",) if payer == "funder" else ("cost", "members_cost")
    found = [_column(ensemble, base, CLOCK[horizon][quantity]) for quantity in quantities]
    return found[0] if len(found) == 1 else found[0] + found[1]


def _interval(values: Values, unknown: Unknown | None, kept: Flags | None) -> Interval:
    return interval(values, [np.ones(len(values), dtype=np.bool_)], unknown, kept)


def _half(values: Values, unknown: Unknown | None, kept: Flags | None) -> float:
    return _reach(_interval(values, unknown, kept))


def _reach(one: Interval) -> float:
    return (one.high - one.low) / 2


def _sign(one: Interval) -> int:
    return 1 if one.low > 0 else -1 if one.high < 0 else 0


def _verdict(cost: Interval, gain: Interval, *, same: bool) -> Verdict:
    if same:
        return "same effect"
    costs_more, yields_more = _sign(cost), _sign(gain)
    if not yields_more:
        return "effect unclear"
    if not costs_more:
        return "cost unclear"
    if costs_more == yields_more:
        return "added" if yields_more > 0 else "saved"
    return "better" if yields_more > 0 else "worse"
