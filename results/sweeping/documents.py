"""What `sweep`, `sensitivity` and `verify` print with `--json`; `json_schemas` describes it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from math import isfinite
from typing import Any

from results.estimates.bounds import bounded
from results.estimates.main_effects import main_effects
from results.estimates.response import Response
from results.sweeping.design_notes import design_notes
from results.sweeping.planning import Plan
from results.sweeping.sensitivity import ElementaryEffects, Sensitivity, SobolIndices
from results.words.document import Document, design_parameters
from simulation.running.campaign import Campaign


def sweep_document(campaign: Campaign, responses: Sequence[Response], failures: Mapping[int, str]) -> Document:
    """Design, main effects, and a row for every point.

    Args:
        campaign: what was run.
        responses: an outcome each.
        failures: number of a point -> its error.
    """
    return {
        **_asked(campaign),
        "failed": len(failures),
        "effects": [effect for response in responses for effect in _effects(response)],
        "rows": [_row(campaign, responses, point, failures.get(point)) for point in range(len(campaign.design))],
    }


def sensitivity_document(campaign: Campaign, analyses: Sequence[Sensitivity]) -> Document:
    """Indices of every outcome analysed."""
    return {**_asked(campaign), "outcomes": {one.outcome: _analysis(one) for one in analyses}}


def plan_document(campaign: Campaign, plan: Plan) -> Document:
    """What a sweep will take."""
    return {**_asked(campaign), "plan": _plain(asdict(plan))}


def _asked(campaign: Campaign) -> Document:
    design = campaign.design
    return {
        "scenarios": [base.name for base in design.bases],
        "design": design.kind,
        "vary": [factor.describe() for factor in design.factors],
        "seed": campaign.seed,
        "points": len(design),
        "replicates": campaign.replicates,
        "parameters": design_parameters(design, campaign.replicates),
        "notes": design_notes(design),
    }


def _row(campaign: Campaign, responses: Sequence[Response], point: int, error: str | None) -> Document:
    outcomes = {}
    for response in responses:
        mean, half = float(response.mean[point]), float(response.half[point])
        low, high = bounded(response.outcome, mean - half, mean + half)
        outcomes[response.outcome] = _plain({"mean": mean, "low": low, "high": high})
    return {"point": point, "values": _plain(campaign.design.values(point)), "error": error, "outcomes": outcomes}


def _effects(response: Response) -> list[Document]:
    return [
        {
            "outcome": response.outcome,
            "key": effect.parts.factor.key,
            "basis": effect.basis,
            "points": effect.points,
            "fit": None if effect.basis != "model" else effect.fit,
            "parts": [
                _plain({"name": name, "mean": float(mean), "low": float(low), "high": float(high)})
                for name, mean, low, high in zip(effect.parts.names, effect.mean, effect.low, effect.high, strict=True)
            ],
        }
        for effect in main_effects(response)
    ]


def _analysis(one: Sensitivity) -> Document:
    found: Document = {
        "variance": one.variance,
        "size": one.size,
        "ranking": list(one.ranking),
        "split": None if one.split is None else asdict(one.split),
        "notes": list(one.notes),
    }
    if isinstance(one, SobolIndices):
        found["indices"] = [asdict(index) for index in one.indices]
        found["interactions"] = [asdict(interaction) for interaction in one.interactions]
    if isinstance(one, ElementaryEffects):
        found["effects"] = [asdict(effect) for effect in one.effects]
    plain: Document = _plain(found)
    return plain


def _plain(value: Any) -> Any:
    """The same with null for what is missing, and lists for tuples."""
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return None if isinstance(value, float) and not isfinite(value) else value
