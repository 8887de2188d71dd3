"""Plans over many futures: how each does on average, in its worst tenth, and the regret of having chosen it.

A future is a set of values that nobody at the table decides; every plan lives through it with the same luck. Regret is
what the best plan of that future would have brought more.

Source:
    Savage 1951, The theory of statistical decision, J. Am. Stat. Assoc. 46 (regret); Lempert, Popper & Bankes 2003,
    Shaping the next one hundred years, RAND MR-1626 (many futures, thresholds); Rockafellar & Uryasev 2000, J. Risk 2
    (the mean of the worst tenth).
"""

from dataclasses import dataclass
from math import ceil, fsum, nan, sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from results.estimates.bounds import bounded
from results.estimates.intervals import variance
from results.estimates.quantiles import t_quantile
from results.estimates.response import Response
from results.estimates.sums import exact_mean
from scenarios.designs.design import Design
from scenarios.designs.factors import SCENARIO
from scenarios.files.faults import FailedError
from scenarios.schema.measured import wilson
from simulation.outcomes import is_outcome, outcome_named

Values = NDArray[np.float64]
Side = Literal["at least", "at most"]
WORST = 0.1
"""Share of the futures that are called the worst."""


@dataclass(frozen=True)
class Threshold:
    """What a plan has to come to.

    Attributes:
        value: in the outcome's unit.
        side: "at least" or "at most".
    """

    value: float
    side: Side

    def met(self, values: Values) -> NDArray[np.bool_]:
        """Which values meet it."""
        met: NDArray[np.bool_] = values >= self.value if self.side == "at least" else values <= self.value
        return met


@dataclass(frozen=True)
class Mean:
    """A mean over futures with its 95 % t interval; nan with fewer than two."""

    mean: float
    low: float = nan
    high: float = nan


@dataclass(frozen=True)
class Standing:
    """One plan over all futures, in the outcome's unit.

    Attributes:
        scenario: its name.
        average: mean over futures.
        worst_tenth: mean of the tenth of the futures that are worst for it.
        worst: the worst future for it.
        regret: mean of what the best plan of each future would have brought more, 0 or more.
        most_regret: the most of it in any future.
        best: share of the futures in which no plan does better; where several are as good, each counts its part.
        meets: share of the futures that meet the threshold, and its 95 % Wilson interval; None without a threshold.
        best_alone: futures in which every other plan does worse (count).
        best_tied: futures in which no plan does better, and another does as well (count).
        met: futures that meet the threshold (count); None without a threshold.
    """

    scenario: str
    average: Mean
    worst_tenth: float
    worst: float
    regret: Mean
    most_regret: float
    best: float
    meets: Mean | None = None
    best_alone: int = 0
    best_tied: int = 0
    met: int | None = None


