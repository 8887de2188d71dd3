"""What `sweep` and `sensitivity` print with `--json`, and either with `--plan`; the types give their schemas."""

from collections.abc import Mapping, Sequence
from typing import Annotated, NotRequired, get_args

from pydantic import Field
from typing_extensions import TypedDict

from results.estimates.bounds import bounded
from results.estimates.main_effects import Basis, MainEffect, main_effects
from results.estimates.response import Response
from results.sweeping.analysis_document import AnalysisDocument, analysis_document
from results.sweeping.design_notes import design_notes
from results.sweeping.planning import Plan
from results.sweeping.sensitivity import Sensitivity
from results.words.document import (
    FactorName,
    IntervalDocument,
    OutcomeName,
    ParametersDocument,
    design_parameters,
    finite,
    listed,
)
from results.words.schema import Count, Folder, Number
from scenarios.designs.design import DesignKind
from scenarios.designs.factors import Factor
from simulation.running.campaign import Campaign

Level = bool | float | str
SweptKind = Annotated[
    DesignKind, Field(json_schema_extra={"enum": [one for one in get_args(DesignKind) if one != "futures"]})
]
"""Futures are judged by `compare --over`, which has a document of its own."""


class FactorDocument(TypedDict):
    """What is varied: a range has ends, and levels are listed."""

    key: FactorName
    low: NotRequired[Number]
    high: NotRequired[Number]
    whole: NotRequired[bool]
    levels: NotRequired[list[Level]]
    distribution: NotRequired[Annotated[str, Field(description="how likely values of a range are")]]
    weights: NotRequired[Annotated[list[Number], Field(description="how likely each level is")]]


class CorrelationDocument(TypedDict):
    """Two factors that go together."""

    keys: Annotated[list[FactorName], Field(min_length=2, max_length=2)]
    rank: Annotated[Number, Field(description="rank correlation that was asked for")]


class DesignDocument(TypedDict):
    """Which points were asked for, and once they are run, where."""

    scenarios: Annotated[list[str], Field(min_length=1)]
    design: SweptKind
    vary: Annotated[list[FactorDocument], Field(min_length=1)]
    where: NotRequired[Annotated[list[str], Field(description="constraints that hold at every point")]]
    correlate: NotRequired[list[CorrelationDocument]]
    together: NotRequired[Annotated[list[FactorName], Field(description="keys that come from rows of a table")]]
    share_allowed: NotRequired[Annotated[Number, Field(description="of the space, or of the points, by constraints")]]
    seed: Count
    points: Count
    replicates: Count
    parameters: ParametersDocument
    notes: Annotated[list[str], Field(description="factors that stop short of their end, or have no effect")]
    run_folder: NotRequired[Folder]


class PartDocument(IntervalDocument):
    """The mean over a part of a factor's range, or at one of its levels."""

    name: str


class MainEffectDocument(TypedDict):
    """What one factor does to one outcome."""

    outcome: OutcomeName
    key: FactorName
    basis: Basis
    points: Count
    fit: Number
    parts: list[PartDocument]


class PointDocument(TypedDict):
    """One point, with its error where it failed."""

    point: Count
    values: dict[FactorName, Level]
    error: str | None
    outcomes: dict[OutcomeName, IntervalDocument]


class SweepDocument(DesignDocument):
    """What `sweep --json` prints."""

    failed: Count
    effects: list[MainEffectDocument]
    rows: list[PointDocument]


class SensitivityDocument(DesignDocument):
    """What `sensitivity --json` prints."""

    outcomes: Annotated[dict[OutcomeName, AnalysisDocument], Field(min_length=1)]


class PlanDocument(TypedDict):
    """What a design will take."""

    points: Count
    replicates: Count
    networks: Count
    kept: Count
    blocks: Count
    looked_at: Annotated[Count, Field(description="points looked at for contradictions")]
    contradictory: Count
    first_fault: Annotated[
        str, Field(description="what is wrong with the first point that contradicts itself, or empty")
    ]
    workers: Annotated[Count, Field(description="threads tried")]
    networks_a_second: Number
    seconds: Number
    bytes_on_disk: Count


