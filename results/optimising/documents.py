"""The best use of a budget as a JSON document, and as tables to keep."""

from typing import Annotated, Any, Literal, NotRequired

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from results.comparing.conversions import ConversionDocument
from results.estimates.comparison import Difference, Estimate
from results.estimates.intervals import Interval
from results.folders.parquet import Columns
from results.optimising.final import Finalist, Optimum, money
from results.optimising.kind_words import kind_words
from results.optimising.objective import COST, NET
from results.optimising.search import Question
from results.optimising.turning import turning
from results.words.document import (
    Document,
    EstimateDocument,
    IntervalDocument,
    OutcomeName,
    Outcomes,
    ParametersDocument,
    finite,
    listed,
    parameters_document,
)  # fmt: skip
from results.words.schema import Count, Folder, Keys, Number
from scenarios import to_dict
from simulation.outcomes import COST_PARTS
from simulation.own_outcomes.catalogue import outcomes_of


class LeadDocument(IntervalDocument):
    """By how much the winner is ahead in an outcome."""

    outcome: str


class FinalistDocument(TypedDict):
    """A use of the budget, on luck that chose none of them."""

    candidate: Count
    levers: Annotated[dict[str, Any], Field(min_length=1)]
    outcomes: Outcomes
    net_value: Annotated[NotRequired[EstimateDocument], Field(description="only where values are given")]
    cost: EstimateDocument
    money: Annotated[dict[str, Number], Field(description="share of the whole cost")]
    share_over_budget: Annotated[float, Field(ge=0, le=1)]
    surely_over_budget: bool
    winner_less_this: Annotated[
        list[LeadDocument],
        Field(description="none for the winner; intervals that hold for all finalists at a time"),
    ]
    like_the_winner: bool
    on_front: bool
    kind: NotRequired[str]
    searched: dict[str, Number]


class KindDocument(TypedDict):
    """Finalists of one kind between which no difference is clear."""

    kind: Annotated[str, Field(description="of each lever in kinds_by: none of it, or which third of what was allowed")]
    candidates: Annotated[list[Count], Field(min_length=1, description="the best of them first")]
    levers: Annotated[dict[str, list[Any]], Field(description="values that they have")]
    like_the_winner: Annotated[bool, Field(description="whether one of them is not clearly behind the winner")]


class MovedDocument(TypedDict):
    """A lever that the winner has otherwise than planned, set back with the same luck."""

    lever: str
    value: Any
    planned: Any
    winner_less_back: Annotated[list[LeadDocument], Field(description="of each outcome; none if it could not be run")]
    cost: Annotated[IntervalDocument | None, Field(description="what it costs by itself; null if it could not be run")]
    free: Annotated[
        bool, Field(description="whether it moves the cost by less than 1 % of the budget, and surely adds no more")
    ]


class PartDocument(IntervalDocument):
    """What some levers make of the winner's difference from the plan in the first outcome."""

    levers: Keys
    free: bool


class TurnDocument(TypedDict):
    """Where another kind of plan overtakes the winner as one value moves and the others stay."""

    outcome: OutcomeName
    side: Annotated[Literal["below", "above"], Field(description="of the value given, where the other is the better")]
    at: float
    low: Annotated[Number, Field(description="null where the interval has no end")]
    high: Number
    candidate: Count


class SeedsDocument(TypedDict):
    """The luck of each stage."""

    search: Count
    choice: Count
    report: Count


class OptimiseDocument(TypedDict):
    """What `optimise --json` prints."""

    scenario: str
    budget: Annotated[float, Field(gt=0)]
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$", description="what all amounts are in, an ISO 4217 code")]
    price_year: Annotated[int, Field(description="year of the prices")]
    outcomes: Annotated[list[str], Field(min_length=1)]
    seed: Count
    trials: Count
    replicates: Count
    final: Count
    levers: Keys
    seeds: SeedsDocument
    candidates: Count
    failed: Count
    within_budget: Count
    winner: FinalistDocument
    planned: FinalistDocument
    finalists: Annotated[list[FinalistDocument], Field(min_length=1)]
    front: list[Count]
    kinds_by: Annotated[NotRequired[Keys], Field(description="levers by which plans are told apart in kind")]
    kinds: Annotated[NotRequired[list[KindDocument]], Field(min_length=1, description="the winner's first")]
    worth: Annotated[
        NotRequired[dict[OutcomeName, float]],
        Field(description="what one more of each outcome is worth; of a share, one percentage point"),
    ]
    converted: Annotated[
        NotRequired[list[ConversionDocument]], Field(description="amounts that were given in another currency")
    ]
    turns: Annotated[NotRequired[list[TurnDocument]], Field(description="only where values are given")]
    moved: Annotated[NotRequired[list[MovedDocument]], Field(description="intervals hold for all levers at a time")]
    parts: Annotated[
        NotRequired[list[PartDocument]],
        Field(description="Shapley values: of each free lever, then of all others together; none where none is free"),
    ]
    optimism: Annotated[
        Number,
        Field(description="by how much the search flattered its best candidate, in the first outcome's unit"),
    ]
    parameters: ParametersDocument
    run_folder: NotRequired[Folder]


def inputs_of(asked: Question, engine: str) -> Document:
    """Everything that the results depend on, as JSON values."""
    return {
        "command": "optimise",
        "engine": engine,
        "budget": asked.budget,
        "outcomes": list(asked.outcomes),
        "seed": asked.seed,
        "trials": asked.trials,
        "replicates": asked.replicates,
        "final": asked.final,
        "levers": [lever.describe() for lever in asked.levers],
        **({"worth": {one.outcome: one.amount for one in asked.worths}} if asked.worths else {}),
        **({"converted": [one.document() for one in asked.converted]} if asked.converted else {}),
        **({"kinds_by": list(asked.kinds.keys)} if asked.kinds else {}),
        "scenarios": {asked.scenario.name: to_dict(asked.scenario)},
    }


