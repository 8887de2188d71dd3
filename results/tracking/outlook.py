"""The outlook of a network in the middle of its course: what is likely to come, given what was observed so far."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from results.estimates.conditioning import Conditioning, Given
from results.tracking.early_signs import Later, Sign, ToMeasure, later, signs, to_measure
from results.tracking.from_today import FromToday
from results.tracking.looking import evened, from_even, observed_as, possible, seen_as
from results.tracking.observation import SO_FAR, Observation, Progress
from results.tracking.target import Target
from scenarios import Scenario
from scenarios.files.faults import RequestError
from scenarios.schema.measured import wilson
from simulation.running.ensemble import Ensemble

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Quantiles that are kept of each month."""
SHOWN = ("collaboration_rate", "active_rate", "collaborations")
"""Outcomes that are shown in any case."""
UNLIKELY = 0.05

Quantiles = tuple[float, ...]


@dataclass(frozen=True)
class Month:
    """A month to come: quantiles at `LEVELS`, before anything was observed and given what was.

    Attributes:
        outcome: its name.
        month: at whose end.
        before: by the plan alone.
        now: given what was observed.
    """

    outcome: str
    month: int
    before: Quantiles
    now: Quantiles


@dataclass(frozen=True)
class Chance:
    """How likely the target is reached.

    Attributes:
        before: by the plan alone.
        now: given what was observed.
        low: of its 95 % interval, for so many networks say no more.
        high: the same.
        networks: how many networks of equal weight it rests on (count).
    """

    before: float
    now: float
    low: float
    high: float
    networks: int


@dataclass(frozen=True)
class Alternative:
    """Another course from now on.

    Attributes:
        scenario: its name.
        month: quantiles of the outcome that is looked at.
        chance: of the target; None without one.
        change: of the outcome beside the plan's, in the same networks: mean, and its 5 % and 95 % quantiles.
    """

    scenario: str
    month: Month
    chance: Chance | None
    change: tuple[float, float, float]


@dataclass(frozen=True)
class Strange:
    """An observation that hardly any simulated network comes to.

    Attributes:
        observation: what was observed.
        low: 5 % quantile of what would have been observed of simulated networks.
        high: the 95 % quantile.
        p: how often one would be so far out, all observations asked together.
    """

    observation: Observation
    low: float
    high: float
    p: float


@dataclass(frozen=True, eq=False)
class Outlook:
    """What is likely to come.

    Attributes:
        scenario: the plan.
        progress: what was observed.
        outcome: that is looked at first: the target's.
        month: the month that is looked at: the target's, else the plan's reporting month.
        target: what is to be reached; None where nobody said.
        months: every month to come, outcome by outcome.
        chance: of the target.
        alternatives: other courses from now on.
        known: share of what will come that what was observed tells, 0 to 1.
        signs: indicators of today that predict whether the target is reached, the one that tells most first.
        measure: what to measure next, the one that tells most first.
        later: how much will be known in later months.
        strange: what hardly any simulated network comes to.
        networks: simulated (count).
        from_today: whether the forecast goes on from the network as it stands.
    """

    scenario: Scenario
    progress: Progress
    outcome: str
    month: int
    target: Target | None
    months: tuple[Month, ...]
    chance: Chance | None
    alternatives: tuple[Alternative, ...]
    known: float
    signs: tuple[Sign, ...]
    measure: tuple[ToMeasure, ...]
    later: tuple[Later, ...]
    strange: tuple[Strange, ...]
    networks: int
    from_today: bool = False

    def of(self, outcome: str, month: int) -> Month:
        """A month to come."""
        return next(one for one in self.months if (one.outcome, one.month) == (outcome, month))

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Outcomes that are forecast, the one that is looked at first."""
        return tuple(dict.fromkeys(one.outcome for one in self.months))


class Held(Protocol):
    """What says how a number of the future is distributed, given what was observed."""

    def given(self, future: NDArray[np.float64], /) -> Given:
        """A number of the future, of each network, float[networks]."""

    def explained(self, future: NDArray[np.float64], /) -> float:
        """Share of a number's variance that is settled, 0 to 1."""


@dataclass(frozen=True, eq=False)
class Forecast:
    """What a forecast is made of.

    Attributes:
        plan: networks of the plan from the founding on.
        now: networks that the forecast is of: the plan's, or those that go on from today.
        held: how these are held to what was observed.
        progress: what was observed.
    """

    plan: Ensemble
    now: Ensemble
    held: Held
    progress: Progress