class PlannedDocument(DesignDocument):
    """What `sweep --plan --json` and `sensitivity --plan --json` print."""

    plan: PlanDocument


def sweep_document(campaign: Campaign, responses: Sequence[Response], failures: Mapping[int, str]) -> SweepDocument:
    """Design, main effects, and a row for every point.

    Args:
        campaign: what was run.
        responses: an outcome each.
        failures: number of a point -> its error.
    """
    return {
        **_design(campaign),
        "failed": len(failures),
        "effects": [
            _main_effect(response.outcome, effect) for response in responses for effect in main_effects(response)
        ],
        "rows": [_row(campaign, responses, point, failures.get(point)) for point in range(len(campaign.design))],
    }


def sensitivity_document(campaign: Campaign, analyses: Sequence[Sensitivity]) -> SensitivityDocument:
    """Indices of every outcome analysed."""
    return {**_design(campaign), "outcomes": {one.outcome: analysis_document(one) for one in analyses}}


def plan_document(campaign: Campaign, plan: Plan) -> PlannedDocument:
    """What a sweep will take."""
    return {**_design(campaign), "plan": _plan(plan)}


def _design(campaign: Campaign) -> DesignDocument:
    design = campaign.design
    found: DesignDocument = {
        "scenarios": [base.name for base in design.bases],
        "design": design.kind,
        "vary": [_factor(factor) for factor in design.factors],
        "seed": campaign.seed,
        "points": len(design),
        "replicates": campaign.replicates,
        "parameters": design_parameters(design, campaign.replicates),
        "notes": design_notes(design),
    }
    if design.binding.where:
        found["where"], found["share_allowed"] = list(design.binding.where), design.binding.share
    if design.binding.correlate:
        found["correlate"] = [{"keys": [one, other], "rank": rank} for one, other, rank in design.binding.correlate]
    if design.binding.together:
        found["together"] = list(design.binding.together)
    return found


def _factor(one: Factor) -> FactorDocument:
    found: FactorDocument
    if one.levels:
        found = {"key": one.key, "levels": [listed(level) for level in one.levels]}
        if one.weights:
            found["weights"] = list(one.weights)
        return found
    found = {"key": one.key, "low": one.low, "high": one.high, "whole": one.whole}
    if one.distribution is not None:
        found["distribution"] = str(one.distribution)
    return found


def _row(campaign: Campaign, responses: Sequence[Response], point: int, error: str | None) -> PointDocument:
    return {
        "point": point,
        "values": {key: listed(value) for key, value in campaign.design.values(point).items()},
        "error": error,
        "outcomes": {one.outcome: _at(one, point) for one in responses},
    }


def _at(response: Response, point: int) -> IntervalDocument:
    mean, half = float(response.mean[point]), float(response.half[point])
    return _interval(mean, *bounded(response.outcome, mean - half, mean + half))


def _interval(mean: float, low: float, high: float) -> IntervalDocument:
    return {"mean": finite(mean), "low": finite(low), "high": finite(high)}


def _main_effect(outcome: str, one: MainEffect) -> MainEffectDocument:
    parts = zip(one.parts.names, one.mean.tolist(), one.low.tolist(), one.high.tolist(), strict=True)
    return {
        "outcome": outcome,
        "key": one.parts.factor.key,
        "basis": one.basis,
        "points": one.points,
        "fit": one.fit if one.basis == "model" else None,
        "parts": [
            {"name": name, "mean": finite(mean), "low": finite(low), "high": finite(high)}
            for name, mean, low, high in parts
        ],
    }


def _plan(one: Plan) -> PlanDocument:
    return {
        "points": one.points,
        "replicates": one.replicates,
        "networks": one.networks,
        "kept": one.kept,
        "blocks": one.blocks,
        "looked_at": one.looked_at,
        "contradictory": one.contradictory,
        "first_fault": one.first_fault,
        "workers": one.workers,
        "networks_a_second": finite(one.networks_a_second),
        "seconds": finite(one.seconds),
        "bytes_on_disk": one.bytes_on_disk,
    }
