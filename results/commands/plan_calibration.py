"""`legato calibrate --plan`: which parameters could be learned at all, before anything is observed."""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar

import scenarios
from results.calibrating import documents, survey_plan
from results.calibrating.documents import PlanDocument, SurveyDocument
from results.calibrating.posterior_summary import free_parameters
from results.calibrating.survey_plan import Information
from results.commands import limits
from results.commands.listener import Listener, compile_for
from results.commands.months import read_months
from results.commands.notebook import HERE
from results.commands.request import Request
from results.commands.statement import Statement
from results.comparing.choosing_scenarios import Settings
from results.studies.choosing_studies import What, studies_of
from scenarios import Scenario
from scenarios.files.faults import RequestError
from scenarios.observed.study import Observed


@dataclass(frozen=True)
class PlanCalibration(Request):
    """Which parameters could be learned at all, by the patterns of some studies, or by a survey that is planned?

    Attributes:
        observed: the studies, as `Calibrate` takes them.
        free: parameters to be learned: "KEY=LOW:HIGH", or "KEY".
        settings: changes to the scenario of every study, as "KEY=VALUE" or by key.
        waves: months in which a survey of all members is planned, or as text, "0,12,24"; the patterns if left out.
        members: to be surveyed, if not those of the study's scenario (count).
        seed: of everything.
        workers: threads, one for each processor if left out; nothing depends on it but the time.
    """

    LIMITS: ClassVar[limits.Limits] = limits.PLANNING

    observed: What
    _: KW_ONLY
    free: Sequence[str]
    settings: Settings = ()
    waves: str | Sequence[int] | None = None
    members: int | None = None
    seed: int = 1
    workers: int | None = None

    def answer(self, listener: Listener = HERE) -> "PlanCalibrationAnswer":
        """Say it from networks with parameters drawn from their priors; nothing is kept.

        Raises:
            RefusedError: if what is asked cannot be.
        """
        studies, free = studies_of(self.observed, self.settings), free_parameters(self.free)
        survey: SurveyDocument = {}
        sets = survey_plan.SETS
        if self.waves is None:
            if self.members is not None:
                raise RequestError("members", "--members needs --waves: months in which they are to be surveyed")
            studies = tuple(study for study in studies if study.patterns)
            compile_for("compiled", listener)
            with listener.progress(len(studies) * sets, "networks") as advance:
                found = survey_plan.plan_studies(
                    studies, free, networks=1, seed=self.seed, sets=sets, workers=self.workers, progress=advance
                )
            what = f"what was observed in {', '.join(study.name for study in studies)}"
        else:
            scenario, months = _planned(studies, self.waves, self.members)
            compile_for("compiled", listener)
            with listener.progress(sets, "networks") as advance:
                found = survey_plan.plan_survey(
                    scenario, free, months, seed=self.seed, sets=sets, workers=self.workers, progress=advance
                )
            survey = {"waves": months, "members": scenario.network.members}
            what = f"a survey of all {scenario.network.members} members in {_months(months)}"
        note = (
            f"Estimated by regression from {sets:,} networks with parameters drawn from their priors; a calibration "
            "may learn more. Narrower by 50 % or more counts as informed, by less than 15 % as not informed."
        )
        blocks = (f"Learning from {what}:",), documents.plan_table(found), ("", note)
        return PlanCalibrationAnswer(blocks, documents.plan_document(found, free, self.seed, survey), information=found)


@dataclass(frozen=True, eq=False, repr=False)
class PlanCalibrationAnswer(Statement):
    """Which parameters could be learned.

    Attributes:
        information: of each parameter, how much narrower it could become.
    """

    DOCUMENT: ClassVar[Any] = PlanDocument

    _: KW_ONLY
    information: tuple[Information, ...]


def _planned(
    studies: Sequence[Observed], waves: str | Sequence[int], members: int | None
) -> tuple[Scenario, list[int]]:
    """The network that is to be surveyed, and the months in which it is."""
    if len(studies) != 1:
        raise RequestError(
            "observed", f"--waves plans the survey of one network, and {len(studies)} studies are given; name one"
        )
    scenario = studies[0].scenario
    months = read_months("waves", waves, scenario)
    return (scenario if members is None else scenarios.replace(scenario, {"network.members": members})), months


def _months(months: Sequence[int]) -> str:
    return "month " + str(months[0]) if len(months) == 1 else "months " + ", ".join(map(str, months))
