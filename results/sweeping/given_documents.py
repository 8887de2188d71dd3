"""The sensitivity of a finished run as JSON, with its types."""

from collections.abc import Sequence
from typing import Annotated, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from results.sweeping.emulator import Emulated, EmulatedIndex
from results.sweeping.given_analysis import GivenAnalysis
from results.sweeping.given_data import Influence, Reach
from results.sweeping.given_inputs import RunPoints
from results.words.document import FactorName, OutcomeName, finite
from results.words.schema import Count, Folder, Number


class ReachDocument(TypedDict):
    """One measure of one input."""

    value: Number
    low: Annotated[Number, Field(description="of the 95 % interval")]
    high: Number
    nothing: Annotated[Number, Field(description="what the best of all inputs, shuffled, reaches in 1 of 20 shuffles")]
    is_clear: Annotated[bool, Field(description="whether it is more than that")]


class InfluenceDocument(TypedDict):
    """What one input does to an outcome."""

    key: FactorName
    delta: ReachDocument
    pawn: ReachDocument
    first: Annotated[ReachDocument, Field(description="share of the variance, without luck, by RBD-FAST")]
    lowest: Annotated[
        ReachDocument, Field(description="regional: the quarter with the lowest outcomes against all others")
    ]
    highest: Annotated[ReachDocument, Field(description="regional: the quarter with the highest outcomes")]


class LuckDocument(TypedDict):
    """What luck makes of it."""

    between_points: Annotated[Number, Field(description="share of the variance between points")]
    between_networks: Annotated[Number, Field(description="share of the variance between single networks")]


class EmulatedIndexDocument(TypedDict):
    """First and total effect of one input, or of a group of them."""

    key: Annotated[str, Field(description="of the input, or what the group is about")]
    keys: Annotated[Count, Field(description="inputs in it")]
    first: Number
    first_low: Number
    first_high: Number
    total: Number
    total_low: Number
    total_high: Number


class EmulatedDocument(TypedDict):
    """First and total effects by an emulator."""

    kind: str
    explained: Annotated[Number, Field(description="share of the variance of held-out points that it predicts")]
    possible: Annotated[Number, Field(description="share that could be explained; the rest is luck")]
    is_enough: Annotated[
        bool, Field(description="whether that is half of what could be or more; else no index is given")
    ]
    together: Annotated[Number, Field(description="greatest rank correlation between two inputs, taken as independent")]
    indices: list[EmulatedIndexDocument]
    groups: list[EmulatedIndexDocument]


class GivenAnalysisDocument(TypedDict):
    """What matters for one outcome, of one plan or of the difference between two."""

    outcome: OutcomeName
    of: Annotated[str, Field(description="the plan, or the plan less the baseline; empty where there is one only")]
    points: Count
    missing: Annotated[Count, Field(description="points without a value, left out")]
    networks: Annotated[Count, Field(description="at each point, at the most")]
    luck: LuckDocument | None
    inputs: list[InfluenceDocument]
    still: Annotated[list[FactorName], Field(description="inputs that do not vary")]
    why_not: Annotated[str, Field(description="why nothing can be said; empty where it can")]
    emulator: EmulatedDocument | None


class GivenDocument(TypedDict):
    """What matters in a run that was not designed for the question."""

    run: str
    command: Annotated[str, Field(description="that filled the folder")]
    scenarios: Annotated[list[str], Field(min_length=1)]
    seed: Count
    points: Count
    analyses: Annotated[list[GivenAnalysisDocument], Field(min_length=1)]
    left_out: Annotated[list[str], Field(description="keys that vary in some of the plans only")]
    run_folder: NotRequired[Folder]


def given_document(run: RunPoints, found: Sequence[GivenAnalysis]) -> GivenDocument:
    """An analysis for each outcome and plan of the folder that was read."""
    return {
        "run": str(run.path),
        "command": run.manifest.command,
        "scenarios": [base.name for base in run.bases],
        "seed": run.seed,
        "points": len(run.inputs),
        "analyses": [_analysis(one) for one in found],
        "left_out": list(run.left_out),
    }


def _analysis(one: GivenAnalysis) -> GivenAnalysisDocument:
    has_luck = one.left is not None and one.single is not None
    return {
        "outcome": one.outcome,
        "of": one.of,
        "points": one.points,
        "missing": one.missing,
        "networks": one.networks,
        "luck": {"between_points": one.left, "between_networks": one.single} if has_luck else None,
        "inputs": [_influence(influence) for influence in one.influences],
        "still": list(one.still),
        "why_not": one.why_not,
        "emulator": None if one.emulated is None else _emulated(one.emulated),
    }


def _emulated(one: Emulated) -> EmulatedDocument:
    return {
        "kind": one.kind,
        "explained": finite(one.explained),
        "possible": finite(one.possible),
        "is_enough": one.is_enough,
        "together": finite(one.together),
        "indices": [_index(index) for index in one.indices],
        "groups": [_index(index) for index in one.groups],
    }


def _index(one: EmulatedIndex) -> EmulatedIndexDocument:
    return {
        "key": one.key,
        "keys": one.keys,
        "first": finite(one.first),
        "first_low": finite(one.first_low),
        "first_high": finite(one.first_high),
        "total": finite(one.total),
        "total_low": finite(one.total_low),
        "total_high": finite(one.total_high),
    }


def _influence(one: Influence) -> InfluenceDocument:
    by = one.by
    return {
        "key": one.key,
        "delta": _reach(by["delta"]),
        "pawn": _reach(by["pawn"]),
        "first": _reach(by["first"]),
        "lowest": _reach(by["lowest"]),
        "highest": _reach(by["highest"]),
    }


def _reach(one: Reach) -> ReachDocument:
    return {
        "value": finite(one.value),
        "low": finite(one.low),
        "high": finite(one.high),
        "nothing": finite(one.nothing),
        "is_clear": one.is_clear,
    }
