"""How to leave a network as a JSON document, and as tables to keep."""

from typing import Annotated, Any, NotRequired

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from results.deciding.documents import InformationDocument, known_document
from results.estimates.comparison import Difference, Estimate
from results.exiting.again import Again
from results.exiting.choosing import Finalist
from results.exiting.elements import RESTS_ON, Element, ElementName
from results.exiting.exits import Found
from results.exiting.grid import Grid
from results.exiting.plans import Plan, Shape
from results.exiting.question import Lived, Question
from results.exiting.seen_rule import Leaf, Rule
from results.exiting.telling import element_told, told
from results.folders.parquet import Columns
from results.optimising.documents import LeadDocument, SeedsDocument
from results.words.document import (
    Document,
    EstimateDocument,
    IntervalDocument,
    KeyName,
    OutcomeName,
    Outcomes,
    ParametersDocument,
    finite,
    listed,
    parameters_document,
)  # fmt: skip
from results.words.finding_out import FindOutDocument, find_out_document
from results.words.likelihood import DirectionWord, direction_word
from results.words.schema import Count, Folder, Number
from scenarios import to_dict
from scenarios.schema.assumptions import ASSUMPTIONS, Standing


class PlanDocument(TypedDict):
    """A plan of leaving."""

    plan: Annotated[Count, Field(description="number of the plan; 0 is the scenario as planned")]
    changes: Annotated[dict[str, Any], Field(description="key -> value, of what differs from the scenario as planned")]
    told: Annotated[int, Field(description="month in which members are told")]
    notice: Count
    stops: Count
    shape: Shape
    going_down: Annotated[Count, Field(description="last months with less money than before")]
    level: Number
    capstone: bool
    handover: bool
    others_pay: Annotated[float, Field(ge=0, le=1)]


class ExitFinalistDocument(TypedDict):
    """The best plan of a kind, on luck that chose none of them."""

    plan: PlanDocument
    told: str
    outcomes: Outcomes
    rest: Annotated[EstimateDocument, Field(description="cost after the month of the decision, in the currency")]
    winner_less_this: list[LeadDocument]
    like_the_winner: bool
    alike: Annotated[list[Count], Field(description="plans of its kind that may be as good")]


class ChangeDocument(IntervalDocument):
    """A difference, and how sure its direction is."""

    outcome: OutcomeName
    chance_higher: Annotated[float | None, Field(ge=0, le=1)]
    direction: DirectionWord | None


class GroundDocument(TypedDict):
    """A mechanism that an element acts through, and what is known of it."""

    assumption: str
    standing: Standing
    evidence: str


class ElementDocument(TypedDict):
    """What one element of an exit is worth by itself."""

    element: ElementName
    told: str
    changes: list[ChangeDocument]
    cost: ChangeDocument
    pairs: Count
    clear: bool
    rests_on: list[GroundDocument]


class AgainDocument(TypedDict):
    """Deciding again."""

    month: Count
    open: Count
    plans: list[PlanDocument]
    rule: Annotated[
        dict[str, Any],
        Field(description="{plan} or {outcome, threshold, below, otherwise}; the last two are rules again"),
    ]
    applies: list[Number]
    fixed: Count
    gain: ChangeDocument
    looking: ChangeDocument
    waiting: ChangeDocument
    rest: Number


class GoneDocument(TypedDict):
    """A value that was to be tried, and that no plan has."""

    key: KeyName
    value: Any
    why: Annotated[list[str], Field(min_length=1)]


class ExitDocument(TypedDict):
    """What `exit --json` prints."""

    scenario: str
    month: Annotated[Count, Field(description="the decision is made at its end")]
    budget: Annotated[float | None, Field(description="of the rest ; null: what the plan costs")]
    limit: Annotated[Number, Field(description="what the rest may cost on average, in the currency")]
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$", description="what all amounts are in, an ISO 4217 code")]
    price_year: Annotated[int, Field(description="year of the prices")]
    outcomes: Annotated[list[OutcomeName], Field(min_length=1)]
    seed: Count
    replicates: Count
    final: Count
    seeds: SeedsDocument
    plans: Count
    left_out: Annotated[dict[str, Count], Field(description="why -> combinations that are no plan")]
    gone: Annotated[list[GoneDocument], Field(description="values that were to be tried, and that no plan has")]
    over_budget: Count
    winner: ExitFinalistDocument
    planned: ExitFinalistDocument
    finalists: Annotated[list[ExitFinalistDocument], Field(min_length=1)]
    elements: list[ElementDocument]
    decide_again: AgainDocument | None
    find_out: FindOutDocument
    worth_knowing: InformationDocument | None
    parameters: ParametersDocument
    run_folder: NotRequired[Folder]


def inputs_of(asked: Question, engine: str) -> Document:
    """Everything that the results depend on, as JSON values."""
    return {
        "command": "exit",
        "engine": engine,
        "budget": asked.budget,
        "month": asked.month,
        "decide_again": asked.again,
        "outcomes": list(asked.outcomes),
        "seed": asked.seed,
        "replicates": asked.replicates,
        "final": asked.final,
        "plans": [{key: finite(value) for key, value in plan.changes.items()} for plan in asked.grid.plans],
        "left_out": dict(asked.grid.left_out),
        **({"gone": gone_documents(asked.grid)} if asked.grid.gone else {}),
        "scenarios": {asked.scenario.name: to_dict(asked.scenario)},
    }


def gone_documents(grid: Grid) -> list[GoneDocument]:
    """Values that were to be tried, and that no plan has."""
    return [
        {"key": key, "value": listed(value), "why": list(why)}
        for key, values in grid.gone.items()
        for value, why in values.items()
    ]


