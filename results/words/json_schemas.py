"""JSON Schemas (2020-12) that no type makes yet, of documents that the commands print; see `commands.json_schemas`."""

from results.words.document import Outcomes, ParametersDocument
from results.words.schema import Schema, schema_of

NUMBER: Schema = {"type": ["number", "null"]}
COUNT: Schema = {"type": "integer", "minimum": 0}
COUNT_OR_NULL: Schema = {"type": ["integer", "null"], "minimum": 0}
TEXT: Schema = {"type": "string"}
FOLDER: Schema = {"type": "string", "description": "the folder that holds everything about this run"}


def _object(required: dict[str, Schema], **optional: Schema) -> Schema:
    return {"type": "object", "required": list(required), "properties": {**required, **optional}}


OUTCOMES = schema_of(Outcomes)
PRECISION = _object(
    {
        "outcome": TEXT,
        "wanted": NUMBER,
        "reached": NUMBER,
        "replicates": COUNT,
        "needed": COUNT_OR_NULL,
        "is_reached": {"type": "boolean"},
    },
    whole={**NUMBER, "description": "widest interval as printed, with what is not known of the parameters"},
    parameters={**NUMBER, "description": "how wide that alone makes one, however many networks; 0: parameters fixed"},
    stopped={"type": "boolean", "description": "given up, for parameters alone carry more than is wanted"},
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
    same_members={
        "type": "boolean",
        "description": "false: the networks have different members, and the same luck only for those that both have",
    },
    higher={**COUNT, "description": "pairs, of networks or of futures, in which the scenario's outcome is higher"},
    equal={**COUNT, "description": "pairs in which both are equal"},
    lower={**COUNT, "description": "pairs in which it is lower"},
    level={**NUMBER, "description": "average of the scenario over the pairs behind the mean"},
    baseline_level={**NUMBER, "description": "average of the baseline over the same pairs"},
)
PARAMETERS = schema_of(ParametersDocument)
OBSERVED: Schema = {
    "type": "object",
    "description": "what was observed of the network, by outcome; empty where nothing was",
    "additionalProperties": _object(
        {"value": NUMBER, "source": TEXT}, month=COUNT, low=NUMBER, high=NUMBER, successes=COUNT, of=COUNT
    ),
}
COMPARE = _object(
    {
        "baseline": TEXT,
        "seed": COUNT,
        "replicates": COUNT,
        "scenarios": {"type": "object", "minProperties": 2, "additionalProperties": OUTCOMES},
        "differences": {"type": "array", "items": DIFFERENCE},
        "parameters": PARAMETERS,
        "observed": {"type": "object", "description": "by scenario", "additionalProperties": OBSERVED},
    },
    precision=PRECISION,
    run_folder=FOLDER,
)
MEAN = _object({"mean": NUMBER, "low": NUMBER, "high": NUMBER})
STANDING = _object(
    {
        "scenario": TEXT,
        "average": MEAN,
        "worst_tenth": NUMBER,
        "worst": NUMBER,
        "regret": MEAN,
        "most_regret": NUMBER,
        "best": NUMBER,
        "meets": {"anyOf": [MEAN, {"type": "null"}]},
    },
    best_alone={**COUNT, "description": "futures in which every other plan does worse"},
    best_tied={**COUNT, "description": "futures in which no plan does better, and another as well"},
    met={**COUNT_OR_NULL, "description": "futures that meet the threshold"},
)
ROBUSTNESS = _object(
    {
        "outcome": TEXT,
        "less_is_better": {"type": "boolean"},
        "threshold": {
            "anyOf": [_object({"value": NUMBER, "side": {"enum": ["at least", "at most"]}}), {"type": "null"}]
        },
        "chosen": TEXT,
        "left_out": COUNT,
        "luck": NUMBER,
        "plans": {"type": "array", "items": STANDING},
    }
)
WORTH = _object(
    {"key": TEXT, "worth": NUMBER, "changes": NUMBER, "p": NUMBER, "is_clear": {"type": "boolean"}},
    changed={**COUNT, "description": "futures in which another plan would be chosen"},
)
OVER = _object(
    {
        "baseline": TEXT,
        "seed": COUNT,
        "replicates": {"type": "integer", "description": "networks of each scenario in each future"},
        "futures": _object(
            {
                "name": TEXT,
                "title": TEXT,
                "count": COUNT,
                "keys": {"type": "array", "items": TEXT},
                "settled": {"type": "array", "items": TEXT},
            }
        ),
        "scenarios": {"type": "object", "minProperties": 2, "additionalProperties": OUTCOMES},
        "differences": {"type": "array", "items": DIFFERENCE},
        "robustness": {"type": "array", "items": ROBUSTNESS},
        "worth_knowing": {
            "type": "array",
            "items": _object(
                {"outcome": TEXT, "everything": NUMBER, "chosen": TEXT, "keys": {"type": "array", "items": WORTH}}
            ),
        },
    },
    parameters=PARAMETERS,
    run_folder=FOLDER,
)
RUN = _object(
    {
        "scenario": TEXT,
        "seed": COUNT,
        "replicates": COUNT,
        "outcomes": OUTCOMES,
        "parameters": PARAMETERS,
        "observed": OBSERVED,
    },
    precision=PRECISION,
    run_folder=FOLDER,
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
SHOW_ODD = _object(
    {
        "scenario": TEXT,
        "base": {"type": ["string", "null"], "description": "what it extends; null: the defaults"},
        "question": TEXT,
        "base_question": {"type": ["string", "null"]},
        "changed": {
            "type": "array",
            "items": _object(
                {
                    **dict.fromkeys(("key", "unit", "text", "source"), TEXT),
                    "before": {},
                    "after": {},
                    "element": {"type": "integer", "minimum": 1, "maximum": 7},
                }
            ),
        },
        "mechanisms": {
            "type": "array",
            "items": _object(
                {
                    "id": TEXT,
                    "title": TEXT,
                    "state": {"enum": ["switched on", "switched off", "changed"]},
                    "keys": {"type": "array", "items": TEXT, "minItems": 1},
                },
                standing={"enum": ["no study", "designers say so", "direction", "size"]},
            ),
        },
        "unchanged": {"type": "array", "items": TEXT},
    }
)
SHOW = _object(
    {
        "scenario": TEXT,
        "title": TEXT,
        "question": TEXT,
        "values": {"type": "array", "items": VALUE},
        "observed": OBSERVED,
    }
)

LEVEL: Schema = {"type": ["number", "string", "boolean"]}
FACTOR = _object(
    {"key": TEXT}, low=NUMBER, high=NUMBER, whole={"type": "boolean"}, levels={"type": "array", "items": LEVEL}
)
_ASKED: dict[str, Schema] = {
    "notes": {"type": "array", "items": TEXT, "description": "factors that stop short of their end, or have no effect"},
    "scenarios": {"type": "array", "items": TEXT, "minItems": 1},
    "design": {"enum": ["grid", "lhs", "sobol", "morris"]},
    "vary": {"type": "array", "items": FACTOR, "minItems": 1},
    "seed": COUNT,
    "points": COUNT,
    "replicates": COUNT,
    "parameters": PARAMETERS,
}
INTERVAL = _object({"mean": NUMBER, "low": NUMBER, "high": NUMBER})
EFFECT_PART = _object({"name": TEXT, "mean": NUMBER}, low=NUMBER, high=NUMBER)
SWEEP = _object(
    {
        **_ASKED,
        "failed": COUNT,
        "effects": {
            "type": "array",
            "items": _object(
                {
                    "outcome": TEXT,
                    "key": TEXT,
                    "basis": {"enum": ["all", "balanced", "model", "none"]},
                    "points": COUNT,
                    "fit": NUMBER,
                    "parts": {"type": "array", "items": EFFECT_PART},
                }
            ),
        },
        "rows": {
            "type": "array",
            "items": _object(
                {
                    "point": COUNT,
                    "values": {"type": "object", "additionalProperties": LEVEL},
                    "error": {"type": ["string", "null"]},
                    "outcomes": {"type": "object", "additionalProperties": INTERVAL},
                }
            ),
        },
    },
    run_folder=FOLDER,
)
SHARE = _object({"share": NUMBER, "low": NUMBER, "high": NUMBER})
SPLIT: Schema = {
    **_object({"variance": NUMBER, "parameters": SHARE, "luck": SHARE, "both": SHARE, "left": NUMBER}),
    "type": ["object", "null"],
}
INDEX = _object({"key": TEXT, **dict.fromkeys(("first", "first_low", "first_high"), NUMBER)}, total=NUMBER)
EFFECT = _object({"key": TEXT, **dict.fromkeys(("mu", "mu_star", "mu_star_low", "mu_star_high", "sigma"), NUMBER)})
INTERACTION = _object({"one": TEXT, "other": TEXT, "second": NUMBER, "low": NUMBER, "high": NUMBER})
ANALYSIS = _object(
    {
        "variance": NUMBER,
        "size": COUNT,
        "ranking": {"type": "array", "items": TEXT},
        "split": SPLIT,
        "notes": {"type": "array", "items": TEXT},
    },
    indices={"type": "array", "items": INDEX},
    interactions={"type": "array", "items": INTERACTION},
    effects={"type": "array", "items": EFFECT},
)
SENSITIVITY = _object(
    {**_ASKED, "outcomes": {"type": "object", "minProperties": 1, "additionalProperties": ANALYSIS}},
    run_folder=FOLDER,
)
PLAN = _object(
    {
        **_ASKED,
        "plan": _object(
            {
                **dict.fromkeys(("points", "networks", "kept", "blocks", "contradictory", "bytes_on_disk"), COUNT),
                "seconds": NUMBER,
                "networks_a_second": NUMBER,
            },
            replicates=COUNT,
            looked_at={**COUNT, "description": "points looked at for contradictions"},
            workers={**COUNT, "description": "threads tried"},
            first_fault={**TEXT, "description": "what is wrong with the first point that contradicts itself, or empty"},
        ),
    }
)

_FREE: Schema = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
}
INFORMATION: Schema = {"enum": ["informed", "barely informed", "not informed"]}
CALIBRATE = _object(
    {
        "free": _FREE,
        **dict.fromkeys(("particles", "networks", "generations_at_most", "seed"), COUNT),
        "studies": {"type": "array", "items": TEXT},
        "finished": {"type": "boolean"},
        "parameters": {
            "type": "array",
            "items": _object(
                {
                    "key": TEXT,
                    **dict.fromkeys(("prior_low", "prior_high", "mean", "low", "high", "contraction"), NUMBER),
                    "word": INFORMATION,
                    "sentence": TEXT,
                },
                unit=TEXT,
            ),
        },
        "generations": {
            "type": "array",
            "items": _object({"number": COUNT, "temperature": NUMBER, "scored": COUNT, "effective": NUMBER}),
        },
    },
    posterior={"type": "string", "description": "the file that --posterior takes"},
    run_folder=FOLDER,
)
RECOVER = _object(
    {
        "free": _FREE,
        "data_sets": COUNT,
        "wanted": NUMBER,
        "by_luck_low": NUMBER,
        "by_luck_high": NUMBER,
        "parameters": {
            "type": "array",
            "items": _object({"key": TEXT, "coverage": NUMBER, "holds": {"type": "boolean"}}),
        },
    },
    run_folder=FOLDER,
)
LEARNABLE = _object(
    {
        "free": _FREE,
        "parameters": {
            "type": "array",
            "items": _object({"key": TEXT, "contraction": NUMBER, "word": INFORMATION}),
        },
    },
    seed=COUNT,
    waves={"type": "array", "items": COUNT},
    members=COUNT,
)
