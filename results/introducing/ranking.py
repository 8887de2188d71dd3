"""What introducing a pair or a group adds, by simulation: the same networks with and without it, luck by luck."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import erfc, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from results.estimates.quantiles import t_quantile
from results.introducing.planned import Group, with_introductions
from results.introducing.screening import Screened, ever_collaborated
from results.studies.survey_networks import until
from scenarios import Scenario
from simulation import historian
from simulation.own_outcomes.catalogue import outcomes_of
from simulation.running.threads import in_order, processors

Values = NDArray[np.float64]

_BATCH = 25
"""Networks that a thread looks at at a time."""
FALSE = 0.1
"""Share of those that are called worth it that may not be: the false discovery rate."""


@dataclass(frozen=True)
class Introduction:
    """A pair, or a group, and what its introduction adds.

    Attributes:
        members: by number, ascending.
        adds: to the outcome, on average over luck and parameters, in its unit.
        low: of the 95 % interval of this average.
        high: the same.
        p: how often an introduction that adds nothing would look as good.
        worth_it: whether it adds anything, with one in ten of those that are said to being wrong.
        know: share of the networks in which two of them know each other anyway, the largest of their pairs.
        overlap: common interests of two of them, the mean of their pairs.
    """

    members: Group
    adds: float
    low: float
    high: float
    p: float
    worth_it: bool
    know: float
    overlap: float


def rank(
    scenario: Scenario,
    groups: Sequence[Group],
    screened: Screened,
    *,
    outcome: str,
    introduced: int,
    month: int,
    seed: int,
    networks: int,
    workers: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> tuple[Introduction, ...]:
    """Simulate each group's introduction, and order them by what it adds.

    Args:
        scenario: with members by name.
        groups: pairs or groups.
        screened: all pairs, roughly: of other luck.
        outcome: a monthly one.
        introduced: month of the introductions.
        month: at whose end the outcome counts.
        seed: of the luck.
        networks: simulated with each, and without (count).
        workers: threads.
        progress: hears of networks as they are run.
    """
    outcome = outcomes_of(scenario.outcomes).called(outcome)
    look = Look(scenario, outcome, introduced, month, seed, networks, workers, progress)
    gains = gains_of(look.all(groups))
    worth = discoveries([gain.p for gain in gains])
    found = []
    for group, gain, good in zip(groups, gains, worth, strict=True):
        one, other = np.array(list(combinations(group, 2))).T
        know, overlap = float(screened.know[one, other].max()), float(screened.overlap[one, other].mean())
        found.append(Introduction(group, *gain, bool(good), know, overlap))
    return tuple(sorted(found, key=lambda one: (-one.adds, one.members)))


class Gained(NamedTuple):
    """What an introduction gained in each network, float[networks] each.

    Attributes:
        whole: of the outcome.
        own: of the number of pairs of the group that ever collaborate.
    """

    whole: Values
    own: Values


@dataclass(frozen=True)
class Look:
    """How introductions are looked at: the arguments of `rank`."""

    scenario: Scenario
    outcome: str
    introduced: int
    month: int
    seed: int
    networks: int
    workers: int | None = None
    progress: Callable[[int], None] | None = None

    def all(self, groups: Sequence[Group]) -> list[Gained]:
        """What each of these gains."""
        every = tuple(dict.fromkeys(pair for group in groups for pair in combinations(group, 2)))
        without = self._look((), every)
        place = {pair: number for number, pair in enumerate(every)}
        found = []
        for group in groups:
            pairs = tuple(combinations(group, 2))
            after = self._look((group,), pairs)
            before = without.own[:, [place[pair] for pair in pairs]]
            found.append(Gained(after.whole - without.whole, (after.own - before).sum(axis=1)))
        return found

    def _look(self, groups: Sequence[Group], pairs: Sequence[Group]) -> Gained:
        """The outcome in each network in which these groups are introduced, and which pairs ever collaborate."""
        planned = with_introductions(until(self.scenario, self.month), groups, self.introduced)
        tell, column = (
            historian(planned, seed=self.seed),
            outcomes_of(planned.outcomes).monthly_names.index(self.outcome),
        )
        members = len(planned.roster.names) if planned.roster else 0
        one, other = np.array(pairs).T

        def some(start: int) -> tuple[Values, Values]:
            numbers = range(start, min(start + _BATCH, self.networks))
            whole, own = np.empty(len(numbers)), np.empty((len(numbers), len(pairs)))
            for row, number in enumerate(numbers):
                history = tell(number)
                whole[row] = history.course[self.month, column]
                own[row] = ever_collaborated(history, self.month, members)[one, other]
            return whole, own

        parts = []
        for part in in_order(some, range(0, self.networks, _BATCH), self.workers or processors()):
            parts.append(part)
            if self.progress:
                self.progress(len(part[0]))
        return Gained(np.concatenate([whole for whole, _ in parts]), np.concatenate([own for _, own in parts]))


class Gain(NamedTuple):
    """What an introduction adds; see `Introduction`."""

    adds: float
    low: float
    high: float
    p: float


def gains_of(gained: Sequence[Gained]) -> list[Gain]:
    """What each introduction adds on average, with its 95 % interval.

    Whether the two collaborate is known well from few networks. What their introduction does to all others is mostly
    luck, which differs little from pair to pair: so this rest is drawn towards its mean over all that are looked at, by
    how much the rests differ by more than luck.

    Source:
        Regression (control variates): Owen 2013, Monte Carlo theory, methods and examples, ch. 8. Shrinkage:
        DerSimonian & Laird 1986, Controlled Clinical Trials 7(3), and Efron & Morris 1975, JASA 70(350).
    """
    count = len(gained[0].whole)
    own, whole = (np.stack([getattr(one, name) for one in gained]) for name in ("own", "whole"))
    apart = own - own.mean(axis=1, keepdims=True)
    varies = float((apart**2).sum())
    slope = float((apart * whole).sum()) / varies if varies > 0 else 0.0
    rest = whole - slope * own
    luck = rest.var(axis=1, ddof=1) / count
    each = rest.mean(axis=1)
    drawn, of_drawn = _drawn_together(each, luck)
    adds = slope * own.mean(axis=1) + drawn
    errors = np.sqrt(slope**2 * own.var(axis=1, ddof=1) / count + of_drawn)
    reach = t_quantile(count - 1)
    return [
        Gain(mean, mean - reach * error, mean + reach * error,
             0.5 * erfc(mean / error / sqrt(2)) if error > 0 else float(mean <= 0))
        for mean, error in zip(adds.tolist(), errors.tolist(), strict=True)
    ]  # fmt: skip


def _drawn_together(each: Values, luck: Values) -> tuple[Values, Values]:
    """Means drawn towards their common mean, and their variances; a mean alone stays as it is."""
    if len(each) < 2 or not (luck > 0).all():
        return each, luck
    weight = 1 / luck
    middle = float(weight @ each / weight.sum())
    q = float(weight @ (each - middle) ** 2)
    room = float(weight.sum() - (weight**2).sum() / weight.sum())
    between = max(0.0, (q - (len(each) - 1)) / room)
    weight = 1 / (luck + between)
    middle, of_middle = float(weight @ each / weight.sum()), 1 / float(weight.sum())
    own = between / (between + luck)
    return own * each + (1 - own) * middle, own * luck + (1 - own) ** 2 * of_middle


def discoveries(p: Sequence[float]) -> NDArray[np.bool_]:
    """Which of several findings may be called so, with a false discovery rate of `FALSE`.

    Source:
        Benjamini & Hochberg 1995, J. R. Stat. Soc. B 57(1). Effects of pairs share their networks, which makes them
        positively dependent: Benjamini & Yekutieli 2001, Annals of Statistics 29(4), for why that is allowed.
    """
    values = np.array(p)
    order = np.argsort(values, kind="stable")
    below = values[order] <= FALSE * np.arange(1, len(values) + 1) / max(len(values), 1)
    found = np.zeros(len(values), np.bool_)
    if below.any():
        found[order[: int(np.flatnonzero(below)[-1]) + 1]] = True
    return found
