"""JSON Schemas (2020-12) of what the commands print with `--json`. Keys named here stay; further keys may come."""

from typing import Any

Schema = dict[str, Any]

NUMBER: Schema = {"type": ["number", "null"]}
COUNT: Schema = {"type": "integer", "minimum": 0}
COUNT_OR_NULL: Schema = {"type": ["integer", "null"], "minimum": 0}
TEXT: Schema = {"type": "string"}
FOLDER: Schema = {"type": "string", "description": "the folder that holds everything about this run"}


def _object(required: dict[str, Schema], **optional: Schema) -> Schema:
    return {"type": "object", "required": list(required), "properties": {**required, **optional}}


ESTIMATE = _object(
    {"mean": NUMBER, "low": NUMBER, "high": NUMBER},
    spread_low=NUMBER,
    spread_high=NUMBER,
    replicates=COUNT,
    missing=COUNT,
)
OUTCOMES: Schema = {"type": "object", "minProperties": 1, "additionalProperties": ESTIMATE}
PRECISION = _object(
    {
        "outcome": TEXT,
        "wanted": NUMBER,
        "reached": NUMBER,
        "replicates": COUNT,
        "needed": COUNT_OR_NULL,
        "is_reached": {"type": "boolean"},
    }
)
DIFFERENCE = _object(
    {
        "scenario": TEXT,
        "outcome": TEXT,
        "mean": NUMBER,
        "low": NUMBER,
        "high": NUMBER,
        "probability_greater": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
        "variance_ratio": {"type": ["number", "null"], "minimum": 0},
    },
    more_replicates=COUNT_OR_NULL,
    replicates=COUNT,
    missing=COUNT,
)
COMPARE = _object(
    {
        "baseline": TEXT,
        "seed": COUNT,
        "replicates": COUNT,
        "scenarios": {"type": "object", "minProperties": 2, "additionalProperties": OUTCOMES},
        "differences": {"type": "array", "items": DIFFERENCE},
    },
    precision=PRECISION,
    run_folder=FOLDER,
)
RUN = _object(
    {"scenario": TEXT, "seed": COUNT, "replicates": COUNT, "outcomes": OUTCOMES}, precision=PRECISION, run_folder=FOLDER
)
SCENARIOS = _object({"scenarios": {"type": "array", "items": _object({"name": TEXT, "title": TEXT, "question": TEXT})}})
VALUE = _object(
    {
        "key": TEXT,
        "value": {},
        "unit": TEXT,
        "role": {"enum": ["lever", "uncertainty"]},
        "allowed": TEXT,
        "prior": {"type": ["array", "null"]},
        "text": TEXT,
        "source": {"type": "string", "pattern": "^(estimate|assumption)"},
    }
)
SHOW = _object({"scenario": TEXT, "title": TEXT, "question": TEXT, "values": {"type": "array", "items": VALUE}})
NEW = _object({"folder": TEXT, "files": {"type": "array", "items": TEXT}})

BY_COMMAND: dict[str, Schema] = {"compare": COMPARE, "run": RUN, "scenarios": SCENARIOS, "show": SHOW, "new": NEW}
"""Command -> schema of its document."""
