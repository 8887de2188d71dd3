"""One statistic of one wave of a survey: observed, simulated, how far apart, and whether that can be judged at all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from results.checking.mahalanobis import Cloud, cloud_of
from results.checking.verdicts import Word
from results.studies.survey_networks import Judged
from results.studies.survey_statistics import DEGREES, Networks, Values, telling_cuts
from scenarios.observed.waves import Waves

SIGNIFICANT = 0.05
ENOUGH_POWER = 0.5
SHUFFLED = 100
"""Random networks by which the power of a statistic is judged."""
MIDDLE = (0.025, 0.975)
"""Ends of the middle 95 %."""
AS_OBSERVED = "nearly all simulated networks have the observed value, so there is nothing to judge by"
LOST = "hardly any simulated network loses a tie in these months"
"""What is said of ties lost where nearly all simulated networks lose none."""
ALIKE = "nearly all simulated networks have the same value, {:.3g}"
ERRORS = "; surveys have reporting errors, and these reports are taken for exact: not judged (observed {:.3g})"


@dataclass(frozen=True, eq=False)
class StatisticFit:
    """One statistic of one wave, observed and simulated.

    A component in which nearly all simulated networks are alike is not judged, nor is a relation between components
    that they all keep, nor a statistic in which nothing varies: what the model never does, an error of a report may
    do. Where errors of reports are given or learned, simulated networks differ in nearly everything.

    Attributes:
        wave_month: month of the wave.
        begun_month: month of the wave that it is predicted from.
        name: of the statistic, as tables have it.
        label: in plain words.
        components: names of its components.
        observed: float[components].
        simulated: float[networks, components].
        varies: components in which the middle 95 % of the simulated are not one value, bool[components].
        distance: Mahalanobis distance of the observed from the simulated mean, in what varies; 0 if nothing does.
        p: share of simulated networks at least as far out, as `Cloud.p_values` counts it; 1 if nothing varies.
        adjusted: p, adjusted after Holm for all statistics that are judged; 1 if this one is not.
        power: share of random networks, the observed strengths shuffled over the observed pairs, that differ
            from the observed in this statistic and have p below 0.05.
    """

    wave_month: int
    begun_month: int
    name: str
    label: str
    components: tuple[str, ...]
    observed: NDArray[np.float64]
    simulated: NDArray[np.float64]
    varies: NDArray[np.bool_]
    distance: float
    p: float
    adjusted: float
    power: float

    @property
    def judged(self) -> bool:
        """Whether the simulated networks differ in it, so that it can be judged."""
        return bool(self.varies.any())

    @cached_property
    def cloud(self) -> Cloud:
        """The simulated networks in what varies."""
        return cloud_of(self.simulated[:, self.varies])

    @property
    def verdict(self) -> Word:
        """Contradicted if adjusted p is below 0.05; supported if p itself is not and power is 0.5 or more.

        Undecided otherwise: so too where the observed is farther out than 95 % of simulated networks, which is no
        surprise of the worst of many statistics, but speaks for none.
        """
        if self.judged and self.adjusted < SIGNIFICANT:
            return "contradicted"
        return "supported" if self.tells and self.p >= SIGNIFICANT else "undecided"

    @property
    def tells(self) -> bool:
        """Whether it is judged and would have noticed most random networks."""
        return self.judged and self.power >= ENOUGH_POWER

    @property
    def spread(self) -> NDArray[np.float64]:
        """The middle 95 % of the simulated, low and high, float[2, components]."""
        return np.percentile(self.simulated, [2.5, 97.5], axis=0)

    @property
    def why(self) -> str:
        """The verdict in plain words."""
        if not self.judged:
            return self._not_judged()
        found = self._farthest()
        if self.verdict == "contradicted":
            return f"{found}; p = {self.p:.2g}, adjusted for all statistics {self.adjusted:.2g}"
        chance = f"; p = {self.p:.2g}"
        if self.p < SIGNIFICANT:
            chance += f", too far out to support the model, but no surprise among all ({self.adjusted:.2g} adjusted)"
        noticed = f"{self.power * 100:.0f} % of random networks would have been noticed"
        if self.tells:
            return f"{found}{chance}; {noticed}"
        return f"{found}{chance}; but a random network would mostly pass too: only {noticed}"

    @property
    def differs(self) -> bool:
        """Whether the observed differs from the median of the simulated in any component."""
        return bool((np.abs(self.observed - np.median(self.simulated, axis=0)) > 1e-9).any())

    @property
    def left_out(self) -> tuple[str, ...]:
        """Components in which nearly all simulated are alike and the observed differs; of a judged statistic."""
        if not self.judged:
            return ()
        differs = np.abs(self.observed - np.median(self.simulated, axis=0)) > 1e-9
        return tuple(self.components[place] for place in np.flatnonzero(~self.varies & differs))

    def _not_judged(self) -> str:
        typical = np.median(self.simulated, axis=0)
        off = np.abs(self.observed - typical)
        if off.max() < 1e-9:
            return AS_OBSERVED
        worst = int(np.argmax(off))
        never = self.name == "lost_ties" and typical[worst] == 0
        where = f"at '{self.components[worst]}' " if len(self.components) > 1 else ""
        return where + (LOST if never else ALIKE.format(typical[worst])) + ERRORS.format(self.observed[worst])

    def _farthest(self) -> str:
        """Observed compared with simulated, of the component that is farthest off by its own spread."""
        off, wide = np.abs(self.observed - self.simulated.mean(axis=0)), self.simulated.std(axis=0)
        worst = int(np.argmax(np.where(self.varies, off / np.where(wide > 0, wide, 1), -1.0)))
        low, high = self.spread[:, worst]
        where = f"at '{self.components[worst]}', where it is farthest off, " if len(self.components) > 1 else ""
        return f"{where}observed {self.observed[worst]:.3g}, simulated mostly {low:.3g} to {high:.3g}"


def judge_statistic(
    one: Judged, values: Values, waves: Waves, seed: int, cuts: NDArray[np.int64] | None = None
) -> StatisticFit:
    """How a statistic of simulated networks compares with the observed; its p is not adjusted yet.

    Args:
        one: which, of which wave.
        values: of simulated networks, float[networks, components].
        waves: the surveys.
        seed: of the random networks.
        cuts: of cumulative degrees, which `values` are limited to already; None chooses those that tell.
    """
    told = waves.on_scale(waves.strength)
    now, before = told[one.wave][None], told[one.begun][None]
    observed, components = one.measure(now, before), one.statistic.components(one.view)
    random = one.measure(_shuffled(now[0], one, seed), before)
    if one.statistic is DEGREES:
        if cuts is None:
            cuts = telling_cuts(np.concatenate([values, observed]), int(one.view.answered.sum()))
            values = values[:, cuts]
        observed, random = observed[:, cuts], random[:, cuts]
        components = tuple(components[cut] for cut in cuts)
    low, high = np.quantile(values, MIDDLE, axis=0, method="inverted_cdf")
    varies = high - low > 1e-9
    found = StatisticFit(
        wave_month=waves.months[one.wave],
        begun_month=waves.months[one.begun],
        name=one.statistic.name,
        label=one.statistic.label,
        components=components,
        observed=observed[0],
        simulated=values,
        varies=varies,
        distance=0.0,
        p=1.0,
        adjusted=1.0,
        power=0.0,
    )
    if not found.judged:
        return found
    cloud = found.cloud
    # What shuffling cannot change, as the number of ties, tells no random network from the observed.
    differs = (np.abs(random - observed) > 1e-9)[:, varies].any(axis=1)
    noticed = (cloud.p_values(cloud.shadow(random[:, varies])) < SIGNIFICANT) & differs
    point = cloud.shadow(observed[:, varies])
    return replace(
        found,
        distance=float(cloud.distances(point)[0]),
        p=float(cloud.p_values(point)[0]),
        power=float(noticed.mean()),
    )


def _shuffled(network: NDArray[np.float64], one: Judged, seed: int) -> Networks:
    """Random networks: the observed strengths on other observed pairs, float[SHUFFLED, members, members]."""
    luck = np.random.default_rng([seed, one.wave])
    first, second = np.nonzero(np.triu(one.view.observed))
    random = np.zeros((SHUFFLED, *network.shape))
    strengths = np.tile(network[first, second], (SHUFFLED, 1))
    random[:, first, second] = random[:, second, first] = luck.permuted(strengths, axis=1)
    return random


def adjusted(found: Sequence[StatisticFit]) -> list[StatisticFit]:
    """The same, with p adjusted so that the chance of any false contradiction is 5 % at most, among those judged.

    Source:
        Holm 1979, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6(2).
    """
    judged = [place for place, one in enumerate(found) if one.judged]
    values, largest = np.ones(len(found)), 0.0
    for rank, place in enumerate(sorted(judged, key=lambda place: found[place].p)):
        largest = max(largest, min(1.0, (len(judged) - rank) * found[place].p))
        values[place] = largest
    return [replace(one, adjusted=float(value)) for one, value in zip(found, values, strict=True)]
