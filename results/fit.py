"""Goodness of fit: whether networks simulated from the first wave of a survey look like the later waves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from results.fit_statistics import (
    DEGREES,
    Networks,
    Statistic,
    Values,
    View,
    statistics_of,
    survey,
    telling_cuts,
    view_of,
)
from results.mahalanobis import cloud_of
from results.verdicts import Word
from scenarios import Scenario
from scenarios.waves import Waves, at_first_wave
from simulation import History, historian
from simulation.threads import in_order, processors

IMPUTATIONS = 20
"""First waves that the simulated networks begin from, in turn, if pairs are missing in it."""
SIGNIFICANT = 0.05
ENOUGH_POWER = 0.5
SHUFFLED = 100
"""Random networks by which the power of a statistic is judged."""
_CELLS = 4_000_000
"""Most pairs in a batch of networks: 32 MB."""


@dataclass(frozen=True, eq=False)
class StatisticFit:
    """One statistic of one wave, observed and simulated.

    Attributes:
        wave_month: month of the wave.
        name: of the statistic, as tables have it.
        label: in plain words.
        components: names of its components.
        observed: float[components].
        simulated: float[networks, components].
        distance: Mahalanobis distance of the observed from the simulated mean; inf where the simulated never differ
            and the observed does.
        p: share of simulated networks at least as far out, as `Cloud.p_values` counts it.
        adjusted: p, adjusted after Holm for all statistics that are judged.
        power: share of random networks, the observed strengths shuffled over the observed pairs, that differ
            from the observed in this statistic and have p below 0.05.
    """

    wave_month: int
    name: str
    label: str
    components: tuple[str, ...]
    observed: NDArray[np.float64]
    simulated: NDArray[np.float64]
    distance: float
    p: float
    adjusted: float
    power: float

    @property
    def verdict(self) -> Word:
        """Contradicted if adjusted p is below 0.05; else supported if power is 0.5 or more; else undecided."""
        if self.adjusted < SIGNIFICANT:
            return "contradicted"
        return "supported" if self.power >= ENOUGH_POWER else "undecided"

    @property
    def spread(self) -> NDArray[np.float64]:
        """The middle 95 % of the simulated, low and high, float[2, components]."""
        return np.percentile(self.simulated, [2.5, 97.5], axis=0)

    @property
    def why(self) -> str:
        """The verdict in plain words."""
        found = self._farthest()
        if self.verdict == "contradicted":
            return f"{found}; p = {self.p:.2g}, adjusted for all statistics {self.adjusted:.2g}"
        chance = f"; p = {self.p:.2g}"
        if self.p < SIGNIFICANT:
            chance += f", which among all statistics is no surprise ({self.adjusted:.2g} adjusted)"
        noticed = f"{self.power * 100:.0f} of 100 random networks would have been noticed"
        if self.verdict == "supported":
            return f"{found}{chance}; {noticed}"
        return f"{found}{chance}; but a random network would mostly pass too: only {noticed}"

    def _farthest(self) -> str:
        """Observed against simulated, of the component that is farthest off by its own spread."""
        off, wide = np.abs(self.observed - self.simulated.mean(axis=0)), self.simulated.std(axis=0)
        worst = int(np.argmax(np.where(wide > 0, off / np.where(wide > 0, wide, 1), np.where(off > 1e-9, np.inf, 0))))
        low, high = self.spread[:, worst]
        where = f"at '{self.components[worst]}', where it is farthest off, " if len(self.components) > 1 else ""
        return f"{where}observed {self.observed[worst]:.3g}, simulated mostly {low:.3g} to {high:.3g}"


@dataclass(frozen=True, eq=False)
class Fit:
    """How well a scenario, begun at the first wave, foretells the later ones.

    Attributes:
        scenario: name of the scenario.
        seed: of the luck and of the imputations.
        networks: simulated.
        imputations: first waves that they begin from; 1 if no pair is missing in it.
        months: of all waves.
        hold_out: whether only the last wave was judged.
        statistics: of each wave that is judged, in order of waves.
    """

    scenario: str
    seed: int
    networks: int
    imputations: int
    months: tuple[int, ...]
    hold_out: bool
    statistics: tuple[StatisticFit, ...]

    def of(self, name: str, month: int | None = None) -> StatisticFit:
        """One statistic by name; of the last wave, unless another month is named."""
        month = self.months[-1] if month is None else month
        for one in self.statistics:
            if (one.name, one.wave_month) == (name, month):
                return one
        known = ", ".join(f"{one.name} in month {one.wave_month}" for one in self.statistics)
        raise KeyError(f"{name} in month {month} was not judged; there are {known}")

    @property
    def said(self) -> tuple[str, ...]:
        """What was done, in sentences."""
        judged = sorted({one.wave_month for one in self.statistics})
        waves = "wave of month" if len(judged) == 1 else "waves of months"
        sentences = [
            f"{self.networks} networks were simulated from the wave of month {self.months[0]} on and compared with the "
            f"{waves} {', '.join(map(str, judged))}, on the pairs that the survey observed."
        ]
        if self.imputations > 1:
            sentences.append(
                f"Pairs missing in the first wave were drawn, in {self.imputations} ways, from the others."
            )
        if self.hold_out:
            sentences.append("Held out: only the last wave is judged.")
        sentences.append(
            f"A verdict of contradicted has p below {SIGNIFICANT} after Holm's adjustment for {len(self.statistics)} "
            "statistics."
        )
        return tuple(sentences)


@dataclass(frozen=True)
class Judged:
    """A statistic to compute in a wave, by its place among the waves."""

    wave: int
    view: View
    statistic: Statistic

    def measure(self, now: Networks, before: Networks) -> Values:
        """Its values, float[networks, components], of networks and of those of the wave before."""
        return self.statistic.measure(self.view, now, before)


def fit(
    scenario: Scenario,
    waves: Waves,
    *,
    seed: int = 1,
    networks: int | None = None,
    workers: int | None = None,
    hold_out: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Fit:
    """Simulate from the first wave, and judge statistic by statistic whether later waves look like the simulated.

    Args:
        scenario: levers and behaviour; the members and the first ties are the surveyed.
        waves: the surveys.
        seed: of the luck, of the imputations and of the random networks.
        networks: to simulate; None: 200, or more where so many statistics are judged that each needs more: 40 each.
        workers: threads; None takes as many as there are processors.
        hold_out: judge only the last wave: for a model that was fitted to those before.
        progress: told of how many more networks have been simulated, as they are.

    Raises:
        ValueError: if the networks are too few for any verdict of contradicted.
        ScenarioError: if the scenario cannot begin at the first wave.
    """
    judged = judged_statistics(waves, hold_out)
    least = round(len(judged) / SIGNIFICANT)
    networks = max(200, 2 * least) if networks is None else networks
    if networks < least:
        raise ValueError(
            f"networks is {networks}, but with {len(judged)} statistics none could be contradicted by fewer than "
            f"{least}; allowed is {least} or more"
        )
    simulated = simulate(scenario, waves, seed=seed, networks=networks, workers=workers, hold_out=hold_out,
                         progress=progress)  # fmt: skip
    told = waves.on_scale(waves.strength)
    found = []
    for one, values in zip(judged, simulated, strict=True):
        now, before = told[one.wave][None], told[one.wave - 1][None]
        observed, components = one.measure(now, before), one.statistic.components(one.view)
        random = one.measure(_shuffled(now[0], one, seed), before)
        if one.statistic is DEGREES:
            cuts = telling_cuts(np.concatenate([values, observed]), int(one.view.answered.sum()))
            values, observed, random = values[:, cuts], observed[:, cuts], random[:, cuts]
            components = tuple(components[cut] for cut in cuts)
        found.append(_judge(one, components, observed, values, random, waves.months[one.wave]))
    return Fit(
        scenario.name,
        seed,
        networks,
        IMPUTATIONS if _misses_pairs(waves) else 1,
        waves.months,
        hold_out,
        tuple(_adjusted(found)),
    )


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
        progress: told of how many more.
    """
    judged = judged_statistics(waves, hold_out)
    members, begun = len(waves.roster.names), waves.months[0]
    months = [month - begun for month in waves.months]
    imputations = IMPUTATIONS if _misses_pairs(waves) else 1
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


