"""Studies with a survey: who they are of, and its waves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import scenarios
from results.studies.learned_reporting import learn_reporting
from results.studies.virtual_studies import Believed
from scenarios import Posterior, Scenario
from scenarios.observed.beginning import at_wave
from scenarios.observed.study import Observed
from scenarios.observed.waves import Waves
from scenarios.reading.reading import settled_by
from scenarios.schema.contradictions import decided_with


@dataclass(frozen=True, eq=False)
class Surveyed:
    """A study with a survey.

    Attributes:
        study: its name, scenario and settings.
        waves: what members said, and how they report; where that is learned, as it was learned.
    """

    study: Observed
    waves: Waves

    @property
    def settled(self) -> frozenset[str]:
        """Keys that the study sets itself, with what these bound, and what its members and its first wave settle."""
        known = self.study.settled.union(settled_by(self.waves.roster, ties=True))
        return known | decided_with(known, self.study.scenario.network.topics, ())

    def believed(self, believed: Believed) -> Scenario:
        """The study's scenario with what is believed of the parameters that it does not settle.

        Raises:
            ScenarioError: if the values cannot stand together there.
        """
        own = {key: value for key, value in believed.items() if key not in self.settled}
        return scenarios.replace(self.study.scenario, own)

    def scenario(self, posterior: Posterior | None = None) -> Scenario:
        """The study's scenario, with what is known of the parameters that it does not settle."""
        known = posterior.without(self.settled) if posterior is not None else None
        return self.study.scenario.with_posterior(known)


def read_surveys(studies: Sequence[Observed], *, hold_out: bool = False) -> tuple[Surveyed, ...]:
    """The surveys of those studies that have one.

    Args:
        studies: all that are asked.
        hold_out: whether the last wave of each is judged alone: how members report is learned without it.

    Raises:
        ScenarioError: with every fault of the tables, or if the scenario cannot begin at a wave.
    """
    found = []
    for study in studies:
        if (one := study.survey) is not None:
            waves = one.read()
            if one.reports is None:
                waves = replace(waves, reporting=learn_reporting(waves, len(waves.months) - hold_out))
            for begun in range(len(waves.months) - 1):
                at_wave(study.scenario, waves, begun)
            found.append(Surveyed(study, waves))
    return tuple(found)
