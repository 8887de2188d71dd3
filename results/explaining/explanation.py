"""Which change makes how much of the difference between two scenarios, replicate by replicate."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from math import hypot, isnan, sqrt
from typing import Any

import numpy as np

from results.comparing.inquiry import Inquiry
from results.estimates import shapley
from results.estimates.bounds import bounded
from results.estimates.comparison import at_own_parameters, linearized, present_in, telling_in
from results.estimates.direction import chance_above_zero
from results.estimates.intervals import Interval, interval, variance
from results.estimates.parameter_uncertainty import Flags, Unknown, Values, unknown_of
from results.estimates.quantiles import t_quantile
from results.estimates.sums import exact_mean
from results.folders.kept_blocks import Keeper
from scenarios import Change, Mixtures, Scenario, mixtures_of
from scenarios.files.faults import RefusedError
from scenarios.reading.called_apart import check_names
from simulation.own_outcomes.catalogue import outcomes_of
from simulation.running.ensemble import EngineName, Ensemble

COMMAND = "explain"
MOST_EXACT = 8
"""Changes up to which all of their mixtures are run: 256. Beyond, orders are sampled."""
ORDERS = 32
"""Orders that are sampled if nobody says how many: some 290 mixtures of ten changes."""


class MissingError(RefusedError, ValueError):
    """An outcome that a scenario, or a mixture, does not have."""


@dataclass(frozen=True)
class Effect:
    """An average over replicates, in the outcome's unit, and its 95 % interval; see `results.estimates.intervals`.

    Attributes:
        mean: average.
        low: lower end; nan where there is too little to say.
        high: its upper end.
        chance_higher: how likely it is above 0, see `results.estimates.direction`; None where there is no interval.
    """

    mean: float
    low: float
    high: float
    chance_higher: float | None = None

    @property
    def is_clear(self) -> bool:
        """Whether the interval excludes 0."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Part:
    """What one change makes of the difference: its Shapley value.

    Attributes:
        change: the keys that change together.
        effect: what they make. Where orders were sampled, its interval holds what that leaves open.
        by_sampling: half of the 95 % interval that sampling of orders alone would give; 0 where all were taken.
    """

    change: Change
    effect: Effect
    by_sampling: float = 0.0

    @property
    def keys(self) -> tuple[str, ...]:
        """Dotted keys that change together."""
        return self.change.keys


@dataclass(frozen=True)
class Interaction:
    """How much more two changes make together than each by itself; each is given half of it.

    Attributes:
        one: keys of the first.
        other: keys of the second.
        effect: how much. Its interval is wide enough to hold for all pairs of changes at a time.
    """

    one: tuple[str, ...]
    other: tuple[str, ...]
    effect: Effect


@dataclass(frozen=True)
class Explanation:
    """A difference between two scenarios, and its parts.

    Attributes:
        baseline: name of the first.
        scenario: name of the second.
        outcome: name of what is explained.
        before: average of the baseline.
        after: average of the scenario.
        difference: of the second from the first, paired by replicate.
        parts: of the difference, the largest first; they add up to it.
        interactions: of every pair of changes, the largest first; none where orders were sampled.
        replicates: behind every average: those in which every mixture has the outcome (count).
        missing: the others (count).
        orders: of joining that were sampled (count); 0 where all were taken.
        mixtures: scenarios that were run (count).
    """

    baseline: str
    scenario: str
    outcome: str
    before: float
    after: float
    difference: Effect
    parts: tuple[Part, ...]
    interactions: tuple[Interaction, ...]
    replicates: int
    missing: int
    orders: int
    mixtures: int

    @property
    def is_exact(self) -> bool:
        """Whether every mixture was run."""
        return self.orders == 0


