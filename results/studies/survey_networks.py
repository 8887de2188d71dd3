"""Networks simulated from the waves of a survey, and what the survey would have reported of them later."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from results.estimates.predicted_pairs import PredictedPairs, collaborating, counted
from results.studies.simulated_reports import reports_of
from results.studies.survey_statistics import (
    Networks,
    Statistic,
    Values,
    View,
    statistics_of,
    survey,
    view_of,
)
from scenarios import Scenario
from scenarios.observed.beginning import Begun, at_wave
from scenarios.observed.reporting import tie_of
from scenarios.observed.waves import Waves
from simulation import History, historian
from simulation.running.threads import in_order, one_thread_a_product, processors

IMPUTATIONS = 20
"""First states that the simulated networks of a wave begin from, in turn, if not all ties of it are certain."""
APART = 1_000_000
"""Replicates between two waves that networks begin at: each has luck of its own."""
_CELLS = 4_000_000
"""Most pairs in a batch of networks: 32 MB."""


@dataclass(frozen=True)
class PredictedWave:
    """A wave, predicted from an earlier one.

    Attributes:
        begun: wave that the simulation begins at, by its place among the waves.
        wave: that is predicted.
    """

    begun: int
    wave: int


@dataclass(frozen=True)
class Judged:
    """A statistic to compute in a wave that is predicted from another."""

    predicted: PredictedWave
    view: View
    statistic: Statistic

    @property
    def wave(self) -> int:
        """The wave that is predicted."""
        return self.predicted.wave

    @property
    def begun(self) -> int:
        """The wave that it is predicted from."""
        return self.predicted.begun

    def measure(self, now: Networks, before: Networks) -> Values:
        """Its values, float[networks, components], of networks and of those of the wave they begin at."""
        return self.statistic.measure(self.view, now, before)


@dataclass(frozen=True, eq=False)
class Simulated:
    """What simulated networks came to.

    Attributes:
        statistics: float[networks, components] for each that is judged.
        pairs: of each prediction, what becomes of each pair.
    """

    statistics: list[Values]
    pairs: dict[PredictedWave, PredictedPairs]


def simulate(
    scenario: Scenario,
    waves: Waves,
    *,
    seed: int,
    networks: int,
    first: int = 0,
    workers: int | None = None,
    hold_out: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Simulated:
    """Networks simulated from the waves of a survey, as the survey would have reported them at later ones.

    Cumulative degrees come whole here, a column for each number of ties.

    Args:
        scenario: as `fit` has it, and so are waves, seed, workers, hold_out and progress.
        waves: the surveys.
        seed: of the luck, of the imputations and of the reports.
        networks: how many from each wave.
        first: number of the first network; network k begun at wave w is replicate k + w x `APART`, from imputation k
            modulo 20 if ties are uncertain there.
        workers: threads.
        hold_out: only the last wave is predicted.
        progress: called with how many more.
    """
    judged = judged_statistics(waves, hold_out)
    asked = list(dict.fromkeys(one.predicted for one in judged))
    pairs: dict[PredictedWave, PredictedPairs] = {}
    statistics: dict[PredictedWave, list[Values]] = {}
    for begun in sorted({one.begun for one in asked}):
        start = _Start(scenario, waves, begun, [one for one in asked if one.begun == begun], judged, seed)
        numbers = range(first, first + networks)
        parts = []
        threads = processors() if workers is None else workers
        with one_thread_a_product():
            for part in in_order(start.work, start.batches(numbers), threads):
                parts.append(part)
                if progress:
                    progress(next(iter(part.pairs.values())).networks)
        for one in start.asked:
            statistics[one] = [np.concatenate(column) for column in zip(*(part.of[one] for part in parts), strict=True)]
            pairs[one] = sum((part.pairs[one] for part in parts[1:]), parts[0].pairs[one])
    values = {one: iter(columns) for one, columns in statistics.items()}
    return Simulated([next(values[one.predicted]) for one in judged], pairs)


@dataclass(frozen=True, eq=False)
class _Batch:
    """Some networks: statistics, float[networks, components], and pairs, of each wave that is predicted."""

    of: dict[PredictedWave, list[Values]]
    pairs: dict[PredictedWave, PredictedPairs]


@dataclass(frozen=True, eq=False)
class _Start:
    """All that is predicted from one wave."""

    scenario: Scenario
    waves: Waves
    begun: int
    asked: Sequence[PredictedWave]
    judged: Sequence[Judged]
    seed: int
    _drawn: dict[int, tuple[Begun, Callable[[int], History]]] = field(default_factory=dict)

    @cached_property
    def months(self) -> list[int]:
        """Months of the waves from the first that is simulated on, counted from it."""
        return [month - self.waves.months[self.begun] for month in self.waves.months]

    def batches(self, numbers: range) -> list[range]:
        """Numbers of networks that are simulated together."""
        size = max(1, min(50, _CELLS // (len(self.waves.roster.names) ** 2 * (len(self.asked) + 1))))
        return [numbers[at : at + size] for at in range(0, len(numbers), size)]

    def _begin(self, imputation: int) -> tuple[Begun, Callable[[int], History]]:
        """Where networks of an imputation begin, and who tells their history; drawn once, when first asked for."""
        if imputation not in self._drawn:
            begun = at_wave(self.scenario, self.waves, self.begun, imputation, self.seed)
            begun = replace(begun, scenario=until(begun.scenario, max(self.months[one.wave] for one in self.asked)))
            watched = watched_months(self.waves, [self.months[one.wave] for one in self.asked])
            self._drawn[imputation] = begun, historian(begun.scenario, seed=self.seed, months=watched)
        return self._drawn[imputation]

    def work(self, numbers: range) -> _Batch:
        """Simulate some networks, and look at them as the survey would have."""
        members, imputations = len(self.waves.roster.names), imputations_of(self.waves, self.begun)
        strength = {one: np.zeros((len(numbers), members, members)) for one in self.asked}
        trust = {one: np.zeros((len(numbers), members, members)) for one in self.asked}
        working = {one: np.zeros((len(numbers), members, members), np.bool_) for one in self.asked}
        for row, number in enumerate(numbers):
            begun, tell = self._begin(number % imputations)
            replicate = number + APART * self.begun
            history = tell(replicate)
            square = np.ix_(begun.members, begun.members)
            for one in self.asked:
                month = self.months[one.wave]
                found = ties_asked_for(history, month, len(begun.members), self.waves)
                trust[one][row][square] = found
                working[one][row][square] = collaborating(history, month, len(begun.members))
                told = reports_of(
                    trust[one][row], self.waves, one.wave, begun.habits, seed=self.seed, replicate=replicate
                )
                strength[one][row] = self.waves.on_scale(tie_of(told, self.waves.rule))
        before = self.waves.begun_at(self.begun)[None]
        of, pairs = {}, {}
        for one in self.asked:
            mine = [judged for judged in self.judged if judged.predicted == one]
            of[one] = [judged.measure(strength[one], before) for judged in mine]
            at = mine[0].view.at(self.waves.tied_from)
            pairs[one] = counted(strength[one] >= at, trust[one], working[one], at)
        return _Batch(of, pairs)


def watched_months(waves: Waves, months: Sequence[int]) -> list[int]:
    """Months at whose end ties are looked at: those of the waves, or all where a survey asks for what cannot end."""
    return list(range(max(months) + 1)) if waves.asks == "ever" else list(months)


def ties_asked_for(history: History, month: int, members: int, waves: Waves) -> Networks:
    """Trust in each tie at the end of a month; the highest so far where the survey asks for what cannot end."""
    if waves.asks == "now":
        return survey(history.ties[month], members)
    return np.asarray(np.max([survey(history.ties[so_far], members) for so_far in range(month + 1)], axis=0))


def until(scenario: Scenario, month: int) -> Scenario:
    """The scenario run no longer than to a month, or to what it has planned after it: nobody looks at the rest."""
    months = min(scenario.last_month, max(month, scenario.closing_month, scenario.shift_month))
    return scenario.model_copy(update={"network": scenario.network.model_copy(update={"months": months})})


def predicted_waves(waves: Waves, hold_out: bool = False) -> list[PredictedWave]:
    """What is predicted: each later wave, or the last only, from the one before; and beside it from the first."""
    later = range(len(waves.months) - 1 if hold_out else 1, len(waves.months))
    return [*(PredictedWave(wave - 1, wave) for wave in later), *(PredictedWave(0, wave) for wave in later if wave > 1)]


def judged_statistics(waves: Waves, hold_out: bool = False) -> list[Judged]:
    """What is judged: each statistic of everything that is predicted."""
    views = {one: view_of(waves, one.wave, one.begun) for one in predicted_waves(waves, hold_out)}
    return [Judged(one, view, statistic) for one, view in views.items() for statistic in statistics_of(view)]


def imputations_of(waves: Waves, wave: int = 0) -> int:
    """States that simulated networks begin from at a wave: 1 if nothing in it is uncertain."""
    there = waves.there[wave]
    untold = np.isnan(waves.strength[wave]) & there[:, None] & there[None, :]
    return IMPUTATIONS if bool(untold.any()) or not waves.reporting.is_exact else 1
