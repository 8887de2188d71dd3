"""JSON Schemas (2020-12) of what the commands print with `--json`. Keys named here stay; further keys may come."""

from collections.abc import Mapping

from results.apportioning.documents import PortfolioDocument
from results.calibrating.documents import CalibrateDocument, PlanDocument, RecoverDocument
from results.checking.documents import CheckDocument
from results.commands.export import ExportDocument
from results.commands.new import NewDocument
from results.commands.new_preview import PreviewDocument
from results.commands.report import ReportDocument
from results.commands.sensitivity_of_run import GivenRunDocument
from results.commands.sweep import SweptDocument
from results.commands.sweep_so_far import SoFarDocument
from results.comparing.documents import CompareDocument, RunDocument, ScenariosDocument, ShowDocument
from results.deciding.documents import OverDocument
from results.describing.documents import DescribeDocument
from results.discovering.documents import DiscoverDocument
from results.emulating.documents import EmulateDocument
from results.exiting.documents import ExitDocument
from results.explaining.documents import ExplainDocument
from results.forecasting.documents import ForecastDocument, ScoreDocument
from results.introducing.documents import IntroduceDocument
from results.members.documents import MembersDocument
from results.optimising.documents import OptimiseDocument
from results.reproducing.documents import ReproduceDocument
from results.robust_search.documents import RobustDocument
from results.robust_search.planning import RobustPlanDocument
from results.sweeping.documents import PlannedDocument, SensitivityDocument
from results.tracking.documents import TrackDocument
from results.verifying.documents import VerifyDocument
from results.words.delta_odd import DeltaDocument
from results.words.schema import Schema, schema_of

BY_COMMAND: Mapping[str, Schema] = {
    "compare": schema_of(CompareDocument),
    "compare --over": schema_of(OverDocument),
    "explain": schema_of(ExplainDocument),
    "run": schema_of(RunDocument),
    "scenarios": schema_of(ScenariosDocument),
    "show": schema_of(ShowDocument),
    "show --odd": schema_of(DeltaDocument),
    "members": schema_of(MembersDocument),
    "describe": schema_of(DescribeDocument),
    "export": schema_of(ExportDocument),
    "new": schema_of(NewDocument),
    "new --preview": schema_of(PreviewDocument),
    "sweep": schema_of(SweptDocument),
    "sweep RUN": schema_of(SoFarDocument),
    "sweep --plan": schema_of(PlannedDocument),
    "sensitivity": schema_of(SensitivityDocument),
    "sensitivity RUN": schema_of(GivenRunDocument),
    "sensitivity --plan": schema_of(PlannedDocument),
    "verify": schema_of(VerifyDocument),
    "reproduce": schema_of(ReproduceDocument),
    "report": schema_of(ReportDocument),
    "check": schema_of(CheckDocument),
    "calibrate": schema_of(CalibrateDocument),
    "optimise": schema_of(OptimiseDocument),
    "optimise --over": schema_of(RobustDocument),
    "optimise --plan": schema_of(RobustPlanDocument),
    "portfolio": schema_of(PortfolioDocument),
    "exit": schema_of(ExitDocument),
    "emulate": schema_of(EmulateDocument),
    "discover": schema_of(DiscoverDocument),
    "forecast": schema_of(ForecastDocument),
    "score": schema_of(ScoreDocument),
    "track": schema_of(TrackDocument),
    "introduce": schema_of(IntroduceDocument),
    "calibrate --recover": schema_of(RecoverDocument),
    "calibrate --plan": schema_of(PlanDocument),
}
"""Command -> schema of its document."""
