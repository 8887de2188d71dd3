"""What `compare --over` prints with `--json`, and the tables it keeps; `json_schemas` describes the former."""

from collections.abc import Mapping
from dataclasses import asdict
from math import isnan
from typing import Any

import numpy as np

from results.deciding.robustness import Mean, Robustness
from results.deciding.worth_knowing import Information
from results.folders.parquet import Columns
from results.words.document import Document, ParametersDocument, finite
from scenarios.designs.futures import Futures


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
) -> Document:
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
            {
                "scenario": plan,
                "outcome": outcome,
                **_estimate(one.difference(plan, baseline), one),
                "probability_greater": one.share_greater(plan, baseline),
                **dict(zip(("higher", "equal", "lower"), one.counts(plan, baseline), strict=True)),
                "variance_ratio": None,
            }
            for plan in plans
            if plan != baseline
            for outcome, one in judged.items()
        ],
        "robustness": [_robustness(judged[outcome]) for outcome in asked],
        "worth_knowing": [_known(outcome, known[outcome]) for outcome in asked],
        "parameters": parameters,
    }  # fmt: skip


def future_columns(judged: Mapping[str, Robustness]) -> Columns:
    """A row for each outcome, plan and future: what the plan comes to there, and its regret."""
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


def _robustness(one: Robustness) -> Document:
    threshold = None if one.threshold is None else asdict(one.threshold)
    return {
        "outcome": one.outcome,
        "less_is_better": one.less_is_better,
        "threshold": threshold,
        "chosen": one.plans[one.chosen],
        "left_out": one.left_out,
        "luck": finite(one.luck),
        "plans": [
            {
                key: {name: finite(part) for name, part in value.items()} if isinstance(value, dict) else finite(value)
                for key, value in asdict(standing).items()
            }
            for standing in one.standings
        ],
    }


def _known(outcome: str, known: Information) -> Document:
    return {"outcome": outcome, **asdict(known), "keys": [asdict(one) for one in known.keys]}


def _estimate(one: Mean, found: Robustness) -> Document:
    return {
        "mean": finite(one.mean),
        "low": None if isnan(one.low) else one.low,
        "high": None if isnan(one.high) else one.high,
        "replicates": len(found.futures),
        "missing": found.left_out,
    }