@dataclass(frozen=True)
class Question:
    """What is to be explained, and which mixtures it takes.

    Attributes:
        mixtures: of the two scenarios.
        outcome: name of what is explained.
        orders: of joining that are sampled; none where all mixtures are run.
    """

    mixtures: Mixtures
    outcome: str
    orders: tuple[shapley.Order, ...] = ()

    @cached_property
    def scenarios(self) -> Mapping[int, Scenario]:
        """The mixtures by coalition, the two scenarios first."""
        whole = self.mixtures.whole
        needed = (
            {made for order in self.orders for made in shapley.coalitions_along(order)}
            if self.orders
            else range(whole + 1)
        )
        rest = sorted({*needed} - {0, whole}, key=lambda made: (made.bit_count(), made))
        return {made: self.mixtures.mixture(made) for made in (0, whole, *rest)}


def question(base: Scenario, scenario: Scenario, outcome: str, *, seed: int = 1, orders: int = ORDERS) -> Question:
    """Ask what makes an outcome of a scenario differ from that of another.

    Args:
        base: the scenario that the other is compared with.
        scenario: the one that is explained.
        outcome: name of the outcome.
        seed: of the orders that are sampled.
        orders: how many, where there are more changes than `MOST_EXACT`; even.

    Raises:
        ScenarioError: if the two do not differ, have one name, or carry different posteriors.
        ValueError: if orders are odd or too few.
    """
    mixtures = mixtures_of(base, scenario)
    outcome = outcomes_of(base.outcomes).called(outcome)
    check_names([base, scenario])
    players = len(mixtures.changes)
    return Question(mixtures, outcome, shapley.orders(players, orders, seed) if players > MOST_EXACT else ())


def explain(asked: Question, ensembles: Mapping[str, Ensemble]) -> Explanation:
    """Split the difference between two scenarios into what each change makes of it.

    Args:
        asked: which difference.
        ensembles: of every mixture, by its name; all of one luck.

    Raises:
        MissingError: if there is no replicate in which every mixture has the outcome.
    """
    runs = {made: ensembles[scenario.name] for made, scenario in asked.scenarios.items()}
    kept = np.logical_and.reduce([present_in(one, asked.outcome) for one in runs.values()])
    values = {made: linearized(one, asked.outcome, kept) for made, one in runs.items()}
    if empty := [made for made, some in values.items() if not some.size]:
        alone = [made for made in empty if not present_in(runs[made], asked.outcome).any()]
        name = asked.scenarios[(alone or empty)[0]].name
        raise MissingError(
            f"{asked.outcome} is missing in {name}, so there is nothing to split; explain another outcome"
        )
    mixtures = asked.mixtures
    base, scenario = runs[0], runs[mixtures.whole]
    unknown = unknown_of([base.scenario, scenario.scenario], base.first, base.replicates)
    # Both are split alike: what the parts are, and what says how sure they are.
    both = {made: _both(one, asked.outcome, kept, values[made], unknown) for made, one in runs.items()}
    telling = {some.tobytes(): some for some in (telling_in(one, asked.outcome, kept) for one in runs.values())}
    sure = _Sure(list(telling.values()), unknown, kept)
    parts, interactions = _split(asked, both, sure)
    return Explanation(
        baseline=base.scenario.name,
        scenario=scenario.scenario.name,
        outcome=asked.outcome,
        before=exact_mean(values[0]),
        after=exact_mean(values[mixtures.whole]),
        difference=sure.effect(both[mixtures.whole] - both[0], asked.outcome),
        parts=tuple(sorted(parts, key=lambda part: -abs(part.effect.mean))),
        interactions=tuple(sorted(interactions, key=lambda one: -abs(one.effect.mean))),
        replicates=int(kept.sum()),
        missing=int(kept.size - kept.sum()),
        orders=len(asked.orders),
        mixtures=len(runs),
    )


@dataclass(frozen=True)
class _Sure:
    """What says how sure an average is."""

    telling: list[Flags]
    unknown: Unknown | None
    kept: Flags

    def interval(self, both: Values, several: int = 1) -> Interval:
        values, own = both
        return interval(values, self.telling, self.unknown, self.kept, own=own, several=several)

    def effect(self, both: Values, outcome: str, several: int = 1) -> Effect:
        """An average with its interval, and how likely it is above 0."""
        found = self.interval(both, several)
        ends = bounded(outcome, found.low, found.high, change=True)
        return Effect(found.mean, *ends, self.chance(both, found))

    def chance(self, both: Values, found: Interval) -> float | None:
        values, own = both
        chance = chance_above_zero(found, values, self.unknown, self.kept, own)
        return None if isnan(chance) else chance


