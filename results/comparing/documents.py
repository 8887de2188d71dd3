"""The JSON documents of `run`, `compare`, `scenarios` and `show`, each with its type, which gives its schema."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from results.comparing.acceptability_documents import (
    AcceptabilityDocument,
    FrontierDocument,
    acceptability_document,
    frontier_document,
)
from results.comparing.cash_flow_documents import CashFlowDocument, cash_flow_document
from results.comparing.conversions import ConversionDocument
from results.comparing.finding_out import Shares
from results.comparing.incremental_documents import IncrementalDocument, incremental_document
from results.comparing.pair_documents import PairsDocument, pairs_document
from results.comparing.pairs import PairsOfRun
from results.estimates.acceptability import Curve
from results.estimates.cash_flow import CashFlow
from results.estimates.comparison import Comparison, Difference, Estimate
from results.estimates.incremental import Incremental
from results.estimates.plan_points import Frontier
from results.estimates.precision import Precision
from results.words.document import (
    DifferenceDocument,
    EstimateDocument,
    KeyName,
    OutcomeName,
    Outcomes,
    ParametersDocument,
    ScenarioOutcomes,
    finite,
    listed,
    parameters_document,
)
from results.words.finding_out import FindOutDocument, find_out_document
from results.words.likelihood import direction_word
from results.words.schema import Count, Folder, Number
from scenarios import Row, Scenario, Summary
from scenarios.schema.fields import Role
from scenarios.schema.observation import Observation


class _When(TypedDict):
    month: NotRequired[Count]


class _Counted(TypedDict):
    successes: NotRequired[Count]
    of: NotRequired[Count]


class ObservationDocument(_When, _Counted):
    """An outcome as it was observed; of a whole run there is no month, and only of a share a count."""

    value: Number
    low: Number
    high: Number
    source: str


ObservedDocument = Annotated[
    dict[OutcomeName, ObservationDocument],
    Field(description="what was observed of the network, by outcome; empty where nothing was"),
]


class PrecisionDocument(TypedDict):
    """What precision was wanted, and what was reached."""

    outcome: OutcomeName
    wanted: Number
    reached: Number
    replicates: Count
    needed: Count | None
    whole: Annotated[Number, Field(description="widest interval as printed, with what is not known of the parameters")]
    parameters: Annotated[
        Number, Field(description="how wide that alone makes one, however many networks; 0: parameters fixed")
    ]
    stopped: Annotated[bool, Field(description="given up, for parameters alone carry more than is wanted")]
    is_reached: bool


CurrencyCode = Annotated[str, Field(pattern="^[A-Z]{3}$", description="what all amounts are in, an ISO 4217 code")]
PriceYear = Annotated[int, Field(description="year of the prices")]


class RunDocument(TypedDict):
    """What `run --json` prints."""

    scenario: str
    seed: Count
    replicates: Count
    outcomes: Outcomes
    parameters: ParametersDocument
    observed: ObservedDocument
    find_out_first: NotRequired[FindOutDocument]
    currency: CurrencyCode
    price_year: PriceYear
    cash_flow: NotRequired[CashFlowDocument]
    precision: NotRequired[PrecisionDocument]
    pairs: NotRequired[PairsDocument]
    run_folder: NotRequired[Folder]


class CompareDocument(TypedDict):
    """What `compare --json` prints."""

    baseline: str
    seed: Count
    replicates: Count
    scenarios: ScenarioOutcomes
    differences: list[DifferenceDocument]
    incremental: NotRequired[list[IncrementalDocument]]
    acceptability: NotRequired[list[AcceptabilityDocument]]
    frontier: NotRequired[list[FrontierDocument]]
    parameters: ParametersDocument
    observed: Annotated[dict[str, ObservedDocument], Field(description="by scenario")]
    currency: NotRequired[CurrencyCode]
    price_year: NotRequired[Annotated[dict[str, PriceYear], Field(description="by scenario")]]
    cash_flow: NotRequired[Annotated[dict[str, CashFlowDocument], Field(description="by scenario")]]
    find_out_first: Annotated[
        NotRequired[dict[str, FindOutDocument]], Field(description="of its differences from the baseline, by scenario")
    ]
    precision: NotRequired[PrecisionDocument]
    converted: Annotated[
        NotRequired[list[ConversionDocument]], Field(description="of --worth, what was given in another currency")
    ]
    run_folder: NotRequired[Folder]


class SummaryDocument(TypedDict):
    """A scenario that ships with the project."""

    name: str
    title: str
    question: str


class ScenariosDocument(TypedDict):
    """What `scenarios --json` prints."""

    scenarios: list[SummaryDocument]


class ValueDocument(TypedDict):
    """One value of a scenario, with everything that is known of it."""

    key: KeyName
    value: Any
    unit: str
    role: Role
    allowed: str
    prior: Annotated[list[bool | float], Field(min_length=2, max_length=2)] | None
    text: str
    source: Annotated[str, Field(pattern="^(estimate|assumption)")]


class ShowDocument(TypedDict):
    """What `show --json` prints."""

    scenario: str
    title: str
    question: str
    values: list[ValueDocument]
    observed: ObservedDocument


def compare_document(
    comparison: Comparison,
    precision: Precision | None = None,
    scenarios: Sequence[Scenario] = (),
    bought: Sequence[Incremental] = (),
    curves: Sequence[Curve] = (),
    standing: Sequence[Frontier] = (),
    shares: Mapping[str, Shares] | None = None,
    flows: Sequence[CashFlow] = (),
) -> CompareDocument:
    """What was compared, without the folder.

    Args:
        comparison: estimates and differences.
        precision: what was wanted and reached, if any was.
        scenarios: those compared.
        bought: what the differences in cost buy.
        curves: how likely plans are worth it, by what a unit is worth.
        standing: which plans are worth considering.
        shares: scenario -> what each group of uncertain keys makes of its differences.
        flows: what each budget line costs in each year, scenario by scenario.
    """
    document: CompareDocument = {
        "baseline": comparison.baseline,
        "seed": comparison.seed,
        "replicates": comparison.replicates,
        "scenarios": {name: _estimates(estimates) for name, estimates in comparison.estimates.items()},
        "differences": [_difference(one) for one in comparison.differences],
        "incremental": [incremental_document(one) for one in bought],
        "acceptability": [acceptability_document(one) for one in curves],
        "frontier": [frontier_document(one) for one in standing],
        "parameters": parameters_document(scenarios, comparison.replicates),
        "observed": {one.name: _observed(one) for one in scenarios if one.observed},
    }
    if scenarios:
        document["currency"] = scenarios[0].costs.currency
        document["price_year"] = {one.name: one.costs.price_year for one in scenarios}
    if flows:
        document["cash_flow"] = {one.scenario.name: cash_flow_document(one) for one in flows}
    if told := {name: find_out_document(one) for name, one in (shares or {}).items() if one}:
        document["find_out_first"] = told
    if precision is not None:
        document["precision"] = _precision(precision)
    return document


def run_document(
    scenario: Scenario,
    seed: int,
    replicates: int,
    estimates: Mapping[str, Estimate],
    precision: Precision | None = None,
    pairs: PairsOfRun | None = None,
    shares: Shares | None = None,
    flow: CashFlow | None = None,
) -> RunDocument:
    """What comes of a scenario, without the folder; `shares`: what each group of uncertain keys makes of it."""
    document: RunDocument = {
        "scenario": scenario.name,
        "seed": seed,
        "replicates": replicates,
        "outcomes": _estimates(estimates),
        "parameters": parameters_document([scenario], replicates),
        "observed": _observed(scenario),
        "currency": scenario.costs.currency,
        "price_year": scenario.costs.price_year,
    }
    if shares:
        document["find_out_first"] = find_out_document(shares)
    if precision is not None:
        document["precision"] = _precision(precision)
    if pairs is not None:
        document["pairs"] = pairs_document(pairs)
    if flow is not None:
        document["cash_flow"] = cash_flow_document(flow)
    return document


def scenarios_document(library: Iterable[Summary]) -> ScenariosDocument:
    """Which scenarios there are."""
    return {"scenarios": [{"name": one.name, "title": one.title, "question": one.question} for one in library]}


def show_document(scenario: Scenario, rows: Iterable[Row]) -> ShowDocument:
    """Every value of a scenario, a row each."""
    return {
        "scenario": scenario.name,
        "title": scenario.title,
        "question": scenario.question,
        "values": [_value(row) for row in rows],
        "observed": _observed(scenario),
    }


def _estimates(estimates: Mapping[str, Estimate]) -> dict[str, EstimateDocument]:
    return {outcome: _estimate(estimate) for outcome, estimate in estimates.items()}


def _estimate(one: Estimate) -> EstimateDocument:
    return {
        "mean": finite(one.mean),
        "low": finite(one.low),
        "high": finite(one.high),
        "spread_low": finite(one.spread_low),
        "spread_high": finite(one.spread_high),
        "replicates": one.replicates,
        "missing": one.missing,
    }


def _difference(one: Difference) -> DifferenceDocument:
    return {
        "scenario": one.scenario,
        "outcome": one.outcome,
        "mean": finite(one.mean),
        "low": finite(one.low),
        "high": finite(one.high),
        "probability_greater": finite(one.probability_greater),
        "variance_ratio": finite(one.variance_ratio),
        "more_replicates": one.more_replicates,
        "replicates": one.replicates,
        "missing": one.missing,
        "higher": one.higher,
        "equal": one.equal,
        "lower": one.lower,
        "level": finite(one.level),
        "baseline_level": finite(one.baseline_level),
        "same_members": one.same_members,
        "chance_higher": one.chance_higher,
        "direction": direction_word(one.chance_higher),
        "luck_share": one.luck_share,
    }


def _precision(one: Precision) -> PrecisionDocument:
    return {
        "outcome": one.outcome,
        "wanted": finite(one.wanted),
        "reached": finite(one.reached),
        "replicates": one.replicates,
        "needed": one.needed,
        "whole": finite(one.whole),
        "parameters": finite(one.parameters),
        "stopped": one.stopped,
        "is_reached": one.is_reached,
    }


def _value(row: Row) -> ValueDocument:
    return {
        "key": row.key,
        "value": listed(row.value),
        "unit": row.unit,
        "role": row.role,
        "allowed": row.allowed,
        "prior": None if row.prior is None else list(row.prior),
        "text": row.text,
        "source": row.source,
    }


def _observed(scenario: Scenario) -> dict[str, ObservationDocument]:
    return {one.outcome: _observation(one) for one in scenario.observed}


def _observation(one: Observation) -> ObservationDocument:
    found = one.measured
    when: _When = {} if one.month is None else {"month": one.month}
    counted: _Counted = (
        {} if found.successes is None or found.of is None else {"successes": found.successes, "of": found.of}
    )
    return {**when, "value": found.value, "low": found.low, "high": found.high, **counted, "source": one.source}
