"""JSON Schemas (2020-12) of what the commands print with `--json`. Keys named here stay; further keys may come."""

from collections.abc import Mapping

from results.checking.documents import CheckDocument
from results.commands.export import ExportDocument
from results.commands.new import NewDocument
from results.commands.report import ReportDocument
from results.discovering.documents import DiscoverDocument
from results.explaining.documents import ExplainDocument
from results.optimising.documents import OptimiseDocument
from results.verifying.documents import VerifyDocument
from results.words import json_schemas as by_hand
from results.words.schema import Schema, schema_of

BY_COMMAND: Mapping[str, Schema] = {
    "compare": by_hand.COMPARE,
    "compare --over": by_hand.OVER,
    "explain": schema_of(ExplainDocument),
    "run": by_hand.RUN,
    "scenarios": by_hand.SCENARIOS,
    "show": by_hand.SHOW,
    "show --odd": by_hand.SHOW_ODD,
    "export": schema_of(ExportDocument),
    "new": schema_of(NewDocument),
    "sweep": by_hand.SWEEP,
    "sweep --plan": by_hand.PLAN,
    "sensitivity": by_hand.SENSITIVITY,
    "sensitivity --plan": by_hand.PLAN,
    "verify": schema_of(VerifyDocument),
    "report": schema_of(ReportDocument),
    "check": schema_of(CheckDocument),
    "calibrate": by_hand.CALIBRATE,
    "optimise": schema_of(OptimiseDocument),
    "discover": schema_of(DiscoverDocument),
    "calibrate --recover": by_hand.RECOVER,
    "calibrate --plan": by_hand.LEARNABLE,
}
"""Command -> schema of its document."""
