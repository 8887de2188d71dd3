"""What `compare --over` prints with `--json`, with its type, which gives its schema; and the tables it keeps."""

from collections.abc import Mapping
from typing import Annotated, Any, NotRequired

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from results.deciding.robustness import Mean, Robustness, Side, Standing
from results.deciding.worth_knowing import Information, Worth
from results.folders.parquet import Columns
from results.words.document import (
    DifferenceDocument,
    EstimateDocument,
    IntervalDocument,
    KeyName,
    OutcomeName,
    ParametersDocument,
    ScenarioOutcomes,
    finite,
)
from results.words.schema import Count, Folder, Number
from scenarios.designs.futures import Futures


class FuturesDocument(TypedDict):
    """What the plans were judged over."""

    name: str
    title: str
    count: Count
    keys: list[KeyName]
    settled: list[KeyName]


class ThresholdDocument(TypedDict):
    """What a plan has to come to."""

    value: Number
    side: Side


class StandingDocument(TypedDict):
    """One plan over all futures."""

    scenario: str
    average: IntervalDocument
    worst_tenth: Number
    worst: Number
    regret: IntervalDocument
    most_regret: Number
    best: Number
    meets: IntervalDocument | None
    best_alone: Annotated[Count, Field(description="futures in which every other plan does worse")]
    best_tied: Annotated[Count, Field(description="futures in which no plan does better, and another as well")]
    met: Annotated[Count | None, Field(description="futures that meet the threshold")]


class RobustnessDocument(TypedDict):
    """Plans over futures in one outcome."""

    outcome: OutcomeName
    less_is_better: bool
    threshold: ThresholdDocument | None
    chosen: str
    left_out: Count
    luck: Number
    plans: list[StandingDocument]


class WorthDocument(TypedDict):
    """What it would be worth to know one uncertainty."""

    key: KeyName
    worth: Number
    changes: Number
    p: Number
    is_clear: bool
    changed: Annotated[Count, Field(description="futures in which another plan would be chosen")]
    error: Annotated[Number, Field(description="standard error of worth")]


class GroupWorthDocument(TypedDict):
    """What it would be worth to know all uncertainties of one group."""

    group: str
    keys: Annotated[Count, Field(description="of the group, that vary")]
    worth: Number
    error: Annotated[Number, Field(description="standard error of worth")]
    changed: Annotated[Count, Field(description="futures in which another plan would be chosen")]
    p: Number
    is_clear: bool


class InformationDocument(TypedDict):
    """What it would be worth to know, in one outcome."""

    outcome: OutcomeName
    everything: Number
    chosen: str
    keys: list[WorthDocument]
    groups: Annotated[list[GroupWorthDocument], Field(description="keys that could be found out about together")]


class OverDocument(TypedDict):
    """What `compare --over --json` prints."""

    baseline: str
    seed: Count
    replicates: Annotated[Count, Field(description="networks of each scenario in each future")]
    futures: FuturesDocument
    scenarios: ScenarioOutcomes
    differences: list[DifferenceDocument]
    robustness: list[RobustnessDocument]
    worth_knowing: list[InformationDocument]
    parameters: ParametersDocument
    run_folder: NotRequired[Folder]


def over_document(
    judged: Mapping[str, Robustness],
    known: Mapping[str, Information],
    futures: Futures,
    *,
    asked: tuple[str, ...],
    baseline: str,
    seed: int,
    replicates: int,
    parameters: ParametersDocument,
) -> OverDocument:
    """Plans over futures.

    Args:
        judged: by outcome.
        known: what it would be worth to know, by outcome.
        futures: what they were judged over.
        asked: outcomes of which everything is said; of the others means and differences.
        baseline: of the differences.
        seed: of the luck.
        replicates: of each plan in each future.
        parameters: which uncertain ones vary, as `documents.design_parameters` says it.
    """
    plans = next(iter(judged.values())).plans
    return {
        "baseline": baseline,
        "seed": seed,
        "replicates": replicates,
        "futures": {"name": futures.name, "title": futures.title, "count": len(futures),
                    "keys": [factor.key for factor in futures.factors], "settled": list(futures.settled)},
        "scenarios": {
            plan: {outcome: _estimate(one.standing(plan).average, one) for outcome, one in judged.items()}
            for plan in plans
        },
        "differences": [
            _difference(one, plan, baseline) for plan in plans if plan != baseline for one in judged.values()
        ],
        "robustness": [_robustness(judged[outcome]) for outcome in asked],
        "worth_knowing": [known_document(outcome, known[outcome]) for outcome in asked],
        "parameters": parameters,
    }  # fmt: skip


