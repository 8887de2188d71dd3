"""A robust search as a JSON document, and as tables to keep."""

from math import isnan
from typing import Annotated, Any, Literal, NotRequired

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from results.comparing.conversions import ConversionDocument
from results.folders.parquet import Columns
from results.optimising.kind_words import kind_words
from results.optimising.objective import COST, sign
from results.robust_search import criteria
from results.robust_search.asked import Objective, RobustQuestion
from results.robust_search.criteria import CRITERIA, CriterionName
from results.robust_search.final import RobustFinalist, RobustOptimum
from results.robust_search.judging import met
from results.robust_search.plans import TriedPlan
from results.robust_search.score_words import as_shown
from results.robust_search.stages import STAGES
from results.robust_search.sureness import Score
from results.words.document import (
    Document,
    IntervalDocument,
    OutcomeName,
    ParametersDocument,
    design_parameters,
    finite,
    listed,
)
from results.words.schema import Count, Folder, Keys, Number
from results.words.varying import UNCERTAIN
from scenarios import to_dict

Criterion = Annotated[str, Field(json_schema_extra={"enum": list(CRITERIA)})]
COLUMNS: dict[CriterionName, str] = {
    "mean": "mean",
    "satisficing": "satisficing",
    "regret": "regret",
    "worst-tenth": "worst_tenth",
    "percentile": "percentile",
    "hurwicz": "hurwicz",
}
"""Ends of the columns of scores."""


class ObjectiveDocument(TypedDict):
    """What plans are judged by."""

    criterion: Criterion
    outcome: Annotated[str | None, Field(description="null: all bars at once")]
    bar: Annotated[str | None, Field(description="of satisficing; null: all bars at once, or another criterion")]


class ScoreDocument(ObjectiveDocument):
    """A plan by one of them, in the outcome's unit; regret is what is lost, satisficing a share of futures."""

    value: float
    low: Number
    high: Number
    winner_less_this: Annotated[
        NotRequired[IntervalDocument],
        Field(
            description="none for the winner; of what was searched for, intervals that hold for all finalists at a time"
        ),
    ]


class RobustFinalistDocument(TypedDict):
    """A plan in futures and luck that chose none of them."""

    candidate: Count
    levers: Annotated[dict[str, Any], Field(min_length=1)]
    kind: str
    scores: Annotated[list[ScoreDocument], Field(min_length=1)]
    cost: IntervalDocument
    expected_cost: Annotated[
        float, Field(description="over all futures drawn, by what the plan as it is costs in them")
    ]
    costs_more_than_winner: IntervalDocument
    within_budget: bool
    futures_over_budget: Count
    like_the_winner: bool
    on_front: bool


class PickDocument(ObjectiveDocument):
    """Which finalist would be chosen by one of them."""

    candidate: Count


class AgreementDocument(TypedDict):
    """How alike two criteria of the first outcome rank the plans of the search."""

    criteria: Annotated[list[Criterion], Field(min_length=2, max_length=2)]
    kendall_tau: Annotated[Number, Field(ge=-1, le=1, description="null: one of them tells no plans apart")]


class StageDocument(TypedDict):
    """Futures of a stage."""

    futures: Annotated[Count, Field(description="that were drawn")]
    left_out: Annotated[Count, Field(description="of them, because the plan as it is lacks an outcome there")]
    networks: Annotated[Count, Field(description="of each plan in each of them")]


class FailingDocument(TypedDict):
    """A region of futures in which a plan misses its bars, found in the futures of the choice."""

    candidate: Count
    where: Annotated[dict[str, Any], Field(description="limits by key: low and high, or levels")]
    misses: Annotated[Count, Field(description="futures of the report in it that miss")]
    futures: Annotated[Count, Field(description="futures of the report in it")]
    all_misses: Annotated[Count, Field(description="futures of the report that miss")]


class RobustDocument(TypedDict):
    """What `optimise --over --json` prints."""

    scenario: str
    budget: Annotated[float, Field(gt=0)]
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$", description="what all amounts are in, an ISO 4217 code")]
    price_year: Annotated[int, Field(description="year of the prices")]
    outcomes: Annotated[list[OutcomeName], Field(min_length=1)]
    bars: list[str]
    robust: Criterion
    objectives: Annotated[list[ObjectiveDocument], Field(min_length=1)]
    seed: Count
    trials: Count
    replicates: Count
    final: Count
    over: Annotated[dict[str, Any], Field(description="name and title of the futures, and the keys that differ")]
    stages: dict[Literal["pool", "search", "choice", "report"], StageDocument]
    levers: Keys
    candidates: Count
    failed: Annotated[Count, Field(description="plans that could not be run in every future")]
    within_budget: Count
    winner: RobustFinalistDocument
    planned: RobustFinalistDocument
    finalists: Annotated[list[RobustFinalistDocument], Field(min_length=1)]
    front: list[Count]
    kinds_by: Keys
    picks: list[PickDocument]
    agreement: list[AgreementDocument]
    optimism: Annotated[float, Field(description="by how much the search flattered its best plan, in the first score")]
    parameters: ParametersDocument
    regret_understated: Annotated[dict[OutcomeName, float], Field(description="about, in the outcome's unit")]
    converted: Annotated[
        NotRequired[list[ConversionDocument]], Field(description="amounts that were given in another currency")
    ]
    failing: Annotated[NotRequired[list[FailingDocument]], Field(description="only with bars")]
    run_folder: NotRequired[Folder]


