"""A portfolio as a JSON document, and as tables to keep."""

from collections.abc import Mapping
from typing import Annotated, Any, NotRequired

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from results.apportioning.asked import UNFUNDED_NUMBER, Asked, Slot
from results.apportioning.plans import Menu, plan_means
from results.apportioning.portfolio import Cohort, Portfolio, Reported
from results.estimates.pairs import Estimated
from results.folders.parquet import Columns
from results.words.document import (
    Document,
    EstimateDocument,
    IntervalDocument,
    ParametersDocument,
    finite,
    listed,
    parameters_document,
)
from results.words.schema import Count, Folder, Keys, Number
from scenarios import to_dict
from simulation.own_outcomes.catalogue import outcomes_of

_Levers = dict[str, Any]


class PartDocument(TypedDict):
    """A cohort that a split funds."""

    scenario: str
    cohort: Annotated[int, Field(ge=1)]
    plan: Count
    levers: Annotated[_Levers, Field(min_length=1)]


class SplitDocument(TypedDict):
    """A split of the budget, on luck that chose none of them."""

    names: Annotated[list[str], Field(min_length=1, description="the questions that it is the answer to")]
    funded: list[PartDocument]
    cost: EstimateDocument
    added: Annotated[EstimateDocument, Field(description="to what would come about without funding")]
    over_budget: Annotated[bool, Field(description="on average, on the luck of the choice")]
    best_less_this: Annotated[
        IntervalDocument | None, Field(description="null of the best; intervals that hold for all splits at a time")
    ]
    chance_best_adds_more: Number


class CohortDocument(PartDocument):
    """What a cohort costs, and what it adds."""

    cost: EstimateDocument
    added: EstimateDocument
    price: Annotated[
        Number,
        Field(description="cost of one of what is added; null where it does not clearly add any"),
    ]
    price_low: Annotated[Number, Field(description="lower end of its 95 % interval, by Fieller's theorem")]
    price_high: Number


class StepDocument(TypedDict):
    """The best split of another budget, on the luck of the choice."""

    budget: Annotated[float, Field(gt=0)]
    funded: Annotated[list[PartDocument] | None, Field(description="null where nothing keeps the budget")]
    cost: Number
    added: Number


class PortfolioDocument(TypedDict):
    """What `portfolio --json` prints."""

    scenarios: Annotated[list[str], Field(min_length=1)]
    budget: Annotated[float, Field(gt=0)]
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$", description="what all amounts are in, an ISO 4217 code")]
    price_year: Annotated[dict[str, int], Field(description="year of the prices, by scenario")]
    outcome: str
    cohorts: Annotated[list[Count], Field(min_length=2, max_length=2, description="fewest and most of each network")]
    seed: Count
    trials: Count
    replicates: Count
    final: Count
    levers: Keys
    unfunded: Annotated[_Levers, Field(description="what a network without funding is")]
    plans: Annotated[dict[str, Count], Field(description="plans tried, by scenario")]
    failed: Annotated[dict[str, Count], Field(description="plans that could not be run, by scenario")]
    splits: Annotated[list[SplitDocument], Field(min_length=1, description="the best first")]
    cohorts_of_the_best: list[CohortDocument]
    second_cohorts: list[CohortDocument]
    other_budgets: list[StepDocument]
    parameters: ParametersDocument
    run_folder: NotRequired[Folder]


def inputs_of(asked: Asked, engine: str) -> Document:
    """Everything that the results depend on, as JSON values."""
    return {
        "command": "portfolio",
        "engine": engine,
        "budget": asked.budget,
        "outcome": asked.outcome,
        "cohorts": [asked.fewest, asked.most],
        "seed": asked.seed,
        "trials": asked.trials,
        "replicates": asked.replicates,
        "final": asked.final,
        "levers": [lever.describe() for lever in asked.levers],
        "scenarios": {one.name: to_dict(one) for one in asked.networks},
    }


