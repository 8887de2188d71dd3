"""What the JSON documents of all commands have in common: plain values, missing ones null, never NaN."""

import re
from collections.abc import Sequence
from math import isfinite
from typing import Annotated, Any, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from results.words.likelihood import DirectionWord
from results.words.schema import Count, Number
from results.words.varying import UNCERTAIN, between_points
from scenarios import Posterior, Scenario
from scenarios.designs.design import Design
from scenarios.designs.factors import SCENARIO
from scenarios.schema.funders import plain_value
from scenarios.schema.keys import FUNDER, KEYS, OF_ANOTHER
from simulation.outcomes import NAMES

Document = dict[str, Any]
_OWN = {"pattern": "^[a-z][a-z0-9_]{0,59}$", "description": "an outcome of one's own, which --outcomes FILE names"}
OutcomeName = Annotated[str, Field(json_schema_extra={"anyOf": [{"enum": list(NAMES)}, _OWN]})]
"""A shipped outcome, or one of one's own."""
_OF_ANOTHER = {"pattern": rf"^{FUNDER}\.[^.=]+\.({'|'.join(map(re.escape, OF_ANOTHER))})$"}
"""A key of a funder after the first, by its name."""
KeyName = Annotated[str, Field(json_schema_extra={"anyOf": [{"enum": list(KEYS)}, _OF_ANOTHER]})]
FactorName = Annotated[str, Field(json_schema_extra={"anyOf": [{"enum": [SCENARIO, *KEYS]}, _OF_ANOTHER]})]
"""A key of a scenario, or which scenario it is."""


class IntervalDocument(TypedDict):
    """A mean and its 95 % interval."""

    mean: Number
    low: Number
    high: Number


class EstimateDocument(IntervalDocument):
    """An average over networks, with what is known of it."""

    spread_low: NotRequired[Number]
    spread_high: NotRequired[Number]
    replicates: NotRequired[Count]
    missing: NotRequired[Count]


Outcomes = Annotated[dict[OutcomeName, EstimateDocument], Field(min_length=1)]
"""Estimates by outcome."""


class DifferenceDocument(IntervalDocument):
    """One outcome of a scenario less the baseline's."""

    scenario: str
    outcome: OutcomeName
    probability_greater: Annotated[float | None, Field(ge=0, le=1)]
    variance_ratio: Annotated[float | None, Field(ge=0)]
    more_replicates: NotRequired[Count | None]
    replicates: Count
    missing: Count
    higher: Annotated[
        Count, Field(description="pairs, of networks or of futures, in which the scenario's outcome is higher")
    ]
    equal: Annotated[Count, Field(description="pairs in which both are equal")]
    lower: Annotated[Count, Field(description="pairs in which it is lower")]
    level: Annotated[NotRequired[Number], Field(description="average of the scenario over the pairs behind the mean")]
    baseline_level: Annotated[NotRequired[Number], Field(description="average of the baseline over the same pairs")]
    same_members: Annotated[
        NotRequired[bool],
        Field(
            description=("false: the networks have different members, and the same luck only for those that both have")
        ),
    ]
    chance_higher: Annotated[
        NotRequired[float | None],
        Field(ge=0, le=1, description="that the average is higher, over sets of parameters and luck"),
    ]
    direction: Annotated[
        NotRequired[DirectionWord | None], Field(description="the same in the words that every output uses")
    ]
    luck_share: Annotated[
        NotRequired[float | None],
        Field(ge=0, le=1, description="of the interval's variance, what more replicates would take away"),
    ]


ScenarioOutcomes = Annotated[dict[str, Outcomes], Field(min_length=2)]
"""Estimates by scenario and outcome, of two scenarios or more."""


class ParametersDocument(TypedDict):
    """How uncertain the parameters are."""

    posterior: Annotated[str | None, Field(description="what varies the keys over networks; null: they are fixed")]
    particles: Count
    particles_used: Annotated[
        NotRequired[Count], Field(description="of the particles, how many different ones the networks live with")
    ]
    keys: list[KeyName]
    varying: Annotated[NotRequired[Count], Field(description="of the keys, how many are uncertain quantities")]
    uncertain: Annotated[NotRequired[Count], Field(description="uncertain quantities there are, fixed or varying")]
    between: Annotated[
        NotRequired[list[KeyName]], Field(description="uncertain quantities that differ between points, futures")
    ]


def parameters_document(scenarios: Sequence[Scenario], replicates: int) -> ParametersDocument:
    """How uncertain the parameters are in so many replicates: the posterior, its particles, and keys that vary."""
    return _parameters([one.posterior for one in scenarios if one.posterior is not None], replicates)


def posterior_document(posterior: Posterior | None, replicates: int) -> ParametersDocument:
    """The same of one posterior, or of fixed values."""
    return _parameters([] if posterior is None else [posterior], replicates)


def _parameters(posteriors: Sequence[Posterior], replicates: int) -> ParametersDocument:
    keys = list(dict.fromkeys(key for one in posteriors for key in one.keys))
    return {
        "posterior": posteriors[0].name if posteriors else None,
        "particles": len(posteriors[0]) if posteriors else 0,
        "particles_used": posteriors[0].in_use(replicates) if posteriors else 0,
        "keys": keys,
        "varying": len(UNCERTAIN.intersection(keys)),
        "uncertain": len(UNCERTAIN),
    }


def listed(value: Any) -> Any:
    """A scenario's value as JSON has it: a list for a tuple, a table for a funder."""
    return plain_value(value)


def finite(value: Any) -> Any:
    """The value as JSON has it: null for nan and what is infinite, a table for a funder."""
    return None if isinstance(value, float) and not isfinite(value) else plain_value(value)


def design_parameters(design: Design, replicates: int) -> ParametersDocument:
    """The same of a design, with so many replicates of each point; `between`: what differs from point to point."""
    between = between_points(design)
    found = parameters_document(design.bases, replicates)
    return {**found, "between": list(between), "varying": len(UNCERTAIN.intersection([*between, *found["keys"]]))}