def inputs_of(asked: RobustQuestion, engine: str) -> Document:
    """Everything that the results depend on, as JSON values."""
    futures = asked.futures
    return {
        "command": "optimise",
        "engine": engine,
        "budget": asked.budget,
        "outcomes": list(asked.outcomes),
        "bars": [bar.written for bar in asked.bars],
        "robust": asked.criterion,
        "seed": asked.seed,
        "trials": asked.trials,
        "search_futures": asked.searched,
        "replicates": asked.replicates,
        "final": asked.final,
        "futures": {
            "name": futures.name,
            "title": futures.title,
            "factors": [factor.describe() for factor in futures.factors],
            "again": list(futures.again),
            "stages": {
                name: {"shares": stage.shares.tolist(), "particles": list(stage.particles)}
                for name, stage in futures.stages.items()
            },
        },
        "levers": [lever.describe() for lever in asked.levers],
        **({"converted": [one.document() for one in asked.converted]} if asked.converted else {}),
        **({"kinds_by": list(asked.kinds.keys)} if asked.kinds else {}),
        "scenarios": {asked.scenario.name: to_dict(asked.scenario)},
    }


def robust_document(found: RobustOptimum) -> RobustDocument:
    """The answer, without the folder, and without where plans fail."""
    asked, searched = found.question, found.searched
    keys = asked.futures.keys
    stages: dict[Literal["pool", "search", "choice", "report"], StageDocument] = {}
    for name in STAGES:
        drawn, networks = len(asked.futures.stages[name]), asked.networks_in(name)
        stages[name] = {"futures": drawn, "left_out": found.left_out[name], "networks": networks}
    stages["search"] = {"futures": len(searched.place.futures), "left_out": 0, "networks": asked.replicates}
    document: RobustDocument = {
        "scenario": asked.scenario.name,
        "budget": asked.budget,
        "currency": asked.scenario.costs.currency,
        "price_year": asked.scenario.costs.price_year,
        "outcomes": list(asked.outcomes),
        "bars": [bar.written for bar in asked.bars],
        "robust": asked.criterion,
        "objectives": [_objective(one) for one in asked.objectives],
        "seed": asked.seed,
        "trials": asked.trials,
        "replicates": asked.replicates,
        "final": asked.final,
        "over": {
            "name": asked.futures.name,
            "title": asked.futures.title,
            "keys": list(keys),
            "varying": len(UNCERTAIN.intersection(keys)),
            "uncertain": len(UNCERTAIN),
            "come_again": list(asked.futures.again),
        },
        "stages": stages,
        "levers": [lever.key for lever in asked.levers],
        "candidates": len(searched.plans),
        "failed": sum(not one.is_whole for one in searched.plans),
        "within_budget": sum(one.keeps(asked.budget) for one in searched.plans),
        "winner": _finalist(found, found.winner),
        "planned": _finalist(found, found.planned),
        "finalists": [_finalist(found, one) for one in found.finalists],
        "front": [one.number for one in found.front],
        "kinds_by": list(found.kinds.keys),
        "picks": [{**_objective(one), "candidate": plan.number} for one, plan in found.picks.items()],
        "agreement": [
            {"criteria": [one.criterion, other.criterion], "kendall_tau": None if isnan(tau) else tau}
            for (one, other), tau in found.agreement.items()
        ],
        "optimism": found.optimism,
        "parameters": design_parameters(asked.futures.design("report", asked.scenario), asked.final),
        "regret_understated": {outcome: found.understated(outcome) for outcome in asked.outcomes},
    }
    if asked.converted:
        document["converted"] = [one.document() for one in asked.converted]
    return document


