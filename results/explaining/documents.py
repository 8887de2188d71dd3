"""An explanation as a JSON document, and as a table to keep."""

from typing import Annotated, Any, NotRequired

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from results.explaining.explanation import Effect, Explanation, Part, Question
from results.folders.parquet import Columns
from results.words.document import IntervalDocument, ParametersDocument, finite, parameters_document
from results.words.schema import Count, Folder, Keys, Number
from scenarios.schema.funders import plain_value


class PartDocument(IntervalDocument):
    """What a change, or changes that could not be made one by one, make of the difference."""

    keys: Keys
    before: NotRequired[list[Any]]
    after: NotRequired[list[Any]]
    share: NotRequired[Number]
    by_sampling: NotRequired[Number]


class InteractionDocument(IntervalDocument):
    """What two changes make together beyond what each makes alone."""

    one: Keys
    other: Keys


class ExplainDocument(TypedDict):
    """What `explain --json` prints."""

    baseline: str
    scenario: str
    outcome: str
    difference: IntervalDocument
    parts: Annotated[list[PartDocument], Field(min_length=1)]
    seed: Count
    replicates: Count
    missing: Count
    exact: Annotated[bool, Field(description="whether every mixture of the changes was run")]
    orders: Annotated[
        Count, Field(description="orders of making the changes that were sampled; 0 where all were taken")
    ]
    mixtures: Count
    before: Number
    after: Number
    interactions: list[InteractionDocument]
    together: Annotated[list[Keys], Field(description="keys that could not change one by one")]
    parameters: ParametersDocument
    run_folder: NotRequired[Folder]


def explain_document(found: Explanation, asked: Question, seed: int) -> ExplainDocument:
    """The explanation, but for its folder."""
    return {
        "baseline": found.baseline,
        "scenario": found.scenario,
        "outcome": found.outcome,
        "difference": _effect(found.difference),
        "parts": [_part(part, found) for part in found.parts],
        "seed": seed,
        "replicates": found.replicates + found.missing,
        "missing": found.missing,
        "exact": found.is_exact,
        "orders": found.orders,
        "mixtures": found.mixtures,
        "before": finite(found.before),
        "after": finite(found.after),
        "interactions": [
            {"one": list(one.one), "other": list(one.other), **_effect(one.effect)} for one in found.interactions
        ],
        "together": [list(part.keys) for part in found.parts if len(part.keys) > 1],
        "parameters": parameters_document(
            [asked.mixtures.base, asked.mixtures.scenario], found.replicates + found.missing
        ),
    }


def part_columns(found: Explanation) -> Columns:
    """A row for each part, the largest first: keys (with a + between those that change together), mean, low, high.

    `by_sampling` is half of the interval that sampling of orders alone would give. The columns of an effect are beside
    those of its part, so that neither type alone has them.
    """
    effects = [part.effect for part in found.parts]
    return {
        "keys": ["+".join(part.keys) for part in found.parts],
        "outcome": [found.outcome] * len(found.parts),
        **{name: np.array([getattr(one, name) for one in effects]) for name in ("mean", "low", "high")},
        "by_sampling": np.array([part.by_sampling for part in found.parts]),
    }


def share(part: Part, found: Explanation) -> float | None:
    """Share of the difference that a part makes; None where the difference is not clear, for it may be of nothing."""
    return part.effect.mean / found.difference.mean if found.difference.is_clear else None


def _part(part: Part, found: Explanation) -> PartDocument:
    return {
        "keys": list(part.keys),
        **_effect(part.effect),
        "before": [_value(value) for value in part.change.before],
        "after": [_value(value) for value in part.change.after],
        "share": share(part, found),
        "by_sampling": finite(part.by_sampling),
    }


def _effect(effect: Effect) -> IntervalDocument:
    return {"mean": finite(effect.mean), "low": finite(effect.low), "high": finite(effect.high)}


def _value(value: Any) -> Any:
    return plain_value(value)