def portfolio_document(found: Portfolio) -> PortfolioDocument:
    """The split of the budget, without the folder."""
    asked = found.asked
    plans = {one.name: asked.plans_of(one) for one in asked.networks}
    return {
        "scenarios": [one.name for one in asked.networks],
        "budget": asked.budget,
        "currency": asked.networks[0].costs.currency,
        "price_year": {one.name: one.costs.price_year for one in asked.networks},
        "outcome": asked.outcome,
        "cohorts": [asked.fewest, asked.most],
        "seed": asked.seed,
        "trials": asked.trials,
        "replicates": asked.replicates,
        "final": asked.final,
        "levers": [lever.key for lever in asked.levers],
        "unfunded": dict(plans[asked.networks[0].name][UNFUNDED_NUMBER]),
        "plans": {one.slot.network: len(one.plans) for one in found.searched},
        "failed": {one.slot.network: len(one.failed) for one in found.searched},
        "splits": [_split(one, plans) for one in found.splits],
        "cohorts_of_the_best": [_cohort(one, plans) for one in found.cohorts],
        "second_cohorts": [_cohort(one, plans) for one in found.seconds],
        "other_budgets": [
            {
                "budget": one.budget,
                "funded": None if one.split is None else [_part(slot, plan, plans) for slot, plan in one.split.plans],
                "cost": finite(one.cost),
                "added": finite(one.added),
            }
            for one in found.steps
        ],
        "parameters": parameters_document(asked.networks, asked.final),
    }


_Plans = Mapping[str, Mapping[int, Mapping[str, Any]]]


def _part(slot: Slot, number: int, plans: _Plans) -> PartDocument:
    values = plans[slot.network][number]
    levers = {key: listed(value) for key, value in values.items()}
    return {"scenario": slot.network, "cohort": slot.cohort, "plan": number, "levers": levers}


def _split(one: Reported, plans: _Plans) -> SplitDocument:
    lead = one.lead
    return {
        "names": list(one.names),
        "funded": [_part(slot, number, plans) for slot, number in one.split.plans],
        "cost": _estimate(one.cost),
        "added": _estimate(one.added),
        "over_budget": one.over_budget,
        "best_less_this": None
        if lead is None
        else {"mean": finite(lead.mean), "low": finite(lead.low), "high": finite(lead.high)},
        "chance_best_adds_more": None if lead is None else finite(lead.chance_higher),
    }


def _cohort(one: Cohort, plans: _Plans) -> CohortDocument:
    return {
        **_part(one.slot, one.plan.number, plans),
        "cost": _estimate(one.cost),
        "added": _estimate(one.added),
        "price": finite(one.price),
        "price_low": finite(one.low),
        "price_high": finite(one.high),
    }


def plan_columns(found: Portfolio) -> Columns:
    """A row a plan of each stage: network, cohort, levers, every outcome, what it adds; and one of each unfunded."""
    asked = found.asked
    plans = {one.name: asked.plans_of(one) for one in asked.networks}
    rows = [
        (stage, tried, number)
        for stage, menus in (
            ("search", found.searched), ("choice", found.chosen), ("report", tuple(found.reported.values())),
        )
        for tried in menus
        for number in sorted({UNFUNDED_NUMBER, *tried.plans, *tried.failed})
    ]  # fmt: skip
    columns: dict[str, Any] = {
        "stage": [stage for stage, _, _ in rows],
        "scenario": [tried.slot.network for _, tried, _ in rows],
        "cohort": np.array([tried.slot.cohort for _, tried, _ in rows], dtype=np.int64),
        "plan": np.array([number for _, _, number in rows], dtype=np.int64),
    }
    for lever in asked.levers:
        values = [plans[tried.slot.network][number].get(lever.key) for _, tried, number in rows]
        numbers = all(one is None or (isinstance(one, (int, float)) and not isinstance(one, bool)) for one in values)
        columns[lever.key] = (
            np.array([np.nan if one is None else one for one in values], dtype=np.float64)
            if numbers
            else [None if one is None else str(one) for one in values]
        )
    names = outcomes_of(asked.networks[0].outcomes).names
    means = [_means(tried, number, len(names)) for _, tried, number in rows]
    columns |= {name: np.array([one[place] for one in means]) for place, name in enumerate(names)}
    columns["added"] = np.array(
        [0.0 if number == UNFUNDED_NUMBER else _added(tried, number) for _, tried, number in rows]
    )
    columns["error"] = [tried.failed.get(number) for _, tried, number in rows]
    return columns


def _added(tried: Menu, number: int) -> float:
    return tried.plans[number].added if number in tried.plans else float("nan")


def _means(tried: Menu, number: int, count: int) -> list[float]:
    if number == UNFUNDED_NUMBER:
        return plan_means(tried.unfunded, count)
    return plan_means(tried.plans[number].outcomes if number in tried.plans else "", count)


def _estimate(one: Estimated) -> EstimateDocument:
    return {"mean": finite(one.mean), "low": finite(one.low), "high": finite(one.high)}