def optimise_document(found: Optimum) -> OptimiseDocument:
    """The best use of the budget, without the folder."""
    asked = found.question
    alike = {one.number for one in found.alike}
    free = {one.key for one in found.moves.free}
    document: OptimiseDocument = {
        "scenario": asked.scenario.name,
        "budget": asked.budget,
        "currency": asked.scenario.costs.currency,
        "price_year": asked.scenario.costs.price_year,
        "outcomes": list(asked.outcomes),
        "seed": asked.seed,
        "trials": asked.trials,
        "replicates": asked.replicates,
        "final": asked.final,
        "levers": [lever.key for lever in asked.levers],
        "seeds": {
            "search": asked.luck("search").seed,
            "choice": asked.luck("choice").seed,
            "report": asked.luck("report").seed,
        },
        "candidates": len(found.candidates),
        "failed": sum(one.ensemble is None for one in found.candidates),
        "within_budget": sum(one.is_feasible(asked) for one in found.candidates),
        "winner": _finalist(found, found.winner, alike),
        "planned": _finalist(found, found.planned, alike),
        "finalists": [_finalist(found, one, alike) for one in found.finalists],
        "front": [one.number for one in found.front],
        "kinds_by": list(found.kinds.keys),
        "kinds": [
            {
                "kind": kind_words(found.kinds, group.kind),
                "candidates": [one.number for one in group.members],
                "levers": {
                    lever.key: [*dict.fromkeys(listed(one.report.values[lever.key]) for one in group.members)]
                    for lever in asked.levers
                },
                "like_the_winner": any(one.number in alike for one in group.members),
            }
            for group in found.groups
        ],
        "moved": [
            {
                "lever": one.key,
                "value": listed(one.value),
                "planned": listed(one.planned),
                "winner_less_back": [_lead(lead) for lead in one.gains],
                "cost": _interval(one.cost) if one.cost else None,
                "free": one.is_free,
            }
            for one in found.moves.moved
        ],
        "parts": [
            {"levers": list(part.keys), "free": part.keys[0] in free, **_interval(part.amount)}
            for part in found.moves.parts
        ],
        "optimism": finite(found.optimism),
        "parameters": parameters_document([asked.scenario], asked.final),
    }
    if asked.worths:
        document["worth"] = {one.outcome: one.amount for one in asked.worths}
        document["turns"] = _turns(found)
    if asked.converted:
        document["converted"] = [one.document() for one in asked.converted]
    return document


def candidate_columns(found: Optimum) -> Columns:
    """A row a candidate of each stage: values of the levers, every outcome, whether it keeps the budget, its error."""
    rows = [("search", one) for one in found.candidates]
    finalists = [*found.finalists, *([] if found.planned in found.finalists else [found.planned])]
    rows += [(stage, getattr(one, stage)) for stage in ("choice", "report") for one in finalists]
    rows += [("report", one) for one in found.moves.mixtures]
    columns: dict[str, Any] = {
        "stage": [stage for stage, _ in rows],
        "candidate": np.array([one.number for _, one in rows], dtype=np.int64),
    }
    for lever in found.question.levers:
        values = [one.values[lever.key] for _, one in rows]
        numbers = all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in values)
        columns[lever.key] = np.array(values, dtype=np.float64) if numbers else [str(value) for value in values]
    columns["within_budget"] = np.array([one.is_feasible(found.question) for _, one in rows], dtype=np.bool_)
    names = outcomes_of(found.question.scenario.outcomes).names
    names = (*names, NET) if found.question.worths else names
    columns |= {name: np.array([one.mean(name) for _, one in rows]) for name in names}
    columns["error"] = [one.error or None for _, one in rows]
    return columns


def _finalist(found: Optimum, one: Finalist, alike: set[int]) -> FinalistDocument:
    asked = found.question
    document: FinalistDocument = {
        "candidate": one.number,
        "levers": {key: listed(value) for key, value in one.report.values.items()},
        "outcomes": {outcome: _estimate(one.report.estimate(outcome)) for outcome in asked.shown},
        "cost": _estimate(one.report.estimate(COST)),
        "money": {part: finite(money(one.report)[part]) for part in COST_PARTS},
        "share_over_budget": found.share_over(one),
        "surely_over_budget": found.is_dear(one),
        "winner_less_this": [_lead(lead) for lead in one.differences],
        "like_the_winner": one.number in alike,
        "on_front": one.on_front,
        "kind": kind_words(found.kinds, found.kinds.of(one.report.values)),
        "searched": {outcome: finite(one.searched.mean(outcome)) for outcome in asked.outcomes},
    }
    if asked.worths:
        document["net_value"] = _estimate(one.report.estimate(NET))
    return document


def _turns(found: Optimum) -> list[TurnDocument]:
    return [
        {
            "outcome": one.outcome,
            "side": one.side,
            "at": one.at,
            "low": finite(one.low),
            "high": finite(one.high),
            "candidate": one.rival.number,
        }
        for one in turning(found).turns
    ]


def _lead(one: Difference) -> LeadDocument:
    return {"outcome": one.outcome, **_interval(one)}


def _estimate(one: Estimate) -> EstimateDocument:
    return {"mean": finite(one.mean), "low": finite(one.low), "high": finite(one.high)}


def _interval(one: Difference | Interval) -> IntervalDocument:
    return {"mean": finite(one.mean), "low": finite(one.low), "high": finite(one.high)}
