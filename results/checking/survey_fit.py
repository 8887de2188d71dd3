"""Goodness of fit: whether networks simulated from the waves of a survey look like those that came later."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from results.checking.statistic_fit import SIGNIFICANT, StatisticFit, adjusted, judge_statistic
from results.checking.survey_remarks import remarks_on
from results.checking.survey_skill import WaveSkill, wave_skills
from results.estimates.predicted_pairs import PredictedPairs
from results.studies.baselines import SHIPPED, Logistic
from results.studies.rival import SHIPPED_RIVAL, Rival
from results.studies.survey_networks import PredictedWave, imputations_of, judged_statistics, predicted_waves, simulate
from scenarios import Scenario
from scenarios.observed.waves import Waves
from simulation.running.threads import one_thread_a_product

EACH = 40
"""Networks for each statistic, where nobody says how many."""


@dataclass(frozen=True, eq=False)
class Fit:
    """How well a scenario that starts from a wave predicts the next one.

    Attributes:
        scenario: name of the scenario.
        seed: of the luck and of the imputations.
        networks: simulated.
        imputations: states that they begin from at a wave; 1 if no tie of any wave is uncertain.
        months: of all waves.
        hold_out: whether only the last wave was judged.
        statistics: of each wave that is judged, in order of waves, predicted from the wave before: the verdicts.
        from_first: of each wave that does not follow the first, predicted from the first all the same: beside them.
        pairs: what becomes of each pair, of each wave that is predicted, by the waves that it is and is predicted from.
        skill: of each wave that is judged, in order of waves: how much better than simple rules it is predicted.
        remarks: what of the survey's files the comparison rests on and a reader may not expect, in sentences.
    """

    scenario: str
    seed: int
    networks: int
    imputations: int
    months: tuple[int, ...]
    hold_out: bool
    statistics: tuple[StatisticFit, ...]
    from_first: tuple[StatisticFit, ...] = ()
    pairs: Mapping[PredictedWave, PredictedPairs] = field(default_factory=dict)
    skill: tuple[WaveSkill, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def judged(self) -> tuple[StatisticFit, ...]:
        """The statistics in which simulated networks differ, so that they can be judged."""
        return tuple(one for one in self.statistics if one.judged)

    @property
    def enough(self) -> int:
        """Networks from which on a statistic can be contradicted at all (count)."""
        return round(len(self.judged) / SIGNIFICANT)

    @property
    def can_contradict(self) -> bool:
        """Whether any statistic could be contradicted, by so many networks."""
        return bool(self.judged) and self.networks >= self.enough

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
        begun = sorted({one.begun_month for one in self.statistics})
        one = len(judged) == 1
        from_which = f"the wave of month {begun[0]}" if one else f"each of the waves of months {_list(begun)}"
        with_which = f"the wave of month {judged[0]}" if one else f"the next one (months {_list(judged)})"
        sentences = [
            f"{self.networks} networks were simulated from {from_which} on and compared with {with_which}, on the "
            "pairs that the survey observed."
        ]
        if self.imputations > 1:
            sentences.append(
                f"Ties that the wave at the start leaves uncertain were drawn, in {self.imputations} ways."
            )
        if self.hold_out:
            sentences.append("Held out: only the last wave is judged.")
        sentences += self.remarks
        sentences.append(self._floor())
        sentences.append(
            f"A verdict of contradicted has p below {SIGNIFICANT} after Holm's adjustment for the {len(self.judged)} "
            f"of {len(self.statistics)} statistics that are judged."
        )
        return tuple(sentences)

    def _floor(self) -> str:
        floor = f"With {self.networks} networks no p is below 1 in {self.networks + 1}, {1 / (self.networks + 1):.2g}"
        if self.can_contradict or not self.judged:
            return f"{floor}."
        return (
            f"{floor}, too high for any of {len(self.judged)} statistics to be contradicted: that takes "
            f"--replicates {self.enough} or more."
        )


def fit(
    scenario: Scenario,
    waves: Waves,
    *,
    seed: int = 1,
    networks: int | None = None,
    workers: int | None = None,
    hold_out: bool = False,
    progress: Callable[[int], None] | None = None,
    logistic: Logistic | None = SHIPPED,
    rival: Rival = SHIPPED_RIVAL,
) -> Fit:
    """Simulate from each wave, and judge statistic by statistic whether the next looks like the simulated.

    Args:
        scenario: levers and behaviour; the members and the ties at the start are the surveyed.
        waves: the surveys.
        seed: of the luck, of the imputations and of the random networks.
        networks: to simulate; None: 200, or 40 for each statistic that is judged if that is more. By few no statistic
            can be contradicted, which `Fit.said` says.
        workers: threads; None takes as many as there are processors.
        hold_out: judge only the last wave: for a model that was fitted to those before.
        progress: called with how many more networks have been simulated.
        logistic: the simple rule of that name, for the skill: of a network it was fitted on, one fitted without it;
            None: skill is not asked for.
        rival: of a network it was fitted on, one fitted without it; it learns from earlier waves besides.

    Raises:
        ValueError: if there are fewer than two networks.
        ScenarioError: if the scenario cannot begin at a wave.
    """
    judged = judged_statistics(waves, hold_out)
    telling = sum(one.begun == one.wave - 1 for one in judged)
    networks = max(200, EACH * telling) if networks is None else networks
    if networks < 2:
        raise ValueError(f"networks is {networks}; allowed is 2 or more, for one does not spread")
    simulated = simulate(scenario, waves, seed=seed, networks=networks, workers=workers, hold_out=hold_out,
                         progress=progress)  # fmt: skip
    with one_thread_a_product():
        found = [
            judge_statistic(one, values, waves, seed) for one, values in zip(judged, simulated.statistics, strict=True)
        ]
        chances = {one.wave: pairs.chance for one, pairs in simulated.pairs.items() if one.begun == one.wave - 1}
        return fit_of(
            scenario, waves, found, seed=seed, hold_out=hold_out, pairs=simulated.pairs, chances=chances,
            logistic=logistic, rival=rival,
        )  # fmt: skip


def fit_of(
    scenario: Scenario,
    waves: Waves,
    found: Sequence[StatisticFit],
    *,
    seed: int,
    hold_out: bool,
    pairs: Mapping[PredictedWave, PredictedPairs] | None = None,
    chances: Mapping[int, NDArray[np.float64]] | None = None,
    logistic: Logistic | None = SHIPPED,
    rival: Rival = SHIPPED_RIVAL,
) -> Fit:
    """The whole of what was found of each statistic, as `judged_statistics` orders them, adjusted for how many.

    Args: as `fit` and `Fit` have them, and
        chances: wave -> chance of each pair to be tied, as simulated from the wave before.
    """
    next_to = [(one.begun, one.wave) for one in predicted_waves(waves, hold_out) if one.begun == one.wave - 1]
    months = {(waves.months[begun], waves.months[wave]) for begun, wave in next_to}
    mine = [one for one in found if (one.begun_month, one.wave_month) in months]
    others = [one for one in found if (one.begun_month, one.wave_month) not in months]
    judged = [one for one in judged_statistics(waves, hold_out) if (one.begun, one.wave) in next_to]
    skill: tuple[WaveSkill, ...] = ()
    if logistic is not None:
        with one_thread_a_product():  # sums come out the same to the last digit, however many threads there are
            skill = wave_skills(scenario, waves, judged, mine, chances or {}, seed=seed, logistic=logistic, rival=rival)
    return Fit(
        scenario.name,
        seed,
        len(found[0].simulated),
        max(imputations_of(waves, begun) for begun, _ in next_to),
        waves.months,
        hold_out,
        tuple(adjusted(mine)),
        tuple(adjusted(others)),
        pairs or {},
        skill,
        remarks_on(waves),
    )


def _list(months: Sequence[int]) -> str:
    return ", ".join(map(str, months))