@dataclass(frozen=True, eq=False)
class Robustness:
    """Plans over futures in one outcome.

    Attributes:
        outcome: its name.
        plans: names of the scenarios, as they were given.
        futures: numbers of the futures in which all plans have a value, int[futures].
        left_out: futures in which one has none (count).
        values: float[plans, futures], means over networks.
        less_is_better: whether the outcome is a cost.
        threshold: what a plan has to come to, or None.
        luck: half the 95 % interval of the luck that is left in the difference of two plans in one future, the median
            over plans and futures; nan with one network a future.
    """

    outcome: str
    plans: tuple[str, ...]
    futures: NDArray[np.int64]
    left_out: int
    values: Values
    less_is_better: bool
    threshold: Threshold | None
    luck: float

    @property
    def gains(self) -> Values:
        """The values, turned so that more is better, float[plans, futures]."""
        return -self.values if self.less_is_better else self.values

    @property
    def regrets(self) -> Values:
        """What the best plan of each future would have brought more, float[plans, futures]."""
        regrets: Values = self.gains.max(axis=0) - self.gains
        return regrets

    @property
    def chosen(self) -> int:
        """Number of the plan that is best on average: what to choose as long as nothing more is known."""
        return int(np.argmax([fsum(row) for row in self.gains.tolist()]))

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Every plan, as they were given."""
        return tuple(self._standing(number) for number in range(len(self.plans)))

    def standing(self, plan: str) -> Standing:
        """One plan."""
        return self._standing(self.plans.index(plan))

    def difference(self, plan: str, baseline: str) -> Mean:
        """Mean over futures of what a plan has more than another."""
        return self._bounded(
            mean_over(self.values[self.plans.index(plan)] - self.values[self.plans.index(baseline)]), change=True
        )

    def share_greater(self, plan: str, baseline: str) -> float:
        """Share of the futures in which a plan has more than another; a tie counts half."""
        higher, equal, lower = self.counts(plan, baseline)
        return (higher + equal / 2) / (higher + equal + lower)

    def counts(self, plan: str, baseline: str) -> tuple[int, int, int]:
        """Futures in which a plan has more than another, as much, and less (counts)."""
        apart = self.values[self.plans.index(plan)] - self.values[self.plans.index(baseline)]
        return int(np.sum(apart > 0)), int(np.sum(apart == 0)), int(np.sum(apart < 0))

    def _standing(self, number: int) -> Standing:
        own, sign = np.sort(self.gains[number]), -1.0 if self.less_is_better else 1.0
        tenth = own[: ceil(WORST * len(own))]
        at_best = self.regrets == 0
        alone = at_best.sum(axis=0) == 1
        meets, met = None, None
        if self.threshold is not None:
            met = int(self.threshold.met(self.values[number]).sum())
            meets = Mean(met / len(own), *wilson(met, len(own)))
        return Standing(
            scenario=self.plans[number],
            average=self._bounded(mean_over(self.values[number])),
            worst_tenth=sign * exact_mean(tenth),
            worst=sign * float(own[0]),
            regret=self._bounded(mean_over(self.regrets[number])),
            most_regret=float(self.regrets[number].max()),
            best=exact_mean(at_best[number] / at_best.sum(axis=0)),
            meets=meets,
            best_alone=int((at_best[number] & alone).sum()),
            best_tied=int((at_best[number] & ~alone).sum()),
            met=met,
        )

    def _bounded(self, one: Mean, *, change: bool = False) -> Mean:
        """An interval without what the outcome cannot be; regret, which is 0 or more, is bounded as a level is."""
        return Mean(one.mean, *bounded(self.outcome, one.low, one.high, change=change))


class NoFutureError(FailedError, ValueError):
    """There is no future in which all plans have a value."""


def judge(response: Response, threshold: Threshold | None = None) -> Robustness:
    """Judge plans by one outcome.

    Args:
        response: the outcome at every point of a design of `scenarios.designs.futures`.
        threshold: what a plan has to come to, or None.

    Raises:
        NoFutureError: if there is no future in which all plans have a value.
        ValueError: if the design is not one of futures.
    """
    plans = plans_of(response.design)
    values = response.mean.reshape(-1, len(plans)).T
    there = np.flatnonzero(~np.isnan(values).any(axis=0))
    if not there.size:
        raise NoFutureError(f"there is no future in which all plans have a value of {response.outcome}")
    single = response.values.reshape(-1, len(plans), response.replicates)[there]
    return Robustness(
        outcome=response.outcome,
        plans=plans,
        futures=there.astype(np.int64),
        left_out=values.shape[1] - len(there),
        values=values[:, there],
        less_is_better=is_cost(response.outcome),
        threshold=threshold,
        luck=_luck(single),
    )


def is_cost(outcome: str) -> bool:
    """Whether less of an outcome is better."""
    return is_outcome(outcome) and outcome_named(outcome).scale == "usd"


def plans_of(design: Design) -> tuple[str, ...]:
    """Names of the plans that a design of futures tries.

    Raises:
        ValueError: if it is another design.
    """
    if design.kind != "futures" or design.factors[0].key != SCENARIO:
        raise ValueError(f"plans are judged over a design of futures; this is a {design.kind}")
    return tuple(design.factors[0].levels)


def futures_of(design: Design) -> Design:
    """The futures alone, a point each."""
    plans = len(plans_of(design))
    return Design(design.kind, design.factors[1:], design.bases[:1], design.shares[::plans, 1:], design.size, 0)


def mean_over(values: Values) -> Mean:
    """Mean and 95 % t interval over futures; numbers are added exactly, so that their order does not matter."""
    count = len(values)
    mean = exact_mean(values)
    if count < 2:
        return Mean(mean)
    half = t_quantile(count - 1) * sqrt(variance(values) / count)
    return Mean(mean, mean - half, mean + half)


def _luck(single: Values) -> float:
    """See `Robustness`; float[futures, plans, replicates]."""
    halves = []
    for future in single:
        for other in future[1:]:
            pairs = other - future[0]
            pairs = pairs[~np.isnan(pairs)]
            if len(pairs) > 1:
                halves.append(t_quantile(len(pairs) - 1) * sqrt(variance(pairs) / len(pairs)))
    return float(np.median(halves)) if halves else nan
