"""Networks simulated from the first wave of a survey, and the statistics of its later waves in each of them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

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
from scenarios.observed.waves import Waves, at_first_wave
from simulation import History, historian
from simulation.running.threads import in_order, processors

IMPUTATIONS = 20
"""First waves that the simulated networks begin from, in turn, if pairs are missing in it."""


_CELLS = 4_000_000
"""Most pairs in a batch of networks: 32 MB."""


@dataclass(frozen=True)
class Judged:
    """A statistic to compute in a wave, by its place among the waves."""

    wave: int
    view: View
    statistic: Statistic

    def measure(self, now: Networks, before: Networks) -> Values:
        """Its values, float[networks, components], of networks and of those of the wave before."""
        return self.statistic.measure(self.view, now, before)


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
) -> list[Values]:
    """The statistics of simulated networks, float[networks, components] for each wave and statistic that is judged.

    Cumulative degrees come whole here, a column for each number of ties.

    Args:
        scenario: as `fit` has it, and so are waves, seed, workers, hold_out and progress.
        waves: the surveys.
        seed: of the luck and of the imputations.
        networks: how many.
        first: number of the first network; network k is replicate k, from imputation k modulo 20 if pairs are missing.
        workers: threads.
        hold_out: only the last wave.
        progress: called with how many more.
    """
    judged = judged_statistics(waves, hold_out)
    members, begun = len(waves.roster.names), waves.months[0]
    months = [month - begun for month in waves.months]
    imputations = imputations_of(waves)
    begins = [_until(at_first_wave(scenario, waves, number, seed), months[-1]) for number in range(imputations)]
    tellers: list[Callable[[int], History]] = [historian(one, seed=seed, months=months) for one in begins]
    size = max(1, min(50, _CELLS // (members**2 * len(months))))

    def work(start: int) -> list[Values]:
        numbers = range(start, min(start + size, first + networks))
        strength = np.empty((len(months), len(numbers), members, members))
        for row, number in enumerate(numbers):
            history = tellers[number % imputations](number)
            for wave, month in enumerate(months):
                strength[wave, row] = survey(history.ties[month], members)
        strength = waves.on_scale(strength)
        return [one.measure(strength[one.wave], strength[one.wave - 1]) for one in judged]

    parts = []
    for part in in_order(work, range(first, first + networks, size), processors() if workers is None else workers):
        parts.append(part)
        if progress:
            progress(len(part[0]))
    return [np.concatenate(column) for column in zip(*parts, strict=True)]


def _until(scenario: Scenario, month: int) -> Scenario:
    """The scenario run no longer than to a month, or to what it has planned after it: nobody looks at the rest."""
    months = min(scenario.last_month, max(month, scenario.closing_month, scenario.shift_month))
    return scenario.model_copy(update={"network": scenario.network.model_copy(update={"months": months})})


def judged_statistics(waves: Waves, hold_out: bool = False) -> list[Judged]:
    """What is judged: each statistic of each later wave, or of the last wave only."""
    later = range(len(waves.months) - 1 if hold_out else 1, len(waves.months))
    views = {wave: view_of(waves, wave) for wave in later}
    return [Judged(wave, view, one) for wave, view in views.items() for one in statistics_of(view)]


def imputations_of(waves: Waves) -> int:
    """First waves that simulated networks begin from: 1 if no pair is missing in it."""
    return IMPUTATIONS if bool(np.isnan(waves.strength[0]).any()) else 1
