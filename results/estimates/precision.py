"""As many replicates as a wanted precision takes: batches that grow until every interval is narrow enough."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, isnan, nan, sqrt
from typing import Any

import numpy as np

from results.estimates.bounds import YES_OR_NO
from results.estimates.comparison import at_own_parameters, difference, estimate, linearized, present_in, telling_in
from results.estimates.intervals import Interval, interval, only_mean
from results.estimates.parameter_uncertainty import unknown_of
from scenarios import Scenario
from scenarios.files.faults import RefusedError
from simulation.running.ensemble import Ensemble

CAP = 100_000
"""Most replicates that are run for a precision; beyond, we say what it would take instead."""
ENOUGH_TO_SEE = 100
"""Replicates after which it is given up where an outcome was missing in all, or parameters alone carry more."""

Run = Callable[[Scenario, int, int], Ensemble]
"""(scenario, first replicate, number of replicates) -> Ensemble."""
Join = Callable[[Ensemble, Ensemble], Ensemble]


class PrecisionError(RefusedError, ValueError):
    """A precision that no number of replicates could reach."""


@dataclass(frozen=True)
class Precision:
    """What was wanted, and what was reached.

    Attributes:
        outcome: name of the outcome whose intervals were watched.
        wanted: widest interval allowed (high - low), in the outcome's unit.
        reached: widest interval of the scenarios' means and of their differences from the baseline, without what is not
            known of the parameters.
        replicates: replicates run of each scenario.
        needed: replicates that it would take in all; equal to `replicates` where it was reached, None if unknown.
        whole: widest interval as it is printed, with what is not known of the parameters; nan if it cannot be told.
        parameters: how wide that alone makes an interval, however many networks are run; 0 where parameters are fixed.
        stopped: whether it was given up for that: what is wanted is less than `parameters`.
    """

    outcome: str
    wanted: float
    reached: float
    replicates: int
    needed: int | None
    whole: float = nan
    parameters: float = 0.0
    stopped: bool = False

    @property
    def is_reached(self) -> bool:
        """Whether every interval is as narrow as wanted."""
        return self.reached <= self.wanted


def run_to_precision(
    scenarios: Sequence[Scenario],
    wanted: float,
    *,
    outcome: str,
    baseline: str,
    start: int,
    run: Run,
    join: Join,
    cap: int = CAP,
) -> tuple[tuple[Ensemble, ...], Precision]:
    """Run every scenario until the 95 % intervals of one outcome, and of its differences, are `wanted` wide at most.

    Watched is the error that is due to a limited number of networks. What a posterior leaves open of the parameters is
    not in it: no number of networks could narrow that. Where that alone makes an interval wider than is wanted, more
    networks would be in vain, and it stops, after ENOUGH_TO_SEE of them. That width has itself an error, of about the
    width of luck (both go by the standard deviation of a network over the root of their number), so it has to be wider
    by twice that.

    How far to go next is read off the width so far, so the number of replicates depends on the luck of the seed; the
    same inputs always end at the same number. Stopping when the interval looks narrow makes it a little too sure of
    itself, the more so the fewer replicates it starts from: start from 100 or more.

    Args:
        scenarios: to be run, paired.
        wanted: widest interval (high - low), in the outcome's unit; above 0.
        outcome: name of the outcome to watch.
        baseline: name of the scenario that differences are taken from.
        start: replicates in the first batch.
        run: runs a batch.
        join: joins two adjacent batches.
        cap: most replicates of each scenario.

    Raises:
        PrecisionError: if `wanted` is not above 0, or a scenario does not have the outcome at all.
    """
    if not wanted > 0:
        raise PrecisionError(f"a precision must be above 0, found {wanted:g}")
    replicates = start
    ensembles = tuple(run(scenario, 0, start) for scenario in scenarios)
    while True:
        widths = _widest(ensembles, outcome, baseline)
        width = widths.luck
        needed = None if isnan(width) else max(replicates, ceil(replicates * (width / wanted) ** 2))
        stopped = not width <= wanted and replicates >= ENOUGH_TO_SEE and widths.parameters - 2 * width > wanted
        if width <= wanted or replicates >= cap or stopped:
            needed = replicates if width <= wanted else needed
            return ensembles, Precision(
                outcome, wanted, width, replicates, needed, widths.whole, widths.parameters, stopped
            )
        total = min(max(start, cap), _next(replicates, needed))
        ensembles = tuple(join(old, run(old.scenario, replicates, total - replicates)) for old in ensembles)
        replicates = total


def _next(replicates: int, needed: int | None) -> int:
    """A tenth more than the width asks for, at least a quarter more than now, at most four times as many."""
    if needed is None:
        return max(2 * replicates, 10)
    return max(replicates + ceil(replicates / 4), min(ceil(1.1 * needed), 4 * replicates))


@dataclass(frozen=True)
class _Widths:
    """Widths of the watched intervals, each the widest; nan while there is one that cannot be told."""

    luck: float
    whole: float
    parameters: float


def _widest(ensembles: Sequence[Ensemble], outcome: str, baseline: str) -> _Widths:
    luck: list[float] = []
    whole: list[Interval] = []
    base = next(one for one in ensembles if one.scenario.name == baseline)
    for ensemble in ensembles:
        name = ensemble.scenario.name
        mean = estimate(ensemble, outcome, luck_only=True)
        if mean.replicates == 0 and ensemble.replicates >= ENOUGH_TO_SEE:
            raise PrecisionError(
                f"{outcome} is missing in every replicate of '{name}', so no number of replicates could make it "
                "precise; watch another outcome (--precision-for)"
            )
        luck.append(mean.high - mean.low)
        whole.append(_whole([ensemble], outcome))
        if ensemble is not base:
            paired = difference(ensemble, base, outcome, scenario=name, luck_only=True)
            luck.append(paired.high - paired.low)
            whole.append(_whole([ensemble, base], outcome))
    return _Widths(
        _max(luck),
        _max([one.high - one.low for one in whole]),
        _max([2 * one.reach * sqrt(one.between) if one.between > 0 else 0.0 for one in whole]),
    )


def _whole(ensembles: Sequence[Ensemble], outcome: str) -> Interval:
    """The interval of a mean, or of the difference of two, with what is not known of the parameters."""
    kept = np.logical_and.reduce([present_in(one, outcome) for one in ensembles])
    values = [linearized(one, outcome, kept) for one in ensembles]
    if len({one.size for one in values}) > 1:  # one of two ratios is missing
        return only_mean(nan)
    first = ensembles[0]
    unknown = unknown_of([one.scenario for one in ensembles], first.first, first.replicates)
    telling = [telling_in(one, outcome, kept) for one in ensembles]
    own = [at_own_parameters(one, outcome, kept, unknown) for one in ensembles]
    level = outcome in YES_OR_NO and len(ensembles) == 1
    return interval(_less(values), telling, unknown, kept, own=None if own[0] is None else _less(own), yes_or_no=level)


def _less(values: Sequence[Any]) -> Any:
    """The first, less the second where there is one."""
    return values[0] if len(values) == 1 else values[0] - values[1]


def _max(widths: Sequence[float]) -> float:
    return nan if any(isnan(width) for width in widths) else max(widths)