def _misses_pairs(waves: Waves) -> bool:
    return bool(np.isnan(waves.strength[0]).any())


def judged_statistics(waves: Waves, hold_out: bool = False) -> list[Judged]:
    """What is judged: each statistic of each later wave, or of the last wave only."""
    later = range(len(waves.months) - 1 if hold_out else 1, len(waves.months))
    views = {wave: view_of(waves, wave) for wave in later}
    return [Judged(wave, view, one) for wave, view in views.items() for one in statistics_of(view)]


def _shuffled(network: NDArray[np.float64], one: Judged, seed: int) -> Networks:
    """Random networks: the observed strengths on other observed pairs, float[SHUFFLED, members, members]."""
    luck = np.random.default_rng([seed, one.wave])
    first, second = np.nonzero(np.triu(one.view.observed))
    random = np.zeros((SHUFFLED, *network.shape))
    strengths = np.tile(network[first, second], (SHUFFLED, 1))
    random[:, first, second] = random[:, second, first] = luck.permuted(strengths, axis=1)
    return random


def _judge(
    one: Judged, components: tuple[str, ...], observed: Values, simulated: Values, random: Values, month: int
) -> StatisticFit:
    cloud = cloud_of(simulated)
    # What shuffling cannot change, as the number of ties, tells no random network from the observed.
    noticed = (cloud.p_values(random) < SIGNIFICANT) & (np.abs(random - observed) > 1e-9).any(axis=1)
    return StatisticFit(
        wave_month=month,
        name=one.statistic.name,
        label=one.statistic.label,
        components=components,
        observed=observed[0],
        simulated=simulated,
        distance=float(cloud.distances(observed)[0]),
        p=float(cloud.p_values(observed)[0]),
        adjusted=1.0,
        power=float(noticed.mean()),
    )


def _adjusted(found: Sequence[StatisticFit]) -> list[StatisticFit]:
    """The same, with p adjusted so that the chance of any false contradiction is 5 % at most.

    Source:
        Holm 1979, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6(2).
    """
    adjusted, largest = np.ones(len(found)), 0.0
    for rank, place in enumerate(np.argsort([one.p for one in found], kind="stable")):
        largest = max(largest, min(1.0, (len(found) - rank) * found[place].p))
        adjusted[place] = largest
    return [replace(one, adjusted=float(value)) for one, value in zip(found, adjusted, strict=True)]
