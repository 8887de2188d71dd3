"""An explanation as a JSON document, and as a table to keep."""

from typing import Any

import numpy as np

from results.explaining.explanation import Effect, Explanation, Part, Question
from results.folders.parquet import Columns
from results.words.document import Document, finite, parameters_document


def explain_document(found: Explanation, asked: Question, seed: int) -> Document:
    """What `explain --json` prints."""
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

    `by_sampling` is half of the interval that sampling of orders alone would give.
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


def _part(part: Part, found: Explanation) -> Document:
    return {
        "keys": list(part.keys),
        **_effect(part.effect),
        "before": [_value(value) for value in part.change.before],
        "after": [_value(value) for value in part.change.after],
        "share": share(part, found),
        "by_sampling": finite(part.by_sampling),
    }


def _effect(effect: Effect) -> Document:
    return {"mean": finite(effect.mean), "low": finite(effect.low), "high": finite(effect.high)}


def _value(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
