"""Studies with a survey: who they are of, and its waves."""

from collections.abc import Sequence
from dataclasses import dataclass

from scenarios import Posterior, Scenario
from scenarios.observed.study import Observed
from scenarios.observed.waves import Waves, at_first_wave, read_waves


@dataclass(frozen=True, eq=False)
class Surveyed:
    """A study with a survey.

    Attributes:
        study: its name, scenario and settings.
        waves: what members said.
    """

    study: Observed
    waves: Waves

    def scenario(self, posterior: Posterior | None = None) -> Scenario:
        """The study's scenario, with what is known of the parameters that it does not settle."""
        known = posterior.without(self.study.settled) if posterior is not None else None
        return self.study.scenario.with_posterior(known)


def read_surveys(studies: Sequence[Observed]) -> tuple[Surveyed, ...]:
    """The surveys of those studies that have one.

    Raises:
        ScenarioError: with every fault of the tables, or if the scenario cannot begin at the first wave.
    """
    found = []
    for study in studies:
        if (one := study.survey) is not None:
            waves = read_waves(one.members, one.ties, one.answered, levels=one.levels, tied_from=one.tied_from)
            at_first_wave(study.scenario, waves)
            found.append(Surveyed(study, waves))
    return tuple(found)