def _both(ensemble: Ensemble, outcome: str, kept: Flags, values: Values, unknown: Unknown | None) -> Values:
    """Values, and those that say how far parameters carry them, float[2, kept]; the same but for a ratio."""
    own = at_own_parameters(ensemble, outcome, kept, unknown)
    return np.stack([values, values if own is None else own])


def _split(asked: Question, values: Mapping[int, Values], sure: _Sure) -> tuple[list[Part], list[Interaction]]:
    changes = asked.mixtures.changes
    if asked.orders:
        added = shapley.marginals(values.__getitem__, asked.orders)
        return [_sampled(change, added[:, place], sure, asked.outcome) for place, change in enumerate(changes)], []
    made = shapley.shapley(values.__getitem__, len(changes))
    parts = [Part(change, sure.effect(some, asked.outcome)) for change, some in zip(changes, made, strict=True)]
    pairs = list(combinations(range(len(changes)), 2))
    found = []
    for one, other in pairs:
        more = shapley.interaction(values.__getitem__, len(changes), one, other)
        effect = sure.effect(more, asked.outcome, several=len(pairs))
        found.append(Interaction(changes[one].keys, changes[other].keys, effect))
    return parts, found


def _sampled(change: Change, added: Values, sure: _Sure, outcome: str) -> Part:
    """A part from sampled orders: what is not known of the average, and what sampling leaves open, are independent.

        half^2 = (half of the interval over replicates)^2 + t(pairs - 1)^2 variance of the pairs' means / pairs

    Args:
        change: whose part it is.
        added: what it adds in each order, and what says how far parameters carry that, float[orders, 2, kept].
        sure: what says how sure its mean over orders is.
        outcome: name of what is explained.

    Source:
        Castro, Gomez & Tejada (2009), doi:10.1016/j.cor.2008.04.004, for the variance of a sampled value. Ours: the
        pair as what is drawn, and both halves under one root.
    """
    both = added.mean(axis=0)
    found = sure.interval(both)
    pairs = added[:, 0].mean(axis=1).reshape(-1, 2).mean(axis=1)
    by_sampling = t_quantile(len(pairs) - 1) * sqrt(variance(pairs) / len(pairs))
    half = hypot((found.high - found.low) / 2, by_sampling)
    ends = bounded(outcome, found.mean - half, found.mean + half, change=True)
    as_sure = found._replace(of_mean=found.of_mean + (by_sampling / found.reach) ** 2)
    return Part(change, Effect(found.mean, *ends, sure.chance(both, as_sure)), by_sampling)


def question_again(inputs: Mapping[str, Any], both: Sequence[Scenario]) -> Question:
    """The question of a run folder, from what its manifest says was asked and the two scenarios in it."""
    base, scenario = both
    return question(base, scenario, inputs["outcome"], seed=inputs["seed"], orders=inputs["orders"] or ORDERS)


def inquiry_of(
    asked: Question,
    *,
    seed: int,
    replicates: int,
    engine: EngineName = "compiled",
    workers: int | None = None,
) -> Inquiry:
    """What is asked of the simulation, on behalf of the two scenarios: all mixtures follow from them."""
    both = asked.mixtures.base, asked.mixtures.scenario
    more = {"outcome": asked.outcome, "orders": len(asked.orders)}
    return Inquiry(COMMAND, both, both[0].name, seed, replicates, engine=engine, workers=workers, more=more)


def run_mixtures(
    asked: Question, inquiry: Inquiry, progress: Callable[[int], None], kept: Keeper | None = None
) -> dict[str, Ensemble]:
    """Run every mixture with the same luck; of all but the two scenarios, no monthly course is held."""
    whole = (asked.mixtures.base.name, asked.mixtures.scenario.name)
    everything = replace(inquiry, scenarios=tuple(asked.scenarios.values()))
    return {
        one.scenario.name: one if one.scenario.name in whole else replace(one, kept_months=one.kept_months[:0])
        for one in everything.each(progress, kept)
    }