def future_columns(judged: Mapping[str, Robustness]) -> Columns:
    """A row for each outcome, plan and future: what the plan comes to there, and its regret.

    No type has such rows: values and regrets are held as arrays, float[plans, futures].
    """
    columns: dict[str, list[Any]] = {"outcome": [], "scenario": [], "future": [], "value": [], "regret": []}
    for outcome, one in judged.items():
        for place, plan in enumerate(one.plans):
            columns["outcome"] += [outcome] * len(one.futures)
            columns["scenario"] += [plan] * len(one.futures)
            columns["future"] += one.futures.tolist()
            columns["value"] += one.values[place].tolist()
            columns["regret"] += one.regrets[place].tolist()
    return {
        "outcome": columns["outcome"],
        "scenario": columns["scenario"],
        "future": np.array(columns["future"], dtype=np.int64),
        "value": np.array(columns["value"], dtype=np.float64),
        "regret": np.array(columns["regret"], dtype=np.float64),
    }


def _robustness(one: Robustness) -> RobustnessDocument:
    wanted = one.threshold
    return {
        "outcome": one.outcome,
        "less_is_better": one.less_is_better,
        "threshold": None if wanted is None else {"value": wanted.value, "side": wanted.side},
        "chosen": one.plans[one.chosen],
        "left_out": one.left_out,
        "luck": finite(one.luck),
        "plans": [_standing(standing) for standing in one.standings],
    }


def _standing(one: Standing) -> StandingDocument:
    return {
        "scenario": one.scenario,
        "average": _interval(one.average),
        "worst_tenth": finite(one.worst_tenth),
        "worst": finite(one.worst),
        "regret": _interval(one.regret),
        "most_regret": finite(one.most_regret),
        "best": finite(one.best),
        "meets": None if one.meets is None else _interval(one.meets),
        "best_alone": one.best_alone,
        "best_tied": one.best_tied,
        "met": one.met,
    }


def known_document(outcome: str, known: Information) -> InformationDocument:
    """What it would be worth to know, in one outcome."""
    return {
        "outcome": outcome,
        "everything": known.everything,
        "chosen": known.chosen,
        "keys": [_worth(one) for one in known.keys],
        "groups": [
            {"group": one.group, "keys": one.keys, "worth": one.worth, "error": finite(one.error),
             "changed": one.changed, "p": one.p, "is_clear": one.is_clear}
            for one in known.groups
        ],
    }  # fmt: skip


def _worth(one: Worth) -> WorthDocument:
    return {
        "key": one.key,
        "worth": one.worth,
        "changes": one.changes,
        "p": one.p,
        "is_clear": one.is_clear,
        "changed": one.changed,
        "error": finite(one.error),
    }


def _difference(found: Robustness, plan: str, baseline: str) -> DifferenceDocument:
    higher, equal, lower = found.counts(plan, baseline)
    apart = found.difference(plan, baseline)
    return {
        "scenario": plan,
        "outcome": found.outcome,
        "mean": finite(apart.mean),
        "low": finite(apart.low),
        "high": finite(apart.high),
        "replicates": len(found.futures),
        "missing": found.left_out,
        "probability_greater": found.share_greater(plan, baseline),
        "higher": higher,
        "equal": equal,
        "lower": lower,
        "variance_ratio": None,
    }


def _estimate(one: Mean, found: Robustness) -> EstimateDocument:
    return {
        "mean": finite(one.mean),
        "low": finite(one.low),
        "high": finite(one.high),
        "replicates": len(found.futures),
        "missing": found.left_out,
    }


def _interval(one: Mean) -> IntervalDocument:
    return {"mean": finite(one.mean), "low": finite(one.low), "high": finite(one.high)}