def outlook(
    ensembles: Sequence[Ensemble],
    progress: Progress,
    target: Target | None,
    seed: int,
    founded: Ensemble | None = None,
) -> Outlook:
    """What is likely to come of a network, given what was observed.

    Args:
        ensembles: of the plan, then of other courses from now on, network by network with the same luck; their courses
            are kept.
        progress: what was observed.
        target: what is to be reached.
        seed: of the luck of who answered.
        founded: where the ensembles go on from today, the same replicates of the plan from its founding on.

    Raises:
        RequestError: if another course differs from the plan before now, or there is no later month.
    """
    now, *others = ensembles
    plan = founded or now
    for other in others:
        _same_so_far(now, other, progress.now)
    scenario = now.scenario
    outcome = target.outcome if target else SHOWN[0]
    month = target.month if target else max(scenario.reporting_month, progress.now + 1)
    seen = seen_as(plan, progress, seed)
    conditioned = Conditioning(seen, observed_as(progress))
    shown = tuple(dict.fromkeys((outcome, *SHOWN, *progress.outcomes)))
    future = evened(outcome, plan.course(outcome)[:, month])
    held: Held = conditioned
    if founded is not None:
        held = FromToday(now, conditioned, future)
    forecast = Forecast(plan, now, held, progress)
    known = held.explained(evened(outcome, now.course(outcome)[:, month]))
    reached = target.reached(plan.course(outcome)[:, month]) if target else None
    return Outlook(
        scenario,
        progress,
        outcome,
        month,
        target,
        tuple(one for name in shown for one in _months(forecast, name)),
        _chance(forecast, target) if target else None,
        tuple(_alternative(forecast, other, target, outcome, month) for other in others),
        known,
        signs(plan, progress, reached) if reached is not None else (),
        to_measure(plan, progress, seen, future),
        tuple(
            replace(one, known=max(one.known, known)) if founded else one
            for one in later(plan, progress, seen, future, month)
        ),
        tuple(_strange(progress, seen)),
        now.replicates,
        founded is not None,
    )  # fmt: skip


def _same_so_far(plan: Ensemble, other: Ensemble, now: int) -> None:
    """See that another course is the plan's up to now."""
    if other.kept_months.shape[1] <= now or not np.array_equal(
        plan.kept_months[:, : now + 1], other.kept_months[:, : now + 1], equal_nan=True
    ):
        raise RequestError(
            "alternatives",
            f"'{other.scenario.name}' differs from '{plan.scenario.name}' before month {now}, which is over; allowed "
            "are changes that come later, such as closing.month, or funder.shift.month with funder.shift.facilitation "
            "and funder.shift.grants",
        )


def _values(given: Given, ensemble: Ensemble, progress: Progress, outcome: str) -> NDArray[np.float64]:
    return possible(outcome, from_even(outcome, given.values), ensemble.scenario, progress.last(outcome))


def _quantiles(values: NDArray[np.float64], given: Given) -> Quantiles:
    return tuple(Given(values, given.weights, given.rows).quantiles(LEVELS))


def _months(forecast: Forecast, outcome: str) -> list[Month]:
    """All months to come; of what never falls neither does any quantile, whatever the few networks of a month say."""
    last = forecast.now.scenario.last_month
    found = [_month(forecast, outcome, month) for month in range(forecast.progress.now + 1, last + 1)]
    if outcome in SO_FAR:
        highest = np.maximum.accumulate(np.array([one.now for one in found]), axis=0).tolist()
        found = [replace(one, now=tuple(now)) for one, now in zip(found, highest, strict=True)]
    return found


def _month(forecast: Forecast, outcome: str, month: int) -> Month:
    course = forecast.now.course(outcome)[:, month]
    given = forecast.held.given(evened(outcome, course))
    before = tuple(float(value) for value in np.quantile(forecast.plan.course(outcome)[:, month], LEVELS))
    return Month(outcome, month, before, _quantiles(_values(given, forecast.now, forecast.progress, outcome), given))


def _chance(forecast: Forecast, target: Target) -> Chance:
    course, now = (one.course(target.outcome)[:, target.month] for one in (forecast.plan, forecast.now))
    given = forecast.held.given(evened(target.outcome, now))
    reached = given.share(target.reached(_values(given, forecast.now, forecast.progress, target.outcome)))
    networks = round(given.effective)
    before = float(target.reached(course).mean())
    return Chance(before, reached, *wilson(round(reached * networks), networks), networks)


def _alternative(forecast: Forecast, other: Ensemble, target: Target | None, outcome: str, month: int) -> Alternative:
    if month >= other.kept_months.shape[1]:
        raise RequestError(
            "alternatives", f"'{other.scenario.name}' ends in month {other.scenario.last_month}, before month {month}"
        )
    change = other.course(outcome)[:, month] - forecast.now.course(outcome)[:, month]
    given = forecast.held.given(change)
    low, high = given.quantiles((LEVELS[0], LEVELS[-1]))
    course = replace(forecast, now=other, plan=other)
    return Alternative(
        other.scenario.name, _month(course, outcome, month), _chance(course, target) if target else None,
        (given.mean, low, high),
    )  # fmt: skip


def _strange(progress: Progress, seen: NDArray[np.float64]) -> list[Strange]:
    """Observations further out than nearly all networks, by Bonferroni over all of them."""
    found = []
    for one, column, real in zip(progress.observed, seen.T, observed_as(progress), strict=True):
        tail = min(np.sum(column <= real + 1e-12), np.sum(column >= real - 1e-12))
        p = min(1.0, 2 * (int(tail) + 1) / (len(column) + 1) * len(progress.observed))
        if p < UNLIKELY:
            low, high = from_even(one.outcome, np.quantile(column, (0.05, 0.95))).tolist()
            found.append(Strange(one, low, high, p))
    return found