def exit_document(found: Found) -> ExitDocument:
    """How to leave, without the folder."""
    exits = found.exits
    asked = exits.question
    return {
        "scenario": asked.scenario.name,
        "month": asked.month,
        "budget": asked.budget,
        "limit": finite(exits.limit),
        "currency": asked.scenario.costs.currency,
        "price_year": asked.scenario.costs.price_year,
        "outcomes": list(asked.outcomes),
        "seed": asked.seed,
        "replicates": asked.replicates,
        "final": asked.final,
        "seeds": {
            "search": asked.luck("search").seed,
            "choice": asked.luck("choice").seed,
            "report": asked.luck("report").seed,
        },
        "plans": len(asked.grid.plans),
        "left_out": {str(reason): count for reason, count in asked.grid.left_out.items()},
        "gone": gone_documents(asked.grid),
        "over_budget": exits.dear,
        "winner": _finalist(asked, exits.winner),
        "planned": _finalist(asked, exits.planned),
        "finalists": [_finalist(asked, one) for one in exits.finalists],
        "elements": [_element(one) for one in found.elements],
        "decide_again": None if found.again is None else _again(found.again),
        "find_out": find_out_document(found.shares),
        "worth_knowing": None if found.known is None else known_document(asked.outcomes[0], found.known),
        "parameters": parameters_document([asked.scenario], asked.final),
    }


def plan_columns(found: Found) -> Columns:
    """A row a plan of each stage: what it is, what the rest costs, every outcome."""
    exits = found.exits
    rows: list[tuple[str, Lived]] = [("search", one) for one in exits.tried]
    numbers = {one.plan.number for one in exits.finalists}
    finalists = [*exits.finalists, *([] if exits.planned.plan.number in numbers else [exits.planned])]
    rows += [(stage, getattr(one, stage)) for stage in ("choice", "report") for one in finalists]
    plans = [one.plan for _, one in rows]
    names = rows[0][1].ensemble.outcomes.names
    return {
        "stage": [stage for stage, _ in rows],
        "plan": np.array([plan.number for plan in plans], dtype=np.int64),
        "told": np.array([plan.told for plan in plans], dtype=np.int64),
        "notice": np.array([plan.notice for plan in plans], dtype=np.int64),
        "stops": np.array([plan.stops for plan in plans], dtype=np.int64),
        "shape": [plan.shape for plan in plans],
        "going_down": np.array([plan.going_down for plan in plans], dtype=np.int64),
        "capstone": np.array([plan.capstone for plan in plans], dtype=np.bool_),
        "handover": np.array([plan.handover for plan in plans], dtype=np.bool_),
        "others_pay": np.array([plan.replaced for plan in plans], dtype=np.float64),
        "rest": np.array([one.cost for _, one in rows], dtype=np.float64),
        **{name: np.array([one.mean(name) for _, one in rows], dtype=np.float64) for name in names},
    }


def _plan(plan: Plan) -> PlanDocument:
    return {
        "plan": plan.number,
        "changes": {key: finite(value) for key, value in plan.changes.items()},
        "told": plan.told,
        "notice": plan.notice,
        "stops": plan.stops,
        "shape": plan.shape,
        "going_down": plan.going_down,
        "level": plan.level if plan.shape == "reduced" else None,
        "capstone": plan.capstone,
        "handover": plan.handover,
        "others_pay": plan.replaced,
    }


def _finalist(asked: Question, one: Finalist) -> ExitFinalistDocument:
    return {
        "plan": _plan(one.plan),
        "told": told(one.plan, asked),
        "outcomes": {outcome: _estimate(one.report.estimate(outcome)) for outcome in asked.outcomes},
        "rest": _estimate(one.report.rest_estimate()),
        "winner_less_this": [
            {"outcome": lead.outcome, "mean": finite(lead.mean), "low": finite(lead.low), "high": finite(lead.high)}
            for lead in one.leads
        ],
        "like_the_winner": one.is_like_the_winner,
        "alike": [plan.number for plan in one.alike],
    }


def _element(one: Element) -> ElementDocument:
    by_id = {known.id: known for known in ASSUMPTIONS}
    names = RESTS_ON[one.plan.shape if one.name == "taper" else one.name]
    return {
        "element": one.name,
        "told": element_told(one),
        "changes": [_change(apart) for apart in one.differences],
        "cost": _change(one.cost),
        "pairs": one.pairs,
        "clear": one.is_clear,
        "rests_on": [
            {"assumption": name, "standing": by_id[name].standing, "evidence": by_id[name].evidence} for name in names
        ],
    }


def _again(again: Again) -> AgainDocument:
    return {
        "month": again.month,
        "open": again.open,
        "plans": [_plan(plan) for plan in again.plans],
        "rule": _rule(again.rule, again),
        "applies": [finite(share) for share in again.applies],
        "fixed": again.fixed.number,
        "gain": _change(again.gain),
        "looking": _change(again.looking),
        "waiting": _change(again.waiting),
        "rest": finite(again.cost),
    }


def _rule(rule: Rule, again: Again) -> dict[str, Any]:
    if isinstance(rule, Leaf):
        return {"plan": again.plans[rule.place].number}
    below, otherwise = (_rule(part, again) for part in (rule.below, rule.otherwise))
    return {"outcome": rule.outcome, "threshold": rule.threshold, "below": below, "otherwise": otherwise}


def _change(one: Difference) -> ChangeDocument:
    return {
        "outcome": one.outcome,
        "mean": finite(one.mean),
        "low": finite(one.low),
        "high": finite(one.high),
        "chance_higher": one.chance_higher,
        "direction": direction_word(one.chance_higher),
    }


def _estimate(one: Estimate) -> EstimateDocument:
    return {"mean": finite(one.mean), "low": finite(one.low), "high": finite(one.high)}
