"""Goodness of fit: whether networks simulated from the first wave of a survey look like the later waves."""

from collections.abc import Callable
from dataclasses import dataclass

from results.checking.statistic_fit import SIGNIFICANT, StatisticFit, adjusted, judge_statistic
from results.checking.survey_remarks import remarks_on
from results.studies.survey_networks import imputations_of, judged_statistics, simulate
from scenarios import Scenario
from scenarios.observed.waves import Waves

EACH = 40
"""Networks for each statistic, where nobody says how many."""


@dataclass(frozen=True, eq=False)
class Fit:
    """How well a scenario that starts from the first wave predicts the later ones.

    Attributes:
        scenario: name of the scenario.
        seed: of the luck and of the imputations.
        networks: simulated.
        imputations: first waves that they begin from; 1 if no pair is missing in it.
        months: of all waves.
        hold_out: whether only the last wave was judged.
        statistics: of each wave that is judged, in order of waves.
        remarks: what of the survey's files the comparison rests on and a reader may not expect, in sentences.
    """

    scenario: str
    seed: int
    networks: int
    imputations: int
    months: tuple[int, ...]
    hold_out: bool
    statistics: tuple[StatisticFit, ...]
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
) -> Fit:
    """Simulate from the first wave, and judge statistic by statistic whether later waves look like the simulated.

    Args:
        scenario: levers and behaviour; the members and the first ties are the surveyed.
        waves: the surveys.
        seed: of the luck, of the imputations and of the random networks.
        networks: to simulate; None: 200, or 40 for each statistic that is judged if that is more. By few no statistic
            can be contradicted, which `Fit.said` says.
        workers: threads; None takes as many as there are processors.
        hold_out: judge only the last wave: for a model that was fitted to those before.
        progress: called with how many more networks have been simulated.

    Raises:
        ValueError: if there are fewer than two networks.
        ScenarioError: if the scenario cannot begin at the first wave.
    """
    judged = judged_statistics(waves, hold_out)
    networks = max(200, EACH * len(judged)) if networks is None else networks
    if networks < 2:
        raise ValueError(f"networks is {networks}; allowed is 2 or more, for one does not spread")
    simulated = simulate(scenario, waves, seed=seed, networks=networks, workers=workers, hold_out=hold_out,
                         progress=progress)  # fmt: skip
    found = [judge_statistic(one, values, waves, seed) for one, values in zip(judged, simulated, strict=True)]
    return fit_of(scenario.name, waves, found, seed=seed, hold_out=hold_out)


def fit_of(name: str, waves: Waves, found: list[StatisticFit], *, seed: int, hold_out: bool) -> Fit:
    """The whole of what was found of each statistic, adjusted for how many there are."""
    return Fit(
        name,
        seed,
        len(found[0].simulated),
        imputations_of(waves),
        waves.months,
        hold_out,
        tuple(adjusted(found)),
        remarks_on(waves),
    )
