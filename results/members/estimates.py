"""What is known of each member and each pair, with intervals; and what a plan changes for whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from results.estimates.direction import chance_above_zero
from results.estimates.many_intervals import Intervals, many_intervals
from results.estimates.parameter_uncertainty import Unknown, unknown_of
from results.estimates.same_luck import have_same_members
from results.members.fates import Fates
from results.members.measures import MEASURES
from scenarios.reading.roster import same


@dataclass(frozen=True, eq=False)
class MemberEstimates:
    """What becomes of the members of one scenario.

    Attributes:
        fates: network by network.
        level: by measure, of each member.
        apart: by measure, of each member less the mean of all members in the same network: what is not known of the
            parameters moves all members together, so this is known far better.
        pairs: of each pair, the chance that the two collaborate.
    """

    fates: Fates
    level: Mapping[str, Intervals]
    apart: Mapping[str, Intervals]
    pairs: Intervals

    @property
    def names(self) -> tuple[str, ...]:
        """Of the members."""
        return self.fates.names

    def ranked(self, measure: str) -> list[int]:
        """Members by their number, those with the most of it first."""
        return [int(one) for one in np.argsort(-self.level[measure].mean, kind="stable")]

    @cached_property
    def likeliest(self) -> list[int]:
        """Pairs by their place, the likeliest to collaborate first; none that never do."""
        order = np.lexsort((-self.fates.tied, -self.pairs.mean))
        return [int(pair) for pair in order if self.pairs.mean[pair] > 0]

    def depending_on(self, member: int) -> list[tuple[int, float]]:
        """Others whose only partner it is in some networks, and in which share of the networks; most often first."""
        shares = self.fates.alone_with[member] / self.fates.networks
        order = np.argsort(-shares, kind="stable")
        return [(int(one), float(shares[one])) for one in order if shares[one] > 0]


def estimates_of(fates: Fates) -> MemberEstimates:
    """What becomes of the members."""
    unknown = unknown_of([fates.scenario], 0, fates.networks)
    level = {one.name: many_intervals(fates.values[one.name], unknown, least=0.0, most=one.most) for one in MEASURES}
    apart = {name: many_intervals(_apart(values), unknown) for name, values in fates.values.items()}
    return MemberEstimates(fates, level, apart, _of_pairs(fates, unknown))


def _apart(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(values - values.mean(axis=1, keepdims=True))


def _of_pairs(fates: Fates, unknown: Unknown | None) -> Intervals:
    """Chances of all pairs; of those that never collaborate without the work."""
    ever = np.flatnonzero(fates.working.any(axis=0))
    some = many_intervals(fates.working[:, ever].astype(np.float64), unknown, least=0.0, most=1.0)
    nobody = many_intervals(np.zeros((fates.networks, 1)), unknown, least=0.0, most=1.0)
    return some.spread_over(ever, fates.working.shape[1], nobody)


@dataclass(frozen=True, eq=False)
class Changes:
    """What a plan changes for each member that both scenarios have, network by network with the same luck.

    Attributes:
        scenario: name of the plan.
        baseline: name of what it is compared with.
        names: of the members.
        change: by measure, of each of these members.
        chance_higher: by measure, how likely the true change is above 0; nan without an interval, float[members].
        only_here: members that only the plan has.
        only_there: members that only the baseline has.
        same_members: whether all members are the same, so that a pair of networks has the same luck throughout.
    """

    scenario: str
    baseline: str
    names: tuple[str, ...]
    change: Mapping[str, Intervals]
    chance_higher: Mapping[str, NDArray[np.float64]]
    only_here: tuple[str, ...]
    only_there: tuple[str, ...]
    same_members: bool

    def ranked(self, measure: str) -> list[int]:
        """Members by their place, those that lose most of it first."""
        return [int(one) for one in np.argsort(self.change[measure].mean, kind="stable")]


def changes_of(plan: Fates, base: Fates) -> Changes:
    """What a plan changes for whom, compared with another."""
    here = {same(name): number for number, name in enumerate(plan.names)}
    there = {same(name): number for number, name in enumerate(base.names)}
    both = [name for name in there if name in here]
    mine, theirs = [here[name] for name in both], [there[name] for name in both]
    unknown = unknown_of([plan.scenario, base.scenario], 0, plan.networks)
    change, chance = {}, {}
    for measure in MEASURES:
        values = plan.values[measure.name][:, mine] - base.values[measure.name][:, theirs]
        found = many_intervals(values, unknown, least=-measure.most, most=measure.most)
        change[measure.name] = found
        chance[measure.name] = np.array(
            [chance_above_zero(found.of(cell), values[:, cell], unknown) for cell in range(len(both))]
        )
    return Changes(
        plan.scenario.name,
        base.scenario.name,
        tuple(base.names[number] for number in theirs),
        change,
        chance,
        tuple(plan.names[number] for name, number in here.items() if name not in there),
        tuple(base.names[number] for name, number in there.items() if name not in here),
        have_same_members(plan.scenario, base.scenario),
    )
