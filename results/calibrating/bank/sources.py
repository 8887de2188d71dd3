"""What a bank simulates of each study: for its patterns what networks count, for its survey what they would report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

import numpy as np
from numpy.typing import NDArray

from results.calibrating.range_likelihood import with_values
from results.calibrating.survey_likelihood import singles, singles_named
from results.studies.surveys import Surveyed
from results.studies.virtual_studies import Replication, sides
from scenarios import Scenario
from scenarios.observed.study import Observed, Pattern
from scenarios.observed.uncertain import UncertainSetting, drawn
from scenarios.schema.contradictions import decided_with

Values = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class OfPatterns:
    """The patterns of a study, with those that `range_likelihood` needs besides."""

    study: Observed
    seed: int

    @cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        """All that are simulated."""
        return with_values([self.study])[0].patterns

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Names of what each network counts: study/pattern/side/count, then /of."""
        return tuple(
            f"{self.study.name}/{pattern.id}/{side}/{part}"
            for pattern in self.patterns
            for side in range(len(sides(pattern)))
            for part in ("count", "of")
        )

    @property
    def name(self) -> str:
        """Of the study."""
        return self.study.name

    @cached_property
    def settled(self) -> frozenset[str]:
        """Keys that the study sets itself, with what these bound, so that what is believed of them does not matter."""
        known = self.study.settled | {one.key for one in self.study.uncertain}
        of_arms = (settings for settings, _ in Replication(self.study).runs)
        return known | decided_with(known.union(*of_arms), self.study.scenario.network.topics, ())

    @property
    def unsure(self) -> tuple[UncertainSetting, ...]:
        """Settings of the study that are not known exactly; each draw of the bank has its own."""
        return self.study.uncertain

    def unsure_at(self, number: int) -> list[float]:
        """Where the unsure settings of a draw lie in their ranges, from -1 to 1."""
        values = drawn(self.study.uncertain, self.study.name, number)
        return [_place(one, float(values[one.key])) for one in self.study.uncertain]

    def scenarios(self, believed: Mapping[str, float], number: int) -> list[Scenario]:
        """What would be run; raises ScenarioError where the values cannot stand together."""
        made = Replication(self.study, self.seed)
        return [made.scenario(settings, believed, {}, number) for settings, _ in made.runs]

    def simulate(self, believed: Mapping[str, float], number: int, networks: int) -> Values:
        """What the networks of a draw count, float[networks, columns]."""
        asked = self.replication()
        found = asked.counts(believed, range(number * networks, (number + 1) * networks), {}, number)
        return np.concatenate([found[one.id].reshape(networks, -1) for one in self.patterns], axis=1)

    def replication(self) -> Replication:
        """The study as the model is asked for it."""
        return Replication(with_values([self.study])[0], self.seed)


@dataclass(frozen=True, eq=False)
class OfSurvey:
    """The later waves of a survey, by the statistics that parameters are learned from."""

    surveyed: Surveyed
    seed: int

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Names of the statistics: study/survey/statistic/wave."""
        return tuple(f"{self.name}/{one}" for one in singles_named(self.surveyed.waves))

    @property
    def name(self) -> str:
        """Of the study, and that it is of its survey."""
        return f"{self.surveyed.study.name}/survey"

    @property
    def settled(self) -> frozenset[str]:
        """Keys that the study sets itself, and those that its lists of members and ties settle."""
        return self.surveyed.settled

    @property
    def unsure(self) -> tuple[UncertainSetting, ...]:
        """None: a survey's network is known."""
        return ()

    def unsure_at(self, _number: int) -> list[float]:
        """Nothing."""
        return []

    def scenarios(self, believed: Mapping[str, float], _number: int) -> list[Scenario]:
        """What would be run; raises ScenarioError where the values cannot stand together."""
        return [self.surveyed.believed(believed)]

    def simulate(self, believed: Mapping[str, float], number: int, networks: int) -> Values:
        """The statistics of the networks of a draw, float[networks, columns]."""
        (scenario,) = self.scenarios(believed, number)
        first = number * networks
        return singles(
            scenario, self.surveyed.waves, networks=networks, seed=self.seed, first=first, workers=1
        ).simulated


Source = OfPatterns | OfSurvey


def sources_of(studies: Sequence[Observed], surveys: Sequence[Surveyed], seed: int) -> tuple[Source, ...]:
    """All that is simulated of the studies."""
    return (
        *(OfPatterns(study, seed) for study in studies if study.patterns),
        *(OfSurvey(one, seed) for one in surveys),
    )


def _place(one: UncertainSetting, value: float) -> float:
    if one.scale == "log":
        return 2 * (log(value) - log(one.low)) / (log(one.high) - log(one.low)) - 1
    return 2 * (value - one.low) / (one.high - one.low) - 1
