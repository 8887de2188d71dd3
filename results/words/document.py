"""What the JSON documents of all commands have in common: plain values, missing ones null, never NaN."""

from collections.abc import Sequence
from math import isfinite
from typing import Annotated, Any, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from results.words.schema import Count, Number
from results.words.varying import UNCERTAIN, between_points
from scenarios import Posterior, Scenario
from scenarios.designs.design import Design

Document = dict[str, Any]


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


Outcomes = Annotated[dict[str, EstimateDocument], Field(min_length=1)]
"""Estimates by outcome."""


class ParametersDocument(TypedDict):
    """How uncertain the parameters are."""

    posterior: Annotated[str | None, Field(description="what varies the keys over networks; null: they are fixed")]
    particles: Count
    particles_used: Annotated[
        NotRequired[Count], Field(description="of the particles, how many different ones the networks live with")
    ]
    keys: list[str]
    varying: Annotated[NotRequired[Count], Field(description="of the keys, how many are uncertain quantities")]
    uncertain: Annotated[NotRequired[Count], Field(description="uncertain quantities there are, fixed or varying")]
    between: Annotated[
        NotRequired[list[str]], Field(description="uncertain quantities that differ between points, futures")
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


def finite(value: Any) -> Any:
    """The value as JSON has it: null for nan and what is infinite."""
    return None if isinstance(value, float) and not isfinite(value) else value


def design_parameters(design: Design, replicates: int) -> ParametersDocument:
    """The same of a design, with so many replicates of each point; `between`: what differs from point to point."""
    between = between_points(design)
    found = parameters_document(design.bases, replicates)
    return {**found, "between": list(between), "varying": len(UNCERTAIN.intersection([*between, *found["keys"]]))}
