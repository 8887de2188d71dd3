"""What more money buys: the difference in cost over the difference in effect, both counted to one month.

An average, such as cost per collaboration, depends on how long one watches and hides what would have come about anyway.
The question of whoever pays is what the *next* dollar adds, compared with the baseline.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import nan
from typing import Literal

import numpy as np

from results.estimates.joint import Joint, joint, of_kept
from results.estimates.parameter_uncertainty import Flags, Unknown, Values, unknown_of
from simulation.outcomes import CLOCK, Horizon
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
        joint: how sure cost and effect are together; None where nothing was counted.
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
    joint: Joint | None = None


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


@dataclass(frozen=True, eq=False)
class Paired:
    """Differences from the baseline, network by network.

    Attributes:
        costs: nan where one of the two has none, float[replicates].
        gains: likewise of the effect.
    """

    costs: Values
    gains: Values

    @property
    def kept(self) -> Flags:
        """Where both were counted, bool[replicates]."""
        return ~(np.isnan(self.costs) | np.isnan(self.gains))


def paired(ensemble: Ensemble, base: Ensemble, horizon: Horizon, effect: Effect, payer: Payer) -> Paired:
    """Cost and effect of one scenario less the baseline's."""
    cost, outcome = costs_of(ensemble, horizon, payer) - costs_of(base, horizon, payer), outcome_of(horizon, effect)
    return Paired(cost, ensemble[outcome] - base[outcome])


def costs_of(ensemble: Ensemble, horizon: Horizon, payer: Payer) -> Values:
    """What each network costs its payer up to a month, float[replicates]."""
    costs: Values = ensemble[CLOCK[horizon]["cost"]]
    return costs if payer == "funder" else costs + ensemble[CLOCK[horizon]["members_cost"]]


def incremental(ensemble: Ensemble, base: Ensemble, horizon: Horizon, effect: Effect, payer: Payer) -> Incremental:
    """One scenario against the baseline, from the replicates in which both have cost and effect."""
    both = paired(ensemble, base, horizon, effect, payer)
    kept = both.kept
    ours, theirs = both.costs[kept], both.gains[kept]
    place = ensemble.scenario.name, horizon, effect, payer
    if not ours.size:
        return Incremental(*place, nan, nan, nan, nan, nan, "missing", 0)
    unknown = unknown_of([ensemble.scenario, base.scenario], base.first, base.replicates)
    found = joint(ours, theirs, of_kept(unknown, kept))
    verdict = _verdict(found, same=not np.any(theirs))
    ratio, low, high = nan, nan, nan
    if verdict in ("added", "saved", "cost unclear"):
        ratio, (low, high) = found.price, found.ends_of_price()
    return Incremental(*place, found.cost, found.gain, ratio, low, high, verdict, int(kept.sum()), found)


def fieller(costs: Values, gains: Values, unknown: Unknown | None = None) -> tuple[float, float]:
    """The 95 % interval of the ratio of two means; see `joint.Joint.ends_of_price`."""
    return joint(costs, gains, unknown).ends_of_price()


def _countable() -> Iterator[tuple[Horizon, Effect]]:
    for horizon in CLOCK:
        for effect in EFFECTS:
            if effect != "surviving" or horizon == "year after":
                yield horizon, effect


def outcome_of(horizon: Horizon, effect: Effect) -> str:
    """The outcome in which an effect is counted to a month."""
    return "surviving" if effect == "surviving" else CLOCK[horizon][effect]


def _sign(mean: float, half: float) -> int:
    return 1 if mean - half > 0 else -1 if mean + half < 0 else 0


def _verdict(found: Joint, *, same: bool) -> Verdict:
    if same:
        return "same effect"
    costs_more, yields_more = _sign(found.cost, found.half_cost), _sign(found.gain, found.half_gain)
    if not yields_more:
        return "effect unclear"
    if not costs_more:
        return "cost unclear"
    if costs_more == yields_more:
        return "added" if yields_more > 0 else "saved"
    return "better" if yields_more > 0 else "worse"