def candidate_columns(found: RobustOptimum) -> Columns:
    """A row a plan of each stage: levers, cost, every outcome by each criterion that needs no other plan, its error."""
    rows: list[tuple[str, TriedPlan]] = [("search", one) for one in found.searched.plans]
    finalists = [*found.finalists, *found.over_budget]
    rows += [("choice", one.choice) for one in finalists]
    rows += [("report", one.report) for one in finalists]
    columns: dict[str, Any] = {
        "stage": [stage for stage, _ in rows],
        "candidate": np.array([one.number for _, one in rows], dtype=np.int64),
    }
    for lever in found.question.levers:
        values = [one.values[lever.key] for _, one in rows]
        numbers = all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in values)
        columns[lever.key] = np.array(values, dtype=np.float64) if numbers else [str(value) for value in values]
    columns["within_budget"] = np.array([one.keeps(found.question.budget) for _, one in rows], dtype=np.bool_)
    columns["futures"] = np.array([len(one.means) for _, one in rows], dtype=np.int64)
    names = score_columns(found.question)
    scores = np.array([scores_alone(found.question, one) for _, one in rows])
    columns |= {name: scores[:, place] for place, name in enumerate(names)}
    columns["error"] = [one.error or None for _, one in rows]
    return columns


def score_columns(asked: RobustQuestion) -> list[str]:
    """Names of the columns that say how a plan does without looking at any other."""
    own = [f"{outcome}.{COLUMNS[name]}" for outcome in asked.kept for name in CRITERIA if _is_alone(name)]
    bars = [f"share of {bar.written}" for bar in asked.bars]
    return [*own, *bars, *(["share of all bars"] if len(bars) > 1 else [])]


def scores_alone(asked: RobustQuestion, plan: TriedPlan) -> list[float]:
    """What stands in these columns, in the outcome's own direction; nan where the plan lacks an outcome in a future."""
    of = {
        "mean": criteria.mean,
        "worst-tenth": criteria.worst_tenth,
        "percentile": criteria.percentile,
        "hurwicz": criteria.hurwicz,
    }
    found = []
    for outcome in asked.kept:
        gains = plan.gains(outcome)
        whole = bool(np.isfinite(gains).all())
        found += [sign(outcome) * float(of[name](gains)) if whole else np.nan for name in CRITERIA if _is_alone(name)]
    bars = [Objective("satisficing", bar.outcome, bar) for bar in asked.bars]
    bars += [Objective("satisficing", "")] if len(bars) > 1 else []
    return [*found, *(float(criteria.satisficing(met(asked, plan, one))) for one in bars)]


def future_columns(found: RobustOptimum) -> Columns:
    """A row for each future of the report and plan of the final: what the future is, and what comes of the plan."""
    asked = found.question
    plans = [*found.finalists, *found.over_budget]
    futures = [int(one) for one in found.reported]
    settings = [asked.futures.values("report", future) for future in futures]
    columns: dict[str, Any] = {
        "candidate": np.repeat(np.array([one.number for one in plans], dtype=np.int64), len(futures)),
        "future": np.tile(np.array(futures, dtype=np.int64), len(plans)),
    }
    for key in asked.futures.keys:
        values = [one[key] for one in settings] * len(plans)
        numbers = all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in values)
        columns[key] = np.array(values, dtype=np.float64) if numbers else [str(value) for value in values]
    for outcome in asked.kept:
        columns[f"outcome.{outcome}"] = np.concatenate([one.report.of(outcome) for one in plans])
    return columns


def _is_alone(name: CriterionName) -> bool:
    return name not in ("satisficing", "regret")


def _objective(one: Objective) -> ObjectiveDocument:
    return {
        "criterion": one.criterion,
        "outcome": one.outcome or None,
        "bar": one.bar.written if one.bar is not None else None,
    }


def _finalist(found: RobustOptimum, one: RobustFinalist) -> RobustFinalistDocument:
    asked = found.question
    return {
        "candidate": one.number,
        "levers": {key: listed(value) for key, value in one.searched.values.items()},
        "kind": kind_words(found.kinds, one.kind),
        "scores": [_score(found, one, objective) for objective in found.objectives],
        "cost": _interval(found.cost(one)),
        "expected_cost": one.report.expected_cost,
        "costs_more_than_winner": _interval(found.more_cost(one, found.winner)),
        "within_budget": one.in_budget,
        "futures_over_budget": int((one.report.of(COST) > asked.budget).sum()),
        "like_the_winner": found.is_alike(one),
        "on_front": one.on_front,
    }


def _score(found: RobustOptimum, one: RobustFinalist, objective: Objective) -> ScoreDocument:
    shown = as_shown(objective, found.score(one, objective))
    document: ScoreDocument = {
        "criterion": objective.criterion,
        "outcome": objective.outcome or None,
        "bar": objective.bar.written if objective.bar is not None else None,
        "value": shown.value,
        "low": finite(shown.low),
        "high": finite(shown.high),
    }
    if one.number != found.winner.number:
        several = found.several if objective in found.question.objectives else 1
        document["winner_less_this"] = _interval(as_shown(objective, found.lead(found.winner, one, objective, several)))
    return document


def _interval(one: Score) -> IntervalDocument:
    return {"mean": one.value, "low": finite(one.low), "high": finite(one.high)}
